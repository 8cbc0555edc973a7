//! The lists of the commune, read from what screenings found: see `screening`. Each names whom it is about.

use crate::row::{count, read};
use crate::{HouseholdId, PersonId, Store, StoreError};

/// Whom a line of a list is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The household.
    pub household: HouseholdId,
    /// The number it is filed under.
    pub number: String,
    /// Where it lives.
    pub hamlet: String,
    /// The name of its head.
    pub head_name: Option<String>,
    /// The person; nobody for the household as a whole.
    pub person: Option<PersonId>,
    /// The name of that person.
    pub person_name: Option<String>,
}

/// A part of a list, and how long the whole is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The lines asked for.
    pub lines: Vec<T>,
    /// How many there are in all.
    pub n_in_all: usize,
}

/// A household with open answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// Which.
    pub of: Listed,
    /// How many answers are open.
    pub n_open: usize,
    /// How many facts are asked for next.
    pub n_missing: usize,
}

/// A change that time brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upcoming {
    /// Whose.
    pub of: Listed,
    /// The programme.
    pub programme: String,
    /// The first day.
    pub on: String,
    /// `gains`, `ends`, `amount` or `asks`.
    pub kind: String,
    /// `age`, `paper`, `birth`, `law` or `day`.
    pub cause: String,
    /// What changes, in Vietnamese and English.
    pub text: [String; 2],
    /// Why, in both.
    pub why: [String; 2],
}

/// Which changes are wanted; what is left out is not looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpcomingFilter {
    /// The first day, `2026-11-01`.
    pub from: String,
    /// The first day no longer wanted.
    pub until: String,
    /// The hamlet.
    pub hamlet: Option<String>,
    /// The programme.
    pub programme: Option<String>,
    /// The kind.
    pub kind: Option<String>,
    /// Leaves out what the law alone changes.
    pub without_law: bool,
}

/// What another release says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseChange {
    /// Of whom.
    pub of: Listed,
    /// The programme.
    pub programme: String,
    /// The word of the standing before.
    pub before: String,
    /// The word of the standing after.
    pub after: String,
    /// What was paid at least before; none for a card.
    pub before_low: Option<i64>,
    /// What is paid at least now.
    pub after_low: Option<i64>,
}

/// How many rows of a kind there are, for statistics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The programme.
    pub programme: String,
    /// `can_apply` or `receiving`.
    pub standing: String,
    /// `month`, `year` or `once`.
    pub every: String,
    /// The hamlet.
    pub hamlet: String,
    /// The sex; none where it is not known, and for households.
    pub sex: Option<String>,
    /// The band of ages; as the sex.
    pub age_band: Option<String>,
    /// The ethnic group; none where it is not known.
    pub ethnic_group: Option<String>,
    /// Whether it is of a person.
    pub is_person: bool,
    /// How many benefits.
    pub n: usize,
    /// What is paid of them in cash, at least, together.
    pub low: i64,
}

/// How good the data are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quality {
    /// Households with open answers.
    pub n_open: usize,
    /// Facts that are asked for next, over all households.
    pub n_missing: usize,
    /// Persons without a day of birth.
    pub n_undated: usize,
}

#[derive(sqlx::FromRow)]
struct WhoRow {
    household_id: String,
    number: String,
    hamlet: String,
    head_name: Option<String>,
    person_id: Option<String>,
    person_name: Option<String>,
}

#[derive(sqlx::FromRow)]
struct UnfinishedRow {
    #[sqlx(flatten)]
    who: WhoRow,
    n_open: i64,
    n_missing: i64,
}

#[derive(sqlx::FromRow)]
struct UpcomingRow {
    #[sqlx(flatten)]
    who: WhoRow,
    programme: String,
    change_on: String,
    kind: String,
    cause: String,
    text_vi: String,
    text_en: String,
    why_vi: String,
    why_en: String,
}

#[derive(sqlx::FromRow)]
struct ReleaseRow {
    #[sqlx(flatten)]
    who: WhoRow,
    programme: String,
    before: String,
    after: String,
    before_low: Option<i64>,
    after_low: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct CoverageRow {
    programme: String,
    standing: String,
    every: String,
    hamlet: String,
    sex: Option<String>,
    age_band: Option<String>,
    ethnic_group: Option<String>,
    is_person: bool,
    n: i64,
    low: i64,
}

/// Whom a row `r` is about: the household `h` and the person `w`.
macro_rules! who {
    () => {
        "h.id AS household_id, h.number, h.hamlet, (SELECT p.name FROM person AS p WHERE p.household_id = h.id AND \
         p.removed_at IS NULL ORDER BY p.relation <> 'head', p.position LIMIT 1) AS head_name, w.id AS person_id, \
         w.name AS person_name"
    };
}
pub(crate) use who;

/// The changes that a filter lets through.
const WANTED: &str = "r.change_on >= ?1 AND r.change_on < ?2 AND (?3 IS NULL OR r.hamlet = ?3) AND \
                      (?4 IS NULL OR r.programme = ?4) AND (?5 IS NULL OR r.kind = ?5) AND (NOT ?6 OR r.cause <> 'law')";

impl Store {
    /// Returns households with open answers, those with the fewest missing facts first.
    pub async fn unfinished(&self, limit: u32) -> Result<Page<Unfinished>, StoreError> {
        let rows: Vec<UnfinishedRow> = sqlx::query_as(concat!(
            "SELECT ",
            who!(),
            ", r.n_open, r.n_missing FROM screening AS r JOIN household AS h ON h.id = r.household_id \
             LEFT JOIN person AS w ON 0 WHERE r.n_open > 0 ORDER BY r.n_missing, r.household_id LIMIT ?"
        ))
        .bind(limit)
        .fetch_all(&self.pool)
        .await?;
        let n: i64 = sqlx::query_scalar("SELECT count(*) FROM screening WHERE n_open > 0")
            .fetch_one(&self.pool)
            .await?;
        let line = |row: UnfinishedRow| {
            Ok(Unfinished {
                of: listed(row.who)?,
                n_open: count(row.n_open),
                n_missing: count(row.n_missing),
            })
        };
        page(rows, n, line)
    }

    /// Returns persons of the roster of whom no year of birth is recorded.
    pub async fn undated(&self, limit: u32) -> Result<Page<Listed>, StoreError> {
        let rows: Vec<WhoRow> = sqlx::query_as(concat!(
            "SELECT ",
            who!(),
            " FROM screening AS r JOIN household AS h ON h.id = r.household_id JOIN person AS w ON w.household_id = h.id \
             WHERE r.n_undated > 0 AND w.removed_at IS NULL AND w.died_on IS NULL AND w.birth_year IS NULL \
             ORDER BY h.number, w.position LIMIT ?"
        ))
        .bind(limit)
        .fetch_all(&self.pool)
        .await?;
        let n: i64 = sqlx::query_scalar("SELECT coalesce(sum(n_undated), 0) FROM screening WHERE n_undated > 0")
            .fetch_one(&self.pool)
            .await?;
        page(rows, n, listed)
    }

    /// Returns what time will bring, by day.
    pub async fn upcoming(
        &self,
        filter: &UpcomingFilter,
        limit: u32,
        offset: u32,
    ) -> Result<Page<Upcoming>, StoreError> {
        let query = format!(
            "SELECT {}, r.programme, r.change_on, r.kind, r.cause, r.text_vi, r.text_en, r.why_vi, r.why_en \
             FROM (SELECT * FROM upcoming AS r WHERE {WANTED} ORDER BY r.change_on, r.household_id, r.programme, r.person_id \
             LIMIT ?7 OFFSET ?8) AS r \
             JOIN household AS h ON h.id = r.household_id LEFT JOIN person AS w ON w.id = r.person_id \
             ORDER BY r.change_on, r.household_id, r.programme, r.person_id",
            who!()
        );
        let rows: Vec<UpcomingRow> = sqlx::query_as(sqlx::AssertSqlSafe(query))
            .bind(&filter.from)
            .bind(&filter.until)
            .bind(&filter.hamlet)
            .bind(&filter.programme)
            .bind(&filter.kind)
            .bind(filter.without_law)
            .bind(limit)
            .bind(offset)
            .fetch_all(&self.pool)
            .await?;
        let n: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
            "SELECT count(*) FROM upcoming AS r WHERE {WANTED}"
        )))
        .bind(&filter.from)
        .bind(&filter.until)
        .bind(&filter.hamlet)
        .bind(&filter.programme)
        .bind(&filter.kind)
        .bind(filter.without_law)
        .fetch_one(&self.pool)
        .await?;
        let line = |row: UpcomingRow| {
            Ok(Upcoming {
                of: listed(row.who)?,
                programme: row.programme,
                on: row.change_on,
                kind: row.kind,
                cause: row.cause,
                text: [row.text_vi, row.text_en],
                why: [row.why_vi, row.why_en],
            })
        };
        page(rows, n, line)
    }

    /// Counts what time will bring by month, `2026-12`, and by programme.
    pub async fn upcoming_counts(
        &self,
        filter: &UpcomingFilter,
    ) -> Result<(Vec<(String, usize)>, Vec<(String, usize)>), StoreError> {
        let mut counts = Vec::new();
        for by in ["substr(r.change_on, 1, 7)", "r.programme"] {
            let query = format!("SELECT {by}, count(*) FROM upcoming AS r WHERE {WANTED} GROUP BY 1 ORDER BY 1");
            let rows: Vec<(String, i64)> = sqlx::query_as(sqlx::AssertSqlSafe(query))
                .bind(&filter.from)
                .bind(&filter.until)
                .bind(&filter.hamlet)
                .bind(&filter.programme)
                .bind(&filter.kind)
                .bind(filter.without_law)
                .fetch_all(&self.pool)
                .await?;
            counts.push(rows.into_iter().map(|(name, n)| (name, count(n))).collect());
        }
        let programmes = counts.pop().unwrap_or_default();
        Ok((counts.pop().unwrap_or_default(), programmes))
    }

    /// Returns what the release in force says otherwise than the one before it.
    pub async fn release_changes(&self, limit: u32) -> Result<Page<ReleaseChange>, StoreError> {
        let rows: Vec<ReleaseRow> = sqlx::query_as(concat!(
            "SELECT ",
            who!(),
            ", r.programme, r.before, r.after, r.before_low, r.after_low FROM (SELECT * FROM release_change \
             ORDER BY after <> 'can_apply', screening_id LIMIT ?) AS r JOIN household AS h ON h.id = r.household_id \
             LEFT JOIN person AS w ON w.id = r.person_id ORDER BY r.after <> 'can_apply', h.number"
        ))
        .bind(limit)
        .fetch_all(&self.pool)
        .await?;
        let n: i64 = sqlx::query_scalar("SELECT count(*) FROM release_change")
            .fetch_one(&self.pool)
            .await?;
        let line = |row: ReleaseRow| {
            Ok(ReleaseChange {
                of: listed(row.who)?,
                programme: row.programme,
                before: row.before,
                after: row.after,
                before_low: row.before_low,
                after_low: row.after_low,
            })
        };
        page(rows, n, line)
    }

    /// Counts what is received and what is not, by everything that statistics tell apart.
    pub async fn coverage(&self) -> Result<Vec<Coverage>, StoreError> {
        let rows: Vec<CoverageRow> = sqlx::query_as(
            "SELECT programme, standing, every, hamlet, sex, age_band, ethnic_group, person_id IS NOT NULL AS is_person, \
             count(*) AS n, coalesce(sum(CASE WHEN is_cash THEN low END), 0) AS low FROM benefit \
             WHERE standing = 'receiving' OR (standing = 'can_apply' AND is_asked) GROUP BY 1, 2, 3, 4, 5, 6, 7, 8",
        )
        .fetch_all(&self.pool)
        .await?;
        let line = |row: CoverageRow| Coverage {
            programme: row.programme,
            standing: row.standing,
            every: row.every,
            hamlet: row.hamlet,
            sex: row.sex,
            age_band: row.age_band,
            ethnic_group: row.ethnic_group,
            is_person: row.is_person,
            n: count(row.n),
            low: row.low,
        };
        Ok(rows.into_iter().map(line).collect())
    }

    /// Returns how good the data of the screened households are.
    pub async fn quality(&self) -> Result<Quality, StoreError> {
        let (n_open, n_missing, n_undated): (i64, i64, i64) = sqlx::query_as(
            "SELECT coalesce(sum(n_open > 0), 0), coalesce(sum(n_missing), 0), coalesce(sum(n_undated), 0) FROM screening",
        )
        .fetch_one(&self.pool)
        .await?;
        Ok(Quality {
            n_open: count(n_open),
            n_missing: count(n_missing),
            n_undated: count(n_undated),
        })
    }
}

pub(crate) fn page<R, T>(
    rows: Vec<R>,
    n_in_all: i64,
    line: impl FnMut(R) -> Result<T, StoreError>,
) -> Result<Page<T>, StoreError> {
    Ok(Page {
        lines: rows.into_iter().map(line).collect::<Result<_, _>>()?,
        n_in_all: count(n_in_all),
    })
}

fn listed(row: WhoRow) -> Result<Listed, StoreError> {
    Ok(Listed {
        household: read(&row.household_id)?,
        number: row.number,
        hamlet: row.hamlet,
        head_name: row.head_name,
        person: row.person_id.as_deref().map(read).transpose()?,
        person_name: row.person_name,
    })
}
