//! Small rule sets for the tests of this crate: a release, one law, the age of a person, and what a test adds.
#![allow(clippy::panic)]

use crate::rules::RuleSet;

/// What every small rule set has, by path; `LAW` in force since 2000 is what everything in it cites.
const BASIS: [(&str, &str); 3] = [
    (
        "release.toml",
        r#"
language = 1
id = "small"
number = 1
title = { vi = "Nhỏ", en = "Small" }
"#,
    ),
    (
        "instruments/law.toml",
        r#"
[LAW]
kind = "law"
number = "1"
title = { vi = "Luật", en = "Law" }
issued = 2000-01-01
in_force = 2000-01-01
"#,
    ),
    (
        "terms/age.toml",
        r#"
[person.age]
title = { vi = "Tuổi", en = "Age" }
type = "years"
is = "years_between(birth_date, day)"
"#,
    ),
];

/// The fact behind [`BASIS`]'s age.
pub(crate) const BIRTH_DATE: &str = r#"
[person.birth_date]
title = { vi = "Ngày sinh", en = "Birth date" }
type  = "date"
ask   = { vi = "Sinh ngày nào?", en = "Born when?" }
"#;

/// What a programme of a person pays: this amount each month.
pub(crate) fn cash(amount: &str) -> String {
    format!("[pays]\nwhat = \"cash\"\nevery = \"month\"\namount = \"{amount}\"\nrounding = \"exact\"\n")
}

/// A programme for persons: a head, what it pays, its groups and whatever else a test writes.
pub(crate) fn programme(id: &str, rule: &str) -> String {
    format!(
        "language = 1\nid = \"{id}\"\ntitle = {{ vi = \"Trợ giúp\", en = \"Help\" }}\nstages = [\"poverty\"]\n\
         for = \"person\"\ncite = \"LAW Đ1\"\n{rule}"
    )
}

/// A group of a programme with its condition.
pub(crate) fn group(name: &str, when: &str) -> String {
    format!("[group.{name}]\ntitle = {{ vi = \"Nhóm\", en = \"Group\" }}\nwhen = \"{when}\"\ncite = \"LAW Đ1\"\n")
}

/// The files of a small rule set, in the order in which they were given after the ones each has.
pub(crate) fn files(own: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
    let all = BASIS.iter().chain(own);
    all.map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))
        .collect()
}

/// The same files, compiled; a test that wrote them wrongly ends here with what was found.
pub(crate) fn compiled(files: &[(String, Vec<u8>)]) -> RuleSet {
    let (rules, findings) = crate::compile(files, "");
    rules.unwrap_or_else(|| panic!("{findings:#?}"))
}
