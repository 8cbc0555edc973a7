//! Table `edge`: who is whose parent and whose partner, among the members of one household.

use crate::error::is_foreign_key_violation;
use crate::row::read;
use crate::{HouseholdId, PersonId, Stamp, Store, StoreError, audit, household, person};
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

impl Store {
    /// Says who the parents of a person are, in place of what was said before.
    pub async fn set_parents(&self, person: PersonId, parents: &[PersonId], stamp: &Stamp) -> Result<(), StoreError> {
        let mut tx = self.pool.begin().await?;
        let household = person::household_of(&mut tx, person).await?;
        household::touch(&mut tx, household, stamp).await?;
        sqlx::query("DELETE FROM edge WHERE person_id = ? AND kind = 'parent'")
            .bind(person.to_string())
            .execute(&mut *tx)
            .await?;
        for parent in parents {
            insert(&mut tx, household, person, *parent, EdgeKind::Parent).await?;
        }
        audit::append(&mut tx, stamp, "set parents", &person.to_string(), &names(parents)).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Says who the partner of a person is, or that there is none here. Earlier partners of both are no longer theirs.
    pub async fn set_partner(
        &self,
        person: PersonId,
        partner: Option<PersonId>,
        stamp: &Stamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.pool.begin().await?;
        let household = person::household_of(&mut tx, person).await?;
        household::touch(&mut tx, household, stamp).await?;
        for one in [Some(person), partner].into_iter().flatten() {
            sqlx::query(
                "DELETE FROM edge WHERE kind = 'partner' AND household_id = ?1 AND (person_id = ?2 OR other_id = ?2)",
            )
            .bind(household.to_string())
            .bind(one.to_string())
            .execute(&mut *tx)
            .await?;
        }
        if let Some(partner) = partner {
            insert(&mut tx, household, person, partner, EdgeKind::Partner).await?;
            insert(&mut tx, household, partner, person, EdgeKind::Partner).await?;
        }
        audit::append(
            &mut tx,
            stamp,
            "set partner",
            &person.to_string(),
            &names(partner.as_slice()),
        )
        .await?;
        tx.commit().await?;
        Ok(())
    }
}

fn names(persons: &[PersonId]) -> String {
    persons.iter().map(PersonId::to_string).collect::<Vec<_>>().join(" ")
}

async fn insert(
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
