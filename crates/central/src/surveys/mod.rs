//! Surveys at the office: what was published, whether each draw was the committed one, and what people answered.
//!
//! Answers stay sealed at rest. Results are counted by opening them in memory, each judged by the version of the survey
//! that its person saw.

mod published;
mod question;
mod recount;
mod results;

use central_db::{AnswerLine, DrawClosing, DrawOpening, SurveyFact};
use survey::{Ending, Filled};
use wire::body::Body;

use crate::opening::Unopenable;

pub use published::{Edition, editions};
pub use question::{ChoiceCount, NetLine, QuestionResult};
pub use recount::{Verdict, verdict};
pub use results::{DrawLine, Results, results};

/// What an entry says about a survey, if anything.
///
/// # Errors
/// [`Unopenable::MalformedBody`] of an answer that can't be read as one: a dead letter, never dropped.
pub(crate) fn fact(body: &Body) -> Result<Option<SurveyFact>, Unopenable> {
    Ok(match body {
        Body::OutingOpened(opened) => opened.draw().map(|draw| {
            SurveyFact::Opened(DrawOpening {
                survey: draw.survey,
                numerator: draw.numerator,
                denominator: draw.denominator,
                commitment: draw.commitment,
                captured_unix_s: opened.captured().at_unix_ms.div_euclid(1_000),
            })
        }),
        Body::OutingClosed(closed) => closed.draw().map(|draw| {
            SurveyFact::Closed(DrawClosing { outing: closed.opened, seed: draw.seed, tally: draw.tally })
        }),
        Body::Encounter(attended) => attended
            .record
            .outing
            .zip(attended.place)
            .map(|(outing, place)| SurveyFact::Place { outing, place }),
        Body::InvitationEnded(ended) => {
            Some(SurveyFact::Ended { outing: ended.outing, place: ended.place, fate: ended.fate })
        }
        Body::SurveyAnswer(answer) => {
            let filled = Filled::read(answer.answer.as_bytes()).map_err(|_| Unopenable::MalformedBody)?;
            Some(SurveyFact::Answer(AnswerLine {
                answer: answer.id,
                survey: filled.survey,
                version: filled.version,
                complete: filled.ending == Ending::Complete,
            }))
        }
        _ => None,
    })
}
