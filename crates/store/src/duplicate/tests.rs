#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use crate::sample::{household, stamp, store};
use crate::{Identity, Wanted};

#[tokio::test(flavor = "multi_thread")]
async fn look_alikes_are_found_until_they_are_told_apart() {
    let (_folder, store) = store().await;
    let identity = |number: &str, old: &str| Identity {
        id_number: number.into(),
        old_id_number: old.into(),
        ..Identity::default()
    };
    let people = [
        ("Nguyễn Văn An", "1951", identity("001051000123", "")),
        ("NGUYEN VAN AN", "1951", identity("", "")),
        ("Nguyễn Văn An", "1952", identity("", "001051000123")),
        ("Trần Thị Sen", "1951", identity("001151000999", "")),
    ];
    let mut ids = Vec::new();
    for (name, year, identity) in &people {
        let new = household("Thôn Đông", &[(name, year)]);
        let id = store.create_household_of(&new, identity, &stamp()).await.unwrap();
        ids.push(store.load_household(id).await.unwrap().persons[0].id);
    }
    let check = async |wanted: Wanted, expected: &[usize]| {
        let found = store.look_alikes(&wanted).await.unwrap();
        let found: Vec<usize> = found
            .iter()
            .map(|found| ids.iter().position(|id| *id == found.person).unwrap())
            .collect();
        assert_eq!(found, expected, "{wanted:?}");
    };
    let wanted = |numbers: &[&str], name: &str, birth_year: &str| Wanted {
        numbers: numbers.iter().map(|number| (*number).into()).collect(),
        name: name.into(),
        birth_year: birth_year.into(),
        birth_fact: "birth_date".into(),
        besides: None,
    };
    check(wanted(&["001051000123"], "", ""), &[0, 2]).await;
    check(wanted(&[""], "", ""), &[]).await;
    check(wanted(&[], "Nguyễn Văn Ấn", "1951"), &[0, 1]).await;
    check(wanted(&[], "Nguyễn Văn An", ""), &[]).await;
    check(wanted(&["001151000999"], "nguyen van an", "1952"), &[3, 2]).await;
    let mut of_the_first = wanted(&["001051000123"], "Nguyễn Văn An", "1951");
    of_the_first.besides = Some(ids[0]);
    check(of_the_first.clone(), &[2, 1]).await;
    store.tell_apart(ids[1], ids[0], &stamp()).await.unwrap();
    check(of_the_first, &[2]).await;
    let found = store.look_alikes(&wanted(&["001151000999"], "", "")).await.unwrap();
    assert_eq!(found[0].birth_answer.as_deref(), Some("{\"year\":1951}"));
    assert!(store.tell_apart(ids[0], ids[0], &stamp()).await.is_err());
}
