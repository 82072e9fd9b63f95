//! Enrolment: a new key, the office's certificates checked up to the root that the code names, and the first ledger.
//!
//! The key is written before the office is asked, and the epoch with it, so that an answer that is lost on the way
//! can be asked for again with the very same request.

use std::path::Path;

use ed25519_dalek::SigningKey;
use getrandom::SysRng;
use getrandom::rand_core::UnwrapErr;
use rand_core::Rng as _;
use serde::Serialize;
use wire::Epoch;
use wire::enrol::{EnrolAnswer, EnrolRequest, EnrolmentCode};
use wire::unlock::UnlockKey;
use zeroize::Zeroizing;

use crate::folder::Folder;
use crate::settings::Settings;
use crate::stand::{ENROLMENT_FILE, KEY_FILE, check_chance, draw_epoch, read_key};
use crate::team::UNLOCK_KEY_FILE;
use crate::{Stand, StandError};

/// What an enrolment gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Enrolled {
    /// The stand's id, in hexadecimal.
    pub device: String,
    /// The office's name.
    pub office: String,
    /// The first three symbols of this stand's folios.
    pub folio_prefix: String,
}

/// What the office answered to an enrolment.
pub(crate) enum Answered {
    /// The certificates.
    Certificates(Vec<u8>),
    /// A refusal, with the office's code for why.
    Refused(String),
}

/// What the office hands out for one stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The office's address.
    pub central: String,
    /// The code.
    pub code: String,
}

impl Invitation {
    /// Reads what the QR of an invitation says: the office's address, `/#` and the code. What follows the mark a
    /// telephone's browser keeps to itself.
    pub fn read(text: &str) -> Result<Self, StandError> {
        let (central, code) = text.trim().split_once("/#").ok_or(wire::enrol::CodeError)?;
        EnrolmentCode::parse(code)?;
        Ok(Self { central: central.to_owned(), code: code.to_owned() })
    }

    /// The same from a photograph of it (JPEG or PNG).
    pub fn photographed(path: &Path) -> Result<Self, StandError> {
        let file = crate::verify::read_bounded(path)?;
        match receipts::read_photo(&file, |text| Self::read(text).is_ok()) {
            Ok(text) => Self::read(&text),
            Err(receipts::PhotoError::OtherCode) => Err(wire::enrol::CodeError.into()),
            Err(error) => Err(error.into()),
        }
    }
}

/// Enrols the stand in `path` at the office that gave the code.
pub fn enrol(
    path: &Path,
    central: &str,
    code: &str,
    root_certificate: Option<&Path>,
) -> Result<Enrolled, StandError> {
    enrol_over(path, central, code, |request| {
        crate::sync_run::post_enrolment(central, request, root_certificate)
    })
}

/// The same over any way of asking.
pub(crate) fn enrol_over(
    path: &Path,
    central: &str,
    code: &str,
    ask: impl FnOnce(Vec<u8>) -> Result<Answered, StandError>,
) -> Result<Enrolled, StandError> {
    let code = EnrolmentCode::parse(code)?;
    check_chance(path)?;
    let folder = Folder::open(path)?;
    if folder.read(ENROLMENT_FILE)?.is_some() {
        return Err(StandError::AlreadyEnrolled);
    }
    let key = match read_key(&folder)? {
        Some(key) => key,
        None => draw_key(&folder)?,
    };
    let request = EnrolRequest::sign(&code, first_epoch(&key), &key);
    let bytes = match ask(request)? {
        Answered::Certificates(bytes) => bytes,
        Answered::Refused(code) => return Err(StandError::EnrolmentRefused { code }),
    };
    let enrolment = EnrolAnswer::open(&bytes, &code, &key.verifying_key()).map_err(StandError::Enrolment)?;
    let settings = Settings { central: central.trim_end_matches('/').to_owned(), ..Settings::load(&folder)? };
    settings.store(&folder)?;
    let unlock = UnlockKey::agree(&code, enrolment.device.device);
    folder.write(UNLOCK_KEY_FILE, unlock.as_bytes())?;
    // Last, since its presence means "enrolled".
    folder.write(ENROLMENT_FILE, &bytes)?;
    drop(folder);
    let stand = Stand::open(path)?;
    Ok(Enrolled {
        device: enrolment.device.device.to_string(),
        office: enrolment.office_name,
        folio_prefix: stand.prefix.to_string(),
    })
}

fn draw_key(folder: &Folder) -> Result<SigningKey, StandError> {
    let mut seed = Zeroizing::new([0; 32]);
    UnwrapErr(SysRng).fill_bytes(seed.as_mut_slice());
    folder.write(KEY_FILE, seed.as_slice())?;
    Ok(SigningKey::from_bytes(&seed))
}

/// The epoch named in the request: from the key, so that a repeated request is the same to the byte.
fn first_epoch(key: &SigningKey) -> Epoch {
    let hash = wire::Hash::of(key.verifying_key().as_bytes());
    Epoch::from_slice(hash.0.get(..Epoch::LEN).unwrap_or_default())
        .unwrap_or_else(|| draw_epoch(&mut UnwrapErr(SysRng)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_is_an_address_a_mark_and_a_code() {
        let root = SigningKey::from_bytes(&[1; 32]).verifying_key();
        let code = EnrolmentCode::draw(&root, &mut UnwrapErr(SysRng)).to_string();
        let read = Invitation::read(&format!(" https://oirs.example.cl/#{code}\n")).unwrap();
        assert_eq!(read, Invitation { central: "https://oirs.example.cl".into(), code: code.clone() });
        for text in [
            "",
            "https://oirs.example.cl",
            "https://oirs.example.cl/#",
            "https://oirs.example.cl/#AAAA",
            &code,
        ] {
            assert!(matches!(Invitation::read(text), Err(StandError::EnrolmentCode(_))), "{text}");
        }
    }
}
