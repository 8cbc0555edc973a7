//! A list as rows of cells, from XLSX or from text with columns.
//!
//! Nothing in a file is trusted: how much it unpacks to, how many rows and columns it has and how long a cell is are bounded
//! before anything is kept. A formula counts by the value that was stored with it and is never computed.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{CellErrorType, DataRef, ExcelDateTime, Reader, Xlsx, XlsxError};
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1258};
use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;
use zip::ZipArchive;

use super::{Trouble, refused};
use crate::wire::Failure;

/// A commune of 20,000 people, twice over.
const MOST_ROWS: usize = 50_000;
const MOST_COLUMNS: usize = 200;
const MOST_LETTERS: usize = 2_000;
const MOST_BYTES: usize = 16 * 1024 * 1024;
/// What all parts of a workbook together may unpack to.
const MOST_UNPACKED: u64 = 192 * 1024 * 1024;
const MOST_CELLS: usize = 2_000_000;
/// So many rows are looked at to tell what separates the columns of a text.
const LOOKED_AT: usize = 20;

/// What stands in one place of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Letters, composed, without spaces around them.
    Text(String),
    /// A number of a spreadsheet.
    Number(f64),
    /// Yes or no of a spreadsheet.
    Truth(bool),
    /// A day of a spreadsheet.
    Day(Date),
    /// An error of a spreadsheet, such as `#N/A`.
    Error(String),
}

impl Cell {
    /// Returns the cell as it would be read aloud.
    pub(super) fn text(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) | Cell::Error(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
            Cell::Truth(true) => "TRUE".to_owned(),
            Cell::Truth(false) => "FALSE".to_owned(),
            Cell::Day(day) => day.strftime("%d/%m/%Y").to_string(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        *self == Cell::Empty
    }
}

/// A row with something in it.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// As a spreadsheet counts, from 1.
    pub(super) number: usize,
    pub(super) cells: Vec<Cell>,
}

impl Row {
    pub(super) fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Empty)
    }
}

/// A list as it was read.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    /// Every sheet of the file; one without a name for text.
    pub(super) names: Vec<String>,
    /// This one.
    pub(super) name: String,
    pub(super) rows: Vec<Row>,
}

/// Reads a sheet of a file: the one of that name, or the first with anything in it.
pub(super) fn read(bytes: &[u8], wanted: Option<&str>) -> Result<Sheet, Failure> {
    if bytes.len() > MOST_BYTES {
        return Err(too_large());
    }
    let sheet = match bytes {
        [] => return Err(empty()),
        [b'P', b'K', 3, 4, ..] => workbook(bytes, wanted)?,
        [0xD0, 0xCF, 0x11, 0xE0, ..] => return Err(old_or_locked()),
        [b'%', b'P', b'D', b'F', ..] | [0x89, b'P', b'N', b'G', ..] | [0xFF, 0xD8, 0xFF, ..] => {
            return Err(not_a_list());
        }
        _ => text(&decoded(bytes)?)?,
    };
    if sheet.rows.is_empty() { Err(empty()) } else { Ok(sheet) }
}

fn workbook(bytes: &[u8], wanted: Option<&str>) -> Result<Sheet, Failure> {
    check_unpacked(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let names = book.sheet_names();
    let tried: Vec<String> = match wanted {
        Some(wanted) => names.iter().filter(|name| *name == wanted).cloned().collect(),
        None => names.clone(),
    };
    let mut sheet = Sheet {
        name: tried.first().cloned().ok_or_else(not_a_list)?,
        names,
        rows: Vec::new(),
    };
    for name in tried {
        let rows = match rows_of(&mut book, &name) {
            // A sheet of charts has no cells.
            Err(Unread::NoCells) => continue,
            Err(Unread::Refused(failure)) => return Err(failure),
            Ok(rows) => rows,
        };
        if !rows.is_empty() {
            (sheet.name, sheet.rows) = (name, rows);
            break;
        }
    }
    Ok(sheet)
}

enum Unread {
    NoCells,
    Refused(Failure),
}

fn rows_of(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Vec<Row>, Unread> {
    let mut reader = match book.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        Err(XlsxError::NotAWorksheet(_) | XlsxError::WorksheetNotFound(_)) => return Err(Unread::NoCells),
        Err(error) => return Err(Unread::Refused(broken(error))),
    };
    let mut rows: BTreeMap<usize, Vec<Cell>> = BTreeMap::new();
    let mut n_cells = 0_usize;
    while let Some(cell) = reader.next_cell().map_err(|error| Unread::Refused(broken(error)))? {
        let value = value(cell.get_value()).map_err(Unread::Refused)?;
        if value.is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        let (row, column) = (index(row), index(column));
        n_cells += 1;
        if column >= MOST_COLUMNS {
            return Err(Unread::Refused(too_wide()));
        }
        let cells = rows.entry(row).or_default();
        if cells.len() <= column {
            cells.resize(column + 1, Cell::Empty);
        }
        if let Some(place) = cells.get_mut(column) {
            *place = value;
        }
        if rows.len() > MOST_ROWS || n_cells > MOST_CELLS {
            return Err(Unread::Refused(too_long()));
        }
    }
    Ok(rows
        .into_iter()
        .map(|(row, cells)| Row { number: row + 1, cells })
        .collect())
}

fn index(n: u32) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

fn value(value: &DataRef<'_>) -> Result<Cell, Failure> {
    Ok(match value {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => letters(text)?,
        DataRef::SharedString(text) => letters(text)?,
        DataRef::Bool(truth) => Cell::Truth(*truth),
        DataRef::DateTime(at) => day_of(at),
        DataRef::Error(error) => Cell::Error(error_text(error).to_owned()),
    })
}

fn day_of(at: &ExcelDateTime) -> Cell {
    let (year, month, day, ..) = at.to_ymd_hms_milli();
    let parts = (i16::try_from(year), i8::try_from(month), i8::try_from(day));
    match parts {
        (Ok(year), Ok(month), Ok(day)) if at.is_datetime() => {
            Date::new(year, month, day).map_or(Cell::Number(at.as_f64()), Cell::Day)
        }
        _ => Cell::Number(at.as_f64()),
    }
}

fn error_text(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        _ => "#?",
    }
}

fn letters(text: &str) -> Result<Cell, Failure> {
    if text.chars().count() > MOST_LETTERS {
        return Err(cell_too_long());
    }
    let text: String = text.nfc().collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(if text.is_empty() { Cell::Empty } else { Cell::Text(text) })
}

/// What a part says of its size is not believed: each is unpacked once and counted.
fn check_unpacked(bytes: &[u8]) -> Result<(), Failure> {
    let mut parts = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let mut left = MOST_UNPACKED;
    let mut has_workbook = false;
    for at in 0..parts.len() {
        let part = parts.by_index(at).map_err(|_| damaged())?;
        has_workbook |= part
            .name()
            .is_ok_and(|name| name.eq_ignore_ascii_case("xl/workbook.xml"));
        let n = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|_| damaged())?;
        left = left.checked_sub(n).ok_or_else(too_large)?;
    }
    if has_workbook { Ok(()) } else { Err(not_a_list()) }
}

/// Returns the letters of a text: as its mark says, as UTF-8, or as Windows wrote Vietnamese before.
fn decoded(bytes: &[u8]) -> Result<String, Failure> {
    let (text, had_errors) = match bytes {
        [0xFF, 0xFE, ..] => UTF_16LE.decode_with_bom_removal(bytes),
        [0xFE, 0xFF, ..] => UTF_16BE.decode_with_bom_removal(bytes),
        _ => UTF_8.decode_with_bom_removal(bytes),
    };
    let text = if !had_errors {
        text
    } else if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) || bytes.starts_with(&[0xFF, 0xFE]) || bytes.contains(&0) {
        return Err(unknown_letters());
    } else {
        WINDOWS_1258.decode_without_bom_handling(bytes).0
    };
    let text: String = text.nfc().collect();
    let is_text = !text.chars().any(|c| c == '\0' || c == char::REPLACEMENT_CHARACTER);
    if !is_text {
        return Err(not_a_list());
    }
    if had_errors && !is_vietnamese(&text) {
        return Err(unknown_letters());
    }
    Ok(text)
}

/// Whether a text read as Windows-1258 can be Vietnamese. The older TCVN3 and VNI use the same bytes for other letters.
fn is_vietnamese(text: &str) -> bool {
    const LETTERS: &str = "ăâđêôơư";
    let bare = |c: char| {
        let parts: String = c.to_lowercase().nfd().collect();
        let is_tone = |mark: &char| ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'].contains(mark);
        parts.chars().filter(|mark| !is_tone(mark)).nfc().collect::<String>()
    };
    let plain: Vec<String> = text.chars().map(bare).collect();
    let is_known = |part: &String| {
        part.is_empty() || part.is_ascii() || LETTERS.contains(part.as_str()) || "–—‘’“”… ".contains(part.as_str())
    };
    // No syllable has these in a row; VNI writes so.
    let never = [("a", "â"), ("a", "ê"), ("e", "â"), ("e", "ă"), ("o", "â")];
    let pairs = plain.iter().zip(plain.iter().skip(1));
    plain.iter().all(is_known)
        && !pairs
            .into_iter()
            .any(|(one, next)| never.contains(&(one.as_str(), next.as_str())))
}

fn text(text: &str) -> Result<Sheet, Failure> {
    // One end of line and a last line that ends: so the reader says where a record ended.
    let text = text.replace("\r\n", "\n").replace('\r', "\n") + "\n";
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator(&text))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let (mut record, mut n_inside) = (csv::StringRecord::new(), 0);
    while reader.read_record(&mut record).map_err(|_| damaged())? {
        let last_line = usize::try_from(reader.position().line()).unwrap_or(usize::MAX) - 1;
        // A spreadsheet counts a record of several lines as one row, and an empty line as one too.
        n_inside += record.iter().map(|cell| cell.matches('\n').count()).sum::<usize>();
        if record.len() > MOST_COLUMNS {
            return Err(too_wide());
        }
        let cells: Vec<Cell> = record.iter().map(letters).collect::<Result<_, _>>()?;
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(Row {
                number: last_line.saturating_sub(n_inside),
                cells,
            });
        }
        if rows.len() > MOST_ROWS {
            return Err(too_long());
        }
    }
    Ok(Sheet {
        names: vec![String::new()],
        name: String::new(),
        rows,
    })
}

/// Returns what separates columns in most of the first rows.
fn separator(text: &str) -> u8 {
    let n_columns = |separator: u8| {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let counts = reader.records().take(LOOKED_AT).filter_map(Result::ok);
        let mut counts: Vec<usize> = counts.map(|record| record.len()).collect();
        counts.sort_unstable();
        counts.get(counts.len() / 2).copied().unwrap_or_default()
    };
    // The last of equals wins: a comma where nothing separates.
    [b'\t', b';', b',']
        .into_iter()
        .max_by_key(|separator| n_columns(*separator))
        .unwrap_or(b',')
}

fn broken(error: XlsxError) -> Failure {
    match error {
        XlsxError::Password => old_or_locked(),
        error => damaged().with("detail", error),
    }
}

fn empty() -> Failure {
    refused(Trouble::new(
        "tệp không có dòng nào",
        "the file has no rows",
        "Chọn tệp khác, hoặc trang tính khác của tệp này.",
        "Choose another file, or another sheet of this one.",
    ))
}

fn too_large() -> Failure {
    refused(Trouble::new(
        "tệp quá lớn",
        "the file is too large",
        "Xóa các trang tính và hình ảnh không cần, hoặc chia danh sách thành nhiều tệp.",
        "Remove sheets and pictures that are not needed, or split the list into several files.",
    ))
}

fn too_long() -> Failure {
    refused(Trouble::new(
        format!("danh sách dài hơn {MOST_ROWS} dòng"),
        format!("the list has more than {MOST_ROWS} rows"),
        "Chia danh sách thành nhiều tệp, chẳng hạn mỗi thôn một tệp.",
        "Split the list into several files, for example one for each hamlet.",
    ))
}

fn too_wide() -> Failure {
    refused(Trouble::new(
        format!("danh sách có hơn {MOST_COLUMNS} cột"),
        format!("the list has more than {MOST_COLUMNS} columns"),
        "Xóa các cột không cần rồi thử lại.",
        "Remove the columns that are not needed, then try again.",
    ))
}

fn cell_too_long() -> Failure {
    refused(Trouble::new(
        format!("có ô dài hơn {MOST_LETTERS} chữ"),
        format!("a cell has more than {MOST_LETTERS} letters"),
        "Có thể thiếu một dấu nháy kép; mở tệp bằng Excel và xem lại.",
        "A quotation mark may be missing; open the file in Excel and look.",
    ))
}

pub(super) fn damaged() -> Failure {
    refused(Trouble::new(
        "tệp bị hỏng hoặc không đúng dạng",
        "the file is damaged or not in its form",
        "Mở tệp bằng Excel hoặc LibreOffice, lưu lại dạng .xlsx rồi thử lại.",
        "Open it in Excel or LibreOffice, save it as .xlsx, then try again.",
    ))
}

fn not_a_list() -> Failure {
    refused(Trouble::new(
        "tệp này không phải XLSX hay CSV",
        "this file is neither XLSX nor CSV",
        "Chọn tệp .xlsx hoặc .csv.",
        "Choose an .xlsx or .csv file.",
    ))
}

fn old_or_locked() -> Failure {
    refused(Trouble::new(
        "đây là tệp .xls đời cũ, hoặc tệp có mật khẩu",
        "this is an old .xls file, or one with a password",
        "Mở bằng Excel, bỏ mật khẩu, lưu lại dạng .xlsx rồi thử lại.",
        "Open it in Excel, take the password off, save it as .xlsx, then try again.",
    ))
}

fn unknown_letters() -> Failure {
    refused(Trouble::new(
        "tệp dùng bảng mã cũ (như TCVN3, VNI) hoặc chữ bị hỏng",
        "the file uses an old encoding (such as TCVN3 or VNI), or its letters are damaged",
        "Chuyển sang Unicode: trong Excel, lưu dạng “CSV UTF-8” hoặc .xlsx.",
        "Convert it to Unicode: in Excel, save it as “CSV UTF-8” or .xlsx.",
    ))
}
