//! The other papers, read back from their PDF.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[allow(dead_code)]
mod invented;
mod reading;

use std::path::Path;

use ansinh_engine::report::{Language, Report};
use ansinh_print::{
    Application, Batch, Card, DossierSheet, Head, Home, Known, Letter, Needed, Paper, PrintError, Round, Visit,
    VisitList,
};
use invented::{GRANDFATHER, MOTHER, report, sheet};
use reading::{letters, poppler, squeeze, with_file};

fn head(language: Language) -> Head<'static> {
    Head {
        language,
        commune: "Xã Suối Mơ",
        province: "Tỉnh Mẫu Sơn",
        officer: "Phạm Đỗ Ý Nhi",
        printed_on: "2026-11-22",
        invented: true,
    }
}

const HOME: Home<'static> = Home {
    name: GRANDFATHER.1,
    number: "SM-0417",
    hamlet: "Thôn Đồng Cỏ Ưng",
};

fn card(report: &Report) -> Card<'_> {
    Card {
        head: head(report.language),
        home: HOME,
        report,
        person: GRANDFATHER.0,
        code: "K7QF-2M9D",
        verify: "ansinh:1:K7QF-2M9D:2026-11:4f1c9a77e2b0d865:00112233445566778899aabbccddeeff",
    }
}

const PAPERS: [Needed<'static>; 3] = [
    Needed {
        title: "Giấy xác nhận khuyết tật",
        from: "UBND cấp xã",
        ready: false,
    },
    Needed {
        title: "Giấy khai sinh hoặc Căn cước (căn cước công dân)",
        from: "UBND cấp xã",
        ready: true,
    },
    Needed {
        title: "Quyết định hoặc sổ hưởng lương hưu, trợ cấp bảo hiểm xã hội",
        from: "Bảo hiểm xã hội",
        ready: false,
    },
];

const ARTICLES: [&str; 2] = ["Điều 5 Nghị định 20/2021/NĐ-CP", "Điều 31 Nghị định 335/2026/NĐ-CP"];

fn application(papers: &'static [Needed<'static>]) -> Application<'static> {
    Application {
        title: "Trợ cấp cho người khuyết tật nặng",
        who: GRANDFATHER.1,
        form: "Mẫu 01: Tờ khai đề nghị trợ cấp xã hội (Mẫu số 01 Nghị định 335/2026/NĐ-CP)",
        at: "Bộ phận một cửa của xã",
        decides: "Chủ tịch Ủy ban nhân dân cấp xã",
        days: Some(7),
        within: Some("30 ngày từ ngày sinh"),
        gives: "810.000 đồng mỗi tháng",
        starts: Some("từ tháng ký quyết định"),
        articles: &ARTICLES,
        papers,
    }
}

fn letter(language: Language) -> Letter<'static> {
    Letter {
        head: head(language),
        home: HOME,
        application: application(&PAPERS),
    }
}

const MEMBERS: [Known<'static>; 2] = [
    Known {
        name: GRANDFATHER.1,
        born: "12/03/1946",
        sex: "Nam",
        relation: "Chủ hộ",
    },
    Known {
        name: MOTHER.1,
        born: "năm 1988",
        sex: "Nữ",
        relation: "Con",
    },
];

fn dossier(language: Language) -> DossierSheet<'static> {
    DossierSheet {
        head: head(language),
        home: HOME,
        application: application(&PAPERS),
        person: Some(MEMBERS[0]),
        members: &MEMBERS,
        handed_in_on: Some("2026-11-20"),
        due: Some("2026-12-01"),
    }
}

fn rounds(n: usize) -> Vec<Round<'static>> {
    let visit = Visit {
        number: "00417",
        name: GRANDFATHER.1,
        born: "1946",
        n_persons: 5,
    };
    ["Thôn Đồng Cỏ Ưng", "Bản Suối Ỷ"]
        .map(|hamlet| Round {
            hamlet,
            visits: vec![visit; n],
        })
        .to_vec()
}

fn says(paper: &Paper<'_>, sentences: &[&str]) -> String {
    let found = letters(&paper.pdf().unwrap());
    for sentence in sentences {
        assert!(
            found.contains(&squeeze(sentence)),
            "the page must say `{sentence}`; it says\n{found}"
        );
    }
    found
}

#[test]
fn a_card_names_what_one_person_receives_may_claim_and_will_have() {
    let report = report(Language::Vi);
    let found = says(
        &Paper::Card(card(&report)),
        &[
            "THẺ AN SINH",
            "DỮ LIỆU MẪU, KHÔNG CÓ THẬT",
            GRANDFATHER.1,
            "12/03/1946",
            "Tính đến: tháng 11/2026",
            "Đang hưởng (",
            "Có thể đề nghị hưởng (",
            "Sắp tới (",
            "K7QF-2M9D",
            "Bộ quy tắc vn số 3",
            "Đây là kết quả sàng lọc, không phải quyết định hưởng.",
        ],
    );
    assert!(!found.contains(&squeeze(MOTHER.1)), "nobody else is on it");
}

#[test]
fn a_letter_asks_for_what_is_missing_and_its_outside_tells_nothing() {
    let pdf = Paper::Letter(letter(Language::Vi)).pdf().unwrap();
    says(
        &Paper::Letter(letter(Language::Vi)),
        &[
            "Kính gửi hộ ông (bà)",
            "Về việc lập hồ sơ đề nghị hưởng chính sách: Trợ cấp cho người khuyết tật nặng",
            "Giấy xác nhận khuyết tật",
            "Các giấy tờ sau đã có, không cần mang lại:",
            "Mẫu Nhà nước cần dùng: Mẫu 01",
            "30 ngày từ ngày sinh",
        ],
    );
    // What is above the fold: the first 99 mm of the page at 72 dots an inch.
    let outside = with_file(&pdf, |file| {
        poppler("pdftotext", &["-x", "0", "-y", "0", "-W", "595", "-H", "258"], file)
    });
    let outside = squeeze(&String::from_utf8(outside).unwrap());
    assert!(outside.contains(&squeeze(GRANDFATHER.1)), "it is addressed: {outside}");
    for secret in ["khuyết tật", "Trợ cấp", "lương hưu"] {
        assert!(!outside.contains(&squeeze(secret)), "`{secret}` is inside the fold");
    }
}

#[test]
fn nothing_is_asked_for_where_every_paper_is_there() {
    let all = Letter {
        application: application(&PAPERS[1..2]),
        ..letter(Language::Vi)
    };
    says(&Paper::Letter(all), &["Không còn giấy tờ nào phải mang thêm"]);
}

#[test]
fn the_sheet_of_a_dossier_is_filled_in_and_says_which_form_the_state_has() {
    says(
        &Paper::Dossier(dossier(Language::Vi)),
        &[
            "Mẫu của An Sinh để chuẩn bị và theo dõi hồ sơ; không thay mẫu của Nhà nước.",
            "Mẫu Nhà nước cần dùng: Mẫu 01: Tờ khai đề nghị trợ cấp xã hội (Mẫu số 01 Nghị định 335/2026/NĐ-CP).",
            "12/03/1946",
            MOTHER.1,
            "810.000 đồng mỗi tháng",
            "Điều 31 Nghị định 335/2026/NĐ-CP",
            "7 ngày làm việc",
            "20/11/2026",
            "01/12/2026",
            "còn thiếu",
            "Thôn Đồng Cỏ Ưng, Xã Suối Mơ, Tỉnh Mẫu Sơn",
            "Người tiếp nhận",
        ],
    );
    let without = Application {
        form: "",
        ..application(&[])
    };
    let sheet = DossierSheet {
        application: without,
        person: None,
        ..dossier(Language::En)
    };
    says(
        &Paper::Dossier(sheet),
        &["the rules name no form of its own", "The rules ask for no paper."],
    );
}

#[test]
fn a_list_of_visits_repeats_its_head_and_gives_no_reason() {
    let rounds = rounds(12);
    let list = VisitList {
        head: head(Language::Vi),
        purpose: "",
        rounds: &rounds,
    };
    let found = says(
        &Paper::Visits(list),
        &[
            "DANH SÁCH ĐẾN THĂM HỘ",
            "24 hộ",
            "Thôn Đồng Cỏ Ưng (12)",
            "Bản Suối Ỷ (12)",
        ],
    );
    let n_pages = Paper::Visits(list).pages().unwrap().len();
    assert!(
        n_pages >= 4,
        "twelve households with room to write need more than a page: {n_pages}"
    );
    let heads = found.matches(&squeeze("Chữ ký")).count();
    assert_eq!(heads, n_pages, "every page repeats the head of the table");
}

#[test]
fn every_paper_is_complete_in_english_and_carries_its_own_fonts() {
    let report = report(Language::En);
    let rounds = rounds(1);
    let list = VisitList {
        head: head(Language::En),
        purpose: "Review",
        rounds: &rounds,
    };
    for (paper, title) in [
        (Paper::Card(card(&report)), "SOCIAL PROTECTION CARD"),
        (Paper::Letter(letter(Language::En)), "To the household of"),
        (Paper::Dossier(dossier(Language::En)), "DOSSIER SHEET"),
        (Paper::Visits(list), "HOUSEHOLDS TO VISIT"),
    ] {
        says(&paper, &[title, "SAMPLE DATA, NOT REAL", "22 November 2026"]);
        let bytes = paper.pdf().unwrap();
        assert!(
            bytes == paper.pdf().unwrap(),
            "{title}: the same paper has the same bytes"
        );
        let fonts = String::from_utf8(with_file(&bytes, |file| {
            std::process::Command::new("pdffonts")
                .arg(file)
                .output()
                .unwrap()
                .stdout
        }))
        .unwrap();
        assert!(fonts.lines().count() > 2 && fonts.lines().skip(2).all(|font| font.contains("BeVietnamPro")));
    }
}

#[test]
fn a_batch_is_one_pdf_in_which_each_paper_counts_its_own_pages() {
    let report = report(Language::Vi);
    let mut batch = Batch::default();
    let summary = Paper::Summary(sheet(&report));
    let n_each = summary.pages().unwrap().len();
    for _ in 0..3 {
        batch.add(&summary).unwrap();
    }
    batch.add(&Paper::Letter(letter(Language::Vi))).unwrap();
    assert_eq!(batch.n_pages(), 3 * n_each + 1);
    let alone = summary.pdf().unwrap().len();
    let pdf = batch.pdf("Bản in hàng loạt", "2026-11-22").unwrap();
    assert!(
        pdf.len() < 3 * alone,
        "fonts are inside once: {} and {alone}",
        pdf.len()
    );
    let found = letters(&pdf);
    assert_eq!(
        found.matches(&squeeze(&format!("Trang 1/{n_each}"))).count(),
        if n_each == 1 { 4 } else { 3 }
    );
    assert!(found.contains(&squeeze("THƯ MỜI")));
    let info = String::from_utf8(with_file(&pdf, |file| {
        std::process::Command::new("pdfinfo").arg(file).output().unwrap().stdout
    }))
    .unwrap();
    assert!(
        info.contains("Bản in hàng loạt") && !info.contains(GRANDFATHER.1),
        "{info}"
    );
}

#[test]
fn hostile_text_comes_out_literally_and_a_day_that_is_none_is_refused() {
    let hostile = r##"#panic("out") *bold* $x$ <label> @ref \u{41} // /*"##;
    let home = Home {
        name: hostile,
        number: hostile,
        hamlet: hostile,
    };
    let rounds = [Round {
        hamlet: hostile,
        visits: vec![Visit {
            number: "1",
            name: hostile,
            born: hostile,
            n_persons: 1,
        }],
    }];
    let list = VisitList {
        head: head(Language::Vi),
        purpose: hostile,
        rounds: &rounds,
    };
    for paper in [
        Paper::Letter(Letter {
            home,
            ..letter(Language::Vi)
        }),
        Paper::Dossier(DossierSheet {
            home,
            ..dossier(Language::Vi)
        }),
        Paper::Visits(list),
    ] {
        says(&paper, &[hostile]);
    }
    let late = DossierSheet {
        due: Some("soon"),
        ..dossier(Language::Vi)
    };
    assert!(matches!(Paper::Dossier(late).pdf(), Err(PrintError::Day { found }) if found == "soon"));
}

/// Writes the papers to look at: `ANSINH_LOOK=/some/folder`.
#[test]
fn pages_to_look_at() {
    let Some(folder) = std::env::var_os("ANSINH_LOOK") else {
        return;
    };
    let rounds = rounds(9);
    for (language, name) in [(Language::Vi, "vi"), (Language::En, "en")] {
        let report = report(language);
        let list = VisitList {
            head: head(language),
            purpose: "",
            rounds: &rounds,
        };
        for (paper, kind) in [
            (Paper::Card(card(&report)), "card"),
            (Paper::Letter(letter(language)), "letter"),
            (Paper::Dossier(dossier(language)), "dossier"),
            (Paper::Visits(list), "visits"),
        ] {
            std::fs::write(
                Path::new(&folder).join(format!("{kind}-{name}.pdf")),
                paper.pdf().unwrap(),
            )
            .unwrap();
        }
    }
}
