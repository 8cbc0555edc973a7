//! Tables `import_batch`, `import_household` and `import_mapping`: what came in from which list, so that it can be taken back
//! whole while nobody has worked with it.
//!
//! An import that is taken back is gone: what came in by mistake is personal data nobody needs. That it was there stays in the
//! audit log.

use crate::row::{count, read, read_time, time_text};
use crate::{
    HouseholdId, Identity, LookAlike, NewHousehold, Presence, Stamp, Store, StoreError, audit, insert, search,
};
use jiff::Timestamp;
use sqlx::sqlite::SqliteConnection;
use sqlx::{QueryBuilder, Sqlite};

/// A household of a list, with who its members are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRoster {
    /// The household.
    pub household: NewHousehold,
    /// The identity of each member, in their order.
    pub identities: Vec<Identity>,
}

/// What is remembered of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewImport {
    /// The name of the file it came from.
    pub file_name: String,
    /// How many rows the file had.
    pub n_rows: usize,
    /// How many of them were left out.
    pub n_left_out: usize,
    /// Which column meant what.
    pub mapping: RememberedMapping,
}

/// Which column means what in lists with the same headers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RememberedMapping {
    /// The headers, as the caller writes them.
    pub headers: String,
    /// What they mean, as the caller writes it.
    pub mapping: String,
}

/// An import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportBatch {
    /// Its number.
    pub id: i64,
    /// The name of the file it came from.
    pub file_name: String,
    /// How many rows the file had.
    pub n_rows: usize,
    /// How many of them were left out.
    pub n_left_out: usize,
    /// How many households it brought.
    pub n_households: usize,
    /// How many of them somebody worked with since: changed, printed, applied for.
    pub n_changed: usize,
    /// When.
    pub imported_at: Timestamp,
    /// Who.
    pub imported_by: String,
    /// When it was taken back.
    pub undone_at: Option<Timestamp>,
}

/// Somebody on a roster, with the numbers by which they are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownPerson {
    /// The person.
    pub person: LookAlike,
    /// Identity numbers, this one and the one before it; none of them empty.
    pub numbers: Vec<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    file_name: String,
    n_rows: i64,
    n_left_out: i64,
    n_households: i64,
    n_changed: i64,
    imported_at: String,
    imported_by: String,
    undone_at: Option<String>,
}

#[derive(sqlx::FromRow)]
struct KnownRow {
    household_id: String,
    number: String,
    hamlet: String,
    head_name: Option<String>,
    person_id: String,
    name: String,
    birth_year: Option<String>,
    birth_answer: Option<String>,
    id_number: Option<String>,
    old_id_number: Option<String>,
}

/// Whoever works with a household leaves one of these.
const IS_CHANGED: &str = "(h.updated_at <> b.imported_at \
     OR EXISTS (SELECT 1 FROM determination AS d WHERE d.household_id = h.id) \
     OR EXISTS (SELECT 1 FROM dossier AS d WHERE d.household_id = h.id) \
     OR EXISTS (SELECT 1 FROM gap_reason AS g WHERE g.household_id = h.id) \
     OR EXISTS (SELECT 1 FROM erasure AS e WHERE e.household_id = h.id) \
     OR EXISTS (SELECT 1 FROM roster_act AS a WHERE a.from_id = h.id OR a.to_id = h.id) \
     OR EXISTS (SELECT 1 FROM not_duplicate AS n JOIN person AS p ON p.id = n.one_id OR p.id = n.other_id \
                WHERE p.household_id = h.id))";

/// What only was worked out or written down of a household and falls with it, in the order in which it can go.
const OF_HOUSEHOLD: [&str; 7] = [
    "standing",
    "upcoming",
    "release_change",
    "screening",
    "search_key",
    "fact",
    "edge",
];

/// SQLite takes 32,766 values in one statement.
const MOST_ROWS: usize = 2000;

impl Store {
    /// Creates the households of a list, all or none. `goes_on` is asked after each: where it says no, nothing was created and
    /// there is no number.
    pub async fn import_households(
        &self,
        import: &NewImport,
        new: &[NewRoster],
        stamp: &Stamp,
        goes_on: &(dyn Fn() -> bool + Sync),
    ) -> Result<Option<i64>, StoreError> {
        let households: Vec<(HouseholdId, &NewHousehold)> =
            new.iter().map(|new| (HouseholdId::new(), &new.household)).collect();
        let mut tx = self.pool.begin().await?;
        let members = insert::insert_unfound(&mut tx, &households, stamp).await?;
        let identities = members
            .iter()
            .zip(new)
            .flat_map(|(members, new)| members.iter().zip(&new.identities));
        let identities: Vec<_> = identities
            .filter(|(_, identity)| **identity != Identity::default())
            .collect();
        insert_identities(&mut tx, &identities).await?;
        let batch: i64 = sqlx::query_scalar(
            "INSERT INTO import_batch (file_name, n_rows, n_left_out, imported_at, imported_by) VALUES (?, ?, ?, ?, ?) \
             RETURNING id",
        )
        .bind(&import.file_name)
        .bind(i64::try_from(import.n_rows).unwrap_or(i64::MAX))
        .bind(i64::try_from(import.n_left_out).unwrap_or(i64::MAX))
        .bind(time_text(stamp.at))
        .bind(&stamp.by)
        .fetch_one(&mut *tx)
        .await?;
        for (id, _) in &households {
            search::refresh(&mut tx, *id).await?;
            sqlx::query("INSERT INTO import_household (batch_id, household_id) VALUES (?, ?)")
                .bind(batch)
                .bind(id.to_string())
                .execute(&mut *tx)
                .await?;
            if !goes_on() {
                return Ok(None);
            }
        }
        remember(&mut tx, &import.mapping, stamp).await?;
        let n_persons: usize = new.iter().map(|new| new.household.members.len()).sum();
        let detail = format!("{} households, {n_persons} persons", households.len());
        audit::append(&mut tx, stamp, "import households", &batch.to_string(), &detail).await?;
        tx.commit().await?;
        Ok(Some(batch))
    }

    /// Returns every import, newest first.
    pub async fn imports(&self) -> Result<Vec<ImportBatch>, StoreError> {
        let sql = format!(
            "SELECT b.id, b.file_name, b.n_rows, b.n_left_out, b.imported_at, b.imported_by, b.undone_at, \
             (SELECT count(*) FROM import_household AS i WHERE i.batch_id = b.id) AS n_households, \
             (SELECT count(*) FROM import_household AS i JOIN household AS h ON h.id = i.household_id \
              WHERE i.batch_id = b.id AND {IS_CHANGED}) AS n_changed \
             FROM import_batch AS b ORDER BY b.id DESC"
        );
        let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(&self.pool).await?;
        rows.into_iter().map(batch).collect()
    }

    /// Takes an import back: what it brought is gone, all or none. Refused once somebody worked with any of it.
    pub async fn undo_import(&self, id: i64, stamp: &Stamp) -> Result<(), StoreError> {
        let mut tx = self.pool.begin().await?;
        let undone: Option<Option<String>> = sqlx::query_scalar("SELECT undone_at FROM import_batch WHERE id = ?")
            .bind(id)
            .fetch_optional(&mut *tx)
            .await?;
        match undone {
            Some(None) => {}
            Some(Some(_)) | None => return Err(StoreError::NoSuchAct { id }),
        }
        let sql = format!(
            "SELECT count(*) FROM import_household AS i JOIN household AS h ON h.id = i.household_id \
             JOIN import_batch AS b ON b.id = i.batch_id WHERE b.id = ? AND {IS_CHANGED}"
        );
        let n_changed: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .bind(id)
            .fetch_one(&mut *tx)
            .await?;
        if n_changed > 0 {
            return Err(StoreError::BuiltUpon);
        }
        let of_batch = "IN (SELECT household_id FROM import_household WHERE batch_id = ?)";
        let of_persons =
            format!("DELETE FROM identity WHERE person_id IN (SELECT id FROM person WHERE household_id {of_batch})");
        let of_households = OF_HOUSEHOLD.map(|table| format!("DELETE FROM {table} WHERE household_id {of_batch}"));
        let themselves = [
            of_persons,
            format!("DELETE FROM person WHERE household_id {of_batch}"),
            format!("DELETE FROM household WHERE id {of_batch}"),
        ];
        for sql in of_households.into_iter().chain(themselves) {
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).execute(&mut *tx).await?;
        }
        sqlx::query("UPDATE import_batch SET undone_at = ?, undone_by = ? WHERE id = ?")
            .bind(time_text(stamp.at))
            .bind(&stamp.by)
            .bind(id)
            .execute(&mut *tx)
            .await?;
        audit::append(&mut tx, stamp, "undo import", &id.to_string(), "").await?;
        tx.commit().await?;
        Ok(())
    }

    /// Returns what lists with these headers last meant.
    pub async fn remembered_mapping(&self, headers: &str) -> Result<Option<String>, StoreError> {
        let found = sqlx::query_scalar("SELECT mapping FROM import_mapping WHERE headers = ?")
            .bind(headers)
            .fetch_optional(&self.pool)
            .await?;
        Ok(found)
    }

    /// Returns the numbers of all households, for telling which are taken.
    pub async fn household_numbers(&self) -> Result<Vec<String>, StoreError> {
        let numbers = sqlx::query_scalar("SELECT number FROM household");
        Ok(numbers.fetch_all(&self.pool).await?)
    }

    /// Returns everybody on a roster, for telling who of a whole list is there already. `has_number` says nothing here.
    pub async fn known_persons(&self, birth_fact: &str) -> Result<Vec<KnownPerson>, StoreError> {
        let rows: Vec<KnownRow> = sqlx::query_as(
            "SELECT l.id AS household_id, l.number, l.hamlet, l.head_name, p.id AS person_id, p.name, p.birth_year, \
             (SELECT f.answer FROM fact AS f WHERE f.household_id = p.household_id AND f.person_id = p.id AND f.name = ? \
              ORDER BY f.id DESC LIMIT 1) AS birth_answer, i.id_number, i.old_id_number \
             FROM person AS p JOIN household_line AS l ON l.id = p.household_id \
             LEFT JOIN identity AS i ON i.person_id = p.id WHERE p.removed_at IS NULL ORDER BY l.number, p.position",
        )
        .bind(birth_fact)
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(known).collect()
    }
}

async fn insert_identities(connection: &mut SqliteConnection, rows: &[(&String, &Identity)]) -> Result<(), StoreError> {
    for rows in rows.chunks(MOST_ROWS) {
        let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(
            "INSERT INTO identity (person_id, id_number, old_id_number, phone, is_away, card_address) ",
        );
        query.push_values(rows, |mut values, (person, identity)| {
            values
                .push_bind((*person).clone())
                .push_bind(identity.id_number.clone())
                .push_bind(identity.old_id_number.clone())
                .push_bind(identity.phone.clone())
                .push_bind(identity.presence != Presence::Here)
                .push_bind("");
        });
        query.build().persistent(false).execute(&mut *connection).await?;
    }
    Ok(())
}

async fn remember(
    connection: &mut SqliteConnection,
    remembered: &RememberedMapping,
    stamp: &Stamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO import_mapping (headers, mapping, saved_at, saved_by) VALUES (?, ?, ?, ?) \
         ON CONFLICT (headers) DO UPDATE SET mapping = excluded.mapping, saved_at = excluded.saved_at, saved_by = excluded.saved_by",
    )
    .bind(&remembered.headers)
    .bind(&remembered.mapping)
    .bind(time_text(stamp.at))
    .bind(&stamp.by)
    .execute(connection)
    .await?;
    Ok(())
}

fn known(row: KnownRow) -> Result<KnownPerson, StoreError> {
    let numbers = [row.id_number, row.old_id_number].into_iter().flatten();
    Ok(KnownPerson {
        numbers: numbers.filter(|number| !number.is_empty()).collect(),
        person: LookAlike {
            household: read(&row.household_id)?,
            number: row.number,
            hamlet: row.hamlet,
            head_name: row.head_name,
            person: read(&row.person_id)?,
            name: row.name,
            birth_year: row.birth_year,
            birth_answer: row.birth_answer,
            has_number: false,
        },
    })
}

fn batch(row: Row) -> Result<ImportBatch, StoreError> {
    Ok(ImportBatch {
        id: row.id,
        file_name: row.file_name,
        n_rows: count(row.n_rows),
        n_left_out: count(row.n_left_out),
        n_households: count(row.n_households),
        n_changed: count(row.n_changed),
        imported_at: read_time(&row.imported_at)?,
        imported_by: row.imported_by,
        undone_at: row.undone_at.as_deref().map(read_time).transpose()?,
    })
}

#[cfg(test)]
mod tests;
