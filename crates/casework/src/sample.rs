//! An invented commune: household files of people who do not exist, in the proportions of a rural commune.
//!
//! Every household says that it is invented. It knows no law: what is drawn are ages, families, papers and answers, some of
//! them missing or unsure; what they receive already is drawn among what the rules say they are entitled to. The same number
//! of the same seed, by the same rules, is the same household, however many are asked for.

mod answers;
mod commune;
mod dice;
mod families;
mod names;
mod take_up;
mod visited;

use ansinh_engine::household::Problem;
use ansinh_engine::rules::RuleSet;
use serde_json::{Value, json};

pub(crate) use commune::{access, set_up, users};
use dice::Dice;
use families::Family;
use names::HAMLETS;

/// What the invented commune is called, on every page.
pub(crate) const COMMUNE: &str = "Xã Mẫu (dữ liệu mẫu)";
/// What the invented province is called.
pub(crate) const PROVINCE: &str = "Tỉnh Mẫu";

/// Returns household files, format 1, of an invented commune. The same rules and seed give the same bytes.
///
/// # Errors
/// Every fact of the invented people that the rules do not know.
pub fn sample(rules: &RuleSet, households: u32, seed: u64) -> Result<Vec<Value>, Vec<Problem>> {
    let household = |number| {
        let mut dice = Dice::new(seed, number);
        let mut file = drawn(number, &mut dice);
        take_up::record(rules, &mut file, &mut dice)?;
        Ok(file)
    };
    (1..=households).map(household).collect()
}

fn drawn(number: u32, dice: &mut Dice) -> Value {
    let (at, hamlet) = dice.pick_at(&HAMLETS);
    let family = Family::drawn(dice);
    let own = answers::of_household(dice, &family, at);
    let mut persons: Vec<Value> = (0..family.members.len())
        .map(|at| answers::person(dice, &family, at))
        .collect();
    let group = answers::ethnic_group(dice, at);
    for person in &mut persons {
        if let Some(facts) = person.get_mut("facts").and_then(Value::as_object_mut) {
            facts.insert("ethnic_group".to_owned(), json!(group));
        }
    }
    let mut file = json!({
        "format": 1,
        "invented": true,
        "id": format!("mau-{number:05}"),
        "place": { "province": PROVINCE, "commune": COMMUNE, "hamlet": hamlet },
        "facts": own,
        "persons": persons,
    });
    visited::fill(dice, &mut file, &family, at);
    file
}

#[cfg(test)]
mod tests;
