//! Why a set of rules, or a key, was refused: one sentence for each word the casework gives.

import type { Language } from "../host";

type Sentence = (values: Record<string, string>) => string;

export const refusalWords = [
  "not_a_package",
  "newer_form",
  "too_large",
  "garbled_signature",
  "unknown_key",
  "bad_signature",
  "other_comment",
  "garbled",
  "cut_short",
  "too_many",
  "path",
  "twice",
  "out_of_order",
  "no_day",
  "newer_language",
  "here_already",
  "same_number",
  "older_number",
  "files",
  "rules",
  "no_head",
  "elsewhere",
  "not_a_key",
  "not_a_secret_key",
  "key_password",
  "key_not_made",
] as const;

type Refusal = (typeof refusalWords)[number];

const vi: Record<Refusal, Sentence> = {
  not_a_package: () => "Đây không phải tệp bộ quy tắc. Chọn tệp có đuôi .ansinh.",
  newer_form: () => "Tệp do một phiên bản An Sinh mới hơn tạo ra. Cài phiên bản mới rồi nhận lại.",
  too_large: ({ at_most }) => `Tệp lớn quá ${at_most} MB: không bộ quy tắc nào cần đến thế.`,
  garbled_signature: () => "Phần chữ ký ở đầu tệp bị hỏng hoặc bị mất. Xin lại tệp từ người gửi.",
  unknown_key: ({ key }) =>
    `Tệp được ký bằng khóa ${key}, chưa được tin cậy trên máy này. Hỏi người gửi số khóa của họ; nếu đúng, thêm khóa rồi nhận lại.`,
  bad_signature: () =>
    "Chữ ký không khớp: tệp đã bị sửa hoặc hỏng sau khi ký. Đừng dùng tệp này; xin lại từ người gửi.",
  other_comment: () => "Lời ký nói về một bộ quy tắc khác với nội dung trong tệp. Báo cho người ký.",
  garbled: () => "Phần sau chữ ký không đúng dạng. Báo cho người ký.",
  cut_short: ({ path }) => `Nội dung “${path}” bị cụt hoặc khai kích thước không thật. Báo cho người ký.`,
  too_many: ({ at_most }) => `Có hơn ${at_most} tệp bên trong: không bộ quy tắc nào cần đến thế.`,
  path: ({ path }) => `Có tệp mang đường dẫn không được phép (“${path}”), có thể nhằm ghi ra ngoài thư mục.`,
  twice: ({ path }) => `Có hai tệp cùng tên “${path}”: không biết tệp nào là thật.`,
  out_of_order: ({ path }) => `“${path}” không nằm đúng thứ tự. Báo cho người ký.`,
  no_day: () => "Bộ quy tắc không ghi ngày có hiệu lực. Báo cho người ký.",
  newer_language: ({ found, supported }) =>
    `Bộ quy tắc viết bằng ngôn ngữ quy tắc ${found}, chương trình này chỉ biết đến ${supported}. Cài phiên bản An Sinh mới rồi nhận lại.`,
  here_already: () => "Bộ quy tắc này đã có trên máy.",
  same_number: ({ number }) =>
    `Máy đã có một bộ khác cũng mang số ${number}, nội dung khác. Hỏi lại người ký.`,
  older_number: ({ number, known }) =>
    `Bộ này mang số ${number}, cũ hơn số ${known} đã có. Muốn trở lại nội dung cũ, người ký phải ban hành một số mới.`,
  files: () => "Nội dung không khớp với danh mục bên trong:",
  rules: () => "Bộ quy tắc có lỗi, không dùng để xét được:",
  no_head: () => "Thiếu release.toml, hoặc tệp ấy không đọc được: không biết đây là bộ nào.",
  elsewhere: ({ id }) => `Bộ “${id}” là của nơi khác, không áp dụng ở đây.`,
  not_a_key: () => "Đây không phải khóa công khai. Dán nguyên văn tệp .pub, hoặc dòng bắt đầu bằng RW.",
  not_a_secret_key: () => "Khóa ký lưu trên máy này không đọc được.",
  key_password: () => "Sai mật khẩu của khóa. Chưa ký gì cả.",
  key_not_made: () => "Chưa tạo được khóa. Đóng bớt chương trình khác rồi thử lại.",
};

const en: Record<Refusal, Sentence> = {
  not_a_package: () => "This is not a set of rules. Choose a file that ends in .ansinh.",
  newer_form: () => "The file was made by a newer An Sinh. Install the new version, then receive it again.",
  too_large: ({ at_most }) => `The file is larger than ${at_most} MB: no set of rules needs that.`,
  garbled_signature: () =>
    "The signature at the beginning of the file is damaged or missing. Ask the sender for it again.",
  unknown_key: ({ key }) =>
    `It is signed with the key ${key}, which is not trusted on this machine. Ask the sender for the number of their key; if it is the same, add the key and receive the file again.`,
  bad_signature: () =>
    "The signature does not fit: the file was changed or damaged after it was signed. Do not use it; ask the sender for it again.",
  other_comment: () => "What was signed speaks of another set than the one in the file. Tell the signer.",
  garbled: () => "What stands behind the signature is not in its form. Tell the signer.",
  cut_short: ({ path }) => `“${path}” is cut short, or its size is not true. Tell the signer.`,
  too_many: ({ at_most }) => `There are more than ${at_most} files inside: no set of rules needs that.`,
  path: ({ path }) => `A file has a path that is not allowed (“${path}”), perhaps to be written elsewhere.`,
  twice: ({ path }) => `Two files are called “${path}”: nobody knows which one is meant.`,
  out_of_order: ({ path }) => `“${path}” does not stand in its place. Tell the signer.`,
  no_day: () => "It does not say from which day it is in force. Tell the signer.",
  newer_language: ({ found, supported }) =>
    `It is written in rule language ${found}; this program knows up to ${supported}. Install the new version of An Sinh, then receive it again.`,
  here_already: () => "This set of rules is here already.",
  same_number: ({ number }) =>
    `Another set with number ${number} and other contents is here. Ask the signer.`,
  older_number: ({ number, known }) =>
    `Its number ${number} is below ${known}, which is here already. To go back to old content, the signer has to issue a new number.`,
  files: () => "The contents are not as the list inside says:",
  rules: () => "The rules have errors, so that nobody can be screened by them:",
  no_head: () => "release.toml is missing or cannot be read: nobody knows which set this is.",
  elsewhere: ({ id }) => `The set “${id}” belongs to another place and does not hold here.`,
  not_a_key: () => "This is no public key. Paste the whole .pub file, or the line that begins with RW.",
  not_a_secret_key: () => "The signing key on this machine cannot be read.",
  key_password: () => "The password of the key is wrong. Nothing was signed.",
  key_not_made: () => "The key could not be made. Close other programs and try again.",
};

/** Returns the sentence for a refusal. */
export function refusal(language: Language, values: Record<string, string>): string {
  const sentences = language === "vi" ? vi : en;
  const word = refusalWords.find((known) => known === values.why) ?? "garbled";
  return sentences[word](values);
}
