//! Papers for many households in one PDF, made beside the desk.

use std::collections::BTreeSet;
use std::sync::Arc;

use ansinh_engine::Month;
use ansinh_engine::rules::RuleSet;
use ansinh_print::{Batch, Letter, Paper, Round, Sheet, Visit, VisitList};
use ansinh_store::{Commune, HouseholdId, HouseholdLine, NewDetermination, Stamp, Store};

use super::{AuditLine, HomeText, OfficeText, Outbox, application, grounds, needed};
use crate::dossier::{Sheet as Dossier, lacking, sheet_of};
use crate::file::OpenFile;
use crate::job::Progress;
use crate::office::tidy;
use crate::printing::{PURPOSE, away};
use crate::screening::{month_of, report_of};
use crate::seal::seal;
use crate::session::Session;
use crate::wire::{BatchPaper, BatchPreview, BatchRequest, Failure, JobStarted, OutFile, PaperFile};

/// How many papers are made at once: what they are laid out in is held in memory.
const MOST: usize = 500;

impl Session {
    pub(crate) async fn preview_batch(&mut self, request: BatchRequest) -> Result<BatchPreview, Failure> {
        let work = self.batch(&request).await?;
        let (n_papers, n_households) = (work.orders.len(), work.n_households);
        let pages = match work.orders.first() {
            Some(first) => work.page_images(first).await?,
            None => Vec::new(),
        };
        Ok(BatchPreview {
            n_papers,
            n_households,
            most: MOST,
            pages,
        })
    }

    pub(crate) async fn print_batch(&mut self, request: BatchRequest) -> Result<JobStarted, Failure> {
        let work = self.batch(&request).await?;
        if work.orders.is_empty() {
            return Err(Failure::bad_request(
                "$",
                "không có gì để in theo lựa chọn này",
                "there is nothing to print",
            ));
        }
        if work.orders.len() > MOST {
            return Err(Failure::bad_request(
                "$",
                format!("mỗi lần in nhiều nhất {MOST} bản: chọn ít hơn, chẳng hạn theo thôn"),
                format!("at most {MOST} papers are made at once: choose fewer, such as by hamlet"),
            ));
        }
        let (outbox, stamp) = (self.outbox.clone(), self.stamp());
        Ok(self.jobs.start(|progress| work.run(progress, outbox, stamp)))
    }

    async fn batch(&self, request: &BatchRequest) -> Result<Work, Failure> {
        let month = month_of(&request.month)?;
        let named: BTreeSet<&str> = request.households.iter().map(String::as_str).collect();
        let lines = self.store.households().await?;
        let chosen = |line: &HouseholdLine| {
            let here = request.hamlet.as_ref().is_none_or(|hamlet| line.hamlet == *hamlet);
            here && (named.is_empty() || named.contains(line.id.to_string().as_str()))
        };
        let lines: Vec<HouseholdLine> = lines.into_iter().filter(chosen).collect();
        let mut n_households = lines.len();
        let orders = match request.paper {
            BatchPaper::Summary => lines.iter().map(|line| Order::Summary(line.id)).collect(),
            BatchPaper::Letter => {
                let orders = self.letters(&lines, request).await?;
                let households: BTreeSet<HouseholdId> = orders.iter().filter_map(Order::household).collect();
                n_households = households.len();
                orders
            }
            BatchPaper::Visits => rounds(lines),
        };
        Ok(Work {
            store: Arc::clone(&self.store),
            rules: Arc::clone(&self.rules),
            commune: self.commune.clone(),
            office: self.office(request.language),
            purpose: tidy(&request.purpose),
            paper: request.paper,
            month,
            orders,
            n_households,
        })
    }

    /// Returns a letter for each dossier that waits for a paper of the household, in the order of the households.
    async fn letters(&self, lines: &[HouseholdLine], request: &BatchRequest) -> Result<Vec<Order>, Failure> {
        let mut orders: Vec<(usize, Order)> = Vec::new();
        for dossier in lacking(&self.store).await? {
            let Some(at) = lines.iter().position(|line| line.id == dossier.household) else {
                continue;
            };
            let Some(line) = lines.get(at) else { continue };
            let home = HomeText {
                id: line.id,
                household: line.id.to_string(),
                name: line.head_name.clone().unwrap_or_default(),
                number: line.number.clone(),
                hamlet: line.hamlet.clone(),
            };
            let sheet = sheet_of(&self.rules, &dossier, request.language)?;
            orders.push((at, Order::Letter(Box::new((home, sheet)))));
        }
        orders.sort_by_key(|(at, _)| *at);
        Ok(orders.into_iter().map(|(_, order)| order).collect())
    }
}

/// One paper to be made.
#[derive(Clone)]
enum Order {
    Summary(HouseholdId),
    Letter(Box<(HomeText, Dossier)>),
    Visits(Arc<(String, Vec<HouseholdLine>)>),
}

impl Order {
    fn household(&self) -> Option<HouseholdId> {
        match self {
            Order::Summary(id) => Some(*id),
            Order::Letter(of) => Some(of.0.id),
            Order::Visits(_) => None,
        }
    }
}

/// Returns one list for each hamlet, in the order in which they come.
fn rounds(lines: Vec<HouseholdLine>) -> Vec<Order> {
    let mut rounds: Vec<(String, Vec<HouseholdLine>)> = Vec::new();
    for line in lines {
        match rounds.iter_mut().find(|(hamlet, _)| *hamlet == line.hamlet) {
            Some((_, lines)) => lines.push(line),
            None => rounds.push((line.hamlet.clone(), vec![line])),
        }
    }
    rounds.sort_by(|(a, _), (b, _)| a.cmp(b));
    rounds.into_iter().map(|round| Order::Visits(Arc::new(round))).collect()
}

/// All that a batch needs, away from the desk.
struct Work {
    store: Arc<Store>,
    rules: Arc<RuleSet>,
    commune: Commune,
    office: OfficeText,
    purpose: String,
    paper: BatchPaper,
    month: Month,
    orders: Vec<Order>,
    n_households: usize,
}

/// An order with all that it needs from the database.
enum Ready {
    Summary(Box<OpenFile>),
    Letter(Box<(HomeText, Dossier)>),
    Visits(Arc<(String, Vec<HouseholdLine>)>),
}

/// What is the same for every paper of a batch.
#[derive(Clone)]
struct Press {
    rules: Arc<RuleSet>,
    office: OfficeText,
    purpose: String,
    month: Month,
}

impl Work {
    async fn page_images(&self, order: &Order) -> Result<Vec<String>, Failure> {
        let (press, ready) = (self.press(), self.ready(order).await?);
        Ok(
            tokio::task::spawn_blocking(move || press.set(&ready, |paper| paper.pages()))
                .await
                .map_err(|error| Failure::work_lost(&error))??
                .0,
        )
    }

    async fn run(self, progress: Progress, outbox: Outbox, stamp: Stamp) -> Result<PaperFile, Failure> {
        progress.expect(self.orders.len());
        let mut batch = Batch::default();
        let mut kept: Vec<NewDetermination> = Vec::new();
        for order in &self.orders {
            progress.go_on()?;
            let (press, ready) = (self.press(), self.ready(order).await?);
            let set = move || {
                let mut batch = batch;
                let (_, new) = press.set(&ready, |paper| batch.add(&paper))?;
                Ok::<_, Failure>((batch, new))
            };
            let done = tokio::task::spawn_blocking(set).await;
            let (with_it, new) = done.map_err(|error| Failure::work_lost(&error))??;
            batch = with_it;
            kept.extend(new);
            progress.step();
        }
        progress.go_on()?;
        let (n_papers, n_pages) = (self.orders.len(), batch.n_pages());
        let (title, kind, action) = self.names();
        let printed_on = self.office.printed_on.clone();
        let pdf = away(move || batch.pdf(title, &printed_on)).await?;
        for new in kept {
            self.store.append_determination(new, &stamp).await?;
        }
        let paper = outbox.put(AuditLine {
            action,
            subject: self.office.commune.clone(),
            detail: format!("{n_papers} papers of {} households", self.n_households),
        });
        Ok(PaperFile {
            file: OutFile::new(
                format!("{kind}-{}-{n_papers}.pdf", self.office.printed_on),
                "application/pdf",
                &pdf,
            ),
            paper,
            code: None,
            n_papers,
            n_pages,
        })
    }

    /// Returns the title of the PDF, the beginning of its file name, and what the audit log calls it.
    fn names(&self) -> (&'static str, &'static str, &'static str) {
        let language = self.office.language;
        match self.paper {
            BatchPaper::Summary => (
                language.pick("Bản tóm tắt của nhiều hộ", "Summaries of many households"),
                "tom-tat",
                "print summaries",
            ),
            BatchPaper::Letter => (language.pick("Thư mời", "Letters"), "thu-moi", "print letters"),
            BatchPaper::Visits => (
                language.pick("Danh sách đến thăm hộ", "Households to visit"),
                "den-tham",
                "print visits",
            ),
        }
    }

    fn press(&self) -> Press {
        Press {
            rules: Arc::clone(&self.rules),
            office: self.office.clone(),
            purpose: self.purpose.clone(),
            month: self.month,
        }
    }

    async fn ready(&self, order: &Order) -> Result<Ready, Failure> {
        Ok(match order {
            Order::Summary(id) => {
                let stored = self.store.load_household(*id).await?;
                Ready::Summary(Box::new(OpenFile::new(&self.rules, stored, &self.commune)))
            }
            Order::Letter(of) => Ready::Letter(of.clone()),
            Order::Visits(of) => Ready::Visits(Arc::clone(of)),
        })
    }
}

impl Press {
    /// Hands the paper to whoever sets it; of what is sealed, also what is to be kept.
    fn set<T>(
        &self,
        ready: &Ready,
        set: impl FnOnce(Paper<'_>) -> Result<T, ansinh_print::PrintError>,
    ) -> Result<(T, Option<NewDetermination>), Failure> {
        let head = self.office.head();
        match ready {
            Ready::Summary(file) => {
                let report = report_of(&self.rules, file, self.month, self.office.language);
                let home = HomeText::of(file);
                let seal = seal(&home.household, &report)?;
                let done = set(Paper::Summary(Sheet {
                    report: &report,
                    reasons: false,
                    commune: head.commune,
                    province: head.province,
                    hamlet: &home.hamlet,
                    officer: head.officer,
                    household_number: &home.number,
                    printed_on: head.printed_on,
                    code: &seal.code,
                    verify: &seal.verify,
                }))?;
                let kept = NewDetermination {
                    household: home.id,
                    month: report.month.clone(),
                    release_digest: report.release.digest.clone(),
                    bytes: seal.bytes,
                    purpose: PURPOSE.to_owned(),
                };
                Ok((done, Some(kept)))
            }
            Ready::Letter(of) => {
                let (home, sheet) = of.as_ref();
                let (papers, articles) = (needed(sheet), grounds(sheet));
                let letter = Letter {
                    head,
                    home: home.home(),
                    application: application(sheet, &papers, &articles),
                };
                Ok((set(Paper::Letter(letter))?, None))
            }
            Ready::Visits(of) => {
                let (hamlet, lines) = of.as_ref();
                let visit = |line: &'_ HouseholdLine| (line.head_name.clone().unwrap_or_default(), line.n_persons);
                let names: Vec<(String, usize)> = lines.iter().map(visit).collect();
                let visits = lines.iter().zip(&names).map(|(line, (name, n_persons))| Visit {
                    number: &line.number,
                    name,
                    born: line.birth_year.as_deref().unwrap_or_default(),
                    n_persons: *n_persons,
                });
                let rounds = [Round {
                    hamlet,
                    visits: visits.collect(),
                }];
                let list = VisitList {
                    head,
                    purpose: &self.purpose,
                    rounds: &rounds,
                };
                Ok((set(Paper::Visits(list))?, None))
            }
        }
    }
}
