//! The worklists of the day and the calendar of the commune, from what the screening of the roster found.

use ansinh_engine::Month;
use ansinh_engine::calendar::after_months;
use ansinh_engine::evaluate::Level;
use ansinh_engine::report::{Every, Language};
use ansinh_engine::rules::{RuleSet, Version};
use ansinh_store::{
    GapFilter, GapOrder, Listed, Page, ReleaseChange, StoreError, Unfinished, Upcoming, UpcomingFilter,
};

use crate::clock;
use crate::screening::month_of;
use crate::session::Session;
use crate::standing::MONTHS_AHEAD;
use crate::wire::{
    CalendarLine, ChangeCause, ChangeKind, Failure, LifeCycle, LifeCycleRequest, ListedOf, MonthCount, ProgrammeCount,
    Today, TodayKind, TodayLine, TodayList, TodayRequest,
};

/// So many lines of each worklist are shown.
const TOP: u32 = 8;
/// So many lines of a long list are sent at once.
pub(crate) const PAGE: u32 = 100;

impl Session {
    pub(crate) async fn today(&self, request: TodayRequest) -> Result<Today, Failure> {
        let (today, language, rules) = (clock::today(), request.language, &self.rules);
        let first = Month::of(today).first_day();
        let soon = UpcomingFilter {
            from: first.to_string(),
            until: after_months(first, 2).to_string(),
            without_law: true,
            ..UpcomingFilter::default()
        };
        let without_reason = GapFilter {
            reason: Some(String::new()),
            ..GapFilter::default()
        };
        let store = &self.store;
        let lists = vec![
            list(
                TodayKind::Thresholds,
                store.upcoming(&soon, TOP, 0).await,
                |line: Upcoming| {
                    let text = format!(
                        "{}. {}",
                        of_two(&line.text, language),
                        upper_first(of_two(&line.why, language))
                    );
                    about(rules, language, &line.of, Some(line.programme), (text, Some(line.on)))
                },
            ),
            list(
                TodayKind::Gap,
                store.gap(&without_reason, GapOrder::Found, TOP, 0).await,
                |line| {
                    let gives = gives(rules, language, &line.programme, line.level);
                    about(
                        rules,
                        language,
                        &line.of,
                        Some(line.programme),
                        (gives, Some(line.found_on)),
                    )
                },
            ),
            list(
                TodayKind::Released,
                store.release_changes(TOP).await,
                |line: ReleaseChange| {
                    let text = released(language, &line);
                    about(rules, language, &line.of, Some(line.programme), (text, None))
                },
            ),
            list(
                TodayKind::Unfinished,
                store.unfinished(TOP).await,
                |line: Unfinished| {
                    let text = match language {
                        Language::Vi => format!("còn {} câu hỏi, {} chính sách chưa rõ", line.n_missing, line.n_open),
                        Language::En => format!("{} questions left, {} programmes open", line.n_missing, line.n_open),
                    };
                    about(rules, language, &line.of, None, (text, None))
                },
            ),
            list(TodayKind::Undated, store.undated(TOP).await, |of: Listed| {
                let text = language
                    .pick("chưa có ngày, năm sinh", "no day or year of birth")
                    .to_owned();
                about(rules, language, &of, None, (text, None))
            }),
        ];
        Ok(Today {
            on: today.to_string(),
            lists,
        })
    }

    pub(crate) async fn life_cycle(&self, request: LifeCycleRequest) -> Result<LifeCycle, Failure> {
        let (language, rules) = (request.language, &self.rules);
        let first = Month::of(clock::today());
        let until = after_months(first.first_day(), MONTHS_AHEAD + 1);
        let whole = UpcomingFilter {
            from: first.first_day().to_string(),
            until: until.to_string(),
            hamlet: request.hamlet,
            programme: request.programme,
            kind: request.kind.map(|kind| kind_word(kind).to_owned()),
            without_law: false,
        };
        let wanted = match &request.month {
            None => whole.clone(),
            Some(month) => {
                let month = month_of(month)?;
                UpcomingFilter {
                    from: month.first_day().to_string(),
                    until: month.next().first_day().to_string(),
                    ..whole.clone()
                }
            }
        };
        let found = self.store.upcoming(&wanted, PAGE, request.offset).await?;
        let (by_month, _) = self.store.upcoming_counts(&whole).await?;
        let any_programme = UpcomingFilter {
            programme: None,
            ..wanted
        };
        let (_, by_programme) = self.store.upcoming_counts(&any_programme).await?;
        let n_in = |month: &str| by_month.iter().find(|(known, _)| known == month).map_or(0, |(_, n)| *n);
        let months = (0..=MONTHS_AHEAD).map(|n| Month::of(after_months(first.first_day(), n)).to_string());
        Ok(LifeCycle {
            months: months.map(|month| MonthCount { n: n_in(&month), month }).collect(),
            programmes: programme_counts(rules, language, by_programme),
            n_in_all: found.n_in_all,
            lines: found
                .lines
                .into_iter()
                .map(|line| calendar_line(rules, language, line))
                .collect(),
        })
    }
}

fn calendar_line(rules: &RuleSet, language: Language, line: Upcoming) -> CalendarLine {
    CalendarLine {
        of: listed(language, &line.of),
        title: title(rules, language, &line.programme),
        programme: line.programme,
        on: line.on,
        kind: match line.kind.as_str() {
            "gains" => ChangeKind::Gains,
            "ends" => ChangeKind::Ends,
            "amount" => ChangeKind::Amount,
            _ => ChangeKind::Asks,
        },
        cause: match line.cause.as_str() {
            "age" => ChangeCause::Age,
            "paper" => ChangeCause::Paper,
            "birth" => ChangeCause::Birth,
            "law" => ChangeCause::Law,
            _ => ChangeCause::Day,
        },
        text: of_two(&line.text, language).to_owned(),
        why: upper_first(of_two(&line.why, language)),
    }
}

fn kind_word(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Gains => "gains",
        ChangeKind::Ends => "ends",
        ChangeKind::Amount => "amount",
        ChangeKind::Asks => "asks",
    }
}

fn list<T>(kind: TodayKind, found: Result<Page<T>, StoreError>, line: impl FnMut(T) -> TodayLine) -> TodayList {
    match found {
        Ok(page) => TodayList {
            kind,
            n_in_all: page.n_in_all,
            lines: page.lines.into_iter().map(line).collect(),
            failure: None,
        },
        Err(error) => TodayList {
            kind,
            lines: Vec::new(),
            n_in_all: 0,
            failure: Some(error.into()),
        },
    }
}

fn about(
    rules: &RuleSet,
    language: Language,
    of: &Listed,
    programme: Option<String>,
    (text, on): (String, Option<String>),
) -> TodayLine {
    TodayLine {
        of: listed(language, of),
        title: programme
            .as_deref()
            .map_or_else(String::new, |id| title(rules, language, id)),
        programme,
        text,
        on,
    }
}

/// Returns whom a line is about, in words.
pub(crate) fn listed(language: Language, of: &Listed) -> ListedOf {
    ListedOf {
        household: of.household.to_string(),
        number: of.number.clone(),
        head: of.head_name.clone().unwrap_or_default(),
        hamlet: of.hamlet.clone(),
        person: of.person.map(|person| person.to_string()),
        who: match &of.person_name {
            Some(name) => name.clone(),
            None => language.pick("Cả hộ", "The household").to_owned(),
        },
    }
}

fn released(language: Language, line: &ReleaseChange) -> String {
    let word = |standing: &str, low: Option<i64>| {
        let (vi, en) = match standing {
            "can_apply" => ("có thể đủ điều kiện", "may be entitled"),
            "receiving" => ("đang hưởng", "receiving"),
            "later" => ("sẽ đủ điều kiện", "will be entitled"),
            "needs_fact" => ("cần thêm thông tin", "more information is needed"),
            "not_computed" => ("không tính được", "not computed"),
            _ => ("chưa đủ điều kiện", "not entitled"),
        };
        let money = low
            .filter(|low| *low > 0)
            .map(|low| format!(" ({})", language.money(low)));
        language.pick(vi, en).to_owned() + &money.unwrap_or_default()
    };
    format!(
        "{} → {}",
        word(&line.before, line.before_low),
        word(&line.after, line.after_low)
    )
}

fn of_two(texts: &[String; 2], language: Language) -> &str {
    let [vi, en] = texts;
    language.pick(vi, en)
}

fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Returns the version of a programme in force today, or the newest.
pub(crate) fn version<'r>(rules: &'r RuleSet, programme: &str) -> Option<&'r Version> {
    let (_, programme) = rules.programme_named(programme)?;
    let today = programme.version_on(clock::today()).map(|(_, version)| version);
    today.or(programme.versions.last())
}

/// Returns the title of a programme; a programme these rules no longer have stands by its id.
pub(crate) fn title(rules: &RuleSet, language: Language, programme: &str) -> String {
    version(rules, programme).map_or_else(
        || programme.to_owned(),
        |version| language.of(&version.title).to_owned(),
    )
}

/// Returns what a programme gives, in words.
pub(crate) fn gives(rules: &RuleSet, language: Language, programme: &str, level: Option<(i64, i64)>) -> String {
    let Some(version) = version(rules, programme) else {
        return String::new();
    };
    let amount = level.map(|(low, high)| language.level(Level { low, high }, version.every));
    match (amount, version.label.as_ref().map(|label| language.of(label))) {
        (Some(amount), Some(label)) => format!("{label}: {amount}"),
        (Some(amount), None) => amount,
        (None, label) => label.unwrap_or_default().to_owned(),
    }
}

/// Returns counts with the titles of the programmes, by title.
pub(crate) fn programme_counts(
    rules: &RuleSet,
    language: Language,
    counts: Vec<(String, usize)>,
) -> Vec<ProgrammeCount> {
    let mut all: Vec<ProgrammeCount> = counts
        .into_iter()
        .map(|(programme, n)| ProgrammeCount {
            title: title(rules, language, &programme),
            programme,
            n,
        })
        .collect();
    all.sort_by(|a, b| a.title.cmp(&b.title));
    all
}

/// Returns the word of the database for how often something is given.
pub(crate) fn every_of(word: &str) -> Every {
    match word {
        "year" => Every::Year,
        "once" => Every::Once,
        _ => Every::Month,
    }
}
