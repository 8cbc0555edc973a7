//! What the invented people said: facts with their gaps, doubts and papers. The names are those of the rules' facts; a test
//! holds them to it.

use serde_json::{Map, Value, json};

use super::dice::Dice;
use super::families::{Family, Member, Sex};
use super::names::FIRST_IN_THE_HILLS;

/// The year the commune was invented for: ages count back from it.
const YEAR: i32 = 2026;
const OLD: i32 = 60;
const GROWN: i32 = 18;
const AT_SCHOOL: std::ops::Range<i32> = 6..18;

/// Answers as they are written in a household file.
struct Answers<'d> {
    dice: &'d mut Dice,
    said: Map<String, Value>,
}

impl Answers<'_> {
    /// Writes an answer, seldom a doubt, and now and then nothing.
    fn asked(&mut self, share: usize, fact: &str, value: impl Into<Value>) {
        if self.dice.chance(share) {
            let answer = if self.dice.chance(12) {
                json!({ "unsure": true })
            } else {
                value.into()
            };
            self.said.insert(fact.to_owned(), answer);
        }
    }

    /// Writes an answer, with the paper that was seen in `share` of a thousand cases.
    fn shown(&mut self, share: usize, fact: &str, value: impl Into<Value>, paper: &str) {
        let value = value.into();
        let answer = if self.dice.chance(share) {
            let seen_on = format!("{YEAR}-{:02}-{:02}", self.dice.between(1, 10), self.dice.between(1, 28));
            json!({ "is": value, "paper": paper, "seen_on": seen_on })
        } else {
            value
        };
        self.said.insert(fact.to_owned(), answer);
    }
}

/// Returns the answers of the household itself.
pub(crate) fn of_household(dice: &mut Dice, family: &Family, hamlet: usize) -> Value {
    let mut answers = Answers { dice, said: Map::new() };
    let weights = if family.is_hard_up { [115, 80] } else { [46, 42] };
    let [poor, near_poor] = weights;
    let known = 960 - poor - near_poor;
    let status = answers.dice.weighted(
        "neither",
        &[(poor, "poor"), (near_poor, "near_poor"), (30, ""), (10, "?")],
        known,
    );
    match status {
        "" => {}
        "?" => {
            answers
                .said
                .insert("poverty_status".to_owned(), json!({ "unsure": true }));
        }
        "neither" => answers.shown(0, "poverty_status", status, "poverty_certificate"),
        status => answers.shown(700, "poverty_status", status, "poverty_certificate"),
    }
    answers.said.insert(
        "especially_difficult_area".to_owned(),
        json!(hamlet >= FIRST_IN_THE_HILLS),
    );
    Value::Object(answers.said)
}

/// Returns the ethnic group of a household: in the hills mostly one of the smaller ones.
pub(crate) fn ethnic_group(dice: &mut Dice, hamlet: usize) -> &'static str {
    let smaller = if hamlet >= FIRST_IN_THE_HILLS { 180 } else { 15 };
    let groups = ["tay", "thai", "muong", "mong", "dao"].map(|group| (smaller, group));
    dice.weighted("kinh", &groups, 1000 - smaller * groups.len())
}

/// Returns a person of a household file.
pub(crate) fn person(dice: &mut Dice, family: &Family, at: usize) -> Value {
    let Some(member) = family.members.get(at) else {
        return Value::Null;
    };
    let id = |at: usize| format!("p{}", at + 1);
    let mut person = Map::new();
    person.insert("id".to_owned(), json!(id(at)));
    person.insert("name".to_owned(), json!(member.name));
    person.insert("relation".to_owned(), json!(member.relation));
    let there = |other: &usize| *other < family.members.len();
    let parents: Vec<String> = member.parents.iter().copied().filter(there).map(id).collect();
    if !parents.is_empty() {
        person.insert("parents".to_owned(), json!(parents));
    }
    if let Some(partner) = member.partner.filter(there) {
        person.insert("partner".to_owned(), json!(id(partner)));
    }
    if member.died {
        let day = format!("{YEAR}-{:02}-{:02}", dice.between(9, 11), dice.between(1, 14));
        person.insert("died_on".to_owned(), json!(day));
    }
    let mut answers = Answers { dice, said: Map::new() };
    answers.basics(member);
    answers.health(member);
    if member.age < GROWN {
        answers.childhood(member);
    } else {
        answers.grown(member);
    }
    person.insert("facts".to_owned(), Value::Object(answers.said));
    Value::Object(person)
}

impl Answers<'_> {
    fn basics(&mut self, member: &Member) {
        let year = YEAR - member.age;
        let (month, day) = (self.dice.between(1, 11), self.dice.between(1, 28));
        let whole = json!(format!("{year}-{month:02}-{day:02}"));
        // Who was born before the papers were kept often knows the year alone.
        let how = if member.age > 64 {
            self.dice
                .weighted("day", &[(240, "year"), (40, "month"), (50, "about")], 670)
        } else {
            self.dice.weighted("day", &[(15, "year"), (5, "not asked")], 980)
        };
        match how {
            "year" => {
                self.said.insert("birth_date".to_owned(), json!(year.to_string()));
            }
            "month" => {
                self.said
                    .insert("birth_date".to_owned(), json!(format!("{year}-{month:02}")));
            }
            "about" => {
                self.said.insert("birth_date".to_owned(), json!({ "about": year }));
            }
            "not asked" => {}
            _ if member.age < GROWN => self.shown(600, "birth_date", whole, "birth_certificate"),
            _ => self.shown(650, "birth_date", whole, "id_card"),
        }
        let sex = match member.sex {
            Sex::Male => "male",
            Sex::Female => "female",
        };
        self.said.insert("sex".to_owned(), json!(sex));
    }

    fn health(&mut self, member: &Member) {
        // Of a thousand: few children, more of the grown, most of the old.
        let share = match member.age {
            ..18 => 18,
            18..60 => 32,
            _ => 120,
        };
        if self.dice.chance(share) {
            let degree = self
                .dice
                .weighted("severe", &[(25, "mild"), (17, "extremely_severe"), (8, "?")], 50);
            let on = format!(
                "{}-{:02}-{:02}",
                self.dice.between(2018, 2025),
                self.dice.between(1, 12),
                15
            );
            if degree == "?" {
                let doubt = json!({ "one_of": ["severe", "extremely_severe"] });
                self.said.insert("disability_degree".to_owned(), doubt);
            } else {
                self.shown(750, "disability_degree", degree, "disability_certificate");
                if degree != "mild" && self.dice.chance(800) {
                    self.said.insert("disability_certificate_on".to_owned(), json!(on));
                }
                if degree == "extremely_severe" {
                    self.asked(500, "facility_eligible_at_home", false);
                }
            }
        } else {
            self.asked(930, "disability_degree", "none");
        }
        if self.dice.chance(3) {
            self.shown(600, "hiv", true, "hiv_confirmation");
        } else if self.dice.chance(620) {
            self.said.insert("hiv".to_owned(), json!(false));
        }
        let is_of_age = member.sex == Sex::Female && (19..41).contains(&member.age);
        if is_of_age && self.dice.chance(35) {
            self.shown(500, "pregnant", true, "pregnancy_confirmation");
        } else if is_of_age {
            self.asked(300, "pregnant", false);
        }
    }

    fn childhood(&mut self, member: &Member) {
        let state = |gone: Option<&'static str>| gone.unwrap_or("able");
        for (fact, gone) in [("father_status", member.father), ("mother_status", member.mother)] {
            match gone {
                Some("dead") => self.shown(700, fact, "dead", "death_certificate"),
                Some("missing") => self.shown(500, fact, "missing", "court_missing_decision"),
                Some("confined") => self.shown(500, fact, "confined", "confinement_confirmation"),
                gone => self.asked(880, fact, state(gone)),
            }
        }
        let is_alone = member.father.is_some() && member.mother.is_some();
        self.asked(if is_alone { 900 } else { 700 }, "abandoned", false);
        if is_alone {
            let taken_in = self.dice.chance(350);
            self.asked(850, "taken_in", taken_in);
        }
        if AT_SCHOOL.contains(&member.age) {
            let studying = self.dice.chance(if member.age < 15 { 985 } else { 820 });
            if studying {
                self.shown(250, "studying", true, "school_confirmation");
            } else {
                self.said.insert("studying".to_owned(), json!(false));
            }
        }
        if member.age > 15 {
            self.asked(850, "was_paid_as_orphan", is_alone);
            self.asked(850, "has_wage", false);
        }
    }

    fn grown(&mut self, member: &Member) {
        if let Some(marital) = member.marital {
            match marital {
                "widowed" => self.shown(400, "marital_status", marital, "death_certificate"),
                marital => self.asked(900, "marital_status", marital),
            }
        }
        if member.age < 23 {
            let studying = self.dice.chance(420);
            self.asked(850, "studying", studying);
            self.asked(850, "was_paid_as_orphan", false);
        }
        if member.age < OLD + 5 {
            let has_wage = self.dice.chance(380);
            self.asked(850, "has_wage", has_wage);
        }
        self.old_age(member);
    }

    fn old_age(&mut self, member: &Member) {
        let pensions = if member.age >= OLD - 3 {
            [(130, "pension"), (35, "monthly_social_insurance"), (25, "survivor")]
        } else {
            [(4, "pension"), (4, "monthly_social_insurance"), (2, "survivor")]
        };
        let pension = self.dice.weighted("none", &pensions, 810);
        if pension == "none" {
            self.asked(if member.age >= OLD { 880 } else { 500 }, "pension", "none");
        } else {
            self.shown(450, "pension", pension, "social_insurance_decision");
            let amount = self.dice.between(15, 65) * 100_000;
            self.asked(800, "pension_amount", amount);
        }
        if member.age < OLD {
            return;
        }
        let has_merit = self.dice.chance(70);
        self.asked(850, "merit_benefits", has_merit);
        let supporter = self.dice.weighted("able", &[(110, "none"), (60, "on_allowance")], 830);
        self.asked(750, "has_supporter", supporter);
    }
}
