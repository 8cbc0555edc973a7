//! What would come of a list: the households it makes, and everything that is wrong, by row.
//!
//! A household comes in whole or not at all: where a row of it is wrong, all its rows are left out, so that nobody is screened
//! in a household that lacks a member.

use std::collections::{BTreeMap, BTreeSet};

use ansinh_engine::read::Scope;
use ansinh_engine::rules::RuleSet;
use ansinh_store::{
    BirthYear, Commune, Identity, KnownPerson, NewFact, NewHousehold, NewMember, NewRoster, PersonDetails, folded_key,
};
use jiff::civil::Date;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use super::Trouble;
use super::cells::{self, DayOrder};
use super::columns::{Mapping, Target, letter};
use super::sheet::{Cell, Row};
use crate::duplicates::likeness;
use crate::job::Progress;
use crate::screening::new_fact;
use crate::wire::{Failure, ImportPreview, Likeness, PlannedHousehold, Relation, RowProblem};

const MOST_SHOWN: usize = 200;
const MOST_PARENTS: usize = 2;

/// What a list is read with.
pub(super) struct Ground<'g> {
    pub(super) rules: &'g RuleSet,
    pub(super) commune: &'g Commune,
    pub(super) today: Date,
    pub(super) invented: bool,
    pub(super) known: &'g [KnownPerson],
    pub(super) taken: &'g [String],
    pub(super) headers: &'g Row,
    pub(super) mapping: &'g Mapping,
    pub(super) hamlet: Option<&'g str>,
    pub(super) with_look_alikes: bool,
}

/// What would come of a list.
pub(super) struct Plan {
    pub(super) rosters: Vec<NewRoster>,
    pub(super) households: Vec<PlannedHousehold>,
    pub(super) problems: Vec<RowProblem>,
    pub(super) n_rows: usize,
    pub(super) n_households_left_out: usize,
}

impl Plan {
    pub(super) fn n_persons(&self) -> usize {
        self.rosters.iter().map(|roster| roster.household.members.len()).sum()
    }

    /// Stands for what the plan makes, and of how much.
    pub(super) fn digest(&self) -> String {
        let text = format!("{} {:?}", self.n_rows, self.rosters);
        data_encoding::HEXLOWER.encode(&Sha256::digest(text))
    }

    pub(super) fn preview(mut self) -> ImportPreview {
        let digest = self.digest();
        let n_persons = self.n_persons();
        let n_problems = self.problems.iter().filter(|problem| problem.leaves_out).count();
        let n_notes = self.problems.len() - n_problems;
        self.problems.sort_by_key(|problem| (!problem.leaves_out, problem.row));
        self.problems.truncate(MOST_SHOWN);
        self.households.truncate(MOST_SHOWN);
        ImportPreview {
            n_rows: self.n_rows,
            n_households: self.rosters.len(),
            n_persons,
            n_rows_left_out: self.n_rows - n_persons,
            n_households_left_out: self.n_households_left_out,
            households: self.households,
            problems: self.problems,
            n_problems,
            n_notes,
            digest,
        }
    }
}

/// A person as their row says.
struct Draft {
    row: usize,
    name: String,
    relation: Option<Relation>,
    number: String,
    hamlet: String,
    identity: Identity,
    /// The day of birth as an answer, and the year as lists show it.
    birth: Json,
    birth_year: Option<String>,
    facts: Vec<NewFact>,
    of_household: Vec<(usize, NewFact)>,
}

/// The persons of one household, by place in the list of drafts.
type Group = Vec<usize>;

struct Reader<'g> {
    ground: &'g Ground<'g>,
    orders: BTreeMap<usize, DayOrder>,
    problems: Vec<RowProblem>,
    /// The rows that keep their households out.
    wrong: BTreeSet<usize>,
}

/// Reads the rows below the headers.
pub(super) fn plan(ground: &Ground<'_>, rows: &[Row], progress: &Progress) -> Result<Plan, Failure> {
    let mapping = ground.mapping;
    let rows: Vec<&Row> = rows.iter().filter(|row| mapping.says_something(row)).collect();
    let days = mapping.facts(Scope::Person).chain(mapping.facts(Scope::Household));
    let orders = days.map(|(column, _)| (column, cells::order_of(rows.iter().map(|row| row.cell(column)))));
    let mut reader = Reader {
        ground,
        orders: orders.collect(),
        problems: Vec::new(),
        wrong: BTreeSet::new(),
    };
    let mut drafts = Vec::new();
    for row in &rows {
        progress.go_on()?;
        drafts.push(reader.draft(row));
        progress.step();
    }
    let groups = reader.groups(&mut drafts);
    reader.twice_in_list(&drafts, &groups);
    reader.known_already(&drafts);
    let mut plan = Plan {
        rosters: Vec::new(),
        households: Vec::new(),
        problems: Vec::new(),
        n_rows: rows.len(),
        n_households_left_out: 0,
    };
    for group in &groups {
        let persons: Vec<&Draft> = group.iter().filter_map(|at| drafts.get(*at)).collect();
        if persons.iter().any(|person| reader.wrong.contains(&person.row)) {
            plan.n_households_left_out += 1;
            continue;
        }
        let Some(head) = persons.first() else { continue };
        let roster = reader.roster(&persons);
        plan.households.push(PlannedHousehold {
            row: persons.iter().map(|person| person.row).min().unwrap_or_default(),
            number: roster.household.number.clone(),
            hamlet: roster.household.hamlet.clone(),
            head: head.name.clone(),
            n_persons: persons.len(),
        });
        plan.rosters.push(roster);
    }
    plan.problems = reader.problems;
    plan.problems.sort_by_key(|problem| problem.row);
    Ok(plan)
}

impl Reader<'_> {
    fn header(&self, column: usize) -> String {
        let header = self.ground.headers.cell(column).text();
        if header.is_empty() { letter(column) } else { header }
    }

    /// Notes what is wrong in a cell and keeps the household out.
    fn wrong(&mut self, row: usize, cell: Option<(usize, &Cell)>, trouble: Trouble) {
        self.wrong.insert(row);
        let problem = self.problem(row, cell, trouble, true);
        self.problems.push(problem);
    }

    /// Notes what is to be looked at.
    fn note(&mut self, row: usize, cell: Option<(usize, &Cell)>, trouble: Trouble) {
        let problem = self.problem(row, cell, trouble, false);
        self.problems.push(problem);
    }

    fn problem(&self, row: usize, cell: Option<(usize, &Cell)>, trouble: Trouble, leaves_out: bool) -> RowProblem {
        RowProblem {
            row,
            column: cell.map(|(column, _)| self.header(column)),
            said: cell.map(|(_, cell)| cells::digits_of(cell)).unwrap_or_default(),
            vi: trouble.vi,
            en: trouble.en,
            way_vi: trouble.way_vi,
            way_en: trouble.way_en,
            leaves_out,
        }
    }

    /// Returns the cell of a row that means something, where it says something.
    fn cell<'r>(&self, row: &'r Row, target: Target) -> Option<(usize, &'r Cell)> {
        let column = self.ground.mapping.column(target)?;
        let cell = row.cell(column);
        (!cell.is_empty()).then_some((column, cell))
    }

    fn draft(&mut self, row: &Row) -> Draft {
        let at = row.number;
        let name_column = self.ground.mapping.column(Target::Name).unwrap_or_default();
        let name = cells::name(row.cell(name_column)).unwrap_or_else(|trouble| {
            self.wrong(at, Some((name_column, row.cell(name_column))), trouble);
            String::new()
        });
        let relation = match self.cell(row, Target::Relation) {
            Some((column, cell)) => match cells::relation(&cell.text()) {
                Ok(relation) => Some(relation),
                Err(trouble) => {
                    self.wrong(at, Some((column, cell)), trouble);
                    None
                }
            },
            None => {
                let column = self.ground.mapping.column(Target::Relation).unwrap_or_default();
                self.wrong(at, Some((column, &Cell::Empty)), no_relation());
                None
            }
        };
        let mut hamlet = String::new();
        if let Some((column, cell)) = self.cell(row, Target::Hamlet) {
            match cells::hamlet(&cell.text(), self.ground.commune) {
                Ok(known) => hamlet = known,
                Err(trouble) => self.wrong(at, Some((column, cell)), trouble),
            }
        }
        let number = self.cell(row, Target::Number).map(|(_, cell)| cells::digits_of(cell));
        let mut draft = Draft {
            row: at,
            name,
            relation,
            number: number.unwrap_or_default(),
            hamlet,
            identity: self.identity(row),
            birth: Json::Null,
            birth_year: None,
            facts: Vec::new(),
            of_household: Vec::new(),
        };
        self.facts(row, &mut draft);
        draft
    }

    fn identity(&mut self, row: &Row) -> Identity {
        let mut identity = Identity::default();
        if let Some((column, cell)) = self.cell(row, Target::IdNumber) {
            match cells::id_number(cell) {
                Ok(number) => identity.id_number = number,
                Err(trouble) => self.wrong(row.number, Some((column, cell)), trouble),
            }
        }
        if let Some((_, cell)) = self.cell(row, Target::OldIdNumber) {
            identity.old_id_number = cells::digits_of(cell);
        }
        if let Some((column, cell)) = self.cell(row, Target::Phone) {
            identity.phone = cells::digits_of(cell);
            let n_digits = identity.phone.chars().filter(char::is_ascii_digit).count();
            if !(9..=12).contains(&n_digits) {
                self.note(row.number, Some((column, cell)), odd_phone());
            }
        }
        identity
    }

    fn facts(&mut self, row: &Row, draft: &mut Draft) {
        let (rules, mapping) = (self.ground.rules, self.ground.mapping);
        let birth = mapping.birth(rules);
        let both = [Scope::Person, Scope::Household];
        let all = both
            .into_iter()
            .flat_map(|scope| mapping.facts(scope).map(move |(column, id)| (scope, column, id)));
        for (scope, column, id) in all {
            let cell = row.cell(column);
            let Some(fact) = rules.fact(id).filter(|_| !cell.is_empty()) else {
                continue;
            };
            let order = self.orders.get(&column).copied().unwrap_or(DayOrder::DayFirst);
            let answer = cells::answer(rules, fact, cell, order, self.ground.today);
            let new = answer.and_then(|answer| {
                let new = new_fact(rules, id, fact, &answer, "$").map_err(not_accepted)?;
                Ok((answer, new))
            });
            match new {
                Ok((answer, new)) => {
                    if birth == Some(column) {
                        draft.birth = answer;
                        draft.birth_year = match &new.birth_year {
                            BirthYear::Is(year) => year.clone(),
                            BirthYear::Unchanged => None,
                        };
                    }
                    match scope {
                        Scope::Person => draft.facts.push(new),
                        Scope::Household => draft.of_household.push((column, new)),
                    }
                }
                // Without the right day nothing can be said of anybody.
                Err(trouble) if birth == Some(column) => self.wrong(row.number, Some((column, cell)), trouble),
                Err(trouble) => self.note(row.number, Some((column, cell)), trouble),
            }
        }
    }

    /// Puts together who lives together: by the number of the household; where there is none, a household begins with its head.
    /// The head comes first in each.
    fn groups(&mut self, drafts: &mut [Draft]) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        let mut by_number: BTreeMap<String, usize> = BTreeMap::new();
        let mut last: Option<usize> = None;
        for (at, draft) in drafts.iter().enumerate() {
            let numbered = by_number.get(&plain_number(&draft.number)).copied();
            let found = if !draft.number.is_empty() {
                numbered
            } else if draft.relation == Some(Relation::Head) {
                None
            } else {
                last
            };
            let group = found.unwrap_or(groups.len());
            if let Some(persons) = groups.get_mut(group) {
                persons.push(at);
            } else {
                groups.push(vec![at]);
            }
            if !draft.number.is_empty() {
                by_number.insert(plain_number(&draft.number), group);
            }
            last = Some(group);
        }
        let taken: BTreeSet<String> = self.ground.taken.iter().map(|number| plain_number(number)).collect();
        for group in &mut groups {
            group.sort_by_key(|at| {
                drafts
                    .get(*at)
                    .is_none_or(|draft| draft.relation != Some(Relation::Head))
            });
            self.check_group(group, drafts, &taken);
        }
        groups
    }

    fn check_group(&mut self, group: &[usize], drafts: &mut [Draft], taken: &BTreeSet<String>) {
        let of = |at: &usize| drafts.get(*at);
        let first_row = group
            .iter()
            .filter_map(of)
            .map(|draft| draft.row)
            .min()
            .unwrap_or_default();
        let heads: Vec<usize> = group
            .iter()
            .filter_map(of)
            .filter(|draft| draft.relation == Some(Relation::Head))
            .map(|draft| draft.row)
            .collect();
        // Whoever's relation is not understood may be the head: that is said already.
        let all_known = group.iter().filter_map(of).all(|draft| draft.relation.is_some());
        let number = group
            .iter()
            .filter_map(of)
            .map(|draft| draft.number.clone())
            .find(|number| !number.is_empty());
        let mut hamlets: Vec<String> = group.iter().filter_map(of).map(|draft| draft.hamlet.clone()).collect();
        hamlets.retain(|hamlet| !hamlet.is_empty());
        hamlets.dedup();
        match heads.as_slice() {
            [] if all_known => self.wrong(first_row, None, no_head()),
            [first, second, ..] => self.wrong(*second, None, two_heads(*first)),
            _ => {}
        }
        if let Some(number) = &number
            && taken.contains(&plain_number(number))
        {
            self.wrong(first_row, None, number_taken(number));
        }
        let hamlet = match hamlets.as_slice() {
            [] => self.ground.hamlet.unwrap_or_default().to_owned(),
            [hamlet] => hamlet.clone(),
            [one, other, ..] => {
                self.wrong(first_row, None, two_hamlets(one, other));
                one.clone()
            }
        };
        let is_said = group.iter().filter_map(of).any(|draft| self.wrong.contains(&draft.row));
        if hamlet.is_empty() && !is_said {
            self.wrong(first_row, None, no_hamlet());
        }
        for at in group {
            if let Some(draft) = drafts.get_mut(*at) {
                draft.hamlet.clone_from(&hamlet);
                draft.number = number.clone().unwrap_or_default();
            }
        }
    }

    /// Finds whoever stands in the list twice.
    fn twice_in_list(&mut self, drafts: &[Draft], groups: &[Group]) {
        let mut household = BTreeMap::new();
        for (n, group) in groups.iter().enumerate() {
            household.extend(group.iter().map(|at| (*at, n)));
        }
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        let mut births: BTreeMap<(String, String), usize> = BTreeMap::new();
        for (at, draft) in drafts.iter().enumerate() {
            let number = draft.identity.id_number.as_str();
            if !number.is_empty()
                && let Some(before) = numbers.insert(number, at).and_then(|before| drafts.get(before))
            {
                self.wrong(before.row, None, same_number(draft.row));
                self.wrong(draft.row, None, same_number(before.row));
                continue;
            }
            let Some(year) = draft.birth_year.clone().filter(|_| !draft.name.is_empty()) else {
                continue;
            };
            let Some(before_at) = births.insert((folded_key(&draft.name), year), at) else {
                continue;
            };
            let Some(before) = drafts.get(before_at) else { continue };
            let whole = draft.birth.as_str().is_some_and(|day| day.len() == "2026-11-22".len());
            let is_alike = (whole && draft.birth == before.birth) || household.get(&at) == household.get(&before_at);
            let are_apart = !number.is_empty() && !before.identity.id_number.is_empty();
            if is_alike && !are_apart {
                self.look_alike(before.row, same_birth_in_list(draft.row));
                self.look_alike(draft.row, same_birth_in_list(before.row));
            }
        }
    }

    /// Finds whoever is in the commune already, as it is found while somebody is written down.
    fn known_already(&mut self, drafts: &[Draft]) {
        let known = self.ground.known;
        let mut numbers: BTreeMap<&str, &KnownPerson> = BTreeMap::new();
        let mut births: BTreeMap<(String, &str), Vec<&KnownPerson>> = BTreeMap::new();
        for person in known {
            numbers.extend(person.numbers.iter().map(|number| (number.as_str(), person)));
            if let Some(year) = person.person.birth_year.as_deref() {
                births
                    .entry((folded_key(&person.person.name), year))
                    .or_default()
                    .push(person);
            }
        }
        for draft in drafts {
            let own = [draft.identity.id_number.as_str(), draft.identity.old_id_number.as_str()];
            if let Some(same) = own.iter().find_map(|number| numbers.get(number)) {
                self.wrong(draft.row, None, known_by_number(same));
                continue;
            }
            let Some(year) = draft.birth_year.as_deref() else {
                continue;
            };
            let same = births.get(&(folded_key(&draft.name), year));
            let mut alike: Vec<(Likeness, &KnownPerson)> = same
                .into_iter()
                .flatten()
                .filter_map(|same| Some((likeness(&same.person, &draft.birth, &draft.hamlet)?, *same)))
                .collect();
            alike.sort_by_key(|(likeness, _)| *likeness);
            match alike.first() {
                Some((Likeness::Number | Likeness::Birth, same)) => self.look_alike(draft.row, known_by_birth(same)),
                Some((Likeness::Year, same)) => self.note(draft.row, None, known_by_year(same)),
                None => {}
            }
        }
    }

    /// Somebody may be somebody else: left out unless all such come in.
    fn look_alike(&mut self, row: usize, trouble: Trouble) {
        if self.ground.with_look_alikes {
            self.note(row, None, trouble);
        } else {
            self.wrong(row, None, trouble);
        }
    }

    /// Returns a household with its relations, as they follow from what everybody is to the head.
    fn roster(&mut self, persons: &[&Draft]) -> NewRoster {
        let is = |relation: Relation| move |(_, person): &(usize, &&Draft)| person.relation == Some(relation);
        let spouse = persons.iter().enumerate().find(is(Relation::Spouse)).map(|(at, _)| at);
        let parents = persons
            .iter()
            .enumerate()
            .filter(is(Relation::Parent))
            .map(|(at, _)| at);
        let parents: Vec<usize> = parents.take(MOST_PARENTS).collect();
        let members = persons.iter().enumerate().map(|(at, person)| {
            let relation = person.relation.unwrap_or(Relation::Other);
            NewMember {
                details: PersonDetails {
                    name: person.name.clone(),
                    relation: relation.name().to_owned(),
                    died_on: None,
                },
                parents: match relation {
                    Relation::Head => parents.clone(),
                    Relation::Child => std::iter::once(0).chain(spouse).collect(),
                    _ => Vec::new(),
                },
                partner: spouse.filter(|_| at == 0),
                facts: person.facts.clone(),
            }
        });
        let members = members.collect();
        let head = persons.first();
        NewRoster {
            household: NewHousehold {
                number: head.map(|head| head.number.clone()).filter(|number| !number.is_empty()),
                hamlet: head.map(|head| head.hamlet.clone()).unwrap_or_default(),
                invented: self.ground.invented,
                members,
                facts: self.household_facts(persons),
            },
            identities: persons.iter().map(|person| person.identity.clone()).collect(),
        }
    }

    /// What the rows say of the household; where two say different things, nothing is taken over.
    fn household_facts(&mut self, persons: &[&Draft]) -> Vec<NewFact> {
        let mut said: BTreeMap<usize, (NewFact, usize)> = BTreeMap::new();
        let mut unclear: BTreeSet<usize> = BTreeSet::new();
        for person in persons {
            for (column, new) in &person.of_household {
                let before = said.entry(*column).or_insert_with(|| (new.clone(), person.row));
                let (same, row) = (before.0.answer == new.answer, before.1);
                if !same && unclear.insert(*column) {
                    let header = self.header(*column);
                    self.note(person.row, None, said_twice(&header, row));
                }
            }
        }
        let kept = said.into_iter().filter(|(column, _)| !unclear.contains(column));
        kept.map(|(_, (new, _))| new).collect()
    }
}

/// A number is the same with and without the zeros it begins with.
fn plain_number(number: &str) -> String {
    let number = number.trim();
    let bare = number.trim_start_matches('0');
    if bare.is_empty() {
        number.to_owned()
    } else {
        bare.to_owned()
    }
}

fn not_accepted(problems: Vec<crate::wire::Problem>) -> Trouble {
    let first = problems.into_iter().next();
    let (vi, en) = first.map(|problem| (problem.vi, problem.en)).unwrap_or_default();
    Trouble::new(
        vi,
        en,
        "Bỏ trống thông tin này; hỏi lại khi phỏng vấn.",
        "It is left open; ask in the interview.",
    )
}

fn no_relation() -> Trouble {
    Trouble::new(
        "thiếu quan hệ với chủ hộ",
        "the relation to the head is missing",
        "Ghi “Chủ hộ” hoặc quan hệ với chủ hộ.",
        "Write “Chủ hộ” for the head, or the relation to the head.",
    )
}

fn odd_phone() -> Trouble {
    Trouble::new(
        "số điện thoại có vẻ không đủ chữ số",
        "the telephone number seems to lack digits",
        "Vẫn được giữ như đã ghi; hỏi lại khi gặp.",
        "It is kept as it stands; ask when you meet.",
    )
}

fn no_head() -> Trouble {
    Trouble::new(
        "hộ này không có chủ hộ",
        "this household has no head",
        "Ghi “Chủ hộ” cho một người, và xếp các dòng của một hộ liền nhau hoặc ghi số hộ ở mọi dòng.",
        "Write “Chủ hộ” for one person, and keep the rows of a household together or number all of them.",
    )
}

fn two_heads(row: usize) -> Trouble {
    Trouble::new(
        format!("hộ này đã có chủ hộ ở dòng {row}"),
        format!("this household has its head in row {row}"),
        "Sửa quan hệ của một trong hai người, hoặc sửa số hộ.",
        "Correct the relation of one of the two, or the household number.",
    )
}

fn number_taken(number: &str) -> Trouble {
    Trouble::new(
        format!("số hộ {number} đã có trong máy"),
        format!("the household number {number} is taken"),
        "Nếu là cùng một hộ, mở hộ đó mà sửa; nếu không, đổi số hộ trong tệp hoặc bỏ gán cột số hộ.",
        "If it is the same household, open it and change it there; if not, change the number in the file, or do not use that column.",
    )
}

fn two_hamlets(one: &str, other: &str) -> Trouble {
    Trouble::new(
        format!("các dòng của hộ này ghi hai thôn: {one}, {other}"),
        format!("the rows of this household name two hamlets: {one}, {other}"),
        "Ghi một thôn cho cả hộ, hoặc sửa số hộ.",
        "Write one hamlet for the household, or correct its number.",
    )
}

fn no_hamlet() -> Trouble {
    Trouble::new(
        "không biết hộ này ở thôn nào",
        "the hamlet of this household is not said",
        "Ghi thôn ở dòng chủ hộ, hoặc chọn một thôn cho cả tệp ở bước gán cột.",
        "Write the hamlet in the row of the head, or choose one for the whole file.",
    )
}

fn same_number(row: usize) -> Trouble {
    Trouble::new(
        format!("trùng số căn cước với dòng {row}"),
        format!("has the identity number of row {row}"),
        "Xóa dòng thừa, hoặc sửa số của một trong hai người.",
        "Remove the row that is too much, or correct the number of one of the two.",
    )
}

fn same_birth_in_list(row: usize) -> Trouble {
    Trouble::new(
        format!("trùng tên và ngày sinh với dòng {row}"),
        format!("has the name and birth of row {row}"),
        "Nếu là một người, xóa dòng thừa; nếu là hai người, đánh dấu “Vẫn nhập người chỉ giống tên và ngày sinh”.",
        "If it is one person, remove a row; if they are two, tick “Bring in who only has the same name and birth”.",
    )
}

fn known_by_number(known: &KnownPerson) -> Trouble {
    let number = &known.person.number;
    Trouble::new(
        format!("người có số này đã ở hộ {number}"),
        format!("whoever has this number is in household {number}"),
        format!("Mở hộ {number} mà sửa, hoặc chuyển người đó; xóa dòng này khỏi tệp."),
        format!("Open household {number} and change it there, or move the person; take the row out of the file."),
    )
}

fn known_by_birth(known: &KnownPerson) -> Trouble {
    let (number, hamlet) = (&known.person.number, &known.person.hamlet);
    Trouble::new(
        format!("có thể đã có trong máy: trùng tên và ngày sinh với một người ở hộ {number}, {hamlet}"),
        format!("may be here already: somebody in household {number}, {hamlet} has this name and birth"),
        "Nếu là một người, xóa dòng này; nếu là hai người, đánh dấu “Vẫn nhập người chỉ giống tên và ngày sinh”.",
        "If it is one person, remove the row; if they are two, tick “Bring in who only has the same name and birth”.",
    )
}

fn known_by_year(known: &KnownPerson) -> Trouble {
    let number = &known.person.number;
    Trouble::new(
        format!("hộ {number} cùng thôn có người trùng tên và năm sinh"),
        format!("somebody of this name and year of birth is in household {number} of the same hamlet"),
        "Vẫn được nhập; xem lại hai hồ sơ và gộp nếu là một người.",
        "It comes in; look at both records and merge them if they are one person.",
    )
}

fn said_twice(header: &str, row: usize) -> Trouble {
    Trouble::new(
        format!("“{header}” khác với dòng {row} của cùng hộ"),
        format!("“{header}” is not as in row {row} of the same household"),
        "Bỏ trống thông tin này; hỏi lại khi phỏng vấn.",
        "It is left open; ask in the interview.",
    )
}
