//! The survey at the stand: what it carries, whom the device invites, and what comes of each invitation.

mod held;
mod invitation;
mod recount;
mod script;
mod views;

pub use ::survey::answer::{AnswerFault, Line as SurveyLine, Replies, Reply};
pub use held::{HeldSurvey, SurveyAsks, SurveyChoice, SurveyFacts, SurveyQuestion, SurveyView};
pub(crate) use invitation::Screen;
pub use invitation::fault_sentence;
pub use recount::{Recount, recount};
pub use views::{InvitationTally, InvitationView, SurveyFault, SurveyStep};
