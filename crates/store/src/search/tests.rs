#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use crate::sample::{born, household, stamp, store};
use crate::{BirthYear, NewFact, Store};

async fn commune() -> (tempfile::TempDir, Store) {
    let (folder, store) = store().await;
    let households = [
        household("Thôn Đông", &[("Nguyễn Vân Ấn", "1960")]),
        household("Thôn Đông", &[("Nguyễn Văn Anh", "1970")]),
        household("Thôn Đoài", &[("Nguyễn Văn An", "1951"), ("Nguyễn Thị Đào", "1980")]),
        household("Thôn Đoài", &[("Đỗ Thị Ước", "1951")]),
        household("Thôn Đoài", &[("Do Thi Mo", "1949")]),
        household("Xóm An Bình", &[("Trần Lê", "1930")]),
        household("Xóm Núi", &[]),
    ];
    store.insert_households(&households, &stamp()).await.unwrap();
    (folder, store)
}

async fn check(store: &Store, text: &str, expected: &[&str]) {
    let found = store.search(text, 20).await.unwrap();
    let names: Vec<_> = found
        .iter()
        .map(|found| found.person_name.as_deref().unwrap_or(&found.number))
        .collect();
    assert_eq!(names, expected, "searching `{text}`");
}

#[tokio::test(flavor = "multi_thread")]
async fn tone_marks_need_not_be_typed_and_come_first_where_they_are() {
    let (_folder, store) = commune().await;
    check(
        &store,
        "Nguyễn Văn An",
        &["Nguyễn Văn An", "Nguyễn Văn Anh", "Nguyễn Vân Ấn"],
    )
    .await;
    check(
        &store,
        "nguyễn vân ấn",
        &["Nguyễn Vân Ấn", "Nguyễn Văn An", "Nguyễn Văn Anh"],
    )
    .await;
    check(
        &store,
        "nguyen van an",
        &["Nguyễn Văn An", "Nguyễn Vân Ấn", "Nguyễn Văn Anh"],
    )
    .await;
    check(
        &store,
        "NGUYEN  VAN AN",
        &["Nguyễn Văn An", "Nguyễn Vân Ấn", "Nguyễn Văn Anh"],
    )
    .await;
    check(&store, "van anh", &["Nguyễn Văn Anh"]).await;
    check(
        &store,
        "an van nguyen",
        &["Nguyễn Văn An", "Nguyễn Văn Anh", "Nguyễn Vân Ấn"],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_barred_d_is_found_as_d_and_ranked_as_typed() {
    let (_folder, store) = commune().await;
    // The last one is a Thị of Thôn Đoài: a word may also begin the name of the hamlet, after all names.
    check(&store, "do thi", &["Do Thi Mo", "Đỗ Thị Ước", "Nguyễn Thị Đào"]).await;
    check(&store, "Đỗ thị", &["Đỗ Thị Ước", "Do Thi Mo", "Nguyễn Thị Đào"]).await;
    check(&store, "uoc", &["Đỗ Thị Ước"]).await;
    check(&store, "dao", &["Nguyễn Thị Đào"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn initials_years_hamlets_and_numbers_are_found() {
    let (_folder, store) = commune().await;
    check(&store, "nva", &["Nguyễn Vân Ấn", "Nguyễn Văn An", "Nguyễn Văn Anh"]).await;
    check(&store, "dtu", &["Đỗ Thị Ước"]).await;
    check(&store, "an 1951", &["Nguyễn Văn An"]).await;
    check(&store, "1951", &["Đỗ Thị Ước", "Nguyễn Văn An"]).await;
    check(&store, "van dong", &["Nguyễn Vân Ấn", "Nguyễn Văn Anh"]).await;
    check(&store, "00004", &["Đỗ Thị Ước"]).await;
    check(&store, "4", &["Đỗ Thị Ước"]).await;
    check(&store, "xóm núi", &["00007"]).await;
    check(
        &store,
        "an",
        &["Nguyễn Văn An", "Nguyễn Văn Anh", "Nguyễn Vân Ấn", "Trần Lê"],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_fits_a_stranger_or_an_empty_query() {
    let (_folder, store) = commune().await;
    for text in ["", "  ", "%", "' OR 1=1 --", "nguyen van binh"] {
        check(&store, text, &[]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_household_is_found_once_with_what_a_list_shows() {
    let (_folder, store) = commune().await;
    let found = store.search("nguyen 1980", 20).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].person_name.as_deref(), Some("Nguyễn Thị Đào"));
    assert_eq!(found[0].birth_year.as_deref(), Some("1980"));
    assert_eq!(
        (found[0].head_name.as_deref(), found[0].n_persons),
        (Some("Nguyễn Văn An"), 2)
    );
    assert_eq!(
        (found[0].number.as_str(), found[0].hamlet.as_str()),
        ("00003", "Thôn Đoài")
    );
    let found = store.search("nguyen", 20).await.unwrap();
    assert_eq!(found.len(), 3, "two members of one household are one answer");
    assert_eq!(store.search("nguyen", 2).await.unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_corrected_year_of_birth_is_found() {
    let (_folder, store) = commune().await;
    let found = store.search("uoc", 1).await.unwrap();
    let (household, person) = (found[0].household, found[0].person);
    store
        .save_fact(household, person, &born("1952"), &stamp())
        .await
        .unwrap();
    check(&store, "uoc 1952", &["Đỗ Thị Ước"]).await;
    check(&store, "uoc 1951", &[]).await;
    let unknown = NewFact {
        birth_year: BirthYear::Is(None),
        ..born("1952")
    };
    store.save_fact(household, person, &unknown, &stamp()).await.unwrap();
    check(&store, "uoc 1952", &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_namesakes_are_found_by_every_kind_of_word_and_no_more_than_asked_for() {
    let (_folder, store) = store().await;
    let families = ["Nguyễn", "Trần", "Lê", "Phạm", "Đỗ"];
    let given = ["An", "Bình", "Cúc", "Đào", "Ước", "Anh", "Hoa"];
    let name = |n: usize| format!("{} Văn {}", families[n % families.len()], given[n % given.len()]);
    let households: Vec<_> = (0..350)
        .map(|n| {
            let names: Vec<String> = (0..4).map(|m| name(n + m)).collect();
            let members: Vec<_> = names.iter().map(|name| (name.as_str(), "1951")).collect();
            household("Thôn Đông", &members)
        })
        .collect();
    store.insert_households(&households, &stamp()).await.unwrap();
    // Of 35 names in turn, each household has four that follow one another: each name is in 40 households, and An begins Anh.
    for (text, n_found) in [
        ("tran van hoa", 40),
        ("Lê Văn Cúc", 40),
        ("Nguyễn Văn An", 80),
        ("van", 100),
        ("nguyen 1951 thon dong", 100),
        ("00217", 1),
    ] {
        let found = store.search(text, 100).await.unwrap();
        assert_eq!(found.len(), n_found, "households for `{text}`");
    }
    let initials = store.search("nva", 20).await.unwrap();
    assert_eq!(initials.len(), 20);
    assert!(
        initials.iter().all(|found| found
            .person_name
            .as_deref()
            .is_some_and(|name| name.starts_with("Nguyễn Văn A"))),
        "the member whose initials fit is named"
    );
}
