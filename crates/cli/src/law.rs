//! `ansinh law`: the register of instruments – every text, what rests on an article, what is due – and the coverage page.

use std::fs;

use ansinh_casework::today;
use ansinh_engine::Language;
use ansinh_engine::diagnostic::Severity;
use ansinh_engine::read::read;
use ansinh_engine::register::{
    ArticleReport, Due, DueReason, Entries, Entry, ParameterUse, ProgrammeUse, Register, Resting, ToCheck,
};
use ansinh_release::{Layers, ReleaseError};
use serde::Serialize;

use crate::arguments::Law;
use crate::failure::{Failure, GOOD};
use crate::input::layers;
use crate::page::{Page, print};
use crate::words::day;

/// The page kept beside the rules; not a rule file, so no part of the release.
const COVERAGE: &str = "COVERAGE.md";

pub(crate) fn law(asked: &Law) -> Result<u8, Failure> {
    let language = asked.spoken.language();
    let layers = layers(&asked.folders)?;
    let (rules, findings) = read(&layers.files);
    if findings.iter().any(|finding| finding.severity == Severity::Error) {
        return Err(Failure::from(ReleaseError::Rules(findings)).found());
    }
    let register = Register::new(&rules, &layers.files);
    if asked.coverage_page {
        coverage_page(&register, asked, &layers)?;
    } else if let Some(text) = &asked.article {
        let report = register.article(text, language);
        let report = report.map_err(|error| Failure::wrong_use(format!("`{text}`: {}", error.sentence(language))))?;
        answer(asked, &report, article)?;
    } else if asked.due {
        let report = register.due(asked.on.unwrap_or_else(today), language);
        answer(asked, &report, due)?;
    } else {
        answer(asked, &register.entries(language), entries)?;
    }
    Ok(GOOD)
}

fn answer<T: Serialize>(asked: &Law, report: &T, page: fn(&T) -> Page) -> Result<(), Failure> {
    if asked.json {
        let json = serde_json::to_string_pretty(report).map_err(|error| Failure::internal(error.to_string()))?;
        return print(&format!("{json}\n"));
    }
    page(report).show()
}

fn coverage_page(register: &Register<'_>, asked: &Law, layers: &Layers) -> Result<(), Failure> {
    if !layers.overlays.is_empty() {
        return Err(Failure::wrong_use(
            "the coverage page is of one folder, without what lies over it",
        ));
    }
    let page = register.coverage_page();
    if !asked.write {
        return print(&page);
    }
    let Some(folder) = &layers.base else {
        return Err(Failure::wrong_use(
            "name the folder of rules in which to write the page",
        ));
    };
    let path = folder.join(COVERAGE);
    fs::write(&path, page).map_err(|error| Failure::unreadable(format!("{}: {error}", path.display())))?;
    print(&format!("{}\n", path.display()))
}

fn entries(report: &Entries) -> Page {
    let language = report.language;
    let mut page = Page::new();
    for known in &report.instruments {
        entry(&mut page, known, language);
        page.gap();
    }
    let n = report.instruments.len();
    let count = match language {
        Language::Vi => format!("{n} văn bản"),
        Language::En => format!("{n} instruments"),
    };
    page.paragraph("", "", &count);
    page
}

fn entry(page: &mut Page, known: &Entry, language: Language) {
    page.bold("", &format!("{} · {}", known.id, known.name));
    page.paragraph("  ", "  ", &known.title);
    page.paragraph("  ", "  ", &in_force(known, language));
    let lists = [
        (language.pick("sửa đổi", "amends"), &known.amends),
        (language.pick("thay thế", "replaces"), &known.replaces),
        (language.pick("được sửa đổi bởi", "amended by"), &known.amended_by),
        (language.pick("được thay thế bởi", "replaced by"), &known.replaced_by),
    ];
    for (word, ids) in lists.into_iter().filter(|(_, ids)| !ids.is_empty()) {
        page.paragraph("  ", "    ", &format!("{word}: {}", ids.join(", ")));
    }
    let checked = known.checked.as_ref().map(|checked| day(checked, language));
    let never = language.pick("chưa ghi", "not noted").to_owned();
    let checked = format!(
        "{}: {}",
        language.pick("soát lần cuối", "last checked"),
        checked.unwrap_or(never)
    );
    page.paragraph("  ", "    ", &checked);
    for parameter in &known.parameters {
        page.item(&parameter_line(parameter, language));
    }
    for programme in &known.programmes {
        page.item(&programme_line(programme, language));
    }
    for (word, list) in [
        (language.pick("đại lượng", "term"), &known.terms),
        (language.pick("danh sách", "list"), &known.provinces),
        (language.pick("ngày nghỉ", "holidays"), &known.holidays),
        (
            language.pick("suy đoán về thông tin", "presumption of the fact"),
            &known.facts,
        ),
    ] {
        for named in list {
            page.item(&format!("{word} `{}` ({})", named.id, named.title));
        }
    }
    let place = format!("{}:{}", known.path, known.line);
    let cited = match (known.n_citations, language) {
        (0, Language::Vi) => "chưa có quy tắc nào viện dẫn".to_owned(),
        (0, Language::En) => "no rule cites it".to_owned(),
        (n, Language::Vi) => format!("{n} chỗ viện dẫn"),
        (1, Language::En) => "cited in 1 place".to_owned(),
        (n, Language::En) => format!("cited in {n} places"),
    };
    page.dim("  ", &format!("{cited} · {place}"));
}

fn in_force(known: &Entry, language: Language) -> String {
    let from = day(&known.in_force, language);
    match (&known.ends, language) {
        (Some(ends), Language::Vi) => format!("hiệu lực từ {from}, hết hiệu lực từ {}", day(ends, language)),
        (Some(ends), Language::En) => format!("in force from {from}, no longer from {}", day(ends, language)),
        (None, Language::Vi) => format!("hiệu lực từ {from}; các tệp chưa ghi ngày hết hiệu lực"),
        (None, Language::En) => format!("in force from {from}; no end in the files"),
    }
}

fn parameter_line(parameter: &ParameterUse, language: Language) -> String {
    let head = format!(
        "{} `{}` ({})",
        language.pick("mức", "parameter"),
        parameter.id,
        parameter.title
    );
    let from = language.pick("từ", "from");
    let checked = language.pick("soát", "checked");
    let values = parameter.values.iter().map(|value| {
        let seen = value
            .checked
            .as_ref()
            .map(|seen| format!(", {checked} {}", day(seen, language)));
        format!(
            "{} {from} {}{}",
            value.is,
            stretch(&value.from, value.until.as_deref(), language),
            seen.unwrap_or_default()
        )
    });
    let values: Vec<String> = values.collect();
    match values.as_slice() {
        [] => format!("{head}: {}", language.pick("chỉ về thẩm quyền", "who may set it")),
        _ => format!("{head}: {}", values.join("; ")),
    }
}

fn programme_line(programme: &ProgrammeUse, language: Language) -> String {
    let part = language.pick("một phần", "in part");
    let versions = programme.versions.iter().map(|version| {
        let days = stretch(&version.from, version.until.as_deref(), language);
        if version.whole {
            days
        } else {
            format!("{days} ({part})")
        }
    });
    let versions: Vec<String> = versions.collect();
    let (word, from) = (language.pick("chính sách", "programme"), language.pick("từ", "from"));
    format!(
        "{word} `{}` ({}): {from} {}",
        programme.id,
        programme.title,
        versions.join("; ")
    )
}

/// A first day, and the day on which it is over, if there is one.
fn stretch(from: &str, until: Option<&str>, language: Language) -> String {
    let from = day(from, language);
    match until {
        Some(until) => format!(
            "{from} {} {}",
            language.pick("đến trước", "until"),
            day(until, language)
        ),
        None => from,
    }
}

fn article(report: &ArticleReport) -> Page {
    let language = report.language;
    let mut page = Page::new();
    page.bold("", &report.text);
    page.paragraph("", "", &report.title);
    let none = language.pick("Không quy tắc nào viện dẫn.", "No rule cites it.");
    resting(
        &mut page,
        language.pick("Dựa vào đây", "What rests on it"),
        &report.inside,
        language,
    );
    if report.inside.is_empty() {
        page.gap();
        page.paragraph("", "", none);
    }
    let around = language.pick(
        "Viện dẫn rộng hơn: cả điều, khoản hoặc văn bản chứa nó",
        "What cites more widely: the clause, article or text it is part of",
    );
    resting(&mut page, around, &report.around, language);
    page
}

fn resting(page: &mut Page, heading: &str, list: &[Resting], language: Language) {
    if list.is_empty() {
        return;
    }
    page.heading(&format!("{heading} ({})", list.len()));
    let mut last: Option<&Resting> = None;
    for found in list {
        let same = |known: &&Resting| (&known.path, &known.id, &known.from) == (&found.path, &found.id, &found.from);
        if last.filter(same).is_none() {
            let days = found.from.as_ref().map(|from| {
                let from_word = language.pick("từ", "from");
                format!(", {from_word} {}", stretch(from, found.until.as_deref(), language))
            });
            let head = format!("{} `{}` ({})", found.kind.word(language), found.id, found.title);
            page.item(&format!("{head}{}", days.unwrap_or_default()));
        }
        last = Some(found);
        let part = match (found.name.as_str(), found.text.as_str()) {
            ("", "") => String::new(),
            ("", text) => format!(": {text}"),
            (name, "") => format!(" `{name}`"),
            (name, text) => format!(" `{name}`: {text}"),
        };
        let line = format!(
            "{}:{} · {} · {}{part}",
            found.path,
            found.line,
            found.citation,
            found.part.word(language)
        );
        page.paragraph("    ", "      ", &line);
    }
}

fn due(report: &Due) -> Page {
    let language = report.language;
    let mut page = Page::new();
    let (on, by) = (day(&report.on, language), day(&report.ends_by, language));
    let head = match language {
        Language::Vi => format!("Việc rà soát vào ngày {on}"),
        Language::En => format!("Due on {on}"),
    };
    page.bold("", &head);
    for reason in [DueReason::Review, DueReason::LongAgo, DueReason::Never] {
        let found: Vec<&ToCheck> = report.to_check.iter().filter(|found| found.reason == reason).collect();
        let words = match (reason, language) {
            (DueReason::Review, Language::Vi) => "Đến hạn rà soát đã ghi",
            (DueReason::Review, Language::En) => "The day of review has come",
            (DueReason::LongAgo, Language::Vi) => "Một năm trở lên chưa soát lại với văn bản",
            (DueReason::LongAgo, Language::En) => "Not compared with the law for a year",
            (DueReason::Never, Language::Vi) => "Chưa ghi ngày nào đã soát với văn bản",
            (DueReason::Never, Language::En) => "No day noted on which it was compared with the law",
        };
        page.heading(&format!("{words} ({})", found.len()));
        found.iter().for_each(|found| to_check(&mut page, found, language));
        if found.is_empty() {
            page.paragraph("  ", "  ", language.pick("không có gì", "nothing"));
        }
    }
    let heading = match language {
        Language::Vi => format!("Hết hiệu lực chậm nhất từ ngày {by}, chưa có gì tiếp nối"),
        Language::En => format!("Ends by {by}, with nothing following"),
    };
    page.heading(&format!("{heading} ({})", report.ends.len()));
    for found in &report.ends {
        let what = format!("{} `{}` ({})", found.what.word(language), found.id, found.title);
        page.item(&format!("{}: {what}", day(&found.on, language)));
        page.dim("    ", &format!("{}:{}", found.path, found.line));
    }
    if report.ends.is_empty() {
        page.paragraph("  ", "  ", language.pick("không có gì", "nothing"));
    }
    page
}

fn to_check(page: &mut Page, found: &ToCheck, language: Language) {
    let from = language.pick("từ", "from");
    let from = format!("{from} {}", day(&found.from, language));
    let seen = found.checked.as_ref().map(|checked| {
        let word = language.pick("soát", "checked");
        format!(", {word} {}", day(checked, language))
    });
    let review = found.review.as_ref().map(|review| {
        let word = language.pick("hạn rà soát", "review by");
        format!(", {word} {}", day(review, language))
    });
    let what = format!("{} `{}` ({}), {from}", found.what.word(language), found.id, found.title);
    page.item(&format!(
        "{what}{}{}",
        seen.unwrap_or_default(),
        review.unwrap_or_default()
    ));
    page.dim("    ", &format!("{}:{}", found.path, found.line));
}
