//! Tables `screening`, `standing`, `upcoming` and `release_change`: what the last screening found of each household.
//!
//! They are a cache and never the truth: what is in them is made anew from the households and the rules. A row is stale where
//! the household changed since, or was screened for another month or by another release. This module knows no rules: the
//! words for where something stands are its caller's.

use crate::row::{count, read, time_text};
use crate::{HouseholdId, PersonId, Stamp, Store, StoreError};
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::sqlite::SqliteConnection;
use std::collections::{BTreeMap, BTreeSet};

/// What a screening found of a household.
#[derive(Clone, Debug, PartialEq)]
pub struct NewScreening {
    /// The household.
    pub household: HouseholdId,
    /// Its `updated_at` as it was screened. Where it has another by now, nothing is kept.
    pub household_at: Timestamp,
    /// By what it was screened.
    pub basis: Basis,
    /// How many answers are open.
    pub n_open: u32,
    /// How many facts are asked for next.
    pub n_missing: u32,
    /// How many persons have no day of birth.
    pub n_undated: u32,
    /// The day it is, for what is found for the first time.
    pub today: Date,
    /// What was found.
    pub standings: Vec<NewStanding>,
    /// What time will change; none where nobody looked, and what was known before stays until somebody does.
    pub changes: Option<Vec<NewUpcoming>>,
}

/// The month and the release of a screening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// The month judged, as `YYYY-MM`.
    pub month: String,
    /// The digest of the release, with those of what lies over it.
    pub release_digest: String,
}

/// Whose benefit: a person of the household or the household itself, and the programme.
pub type Benefit = (Option<PersonId>, String);

/// Where one benefit stands.
#[derive(Clone, Debug, PartialEq)]
pub struct NewStanding {
    /// Whose, and which.
    pub benefit: Benefit,
    /// The caller's word for it.
    pub standing: String,
    /// Whether it gets a row. One that does not only tells what became of one that had a row before.
    pub is_kept: bool,
    /// The least and the most that is paid; none for a card.
    pub level: Option<(i64, i64)>,
    /// How often: `month`, `year` or `once`.
    pub every: String,
    /// Whether it is cash.
    pub is_cash: bool,
    /// Whether the rules ask if it is received.
    pub is_asked: bool,
    /// The next day on which time alone changes it, and to what.
    pub next: Option<(Date, String)>,
    /// Of the person, for statistics.
    pub traits: Traits,
}

/// What statistics tell persons apart by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traits {
    /// The sex, where it is known.
    pub sex: Option<String>,
    /// The band of ages, where it is known.
    pub age_band: Option<String>,
    /// The ethnic group, where it is known.
    pub ethnic_group: Option<String>,
}

/// A change that time alone will bring.
#[derive(Clone, Debug, PartialEq)]
pub struct NewUpcoming {
    /// Whose, and which.
    pub benefit: Benefit,
    /// The first day.
    pub on: Date,
    /// `gains`, `ends`, `amount` or `asks`.
    pub kind: String,
    /// `age`, `paper`, `birth`, `law` or `day`.
    pub cause: String,
    /// What changes, in Vietnamese and English.
    pub text: [String; 2],
    /// Why, in both.
    pub why: [String; 2],
}

/// How much of the roster is screened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Screened {
    /// Households.
    pub n_households: usize,
    /// Of them, those whose screening is of today's facts, month and release.
    pub n_current: usize,
    /// Those that were never screened.
    pub n_never: usize,
}

#[derive(sqlx::FromRow)]
struct Old {
    id: i64,
    household_at: String,
    month: String,
    release_digest: String,
    has_changes: bool,
}

#[derive(sqlx::FromRow)]
struct OldStanding {
    person_id: Option<String>,
    programme: String,
    standing: String,
    low: Option<i64>,
    high: Option<i64>,
    found_on: String,
}

const STALE: &str = "s.id IS NULL OR s.household_at <> h.updated_at OR s.month <> ?1 OR s.release_digest <> ?2 \
                     OR s.has_changes = 0";

impl Store {
    /// Returns households whose screening is stale or missing, those changed last first.
    pub async fn stale_households(&self, basis: &Basis, limit: u32) -> Result<Vec<HouseholdId>, StoreError> {
        let query = format!(
            "SELECT h.id FROM household AS h LEFT JOIN screening AS s ON s.household_id = h.id \
             WHERE h.closed_into IS NULL AND ({STALE}) ORDER BY h.updated_at DESC, h.id LIMIT ?3"
        );
        let ids: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(query))
            .bind(&basis.month)
            .bind(&basis.release_digest)
            .bind(limit)
            .fetch_all(&self.pool)
            .await?;
        ids.iter().map(|id| read(id)).collect()
    }

    /// Counts how much of the roster is screened.
    pub async fn screened(&self, basis: &Basis) -> Result<Screened, StoreError> {
        let query = format!(
            "SELECT count(*), coalesce(sum({STALE}), 0), coalesce(sum(s.id IS NULL), 0) \
             FROM household AS h LEFT JOIN screening AS s ON s.household_id = h.id \
             WHERE h.closed_into IS NULL"
        );
        let (n_households, n_stale, n_never): (i64, i64, i64) = sqlx::query_as(sqlx::AssertSqlSafe(query))
            .bind(&basis.month)
            .bind(&basis.release_digest)
            .fetch_one(&self.pool)
            .await?;
        Ok(Screened {
            n_households: count(n_households),
            n_current: count(n_households - n_stale),
            n_never: count(n_never),
        })
    }

    /// Keeps what screenings found, in one transaction, in place of what was found before. A household that changed while it
    /// was screened keeps what it had and stays stale; one of which the same is known already is left as it is.
    pub async fn save_screenings(&self, new: &[NewScreening], stamp: &Stamp) -> Result<(), StoreError> {
        let mut tx = self.pool.begin().await?;
        for new in new {
            save(&mut tx, new, stamp).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Forgets every screening, and those of households that are no more. What reasons were given stays.
    pub async fn forget_screenings(&self) -> Result<(), StoreError> {
        let mut tx = self.pool.begin().await?;
        for table in ["standing", "upcoming", "release_change", "screening"] {
            sqlx::query(sqlx::AssertSqlSafe(format!("DELETE FROM {table}")))
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

async fn save(connection: &mut SqliteConnection, new: &NewScreening, stamp: &Stamp) -> Result<(), StoreError> {
    let household = new.household.to_string();
    let now: Option<(String, String)> = sqlx::query_as("SELECT updated_at, hamlet FROM household WHERE id = ?")
        .bind(&household)
        .fetch_optional(&mut *connection)
        .await?;
    let household_at = time_text(new.household_at);
    let Some((_, hamlet)) = now.filter(|(updated_at, _)| *updated_at == household_at) else {
        return Ok(());
    };
    let old: Option<Old> = sqlx::query_as(
        "SELECT id, household_at, month, release_digest, has_changes FROM screening WHERE household_id = ?",
    )
    .bind(&household)
    .fetch_optional(&mut *connection)
    .await?;
    let (mut known, mut before) = (BTreeMap::new(), None);
    if let Some(old) = old {
        let same_basis = old.month == new.basis.month && old.release_digest == new.basis.release_digest;
        if same_basis && old.household_at == household_at && (old.has_changes || new.changes.is_none()) {
            return Ok(());
        }
        let keeps_release_changes = old.release_digest == new.basis.release_digest;
        known = old_standings(connection, old.id).await?;
        if !keeps_release_changes && old.household_at == household_at {
            before = Some(Basis {
                month: old.month,
                release_digest: old.release_digest,
            });
        }
        clear(connection, old.id, new.changes.is_some(), keeps_release_changes).await?;
    }
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO screening (household_id, household_at, month, release_digest, screened_at, has_changes, n_open, \
         n_missing, n_undated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (household_id) DO UPDATE SET \
         household_at = excluded.household_at, month = excluded.month, release_digest = excluded.release_digest, \
         screened_at = excluded.screened_at, has_changes = excluded.has_changes, n_open = excluded.n_open, \
         n_missing = excluded.n_missing, n_undated = excluded.n_undated RETURNING id",
    )
    .bind(&household)
    .bind(&household_at)
    .bind(&new.basis.month)
    .bind(&new.basis.release_digest)
    .bind(time_text(stamp.at))
    .bind(new.changes.is_some())
    .bind(new.n_open)
    .bind(new.n_missing)
    .bind(new.n_undated)
    .fetch_one(&mut *connection)
    .await?;
    for standing in new.standings.iter().filter(|standing| standing.is_kept) {
        let place = Place {
            id,
            household: &household,
            hamlet: &hamlet,
        };
        let found_on = known
            .get(&standing.benefit)
            .filter(|old| old.standing == standing.standing)
            .map_or_else(|| new.today.to_string(), |old| old.found_on.clone());
        insert_standing(connection, &place, standing, &found_on).await?;
    }
    for change in new.changes.iter().flatten() {
        let place = Place {
            id,
            household: &household,
            hamlet: &hamlet,
        };
        insert_upcoming(connection, &place, change).await?;
    }
    if let Some(before) = before {
        insert_release_changes(connection, (id, &household), &known, new, &before).await?;
    }
    Ok(())
}

/// Where a row belongs.
struct Place<'a> {
    id: i64,
    household: &'a str,
    hamlet: &'a str,
}

async fn old_standings(
    connection: &mut SqliteConnection,
    id: i64,
) -> Result<BTreeMap<Benefit, OldStanding>, StoreError> {
    let rows: Vec<OldStanding> = sqlx::query_as(
        "SELECT person_id, programme, standing, low, high, found_on FROM standing WHERE screening_id = ?",
    )
    .bind(id)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let person = row.person_id.as_deref().map(read).transpose()?;
            Ok(((person, row.programme.clone()), row))
        })
        .collect()
}

async fn clear(
    connection: &mut SqliteConnection,
    id: i64,
    looked_ahead: bool,
    keeps_release_changes: bool,
) -> Result<(), StoreError> {
    let tables = [
        ("DELETE FROM standing WHERE screening_id = ?", true),
        ("DELETE FROM upcoming WHERE screening_id = ?", looked_ahead),
        (
            "DELETE FROM release_change WHERE screening_id = ?",
            !keeps_release_changes,
        ),
    ];
    for (statement, _) in tables.into_iter().filter(|(_, is_due)| *is_due) {
        sqlx::query(statement).bind(id).execute(&mut *connection).await?;
    }
    Ok(())
}

async fn insert_standing(
    connection: &mut SqliteConnection,
    place: &Place<'_>,
    new: &NewStanding,
    found_on: &str,
) -> Result<(), StoreError> {
    let (person, programme) = &new.benefit;
    sqlx::query(
        "INSERT INTO standing (screening_id, household_id, person_id, programme, standing, low, high, every, is_cash, \
         next_on, next_kind, found_on, hamlet, sex, age_band, ethnic_group, is_asked) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(place.id)
    .bind(place.household)
    .bind(person.map(|id| id.to_string()))
    .bind(programme)
    .bind(&new.standing)
    .bind(new.level.map(|(low, _)| low))
    .bind(new.level.map(|(_, high)| high))
    .bind(&new.every)
    .bind(new.is_cash)
    .bind(new.next.as_ref().map(|(on, _)| on.to_string()))
    .bind(new.next.as_ref().map(|(_, kind)| kind))
    .bind(found_on)
    .bind(place.hamlet)
    .bind(&new.traits.sex)
    .bind(&new.traits.age_band)
    .bind(&new.traits.ethnic_group)
    .bind(new.is_asked)
    .execute(connection)
    .await?;
    Ok(())
}

async fn insert_upcoming(
    connection: &mut SqliteConnection,
    place: &Place<'_>,
    new: &NewUpcoming,
) -> Result<(), StoreError> {
    let (person, programme) = &new.benefit;
    let ([text_vi, text_en], [why_vi, why_en]) = (&new.text, &new.why);
    sqlx::query(
        "INSERT INTO upcoming (screening_id, household_id, person_id, programme, hamlet, change_on, kind, cause, text_vi, \
         text_en, why_vi, why_en) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(place.id)
    .bind(place.household)
    .bind(person.map(|id| id.to_string()))
    .bind(programme)
    .bind(place.hamlet)
    .bind(new.on.to_string())
    .bind(&new.kind)
    .bind(&new.cause)
    .bind(text_vi)
    .bind(text_en)
    .bind(why_vi)
    .bind(why_en)
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes what another release says otherwise of the same facts.
async fn insert_release_changes(
    connection: &mut SqliteConnection,
    (id, household): (i64, &str),
    known: &BTreeMap<Benefit, OldStanding>,
    new: &NewScreening,
    before: &Basis,
) -> Result<(), StoreError> {
    let now: BTreeMap<&Benefit, &NewStanding> = new.standings.iter().map(|new| (&new.benefit, new)).collect();
    let benefits: BTreeSet<&Benefit> = known.keys().chain(now.keys().copied()).collect();
    for benefit in benefits {
        let old = known.get(benefit);
        let new = now.get(benefit);
        let kept = new.filter(|new| new.is_kept);
        let was = old.map(|old| (old.standing.as_str(), old.low, old.high));
        let is = kept.map(|new| (new.standing.as_str(), new.level.map(|l| l.0), new.level.map(|l| l.1)));
        if was == is {
            continue;
        }
        let (was, before_low, before_high) = was.unwrap_or(("no", None, None));
        let (is, after_low, after_high) = is.unwrap_or((new.map_or("no", |new| new.standing.as_str()), None, None));
        sqlx::query(
            "INSERT INTO release_change (screening_id, household_id, person_id, programme, before, before_low, before_high, \
             after, after_low, after_high, before_digest, before_month) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(id)
        .bind(household)
        .bind(benefit.0.map(|id| id.to_string()))
        .bind(&benefit.1)
        .bind(was)
        .bind(before_low)
        .bind(before_high)
        .bind(is)
        .bind(after_low)
        .bind(after_high)
        .bind(&before.release_digest)
        .bind(&before.month)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
