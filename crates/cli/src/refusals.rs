//! Why the data folder's own commands refused, in the words of the window: a test holds the sentences equal to those in `ui/src/text`.

use ansinh_casework::wire::Failure as Refused;
use ansinh_engine::Language;

use crate::failure::Failure;

/// A word of the casework, and what it means in Vietnamese and English; a value stands where its name is in braces.
type Sentence = (&'static str, &'static str, &'static str);

const CODES: &[Sentence] = &[
    (
        "wrong_password",
        "Sai tên đăng nhập hoặc mật khẩu. Kiểm tra bộ gõ tiếng Việt và phím Caps Lock rồi thử lại.",
        "Wrong user name or password. Check the Vietnamese input method and Caps Lock, then try again.",
    ),
    (
        "newer_database",
        "Dữ liệu trên máy do một phiên bản An Sinh mới hơn tạo ra. Hãy cài phiên bản mới; dữ liệu chưa bị sửa gì.",
        "The data on this computer was made by a newer An Sinh. Please install the newer version; nothing was changed.",
    ),
    (
        "damaged_database",
        "Tệp dữ liệu bị hỏng hoặc không đọc được. Đừng xóa tệp; báo người phụ trách để khôi phục từ bản sao lưu.",
        "The data file is damaged or cannot be read. Do not delete it; ask the supervisor to restore a backup.",
    ),
    (
        "not_allowed",
        "Vai trò của bạn không làm được việc này.",
        "Your role cannot do this.",
    ),
    (
        "in_use",
        "An Sinh đang mở ở một cửa sổ khác trên máy này. Đóng cửa sổ kia rồi thử lại.",
        "An Sinh is already open in another window on this computer. Close that one and try again.",
    ),
];

const REFUSALS: &[Sentence] = &[
    (
        "not_a_package",
        "Đây không phải tệp bộ quy tắc. Chọn tệp có đuôi .ansinh.",
        "This is not a set of rules. Choose a file that ends in .ansinh.",
    ),
    (
        "newer_form",
        "Tệp do một phiên bản An Sinh mới hơn tạo ra. Cài phiên bản mới rồi nhận lại.",
        "The file was made by a newer An Sinh. Install the new version, then receive it again.",
    ),
    (
        "too_large",
        "Tệp lớn quá {at_most} MB: không bộ quy tắc nào cần đến thế.",
        "The file is larger than {at_most} MB: no set of rules needs that.",
    ),
    (
        "garbled_signature",
        "Phần chữ ký ở đầu tệp bị hỏng hoặc bị mất. Xin lại tệp từ người gửi.",
        "The signature at the beginning of the file is damaged or missing. Ask the sender for it again.",
    ),
    (
        "unknown_key",
        "Tệp được ký bằng khóa {key}, chưa được tin cậy trên máy này. Hỏi người gửi số khóa của họ; nếu đúng, thêm khóa rồi nhận lại.",
        "It is signed with the key {key}, which is not trusted on this machine. Ask the sender for the number of their key; if it is the same, add the key and receive the file again.",
    ),
    (
        "bad_signature",
        "Chữ ký không khớp: tệp đã bị sửa hoặc hỏng sau khi ký. Đừng dùng tệp này; xin lại từ người gửi.",
        "The signature does not fit: the file was changed or damaged after it was signed. Do not use it; ask the sender for it again.",
    ),
    (
        "other_comment",
        "Lời ký nói về một bộ quy tắc khác với nội dung trong tệp. Báo cho người ký.",
        "What was signed speaks of another set than the one in the file. Tell the signer.",
    ),
    (
        "garbled",
        "Phần sau chữ ký không đúng dạng. Báo cho người ký.",
        "What stands behind the signature is not in its form. Tell the signer.",
    ),
    (
        "cut_short",
        "Nội dung “{path}” bị cụt hoặc khai kích thước không thật. Báo cho người ký.",
        "“{path}” is cut short, or its size is not true. Tell the signer.",
    ),
    (
        "too_many",
        "Có hơn {at_most} tệp bên trong: không bộ quy tắc nào cần đến thế.",
        "There are more than {at_most} files inside: no set of rules needs that.",
    ),
    (
        "path",
        "Có tệp mang đường dẫn không được phép (“{path}”), có thể nhằm ghi ra ngoài thư mục.",
        "A file has a path that is not allowed (“{path}”), perhaps to be written elsewhere.",
    ),
    (
        "twice",
        "Có hai tệp cùng tên “{path}”: không biết tệp nào là thật.",
        "Two files are called “{path}”: nobody knows which one is meant.",
    ),
    (
        "out_of_order",
        "“{path}” không nằm đúng thứ tự. Báo cho người ký.",
        "“{path}” does not stand in its place. Tell the signer.",
    ),
    (
        "no_day",
        "Bộ quy tắc không ghi ngày có hiệu lực. Báo cho người ký.",
        "It does not say from which day it is in force. Tell the signer.",
    ),
    (
        "newer_language",
        "Bộ quy tắc viết bằng ngôn ngữ quy tắc {found}, chương trình này chỉ biết đến {supported}. Cài phiên bản An Sinh mới rồi nhận lại.",
        "It is written in rule language {found}; this program knows up to {supported}. Install the new version of An Sinh, then receive it again.",
    ),
    (
        "here_already",
        "Bộ quy tắc này đã có trên máy.",
        "This set of rules is here already.",
    ),
    (
        "same_number",
        "Máy đã có một bộ khác cũng mang số {number}, nội dung khác. Hỏi lại người ký.",
        "Another set with number {number} and other contents is here. Ask the signer.",
    ),
    (
        "older_number",
        "Bộ này mang số {number}, cũ hơn số {known} đã có. Muốn trở lại nội dung cũ, người ký phải ban hành một số mới.",
        "Its number {number} is below {known}, which is here already. To go back to old content, the signer has to issue a new number.",
    ),
    (
        "files",
        "Nội dung không khớp với danh mục bên trong:",
        "The contents are not as the list inside says:",
    ),
    (
        "rules",
        "Bộ quy tắc có lỗi, không dùng để xét được:",
        "The rules have errors, so that nobody can be screened by them:",
    ),
    (
        "no_head",
        "Thiếu release.toml, hoặc tệp ấy không đọc được: không biết đây là bộ nào.",
        "release.toml is missing or cannot be read: nobody knows which set this is.",
    ),
    (
        "elsewhere",
        "Bộ “{id}” là của nơi khác, không áp dụng ở đây.",
        "The set “{id}” belongs to another place and does not hold here.",
    ),
    (
        "not_a_key",
        "Đây không phải khóa công khai. Dán nguyên văn tệp .pub, hoặc dòng bắt đầu bằng RW.",
        "This is no public key. Paste the whole .pub file, or the line that begins with RW.",
    ),
    (
        "not_a_secret_key",
        "Khóa ký lưu trên máy này không đọc được.",
        "The signing key on this machine cannot be read.",
    ),
    (
        "key_password",
        "Sai mật khẩu của khóa. Chưa ký gì cả.",
        "The password of the key is wrong. Nothing was signed.",
    ),
    (
        "key_not_made",
        "Chưa tạo được khóa. Đóng bớt chương trình khác rồi thử lại.",
        "The key could not be made. Close other programs and try again.",
    ),
];

/// Returns the failure as the terminal tells it.
pub(crate) fn told(refused: &Refused, language: Language) -> Failure {
    let (sentences, word) = match refused.values.get("why") {
        Some(why) if refused.code == "release_refused" => (REFUSALS, why.as_str()),
        _ => (CODES, refused.code.as_str()),
    };
    let known = sentences.iter().find(|(known, _, _)| *known == word);
    let mut text = match known {
        Some((_, vi, en)) => language.pick(vi, en).to_owned(),
        None => told_by_code(refused, language),
    };
    for (name, value) in &refused.values {
        text = text.replace(&format!("{{{name}}}"), value);
    }
    for problem in &refused.problems {
        text.push_str("\n  ");
        text.push_str(language.pick(&problem.vi, &problem.en));
    }
    match refused.code.as_str() {
        "release_refused" => Failure::wrong_use(text).found(),
        "storage" | "damaged_database" | "newer_database" | "in_use" => Failure::unreadable(text),
        _ => Failure::wrong_use(text),
    }
}

/// What needs no sentence of the window's, or has a value that is worded there.
fn told_by_code(refused: &Refused, language: Language) -> String {
    if let ("must_wait", Some(seconds)) = (refused.code.as_str(), refused.values.get("seconds")) {
        let (vi, en) = (
            format!(
                "Mật khẩu đã sai nhiều lần. Chờ {seconds} giây rồi thử lại; mỗi lần sai nữa thời gian chờ dài thêm."
            ),
            format!(
                "The password was wrong too often. Wait {seconds} s, then try again; each further wrong one makes the wait longer."
            ),
        );
        return language.pick(&vi, &en).to_owned();
    }
    refused.to_string()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn the_terminal_refuses_in_the_words_of_the_window() {
        let text = |name: &str| {
            let file = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("../../ui/src/text")
                .join(name);
            fs::read_to_string(file).unwrap().replace("${", "{")
        };
        let (vi, en, refusals) = (text("vi.ts"), text("en.ts"), text("refusals.ts"));
        for (word, said_vi, said_en) in CODES {
            assert!(
                vi.contains(said_vi) && en.contains(said_en),
                "{word} is said otherwise in the window"
            );
        }
        for (word, said_vi, said_en) in REFUSALS {
            assert!(
                refusals.contains(said_vi) && refusals.contains(said_en),
                "{word} is said otherwise in the window"
            );
            assert!(
                refusals.contains(&format!("\"{word}\"")),
                "the window does not know {word}"
            );
        }
    }
}
