//! One outing of several stands, with no network between them: one shows a code, the others join, and all their
//! closings carry the same token and can be added up.
//!
//! The code is signed by the stand that shows it and checked against the office's directory of stands that each
//! carries. A stand enrolled since the last sync isn't in it yet: that is said, and joining then takes a word of its
//! own, since a wrong outing costs no record, only a sum.

use domain::{Comuna, PlaceKind};
use serde::Serialize;
use wire::outing::{SharedOuting, Signer};

use crate::outing::{OutingStatus, OutingToOpen};
use crate::{Stand, StandError, UseCase, Verdict};

/// What the others read from the screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct OutingCode {
    /// The text of the QR: letters and digits of base 32 only.
    pub code: String,
    /// Names the outing, in hexadecimal.
    pub token: String,
}

/// An outing that was joined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct OutingJoined {
    /// The outing, now open here.
    #[serde(flatten)]
    pub outing: OutingStatus,
    /// What is known of the stand that shared it.
    pub signer: Verdict,
    /// Whether that stand believes in another day: one of the two clocks is wrong, or the code is old.
    pub other_day: bool,
}

impl Stand {
    /// The code of the open outing. One of unknown place can't be shared.
    pub fn share_outing(&self) -> Result<OutingCode, StandError> {
        self.allow(UseCase::OpenOuting)?;
        let none = || StandError::Ledger(ledger::LedgerError::NoOuting);
        let outing = self.ledger.open_outing()?.ok_or_else(none)?;
        let comuna = outing.comuna.as_deref().and_then(|code| code.parse().ok());
        let (Some(comuna), Some(place), Some(token)) = (comuna, outing.place, outing.token) else {
            return Err(none());
        };
        let (office, day) = (self.enrolment.device.office, self.day_1970()?);
        let kind = outing.place_kind.as_deref().and_then(PlaceKind::parse);
        let mut shared = SharedOuting::new(office, token, day, comuna, place).at(kind);
        (shared.goal, shared.team) = (outing.goal, outing.team);
        Ok(OutingCode { code: shared.sign(&self.key), token: token.to_string() })
    }

    /// Opens here the outing of another stand. That of a stand which this one doesn't know, or knows as revoked, only
    /// with `trusting`. The same one again changes nothing.
    pub fn join_outing(&mut self, code: &str, trusting: bool) -> Result<OutingJoined, StandError> {
        let by = self.allow(UseCase::OpenOuting)?;
        let (shared, signer) =
            SharedOuting::read(code, &self.directory()?).map_err(StandError::OutingCode)?;
        if shared.office != self.enrolment.device.office {
            return Err(StandError::OtherOffice);
        }
        let signer = match signer {
            Signer::Known(stand) if stand.revoked_unix_s.is_none() => Verdict::Genuine,
            Signer::Known(_) => Verdict::RevokedDevice,
            Signer::Unknown => Verdict::UnknownSigner,
        };
        if signer != Verdict::Genuine && !trusting {
            return Err(StandError::OutingSigner { revoked: signer == Verdict::RevokedDevice });
        }
        let other_day = shared.day != self.day_1970()?;
        let open = self.ledger.open_outing()?;
        if open.is_some_and(|open| open.token == Some(shared.token)) {
            return Ok(OutingJoined { outing: self.outing_status()?, signer, other_day });
        }
        let to_open = OutingToOpen {
            comuna: Comuna::by_code(&format!("{:05}", shared.comuna))
                .map(Comuna::code)
                .unwrap_or_default()
                .to_owned(),
            place_kind: shared.place_kind().map(|kind| kind.as_str().to_owned()),
            place: shared.place,
            goal: shared.goal,
            team: shared.team,
        };
        let outing = self.open_with_token(&to_open, by, shared.token)?;
        Ok(OutingJoined { outing, signer, other_day })
    }

    /// Today at the place, as a number of days.
    fn day_1970(&self) -> Result<u32, StandError> {
        let days = crate::record::days_since_1970(self.local_day()?);
        Ok(u32::try_from(days).unwrap_or_default())
    }
}
