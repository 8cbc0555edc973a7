//! Tables for spreadsheets: CSV that Excel opens with its letters whole, and that can do nothing there.

use crate::wire::Failure;

/// With it Excel reads a file as UTF-8.
const MARK: &str = "\u{feff}";

/// Returns a table as CSV. A cell that a spreadsheet would take for a formula gets an apostrophe in front.
pub(crate) fn csv(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Result<Vec<u8>, Failure> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(MARK.as_bytes().to_vec());
    let failed = |error: csv::Error| Failure::of("storage").with("kind", "table").with("detail", error);
    writer.write_record(header).map_err(failed)?;
    for row in rows {
        writer
            .write_record(row.iter().map(|cell| harmless(cell)))
            .map_err(failed)?;
    }
    let lost = |error: csv::IntoInnerError<_>| Failure::of("storage").with("kind", "table").with("detail", error);
    writer.into_inner().map_err(lost)
}

fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_would_compute_in_a_spreadsheet_is_text() {
        let rows = [vec![
            "=1+1".to_owned(),
            "+84 912".into(),
            "-5".into(),
            "@SUM(A1)".into(),
            "\tx".into(),
        ]];
        let text = String::from_utf8(csv(&["a", "b", "c", "d", "đ"], rows.into_iter()).unwrap()).unwrap();
        assert_eq!(text, "\u{feff}a,b,c,d,đ\r\n'=1+1,'+84 912,'-5,'@SUM(A1),'\tx\r\n");
    }
}
