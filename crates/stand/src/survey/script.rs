//! A script's word for a whole invitation: begun, answered and ended in one line.

use domain::InvitationFate;
use survey::answer::{Line, check};
use survey::draw::Fate;
use survey::{Code, Ending, Filled, Survey};

use super::invitation::{fault, offered, parse_id};
use crate::record::Recorded;
use crate::{Stand, StandError};

impl Stand {
    /// Records a line of a script: the whole way of an invitation at once.
    ///
    /// # Errors
    /// What is wrong with the replies, by the version that the stand carries, and `no_invitation` where none of this place
    /// is waiting. Nothing is recorded then.
    pub fn record_survey(&mut self, line: Line) -> Result<Recorded, StandError> {
        let filed = line.id.clone();
        if let Some(id) = filed.as_deref().map(parse_id).transpose()?
            && let Some(at) = self.ledger.find(id)?
        {
            return Ok(Recorded::known(id, at));
        }
        let (draw, held) = self.drawn_survey()?.ok_or(StandError::NoInvitation)?;
        let place = line.place.or_else(|| offered(draw)).ok_or(StandError::NoInvitation)?;
        let (fate, lasted_s) = (line.ending, line.duration_s.map(u64::from));
        let filled = filled(line, held.survey())?;
        if let Some(filled) = &filled {
            check(held.survey(), filled).map_err(StandError::Answer)?;
            self.or_in_new_ledger(|stand| stand.ledger.begin_invitation(place))?;
        }
        let fate = InvitationFate::parse(fate.as_str()).unwrap_or(InvitationFate::Lapsed);
        let answer = filled.map(|filled| self.sealable(&filled, lasted_s)).transpose()?;
        self.end(place, fate, answer, filed)
    }
}

/// What was answered; none of one who said no or had gone, who leave no replies.
fn filled(line: Line, survey: &Survey) -> Result<Option<Filled>, StandError> {
    let ending = match line.ending {
        Fate::Answered => Ending::Complete,
        Fate::BrokenOff => Ending::BrokenOff,
        Fate::Refused | Fate::Lapsed if line.replies.is_empty() => return Ok(None),
        Fate::Refused | Fate::Lapsed => return Err(fault(Code::RefusedWithReplies)),
    };
    let form = survey.form();
    let first = form.languages.first().map(|language| language.tag.clone());
    let language = line.language.or(first).unwrap_or_default();
    let version = line.version.unwrap_or(form.version);
    Ok(Some(Filled::new(&form.id, version, &language, ending, line.replies)))
}
