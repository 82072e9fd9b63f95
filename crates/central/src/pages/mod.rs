//! The public pages: what a citizen sees who points a camera at the receipt, or types its number and code.
//!
//! No JavaScript, no cookie, nothing fetched: each page is one answer of a few kilobytes that a small telephone on
//! a poor link can show, and that a content security policy without exceptions allows. A page is a pure function
//! of what is known, so tests read pages without a server.
//!
//! Nothing here can be enumerated: the state of a request is shown to whoever has the paper's key or its control
//! code, and a wrong code, an unknown number and a request that has not arrived look alike.

mod code_form;
mod html;
mod layout;
mod notice;
mod receipt;
mod status;
mod verification;
pub(crate) mod when;

pub use code_form::{Filled, code_form, not_found};
pub use layout::{Frame, Page, content_security_policy};
pub use notice::{broken, busy, missing};
pub use receipt::{Seen, receipt, unreadable};
pub use status::status;
pub use verification::{verification_form, verified};

/// Largest public page, headers apart, in bytes: about what fits into the first round trip of a connection.
pub const PAGE_BYTES_MAX: usize = 13 * 1_024;
