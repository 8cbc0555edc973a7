//! Tables `roster_act` and `roster_step`: somebody moves, a household is split, two households or two records of one person
//! become one. Each is a list of steps, and taken back as a whole.
//!
//! Whoever moves begins as a new record in the other household, with the newest of everything known of them; the old record
//! stays where it was, off the roster, with its history and whatever was decided of it. Nothing is overwritten or deleted.
//! What else belongs to the old record, such as an application, stays with it.

use crate::edge::EdgeKind;
use crate::person::household_of;
use crate::row::{read, read_time, time_text};
use crate::{
    HouseholdId, Identity, NewHousehold, PersonId, Stamp, Store, StoreError, audit, edge, household, identity, insert,
    search,
};
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::sqlite::SqliteConnection;

mod undo;

/// What was done to rosters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActKind {
    /// Persons went to another household.
    Move,
    /// Persons began a household of their own.
    Split,
    /// A whole household went into another.
    MergeHouseholds,
    /// Two records of one person became one.
    MergePersons,
}

impl ActKind {
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Move => "move",
            Self::Split => "split",
            Self::MergeHouseholds => "merge households",
            Self::MergePersons => "merge persons",
        }
    }

    fn read(text: &str) -> Result<Self, StoreError> {
        let all = [Self::Move, Self::Split, Self::MergeHouseholds, Self::MergePersons];
        all.into_iter()
            .find(|kind| kind.text() == text)
            .ok_or(StoreError::DamagedDatabase)
    }
}

/// Something done to rosters, as a household's file tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterAct {
    /// Its number.
    pub id: i64,
    /// What it was.
    pub kind: ActKind,
    /// The household that was left.
    pub from: (HouseholdId, String),
    /// The household that was joined, made or kept.
    pub to: (HouseholdId, String),
    /// The names of those it was about.
    pub names: Vec<String>,
    /// The day on which it happened, as said.
    pub happened_on: Date,
    /// When it was written down.
    pub done_at: Timestamp,
    /// By whom.
    pub done_by: String,
    /// When it was taken back.
    pub undone_at: Option<Timestamp>,
}

/// What somebody is to the head of a household.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The person.
    pub person: PersonId,
    /// The relation to the head; `head` for the head.
    pub relation: String,
}

/// Where those who move go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// To a household that is there.
    Household(HouseholdId),
    /// To one of their own.
    New {
        /// Where it lives.
        hamlet: String,
        /// Whether it is a sample.
        invented: bool,
    },
    /// Into a household that is there, and the one they leave is closed. These of its facts go with them.
    Into(HouseholdId, Vec<String>),
}

/// Persons who leave a household together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaving {
    /// The household.
    pub from: HouseholdId,
    /// Where to.
    pub to: Destination,
    /// Who, and what each is to the head there.
    pub movers: Vec<Place>,
    /// What those who stay are to the head from now on, where that changes.
    pub stay: Vec<Place>,
    /// The day.
    pub on: Date,
}

/// Two records of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SamePerson {
    /// The record that stays.
    pub keep: PersonId,
    /// The record that goes into it.
    pub lose: PersonId,
    /// The name from now on.
    pub name: String,
    /// The identity from now on.
    pub identity: Identity,
    /// The facts that are taken over from the record that goes.
    pub facts: Vec<String>,
    /// Whether the year of birth is taken over with them.
    pub birth_year: BirthYearOf,
    /// What those who stay in the household that is left are to its head, where that changes.
    pub stay: Vec<Place>,
    /// The day.
    pub on: Date,
}

/// Whose year of birth lists show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BirthYearOf {
    /// Of the record that stays.
    Kept,
    /// Of the record that goes.
    Lost,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    kind: String,
    from_id: String,
    from_number: String,
    to_id: String,
    to_number: String,
    happened_on: String,
    done_at: String,
    done_by: String,
    undone_at: Option<String>,
}

/// An act being written: every step gets the next number.
struct Writing {
    id: i64,
    n: i64,
}

impl Writing {
    async fn begin(
        connection: &mut SqliteConnection,
        kind: ActKind,
        (from, to): (HouseholdId, HouseholdId),
        on: Date,
        stamp: &Stamp,
    ) -> Result<Writing, StoreError> {
        household::touch(connection, from, stamp).await?;
        household::touch(connection, to, stamp).await?;
        let id = sqlx::query(
            "INSERT INTO roster_act (kind, from_id, to_id, happened_on, last_fact, done_at, done_by) VALUES (?, ?, ?, ?, 0, ?, ?)",
        )
        .bind(kind.text())
        .bind(from.to_string())
        .bind(to.to_string())
        .bind(on.to_string())
        .bind(time_text(stamp.at))
        .bind(&stamp.by)
        .execute(&mut *connection)
        .await?
        .last_insert_rowid();
        audit::append(connection, stamp, kind.text(), &from.to_string(), &to.to_string()).await?;
        Ok(Writing { id, n: 0 })
    }

    async fn step(
        &mut self,
        connection: &mut SqliteConnection,
        what: &str,
        subject: &str,
        other: Option<&str>,
        (before, after): (Option<String>, Option<String>),
    ) -> Result<(), StoreError> {
        self.n += 1;
        sqlx::query(
            "INSERT INTO roster_step (act_id, n, what, subject, other, before, after) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(self.id)
        .bind(self.n)
        .bind(what)
        .bind(subject)
        .bind(other)
        .bind(before)
        .bind(after)
        .execute(connection)
        .await?;
        Ok(())
    }

    /// Facts recorded from here on came after the act.
    async fn end(self, connection: &mut SqliteConnection, households: [HouseholdId; 2]) -> Result<i64, StoreError> {
        sqlx::query("UPDATE roster_act SET last_fact = (SELECT coalesce(max(id), 0) FROM fact) WHERE id = ?")
            .bind(self.id)
            .execute(&mut *connection)
            .await?;
        for household in households {
            check_heads(connection, household).await?;
            search::refresh(connection, household).await?;
        }
        Ok(self.id)
    }
}

impl Store {
    /// Moves persons out of a household. Returns the act and the household in which they are now.
    pub async fn leave(&self, leaving: &Leaving, stamp: &Stamp) -> Result<(i64, HouseholdId), StoreError> {
        let from = leaving.from;
        let mut tx = self.pool.begin().await?;
        let (kind, to) = match &leaving.to {
            Destination::Household(to) => (ActKind::Move, *to),
            Destination::Into(to, _) => (ActKind::MergeHouseholds, *to),
            Destination::New { hamlet, invented } => (ActKind::Split, open(&mut tx, hamlet, *invented, stamp).await?),
        };
        if from == to {
            return Err(StoreError::TiedToSelf);
        }
        let mut act = Writing::begin(&mut tx, kind, (from, to), leaving.on, stamp).await?;
        if kind == ActKind::Split {
            act.step(&mut tx, "opened", &to.to_string(), None, (None, None)).await?;
        }
        let mut went: Vec<(PersonId, PersonId)> = Vec::new();
        for mover in &leaving.movers {
            let new = begin_again(&mut tx, &mut act, mover, (from, to), kind, stamp).await?;
            went.push((mover.person, new));
        }
        carry_edges(&mut tx, from, to, &went).await?;
        place(&mut tx, &mut act, from, &leaving.stay).await?;
        if let Destination::Into(_, facts) = &leaving.to {
            for name in facts {
                copy_fact(&mut tx, &mut act, name, (from, None), (to, None), stamp).await?;
            }
            close(&mut tx, &mut act, from, to).await?;
        }
        let id = act.end(&mut tx, [from, to]).await?;
        tx.commit().await?;
        Ok((id, to))
    }

    /// Makes one of two records of a person. Returns the act.
    pub async fn same_person(&self, same: &SamePerson, stamp: &Stamp) -> Result<i64, StoreError> {
        if same.keep == same.lose {
            return Err(StoreError::TiedToSelf);
        }
        let mut tx = self.pool.begin().await?;
        let (from, to) = (
            household_of(&mut tx, same.lose).await?,
            household_of(&mut tx, same.keep).await?,
        );
        let mut act = Writing::begin(&mut tx, ActKind::MergePersons, (from, to), same.on, stamp).await?;
        let (keep, lose) = (same.keep.to_string(), same.lose.to_string());

        let before: String = sqlx::query_scalar("SELECT json_array(name, birth_year) FROM person WHERE id = ?")
            .bind(&keep)
            .fetch_one(&mut *tx)
            .await?;
        let of = match same.birth_year {
            BirthYearOf::Kept => &keep,
            BirthYearOf::Lost => &lose,
        };
        sqlx::query(
            "UPDATE person SET name = ?, birth_year = (SELECT birth_year FROM person WHERE id = ?) WHERE id = ?",
        )
        .bind(&same.name)
        .bind(of)
        .bind(&keep)
        .execute(&mut *tx)
        .await?;
        let after: String = sqlx::query_scalar("SELECT json_array(name, birth_year) FROM person WHERE id = ?")
            .bind(&keep)
            .fetch_one(&mut *tx)
            .await?;
        act.step(&mut tx, "name", &keep, None, (Some(before), Some(after)))
            .await?;

        let before = identity_text(&mut tx, &keep).await?;
        identity::write(&mut tx, same.keep, &same.identity, stamp).await?;
        let after = identity_text(&mut tx, &keep).await?;
        act.step(&mut tx, "identity", &keep, None, (before, after)).await?;
        for name in &same.facts {
            let (of, onto) = ((from, Some(same.lose)), (to, Some(same.keep)));
            copy_fact(&mut tx, &mut act, name, of, onto, stamp).await?;
        }
        if from == to {
            inherit_edges(&mut tx, &mut act, to, same).await?;
        }
        take_off(&mut tx, same.lose, ActKind::MergePersons, stamp).await?;
        act.step(&mut tx, "left", &lose, Some(&keep), (None, None)).await?;
        place(&mut tx, &mut act, from, &same.stay).await?;
        let n_left: i64 =
            sqlx::query_scalar("SELECT count(*) FROM person WHERE household_id = ? AND removed_at IS NULL")
                .bind(from.to_string())
                .fetch_one(&mut *tx)
                .await?;
        if n_left == 0 {
            close(&mut tx, &mut act, from, to).await?;
        }
        let id = act.end(&mut tx, [from, to]).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Returns what was done to the roster of a household beyond one person, newest first.
    pub async fn roster_acts(&self, household: HouseholdId) -> Result<Vec<RosterAct>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT a.id, a.kind, a.from_id, f.number AS from_number, a.to_id, t.number AS to_number, a.happened_on, \
             a.done_at, a.done_by, a.undone_at FROM roster_act AS a JOIN household AS f ON f.id = a.from_id \
             JOIN household AS t ON t.id = a.to_id WHERE a.from_id = ?1 OR a.to_id = ?1 ORDER BY a.id DESC",
        )
        .bind(household.to_string())
        .fetch_all(&self.pool)
        .await?;
        let mut acts = Vec::new();
        for row in rows {
            let names: Vec<String> = sqlx::query_scalar(
                "SELECT p.name FROM roster_step AS s JOIN person AS p ON p.id = s.subject \
                 WHERE s.act_id = ? AND s.what = 'left' ORDER BY s.n",
            )
            .bind(row.id)
            .fetch_all(&self.pool)
            .await?;
            acts.push(RosterAct {
                id: row.id,
                kind: ActKind::read(&row.kind)?,
                from: (read(&row.from_id)?, row.from_number),
                to: (read(&row.to_id)?, row.to_number),
                names,
                happened_on: read(&row.happened_on)?,
                done_at: read_time(&row.done_at)?,
                done_by: row.done_by,
                undone_at: row.undone_at.as_deref().map(read_time).transpose()?,
            });
        }
        Ok(acts)
    }

    /// Returns the household into which this one went, with its number, where it is closed.
    pub async fn closed_into(&self, household: HouseholdId) -> Result<Option<(HouseholdId, String)>, StoreError> {
        let row: Option<(String, String)> = sqlx::query_as(
            "SELECT o.id, o.number FROM household AS h JOIN household AS o ON o.id = h.closed_into WHERE h.id = ?",
        )
        .bind(household.to_string())
        .fetch_optional(&self.pool)
        .await?;
        row.map(|(id, number)| Ok((read(&id)?, number))).transpose()
    }
}

async fn open(
    connection: &mut SqliteConnection,
    hamlet: &str,
    invented: bool,
    stamp: &Stamp,
) -> Result<HouseholdId, StoreError> {
    let id = HouseholdId::new();
    let new = NewHousehold {
        number: None,
        hamlet: hamlet.to_owned(),
        invented,
        members: Vec::new(),
        facts: Vec::new(),
    };
    insert::insert(connection, &[(id, &new)], stamp).await?;
    Ok(id)
}

/// Makes the record with which a mover begins, and takes the old one off its roster.
async fn begin_again(
    connection: &mut SqliteConnection,
    act: &mut Writing,
    mover: &Place,
    (from, to): (HouseholdId, HouseholdId),
    kind: ActKind,
    stamp: &Stamp,
) -> Result<PersonId, StoreError> {
    let (old, new) = (mover.person.to_string(), PersonId::new());
    let made = sqlx::query(
        "INSERT INTO person (id, household_id, position, name, relation, birth_year, died_on) \
         SELECT ?1, ?2, (SELECT coalesce(max(position) + 1, 0) FROM person WHERE household_id = ?2), name, ?3, birth_year, died_on \
         FROM person WHERE id = ?4 AND household_id = ?5 AND removed_at IS NULL",
    )
    .bind(new.to_string())
    .bind(to.to_string())
    .bind(&mover.relation)
    .bind(&old)
    .bind(from.to_string())
    .execute(&mut *connection)
    .await?;
    if made.rows_affected() == 0 {
        return Err(StoreError::NoSuchPerson { id: mover.person });
    }
    // Each answer keeps who wrote it down, and when.
    sqlx::query(
        "INSERT INTO fact (household_id, person_id, name, answer, source, paper, paper_on, recorded_at, recorded_by) \
         SELECT ?1, ?2, name, answer, source, paper, paper_on, recorded_at, recorded_by FROM fact WHERE answer IS NOT NULL AND \
         id IN (SELECT max(id) FROM fact WHERE household_id = ?3 AND person_id = ?4 GROUP BY name) ORDER BY id",
    )
    .bind(to.to_string())
    .bind(new.to_string())
    .bind(from.to_string())
    .bind(&old)
    .execute(&mut *connection)
    .await?;
    copy_identity(connection, &old, &new.to_string()).await?;
    act.step(connection, "came", &new.to_string(), Some(&old), (None, None))
        .await?;
    take_off(connection, mover.person, kind, stamp).await?;
    act.step(connection, "left", &old, Some(&new.to_string()), (None, None))
        .await?;
    Ok(new)
}

async fn copy_identity(connection: &mut SqliteConnection, of: &str, onto: &str) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT OR REPLACE INTO identity (person_id, id_number, old_id_number, phone, is_away, away_since, card_text, \
         card_address, card_issued_on, card_seen_on) SELECT ?, id_number, old_id_number, phone, is_away, away_since, card_text, \
         card_address, card_issued_on, card_seen_on FROM identity WHERE person_id = ?",
    )
    .bind(onto)
    .bind(of)
    .execute(connection)
    .await?;
    Ok(())
}

async fn take_off(
    connection: &mut SqliteConnection,
    person: PersonId,
    kind: ActKind,
    stamp: &Stamp,
) -> Result<(), StoreError> {
    let off = sqlx::query("UPDATE person SET removed_at = ?, removed_reason = ? WHERE id = ? AND removed_at IS NULL")
        .bind(time_text(stamp.at))
        .bind(kind.text())
        .bind(person.to_string())
        .execute(connection)
        .await?;
    match off.rows_affected() {
        0 => Err(StoreError::NoSuchPerson { id: person }),
        _ => Ok(()),
    }
}

/// Relations among those who move go with them; the others stay with the records that were left.
async fn carry_edges(
    connection: &mut SqliteConnection,
    from: HouseholdId,
    to: HouseholdId,
    went: &[(PersonId, PersonId)],
) -> Result<(), StoreError> {
    let new = |old: PersonId| went.iter().find(|(before, _)| *before == old).map(|(_, new)| *new);
    for known in edge::of_household(connection, from).await? {
        if let (Some(person), Some(other)) = (new(known.person), new(known.other)) {
            edge::insert(connection, to, person, other, known.kind).await?;
        }
    }
    Ok(())
}

/// Gives those who stay their relation to the head.
async fn place(
    connection: &mut SqliteConnection,
    act: &mut Writing,
    household: HouseholdId,
    stay: &[Place],
) -> Result<(), StoreError> {
    for one in stay {
        let id = one.person.to_string();
        let before: Option<String> =
            sqlx::query_scalar("SELECT relation FROM person WHERE id = ? AND household_id = ? AND removed_at IS NULL")
                .bind(&id)
                .bind(household.to_string())
                .fetch_optional(&mut *connection)
                .await?;
        let before = before.ok_or(StoreError::NoSuchPerson { id: one.person })?;
        if before == one.relation {
            continue;
        }
        sqlx::query("UPDATE person SET relation = ? WHERE id = ?")
            .bind(&one.relation)
            .bind(&id)
            .execute(&mut *connection)
            .await?;
        let change = (Some(before), Some(one.relation.clone()));
        act.step(connection, "relation", &id, None, change).await?;
    }
    Ok(())
}

/// Copies the newest answer of a fact, with its source, and says who copied it.
async fn copy_fact(
    connection: &mut SqliteConnection,
    act: &mut Writing,
    name: &str,
    of: (HouseholdId, Option<PersonId>),
    onto: (HouseholdId, Option<PersonId>),
    stamp: &Stamp,
) -> Result<(), StoreError> {
    let source = newest(connection, of, name).await?;
    let Some(source) = source else { return Ok(()) };
    let before = newest(connection, onto, name).await?;
    let after = copy_row(connection, source, onto, stamp).await?;
    let text = |id: i64| id.to_string();
    let subject = onto.1.map_or_else(|| onto.0.to_string(), |person| person.to_string());
    let change = (before.map(text), Some(text(after)));
    act.step(connection, "fact", &subject, Some(name), change).await
}

async fn newest(
    connection: &mut SqliteConnection,
    (household, person): (HouseholdId, Option<PersonId>),
    name: &str,
) -> Result<Option<i64>, StoreError> {
    let id: Option<i64> =
        sqlx::query_scalar("SELECT max(id) FROM fact WHERE household_id = ? AND person_id IS ? AND name = ?")
            .bind(household.to_string())
            .bind(person.map(|id| id.to_string()))
            .bind(name)
            .fetch_one(connection)
            .await?;
    Ok(id)
}

async fn copy_row(
    connection: &mut SqliteConnection,
    row: i64,
    (household, person): (HouseholdId, Option<PersonId>),
    stamp: &Stamp,
) -> Result<i64, StoreError> {
    let done = sqlx::query(
        "INSERT INTO fact (household_id, person_id, name, answer, source, paper, paper_on, recorded_at, recorded_by) \
         SELECT ?, ?, name, answer, source, paper, paper_on, ?, ? FROM fact WHERE id = ?",
    )
    .bind(household.to_string())
    .bind(person.map(|id| id.to_string()))
    .bind(time_text(stamp.at))
    .bind(&stamp.by)
    .bind(row)
    .execute(connection)
    .await?;
    Ok(done.last_insert_rowid())
}

/// Of two records in one household, the relations of the one that goes are those of the other, where it has none.
async fn inherit_edges(
    connection: &mut SqliteConnection,
    act: &mut Writing,
    household: HouseholdId,
    same: &SamePerson,
) -> Result<(), StoreError> {
    const MOST_PARENTS: usize = 2;
    let edges = edge::of_household(connection, household).await?;
    let n_of = |person: PersonId, kind: EdgeKind| {
        let all = edges.iter().filter(|edge| edge.person == person && edge.kind == kind);
        all.filter(|edge| edge.other != same.lose).count()
    };
    let mut new: Vec<(PersonId, PersonId, EdgeKind)> = Vec::new();
    for edge in &edges {
        let is_about_both = [edge.person, edge.other].contains(&same.keep);
        if is_about_both {
            continue;
        }
        match edge.kind {
            EdgeKind::Parent if edge.person == same.lose && n_of(same.keep, EdgeKind::Parent) == 0 => {
                new.push((same.keep, edge.other, EdgeKind::Parent));
            }
            EdgeKind::Parent if edge.other == same.lose && n_of(edge.person, EdgeKind::Parent) < MOST_PARENTS => {
                new.push((edge.person, same.keep, EdgeKind::Parent));
            }
            EdgeKind::Partner if edge.person == same.lose && n_of(same.keep, EdgeKind::Partner) == 0 => {
                new.push((same.keep, edge.other, EdgeKind::Partner));
                new.push((edge.other, same.keep, EdgeKind::Partner));
            }
            EdgeKind::Parent | EdgeKind::Partner => {}
        }
    }
    for (person, other, kind) in new {
        let is_known = edges
            .iter()
            .any(|edge| (edge.person, edge.other, edge.kind) == (person, other, kind));
        if !is_known {
            edge::insert(connection, household, person, other, kind).await?;
            let (person, other) = (person.to_string(), other.to_string());
            let change = (None, Some(kind.text().to_owned()));
            act.step(connection, "edge", &person, Some(&other), change).await?;
        }
    }
    Ok(())
}

async fn close(
    connection: &mut SqliteConnection,
    act: &mut Writing,
    household: HouseholdId,
    into: HouseholdId,
) -> Result<(), StoreError> {
    set_closed(connection, &household.to_string(), Some(&into.to_string())).await?;
    let change = (None, Some(into.to_string()));
    act.step(connection, "closed", &household.to_string(), None, change)
        .await
}

async fn set_closed(connection: &mut SqliteConnection, household: &str, into: Option<&str>) -> Result<(), StoreError> {
    sqlx::query("UPDATE household SET closed_into = ? WHERE id = ?")
        .bind(into)
        .bind(household)
        .execute(connection)
        .await?;
    Ok(())
}

async fn identity_text(connection: &mut SqliteConnection, person: &str) -> Result<Option<String>, StoreError> {
    let text: Option<String> = sqlx::query_scalar(
        "SELECT json_array(id_number, old_id_number, phone, is_away, away_since, card_text, card_address, card_issued_on, \
         card_seen_on) FROM identity WHERE person_id = ?",
    )
    .bind(person)
    .fetch_optional(connection)
    .await?;
    Ok(text)
}

/// A household with people has exactly one head.
async fn check_heads(connection: &mut SqliteConnection, household: HouseholdId) -> Result<(), StoreError> {
    let (n_persons, n_heads): (i64, i64) = sqlx::query_as(
        "SELECT count(*), coalesce(sum(relation = 'head'), 0) FROM person WHERE household_id = ? AND removed_at IS NULL",
    )
    .bind(household.to_string())
    .fetch_one(connection)
    .await?;
    if n_persons == 0 || n_heads == 1 {
        Ok(())
    } else {
        Err(StoreError::NotOneHead)
    }
}

#[cfg(test)]
mod tests;
