//! Takes a PDF out of an answer and writes it where the user says. The bytes never go through the page.

use std::fs;
use std::path::{Path, PathBuf};

use data_encoding::BASE64;
use serde_json::{Map, Value};
use tauri::WebviewWindow;
use tauri_plugin_dialog::DialogExt;

/// Where PDFs go.
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
                let (sender, receiver) = tokio::sync::oneshot::channel();
                window
                    .dialog()
                    .file()
                    .set_parent(window)
                    .set_file_name(file_name)
                    .add_filter("PDF", &["pdf"])
                    .save_file(move |chosen| {
                        let _ = sender.send(chosen);
                    });
                receiver.await.ok().flatten()?.into_path().ok()
            }
        }
    }
}

/// A PDF taken out of an answer.
#[derive(Debug, PartialEq, Eq)]
pub struct Pdf {
    /// A plain file name, without folders.
    pub file_name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Why a PDF was not written.
#[derive(Debug, PartialEq, Eq)]
pub enum SavingError {
    /// The answer's bytes or file name make no file.
    NotAPdf,
    /// The system refused.
    NotWritten {
        /// The path chosen.
        path: String,
        /// What the system said.
        reason: String,
    },
}

/// Takes the PDF out of an answer, so that the page receives it without.
pub fn take_out(answer: &mut Value) -> Option<Result<Pdf, SavingError>> {
    let fields = answer.as_object_mut()?;
    let encoded = fields.get("pdf")?.as_str()?.to_owned();
    fields.insert("pdf".to_owned(), Value::Null);
    Some(decode(fields, &encoded).ok_or(SavingError::NotAPdf))
}

fn decode(fields: &Map<String, Value>, encoded: &str) -> Option<Pdf> {
    // Only the last part: a name must not lead into another folder.
    let file_name = Path::new(fields.get("file_name")?.as_str()?)
        .file_name()?
        .to_str()?
        .to_owned();
    Some(Pdf {
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
    if let Some(fields) = answer.as_object_mut() {
        fields.insert("saved_to".to_owned(), Value::String(path.display().to_string()));
    }
}

#[cfg(test)]
mod tests;
