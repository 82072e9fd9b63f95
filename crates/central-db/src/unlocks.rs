//! Unlocking a stand by telephone: whom the office answered, for which challenge.

use wire::DeviceId;

/// A response that the office gives, written down before anybody hears it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnlockGiven {
    /// The stand.
    pub device: DeviceId,
    /// The staff code of whom it is for.
    pub person: String,
    /// What was read over the telephone, as the stand shows it.
    pub challenge: String,
    /// When, in seconds since 1970 (UTC).
    pub given_unix_s: u64,
}

/// Whether the office may answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unlocking {
    /// It may, with this key; it was written down.
    Key([u8; 32]),
    /// The stand was revoked: nobody is let in. Nothing was written down.
    Revoked,
    /// The stand is not enrolled.
    NeverEnrolled,
}
