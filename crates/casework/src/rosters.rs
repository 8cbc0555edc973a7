//! Rosters beyond one person: somebody moves, a household is split, two become one, and all of it taken back.

use ansinh_store::{ActKind, Destination, HouseholdId, Leaving, PersonId, Place, RosterAct};
use jiff::civil::Date;

use crate::clock;
use crate::file::OpenFile;
use crate::office::needed;
use crate::roster::day;
use crate::session::Session;
use crate::wire::{
    ActName, Failure, MergeHouseholdsRequest, MovePersonsRequest, MoverRequest, Relation, RosterActLine, RosterChanged,
    SplitHouseholdRequest, UndoActRequest,
};

impl Session {
    pub(crate) async fn move_persons(&mut self, request: MovePersonsRequest) -> Result<RosterChanged, Failure> {
        let into = household_named("$.into", &request.into)?;
        let on = day_asked(&request.on)?;
        let file = self.open(&request.household).await?;
        let leaving = Leaving {
            from: file.stored.id,
            to: Destination::Household(into),
            movers: movers(file, &request.persons)?,
            stay: Vec::new(),
            on,
        };
        let stay = staying(file, &leaving.movers, request.new_head.as_deref())?;
        self.leave(Leaving { stay, ..leaving }).await
    }

    pub(crate) async fn split_household(&mut self, request: SplitHouseholdRequest) -> Result<RosterChanged, Failure> {
        let on = day_asked(&request.on)?;
        let hamlet = needed("$.hamlet", &request.hamlet)?;
        let invented = self.invented;
        let file = self.open(&request.household).await?;
        let at = request.persons.iter().map(|id| file.position(id));
        let at: Vec<usize> = at.collect::<Result<_, _>>()?;
        let head = at.first().copied().ok_or_else(nobody_goes)?;
        let place = |at: usize| {
            let relation = relation_between(file, head, at);
            Ok(Place {
                person: file.person(at)?,
                relation: relation.name().to_owned(),
            })
        };
        let movers: Vec<Place> = at.iter().map(|at| place(*at)).collect::<Result<_, Failure>>()?;
        let stay = staying(file, &movers, request.new_head.as_deref())?;
        let from = file.stored.id;
        self.leave(Leaving {
            from,
            to: Destination::New { hamlet, invented },
            movers,
            stay,
            on,
        })
        .await
    }

    pub(crate) async fn merge_households(&mut self, request: MergeHouseholdsRequest) -> Result<RosterChanged, Failure> {
        let into = household_named("$.into", &request.into)?;
        let on = day_asked(&request.on)?;
        let there = self.store.load_household(into).await?;
        let file = self.open(&request.household).await?;
        let asked = |id: PersonId| {
            let mut asked = request.persons.iter();
            asked
                .find(|mover| mover.person == id.to_string())
                .and_then(|mover| mover.relation)
        };
        let movers = file.roster.iter().map(|id| Place {
            person: *id,
            relation: asked(*id).unwrap_or(Relation::Other).name().to_owned(),
        });
        let facts = file.stored.facts.iter().filter(|fact| fact.person.is_none());
        let is_lacking = |name: &str| {
            let mut there = there.facts.iter();
            !there.any(|fact| fact.person.is_none() && fact.name == name)
        };
        let taken = facts.filter(|fact| is_lacking(&fact.name) || request.take.contains(&fact.name));
        let taken = taken.map(|fact| fact.name.clone()).collect();
        let leaving = Leaving {
            from: file.stored.id,
            to: Destination::Into(into, taken),
            movers: movers.collect(),
            stay: Vec::new(),
            on,
        };
        self.leave(leaving).await
    }

    async fn leave(&mut self, leaving: Leaving) -> Result<RosterChanged, Failure> {
        if leaving.movers.is_empty() {
            return Err(nobody_goes());
        }
        let stamp = self.stamp();
        let (act, household) = self.store.leave(&leaving, &stamp).await?;
        self.load(leaving.from).await?;
        Ok(RosterChanged {
            act,
            household: household.to_string(),
        })
    }

    pub(crate) async fn undo_act(&mut self, request: UndoActRequest) -> Result<serde_json::Value, Failure> {
        let stamp = self.stamp();
        self.store.undo_act(request.act, &stamp).await?;
        self.forget_file();
        Ok(serde_json::json!({}))
    }
}

fn movers(file: &OpenFile, asked: &[MoverRequest]) -> Result<Vec<Place>, Failure> {
    let place = |mover: &MoverRequest| {
        let relation = mover.relation.unwrap_or(Relation::Other);
        Ok(Place {
            person: file.person(file.position(&mover.person)?)?,
            relation: relation.name().to_owned(),
        })
    };
    asked.iter().map(place).collect()
}

/// Returns what those who stay are to their head, where the head goes.
pub(crate) fn staying(file: &OpenFile, gone: &[Place], new_head: Option<&str>) -> Result<Vec<Place>, Failure> {
    let stays = |at: usize| {
        file.roster
            .get(at)
            .is_some_and(|id| gone.iter().all(|one| one.person != *id))
    };
    let persons = &file.household.persons;
    let head = persons
        .iter()
        .position(|person| person.relation == Relation::Head.name());
    let those: Vec<usize> = (0..persons.len()).filter(|at| stays(*at)).collect();
    if those.is_empty() || head.is_some_and(stays) {
        return Ok(Vec::new());
    }
    let head = new_head.map(|id| file.position(id)).transpose()?;
    let head = head.filter(|at| stays(*at)).ok_or_else(|| {
        let vi = "chủ hộ chuyển đi: chọn chủ hộ mới trong những người ở lại";
        Failure::bad_request(
            "$.new_head",
            vi,
            "the head goes: choose a new head among those who stay",
        )
    })?;
    let place = |at: usize| {
        Ok(Place {
            person: file.person(at)?,
            relation: relation_between(file, head, at).name().to_owned(),
        })
    };
    those.into_iter().map(place).collect()
}

/// Returns what a member is to another who becomes the head, as far as parents and partners say.
fn relation_between(file: &OpenFile, head: usize, at: usize) -> Relation {
    let persons = &file.household.persons;
    let parents = |at: usize| {
        persons
            .get(at)
            .map(|person| person.parents.as_slice())
            .unwrap_or_default()
    };
    let grandparents = |at: usize| {
        parents(at)
            .iter()
            .flat_map(|parent| parents(*parent))
            .copied()
            .collect::<Vec<_>>()
    };
    if at == head {
        Relation::Head
    } else if persons.get(head).and_then(|head| head.partner) == Some(at) {
        Relation::Spouse
    } else if parents(at).contains(&head) {
        Relation::Child
    } else if parents(head).contains(&at) {
        Relation::Parent
    } else if grandparents(at).contains(&head) {
        Relation::Grandchild
    } else if grandparents(head).contains(&at) {
        Relation::Grandparent
    } else if parents(at).iter().any(|parent| parents(head).contains(parent)) {
        Relation::Sibling
    } else {
        Relation::Other
    }
}

fn nobody_goes() -> Failure {
    Failure::bad_request("$.persons", "chưa chọn ai", "nobody is chosen")
}

pub(crate) fn household_named(path: &str, id: &str) -> Result<HouseholdId, Failure> {
    id.parse().map_err(|_| {
        let en = format!("`{id}` is no household");
        Failure::bad_request(path, "chưa chọn hộ", en)
    })
}

/// A day that has come.
fn day_asked(text: &str) -> Result<Date, Failure> {
    let future = || Failure::bad_request("$.on", "ngày này chưa đến", "this day has not come yet");
    let on = day("$.on", Some(text))?.ok_or_else(future)?;
    if on > clock::today() { Err(future()) } else { Ok(on) }
}

pub(crate) fn act_line(act: RosterAct) -> RosterActLine {
    RosterActLine {
        act: act.id,
        kind: match act.kind {
            ActKind::Move => ActName::Move,
            ActKind::Split => ActName::Split,
            ActKind::MergeHouseholds => ActName::MergeHouseholds,
            ActKind::MergePersons => ActName::MergePersons,
        },
        from: act.from.0.to_string(),
        from_number: act.from.1,
        to: act.to.0.to_string(),
        to_number: act.to.1,
        names: act.names,
        on: act.happened_on.to_string(),
        at: clock::moment(act.done_at),
        is_undone: act.undone_at.is_some(),
    }
}
