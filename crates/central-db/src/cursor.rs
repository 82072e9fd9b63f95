//! Where a list of requests was left, so that it goes on from there.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use wire::{DeviceId, Epoch};

use crate::branch::BranchId;
use crate::opening::EntryId;

/// A request's place in the order of due dates: those without one last, then by time of capture and by where the
/// entry stands. It names a place and not a row, so it stays good when requests come or go.
///
/// As text it is opaque to whoever hands it back: `2026-12-04.1795267920.<device>.<epoch>.<branch>.12`, with `-` for
/// no due date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestCursor {
    /// What the citizen was promised.
    pub due_on: Option<NaiveDate>,
    /// When the stand recorded it, in seconds since 1970 (UTC).
    pub captured_unix_s: i64,
    /// The entry that holds it.
    pub id: EntryId,
}

/// Not a cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the cursor of a list of requests")]
pub struct CursorError;

impl fmt::Display for RequestCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let EntryId { device, epoch, branch, seq } = self.id;
        match self.due_on {
            Some(due_on) => write!(f, "{due_on}")?,
            None => f.write_str("-")?,
        }
        write!(f, ".{}.{device}.{epoch}.{branch}.{seq}", self.captured_unix_s)
    }
}

impl FromStr for RequestCursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        let mut parts = text.trim().split('.');
        let mut next = || parts.next().ok_or(CursorError);
        let due_on = match next()? {
            "-" => None,
            date => Some(date.parse().map_err(|_| CursorError)?),
        };
        let captured_unix_s = next()?.parse().map_err(|_| CursorError)?;
        let device = DeviceId::from_hex(next()?).map_err(|_| CursorError)?;
        let epoch = Epoch::from_hex(next()?).map_err(|_| CursorError)?;
        let branch = BranchId(Epoch::from_hex(next()?).map_err(|_| CursorError)?.0);
        let seq = next()?.parse().map_err(|_| CursorError)?;
        match parts.next() {
            None => Ok(Self { due_on, captured_unix_s, id: EntryId { device, epoch, branch, seq } }),
            Some(_) => Err(CursorError),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comes_back_as_it_was_given() {
        let id = EntryId { device: DeviceId([1; 16]), epoch: Epoch([2; 8]), branch: BranchId::MAIN, seq: 12 };
        for due_on in [None, NaiveDate::from_ymd_opt(2026, 12, 4)] {
            let cursor = RequestCursor { due_on, captured_unix_s: -5, id };
            assert_eq!(cursor.to_string().parse(), Ok(cursor));
        }
        let good = RequestCursor { due_on: None, captured_unix_s: 7, id }.to_string();
        for wrong in ["", "-", "2026-12-04", &good.replace(".7.", ".x."), &format!("{good}.1"), &good[1..]] {
            assert_eq!(wrong.parse::<RequestCursor>(), Err(CursorError), "{wrong}");
        }
    }
}
