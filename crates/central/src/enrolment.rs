//! Inviting a stand with a code, and certifying the stand that holds it.

use std::sync::Arc;

use central_db::{Applicant, Certified, CertifyStand, Enrolled, NewCode, Slot, Store};
use domain::Space;
use rand_core::CryptoRng;
use wire::DeviceId;
use wire::cert::DeviceCertificate;
use wire::enrol::{EnrolAnswer, EnrolRequest, EnrolmentCode};
use wire::unlock::UnlockKey;

use crate::error::CentralError;
use crate::keys::Keys;
use crate::office::Office;

/// How long an enrolment code is good.
pub const CODE_VALID_S: u64 = 14 * 86_400;
/// How long a stand's certificate is valid. After it the stand still captures, and what it sends is quarantined.
pub const STAND_VALID_S: u64 = 2 * 365 * 86_400;
/// How many folio prefixes are drawn for an applicant. With half of all 32,768 taken, that all of them are is as
/// likely as guessing a 64-bit number.
const PREFIX_DRAWS: usize = 64;
/// Prefixes have 15 bits.
const PREFIX_MASK: u16 = 0x7fff;

/// Draws a code for a new stand, which will work at this space, and writes it down.
pub async fn invite(
    store: &dyn Store,
    keys: &Keys,
    label: &str,
    space: Space,
    now_unix_s: u64,
    rng: &mut (impl CryptoRng + Send),
) -> Result<EnrolmentCode, CentralError> {
    let code = keys.draw_code(rng);
    let mut device = [0; 16];
    rng.fill_bytes(&mut device);
    let new = NewCode {
        code_id: code.id(),
        device: DeviceId(device),
        label: label.to_owned(),
        space,
        code: code.to_string(),
        made_unix_s: now_unix_s,
        expires_unix_s: now_unix_s.saturating_add(CODE_VALID_S),
    };
    store.add_code(new).await?;
    Ok(code)
}

/// Enrols the stand behind a request whose own signature was checked.
pub async fn enrol(
    store: &dyn Store,
    office: &Arc<Office>,
    keys: &Arc<Keys>,
    request: EnrolRequest,
    now_unix_s: u64,
    rng: &mut (impl CryptoRng + Send),
) -> Result<Enrolled, CentralError> {
    let folio_prefixes = (0..PREFIX_DRAWS)
        .map(|_| {
            let mut drawn = [0; 2];
            rng.fill_bytes(&mut drawn);
            u16::from_be_bytes(drawn) & PREFIX_MASK
        })
        .collect();
    let applicant = Applicant { code_id: request.code, public_key: request.public_key, folio_prefixes };
    let certify = Certifier { office: Arc::clone(office), keys: Arc::clone(keys), request, now_unix_s };
    Ok(store.enrol(applicant, Arc::new(certify), now_unix_s).await?)
}

/// Signs the certificate of one applicant, once the proof was found to fit the code.
struct Certifier {
    office: Arc<Office>,
    keys: Arc<Keys>,
    request: EnrolRequest,
    now_unix_s: u64,
}

impl CertifyStand for Certifier {
    fn certify(&self, slot: &Slot) -> Option<Certified> {
        let code = EnrolmentCode::parse(&slot.code).ok()?;
        self.request.check(&code).ok()?;
        let not_after_unix_s = self.now_unix_s.saturating_add(STAND_VALID_S);
        let validity = self.now_unix_s..not_after_unix_s;
        let certificate = DeviceCertificate::new(
            self.office.id,
            slot.device,
            self.request.public_key,
            slot.folio_prefix,
            validity,
        )
        .sign(&self.keys.enrolment);
        let answer = EnrolAnswer {
            root: self.keys.root.to_bytes(),
            roles: self.keys.list().0,
            device: certificate.clone().into(),
            receipt_host: self.office.public_url.host().to_ascii_uppercase(),
            office_name: self.office.name.clone(),
            phone_line: self.office.phone_line.clone(),
        };
        let unlock_key = *UnlockKey::agree(&code, slot.device).as_bytes();
        let answer = answer.sign(&self.keys.enrolment);
        Some(Certified { certificate, not_after_unix_s, answer, unlock_key })
    }
}
