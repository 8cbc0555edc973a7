//! What the invented people receive already. The rules themselves say what they are entitled to; two of three receive it, and
//! the rest is what a screening finds.

use ansinh_engine::household::{Household, Problem, read_household};
use ansinh_engine::report::Answer;
use ansinh_engine::rules::RuleSet;
use ansinh_engine::{Assessment, Depth, Month, assess_programmes};
use jiff::civil::date;
use serde_json::{Value, json};

use super::dice::Dice;

/// Of a thousand who are entitled, so many receive it.
const TAKEN_UP: usize = 667;

/// Returns the month whose payments are recorded: it lies before the days on which people screen.
fn month() -> Month {
    Month::of(date(2026, 9, 1))
}

/// Judges the programmes of which it is asked whether they are received.
pub(crate) fn received(rules: &RuleSet, household: &Household) -> Assessment {
    let programmes = rules.programmes.iter().enumerate();
    let asked: Vec<usize> = programmes
        .filter(|(_, p)| p.paid_now.is_some())
        .map(|(at, _)| at)
        .collect();
    assess_programmes(rules, household, month(), Depth::Outcomes, &asked)
}

/// Records in a household file which programmes are received.
///
/// # Errors
/// Every fact the rules do not know.
pub(crate) fn record(rules: &RuleSet, file: &mut Value, dice: &mut Dice) -> Result<(), Vec<Problem>> {
    let household = read_household(rules, file.to_string().as_bytes())?;
    let assessment = received(rules, &household);
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
