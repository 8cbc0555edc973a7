//! Table `search_key`: finds households by the names of their members, year of birth, hamlet or number, and by the identity
//! numbers and telephones of their members.
//!
//! Every word of a query must begin a word of the household. Tone marks need not be typed; where they are, the names that
//! have them come first. One word may also be the initials of a name. Only where nothing is found so, names of
//! which a letter or two are otherwise are offered, and said to be only near.

use crate::fold::{exact_key, fold, folded_key, initials, words};
use crate::near::{distance, forgiven};
use crate::row::{count, read};
use crate::{HouseholdId, PersonId, Store, StoreError};
use sqlx::sqlite::SqliteConnection;
use sqlx::{QueryBuilder, Sqlite};

/// A household that was found, with the member who fits best.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The household.
    pub household: HouseholdId,
    /// The number it is filed under.
    pub number: String,
    /// Where it lives.
    pub hamlet: String,
    /// The name of its head.
    pub head_name: Option<String>,
    /// How many members it has, without those removed.
    pub n_persons: usize,
    /// Whether it is a sample and no real household.
    pub invented: bool,
    /// The member who fits best; nobody in a household without members.
    pub person: Option<PersonId>,
    /// The name of that member.
    pub person_name: Option<String>,
    /// The year of birth of that member, as lists show it.
    pub birth_year: Option<String>,
    /// Nothing fitted as it was typed; this is only near.
    pub is_near: bool,
}

/// More words than a name and a hamlet have only cost time.
const MOST_WORDS: usize = 8;

/// Of names that are only near, a long list helps nobody.
const MOST_NEAR: u32 = 10;

/// From this many digits on, a word may begin an identity number or a telephone; a household number is shorter.
const LONG_NUMBER: usize = 6;

// Ranks, best first. Between ranks there is room for how many words have their tone marks, and for the place in the roster.
const EXACT: &str = "0";
const FOLDED: &str = "100000";
const PLACE: &str = "200000";
const NUMBERS: &str = "250000";
const INITIALS: &str = "300000";

#[derive(sqlx::FromRow)]
struct FoundRow {
    household_id: String,
    number: String,
    hamlet: String,
    head_name: Option<String>,
    n_persons: i64,
    invented: bool,
    person_id: Option<String>,
    person_name: Option<String>,
    birth_year: Option<String>,
}

#[derive(sqlx::FromRow)]
struct NameRow {
    id: i64,
    household_id: String,
    folded: String,
    birth_year: String,
    place: String,
}

#[derive(sqlx::FromRow)]
struct MemberRow {
    id: String,
    position: i64,
    name: String,
    birth_year: Option<String>,
    id_number: Option<String>,
    old_id_number: Option<String>,
    phone: Option<String>,
}

impl Store {
    /// Returns the households that fit, best first. An empty query fits none.
    pub async fn search(&self, text: &str, limit: u32) -> Result<Vec<Found>, StoreError> {
        let mut words = match number_in(text) {
            Some(number) => vec![number],
            None => words(text),
        };
        words.truncate(MOST_WORDS);
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let rows: Vec<FoundRow> = query(&words, limit).build_query_as().fetch_all(&self.pool).await?;
        if rows.is_empty() {
            return self.search_near(&words, limit).await;
        }
        rows.into_iter().map(|row| found(row, false)).collect()
    }

    /// Returns the members whose names are a slip of the hand away, nearest first, one of each household.
    async fn search_near(&self, words: &[String], limit: u32) -> Result<Vec<Found>, StoreError> {
        let wanted: Vec<Vec<char>> = words.iter().map(|word| fold(word).chars().collect()).collect();
        if wanted.iter().all(|word| forgiven(word) == 0) {
            return Ok(Vec::new());
        }
        let names: Vec<NameRow> = sqlx::query_as(
            "SELECT id, household_id, folded, birth_year, place FROM search_key WHERE person_id IS NOT NULL",
        )
        .fetch_all(&self.pool)
        .await?;
        let mut near: Vec<(usize, &NameRow)> = names
            .iter()
            .filter_map(|row| Some((slips(&wanted, row)?, row)))
            .collect();
        near.sort_by(|(n, one), (m, other)| (n, &one.folded, one.id).cmp(&(m, &other.folded, other.id)));
        let mut households: Vec<&str> = Vec::new();
        let mut rows = Vec::new();
        for (_, row) in near {
            if households.contains(&row.household_id.as_str()) {
                continue;
            }
            households.push(&row.household_id);
            let line: Option<FoundRow> = sqlx::query_as(
                "SELECT k.household_id, l.number, l.hamlet, l.head_name, l.n_persons, l.invented, k.person_id, \
                 p.name AS person_name, p.birth_year FROM search_key AS k JOIN household_line AS l ON l.id = k.household_id \
                 JOIN person AS p ON p.id = k.person_id WHERE k.id = ?",
            )
            .bind(row.id)
            .fetch_optional(&self.pool)
            .await?;
            rows.extend(line);
            if rows.len() >= usize::try_from(limit.min(MOST_NEAR)).unwrap_or(usize::MAX) {
                break;
            }
        }
        rows.into_iter().map(|row| found(row, true)).collect()
    }
}

/// Returns how many slips lie between the words of a query and a row, where every word is near one of it.
fn slips(wanted: &[Vec<char>], row: &NameRow) -> Option<usize> {
    let mut sum = 0;
    for word in wanted {
        let text: String = word.iter().collect();
        let begins = |key: &str| key.contains(&format!(" {text}"));
        if begins(&row.folded) || begins(&row.birth_year) || begins(&row.place) {
            continue;
        }
        let most = if word.iter().all(char::is_ascii_digit) {
            0
        } else {
            forgiven(word)
        };
        let words = row
            .folded
            .split_whitespace()
            .map(|word| word.chars().collect::<Vec<char>>());
        sum += words
            .filter_map(|name| distance(word, &name, most))
            .min()
            .filter(|n| *n > 0)?;
    }
    Some(sum)
}

/// Returns the digits of a query that is one long number, however it is grouped: `0912 345 678`, `+84 912…`.
fn number_in(text: &str) -> Option<String> {
    let text = text.trim();
    if text.chars().any(|c| !c.is_ascii_digit() && !" .-+".contains(c)) {
        return None;
    }
    let digits = digits(text);
    (digits.len() >= LONG_NUMBER).then_some(digits)
}

/// Returns the digits of a number as it is searched for: a telephone without the code of the country.
fn digits(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix("84") {
        Some(rest) if text.trim_start().starts_with('+') => format!("0{rest}"),
        _ => digits,
    }
}

fn found(row: FoundRow, is_near: bool) -> Result<Found, StoreError> {
    Ok(Found {
        is_near,
        household: read(&row.household_id)?,
        number: row.number,
        hamlet: row.hamlet,
        head_name: row.head_name,
        n_persons: count(row.n_persons),
        invented: row.invented,
        person: row.person_id.as_deref().map(read).transpose()?,
        person_name: row.person_name,
        birth_year: row.birth_year,
    })
}

fn query(words: &[String], limit: u32) -> QueryBuilder<Sqlite> {
    let exact: Vec<String> = words.iter().map(|word| format!(" {word}")).collect();
    let folded: Vec<String> = words.iter().map(|word| format!(" {}", fold(word))).collect();

    // SQLite takes the other columns of a group from the row that has its minimum.
    let mut query = QueryBuilder::new(
        "SELECT f.household_id, l.number, l.hamlet, l.head_name, l.n_persons, l.invented, \
         f.person_id, p.name AS person_name, p.birth_year \
         FROM (SELECT household_id, person_id, folded, min(rank) AS rank FROM (\
         SELECT household_id, person_id, folded, CASE",
    );
    query.push(" WHEN ");
    every(&mut query, &exact, &["exact", "birth_year"]);
    query.push(" THEN ").push(EXACT).push(" WHEN ");
    every(&mut query, &folded, &["folded", "birth_year"]);
    query.push(" THEN ").push(FOLDED).push(" WHEN ");
    every(&mut query, &folded, &["folded", "birth_year", "place"]);
    query.push(" THEN ").push(PLACE);
    let columns: &[&str] = if words.iter().any(|word| is_long_number(word)) {
        query.push(" WHEN ");
        every(&mut query, &folded, WITH_NUMBERS);
        query.push(" THEN ").push(NUMBERS);
        WITH_NUMBERS
    } else {
        &["folded", "birth_year", "place"]
    };
    query.push(" ELSE ").push(INITIALS);
    // A whole name before a longer one, then as many words with their tone marks as possible, then the head first.
    query
        .push(" END + CASE WHEN folded = ")
        .push_bind(folded.concat())
        .push(" THEN 0 ELSE 10000 END - 100 * (0");
    for word in &exact {
        query.push(" + (instr(exact, ").push_bind(word.clone()).push(") > 0)");
    }
    query.push(") + min(position, 99) AS rank FROM search_key WHERE (");
    every(&mut query, &folded, columns);
    if let [word] = folded.as_slice() {
        query
            .push(" OR instr(' ' || initials, ")
            .push_bind(word.clone())
            .push(") > 0");
    }
    query
        .push(")) GROUP BY household_id ORDER BY rank, folded, household_id LIMIT ")
        .push_bind(limit)
        .push(
            ") AS f JOIN household_line AS l ON l.id = f.household_id LEFT JOIN person AS p ON p.id = f.person_id \
             ORDER BY f.rank, f.folded, f.household_id",
        );
    query
}

const WITH_NUMBERS: &[&str] = &["folded", "birth_year", "place", "numbers"];

fn is_long_number(word: &str) -> bool {
    word.len() >= LONG_NUMBER && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Every word begins a word of one of the columns.
fn every(query: &mut QueryBuilder<Sqlite>, words: &[String], columns: &[&str]) {
    for (n, word) in words.iter().enumerate() {
        query.push(if n == 0 { "(" } else { " AND (" });
        for (n, column) in columns.iter().enumerate() {
            if n > 0 {
                query.push(" OR ");
            }
            query
                .push("instr(")
                .push(column)
                .push(", ")
                .push_bind(word.clone())
                .push(") > 0");
        }
        query.push(")");
    }
}

/// Makes the keys of a household anew. Whoever changes a name, a year of birth, a hamlet, a number or a roster calls it.
pub(crate) async fn refresh(connection: &mut SqliteConnection, household: HouseholdId) -> Result<(), StoreError> {
    let id = household.to_string();
    let (number, hamlet): (String, String) = sqlx::query_as("SELECT number, hamlet FROM household WHERE id = ?")
        .bind(&id)
        .fetch_one(&mut *connection)
        .await?;
    let members: Vec<MemberRow> = sqlx::query_as(
        "SELECT p.id, p.position, p.name, p.birth_year, i.id_number, i.old_id_number, i.phone FROM person AS p \
         LEFT JOIN identity AS i ON i.person_id = p.id WHERE p.household_id = ? AND p.removed_at IS NULL",
    )
    .bind(&id)
    .fetch_all(&mut *connection)
    .await?;
    sqlx::query("DELETE FROM search_key WHERE household_id = ?")
        .bind(&id)
        .execute(&mut *connection)
        .await?;

    let place = place_key(&number, &hamlet);
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(
        "INSERT INTO search_key (household_id, person_id, position, exact, folded, initials, birth_year, place, numbers) ",
    );
    let itself = std::iter::once(None);
    query.push_values(itself.chain(members.iter().map(Some)), |mut values, member| {
        let name = member.map_or("", |member| member.name.as_str());
        let birth_year = member.and_then(|member| member.birth_year.as_deref()).unwrap_or("");
        values
            .push_bind(id.clone())
            .push_bind(member.map(|member| member.id.clone()))
            // The household itself comes after all its members.
            .push_bind(member.map_or(i64::MAX, |member| member.position))
            .push_bind(exact_key(name))
            .push_bind(folded_key(name))
            .push_bind(initials(name))
            .push_bind(folded_key(birth_year))
            .push_bind(place.clone())
            .push_bind(member.map(numbers_key).unwrap_or_default());
    });
    query.build().execute(connection).await?;
    Ok(())
}

fn numbers_key(member: &MemberRow) -> String {
    let all = [&member.id_number, &member.old_id_number, &member.phone];
    let all = all.into_iter().flatten().map(|number| digits(number));
    all.filter(|digits| !digits.is_empty())
        .map(|digits| format!(" {digits}"))
        .collect()
}

/// A number is also found without the zeros it begins with.
fn place_key(number: &str, hamlet: &str) -> String {
    let mut key = folded_key(number);
    for word in words(number) {
        let short = word.trim_start_matches('0');
        if short.len() < word.len() && !short.is_empty() {
            key.push(' ');
            key.push_str(short);
        }
    }
    key + &folded_key(hamlet)
}

#[cfg(test)]
mod tests;
