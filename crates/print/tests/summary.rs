//! What comes off the page: the text is read back from the PDF, and the marks from its picture.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod invented;
mod reading;

use std::path::Path;
use std::process::Command;

use ansinh_engine::report::{Language, Paper, Report, Standing, Step};
use ansinh_print::{PrintError, Sheet, pages, pdf};
use reading::{letters, squeeze, with_file};

use invented::{AUNT, DAUGHTER, GRANDFATHER, MOTHER, SON, report, report_of, sheet};

fn check_says(sheet: &Sheet<'_>, sentences: &[&str]) {
    let found = letters(&pdf(sheet).unwrap());
    for sentence in sentences {
        assert!(
            found.contains(&squeeze(sentence)),
            "the page must say `{sentence}`; it says\n{found}"
        );
    }
}

fn n_pages(sheet: &Sheet<'_>) -> usize {
    pages(sheet).unwrap().len()
}

#[test]
fn the_vietnamese_page_says_everything() {
    let report = report(Language::Vi);
    check_says(
        &sheet(&report),
        &[
            "BẢN TÓM TẮT KẾT QUẢ SÀNG LỌC CHÍNH SÁCH AN SINH",
            "Đây là kết quả sàng lọc, không phải quyết định hưởng.",
            "DỮ LIỆU MẪU, KHÔNG CÓ THẬT",
            "Xã Suối Mơ · Tỉnh Mẫu Sơn",
            "Thôn Đồng Cỏ Ưng",
            "SM-0417",
            "Xét cho: tháng 11/2026",
            GRANDFATHER.1,
            MOTHER.1,
            SON.1,
            DAUGHTER.1,
            AUNT.1,
            "(5): Hoàng Phước Nguyễn Bảo Thuỵ (12/03/1946), Trần Lê Ngọc Quỳnh Hương Giang (năm 1988)",
            "từ 2.430.000 đến 3.240.000 đồng mỗi tháng",
            "tùy thông tin còn thiếu",
            "từ 0 đến 10.800.000 đồng một lần",
            "Có thể đề nghị hưởng ngay",
            "Trợ cấp người đơn thân nghèo đang nuôi con",
            "540.000 × 1,0 × 2 = 1.080.000 đồng",
            "Từ tháng cấp giấy xác nhận khuyết tật",
            "điểm d khoản 1 Điều 6 Nghị định 20/2021/NĐ-CP",
            "Giấy tờ cần mang theo",
            "Văn bản xác nhận không hưởng lương hưu",
            "Mẫu số 1đ Nghị định 20/2021/NĐ-CP",
            "10 ngày làm việc",
            "Trước ngày 31/12/2026",
            "Đang hưởng",
            "Cần thêm thông tin",
            "0 đến 810.000 đồng mỗi tháng",
            "Người quyết định: Hội đồng xác định mức độ khuyết tật",
            "chưa rõ, cần tìm hiểu",
            "Sẽ đủ điều kiện từ 12/03/2027",
            "Chưa đủ điều kiện",
            "Không thuộc nhóm đối tượng nào của Điều 5.",
            "Chưa tính được",
            "Bộ quy tắc chưa có quy định của tỉnh cho tháng này.",
            "Bộ quy tắc vn số 3 · dấu vân tay 4f1c9a77e2b0d865 · Mã kiểm tra K7QF-2M9D",
            "Cán bộ sàng lọc: Phạm Đỗ Ý Nhi",
            "Ngày in 22/11/2026",
            "Trang 1/",
        ],
    );
}

#[test]
fn the_english_page_says_everything() {
    let report = report(Language::En);
    check_says(
        &sheet(&report),
        &[
            "SUMMARY OF SOCIAL PROTECTION SCREENING",
            "This is the result of a screening, not a decision.",
            "SAMPLE DATA, NOT REAL",
            "Judged for: November 2026",
            MOTHER.1,
            "Can apply now",
            "540,000 × 1.0 × 2 = 1,080,000 VND",
            "2,430,000 to 3,240,000 VND a month",
            "depends on facts not known yet",
            "Papers to bring",
            "22 working days",
            "Already receiving",
            "More information needed",
            "Will qualify from 12 March 2027",
            "Not entitled for this month",
            "Could not be computed",
            "Rules vn no. 3 · digest 4f1c9a77e2b0d865",
            "Printed on 22 November 2026",
        ],
    );
}

#[test]
fn the_pdf_carries_its_own_fonts() {
    let bytes = pdf(&sheet(&report(Language::Vi))).unwrap();
    let fonts = with_file(&bytes, |file| {
        Command::new("pdffonts").arg(file).output().unwrap().stdout
    });
    let fonts = String::from_utf8(fonts).unwrap();
    assert!(
        fonts.lines().skip(2).count() >= 2,
        "regular and bold at least:\n{fonts}"
    );
    assert!(
        fonts.lines().skip(2).all(|font| font.contains("BeVietnamPro")),
        "no font of the machine:\n{fonts}"
    );
}

#[test]
fn the_same_sheet_gives_the_same_bytes() {
    let report = report(Language::Vi);
    let sheet = sheet(&report);
    let first = pdf(&sheet).unwrap();
    assert!(first == pdf(&sheet).unwrap(), "a PDF depends on its sheet alone");
    assert!(
        pages(&sheet).unwrap() == pages(&sheet).unwrap(),
        "a preview depends on its sheet alone"
    );
    let other = Sheet {
        printed_on: "2026-11-23",
        ..sheet
    };
    assert!(first != pdf(&other).unwrap(), "another day is another paper");
}

#[test]
fn a_level_that_nothing_was_multiplied_for_is_not_said_twice() {
    let once = report(Language::Vi);
    let mut twice = once.clone();
    for row in &mut twice.rows {
        let (amount, gives) = (row.amount.as_ref().map(|amount| amount.text.clone()), row.gives.clone());
        row.arithmetic
            .extend(amount.into_iter().chain([gives]).map(|text| Step {
                text,
                articles: Vec::new(),
            }));
    }
    assert!(once != twice, "every row ends with its level");
    assert!(pdf(&sheet(&once)).unwrap() == pdf(&sheet(&twice)).unwrap());
}

#[test]
fn an_ordinary_household_needs_one_page() {
    let mut report = report(Language::Vi);
    report
        .rows
        .retain(|row| row.person.as_deref() != Some(AUNT.0) && row.standing != Standing::NotComputed);
    assert_eq!(n_pages(&sheet(&report)), 1);
}

#[test]
fn real_data_carries_no_banner() {
    let mut report = report(Language::Vi);
    report.invented = false;
    let found = letters(&pdf(&sheet(&report)).unwrap());
    assert!(
        !found.contains(&squeeze("KHÔNG CÓ THẬT")),
        "only invented data is called so"
    );
}

#[test]
fn a_household_without_any_claim_is_told_so() {
    let mut report = report(Language::Vi);
    report.rows.retain(|row| row.standing != Standing::CanApply);
    check_says(
        &sheet(&report),
        &["tháng này chưa có chính sách nào có thể đề nghị hưởng ngay"],
    );
}

#[test]
fn where_no_officer_is_named_there_is_a_line_to_write_on() {
    let report = report(Language::Vi);
    let sheet = Sheet {
        officer: "",
        ..sheet(&report)
    };
    check_says(&sheet, &["Cán bộ sàng lọc: ........"]);
}

#[test]
fn a_household_without_a_number_has_no_line_for_it() {
    let report = report(Language::Vi);
    let sheet = Sheet {
        household_number: "",
        ..sheet(&report)
    };
    let found = letters(&pdf(&sheet).unwrap());
    assert!(!found.contains(&squeeze("Số hộ")), "an empty number is not announced");
}

#[test]
fn a_sensitive_fact_is_never_named() {
    let mut report = report(Language::Vi);
    for ask in report.rows.iter_mut().flat_map(|row| &mut row.asks) {
        ask.title = "Điều kín".to_owned();
        ask.judged_by = Some("Người giữ kín".to_owned());
        ask.sensitive = true;
    }
    let found = letters(&pdf(&sheet(&report)).unwrap());
    for secret in ["Điều kín", "Người giữ kín"] {
        assert!(!found.contains(&squeeze(secret)), "`{secret}` stays off the paper");
    }
    check_says(&sheet(&report), &["một thông tin được hỏi riêng"]);
}

#[test]
fn what_gives_way_says_what_it_would_have_paid() {
    let mut report = report(Language::Vi);
    let gives_way = "Nhường cho: Trợ cấp X. Riêng khoản này lẽ ra là 810.000 đồng mỗi tháng";
    let higher = "Cao hơn Trợ cấp Y (540.000 đồng mỗi tháng), nên hưởng khoản này";
    for row in &mut report.rows {
        row.combination = match row.standing {
            Standing::No => Some(gives_way.to_owned()),
            _ => Some(higher.to_owned()),
        };
    }
    let found = letters(&pdf(&sheet(&report)).unwrap());
    assert!(found.contains(&squeeze(gives_way)));
    let n_paid = report
        .rows
        .iter()
        .filter(|row| matches!(row.standing, Standing::CanApply | Standing::Receiving))
        .count();
    assert!(n_paid > 2 && found.matches(&squeeze(higher)).count() > 2);
}

#[test]
fn an_open_answer_says_the_range_the_fact_and_who_decides() {
    let mut report = report(Language::Vi);
    let apply = report.rows.iter().find_map(|row| row.apply.clone());
    report.rows.retain(|row| row.standing == Standing::NeedsFact);
    report.rows.iter_mut().for_each(|row| row.apply = apply.clone());
    check_says(
        &sheet(&report),
        &[
            "0 đến 810.000 đồng mỗi tháng",
            "Cần biết mức độ khuyết tật.",
            "Ai quyết định: Chủ tịch Ủy ban nhân dân cấp xã",
        ],
    );
}

#[test]
fn hostile_text_comes_out_literally() {
    let hostile = [
        r##"#import "x": *"##,
        r##"#panic("out")"##,
        r"$ a^2 $ *bold* _it_ `raw` \ \u{41} <label> @ref ~ -- ... // no /* no */",
        "= Heading\n- list\n+ list\n/ term: x",
        r#"</text><script>alert(1)</script> & "quoted" 'single' {"json": [1]}"#,
        "Nguyễn\r\nVăn\tẪn",
    ];
    for text in hostile {
        let long = "ẵ".repeat(400);
        let mut report = report(Language::Vi);
        for row in &mut report.rows {
            row.who = text.to_owned();
            row.summary = format!("{text} {long}");
            row.gives = text.to_owned();
            row.papers.push(Paper {
                id: "x".to_owned(),
                title: text.to_owned(),
                from: text.to_owned(),
                proves: long.clone(),
                seen: false,
            });
        }
        report.household = text.to_owned();
        let sheet = Sheet {
            commune: text,
            officer: text,
            hamlet: text,
            code: text,
            verify: text,
            ..sheet(&report)
        };
        check_says(&sheet, &[text, &long]);
        assert!(
            pages(&sheet).unwrap().iter().all(|page| !page.contains("<script")),
            "an image holds no script"
        );
    }
}

#[test]
fn thirty_persons_with_twelve_rows_each_are_laid_out() {
    let sample = report(Language::Vi);
    let mut rows = Vec::new();
    for (at, like) in sample.rows.iter().cycle().take(30 * 12).enumerate() {
        let id = format!("p{}", at % 30);
        rows.push(ansinh_engine::report::Row {
            person: Some(id.clone()),
            who: format!("Nguyễn Hoàng Trường Thụy {id}"),
            summary: format!("{} ({at})", like.summary),
            programme: format!("{}{}", like.programme, at / 30),
            ..like.clone()
        });
    }
    let report = report_of(Language::Vi, rows);
    let sheet = sheet(&report);
    let n = n_pages(&sheet);
    assert!(n > 3, "360 rows do not fit three pages");
    let found = letters(&pdf(&sheet).unwrap());
    for page in 1..=n {
        assert!(
            found.contains(&format!("Trang{page}/{n}")),
            "every page says which of how many it is"
        );
    }
    let heads = found.matches(&squeeze("Từ khi nào Căn cứ pháp lý")).count();
    assert!(heads > 1, "a table that goes on repeats its head");
}

#[test]
fn a_day_that_is_none_is_refused() {
    let report = report_of(Language::Vi, Vec::new());
    for day in ["2026-02-30", "22/11/2026", "2026-13-01", "", "2026-11-22-1"] {
        let sheet = Sheet {
            printed_on: day,
            ..sheet(&report)
        };
        assert!(
            matches!(pdf(&sheet), Err(PrintError::Day { found }) if found == day),
            "`{day}` is no day"
        );
        assert!(pages(&sheet).is_err());
    }
}

#[test]
fn the_printed_mark_is_the_code_of_the_text() {
    let report = report(Language::Vi);
    let sheet = sheet(&report);
    let picture = with_file(&pdf(&sheet).unwrap(), |file| {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("page");
        let made = Command::new("pdftoppm")
            .args(["-gray", "-r", "300", "-f", "1", "-l", "1", "-singlefile"])
            .args([file, &root])
            .status();
        assert!(made.unwrap().success());
        Picture::read(&std::fs::read(root.with_extension("pgm")).unwrap())
    });
    let code = qrcode::QrCode::with_error_correction_level(sheet.verify, qrcode::EcLevel::M).unwrap();
    let (side, modules) = (code.width(), code.to_colors());
    // The mark ends at the right margin, 14 mm from the edge, and begins below the banner, 14 mm from the top.
    let dots = 300.0 / 25.4;
    let (left, top, module) = ((210.0 - 14.0 - 25.0) * dots, 14.0 * dots, 25.0 / side as f64 * dots);
    for y in 0..side {
        for x in 0..side {
            let dark = picture.at(left + (x as f64 + 0.5) * module, top + (y as f64 + 0.5) * module) < 128;
            assert_eq!(dark, modules[y * side + x] == qrcode::Color::Dark, "module {x}, {y}");
        }
    }
}

/// A grey picture.
struct Picture {
    width: usize,
    dots: Vec<u8>,
}

impl Picture {
    fn read(pgm: &[u8]) -> Self {
        let mut fields = pgm.splitn(4, |byte| byte.is_ascii_whitespace());
        let number = |field: Option<&[u8]>| {
            String::from_utf8(field.unwrap().to_vec())
                .unwrap()
                .parse::<usize>()
                .unwrap()
        };
        assert_eq!(fields.next(), Some(b"P5".as_slice()));
        let (width, height) = (number(fields.next()), number(fields.next()));
        let rest = fields.next().unwrap();
        let dots = rest[rest.len() - width * height..].to_vec();
        Self { width, dots }
    }

    fn at(&self, x: f64, y: f64) -> u8 {
        self.dots[y as usize * self.width + x as usize]
    }
}

#[test]
fn pages_are_images_without_outside_links() {
    let report: Report = report(Language::En);
    for page in pages(&sheet(&report)).unwrap() {
        assert!(page.starts_with("<svg"));
        assert!(
            !page.contains("http://") || page.matches("http://").count() == page.matches("http://www.w3.org").count()
        );
    }
}

/// Writes the pages to look at: `ANSINH_LOOK=/some/folder`.
#[test]
fn pages_to_look_at() {
    let Some(folder) = std::env::var_os("ANSINH_LOOK") else {
        return;
    };
    for (language, name) in [(Language::Vi, "vi"), (Language::En, "en")] {
        let report = report(language);
        std::fs::write(
            Path::new(&folder).join(format!("{name}.pdf")),
            pdf(&sheet(&report)).unwrap(),
        )
        .unwrap();
    }
}
