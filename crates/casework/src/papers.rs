//! The papers beside the summary: cards, letters, the sheets of dossiers and lists of visits, one at a time or many.
//!
//! A paper counts as printed when somebody has it: the screen says so with `handed_over`. Of what carries a seal the
//! determination is kept before, so that no paper is about that cannot be held against it.

mod batch;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use ansinh_engine::report::{Language, Report};
use ansinh_engine::rules::RuleSet;
use ansinh_print::{Application, Card, DossierSheet, Head, Home, Known, Letter, Needed, Paper};
use ansinh_store::{Commune, NewDetermination};

use crate::clock;
use crate::dossier::{Sheet as Dossier, sheet_of};
use crate::file::OpenFile;
use crate::printing::away;
use crate::questions::{basics, question};
use crate::screening::{month_of, report_of};
use crate::seal::{Seal, seal};
use crate::session::Session;
use crate::wire::{Failure, HandedOverRequest, OutFile, PaperFile, PaperOf, PaperRequest, Preview, Relation};

/// Why the determination of a card is kept.
const CARD: &str = "printed card";

/// Papers made and not yet said to be handed over, with what the audit log will say of each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outbox {
    papers: Arc<Mutex<Waiting>>,
}

#[derive(Debug, Default)]
struct Waiting {
    n_made: u64,
    entries: BTreeMap<u64, AuditLine>,
}

/// What the audit log says of a paper.
#[derive(Clone, Debug)]
pub(crate) struct AuditLine {
    pub(crate) action: &'static str,
    pub(crate) subject: String,
    pub(crate) detail: String,
}

impl Outbox {
    /// Notes a paper, and returns the number by which it is named.
    pub(crate) fn put(&self, entry: AuditLine) -> u64 {
        let mut waiting = self.papers.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.n_made += 1;
        let number = waiting.n_made;
        waiting.entries.insert(number, entry);
        number
    }

    fn take(&self, number: u64) -> Option<AuditLine> {
        let mut waiting = self.papers.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.entries.remove(&number)
    }
}

impl Session {
    pub(crate) async fn preview_paper(&mut self, request: PaperRequest) -> Result<Preview, Failure> {
        let made = self.household_paper(&request).await?;
        let pages = away(move || made.with(|paper| paper.pages())).await?;
        Ok(Preview { pages })
    }

    pub(crate) async fn print_paper(&mut self, request: PaperRequest) -> Result<PaperFile, Failure> {
        let stamp = self.stamp();
        let made = self.household_paper(&request).await?;
        let (household, number) = (made.home.household.clone(), made.home.number.clone());
        let (kind, action, detail) = match &request.paper {
            PaperOf::Card { person } => ("the-an-sinh", "print card", person.clone()),
            PaperOf::Letter { dossier } => ("thu-moi", "print letter", dossier.clone()),
            PaperOf::Dossier { dossier } => ("phieu-ho-so", "print dossier", dossier.clone()),
        };
        let sealed = made.sealed().map(|(report, seal)| NewDetermination {
            household: made.home.id,
            month: request.month.clone(),
            release_digest: report.release.digest.clone(),
            bytes: seal.bytes.clone(),
            purpose: CARD.to_owned(),
        });
        let code = made.sealed().map(|(_, seal)| seal.code.clone());
        let (pdf, n_pages) = away(move || made.with(|paper| Ok((paper.pdf()?, paper.pages()?.len())))).await?;
        if let Some(new) = sealed {
            self.store.append_determination(new, &stamp).await?;
        }
        let number: String = number.chars().filter(|c| c.is_alphanumeric()).collect();
        let file_name = format!("{kind}-{number}-{}.pdf", request.month);
        let paper = self.outbox.put(AuditLine {
            action,
            subject: household,
            detail,
        });
        Ok(PaperFile {
            file: OutFile::new(file_name, "application/pdf", &pdf),
            paper,
            code,
            n_papers: 1,
            n_pages,
        })
    }

    /// Writes into the audit log that somebody has the paper. Told twice it is written once.
    pub(crate) async fn handed_over(&self, request: HandedOverRequest) -> Result<(), Failure> {
        if let Some(entry) = self.outbox.take(request.paper) {
            let stamp = self.stamp();
            self.store
                .append_audit(&stamp, entry.action, &entry.subject, &entry.detail)
                .await?;
        }
        Ok(())
    }

    async fn household_paper(&mut self, request: &PaperRequest) -> Result<Made, Failure> {
        let month = month_of(&request.month)?;
        let rules = Arc::clone(&self.rules);
        let dossier = match &request.paper {
            PaperOf::Card { .. } => None,
            PaperOf::Letter { dossier } | PaperOf::Dossier { dossier } => {
                Some(self.dossier_of(dossier, &request.household).await?)
            }
        };
        let office = self.office(request.language);
        let file = self.open(&request.household).await?;
        let home = HomeText::of(file);
        let what = match (&request.paper, dossier) {
            (PaperOf::Letter { .. }, Some(dossier)) => What::Letter(sheet_of(&rules, &dossier, request.language)?),
            (PaperOf::Dossier { .. }, Some(dossier)) => What::Dossier {
                sheet: sheet_of(&rules, &dossier, request.language)?,
                members: known_members(&rules, file, request.language),
                person: dossier
                    .person
                    .and_then(|person| file.household.person_at(&person.to_string())),
            },
            (PaperOf::Card { person }, _) => {
                file.position(person)?;
                let report = report_of(&rules, file, month, request.language);
                What::Card {
                    seal: seal(&home.household, &report)?,
                    report: Box::new(report),
                    person: person.clone(),
                }
            }
            _ => return Err(Failure::of("bad_request")),
        };
        Ok(Made { office, home, what })
    }

    async fn dossier_of(&self, dossier: &str, household: &str) -> Result<ansinh_store::Dossier, Failure> {
        let missing = || Failure::not_found("dossier", dossier);
        let found = self.store.dossier(dossier.parse().map_err(|_| missing())?).await?;
        if found.household.to_string() == household {
            Ok(found)
        } else {
            Err(missing())
        }
    }

    /// Returns what stands at the head of every paper.
    fn office(&self, language: Language) -> OfficeText {
        OfficeText::new(language, &self.commune, &self.user.full_name, self.invented)
    }
}

/// What stands at the head of every paper.
#[derive(Clone, Debug)]
struct OfficeText {
    language: Language,
    commune: String,
    province: String,
    officer: String,
    printed_on: String,
    invented: bool,
}

impl OfficeText {
    fn new(language: Language, commune: &Commune, officer: &str, invented: bool) -> OfficeText {
        OfficeText {
            language,
            commune: commune.commune.clone(),
            province: commune.province.clone(),
            officer: officer.to_owned(),
            printed_on: clock::today().to_string(),
            invented,
        }
    }

    fn head(&self) -> Head<'_> {
        Head {
            language: self.language,
            commune: &self.commune,
            province: &self.province,
            officer: &self.officer,
            printed_on: &self.printed_on,
            invented: self.invented,
        }
    }
}

/// Which household.
#[derive(Clone, Debug)]
struct HomeText {
    id: ansinh_store::HouseholdId,
    household: String,
    name: String,
    number: String,
    hamlet: String,
}

impl HomeText {
    fn of(file: &OpenFile) -> HomeText {
        let head = file.household.persons.first();
        HomeText {
            id: file.stored.id,
            household: file.stored.id.to_string(),
            name: head.map(|person| person.name.clone()).unwrap_or_default(),
            number: file.stored.number.clone(),
            hamlet: file.stored.hamlet.clone(),
        }
    }

    fn home(&self) -> Home<'_> {
        Home {
            name: &self.name,
            number: &self.number,
            hamlet: &self.hamlet,
        }
    }
}

/// A paper of a household, ready to be set.
struct Made {
    office: OfficeText,
    home: HomeText,
    what: What,
}

enum What {
    Card {
        report: Box<Report>,
        person: String,
        seal: Seal,
    },
    Letter(Dossier),
    Dossier {
        sheet: Dossier,
        members: Vec<KnownText>,
        /// The place of the person on the roster.
        person: Option<usize>,
    },
}

/// What a form knows of a person.
struct KnownText {
    name: String,
    born: String,
    sex: String,
    relation: &'static str,
}

impl KnownText {
    fn known(&self) -> Known<'_> {
        Known {
            name: &self.name,
            born: &self.born,
            sex: &self.sex,
            relation: self.relation,
        }
    }
}

impl Made {
    fn sealed(&self) -> Option<(&Report, &Seal)> {
        match &self.what {
            What::Card { report, seal, .. } => Some((report, seal)),
            What::Letter(_) | What::Dossier { .. } => None,
        }
    }

    /// Hands the paper to whoever sets it.
    fn with<T>(&self, set: impl FnOnce(Paper<'_>) -> T) -> T {
        let (head, home) = (self.office.head(), self.home.home());
        match &self.what {
            What::Card { report, person, seal } => set(Paper::Card(Card {
                head,
                home,
                report,
                person,
                code: &seal.code,
                verify: &seal.verify,
            })),
            What::Letter(sheet) => {
                let (papers, articles) = (needed(sheet), grounds(sheet));
                let application = application(sheet, &papers, &articles);
                set(Paper::Letter(Letter {
                    head,
                    home,
                    application,
                }))
            }
            What::Dossier { sheet, members, person } => {
                let (papers, articles) = (needed(sheet), grounds(sheet));
                let members: Vec<Known<'_>> = members.iter().map(KnownText::known).collect();
                set(Paper::Dossier(DossierSheet {
                    head,
                    home,
                    application: application(sheet, &papers, &articles),
                    person: person.and_then(|at| members.get(at)).copied(),
                    members: &members,
                    handed_in_on: sheet.handed_in_on.as_deref(),
                    due: sheet.due.as_deref(),
                }))
            }
        }
    }
}

fn needed(sheet: &Dossier) -> Vec<Needed<'_>> {
    let papers = sheet.papers.iter();
    papers
        .map(|(title, from, ready)| Needed {
            title,
            from,
            ready: *ready,
        })
        .collect()
}

fn grounds(sheet: &Dossier) -> Vec<&str> {
    sheet.articles.iter().map(String::as_str).collect()
}

fn application<'a>(sheet: &'a Dossier, papers: &'a [Needed<'a>], articles: &'a [&'a str]) -> Application<'a> {
    Application {
        title: &sheet.title,
        who: &sheet.who,
        form: &sheet.form,
        at: &sheet.at,
        decides: &sheet.decides,
        days: sheet.days,
        within: sheet.within.as_deref(),
        gives: &sheet.gives,
        starts: sheet.starts.as_deref(),
        articles,
        papers,
    }
}

/// Returns what the roster knows of each member, head first.
fn known_members(rules: &RuleSet, file: &OpenFile, language: Language) -> Vec<KnownText> {
    let basics = basics(rules);
    let said = |at: usize, is_birth: bool| {
        let id = basics.iter().find(|id| (rules.birth_date == Some(**id)) == is_birth)?;
        let fact = rules.fact(*id)?;
        let recorded = question(rules, file, Some(at), *id, fact, language).answer?;
        (!recorded.unsure).then_some(recorded.text)
    };
    let persons = file.household.persons.iter().enumerate();
    persons
        .map(|(at, person)| KnownText {
            name: person.name.clone(),
            born: said(at, true).unwrap_or_default(),
            sex: said(at, false).unwrap_or_default(),
            relation: relation_word(Relation::named(&person.relation), language),
        })
        .collect()
}

fn relation_word(relation: Relation, language: Language) -> &'static str {
    match relation {
        Relation::Head => language.pick("Chủ hộ", "Head"),
        Relation::Spouse => language.pick("Vợ hoặc chồng", "Wife or husband"),
        Relation::Child => language.pick("Con", "Child"),
        Relation::Parent => language.pick("Cha hoặc mẹ", "Parent"),
        Relation::Grandchild => language.pick("Cháu (ông bà gọi)", "Grandchild"),
        Relation::Grandparent => language.pick("Ông hoặc bà", "Grandparent"),
        Relation::Sibling => language.pick("Anh, chị, em", "Brother or sister"),
        Relation::Other => language.pick("Khác", "Other"),
    }
}
