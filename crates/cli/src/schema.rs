//! `ansinh schema`: what may stand in a household file, and what `screen --json` and `calendar --json` print, as JSON Schema.

use crate::arguments::{Schema, SchemaOf};
use crate::failure::{Failure, GOOD};
use crate::input;
use crate::page::print;

pub(crate) fn schema(asked: &Schema) -> Result<u8, Failure> {
    let schema = match asked.of {
        SchemaOf::Household => ansinh_casework::household_schema(&input::release(None, &[])?.rules),
        SchemaOf::Result => ansinh_casework::result_schema(),
        SchemaOf::Calendar => ansinh_casework::calendar_schema(),
    };
    let text = serde_json::to_string_pretty(&schema).map_err(|error| Failure::internal(error.to_string()))?;
    print(&format!("{text}\n"))?;
    Ok(GOOD)
}
