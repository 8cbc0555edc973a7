//! Identity of a person, and the card it is read from.

use std::collections::BTreeMap;

use ansinh_engine::household::Problem;
use ansinh_engine::report::Language;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Relation;

/// Who a person is beyond the rules. Personal data: shown only in the form of the person, never printed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Identity {
    /// The number of the identity card, twelve digits; empty while it is not known.
    pub id_number: String,
    /// The number of the card before it.
    pub old_id_number: String,
    /// The telephone.
    pub phone: String,
    /// Whether the person is away.
    pub is_away: bool,
    /// Since when, where it is known.
    pub away_since: Option<String>,
    /// The card that was read. A request need not bring it: it is changed with `accept_card` alone.
    #[serde(default)]
    pub card: Option<Card>,
}

/// An identity card that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Card {
    /// The address as printed.
    pub address: String,
    /// When it was issued.
    pub issued_on: Option<String>,
    /// When it was read here.
    pub seen_on: String,
    /// What its mark says, as it came.
    pub text: String,
}

/// `read_card`: the text a scanner typed. Answers [`CardReading`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ReadCardRequest {
    /// As it came.
    pub text: String,
    /// `vi` or `en`.
    pub language: Language,
}

/// `read_card_picture`: a photograph of a card. Answers [`CardReading`], or fails with `no_mark`.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ReadPictureRequest {
    /// A PNG or JPEG file in base64.
    pub bytes: String,
    /// `vi` or `en`.
    pub language: Language,
}

/// What a card says.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CardReading {
    /// The text as it came.
    pub raw: String,
    /// Its fields in their order.
    pub fields: Vec<ReadField>,
    /// Where an input method or the scanner seems to have changed the text.
    pub advice: Vec<Problem>,
    /// The province in which the printed address lies now.
    pub place: Option<PlaceNow>,
    /// Who is recorded with the number on the card.
    pub matches: Vec<CardMatch>,
}

/// One field of a card.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReadField {
    /// Which.
    pub field: CardField,
    /// The text on the card.
    pub text: String,
    /// What is understood of it, in the form `accept_card` takes.
    pub value: Option<String>,
    /// Why nothing is.
    pub problem: Option<Problem>,
}

/// The fields of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CardField {
    /// The identity number.
    IdNumber,
    /// The number of the card before it.
    OldIdNumber,
    /// The full name.
    FullName,
    /// The day of birth.
    BirthDate,
    /// Male or female.
    Sex,
    /// The address as printed.
    Address,
    /// When it was issued.
    IssuedOn,
    /// Whatever else stands there.
    Extra,
}

/// Where a printed address lies today.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PlaceNow {
    /// The name on the card.
    pub printed: String,
    /// The province or city of today.
    pub province: String,
    /// Whether it is another than the one printed.
    pub is_new: bool,
}

/// A person recorded with the number of a card.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CardMatch {
    /// Household id.
    pub household: String,
    /// Its number.
    pub number: String,
    /// Its hamlet.
    pub hamlet: String,
    /// Person id.
    pub person: String,
    /// Name.
    pub name: String,
    /// What is recorded of the fields of a card, in the form `accept_card` takes.
    pub recorded: BTreeMap<CardField, String>,
}

/// `accept_card`: records the fields that somebody accepted, of a person, a new person of a household, or the head of a new
/// household. Answers [`CardAccepted`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct AcceptCardRequest {
    /// The text as it came, kept with the person.
    pub text: String,
    /// The fields accepted, as understood or corrected.
    pub accepted: BTreeMap<CardField, String>,
    /// Household id; none for a new household.
    pub household: Option<String>,
    /// Person id; none for somebody new.
    pub person: Option<String>,
    /// The hamlet of a new household.
    pub hamlet: Option<String>,
    /// What a new person is to the head.
    pub relation: Option<Relation>,
}

/// Answer of `accept_card`.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CardAccepted {
    /// Household id.
    pub household: String,
    /// Person id.
    pub person: String,
}
