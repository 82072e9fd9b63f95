//! `init`: makes an office out of nothing.

use rand_core::CryptoRng;
use wire::OfficeId;

use crate::error::CentralError;
use crate::folder::{self, Folder};
use crate::keys;
use crate::office::{Office, PublicUrl};

/// What the office is to be.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What a citizen reads as its name.
    pub name: String,
    /// Where it will be reached.
    pub public_url: PublicUrl,
    /// The telephone line to ask at.
    pub phone_line: Option<String>,
}

/// Makes the folder, all keys and `office.json`, which is written last: what a process that ended in the middle
/// left behind is set aside and made anew, and a finished office is never touched.
pub fn init(
    folder: &Folder,
    plan: Plan,
    now_unix_s: u64,
    rng: &mut impl CryptoRng,
) -> Result<Office, CentralError> {
    match Office::load(folder) {
        Err(CentralError::NotInitialised(_)) => {}
        Ok(_) | Err(CentralError::Damaged { .. }) => {
            return Err(CentralError::AlreadyInitialised(folder.path().to_owned()));
        }
        Err(other) => return Err(other),
    }
    folder::make_private(folder.path())?;
    for unfinished in [folder.keys(), folder.offline()] {
        folder::set_aside(&unfinished)?;
    }
    let mut id = [0; 16];
    rng.fill_bytes(&mut id);
    let Plan { name, public_url, phone_line } = plan;
    let office = Office { id: OfficeId(id), name, public_url, phone_line, made_unix_s: now_unix_s };
    keys::make(folder, office.id, now_unix_s, rng)?;
    office.save(folder)?;
    Ok(office)
}
