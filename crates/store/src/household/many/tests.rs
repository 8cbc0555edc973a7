#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use crate::HouseholdId;
use crate::sample::{household, said, stamp, store};

#[tokio::test(flavor = "multi_thread")]
async fn many_households_come_page_by_page_as_each_alone() {
    let (_folder, store) = store().await;
    let mut first = household("Thôn Đông", &[("Phạm Văn Lúa", "1951"), ("Phạm Thị Mạ", "1980")]);
    first.facts.push(said("poverty_status", "\"poor\""));
    let mut second = household("Thôn Đoài", &[("Vũ Thị Ngô", "1960"), ("Vũ Văn Sắn", "1990")]);
    second.members[0].partner = Some(1);
    second.members[1].parents.clear();
    let third = household("Thôn Đoài", &[]);
    let ids = store
        .insert_households(&[first, second, third], &stamp())
        .await
        .unwrap();

    let child = store.load_household(ids[0]).await.unwrap().persons[1].id;
    store.remove_person(child, "chuyển đi", &stamp()).await.unwrap();
    let taken_back = crate::NewFact {
        answer: None,
        ..said("poverty_status", "null")
    };
    store.save_fact(ids[0], None, &taken_back, &stamp()).await.unwrap();
    store
        .save_fact(ids[1], None, &said("poverty_status", "\"neither\""), &stamp())
        .await
        .unwrap();

    let mut alone = Vec::new();
    for id in &ids {
        alone.push(store.load_household(*id).await.unwrap());
    }
    alone.sort_by_key(|household| household.id);
    let page = store.load_households(None, 2).await.unwrap();
    assert_eq!(page, alone[..2], "nothing of one goes to another");
    let rest = store.load_households(Some(page[1].id), 2).await.unwrap();
    assert_eq!(rest, alone[2..], "a household without members is one too");
    assert_eq!(store.load_households(Some(rest[0].id), 2).await.unwrap(), []);

    let wanted = [ids[1], HouseholdId::new()];
    let these = store.load_these(&wanted).await.unwrap();
    assert_eq!(these.iter().map(|household| household.id).collect::<Vec<_>>(), [ids[1]]);
}
