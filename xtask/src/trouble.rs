//! What went wrong in a chore, and what to do about it.
//!
//! A chore fails before somebody who wants to get on with their work, so no failure goes without a remedy.

/// A chore that could not be done.
#[derive(Debug, thiserror::Error)]
#[error("{what}\n  remedy: {remedy}")]
pub(crate) struct Trouble {
    /// What happened, in one sentence.
    pub(crate) what: String,
    /// What the person at the keyboard can do.
    pub(crate) remedy: String,
}

impl Trouble {
    /// What happened, and what to do about it.
    pub(crate) fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { what: what.into(), remedy: remedy.into() }
    }

    /// A file or folder that could not be read or written.
    pub(crate) fn file(path: &std::path::Path, source: &std::io::Error) -> Self {
        Self::new(
            format!("{}: {source}", path.display()),
            "look at the path's owner and permissions, and at the free space of its disk",
        )
    }
}
