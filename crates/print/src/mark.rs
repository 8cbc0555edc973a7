//! The QR code, as rows of black runs that the template draws as one outline.
//!
//! No picture is made: runs stay sharp at any printer's resolution.

use crate::PrintError;
use qrcode::{Color, EcLevel, QrCode};
use serde::Serialize;

/// A QR code: its side in modules, and each black run.
#[derive(Debug, Serialize)]
pub(crate) struct Mark {
    /// Modules along one side, without the quiet zone.
    pub(crate) side: usize,
    /// Black runs from top to bottom and left to right.
    pub(crate) runs: Vec<Run>,
}

/// Neighbouring black modules in one row.
#[derive(Debug, Serialize)]
pub(crate) struct Run {
    /// The row.
    pub(crate) y: usize,
    /// The first column.
    pub(crate) x: usize,
    /// How many modules.
    pub(crate) n: usize,
}

/// Returns the QR code of a text, readable with about a seventh of it smudged.
pub(crate) fn mark(text: &str) -> Result<Mark, PrintError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)
        .map_err(|_| PrintError::MarkTooLong { n_bytes: text.len() })?;
    let side = code.width();
    let mut runs = Vec::new();
    for (y, row) in code.to_colors().chunks(side).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|left, right| left == right) {
            if run.first() == Some(&Color::Dark) {
                runs.push(Run { y, x, n: run.len() });
            }
            x += run.len();
        }
    }
    Ok(Mark { side, runs })
}

#[cfg(test)]
mod tests;
