//! The codes of findings in rule files, each with one line. A code keeps its meaning for ever; one that is no longer given
//! stays in the list.
//!
//! `E01` the shape of files, `E02` how expressions are written, `E03` and on: names, types and the law's logic. `E` is an error,
//! `W` a warning, `N` a note. Each code has a [`page`].

mod pages;

pub use pages::{Page, page};

/// A code and what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// `E0101`
    pub code: &'static str,
    /// In English.
    pub en: &'static str,
    /// In Vietnamese.
    pub vi: &'static str,
}

const fn code(code: &'static str, en: &'static str, vi: &'static str) -> Code {
    Code { code, en, vi }
}

/// All codes, rising.
pub const CODES: &[Code] = &[
    code("E0101", "the file is not TOML", "tệp không đúng cú pháp TOML"),
    code(
        "E0102",
        "a key that must be there is missing",
        "thiếu một khóa bắt buộc",
    ),
    code(
        "E0103",
        "a key that does not belong here",
        "khóa không có trong ngôn ngữ quy tắc",
    ),
    code(
        "E0104",
        "the file is written for another version of the language",
        "tệp viết cho phiên bản khác của ngôn ngữ quy tắc",
    ),
    code(
        "E0105",
        "a file that has no place in a folder of rules",
        "tệp nằm sai chỗ trong thư mục quy tắc",
    ),
    code(
        "E0106",
        "a text is missing in one language or is empty",
        "văn bản thiếu một ngôn ngữ hoặc để trống",
    ),
    code("E0107", "a value of the wrong type", "giá trị sai kiểu"),
    code(
        "E0108",
        "a value that is not among those allowed",
        "giá trị không nằm trong các giá trị được phép",
    ),
    code("E0109", "something stands twice", "khai báo trùng"),
    code("E0110", "the file is not UTF-8", "tệp không phải UTF-8"),
    code(
        "E0111",
        "the text is not in NFC",
        "văn bản không ở dạng Unicode NFC (dựng sẵn)",
    ),
    code("E0112", "the file is too large", "tệp quá lớn"),
    code("E0113", "tables are nested too deep", "các bảng lồng nhau quá sâu"),
    code("E0114", "a name that cannot be declared", "tên không hợp lệ"),
    code(
        "E0115",
        "name of a file or folder and what is in it do not fit",
        "tên tệp hoặc thư mục không khớp với nội dung",
    ),
    code("E0116", "a citation that cannot be read", "viện dẫn không đọc được"),
    code("E0117", "a number that cannot be read", "số không đọc được"),
    code("E0118", "days in the wrong order", "các ngày sai thứ tự"),
    code(
        "E0119",
        "a key that does not go with what else is said",
        "khóa không đi cùng với phần còn lại",
    ),
    code(
        "E0120",
        "a person the worked case does not have",
        "người không có trong ca mẫu",
    ),
    code(
        "E0201",
        "something is missing in an expression",
        "biểu thức thiếu một phần",
    ),
    code(
        "E0202",
        "something is left over behind an expression",
        "thừa một phần sau biểu thức",
    ),
    code("E0203", "a sign of another language", "dấu của ngôn ngữ khác"),
    code(
        "E0204",
        "a character without meaning in an expression",
        "ký tự không có nghĩa trong biểu thức",
    ),
    code("E0205", "a word of another language", "từ của ngôn ngữ khác"),
    code("E0206", "an unknown function", "hàm không có"),
    code("E0207", "a function with the wrong number of parts", "hàm sai số phần"),
    code("E0208", "a number that is written wrongly", "số viết sai"),
    code("E0209", "a date that is written wrongly", "ngày viết sai"),
    code("E0210", "a comparison of a comparison", "so sánh nối tiếp nhau"),
    code("E0211", "parentheses are missing", "thiếu dấu ngoặc"),
    code("E0212", "an expression nested too deep", "biểu thức lồng nhau quá sâu"),
    code(
        "E0213",
        "a proof that is not made of papers",
        "chứng minh không phải là giấy tờ",
    ),
    code(
        "E0214",
        "a name with letters it cannot have",
        "tên có chữ không được dùng",
    ),
    code("E0215", "an empty expression", "biểu thức trống"),
    code(
        "E0216",
        "a number that could be meant as thousands",
        "số có thể bị hiểu nhầm là hàng nghìn",
    ),
    code(
        "E0217",
        "persons the household does not have",
        "nhóm người không có trong hộ",
    ),
    code("E0301", "a name that is declared twice", "tên khai báo hai lần"),
    code("E0302", "a value of the wrong type", "giá trị sai kiểu"),
    code("E0303", "units that do not fit", "đơn vị không khớp"),
    code(
        "E0304",
        "a name that means nothing here",
        "tên không có nghĩa ở chỗ này",
    ),
    code("E0305", "an unknown paper", "giấy tờ không có"),
    code("E0306", "something that depends on itself", "định nghĩa vòng tròn"),
    code("E0307", "a division that could be by 0", "phép chia có thể cho 0"),
    code(
        "E0308",
        "an amount that rests on what can be absent",
        "mức hưởng dựa trên thông tin có thể không có",
    ),
    code("E0309", "a type that is declared wrongly", "kiểu khai báo sai"),
    code(
        "E0310",
        "a number that can grow too large",
        "số có thể lớn quá mức tính chính xác",
    ),
    code(
        "E0311",
        "a rule that takes too many steps",
        "quy tắc cần quá nhiều bước tính",
    ),
    code(
        "E0401",
        "a citation of what is not declared",
        "dẫn văn bản chưa khai báo",
    ),
    code("E0402", "dates that overlap", "thời gian chồng lên nhau"),
    code(
        "E0403",
        "a citation of what is not in force",
        "dẫn văn bản không còn hoặc chưa có hiệu lực",
    ),
    code(
        "E0404",
        "a stretch of time without a value",
        "khoảng thời gian không có giá trị",
    ),
    code(
        "E0405",
        "something that outlives its instrument",
        "quy định áp dụng quá ngày văn bản hết hiệu lực",
    ),
    code(
        "E0406",
        "a chain of instruments that cannot be",
        "chuỗi văn bản sửa đổi, thay thế không hợp lệ",
    ),
    code("E0501", "a group without a level", "đối tượng không có mức hưởng"),
    code("E0502", "an unknown group", "đối tượng không có"),
    code("E0503", "a level that is given wrongly", "mức hưởng khai báo sai"),
    code("E0504", "a combination that cannot be", "kết hợp không thể có"),
    code(
        "E0505",
        "a rounding that is not declared",
        "chưa khai báo cách làm tròn",
    ),
    code(
        "E0506",
        "an amount that can leave part of a đồng",
        "số tiền có thể lẻ đồng",
    ),
    code(
        "E0507",
        "a contest that does not fit together",
        "nhóm chỉ hưởng một không thống nhất",
    ),
    code(
        "E0701",
        "an overlay that declares again what is national",
        "quy định địa phương khai báo lại điều đã có trong bộ quy tắc toàn quốc",
    ),
    code(
        "E0702",
        "an overlay that sets what is not open to it",
        "quy định địa phương đặt mức hoặc nhóm mà bộ quy tắc toàn quốc không để ngỏ",
    ),
    code(
        "E0703",
        "an overlay that sets what another level is competent for",
        "quy định địa phương vượt thẩm quyền của cấp ban hành",
    ),
    code(
        "E0704",
        "a local value beyond the bound of the national one",
        "mức địa phương vượt giới hạn so với mức cả nước",
    ),
    code(
        "E0705",
        "a slot that is filled twice on a day",
        "một mức được địa phương đặt hai lần cho cùng một ngày",
    ),
    code(
        "E0706",
        "a local value on a day without a national one",
        "mức địa phương vào ngày không có mức cả nước",
    ),
    code(
        "E0707",
        "a local value or group without a local text",
        "mức hoặc nhóm của địa phương không dẫn văn bản của địa phương",
    ),
    code(
        "E0708",
        "an overlay that does not fit the rules it lies over",
        "quy định địa phương không khớp với bộ quy tắc mà nó bổ sung",
    ),
    code(
        "E0709",
        "groups added to what is not there",
        "thêm nhóm đối tượng vào chính sách không có",
    ),
    code(
        "E0801",
        "a member of a group for whom no case applies",
        "có người thuộc đối tượng mà không có mức hưởng",
    ),
    code(
        "E0802",
        "two cases that apply together with different results",
        "hai mức hưởng cùng áp dụng mà kết quả khác nhau",
    ),
    code(
        "E0803",
        "two exceptions that apply together with different results",
        "hai ngoại lệ cùng áp dụng mà kết quả khác nhau",
    ),
    code(
        "N0901",
        "something that could not be decided",
        "điều không xác định được khi kiểm tra",
    ),
    code("W0601", "a fact that nothing uses", "thông tin không quy tắc nào dùng"),
    code(
        "W0602",
        "a benefit that competes with nothing",
        "chế độ không có chế độ nào để chọn hưởng mức cao hơn",
    ),
    code("W0603", "a name that nothing uses", "tên không nơi nào dùng"),
    code("W0604", "a value whose review is due", "giá trị đến hạn rà soát"),
    code(
        "W0605",
        "something that can never apply",
        "quy định không bao giờ áp dụng",
    ),
    code("W0606", "a condition that always holds", "điều kiện luôn đúng"),
    code(
        "W0607",
        "a level that is never the highest",
        "mức hưởng không bao giờ cao nhất",
    ),
];

/// Returns what a code means.
#[must_use]
pub fn explain(code: &str) -> Option<&'static Code> {
    CODES.iter().find(|known| known.code == code)
}
