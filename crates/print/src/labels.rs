//! The fixed words of the page, complete in both languages. What a household gets is never worded here.

use ansinh_engine::report::Language;
use serde::Serialize;

/// Every fixed word the template sets.
#[derive(Debug, Serialize)]
pub(crate) struct Labels {
    title: &'static str,
    month: &'static str,
    invented: &'static str,
    disclaimer: &'static str,
    disclaimer_more: &'static str,
    household: &'static str,
    hamlet: &'static str,
    number: &'static str,
    members: &'static str,
    pub(crate) monthly_total: &'static str,
    pub(crate) yearly_total: &'static str,
    pub(crate) once_total: &'static str,
    total_open: &'static str,
    claims: &'static str,
    no_claims: &'static str,
    receiving: &'static str,
    open: &'static str,
    open_more: &'static str,
    later: &'static str,
    not_entitled: &'static str,
    not_entitled_more: &'static str,
    not_computed: &'static str,
    gives: &'static str,
    gives_if: &'static str,
    each: &'static str,
    starts: &'static str,
    articles: &'static str,
    needed: &'static str,
    decided_by: &'static str,
    find_out: &'static str,
    from_when: &'static str,
    remark: &'static str,
    gets: &'static str,
    proves: &'static str,
    decides_within: &'static str,
    bring: &'static str,
    seen: &'static str,
    from: &'static str,
    apply: &'static str,
    place: &'static str,
    decides: &'static str,
    within: &'static str,
    officer: &'static str,
    printed_on: &'static str,
    release: &'static str,
    digest: &'static str,
    code: &'static str,
    code_more: &'static str,
    page: &'static str,
}

/// Returns the fixed words in a language.
pub(crate) fn labels(language: Language) -> &'static Labels {
    match language {
        Language::Vi => &VI,
        Language::En => &EN,
    }
}

/// Returns who a sentence is about when it holds for the whole roster of the household.
pub(crate) fn everybody(language: Language) -> &'static str {
    match language {
        Language::Vi => "Mọi thành viên",
        Language::En => "Every member",
    }
}

/// Returns the sentence that stands for the reasons where the page does not say them.
pub(crate) fn not_entitled(language: Language, n: usize) -> String {
    match language {
        Language::Vi => format!(
            "Đã xét thêm {n} chính sách: tháng này cả hộ hoặc một số người chưa đủ điều kiện. Cán bộ có thể nói rõ lý do."
        ),
        Language::En => format!(
            "Looked at besides: {n} programmes that give nothing this month to the household or to some of its members. \
             The officer can say why."
        ),
    }
}

/// Returns what stands for a sensitive fact.
pub(crate) fn private(language: Language) -> &'static str {
    match language {
        Language::Vi => "một thông tin được hỏi riêng",
        Language::En => "something to be asked in private",
    }
}

/// Returns a number of working days in words.
pub(crate) fn working_days(language: Language, n: u32) -> String {
    match (language, n) {
        (Language::Vi, n) => format!("{n} ngày làm việc"),
        (Language::En, 1) => "1 working day".to_owned(),
        (Language::En, n) => format!("{n} working days"),
    }
}

/// Returns a release's name and number.
pub(crate) fn release(language: Language, id: &str, number: u32) -> String {
    match language {
        Language::Vi => format!("{id} số {number}"),
        Language::En => format!("{id} no. {number}"),
    }
}

const VI: Labels = Labels {
    title: "Bản tóm tắt kết quả sàng lọc chính sách an sinh",
    month: "Xét cho",
    invented: "Dữ liệu mẫu, không có thật",
    disclaimer: "Đây là kết quả sàng lọc, không phải quyết định hưởng.",
    disclaimer_more: "Kết quả dựa trên thông tin hộ đã khai; cơ quan có thẩm quyền xem xét hồ sơ và quyết định.",
    household: "Chủ hộ",
    hamlet: "Thôn, tổ dân phố",
    number: "Số hộ",
    members: "Thành viên được xét",
    monthly_total: "Tổng hằng tháng theo thông tin đã khai",
    yearly_total: "Khoản hằng năm",
    once_total: "Khoản một lần",
    total_open: "tùy thông tin còn thiếu, xem dưới đây",
    claims: "Có thể đề nghị hưởng ngay",
    no_claims: "Theo thông tin đã khai, tháng này chưa có chính sách nào có thể đề nghị hưởng ngay.",
    receiving: "Đang hưởng",
    open: "Cần thêm thông tin",
    open_more: "Chưa biết không có nghĩa là không được.",
    later: "Sẽ đủ điều kiện",
    not_entitled: "Chưa đủ điều kiện",
    not_entitled_more: "Nếu thông tin nào chưa đúng, hãy báo cán bộ để xét lại.",
    not_computed: "Chưa tính được",
    gives: "Được gì, cách tính",
    gives_if: "Được gì nếu đủ",
    each: "mỗi người",
    starts: "Từ khi nào",
    articles: "Căn cứ pháp lý",
    needed: "Cần biết gì, ai quyết định",
    decided_by: "Người quyết định",
    find_out: "chưa rõ, cần tìm hiểu",
    from_when: "Từ khi nào",
    remark: "Ghi chú",
    gets: "Được gì",
    proves: "chứng minh",
    decides_within: "Ai quyết định, trong bao lâu",
    bring: "Giấy tờ cần mang theo",
    seen: "đã xem",
    from: "nơi cấp",
    apply: "Nộp ở đâu, khi nào có kết quả",
    place: "Nơi nộp",
    decides: "Ai quyết định",
    within: "Hạn nộp",
    officer: "Cán bộ sàng lọc",
    printed_on: "Ngày in",
    release: "Bộ quy tắc",
    digest: "dấu vân tay",
    code: "Mã kiểm tra",
    code_more: "Giữ bản này. Cần hỏi lại, hãy đọc mã kiểm tra cho cán bộ.",
    page: "Trang",
};

const EN: Labels = Labels {
    title: "Summary of social protection screening",
    month: "Judged for",
    invented: "Sample data, not real",
    disclaimer: "This is the result of a screening, not a decision.",
    disclaimer_more: "It rests on what the household declared; the competent office examines the application and decides.",
    household: "Head of household",
    hamlet: "Hamlet",
    number: "Household number",
    members: "Members screened",
    monthly_total: "Monthly total, as declared",
    yearly_total: "Paid each year",
    once_total: "Paid once",
    total_open: "depends on facts not known yet, see below",
    claims: "Can apply now",
    no_claims: "As declared, there is no programme the household can apply for this month.",
    receiving: "Already receiving",
    open: "More information needed",
    open_more: "Not known yet does not mean no.",
    later: "Will qualify",
    not_entitled: "Not entitled for this month",
    not_entitled_more: "If a fact is wrong, tell the officer and it is judged again.",
    not_computed: "Could not be computed",
    gives: "What, and how it is worked out",
    gives_if: "What, if entitled",
    each: "each",
    starts: "From when",
    articles: "Legal basis",
    needed: "What has to be known, who decides",
    decided_by: "Decided by",
    find_out: "not known yet, to be found out",
    from_when: "From when",
    remark: "Remark",
    gets: "What",
    proves: "proves",
    decides_within: "Who decides, how soon",
    bring: "Papers to bring",
    seen: "seen",
    from: "issued by",
    apply: "Where to apply, and how long it takes",
    place: "Where",
    decides: "Who decides",
    within: "Apply by",
    officer: "Screened by",
    printed_on: "Printed on",
    release: "Rules",
    digest: "digest",
    code: "Check code",
    code_more: "Keep this page. To ask again, read the check code to the officer.",
    page: "Page",
};
