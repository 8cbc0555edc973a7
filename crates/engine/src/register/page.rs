//! The coverage page: which programmes the rules hold, by stage of life, on what law, how sure, and what is left out.
//!
//! Markdown in both languages side by side. It depends on the files alone, so that a page kept beside them can be compared.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::Register;
use crate::read::{At, Citation, ProgrammeFile, Reading, STAGES, Text};
use crate::words::Language;

/// How a reading can be marked, and what that means.
const MARKS: [(&str, &str, &str); 3] = [
    ("I", "cách hiểu", "interpretation"),
    ("M", "theo trí nhớ", "from memory"),
    ("C", "nguồn không thống nhất", "sources disagree"),
];

/// A programme with its versions, the last one last.
struct Scheme<'f> {
    versions: Vec<&'f ProgrammeFile>,
    last: &'f ProgrammeFile,
    n_cases: usize,
}

/// A text of the versions that carry it.
struct Told<'f> {
    cite: String,
    text: &'f Text,
    mark: &'f str,
    from: Vec<String>,
}

impl Register<'_> {
    /// Returns the coverage page, in Markdown.
    #[must_use]
    pub fn coverage_page(&self) -> String {
        let schemes = self.schemes();
        let mut page = String::from(
            "# Phạm vi của bộ quy tắc · What the rules cover\n\n\
             Trang này được lập từ các tệp quy tắc, không sửa bằng tay.\n\
             This page is generated from the rule files and not edited: `ansinh law DIR --coverage-page --write`.\n\n",
        );
        self.totals(&mut page, &schemes);
        page.push_str(
            "\nNgày cuối là ngày đầu tiên không còn áp dụng. Mỗi chính sách đứng ở giai đoạn đầu tiên mà tệp nêu.\n\
             An end is the first day on which it holds no longer. A programme stands under the first stage that its file names.\n",
        );
        for stage in STAGES {
            stage_of(&mut page, stage, &schemes);
        }
        self.instruments(&mut page);
        page
    }

    fn schemes(&self) -> Vec<Scheme<'_>> {
        let mut ids: Vec<&str> = self
            .rules
            .programmes
            .iter()
            .map(|version| version.id.value.as_str())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let scheme = |id: &str| {
            let all = self.rules.programmes.iter().filter(|version| version.id.value == id);
            let mut versions: Vec<&ProgrammeFile> = all.collect();
            versions.sort_by_key(|version| version.from);
            let last = versions.last().copied()?;
            let n_cases = self.rules.cases.iter().filter(|case| case.programme == id).count();
            Some(Scheme {
                versions,
                last,
                n_cases,
            })
        };
        ids.into_iter().filter_map(scheme).collect()
    }

    fn totals(&self, page: &mut String, schemes: &[Scheme<'_>]) {
        let rules = self.rules;
        let readings: Vec<Told<'_>> = schemes.iter().flat_map(Scheme::readings).collect();
        let marked = MARKS.map(|(mark, vi, en)| {
            let n = readings.iter().filter(|reading| reading.mark == mark).count();
            format!("{mark} {n} ({vi} · {en})")
        });
        let n_of_terms = rules.terms.iter().filter(|term| term.reading.is_some()).count();
        let n_values: usize = rules.parameters.iter().map(|parameter| parameter.dated.len()).sum();
        let n_left_out: usize = schemes.iter().map(|scheme| scheme.left_out().len()).sum();
        let rows = [
            ("Chính sách · programmes", schemes.len().to_string()),
            ("Phiên bản · versions", rules.programmes.len().to_string()),
            ("Ca mẫu · worked cases", rules.cases.len().to_string()),
            ("Văn bản · instruments", rules.instruments.len().to_string()),
            (
                "Mức, giá trị theo ngày · parameters, dated values",
                format!("{}, {n_values}", rules.parameters.len()),
            ),
            (
                "Thông tin, đại lượng · facts, terms",
                format!("{}, {}", rules.facts.len(), rules.terms.len()),
            ),
            (
                "Cách hiểu trong chính sách · readings in programmes",
                format!("{}: {}", readings.len(), marked.join(", ")),
            ),
            ("Cách hiểu trong đại lượng · readings in terms", n_of_terms.to_string()),
            ("Chưa xét · left out", n_left_out.to_string()),
        ];
        page.push_str("| | |\n|---|---|\n");
        for (what, n) in rows {
            let _ = writeln!(page, "| {what} | {n} |");
        }
        page.push_str(
            "\nĐiều ghi ở nhiều phiên bản của một chính sách chỉ tính một lần. · What several versions of a programme repeat \
             counts once.\n",
        );
    }

    fn instruments(&self, page: &mut String) {
        page.push_str("\n## Văn bản · Instruments\n\n| Văn bản (instrument) | Hiệu lực (in force) | Sửa đổi, thay thế (amends, replaces) | Soát ngày (checked) |\n|---|---|---|---|\n");
        for known in self.entries(Language::Vi).instruments {
            let title = self
                .instrument(&known.id)
                .map_or("", |instrument| instrument.title.en.as_str());
            let lists = [
                ("sửa đổi · amends", &known.amends),
                ("thay thế · replaces", &known.replaces),
            ];
            let changes = lists.iter().filter(|(_, ids)| !ids.is_empty());
            let changes: Vec<String> = changes
                .map(|(word, ids)| format!("{word} {}", ids.join(", ")))
                .collect();
            let _ = writeln!(
                page,
                "| `{}` {}: {} ({}) | {} | {} | {} |",
                known.id,
                cell(&known.name),
                cell(&known.title),
                cell(title),
                time(&known.in_force, known.ends.as_deref()),
                changes.join("; "),
                known.checked.as_deref().unwrap_or("–"),
            );
        }
    }
}

fn stage_of(page: &mut String, stage: &str, schemes: &[Scheme<'_>]) {
    let is_first = |scheme: &&Scheme<'_>| scheme.last.stages.first().is_some_and(|first| first.value == stage);
    let own: Vec<&Scheme<'_>> = schemes.iter().filter(is_first).collect();
    let names = |scheme: &Scheme<'_>| scheme.last.stages.iter().skip(1).any(|known| known.value == stage);
    let others: Vec<String> = schemes
        .iter()
        .filter(|scheme| names(scheme))
        .map(Scheme::name)
        .collect();
    if own.is_empty() && others.is_empty() {
        return;
    }
    let (vi, en) = stage_words(stage);
    let _ = writeln!(page, "\n## {vi} · {en}\n");
    if !own.is_empty() {
        page.push_str(
            "| Chính sách (programme) | Phiên bản (versions) | Văn bản (instruments) | Ca mẫu (cases) | Cách hiểu (readings) | Chưa xét (left out) |\n\
             |---|---|---|---|---|---|\n",
        );
        own.iter().for_each(|scheme| scheme.row(page));
    }
    if !others.is_empty() {
        let _ = writeln!(page, "\nXem thêm · see also: {}.", others.join("; "));
    }
    if own.iter().any(|scheme| !scheme.left_out().is_empty()) {
        page.push_str("\nChưa xét · left out:\n\n");
        own.iter().for_each(|scheme| scheme.list_left_out(page));
    }
}

impl<'f> Scheme<'f> {
    /// Its title in Vietnamese, and in English in brackets.
    fn name(&self) -> String {
        let title = &self.last.title;
        format!("{} ({})", cell(&title.vi), cell(&title.en))
    }

    fn readings(&self) -> Vec<Told<'f>> {
        let of = |version: &'f ProgrammeFile| version.readings.iter().map(parts_of_reading).collect();
        told(&self.versions, of)
    }

    fn left_out(&self) -> Vec<Told<'f>> {
        let of = |version: &'f ProgrammeFile| {
            let list = version.left_out.iter();
            list.map(|left_out| (left_out.cite.as_slice(), &left_out.why, ""))
                .collect()
        };
        told(&self.versions, of)
    }

    fn row(&self, page: &mut String) {
        let versions = self.versions.iter().map(|version| {
            let next = self
                .versions
                .iter()
                .map(|other| other.from)
                .find(|from| *from > version.from);
            let until = [version.ends, next].into_iter().flatten().min();
            time(&version.from.to_string(), until.map(|day| day.to_string()).as_deref())
        });
        let cited = self.versions.iter().flat_map(|version| &version.cite);
        let mut instruments: Vec<&str> = Vec::new();
        for cite in cited {
            if !instruments.contains(&cite.value.instrument.as_str()) {
                instruments.push(&cite.value.instrument);
            }
        }
        let readings = self.readings();
        let marks = MARKS.iter().filter_map(|(mark, _, _)| {
            let n = readings.iter().filter(|reading| reading.mark == *mark).count();
            (n > 0).then(|| format!("{mark} {n}"))
        });
        let _ = writeln!(
            page,
            "| **{}** ({}) `{}` | {} | {} | {} | {} | {} |",
            cell(&self.last.title.vi),
            cell(&self.last.title.en),
            self.last.id.value,
            versions.collect::<Vec<_>>().join("<br>"),
            instruments.join(", "),
            self.n_cases,
            marks.collect::<Vec<_>>().join(", "),
            self.left_out().len(),
        );
    }

    fn list_left_out(&self, page: &mut String) {
        for left_out in self.left_out() {
            let some = left_out.from.len() < self.versions.len();
            let days = if some {
                format!("; {}", left_out.from.join(", "))
            } else {
                String::new()
            };
            let Text { vi, en } = left_out.text;
            let (id, vi, en) = (&self.last.id.value, line(vi), line(en));
            let _ = writeln!(page, "- `{id}` ({}{days}): {vi} *{en}*", left_out.cite);
        }
    }
}

fn parts_of_reading(reading: &Reading) -> (&[At<Citation>], &Text, &str) {
    (&reading.cite, &reading.says, &reading.mark.value)
}

/// Gathers what versions say, each text once with the days of the versions that say it.
fn told<'f>(
    versions: &[&'f ProgrammeFile],
    of: impl Fn(&'f ProgrammeFile) -> Vec<(&'f [At<Citation>], &'f Text, &'f str)>,
) -> Vec<Told<'f>> {
    let mut all: Vec<Told<'f>> = Vec::new();
    for version in versions {
        let from = version.from.to_string();
        for (cite, text, mark) in of(version) {
            match all
                .iter_mut()
                .find(|known| known.text.en == text.en && known.text.vi == text.vi)
            {
                Some(known) if known.from.contains(&from) => {}
                Some(known) => known.from.push(from.clone()),
                None => all.push(Told {
                    cite: cites(cite),
                    text,
                    mark,
                    from: vec![from.clone()],
                }),
            }
        }
    }
    all
}

fn cites(list: &[At<Citation>]) -> String {
    let each: BTreeSet<String> = list.iter().map(|cite| cite.value.to_string()).collect();
    each.into_iter().collect::<Vec<_>>().join(", ")
}

fn time(from: &str, until: Option<&str>) -> String {
    format!("{from} – {}", until.unwrap_or("…"))
}

/// A text on one line of Markdown.
fn line(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    one_line.replace('*', "\\*").replace('<', "&lt;")
}

/// A text in a cell of a table.
fn cell(text: &str) -> String {
    line(text).replace('|', "\\|")
}

/// Returns a stage of life in both languages; one that has no words yet stands as it is written.
pub fn stage_words(stage: &str) -> (&str, &str) {
    match stage {
        "pregnancy" => ("Mang thai, sinh con", "Pregnancy and birth"),
        "early_years" => ("Trẻ nhỏ", "Early years"),
        "childhood" => ("Trẻ em", "Childhood"),
        "school" => ("Đi học", "School"),
        "working_age" => ("Tuổi lao động", "Working age"),
        "disability" => ("Khuyết tật", "Disability"),
        "poverty" => ("Nghèo, cận nghèo", "Poverty"),
        "old_age" => ("Tuổi già", "Old age"),
        "death" => ("Qua đời", "Death"),
        "farming" => ("Nông nghiệp", "Farming"),
        "housing" => ("Nhà ở, điện, nước", "Housing, electricity and water"),
        "emergency" => ("Khẩn cấp", "Emergency"),
        other => (other, other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_of_the_language_has_words() {
        for stage in STAGES {
            let (vi, en) = stage_words(stage);
            assert!(vi != stage && en != stage, "`{stage}` has no words");
        }
    }
}
