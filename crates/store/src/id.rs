//! Identifiers, one type for each kind of thing. All are UUIDs of version 7, so that they sort by the time they were made.

use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            pub(crate) fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    };
}

id! {
    /// Names a household of this database.
    HouseholdId
}
id! {
    /// Names a person of this database.
    PersonId
}
id! {
    /// Names a stored determination.
    DeterminationId
}
id! {
    /// Names a dossier of this database.
    DossierId
}
id! {
    /// Names a draft of rules.
    DraftId
}
