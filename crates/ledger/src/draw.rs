//! The draw of an outing: whom the device invites to the survey (docs/surveys.md).
//!
//! Place and end of an invitation are decided in the transaction that writes them, over what the ledger holds in the clear:
//! two programs on one ledger, or one that was killed, never give a place twice and never lose one. What the screen
//! shows is the caller's; only that an invitation was begun is remembered, since from then on it passes on no more.

use domain::{Captured, InvitationFate};
use rand_core::CryptoRng;
use rusqlite::{Connection, OptionalExtension as _, Row, TransactionBehavior, params};
use survey::draw::{Event, Fate, Memory, Rate, Sample, Seed};
use survey::limits::PLACES_MAX;
use uuid::Uuid;
use wire::Epoch;
use wire::body::{Body, DrawClosed, DrawOpened, DrawTally, InvitationEnded, OutingOpened, SurveyAnswer};

use crate::append::{Append, Appended, At, Sealer};
use crate::{Ledger, LedgerError, read};

/// Under which terms the next outing is opened: what the office published last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawTerms {
    /// The survey's name.
    pub survey: String,
    /// How many are invited.
    pub rate: Rate,
}

/// The draw of the open outing.
#[derive(Debug, Clone)]
pub struct OpenDraw {
    /// The ledger.
    pub epoch: Epoch,
    /// The entry that opened the outing.
    pub outing: u64,
    /// The survey's name.
    pub survey: String,
    /// How many are invited.
    pub rate: Rate,
    /// What the outing's opening committed to.
    pub commitment: [u8; 32],
    /// Places and invitations, by the position of each encounter. The screen counts as busy.
    pub sample: Sample<u64>,
}

/// An invitation's end that is to be recorded.
#[derive(Debug, Clone)]
pub struct NewEnd {
    /// The record's id: filed, or drawn.
    pub id: Uuid,
    /// The id as it was filed.
    pub filed_id: Option<String>,
    /// When, and how sure.
    pub captured: Captured,
    /// Whose invitation.
    pub place: u64,
    /// How it ended.
    pub fate: InvitationFate,
    /// What was answered, of one that was answered or broken off.
    pub answer: Option<SurveyAnswer>,
}

impl Ledger {
    /// Sets what the next outing is opened with: of none, nobody is invited.
    pub fn set_draw_terms(&mut self, terms: Option<DrawTerms>) {
        self.terms = terms;
    }

    /// The draw of the open outing; none without an outing, and none where nobody is invited.
    pub fn open_draw(&self) -> Result<Option<OpenDraw>, LedgerError> {
        let Some(current) = self.current()? else { return Ok(None) };
        let Some(outing) = read::open_outing(&self.db, current.ordinal)? else { return Ok(None) };
        let read = read_draw(&self.db, current.ordinal, outing.seq)?;
        Ok(read.map(|draw| OpenDraw {
            epoch: current.epoch,
            outing: outing.seq,
            commitment: draw.seed.commit(draw.rate).0,
            survey: draw.survey,
            rate: draw.rate,
            sample: draw.sample,
        }))
    }

    /// Remembers that the invitation of a place was begun on the screen. It is no entry: nothing has come of it yet.
    ///
    /// # Errors
    /// [`LedgerError::NoInvitation`] where none is waiting.
    pub fn begin_invitation(&mut self, place: u64) -> Result<(), LedgerError> {
        self.check_in_place()?;
        let Some(current) = self.current()? else { return Err(LedgerError::NoOuting) };
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let outing = read::open_outing(&tx, current.ordinal)?.ok_or(LedgerError::NoInvitation { place })?;
        let draw = read_draw(&tx, current.ordinal, outing.seq)?;
        let sample = draw.map(|draw| draw.sample).filter(|sample| sample.is_due(place));
        let sample = sample.ok_or(LedgerError::NoInvitation { place })?;
        if !sample.has_begun(place) {
            note(&tx, current.ordinal, outing.seq, &Noted::Begun(place))?;
        }
        tx.commit()?;
        Ok(())
    }

    /// Records how an invitation ended. What was answered goes to the pool in the same transaction, without a word of whose
    /// it is.
    ///
    /// # Errors
    /// [`LedgerError::NoInvitation`] where none of this place is waiting: each is used once, and only one that was begun
    /// can be answered or broken off.
    pub fn end_invitation(
        &mut self,
        end: &NewEnd,
        sealer: &mut Sealer,
        rng: &mut impl CryptoRng,
    ) -> Result<Appended<At>, LedgerError> {
        self.in_transaction(sealer, rng, |append| {
            if let Some(known) = append.known(end.id)? {
                return Ok(Appended::Known(known));
            }
            append.end_invitation(end).map(Appended::New)
        })
    }
}

impl<R: CryptoRng> Append<'_, '_, R> {
    /// Draws a seed for an outing that is being opened, and commits to it.
    pub(crate) fn commit_draw(&mut self) -> Option<(DrawOpened, Seed)> {
        let terms = self.terms.as_ref()?;
        let mut bytes = zeroize::Zeroizing::new([0; 32]);
        self.rng.fill_bytes(bytes.as_mut_slice());
        let seed = Seed::new(*bytes);
        let opened = DrawOpened {
            numerator: terms.rate.numerator(),
            denominator: terms.rate.denominator(),
            commitment: seed.commit(terms.rate).0,
            survey: terms.survey.clone(),
        };
        Some((opened, seed))
    }

    /// Keeps what a restart needs of a draw that was committed to.
    pub(crate) fn keep_draw(&self, outing: u64, draw: &DrawOpened, seed: &Seed) -> Result<(), LedgerError> {
        self.tx.execute(
            "INSERT INTO draws (epoch, outing_seq, survey, numerator, denominator) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![self.ordinal, outing, draw.survey, draw.numerator, draw.denominator],
        )?;
        self.tx.execute(
            "INSERT INTO draw_seeds (epoch, outing_seq, seed) VALUES (?1, ?2, ?3)",
            params![self.ordinal, outing, seed.disclose()],
        )?;
        Ok(())
    }

    /// The place that the next encounter takes; none where nobody is invited.
    pub(crate) fn next_place(&self, outing: u64) -> Result<Option<u64>, LedgerError> {
        let draw = read_draw(self.tx, self.ordinal, outing)?;
        Ok(draw.map(|draw| draw.sample.next_place()).filter(|place| *place <= PLACES_MAX))
    }

    /// Notes what an entry that was just made means for the open outing's draw.
    pub(crate) fn note_draw(&self, outing: u64, body: &Body, seq: u64) -> Result<(), LedgerError> {
        let noted = match body {
            Body::Encounter(attended) => attended.place.map(|place| Noted::Taken(seq, place)),
            Body::Void(void) => {
                let ours = void.filed.epoch.as_deref().and_then(|text| Epoch::from_hex(text).ok());
                let target = void.filed.seq.filter(|_| ours == Some(self.epoch));
                target.filter(|target| self.has_place(outing, *target).unwrap_or(false)).map(Noted::Voided)
            }
            _ => None,
        };
        match noted {
            Some(noted) => note(self.tx, self.ordinal, outing, &noted),
            None => Ok(()),
        }
    }

    fn has_place(&self, outing: u64, encounter: u64) -> Result<bool, LedgerError> {
        let mut statement = self.tx.prepare_cached(
            "SELECT 1 FROM draw_events
             WHERE epoch = ?1 AND outing_seq = ?2 AND what = 'taken' AND encounter_seq = ?3",
        )?;
        Ok(statement.exists(params![self.ordinal, outing, encounter])?)
    }

    fn end_invitation(&mut self, end: &NewEnd) -> Result<At, LedgerError> {
        let none = LedgerError::NoInvitation { place: end.place };
        let Some(outing) = read::open_outing(self.tx, self.ordinal)? else { return Err(none) };
        let Some(Draw { sample, .. }) = read_draw(self.tx, self.ordinal, outing.seq)? else {
            return Err(none);
        };
        let answered = matches!(end.fate, InvitationFate::Answered | InvitationFate::BrokenOff);
        if !sample.is_due(end.place) || (answered && !sample.has_begun(end.place)) {
            return Err(none);
        }
        let body = Body::InvitationEnded(InvitationEnded {
            id: end.id,
            filed_id: end.filed_id.clone(),
            captured: end.captured,
            fate: Some(end.fate),
            place: end.place,
            outing: outing.seq,
        });
        let (seq, _) = self.entry(&body)?;
        self.remember(end.id, seq, end.captured)?;
        note(self.tx, self.ordinal, outing.seq, &Noted::Ended(end.place, end.fate))?;
        if let Some(answer) = end.answer.clone().filter(|_| answered) {
            self.rest_answer(answer)?;
        }
        Ok(At { epoch: self.epoch, seq })
    }

    /// What a closing says of the outing's draw; none where there was none.
    pub(crate) fn close_draw(&self, outing: u64) -> Result<Option<DrawClosed>, LedgerError> {
        let Some(Draw { mut sample, seed, .. }) = read_draw(self.tx, self.ordinal, outing)? else {
            return Ok(None);
        };
        sample.on(Event::Closed);
        let tally = sample.tally();
        let tally = DrawTally {
            places: tally.places,
            drawn: tally.drawn,
            answered: tally.answered,
            refused: tally.refused,
            broken_off: tally.broken_off,
            lapsed: tally.lapsed,
        };
        Ok(Some(DrawClosed { seed: seed.disclose(), tally }))
    }

    /// Forgets a seed that a closing has disclosed.
    pub(crate) fn forget_seed(&self, outing: u64) -> Result<(), LedgerError> {
        self.tx
            .prepare_cached("DELETE FROM draw_seeds WHERE epoch = ?1 AND outing_seq = ?2")?
            .execute(params![self.ordinal, outing])?;
        Ok(())
    }
}

/// Adds what an outing's opening says of its draw.
pub(crate) fn opened_with(opened: &OutingOpened, draw: Option<&(DrawOpened, Seed)>) -> OutingOpened {
    match draw {
        Some((draw, _)) => opened.clone().with_draw(draw),
        None => opened.clone(),
    }
}

/// One thing that happened to a draw's places.
enum Noted {
    Taken(u64, u64),
    Voided(u64),
    Begun(u64),
    Ended(u64, InvitationFate),
}

fn note(db: &Connection, ordinal: i64, outing: u64, noted: &Noted) -> Result<(), LedgerError> {
    let (what, encounter, place, fate) = match noted {
        Noted::Taken(encounter, place) => ("taken", Some(*encounter), Some(*place), None),
        Noted::Voided(encounter) => ("voided", Some(*encounter), None, None),
        Noted::Begun(place) => ("begun", None, Some(*place), None),
        Noted::Ended(place, fate) => ("ended", None, Some(*place), Some(fate.as_str())),
    };
    db.prepare_cached(
        "INSERT INTO draw_events (epoch, outing_seq, number, what, encounter_seq, place, fate)
         VALUES (?1, ?2, 1 + coalesce((SELECT max(number) FROM draw_events WHERE epoch = ?1 AND outing_seq = ?2), 0),
                 ?3, ?4, ?5, ?6)",
    )?
    .execute(params![ordinal, outing, what, encounter, place, fate])?;
    Ok(())
}

/// An outing's draw, as long as it is open.
struct Draw {
    survey: String,
    rate: Rate,
    seed: Seed,
    sample: Sample<u64>,
}

fn read_draw(db: &Connection, ordinal: i64, outing: u64) -> Result<Option<Draw>, LedgerError> {
    let mut statement = db.prepare_cached(
        "SELECT draws.survey, draws.numerator, draws.denominator, draw_seeds.seed
         FROM draws JOIN draw_seeds USING (epoch, outing_seq)
         WHERE draws.epoch = ?1 AND draws.outing_seq = ?2",
    )?;
    let read = |row: &Row<'_>| -> rusqlite::Result<(String, u16, u16, [u8; 32])> {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
    };
    let found = statement.query_row(params![ordinal, outing], read).optional()?;
    let Some((survey, numerator, denominator, seed)) = found else { return Ok(None) };
    let rate = Rate::new(numerator, denominator).unwrap_or(Rate::NONE);
    let seed = Seed::new(seed);
    let sample = Sample::restore(seed.clone(), rate, &memories(db, ordinal, outing)?);
    Ok(Some(Draw { survey, rate, seed, sample }))
}

fn memories(db: &Connection, ordinal: i64, outing: u64) -> Result<Vec<Memory<u64>>, LedgerError> {
    let mut statement = db.prepare_cached(
        "SELECT what, encounter_seq, place, fate FROM draw_events
         WHERE epoch = ?1 AND outing_seq = ?2 ORDER BY number",
    )?;
    let rows = statement.query_map(params![ordinal, outing], |row| {
        let what = row.get_ref(0)?.as_str()?;
        Ok(match what {
            "taken" => Memory::Recorded(row.get(1)?, row.get(2)?),
            "voided" => Memory::Voided(row.get(1)?),
            "begun" => Memory::Began(row.get(2)?),
            _ => Memory::Ended(row.get(2)?, fate(row.get_ref(3)?.as_str()?)),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The schema lets any word in; one that this program doesn't know is an invitation that is over all the same.
fn fate(word: &str) -> Fate {
    Fate::ALL.iter().copied().find(|fate| fate.as_str() == word).unwrap_or(Fate::Lapsed)
}
