//! An invented household in both languages, with a row in every standing. No person or place in it is real.

use ansinh_engine::report::{
    Amount, Answer, Apply, Article, Ask, Change, Every, FactRef, Language, Member, Paper, ReleaseTag, Report, Row,
    Standing, Step, Totals,
};
use ansinh_print::Sheet;

pub const GRANDFATHER: (&str, &str) = ("p1", "Hoàng Phước Nguyễn Bảo Thuỵ");
pub const MOTHER: (&str, &str) = ("p2", "Trần Lê Ngọc Quỳnh Hương Giang");
pub const SON: (&str, &str) = ("p3", "Hoàng Nguyễn Gia Khánh");
pub const DAUGHTER: (&str, &str) = ("p4", "Hoàng Nguyễn Thảo Vy");
pub const AUNT: (&str, &str) = ("p5", "Đặng Thị Mỹ Duyên");

/// A text in Vietnamese and English.
type Both = (&'static str, &'static str);

const PENSION: Both = ("Trợ cấp hưu trí xã hội", "Social pension");
const PARENT: Both = (
    "Trợ cấp người đơn thân nghèo đang nuôi con",
    "Allowance for single poor parents",
);
const ALLOWANCE: Both = ("Trợ cấp xã hội hằng tháng", "Monthly social allowance");
const CARD: Both = ("Thẻ bảo hiểm y tế", "Health insurance card");
const CARE: Both = ("Hỗ trợ kinh phí chăm sóc hằng tháng", "Monthly care support");
const FUNERAL: Both = ("Hỗ trợ chi phí mai táng", "Funeral support");
const SCHOOL: Both = ("Hỗ trợ chi phí học tập", "Support for the cost of schooling");
const COMMUNE: Both = ("Ủy ban nhân dân cấp xã", "Commune People's Committee");

pub fn sheet(report: &Report) -> Sheet<'_> {
    Sheet {
        report,
        reasons: true,
        commune: "Xã Suối Mơ",
        province: "Tỉnh Mẫu Sơn",
        hamlet: "Thôn Đồng Cỏ Ưng",
        officer: "Phạm Đỗ Ý Nhi",
        household_number: "SM-0417",
        printed_on: "2026-11-22",
        code: "K7QF-2M9D",
        verify: "ANSINH1:K7QF2M9D:2026-11:VN/3:4f1c9a77e2b0d865",
    }
}

/// A row that says nothing but which it is.
fn row(programme: &str, title: &str, standing: Standing) -> Row {
    Row {
        programme: programme.to_owned(),
        title: title.to_owned(),
        person: None,
        who: String::new(),
        standing,
        answer: match standing {
            Standing::CanApply | Standing::Receiving => Answer::Entitled,
            Standing::NeedsFact => Answer::Open,
            Standing::Later | Standing::No => Answer::NotEntitled,
            Standing::NotComputed => Answer::NotCovered,
        },
        answer_text: String::new(),
        summary: String::new(),
        amount: None,
        gives: String::new(),
        starts: None,
        next_step: String::new(),
        next_change: None,
        rule_from: Some("2026-10-05".to_owned()),
        groups: Vec::new(),
        arithmetic: Vec::new(),
        articles: Vec::new(),
        asks: Vec::new(),
        presumed: Vec::new(),
        papers: Vec::new(),
        would_change: Vec::new(),
        apply: None,
        combination: None,
        notes: Vec::new(),
    }
}

/// Everybody of the roster, with what is known of the birth date.
fn members() -> Vec<Member> {
    [
        (GRANDFATHER, "12/03/1946"),
        (MOTHER, "năm 1988"),
        (SON, "02/09/2012"),
        (DAUGHTER, "30/04/2015"),
        (AUNT, ""),
    ]
    .map(|((person, name), born)| Member {
        person: person.to_owned(),
        name: name.to_owned(),
        born: born.to_owned(),
    })
    .to_vec()
}

/// A report with these rows and nothing counted.
pub fn report_of(language: Language, rows: Vec<Row>) -> Report {
    Report {
        language,
        month: "2026-11".to_owned(),
        release: ReleaseTag {
            id: "vn".to_owned(),
            number: 3,
            digest: "4f1c9a77e2b0d8653a90c1d2e3f405162738495a6b7c8d9e0f1a2b3c4d5e6f70".to_owned(),
            overlays: Vec::new(),
        },
        household: GRANDFATHER.1.to_owned(),
        members: members(),
        invented: true,
        rows,
        totals: Totals {
            month: Amount {
                low: 2_430_000,
                high: 3_240_000,
                every: Every::Month,
                text: Said(language).text((
                    "từ 2.430.000 đến 3.240.000 đồng mỗi tháng",
                    "2,430,000 to 3,240,000 VND a month",
                )),
            },
            year: None,
            once: Some(Amount {
                low: 0,
                high: 10_800_000,
                every: Every::Once,
                text: Said(language).text(("từ 0 đến 10.800.000 đồng một lần", "0 to 10,800,000 VND once")),
            }),
            limited: None,
        },
        asks: Vec::new(),
    }
}

/// The household judged for November 2026.
pub fn report(language: Language) -> Report {
    let said = Said(language);
    let mut rows = said.claims();
    rows.extend(said.others());
    report_of(language, rows)
}

/// Says things in one language.
struct Said(Language);

impl Said {
    fn text(&self, (vi, en): Both) -> String {
        match self.0 {
            Language::Vi => vi.to_owned(),
            Language::En => en.to_owned(),
        }
    }

    fn texts(&self, texts: &[Both]) -> Vec<String> {
        texts.iter().map(|text| self.text(*text)).collect()
    }

    fn row(&self, programme: &str, title: Both, who: Option<(&str, &str)>, standing: Standing) -> Row {
        let (person, who) = match who {
            Some((id, name)) => (Some(id.to_owned()), name.to_owned()),
            None => (None, self.text(("Cả hộ", "The household"))),
        };
        Row {
            person,
            who,
            ..row(programme, &self.text(title), standing)
        }
    }

    fn steps(&self, texts: &[Both]) -> Vec<Step> {
        self.texts(texts)
            .into_iter()
            .map(|text| Step {
                text,
                articles: Vec::new(),
            })
            .collect()
    }

    fn articles(&self, texts: &[Both]) -> Vec<Article> {
        self.texts(texts)
            .into_iter()
            .map(|text| Article { id: text.clone(), text })
            .collect()
    }

    fn amount(&self, low: i64, high: i64, text: Both) -> Option<Amount> {
        Some(Amount {
            low,
            high,
            every: Every::Month,
            text: self.text(text),
        })
    }

    fn ask(&self, title: Both, judged_by: Option<Both>) -> Ask {
        Ask {
            at: FactRef {
                person: None,
                fact: String::new(),
            },
            who: String::new(),
            title: self.text(title),
            question: String::new(),
            unsure: judged_by.is_none(),
            judged_by: judged_by.map(|by| self.text(by)),
            sensitive: false,
            n_answers: 1,
        }
    }

    fn paper(&self, title: Both, from: Both, proves: Both) -> Paper {
        Paper {
            id: title.1.to_owned(),
            title: self.text(title),
            from: self.text(from),
            proves: self.text(proves),
            seen: false,
        }
    }

    fn apply(&self, form: Both, days: u32, within: Option<Both>) -> Option<Apply> {
        Some(Apply {
            form: self.text(form),
            at: self.text((
                "Ủy ban nhân dân cấp xã, hoặc Cổng dịch vụ công",
                "Commune People's Committee, or the public service portal",
            )),
            decides: self.text((
                "Chủ tịch Ủy ban nhân dân cấp xã",
                "Chair of the commune People's Committee",
            )),
            days: Some(days),
            within: within.map(|within| self.text(within)),
            articles: self.articles(&[("Điều 8 Nghị định 20/2021/NĐ-CP", "Decree 20/2021/NĐ-CP, Article 8")]),
        })
    }

    fn claims(&self) -> Vec<Row> {
        let decision = Some(self.text(("Từ tháng ra quyết định", "From the month of the decision")));
        let birth = self.paper(
            ("Giấy khai sinh của hai con", "Birth certificates of both children"),
            COMMUNE,
            ("ngày sinh", "dates of birth"),
        );
        vec![
            Row {
                gives: self.text(("540.000 đồng mỗi tháng", "540,000 VND a month")),
                amount: self.amount(540_000, 540_000, ("540.000 đồng mỗi tháng", "540,000 VND a month")),
                starts: decision.clone(),
                arithmetic: self.steps(&[(
                    "Mức trợ cấp hưu trí xã hội: 540.000 đồng mỗi tháng",
                    "Social pension level: 540,000 VND a month",
                )]),
                articles: self.articles(&[
                    (
                        "điểm a khoản 1 Điều 2 Nghị định 176/2025/NĐ-CP",
                        "Decree 176/2025/NĐ-CP, Article 2.1.a",
                    ),
                    (
                        "khoản 1 Điều 4 Nghị định 335/2026/NĐ-CP",
                        "Decree 335/2026/NĐ-CP, Article 4.1",
                    ),
                ]),
                papers: vec![
                    Paper {
                        seen: true,
                        ..self.paper(
                            ("Thẻ căn cước", "Identity card"),
                            ("Công an", "the police"),
                            ("ngày sinh, nơi cư trú", "date of birth, residence"),
                        )
                    },
                    self.paper(
                        (
                            "Văn bản xác nhận không hưởng lương hưu",
                            "Confirmation that no pension is paid",
                        ),
                        ("Bảo hiểm xã hội cơ sở", "the local social security office"),
                        ("chưa hưởng lương hưu", "that no pension is paid"),
                    ),
                ],
                apply: self.apply(
                    ("Mẫu số 01 Nghị định 176/2025/NĐ-CP", "Form 01 of Decree 176/2025/NĐ-CP"),
                    10,
                    None,
                ),
                ..self.row("social_pension", PENSION, Some(GRANDFATHER), Standing::CanApply)
            },
            Row {
                gives: self.text(("1.080.000 đồng mỗi tháng", "1,080,000 VND a month")),
                amount: self.amount(
                    1_080_000,
                    1_080_000,
                    ("1.080.000 đồng mỗi tháng", "1,080,000 VND a month"),
                ),
                starts: decision,
                arithmetic: self.steps(&[
                    (
                        "Mức chuẩn trợ giúp xã hội: 540.000 đồng mỗi tháng",
                        "Social assistance standard level: 540,000 VND a month",
                    ),
                    (
                        "Hệ số cho mỗi con đang nuôi: 1,0; số con: 2",
                        "Coefficient for each child: 1.0; children: 2",
                    ),
                    (
                        "540.000 × 1,0 × 2 = 1.080.000 đồng",
                        "540,000 × 1.0 × 2 = 1,080,000 VND",
                    ),
                ]),
                articles: self.articles(&[
                    (
                        "khoản 4 Điều 5 Nghị định 20/2021/NĐ-CP",
                        "Decree 20/2021/NĐ-CP, Article 5.4",
                    ),
                    (
                        "điểm d khoản 1 Điều 6 Nghị định 20/2021/NĐ-CP",
                        "Decree 20/2021/NĐ-CP, Article 6.1.d",
                    ),
                    (
                        "khoản 2 Điều 4 Nghị định 335/2026/NĐ-CP",
                        "Decree 335/2026/NĐ-CP, Article 4.2",
                    ),
                ]),
                combination: Some(self.text((
                    "Được hưởng cùng trợ cấp xã hội hằng tháng",
                    "Paid beside the monthly social allowance",
                ))),
                papers: vec![
                    Paper {
                        seen: true,
                        ..self.paper(
                            ("Giấy chứng nhận hộ nghèo", "Certificate of a poor household"),
                            COMMUNE,
                            ("hộ nghèo", "that the household is poor"),
                        )
                    },
                    self.paper(
                        (
                            "Giấy chứng tử của chồng hoặc trích lục khai tử",
                            "Death certificate of the husband, or an extract",
                        ),
                        COMMUNE,
                        ("góa chồng", "widowhood"),
                    ),
                    birth,
                ],
                apply: self.apply(
                    ("Mẫu số 1d Nghị định 20/2021/NĐ-CP", "Form 1d of Decree 20/2021/NĐ-CP"),
                    22,
                    None,
                ),
                ..self.row("single_poor_parent", PARENT, Some(MOTHER), Standing::CanApply)
            },
            Row {
                gives: self.text(("810.000 đồng mỗi tháng", "810,000 VND a month")),
                amount: self.amount(810_000, 810_000, ("810.000 đồng mỗi tháng", "810,000 VND a month")),
                starts: Some(self.text((
                    "Từ tháng cấp giấy xác nhận khuyết tật",
                    "From the month of the disability certificate",
                ))),
                arithmetic: self.steps(&[(
                    "540.000 × hệ số 1,5 = 810.000 đồng",
                    "540,000 × coefficient 1.5 = 810,000 VND",
                )]),
                articles: self.articles(&[(
                    "điểm e khoản 1 Điều 6 Nghị định 20/2021/NĐ-CP",
                    "Decree 20/2021/NĐ-CP, Article 6.1.e",
                )]),
                papers: vec![self.paper(
                    ("Giấy xác nhận khuyết tật", "Disability certificate"),
                    COMMUNE,
                    ("dạng và mức độ khuyết tật", "kind and degree of disability"),
                )],
                apply: self.apply(
                    ("Mẫu số 1đ Nghị định 20/2021/NĐ-CP", "Form 1đ of Decree 20/2021/NĐ-CP"),
                    22,
                    Some(("Trước ngày 31/12/2026", "Before 31 December 2026")),
                ),
                ..self.row("monthly_social_allowance", ALLOWANCE, Some(AUNT), Standing::CanApply)
            },
        ]
    }

    fn others(&self) -> Vec<Row> {
        let card_ends = Change {
            on: "2027-01-01".to_owned(),
            text: self.text((
                "Giấy chứng nhận hộ nghèo hết hạn sau ngày 31/12/2026",
                "The certificate of a poor household ends after 31 December 2026",
            )),
            answer: Answer::Open,
        };
        let receiving = |who| Row {
            gives: self.text(CARD),
            next_change: Some(card_ends.clone()),
            ..self.row("health_card", CARD, Some(who), Standing::Receiving)
        };
        let not = |programme, title, who, why| Row {
            summary: self.text(why),
            ..self.row(programme, title, who, Standing::No)
        };
        let no_pension = (
            "Chưa đủ tuổi theo quy định và không thuộc hộ nghèo, cận nghèo từ đủ 70 tuổi.",
            "Below the age the law asks for, and not aged 70 or over in a poor or near-poor household.",
        );
        let no_group = (
            "Không thuộc nhóm đối tượng nào của Điều 5.",
            "In none of the groups of Article 5.",
        );
        vec![
            receiving(SON),
            receiving(DAUGHTER),
            Row {
                gives: self.text(("0 đến 810.000 đồng mỗi tháng", "0 to 810,000 VND a month")),
                amount: self.amount(0, 810_000, ("0 đến 810.000 đồng mỗi tháng", "0 to 810,000 VND a month")),
                summary: self.text((
                    "Cần biết mức độ khuyết tật.",
                    "The degree of disability has to be known.",
                )),
                asks: vec![self.ask(
                    ("Mức độ khuyết tật", "Degree of disability"),
                    Some((
                        "Hội đồng xác định mức độ khuyết tật",
                        "the council that determines disability",
                    )),
                )],
                ..self.row(
                    "monthly_social_allowance",
                    ALLOWANCE,
                    Some(DAUGHTER),
                    Standing::NeedsFact,
                )
            },
            Row {
                gives: self.text((
                    "Tiền chi trả một lần, đến 10.800.000 đồng",
                    "Paid once, up to 10,800,000 VND",
                )),
                summary: self.text((
                    "Cần biết người mất có đang hưởng lương hưu hay không.",
                    "Whether the deceased drew a pension has to be known.",
                )),
                asks: vec![self.ask(("Lương hưu của người đã mất", "Pension of the deceased"), None)],
                ..self.row("funeral", FUNERAL, None, Standing::NeedsFact)
            },
            Row {
                gives: self.text(("540.000 đồng mỗi tháng", "540,000 VND a month")),
                summary: self.text(("Tròn 75 tuổi ngày 12/03/2027.", "Turns 75 on 12 March 2027.")),
                next_change: Some(Change {
                    on: "2027-03-12".to_owned(),
                    text: self.text(("Sẽ đủ điều kiện từ 12/03/2027", "Will qualify from 12 March 2027")),
                    answer: Answer::Entitled,
                }),
                ..self.row("social_pension", PENSION, Some(AUNT), Standing::Later)
            },
            not("social_pension", PENSION, Some(MOTHER), no_pension),
            not("social_pension", PENSION, Some(SON), no_pension),
            not("social_pension", PENSION, Some(DAUGHTER), no_pension),
            not("monthly_social_allowance", ALLOWANCE, Some(GRANDFATHER), no_group),
            not("monthly_social_allowance", ALLOWANCE, Some(MOTHER), no_group),
            not("monthly_social_allowance", ALLOWANCE, Some(SON), no_group),
            not(
                "care_support",
                CARE,
                None,
                (
                    "Không có ai được nhận chăm sóc, nuôi dưỡng trong hộ.",
                    "Nobody is taken into care in the household.",
                ),
            ),
            Row {
                summary: self.text((
                    "Bộ quy tắc chưa có quy định của tỉnh cho tháng này.",
                    "The rules hold no provision of the province for this month.",
                )),
                ..self.row("school_support", SCHOOL, Some(SON), Standing::NotComputed)
            },
        ]
    }
}
