//! What the invented people receive already. The rules themselves say what they are entitled to; two of three receive it, and
//! the rest is what a screening finds.

use ansinh_engine::household::{Problem, read_household};
use ansinh_engine::report::Answer;
use ansinh_engine::rules::RuleSet;
use ansinh_engine::{Depth, Month, assess};
use jiff::civil::date;
use serde_json::{Value, json};

use super::dice::Dice;

/// Of a thousand who are entitled, so many receive it.
const TAKEN_UP: usize = 667;

/// Returns the month whose payments are recorded: it lies before the days on which people screen.
pub(crate) fn month() -> Month {
    Month::of(date(2026, 9, 1))
}

/// Records in a household file which programmes are received.
///
/// # Errors
/// Every fact the rules do not know.
pub(crate) fn record(rules: &RuleSet, file: &mut Value, dice: &mut Dice) -> Result<(), Vec<Problem>> {
    let household = read_household(rules, file.to_string().as_bytes())?;
    let assessment = assess(rules, &household, month(), Depth::Answers);
    for determination in &assessment.determinations {
        let programme = rules.programmes.get(determination.programme);
        let asked = programme.and_then(|programme| rules.fact(programme.paid_now?));
        // Whether something is received is asked of persons.
        let (Answer::Entitled, Some(fact), Some(person)) = (determination.answer, asked, determination.person) else {
            continue;
        };
        if dice.chance(TAKEN_UP) {
            let said = file
                .get_mut("persons")
                .and_then(|persons| persons.get_mut(person))
                .and_then(|person| person.get_mut("facts"))
                .and_then(Value::as_object_mut);
            if let Some(said) = said {
                said.insert(fact.name.clone(), json!(true));
            }
        }
    }
    Ok(())
}
