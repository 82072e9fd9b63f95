//! Enrolment: how a new stand gets its certificate, and how it knows that the office is the right one.
//!
//! The code that a person carries from the office to the stand holds a one-time secret and the fingerprint of
//! the office's root key. The secret itself never travels: the stand proves that it has it, over its new public
//! key, so that nobody in between can put another key in its place; and the stand checks every answer up to the
//! root that the code names.

use ed25519_dalek::{SigningKey, VerifyingKey};
use hmac::{Hmac, KeyInit as _, Mac as _};
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use rand_core::CryptoRng;

use crate::cert::{CertificateError, DeviceCertificate, Role, RoleCertificate, RoleCertificates, Signers};
use crate::ids::{Epoch, KeyId};
use crate::sign1::{self, Context, Sign1, Sign1Error};
use crate::{Malformed, crockford, first_bytes, sha256};

const SECRET_LEN: usize = 9;
const FINGERPRINT_LEN: usize = 10;

/// What the office gives to whoever sets up a stand: 72 secret bits, 80 bits of the root's fingerprint and a
/// check byte; 32 symbols in groups of four.
#[derive(Clone, PartialEq, Eq)]
pub struct EnrolmentCode {
    secret: [u8; SECRET_LEN],
    root_fingerprint: [u8; FINGERPRINT_LEN],
}

/// Why a text is no enrolment code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an enrolment code: a sign is missing, too many or wrong")]
pub struct CodeError;

fn fingerprint(root: &VerifyingKey) -> [u8; FINGERPRINT_LEN] {
    first_bytes(&sha256(&[b"oirs/root/1", root.as_bytes()]))
}

impl EnrolmentCode {
    /// Draws a new code of the office whose root this is.
    pub fn draw(root: &VerifyingKey, rng: &mut impl CryptoRng) -> Self {
        let mut secret = [0; SECRET_LEN];
        rng.fill_bytes(&mut secret);
        Self { secret, root_fingerprint: fingerprint(root) }
    }

    /// Reads what a person typed or scanned.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let bytes: [u8; SECRET_LEN + FINGERPRINT_LEN + 1] =
            crockford::decode(text).and_then(|bytes| bytes.try_into().ok()).ok_or(CodeError)?;
        let (body, check) = bytes.split_at(SECRET_LEN + FINGERPRINT_LEN);
        let (secret, root_fingerprint) = body.split_at(SECRET_LEN);
        if check != Self::check(body) {
            return Err(CodeError);
        }
        Ok(Self { secret: first_bytes(secret), root_fingerprint: first_bytes(root_fingerprint) })
    }

    fn check(body: &[u8]) -> [u8; 1] {
        first_bytes(&sha256(&[b"oirs/code/1", body]))
    }

    /// The public name under which the office finds the code; says nothing of the secret.
    pub fn id(&self) -> KeyId {
        KeyId(first_bytes(&sha256(&[b"oirs/code-id/1", &self.secret])))
    }

    /// Whether `root` is the office that gave the code.
    pub fn names(&self, root: &VerifyingKey) -> bool {
        self.root_fingerprint == fingerprint(root)
    }

    /// The secret itself, for what both sides derive from it.
    pub(crate) fn secret(&self) -> &[u8; SECRET_LEN] {
        &self.secret
    }

    /// The proof of the secret over a stand's new key: HMAC-SHA-256 (RFC 2104).
    fn proof(&self, public_key: &[u8; 32], epoch: Epoch) -> Hmac<sha2::Sha256> {
        let key = sha256(&[b"oirs/enrol-proof/1", &self.secret]);
        // RFC 2104 fills a short key up with zeroes to the block's 64 bytes; done here, no length can be wrong.
        let block: [u8; 64] = first_bytes(&key);
        let mut mac = Hmac::<sha2::Sha256>::new(&block.into());
        mac.update(public_key);
        mac.update(&epoch.0);
        mac
    }
}

impl std::fmt::Display for EnrolmentCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let body = [self.secret.as_slice(), &self.root_fingerprint].concat();
        f.write_str(&crockford::encode(&[body.as_slice(), &Self::check(&body)].concat()))
    }
}

/// Why an enrolment did not come about.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnrolError {
    /// Not the form of an enrolment.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// Not signed by the key that it names.
    #[error(transparent)]
    Signature(#[from] Sign1Error),
    /// A certificate in the answer does not hold.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// The proof does not fit the code.
    #[error("the proof does not fit the code")]
    Proof,
    /// The answering office is not the one that gave the code.
    #[error("the answering office is not the one that gave the code")]
    OtherOffice,
    /// The answer is for another key, or certificates are missing.
    #[error("the answer is incomplete or for another stand")]
    Incomplete,
}

/// What a stand asks for, signed with its new key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct EnrolRequest {
    #[n(0)]
    version: u8,
    /// Which code it answers.
    #[n(1)]
    pub code: KeyId,
    /// The stand's new Ed25519 public key.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub public_key: [u8; 32],
    /// The epoch of its first ledger.
    #[n(3)]
    pub epoch: Epoch,
    #[cbor(n(4), with = "minicbor::bytes")]
    proof: [u8; 32],
}

impl EnrolRequest {
    /// The signed request of a stand that holds `code`.
    pub fn sign(code: &EnrolmentCode, epoch: Epoch, key: &SigningKey) -> Vec<u8> {
        let public_key = key.verifying_key().to_bytes();
        let proof = code.proof(&public_key, epoch).finalize().into_bytes().into();
        let request = Self { version: crate::VERSION, code: code.id(), public_key, epoch, proof };
        sign1::sign(key, Context::EnrolRequest, &crate::encode(&request))
    }

    /// Reads a request and checks that its key signed it. The proof is checked once the code is known.
    pub fn open(bytes: &[u8]) -> Result<Self, EnrolError> {
        let signed = Sign1::read(bytes)?;
        let request: Self = crate::decode("enrolment", signed.unverified_payload())?;
        if request.version != crate::VERSION {
            return Err(CertificateError::Version(request.version).into());
        }
        let key = VerifyingKey::from_bytes(&request.public_key).map_err(|_| CertificateError::Key)?;
        signed.verify(&key, Context::EnrolRequest)?;
        Ok(request)
    }

    /// Whether the stand holds the code's secret. Compares in constant time.
    pub fn check(&self, code: &EnrolmentCode) -> Result<(), EnrolError> {
        let proof = code.proof(&self.public_key, self.epoch);
        proof.verify_slice(&self.proof).map_err(|_| EnrolError::Proof)
    }
}

/// What a stand gets: everything that it must know to capture for years without a network. Signed as a whole
/// with the enrolment key, since a false host on it would send every citizen's key elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct EnrolAnswer {
    /// The office's root public key; the code tells whether it is the right one.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub root: [u8; 32],
    /// Certificates of the role keys, by the root.
    #[n(1)]
    pub roles: Vec<ByteVec>,
    /// The stand's certificate, by the enrolment key.
    #[n(2)]
    pub device: ByteVec,
    /// The host that receipts carry, e.g. `OIRS.EXAMPLE.CL`.
    #[n(3)]
    pub receipt_host: String,
    /// The office's name, as a citizen reads it.
    #[n(4)]
    pub office_name: String,
    /// The telephone line to ask at, as it is dictated; none when the office has none.
    #[n(5)]
    pub phone_line: Option<String>,
}

/// The roles without a key of which a stand can't work.
const NEEDED: [Role; 3] = [Role::Checkpoint, Role::Content, Role::Sealing];

/// An enrolment whose every signature was checked up to the root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The office's root.
    pub root: VerifyingKey,
    /// All role certificates that hold.
    pub roles: Vec<RoleCertificate>,
    /// The same as they came, in their order: the list that the office's manifest names while it renews none of them.
    pub role_list: RoleCertificates,
    /// The stand's own.
    pub device: DeviceCertificate,
    /// The exact bytes of the stand's certificate, which the chain starts from.
    pub device_bytes: Vec<u8>,
    /// The host that receipts carry.
    pub receipt_host: String,
    /// The office's name.
    pub office_name: String,
    /// The telephone line to ask at.
    pub phone_line: Option<String>,
}

impl EnrolAnswer {
    /// The signed bytes, by the enrolment key.
    pub fn sign(&self, enrolment: &SigningKey) -> Vec<u8> {
        sign1::sign(enrolment, Context::EnrolAnswer, &crate::encode(self))
    }

    /// Reads an answer and checks every signature in it up to the root, and that the root is the one that the code
    /// names and the certified key our own.
    pub fn open(bytes: &[u8], code: &EnrolmentCode, own: &VerifyingKey) -> Result<Enrolment, EnrolError> {
        let (answer, root) = Self::read(bytes)?;
        if !code.names(&root) {
            return Err(EnrolError::OtherOffice);
        }
        let enrolment = answer.check(bytes, root)?;
        if enrolment.device.public_key == *own.as_bytes() {
            Ok(enrolment)
        } else {
            Err(EnrolError::Incomplete)
        }
    }

    /// The same for an answer kept on the stand's own disk, whose root was trusted when it was written.
    pub fn open_kept(bytes: &[u8]) -> Result<Enrolment, EnrolError> {
        let (answer, root) = Self::read(bytes)?;
        answer.check(bytes, root)
    }

    fn read(bytes: &[u8]) -> Result<(Self, VerifyingKey), EnrolError> {
        let answer: Self = crate::decode("enrolment answer", Sign1::read(bytes)?.unverified_payload())?;
        let root = VerifyingKey::from_bytes(&answer.root).map_err(|_| CertificateError::Key)?;
        Ok((answer, root))
    }

    fn check(&self, bytes: &[u8], root: VerifyingKey) -> Result<Enrolment, EnrolError> {
        let roles = self
            .roles
            .iter()
            .filter_map(|bytes| match RoleCertificate::open(bytes, &root) {
                // Signed by the root, for a role that a later version knows.
                Err(CertificateError::Malformed(_)) => None,
                other => Some(other),
            })
            .collect::<Result<Vec<_>, _>>()?;
        let signed = Sign1::read(bytes)?;
        signed.verify(&enrolment_key(&roles, signed.kid)?, Context::EnrolAnswer)?;
        let issuer = enrolment_key(&roles, Sign1::read(&self.device)?.kid)?;
        let device = DeviceCertificate::open(&self.device, &issuer)?;
        let complete = NEEDED.iter().all(|role| roles.iter().any(|c| c.role == *role))
            && roles.iter().all(|c| c.office == device.office)
            && domain::DevicePrefix::new(device.folio_prefix).is_ok();
        if !complete {
            return Err(EnrolError::Incomplete);
        }
        Ok(Enrolment {
            root,
            roles,
            role_list: RoleCertificates(self.roles.clone()),
            device,
            device_bytes: self.device.to_vec(),
            receipt_host: self.receipt_host.clone(),
            office_name: self.office_name.clone(),
            phone_line: self.phone_line.clone(),
        })
    }
}

/// The certified enrolment key of that id: there may be several, since keys are renewed.
fn enrolment_key(roles: &[RoleCertificate], kid: KeyId) -> Result<VerifyingKey, EnrolError> {
    let found = roles.iter().find(|c| c.role == Role::Enrolment && KeyId::of(&c.public_key) == kid);
    Ok(found.ok_or(EnrolError::Incomplete)?.verifying_key()?)
}

impl Enrolment {
    /// The verifying key of a role that signs.
    pub fn verifying_key(&self, role: Role) -> Result<VerifyingKey, CertificateError> {
        self.certificate(role)?.verifying_key()
    }

    /// The raw X25519 key to seal to.
    pub fn sealing_key(&self) -> Result<[u8; 32], CertificateError> {
        Ok(self.certificate(Role::Sealing)?.public_key)
    }

    /// The raw X25519 key to seal profiles to; none at an office that has not drawn one.
    pub fn statistics_key(&self) -> Option<[u8; 32]> {
        self.certificate(Role::Statistics).ok().map(|certificate| certificate.public_key)
    }

    /// All keys of a role that signs, the newest first.
    pub fn signers(&self, role: Role) -> Signers {
        let mut of_role: Vec<_> = self.roles.iter().filter(|c| c.role == role).collect();
        of_role.sort_by_key(|c| std::cmp::Reverse(c.not_before_unix_s));
        of_role.iter().filter_map(|c| c.verifying_key().ok()).collect()
    }

    /// Trusts further keys that the root certified for this office.
    pub fn learn(&mut self, certificates: &RoleCertificates) {
        for certificate in certificates.of(self.device.office, &self.root) {
            if !self.roles.contains(&certificate) {
                self.roles.push(certificate);
            }
        }
    }

    /// Trusts exactly these keys from now on, where there is one of each role that a stand needs: what the office lists
    /// in its manifest no longer has what it withdrew.
    pub fn trust_only(&mut self, certificates: &RoleCertificates) {
        let roles = certificates.of(self.device.office, &self.root);
        if NEEDED.iter().all(|role| roles.iter().any(|c| c.role == *role)) {
            self.roles = roles;
        }
    }

    /// The newest certificate of a role.
    fn certificate(&self, role: Role) -> Result<&RoleCertificate, CertificateError> {
        self.roles
            .iter()
            .filter(|c| c.role == role)
            .max_by_key(|c| c.not_before_unix_s)
            .ok_or(CertificateError::Key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{DeviceId, OfficeId};
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng as _;

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_bytes(&[seed; 32])
    }

    fn code() -> EnrolmentCode {
        EnrolmentCode::draw(&key(1).verifying_key(), &mut ChaCha20Rng::from_seed([5; 32]))
    }

    #[test]
    fn a_code_survives_typing_and_finds_every_slip() {
        let text = code().to_string();
        assert_eq!(text.len(), 32 + 7);
        assert!(EnrolmentCode::parse(&text.to_lowercase().replace('-', " ")).unwrap() == code());
        let symbols: Vec<char> = text.chars().collect();
        let mut missed = 0;
        for at in (0..symbols.len()).filter(|at| symbols[*at] != '-') {
            let mut slipped = symbols.clone();
            slipped[at] = if slipped[at] == '7' { '4' } else { '7' };
            missed += usize::from(EnrolmentCode::parse(&slipped.iter().collect::<String>()).is_ok());
        }
        assert!(missed <= 1, "one byte of check lets at most about one slip in 256 through: {missed}");
        assert!(EnrolmentCode::parse(&text[..text.len() - 1]).is_err());
    }

    #[test]
    fn the_proof_binds_code_and_key() {
        let request = EnrolRequest::open(&EnrolRequest::sign(&code(), Epoch([1; 8]), &key(2))).unwrap();
        assert_eq!(request.check(&code()), Ok(()));
        let other = EnrolmentCode::draw(&key(1).verifying_key(), &mut ChaCha20Rng::from_seed([6; 32]));
        assert_eq!(request.check(&other), Err(EnrolError::Proof));
        let stolen = EnrolRequest { public_key: key(3).verifying_key().to_bytes(), ..request };
        assert_eq!(stolen.check(&code()), Err(EnrolError::Proof), "another key under the same proof");
    }

    #[test]
    fn an_answer_holds_up_to_the_root_of_the_code_only() {
        let office = OfficeId([9; 16]);
        let role = |role, seed| {
            RoleCertificate::new(office, role, key(seed).verifying_key().to_bytes(), 0..10)
                .sign(&key(1))
                .into()
        };
        let device =
            DeviceCertificate::new(office, DeviceId([4; 16]), key(2).verifying_key().to_bytes(), 1, 0..10);
        let answer = EnrolAnswer {
            root: key(1).verifying_key().to_bytes(),
            roles: vec![
                role(Role::Enrolment, 10),
                role(Role::Checkpoint, 11),
                role(Role::Content, 12),
                role(Role::Sealing, 13),
            ],
            device: device.sign(&key(10)).into(),
            receipt_host: "OIRS.EXAMPLE.CL".into(),
            office_name: "Oficina de prueba".into(),
            phone_line: None,
        };
        let own = key(2).verifying_key();
        let open = |answer: &EnrolAnswer, by: u8| EnrolAnswer::open(&answer.sign(&key(by)), &code(), &own);
        let enrolment = open(&answer, 10).unwrap();
        assert_eq!((enrolment.device, enrolment.receipt_host.as_str()), (device, "OIRS.EXAMPLE.CL"));
        assert_eq!(EnrolAnswer::open_kept(&answer.sign(&key(10))).as_ref(), Ok(&enrolment));
        let other_stand = EnrolAnswer::open(&answer.sign(&key(10)), &code(), &key(3).verifying_key());
        assert_eq!(other_stand, Err(EnrolError::Incomplete));
        assert!(open(&answer, 66).is_err(), "not signed by the enrolment key");

        let foreign = EnrolAnswer { root: key(7).verifying_key().to_bytes(), ..answer.clone() };
        assert_eq!(open(&foreign, 10), Err(EnrolError::OtherOffice));
        let forged = EnrolAnswer { device: device.sign(&key(66)).into(), ..answer.clone() };
        assert_eq!(open(&forged, 10), Err(EnrolError::Incomplete));
        let short = EnrolAnswer { roles: answer.roles[..3].to_vec(), ..answer.clone() };
        assert_eq!(open(&short, 10), Err(EnrolError::Incomplete));

        let mut renewed = answer.clone();
        renewed.roles.insert(0, role(Role::Enrolment, 20));
        assert!(open(&renewed, 10).is_ok() && open(&renewed, 20).is_ok(), "renewed keys live side by side");
        let unknown = [
            &[0xa6, 0x00, 0x01, 0x01, 0x50],
            [9; 16].as_slice(),
            &[0x02, 0x18, 99, 0x03, 0x58, 0x20],
            &[0; 32],
            &[0x04, 0x00, 0x05, 0x01],
        ]
        .concat();
        // What a later manifest lists: added, or put in the place of everything; only what the root signed for here.
        let later = |office, role, seed, by| {
            let certified = key(seed).verifying_key().to_bytes();
            RoleCertificate::new(office, role, certified, 5..20).sign(&key(by)).into()
        };
        let mut stand = enrolment.clone();
        let list = |certificates: &[ByteVec]| RoleCertificates(certificates.to_vec());
        stand.learn(&list(&[
            later(office, Role::Content, 40, 1),
            later(office, Role::Content, 40, 1),
            later(office, Role::Content, 41, 66),
            later(OfficeId([8; 16]), Role::Content, 42, 1),
            ByteVec::from(vec![1, 2, 3]),
        ]));
        let newest = key(40).verifying_key();
        assert_eq!(stand.verifying_key(Role::Content), Ok(newest));
        let both = [newest, key(12).verifying_key()].into_iter().collect::<Signers>();
        assert_eq!(stand.signers(Role::Content), both);
        let by = |seed| sign1::sign(&key(seed), Context::Manifest, b"x");
        assert_eq!(both.signer_of(&by(12)), Ok(&key(12).verifying_key()));
        assert_eq!(both.signer_of(&by(41)), Err(Sign1Error::BadSignature));
        assert_eq!(both.signer_of(b"x"), Err(Sign1Error::Malformed));
        stand.trust_only(&list(&[later(office, Role::Content, 50, 1)]));
        assert_eq!(stand.signers(Role::Content), both, "a list without every role is none");
        let whole = [Role::Checkpoint, Role::Content, Role::Sealing].map(|role| later(office, role, 50, 1));
        stand.trust_only(&list(&whole));
        assert_eq!(stand.signers(Role::Content), key(50).verifying_key().into());

        renewed.roles.push(sign1::sign(&key(1), Context::RoleCertificate, &unknown).into());
        assert!(open(&renewed, 10).is_ok(), "a role of a later version is skipped");
    }
}
