//! The main job from the password to the paper: an officer finds a household, makes a new one, asks its questions and
//! gives the family a summary that says the same as the screen.

use std::fs;
use std::path::Path;
use std::process::Command;

use ansinh_desktop_journey::{JourneyError, Key};

use crate::screens::{Focus, Question, Screens};

const HEAD: &str = "Trần Văn Thử";
const PENSION: &str = "Trợ cấp hưu trí xã hội";
const DISCLAIMER: &str = "Đây là kết quả sàng lọc, không phải quyết định hưởng.";

/// What a man of 79 with grown children, no pension, no certificate and no other trouble answers, wherever one of these is
/// offered: the first that fits.
const ANSWERS: [&str; 15] = [
    "Nam",
    "Kinh",
    "Không có",
    "Không có giấy xác nhận",
    "Không thuộc hộ nghèo, cận nghèo",
    "Đang có vợ hoặc chồng",
    "Có người phụng dưỡng",
    "Nông thôn (xã)",
    "Không thuộc vùng này",
    "Trên 50 kWh",
    "Vẫn ở được",
    "Nhà ở bền chắc",
    "Không phải việc của người này",
    "Không",
    "Có",
];

/// More questions than any household is asked.
const N_QUESTIONS: usize = 40;

#[test]
#[ignore = "needs a display: cargo xtask test desktop"]
fn an_officer_screens_a_household_and_saves_the_summary_it_takes_home() -> Result<(), JourneyError> {
    let folder = tempfile::tempdir().unwrap();
    let [data, papers] = ["data", "papers"].map(|name| folder.path().join(name));
    fs::create_dir(&papers)?;
    let words = [
        "--sample",
        "--data",
        data.to_str().unwrap(),
        "--save-to",
        papers.to_str().unwrap(),
    ];
    let mut screens = Screens::open(&words)?;
    sign_in(&mut screens)?;
    find_without_tone_marks(&mut screens)?;
    create_household(&mut screens)?;
    answer_everything(&mut screens)?;
    correct_his_sex(&mut screens)?;
    compare_months(&mut screens)?;
    read_why(&mut screens)?;
    save_the_paper(&mut screens, &papers)
}

/// Number of a household of the sample commune, the month judged, and what rows of programmes give.
type Known = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const KNOWN: [Known; 7] = [
    ("00001", "12/2025", &[("social_pension", "500.000 đồng")]),
    ("00001", "11/2026", &[("social_pension", "540.000 đồng")]),
    ("00002", "06/2024", &[("monthly_social_allowance", "900.000 đồng")]),
    ("00002", "07/2024", &[("monthly_social_allowance", "1.250.000 đồng")]),
    (
        "00003",
        "11/2026",
        &[
            ("care_support", "1.080.000 đồng"),
            ("monthly_social_allowance", "810.000 đồng"),
        ],
    ),
    (
        "00004",
        "11/2026",
        &[
            ("monthly_social_allowance", "810.000 đồng"),
            ("single_poor_parent", "1.080.000 đồng"),
        ],
    ),
    ("00005", "11/2026", &[("social_pension", "từ 0 đến 540.000 đồng")]),
];

#[test]
#[ignore = "needs a display: cargo xtask test desktop"]
fn the_five_known_households_come_out_as_the_law_says() -> Result<(), JourneyError> {
    let folder = tempfile::tempdir().unwrap();
    let mut screens = Screens::open(&["--sample", "--data", folder.path().to_str().unwrap()])?;
    sign_in(&mut screens)?;
    for (number, month, gives) in KNOWN {
        screens.window.press_control('k')?;
        screens.await_focus("[role=combobox]")?;
        screens.window.press_control('a')?;
        screens.window.type_keys(number)?;
        screens.await_in("[role=option][aria-selected=true]", number)?;
        screens.window.press(Key::Enter)?;
        screens.await_in("h1", number)?;
        screens.window.find(".totals")?;
        screens.choose_month(month)?;
        for (programme, amount) in gives {
            screens.await_in(&format!(".row[href*={programme}] .row-gives"), amount)?;
        }
        screens.look_at(&format!("{number}-{}", month.replace('/', "-")))?;
    }
    Ok(())
}

fn sign_in(screens: &mut Screens) -> Result<(), JourneyError> {
    screens.window.await_text("Đăng nhập")?;
    screens.await_focus("input[type=password]")?;
    screens.look_at("sign-in")?;
    let password = screens.read(".sample-access code")?;
    screens.window.type_keys(&password)?;
    screens.window.press(Key::Enter)?;
    screens.await_focus("[role=combobox]")?;
    screens.window.find("[role=option]")?;
    screens.await_in("header", "Dữ liệu mẫu, không có thật")?;
    screens.look_at("find")
}

fn find_without_tone_marks(screens: &mut Screens) -> Result<(), JourneyError> {
    screens.window.type_keys("nguyen van")?;
    screens.await_in("[role=option][aria-selected=true]", "Nguyễn Văn")?;
    screens.look_at("found")?;
    screens.window.press(Key::Enter)?;
    screens.await_in("h1", "Hộ ")?;
    screens.await_in(".roster", "Nguyễn Văn")?;
    screens.window.find(".totals")?;
    screens.await_settled()?;
    screens.look_at("household")
}

fn create_household(screens: &mut Screens) -> Result<(), JourneyError> {
    screens.window.press_control('k')?;
    screens.await_focus("[role=combobox]")?;
    screens.window.type_keys(HEAD)?;
    screens.await_in("[role=option]", &format!("Tạo hộ mới với tên “{HEAD}”"))?;
    screens.look_at("nobody-found")?;
    screens.window.press(Key::Up)?;
    screens.window.press(Key::Enter)?;
    screens.await_focus("select")?;
    // A letter chooses in a closed list on every system; an arrow key opens it on some.
    screens.window.type_keys("T")?;
    screens.window.press(Key::Tab)?;
    screens.await_focus("button[type=submit]")?;
    screens.look_at("create")?;
    screens.window.press(Key::Enter)?;
    screens.await_in("h1", HEAD)?;
    screens.await_focus("[data-question] input")?;
    screens.look_at("first-question")
}

/// Answers what is asked about the man and then about the household, by keyboard, until nothing is missing. Enter on the
/// last question goes to the button that leads on to the next subject, and on the very last one to the results.
fn answer_everything(screens: &mut Screens) -> Result<(), JourneyError> {
    let mut asked: Vec<String> = Vec::new();
    for _ in 0..N_QUESTIONS {
        match screens.focus()? {
            Focus::Question(question) => {
                assert!(!asked.contains(&question.key), "asked twice: {question:?}; {asked:?}");
                answer(screens, &question)?;
                screens.await_settled()?;
                asked.push(question.key);
                screens.window.press(Key::Enter)?;
                screens.await_settled()?;
            }
            Focus::NextSubject => {
                screens.look_at("one-person-answered")?;
                screens.window.press(Key::Enter)?;
                screens.await_focus("[data-question] input")?;
            }
            Focus::Elsewhere => break,
        }
    }
    assert!(asked.len() < N_QUESTIONS, "no end of questions: {asked:?}");
    screens.await_focus("#results-heading")?;
    screens.window.await_text("Không còn thiếu thông tin nào")?;
    screens.look_at("all-answered")
}

/// What was answered can be corrected, and back.
fn correct_his_sex(screens: &mut Screens) -> Result<(), JourneyError> {
    let him = screens.window.find(".roster-person")?;
    screens.window.focus(&him)?;
    screens.window.press(Key::Enter)?;
    screens.enter_on("Sửa: Giới tính")?;
    for sex in ["Nữ", "Nam"] {
        screens.await_focus("[data-question] input")?;
        let Focus::Question(question) = screens.focus()? else {
            panic!("the focus is not on the question about sex");
        };
        let place = question.answers.iter().position(|answer| answer == sex).unwrap();
        screens.window.type_keys(&(place + 1).to_string())?;
        screens.await_in(".roster .chosen", &format!("Chủ hộ · 02/05/1947 · {sex}"))?;
        screens.await_settled()?;
    }
    screens.look_at("corrected")
}

fn answer(screens: &Screens, question: &Question) -> Result<(), JourneyError> {
    if question.answers.is_empty() {
        assert!(
            question.words.starts_with("Sinh ngày nào?"),
            "a date or number nobody expected: {}",
            question.words
        );
        return screens.window.type_keys("02/05/1947");
    }
    let place = ANSWERS
        .iter()
        .find_map(|fits| question.answers.iter().position(|answer| answer == fits))
        .unwrap_or_else(|| panic!("no answer for {question:?}"));
    screens.window.type_keys(&(place + 1).to_string())
}

fn compare_months(screens: &mut Screens) -> Result<(), JourneyError> {
    for (month, amount, screen) in [
        ("12/2025", "500.000 đồng", "december-2025"),
        ("11/2026", "540.000 đồng", "november-2026"),
    ] {
        screens.choose_month(month)?;
        screens.await_in(".group-can_apply .row[href*=social_pension]", PENSION)?;
        screens.await_in(".row[href*=social_pension] .row-gives", amount)?;
        let gives = screens.window.find(".row[href*=social_pension] .row-gives")?;
        let n_stale = screens.window.stale_dots(&gives)?;
        assert!(
            n_stale < 10,
            "the page says {amount} for {month} and the window shows another: {n_stale}"
        );
        screens.look_at(screen)?;
    }
    Ok(())
}

fn read_why(screens: &mut Screens) -> Result<(), JourneyError> {
    let row = screens.window.find(".group-can_apply .row[href*=social_pension]")?;
    screens.window.focus(&row)?;
    screens.window.press(Key::Enter)?;
    screens.await_focus("article h2")?;
    for words in [
        PENSION,
        HEAD,
        "540.000 đồng",
        "Vì sao",
        "Căn cứ pháp lý",
        "335/2026/NĐ-CP",
        DISCLAIMER,
    ] {
        screens.await_in("article", words)?;
    }
    screens.await_in(".article-list", "Điều 31 Nghị định 335/2026/NĐ-CP")?;
    screens.look_at("why")?;
    screens.window.press(Key::Escape)?;
    screens.await_focus(".row").map(drop)
}

fn save_the_paper(screens: &mut Screens, papers: &Path) -> Result<(), JourneyError> {
    screens.window.press_control('p')?;
    let page = "return document.querySelector('.pages img')?.naturalWidth > 100;";
    screens.window.await_some("the first page", || {
        Ok((screens.window.run(page, &[])? == true).then_some(()))
    })?;
    screens.look_at("preview")?;
    screens.enter_on("Lưu PDF")?;
    screens.await_in("[role=status]", "Đã lưu vào")?;
    screens.look_at("saved")?;

    let code = screens.read(".outcome code")?;
    let saved: Vec<_> = fs::read_dir(papers)?.map(|entry| entry.unwrap().path()).collect();
    let [paper] = saved.as_slice() else {
        panic!("one paper was saved, and the folder holds {saved:?}");
    };
    screens.await_in("[role=status]", paper.to_str().unwrap())?;
    let text = text_of(paper)?;
    for words in [
        HEAD,
        "540.000 đồng",
        "tháng 11/2026",
        "Điều 31 Nghị định 335/2026/NĐ-CP",
        &code,
        DISCLAIMER,
        "dữ liệu mẫu",
    ] {
        assert!(text.contains(words), "the paper does not say “{words}”:\n{text}");
    }
    Ok(())
}

/// The words of a PDF, whatever lines they are broken into.
fn text_of(paper: &Path) -> Result<String, JourneyError> {
    let output = Command::new("pdftotext").arg(paper).arg("-").output()?;
    assert!(output.status.success(), "pdftotext cannot read {}", paper.display());
    let text = String::from_utf8(output.stdout).unwrap();
    Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
}
