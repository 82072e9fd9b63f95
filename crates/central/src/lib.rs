//! The central office: intake, opening, desk and public pages.
//!
//! Roles are apart by what they hold. The intake verifies, stores and answers, and needs no private key that opens
//! anything. Opening holds the sealing keys and writes down only what lists need. The public pages hold the key
//! that recognises a control code. The root's private key is written once, at `init`, and read by nobody here.
//!
//! The command line is thin: each subcommand is a few lines over these modules.

pub mod attachments;
pub mod bundle;
pub mod chance;
pub mod cli;
pub mod clock;
pub mod closings;
pub mod deadline;
pub mod enrolment;
pub mod error;
pub mod files;
pub mod folder;
pub mod init;
pub mod intake;
pub mod kept;
pub mod keys;
mod manifest;
pub mod office;
pub mod opening;
pub mod pages;
pub mod releases;
pub mod requests;
pub mod serve;
pub mod surveys;
