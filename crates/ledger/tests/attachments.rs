//! Attachments in the ledger: limits hold inside the transaction, and a file leaves only after two signed words.

#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used, clippy::indexing_slicing, clippy::expect_used)]

use domain::{Captured, Certainty, Folio};
use ledger::{Appended, AttachmentLimits, GRACE_S, Identity, Ledger, LedgerError, Opened, Sealer};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;
use uuid::Uuid;
use wire::body::{Attachment, LedgerOpened, OpeningReason, SealedFile};
use wire::file::FileKey;
use wire::manifest::Watermark;
use wire::push::{Checkpoint, Outcome, Push};
use wire::seal::{OpeningKey, SealingKey};
use wire::upload::{Stored, Upload};
use wire::{DeviceId, Epoch, Hash, OfficeId};

const OFFICE: OfficeId = OfficeId([1; 16]);
const DEVICE: DeviceId = DeviceId([2; 16]);
const EPOCH: Epoch = Epoch([4; 8]);
const NOW_S: i64 = 1_795_000_000;
const LIMITS: AttachmentLimits = AttachmentLimits { count_max: 2, bytes_max: 1_000 };

struct Stand {
    _dir: tempfile::TempDir,
    ledger: Ledger,
    sealer: Sealer,
    rng: ChaCha20Rng,
}

fn captured() -> Captured {
    Captured {
        at_unix_ms: NOW_S * 1_000,
        certainty: Certainty::Confirmed,
        trusted_unix_s: None,
        elapsed_ms: None,
    }
}

fn stand() -> Stand {
    let dir = tempfile::tempdir().unwrap();
    let mut rng = ChaCha20Rng::from_seed([3; 32]);
    let (opening, _) = OpeningKey::generate(OFFICE, &mut rng).unwrap();
    let mut sealer = Sealer::new(SealingKey::new(OFFICE, &opening.public_key()).unwrap());
    let identity = Identity { office: OFFICE, device: DEVICE, certificate: b"certificado".to_vec() };
    let (mut ledger, opened) = Ledger::open(&dir.path().join("ledger/ledger.db"), identity).unwrap();
    assert_eq!(opened, Opened::Empty);
    let begun = LedgerOpened::new(captured(), OpeningReason::Enrolled, None);
    ledger.begin(EPOCH, begun, &mut sealer, &mut rng).unwrap();
    Stand { _dir: dir, ledger, sealer, rng }
}

fn attachment(id: u8, request: u128, bytes: u64) -> Attachment {
    Attachment {
        id: Uuid::from_u128(1_000 + u128::from(id)),
        filed_id: None,
        request: Uuid::from_u128(request),
        folio: Folio::from_number(7 << 30).unwrap(),
        captured: captured(),
        name: Some("la boleta".into()),
        media_type: "image/jpeg".into(),
        bytes: bytes - 16,
        sealed: SealedFile {
            hash: Hash([id; 32]),
            bytes,
            chunk_bytes: 65_536,
            key: FileKey::from_bytes([id; 32]),
        },
        outing: None,
    }
}

impl Stand {
    fn attach(&mut self, new: &Attachment) -> Result<Appended<ledger::AttachmentRow>, LedgerError> {
        self.ledger.append_attachment(new, LIMITS, &mut self.sealer, &mut self.rng)
    }

    /// Central signs for every entry so far.
    fn acknowledge(&mut self) -> u64 {
        let (epoch, count, head) = self.ledger.head().unwrap();
        let chunk = self.ledger.chunk(epoch, 0, usize::MAX, usize::MAX).unwrap().unwrap();
        let entries = chunk.entries.iter().map(Into::into).collect();
        let push =
            Push { office: OFFICE, device: DEVICE, epoch, from: 0, previous: chunk.previous, entries, head };
        let checkpoint = Checkpoint::new(&push, Outcome::Accepted, None, (count, head), 1);
        self.ledger.acknowledge(count, &checkpoint, b"signed").unwrap();
        count
    }
}

fn stored(id: u8, bytes: u64) -> Stored {
    let time = u64::try_from(NOW_S).unwrap();
    Stored::new(&Upload::new(OFFICE, DEVICE, (EPOCH, 1), Hash([id; 32]), bytes), time)
}

#[test]
fn a_request_carries_so_many_and_so_much() {
    let mut stand = stand();
    let Appended::New(first) = stand.attach(&attachment(1, 1, 500)).unwrap() else { panic!("new") };
    assert_eq!(stand.attach(&attachment(1, 1, 500)).unwrap(), Appended::Known(first), "the same id again");
    assert!(matches!(stand.attach(&attachment(2, 1, 501)), Err(LedgerError::AttachmentsTooLarge)));
    stand.attach(&attachment(3, 1, 500)).unwrap();
    assert!(matches!(stand.attach(&attachment(4, 1, 17)), Err(LedgerError::TooManyAttachments)));
    stand.attach(&attachment(5, 2, 1_000)).unwrap();
    assert_eq!(stand.ledger.attachments_of(Uuid::from_u128(1)).unwrap().len(), 2);
    assert_eq!(stand.ledger.attachment_files().unwrap().len(), 3);
    assert_eq!(stand.ledger.verify().unwrap().entries, 5, "two openings, three attachments, no refused one");
}

#[test]
fn files_are_sent_after_their_entries_and_once() {
    let mut stand = stand();
    stand.attach(&attachment(1, 1, 500)).unwrap();
    assert_eq!(stand.ledger.attachments_to_send().unwrap(), []);
    assert_eq!(stand.ledger.attachments_waiting().unwrap(), 1);
    stand.acknowledge();
    stand.attach(&attachment(2, 1, 400)).unwrap();
    let hashes = |stand: &Stand| -> Vec<Hash> {
        stand.ledger.attachments_to_send().unwrap().iter().map(|row| row.hash).collect()
    };
    assert_eq!(hashes(&stand), [Hash([1; 32])]);
    assert!(matches!(stand.ledger.note_stored(&stored(1, 501), b"signed"), Err(LedgerError::ForeignFile)));
    assert!(matches!(stand.ledger.note_stored(&stored(9, 500), b"signed"), Err(LedgerError::ForeignFile)));
    stand.ledger.note_stored(&stored(1, 500), b"signed").unwrap();
    stand.ledger.note_stored(&stored(1, 500), b"signed").unwrap();
    assert_eq!(hashes(&stand), []);
    assert_eq!(stand.ledger.attachments_waiting().unwrap(), 1);
    stand.ledger.forget_stored().unwrap();
    assert_eq!(hashes(&stand), [Hash([1; 32])], "central went back: asked for again");
}

#[test]
fn a_file_leaves_only_after_both_words_and_the_grace_time() {
    let mut stand = stand();
    stand.attach(&attachment(1, 1, 500)).unwrap();
    let count = stand.acknowledge();
    let releasable = |stand: &Stand, at: i64| stand.ledger.releasable_files(at).unwrap().len();
    let over = NOW_S + GRACE_S;
    assert_eq!(releasable(&stand, over), 0, "neither word");
    stand.ledger.note_stored(&stored(1, 500), b"signed").unwrap();
    assert_eq!(releasable(&stand, over), 0, "central does not vouch for the entry");
    let (epoch, _, head) = stand.ledger.head().unwrap();
    let watermark = Watermark { epoch, stored: count, stored_head: head, safe: count, safe_head: head };
    stand.ledger.note_watermark(&watermark, NOW_S).unwrap();
    assert_eq!((releasable(&stand, over - 1), releasable(&stand, over)), (0, 1));
    stand.ledger.forget_stored().unwrap();
    assert_eq!(releasable(&stand, over), 0, "the file's own word is gone");
}
