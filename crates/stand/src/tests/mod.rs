//! Journeys of a stand without a network, against an office that consists of its keys.

#![allow(clippy::arithmetic_side_effects)]

mod attachments;
mod closing;
mod jornada;
mod media;
pub(crate) mod office;
mod promises;
mod shared_outing;
mod survey;
