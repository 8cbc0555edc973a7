//! The households that were visited: what they said to all the other questions of the rules, so that little is left open.
//!
//! Three of four were. It only fills what is missing: gaps, doubts and answers drawn before stay as they are. The names are
//! those of the rules' facts; a test holds them to it.

use serde_json::{Map, Value, json};

use super::dice::Dice;
use super::families::{Family, Member, Sex};
use super::names::FIRST_IN_THE_HILLS;

/// Of a thousand households, so many were visited.
const VISITED: usize = 750;
const OLD: i32 = 60;
const WORKS_FROM: i32 = 15;

/// Fills a household file in, where the household was visited.
pub(crate) fn fill(dice: &mut Dice, file: &mut Value, family: &Family, hamlet: usize) {
    if !dice.chance(VISITED) {
        return;
    }
    let is_in_hills = hamlet >= FIRST_IN_THE_HILLS;
    let is_poor = file.pointer("/facts/poverty_status") != Some(&json!("neither"));
    let expects = family
        .members
        .iter()
        .enumerate()
        .any(|(at, _)| is_said(file, at, "pregnant"));
    if let Some(facts) = facts_of(file.get_mut("facts")) {
        of_household(&mut Missing { dice, facts }, is_poor, expects);
    }
    for (at, member) in family.members.iter().enumerate() {
        let person = file.get_mut("persons").and_then(|persons| persons.get_mut(at));
        if let Some(facts) = facts_of(person.and_then(|person| person.get_mut("facts"))) {
            let mut missing = Missing { dice, facts };
            missing.health(member);
            missing.school(member, is_in_hills);
            missing.work(member);
            missing.childhood(member);
        }
    }
}

fn facts_of(facts: Option<&mut Value>) -> Option<&mut Map<String, Value>> {
    facts.and_then(Value::as_object_mut)
}

fn is_said(file: &Value, person: usize, fact: &str) -> bool {
    let said = file.pointer(&format!("/persons/{person}/facts/{fact}"));
    said.map(|said| said.get("is").unwrap_or(said)) == Some(&json!(true))
}

/// Answers as they are written in a household file, with those that are missing.
struct Missing<'f> {
    dice: &'f mut Dice,
    facts: &'f mut Map<String, Value>,
}

fn of_household(missing: &mut Missing<'_>, is_poor: bool, expects: bool) {
    missing.said("area", "rural");
    missing.said("ethnic_zone", "zone_2");
    missing.said("difficult_area", true);
    for elsewhere in [
        "difficult_coast_or_island",
        "island_or_special_zone",
        "border_commune",
        "safe_zone_commune",
        "poor_commune",
        "left_difficult_list",
        "low_fertility_province",
    ] {
        missing.said(elsewhere, false);
    }
    missing.said("pregnancy_in_household", expects);
    missing.sometimes("misfortune", 12);
    missing.sometimes("legal_matter", 25);
    missing.sometimes("wants_loan", 120);
    missing.sometimes("wants_training", 70);
    missing.sometimes("left_poverty_lately", 60);
    missing.sometimes("lacks_water_or_toilet", if is_poor { 260 } else { 60 });
    missing.sometimes("average_farm_household", if is_poor { 0 } else { 120 });
    missing.sometimes("insurable_farming", 90);
    let low = if is_poor { 520 } else { 130 };
    missing.one_of("electricity_use", "over_50", &[(low, "up_to_50"), (4, "no_grid")]);
    let need = if is_poor { 180 } else { 20 };
    missing.one_of("house_need", "none", &[(need, "repair"), (need / 3, "rebuild")]);
}

impl Missing<'_> {
    /// Writes an answer where there is none.
    fn said(&mut self, fact: &str, value: impl Into<Value>) {
        self.facts.entry(fact).or_insert_with(|| value.into());
    }

    /// Writes yes in so many of a thousand cases, else no.
    fn sometimes(&mut self, fact: &str, share: usize) {
        let value = self.dice.chance(share);
        self.said(fact, value);
    }

    /// Writes one of several answers, in so many of a thousand cases, else the first.
    fn one_of(&mut self, fact: &str, first: &'static str, others: &[(usize, &'static str)]) {
        let left = others.iter().map(|(share, _)| share).sum::<usize>();
        let value = self.dice.weighted(first, others, 1000_usize.saturating_sub(left));
        self.said(fact, value);
    }

    fn health(&mut self, member: &Member) {
        self.said("disability_degree", "none");
        self.said("hiv", false);
        if member.sex == Sex::Female {
            self.said("pregnant", false);
        }
        self.said("facility_eligible_at_home", false);
        self.said("seriously_injured", false);
        self.said("very_small_ethnic_group", false);
    }

    fn school(&mut self, member: &Member, is_in_hills: bool) {
        let stays_away = self.facts.get("studying") == Some(&json!(false));
        let level = match member.age {
            _ if stays_away => "none",
            ..3 => self.dice.weighted("none", &[(160, "nursery")], 840),
            3..6 => self.dice.weighted("kindergarten", &[(70, "none")], 930),
            6..11 => "primary",
            11..15 => "lower_secondary",
            15..18 => self
                .dice
                .weighted("upper_secondary", &[(60, "intermediate_after_9"), (120, "none")], 820),
            18..23 => self
                .dice
                .weighted("none", &[(150, "university"), (110, "college")], 740),
            _ => "none",
        };
        self.said("school_level", level);
        let boards = is_in_hills && (6..18).contains(&member.age) && self.dice.chance(220);
        let kind = match member.age {
            ..6 => self.dice.weighted("public", &[(90, "private")], 910),
            _ if boards => "semi_boarding",
            _ => "public",
        };
        self.said("school_kind", kind);
        let place = if is_in_hills {
            "especially_difficult"
        } else {
            "elsewhere"
        };
        self.said("school_place", place);
        self.said("stays_in_week", if boards { "at_school" } else { "home" });
        self.said("no_school_at_home", boards);
        self.one_of(
            "road_to_school",
            "under_4",
            &[(140, "from_4"), (60, "from_7"), (25, "hard")],
        );
        self.said("admission", "ordinary");
        self.one_of("field_of_study", "ordinary", &[(70, "reduced"), (40, "exempt")]);
        self.sometimes("child_of_merit", 15);
        self.sometimes("parent_in_industrial_zone", 80);
        self.sometimes("parent_work_accident", 4);
        self.said("boarding_graduate", false);
    }

    fn work(&mut self, member: &Member) {
        if member.age < WORKS_FROM {
            return;
        }
        let is_paid = self.facts.get("has_wage") == Some(&json!(true));
        let studies = self.facts.get("school_level") != Some(&json!("none"));
        match member.age {
            _ if studies => self.said("work", "none"),
            OLD.. => self.one_of("work", "none", &[(380, "own")]),
            _ if is_paid => self.one_of("work", "insured", &[(350, "hired")]),
            _ => self.one_of("work", "own", &[(240, "hired"), (70, "none"), (30, "lost_job")]),
        }
        self.said("has_wage", false);
        self.said("pension", "none");
        self.said("merit_benefits", false);
        self.sometimes("paid_years_without_pension", 15);
        let may_have_served = member.sex == Sex::Male && (19..28).contains(&member.age);
        self.sometimes("back_from_service", if may_have_served { 40 } else { 0 });
        self.said("was_paid_as_orphan", false);
        if member.age >= OLD {
            self.said("has_supporter", "able");
        }
        self.said("marital_status", member.marital.unwrap_or("never_married"));
    }

    fn childhood(&mut self, member: &Member) {
        self.said("birth_insurance", "none");
        self.sometimes("within_population_policy", 930);
        self.said("one_child_elsewhere", false);
        if member.age < WORKS_FROM + 8 {
            self.said("father_status", member.father.unwrap_or("able"));
            self.said("mother_status", member.mother.unwrap_or("able"));
            self.said("abandoned", false);
            self.said("taken_in", member.father.is_some() && member.mother.is_some());
        }
    }
}
