//! What crosses to the windows. Plain words and numbers; the TypeScript of each is generated from here.

use domain::{AnswerWay, Certainty, Comuna, Kind, limits};
use receipts::{Cutter, Receipt};
use serde::{Deserialize, Serialize};
use stand::{Grade, InvitationTally, Papers, Power};

use crate::qr;

/// The version of the privacy notice that the windows show (Ley 19.628, art. 14 ter): the day on which it takes force.
pub(crate) const NOTICE_VERSION: &str = "2026-12-01";

/// A comuna, with the region that tells it from others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct ComunaView {
    /// Five digits.
    pub(crate) code: &'static str,
    /// Its name.
    pub(crate) name: &'static str,
    /// Its region's name.
    pub(crate) region: &'static str,
}

impl From<Comuna> for ComunaView {
    fn from(comuna: Comuna) -> Self {
        Self { code: comuna.code(), name: comuna.name(), region: comuna.region().name() }
    }
}

/// Where the stand stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct PlaceView {
    /// The comuna.
    pub(crate) comuna: ComunaView,
    /// The place in the team's words.
    pub(crate) locality: Option<String>,
}

/// What is known of the network: how the last sync ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) enum Network {
    /// The office answered.
    Online,
    /// It didn't.
    Offline,
    /// Not tried yet.
    Unknown,
}

/// How long a citizen's screen waits. At least twenty seconds of warning (WCAG 2.2, 2.2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct IdleLimits {
    /// Seconds without a touch or key before the warning.
    pub(crate) quiet_s: u32,
    /// Seconds that the warning stands.
    pub(crate) warning_s: u32,
}

/// The limits that a form shows while it is filled in, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct Limits {
    /// Of the request's text.
    pub(crate) text: usize,
    /// Of an encounter's matter.
    pub(crate) matter: usize,
    /// Of the name of the body that somebody is referred to.
    pub(crate) agency: usize,
}

impl Limits {
    /// The domain's.
    pub(crate) const fn of_the_domain() -> Self {
        Self {
            text: limits::TEXT_CHARS_MAX,
            matter: limits::TOPIC_CHARS_MAX,
            agency: limits::AGENCY_CHARS_MAX,
        }
    }
}

/// Why nobody can begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) enum Blocked {
    /// No office yet.
    NotEnrolled,
    /// No room to keep what would be written.
    DiskFull,
    /// The stand could not be opened.
    StandFailed,
}

/// The receipt of the live session, as the screen shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct ReceiptView {
    /// The request's number.
    pub(crate) folio: String,
    /// What was filed.
    pub(crate) kind: Kind,
    /// RFC 3339, in the local time of the place.
    pub(crate) captured_at: String,
    /// How sure that time is.
    pub(crate) certainty: Certainty,
    /// The office's promise, as a date; none where no answer was asked for.
    pub(crate) due_on: Option<String>,
    /// How the answer comes.
    pub(crate) answer_by: AnswerWay,
    /// For whoever has no camera.
    pub(crate) control_code: Option<String>,
    /// The QR code, row by row, `1` is dark. Without the quiet zone.
    pub(crate) qr: Vec<String>,
    /// The line to ask at.
    pub(crate) phone_line: Option<String>,
}

impl From<&Receipt> for ReceiptView {
    fn from(receipt: &Receipt) -> Self {
        let facts = receipt.facts();
        Self {
            folio: facts.folio.to_string(),
            kind: facts.kind,
            captured_at: facts.captured_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
            certainty: facts.certainty,
            due_on: facts.answer.due_on().map(|date| date.to_string()),
            answer_by: facts.answer.way(),
            control_code: receipt.control_code().map(|code| code.as_str().to_owned()),
            qr: qr::rows(receipt.address().as_str()),
            phone_line: facts.phone_line.clone(),
        }
    }
}

/// Somebody of the team, by code: names are the office's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct PersonView {
    /// Their code.
    pub(crate) code: String,
    /// Whether they lead the team.
    pub(crate) leads: bool,
    /// Whether their PIN opens nothing until somebody else helps.
    pub(crate) locked: bool,
}

/// Somebody who is added.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct StaffDraft {
    /// Their code.
    pub(crate) code: String,
    /// Whether they lead the team.
    pub(crate) leads: bool,
    /// Their PIN.
    pub(crate) pin: String,
}

/// What other stands read off the screen to join the outing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct SharedView {
    /// The text of the code.
    pub(crate) code: String,
    /// The QR code, row by row, `1` is dark. Without the quiet zone.
    pub(crate) qr: Vec<String>,
}

/// An outing of another stand that is open here now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct JoinedView {
    /// Whether the stand that shared it is a known one of the office.
    pub(crate) known: bool,
    /// Whether that stand believes in another day.
    pub(crate) other_day: bool,
}

/// One thing that the stand carries, or that its self-test looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct DeviceLine {
    /// A stable name.
    pub(crate) name: String,
    /// How it is.
    #[cfg_attr(test, ts(type = "\"good\" | \"careful\" | \"bad\""))]
    pub(crate) grade: Grade,
    /// What a person reads.
    pub(crate) sentence: String,
}

/// What the citizen's window shows before anything is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct CitizenContext {
    /// The office's name.
    pub(crate) office: String,
    /// Where the outing is.
    pub(crate) place: Option<PlaceView>,
    /// Whether the office can be reached.
    pub(crate) network: Network,
    /// The languages in which a citizen finds every sentence, up to the receipt.
    pub(crate) languages: Vec<&'static str>,
    /// The version of the privacy notice.
    pub(crate) notice: &'static str,
    /// Limits of the form.
    pub(crate) limits: Limits,
    /// Whether a printer is set.
    pub(crate) printer: bool,
    /// How sure the stand's time is.
    pub(crate) clock: Certainty,
    /// How long the screen waits.
    pub(crate) idle: IdleLimits,
    /// Whether somebody of the team must look before another request is filed here.
    pub(crate) team_needed: bool,
    /// Whoever can take the screen back.
    pub(crate) people: Vec<PersonView>,
    /// Why nobody can begin.
    pub(crate) blocked: Option<Blocked>,
    /// Whether this machine can read aloud.
    pub(crate) voice: bool,
}

/// What is known of a document's number while it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct DocumentVerdict {
    /// Whether it keeps its type's rules.
    pub(crate) valid: bool,
    /// The rule that it breaks.
    pub(crate) code: Option<&'static str>,
    /// Whether all its digits are the same: valid, and worth asking again.
    pub(crate) repeated: bool,
}

/// Whether the printer said that it has everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) enum Delivery {
    /// It did.
    Confirmed,
    /// Every byte left; it said nothing.
    Sent,
}

impl From<receipts::Delivery> for Delivery {
    fn from(delivery: receipts::Delivery) -> Self {
        match delivery {
            receipts::Delivery::Confirmed => Self::Confirmed,
            receipts::Delivery::Sent => Self::Sent,
        }
    }
}

/// The open outing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct OutingView {
    /// Where; none when the stand opened it by itself.
    pub(crate) place: Option<PlaceView>,
    /// What kind of place, as a stable word; none where nobody said.
    pub(crate) place_kind: Option<String>,
    /// RFC 3339.
    pub(crate) opened_at: Option<String>,
    /// People to be attended.
    pub(crate) goal: Option<u32>,
    /// The codes of whoever works at it.
    pub(crate) team: Vec<String>,
    /// Requests so far.
    #[cfg_attr(test, ts(type = "number"))]
    pub(crate) requests: u64,
    /// Encounters so far.
    #[cfg_attr(test, ts(type = "number"))]
    pub(crate) encounters: u64,
}

/// The printer as the team writes it: `host:port` or a device file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct PrinterView {
    /// Address or path.
    pub(crate) target: String,
    /// 58 or 80.
    pub(crate) paper_mm: u32,
    /// How a paper leaves it.
    #[cfg_attr(test, ts(type = "\"none\" | \"partial\" | \"full\""))]
    pub(crate) cutter: Cutter,
    /// The speed of a serial line, in bits a second.
    pub(crate) speed: Option<u32>,
}

/// What a paper is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) enum PrintOn {
    /// The receipt printer's roll.
    Roll,
    /// Sheets, through a print queue.
    Sheets,
}

/// What waits to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct QueueView {
    /// Entries.
    #[cfg_attr(test, ts(type = "number"))]
    pub(crate) entries: u64,
    /// Their bytes.
    #[cfg_attr(test, ts(type = "number"))]
    pub(crate) bytes: u64,
}

/// How a sync ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct SyncEnd {
    /// `done`, `cancelled`, or what stood in the way.
    pub(crate) code: String,
    /// The key of its sentence.
    pub(crate) text_key: String,
    /// Entries sent.
    #[cfg_attr(test, ts(type = "number"))]
    pub(crate) sent: u64,
    /// When, RFC 3339, in the local time of the place.
    pub(crate) at: String,
}

/// How far a sync is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct SyncProgress {
    /// Entries acknowledged.
    #[cfg_attr(test, ts(type = "number"))]
    pub(crate) records_done: u64,
    /// Entries to send.
    #[cfg_attr(test, ts(type = "number"))]
    pub(crate) records_total: u64,
    /// Bytes answered.
    #[cfg_attr(test, ts(type = "number"))]
    pub(crate) bytes_done: u64,
    /// Bytes to send, estimated.
    #[cfg_attr(test, ts(type = "number"))]
    pub(crate) bytes_total: u64,
    /// Bytes a second.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub(crate) bytes_per_s: Option<u64>,
    /// Milliseconds left.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub(crate) left_ms: Option<u64>,
    /// After a failure that may pass: milliseconds until the next try.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub(crate) waiting_ms: Option<u64>,
}

impl From<&stand::SyncProgress> for SyncProgress {
    fn from(progress: &stand::SyncProgress) -> Self {
        Self {
            records_done: progress.records_done,
            records_total: progress.records_total,
            bytes_done: progress.bytes_done,
            bytes_total: progress.bytes_total,
            bytes_per_s: progress.bytes_per_s,
            left_ms: progress.left_ms,
            waiting_ms: progress.waiting_ms,
        }
    }
}

/// What the team types to enrol a machine.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct EnrolmentDraft {
    /// The office's address; empty when the code is the whole text of the office's QR.
    pub(crate) central: String,
    /// The office's code.
    pub(crate) code: String,
    /// The PIN that the machine gets.
    pub(crate) pin: String,
}

/// What the staff's window shows around the form.
#[allow(clippy::struct_excessive_bools, reason = "what a page shows, yes or no")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct StaffContext {
    /// Whether the machine belongs to an office.
    pub(crate) enrolled: bool,
    /// The office's name.
    pub(crate) office: String,
    /// The open outing.
    pub(crate) outing: Option<OutingView>,
    /// What waits to be sent.
    pub(crate) queue: QueueView,
    /// Whether the office can be reached.
    pub(crate) network: Network,
    /// The printer that was chosen.
    pub(crate) printer: Option<PrinterView>,
    /// How it was when it was last asked or sent something; none before that.
    pub(crate) printer_state: Option<&'static str>,
    /// The address of the print queue that was chosen for sheets.
    pub(crate) sheets: Option<String>,
    /// How many papers are printed at once.
    pub(crate) papers: Papers,
    /// Whether staff functions ask for a PIN.
    pub(crate) has_pin: bool,
    /// Whoever works here, in the order of the list.
    pub(crate) people: Vec<PersonView>,
    /// The code of who entered their PIN not long ago.
    pub(crate) acting: Option<String>,
    /// Why no form can be begun.
    pub(crate) blocked: Option<Blocked>,
    /// Keys of the sentences that the team should read.
    pub(crate) warnings: Vec<String>,
    /// Limits of the form.
    pub(crate) limits: Limits,
    /// The version of the privacy notice that is read to the person.
    pub(crate) notice: &'static str,
    /// Whether a sync is under way.
    pub(crate) syncing: bool,
    /// How the last one ended.
    pub(crate) last_sync: Option<SyncEnd>,
    /// How many of today's requests are listed unless all are asked for.
    pub(crate) listed: u32,
    /// When the office last had everything, RFC 3339 in the local time of the place.
    pub(crate) synced_at: Option<String>,
    /// What the machine lives on.
    pub(crate) power: Power,
    /// Whether this machine can read aloud.
    pub(crate) voice: bool,
    /// How the outing's invitations to the survey stand; none where nobody is invited.
    pub(crate) survey: Option<InvitationTally>,
}

/// An encounter that was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct EncounterView {
    /// The ledger that holds it.
    pub(crate) epoch: String,
    /// Its position there.
    #[cfg_attr(test, ts(type = "number"))]
    pub(crate) seq: u64,
    /// `kept`, or `no_key` where the office has no key for profiles; none where none was given.
    pub(crate) profile: Option<&'static str>,
}

/// A request of today. Nothing personal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct TodayView {
    /// Its number.
    pub(crate) folio: String,
    /// Its kind.
    pub(crate) kind: String,
    /// RFC 3339, in the local time of the place.
    pub(crate) captured_at: String,
    /// Whether the office has signed that it holds it.
    pub(crate) arrived: bool,
}

/// A request that the team filed: its receipt, and how printing went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct FiledView {
    /// The receipt.
    pub(crate) receipt: ReceiptView,
    /// How it was printed; none when it wasn't.
    pub(crate) printed: Option<Delivery>,
    /// The key of what went wrong with printing.
    pub(crate) print_failed: Option<String>,
}

/// What a receipt turned out to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct VerifyView {
    /// The verdict.
    #[cfg_attr(test, ts(type = "\"genuine\" | \"revoked_device\" | \"unknown_signer\" | \"false\""))]
    pub(crate) verdict: stand::Verdict,
    /// The request's number, where the signature holds.
    pub(crate) folio: Option<String>,
    /// When it was recorded, RFC 3339.
    pub(crate) captured_at: Option<String>,
}

/// A day that a deadline doesn't count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct SkippedDay {
    /// The day.
    pub(crate) date: String,
    /// Why, in Spanish.
    pub(crate) why: String,
}

/// A deadline with its working.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct DueView {
    /// What the office promises.
    pub(crate) promise: String,
    /// What the law allows at most.
    pub(crate) legal: String,
    /// The days that the promise counts; none where the clock was wrong and only the office can count again.
    pub(crate) counted: Vec<String>,
    /// The days that it doesn't.
    pub(crate) skipped: Vec<SkippedDay>,
}

/// What the team says when it opens an outing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct OutingDraft {
    /// The comuna's code.
    pub(crate) comuna: String,
    /// The place in the team's words.
    pub(crate) place: String,
    /// What kind of place, as a stable word.
    pub(crate) place_kind: Option<String>,
    /// People to be attended.
    pub(crate) goal: Option<u32>,
    /// The codes of whoever works at it, besides who opens it.
    pub(crate) team: Vec<String>,
}
