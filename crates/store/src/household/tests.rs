#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use crate::sample::{at, born, details, household, reopen, said, stamp, store};
use crate::{
    Edge, EdgeKind, HouseholdDetails, HouseholdId, NewFact, NewHousehold, PersonDetails, PersonId, Source, StoreError,
    Ties,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_household_comes_back_as_it_was_said() {
    let (folder, store) = store().await;
    let mut new = household("Thôn Đông", &[("Phạm Văn Lúa", "1951"), ("Phạm Thị Mạ", "1980")]);
    new.facts.push(said("poverty_status", "\"poor\""));
    new.members[1].partner = None;
    let id = store.create_household(&new, &stamp()).await.unwrap();
    store.close().await;

    let store = reopen(folder.path()).await;
    let loaded = store.load_household(id).await.unwrap();
    assert_eq!(
        (loaded.number.as_str(), loaded.hamlet.as_str(), loaded.invented),
        ("00001", "Thôn Đông", true)
    );
    assert_eq!((loaded.created_at, loaded.created_by.as_str()), (stamp().at, "hoa"));
    let names: Vec<_> = loaded
        .persons
        .iter()
        .map(|person| person.details.name.as_str())
        .collect();
    assert_eq!(names, ["Phạm Văn Lúa", "Phạm Thị Mạ"]);
    assert_eq!(loaded.persons[1].birth_year.as_deref(), Some("1980"));
    let parent = Edge {
        person: loaded.persons[1].id,
        other: loaded.persons[0].id,
        kind: EdgeKind::Parent,
    };
    assert_eq!(loaded.edges, [parent]);
    let facts: Vec<_> = loaded
        .facts
        .iter()
        .map(|fact| (fact.person, fact.name.as_str()))
        .collect();
    assert_eq!(
        facts,
        [
            (None, "poverty_status"),
            (Some(loaded.persons[0].id), "birth_date"),
            (Some(loaded.persons[1].id), "birth_date")
        ],
        "the household's facts first, then each person's"
    );

    let nobody = HouseholdId::new();
    assert!(matches!(store.load_household(nobody).await, Err(StoreError::NoSuchHousehold { id }) if id == nobody));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_answer_counts_and_the_older_ones_are_kept() {
    let (_folder, store) = store().await;
    let id = store
        .create_household(&household("Thôn Đông", &[("Phạm Văn Lúa", "1951")]), &stamp())
        .await
        .unwrap();
    let person = Some(store.load_household(id).await.unwrap().persons[0].id);
    let shown = NewFact {
        source: Source {
            kind: "paper".into(),
            paper: Some("disability_certificate".into()),
            paper_on: Some("2025-03-01".parse().unwrap()),
        },
        ..said("disability_degree", "\"severe\"")
    };
    let taken_back = NewFact {
        answer: None,
        ..said("disability_degree", "")
    };
    for (fact, answer) in [
        (said("disability_degree", "\"mild\""), Some("\"mild\"")),
        (shown.clone(), Some("\"severe\"")),
        (taken_back, None),
        (shown.clone(), Some("\"severe\"")),
    ] {
        store.save_fact(id, person, &fact, &stamp()).await.unwrap();
        let facts = store.load_household(id).await.unwrap().facts;
        let now = facts
            .iter()
            .find(|fact| fact.name == "disability_degree")
            .and_then(|fact| fact.answer.as_deref());
        assert_eq!(now, answer);
    }
    let history = store.fact_history(id, person, "disability_degree").await.unwrap();
    let answers: Vec<_> = history.iter().map(|fact| fact.answer.as_deref()).collect();
    assert_eq!(
        answers,
        [Some("\"severe\""), None, Some("\"severe\""), Some("\"mild\"")]
    );
    assert_eq!(history[0].source, shown.source);

    let broken = store
        .save_fact(id, person, &said("disability_degree", "severe"), &stamp())
        .await;
    assert!(matches!(broken, Err(StoreError::AnswerNotJson { name }) if name == "disability_degree"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fact_never_lands_on_a_person_of_another_household() {
    let (_folder, store) = store().await;
    let one = store
        .create_household(&household("Thôn Đông", &[("Phạm Văn Lúa", "1951")]), &stamp())
        .await
        .unwrap();
    let two = store
        .create_household(&household("Thôn Đông", &[("Vũ Thị Ngô", "1960")]), &stamp())
        .await
        .unwrap();
    let stranger = store.load_household(two).await.unwrap().persons[0].id;
    let refused = store.save_fact(one, Some(stranger), &born("1970"), &stamp()).await;
    assert!(
        matches!(refused, Err(StoreError::NoSuchPerson { id }) if id == stranger),
        "{refused:?}"
    );
    let own = store.load_household(one).await.unwrap().persons[0].id;
    let refused = store
        .update_person(own, &details("X", "head"), &partner(Some(stranger)), &stamp())
        .await;
    assert!(
        matches!(refused, Err(StoreError::NoSuchPerson { id }) if id == stranger),
        "{refused:?}"
    );
    let nobody = PersonId::new();
    let refused = store
        .update_person(nobody, &details("X", "head"), &Ties::default(), &stamp())
        .await;
    assert!(matches!(refused, Err(StoreError::NoSuchPerson { id }) if id == nobody));
}

fn parents(parents: &[PersonId]) -> Ties {
    Ties {
        parents: Some(parents.to_vec()),
        ..Ties::default()
    }
}

fn partner(partner: Option<PersonId>) -> Ties {
    Ties {
        partner: Some(partner),
        ..Ties::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_added_with_all_relations_or_not_at_all() {
    let (_folder, store) = store().await;
    let mut ids = Vec::new();
    for (head, at_time) in [
        ("Phạm Văn Lúa", "2026-11-20T08:00:00Z"),
        ("Lê Thị Xa", "2026-11-21T08:00:00Z"),
    ] {
        let new = household("Thôn Đông", &[(head, "1951")]);
        let id = store.create_household(&new, &at(at_time)).await.unwrap();
        ids.push((id, store.load_household(id).await.unwrap().persons[0].id));
    }
    let [(id, head), (_, stranger)] = ids[..] else { return };
    let before = store.load_household(id).await.unwrap();
    let n_audit = store.audit(1000).await.unwrap().len();

    let bad = [
        Ties {
            parents: Some(vec![head, stranger]),
            ..Ties::default()
        },
        Ties {
            parents: Some(vec![head]),
            partner: Some(Some(stranger)),
            parent_of: None,
        },
        Ties {
            parents: None,
            partner: Some(Some(head)),
            parent_of: Some(stranger),
        },
    ];
    for ties in bad {
        let refused = store
            .add_person(id, &details("Phạm Thị Mạ", "child"), &ties, &stamp())
            .await;
        assert!(matches!(refused, Err(StoreError::NoSuchPerson { .. })), "{refused:?}");
        assert_eq!(store.load_household(id).await.unwrap(), before, "nothing of it is left");
        assert!(store.search("Mạ", 10).await.unwrap().is_empty());
    }
    assert_eq!(store.audit(1000).await.unwrap().len(), n_audit);

    let ties = Ties {
        parent_of: Some(head),
        ..Ties::default()
    };
    let mother = store
        .add_person(id, &details("Vũ Thị Ngô", "parent"), &ties, &stamp())
        .await
        .unwrap();
    let edge = Edge {
        person: head,
        other: mother,
        kind: EdgeKind::Parent,
    };
    assert_eq!(store.load_household(id).await.unwrap().edges, [edge]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_roster_is_changed_and_a_removal_is_undone() {
    let (_folder, store) = store().await;
    let id = store
        .create_household(&household("Thôn Đông", &[]), &stamp())
        .await
        .unwrap();
    let father = store
        .add_person(id, &details("Phạm Văn Lúa", "head"), &Ties::default(), &stamp())
        .await
        .unwrap();
    let mother = store
        .add_person(id, &details("Vũ Thị Ngô", "partner"), &partner(Some(father)), &stamp())
        .await
        .unwrap();
    let child = store
        .add_person(
            id,
            &details("Phạm Thị Mạ", "child"),
            &parents(&[father, mother, mother]),
            &stamp(),
        )
        .await
        .unwrap();
    let edge = |person, other, kind| Edge { person, other, kind };
    let all = [
        edge(father, mother, EdgeKind::Partner),
        edge(mother, father, EdgeKind::Partner),
        edge(child, father, EdgeKind::Parent),
        edge(child, mother, EdgeKind::Parent),
    ];
    assert_eq!(store.load_household(id).await.unwrap().edges, all);
    assert!(matches!(
        store
            .update_person(child, &details("Mạ", "child"), &parents(&[child]), &stamp())
            .await,
        Err(StoreError::TiedToSelf)
    ));
    let loaded = store.load_household(id).await.unwrap();
    assert_eq!(loaded.edges, all, "what was refused changed nothing");
    assert_eq!(loaded.persons[2].details.name, "Phạm Thị Mạ");
    store
        .update_person(mother, &details("Vũ Thị Ngô", "partner"), &partner(None), &stamp())
        .await
        .unwrap();
    assert_eq!(store.load_household(id).await.unwrap().edges, all[2..]);

    let died = PersonDetails {
        died_on: Some("2026-10-30".parse().unwrap()),
        ..details("Phạm Văn Lúa", "head")
    };
    store
        .update_person(father, &died, &Ties::default(), &stamp())
        .await
        .unwrap();
    store.remove_person(child, "ghi nhầm hộ", &stamp()).await.unwrap();
    let loaded = store.load_household(id).await.unwrap();
    assert_eq!(loaded.persons[0].details, died);
    assert_eq!(loaded.persons[2].removed.as_ref().unwrap().reason, "ghi nhầm hộ");
    assert_eq!(store.counts().await.unwrap().n_persons, 2);
    assert!(
        store.search("Mạ", 10).await.unwrap().is_empty(),
        "a removed person is not found"
    );

    store.restore_person(child, &stamp()).await.unwrap();
    assert_eq!(store.load_household(id).await.unwrap().persons[2].removed, None);
    assert_eq!(store.search("Mạ", 10).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_show_the_head_and_the_newest_first() {
    let (_folder, store) = store().await;
    let one = store
        .create_household(&household("Thôn Đông", &[("Phạm Văn Lúa", "1951")]), &stamp())
        .await
        .unwrap();
    let numbered = NewHousehold {
        number: Some("A-7".into()),
        ..household("Thôn Đoài", &[("Vũ Thị Ngô", "1960"), ("Vũ Văn Khoai", "1990")])
    };
    let two = store.create_household(&numbered, &stamp()).await.unwrap();
    let all = store.households().await.unwrap();
    assert_eq!(
        all.iter().map(|line| line.number.as_str()).collect::<Vec<_>>(),
        ["00001", "A-7"]
    );
    assert_eq!((all[1].head_name.as_deref(), all[1].n_persons), (Some("Vũ Thị Ngô"), 2));
    let years: Vec<_> = all.iter().map(|line| line.birth_year.as_deref()).collect();
    assert_eq!(years, [Some("1951"), Some("1960")], "the year of birth of the head");

    store
        .save_fact(
            one,
            None,
            &said("poverty_status", "\"poor\""),
            &at("2026-11-23T08:00:00Z"),
        )
        .await
        .unwrap();
    let recent = store.recent(10).await.unwrap();
    assert_eq!(recent.iter().map(|line| line.id).collect::<Vec<_>>(), [one, two]);
    assert_eq!(store.recent(1).await.unwrap().len(), 1);

    let taken = store.create_household(&numbered, &stamp()).await;
    assert!(matches!(taken, Err(StoreError::NumberTaken { number }) if number == "A-7"));
    let moved = HouseholdDetails {
        number: "B-1".into(),
        hamlet: "Thôn Bắc".into(),
    };
    store.update_household(two, &moved, &stamp()).await.unwrap();
    assert_eq!(store.search("thon bac", 10).await.unwrap()[0].number, "B-1");
    assert!(store.search("thon doai", 10).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn many_households_are_inserted_in_one_go_or_not_at_all() {
    let (_folder, store) = store().await;
    let mut many: Vec<NewHousehold> = (0..400)
        .map(|_| {
            let names = [
                ("Phạm Văn Lúa", "1951"),
                ("Vũ Thị Ngô", "1960"),
                ("Phạm Thị Mạ", "1990"),
                ("Phạm Văn Sắn", "2020"),
            ];
            let mut new = household("Thôn Đông", &names);
            new.members[0].partner = Some(1);
            new.members[1].partner = Some(0);
            for member in &mut new.members {
                member.facts.extend((0..10).map(|n| said(&format!("fact_{n}"), "true")));
            }
            new
        })
        .collect();
    let ids = store.insert_households(&many, &stamp()).await.unwrap();
    let loaded = store.load_household(ids[399]).await.unwrap();
    assert_eq!(
        (loaded.number.as_str(), loaded.persons.len(), loaded.facts.len()),
        ("00400", 4, 44)
    );
    assert_eq!(loaded.edges.len(), 5, "one couple and three children of one parent");
    assert_eq!(store.counts().await.unwrap().n_invented, 400);

    many[399].members[0].parents = vec![7];
    let refused = store.insert_households(&many, &stamp()).await;
    assert!(
        matches!(refused, Err(StoreError::NoSuchMember { member: 0, other: 7 })),
        "{refused:?}"
    );
    assert_eq!(store.counts().await.unwrap().n_households, 400, "all or none");
}
