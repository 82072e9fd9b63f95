//! The draw in the ledger: what is committed is disclosed, places pass on, an invitation ends once, and a program that is opened
//! again goes on where the other was.

#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::path::{Path, PathBuf};

use domain::{Captured, Certainty, EncounterDraft, InvitationFate, VoidDraft};
use ledger::{Appended, At, DrawTerms, Identity, Ledger, LedgerError, NewEnd, Sealer};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;
use survey::draw::{Rate, Seed, count_drawn, drawn};
use uuid::Uuid;
use wire::body::{
    Body, DrawClosed, DrawTally, LedgerOpened, OpeningReason, OutingOpened, Recorded, SurveyAnswer,
};
use wire::chain::Position;
use wire::seal::{OpeningKey, SealingKey};
use wire::{DeviceId, EntryKind, Epoch, OfficeId};

const OFFICE: OfficeId = OfficeId([1; 16]);
const DEVICE: DeviceId = DeviceId([2; 16]);
const EPOCH: Epoch = Epoch([4; 8]);

fn captured() -> Captured {
    Captured {
        at_unix_ms: 1_795_000_000_000,
        certainty: Certainty::Confirmed,
        trusted_unix_s: None,
        elapsed_ms: None,
    }
}

/// A stand's ledger, whose key the test has.
struct Stand {
    path: PathBuf,
    ledger: Ledger,
    sealer: Sealer,
    opening: OpeningKey,
    rng: ChaCha20Rng,
    next_id: u128,
}

impl Stand {
    fn new(folder: &Path) -> Self {
        let mut rng = ChaCha20Rng::from_seed([3; 32]);
        let (opening, _) = OpeningKey::generate(OFFICE, &mut rng).unwrap();
        let mut sealer = Sealer::new(SealingKey::new(OFFICE, &opening.public_key()).unwrap());
        let path = folder.join("ledger.db");
        let mut ledger = open(&path);
        let begun = LedgerOpened::new(captured(), OpeningReason::Enrolled, None);
        ledger.begin(EPOCH, begun, &mut sealer, &mut rng).unwrap();
        Self { path, ledger, sealer, opening, rng, next_id: 0 }
    }

    /// The same day with a rate of one in three.
    fn inviting(folder: &Path) -> Self {
        let mut stand = Self::new(folder);
        let rate = Rate::new(1, 3).unwrap();
        stand.ledger.set_draw_terms(Some(DrawTerms { survey: "prueba".into(), rate }));
        stand.begin_outing();
        stand
    }

    /// The program ends without a word and is started again.
    fn restart(&mut self) {
        self.ledger = open(&self.path);
    }

    fn begin_outing(&mut self) {
        let outing = OutingOpened::new(captured(), Some("11302"), Some("Caleta Tortel".into()), None);
        self.ledger.begin_outing(&outing, &mut self.sealer, &mut self.rng, &mut |_| Vec::new()).unwrap();
    }

    fn id(&mut self) -> Uuid {
        self.next_id += 1;
        Uuid::from_u128(self.next_id)
    }

    /// Records an encounter; says where it stands and which place it took.
    fn meet(&mut self) -> (At, Option<u64>) {
        let id = self.id();
        let filed = EncounterDraft { matter: Some("bono".into()), ..EncounterDraft::default() };
        let at = self
            .ledger
            .append(id, captured(), &mut self.sealer, &mut self.rng, |outing| {
                Body::Encounter(
                    Recorded { id, captured: captured(), filed, outing: Some(outing), by: None }.into(),
                )
            })
            .unwrap()
            .into_inner();
        let Body::Encounter(attended) = self.body(at.seq) else { panic!("no encounter at {}", at.seq) };
        (at, attended.place)
    }

    fn void(&mut self, target: At) {
        let id = self.id();
        let filed = VoidDraft {
            epoch: Some(target.epoch.to_string()),
            seq: Some(target.seq),
            reason: Some("error".into()),
            ..VoidDraft::default()
        };
        self.ledger
            .append(id, captured(), &mut self.sealer, &mut self.rng, |outing| {
                Body::Void(Recorded { id, captured: captured(), filed, outing: Some(outing), by: None })
            })
            .unwrap();
    }

    fn end(&mut self, place: u64, fate: InvitationFate) -> Result<Appended<At>, LedgerError> {
        let id = self.id();
        self.end_as(id, place, fate)
    }

    fn end_as(&mut self, id: Uuid, place: u64, fate: InvitationFate) -> Result<Appended<At>, LedgerError> {
        let answer =
            SurveyAnswer { id: [7; 16], answer: format!("{{\"{place}\":1}}"), duration_s: None, day: 20_779 };
        let end = NewEnd { id, filed_id: None, captured: captured(), place, fate, answer: Some(answer) };
        self.ledger.end_invitation(&end, &mut self.sealer, &mut self.rng)
    }

    fn close(&mut self) -> Option<DrawClosed> {
        let told = self
            .ledger
            .close_outing(captured(), None, &mut self.sealer, &mut self.rng, &mut |_| Vec::new())
            .unwrap()
            .draw;
        let (_, count, _) = self.ledger.head().unwrap();
        let Body::OutingClosed(closed) = self.body(count) else { panic!("no closing at {count}") };
        assert_eq!(closed.draw(), told, "what is said is what was sealed");
        told
    }

    /// What an entry says, as the office would read it.
    fn body(&self, seq: u64) -> Body {
        let chunk = self.ledger.chunk(EPOCH, seq - 1, usize::MAX, 1).unwrap().unwrap();
        let entry = &chunk.entries[0];
        let position = Position {
            device: DEVICE,
            epoch: EPOCH,
            seq,
            kind: entry.kind,
            key_id: entry.key_id,
            dictionary: entry.dictionary,
        };
        let packed = self.opening.open(&entry.sealed, &position).unwrap();
        Body::decode(entry.kind, &wire::compress::unpack(entry.dictionary, &packed).unwrap()).unwrap()
    }

    fn bodies(&self) -> Vec<Body> {
        let (_, count, _) = self.ledger.head().unwrap();
        (1..=count).map(|seq| self.body(seq)).collect()
    }

    /// The seed, as only this machine knows it until the closing.
    fn seed(&self) -> Option<[u8; 32]> {
        let db = rusqlite::Connection::open(&self.path).unwrap();
        db.query_row("SELECT seed FROM draw_seeds", [], |row| row.get(0)).ok()
    }
}

fn open(path: &Path) -> Ledger {
    let certificate = b"certificado".to_vec();
    Ledger::open(path, Identity { office: OFFICE, device: DEVICE, certificate }).unwrap().0
}

fn rate() -> Rate {
    Rate::new(1, 3).unwrap()
}

#[test]
fn what_is_committed_at_the_opening_is_disclosed_at_the_closing() {
    let folder = tempfile::tempdir().unwrap();
    let mut stand = Stand::inviting(folder.path());
    let Body::OutingOpened(opened) = stand.body(2) else { panic!("no outing") };
    let opened = opened.draw().unwrap();
    assert_eq!((opened.numerator, opened.denominator, opened.survey.as_str()), (1, 3, "prueba"));
    let seed = stand.seed().unwrap();
    let shown = stand.ledger.open_draw().unwrap().unwrap();
    assert_eq!((shown.commitment, shown.rate), (opened.commitment, rate()));
    for place in 1..=40 {
        assert_eq!(stand.meet().1, Some(place));
    }
    let closed = stand.close().unwrap();
    assert_eq!((closed.seed, closed.tally.places), (seed, 40));
    assert_eq!(Seed::new(closed.seed).commit(rate()).0, opened.commitment);
    let drawn = count_drawn(&Seed::new(closed.seed), 40, rate());
    assert_eq!((closed.tally.drawn, closed.tally.lapsed), (drawn, drawn), "nobody took theirs up");
    assert_eq!(stand.seed(), None, "the machine forgets it");
    assert!(stand.ledger.open_draw().unwrap().is_none());
    stand.begin_outing();
    assert_ne!(stand.seed(), Some(seed), "another outing, another draw");
}

#[test]
fn without_a_survey_nobody_is_invited() {
    let folder = tempfile::tempdir().unwrap();
    let mut stand = Stand::new(folder.path());
    assert_eq!(stand.meet().1, None, "an outing that the stand opened by itself");
    assert!(stand.ledger.open_draw().unwrap().is_none());
    assert!(matches!(stand.end(1, InvitationFate::Refused), Err(LedgerError::NoInvitation { place: 1 })));
    assert!(matches!(stand.ledger.begin_invitation(1), Err(LedgerError::NoInvitation { place: 1 })));
    assert_eq!(stand.close(), None);
}

#[test]
fn a_void_passes_the_place_on_and_a_begun_one_stays() {
    let folder = tempfile::tempdir().unwrap();
    let mut stand = Stand::inviting(folder.path());
    let met: Vec<(At, u64)> = (0..12).map(|_| stand.meet()).map(|(at, place)| (at, place.unwrap())).collect();
    let seed = Seed::new(stand.seed().unwrap());
    let is_drawn = |place: u64| drawn(&seed, place, rate());
    let first = met.iter().find(|(_, place)| is_drawn(*place)).unwrap();
    let plain = met.iter().find(|(_, place)| !is_drawn(*place)).unwrap();
    for (at, place) in [first, plain] {
        stand.void(*at);
        stand.void(*at);
        stand.restart();
        let (again, taken) = stand.meet();
        assert_eq!(taken, Some(*place), "the next encounter takes it");
        assert_ne!(again, *at);
    }
    // Begun: from now on it stays with whoever is answering.
    stand.ledger.begin_invitation(first.1).unwrap();
    stand.ledger.begin_invitation(first.1).unwrap();
    let holder = stand.ledger.open_draw().unwrap().unwrap().sample;
    let (holder_seq, _) =
        (2..60).filter_map(|seq| Some((seq, holder.place(&seq)?))).find(|(_, p)| *p == first.1).unwrap();
    stand.void(At { epoch: EPOCH, seq: holder_seq });
    stand.restart();
    assert_eq!(stand.meet().1, Some(13), "its place was not given back");
    stand.end(first.1, InvitationFate::Answered).unwrap();
    let tally = stand.close().unwrap().tally;
    assert_eq!((tally.places, tally.answered), (13, 1));
    assert_eq!(tally.drawn, count_drawn(&seed, 13, rate()));
}

#[test]
fn an_invitation_ends_once_and_only_one_that_was_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let mut stand = Stand::inviting(folder.path());
    for _ in 0..30 {
        stand.meet();
    }
    let seed = Seed::new(stand.seed().unwrap());
    let (invited, others): (Vec<u64>, Vec<u64>) =
        (1..=31).partition(|place| *place < 31 && drawn(&seed, *place, rate()));
    let refused =
        |result: Result<Appended<At>, LedgerError>| matches!(result, Err(LedgerError::NoInvitation { .. }));
    for place in others {
        assert!(refused(stand.end(place, InvitationFate::Refused)), "{place} is not invited");
    }
    assert!(refused(stand.end(invited[0], InvitationFate::Answered)), "not begun");
    assert!(refused(stand.end(invited[0], InvitationFate::BrokenOff)), "not begun");
    stand.ledger.begin_invitation(invited[0]).unwrap();
    let id = Uuid::from_u128(999);
    let Appended::New(at) = stand.end_as(id, invited[0], InvitationFate::Answered).unwrap() else {
        panic!("known")
    };
    stand.restart();
    let again = stand.end_as(id, invited[0], InvitationFate::Answered).unwrap();
    assert_eq!(again, Appended::Known(at), "the same record twice is one");
    assert!(refused(stand.end(invited[0], InvitationFate::Refused)), "an invitation is used once");
    assert_eq!(stand.ledger.resting_answers().unwrap(), 1);
    stand.end(invited[1], InvitationFate::Refused).unwrap();
    stand.end(invited[2], InvitationFate::Lapsed).unwrap();
    stand.ledger.begin_invitation(invited[3]).unwrap();
    stand.restart();
    let tally = stand.close().unwrap().tally;
    let drawn = u64::try_from(invited.len()).unwrap();
    let expected = DrawTally { places: 30, drawn, answered: 1, refused: 1, broken_off: 1, lapsed: drawn - 3 };
    assert_eq!(tally, expected, "who was answering when the outing was closed broke off");
}

#[test]
fn an_answer_stands_in_the_chain_without_a_word_of_whose_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut stand = Stand::inviting(folder.path());
    for _ in 0..60 {
        stand.meet();
    }
    let seed = Seed::new(stand.seed().unwrap());
    let invited: Vec<u64> = (1..=60).filter(|place| drawn(&seed, *place, rate())).take(8).collect();
    for place in &invited {
        stand.ledger.begin_invitation(*place).unwrap();
        stand.end(*place, InvitationFate::Answered).unwrap();
    }
    assert_eq!(stand.ledger.resting_answers().unwrap(), 8);
    let kinds = |stand: &Stand| stand.bodies().iter().map(Body::kind).collect::<Vec<_>>();
    assert!(!kinds(&stand).contains(&EntryKind::SURVEY_ANSWER), "nothing of them before the closing");
    stand.close();
    assert_eq!(stand.ledger.resting_answers().unwrap(), 0);
    let bodies = stand.bodies();
    let answers: Vec<String> = bodies
        .iter()
        .filter_map(|body| match body {
            Body::SurveyAnswer(answer) => Some(answer.answer.clone()),
            _ => None,
        })
        .collect();
    let given: Vec<String> = invited.iter().map(|place| format!("{{\"{place}\":1}}")).collect();
    let mut sorted = answers.clone();
    sorted.sort_by_key(|answer| given.iter().position(|one| one == answer));
    assert_eq!(sorted, given, "each once");
    assert_ne!(answers, given, "in an order of their own (one in 40,320 with this seed it isn't)");
    let tail: Vec<EntryKind> = bodies.iter().rev().take(9).map(Body::kind).collect();
    assert_eq!(tail[0], EntryKind::OUTING_CLOSED);
    assert!(tail[1..].iter().all(|kind| *kind == EntryKind::SURVEY_ANSWER), "{tail:?}");
    assert_eq!(stand.ledger.verify().unwrap().entries, u64::try_from(bodies.len()).unwrap());
}

#[test]
fn two_programs_on_one_ledger_give_no_place_twice() {
    let folder = tempfile::tempdir().unwrap();
    let mut stand = Stand::inviting(folder.path());
    let mut other = open(&stand.path);
    let mut places = Vec::new();
    for _ in 0..10 {
        std::mem::swap(&mut stand.ledger, &mut other);
        places.push(stand.meet().1.unwrap());
    }
    assert_eq!(places, (1..=10).collect::<Vec<u64>>());
    let seed = Seed::new(stand.seed().unwrap());
    let invited = (1..=10).find(|place| drawn(&seed, *place, rate())).unwrap();
    stand.end(invited, InvitationFate::Refused).unwrap();
    std::mem::swap(&mut stand.ledger, &mut other);
    assert!(matches!(stand.end(invited, InvitationFate::Refused), Err(LedgerError::NoInvitation { .. })));
}

/// A day of chance: encounters, voids, invitations and restarts in any order.
#[test]
fn whatever_the_day_the_closing_is_what_the_seed_gives() {
    for day in 0..10 {
        let folder = tempfile::tempdir().unwrap();
        let mut stand = Stand::inviting(folder.path());
        let mut chance = ChaCha20Rng::from_seed([day; 32]);
        let mut met: Vec<At> = Vec::new();
        let mut ended = std::collections::BTreeMap::new();
        let seed = Seed::new(stand.seed().unwrap());
        for _ in 0..60 {
            let pick = rand_core::Rng::next_u32(&mut chance);
            match pick % 8 {
                0..=3 => met.push(stand.meet().0),
                4 => {
                    if let Some(at) = met.get(usize::try_from(pick >> 8).unwrap() % met.len().max(1)) {
                        stand.void(*at);
                    }
                }
                5 => stand.restart(),
                _ => {
                    let place = u64::from(pick >> 8) % 30 + 1;
                    let fate = InvitationFate::ALL[usize::try_from(pick >> 16).unwrap() % 4];
                    if pick % 8 == 6 {
                        // Whether it may be begun or not is the ledger's to say.
                        let _ = stand.ledger.begin_invitation(place);
                    }
                    if stand.end(place, fate).is_ok() {
                        assert_eq!(ended.insert(place, fate), None, "place {place} ended twice");
                        assert!(drawn(&seed, place, rate()), "{place} was not drawn");
                    }
                }
            }
        }
        let tally = stand.close().unwrap().tally;
        let count = |fate| u64::try_from(ended.values().filter(|one| **one == fate).count()).unwrap();
        assert_eq!(tally.drawn, count_drawn(&seed, tally.places, rate()), "day {day}");
        assert_eq!(
            tally.answered + tally.refused + tally.broken_off + tally.lapsed,
            tally.drawn,
            "day {day}"
        );
        assert_eq!(
            (tally.answered, tally.refused),
            (count(InvitationFate::Answered), count(InvitationFate::Refused))
        );
        let places: std::collections::BTreeSet<u64> = stand
            .bodies()
            .iter()
            .filter_map(|body| match body {
                Body::Encounter(attended) => attended.place,
                _ => None,
            })
            .collect();
        assert!(places.into_iter().eq(1..=tally.places), "day {day}: every place has its entry");
        assert_eq!(
            stand.bodies().iter().filter(|body| body.kind() == EntryKind::SURVEY_ANSWER).count(),
            ended
                .values()
                .filter(|fate| matches!(fate, InvitationFate::Answered | InvitationFate::BrokenOff))
                .count()
        );
    }
}

/// Answers of a ledger that breaks go into the next one, before any outing that could count them, and once.
#[test]
fn answers_outlive_the_ledger_that_they_were_given_in() {
    let folder = tempfile::tempdir().unwrap();
    let mut stand = Stand::inviting(folder.path());
    for _ in 0..30 {
        stand.meet();
    }
    let seed = Seed::new(stand.seed().unwrap());
    let invited: Vec<u64> = (1..=30).filter(|place| drawn(&seed, *place, rate())).take(3).collect();
    for place in &invited {
        stand.ledger.begin_invitation(*place).unwrap();
        stand.end(*place, InvitationFate::Answered).unwrap();
    }
    let resting = stand.ledger.answers_at_rest().unwrap();
    assert_eq!(resting.len(), invited.len());
    let mut next = open(&folder.path().join("next.db"));
    for _ in 0..2 {
        next.carry_pool(&[], &resting).unwrap();
        assert_eq!(next.answers_at_rest().unwrap(), resting);
    }
    let begun = LedgerOpened::new(captured(), OpeningReason::Damaged, None);
    next.begin(Epoch([5; 8]), begun, &mut stand.sealer, &mut stand.rng).unwrap();
    assert_eq!(next.resting_answers().unwrap(), 0);
    let chunk = next.chunk(Epoch([5; 8]), 0, usize::MAX, usize::MAX).unwrap().unwrap();
    let kinds: Vec<EntryKind> = chunk.entries.iter().map(|entry| entry.kind).collect();
    let answer = EntryKind::SURVEY_ANSWER;
    assert_eq!(kinds, [EntryKind::LEDGER_OPENED, answer, answer, answer]);
    next.verify().unwrap();
}
