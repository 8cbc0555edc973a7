//! Cards, letters, the sheets of dossiers, many papers at once, and a paper held against what was kept of it.

use ansinh_casework::{Office, Options};
use ansinh_store::Store;
use data_encoding::BASE64;
use serde_json::{Value, json};

use crate::desk::{Desk, MONTH, OFFICER};
use crate::dossiers::{entitled, make};

fn paper(household: &Value, paper: Value) -> Value {
    json!({ "household": household, "month": MONTH, "language": "vi", "paper": paper })
}

fn many(paper: &str, hamlet: Option<&str>) -> Value {
    json!({ "paper": paper, "hamlet": hamlet, "households": [], "purpose": "", "month": MONTH, "language": "vi" })
}

fn pdf(answer: &Value) -> Vec<u8> {
    let bytes = answer["file"]["bytes"].as_str().unwrap();
    let bytes = BASE64.decode(bytes.as_bytes()).unwrap();
    assert!(bytes.starts_with(b"%PDF"));
    bytes
}

async fn job(desk: &Desk, started: Value) -> Value {
    loop {
        let report = desk.ok("job", json!({ "job": started["job"] })).await;
        if report["answer"] != Value::Null {
            assert_eq!(report["n_done"], report["n_in_all"]);
            return report["answer"].clone();
        }
        tokio::task::yield_now().await;
    }
}

async fn printed(folder: &std::path::Path) -> Vec<String> {
    let (store, _) = Store::open(folder, "hoa", OFFICER).await.unwrap();
    let mut audit = store.audit(1000).await.unwrap();
    audit.reverse();
    store.close().await;
    let prints = audit.into_iter().filter(|entry| entry.action.starts_with("print"));
    prints.map(|entry| entry.action).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_papers_of_a_household_count_as_printed_when_somebody_has_them() {
    let desk = Desk::open().await;
    let (household, head) = entitled(&desk).await;
    let dossier = make(&desk, &household, &head).await["line"]["dossier"].clone();
    let card = paper(&household, json!({ "is": "card", "person": head }));
    let letter = paper(&household, json!({ "is": "letter", "dossier": dossier }));
    let sheet = paper(&household, json!({ "is": "dossier", "dossier": dossier }));
    for request in [&card, &letter, &sheet] {
        let preview = desk.ok("preview_paper", request.clone()).await;
        assert!(preview["pages"][0].as_str().unwrap().starts_with("<svg"));
    }
    let made = desk.ok("print_paper", card.clone()).await;
    pdf(&made);
    assert_eq!(made["file"]["file_name"], "the-an-sinh-00001-2026-11.pdf");
    assert_eq!(made["code"].as_str().unwrap().len(), 9);
    let letter = desk.ok("print_paper", letter).await;
    assert_eq!((&letter["code"], &letter["n_pages"]), (&Value::Null, &json!(1)));
    pdf(&letter);
    // Nobody took the letter; the card was taken, and the screen said so twice.
    for _ in 0..2 {
        desk.ok("handed_over", json!({ "paper": made["paper"] })).await;
    }

    let other = desk.create("Trần Thị Khác").await;
    let foreign = paper(&other["household"], json!({ "is": "dossier", "dossier": dossier }));
    assert_eq!(desk.fails("print_paper", foreign).await.code, "not_found");
    let nobody = paper(&other["household"], json!({ "is": "card", "person": head }));
    assert_eq!(desk.fails("preview_paper", nobody).await.code, "not_found");

    let Desk { office, folder } = desk;
    office.close().await;
    assert_eq!(printed(folder.path()).await, ["print card"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_papers_come_in_one_file_with_progress() {
    let desk = Desk::open().await;
    let (household, head) = entitled(&desk).await;
    make(&desk, &household, &head).await;
    for name in ["Lê Văn Hai", "Lê Văn Ba"] {
        desk.create(name).await;
    }
    let far = json!({ "head": "Bế Văn Xa", "hamlet": "Thôn Đoài" });
    let far = desk.ok("create_household", far).await;

    let preview = desk.ok("preview_batch", many("summary", None)).await;
    assert_eq!((&preview["n_papers"], &preview["n_households"]), (&json!(4), &json!(4)));
    assert!(preview["pages"][0].as_str().unwrap().starts_with("<svg"));
    let started = desk.ok("print_batch", many("summary", Some("Thôn Đông"))).await;
    let made = job(&desk, started).await;
    assert_eq!(made["n_papers"], 3);
    assert!(made["n_pages"].as_u64().unwrap() >= 3);
    let file_name = made["file"]["file_name"].as_str().unwrap();
    assert!(!file_name.contains("Lê"), "no name of a person: {file_name}");
    pdf(&made);
    desk.ok("handed_over", json!({ "paper": made["paper"] })).await;
    let file = desk.ok("open_household", json!({ "household": household })).await;
    assert_eq!(
        file["printed"].as_array().unwrap().len(),
        1,
        "each can be held against it"
    );

    let letters = desk.ok("preview_batch", many("letter", None)).await;
    assert_eq!((&letters["n_papers"], &letters["n_households"]), (&json!(1), &json!(1)));
    assert_eq!(
        desk.ok("preview_batch", many("letter", Some("Thôn Đoài"))).await["n_papers"],
        0
    );
    let none = desk.fails("print_batch", many("letter", Some("Thôn Đoài"))).await;
    assert_eq!(none.code, "bad_request");

    let visits = desk.ok("preview_batch", many("visits", None)).await;
    assert_eq!(
        (&visits["n_papers"], &visits["n_households"]),
        (&json!(2), &json!(4)),
        "one for each hamlet"
    );
    let mut named = many("visits", None);
    named["households"] = json!([far["household"], household]);
    let started = desk.ok("print_batch", named).await;
    assert_eq!(job(&desk, started).await["n_papers"], 2);

    let Desk { office, folder } = desk;
    office.close().await;
    assert_eq!(printed(folder.path()).await, ["print summaries"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_is_genuine_altered_or_not_from_here() {
    let Desk { office, folder } = {
        let desk = Desk::open().await;
        let (household, _) = entitled(&desk).await;
        let request = json!({ "household": household, "month": MONTH, "language": "vi", "reasons": false });
        desk.ok("print_summary", request).await;
        desk
    };
    office.close().await;
    let (store, _) = Store::open(folder.path(), "hoa", OFFICER).await.unwrap();
    let household = store.households().await.unwrap()[0].id;
    let kept = store.determinations(household).await.unwrap()[0].clone();
    store.close().await;

    let office = Office::start(folder.path().to_path_buf(), Options::default()).unwrap();
    let desk = Desk { office, folder };
    desk.sign_in("hoa", OFFICER).await;
    let known = desk
        .ok("open_household", json!({ "household": household.to_string() }))
        .await;
    let code = known["printed"][0]["code"].as_str().unwrap();
    let text = format!(
        "ansinh:1:{code}:{MONTH}:{}:{}",
        &kept.release_digest[..16],
        &kept.digest[..32]
    );
    let check = async |text: &str| desk.ok("check_paper", json!({ "text": text })).await;

    let genuine = check(&text).await;
    assert_eq!(genuine["verdict"], "genuine");
    let print = &genuine["prints"][0];
    assert_eq!(
        (&print["head"], &print["month"], &print["by"]),
        (&json!("Nguyễn Văn Thuận"), &json!(MONTH), &json!("hoa"))
    );
    assert_eq!((&print["code"], &print["is_current"]), (&json!(code), &json!(true)));
    let spaced = format!(" {}\n{}", &text[..20], &text[20..]);
    assert_eq!(check(&spaced).await["verdict"], "genuine", "as a scanner may break it");
    let read_out = check(&code.to_lowercase()).await;
    assert_eq!(
        (&read_out["verdict"], read_out["prints"].as_array().unwrap().len()),
        (&json!("code_known"), 1)
    );

    let other_month = text.replace(MONTH, "2026-12");
    let other_digest = format!("{}{}", &text[..text.len() - 32], "0".repeat(32));
    for altered in [&other_month, &other_digest] {
        assert_eq!(check(altered).await["verdict"], "altered", "{altered}");
    }
    let elsewhere = format!("ansinh:1:2222-2222:{MONTH}:{}:{}", "a".repeat(16), "0".repeat(32));
    assert_eq!(check(&elsewhere).await["verdict"], "not_from_here");
    assert_eq!(check("2222-2222").await["verdict"], "not_from_here");
    for nothing in ["", "https://example.org", "ansinh:9:x", "' OR 1=1 --"] {
        assert_eq!(check(nothing).await["verdict"], "not_a_code", "{nothing}");
    }
}
