//! Identity cards: read from a scanner or a picture, accepted field by field, found again by their number.

use data_encoding::BASE64;
use qrcode::QrCode;
use serde_json::{Value, json};

use crate::desk::{Desk, question};

const CARD: &str = "001051000123|012345678|Nguyễn Văn Thuận|12031951|Nam|Thôn 3, Xã Mẫu, Huyện Thử, Hà Giang|01072021";

async fn read(desk: &Desk, text: &str) -> Value {
    desk.ok("read_card", json!({ "text": text, "language": "vi" })).await
}

/// Everything understood, as it would be accepted.
fn all(reading: &Value) -> Value {
    let fields = reading["fields"].as_array().unwrap().iter();
    let understood = fields.filter(|field| field["value"].is_string());
    let pairs = understood.map(|field| (field["field"].as_str().unwrap().to_owned(), field["value"].clone()));
    Value::Object(pairs.collect())
}

async fn household_of_card(desk: &Desk) -> Value {
    let accepted = all(&read(desk, CARD).await);
    let args = json!({ "text": CARD, "accepted": accepted, "household": null, "person": null, "hamlet": "Thôn Đông", "relation": null });
    desk.ok("accept_card", args).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scanned_card_becomes_a_household_and_the_second_scan_finds_it() {
    let desk = Desk::open().await;
    let reading = read(&desk, CARD).await;
    assert_eq!((&reading["matches"], &reading["advice"]), (&json!([]), &json!([])));
    assert_eq!(
        reading["place"],
        json!({ "printed": "Hà Giang", "province": "Tuyên Quang", "is_new": true })
    );
    let made = household_of_card(&desk).await;
    let file = desk
        .ok("open_household", json!({ "household": made["household"] }))
        .await;
    let head = &file["persons"][0];
    assert_eq!(
        (&head["person"], &head["name"]),
        (&made["person"], &json!("Nguyễn Văn Thuận"))
    );
    assert_eq!(head["identity"]["id_number"], "001051000123");
    assert_eq!(
        head["identity"]["card"]["address"],
        "Thôn 3, Xã Mẫu, Huyện Thử, Hà Giang"
    );
    assert_eq!(head["identity"]["card"]["text"], CARD, "kept as it came");
    let screening = desk.screen(&made["household"]).await;
    let birth = &question(&screening, &made["person"], "birth_date").unwrap()["answer"];
    assert_eq!(
        (&birth["raw"]["is"], &birth["raw"]["paper"]),
        (&json!("1951-03-12"), &json!("id_card"))
    );
    assert_eq!(
        question(&screening, &made["person"], "sex").unwrap()["answer"]["raw"]["is"],
        "male"
    );

    let again = read(&desk, CARD).await;
    assert_eq!(again["matches"][0]["person"], made["person"]);
    assert_eq!(again["matches"][0]["recorded"]["birth_date"], "1951-03-12");
    let found = desk.ok("search", json!({ "text": "001051000123" })).await;
    assert_eq!(found["hits"][0]["household"], made["household"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_was_accepted_changes_and_the_rest_stays() {
    let desk = Desk::open().await;
    let made = household_of_card(&desk).await;
    let newer = CARD.replace("Thuận", "Thuần").replace("12031951", "13031951");
    let args = json!({ "text": newer, "accepted": { "full_name": "Nguyễn Văn Thuần" }, "household": made["household"], "person": made["person"] });
    desk.ok("accept_card", args).await;
    let again = read(&desk, CARD).await;
    let recorded = &again["matches"][0]["recorded"];
    assert_eq!(
        (&recorded["full_name"], &recorded["birth_date"], &recorded["id_number"]),
        (&json!("Nguyễn Văn Thuần"), &json!("1951-03-12"), &json!("001051000123"))
    );

    // Somebody new of the same household, and what a form then says of them.
    let wife = "001153000321||Trần Thị Sen|00001953|Nữ";
    let args = json!({ "text": wife, "accepted": all(&read(&desk, wife).await), "household": made["household"], "person": null, "relation": "spouse" });
    let added = desk.ok("accept_card", args).await;
    let file = desk
        .ok("open_household", json!({ "household": made["household"] }))
        .await;
    assert_eq!(
        (&file["persons"][1]["person"], &file["persons"][1]["partner"]),
        (&added["person"], &made["person"])
    );
    let form = |identity: Value| {
        json!({ "household": made["household"], "person": added["person"], "name": "Trần Thị Sen",
            "relation": "spouse", "parents": [], "died_on": null, "identity": identity })
    };
    let mut identity = json!({ "id_number": "001 153 000 321", "old_id_number": "", "phone": "0912 345 678", "is_away": true, "away_since": "2026-05-01" });
    let file = desk.ok("save_person", form(identity.clone())).await;
    let kept = &file["persons"][1]["identity"];
    assert_eq!(
        (&kept["id_number"], &kept["away_since"]),
        (&json!("001153000321"), &json!("2026-05-01"))
    );
    assert_eq!(kept["card"]["text"], wife, "a form does not touch the card");
    identity["id_number"] = json!("00115300032");
    let failure = desk.fails("save_person", form(identity)).await;
    assert_eq!(failure.problems[0].path, "$.identity.id_number");
    let log = desk.ok("search", json!({ "text": "0912345678" })).await;
    assert_eq!(log["hits"][0]["person"], "Trần Thị Sen");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_accepted_is_refused_whole() {
    let desk = Desk::open().await;
    let accept = |accepted: Value| json!({ "text": "x", "accepted": accepted, "household": null, "person": null, "hamlet": "Thôn Đông" });
    for (accepted, path) in [
        (
            json!({ "full_name": "Nguyễn Văn An", "id_number": "123" }),
            "$.accepted.id_number",
        ),
        (
            json!({ "full_name": "Nguyễn Văn An", "birth_date": "hôm qua" }),
            "$.accepted.birth_date",
        ),
        (json!({ "full_name": "Nguye6n4" }), "$.accepted.full_name"),
        (json!({ "id_number": "001051000123" }), "$.accepted.full_name"),
    ] {
        let failure = desk.fails("accept_card", accept(accepted)).await;
        assert_eq!(
            (failure.code.as_str(), failure.problems[0].path.as_str()),
            ("bad_request", path)
        );
    }
    let long = json!({ "text": "|".repeat(9_000), "language": "vi" });
    assert_eq!(desk.fails("read_card", long).await.code, "bad_request");
    let none = desk.ok("search", json!({ "text": "" })).await;
    assert_eq!(none["n_households"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_is_read_from_a_picture() {
    let desk = Desk::open().await;
    let code = QrCode::new(CARD.as_bytes()).unwrap();
    let n = u32::try_from(code.width()).unwrap();
    let colors = code.to_colors();
    let (size, edge) = (4, 24);
    let side = n * size + 2 * edge;
    let picture = image::GrayImage::from_fn(side, side, |x, y| {
        let at = |pixel: u32| pixel.checked_sub(edge).map(|inside| inside / size).filter(|at| *at < n);
        let is_dark =
            matches!((at(x), at(y)), (Some(x), Some(y)) if colors[(y * n + x) as usize] == qrcode::Color::Dark);
        image::Luma([if is_dark { 30 } else { 225 }])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    let args = json!({ "bytes": BASE64.encode(bytes.get_ref()), "language": "vi" });
    let reading = desk.ok("read_card_picture", args).await;
    assert_eq!(reading["raw"], CARD);
    let nothing = json!({ "bytes": BASE64.encode(b"not a picture"), "language": "vi" });
    assert_eq!(desk.fails("read_card_picture", nothing).await.code, "no_mark");
}
