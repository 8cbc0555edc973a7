//! Rule files from a terminal: checked, tested, and named by their digest.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use std::fs;

use common::{a_copy_of_the_rules, ansinh, household, root, same_as_kept};
use serde_json::{Value, json};
use tempfile::TempDir;

#[test]
fn the_national_rules_pass_their_own_check_and_cases() {
    let folder = root().join("rules/vn");
    let rules = folder.to_str().unwrap();
    let check = ansinh(&["check", rules]);
    assert_eq!(check.code, 0, "{}", check.stdout);
    assert!(check.stdout.contains("0 errors"), "{}", check.stdout);
    let test = ansinh(&["test", rules, "--lang", "en"]);
    assert_eq!(test.code, 0, "{}", test.stdout);
    assert!(
        test.stdout.lines().last().unwrap().ends_with("passed, 0 failed"),
        "{}",
        test.stdout
    );
}

#[test]
fn a_mistake_in_a_rule_is_shown_at_its_place() {
    let rules = a_copy_of_the_rules();
    let (folder, path) = (
        rules.path().to_str().unwrap(),
        "programmes/social-pension/2026-10-05.toml",
    );
    let text = fs::read_to_string(rules.path().join(path)).unwrap();
    fs::write(rules.path().join(path), text.replace("age >= 75", "agee >= 75")).unwrap();
    let outcome = ansinh(&["check", folder]);
    assert_eq!(outcome.code, 1);
    outcome
        .says("agee")
        .says(path)
        .says("did you mean `age`?")
        .says("1 error");
    let found: Vec<Value> = serde_json::from_str(&ansinh(&["check", folder, "--json"]).stdout).unwrap();
    let error = found.iter().find(|finding| finding["severity"] == "error").unwrap();
    assert_eq!(error["path"], path);
    let line = text.lines().position(|line| line.contains("age >= 75")).unwrap() + 1;
    let byte = text.find("age >= 75").unwrap();
    assert_eq!(
        error["start"],
        json!({ "byte": byte, "line": line, "column": 10, "utf16": 9 })
    );
    assert_eq!(
        error["end"],
        json!({ "byte": byte + 4, "line": line, "column": 14, "utf16": 13 })
    );
    assert_eq!(error["message"]["en"], "unknown name `agee`");
    assert_eq!(error["message"]["vi"], "tên không có nghĩa ở chỗ này: `agee`");
    assert_eq!(error["hint"], "did you mean `age`?");
    assert!(
        error["page"]["right"].is_string(),
        "an editor can show the page of the code"
    );
    let code = error["code"].as_str().unwrap();
    assert!(outcome.stdout.contains(code));
    ansinh(&["check", "--explain", code])
        .says("vi: ")
        .says("en: ")
        .says("Sai · Wrong")
        .says("Đúng · Right");
    let cases = ansinh(&["test", folder]);
    assert_eq!(cases.code, 1, "rules with errors are findings");
    cases.says("agee");
}

/// A copy of the national rules of which one programme has the cases given, and nothing else.
fn with_cases(folder: &str, cases: &str) -> TempDir {
    let rules = a_copy_of_the_rules();
    fs::write(rules.path().join(format!("programmes/{folder}/cases.toml")), cases).unwrap();
    rules
}

const WRONG_CASES: &str = r#"# All people are invented.
[[case]]
title = "A man of 78 without a pension"
month = "2025-12"
facts = { poverty_status = "neither" }
[case.persons.an]
birth_date = "1947-05-02"
pension    = "none"
disability_degree = "none"
[case.expect.an]
answer  = "entitled"
amount  = 540_000
because = ["aged_75", "aged_70_poor"]

[[case]]
title = "A man of 74 without a pension"
month = "2025-12"
facts = { poverty_status = "neither" }
[case.persons.an]
birth_date = "1951-05-02"
pension    = "none"
disability_degree = "none"
[case.expect.an]
answer  = "entitled"
amount  = 500_000
next_change = { on = 2026-05-02, answer = "not_entitled" }

[[case]]
title = "A man who is written wrongly"
month = "2025-12"
[case.persons.an]
birth_date = "1951-05-02"
pension    = "no"
[case.expect.an]
answer = "open"

[[case]]
title = "A man of whom much is not known"
month = "2025-12"
[case.persons.an]
birth_date = "1953-05-02"
[case.expect.an]
answer = "open"
asks   = ["sex"]
"#;

#[test]
fn a_worked_case_that_fails_is_told_with_its_place_and_every_difference() {
    let rules = with_cases("social-pension", WRONG_CASES);
    let words = [
        "test",
        rules.path().to_str().unwrap(),
        "--programme",
        "social_pension",
        "--lang",
    ];
    for lang in ["vi", "en"] {
        let outcome = ansinh(&[&words[..], &[lang]].concat());
        assert_eq!(outcome.code, 1);
        same_as_kept(&format!("test.failing-cases.{lang}.txt"), &outcome.stdout);
    }
    let json = ansinh(&[&words[..], &["en", "--json"]].concat());
    let report: Value = serde_json::from_str(&json.stdout).unwrap();
    let difference = &report["cases"][0]["differences"][0];
    assert_eq!(difference["subject"], "an");
    assert_eq!(difference["line"], 12, "the line of the amount expected");
    assert_eq!(report["cases"][0]["passed"], false);
}

#[test]
fn what_no_case_has_tested_is_listed_with_its_line() {
    let cases = WRONG_CASES.split("\n\n[[case]]").next().unwrap();
    let rules = with_cases(
        "social-pension",
        &cases.replace("540_000", "500_000").replace(", \"aged_70_poor\"", ""),
    );
    let folder = rules.path().to_str().unwrap();
    let words = ["test", folder, "--programme", "social_pension"];
    assert_eq!(
        ansinh(&words).code,
        0,
        "a missing case is no failure unless it is denied"
    );
    let denied = [&words[..], &["--deny", "uncovered"]].concat();
    assert_eq!(ansinh(&denied).code, 1);
    for lang in ["vi", "en"] {
        let outcome = ansinh(&[&words[..], &["--coverage", "--lang", lang]].concat());
        same_as_kept(&format!("test.coverage.{lang}.txt"), &outcome.stdout);
    }
    let json = ansinh(&[&words[..], &["--json"]].concat());
    let report: Value = serde_json::from_str(&json.stdout).unwrap();
    let missing = &report["coverage"]["files"][0]["missing"][0];
    let text = missing["text"].as_str().unwrap();
    let path = rules
        .path()
        .join(report["coverage"]["files"][0]["path"].as_str().unwrap());
    let rule = fs::read_to_string(path).unwrap();
    let line = rule
        .lines()
        .nth(usize::try_from(missing["line"].as_u64().unwrap()).unwrap() - 1)
        .unwrap();
    assert!(line.contains(text), "{line} does not hold {text}");
}

/// The survivors of one programme, of which one acceptance is true to the rules.
fn survivors(folder: &str) -> Value {
    let words = [
        "test",
        folder,
        "--mutate",
        "--programme",
        "social_pension_funeral",
        "--json",
    ];
    serde_json::from_str(&ansinh(&words).stdout).unwrap()
}

#[test]
fn a_change_of_the_rules_that_no_case_notices_is_listed_or_accepted_with_a_reason() {
    let rules = a_copy_of_the_rules();
    let folder = rules.path().to_str().unwrap();
    let words = [
        "test",
        folder,
        "--mutate",
        "--programme",
        "social_pension_funeral",
        "--lang",
    ];
    let clean = ansinh(&[&words[..], &["en"]].concat());
    assert_eq!(clean.code, 0, "{}", clean.stdout);
    clean.says("0 survived, 0 stale acceptances");

    let cases = rules.path().join("programmes/social-pension-funeral/cases.toml");
    let text = fs::read_to_string(&cases).unwrap();
    let only = text.split("\n[[case]]").take(2).collect::<Vec<_>>().join("\n[[case]]");
    fs::write(&cases, only).unwrap();
    let accepted = "[[accepted]]\npath = \"programmes/social-pension-funeral/2025-07-01.toml\"\nplace = \"pays.amount\"\n\
         after = \"social_pension_level\"\nwhy = { vi = \"Không đúng nữa\", en = \"Not so any more\" }\n";
    fs::write(rules.path().join("mutants.toml"), accepted).unwrap();
    for lang in ["vi", "en"] {
        let outcome = ansinh(&[&words[..], &[lang]].concat());
        assert_eq!(outcome.code, 1, "a survivor and a stale acceptance are findings");
        same_as_kept(&format!("test.mutants.{lang}.txt"), &outcome.stdout);
    }
    let report = survivors(folder);
    let first = &report["survivors"][0];
    let path = rules.path().join(first["path"].as_str().unwrap());
    let line = usize::try_from(first["line"].as_u64().unwrap()).unwrap();
    let written = fs::read_to_string(path).unwrap();
    assert!(written.lines().nth(line - 1).is_some(), "{first}");
    assert_eq!(report["stale"].as_array().unwrap().len(), 1);
    assert_eq!(
        report,
        survivors(folder),
        "the order never varies, however many threads try"
    );
}

#[test]
fn digests_are_told_compared_and_written() {
    let rules = a_copy_of_the_rules();
    let folder = rules.path().to_str().unwrap();
    let clean = ansinh(&["release", "digest", folder]);
    assert_eq!(clean.code, 0, "{}", clean.stdout);
    clean.says("all as listed");
    fs::write(rules.path().join("parameters/levels.toml"), "# nothing\n").unwrap();
    let stale = ansinh(&["release", "digest", folder]);
    assert_eq!(stale.code, 1);
    stale.says("`parameters/levels.toml` was changed");
    assert_ne!(stale.stdout.lines().next(), clean.stdout.lines().next());
    assert_eq!(ansinh(&["release", "digest", folder, "--write"]).code, 0);
    assert_eq!(ansinh(&["release", "digest", folder]).code, 0);
}

#[test]
fn warnings_count_when_they_are_denied() {
    let rules = a_copy_of_the_rules();
    let folder = rules.path().to_str().unwrap();
    let levels = rules.path().join("parameters/levels.toml");
    let text = fs::read_to_string(&levels).unwrap();
    fs::write(&levels, text + "# looked at again\n").unwrap();
    let outcome = ansinh(&["check", folder]);
    assert_eq!(outcome.code, 0);
    outcome
        .says("[files] of release.toml does not fit the files")
        .says("`parameters/levels.toml` was changed");
    assert_eq!(ansinh(&["check", folder, "--deny", "warnings"]).code, 1);
}

#[test]
fn rule_files_are_put_into_their_form_and_stay_there() {
    let rules = a_copy_of_the_rules();
    let (folder, path) = (rules.path().to_str().unwrap(), rules.path().join("facts/health.toml"));
    assert_eq!(
        ansinh(&["fmt", folder, "--check"]).code,
        0,
        "the national library is in its form"
    );
    let right = fs::read_to_string(&path).unwrap();
    let spoilt = right.replacen("type  = \"yes or no\"", "type=\"yes or no\"  ", 1);
    assert_ne!(right, spoilt);
    fs::write(&path, &spoilt).unwrap();
    let checked = ansinh(&["fmt", folder, "--check"]);
    assert_eq!(checked.code, 1);
    checked.says("health.toml is not in its form");
    assert_eq!(fs::read_to_string(&path).unwrap(), spoilt, "--check changes nothing");
    assert_eq!(ansinh(&["fmt", path.to_str().unwrap()]).code, 0);
    assert_eq!(fs::read_to_string(&path).unwrap(), right);
    fs::write(&path, "a = [").unwrap();
    let broken = ansinh(&["fmt", folder]);
    assert_eq!(broken.code, 1);
    broken.says("is not TOML");
    assert_eq!(fs::read_to_string(&path).unwrap(), "a = [");
}

#[test]
fn a_provinces_own_rules_are_checked_tested_and_screened_with() {
    let folders = ["rules/vn", "rules/vn-01-ha-noi"].map(|name| root().join(name).display().to_string());
    let [national, hanoi] = folders.each_ref().map(String::as_str);
    for words in [vec!["check", national, hanoi], vec!["check", hanoi]] {
        let check = ansinh(&words);
        assert_eq!(check.code, 0, "{}", check.stdout);
        check.says("vn-01-ha-noi").says("0 errors, 0 warnings");
    }
    let test = ansinh(&["test", national, hanoi, "--lang", "en"]);
    assert_eq!(test.code, 0, "{}", test.stdout);
    test.says("Near-poor and 80: the coefficient of 2.0")
        .says("passed, 0 failed");
    let man = household("a-man-of-78");
    let asked = ["screen", &man, "--month", "2026-11", "--lang", "en", "--json"];
    let report = |more: &[&str]| -> Value {
        let outcome = ansinh(&[&asked, more].concat());
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
        serde_json::from_str(&outcome.stdout).unwrap()
    };
    let pension = |report: &Value| {
        let rows = report["rows"].as_array().unwrap();
        let row = rows.iter().find(|row| row["programme"] == "social_pension").unwrap();
        row["amount"]["low"].as_i64().unwrap()
    };
    let (before, with) = (report(&[]), report(&["--overlay", hanoi]));
    assert_eq!((pension(&before), pension(&with)), (540_000, 650_000));
    assert_eq!(before["release"].get("overlays"), None);
    assert_eq!(with["release"]["digest"], before["release"]["digest"]);
    assert_eq!(with["release"]["overlays"][0]["id"], "vn_01_ha_noi");
    let digest = with["release"]["overlays"][0]["digest"].as_str().unwrap();
    ansinh(&["release", "digest", hanoi]).says(digest);
    ansinh(&[
        "explain",
        &man,
        "social_pension",
        "--month",
        "2026-11",
        "--lang",
        "en",
        "--overlay",
        hanoi,
    ])
    .says("Local rules: vn_01_ha_noi no. 1")
    .says(digest)
    .says("650,000 VND a month (set by the city of Hanoi, since 1 January 2026); national: 540,000 VND a month")
    .says("63/2025/NQ-HĐND");
    let wrong = ansinh(&["screen", &man, "--overlay", national]);
    assert_eq!(wrong.code, 2);
    wrong.says("`extends`");
}

#[test]
fn a_national_rise_that_passes_the_province_is_shown_in_the_file_of_the_province() {
    let rules = a_copy_of_the_rules();
    let levels = rules.path().join("parameters/levels.toml");
    let text = fs::read_to_string(&levels).unwrap();
    fs::write(&levels, text.replace("540_000", "660_000")).unwrap();
    let hanoi = root().join("rules/vn-01-ha-noi");
    let words = ["check", rules.path().to_str().unwrap(), hanoi.to_str().unwrap()];
    let outcome = ansinh(&words);
    assert_eq!(outcome.code, 1);
    outcome.says("rules/vn-01-ha-noi/parameters/levels.toml").says("E0704");
    let found: Vec<Value> = serde_json::from_str(&ansinh(&[&words[..], &["--json"]].concat()).stdout).unwrap();
    assert_eq!(found[0]["code"], "E0704");
    assert_eq!(
        found[0]["message"]["en"],
        "`vn_01_ha_noi` sets `standard_level` to 650_000 VND per month, which from 2026-10-05 is below the national 660_000 VND \
         per month"
    );
    assert_eq!(
        found[0]["file"],
        hanoi.join("parameters/levels.toml").display().to_string()
    );
}

#[test]
fn a_slip_in_the_national_rules_is_shown_with_a_household() {
    let rules = a_copy_of_the_rules();
    let path = rules.path().join("programmes/monthly-social-allowance/2026-10-05.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("\"age >= 4\"", "\"age > 4\"", 1)).unwrap();
    let outcome = ansinh(&["check", rules.path().to_str().unwrap()]);
    assert_eq!(outcome.code, 1, "a child of four has no level");
    outcome
        .says("E0801")
        .says("somebody of group `child_without_support` has no case")
        .says("a household that shows it, as a worked case")
        .says("[[case]]")
        .says("[case.persons.subject]")
        .says("birth_date = ");
}
