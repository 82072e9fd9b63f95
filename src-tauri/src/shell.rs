//! What the windows share: the stand, who has the screen, and the receipt of the live session. A command locks
//! what it needs for as long as it needs it; nothing of a citizen outlives [`Shell::end_session`].

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use domain::Folio;
use receipts::PrinterState;
use stand::{
    AutomaticSync, Challenge, Check, Finding, Invitation, LiveReceipt, Machine, PrintJob, Program, Replies,
    Stand, StandError, Undo, UpdateHeld, UpdatePlace,
};

use crate::lock::{CitizenWindow, Lock};
use crate::refusal::Refusal;
use crate::views::{Delivery, Network, SyncEnd};
use crate::{media, power};

/// How long a PIN opens the staff functions.
const UNLOCKED_FOR: Duration = Duration::from_mins(10);

/// A version of the program lives once its page has asked so often and the stand had an answer each time: page, program
/// and ledger go on together, and not only begin.
const ANSWERS_OF_THE_LIVING: u32 = 3;

/// What everything else hangs on.
pub(crate) struct Shell {
    data: PathBuf,
    /// Set once by the thread that opens the stand while the first window paints.
    stand: OnceLock<Mutex<Result<Stand, StandError>>>,
    lock: Mutex<Lock>,
    /// The citizen's receipt, or the one that the team filed last; printable again until the session ends.
    live: Mutex<Option<LiveReceipt>>,
    /// The receipt whose papers were begun last.
    begun: Mutex<Option<Folio>>,
    /// Copies that belong to a receipt and did not come out, until the team's page has them: folio, how many, and the key of
    /// why.
    owed: Mutex<Vec<(Folio, u32, String)>>,
    /// The invitation whose survey is on the citizen's screen.
    survey: Mutex<Option<u64>>,
    /// What takes the last encounter back, with its profile, while that can be done.
    undo: Mutex<Option<Undo>>,
    unlocked_at: Mutex<Option<Instant>>,
    /// What was found by the last self-test.
    findings: Mutex<Vec<Check>>,
    /// How the receipt printer was when it was last asked or sent something; none before that.
    printer: Mutex<Option<PrinterState>>,
    network: Mutex<Network>,
    last_sync: Mutex<Option<SyncEnd>>,
    /// Stops the sync that is under way.
    pub(crate) sync: Mutex<Option<crate::syncing::Stop>>,
    /// What syncs by itself.
    automatic: Mutex<Option<AutomaticSync>>,
    /// How often a page asked and the stand answered.
    answers: AtomicU32,
    /// Kept while somebody uses the windows.
    in_use: Mutex<Use>,
}

/// Whether somebody uses the windows, for whoever installs new versions.
#[derive(Debug, Default)]
enum Use {
    /// Not looked yet: the windows have just come.
    #[default]
    Unknown,
    Free,
    /// A citizen has the screen, or a PIN was entered not long ago.
    Used(#[allow(dead_code, reason = "dropping it is what counts")] Option<UpdateHeld>),
}

/// A poisoned lock means that a thread died while it held it; what it guards is still the best there is.
pub(crate) fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shell {
    /// A shell over a data folder. The stand is opened by [`Shell::open_stand`].
    pub(crate) fn new(data: PathBuf) -> Self {
        Self {
            data,
            stand: OnceLock::new(),
            lock: Mutex::new(Lock::Staff),
            live: Mutex::new(None),
            begun: Mutex::new(None),
            owed: Mutex::new(Vec::new()),
            survey: Mutex::new(None),
            undo: Mutex::new(None),
            unlocked_at: Mutex::new(None),
            findings: Mutex::new(Vec::new()),
            printer: Mutex::new(None),
            network: Mutex::new(Network::Unknown),
            last_sync: Mutex::new(None),
            sync: Mutex::new(None),
            automatic: Mutex::new(None),
            answers: AtomicU32::new(0),
            in_use: Mutex::default(),
        }
    }

    /// Opens the stand: in a thread of its own, so that the window paints first. Commands wait for it.
    pub(crate) fn open_stand(&self) {
        self.stand.get_or_init(|| Mutex::new(Stand::open(&self.data)));
    }

    /// The stand has answered a page. When that is enough, whoever installed this version is told that it lives.
    pub(crate) fn answered(&self) {
        if self.answers.fetch_add(1, Ordering::Relaxed).wrapping_add(1) != ANSWERS_OF_THE_LIVING {
            return;
        }
        if let Err(error) = self.with(|stand| stand.say_alive(&UpdatePlace::here())) {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "nobody was told that this version lives"
            );
        }
    }

    /// Keeps new versions away while somebody uses the windows, and lets one that waits come in once nobody does.
    pub(crate) fn mind_updates(&self) {
        let used = matches!(self.lock(), Lock::Citizen(_)) || self.is_unlocked();
        let mut in_use = held(&self.in_use);
        match (used, &*in_use) {
            (true, Use::Used(Some(_))) | (false, Use::Free) => {}
            // Of a machine that is not enrolled there is nothing to keep, and nothing comes.
            (true, _) => *in_use = Use::Used(self.with(|stand| stand.hold_update()).ok().flatten()),
            (false, _) => {
                *in_use = Use::Free;
                let _ = self.with(|stand| {
                    stand.wake_update(&UpdatePlace::here());
                    Ok(())
                });
            }
        }
    }

    /// Another handle on the same data folder, for work that takes long; whoever acts, acts there as well.
    pub(crate) fn another_stand(&self) -> Result<Stand, StandError> {
        self.with(|stand| stand.another())
    }

    /// Does something with the stand. One that wasn't enrolled yet is tried again: somebody may have done it since.
    pub(crate) fn with<T>(
        &self,
        work: impl FnOnce(&mut Stand) -> Result<T, StandError>,
    ) -> Result<T, StandError> {
        let mut stand = held(self.stand.wait());
        if stand.is_err() {
            *stand = Stand::open(&self.data);
        }
        match stand.as_mut() {
            Ok(stand) => work(stand),
            Err(_) => Err(std::mem::replace(&mut *stand, Err(StandError::NotEnrolled))
                .err()
                .unwrap_or(StandError::NotEnrolled)),
        }
    }

    /// Who has the screen.
    pub(crate) fn lock(&self) -> Lock {
        *held(&self.lock)
    }

    /// Gives the screen to a citizen in a fresh window; what the team had open for itself is closed.
    pub(crate) fn hand_over(&self) -> Result<CitizenWindow, Refusal> {
        if !self.with(|stand| stand.has_pin())? {
            return Err(Refusal::of("pin_not_set"));
        }
        let window = CitizenWindow::A;
        *held(&self.live) = None;
        *held(&self.unlocked_at) = None;
        self.nobody_acts();
        *held(&self.lock) = Lock::Citizen(window);
        self.mind_updates();
        Ok(window)
    }

    /// Ends a citizen's session: the receipt's key is wiped, and only the next window counts from now on.
    pub(crate) fn end_session(&self) -> Option<(CitizenWindow, CitizenWindow)> {
        self.abandon_survey();
        *held(&self.live) = None;
        let mut lock = held(&self.lock);
        let Lock::Citizen(current) = *lock else { return None };
        *lock = Lock::Citizen(current.next());
        Some((current, current.next()))
    }

    /// Takes the screen back with somebody's PIN: the first person's where nobody is named. Wrong ones are counted and
    /// delayed by the stand.
    pub(crate) fn take_back(&self, person: Option<&str>, pin: &str) -> Result<(), Refusal> {
        self.with(|stand| stand.unlock(person, Some(pin)))?;
        self.abandon_survey();
        *held(&self.live) = None;
        *held(&self.lock) = Lock::Staff;
        self.unlocked();
        Ok(())
    }

    /// Enrols the machine and sets its PIN, which then counts as entered. What is wrong with the PIN is said before
    /// the office is asked. Asking waits for the network, in a thread of its own.
    pub(crate) fn enrol(&self, invitation: &Invitation, pin: &str) -> Result<(), StandError> {
        stand::check_pin_form(pin)?;
        let ask = || stand::enrol(&self.data, &invitation.central, &invitation.code, None);
        let asked = std::thread::scope(|scope| scope.spawn(ask).join());
        asked.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        self.with(|stand| stand.set_pin(pin).and_then(|()| stand.unlock(None, Some(pin))))?;
        self.unlocked();
        Ok(())
    }

    /// Nobody of the team acts any more: what is recorded from now on carries nobody's code.
    fn nobody_acts(&self) {
        // Without a stand nobody can have acted.
        let _ = self.with(|stand| {
            stand.lock();
            Ok(())
        });
    }

    /// Sets the PIN: where there is one, it must have been entered not long ago.
    pub(crate) fn set_pin(&self, pin: &str) -> Result<(), Refusal> {
        self.check_unlocked()?;
        self.with(|stand| {
            let first = !stand.has_pin()?;
            stand.set_pin(pin)?;
            if first { stand.unlock(None, Some(pin)).map(|_| ()) } else { Ok(()) }
        })?;
        self.unlocked();
        Ok(())
    }

    /// Opens the staff functions for a while, to whoever entered their PIN.
    pub(crate) fn unlock(&self, person: Option<&str>, pin: &str) -> Result<(), Refusal> {
        self.with(|stand| stand.unlock(person, Some(pin)))?;
        self.unlocked();
        Ok(())
    }

    /// What a leader who is locked out reads to the office over the telephone.
    pub(crate) fn unlock_challenge(&self, person: &str) -> Result<Challenge, Refusal> {
        Ok(self.with(|stand| stand.unlock_challenge(Some(person)))?)
    }

    /// Sets that leader's new PIN, if the office's response is right.
    pub(crate) fn unlock_by_telephone(&self, response: &str, pin: &str) -> Result<(), Refusal> {
        self.with(|stand| stand.unlock_by_telephone(response, pin))?;
        Ok(())
    }

    /// Somebody entered their PIN.
    fn unlocked(&self) {
        *held(&self.unlocked_at) = Some(Instant::now());
        self.mind_updates();
    }

    /// Whether somebody entered their PIN not long ago.
    pub(crate) fn is_unlocked(&self) -> bool {
        held(&self.unlocked_at).is_some_and(|at| at.elapsed() < UNLOCKED_FOR)
    }

    /// Whether a staff function may run: no PIN was ever set, or it was entered not long ago.
    pub(crate) fn check_unlocked(&self) -> Result<(), Refusal> {
        if self.is_unlocked() || !self.with(|stand| stand.has_pin())? {
            return Ok(());
        }
        self.nobody_acts();
        Err(Refusal::of("pin_needed"))
    }

    /// Keeps the receipt of the live session, and where it was recorded.
    pub(crate) fn keep_live(&self, live: Option<LiveReceipt>) {
        *held(&self.live) = live;
    }

    /// Does something with the receipt of the live session.
    pub(crate) fn with_live<T>(
        &self,
        work: impl FnOnce(&Stand, &LiveReceipt) -> Result<T, StandError>,
    ) -> Result<T, Refusal> {
        let live = held(&self.live);
        let receipt = live.as_ref().ok_or_else(|| Refusal::of("no_receipt"))?;
        Ok(self.with(|stand| work(stand, receipt))?)
    }

    /// How many copies are to be printed with a receipt: as many as were chosen the first time, and then only those that
    /// did not come out and that nobody else offers.
    pub(crate) fn copies_due(&self, folio: Folio, chosen: u32) -> u32 {
        if held(&self.begun).replace(folio) != Some(folio) {
            return chosen;
        }
        let mut owed = held(&self.owed);
        let at = owed.iter().position(|(of, ..)| *of == folio);
        at.map_or(0, |at| owed.remove(at).1)
    }

    /// Keeps that copies did not come out.
    pub(crate) fn owe(&self, folio: Folio, copies: u32, why: &Refusal) {
        if copies > 0 {
            let why = why.text_key.clone().unwrap_or_else(|| "print-failed".into());
            held(&self.owed).push((folio, copies, why));
        }
    }

    /// The copies that did not come out, once.
    pub(crate) fn take_owed(&self) -> Vec<(Folio, u32, String)> {
        std::mem::take(&mut *held(&self.owed))
    }

    /// Sees to it that what was recorded is sent soon.
    pub(crate) fn nudge(&self) {
        held(&self.automatic).as_ref().inspect(|automatic| automatic.nudge());
    }

    /// Remembers whose survey is on the screen.
    pub(crate) fn keep_survey(&self, place: Option<u64>) {
        *held(&self.survey) = place;
    }

    /// A survey that its page left unfinished was broken off, whatever became of the page.
    fn abandon_survey(&self) {
        let Some(place) = held(&self.survey).take() else { return };
        if let Err(error) = self.with(|stand| stand.break_off_survey(place, &Replies::new())) {
            tracing::warn!(error = &error as &dyn std::error::Error, "how a survey ended is not recorded");
        }
    }

    /// Keeps what takes the last encounter back; what took back the one before is gone.
    pub(crate) fn keep_undo(&self, undo: Option<Undo>) {
        *held(&self.undo) = undo;
    }

    /// Takes the last encounter back: the one of this place, where one is named. None where there is nothing that does.
    /// What failed for another reason than the time can be tried again, as long as no other encounter came.
    pub(crate) fn undo<T>(
        &self,
        of: Option<(&str, u64)>,
        work: impl FnOnce(&mut Stand, &Undo) -> Result<T, StandError>,
    ) -> Option<Result<T, StandError>> {
        let mut kept = held(&self.undo);
        let undo = kept.take_if(|undo| of.is_none_or(|(epoch, seq)| undo.is_of(epoch, seq)))?;
        let done = self.with(|stand| work(stand, &undo));
        if done.as_ref().is_err_and(|error| !matches!(error, StandError::UndoOver)) {
            *kept = Some(undo);
        }
        Some(done)
    }

    /// What the self-test found.
    pub(crate) fn findings(&self) -> Vec<Check> {
        held(&self.findings).clone()
    }

    /// Runs the self-test on a handle of its own: it reads the whole ledger, and nobody should wait for that.
    pub(crate) fn self_test(&self) -> Result<(), Refusal> {
        let machine = Machine {
            power: power::now(),
            cameras: media::cameras(),
            program: if cfg!(feature = "automation") { Program::WindowsForTests } else { Program::Windows },
        };
        let test = self.another_stand().and_then(|mut stand| stand.self_test(&machine))?;
        if let Some(state) = test.printer {
            self.note_printer(state);
        }
        *held(&self.findings) = test.checks.into_iter().filter(|check| check.finding.is_some()).collect();
        Ok(())
    }

    /// Sends the receipt printer a job, and notes how the printer is by that. The stand is free while the printer works.
    pub(crate) fn send(&self, job: &PrintJob) -> Result<Delivery, StandError> {
        let sent = job.send();
        self.note_printer(after(self.printer_state(), &sent));
        Ok(sent?.into())
    }

    /// How the receipt printer was when it was last asked or sent something.
    pub(crate) fn printer_state(&self) -> Option<PrinterState> {
        *held(&self.printer)
    }

    /// Notes how the receipt printer is.
    pub(crate) fn note_printer(&self, state: PrinterState) {
        *held(&self.printer) = Some(state);
        let mut findings = held(&self.findings);
        if let Some(check) = findings.iter_mut().find(|check| check.name == "printer") {
            *check = Check::of(Finding::of_printer(Some(state)), None);
        }
    }

    /// Another printer was chosen, or none: nothing is known of it, and what was found of the one before goes.
    pub(crate) fn forget_printer(&self) {
        *held(&self.printer) = None;
        held(&self.findings).retain(|check| check.name != "printer");
    }

    /// What is known of the network.
    pub(crate) fn network(&self) -> Network {
        *held(&self.network)
    }

    /// How the last sync ended.
    pub(crate) fn last_sync(&self) -> Option<SyncEnd> {
        held(&self.last_sync).clone()
    }

    /// Notes how a sync ended.
    pub(crate) fn note_sync(&self, end: SyncEnd, network: Network) {
        *held(&self.last_sync) = Some(end);
        *held(&self.network) = network;
    }

    /// Keeps what syncs by itself.
    pub(crate) fn keep_automatic(&self, automatic: AutomaticSync) {
        *held(&self.automatic) = Some(automatic);
    }

    /// A person wants a sync now.
    pub(crate) fn ask_for_sync(&self) {
        held(&self.automatic).as_ref().inspect(|automatic| automatic.ask());
    }

    /// Whether a sync is under way.
    pub(crate) fn is_syncing(&self) -> bool {
        held(&self.sync).is_some()
    }
}

/// How a printer is after a job, and before it as far as was known. One that took every byte and said nothing is as it
/// was, unless it was not there: then it is only known to be back.
fn after(before: Option<PrinterState>, sent: &Result<receipts::Delivery, StandError>) -> PrinterState {
    match (sent, before) {
        (Ok(_), Some(PrinterState::PaperLow)) => PrinterState::PaperLow,
        (Ok(receipts::Delivery::Confirmed), _)
        | (Ok(receipts::Delivery::Sent), Some(PrinterState::Ready)) => PrinterState::Ready,
        (Ok(receipts::Delivery::Sent), _) => PrinterState::Unknown,
        (Err(StandError::Print { source, .. }), _) => source.state(),
        // Its name can't be found.
        (Err(_), _) => PrinterState::Absent,
    }
}

#[cfg(test)]
mod tests {
    use receipts::{Delivery, PrintError};

    use super::*;

    #[test]
    fn a_printer_is_as_its_last_job_left_it() {
        let check = |before, sent: Result<Delivery, PrintError>, expected| {
            let sent = sent.map_err(|source| StandError::Print { paper: stand::PaperKind::Test, source });
            assert_eq!(after(before, &sent), expected, "{before:?} {sent:?}");
        };
        let target = String::new;
        for before in [None, Some(PrinterState::Absent), Some(PrinterState::Ready)] {
            check(before, Ok(Delivery::Confirmed), PrinterState::Ready);
            let out = PrintError::NotReady { target: target(), state: PrinterState::OutOfPaper };
            check(before, Err(out), PrinterState::OutOfPaper);
            let gone = PrintError::Absent { target: target(), source: std::io::ErrorKind::NotFound.into() };
            check(before, Err(gone), PrinterState::Absent);
            let refused =
                |kind: std::io::ErrorKind| PrintError::Refused { target: target(), source: kind.into() };
            check(before, Err(refused(std::io::ErrorKind::ConnectionRefused)), PrinterState::Absent);
            check(before, Err(refused(std::io::ErrorKind::PermissionDenied)), PrinterState::Failed);
        }
        check(None, Ok(Delivery::Sent), PrinterState::Unknown);
        check(Some(PrinterState::OutOfPaper), Ok(Delivery::Sent), PrinterState::Unknown);
        check(Some(PrinterState::Ready), Ok(Delivery::Sent), PrinterState::Ready);
        check(Some(PrinterState::PaperLow), Ok(Delivery::Confirmed), PrinterState::PaperLow);
    }
}
