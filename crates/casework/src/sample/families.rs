//! Who lives together: couples with children, three generations, the old, and those who are left.

use super::dice::Dice;
use super::names;

/// Male or female, as the fact has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sex {
    Male,
    Female,
}

/// How a household came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Couple,
    ThreeGenerations,
    Large,
    OldCouple,
    OldAlone,
    Grandchildren,
    OneParent,
    Alone,
}

/// A member of an invented family.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) name: String,
    family: &'static str,
    pub(crate) sex: Sex,
    pub(crate) age: i32,
    pub(crate) relation: &'static str,
    pub(crate) parents: Vec<usize>,
    pub(crate) partner: Option<usize>,
    /// As the fact has it, of grown people.
    pub(crate) marital: Option<&'static str>,
    /// What became of a father and a mother who do not live here.
    pub(crate) father: Option<&'static str>,
    pub(crate) mother: Option<&'static str>,
    pub(crate) died: bool,
}

/// An invented family.
#[derive(Clone, Debug, Default)]
pub(crate) struct Family {
    pub(crate) members: Vec<Member>,
    /// Poverty is more frequent in it.
    pub(crate) is_hard_up: bool,
}

const LARGEST: usize = 12;
const GROWN: i32 = 18;
const LEFT_HOME: i32 = 24;

impl Family {
    pub(crate) fn drawn(dice: &mut Dice) -> Family {
        let shapes = [
            (215, Shape::ThreeGenerations),
            (30, Shape::Large),
            (80, Shape::OldCouple),
            (65, Shape::OldAlone),
            (50, Shape::Grandchildren),
            (70, Shape::OneParent),
            (30, Shape::Alone),
        ];
        let shape = dice.weighted(Shape::Couple, &shapes, 460);
        let mut family = Family {
            is_hard_up: matches!(shape, Shape::OldAlone | Shape::Grandchildren | Shape::OneParent),
            ..Family::default()
        };
        match shape {
            Shape::Couple => family.couple_with_children(dice),
            Shape::ThreeGenerations => family.three_generations(dice, 1),
            Shape::Large => family.three_generations(dice, 2),
            Shape::OldCouple => {
                let age = dice.between(60, 86);
                family.head_couple(dice, age);
            }
            Shape::OldAlone => family.old_alone(dice),
            Shape::Grandchildren => family.grandchildren(dice),
            Shape::OneParent => family.one_parent(dice),
            Shape::Alone => {
                let (sex, age) = (sex(dice), dice.between(20, 58));
                let head = family.add(dice, sex, age, "head", &[]);
                family.marry(head, "never_married");
            }
        }
        family.members.truncate(LARGEST);
        family.somebody_died(dice);
        family
    }

    fn add(&mut self, dice: &mut Dice, sex: Sex, age: i32, relation: &'static str, parents: &[usize]) -> usize {
        let of_parents = parents
            .iter()
            .find_map(|at| self.members.get(*at).map(|parent| parent.family));
        let family = of_parents.unwrap_or_else(|| names::family(dice));
        self.members.push(Member {
            name: names::name(dice, family, sex),
            family,
            sex,
            age,
            relation,
            parents: parents.to_vec(),
            partner: None,
            marital: (age >= GROWN).then_some("never_married"),
            father: None,
            mother: None,
            died: false,
        });
        self.members.len() - 1
    }

    fn marry(&mut self, at: usize, marital: &'static str) {
        if let Some(member) = self.members.get_mut(at) {
            member.marital = Some(marital);
        }
    }

    fn couple(&mut self, one: usize, other: usize) {
        for (at, partner) in [(one, other), (other, one)] {
            self.marry(at, "married");
            if let Some(member) = self.members.get_mut(at) {
                member.partner = Some(partner);
            }
        }
    }

    /// A head and a spouse: mostly the man is the head.
    fn head_couple(&mut self, dice: &mut Dice, age: i32) -> (usize, usize) {
        let (head, spouse) = if dice.chance(800) {
            (Sex::Male, Sex::Female)
        } else {
            (Sex::Female, Sex::Male)
        };
        let other = (age - dice.between(-1, 5)).max(19);
        let head = self.add(dice, head, age, "head", &[]);
        let spouse = self.add(dice, spouse, other, "spouse", &[]);
        self.couple(head, spouse);
        (head, spouse)
    }

    /// Children of a mother's age, oldest first, as long as they live at home.
    fn children(&mut self, dice: &mut Dice, mother: i32, n: i32, relation: &'static str, parents: &[usize]) {
        let mut at = dice.between(19, 28);
        for _ in 0..n {
            let age = mother - at;
            if (0..LEFT_HOME).contains(&age) {
                let sex = sex(dice);
                self.add(dice, sex, age, relation, parents);
            }
            at += dice.between(2, 6);
        }
    }

    fn couple_with_children(&mut self, dice: &mut Dice) {
        let age = (dice.between(24, 58) + dice.between(24, 58)) / 2;
        let (head, spouse) = self.head_couple(dice, age);
        let n = dice.weighted(2, &[(10, 0), (22, 1), (19, 3), (8, 4), (2, 6)], 39);
        self.children(dice, age - 2, n, "child", &[head, spouse]);
    }

    fn three_generations(&mut self, dice: &mut Dice, n_couples: i32) {
        let age = dice.between(50, 80);
        let mut parents = Vec::new();
        if dice.chance(if age < 68 { 800 } else { 500 }) {
            let (head, spouse) = self.head_couple(dice, age);
            parents.extend([head, spouse]);
        } else {
            let sex = if dice.chance(700) { Sex::Female } else { Sex::Male };
            let head = self.add(dice, sex, age, "head", &[]);
            self.marry(head, "widowed");
            parents.push(head);
        }
        if age < 66 && dice.chance(120) {
            let old = age + dice.between(20, 28);
            let mother = self.add(dice, Sex::Female, old, "parent", &[]);
            self.marry(mother, "widowed");
            if let Some(head) = self.members.first_mut() {
                head.parents.push(mother);
            }
        }
        for _ in 0..n_couples {
            let own = age - dice.between(20, 29);
            let sex = if dice.chance(800) { Sex::Male } else { Sex::Female };
            let child = self.add(dice, sex, own, "child", &parents);
            let (partner_age, partner_sex) = ((own - dice.between(-2, 4)).max(19), sex.other());
            let partner = self.add(dice, partner_sex, partner_age, "other", &[]);
            self.couple(child, partner);
            let n = dice.weighted(2, &[(30, 1), (20, 3), (3, 4)], 47);
            self.children(dice, own.min(partner_age), n, "grandchild", &[child, partner]);
        }
        if dice.chance(150) {
            let (sex, age) = (sex(dice), (age - dice.between(24, 34)).max(15));
            self.add(dice, sex, age, "child", &parents);
        }
    }

    fn old_alone(&mut self, dice: &mut Dice) {
        let (sex, age) = (
            if dice.chance(750) { Sex::Female } else { Sex::Male },
            dice.between(61, 93),
        );
        let head = self.add(dice, sex, age, "head", &[]);
        let marital = dice.weighted("widowed", &[(12, "never_married"), (6, "divorced")], 82);
        self.marry(head, marital);
    }

    /// The parents work far away, or are no more.
    fn grandchildren(&mut self, dice: &mut Dice) {
        let age = dice.between(55, 78);
        if dice.chance(550) {
            self.head_couple(dice, age);
        } else {
            let head = self.add(dice, Sex::Female, age, "head", &[]);
            self.marry(head, "widowed");
        }
        let father = dice.weighted(
            "able",
            &[(28, "dead"), (6, "missing"), (10, "confined"), (5, "unidentified")],
            51,
        );
        let mother = dice.weighted(
            "able",
            &[(24, "dead"), (8, "missing"), (4, "confined"), (3, "in_facility")],
            61,
        );
        let mut age = dice.between(2, 15);
        for _ in 0..dice.between(1, 2) {
            let sex = sex(dice);
            let child = self.add(dice, sex, age, "grandchild", &[]);
            if let Some(child) = self.members.get_mut(child) {
                (child.father, child.mother) = (Some(father), Some(mother));
            }
            age = (age - dice.between(2, 5)).max(0);
        }
    }

    fn one_parent(&mut self, dice: &mut Dice) {
        let (sex, age) = (
            if dice.chance(820) { Sex::Female } else { Sex::Male },
            dice.between(25, 48),
        );
        let head = self.add(dice, sex, age, "head", &[]);
        let marital = dice.weighted(
            "widowed",
            &[(33, "divorced"), (20, "never_married"), (3, "spouse_missing")],
            44,
        );
        self.marry(head, marital);
        let n = dice.weighted(1, &[(38, 2), (14, 3)], 48);
        self.children(dice, age, n, "child", &[head]);
        if self.members.len() == 1 {
            let young = dice.between(0, 6);
            let sex = super::families::sex(dice);
            self.add(dice, sex, young, "child", &[head]);
        }
        let gone = match marital {
            "widowed" => "dead",
            "spouse_missing" => "missing",
            "never_married" if dice.chance(500) => "unidentified",
            _ => "able",
        };
        for child in self.members.iter_mut().skip(1) {
            match sex {
                Sex::Female => child.father = Some(gone),
                Sex::Male => child.mother = Some(gone),
            }
        }
    }

    /// In a few households somebody old died lately and still stands on the roster.
    fn somebody_died(&mut self, dice: &mut Dice) {
        if self.members.len() < 2 || !dice.chance(25) {
            return;
        }
        let oldest = self.members.iter_mut().skip(1).max_by_key(|member| member.age);
        let Some(dead) = oldest.filter(|member| member.age > 58) else {
            return;
        };
        dead.died = true;
        if let Some(left) = dead.partner.take() {
            self.marry(left, "widowed");
            if let Some(left) = self.members.get_mut(left) {
                left.partner = None;
            }
        }
    }
}

impl Sex {
    fn other(self) -> Sex {
        match self {
            Sex::Male => Sex::Female,
            Sex::Female => Sex::Male,
        }
    }
}

fn sex(dice: &mut Dice) -> Sex {
    if dice.chance(512) { Sex::Male } else { Sex::Female }
}
