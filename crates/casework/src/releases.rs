//! Releases of rules on this machine: what is in force, what comes, who is trusted, signing and rolling back.
//!
//! Only releases whose signature, number, listing and rules are all right are kept. Which one is in force follows from the
//! day and the numbers alone; what the day brought is written down when somebody is there.

mod in_force;
mod keys;
mod listing;
mod receive;
mod refusals;
mod signing;

pub(crate) use in_force::{Layers, Shelf};
pub(crate) use signing::{ToSign, day_of};
