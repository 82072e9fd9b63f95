//! What the State offers, as sheets with a source for each statement: the pack, its checks and the search. Pure.
//!
//! A [`Pack`] is what an office publishes: sheets, the bodies to refer to, offices, channels, and the sources that all
//! of it rests on. It exists only checked. A [`Catalogue`] is a pack with its index in memory, which answers as one
//! types. Who signs a pack, carries it and keeps it is somebody else's business: nothing here reads a file or a clock.

mod catalogue;
mod check;
pub mod chileatiende;
mod dictionary;
mod everyday;
mod index;
pub mod limits;
mod pack;
mod part;
mod query;
mod words;

pub use catalogue::{Answer, Catalogue, Found, Passage, Piece, pieces};
pub use check::{Problem, ProblemCode};
pub use everyday::{Everyday, Said};
pub use pack::{
    Agency, Broadcast, BroadcastKind, Channel, ChannelKind, Contents, Cost, FORMAT, Office, Pack, PackError,
    ProgrammeSheet, Review, ReviewState, Source, Statement, Topic,
};
pub use part::{Part, PartError};
pub use words::folded;

/// The first pack, as it is in the tree: what an office begins with before it publishes one of its own.
pub const FIRST_PACK: &[u8] = include_bytes!("../data/first-pack.json");
