//! What breaks besides the network: disks, backups, certificates, clocks.

use std::rc::Rc;

use super::{Happening, World};
use crate::Trouble;
use crate::facts::Fact;

/// Largest jump of a clock, in seconds: forty days.
const CLOCK_JUMP_S_MAX: u64 = 40 * 86_400;
const HOUR_MS: u64 = 3_600_000;

impl World {
    pub(super) fn office_opens(&mut self) -> Result<(), Trouble> {
        if self.office.is_up() {
            self.say("the office opens what waits");
            self.office.open_all(self.now_unix_s())?;
        }
        Ok(())
    }

    pub(super) fn office_backed_up(&mut self) -> Result<(), Trouble> {
        self.office.restart()?;
        self.office.open_all(self.now_unix_s())?;
        self.office.back_up()?;
        let backup = Rc::new(self.office.audit()?);
        self.office.vouch_for(&backup);
        self.say(&format!("the office is backed up with {} entries", backup.entries.len()));
        self.tell(&Fact::OfficeBackedUp(backup));
        Ok(())
    }

    pub(super) fn office_restored(&mut self) -> Result<(), Trouble> {
        if !self.office.has_backup() {
            return Ok(());
        }
        self.office.restart()?;
        let before = Rc::new(self.office.audit()?);
        self.office.restore()?;
        let after = Rc::new(self.office.audit()?);
        self.counts.offices_restored = self.counts.offices_restored.saturating_add(1);
        let (from, to) = (before.entries.len(), after.entries.len());
        self.say(&format!("the office goes back from {from} to {to} entries"));
        let disks = Rc::new(self.disks(false)?);
        self.tell(&Fact::OfficeRestored { before, after, disks });
        Ok(())
    }

    pub(super) fn disk_copied(&mut self, number: usize) -> Result<(), Trouble> {
        let Some(stand) = self.stands.get_mut(number) else { return Ok(()) };
        let copy = stand.copy_disk()?;
        self.say(&format!("stand {number}'s disk is copied aside ({copy})"));
        Ok(())
    }

    pub(super) fn disk_restored(&mut self, number: usize) -> Result<(), Trouble> {
        let from = self.disk(number, false)?.entries.len();
        let Some(stand) = self.stands.get_mut(number).filter(|stand| stand.copies() > 0) else {
            return Ok(());
        };
        let copy = self.fate.between(1, stand.copies());
        stand.restore_disk(copy)?;
        self.counts.disks_restored = self.counts.disks_restored.saturating_add(1);
        let after = Rc::new(self.disk(number, false)?);
        let to = after.entries.len();
        self.say(&format!("stand {number}'s disk goes back to copy {copy}: from {from} to {to} entries"));
        let mut rest = self.disks(false)?;
        rest.retain(|disk| disk.stand != number);
        self.office.restart()?;
        let office = Rc::new(self.office.audit()?);
        self.tell(&Fact::DiskReplaced { after, rest: Rc::new(rest), office });
        Ok(())
    }

    /// A second stand from the same disk; both go on working.
    pub(super) fn disk_cloned(&mut self, from: usize) -> Result<(), Trouble> {
        let to = self.stands.len();
        let (folder, dice) = (self.folder.join(format!("stand-{to}")), self.chance_of(to));
        let Some(stand) = self.stands.get_mut(from) else { return Ok(()) };
        let clone = stand.clone_into(to, folder, dice)?;
        self.stands.push(clone);
        self.counts.clones = self.counts.clones.saturating_add(1);
        self.say(&format!("stand {from}'s disk is copied into stand {to}"));
        self.tell(&Fact::DiskCloned { from, to });
        for stand in [from, to] {
            for hours in [2, 9, 20, 30] {
                let after_ms = HOUR_MS.saturating_mul(hours).saturating_add(self.fate.below(HOUR_MS));
                let syncs = hours == 20;
                self.at(
                    after_ms,
                    if syncs { Happening::SyncBegins(stand) } else { Happening::Capture(stand) },
                );
            }
        }
        Ok(())
    }

    pub(super) fn revoked(&mut self, number: usize) -> Result<(), Trouble> {
        let Some(device) = self.stands.get(number).map(|stand| stand.badge.device) else { return Ok(()) };
        self.office.restart()?;
        self.office.revoke(device, self.now_unix_s())?;
        self.say(&format!("stand {number} is revoked"));
        Ok(())
    }

    pub(super) fn clock_jumps(&mut self, number: usize) {
        let jump = i64::try_from(self.fate.below(CLOCK_JUMP_S_MAX)).unwrap_or(0);
        let jump = if self.fate.chance(500) { jump } else { jump.saturating_neg() };
        if let Some(stand) = self.stands.get_mut(number) {
            stand.clock_off_s = jump;
        }
        self.say(&format!("stand {number}'s clock is off by {jump} s"));
    }
}
