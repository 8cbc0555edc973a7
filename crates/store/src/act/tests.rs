#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use crate::sample::{born, household, said, stamp, store};
use crate::{
    BirthYearOf, Destination, Household, HouseholdId, Identity, Leaving, PersonId, Place, SamePerson, Store, StoreError,
};
use jiff::civil::date;

async fn file(store: &Store, id: HouseholdId) -> Household {
    store.load_household(id).await.unwrap()
}

/// Names and relations of those on the roster, in their order.
async fn roster(store: &Store, id: HouseholdId) -> Vec<(String, String)> {
    let persons = file(store, id).await.persons;
    let here = persons.into_iter().filter(|person| person.removed.is_none());
    here.map(|person| (person.details.name, person.details.relation))
        .collect()
}

fn on_roster(wanted: &[(&str, &str)]) -> Vec<(String, String)> {
    wanted
        .iter()
        .map(|(name, relation)| ((*name).into(), (*relation).into()))
        .collect()
}

async fn two(store: &Store) -> (HouseholdId, Vec<PersonId>, HouseholdId, Vec<PersonId>) {
    let one = household(
        "Thôn Đông",
        &[
            ("Nguyễn Văn An", "1951"),
            ("Nguyễn Thị Bé", "1980"),
            ("Nguyễn Văn Út", "1985"),
        ],
    );
    let other = household("Thôn Đoài", &[("Trần Văn Ba", "1960")]);
    let ids = store.insert_households(&[one, other], &stamp()).await.unwrap();
    let persons = async |id| {
        file(store, id)
            .await
            .persons
            .iter()
            .map(|person| person.id)
            .collect::<Vec<_>>()
    };
    (ids[0], persons(ids[0]).await, ids[1], persons(ids[1]).await)
}

fn place(person: PersonId, relation: &str) -> Place {
    Place {
        person,
        relation: relation.into(),
    }
}

fn leaving(from: HouseholdId, to: Destination, movers: Vec<Place>, stay: Vec<Place>) -> Leaving {
    Leaving {
        from,
        to,
        movers,
        stay,
        on: date(2026, 11, 1),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_moves_with_everything_known_and_the_move_is_taken_back_with_what_came_since() {
    let (_folder, store) = store().await;
    let (from, persons, to, _) = two(&store).await;
    let identity = Identity {
        phone: "0912345678".into(),
        ..Identity::default()
    };
    store.save_identity(persons[1], &identity, &stamp()).await.unwrap();
    store
        .save_fact(from, Some(persons[1]), &said("sex", "\"female\""), &stamp())
        .await
        .unwrap();
    let before = file(&store, from).await;
    let moving = leaving(
        from,
        Destination::Household(to),
        vec![place(persons[1], "spouse")],
        vec![],
    );
    let (act, now) = store.leave(&moving, &stamp()).await.unwrap();
    assert_eq!(now, to);
    assert_eq!(
        roster(&store, from).await,
        on_roster(&[("Nguyễn Văn An", "head"), ("Nguyễn Văn Út", "child")])
    );
    assert_eq!(
        roster(&store, to).await,
        on_roster(&[("Trần Văn Ba", "head"), ("Nguyễn Thị Bé", "spouse")])
    );
    let there = file(&store, to).await;
    let moved = &there.persons[1];
    assert_eq!(
        (&moved.identity, moved.birth_year.as_deref()),
        (&identity, Some("1980"))
    );
    let facts: Vec<&str> = there
        .facts
        .iter()
        .filter(|fact| fact.person == Some(moved.id))
        .map(|fact| fact.name.as_str())
        .collect();
    assert_eq!(facts, ["birth_date", "sex"]);
    assert_eq!(store.search("thi be", 5).await.unwrap()[0].household, to);

    // What is learnt in the new household is not lost by taking the move back.
    store
        .save_fact(to, Some(moved.id), &said("hiv", "false"), &stamp())
        .await
        .unwrap();
    store.undo_act(act, &stamp()).await.unwrap();
    let after = file(&store, from).await;
    assert_eq!(after.persons, before.persons);
    assert_eq!(
        after.edges, before.edges,
        "relations inside the household are there again"
    );
    assert_eq!(after.facts.len(), before.facts.len() + 1);
    assert!(
        after
            .facts
            .iter()
            .any(|fact| fact.name == "hiv" && fact.person == Some(persons[1]))
    );
    assert_eq!(roster(&store, to).await, on_roster(&[("Trần Văn Ba", "head")]));
    assert_eq!(store.search("thi be", 5).await.unwrap()[0].household, from);
    let again = store.undo_act(act, &stamp()).await;
    assert!(matches!(again, Err(StoreError::NoSuchAct { .. })), "{again:?}");
    let acts = store.roster_acts(to).await.unwrap();
    assert_eq!(
        (acts.len(), acts[0].names.clone(), acts[0].undone_at.is_some()),
        (1, vec!["Nguyễn Thị Bé".to_owned()], true)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_household_is_split_and_keeps_a_head_on_both_sides() {
    let (_folder, store) = store().await;
    let (from, persons, ..) = two(&store).await;
    let new = || Destination::New {
        hamlet: "Thôn Đoài".into(),
        invented: true,
    };
    let headless = leaving(
        from,
        new(),
        vec![place(persons[0], "head"), place(persons[2], "child")],
        vec![],
    );
    let refused = store.leave(&headless, &stamp()).await;
    assert!(matches!(refused, Err(StoreError::NotOneHead)), "{refused:?}");
    assert_eq!(store.counts().await.unwrap().n_households, 2, "nothing of it was done");

    let split = Leaving {
        stay: vec![place(persons[1], "head")],
        ..headless
    };
    let (act, made) = store.leave(&split, &stamp()).await.unwrap();
    assert_eq!(roster(&store, from).await, on_roster(&[("Nguyễn Thị Bé", "head")]));
    assert_eq!(
        roster(&store, made).await,
        on_roster(&[("Nguyễn Văn An", "head"), ("Nguyễn Văn Út", "child")])
    );
    let there = file(&store, made).await;
    assert_eq!(
        there.edges.len(),
        1,
        "the child is still the child of the one who left with it"
    );
    assert_eq!(store.counts().await.unwrap().n_households, 3);

    store.undo_act(act, &stamp()).await.unwrap();
    let all = on_roster(&[
        ("Nguyễn Văn An", "head"),
        ("Nguyễn Thị Bé", "child"),
        ("Nguyễn Văn Út", "child"),
    ]);
    assert_eq!(roster(&store, from).await, all);
    assert_eq!(
        store.counts().await.unwrap().n_households,
        2,
        "the household of the split is in no list"
    );
    assert_eq!(store.closed_into(made).await.unwrap().map(|(id, _)| id), Some(from));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_built_on_a_move_keeps_it_from_being_taken_back() {
    let (_folder, store) = store().await;
    let (from, persons, to, _) = two(&store).await;
    let moving = leaving(
        from,
        Destination::Household(to),
        vec![place(persons[1], "other")],
        vec![],
    );
    let (first, _) = store.leave(&moving, &stamp()).await.unwrap();
    let there = file(&store, to).await.persons[1].id;
    let back = leaving(to, Destination::Household(from), vec![place(there, "child")], vec![]);
    let (second, _) = store.leave(&back, &stamp()).await.unwrap();
    let refused = store.undo_act(first, &stamp()).await;
    assert!(matches!(refused, Err(StoreError::BuiltUpon)), "{refused:?}");
    store.undo_act(second, &stamp()).await.unwrap();
    store.undo_act(first, &stamp()).await.unwrap();
    assert_eq!(roster(&store, from).await.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_household_goes_into_another_and_comes_out_again() {
    let (_folder, store) = store().await;
    let (from, persons, to, _) = two(&store).await;
    for (id, answer) in [(from, "\"poor\""), (to, "\"neither\"")] {
        store
            .save_fact(id, None, &said("poverty_status", answer), &stamp())
            .await
            .unwrap();
    }
    store.save_fact(from, None, &said("land", "1"), &stamp()).await.unwrap();
    let all = persons.iter().map(|id| place(*id, "other")).collect();
    let facts = vec!["poverty_status".to_owned(), "land".to_owned()];
    let (act, _) = store
        .leave(&leaving(from, Destination::Into(to, facts), all, vec![]), &stamp())
        .await
        .unwrap();
    assert_eq!(roster(&store, to).await.len(), 4);
    assert_eq!(store.closed_into(from).await.unwrap().map(|(id, _)| id), Some(to));
    let of_household = async |id| -> Vec<(String, Option<String>)> {
        let facts = file(&store, id)
            .await
            .facts
            .into_iter()
            .filter(|fact| fact.person.is_none());
        facts.map(|fact| (fact.name, fact.answer)).collect()
    };
    let taken = [("land", "1"), ("poverty_status", "\"poor\"")];
    assert_eq!(
        of_household(to).await,
        taken.map(|(name, answer)| (name.to_owned(), Some(answer.to_owned())))
    );
    assert!(store.households().await.unwrap().iter().all(|line| line.id != from));
    assert!(
        store
            .search("nguyen van an", 5)
            .await
            .unwrap()
            .iter()
            .all(|found| found.household == to)
    );

    store.undo_act(act, &stamp()).await.unwrap();
    assert_eq!(
        of_household(to).await,
        [("poverty_status".to_owned(), Some("\"neither\"".to_owned()))]
    );
    assert_eq!(roster(&store, from).await.len(), 3);
    assert_eq!(store.closed_into(from).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_records_of_one_person_become_one_and_two_again() {
    let (_folder, store) = store().await;
    let (from, persons, to, others) = two(&store).await;
    store
        .save_fact(from, Some(persons[1]), &said("sex", "\"female\""), &stamp())
        .await
        .unwrap();
    store
        .save_fact(to, Some(others[0]), &said("sex", "\"male\""), &stamp())
        .await
        .unwrap();
    let before = (file(&store, from).await, file(&store, to).await);
    let identity = Identity {
        id_number: "001151000123".into(),
        ..Identity::default()
    };
    let same = SamePerson {
        keep: others[0],
        lose: persons[1],
        name: "Nguyễn Thị Bé".into(),
        identity: identity.clone(),
        facts: vec!["sex".into(), "birth_date".into()],
        birth_year: BirthYearOf::Lost,
        stay: vec![],
        on: date(2026, 11, 1),
    };
    let act = store.same_person(&same, &stamp()).await.unwrap();
    let kept = file(&store, to).await;
    let person = &kept.persons[0];
    assert_eq!(
        (person.details.name.as_str(), person.birth_year.as_deref()),
        ("Nguyễn Thị Bé", Some("1980"))
    );
    assert_eq!(person.identity, identity);
    assert!(
        kept.facts
            .iter()
            .any(|fact| fact.name == "sex" && fact.answer.as_deref() == Some("\"female\""))
    );
    assert_eq!(roster(&store, from).await.len(), 2);
    assert_eq!(
        store.fact_history(to, Some(others[0]), "sex").await.unwrap().len(),
        2,
        "nothing is overwritten"
    );

    store.undo_act(act, &stamp()).await.unwrap();
    let after = (file(&store, from).await, file(&store, to).await);
    assert_eq!(
        (&after.0.persons, &after.1.persons),
        (&before.0.persons, &before.1.persons)
    );
    let answers = |file: &Household| -> Vec<_> {
        file.facts
            .iter()
            .map(|fact| (fact.person, fact.name.clone(), fact.answer.clone()))
            .collect()
    };
    assert_eq!(
        (answers(&after.0), answers(&after.1)),
        (answers(&before.0), answers(&before.1))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn relations_of_a_record_in_the_same_household_are_inherited() {
    let (_folder, store) = store().await;
    let (from, persons, ..) = two(&store).await;
    store
        .save_fact(from, Some(persons[1]), &born("1985"), &stamp())
        .await
        .unwrap();
    let new = household("Thôn Đông", &[("Lê Văn Gốc", "1930")]);
    store.insert_households(&[new], &stamp()).await.unwrap();
    let details = crate::sample::details("NGUYEN VAN AN", "other");
    let ties = crate::Ties {
        parent_of: Some(persons[2]),
        ..crate::Ties::default()
    };
    let double = store.add_person(from, &details, &ties, &stamp()).await.unwrap();
    let same = SamePerson {
        keep: double,
        lose: persons[0],
        name: "Nguyễn Văn An".into(),
        identity: Identity::default(),
        facts: vec![],
        birth_year: BirthYearOf::Kept,
        stay: vec![place(double, "head")],
        on: date(2026, 11, 1),
    };
    let before = file(&store, from).await;
    let act = store.same_person(&same, &stamp()).await.unwrap();
    let after = file(&store, from).await;
    let children = |file: &Household, parent| file.edges.iter().filter(|edge| edge.other == parent).count();
    assert_eq!((children(&before, double), children(&after, double)), (1, 2));
    store.undo_act(act, &stamp()).await.unwrap();
    assert_eq!(file(&store, from).await.edges, before.edges);
}
