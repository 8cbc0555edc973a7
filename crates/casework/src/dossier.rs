//! Dossiers: from a result to an application that is followed to its decision, and what a household receives.

mod content;
mod course;

use std::collections::BTreeMap;

use ansinh_engine::report::{FactRef, Language, row};
use ansinh_engine::rules::RuleSet;
use ansinh_engine::value::{Truth, Value};
use ansinh_engine::{Depth, Month, assess_programmes};
use ansinh_store::{self as store, DossierId, HouseholdId, NewDossier, NewDossierEvent};
use jiff::civil::Date;
use std::sync::Arc;

use crate::clock;
use crate::file::OpenFile;
use crate::office::{needed, tidy};
use crate::screening::month_of;
use crate::session::Session;
use crate::wire::{
    Dossier, DossierEvent, DossierLine, DossierList, DossierPaper, DossierRequest, DossierState, DossierStep,
    DossiersOfRequest, DossiersRequest, Failure, Happened, HouseholdDossiers, MakeDossierRequest, PaperState, Receipt,
    StepDossierRequest, TickPaperRequest, WhichDossiers,
};
pub(crate) use content::Content;
use course::{Course, Detail, PAPER, UNDO};

/// Where a household is, for a line.
pub(crate) struct Place {
    pub(crate) number: String,
    pub(crate) head: String,
    pub(crate) hamlet: String,
}

impl Session {
    pub(crate) async fn make_dossier(&mut self, request: MakeDossierRequest) -> Result<Dossier, Failure> {
        let month = month_of(&request.month)?;
        let (rules, stamp) = (Arc::clone(&self.rules), self.stamp());
        let file = self.open(&request.household).await?;
        let household = file.stored.id;
        let person = request.person.as_deref();
        let person = person
            .map(|id| file.position(id).and_then(|at| file.person(at)))
            .transpose()?;
        let content = applied_for(&rules, file, month, &request)?;
        let known = self.store.dossiers_of(household).await?;
        let open = known.iter().find(|dossier| {
            let is_open = open_words().contains(&dossier.state.as_str());
            is_open && dossier.programme == request.programme && dossier.person == person
        });
        let id = match open {
            Some(dossier) => dossier.id,
            None => {
                let new = NewDossier {
                    household,
                    person,
                    programme: request.programme,
                    content: written(&content)?,
                    made_on: clock::today(),
                    state: DossierState::Preparing.word().to_owned(),
                };
                self.store.make_dossier(&new, &stamp).await?
            }
        };
        self.dossier_whole(id, request.language).await
    }

    pub(crate) async fn dossier(&mut self, request: DossierRequest) -> Result<Dossier, Failure> {
        self.dossier_whole(dossier_id(&request.dossier)?, request.language)
            .await
    }

    pub(crate) async fn step_dossier(&mut self, request: StepDossierRequest) -> Result<Dossier, Failure> {
        let id = dossier_id(&request.dossier)?;
        let dossier = self.store.dossier(id).await?;
        let content = Content::read(&dossier.content)?;
        let course = Course::new(&content, &dossier)?;
        if !course.state.next().contains(&request.step) {
            return Err(Failure::bad_request(
                "$.step",
                "bước này không tiếp sau tình trạng hiện nay của hồ sơ",
                "this step does not follow the state of the dossier",
            ));
        }
        let on = day_of_step(&request.on, course.last_step_on)?;
        let reason = if request.step.needs_reason() {
            needed("$.reason", &request.reason)?
        } else {
            tidy(&request.reason)
        };
        let is_grant = request.step == DossierStep::Grant;
        let from = request.from.as_deref().filter(|_| is_grant).map(month_in).transpose()?;
        let amount = request.amount.filter(|_| is_grant);
        if amount.is_some_and(|amount| amount < 0) {
            return Err(Failure::bad_request(
                "$.amount",
                "số tiền không được âm",
                "an amount is not negative",
            ));
        }
        let detail = Detail {
            reason,
            amount,
            from,
            ..Detail::default()
        };
        let event = NewDossierEvent {
            kind: request.step.word().to_owned(),
            happened_on: on,
            content: written(&detail)?,
            undoes: None,
            state: request.step.leads_to().word().to_owned(),
        };
        self.store.append_dossier_event(id, &event, &self.stamp()).await?;
        self.dossier_whole(id, request.language).await
    }

    pub(crate) async fn tick_paper(&mut self, request: TickPaperRequest) -> Result<Dossier, Failure> {
        let id = dossier_id(&request.dossier)?;
        let dossier = self.store.dossier(id).await?;
        let content = Content::read(&dossier.content)?;
        let course = Course::new(&content, &dossier)?;
        let known = course.papers.get(request.paper);
        let (before, _) = known.ok_or_else(|| Failure::not_found("paper", request.paper))?;
        if *before != request.now {
            let detail = Detail {
                paper: Some(request.paper),
                now: Some(request.now),
                ..Detail::default()
            };
            let event = NewDossierEvent {
                kind: PAPER.to_owned(),
                happened_on: clock::today(),
                content: written(&detail)?,
                undoes: None,
                state: course.state.word().to_owned(),
            };
            self.store.append_dossier_event(id, &event, &self.stamp()).await?;
        }
        self.dossier_whole(id, request.language).await
    }

    /// Takes back what was noted last. It stays in the history, and so does the taking back.
    pub(crate) async fn undo_dossier(&mut self, request: DossierRequest) -> Result<Dossier, Failure> {
        let id = dossier_id(&request.dossier)?;
        let dossier = self.store.dossier(id).await?;
        let content = Content::read(&dossier.content)?;
        let course = Course::new(&content, &dossier)?;
        let newest = course.newest().ok_or_else(|| Failure::not_found("event", id))?;
        let before = Course::without(&content, &dossier, newest.stored.id)?;
        let event = NewDossierEvent {
            kind: UNDO.to_owned(),
            happened_on: clock::today(),
            content: written(&Detail::default())?,
            undoes: Some(newest.stored.id),
            state: before.state.word().to_owned(),
        };
        self.store.append_dossier_event(id, &event, &self.stamp()).await?;
        self.dossier_whole(id, request.language).await
    }

    pub(crate) async fn dossiers(&self, request: DossiersRequest) -> Result<DossierList, Failure> {
        let dossiers = match request.which {
            WhichDossiers::Open => self.store.dossiers_in(&open_words()).await?,
            WhichDossiers::All => self.store.dossiers().await?,
        };
        let places = if dossiers.is_empty() {
            BTreeMap::new()
        } else {
            self.places().await?
        };
        let today = clock::today();
        let mut lines = dossiers
            .iter()
            .map(|dossier| {
                line(
                    &self.rules,
                    dossier,
                    places.get(&dossier.household),
                    request.language,
                    today,
                )
            })
            .collect::<Result<Vec<DossierLine>, Failure>>()?;
        lines.sort_by_key(urgency);
        Ok(DossierList { lines })
    }

    pub(crate) async fn dossiers_of(&mut self, request: DossiersOfRequest) -> Result<HouseholdDossiers, Failure> {
        let (rules, today) = (Arc::clone(&self.rules), clock::today());
        let file = self.open(&request.household).await?;
        let (household, place) = (file.stored.id, place_of(file));
        let dossiers = self.store.dossiers_of(household).await?;
        let mut lines = dossiers
            .iter()
            .map(|dossier| line(&rules, dossier, Some(&place), request.language, today))
            .collect::<Result<Vec<DossierLine>, Failure>>()?;
        lines.sort_by_key(|line| !line.state.is_open());
        let file = self.open(&request.household).await?;
        let receipts = receipts(&rules, file, &dossiers, request.language)?;
        Ok(HouseholdDossiers { lines, receipts })
    }

    async fn places(&self) -> Result<BTreeMap<HouseholdId, Place>, Failure> {
        let lines = self.store.households().await?;
        Ok(lines
            .into_iter()
            .map(|line| {
                let place = Place {
                    number: line.number,
                    head: line.head_name.unwrap_or_default(),
                    hamlet: line.hamlet,
                };
                (line.id, place)
            })
            .collect())
    }

    async fn dossier_whole(&mut self, id: DossierId, language: Language) -> Result<Dossier, Failure> {
        let (rules, today) = (Arc::clone(&self.rules), clock::today());
        let dossier = self.store.dossier(id).await?;
        let content = Content::read(&dossier.content)?;
        let course = Course::new(&content, &dossier)?;
        let file = self.open(&dossier.household.to_string()).await?;
        let place = place_of(file);
        let propose = match course.state {
            DossierState::Granted | DossierState::Paid => proposal(&rules, file, &dossier),
            _ => None,
        };
        let said = content.said(language);
        let papers = said.papers.iter().zip(&course.papers);
        Ok(Dossier {
            line: line(&rules, &dossier, Some(&place), language, today)?,
            month: content.month.clone(),
            form: said.form.clone(),
            at: said.at.clone(),
            decides: said.decides.clone(),
            within: said.within.clone(),
            gives: said.gives.clone(),
            starts: said.starts.clone(),
            amount: content.amount,
            articles: said.articles(),
            papers: papers
                .map(|(paper, (state, on))| DossierPaper {
                    title: paper.title.clone(),
                    from: paper.from.clone(),
                    state: *state,
                    on: on.map(|day| day.to_string()),
                })
                .collect(),
            events: events(&content, &dossier, &course, language),
            next: course.state.next().to_vec(),
            can_undo: course.newest().is_some(),
            not_before: course.last_step_on.map(|day| day.to_string()),
            propose,
        })
    }
}

/// Judges the programme anew and takes from its explanation what is applied for.
fn applied_for(
    rules: &RuleSet,
    file: &OpenFile,
    month: Month,
    request: &MakeDossierRequest,
) -> Result<Content, Failure> {
    let programme = rules.programme_named(&request.programme).map(|(at, _)| at);
    let programmes: Vec<usize> = programme.into_iter().collect();
    let assessment = assess_programmes(rules, &file.household, month, Depth::Answers, &programmes);
    let of = (request.programme.as_str(), request.person.as_deref());
    let said = |language| row(rules, &file.household, &assessment, language, of);
    let (vi, en) = said(Language::Vi)
        .zip(said(Language::En))
        .ok_or_else(|| Failure::not_found("programme", &request.programme))?;
    Ok(Content::new(&request.month, &rules.tag.digest, &vi, &en))
}

/// Returns a dossier as a line.
pub(crate) fn line(
    rules: &RuleSet,
    dossier: &store::Dossier,
    place: Option<&Place>,
    language: Language,
    today: Date,
) -> Result<DossierLine, Failure> {
    let content = Content::read(&dossier.content)?;
    let course = Course::new(&content, dossier)?;
    let said = content.said(language);
    let of = |part: fn(&Place) -> &String| place.map(part).cloned().unwrap_or_default();
    Ok(DossierLine {
        dossier: dossier.id.to_string(),
        household: dossier.household.to_string(),
        number: of(|place| &place.number),
        head: of(|place| &place.head),
        hamlet: of(|place| &place.hamlet),
        programme: dossier.programme.clone(),
        title: said.title.clone(),
        person: dossier.person.map(|person| person.to_string()),
        who: said.who.clone(),
        state: course.state,
        since: course.since.to_string(),
        clock: course.clock(rules, content.days, today),
        n_papers: course.papers.len(),
        n_ready: course.n_ready(),
    })
}

/// What is overdue comes first, then what is due first; after what is with the office, what the household has to do.
fn urgency(line: &DossierLine) -> (bool, bool, Option<String>, DossierState, String) {
    let due = line.clock.due.clone().filter(|_| line.state == DossierState::HandedIn);
    (
        !line.state.is_open(),
        due.is_none(),
        due,
        line.state,
        line.since.clone(),
    )
}

fn open_words() -> Vec<&'static str> {
    let open = DossierState::ALL.iter().filter(|state| state.is_open());
    open.map(|state| state.word()).collect()
}

fn place_of(file: &OpenFile) -> Place {
    Place {
        number: file.stored.number.clone(),
        head: file
            .household
            .persons
            .first()
            .map(|person| person.name.clone())
            .unwrap_or_default(),
        hamlet: file.stored.hamlet.clone(),
    }
}

fn events(content: &Content, dossier: &store::Dossier, course: &Course<'_>, language: Language) -> Vec<DossierEvent> {
    let said = content.said(language);
    let made = DossierEvent {
        on: dossier.made_on.to_string(),
        what: Happened::Made,
        paper: None,
        now: None,
        reason: String::new(),
        amount: None,
        from: None,
        by: dossier.made_by.clone(),
        at: clock::moment(dossier.made_at),
        undone: false,
    };
    let event = |event: &course::Event<'_>| DossierEvent {
        on: event.stored.happened_on.to_string(),
        what: event.what,
        paper: event
            .detail
            .paper
            .and_then(|at| said.papers.get(at))
            .map(|paper| paper.title.clone()),
        now: event.detail.now,
        reason: event.detail.reason.clone(),
        amount: event.detail.amount,
        from: event.detail.from.clone(),
        by: event.stored.recorded_by.clone(),
        at: clock::moment(event.stored.recorded_at),
        undone: event.undone,
    };
    std::iter::once(made).chain(course.events.iter().map(event)).collect()
}

/// Returns the fact that says that what was granted is received, where it is asked and not recorded.
fn proposal(rules: &RuleSet, file: &OpenFile, dossier: &store::Dossier) -> Option<FactRef> {
    let (_, programme) = rules.programme_named(&dossier.programme)?;
    let fact = programme.paid_now?;
    let person = dossier.person?.to_string();
    let at = file.household.person_at(&person)?;
    let is_recorded = file.household.persons.get(at).is_some_and(|person| {
        let answer = person.facts.get(&fact);
        answer.is_some_and(|answer| answer.value == Value::Truth(Truth::Yes))
    });
    (!is_recorded).then_some(FactRef {
        person: Some(person),
        fact: rules.fact(fact)?.name.clone(),
    })
}

/// Returns what is received: what is recorded as a fact, and what a dossier was granted.
fn receipts(
    rules: &RuleSet,
    file: &OpenFile,
    dossiers: &[store::Dossier],
    language: Language,
) -> Result<Vec<Receipt>, Failure> {
    let mut all: Vec<Receipt> = Vec::new();
    for dossier in dossiers {
        let content = Content::read(&dossier.content)?;
        let course = Course::new(&content, dossier)?;
        let Some(granted) = course.granted.as_ref() else {
            continue;
        };
        let person = dossier.person.map(|person| person.to_string());
        let said = content.said(language);
        all.push(Receipt {
            programme: dossier.programme.clone(),
            title: said.title.clone(),
            who: said.who.clone(),
            since: granted.from.clone(),
            amount: granted.amount,
            dossier: Some(dossier.id.to_string()),
            recorded_at: None,
            person,
        });
    }
    for (at, person) in file.household.persons.iter().enumerate() {
        for programme in &rules.programmes {
            let Some(fact) = programme.paid_now else { continue };
            let answer = person.facts.get(&fact);
            if answer.is_none_or(|answer| answer.value != Value::Truth(Truth::Yes)) {
                continue;
            }
            let recorded_at = recorded_at(rules, file, at, fact);
            let same = |receipt: &&mut Receipt| {
                receipt.programme == programme.id && receipt.person.as_ref() == Some(&person.id)
            };
            match all.iter_mut().find(same) {
                Some(receipt) => receipt.recorded_at = recorded_at,
                None => all.push(Receipt {
                    programme: programme.id.clone(),
                    title: programme
                        .versions
                        .last()
                        .map(|version| language.of(&version.title).to_owned())
                        .unwrap_or_default(),
                    person: Some(person.id.clone()),
                    who: person.name.clone(),
                    since: None,
                    amount: None,
                    dossier: None,
                    recorded_at,
                }),
            }
        }
    }
    let place = |receipt: &Receipt| receipt.person.as_deref().and_then(|id| file.household.person_at(id));
    all.sort_by_key(|receipt| place(receipt).unwrap_or(usize::MAX));
    Ok(all)
}

fn recorded_at(rules: &RuleSet, file: &OpenFile, at: usize, fact: ansinh_engine::rules::FactId) -> Option<String> {
    let name = &rules.fact(fact)?.name;
    let person = file.person(at).ok()?;
    let mut facts = file.stored.facts.iter();
    let saved = facts.find(|saved| saved.person == Some(person) && saved.name == *name)?;
    Some(clock::moment(saved.recorded_at))
}

/// What the papers about a dossier say, in one language.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    pub(crate) title: String,
    pub(crate) who: String,
    pub(crate) form: String,
    pub(crate) at: String,
    pub(crate) decides: String,
    pub(crate) days: Option<u32>,
    pub(crate) within: Option<String>,
    pub(crate) gives: String,
    pub(crate) starts: Option<String>,
    /// What the answer and the procedure rest on.
    pub(crate) articles: Vec<String>,
    /// Title, who issues it, whether it is there.
    pub(crate) papers: Vec<(String, String, bool)>,
    pub(crate) handed_in_on: Option<String>,
    pub(crate) due: Option<String>,
}

/// Returns what the papers about a dossier say.
pub(crate) fn sheet_of(rules: &RuleSet, dossier: &store::Dossier, language: Language) -> Result<Sheet, Failure> {
    let content = Content::read(&dossier.content)?;
    let course = Course::new(&content, dossier)?;
    let said = content.said(language);
    let mut articles: Vec<String> = said.grounds().into_iter().map(str::to_owned).collect();
    for article in said.articles() {
        if !articles.contains(&article.text) {
            articles.push(article.text);
        }
    }
    let papers = said.papers.iter().zip(&course.papers);
    Ok(Sheet {
        title: said.title.clone(),
        who: said.who.clone(),
        form: said.form.clone(),
        at: said.at.clone(),
        decides: said.decides.clone(),
        days: content.days,
        within: said.within.clone(),
        gives: said.gives.clone(),
        starts: said.starts.clone(),
        articles,
        papers: papers
            .map(|(paper, (state, _))| (paper.title.clone(), paper.from.clone(), *state != PaperState::Missing))
            .collect(),
        handed_in_on: course.handed_in_on.map(|day| day.to_string()),
        due: course.clock(rules, content.days, clock::today()).due,
    })
}

/// Returns the dossiers that wait for a paper of the household, newest first.
pub(crate) async fn lacking(store: &store::Store) -> Result<Vec<store::Dossier>, Failure> {
    let waiting = [DossierState::Preparing.word(), DossierState::Returned.word()];
    let mut found = Vec::new();
    for dossier in store.dossiers_in(&waiting).await? {
        let content = Content::read(&dossier.content)?;
        if Course::new(&content, &dossier)?.n_ready() < content.seen.len() {
            found.push(dossier);
        }
    }
    Ok(found)
}

fn dossier_id(text: &str) -> Result<DossierId, Failure> {
    text.parse().map_err(|_| Failure::not_found("dossier", text))
}

fn day_of_step(text: &str, not_before: Option<Date>) -> Result<Date, Failure> {
    let day: Date = text.parse().map_err(|_| {
        Failure::bad_request(
            "$.on",
            "cần một ngày như 2026-11-22",
            "expected a day such as 2026-11-22",
        )
    })?;
    if day > clock::today() {
        return Err(Failure::bad_request(
            "$.on",
            "ngày này chưa đến",
            "this day is still to come",
        ));
    }
    if not_before.is_some_and(|before| day < before) {
        return Err(Failure::bad_request(
            "$.on",
            "ngày này trước bước liền trước",
            "this day is before the step before it",
        ));
    }
    Ok(day)
}

fn month_in(text: &str) -> Result<String, Failure> {
    Month::parse(text).map(|_| text.to_owned()).ok_or_else(|| {
        Failure::bad_request(
            "$.from",
            "cần một tháng như 2026-11",
            "expected a month such as 2026-11",
        )
    })
}

fn written(value: &impl serde::Serialize) -> Result<String, Failure> {
    serde_json::to_string(value).map_err(|error| Failure::of("bad_request").with("detail", error))
}
