//! Promise 4: a body leaves the stand only below a watermark that the office signed as stored, opened and backed
//! up, thirty days after it said so, by the office's clock, however the stand's jumps; and the backup does hold it.

use wire::{DeviceId, Epoch};

use super::Check;
use crate::facts::Fact;

#[derive(Default)]
pub(super) struct ReleaseBelowWatermark {
    /// Stand, ledger, safe count, and when the office said so.
    vouched: Vec<(usize, Epoch, u64, i64)>,
    /// Positions in backups.
    backed_up: std::collections::BTreeSet<(DeviceId, Epoch, u64)>,
}

impl Check for ReleaseBelowWatermark {
    fn property(&self) -> &'static str {
        "release only below safe watermarks"
    }

    fn tell(&mut self, fact: &Fact) -> Option<String> {
        match fact {
            Fact::ManifestStored { stand, manifest } => {
                let told = i64::try_from(manifest.issued_unix_s).unwrap_or_default();
                let safe = manifest.watermarks.iter().filter(|mark| mark.safe > 0);
                self.vouched.extend(safe.map(|mark| (*stand, mark.epoch, mark.safe, told)));
            }
            Fact::DiskCloned { from, to } => {
                let copied: Vec<_> = self.vouched.iter().filter(|v| v.0 == *from).copied().collect();
                self.vouched.extend(copied.into_iter().map(|v| (*to, v.1, v.2, v.3)));
            }
            Fact::OfficeBackedUp(backup) => {
                self.backed_up.extend(backup.bodies.iter().map(|body| (body.0, body.1, body.2)));
            }
            Fact::Released { stand, device, epoch, upto, at_unix_s } => {
                let ripe = |v: &&(usize, Epoch, u64, i64)| {
                    v.0 == *stand
                        && v.1 == *epoch
                        && v.2 >= *upto
                        && at_unix_s.saturating_sub(v.3) >= ledger::GRACE_S
                };
                if self.vouched.iter().find(ripe).is_none() {
                    return Some(format!("stand {stand} released up to {upto} without a ripe watermark"));
                }
                if !(1..=*upto).all(|seq| self.backed_up.contains(&(*device, *epoch, seq))) {
                    return Some(format!("stand {stand} released up to {upto}, which no backup holds"));
                }
            }
            _ => {}
        }
        None
    }
}
