//! The survey on the citizen's screen, out of the team's sight: whom the device drew is asked once, and how that ended is
//! recorded whatever becomes of the screen.

use stand::{InvitationView, Replies, SurveyStep, SurveyView};

use crate::refusal::Refusal;
use crate::shell::Shell;

/// Who is invited. Only a page that shows nothing else asks: so asking says that the screen is free.
pub(crate) fn invitation(shell: &Shell, language: &str) -> Result<Option<InvitationView>, Refusal> {
    Ok(shell.with(|stand| {
        stand.set_screen_free(true);
        stand.invitation(language)
    })?)
}

/// Begins it: the invitation is spent.
pub(crate) fn begin(shell: &Shell, place: u64, language: &str) -> Result<SurveyView, Refusal> {
    let view = shell.with(|stand| stand.begin_survey(place, language))?;
    shell.keep_survey(Some(place));
    Ok(view)
}

/// What is asked next, and what is wrong with a reply.
pub(crate) fn step(shell: &Shell, replies: &Replies) -> Result<SurveyStep, Refusal> {
    Ok(shell.with(|stand| stand.survey_step(replies))?)
}

/// Seals what was answered to the end.
pub(crate) fn answer(shell: &Shell, place: u64, replies: &Replies) -> Result<(), Refusal> {
    shell.with(|stand| stand.answer_survey(place, replies))?;
    shell.keep_survey(None);
    shell.nudge();
    Ok(())
}

/// Seals what was answered so far: the person went away.
pub(crate) fn break_off(shell: &Shell, place: u64, replies: &Replies) -> Result<(), Refusal> {
    shell.keep_survey(None);
    shell.with(|stand| stand.break_off_survey(place, replies))?;
    shell.nudge();
    Ok(())
}

/// The person said no.
pub(crate) fn refuse(shell: &Shell, place: u64) -> Result<(), Refusal> {
    shell.with(|stand| stand.refuse_survey(place))?;
    shell.nudge();
    Ok(())
}

/// The invited person had gone before anybody could ask: the team says so.
pub(crate) fn lapse(shell: &Shell) -> Result<(), Refusal> {
    let invited = invitation(shell, "")?.ok_or_else(|| Refusal::of("no_invitation"))?;
    shell.with(|stand| stand.lapse_survey(invited.place))?;
    shell.nudge();
    Ok(())
}
