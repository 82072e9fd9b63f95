//! The folder of signed files that travels on a stick or lies on a second medium: names, whole writes, what is there.
//!
//! Section 16 of `docs/protocol.md` as code, for both sides: stand and central office know nothing of each other's
//! disks, and have this folder in common. It believes nothing that it reads: names help a person and an order, and
//! whoever takes a file checks the signature inside. It holds no key, and never sees what is sealed.
//!
//! Everything goes through [`Medium`], so that a stick that is pulled in the middle of any write, is full or can't be
//! written to is a table in a test.

mod disk;
mod found;
mod layout;
mod medium;
mod offering;
mod put;
#[cfg(any(test, feature = "simulated"))]
pub mod simulated;
#[cfg(test)]
mod tests;

pub use disk::{Disk, Place};
pub use found::{DEPTH_MAX, FILES_MAX, Found, PushHead, Unreadable, Walk, read_push, walk};
pub use layout::{
    FOLDER, What, checkpoint_path, files_folder, is_as_named, ledger_folder, manifest_path, part_path,
    push_path, resting_folder, resting_path, sealed_path, stand_folder, stored_path, upload_path,
};
pub use medium::{Item, Medium, MediumError};
pub use offering::{Missing, Offering, Taken};
pub use put::{Put, put};
