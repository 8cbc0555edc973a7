//! Random rule sets, well typed by construction, as the text of a folder. All law in them is invented.

use std::fmt::Write as _;

use super::Tape;

/// Where an expression stands, which decides the names it may use.
#[derive(Clone, Copy)]
struct Place {
    /// Person names may be used.
    person: bool,
    /// Inside an aggregate of a person rule, where `subject.` means something.
    subject: bool,
    /// Relations may be used: a person is looked at.
    relations: bool,
    /// Facts that can be absent may be used.
    absent: bool,
    /// So many terms stand above.
    terms: usize,
    /// So many groups of this programme stand above.
    groups: usize,
    /// So many person programmes stand above.
    programmes: usize,
}

const INSTRUMENTS: &str = r#"
[ND1]
kind     = "decree"
number   = "1/2000/NĐ-CP"
title    = { vi = "Nghị định bịa", en = "Invented decree" }
issued   = 2000-01-01
in_force = 2000-01-01
"#;

const PAPERS: &str = r#"
[certificate]
title = { vi = "Giấy bịa", en = "Invented paper" }
from  = { vi = "Nơi bịa", en = "Invented office" }
"#;

/// Names and types of the facts.
const FACTS: [(&str, &str); 16] = [
    ("person.birth_date", "type = \"date\""),
    ("person.working", "type = \"yes or no\""),
    ("person.studying", "type = \"yes or no\""),
    ("person.ill", "type = \"yes or no\""),
    ("person.degree", "type = [\"low\", \"mid\", \"high\"]"),
    (
        "person.second_degree",
        "type = [\"low\", \"mid\", \"high\"]\nassume = { is = \"mid\", cite = \"ND1 Đ8\", says = { vi = \"a\", en = \"a\" } }",
    ),
    (
        "person.grade",
        "type = [\"mid\", \"high\", \"low\"]\ncan_be_absent = true",
    ),
    ("person.pension", "type = [\"nothing\", \"pension\"]"),
    ("person.income", "type = \"VND per month\"\nrange = [0, 9_000_000]"),
    (
        "person.second_income",
        "type = \"VND per month\"\nrange = [0, 2_000_000]",
    ),
    (
        "person.months_worked",
        "type = \"months\"\nrange = [0, 600]\ncan_be_absent = true",
    ),
    ("person.certificate_on", "type = \"date\"\ncan_be_absent = true"),
    ("person.moved_on", "type = \"date\""),
    ("household.poverty", "type = [\"poor\", \"near\", \"neither\"]"),
    ("household.remote", "type = \"yes or no\""),
    ("household.land", "type = \"m2\"\nrange = [0, 5_000]"),
];

/// The terms that are always there; random ones follow.
const TERMS: [(&str, &str, &str); 2] = [
    ("age", "years", "years_between(birth_date, day)"),
    ("age_in_months", "months", "months_between(birth_date, day)"),
];

fn both(text: &str) -> String {
    format!("{{ vi = \"{text}\", en = \"{text}\" }}")
}

/// The files without programmes and random terms.
pub fn basis() -> Vec<(String, Vec<u8>)> {
    let terms = fixed_terms();
    let texts = [
        INSTRUMENTS.to_owned(),
        PAPERS.to_owned(),
        parameters(&mut Tape::new(&[])),
        facts(),
        terms,
    ];
    let folders = ["instruments", "papers", "parameters", "facts", "terms"];
    folders
        .iter()
        .zip(texts)
        .map(|(folder, text)| (format!("{folder}/a.toml"), text.into_bytes()))
        .collect()
}

/// Makes the files of a rule set.
pub fn rulebook(tape: &mut Tape<'_>) -> Vec<(String, Vec<u8>)> {
    let mut files = basis();
    files[2].1 = parameters(tape).into_bytes();
    files[4].1.extend(terms(tape).into_bytes());
    let n = 1 + tape.below(3);
    let people: Vec<&str> = (0..n)
        .map(|_| {
            if tape.chance(20) {
                tape.one(&["household", "deceased"])
            } else {
                "person"
            }
        })
        .collect();
    let competing: Vec<bool> = people
        .iter()
        .map(|audience| *audience == "person" && tape.chance(60))
        .collect();
    for i in 0..n {
        let from = tape.one(&["2020-01-01", "2020-01-01", "2024-03-15"]);
        let text = programme(tape, i, &people, &competing);
        files.push((format!("programmes/programme-{i}/{from}.toml"), text.into_bytes()));
        if from < "2024" && tape.chance(15) {
            let text = programme(tape, i, &people, &competing);
            files.push((
                format!("programmes/programme-{i}/2025-03-{:02}.toml", 1 + tape.below(28)),
                text.into_bytes(),
            ));
        }
    }
    widen_contests(&mut tape.tail(), &people, &mut files[5..]);
    files
}

/// Lets couples and households compete instead of persons, in some of the rule sets.
fn widen_contests(tape: &mut Tape<'_>, people: &[&str], files: &mut [(String, Vec<u8>)]) {
    let each = tape.one(&["person", "person", "couple", "household"]);
    for (at, audience) in people.iter().enumerate() {
        // Of a couple both may be paid by one programme; in a household that would be too many sets.
        let (competes, kept) = (tape.chance(60), each == "couple" && tape.chance(40));
        let folder = format!("programmes/programme-{at}/");
        for (_, text) in files.iter_mut().filter(|(path, _)| path.starts_with(&folder)) {
            let mut rule = String::from_utf8(text.clone()).unwrap();
            let choose = format!("across = \"word\"\neach = \"{each}\"\ncite = \"ND1 Đ5\"\n");
            rule = rule.replace(&choose.replace(each, "person"), &choose);
            if kept && !rule.contains("keep_both") {
                let itself = format!("keep_both = [{{ with = \"programme_{at}\", cite = \"ND1 Đ5\" }}]\n");
                rule = rule.replace(&choose, &format!("{choose}{itself}"));
            }
            if competes && each == "household" && *audience == "household" {
                let _ = write!(rule, "[choose]\nhighest = \"pays\"\n{choose}");
            }
            *text = rule.into_bytes();
        }
    }
}

fn parameters(tape: &mut Tape<'_>) -> String {
    let mut text = String::new();
    for (name, first) in [
        ("base", 400_000),
        ("floor", 200_000),
        ("line", 1_500_000),
        ("level", 600_000),
    ] {
        let mut dated = format!("{{ from = 2001-01-01, is = {first}, cite = \"ND1 Đ1\", checked = 2026-01-01");
        match tape.below(8) {
            0..=2 => dated += " }",
            3 if name == "level" => dated += ", until = 2025-06-10 }",
            day => {
                let more = first + 50_000;
                let _ = write!(
                    dated,
                    " }}, {{ from = 2025-03-{:02}, is = {more}, cite = \"ND1 Đ2\" }}",
                    3 * day
                );
            }
        }
        let _ = writeln!(
            text,
            "[{name}]\ntitle = {}\ntype = \"VND per month\"\ndated = [ {dated} ]",
            both(name)
        );
    }
    text
}

fn facts() -> String {
    let mut text = String::new();
    for (name, kind) in FACTS {
        let _ = writeln!(text, "[{name}]\ntitle = {}\nask = {}\n{kind}", both(name), both(name));
        if let Some(list) = kind.strip_prefix("type = [") {
            let list = list.split(']').next().unwrap();
            for choice in list.split(',').map(|choice| choice.trim().trim_matches('"')) {
                let _ = writeln!(text, "labels.{choice} = {}", both(choice));
            }
        }
    }
    text
}

fn fixed_terms() -> String {
    let mut text = String::new();
    for (name, kind, is) in TERMS {
        let _ = writeln!(
            text,
            "[person.{name}]\ntitle = {}\ntype = \"{kind}\"\nis = \"{is}\"",
            both(name)
        );
    }
    text
}

fn terms(tape: &mut Tape<'_>) -> String {
    let mut text = String::new();
    for i in 0..3 {
        let mut own = Place {
            person: true,
            subject: false,
            relations: true,
            absent: false,
            terms: i,
            groups: 0,
            programmes: 0,
        };
        let truth = condition(tape, own, 2);
        let money = amount(tape, own, 2);
        let (a, b) = (
            tape.one(&["low", "mid", "high"]),
            tape.one(&["degree", "second_degree"]),
        );
        let choice = format!("if {} then {a} else {b}", condition(tape, own, 1));
        own.person = false;
        own.relations = false;
        let shared = format!(
            "count members where {}",
            condition(tape, Place { person: true, ..own }, 1)
        );
        for (scope, name, kind, is) in [
            ("person", format!("is_{i}"), "\"yes or no\"", truth),
            ("person", format!("money_{i}"), "\"VND per month\"", money),
            ("person", format!("class_{i}"), "[\"low\", \"mid\", \"high\"]", choice),
            ("household", format!("shared_{i}"), "\"persons\"", shared),
        ] {
            let _ = writeln!(
                text,
                "[{scope}.{name}]\ntitle = {}\ntype = {kind}\nis = \"{is}\"",
                both(&name)
            );
            if kind.starts_with('[') {
                for label in ["low", "mid", "high"] {
                    let _ = writeln!(text, "labels.{label} = {}", both(label));
                }
            }
        }
    }
    text
}

fn programme(tape: &mut Tape<'_>, at: usize, people: &[&str], competing: &[bool]) -> String {
    let audience = people[at];
    let person = audience != "household";
    let programmes = if person {
        people[..at]
            .iter()
            .take_while(|audience| **audience == "person")
            .count()
    } else {
        0
    };
    let mut own = Place {
        person,
        subject: false,
        relations: person,
        absent: true,
        terms: 3,
        groups: 0,
        programmes,
    };
    let plain = Place {
        absent: false,
        programmes: 0,
        ..own
    };
    let mut text = format!(
        "language = 1\nid = \"programme_{at}\"\ntitle = {}\nstages = [\"poverty\"]\nfor = \"{audience}\"\ncite = \"ND1 Đ1\"\n",
        both("p")
    );
    if person {
        let _ = writeln!(text, "receives = {}", both("r"));
    }
    let (amount, cases) = match tape.below(6) {
        0 | 1 => (
            tape.one(&["base * coefficient", "level * coefficient"]).to_owned(),
            true,
        ),
        2 => (
            format!("(if {} then base else floor) * coefficient", condition(tape, plain, 1)),
            true,
        ),
        3 => (tape.one(&["base", "level"]).to_owned(), false),
        4 => (
            format!("max((base * coefficient) - {}, floor)", amount(tape, plain, 1)),
            true,
        ),
        _ => (
            format!(
                "base * coefficient * (1 + (count members where {}))",
                condition(tape, inside(plain), 1)
            ),
            true,
        ),
    };
    let _ = writeln!(
        text,
        "[pays]\nwhat = \"cash\"\nevery = \"month\"\namount = \"{amount}\"\nrounding = \"exact\""
    );
    if tape.chance(30) {
        let _ = writeln!(
            text,
            "[requires.first]\nwhen = \"{}\"\ncite = \"ND1 Đ3\"",
            condition(tape, own, 1)
        );
    }
    let groups = 1 + tape.below(3);
    for group in 0..groups {
        own.groups = group;
        let when = condition(tape, own, 2);
        let _ = writeln!(
            text,
            "[group.group_{group}]\ntitle = {}\nwhen = \"{when}\"\ncite = \"ND1 Đ4\"",
            both("g")
        );
        for point in 0..tape.below(3) {
            let when = condition(tape, own, 1);
            let _ = writeln!(
                text,
                "[group.group_{group}.any.point_{point}]\nwhen = \"{when}\"\ncite = \"ND1 Đ4\""
            );
        }
        if cases {
            own.groups = 0;
            cases_of(tape, own, group, &mut text);
        }
    }
    if competing[at] {
        let _ = writeln!(
            text,
            "[choose]\nhighest = \"pays\"\nacross = \"word\"\neach = \"person\"\ncite = \"ND1 Đ5\""
        );
        let others: Vec<usize> = (0..people.len()).filter(|i| *i != at && competing[*i]).collect();
        if !others.is_empty() && tape.chance(40) {
            let with = tape.one(&others);
            let groups = if tape.chance(50) {
                ", groups = [\"group_0\"]"
            } else {
                ""
            };
            let _ = writeln!(
                text,
                "keep_both = [{{ with = \"programme_{with}\"{groups}, cite = \"ND1 Đ5\" }}]"
            );
        }
    }
    let judged_on_death = audience == "deceased" && at.is_multiple_of(2);
    if judged_on_death {
        text = text.replace("for = \"deceased\"", "for = \"deceased\"\njudge_on = \"died_on\"");
    }
    if tape.chance(25) {
        let when = condition(tape, Place { groups: 0, ..own }, 1);
        let _ = writeln!(
            text,
            "[pause.first]\ntitle = {}\nwhen = \"{when}\"\ncite = \"ND1 Đ9\"",
            both("p")
        );
    }
    if !judged_on_death && tape.chance(50) {
        let _ = writeln!(text, "[stop]\nmonth = \"after the loss\"\ncite = \"ND1 Đ6\"");
    }
    text
}

fn cases_of(tape: &mut Tape<'_>, own: Place, group: usize, text: &mut String) {
    // An exception that changes nothing is refused: the second is never the first.
    let list = ["1.0", "0.5", "1.5", "2.0", "2.5", "3.0"];
    let first = tape.below(6);
    let (a, b) = (list[first], list[(first + 1 + tape.below(5)) % 6]);
    let mut table = |name: &str, of: bool, when: Option<&str>, coefficient: &str| {
        let _ = writeln!(text, "[case.{name}]\ncoefficient = {coefficient}\ncite = \"ND1 Đ7\"");
        if of {
            let _ = writeln!(text, "of = \"group_{group}\"");
        }
        if let Some(when) = when {
            let _ = writeln!(text, "when = \"{when}\"");
        }
    };
    let name = format!("case_{group}");
    let when = condition(tape, own, 1);
    match tape.below(4) {
        0 => table(&name, true, None, a),
        1 => {
            table(&name, true, Some(&when), a);
            table(&format!("other_{group}"), true, Some(&format!("not {when}")), b);
        }
        2 => {
            table(&name, true, None, a);
            table(&format!("{name}.except.first"), false, Some(&when), b);
        }
        _ => {
            table(&name, true, None, a);
            table(&format!("{name}.except.first"), false, Some(&when), b);
            let when = condition(tape, own, 1);
            table(&format!("{name}.except.second"), false, Some(&when), b);
        }
    }
}

/// The place inside an aggregate.
fn inside(place: Place) -> Place {
    Place {
        person: true,
        subject: place.relations,
        groups: 0,
        programmes: 0,
        ..place
    }
}

fn people(tape: &mut Tape<'_>, place: Place) -> &'static str {
    if place.relations {
        tape.one(&["members", "children", "parents", "partner", "others"])
    } else {
        "members"
    }
}

/// A condition, in parentheses.
fn condition(tape: &mut Tape<'_>, place: Place, depth: usize) -> String {
    let text = if depth > 0 && tape.chance(70) {
        let next = |tape: &mut Tape<'_>| condition(tape, place, depth - 1);
        match tape.below(6) {
            0 => format!("{} and {}", next(tape), next(tape)),
            1 => format!("{} or {}", next(tape), next(tape)),
            2 => format!("not {}", next(tape)),
            3 => format!("if {} then {} else {}", next(tape), next(tape), next(tape)),
            4 => {
                let (people, kind) = (people(tape, place), tape.one(&["any", "all", "none"]));
                format!("{kind} {people} where {}", condition(tape, inside(place), depth - 1))
            }
            _ => {
                let (people, n) = (people(tape, place), tape.below(3));
                format!(
                    "(count {people} where {}) >= {n}",
                    condition(tape, inside(place), depth - 1)
                )
            }
        }
    } else if place.person {
        of_person(tape, place, depth)
    } else {
        of_household(tape, place)
    };
    format!("({text})")
}

fn of_household(tape: &mut Tape<'_>, place: Place) -> String {
    match tape.below(5) {
        0 => "poverty in [poor, near]".to_owned(),
        1 => "remote".to_owned(),
        2 => format!(
            "land {} {}",
            tape.one(&["<", ">=", ">", "<="]),
            tape.one(&["100", "2_000"])
        ),
        3 if place.terms > 0 => format!("shared_{} > {}", tape.below(place.terms), tape.below(3)),
        _ => "poverty = poor".to_owned(),
    }
}

fn of_person(tape: &mut Tape<'_>, place: Place, depth: usize) -> String {
    let how = tape.one(&["<", "<=", ">", ">=", "=", "!="]);
    let choice = tape.one(&["low", "mid", "high"]);
    match tape.below(32) {
        0 => "working".to_owned(),
        1 => "studying".to_owned(),
        2 => "ill".to_owned(),
        3 => format!("degree = {choice}"),
        4 => format!("degree in [low, {}]", tape.one(&["mid", "high"])),
        5 => format!("second_degree != {choice}"),
        6 => "degree = second_degree".to_owned(),
        7 => "pension = pension".to_owned(),
        8 => format!("age {how} {}", tape.one(&["3", "16", "60", "75"])),
        9 => format!("age in {}", tape.one(&["16 ..< 60", "4 ..= 15", "60 ..< 75"])),
        10 => format!("age_in_months {how} {}", tape.one(&["36", "7", "0"])),
        11 => format!("{} {how} {}", amount(tape, place, depth), amount(tape, place, depth)),
        12 => format!(
            "{} {how} {}",
            amount(tape, place, depth),
            tape.one(&["line", "floor", "500_000"])
        ),
        13 => format!("birth_date {how} 2009-03-31"),
        14 => format!("moved_on {how} {}", tape.one(&["birth_date", "day", "2024-02-29"])),
        15 => format!(
            "years_between(moved_on, {}) >= {}",
            tape.one(&["day", "2030-01-31"]),
            tape.below(9)
        ),
        16 if place.absent => "certificate_on is not absent and certificate_on <= day".to_owned(),
        17 if place.absent => format!("months_worked {how} 120 or not (months_worked < 12)"),
        18 if place.absent => format!(
            "grade {} or grade is absent",
            tape.one(&["= low", "!= mid", "in [low, mid]"])
        ),
        19 if place.absent => format!(
            "months_between(certificate_on, day) in 0 ..< {}",
            tape.one(&["6", "31"])
        ),
        20 if place.terms > 0 => {
            let term = tape.below(place.terms);
            if tape.chance(50) {
                format!("class_{term} = {choice}")
            } else {
                format!("is_{term}")
            }
        }
        21 if place.groups > 0 => format!("not group.group_{}", tape.below(place.groups)),
        21 if place.subject => format!("subject.age > age or subject.degree = {choice} or income < subject.income"),
        22 if place.programmes > 0 => format!("entitled.programme_{}", tape.below(place.programmes)),
        23 if place.programmes > 0 => "paid_now.programme_0".to_owned(),
        24 if place.absent => format!("(highest months_worked of {}) >= 12", people(tape, place)),
        25 if place.absent => format!("(sum months_worked of {}) < 300", people(tape, place)),
        26 if place.absent => format!("(lowest months_worked of {}) is absent", people(tape, place)),
        27 if place.absent => "grade != degree".to_owned(),
        28 if place.absent => "second_degree = grade".to_owned(),
        29 if place.absent && place.terms > 2 => format!("years_between(birth_date, died_on) {how} 16"),
        29 if place.absent => "max(months_worked, age_in_months) < 100".to_owned(),
        30 => "working = studying".to_owned(),
        31 => "ill != (degree = high)".to_owned(),
        _ => of_household(tape, place),
    }
}

/// A sum of money a month, in parentheses, of which no part can be absent.
fn amount(tape: &mut Tape<'_>, place: Place, depth: usize) -> String {
    let place = Place { absent: false, ..place };
    let text = if !place.person {
        "sum income of members".to_owned()
    } else if depth > 0 && tape.chance(60) {
        let next = |tape: &mut Tape<'_>| amount(tape, place, depth - 1);
        let shared = inside(place);
        match tape.below(6) {
            0 => format!("{} + {}", next(tape), next(tape)),
            1 => format!("max({} - {}, floor)", next(tape), next(tape)),
            2 => format!("min({}, line, {})", next(tape), next(tape)),
            3 => format!(
                "if {} then {} else {}",
                condition(tape, place, depth - 1),
                next(tape),
                next(tape)
            ),
            4 => {
                let (kind, people) = (tape.one(&["sum", "highest", "lowest"]), people(tape, place));
                format!("{kind} income of {people} where {}", condition(tape, shared, depth - 1))
            }
            _ => format!("sum (income + second_income) of {}", people(tape, place)),
        }
    } else {
        match tape.below(5) {
            0 => "income".to_owned(),
            1 => "second_income".to_owned(),
            2 => "base".to_owned(),
            3 if place.terms > 0 => format!("money_{}", tape.below(place.terms)),
            _ => "income - second_income".to_owned(),
        }
    };
    format!("({text})")
}
