//! The roster screened in the background, and the lists made from it.

use serde_json::{Value, json};

use crate::desk::{Desk, OFFICER};

/// Asks until the whole roster is screened. Every step of it is kept, so that it ends.
pub(crate) async fn screened(desk: &Desk) -> Value {
    loop {
        let state = desk.ok("roster_screening", json!({})).await;
        assert_eq!(state["failure"], Value::Null);
        if state["n_current"] == state["n_households"] {
            return state;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_roster_is_screened_beside_the_desk_and_goes_on_where_it_was_stopped() {
    let desk = Desk::open().await;
    let state = desk.ok("stop_screening", json!({})).await;
    assert_eq!((&state["stopped"], &state["working"]), (&json!(true), &json!(false)));
    let mut households = Vec::new();
    for head in ["Trần Thị Gạo", "Lê Văn Mì", "Vũ Thị Nếp"] {
        households.push(desk.create(head).await["household"].clone());
    }
    let state = desk.ok("roster_screening", json!({})).await;
    assert_eq!(
        (&state["n_households"], &state["n_current"], &state["n_never"]),
        (&json!(3), &json!(0), &json!(3))
    );

    desk.ok("resume_screening", json!({})).await;
    let state = screened(&desk).await;
    assert_eq!((&state["n_never"], &state["stopped"]), (&json!(0), &json!(false)));

    desk.ok("stop_screening", json!({})).await;
    let file = desk.ok("open_household", json!({ "household": households[0] })).await;
    desk.add(&households[0], "Trần Thị Cốm", "child").await;
    let state = desk.ok("roster_screening", json!({})).await;
    assert_eq!(state["n_current"], 2, "somebody more in {}", file["number"]);

    desk.ok("sign_out", json!({})).await;
    desk.sign_in("hoa", OFFICER).await;
    assert_eq!(screened(&desk).await["n_current"], 3, "signing in begins again");
    desk.office.close().await;
}
