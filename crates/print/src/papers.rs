//! The other papers: a person's card, the letter to a household, the sheet of a dossier, the list of visits.
//!
//! Like the summary they get finished sentences and add only fixed words. What others may see – the part of a letter outside
//! its fold, and the list of visits – has no programme, paper or reason on it: those can tell of somebody's health.

use ansinh_engine::Month;
use ansinh_engine::report::{Language, Report, Row, Standing};
use jiff::civil::Date;
use serde::Serialize;

use crate::mark::{Mark, mark};
use crate::typeset::{self, Template};
use crate::{PrintError, Sheet, view};
use words::Words;

mod words;

/// Who prints, where and when: the same on every paper.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// The language of the paper.
    pub language: Language,
    /// The commune's full name.
    pub commune: &'a str,
    /// The province's full name.
    pub province: &'a str,
    /// The officer.
    pub officer: &'a str,
    /// The day of printing, `2026-11-22`.
    pub printed_on: &'a str,
    /// Whether the data are invented.
    pub invented: bool,
}

/// Which household a paper is about.
#[derive(Clone, Copy, Debug, Default)]
pub struct Home<'a> {
    /// The head's name.
    pub name: &'a str,
    /// The household's number.
    pub number: &'a str,
    /// The hamlet.
    pub hamlet: &'a str,
}

/// The card of one person: every policy, received, claimable and to come.
#[derive(Clone, Copy, Debug)]
pub struct Card<'a> {
    /// Who prints.
    pub head: Head<'a>,
    /// Whose household.
    pub home: Home<'a>,
    /// The screening of the household.
    pub report: &'a Report,
    /// The person's id.
    pub person: &'a str,
    /// The short code.
    pub code: &'a str,
    /// What the QR code says.
    pub verify: &'a str,
}

/// A paper that a dossier needs.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Needed<'a> {
    /// Its title.
    pub title: &'a str,
    /// Who issues it.
    pub from: &'a str,
    /// Whether it is there.
    pub ready: bool,
}

/// What is applied for.
#[derive(Clone, Copy, Debug)]
pub struct Application<'a> {
    /// The programme's title.
    pub title: &'a str,
    /// For whom.
    pub who: &'a str,
    /// The form the law names; empty when none.
    pub form: &'a str,
    /// Where it is handed in.
    pub at: &'a str,
    /// Who decides.
    pub decides: &'a str,
    /// Within how many working days.
    pub days: Option<u32>,
    /// By when it must be handed in, where the law says.
    pub within: Option<&'a str>,
    /// What is asked for.
    pub gives: &'a str,
    /// From when, in words.
    pub starts: Option<&'a str>,
    /// The articles that the answer rests on, and those of the procedure.
    pub articles: &'a [&'a str],
    /// The papers.
    pub papers: &'a [Needed<'a>],
}

/// The letter that asks a household to come, with the papers to bring.
#[derive(Clone, Copy, Debug)]
pub struct Letter<'a> {
    /// Who prints.
    pub head: Head<'a>,
    /// To whom.
    pub home: Home<'a>,
    /// What it is about.
    pub application: Application<'a>,
}

/// What is known of a person, for a form.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Known<'a> {
    /// Name.
    pub name: &'a str,
    /// Birth date as far as it is known.
    pub born: &'a str,
    /// Sex, in words.
    pub sex: &'a str,
    /// Relation to the head, in words.
    pub relation: &'a str,
}

/// The sheet of a dossier: our own form filled in, and its papers.
#[derive(Clone, Copy, Debug)]
pub struct DossierSheet<'a> {
    /// Who prints.
    pub head: Head<'a>,
    /// Whose household.
    pub home: Home<'a>,
    /// What is applied for.
    pub application: Application<'a>,
    /// For whom; none where it is for the household.
    pub person: Option<Known<'a>>,
    /// Who belongs to the household.
    pub members: &'a [Known<'a>],
    /// When it was handed in, `2026-11-22`.
    pub handed_in_on: Option<&'a str>,
    /// By when it is decided, `2026-12-02`.
    pub due: Option<&'a str>,
}

/// A household to be visited.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Visit<'a> {
    /// Its number.
    pub number: &'a str,
    /// The head.
    pub name: &'a str,
    /// The head's year of birth, as lists show it.
    pub born: &'a str,
    /// How many persons live there.
    pub n_persons: usize,
}

/// The households of one hamlet.
#[derive(Clone, Debug, Serialize)]
pub struct Round<'a> {
    /// The hamlet.
    pub hamlet: &'a str,
    /// The households.
    pub visits: Vec<Visit<'a>>,
}

/// The list of visits by hamlet, in large type.
#[derive(Clone, Copy, Debug)]
pub struct VisitList<'a> {
    /// Who prints.
    pub head: Head<'a>,
    /// What it is for, as the officer wrote it; may be empty.
    pub purpose: &'a str,
    /// Hamlet by hamlet.
    pub rounds: &'a [Round<'a>],
}

/// Any of the papers.
#[derive(Clone, Copy, Debug)]
pub enum Paper<'a> {
    /// The household summary.
    Summary(Sheet<'a>),
    /// A person's card.
    Card(Card<'a>),
    /// A letter.
    Letter(Letter<'a>),
    /// The sheet of a dossier.
    Dossier(DossierSheet<'a>),
    /// A list of visits.
    Visits(VisitList<'a>),
}

impl Paper<'_> {
    /// Returns the paper as a PDF with its fonts inside.
    pub fn pdf(&self) -> Result<Vec<u8>, PrintError> {
        let set = self.set()?;
        typeset::pdf(set.template, &set.content, set.printed_on)
    }

    /// Returns its pages as SVG images, for a preview.
    pub fn pages(&self) -> Result<Vec<String>, PrintError> {
        let set = self.set()?;
        typeset::pages(set.template, &set.content)
    }

    fn set(&self) -> Result<Set, PrintError> {
        match self {
            Paper::Summary(sheet) => {
                let printed_on = view::day(sheet.printed_on)?;
                Ok(Set {
                    template: Template::Summary,
                    content: view::content(sheet, printed_on)?,
                    printed_on,
                })
            }
            Paper::Card(card) => Set::new(&card.head, "card", &CardView::new(card)?),
            Paper::Letter(letter) => Set::new(&letter.head, "letter", &LetterView::new(letter)),
            Paper::Dossier(sheet) => Set::new(&sheet.head, "dossier", &DossierView::new(sheet)?),
            Paper::Visits(list) => Set::new(&list.head, "visits", &VisitsView::new(list)),
        }
    }
}

/// Many papers in one PDF: each is laid out by itself and counts its own pages.
#[derive(Debug, Default)]
pub struct Batch {
    pages: typeset::Pages,
}

impl Batch {
    /// Lays a paper out behind those before.
    pub fn add(&mut self, paper: &Paper<'_>) -> Result<(), PrintError> {
        let set = paper.set()?;
        self.pages.add(set.template, &set.content)
    }

    /// Returns how many pages there are.
    #[must_use]
    pub fn n_pages(&self) -> usize {
        self.pages.n()
    }

    /// Returns them as one PDF.
    pub fn pdf(self, title: &str, printed_on: &str) -> Result<Vec<u8>, PrintError> {
        let printed_on = view::day(printed_on)?;
        self.pages.pdf(title, printed_on)
    }
}

/// A paper ready for the typesetter.
struct Set {
    template: Template,
    content: String,
    printed_on: Date,
}

/// What every paper of the second template has.
#[derive(Serialize)]
struct Content<'a, T> {
    paper: &'static str,
    language: &'static str,
    words: &'static Words,
    invented: bool,
    commune: &'a str,
    province: &'a str,
    officer: &'a str,
    printed_on: String,
    #[serde(flatten)]
    own: &'a T,
}

impl Set {
    fn new<T: Serialize>(head: &Head<'_>, paper: &'static str, own: &T) -> Result<Set, PrintError> {
        let printed_on = view::day(head.printed_on)?;
        let content = Content {
            paper,
            language: head.language.code(),
            words: words::words(head.language),
            invented: head.invented,
            commune: head.commune,
            province: head.province,
            officer: head.officer,
            printed_on: head.language.day(printed_on),
            own,
        };
        Ok(Set {
            template: Template::Papers,
            content: view::cleaned(&content)?,
            printed_on,
        })
    }
}

#[derive(Serialize)]
struct HomeView<'a> {
    name: &'a str,
    number: &'a str,
    hamlet: &'a str,
}

impl<'a> From<Home<'a>> for HomeView<'a> {
    fn from(home: Home<'a>) -> HomeView<'a> {
        HomeView {
            name: home.name,
            number: home.number,
            hamlet: home.hamlet,
        }
    }
}

#[derive(Serialize)]
struct CardView<'a> {
    home: HomeView<'a>,
    name: &'a str,
    born: &'a str,
    month: String,
    sections: Vec<CardSection<'a>>,
    release: String,
    code: &'a str,
    mark: Mark,
}

#[derive(Serialize)]
struct CardSection<'a> {
    title: &'static str,
    none: &'static str,
    rows: Vec<CardRow<'a>>,
}

#[derive(Serialize)]
struct CardRow<'a> {
    title: &'a str,
    /// The household as a whole, where it is not the person's own.
    of_household: bool,
    gives: &'a str,
    when: &'a str,
}

impl<'a> CardView<'a> {
    fn new(card: &Card<'a>) -> Result<CardView<'a>, PrintError> {
        let language = card.head.language;
        let words = words::words(language);
        let member = card.report.members.iter().find(|member| member.person == card.person);
        let section = |title, none, standing, when: fn(&'a Row) -> &'a str| {
            let mine = card.report.rows.iter().filter(move |row| row.standing == standing);
            let mine = mine.filter(|row| row.person.as_deref().is_none_or(|person| person == card.person));
            CardSection {
                title,
                none,
                rows: mine.map(|row| card_row(row, when)).collect(),
            }
        };
        let starts: fn(&'a Row) -> &'a str = |row| row.starts.as_deref().unwrap_or_default();
        let change: fn(&'a Row) -> &'a str = |row| row.next_change.as_ref().map_or("", |change| change.text.as_str());
        Ok(CardView {
            home: card.home.into(),
            name: member.map_or("", |member| member.name.as_str()),
            born: member.map_or("", |member| member.born.as_str()),
            month: Month::parse(&card.report.month)
                .map_or_else(|| card.report.month.clone(), |month| language.month(month)),
            sections: vec![
                section(words.receiving, words.receiving_none, Standing::Receiving, change),
                section(words.claims, words.claims_none, Standing::CanApply, starts),
                section(words.later, words.later_none, Standing::Later, change),
            ],
            release: view::releases(language, &card.report.release),
            code: card.code,
            mark: mark(card.verify)?,
        })
    }
}

fn card_row<'a>(row: &'a Row, when: fn(&'a Row) -> &'a str) -> CardRow<'a> {
    CardRow {
        title: &row.title,
        of_household: row.person.is_none(),
        gives: if row.gives == row.title { "" } else { &row.gives },
        when: when(row),
    }
}

#[derive(Serialize)]
struct ApplicationView<'a> {
    title: &'a str,
    who: &'a str,
    form: &'a str,
    at: &'a str,
    decides: &'a str,
    days: Option<String>,
    within: Option<&'a str>,
    gives: &'a str,
    starts: Option<&'a str>,
    articles: &'a [&'a str],
    papers: &'a [Needed<'a>],
}

impl<'a> ApplicationView<'a> {
    fn new(language: Language, of: &Application<'a>) -> ApplicationView<'a> {
        ApplicationView {
            title: of.title,
            who: of.who,
            form: of.form,
            at: of.at,
            decides: of.decides,
            days: of.days.map(|n| crate::labels::working_days(language, n)),
            within: of.within,
            gives: of.gives,
            starts: of.starts,
            articles: of.articles,
            papers: of.papers,
        }
    }
}

#[derive(Serialize)]
struct LetterView<'a> {
    home: HomeView<'a>,
    of: ApplicationView<'a>,
}

impl<'a> LetterView<'a> {
    fn new(letter: &Letter<'a>) -> LetterView<'a> {
        LetterView {
            home: letter.home.into(),
            of: ApplicationView::new(letter.head.language, &letter.application),
        }
    }
}

#[derive(Serialize)]
struct DossierView<'a> {
    home: HomeView<'a>,
    of: ApplicationView<'a>,
    person: Option<Known<'a>>,
    members: &'a [Known<'a>],
    handed_in_on: Option<String>,
    due: Option<String>,
}

impl<'a> DossierView<'a> {
    fn new(sheet: &DossierSheet<'a>) -> Result<DossierView<'a>, PrintError> {
        let language = sheet.head.language;
        let day = |text: Option<&str>| {
            text.map(|text| view::day(text).map(|day| language.day(day)))
                .transpose()
        };
        Ok(DossierView {
            home: sheet.home.into(),
            of: ApplicationView::new(language, &sheet.application),
            person: sheet.person,
            members: sheet.members,
            handed_in_on: day(sheet.handed_in_on)?,
            due: day(sheet.due)?,
        })
    }
}

#[derive(Serialize)]
struct VisitsView<'a> {
    purpose: &'a str,
    rounds: &'a [Round<'a>],
    n_households: usize,
}

impl<'a> VisitsView<'a> {
    fn new(list: &VisitList<'a>) -> VisitsView<'a> {
        VisitsView {
            purpose: list.purpose,
            rounds: list.rounds,
            n_households: list.rounds.iter().map(|round| round.visits.len()).sum(),
        }
    }
}
