//! Who may be entitled and does not receive, from what screenings found, and table `gap_reason`: why not.
//!
//! Reasons are only added: the newest of a benefit counts, and one without a reason takes back what was said.

use crate::lists::{Listed, Page, who};
use crate::row::{count, read, time_text};
use crate::{Benefit, HouseholdId, Stamp, Store, StoreError, audit};

/// Which of the gap is wanted; what is left out is not looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GapFilter {
    /// The hamlet.
    pub hamlet: Option<String>,
    /// The programme.
    pub programme: Option<String>,
    /// The reason; an empty one for those without.
    pub reason: Option<String>,
    /// Also what the rules do not ask about, where nobody can say whether it is received.
    pub with_unasked: bool,
}

/// In which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GapOrder {
    /// Who forgoes most each month first.
    Amount,
    /// What was found last first.
    Found,
}

/// A benefit that somebody may be entitled to and does not receive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GapLine {
    /// Of whom.
    pub of: Listed,
    /// The programme.
    pub programme: String,
    /// What would be paid at least, and at most; none for a card.
    pub level: Option<(i64, i64)>,
    /// `month`, `year` or `once`.
    pub every: String,
    /// Whether it is cash.
    pub is_cash: bool,
    /// The day on which a screening first found it.
    pub found_on: String,
    /// Whether an application for it is under way.
    pub is_applied_for: bool,
    /// Why it is not received, where somebody said so.
    pub reason: Option<KeptReason>,
}

/// A reason as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptReason {
    /// The caller's word.
    pub reason: String,
    /// What was said besides.
    pub note: String,
    /// When.
    pub at: String,
    /// By whom.
    pub by: String,
}

/// What a part of the gap comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GapSum {
    /// The programme.
    pub programme: String,
    /// The reason; empty where none was given.
    pub reason: String,
    /// `month`, `year` or `once`.
    pub every: String,
    /// How many benefits.
    pub n: usize,
    /// What they would pay in cash at least, and at most, together.
    pub level: (i64, i64),
}

/// A reason to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReason {
    /// The household.
    pub household: HouseholdId,
    /// Whose benefit, and which.
    pub benefit: Benefit,
    /// The caller's word; none takes back what was said.
    pub reason: Option<String>,
    /// What is said besides.
    pub note: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    household_id: String,
    number: String,
    hamlet: String,
    head_name: Option<String>,
    person_id: Option<String>,
    person_name: Option<String>,
    programme: String,
    low: Option<i64>,
    high: Option<i64>,
    every: String,
    is_cash: bool,
    found_on: String,
    is_applied_for: bool,
    reason: Option<String>,
    note: Option<String>,
    recorded_at: Option<String>,
    recorded_by: Option<String>,
}

/// The reason of a benefit in the gap: an application under way is one by itself.
macro_rules! reason {
    () => {
        "coalesce(g.reason, iif(s.is_applied_for, 'in_process', ''))"
    };
}

/// Every benefit of the gap `s` with the newest reason `g`, where it has one, as a filter lets it through.
const GAP: &str = concat!(
    "FROM benefit AS s LEFT JOIN gap_reason AS g ON g.id = (SELECT max(r.id) FROM gap_reason AS r \
     WHERE r.household_id = s.household_id AND r.programme = s.programme AND r.person_id IS s.person_id) \
     WHERE s.standing = 'can_apply' AND (?1 IS NULL OR s.hamlet = ?1) AND (?2 IS NULL OR s.programme = ?2) \
     AND (s.is_asked OR ?4) AND (?3 IS NULL OR ?3 = ",
    reason!(),
    ")"
);

impl Store {
    /// Returns a part of the gap.
    pub async fn gap(
        &self,
        filter: &GapFilter,
        order: GapOrder,
        limit: u32,
        offset: u32,
    ) -> Result<Page<GapLine>, StoreError> {
        let order = match order {
            GapOrder::Amount => "is_cash AND every = 'month' DESC, is_cash DESC, low DESC",
            GapOrder::Found => "found_on DESC, is_cash AND every = 'month' DESC, low DESC",
        };
        let query = format!(
            "SELECT {}, s.* FROM (SELECT s.household_id AS in_household, s.person_id AS of_person, s.programme, s.low, s.high, \
             s.every, s.is_cash, s.found_on, s.is_applied_for, g.reason, g.note, g.recorded_at, g.recorded_by {GAP} \
             ORDER BY {order}, s.household_id, s.programme, s.person_id LIMIT ?5 OFFSET ?6) AS s \
             JOIN household AS h ON h.id = s.in_household LEFT JOIN person AS w ON w.id = s.of_person \
             ORDER BY {order}, h.id, s.programme, s.of_person",
            who!()
        );
        let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(query))
            .bind(&filter.hamlet)
            .bind(&filter.programme)
            .bind(&filter.reason)
            .bind(filter.with_unasked)
            .bind(limit)
            .bind(offset)
            .fetch_all(&self.pool)
            .await?;
        let n: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("SELECT count(*) {GAP}")))
            .bind(&filter.hamlet)
            .bind(&filter.programme)
            .bind(&filter.reason)
            .bind(filter.with_unasked)
            .fetch_one(&self.pool)
            .await?;
        Ok(Page {
            lines: rows.into_iter().map(line).collect::<Result<_, _>>()?,
            n_in_all: count(n),
        })
    }

    /// Returns what the gap comes to, by programme and reason.
    pub async fn gap_sums(&self, filter: &GapFilter) -> Result<Vec<GapSum>, StoreError> {
        let query = format!(
            "SELECT s.programme, {}, s.every, count(*), \
             coalesce(sum(CASE WHEN s.is_cash THEN s.low END), 0), coalesce(sum(CASE WHEN s.is_cash THEN s.high END), 0) \
             {GAP} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
            reason!()
        );
        let rows: Vec<(String, String, String, i64, i64, i64)> = sqlx::query_as(sqlx::AssertSqlSafe(query))
            .bind(&filter.hamlet)
            .bind(&filter.programme)
            .bind(&filter.reason)
            .bind(filter.with_unasked)
            .fetch_all(&self.pool)
            .await?;
        let sum = |(programme, reason, every, n, low, high)| GapSum {
            programme,
            reason,
            every,
            n: count(n),
            level: (low, high),
        };
        Ok(rows.into_iter().map(sum).collect())
    }

    /// Keeps why benefits are not received, all or none.
    pub async fn add_gap_reasons(&self, new: &[NewReason], stamp: &Stamp) -> Result<(), StoreError> {
        let mut tx = self.pool.begin().await?;
        for new in new {
            let (person, programme) = &new.benefit;
            sqlx::query(
                "INSERT INTO gap_reason (household_id, person_id, programme, reason, note, recorded_at, recorded_by) \
                 VALUES (?, ?, ?, ?, ?, ?, ?)",
            )
            .bind(new.household.to_string())
            .bind(person.map(|id| id.to_string()))
            .bind(programme)
            .bind(&new.reason)
            .bind(&new.note)
            .bind(time_text(stamp.at))
            .bind(&stamp.by)
            .execute(&mut *tx)
            .await?;
            let detail = format!("{programme}: {}", new.reason.as_deref().unwrap_or("-"));
            audit::append(&mut tx, stamp, "set gap reason", &new.household.to_string(), &detail).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

fn line(row: Row) -> Result<GapLine, StoreError> {
    let reason = row.reason.map(|reason| KeptReason {
        reason,
        note: row.note.unwrap_or_default(),
        at: row.recorded_at.unwrap_or_default(),
        by: row.recorded_by.unwrap_or_default(),
    });
    Ok(GapLine {
        of: Listed {
            household: read(&row.household_id)?,
            number: row.number,
            hamlet: row.hamlet,
            head_name: row.head_name,
            person: row.person_id.as_deref().map(read).transpose()?,
            person_name: row.person_name,
        },
        programme: row.programme,
        level: row.low.zip(row.high),
        every: row.every,
        is_cash: row.is_cash,
        found_on: row.found_on,
        is_applied_for: row.is_applied_for,
        reason,
    })
}

#[cfg(test)]
mod tests;
