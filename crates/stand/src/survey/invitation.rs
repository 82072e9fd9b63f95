//! An invitation from the draw to its end: offered when the screen is free, begun once, and then answered, refused, broken
//! off or lapsed.
//!
//! Who is invited is the ledger's word (docs/surveys.md); whether the screen is free is the window's. Replies live in
//! whoever shows the questions, and in memory only, until they are sealed. The team sees that somebody is invited and
//! how it ended, never what was answered.

use std::sync::Arc;

use domain::{ErrorCode, FieldError, InvitationFate};
use ledger::{Appended, NewEnd, OpenDraw};
use rand_core::Rng as _;
use survey::answer::{AnswerFault, Replies, asked, check, progress};
use survey::draw::{Action, Event};
use survey::form::Asks;
use survey::{Code, Ending, Filled, Survey};
use uuid::Uuid;
use wire::Epoch;
use wire::body::SurveyAnswer;

use super::held::{HeldSurvey, SurveyView, said};
use super::views::{InvitationTally, InvitationView, SurveyFault, SurveyStep};
use crate::clock::Reading;
use crate::record::{Recorded, days_since_1970};
use crate::{Stand, StandError};

/// To what the time that an answer took is rounded up, in seconds: enough to see that a survey is too long.
const DURATION_STEP_S: u64 = 30;
/// Longer than this nobody answers: a clock that jumped.
const DURATION_S_MAX: u64 = 4 * 60 * 60;

/// What the citizen's screen does as far as the survey is concerned. In memory only.
#[derive(Debug, Default)]
pub(crate) struct Screen {
    free: bool,
    begun: Option<Begun>,
}

/// The survey that is on the screen.
#[derive(Debug, Clone)]
struct Begun {
    epoch: Epoch,
    outing: u64,
    place: u64,
    held: Arc<HeldSurvey>,
    language: String,
    since: Reading,
}

impl Stand {
    /// Says whether the citizen's screen is free for an invitation. It counts as busy until it is said to be.
    pub fn set_screen_free(&mut self, free: bool) {
        self.screen.free = free;
    }

    /// The invitation that the citizen's screen may show now, in the nearest language that the survey has; none while the
    /// screen is busy or another survey is on it.
    pub fn invitation(&mut self, language: &str) -> Result<Option<InvitationView>, StandError> {
        if !self.screen.free || self.screen.begun.is_some() {
            return Ok(None);
        }
        let Some((draw, held)) = self.drawn_survey()? else { return Ok(None) };
        let Some(place) = offered(draw) else { return Ok(None) };
        let facts = held.facts(language);
        let (title, questions, languages) = (facts.title, facts.questions, facts.languages);
        Ok(Some(InvitationView { place, title, questions, languages }))
    }

    /// Begins the survey of the invitation that is offered. From now on the invitation passes on no more.
    ///
    /// # Errors
    /// `no_invitation` where another or none is offered.
    pub fn begin_survey(&mut self, place: u64, language: &str) -> Result<SurveyView, StandError> {
        let none = || StandError::NoInvitation;
        if self.screen.begun.is_some() || !self.screen.free {
            return Err(none());
        }
        let (draw, held) = self.drawn_survey()?.ok_or_else(none)?;
        let (epoch, outing) = (draw.epoch, draw.outing);
        if offered(draw) != Some(place) {
            return Err(none());
        }
        self.or_in_new_ledger(|stand| stand.ledger.begin_invitation(place))?;
        let view = held.view(place, language);
        let language = view.language.clone();
        self.screen.begun = Some(Begun { epoch, outing, place, held, language, since: self.clock.read() });
        Ok(view)
    }

    /// How far somebody is with these replies. Nothing of them is kept.
    pub fn survey_step(&self, replies: &Replies) -> Result<SurveyStep, StandError> {
        let begun = self.screen.begun.as_ref().ok_or(StandError::NoInvitation)?;
        let survey = begun.held.survey();
        let progress = progress(survey, replies);
        let filled = begun.filled(Ending::BrokenOff, asked(survey, replies));
        let faults = check(survey, &filled).err().unwrap_or_default();
        Ok(SurveyStep {
            shown: progress.shown,
            questions: progress.questions,
            replied: progress.replied,
            next: progress.next,
            missing: progress.missing,
            faults: faults.into_iter().map(|fault| begun.fault(fault)).collect(),
        })
    }

    /// Records what was answered to the end. Replies to questions that are not asked any more are left out.
    ///
    /// # Errors
    /// What is wrong with the replies ([`StandError::Answer`]), and `no_invitation` where this survey is not on the screen.
    pub fn answer_survey(&mut self, place: u64, replies: &Replies) -> Result<Recorded, StandError> {
        self.end_begun(place, Ending::Complete, replies)
    }

    /// Records that somebody began and went away. What they replied so far counts.
    pub fn break_off_survey(&mut self, place: u64, replies: &Replies) -> Result<Recorded, StandError> {
        self.end_begun(place, Ending::BrokenOff, replies)
    }

    /// Records that the person said no, before or after beginning. Nothing that was replied is kept.
    pub fn refuse_survey(&mut self, place: u64) -> Result<Recorded, StandError> {
        self.end_without_answer(place, InvitationFate::Refused)
    }

    /// Records that the person had gone before anybody could ask.
    pub fn lapse_survey(&mut self, place: u64) -> Result<Recorded, StandError> {
        self.end_without_answer(place, InvitationFate::Lapsed)
    }

    /// Whose survey is on the screen, if one is.
    pub fn survey_on_screen(&self) -> Option<u64> {
        self.screen.begun.as_ref().map(|begun| begun.place)
    }

    /// Says that the citizen's session ended without a word: a survey that was on the screen is broken off, and nothing that
    /// was replied is kept.
    pub fn abandon_survey(&mut self) -> Result<Option<Recorded>, StandError> {
        let Some(place) = self.survey_on_screen() else { return Ok(None) };
        let ended = self.end(place, InvitationFate::BrokenOff, None, None);
        // Whatever came of it, the survey is on no screen any more.
        self.screen.begun = None;
        ended.map(Some)
    }

    /// The invitation of the encounter that was recorded at this position, while it waits: so that the team knows whom to
    /// show the screen to.
    pub fn invitation_of(&self, epoch: &str, seq: u64) -> Result<Option<u64>, StandError> {
        let draw = self.ledger.open_draw()?.filter(|draw| draw.epoch.to_string() == epoch);
        Ok(draw.and_then(|draw| draw.sample.place(&seq).filter(|place| draw.sample.is_due(*place))))
    }

    /// How the open outing's invitations stand; none without an outing that invites.
    pub fn invitation_tally(&self) -> Result<Option<InvitationTally>, StandError> {
        Ok(self.ledger.open_draw()?.map(|draw| {
            let tally = draw.sample.tally();
            InvitationTally {
                places: tally.places,
                waiting: draw.sample.waiting(),
                answered: tally.answered,
                refused: tally.refused,
                broken_off: tally.broken_off,
                lapsed: tally.lapsed,
            }
        }))
    }

    /// The open draw with its survey; none when the office has meanwhile published another survey.
    pub(super) fn drawn_survey(&mut self) -> Result<Option<(OpenDraw, Arc<HeldSurvey>)>, StandError> {
        let Some(draw) = self.ledger.open_draw()? else { return Ok(None) };
        let held = self.held_survey()?.filter(|held| held.name() == draw.survey);
        Ok(held.map(|held| (draw, held)))
    }

    fn end_begun(&mut self, place: u64, ending: Ending, replies: &Replies) -> Result<Recorded, StandError> {
        let begun = self.screen.begun.clone().filter(|begun| begun.place == place);
        let begun = begun.ok_or(StandError::NoInvitation)?;
        let mut filled = begun.filled(ending, asked(begun.held.survey(), replies));
        if ending == Ending::BrokenOff {
            leave_faults_out(begun.held.survey(), &mut filled.replies, |replies| {
                begun.filled(ending, replies)
            });
        }
        check(begun.held.survey(), &filled).map_err(StandError::Answer)?;
        let answer = self.sealable(&filled, begun.lasted_s(&self.clock.read()))?;
        let fate = match ending {
            Ending::Complete => InvitationFate::Answered,
            _ => InvitationFate::BrokenOff,
        };
        if self
            .ledger
            .open_draw()?
            .is_none_or(|draw| (draw.epoch, draw.outing) != (begun.epoch, begun.outing))
        {
            self.screen.begun = None;
            return Err(StandError::NoInvitation);
        }
        self.end(place, fate, Some(answer), None)
    }

    fn end_without_answer(&mut self, place: u64, fate: InvitationFate) -> Result<Recorded, StandError> {
        self.end(place, fate, None, None)
    }

    pub(super) fn end(
        &mut self,
        place: u64,
        fate: InvitationFate,
        answer: Option<SurveyAnswer>,
        filed_id: Option<String>,
    ) -> Result<Recorded, StandError> {
        let now = self.now();
        let id = filed_id.as_deref().map_or_else(|| Ok(self.draw_id(now)), parse_id)?;
        let captured = self.captured_now();
        let end = NewEnd { id, filed_id, captured, place, fate, answer };
        let appended = self.or_in_new_ledger(|stand| {
            stand.ledger.end_invitation(&end, &mut stand.sealer, &mut stand.chance)
        })?;
        self.screen.begun = self.screen.begun.take().filter(|begun| begun.place != place);
        Ok(match appended {
            Appended::New(at) => Recorded::new(id, at, captured),
            Appended::Known(at) => Recorded::known(id, at),
        })
    }

    /// What is sealed of an answer: the day and no time, and an id of its own.
    pub(super) fn sealable(
        &mut self,
        filled: &Filled,
        lasted_s: Option<u64>,
    ) -> Result<SurveyAnswer, StandError> {
        let mut id = [0; 16];
        self.chance.fill_bytes(&mut id);
        let rounded = lasted_s
            .filter(|seconds| *seconds <= DURATION_S_MAX)
            .map(|seconds| seconds.div_ceil(DURATION_STEP_S).saturating_mul(DURATION_STEP_S));
        Ok(SurveyAnswer {
            id,
            answer: filled.to_json().map_err(fault)?,
            duration_s: rounded.and_then(|seconds| u32::try_from(seconds).ok()),
            day: days_since_1970(self.local_day()?),
        })
    }
}

impl Begun {
    fn filled(&self, ending: Ending, replies: Replies) -> Filled {
        let form = self.held.survey().form();
        Filled::new(&form.id, form.version, &self.language, ending, replies)
    }

    /// Seconds since the first question, by the machine's own time, which no clock's change touches.
    fn lasted_s(&self, now: &Reading) -> Option<u64> {
        let (now, since) = (now.uptime.as_ref()?, self.since.uptime.as_ref()?);
        let ms = if now.boot == since.boot { now.ms.checked_sub(since.ms) } else { None };
        ms.map(|ms| ms.div_ceil(1_000))
    }

    fn fault(&self, fault: AnswerFault) -> SurveyFault {
        let form = self.held.survey().form();
        let question = form.questions.iter().find(|question| Some(&question.name) == fault.question.as_ref());
        let own = question.and_then(|question| match fault.code {
            Code::Constraint => question.constraint_message.as_ref(),
            Code::Missing => question.required_message.as_ref(),
            _ => None,
        });
        let language = texts::Language::or_default(&self.language);
        let is_number = question.is_some_and(|question| matches!(question.asks, Asks::Integer {}));
        let reason = match own {
            Some(own) => said(own, &self.language),
            None if is_number && fault.code == Code::WrongType => {
                texts::text(language, "survey-number-wanted", &[])
            }
            None => fault_sentence(fault.code, language),
        };
        SurveyFault { question: fault.question, code: fault.code.as_str(), reason }
    }
}

/// The sentence for a broken rule of surveys and answers.
pub fn fault_sentence(code: Code, language: texts::Language) -> String {
    texts::text(language, &format!("survey-{}", code.as_str().replace('_', "-")), &[])
}

/// Of a survey that was broken off, what breaks a rule is left out: nobody is there any more to mend it.
fn leave_faults_out(survey: &Survey, replies: &mut Replies, filled: impl Fn(Replies) -> Filled) {
    while let Err(faults) = check(survey, &filled(replies.clone())) {
        let before = replies.len();
        for question in faults.iter().filter_map(|fault| fault.question.as_ref()) {
            replies.remove(question);
        }
        *replies = asked(survey, replies);
        if replies.len() == before {
            return;
        }
    }
}

pub(super) fn fault(code: Code) -> StandError {
    StandError::Answer(vec![AnswerFault { question: None, code }])
}

/// The place that a free screen is offered.
pub(super) fn offered(draw: OpenDraw) -> Option<u64> {
    let mut sample = draw.sample;
    sample.on(Event::ScreenFree).into_iter().find_map(|action| match action {
        Action::Offer(place) => Some(place),
        Action::Withdraw(_) => None,
    })
}

pub(super) fn parse_id(text: &str) -> Result<Uuid, StandError> {
    let wrong = |_| StandError::Input(vec![FieldError::at("id", ErrorCode::InvalidUuid)]);
    Uuid::parse_str(text.trim()).map_err(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_sentence_in_both_languages() {
        for language in texts::Language::ALL {
            for code in Code::ALL {
                let sentence = fault_sentence(*code, *language);
                assert!(!sentence.starts_with("survey-"), "{language:?}: {code}");
            }
        }
    }
}
