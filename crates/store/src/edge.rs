//! Table `edge`: who is whose parent and whose partner, among the members of one household.

use crate::error::is_foreign_key_violation;
use crate::household::Ids;
use crate::row::read;
use crate::{HouseholdId, PersonId, Stamp, StoreError, audit};
use sqlx::sqlite::SqliteConnection;

/// What one person is to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EdgeKind {
    /// The other is a parent of the person.
    Parent,
    /// The other is the person's husband or wife, or lives with them as such.
    Partner,
}

impl EdgeKind {
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Parent => "parent",
            Self::Partner => "partner",
        }
    }

    fn read(text: &str) -> Result<Self, StoreError> {
        match text {
            "parent" => Ok(Self::Parent),
            "partner" => Ok(Self::Partner),
            _ => Err(StoreError::DamagedDatabase),
        }
    }
}

/// A relation between two members of a household.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Whose parent or partner it is.
    pub person: PersonId,
    /// The parent or partner.
    pub other: PersonId,
    /// Which of the two.
    pub kind: EdgeKind,
}

/// What is said of the relations of a person, saved together with the person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ties {
    /// Their parents, in place of what was said before; none where that stays.
    pub parents: Option<Vec<PersonId>>,
    /// Their partner, or that there is none here; none where what was said before stays. Earlier partners of both are no
    /// longer theirs.
    pub partner: Option<Option<PersonId>>,
    /// Somebody whose parent they are, beside the parents already known.
    pub parent_of: Option<PersonId>,
}

/// Writes the relations of a person inside the transaction that writes the person.
pub(crate) async fn write(
    connection: &mut SqliteConnection,
    household: HouseholdId,
    person: PersonId,
    ties: &Ties,
    stamp: &Stamp,
) -> Result<(), StoreError> {
    let subject = person.to_string();
    if let Some(parents) = &ties.parents {
        set_parents(connection, household, person, parents).await?;
        audit::append(connection, stamp, "set parents", &subject, &names(parents)).await?;
    }
    if let Some(partner) = ties.partner {
        set_partner(connection, household, person, partner).await?;
        audit::append(connection, stamp, "set partner", &subject, &names(partner.as_slice())).await?;
    }
    if let Some(child) = ties.parent_of {
        insert(connection, household, child, person, EdgeKind::Parent).await?;
        audit::append(connection, stamp, "add parent", &child.to_string(), &subject).await?;
    }
    Ok(())
}

async fn set_parents(
    connection: &mut SqliteConnection,
    household: HouseholdId,
    person: PersonId,
    parents: &[PersonId],
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM edge WHERE person_id = ? AND kind = 'parent'")
        .bind(person.to_string())
        .execute(&mut *connection)
        .await?;
    for parent in parents {
        insert(connection, household, person, *parent, EdgeKind::Parent).await?;
    }
    Ok(())
}

async fn set_partner(
    connection: &mut SqliteConnection,
    household: HouseholdId,
    person: PersonId,
    partner: Option<PersonId>,
) -> Result<(), StoreError> {
    for one in [Some(person), partner].into_iter().flatten() {
        sqlx::query(
            "DELETE FROM edge WHERE kind = 'partner' AND household_id = ?1 AND (person_id = ?2 OR other_id = ?2)",
        )
        .bind(household.to_string())
        .bind(one.to_string())
        .execute(&mut *connection)
        .await?;
    }
    if let Some(partner) = partner {
        insert(connection, household, person, partner, EdgeKind::Partner).await?;
        insert(connection, household, partner, person, EdgeKind::Partner).await?;
    }
    Ok(())
}

fn names(persons: &[PersonId]) -> String {
    persons.iter().map(PersonId::to_string).collect::<Vec<_>>().join(" ")
}

pub(crate) async fn insert(
    connection: &mut SqliteConnection,
    household: HouseholdId,
    person: PersonId,
    other: PersonId,
    kind: EdgeKind,
) -> Result<(), StoreError> {
    if person == other {
        return Err(StoreError::TiedToSelf);
    }
    // A parent named twice is one parent.
    sqlx::query(
        "INSERT INTO edge (household_id, person_id, other_id, kind) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
    )
    .bind(household.to_string())
    .bind(person.to_string())
    .bind(other.to_string())
    .bind(kind.text())
    .execute(connection)
    .await
    .map_err(|e| {
        if is_foreign_key_violation(&e) {
            StoreError::NoSuchPerson { id: other }
        } else {
            e.into()
        }
    })?;
    Ok(())
}

pub(crate) async fn of_household(
    connection: &mut SqliteConnection,
    household: HouseholdId,
) -> Result<Vec<Edge>, StoreError> {
    let rows: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT e.person_id, e.other_id, e.kind FROM edge AS e \
         JOIN person AS p ON p.id = e.person_id JOIN person AS o ON o.id = e.other_id \
         WHERE e.household_id = ? ORDER BY p.position, e.kind, o.position",
    )
    .bind(household.to_string())
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(person, other, kind)| {
            Ok(Edge {
                person: read(&person)?,
                other: read(&other)?,
                kind: EdgeKind::read(&kind)?,
            })
        })
        .collect()
}

/// As [`of_household`], of many, each with its household.
pub(crate) async fn of_households(
    connection: &mut SqliteConnection,
    households: &Ids,
) -> Result<Vec<(HouseholdId, Edge)>, StoreError> {
    let rows: Vec<(String, String, String, String)> = sqlx::query_as(
        "SELECT e.household_id, e.person_id, e.other_id, e.kind FROM edge AS e \
         JOIN person AS p ON p.id = e.person_id JOIN person AS o ON o.id = e.other_id \
         WHERE e.household_id IN (SELECT value FROM json_each(?)) \
         ORDER BY e.household_id, p.position, e.kind, o.position",
    )
    .bind(&households.0)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(household, person, other, kind)| {
            let edge = Edge {
                person: read(&person)?,
                other: read(&other)?,
                kind: EdgeKind::read(&kind)?,
            };
            Ok((read(&household)?, edge))
        })
        .collect()
}
