//! Profiles and closings: what rests in the pool, what of it can be taken out, and what a closing keeps.

#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used, clippy::indexing_slicing)]

use std::path::Path;

use domain::{Captured, Certainty, EncounterDraft, VoidDraft};
use ledger::{Appended, At, Closing, Identity, Ledger, PaperMade, Pooled, Sealer, UndoToken};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};
use uuid::Uuid;
use wire::body::{Body, LedgerOpened, OpeningReason, OutingOpened, Recorded};
use wire::profile::{SEALED_BYTES, SealedProfile};
use wire::seal::{OpeningKey, SealingKey};
use wire::{DeviceId, EntryKind, Epoch, KeyId, OfficeId};

const OFFICE: OfficeId = OfficeId([1; 16]);

struct Stand {
    ledger: Ledger,
    sealer: Sealer,
    rng: ChaCha20Rng,
}

fn captured() -> Captured {
    let at_unix_ms = 1_795_000_000_000;
    Captured { at_unix_ms, certainty: Certainty::Confirmed, trusted_unix_s: None, elapsed_ms: None }
}

fn identity() -> Identity {
    Identity { office: OFFICE, device: DeviceId([2; 16]), certificate: b"certificado".to_vec() }
}

fn act(closing: &Closing) -> Vec<u8> {
    format!("{} a {}", closing.outing.seq, closing.closed).into_bytes()
}

impl Stand {
    fn begin(path: &Path, seed: u8) -> Self {
        let mut rng = ChaCha20Rng::from_seed([seed; 32]);
        let (opening, _) = OpeningKey::generate(OFFICE, &mut rng).unwrap();
        let mut sealer = Sealer::new(SealingKey::new(OFFICE, &opening.public_key()).unwrap());
        let (mut ledger, _) = Ledger::open(path, identity()).unwrap();
        let begun = LedgerOpened::new(captured(), OpeningReason::Enrolled, None);
        ledger.begin(Epoch([seed; 8]), begun, &mut sealer, &mut rng).unwrap();
        Self { ledger, sealer, rng }
    }

    fn meet(&mut self, id: u128, profile: bool) -> (Appended<At>, Option<UndoToken>) {
        let id = Uuid::from_u128(id);
        let text = |text: &str| Some(text.to_owned());
        let filed =
            EncounterDraft { matter: text("x"), outcome: text("referred"), ..EncounterDraft::default() };
        let mut sealed = vec![0; SEALED_BYTES];
        self.rng.fill_bytes(&mut sealed);
        let profile = profile.then_some(SealedProfile { key_id: KeyId([5; 8]), dictionary: 1, sealed });
        let record = |outing| {
            Body::Encounter(
                Recorded { id, captured: captured(), filed, outing: Some(outing), by: None }.into(),
            )
        };
        let (sealer, rng) = (&mut self.sealer, &mut self.rng);
        self.ledger.append_encounter(id, captured(), profile.as_ref(), sealer, rng, record).unwrap()
    }

    fn undo(&mut self, id: u128, token: Option<&UndoToken>) {
        self.void(id, token, VoidDraft::default());
    }

    fn void(&mut self, id: u128, token: Option<&UndoToken>, filed: VoidDraft) {
        let id = Uuid::from_u128(id);
        let record =
            |outing| Body::Void(Recorded { id, captured: captured(), filed, outing: Some(outing), by: None });
        let (sealer, rng) = (&mut self.sealer, &mut self.rng);
        self.ledger.append_undo(id, captured(), token, sealer, rng, record).unwrap();
    }

    fn open(&mut self) {
        let opened = OutingOpened::new(captured(), Some("11302"), Some("Caleta Tortel".into()), None);
        self.ledger.begin_outing(&opened, &mut self.sealer, &mut self.rng, &mut act).unwrap();
    }

    fn close(&mut self) -> Closing {
        self.ledger.close_outing(captured(), None, &mut self.sealer, &mut self.rng, &mut act).unwrap()
    }

    /// Kinds of the entries after a position, and the sealed bodies of the profiles among them.
    fn after(&self, from: u64) -> (Vec<EntryKind>, Vec<Vec<u8>>) {
        let (epoch, ..) = self.ledger.head().unwrap();
        let chunk = self.ledger.chunk(epoch, from, usize::MAX, usize::MAX).unwrap().unwrap();
        let kinds = chunk.entries.iter().map(|entry| entry.kind).collect();
        let profiles = chunk.entries.into_iter().filter(|entry| entry.kind == EntryKind::PROFILE);
        (kinds, profiles.map(|entry| entry.sealed).collect())
    }
}

#[test]
fn profiles_wait_for_the_closing_and_stand_before_it_in_another_order() {
    let dir = tempfile::tempdir().unwrap();
    let mut stand = Stand::begin(&dir.path().join("ledger/ledger.db"), 4);
    stand.open();
    let mut in_order = Vec::new();
    for id in 1..=40 {
        let before = stand.ledger.pool().unwrap();
        let (_, token) = stand.meet(id, id % 4 != 0);
        assert_eq!(token.is_some(), id % 4 != 0);
        let new: Vec<Pooled> =
            stand.ledger.pool().unwrap().into_iter().filter(|one| !before.contains(one)).collect();
        in_order.extend(new);
    }
    assert_eq!(stand.ledger.pooled().unwrap(), 30);
    let (_, count, _) = stand.ledger.head().unwrap();
    let closing = stand.close();
    assert_eq!(closing.counts.profiles, 30);
    assert_eq!(closing.counts.by_outcome, [0, 40, 0, 0]);
    assert_eq!(stand.ledger.pooled().unwrap(), 0);
    let (kinds, sealed) = stand.after(count);
    assert_eq!(kinds, [vec![EntryKind::PROFILE; 30], vec![EntryKind::OUTING_CLOSED]].concat());
    let text = |pooled: &Pooled| format!("{pooled:?}");
    let placed: Vec<usize> = sealed
        .iter()
        .map(|sealed| in_order.iter().position(|one| text(one).contains(&format!("{sealed:?}"))).unwrap())
        .collect();
    let mut sorted = placed.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, (0..30).collect::<Vec<_>>(), "each once");
    assert_ne!(placed, sorted, "in the order of recording");
    assert!(!placed.is_sorted_by(|a, b| a > b), "in the reverse order");
    stand.ledger.verify().unwrap();
}

#[test]
fn an_undo_takes_its_own_profile_and_no_other() {
    let dir = tempfile::tempdir().unwrap();
    let mut stand = Stand::begin(&dir.path().join("ledger/ledger.db"), 4);
    stand.open();
    stand.meet(1, true);
    let kept = stand.ledger.pool().unwrap();
    let (_, token) = stand.meet(2, true);
    let (again, none) = stand.meet(2, true);
    assert!(matches!(again, Appended::Known(_)) && none.is_none(), "a known encounter lays down nothing");
    assert_eq!(stand.ledger.pooled().unwrap(), 2);
    stand.undo(102, token.as_ref());
    assert_eq!(stand.ledger.pool().unwrap(), kept);
    stand.undo(103, None);
    assert_eq!(stand.ledger.pool().unwrap(), kept, "without a token only the void is recorded");
    let closing = stand.close();
    assert_eq!((closing.counts.voids, closing.counts.profiles, closing.counts.encounters()), (2, 1, 2));
}

#[test]
fn each_outing_has_its_own_counts_and_its_act() {
    let dir = tempfile::tempdir().unwrap();
    let mut stand = Stand::begin(&dir.path().join("ledger/ledger.db"), 4);
    stand.ledger.count_paper(PaperMade::Receipt).unwrap();
    stand.open();
    stand.meet(1, true);
    for paper in [PaperMade::Receipt, PaperMade::Receipt, PaperMade::Copy] {
        stand.ledger.count_paper(paper).unwrap();
    }
    let first = stand.close();
    assert_eq!((first.receipts_printed, first.copies), (2, 1));
    let (_, count, head) = stand.ledger.head().unwrap();
    assert_eq!((first.closed, first.head), (count, head));
    assert_eq!((first.whereabouts.held, first.whereabouts.acknowledged), (count, 0));
    stand.meet(2, false);
    stand.open();
    let second = stand.close();
    assert_eq!((second.receipts_printed, second.counts.encounters(), second.counts.profiles), (0, 0, 0));
    let acts = stand.ledger.acts().unwrap();
    let said: Vec<&[u8]> = acts.iter().map(|act| act.signed.as_slice()).collect();
    assert_eq!(said, [&b"9 a 10"[..], b"6 a 8", b"2 a 5"], "newest first; one that nobody opened among them");
    assert_eq!(acts[2].closed, first.closed);
    assert_eq!(acts[2].head, first.head);
    assert!(acts.iter().all(|act| act.certificate.is_none() && !act.acknowledged));
    let (epoch, ..) = stand.ledger.head().unwrap();
    for word in [&b"uno"[..], b"dos"] {
        stand.ledger.store_certificate(epoch, first.closed, word).unwrap();
    }
    assert_eq!(stand.ledger.acts().unwrap()[2].certificate.as_deref(), Some(&b"dos"[..]));
}

#[test]
fn a_pool_is_carried_from_a_ledger_that_was_set_aside_and_twice_is_once() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger/ledger.db");
    let mut stand = Stand::begin(&path, 4);
    stand.meet(1, true);
    stand.meet(2, true);
    let pool = stand.ledger.pool().unwrap();
    drop(stand);
    let aside = ledger::set_aside(&path, 5).unwrap();
    let old = Ledger::open_set_aside(&aside, identity()).unwrap();
    let mut stand = Stand::begin(&path, 6);
    for _ in 0..2 {
        stand.ledger.carry_pool(&old.pool().unwrap(), &[]).unwrap();
        assert_eq!(stand.ledger.pool().unwrap(), pool);
    }
    stand.meet(3, true);
    assert_eq!(stand.close().counts.profiles, 3);
}

#[test]
fn what_was_taken_out_is_not_in_the_file_any_more() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger/ledger.db");
    let mut stand = Stand::begin(&path, 4);
    stand.open();
    let (_, token) = stand.meet(1, true);
    let pooled = format!("{:?}", stand.ledger.pool().unwrap()[0]);
    stand.undo(101, token.as_ref());
    let (_, list) = pooled.split_once("sealed: [").unwrap();
    let sealed: Vec<u8> =
        list.split(']').next().unwrap().split(", ").map(|number| number.parse().unwrap()).collect();
    assert_eq!(sealed.len(), SEALED_BYTES);
    // Closing folds the log into the file and removes it.
    drop(stand);
    let bytes = std::fs::read(&path).unwrap();
    assert!(!path.with_extension("db-wal").exists());
    assert!(!bytes.windows(32).any(|window| window == &sealed[40..72]), "still there");
}

#[test]
fn what_was_declared_void_is_listed_as_such_and_not_counted_among_people() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger/ledger.db");
    let mut stand = Stand::begin(&path, 4);
    stand.open();
    let outing = stand.ledger.open_outing().unwrap().unwrap();
    let met: Vec<At> = (1..=3).map(|id| stand.meet(id, false).0.into_inner()).collect();
    let draft = |epoch: String, seq| VoidDraft { epoch: Some(epoch), seq: Some(seq), ..VoidDraft::default() };
    // The first twice, one of another file, one that is not there yet, and a void itself.
    let (_, count, _) = stand.ledger.head().unwrap();
    let here = met[0].epoch.to_string();
    let targets = [
        (here.to_uppercase(), met[0].seq),
        (here.clone(), met[0].seq),
        (Epoch([9; 8]).to_string(), met[1].seq),
        (here.clone(), count + 40),
        (here.clone(), count + 1),
    ];
    for (id, (epoch, seq)) in (11..).zip(targets) {
        stand.void(id, None, draft(epoch, seq));
    }
    let rows = |ledger: &Ledger, limit| {
        let rows = ledger.recent(&outing, limit).unwrap();
        rows.iter().map(|row| (row.seq, row.voided)).collect::<Vec<_>>()
    };
    let all = [(met[2].seq, false), (met[1].seq, false), (met[0].seq, true)];
    // After a restart as well; as many as are asked for, and no more.
    let again = Ledger::open(&path, identity()).unwrap().0;
    for (limit, shown) in [(2, 2), (3, 3), (4, 3)] {
        assert_eq!(rows(&again, limit), all[..shown], "{limit}");
    }
    let first = &again.recent(&outing, 3).unwrap()[2];
    assert_eq!((first.kind, first.captured_unix_min, first.folio), (EntryKind::ENCOUNTER, 29_916_666, None));
    assert_eq!(again.outing_counters(&outing).unwrap(), (0, 2));
    drop(again);
    // The act counts entries, as the office does; what the voids mean is told beside it.
    let counts = stand.close().counts;
    assert_eq!((counts.by_outcome, counts.voids), ([0, 3, 0, 0], 5));
    let act = &stand.ledger.acts().unwrap()[0];
    assert_eq!((act.voided_encounters, act.voided_requests), (1, 0));
    stand.open();
    let next = stand.ledger.open_outing().unwrap().unwrap();
    assert!(stand.ledger.recent(&next, 9).unwrap().is_empty());
}
