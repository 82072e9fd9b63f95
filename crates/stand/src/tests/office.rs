//! The central office as far as a stand without a network needs one: keys, a certificate, and opening what was
//! sealed.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use ed25519_dalek::SigningKey;
use rand_core::UnwrapErr;
use wire::body::Body;
use wire::cert::{DeviceCertificate, Role, RoleCertificate};
use wire::chain::Position;
use wire::enrol::{EnrolAnswer, EnrolRequest, EnrolmentCode};
use wire::seal::OpeningKey;
use wire::{DeviceId, OfficeId};

use crate::clock::{Clock, Reading};
use crate::enrol::{Answered, enrol_over};
use crate::{Stand, StandError};

/// Saturday 21 November 2026, 10:32 in Santiago: a field day on a day that is not a working day.
pub(crate) const NOW_MS: i64 = 1_795_267_920_000;

/// A clock that stands where it is put.
pub(crate) struct SetClock(Mutex<Reading>);

impl SetClock {
    pub(crate) fn at(wall_unix_ms: i64) -> Arc<Self> {
        Arc::new(Self(Mutex::new(Reading { wall_unix_ms, uptime: None })))
    }
}

impl Clock for SetClock {
    fn read(&self) -> Reading {
        self.0.lock().unwrap().clone()
    }
}

pub(crate) struct Office {
    id: OfficeId,
    root: SigningKey,
    enrolment: SigningKey,
    opening: OpeningKey,
    /// None at an office from before there were profiles.
    pub(super) statistics: Option<OpeningKey>,
    pub(crate) code: EnrolmentCode,
}

impl Office {
    pub(crate) fn new() -> Self {
        let id = OfficeId([0xa1; 16]);
        let mut chance = UnwrapErr(getrandom::SysRng);
        let root = SigningKey::from_bytes(&[1; 32]);
        let (opening, _) = OpeningKey::generate(id, &mut chance).unwrap();
        let statistics = Some(OpeningKey::generate(id, &mut chance).unwrap().0);
        let code = EnrolmentCode::draw(&root.verifying_key(), &mut chance);
        Self { id, root, enrolment: SigningKey::from_bytes(&[2; 32]), opening, statistics, code }
    }

    pub(crate) fn answer(&self, request: &[u8]) -> Vec<u8> {
        let request = EnrolRequest::open(request).unwrap();
        request.check(&self.code).unwrap();
        let key = |seed| SigningKey::from_bytes(&[seed; 32]).verifying_key().to_bytes();
        let roles = [
            (Role::Enrolment, self.enrolment.verifying_key().to_bytes()),
            (Role::Checkpoint, key(3)),
            (Role::Content, key(4)),
            (Role::Sealing, self.opening.public_key()),
        ];
        let statistics = self.statistics.iter().map(|key| (Role::Statistics, key.public_key()));
        let certify =
            |(role, key)| RoleCertificate::new(self.id, role, key, 0..u64::MAX).sign(&self.root).into();
        let device =
            DeviceCertificate::new(self.id, DeviceId([7; 16]), request.public_key, 0x7000, 0..u64::MAX);
        EnrolAnswer {
            root: self.root.verifying_key().to_bytes(),
            roles: roles.into_iter().chain(statistics).map(certify).collect(),
            device: device.sign(&self.enrolment).into(),
            receipt_host: "OIRS.EXAMPLE.CL".into(),
            office_name: "Oficina de prueba".into(),
            phone_line: Some("600 301 7000".into()),
        }
        .sign(&self.enrolment)
    }

    /// A manifest as the office signs it.
    pub(crate) fn sign_manifest(&self, manifest: &wire::manifest::Manifest) -> Vec<u8> {
        let _ = self;
        manifest.sign(&SigningKey::from_bytes(&[4; 32]))
    }

    /// A release of a program that reads schemas 1 and 2, and what travels of it.
    pub(crate) fn release(
        &self,
        number: u64,
        hash: wire::Hash,
        bytes: u64,
    ) -> (wire::release::Release, Vec<u8>) {
        let key = SigningKey::from_bytes(&[5; 32]);
        let public = key.verifying_key().to_bytes();
        let certificate = RoleCertificate::new(self.id, Role::Releases, public, 0..u64::MAX).sign(&self.root);
        let mut release = wire::release::Release::new(self.id, number, "0.2.0", (hash, bytes));
        (release.reads, release.writes) = (1, 2);
        let signed = release.sign(&certificate, &key).unwrap();
        (release, signed)
    }

    /// A freshly enrolled stand.
    pub(crate) fn stand(&self, dir: &Path) -> Stand {
        let path = dir.join("stand");
        enrol_over(&path, "http://127.0.0.1:1", &self.code.to_string(), |request| {
            Ok(Answered::Certificates(self.answer(&request)))
        })
        .unwrap();
        Stand::open_with(&path, SetClock::at(NOW_MS)).unwrap()
    }

    /// Every body of the newest ledger, opened.
    pub(crate) fn open_all(&self, stand: &Stand) -> Vec<Body> {
        let (epoch, ..) = stand.ledger.head().unwrap();
        let chunk = stand.ledger.chunk(epoch, 0, usize::MAX, usize::MAX).unwrap().unwrap();
        chunk
            .entries
            .iter()
            .map(|entry| {
                let position = Position {
                    device: stand.enrolment.device.device,
                    epoch,
                    seq: entry.seq,
                    kind: entry.kind,
                    key_id: entry.key_id,
                    dictionary: entry.dictionary,
                };
                let statistics = self.statistics.iter().find(|key| key.id() == entry.key_id);
                let packed = statistics.unwrap_or(&self.opening).open(&entry.sealed, &position).unwrap();
                let body = wire::compress::unpack(entry.dictionary, &packed).unwrap();
                Body::decode(entry.kind, &body).unwrap()
            })
            .collect()
    }
}

/// The path of a file of the field day.
pub(crate) fn fixture(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/jornada").join(name);
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn an_office_that_does_not_hold_the_code_s_root_enrols_nobody() {
    let (office, other) = (Office::new(), Office { root: SigningKey::from_bytes(&[9; 32]), ..Office::new() });
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("stand");
    let enrolled = enrol_over(&path, "http://127.0.0.1:1", &office.code.to_string(), |request| {
        let impostor = Office { code: office.code.clone(), ..other };
        Ok(Answered::Certificates(impostor.answer(&request)))
    });
    assert!(matches!(enrolled, Err(StandError::Enrolment(wire::enrol::EnrolError::OtherOffice))));
    assert!(matches!(Stand::open(&path), Err(StandError::NotEnrolled)));
    office.stand(dir.path());
    let again = enrol_over(&path, "x", &office.code.to_string(), |_| unreachable!());
    assert!(matches!(again, Err(StandError::AlreadyEnrolled)));
}

#[test]
fn a_lost_answer_is_asked_for_again_with_the_same_bytes() {
    let office = Office::new();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("stand");
    let mut requests = Vec::new();
    for _ in 0..2 {
        let lost = enrol_over(&path, "x", &office.code.to_string(), |request| {
            requests.push(request);
            Err(StandError::Unreachable(sync::Fault::CutInTheMiddle))
        });
        assert!(lost.is_err());
    }
    assert_eq!(requests[0], requests[1]);
}
