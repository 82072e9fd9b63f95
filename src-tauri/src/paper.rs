//! What is put on paper, and what of it did not come out. The stand is free while a printer works.

use domain::Folio;
use serde::Serialize;
use stand::{Papers, PrintJob, SheetJob, Stand, StandError};
use texts::{CitizenLanguage, Language};

use crate::media::medium;
use crate::refusal::Refusal;
use crate::shell::Shell;
use crate::views::{Delivery, PrintOn};

/// Copies of a receipt that belong to it and did not come out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct OwedCopies {
    /// Whose.
    pub(crate) folio: String,
    /// How many.
    pub(crate) copies: u32,
    /// The key of why.
    pub(crate) why: String,
}

/// Sends to the receipt printer. What came out is counted.
fn on_roll(shell: &Shell, job: &PrintJob) -> Result<Delivery, StandError> {
    let delivery = shell.send(job)?;
    came_out(shell, |stand| stand.came_out(job.paper()));
    Ok(delivery)
}

fn on_sheets(shell: &Shell, job: &SheetJob) -> Result<Delivery, StandError> {
    let delivery = job.send()?;
    came_out(shell, |stand| stand.came_out(job.paper()));
    Ok(delivery.into())
}

/// The paper is out, whatever becomes of its count.
fn came_out(shell: &Shell, count: impl FnOnce(&Stand)) {
    let _ = shell.with(|stand| {
        count(stand);
        Ok(())
    });
}

/// Prints one paper where it was wanted.
pub(crate) fn print(
    shell: &Shell,
    on: PrintOn,
    roll: impl FnOnce(&mut Stand) -> Result<PrintJob, StandError>,
    sheets: impl FnOnce(&mut Stand) -> Result<SheetJob, StandError>,
) -> Result<Delivery, Refusal> {
    Ok(match on {
        PrintOn::Roll => on_roll(shell, &shell.with(roll)?)?,
        PrintOn::Sheets => on_sheets(shell, &shell.with(sheets)?)?,
    })
}

/// Prints the receipt of the live session, and after it the copies that go with it: once, however often the receipt is
/// printed, and what of them does not come out is kept for the team. Only the receipt itself decides what is answered: it
/// is what the citizen waits for.
pub(crate) fn receipt(shell: &Shell, language: &str) -> Result<Delivery, Refusal> {
    let language = CitizenLanguage::or_default(language);
    let (folio, job, chosen) = shell.with_live(|stand, live| {
        Ok((live.folio(), stand.print_job(live, language)?, stand.papers().copies()))
    })?;
    let copies = shell.copies_due(folio, chosen);
    let delivery = on_roll(shell, &job).map_err(|error| {
        let refusal = Refusal::from(error);
        shell.owe(folio, copies, &refusal);
        refusal
    })?;
    for left in (1..=copies).rev() {
        let sent = shell.with(|stand| stand.copy_job(folio, language)).and_then(|job| on_roll(shell, &job));
        if let Err(error) = sent {
            shell.owe(folio, left, &error.into());
            break;
        }
    }
    Ok(delivery)
}

/// The copies that did not come out, once: from then on whoever asked offers them.
pub(crate) fn owed(shell: &Shell) -> Vec<OwedCopies> {
    let told =
        |(folio, copies, why): (Folio, u32, String)| OwedCopies { folio: folio.to_string(), copies, why };
    shell.take_owed().into_iter().map(told).collect()
}

/// Chooses how many papers are printed at once.
pub(crate) fn set_papers(shell: &Shell, papers: Papers) -> Result<(), Refusal> {
    shell.check_unlocked()?;
    Ok(shell.with(|stand| stand.set_papers(papers))?)
}

/// Prints the poster: on sheets only, since a roll is no wall's.
pub(crate) fn print_poster(shell: &Shell, language: &str) -> Result<Delivery, Refusal> {
    let language = CitizenLanguage::or_default(language);
    let job = shell.with(|stand| stand.sheet_job(&stand.poster(language).into()))?;
    Ok(on_sheets(shell, &job)?)
}

/// Writes an act onto a stick; what the file is called. A stick takes its time, and the stand is free meanwhile.
pub(crate) fn save_act(shell: &Shell, number: u64, folder: &str, language: &str) -> Result<String, Refusal> {
    let folder = medium(folder)?;
    Ok(shell.another_stand()?.save_act(Some(number), &folder, Language::or_default(language))?)
}

/// Writes the poster onto a stick; what the file is called.
pub(crate) fn save_poster(shell: &Shell, folder: &str, language: &str) -> Result<String, Refusal> {
    let folder = medium(folder)?;
    Ok(shell.another_stand()?.save_poster(&folder, CitizenLanguage::or_default(language))?)
}
