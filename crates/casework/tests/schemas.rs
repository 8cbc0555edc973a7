//! The schemas say of files what the reader says.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use ansinh_casework::{household_schema, result_schema};

#[test]
fn the_schema_of_a_household_file_names_every_fact_of_the_rules() {
    let rules = &ansinh_release::built_in().unwrap().rules;
    let schema = household_schema(rules);
    let own = schema["properties"]["facts"]["properties"].as_object().unwrap();
    let persons = schema["$defs"]["person"]["properties"]["facts"]["properties"]
        .as_object()
        .unwrap();
    assert_eq!(own.len() + persons.len(), rules.facts.len());
    assert_eq!(own["poverty_status"]["anyOf"][0]["enum"][0], "poor");
    assert!(persons["birth_date"]["anyOf"][1]["properties"]["about"].is_object());
    assert!(persons["disability_certificate_on"]["anyOf"][1]["properties"]["absent"].is_object());
    assert!(persons["sex"]["anyOf"][1]["properties"].get("absent").is_none());
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
}

#[test]
fn the_schema_of_results_is_that_of_the_report() {
    let schema = result_schema();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert!(schema["properties"]["rows"].is_object() && schema["$defs"]["Row"].is_object());
}
