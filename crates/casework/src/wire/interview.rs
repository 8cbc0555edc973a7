//! What travels in an interview: an answer, the questions, the results beside them.

use ansinh_engine::report::{Change, FactRef, Language, Report, Row, Standing, Totals};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// `save_fact`: saves one answer at once and screens again. `try_fact`: screens as if it were saved, and keeps nothing,
/// so that results need not wait for the disk. Both answer [`Screening`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SaveFactRequest {
    /// Household id.
    pub household: String,
    /// Person id; none for a fact of the household.
    pub person: Option<String>,
    /// The fact's name.
    pub fact: String,
    /// As in a household file: a plain value, or `{"is": …, "paper": …, "seen_on": …, "until": …}`, `{"unsure": true}`,
    /// `{"absent": true}`, `{"one_of": […]}`, `{"between": […]}`, `{"about": 1951}`; `null` takes it back to not asked.
    #[ts(type = "unknown")]
    pub answer: Value,
    /// The month on screen.
    pub month: String,
    /// `vi` or `en`.
    pub language: Language,
}

/// `screen`: answers [`Screening`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ScreenRequest {
    /// Household id.
    pub household: String,
    /// Month judged, `2026-11`.
    pub month: String,
    /// `vi` or `en`.
    pub language: Language,
}

/// The results, and the questions that can still change them. It travels after every answer, so it holds of the report only
/// what is shown beside the interview: the explanation of one row is asked for with `explain`.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Screening {
    /// What the list of results shows.
    pub results: Results,
    /// Every question answered so far, and every question that can still change an answer, by person in roster order.
    pub questions: Vec<Question>,
    /// When the last answer was saved, `14:02:31`; none when nothing was saved yet.
    pub saved_at: Option<String>,
    /// Microseconds the engine took.
    #[ts(type = "number")]
    pub micros: u64,
}

/// A report without its explanations.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Results {
    /// The month judged, `2026-11`.
    pub month: String,
    /// One row per programme and subject, in the order of the six standings, then by programme and person.
    pub rows: Vec<ResultRow>,
    /// What is certain and what is possible, in money.
    pub totals: Totals,
    /// Facts that would settle open answers, most useful first.
    pub asks: Vec<FactRef>,
}

/// One programme for one subject, as a line.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ResultRow {
    /// The programme's id.
    pub programme: String,
    /// Its title.
    pub title: String,
    /// Person id; none for the household as a whole.
    pub person: Option<String>,
    /// Who: the person's name, or "Cả hộ".
    pub who: String,
    /// The group on the results screen.
    pub standing: Standing,
    /// One sentence: why, or what is missing.
    pub summary: String,
    /// What is given, in words: "540.000 đồng mỗi tháng".
    pub gives: String,
    /// What to do next.
    pub next_step: String,
    /// The next day on which time alone changes this answer.
    pub next_change: Option<Change>,
    /// How many papers are to be brought.
    pub n_papers: usize,
    /// How many of them were seen.
    pub n_seen: usize,
}

impl From<Report> for Results {
    fn from(report: Report) -> Results {
        let row = |row: Row| ResultRow {
            n_papers: row.papers.len(),
            n_seen: row.papers.iter().filter(|paper| paper.seen).count(),
            programme: row.programme,
            title: row.title,
            person: row.person,
            who: row.who,
            standing: row.standing,
            summary: row.summary,
            gives: row.gives,
            next_step: row.next_step,
            next_change: row.next_change,
        };
        Results {
            month: report.month,
            rows: report.rows.into_iter().map(row).collect(),
            totals: report.totals,
            asks: report.asks.into_iter().map(|ask| ask.at).collect(),
        }
    }
}

/// `explain`: one row of the report whole, with its criteria, arithmetic and papers. Answers [`Row`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ExplainRequest {
    /// Household id.
    pub household: String,
    /// Month judged, `2026-11`.
    pub month: String,
    /// `vi` or `en`.
    pub language: Language,
    /// The programme's id.
    pub programme: String,
    /// Person id; none for the household as a whole.
    pub person: Option<String>,
}

/// A fact as a question.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Question {
    /// Person id; none for the household.
    pub person: Option<String>,
    /// Whose.
    pub who: String,
    /// The fact's name.
    pub fact: String,
    /// Its title.
    pub title: String,
    /// The question.
    pub ask: String,
    /// Why we ask.
    pub why: Option<String>,
    /// What kind of answer.
    pub kind: Kind,
    /// Whether "there is none" is an answer.
    pub can_be_absent: bool,
    /// Who decides it.
    pub judged_by: Option<String>,
    /// Asked last, and carefully.
    pub sensitive: bool,
    /// Papers that prove it: id and title.
    pub papers: Vec<Choice>,
    /// True while the answer can still change a result.
    pub matters: bool,
    /// How many open answers depend on it.
    pub n_answers: usize,
    /// What is recorded; none when not asked.
    pub answer: Option<Recorded>,
}

/// What is recorded of a fact.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Recorded {
    /// In words.
    pub text: String,
    /// As saved (see `save_fact`).
    #[ts(type = "unknown")]
    pub raw: Value,
    /// Asked, and nobody can say.
    pub unsure: bool,
    /// "lời khai", or the paper and its date.
    pub source: String,
}

/// The kind of a question.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// Yes or no.
    YesNo,
    /// One of a list.
    Choice {
        /// The list.
        choices: Vec<Choice>,
    },
    /// A day; `1951` and `1951-03` are accepted where the day is not known.
    Date,
    /// A number.
    Number {
        /// Unit in words: "đồng mỗi tháng".
        unit: String,
        /// Lowest accepted.
        low: String,
        /// Highest accepted.
        high: String,
    },
}

/// A value with its label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Choice {
    /// The value sent back.
    pub value: String,
    /// Its label.
    pub label: String,
}
