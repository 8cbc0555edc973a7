//! An invented commune: household files of people who do not exist, in the proportions of a rural commune.
//!
//! Every household says that it is invented. It knows no law: what is drawn are ages, families, papers and answers, some of
//! them missing or unsure. The same number of the same seed is the same household, however many are asked for.

mod answers;
mod commune;
mod dice;
mod families;
mod names;

use serde_json::{Value, json};

pub(crate) use commune::{access, set_up, users};
use dice::Dice;
use families::Family;
use names::HAMLETS;

/// What the invented commune is called, on every page.
pub(crate) const COMMUNE: &str = "Xã Mẫu (dữ liệu mẫu)";
/// What the invented province is called.
pub(crate) const PROVINCE: &str = "Tỉnh Mẫu";

/// Returns household files, format 1, of an invented commune. The same seed gives the same bytes.
pub fn sample(households: u32, seed: u64) -> Vec<Value> {
    (1..=households)
        .map(|number| household(number, &mut Dice::new(seed, number)))
        .collect()
}

fn household(number: u32, dice: &mut Dice) -> Value {
    let (at, hamlet) = dice.pick_at(&HAMLETS);
    let family = Family::drawn(dice);
    let own = answers::of_household(dice, &family, at);
    let persons: Vec<Value> = (0..family.members.len())
        .map(|at| answers::person(dice, &family, at))
        .collect();
    json!({
        "format": 1,
        "invented": true,
        "id": format!("mau-{number:05}"),
        "place": { "province": PROVINCE, "commune": COMMUNE, "hamlet": hamlet },
        "facts": own,
        "persons": persons,
    })
}

#[cfg(test)]
mod tests;
