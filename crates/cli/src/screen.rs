//! `ansinh screen`: a household, a month, every programme.

use ansinh_engine::report::{Article, Every, ReleaseTag, Report, Row, Standing, by_question, report, summary};
use ansinh_engine::{Depth, Household, Language, assess};
use ansinh_release::Release;

use crate::arguments::{Asked, Screen};
use crate::failure::{Failure, GOOD};
use crate::page::{Page, print};
use crate::words::{month, standing};
use crate::{input, paper};

pub(crate) fn screen(asked: &Screen) -> Result<u8, Failure> {
    let (release, household) = read(&asked.asked, &asked.household)?;
    let month = input::month(asked.asked.month);
    let assessment = assess(&release.rules, &household, month, Depth::Calendar);
    let words = if asked.json { report } else { summary };
    let report = words(&release.rules, &household, &assessment, asked.asked.spoken.language());
    if let Some(file) = &asked.pdf {
        paper::write(file, &report, &household, asked.reasons)?;
    }
    if asked.json {
        let json = serde_json::to_string_pretty(&report).map_err(|error| Failure::internal(error.to_string()))?;
        print(&format!("{json}\n"))?;
    } else {
        let mut page = Page::new();
        top(&mut page, &report, &household);
        rows(&mut page, &report, asked.reasons);
        totals(&mut page, &report);
        asks(&mut page, &report);
        disclaimer(&mut page, report.language);
        page.show()?;
    }
    Ok(GOOD)
}

/// Reads rules and household.
pub(crate) fn read(asked: &Asked, file: &std::path::Path) -> Result<(&'static Release, Household), Failure> {
    let release = input::release(asked.rules.as_deref(), &asked.overlays)?;
    let household = input::household(&release.rules, file, asked.spoken.language())?;
    Ok((release, household))
}

/// Says which household, which month and which rules.
pub(crate) fn top(page: &mut Page, report: &Report, household: &Household) {
    let language = report.language;
    let judged = month(&report.month, language);
    let asked = format!("{} {judged}", language.pick("Xét cho", "Judged for"));
    head(page, household, &asked, &report.release, language);
}

/// Says which household, what is asked of it, and which rules answer.
pub(crate) fn head(page: &mut Page, household: &Household, asked: &str, tag: &ReleaseTag, language: Language) {
    page.bold(
        "",
        &format!("{}: {}", language.pick("Hộ", "Household"), household.head()),
    );
    if household.invented {
        page.paragraph(
            "",
            "",
            language.pick("DỮ LIỆU MẪU, KHÔNG CÓ THẬT", "SAMPLE DATA, NOT REAL"),
        );
    }
    let place = &household.place;
    let places = [&place.hamlet, &place.commune, &place.province].map(String::as_str);
    let place: Vec<&str> = places.into_iter().filter(|part| !part.is_empty()).collect();
    if !place.is_empty() {
        page.paragraph("", "  ", &place.join(", "));
    }
    page.paragraph("", "  ", asked);
    let release = format!(
        "{}: {} {} {}",
        language.pick("Bộ quy tắc", "Rules"),
        tag.id,
        language.pick("số", "no."),
        tag.number
    );
    page.paragraph("", "  ", &release);
    page.dim("  ", &format!("sha256:{}", tag.digest));
    for overlay in &tag.overlays {
        let local = format!(
            "{}: {} {} {}",
            language.pick("Quy định địa phương", "Local rules"),
            overlay.id,
            language.pick("số", "no."),
            overlay.number
        );
        page.paragraph("", "  ", &local);
        page.dim("  ", &format!("sha256:{}", overlay.digest));
    }
}

fn rows(page: &mut Page, report: &Report, reasons: bool) {
    let all = [
        Standing::CanApply,
        Standing::Receiving,
        Standing::NeedsFact,
        Standing::Later,
        Standing::No,
        Standing::NotComputed,
    ];
    for group in all {
        let rows: Vec<&Row> = report.rows.iter().filter(|row| row.standing == group).collect();
        let language = report.language;
        page.heading(&format!("{} ({})", standing(group, language), rows.len()));
        if rows.is_empty() {
            page.paragraph("  ", "  ", language.pick("không có", "none"));
            continue;
        }
        match group {
            Standing::NeedsFact => {
                open(page, report);
                continue;
            }
            Standing::No if !reasons => {
                titles(page, &rows);
                let how = "Lý do: thêm --reasons, hoặc `ansinh explain`.";
                page.paragraph(
                    "  ",
                    "  ",
                    language.pick(how, "Why: add --reasons, or `ansinh explain`."),
                );
                continue;
            }
            Standing::No | Standing::NotComputed => {
                rows.into_iter().for_each(|row| entry(page, row));
                continue;
            }
            Standing::CanApply | Standing::Receiving | Standing::Later => {}
        }
        let head = [
            language.pick("Ai", "Who"),
            language.pick("Chính sách và căn cứ", "Programme and articles"),
            language.pick("Kết quả", "Result"),
        ];
        page.table(&head, rows.into_iter().map(cells).collect());
    }
}

/// What waits for a fact, under what is to be asked first.
fn open(page: &mut Page, report: &Report) {
    for (question, rows) in by_question(report) {
        page.paragraph("  → ", "    ", question);
        for row in rows {
            let gives = if row.gives.is_empty() {
                &row.answer_text
            } else {
                &row.gives
            };
            page.paragraph("    • ", "      ", &format!("{} – {}: {gives}", row.who, row.title));
            page.paragraph("      ", "      ", &row.summary);
        }
    }
}

/// What gives nothing this month, for each subject in one paragraph.
fn titles(page: &mut Page, rows: &[&Row]) {
    let mut told: Vec<&str> = Vec::new();
    for row in rows {
        if told.contains(&row.who.as_str()) {
            continue;
        }
        told.push(&row.who);
        let same = rows.iter().filter(|other| other.who == row.who);
        let titles: Vec<String> = same
            .map(|row| match &row.next_change {
                Some(change) => format!("{} – {}", row.title, change.text),
                None => row.title.clone(),
            })
            .collect();
        page.item(&format!("{}: {}.", row.who, titles.join("; ")));
    }
}

/// A row about which something can be done.
fn cells(row: &Row) -> Vec<String> {
    let mut programme = vec![row.title.clone()];
    programme.extend(articles(&row.articles).map(|text| format!("§ {text}")));
    let mut result = Vec::new();
    match row.standing {
        Standing::CanApply | Standing::Receiving => {
            result.push(row.gives.clone());
            result.extend(row.starts.clone());
        }
        Standing::NeedsFact | Standing::Later => {
            result.push(row.answer_text.clone());
            result.push(row.gives.clone());
        }
        Standing::No | Standing::NotComputed => {}
    }
    result.push(row.summary.clone());
    result.extend(row.next_change.iter().map(|change| change.text.clone()));
    if !row.next_step.is_empty() {
        result.push(format!("→ {}", row.next_step));
    }
    // A sentence that only repeats the one before it tells nothing.
    result.dedup();
    result.retain(|text| !text.is_empty());
    vec![row.who.clone(), programme.join("\n"), result.join("\n")]
}

/// A row that gives nothing this month: its reasons need the whole width.
fn entry(page: &mut Page, row: &Row) {
    page.item(&format!("{} – {}", row.who, row.title));
    page.paragraph("    ", "    ", &row.summary);
    if let Some(change) = &row.next_change {
        page.paragraph("    ", "    ", &change.text);
    }
    let articles: Vec<&str> = articles(&row.articles).collect();
    if !articles.is_empty() {
        page.paragraph("    § ", "      ", &articles.join("; "));
    }
}

/// Returns articles as text, each once.
pub(crate) fn articles(articles: &[Article]) -> impl Iterator<Item = &str> {
    let mut told: Vec<&str> = Vec::new();
    articles.iter().filter_map(move |article| {
        let text = article.text.as_str();
        (!told.contains(&text)).then(|| {
            told.push(text);
            text
        })
    })
}

fn totals(page: &mut Page, report: &Report) {
    let (language, totals) = (report.language, &report.totals);
    page.heading(language.pick("Tổng cộng theo thông tin đã khai", "Total, as declared"));
    for amount in std::iter::once(&totals.month).chain(&totals.year).chain(&totals.once) {
        page.paragraph("  ", "  ", &amount.text);
        if let Some(limited) = totals.limited.as_ref().filter(|_| amount.every == Every::Month) {
            page.paragraph("  ", "  ", limited);
        }
    }
}

fn asks(page: &mut Page, report: &Report) {
    let language = report.language;
    if report.asks.is_empty() {
        return;
    }
    page.heading(language.pick("Thông tin còn thiếu", "Facts missing"));
    for ask in &report.asks {
        let mut text = format!("{}: {}", ask.who, ask.question);
        if ask.unsure {
            let find_out = language.pick("đã hỏi, cần tìm hiểu thêm", "asked and not known, to be found out");
            text = format!("{text} ({find_out})");
        }
        if let Some(judge) = &ask.judged_by {
            let decides = language.pick("người quyết định", "decided by");
            text = format!("{text} ({decides}: {judge})");
        }
        page.item(&text);
    }
}

/// Says what the answer is not.
pub(crate) fn disclaimer(page: &mut Page, language: Language) {
    page.gap();
    let vi = "Đây là kết quả sàng lọc, không phải quyết định hưởng. Cơ quan có thẩm quyền xem xét hồ sơ và quyết định.";
    let en =
        "This is the result of a screening, not a decision. The competent office examines the application and decides.";
    page.paragraph("", "", language.pick(vi, en));
}
