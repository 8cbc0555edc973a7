//! The household and who belongs to it: creating, opening, adding, changing, taking off and putting back.

use std::sync::Arc;

use ansinh_engine::report::Language;
use ansinh_store::{NewHousehold, NewMember, PersonDetails, PersonId, Ties};
use jiff::civil::Date;

use crate::clock;
use crate::file::OpenFile;
use crate::identity::identity_asked;
use crate::office::{needed, tidy};
use crate::printing::printed;
use crate::questions::{basics, question};
use crate::rosters::act_line;
use crate::session::Session;
use crate::wire::{
    self, CaseFile, CreateHouseholdRequest, Failure, HouseholdRequest, Partner, Relation, RemovePersonRequest,
    RosterPerson, SavePersonRequest,
};

const MOST_PARENTS: usize = 2;

impl Session {
    pub(crate) async fn create_household(&mut self, request: CreateHouseholdRequest) -> Result<CaseFile, Failure> {
        let head = NewMember {
            details: PersonDetails {
                name: needed("$.head", &request.head)?,
                relation: Relation::Head.name().to_owned(),
                died_on: None,
            },
            parents: Vec::new(),
            partner: None,
            facts: Vec::new(),
        };
        let new = NewHousehold {
            number: None,
            hamlet: tidy(&request.hamlet),
            invented: self.invented,
            members: vec![head],
            facts: Vec::new(),
        };
        let stamp = self.stamp();
        let id = self.store.create_household(&new, &stamp).await?;
        self.case_file(&id.to_string(), request.language).await
    }

    pub(crate) async fn open_household(&mut self, request: HouseholdRequest) -> Result<CaseFile, Failure> {
        let household = self.open(&request.household).await?.stored.id;
        self.note_view(household).await?;
        self.case_file(&request.household, request.language).await
    }

    pub(crate) async fn save_person(&mut self, request: SavePersonRequest) -> Result<CaseFile, Failure> {
        let stamp = self.stamp();
        let file = self.open(&request.household).await?;
        let household = file.stored.id;
        let changed = request.person.as_deref().map(|id| file.position(id)).transpose()?;
        let details = PersonDetails {
            name: needed("$.name", &request.name)?,
            relation: request.relation.name().to_owned(),
            died_on: day("$.died_on", request.died_on.as_deref())?,
        };
        check_head(file, changed, request.relation)?;
        let ties = match changed {
            None => ties_of_somebody_new(file, &request)?,
            Some(_) => ties_asked(file, &request)?,
        };
        check_ties(&ties, file, changed)?;
        let changed = changed.map(|at| file.person(at)).transpose()?;
        let before = file.stored.persons.iter().find(|person| Some(person.id) == changed);
        let before = before.map(|person| person.identity.clone()).unwrap_or_default();
        let identity = request.identity.as_ref();
        let identity = identity.map(|asked| identity_asked(asked, &before)).transpose()?;

        let id = match changed {
            None => self.store.add_person(household, &details, &ties, &stamp).await?,
            Some(id) => {
                self.store.update_person(id, &details, &ties, &stamp).await?;
                id
            }
        };
        if let Some(identity) = identity {
            self.store.save_identity(id, &identity, &stamp).await?;
        }
        self.load(household).await?;
        self.case_file(&request.household, request.language).await
    }

    pub(crate) async fn remove_person(&mut self, request: RemovePersonRequest) -> Result<CaseFile, Failure> {
        let (stamp, reason) = (self.stamp(), needed("$.reason", &request.reason)?);
        let file = self.open(&request.household).await?;
        let household = file.stored.id;
        let at = file.position(&request.person)?;
        let person = file.person(at)?;
        if file
            .household
            .persons
            .get(at)
            .is_some_and(|person| person.relation == Relation::Head.name())
        {
            return Err(Failure::bad_request(
                "$.person",
                "không thể đưa chủ hộ ra khỏi danh sách",
                "the head cannot be taken off the roster",
            ));
        }
        self.store.remove_person(person, &reason, &stamp).await?;
        self.load(household).await?;
        self.case_file(&request.household, request.language).await
    }

    pub(crate) async fn restore_person(&mut self, request: RemovePersonRequest) -> Result<CaseFile, Failure> {
        let stamp = self.stamp();
        let file = self.open(&request.household).await?;
        let household = file.stored.id;
        let mut removed = file.stored.persons.iter().filter(|person| person.removed.is_some());
        let person = removed
            .find(|person| person.id.to_string() == request.person)
            .ok_or_else(|| Failure::not_found("person", &request.person))?
            .id;
        self.store.restore_person(person, &stamp).await?;
        self.load(household).await?;
        self.case_file(&request.household, request.language).await
    }

    async fn case_file(&mut self, household: &str, language: Option<Language>) -> Result<CaseFile, Failure> {
        let (rules, language) = (&Arc::clone(&self.rules), language.unwrap_or_default());
        let file = self.open(household).await?;
        let basics = basics(rules);
        let persons = file.household.persons.iter().enumerate();
        let persons = persons.map(|(at, person)| RosterPerson {
            person: person.id.clone(),
            name: person.name.clone(),
            relation: Relation::named(&person.relation),
            parents: person.parents.iter().filter_map(|at| id_at(file, *at)).collect(),
            partner: person.partner.and_then(|at| id_at(file, at)),
            died_on: person.died_on.map(|day| day.to_string()),
            identity: identity_at(file, at),
            basics: basics
                .iter()
                .filter_map(|id| Some(question(rules, file, Some(at), *id, rules.fact(*id)?, language)))
                .collect(),
        });
        let mut case_file = CaseFile {
            household: file.stored.id.to_string(),
            number: file.stored.number.clone(),
            hamlet: file.stored.hamlet.clone(),
            invented: file.stored.invented,
            persons: persons.collect(),
            saved_at: Some(clock::minute(file.stored.updated_at)),
            printed: Vec::new(),
            acts: Vec::new(),
            closed_into: None,
        };
        let id = file.stored.id;
        let acts = self.store.roster_acts(id).await?;
        case_file.acts = acts.into_iter().map(act_line).collect();
        case_file.closed_into = self.store.closed_into(id).await?.map(|(id, number)| wire::ClosedInto {
            household: id.to_string(),
            number,
        });
        case_file.printed = printed(self.store.determinations(id).await?);
        Ok(case_file)
    }
}

fn identity_at(file: &OpenFile, at: usize) -> wire::Identity {
    let id = file.roster.get(at);
    let person = file.stored.persons.iter().find(|person| Some(&person.id) == id);
    person.map(|person| (&person.identity).into()).unwrap_or_default()
}

fn id_at(file: &OpenFile, at: usize) -> Option<String> {
    file.household.persons.get(at).map(|person| person.id.clone())
}

/// A household has one head, from its first day on.
fn check_head(file: &OpenFile, changed: Option<usize>, relation: Relation) -> Result<(), Failure> {
    let head = head_of(file);
    let stays = match (head, changed) {
        (Some(head), Some(changed)) => (head == changed) == (relation == Relation::Head),
        (Some(_), None) => relation != Relation::Head,
        (None, _) => true,
    };
    if stays {
        Ok(())
    } else {
        Err(Failure::bad_request(
            "$.relation",
            "mỗi hộ có đúng một chủ hộ",
            "a household has exactly one head",
        ))
    }
}

fn head_of(file: &OpenFile) -> Option<usize> {
    let mut persons = file.household.persons.iter();
    persons.position(|person| person.relation == Relation::Head.name())
}

pub(crate) fn day(path: &str, text: Option<&str>) -> Result<Option<Date>, Failure> {
    let read = |text: &str| {
        text.parse()
            .map_err(|_| Failure::bad_request(path, "cần một ngày như 2026-11-22", "expected a day such as 2026-11-22"))
    };
    text.map(read).transpose()
}

/// Returns only the relations that are asked for.
fn ties_asked(file: &OpenFile, request: &SavePersonRequest) -> Result<Ties, Failure> {
    let find = |id: &String| file.position(id).and_then(|at| file.person(at));
    let parents = request.parents.as_ref();
    Ok(Ties {
        parents: parents.map(|ids| ids.iter().map(find).collect()).transpose()?,
        partner: match &request.partner {
            Partner::LeftOut => None,
            Partner::Nobody => Some(None),
            Partner::Person(id) => Some(Some(find(id)?)),
        },
        parent_of: None,
    })
}

/// Returns the relations that are asked for, and what the relation to the head says of the rest.
fn ties_of_somebody_new(file: &OpenFile, request: &SavePersonRequest) -> Result<Ties, Failure> {
    let mut ties = ties_asked(file, request)?;
    ties.partner = ties.partner.filter(Option::is_some);
    let Some(head) = head_of(file) else { return Ok(ties) };
    let persons = &file.household.persons;
    let partner = persons.get(head).and_then(|head| head.partner);
    let head_id = file.person(head)?;
    match request.relation {
        Relation::Child => {
            let spouse = || {
                persons
                    .iter()
                    .position(|person| person.relation == Relation::Spouse.name())
            };
            let both = std::iter::once(head).chain(partner.or_else(spouse));
            let both: Vec<PersonId> = both.map(|at| file.person(at)).collect::<Result<_, _>>()?;
            ties.parents.get_or_insert(both);
        }
        Relation::Spouse => {
            if partner.is_none() {
                ties.partner.get_or_insert(Some(head_id));
            }
        }
        Relation::Parent => {
            let n_known = persons.get(head).map_or(0, |head| head.parents.len());
            if n_known < MOST_PARENTS {
                ties.parent_of = Some(head_id);
            }
        }
        Relation::Head | Relation::Grandchild | Relation::Grandparent | Relation::Sibling | Relation::Other => {}
    }
    Ok(ties)
}

/// Sees that there are at most two parents, nobody is tied to themselves and nobody is their own ancestor.
fn check_ties(ties: &Ties, file: &OpenFile, changed: Option<usize>) -> Result<(), Failure> {
    let parents = ties.parents.as_deref().unwrap_or_default();
    let too_many = || Failure::bad_request("$.parents", "nhiều nhất hai người", "at most two persons");
    if parents.len() > MOST_PARENTS {
        return Err(too_many());
    }
    let Some(changed) = changed else { return Ok(()) };
    let own = file.person(changed)?;
    if ties.partner == Some(Some(own)) {
        return Err(Failure::bad_request(
            "$.partner",
            "một người không thể là vợ chồng của chính mình",
            "nobody is their own partner",
        ));
    }
    let mut above: Vec<usize> = Vec::new();
    let mut todo: Vec<usize> = file
        .roster
        .iter()
        .enumerate()
        .filter(|(_, id)| parents.contains(id))
        .map(|(at, _)| at)
        .collect();
    while let Some(next) = todo.pop() {
        if !above.contains(&next) {
            above.push(next);
            todo.extend(
                file.household
                    .persons
                    .get(next)
                    .map(|person| person.parents.clone())
                    .unwrap_or_default(),
            );
        }
    }
    if above.contains(&changed) {
        return Err(Failure::bad_request(
            "$.parents",
            "người này là cha mẹ, ông bà của chính mình",
            "this person would be their own ancestor",
        ));
    }
    Ok(())
}

impl Relation {
    pub(crate) const ALL: [Relation; 8] = [
        Relation::Head,
        Relation::Spouse,
        Relation::Child,
        Relation::Parent,
        Relation::Grandchild,
        Relation::Grandparent,
        Relation::Sibling,
        Relation::Other,
    ];

    /// Returns the word in files and in the database.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Relation::Head => "head",
            Relation::Spouse => "spouse",
            Relation::Child => "child",
            Relation::Parent => "parent",
            Relation::Grandchild => "grandchild",
            Relation::Grandparent => "grandparent",
            Relation::Sibling => "sibling",
            Relation::Other => "other",
        }
    }

    pub(crate) fn named(name: &str) -> Relation {
        let known = Relation::ALL.into_iter().find(|relation| relation.name() == name);
        known.unwrap_or(Relation::Other)
    }
}
