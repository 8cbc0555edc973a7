//! The one command the page may call.

use std::collections::BTreeMap;

use ansinh_casework::Office;
use ansinh_casework::wire::Failure;
use serde_json::Value;
use tauri::{State, WebviewWindow};

use crate::saving::{self, Destination, SavingError};

/// Hands a request to the casework; where the answer carries a file, writes it where the user says.
#[tauri::command]
pub async fn call(
    name: String,
    args: Value,
    window: WebviewWindow,
    office: State<'_, Office>,
    destination: State<'_, Destination>,
) -> Result<Value, Failure> {
    let mut answer = office.call(&name, args).await?;
    let Some(file) = saving::take_out(&mut answer) else {
        return Ok(answer);
    };
    let file = file.map_err(not_saved)?;
    if let Some(path) = destination.choose(&window, &file.file_name).await {
        saving::write(&path, &file.bytes).map_err(not_saved)?;
        saving::say_where(&mut answer, &path);
    }
    Ok(answer)
}

fn not_saved(error: SavingError) -> Failure {
    let values = match error {
        SavingError::NotAFile => BTreeMap::new(),
        SavingError::NotWritten { path, reason } => {
            BTreeMap::from([("path".to_owned(), path), ("detail".to_owned(), reason)])
        }
    };
    Failure {
        code: "storage".to_owned(),
        values,
        problems: Vec::new(),
    }
}
