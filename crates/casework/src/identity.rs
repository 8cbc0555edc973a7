//! Who a person is: numbers, telephone, presence, and the identity card they are read from.

use std::collections::BTreeMap;

use ansinh_engine::read::Scope;
use ansinh_engine::report::Language;
use ansinh_store::{
    self as store, BirthYear, LookAlike, NewFact, NewHousehold, NewMember, PersonDetails, PersonId, Presence, Wanted,
};
use data_encoding::BASE64;
use jiff::civil::Date;
use serde_json::{Value as Json, json};

use crate::clock;
use crate::file::OpenFile;
use crate::office::{needed, tidy};
use crate::picture::mark_in;
use crate::questions::BIRTH_DATE;
use crate::roster::day;
use crate::scan::{self, Reading};
use crate::screening::new_fact;
use crate::session::Session;
use crate::wire::{
    AcceptCardRequest, Card, CardAccepted, CardField, CardMatch, CardReading, Failure, Identity, PlaceNow,
    ReadCardRequest, ReadField, ReadPictureRequest, Relation, SavePersonRequest,
};

/// The paper a card is, in the rules.
const CARD: &str = "id_card";
const SEX: &str = "sex";
/// A mark holds less.
const MOST_LETTERS: usize = 8_000;

impl Session {
    pub(crate) async fn read_card(&mut self, request: ReadCardRequest) -> Result<CardReading, Failure> {
        if request.text.chars().count() > MOST_LETTERS {
            let vi = "dài hơn mọi thẻ căn cước";
            return Err(Failure::bad_request("$.text", vi, "longer than any identity card"));
        }
        self.reading(scan::read(&request.text), request.language).await
    }

    pub(crate) async fn read_card_picture(&mut self, request: ReadPictureRequest) -> Result<CardReading, Failure> {
        let bytes = BASE64
            .decode(request.bytes.as_bytes())
            .map_err(|_| Failure::bad_request("$.bytes", "tệp ảnh không đọc được", "the file is not in base64"))?;
        let text = tokio::task::spawn_blocking(move || mark_in(&bytes))
            .await
            .map_err(|error| Failure::work_lost(&error))??;
        self.reading(scan::read(&text), request.language).await
    }

    async fn reading(&mut self, reading: Reading, language: Language) -> Result<CardReading, Failure> {
        let text_of = |name: CardField| {
            let mut fields = reading.fields.iter();
            fields
                .find(|field| field.name == name)
                .and_then(|field| field.value.clone().ok().flatten())
        };
        let numbers = [text_of(CardField::IdNumber), text_of(CardField::OldIdNumber)];
        let wanted = Wanted {
            numbers: numbers.into_iter().flatten().collect(),
            birth_fact: BIRTH_DATE.to_owned(),
            ..Wanted::default()
        };
        let mut matches = Vec::new();
        for found in self.store.look_alikes(&wanted).await? {
            matches.push(self.card_match(found).await?);
        }
        let provinces = self.rules.provinces_on(clock::today());
        let place = text_of(CardField::Address).and_then(|address| {
            let (printed, province) = scan::province_of(&address, provinces)?;
            let province = language.of(&province.name).to_owned();
            let is_new = printed != province;
            Some(PlaceNow {
                printed,
                province,
                is_new,
            })
        });
        let fields = reading.fields.into_iter().map(|field| {
            let (value, problem) = match field.value {
                Ok(value) => (value, None),
                Err(problem) => (None, Some(problem)),
            };
            ReadField {
                field: field.name,
                text: field.text,
                value,
                problem,
            }
        });
        Ok(CardReading {
            raw: reading.raw,
            fields: fields.collect(),
            advice: reading.advice,
            place,
            matches,
        })
    }

    async fn card_match(&self, found: LookAlike) -> Result<CardMatch, Failure> {
        let stored = self.store.load_household(found.household).await?;
        let file = OpenFile::new(&self.rules, stored, &self.commune);
        let at = file.position(&found.person.to_string())?;
        Ok(CardMatch {
            household: found.household.to_string(),
            number: found.number,
            hamlet: found.hamlet,
            person: found.person.to_string(),
            name: found.name,
            recorded: self.recorded(&file, at),
        })
    }

    /// Returns what is recorded of the fields of a card.
    fn recorded(&self, file: &OpenFile, at: usize) -> BTreeMap<CardField, String> {
        let Some(person) = file
            .roster
            .get(at)
            .and_then(|id| file.stored.persons.iter().find(|one| one.id == *id))
        else {
            return BTreeMap::new();
        };
        let fact = |name: &str| {
            let (id, _) = self.rules.fact_named(Scope::Person, name)?;
            let raw = file.raw.get(&(Some(at), id))?;
            Some(plain(raw.get("is").unwrap_or(raw)))
        };
        let card = person.identity.card.as_ref();
        let all = [
            (CardField::IdNumber, Some(person.identity.id_number.clone())),
            (CardField::OldIdNumber, Some(person.identity.old_id_number.clone())),
            (CardField::FullName, Some(person.details.name.clone())),
            (CardField::BirthDate, fact(BIRTH_DATE)),
            (CardField::Sex, fact(SEX)),
            (CardField::Address, card.map(|card| card.address.clone())),
            (
                CardField::IssuedOn,
                card.and_then(|card| card.issued_on).map(|day| day.to_string()),
            ),
        ];
        let known = all.into_iter().filter_map(|(field, text)| Some((field, text?)));
        known.filter(|(_, text)| !text.is_empty()).collect()
    }

    pub(crate) async fn accept_card(&mut self, request: AcceptCardRequest) -> Result<CardAccepted, Failure> {
        let accepted = Accepted::read(&request)?;
        let facts = self.facts_of(&accepted)?;
        match (&request.household, &request.person) {
            (None, None) => self.household_of_card(&request, accepted, facts).await,
            (None, Some(_)) => Err(Failure::bad_request("$.household", "còn trống", "must not be empty")),
            (Some(household), None) => {
                let person = self.add_from_card(household, &request, &accepted).await?;
                self.write_card(household, person, &request.text, accepted, facts).await
            }
            (Some(household), Some(person)) => {
                let file = self.open(household).await?;
                let person = file.person(file.position(person)?)?;
                self.write_card(household, person, &request.text, accepted, facts).await
            }
        }
    }

    async fn household_of_card(
        &mut self,
        request: &AcceptCardRequest,
        accepted: Accepted,
        facts: Vec<NewFact>,
    ) -> Result<CardAccepted, Failure> {
        let head = NewMember {
            details: PersonDetails {
                name: needed("$.accepted.full_name", accepted.name.as_deref().unwrap_or_default())?,
                relation: Relation::Head.name().to_owned(),
                died_on: None,
            },
            parents: Vec::new(),
            partner: None,
            facts,
        };
        let new = NewHousehold {
            number: None,
            hamlet: tidy(request.hamlet.as_deref().unwrap_or_default()),
            invented: self.invented,
            members: vec![head],
            facts: Vec::new(),
        };
        let identity = accepted.onto(store::Identity::default(), &request.text);
        let stamp = self.stamp();
        let household = self.store.create_household_of(&new, &identity, &stamp).await?;
        let household = household.to_string();
        let person = self.open(&household).await?.person(0)?;
        Ok(CardAccepted {
            household,
            person: person.to_string(),
        })
    }

    async fn add_from_card(
        &mut self,
        household: &str,
        request: &AcceptCardRequest,
        accepted: &Accepted,
    ) -> Result<PersonId, Failure> {
        let before = self.open(household).await?.roster.clone();
        let added = SavePersonRequest {
            household: household.to_owned(),
            person: None,
            name: needed("$.accepted.full_name", accepted.name.as_deref().unwrap_or_default())?,
            relation: request.relation.unwrap_or(Relation::Other),
            parents: None,
            partner: Default::default(),
            died_on: None,
            identity: None,
            language: None,
        };
        self.save_person(added).await?;
        let file = self.open(household).await?;
        let mut new = file.roster.iter().filter(|id| !before.contains(id));
        new.next().copied().ok_or_else(|| Failure::not_found("person", ""))
    }

    async fn write_card(
        &mut self,
        household: &str,
        person: PersonId,
        text: &str,
        accepted: Accepted,
        facts: Vec<NewFact>,
    ) -> Result<CardAccepted, Failure> {
        let stamp = self.stamp();
        let file = self.open(household).await?;
        let id = file.stored.id;
        let known = file.stored.persons.iter().find(|one| one.id == person);
        let known = known.ok_or_else(|| Failure::not_found("person", person))?.clone();
        if let Some(name) = accepted.name.clone().filter(|name| *name != known.details.name) {
            let details = PersonDetails { name, ..known.details };
            self.store
                .update_person(person, &details, &store::Ties::default(), &stamp)
                .await?;
        }
        let identity = accepted.onto(known.identity, text);
        self.store.save_identity(person, &identity, &stamp).await?;
        for fact in facts {
            self.store.save_fact(id, Some(person), &fact, &stamp).await?;
        }
        self.load(id).await?;
        Ok(CardAccepted {
            household: household.to_owned(),
            person: person.to_string(),
        })
    }

    /// The facts a card proves, with the card as their paper, seen today.
    fn facts_of(&self, accepted: &Accepted) -> Result<Vec<NewFact>, Failure> {
        let seen_on = clock::today().to_string();
        let said = [
            (BIRTH_DATE, CardField::BirthDate, &accepted.birth_date),
            (SEX, CardField::Sex, &accepted.sex),
        ];
        let mut facts = Vec::new();
        for (name, field, value) in said {
            let (Some(value), Some((id, fact))) = (value, self.rules.fact_named(Scope::Person, name)) else {
                continue;
            };
            let is_proof = fact.proof.iter().flatten().any(|paper| paper == CARD);
            let answer = if is_proof {
                json!({ "is": value, "paper": CARD, "seen_on": seen_on })
            } else {
                json!(value)
            };
            let path = path_of(field);
            facts.push(new_fact(&self.rules, id, fact, &answer, &path).map_err(Failure::answer_not_understood)?);
        }
        debug_assert!(
            facts
                .iter()
                .all(|fact| fact.name != BIRTH_DATE || fact.birth_year != BirthYear::Unchanged)
        );
        Ok(facts)
    }
}

fn plain(json: &Json) -> String {
    json.as_str().map_or_else(|| json.to_string(), str::to_owned)
}

fn path_of(field: CardField) -> String {
    let name = serde_json::to_value(field).unwrap_or_default();
    format!("$.accepted.{}", name.as_str().unwrap_or_default())
}

/// The accepted fields, read once more: somebody may have corrected them.
#[derive(Clone, Debug, Default)]
struct Accepted {
    id_number: Option<String>,
    old_id_number: Option<String>,
    name: Option<String>,
    birth_date: Option<String>,
    sex: Option<String>,
    address: Option<String>,
    issued_on: Option<Date>,
}

impl Accepted {
    fn read(request: &AcceptCardRequest) -> Result<Accepted, Failure> {
        let mut accepted = Accepted::default();
        let mut problems = Vec::new();
        for (field, text) in &request.accepted {
            let text = tidy(text);
            if text.is_empty() {
                continue;
            }
            match scan::understood(*field, &text) {
                Ok(value) => accepted.put(*field, value),
                Err(problem) => problems.push(crate::wire::Problem {
                    path: path_of(*field),
                    ..problem
                }),
            }
        }
        if problems.is_empty() {
            Ok(accepted)
        } else {
            Err(Failure {
                problems,
                ..Failure::of("bad_request")
            })
        }
    }

    fn put(&mut self, field: CardField, value: String) {
        match field {
            CardField::IdNumber => self.id_number = Some(value),
            CardField::OldIdNumber => self.old_id_number = Some(value),
            CardField::FullName => self.name = Some(value),
            CardField::BirthDate => self.birth_date = Some(value),
            CardField::Sex => self.sex = Some(value),
            CardField::Address => self.address = Some(value),
            CardField::IssuedOn => self.issued_on = value.parse().ok(),
            // It stands in the text that is kept.
            CardField::Extra => {}
        }
    }

    /// Lays what was accepted over what is known. The text as it came is kept whole.
    fn onto(self, known: store::Identity, text: &str) -> store::Identity {
        let before = known.card;
        let (address, issued_on) = before.map(|card| (card.address, card.issued_on)).unwrap_or_default();
        store::Identity {
            id_number: self.id_number.unwrap_or(known.id_number),
            old_id_number: self.old_id_number.unwrap_or(known.old_id_number),
            card: Some(store::Card {
                text: text.to_owned(),
                address: self.address.unwrap_or(address),
                issued_on: self.issued_on.or(issued_on),
                seen_on: clock::today(),
            }),
            ..known
        }
    }
}

/// Returns what a form says of an identity. The card stays as it was read.
pub(crate) fn identity_asked(asked: &Identity, before: &store::Identity) -> Result<store::Identity, Failure> {
    let id_number = tidy(&asked.id_number);
    let id_number = if id_number.is_empty() {
        id_number
    } else {
        scan::id_number(&id_number).map_err(|problem| Failure {
            problems: vec![crate::wire::Problem {
                path: "$.identity.id_number".to_owned(),
                ..problem
            }],
            ..Failure::of("bad_request")
        })?
    };
    Ok(store::Identity {
        id_number,
        old_id_number: tidy(&asked.old_id_number),
        phone: tidy(&asked.phone),
        presence: if asked.is_away {
            Presence::Away {
                since: day("$.identity.away_since", asked.away_since.as_deref())?,
            }
        } else {
            Presence::Here
        },
        card: before.card.clone(),
    })
}

impl From<&store::Identity> for Identity {
    fn from(identity: &store::Identity) -> Identity {
        let (is_away, away_since) = match identity.presence {
            Presence::Here => (false, None),
            Presence::Away { since } => (true, since),
        };
        Identity {
            id_number: identity.id_number.clone(),
            old_id_number: identity.old_id_number.clone(),
            phone: identity.phone.clone(),
            is_away,
            away_since: away_since.map(|day| day.to_string()),
            card: identity.card.as_ref().map(|card| Card {
                address: card.address.clone(),
                issued_on: card.issued_on.map(|day| day.to_string()),
                seen_on: card.seen_on.to_string(),
                text: card.text.clone(),
            }),
        }
    }
}
