//! Takes a file out of an answer and writes it where the user says. The bytes never go through the page.

use std::fs;
use std::path::{Path, PathBuf};

use data_encoding::BASE64;
use serde_json::{Map, Value};
use tauri::WebviewWindow;
use tauri_plugin_dialog::DialogExt;

/// Where files go.
pub enum Destination {
    /// Where the user says, each time.
    Ask,
    /// Into one folder, without asking.
    Folder(PathBuf),
}

impl Destination {
    /// Returns the path to write to, or nothing where the user cancelled.
    pub async fn choose(&self, window: &WebviewWindow, file_name: &str) -> Option<PathBuf> {
        match self {
            Destination::Folder(folder) => Some(folder.join(file_name)),
            Destination::Ask => {
                let ending = Path::new(file_name).extension().and_then(|ending| ending.to_str());
                let ending = ending.unwrap_or("*");
                let (sender, receiver) = tokio::sync::oneshot::channel();
                window
                    .dialog()
                    .file()
                    .set_parent(window)
                    .set_file_name(file_name)
                    .add_filter(ending.to_uppercase(), &[ending])
                    .save_file(move |chosen| {
                        let _ = sender.send(chosen);
                    });
                receiver.await.ok().flatten()?.into_path().ok()
            }
        }
    }
}

/// A file taken out of an answer.
#[derive(Debug, PartialEq, Eq)]
pub struct OutFile {
    /// A plain file name, without folders.
    pub file_name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Why a file was not written.
#[derive(Debug, PartialEq, Eq)]
pub enum SavingError {
    /// The answer's bytes or file name make no file.
    NotAFile,
    /// The system refused.
    NotWritten {
        /// The path chosen.
        path: String,
        /// What the system said.
        reason: String,
    },
}

/// Takes the bytes out of the field `file` of an answer, so that the page receives it without.
pub fn take_out(answer: &mut Value) -> Option<Result<OutFile, SavingError>> {
    let fields = file_of(answer)?;
    let encoded = fields.get("bytes")?.as_str()?.to_owned();
    fields.insert("bytes".to_owned(), Value::Null);
    Some(decode(fields, &encoded).ok_or(SavingError::NotAFile))
}

/// The file of an answer, or of what a job answers.
fn file_of(answer: &mut Value) -> Option<&mut Map<String, Value>> {
    let of_job = answer.pointer("/answer/file").is_some();
    let path = if of_job { "/answer/file" } else { "/file" };
    answer.pointer_mut(path)?.as_object_mut()
}

fn decode(fields: &Map<String, Value>, encoded: &str) -> Option<OutFile> {
    // Only the last part: a name must not lead into another folder.
    let file_name = Path::new(fields.get("file_name")?.as_str()?)
        .file_name()?
        .to_str()?
        .to_owned();
    Some(OutFile {
        file_name,
        bytes: BASE64.decode(encoded.as_bytes()).ok()?,
    })
}

/// Writes the file.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), SavingError> {
    fs::write(path, bytes).map_err(|error| SavingError::NotWritten {
        path: path.display().to_string(),
        reason: error.to_string(),
    })
}

/// Tells the page where the file was written.
pub fn say_where(answer: &mut Value, path: &Path) {
    if let Some(fields) = file_of(answer) {
        fields.insert("saved_to".to_owned(), Value::String(path.display().to_string()));
    }
}

#[cfg(test)]
mod tests;
