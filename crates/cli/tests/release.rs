//! A folder of rules becomes one signed file, and back.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use ansinh_casework::{Office, Options};
use common::{Outcome, ansinh, root, with_input};
use serde_json::json;
use tempfile::TempDir;

/// A folder with a key, its password, and the national rules signed as number 2.
struct Signed {
    folder: TempDir,
}

impl Signed {
    fn new() -> Signed {
        let signed = Signed {
            folder: tempfile::tempdir().unwrap(),
        };
        fs::write(signed.at("password"), "mật khẩu của khóa\nnothing more\n").unwrap();
        signed.run(&["release", "key", "new", "KEY", "--password-file", "PASSWORD"], 0);
        let outcome = signed.sign("2", "PACKAGE", 0);
        outcome.says("vn no. 2, in force from 2026-12-01");
        signed
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs with words in capitals replaced by files of the folder.
    fn run(&self, words: &[&str], code: i32) -> Outcome {
        let rules = root().join("rules/vn");
        let file = |word: &str| match word {
            "RULES" => rules.display().to_string(),
            word if word.chars().all(|c| c.is_ascii_uppercase()) => self.at(&word.to_lowercase()).display().to_string(),
            "KEY.pub" => self.at("key.pub").display().to_string(),
            word => word.to_owned(),
        };
        let words: Vec<String> = words.iter().map(|word| file(word)).collect();
        let outcome = ansinh(&words.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(outcome.code, code, "{words:?}\n{}{}", outcome.stdout, outcome.stderr);
        outcome
    }

    fn sign(&self, number: &str, out: &str, code: i32) -> Outcome {
        let words = [
            "release",
            "sign",
            "RULES",
            "--key",
            "KEY",
            "--password-file",
            "PASSWORD",
        ];
        let rest = [
            "--number",
            number,
            "--from",
            "2026-12-01",
            "-o",
            out,
            "--summary-vi",
            "Mức mới",
        ];
        self.run(
            &[&words[..], &rest[..], &["--summary-en", "A new level"]].concat(),
            code,
        )
    }
}

fn replace(file: &Path, old: &str, new: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(old));
    fs::write(file, text.replacen(old, new, 1)).unwrap();
}

#[test]
fn a_release_is_signed_verified_and_unpacked() {
    let signed = Signed::new();
    let verify = ["release", "verify", "PACKAGE", "--key", "KEY.pub"];
    signed
        .run(&verify, 0)
        .says("vn no. 2")
        .says("in force from 2026-12-01")
        .says("A new level");
    signed.run(&["release", "unpack", "PACKAGE", "--key", "KEY.pub", "-o", "OUT"], 0);
    let out = signed.at("out");
    let head = fs::read_to_string(out.join("release.toml")).unwrap();
    assert!(head.contains("from = 2026-12-01"), "{head}");
    let levels = "parameters/levels.toml";
    assert_eq!(
        fs::read(out.join(levels)).unwrap(),
        fs::read(root().join("rules/vn").join(levels)).unwrap()
    );
    signed.run(&["release", "digest", "OUT"], 0).says("all as listed");

    replace(&signed.at("package"), "2026-12-01", "2026-11-01");
    signed.run(&verify, 1).says("the signature does not fit");
    let before = fs::read_dir(signed.folder.path()).unwrap().count();
    signed.run(&["release", "unpack", "PACKAGE", "--key", "KEY.pub", "-o", "OTHER"], 1);
    assert_eq!(
        fs::read_dir(signed.folder.path()).unwrap().count(),
        before,
        "what is refused leaves nothing behind"
    );
}

#[test]
fn nothing_is_overwritten_and_a_wrong_password_signs_nothing() {
    let signed = Signed::new();
    signed
        .run(&["release", "key", "new", "KEY", "--password-file", "PASSWORD"], 2)
        .says("already");
    signed.sign("3", "PACKAGE", 3);
    fs::write(signed.at("password"), "mật khẩu khác").unwrap();
    signed.sign("3", "NEW", 2).says("does not open this key");
    assert!(!signed.at("new").exists());
    signed
        .run(&["release", "verify", "KEY", "--key", "KEY.pub"], 1)
        .says("not a release");
    signed
        .run(&["release", "verify", "PACKAGE", "--key", "PASSWORD"], 3)
        .says("not a public key");
    signed.run(&["release", "verify", "NOWHERE", "--key", "KEY.pub"], 3);
    let other = Signed::new();
    fs::copy(other.at("key.pub"), signed.at("key.pub")).unwrap();
    signed
        .run(&["release", "verify", "PACKAGE", "--key", "KEY.pub"], 1)
        .says("not trusted here");
}

#[test]
fn the_next_release_begins_as_a_folder() {
    let signed = Signed::new();
    let words = ["release", "new", "PACKAGE", "DRAFT", "--key", "KEY.pub"];
    signed.run(&words, 0).says("vn số 3, bắt đầu từ số 2");
    let head = fs::read_to_string(signed.at("draft").join("release.toml")).unwrap();
    assert!(head.contains("number   = 3"), "{head}");
    for gone in ["from =", "summary"] {
        assert!(!head.contains(gone), "`{gone}` belongs to the release before\n{head}");
    }
    signed.run(&["release", "digest", "DRAFT"], 0).says("all as listed");
    signed.run(&words, 2).says("chưa ghi gì");
    signed
        .run(&["release", "new", "PACKAGE", "OTHER"], 2)
        .says("with --key PUB");
    signed.run(&["release", "new", "NOWHERE", "OTHER"], 3);
    fs::create_dir(signed.at("empty")).unwrap();
    signed
        .run(&["release", "new", "RULES", "EMPTY", "--lang", "en"], 0)
        .says("vn no. 2, begun with no. 1");
    assert!(!signed.at("other").exists(), "what is refused leaves nothing behind");
}

const SUPERVISOR: &str = "mật khẩu của Bình";

/// Sets up an app's data in the folder `data`, and lets it trust the key where that is asked.
fn an_app(signed: &Signed, trusted: bool) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let office = Office::start(signed.at("data"), Options::default()).unwrap();
        let user = |user: &str, password: &str| json!({ "user": user, "name": user, "password": password });
        let set_up = json!({ "province": "22", "commune": "Xã Mẫu", "hamlets": ["Thôn Đông"],
            "supervisor": user("binh", SUPERVISOR), "officer": user("hoa", "mật khẩu của Hoa") });
        office.call("set_up", set_up).await.unwrap();
        let _ = office.call("sign_out", json!({})).await;
        if trusted {
            let who = json!({ "user": "binh", "password": SUPERVISOR });
            office.call("sign_in", who).await.unwrap();
            let public = fs::read_to_string(signed.at("key.pub")).unwrap();
            let key = json!({ "public": public, "name": "Sở Nội vụ", "language": "vi" });
            office.call("trust_key", key).await.unwrap();
            office.call("sign_out", json!({})).await.unwrap();
        }
        office.close().await;
    });
}

fn install(signed: &Signed, user: &str, password: &str, code: i32) -> Outcome {
    let (package, data) = (signed.at("package"), signed.at("data"));
    let words = [
        "release",
        "install",
        package.to_str().unwrap(),
        "--data",
        data.to_str().unwrap(),
    ];
    let outcome = with_input(&[&words[..], &["--user", user, "--password-stdin"]].concat(), password);
    assert_eq!(outcome.code, code, "{}{}", outcome.stdout, outcome.stderr);
    outcome
}

#[test]
fn a_release_is_installed_as_the_window_receives_it() {
    let signed = Signed::new();
    install(&signed, "binh", SUPERVISOR, 3).says("chưa có dữ liệu");
    assert!(
        !signed.at("data").exists(),
        "a folder without data is not made into one"
    );
    an_app(&signed, true);
    install(&signed, "binh", "sai mật khẩu", 2).says("Sai tên đăng nhập hoặc mật khẩu");
    install(&signed, "hoa", "mật khẩu của Hoa", 2).says("Vai trò của bạn không làm được việc này");
    install(&signed, "binh", SUPERVISOR, 0)
        .says("vn số 2")
        .says("Sở Nội vụ");
    install(&signed, "binh", SUPERVISOR, 1).says("Bộ quy tắc này đã có trên máy");
}

#[test]
fn a_key_that_is_not_trusted_installs_nothing() {
    let signed = Signed::new();
    an_app(&signed, false);
    install(&signed, "binh", SUPERVISOR, 1).says("chưa được tin cậy trên máy này");
}

#[test]
fn a_changed_value_is_signed_its_impact_told_and_installed() {
    let signed = Signed::new();
    signed.run(&["release", "new", "PACKAGE", "DRAFT", "--key", "KEY.pub"], 0);
    let pension = "[social_pension_level]";
    let levels = signed.at("draft").join("parameters/levels.toml");
    let text = fs::read_to_string(&levels).unwrap();
    let (before, after) = text.split_once(pension).unwrap();
    let changed = after.replacen("is = 540_000", "is = 600_000", 1);
    assert_ne!(changed, after, "the level that is changed");
    fs::write(&levels, format!("{before}{pension}{changed}")).unwrap();
    signed.run(&["release", "digest", "DRAFT", "--write"], 0);

    let households = ansinh(&["sample", "--households", "40", "--seed", "1"]).stdout;
    fs::write(signed.at("households"), &households).unwrap();
    let folder = signed.at("folder").display().to_string();
    ansinh(&["sample", "--households", "40", "--seed", "1", "--out", &folder]);
    let impact = |households: &str, more: &[&str], code| {
        let words = [
            "release", "impact", "PACKAGE", "DRAFT", households, "--key", "KEY.pub", "--month", "2026-12",
        ];
        signed.run(&[&words[..], more].concat(), code)
    };
    let found: serde_json::Value = serde_json::from_str(&impact("HOUSEHOLDS", &["--json"], 0).stdout).unwrap();
    let of = |id: &str| {
        let all = found["programmes"].as_array().unwrap().iter();
        all.clone().find(|one| one["programme"] == id).unwrap().clone()
    };
    assert!(of("social_pension")["amount"].as_u64().unwrap() > 0, "{found}");
    assert_eq!(of("social_pension")["loses"], 0, "more is taken from nobody");
    let monthly = found["costs"]
        .as_array()
        .unwrap()
        .iter()
        .find(|cost| cost["every"] == "month")
        .unwrap();
    let certain = |side: &str| monthly[side].as_i64().unwrap();
    let n_surely: i64 = found["changes"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|change| change["before"] == "540.000 đồng mỗi tháng" && change["after"] == "600.000 đồng mỗi tháng")
        .count()
        .try_into()
        .unwrap();
    assert_eq!(
        certain("after_low") - certain("before_low"),
        60_000 * n_surely,
        "{found}"
    );

    let words = impact("FOLDER", &["--names", "--months", "2"], 0);
    words
        .says("40 hộ")
        .says("Trợ cấp hưu trí xã hội")
        .says("540.000 đồng mỗi tháng → 600.000 đồng mỗi tháng");
    words.says("tháng 01/2027, mỗi").says("2 tháng, phần");
    impact("HOUSEHOLDS", &["--lang", "en"], 0).says("another amount");
    assert!(
        !impact("HOUSEHOLDS", &[], 0).stdout.contains("mau-0"),
        "names are told only when asked for"
    );
    fs::write(signed.at("broken"), "{}").unwrap();
    impact("BROKEN", &[], 3).says("expected a JSON array");
    impact("NOWHERE", &[], 3);
    impact("HOUSEHOLDS", &["--months", "0"], 2);

    fs::remove_file(signed.at("package")).unwrap();
    let words = [
        "release",
        "sign",
        "DRAFT",
        "--key",
        "KEY",
        "--password-file",
        "PASSWORD",
        "--from",
        "2026-12-01",
        "-o",
        "PACKAGE",
    ];
    signed.run(&words, 0).says("vn no. 3");
    signed
        .run(&["release", "verify", "PACKAGE", "--key", "KEY.pub"], 0)
        .says("vn no. 3");
    an_app(&signed, true);
    install(&signed, "binh", SUPERVISOR, 0).says("vn số 3");
}
