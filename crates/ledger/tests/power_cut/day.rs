//! The scripted small day, and what the ledger said after each of its operations.

use std::path::Path;

use domain::{Captured, Certainty, DevicePrefix, EncounterDraft, InvitationFate, RequestDraft, VoidDraft};
use ledger::{
    Appended, At, Closing, Counters, DrawTerms, GRACE_S, HeldManifest, Identity, KeptAct, Ledger,
    LedgerError, LocalEpoch, NewEnd, NewRequest, Opened, Outing, Pooled, RequestRow, Sealer, UndoToken,
};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};
use survey::draw::{Rate, Tally};
use uuid::Uuid;
use wire::body::{Body, Due, LedgerOpened, OpeningReason, OutingOpened, Recorded, SurveyAnswer};
use wire::manifest::Watermark;
use wire::profile::{SEALED_BYTES, SealedProfile};
use wire::push::{Checkpoint, Outcome};
use wire::receipt::ClaimKey;
use wire::seal::{OpeningKey, SealingKey};
use wire::{DeviceId, Epoch, Hash, KeyId, OfficeId};

use crate::drive::Step;
use crate::vfs;

pub(crate) const NAME: &str = "ledger.db";
pub(crate) const NOW_S: i64 = 1_795_000_000;
const OFFICE: OfficeId = OfficeId([1; 16]);
const DEVICE: DeviceId = DeviceId([2; 16]);
/// Published content, as central sent it.
const PART: &[u8] = b"a part of the manifest";

pub(crate) fn open(folder: &Path) -> Result<(Ledger, Opened), LedgerError> {
    let certificate = b"certificado".to_vec();
    Ledger::open(&folder.join(NAME), Identity { office: OFFICE, device: DEVICE, certificate })
}

/// Whoever writes into the ledger: everything that an append needs besides the ledger itself.
pub(crate) struct Hand {
    sealer: Sealer,
    rng: ChaCha20Rng,
}

impl Hand {
    pub(crate) fn new(seed: u8) -> Self {
        let mut rng = ChaCha20Rng::from_seed([seed; 32]);
        let (opening, _) = OpeningKey::generate(OFFICE, &mut rng).unwrap();
        let sealer = Sealer::new(SealingKey::new(OFFICE, &opening.public_key()).unwrap());
        Self { sealer, rng }
    }

    pub(crate) fn file(
        &mut self,
        ledger: &mut Ledger,
        id: u128,
        text: &str,
    ) -> Result<Appended<RequestRow>, LedgerError> {
        let draft = RequestDraft {
            kind: Some("reclamo".into()),
            text: Some(text.into()),
            comuna: Some("11302".into()),
            ..RequestDraft::default()
        };
        let request = draft.check(chrono::DateTime::from_timestamp(NOW_S, 0).unwrap()).unwrap();
        let claim = ClaimKey::draw(&mut self.rng);
        let due = Some(Due { promise_days: 20_800, legal_days: 20_828 });
        let new = NewRequest { id: Uuid::from_u128(id), request: &request, claim, captured: captured(), due };
        ledger.append_request(&new, DevicePrefix::new(7).unwrap(), &mut self.sealer, &mut self.rng)
    }

    /// Records an encounter with a profile; the token takes both back.
    pub(crate) fn meet(
        &mut self,
        ledger: &mut Ledger,
        id: u128,
    ) -> Result<(Appended<At>, Option<UndoToken>), LedgerError> {
        let id = Uuid::from_u128(id);
        let text = |text: &str| Some(text.to_owned());
        let filed =
            EncounterDraft { matter: text("bono"), outcome: text("informed"), ..EncounterDraft::default() };
        let mut sealed = vec![0; SEALED_BYTES];
        self.rng.fill_bytes(&mut sealed);
        let profile = SealedProfile { key_id: KeyId([5; 8]), dictionary: 1, sealed };
        ledger.append_encounter(id, captured(), Some(&profile), &mut self.sealer, &mut self.rng, |outing| {
            Body::Encounter(
                Recorded { id, captured: captured(), filed, outing: Some(outing), by: None }.into(),
            )
        })
    }

    fn undo(&mut self, ledger: &mut Ledger, id: u128, token: Option<&UndoToken>) {
        let id = Uuid::from_u128(id);
        let undone = ledger.append_undo(id, captured(), token, &mut self.sealer, &mut self.rng, |outing| {
            Body::Void(Recorded {
                id,
                captured: captured(),
                filed: VoidDraft::default(),
                outing: Some(outing),
                by: None,
            })
        });
        undone.unwrap();
    }

    pub(crate) fn begin(
        &mut self,
        ledger: &mut Ledger,
        epoch: Epoch,
        reason: OpeningReason,
        previous: Option<Epoch>,
    ) -> Result<At, LedgerError> {
        let opened = LedgerOpened::new(captured(), reason, previous);
        ledger.begin(epoch, opened, &mut self.sealer, &mut self.rng)
    }

    fn begin_outing(&mut self, ledger: &mut Ledger) {
        let outing = OutingOpened::new(captured(), Some("11302"), Some("Caleta Tortel".into()), Some(60));
        ledger.begin_outing(&outing, &mut self.sealer, &mut self.rng, &mut act).unwrap();
    }

    fn close_outing(&mut self, ledger: &mut Ledger) {
        ledger.close_outing(captured(), None, &mut self.sealer, &mut self.rng, &mut act).unwrap();
    }
}

/// Stands for what a stand signs: other bytes for another closing.
fn act(closing: &Closing) -> Vec<u8> {
    format!("{closing:?}").into_bytes()
}

fn captured() -> Captured {
    Captured {
        at_unix_ms: NOW_S * 1_000,
        certainty: Certainty::Confirmed,
        trusted_unix_s: None,
        elapsed_ms: None,
    }
}

/// Folds the log into the file, as SQLite does by itself every thousand pages. That would make a long day, so a
/// second connection does it, as another program on the same ledger may at any time. The next append then begins
/// the log anew, over what it held.
fn checkpoint(folder: &Path) {
    let other = rusqlite::Connection::open(folder.join(NAME)).unwrap();
    let busy: i64 = other.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| row.get(0)).unwrap();
    assert_eq!(busy, 0);
}

/// All that a ledger can say about itself: two ledgers that say the same hold the same.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Account {
    pub(crate) epochs: Vec<LocalEpoch>,
    /// Newest first.
    pub(crate) requests: Vec<RequestRow>,
    /// Entries whose body was released.
    pub(crate) released: Vec<(Epoch, u64)>,
    outing: Option<Outing>,
    /// Whom the open outing invited, and what came of it; answers that rest.
    draw: Option<(u64, [u8; 32], Tally)>,
    answers: u64,
    counters: Counters,
    manifest: Option<HeldManifest>,
    part: Option<Vec<u8>>,
    /// Profiles that wait, and what was stated of each closing.
    pool: Vec<Pooled>,
    acts: Vec<KeptAct>,
}

impl Account {
    pub(crate) fn of(ledger: &Ledger) -> Result<Self, LedgerError> {
        let epochs = ledger.epochs()?;
        let mut released = Vec::new();
        for local in &epochs {
            for seq in 1..=local.count {
                if !ledger.has_body(local.epoch, seq)? {
                    released.push((local.epoch, seq));
                }
            }
        }
        Ok(Self {
            epochs,
            requests: ledger.recent_requests(0, 1_000)?,
            released,
            outing: ledger.open_outing()?,
            draw: ledger.open_draw()?.map(|draw| (draw.outing, draw.commitment, draw.sample.tally())),
            answers: ledger.resting_answers()?,
            counters: ledger.counters()?,
            manifest: ledger.manifest()?,
            part: ledger.part(Hash::of(PART))?,
            pool: ledger.pool()?,
            acts: ledger.acts()?,
        })
    }
}

/// The recorded day.
pub(crate) struct Day {
    pub(crate) steps: Vec<Step>,
    /// What the ledger said before everything, and after each operation that returned.
    pub(crate) accounts: Vec<Account>,
    /// The encounters, each with the number of the account that has it first.
    pub(crate) encounters: Vec<(usize, u128, At)>,
    /// Central's word, and the number of the account since which the ledger knows it.
    pub(crate) watermark: (usize, Watermark),
}

struct Script {
    hand: Hand,
    accounts: Vec<Account>,
    encounters: Vec<(usize, u128, At)>,
}

impl Script {
    /// An operation returned: from here on, what the ledger says now is a promise.
    fn returned(&mut self, ledger: &Ledger) {
        vfs::returned(self.accounts.len());
        self.accounts.push(Account::of(ledger).unwrap());
    }

    fn file(&mut self, ledger: &mut Ledger, id: u128, text: &str) {
        assert!(matches!(self.hand.file(ledger, id, text).unwrap(), Appended::New(_)));
        self.returned(ledger);
    }

    fn meet(&mut self, ledger: &mut Ledger, id: u128) {
        let (met, _) = self.hand.meet(ledger, id).unwrap();
        assert!(matches!(met, Appended::New(_)));
        self.encounters.push((self.accounts.len(), id, met.into_inner()));
        self.returned(ledger);
    }

    /// The invitation of a place is answered: begun on the screen, then ended.
    fn answer(&mut self, ledger: &mut Ledger, id: u128, place: u64) {
        ledger.begin_invitation(place).unwrap();
        self.returned(ledger);
        let answer = SurveyAnswer { id: [6; 16], answer: "{}".into(), duration_s: None, day: 20_775 };
        let end = NewEnd {
            id: Uuid::from_u128(id),
            filed_id: None,
            captured: captured(),
            place,
            fate: InvitationFate::Answered,
            answer: Some(answer),
        };
        let Hand { sealer, rng } = &mut self.hand;
        ledger.end_invitation(&end, sealer, rng).unwrap();
        self.returned(ledger);
    }

    /// Somebody was recorded by mistake: the encounter is void, and the profile leaves the pool.
    fn meet_and_undo(&mut self, ledger: &mut Ledger, id: u128) {
        let (met, token) = self.hand.meet(ledger, id).unwrap();
        self.encounters.push((self.accounts.len(), id, met.into_inner()));
        self.returned(ledger);
        self.hand.undo(ledger, id + 1_000, token.as_ref());
        self.returned(ledger);
    }

    fn acknowledge(&mut self, ledger: &mut Ledger, epoch: Epoch, count: u64, head: Hash) {
        let answer = Checkpoint {
            version: wire::VERSION,
            office: OFFICE,
            device: DEVICE,
            epoch,
            outcome: Outcome::Accepted,
            count,
            head,
            time_unix_s: 1_795_000_000,
            reason: None,
        };
        ledger.acknowledge(count, &answer, b"as central signed it").unwrap();
        self.returned(ledger);
    }

    fn keep_manifest(&mut self, ledger: &mut Ledger) {
        ledger.store_part(Hash::of(PART), PART).unwrap();
        self.returned(ledger);
        let manifest = HeldManifest { number: 1, etag: Some("uno".into()), signed: b"signed".to_vec() };
        ledger.store_manifest(&manifest, &[Hash::of(PART)]).unwrap();
        self.returned(ledger);
    }

    fn begin_epoch(
        &mut self,
        ledger: &mut Ledger,
        epoch: Epoch,
        why: OpeningReason,
        previous: Option<Epoch>,
    ) {
        self.hand.begin(ledger, epoch, why, previous).unwrap();
        self.returned(ledger);
        self.hand.begin_outing(ledger);
        self.returned(ledger);
    }
}

/// Lives the day in `folder` under the recorder.
pub(crate) fn live(folder: &Path) -> Day {
    let hand = Hand::new(3);
    let mut script = Script { hand, accounts: vec![Account::default()], encounters: Vec::new() };
    let mut watermark = None;
    let steps = vfs::record(folder, || watermark = Some(script.run(folder)));
    let Script { accounts, encounters, .. } = script;
    Day { steps, accounts, encounters, watermark: watermark.unwrap() }
}

impl Script {
    fn run(&mut self, folder: &Path) -> (usize, Watermark) {
        let (first, second) = (Epoch([4; 8]), Epoch([5; 8]));
        // Hardly compressible, so that bodies spill over several pages.
        let long: String =
            (0..900_u32).map(|n| format!("{:x} ", n.wrapping_mul(2_654_435_761) >> 16)).take(700).collect();
        let (mut ledger, opened) = open(folder).unwrap();
        assert_eq!(opened, Opened::Empty);
        self.returned(&ledger);
        // Everybody is invited to the survey.
        ledger.set_draw_terms(Some(DrawTerms { survey: "prueba".into(), rate: Rate::new(1, 1).unwrap() }));
        self.begin_epoch(&mut ledger, first, OpeningReason::Enrolled, None);
        self.file(&mut ledger, 1, "No llega el agua.");
        self.file(&mut ledger, 2, &long);
        checkpoint(folder);
        self.meet(&mut ledger, 101);
        self.file(&mut ledger, 3, "La posta cierra a las 10:32 horas.");
        let again = self.hand.file(&mut ledger, 1, "Otra cosa con el mismo identificador.").unwrap();
        assert!(matches!(again, Appended::Known(_)));
        self.returned(&ledger);
        self.answer(&mut ledger, 201, 1);
        self.meet(&mut ledger, 102);
        self.meet_and_undo(&mut ledger, 105);
        self.file(&mut ledger, 4, &long);
        self.hand.close_outing(&mut ledger);
        self.returned(&ledger);
        drop(ledger);

        // Noon: the program is closed and opened again, so that its log is folded in, deleted and made anew.
        let (mut ledger, _) = open(folder).unwrap();
        self.returned(&ledger);
        self.file(&mut ledger, 5, "Nadie abrió la salida de la tarde.");
        let (epoch, count, head) = ledger.head().unwrap();
        self.acknowledge(&mut ledger, epoch, count, head);
        self.keep_manifest(&mut ledger);
        self.file(&mut ledger, 6, &long);
        let safe_head = ledger.hash_at(epoch, 6).unwrap().unwrap();
        let word = Watermark { epoch, stored: count, stored_head: head, safe: 6, safe_head };
        ledger.note_watermark(&word, NOW_S).unwrap();
        let known_since = self.accounts.len();
        self.returned(&ledger);
        checkpoint(folder);
        self.meet(&mut ledger, 103);
        assert_eq!(ledger.release(NOW_S + GRACE_S).unwrap(), 6);
        self.returned(&ledger);
        self.file(&mut ledger, 7, "Después de la liberación.");

        self.begin_epoch(&mut ledger, second, OpeningReason::Forked, Some(first));
        for id in 8..=12 {
            self.file(&mut ledger, id, if id == 10 { &long } else { "Época nueva." });
            if id == 9 {
                checkpoint(folder);
            }
        }
        self.meet(&mut ledger, 104);
        self.hand.close_outing(&mut ledger);
        self.returned(&ledger);
        (known_since, word)
    }
}
