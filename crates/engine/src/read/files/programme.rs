//! A programme as written, with its worked cases and the changes of it that nobody can notice.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{At, Citation, Text};
use crate::diagnostic::Span;
use crate::report::Every;
use crate::syntax::Expr;

/// Whom a programme is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Each living member.
    Person,
    /// The household once.
    Household,
    /// Each member whose death is recorded.
    Deceased,
}

/// One version of a programme.
#[derive(Clone, Debug)]
pub struct ProgrammeFile {
    /// Its id.
    pub id: At<String>,
    /// The first day of this version.
    pub from: Date,
    /// Permits a version before its instrument was in force.
    pub backdated: Vec<At<Citation>>,
    /// Its title.
    pub title: Text,
    /// Stages of life.
    pub stages: Vec<At<String>>,
    /// Whom it is for.
    pub audience: Audience,
    /// Where it stands.
    pub cite: Vec<At<Citation>>,
    /// The question of the fact `paid_now.ID`.
    pub receives: Option<Text>,
    /// First day on which nothing covers it.
    pub ends: Option<Date>,
    /// `judge_on = "died_on"`: the deceased are judged on the day of death.
    pub judge_on: Option<Span>,
    /// Who may add groups to it.
    pub open: Option<Open>,
    /// What is knowingly not encoded.
    pub left_out: Vec<LeftOut>,
    /// How we read the law.
    pub readings: Vec<Reading>,
    /// What it pays.
    pub pays: Pays,
    /// Conditions every group needs.
    pub requires: Vec<Condition>,
    /// Who.
    pub groups: Vec<Group>,
    /// How much.
    pub cases: Vec<Case>,
    /// What may not be combined.
    pub choose: Option<Choose>,
    /// From when.
    pub start: Option<Start>,
    /// Until when.
    pub stop: Option<Stop>,
    /// While these hold nothing is paid, though the right remains.
    pub pauses: Vec<Pause>,
    /// How to claim.
    pub apply: Option<Apply>,
    /// The place of the `id`, for findings about the file as a whole.
    pub span: Span,
}

/// Who may add groups to a programme.
#[derive(Clone, Debug)]
pub struct Open {
    /// `province` or `commune`.
    pub set_by: String,
    /// The competence.
    pub cite: Vec<At<Citation>>,
}

/// A provision knowingly not encoded.
#[derive(Clone, Debug)]
pub struct LeftOut {
    /// Which.
    pub cite: Vec<At<Citation>>,
    /// Why.
    pub why: Text,
}

/// Our reading of the law.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Of which provision.
    pub cite: Vec<At<Citation>>,
    /// How we read it.
    pub says: Text,
    /// I, M or C.
    pub mark: At<String>,
}

/// What is given.
#[derive(Clone, Debug)]
pub struct Pays {
    /// cash, card, in_kind, loan
    pub what: At<String>,
    /// How often it is given.
    pub every: Every,
    /// How long or how often at most.
    pub limit: Option<(Vec<At<Citation>>, Text)>,
    /// How much.
    pub amount: Option<Expr>,
    /// `exact`
    pub rounding: Option<At<String>>,
    /// What is given, in words.
    pub label: Option<Text>,
    /// The place of the table.
    pub span: Span,
}

/// A named condition.
#[derive(Clone, Debug)]
pub struct Condition {
    /// Its name.
    pub name: At<String>,
    /// Its title.
    pub title: Option<Text>,
    /// The condition.
    pub when: Expr,
    /// Where it stands.
    pub cite: Vec<At<Citation>>,
}

/// Who.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name.
    pub name: At<String>,
    /// Its title.
    pub title: Text,
    /// The condition.
    pub when: Expr,
    /// Points, of which one must hold; empty when there are none.
    pub any: Vec<Condition>,
    /// Where it stands.
    pub cite: Vec<At<Citation>>,
}

/// How much, for a group.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its name.
    pub name: At<String>,
    /// Groups it belongs to; empty for an exception.
    pub of: Vec<At<String>>,
    /// When it applies; none for always.
    pub when: Option<Expr>,
    /// The coefficient, where the amount uses one.
    pub coefficient: Option<At<Decimal>>,
    /// Where it stands.
    pub cite: Vec<At<Citation>>,
    /// Named carve-outs.
    pub except: Vec<Case>,
}

/// What may not be combined.
#[derive(Clone, Debug)]
pub struct Choose {
    /// The word that joins competing programmes.
    pub across: At<String>,
    /// Whose benefits compete with each other.
    pub each: At<Each>,
    /// Where it stands.
    pub cite: Vec<At<Citation>>,
    /// What may be kept beside.
    pub keep_both: Vec<KeepBoth>,
}

/// Whose benefits compete with each other in a contest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Each {
    /// Those of one person.
    Person,
    /// Those of a person and the partner recorded.
    Couple,
    /// Those of all members, and of the household itself.
    Household,
}

impl Each {
    /// Returns the word of the language.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Couple => "couple",
            Self::Household => "household",
        }
    }
}

/// A lawful combination.
#[derive(Clone, Debug)]
pub struct KeepBoth {
    /// The other programme.
    pub with: At<String>,
    /// Groups of this programme for which it holds; empty for all.
    pub groups: Vec<At<String>>,
    /// Where it stands.
    pub cite: Vec<At<Citation>>,
}

/// From when it is paid.
#[derive(Clone, Debug)]
pub struct Start {
    /// Generally.
    pub general: StartRule,
    /// By group.
    pub except: Vec<(At<String>, StartRule)>,
}

/// A start rule.
#[derive(Clone, Debug)]
pub struct StartRule {
    /// The date fact whose month is the first; none for the month of the decision.
    pub fact: Option<At<String>>,
    /// Where it stands.
    pub cite: Vec<At<Citation>>,
}

/// Until when it is paid.
#[derive(Clone, Debug)]
pub struct Stop {
    /// Where it stands; `[stop]` always means: through the month in which the conditions end.
    pub cite: Vec<At<Citation>>,
}

/// A time in which nothing is paid, though the right remains.
#[derive(Clone, Debug)]
pub struct Pause {
    /// Its name.
    pub name: At<String>,
    /// Its title.
    pub title: Text,
    /// When it is.
    pub when: Expr,
    /// Where it stands.
    pub cite: Vec<At<Citation>>,
}

/// How to claim.
#[derive(Clone, Debug)]
pub struct Apply {
    /// The form.
    pub form: Option<(Vec<At<Citation>>, Text)>,
    /// Papers always needed.
    pub papers: Vec<At<String>>,
    /// Where.
    pub at: Option<Text>,
    /// Who decides.
    pub decides: Option<Text>,
    /// Within how many working days.
    pub days: Option<u32>,
    /// By when to apply.
    pub within: Option<Text>,
    /// Where it stands.
    pub cite: Vec<At<Citation>>,
}

/// A worked case of a programme.
#[derive(Clone, Debug)]
pub struct CaseFile {
    /// The programme's id, from the folder.
    pub programme: String,
    /// What it shows.
    pub title: String,
    /// Its place.
    pub span: Span,
    /// The month judged, `2025-12`.
    pub month: At<String>,
    /// The household, as JSON of a household file (`persons` an array, the person's key as `id`).
    pub household: serde_json::Value,
    /// What is expected, by subject (`household` or a person id).
    pub expect: Vec<(At<String>, Expect)>,
}

/// A change of the rules that no worked case can notice, and why: an entry of `mutants.toml`.
#[derive(Clone, Debug)]
pub struct AcceptedMutant {
    /// The files in which it is made.
    pub paths: Vec<At<String>>,
    /// The place in them: `group.disabled.when`.
    pub place: At<String>,
    /// What stands there after the change; empty where something is left out.
    pub after: At<String>,
    /// Why nobody can notice.
    pub why: Text,
}

/// What a case expects of one subject.
#[derive(Clone, Debug)]
pub struct Expect {
    /// `entitled`, `not_entitled`, `open`, `person_decides`, `not_covered`
    pub answer: At<String>,
    /// Lowest and highest amount.
    pub amount: Option<At<(i64, i64)>>,
    /// Reasons that must be given.
    pub because: Vec<At<String>>,
    /// Facts that must be asked for.
    pub asks: Vec<At<String>>,
    /// The next change that time alone must bring; none inside where it must bring none.
    pub next_change: Option<At<Option<Change>>>,
}

/// What a case expects time alone to bring next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The first day.
    pub on: Date,
    /// The answer from then on.
    pub answer: String,
    /// Lowest and highest amount from then on; none where the case does not say.
    pub amount: Option<(i64, i64)>,
}
