//! As much of JSON Schema as our schemas use.

use serde_json::Value;

/// Compares the keys of every object, and types and choices, with a schema.
pub fn fits(value: &Value, schema: &Value, root: &Value, path: &str, mistakes: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let target = root
            .pointer(name.trim_start_matches('#'))
            .unwrap_or_else(|| panic!("no {name}"));
        return fits(value, target, root, path, mistakes);
    }
    for key in ["anyOf", "oneOf"] {
        if let Some(options) = schema[key].as_array() {
            let fit = options.iter().any(|option| {
                let mut inside = Vec::new();
                fits(value, option, root, path, &mut inside);
                inside.is_empty()
            });
            if !fit {
                mistakes.push(format!("{path}: no option fits {value}"));
            }
        }
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
        _ => vec![kind],
    };
    if !types.contains(&kind) {
        mistakes.push(format!("{path}: {kind} instead of {types:?}"));
    }
    if schema.get("const").is_some_and(|only| only != value) {
        mistakes.push(format!("{path}: {value} is not {}", schema["const"]));
    }
    if schema["enum"].as_array().is_some_and(|list| !list.contains(value)) {
        mistakes.push(format!("{path}: {value} is not in the list"));
    }
    if let (Value::Object(object), Some(properties)) = (value, schema["properties"].as_object()) {
        for key in object.keys().filter(|key| !properties.contains_key(*key)) {
            mistakes.push(format!("{path}.{key} is not in the schema"));
        }
        for key in schema["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
        {
            if !object.contains_key(key) {
                mistakes.push(format!("{path}.{key} is missing"));
            }
        }
        for (key, inner) in object {
            if let Some(schema) = properties.get(key) {
                fits(inner, schema, root, &format!("{path}.{key}"), mistakes);
            }
        }
    }
    if let (Value::Array(list), Some(items)) = (value, schema.get("items")) {
        for (at, inner) in list.iter().enumerate() {
            fits(inner, items, root, &format!("{path}[{at}]"), mistakes);
        }
    }
}
