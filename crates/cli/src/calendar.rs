//! `ansinh calendar`: a household, the years ahead, every day on which something changes.

use ansinh_engine::calendar::{Month, after_years};
use ansinh_engine::report::{CalendarChange, CalendarLine, CalendarReport, calendar_report};
use ansinh_engine::{Household, Language, calendar as look_ahead};

use crate::arguments::CalendarOf;
use crate::failure::{Failure, GOOD};
use crate::input;
use crate::page::{Page, print};
use crate::screen::{articles, disclaimer, head};
use crate::words::month;

pub(crate) fn calendar(asked: &CalendarOf) -> Result<u8, Failure> {
    let language = asked.spoken.language();
    let release = input::release(asked.rules.as_deref(), &asked.overlays)?;
    let household = input::household(&release.rules, &asked.household, language)?;
    let from = input::month(asked.from);
    let until = Month::of(after_years(from.first_day(), i64::from(asked.years)));
    let found = look_ahead(&release.rules, &household, from, until);
    let report = calendar_report(&release.rules, &household, &found, language);
    if asked.json {
        let json = serde_json::to_string_pretty(&report).map_err(|error| Failure::internal(error.to_string()))?;
        print(&format!("{json}\n"))?;
    } else {
        page(&report, &household).show()?;
    }
    Ok(GOOD)
}

fn page(report: &CalendarReport, household: &Household) -> Page {
    let language = report.language;
    let mut page = Page::new();
    let (from, until) = (month(&report.from, language), month(&report.until, language));
    let asked = format!(
        "{} {from} {} {until}",
        language.pick("Lịch từ", "Calendar from"),
        language.pick("đến", "to")
    );
    head(&mut page, household, &asked, &report.release, language);
    page.heading(&capital(&from));
    if report.now.is_empty() {
        page.paragraph("  ", "  ", language.pick("không có khoản nào", "nothing is paid"));
    }
    report.now.iter().for_each(|line| now(&mut page, line));
    for day in &report.days {
        page.heading(&day.day);
        day.changes.iter().for_each(|changed| change(&mut page, changed));
    }
    if report.days.is_empty() {
        page.gap();
        let nothing = language.pick(
            "Trong thời gian này không có gì tự thay đổi.",
            "Nothing changes by itself in this time.",
        );
        page.paragraph("", "", nothing);
    }
    if report.n_untold > 0 {
        page.gap();
        let n = report.n_untold;
        let untold = match language {
            Language::Vi => {
                format!("Ngoài ra có {n} lần quy định bắt đầu hoặc kết thúc mà hộ không được thêm, không mất gì.")
            }
            Language::En => format!("Besides, rules begin or end {n} times without giving or taking anything."),
        };
        page.paragraph("", "", &untold);
    }
    page.gap();
    let only_time = language.pick(
        "Lịch này chỉ tính những thay đổi do thời gian. Hoàn cảnh của hộ hoặc pháp luật thay đổi thì kết quả cũng thay đổi.",
        "This calendar holds only what time alone changes. When the household's circumstances or the law change, so does it.",
    );
    page.paragraph("", "", only_time);
    disclaimer(&mut page, language);
    page
}

fn now(page: &mut Page, line: &CalendarLine) {
    let CalendarLine { who, title, state, .. } = line;
    let said = [state.answer_text.as_str(), state.gives.as_str()];
    let said: Vec<&str> = said.into_iter().filter(|text| !text.is_empty()).collect();
    page.item(&format!("{who} – {title}"));
    page.paragraph("    ", "    ", &said.join(": "));
}

fn change(page: &mut Page, change: &CalendarChange) {
    page.item(&format!("{} – {}", change.who, change.title));
    page.paragraph("    ", "    ", &change.text);
    for step in &change.why {
        page.paragraph("    ← ", "      ", &step.text);
        let cited: Vec<&str> = articles(&step.articles).collect();
        if !cited.is_empty() {
            page.paragraph("      § ", "        ", &cited.join("; "));
        }
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}
