//! What a use case can fail with, and what each failure is called outside: a stable code, an exit status, and a
//! sentence by key. The variants are what callers branch on; everything else is a cause.

use std::path::{Path, PathBuf};

use domain::FieldError;
use ledger::LedgerError;
use texts::{Language, Value};

use crate::UpdateRefusal;
use crate::papers::PaperKind;

/// What a use case can fail with.
#[derive(Debug, thiserror::Error)]
pub enum StandError {
    /// The input breaks rules. Nothing was recorded.
    #[error("the input breaks {} rules", .0.len())]
    Input(Vec<FieldError>),
    /// The stand has no certificate yet.
    #[error("the stand is not enrolled")]
    NotEnrolled,
    /// The stand has a certificate already.
    #[error("the stand is enrolled already")]
    AlreadyEnrolled,
    /// The enrolment code is not one.
    #[error(transparent)]
    EnrolmentCode(#[from] wire::enrol::CodeError),
    /// The office's answer to an enrolment does not hold.
    #[error("the office's answer does not hold")]
    Enrolment(#[source] wire::enrol::EnrolError),
    /// The office refused the enrolment.
    #[error("the office refused the enrolment: {code}")]
    EnrolmentRefused {
        /// The office's code for why.
        code: String,
    },
    /// A staff function needs the team's PIN.
    #[error("a PIN is needed")]
    PinNeeded,
    /// The PIN is wrong.
    #[error("the PIN is wrong")]
    PinWrong {
        /// Seconds until the next attempt counts.
        wait_s: u64,
    },
    /// Too many wrong PINs: attempts do not count yet.
    #[error("wait {wait_s} seconds before the next PIN")]
    PinDelayed {
        /// Seconds left.
        wait_s: u64,
    },
    /// Too many wrong PINs in a row: only a leader or the office can help.
    #[error("this PIN opens nothing until a leader or the office helps")]
    PinLocked,
    /// Whoever acts may not do this.
    #[error("a leader is needed")]
    LeaderNeeded,
    /// Not the form of a staff code.
    #[error(transparent)]
    StaffCode(domain::StaffCodeError),
    /// Nobody who works here has this code.
    #[error("nobody here has this code")]
    UnknownPerson,
    /// Somebody who works here has this code.
    #[error("somebody here has this code")]
    PersonExists,
    /// Without this leader nobody could change the team.
    #[error("the last leader stays one")]
    LastLeader,
    /// The list is as long as it may be.
    #[error("the list of people is full")]
    TeamFull,
    /// A code that was read over the telephone was misheard.
    #[error(transparent)]
    UnlockCode(domain::UnlockCodeError),
    /// No challenge waits for a response.
    #[error("no challenge waits for a response")]
    NoChallenge,
    /// The response is not the office's for this challenge.
    #[error("the response is wrong")]
    ResponseWrong {
        /// Seconds until the next response counts.
        wait_s: u64,
    },
    /// Too many wrong responses: none counts yet.
    #[error("wait {wait_s} seconds before the next response")]
    ResponseDelayed {
        /// Seconds left.
        wait_s: u64,
    },
    /// The machine was enrolled before stand and office agreed on a key for it.
    #[error("this machine has no key for unlocking by telephone")]
    NoUnlockKey,
    /// Not the code of an outing, or an altered one.
    #[error(transparent)]
    OutingCode(wire::outing::OutingCodeError),
    /// An outing of another office.
    #[error("this outing is another office's")]
    OtherOffice,
    /// The stand that shared an outing is not one that this one can vouch for.
    #[error("the stand that shared the outing is {}", if *.revoked { "revoked" } else { "not known here" })]
    OutingSigner {
        /// Whether it is known, and revoked.
        revoked: bool,
    },
    /// A new PIN is not four to twelve digits.
    #[error("a PIN has 4 to 12 digits")]
    PinForm,
    /// The seconds in which a record can be undone are over.
    #[error("it can't be undone any more")]
    UndoOver,
    /// No outing of that number was closed here.
    #[error("no such closing act")]
    UnknownAct,
    /// Not readable as a closing act.
    #[error("not a closing act: {0}")]
    NotAnAct(wire::act::ActError),
    /// No request here has this folio.
    #[error("no request here has this folio")]
    UnknownFolio,
    /// The catalogue that came can't be read by this program.
    #[error("the catalogue can't be read: {why}")]
    Catalogue {
        /// What is wrong with it.
        why: String,
    },
    /// No sheet of the catalogue has this id.
    #[error("no sheet has this id")]
    UnknownSheet,
    /// The survey that came can't be read by this program.
    #[error("the survey can't be read: {why}")]
    Survey {
        /// What is wrong with it.
        why: String,
    },
    /// No invitation of this place is waiting, or its survey is not on the screen.
    #[error("no such invitation is waiting")]
    NoInvitation,
    /// What was answered breaks rules of the survey. Nothing was recorded.
    #[error("the answer breaks {} rules", .0.len())]
    Answer(Vec<survey::answer::AnswerFault>),
    /// Not readable as a receipt.
    #[error("not a receipt: {0}")]
    NotAReceipt(wire::receipt::CodeError),
    /// No receipt's code was found in the picture.
    #[error("no code in the picture")]
    Photo(#[from] receipts::PhotoError),
    /// A copy can't be drawn.
    #[error("the receipt can't be drawn")]
    Render(#[from] receipts::RenderError),
    /// A copy can't be made into a PDF.
    #[error("the receipt can't be made into a PDF")]
    Pdf(#[from] receipts::PdfError),
    /// The office's address does not fit a receipt.
    #[error("the receipt's address does not fit")]
    Address(#[from] receipts::AddressError),
    /// The printer failed.
    #[error("the printer failed")]
    Print {
        /// What did not come out.
        paper: PaperKind,
        /// What was wrong.
        source: receipts::PrintError,
    },
    /// A number of papers that nobody prints at once.
    #[error("not a number of papers to print at once")]
    PaperCount,
    /// No printer is set.
    #[error("no printer is set")]
    NoPrinter,
    /// Only a printer of sheets is set, and a receipt with its claim key goes through no queue.
    #[error("a receipt goes through no print queue, and no other printer is set")]
    OnlySheets,
    /// No printer of sheets is set.
    #[error("no print queue is set")]
    NoQueue,
    /// This is no print queue's address.
    #[error("not the address of a print queue")]
    BadQueue,
    /// A queue's address where the receipt printer's belongs.
    #[error("a print queue can't be the printer of receipts")]
    QueueForReceipts,
    /// The disk is too full for a form to be begun, or became so.
    #[error("the disk is full")]
    DiskFull,
    /// A stick or a card did not do it. Nothing that was captured was touched.
    #[error("the medium failed")]
    Medium(#[from] bundle::MediumError),
    /// A stick has no room for what there is. Nothing was written.
    #[error("the medium has {free_bytes} of {needed_bytes} bytes")]
    MediumFull {
        /// What is needed, at most, in bytes.
        needed_bytes: u64,
        /// What is free, in bytes.
        free_bytes: u64,
    },
    /// Another program holds the data folder for itself.
    #[error("another program holds the data folder")]
    InUse,
    /// A deadline outside the calendar.
    #[error(transparent)]
    Deadline(#[from] domain::DeadlineError),
    /// What was handed over is not taken. Nothing was kept of it.
    #[error("the attachment is not taken: {0}")]
    Attachment(#[from] attachment::Refusal),
    /// No camera is connected, or none that gives JPEG.
    #[error("no usable camera")]
    NoCamera,
    /// The camera gave no picture.
    #[error("the camera {path} gave no picture: {source}")]
    Camera {
        /// Its device file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The camera saw no code that was wanted for as long as it was looked for.
    #[error("no code was seen; another code was: {other}")]
    CodeNotSeen {
        /// Whether it saw a code of something else.
        other: bool,
    },
    /// The file that was to be attached can't be read. Its name may say who somebody is, so it is not repeated.
    #[error("the file to be attached can't be read: {0}")]
    AttachmentFile(#[source] std::io::Error),
    /// An attachment could not be sealed.
    #[error("the attachment can't be sealed")]
    SealFile(#[from] wire::file::FileError),
    /// What rests could not be sealed for the mirror.
    #[error("what rests can't be sealed for the mirror")]
    Resting(#[from] wire::resting::RestingError),
    /// The ledger failed.
    #[error("the ledger failed")]
    Ledger(#[source] LedgerError),
    /// A stored file of the stand does not read.
    #[error("{path} can't be read: {why}")]
    BadFile {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The file system failed.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: std::io::Error,
    },
    /// A new version of the program was not taken. Nothing has changed.
    #[error(transparent)]
    Update(#[from] UpdateRefusal),
    /// The office's address is none, or plain HTTP to another machine.
    #[error("not an address of a central office")]
    CentralAddress,
    /// The central office can't be reached, or the way there is wrong.
    #[error("the central office can't be reached: {0}")]
    Unreachable(sync::Fault),
}

impl From<LedgerError> for StandError {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::DiskFull => Self::DiskFull,
            LedgerError::Busy => Self::InUse,
            LedgerError::NoInvitation { .. } => Self::NoInvitation,
            other => Self::Ledger(other),
        }
    }
}

/// What scripts rely on: the exit status of both programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done.
    Ok = 0,
    /// Wrong usage, or not available yet.
    Usage = 2,
    /// Some input was rejected; the rest was taken.
    Rejected = 3,
    /// The central office is out of reach.
    Unreachable = 4,
    /// Something does not verify.
    Integrity = 5,
    /// The stand is not enrolled.
    NotEnrolled = 6,
    /// Another process holds the data and doesn't share.
    InUse = 7,
    /// The disk is full.
    DiskFull = 8,
    /// The signer is not known here.
    UnknownSigner = 9,
    /// A genuine receipt of a stand that was revoked since.
    RevokedDevice = 10,
}

impl StandError {
    pub(crate) fn io(path: &Path, source: std::io::Error) -> Self {
        match source.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::Io { path: path.to_owned(), source },
        }
    }

    /// Nothing is mounted there any more.
    pub fn medium_gone(folder: &str) -> Self {
        Self::Medium(bundle::MediumError::Gone { path: folder.to_owned() })
    }

    /// The stable code. Field errors have their own, one each.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Input(_) => "input",
            Self::NotEnrolled => "not_enrolled",
            Self::AlreadyEnrolled => "already_enrolled",
            Self::EnrolmentCode(_) => "enrolment_code",
            Self::Enrolment(_) => "enrolment_untrusted",
            Self::EnrolmentRefused { .. } => "enrolment_refused",
            Self::PinNeeded => "pin_needed",
            Self::PinWrong { .. } => "pin_wrong",
            Self::PinDelayed { .. } => "pin_delayed",
            Self::PinLocked => "pin_locked",
            Self::LeaderNeeded => "leader_needed",
            Self::StaffCode(_) => "staff_code",
            Self::UnknownPerson => "unknown_person",
            Self::PersonExists => "person_exists",
            Self::LastLeader => "last_leader",
            Self::TeamFull => "team_full",
            Self::UnlockCode(_) => "unlock_code",
            Self::NoChallenge => "no_challenge",
            Self::ResponseWrong { .. } => "response_wrong",
            Self::ResponseDelayed { .. } => "response_delayed",
            Self::NoUnlockKey => "no_unlock_key",
            Self::OutingCode(wire::outing::OutingCodeError::Form) => "not_an_outing",
            Self::OutingCode(wire::outing::OutingCodeError::Signature) => "outing_false",
            Self::OtherOffice => "other_office",
            Self::OutingSigner { revoked: false } => "outing_signer_unknown",
            Self::OutingSigner { revoked: true } => "outing_signer_revoked",
            Self::PinForm => "pin_form",
            Self::UndoOver => "undo_over",
            Self::UnknownAct => "unknown_act",
            Self::NotAnAct(_) => "not_an_act",
            Self::UnknownFolio => "unknown_folio",
            Self::Catalogue { .. } => "catalogue_unreadable",
            Self::UnknownSheet => "unknown_sheet",
            Self::Survey { .. } => "survey_unreadable",
            Self::NoInvitation => "no_invitation",
            Self::Answer(_) => "survey_answer",
            Self::NotAReceipt(_) => "not_a_receipt",
            Self::Photo(_) => "no_code_in_picture",
            Self::Render(_) | Self::Pdf(_) | Self::Address(_) => "receipt_not_drawn",
            Self::Print { .. } => "print_failed",
            Self::PaperCount => "paper_count",
            Self::NoPrinter => "no_printer",
            Self::OnlySheets => "only_sheets",
            Self::NoQueue => "no_queue",
            Self::BadQueue => "bad_queue",
            Self::QueueForReceipts => "queue_for_receipts",
            Self::DiskFull => "disk_full",
            Self::Medium(error) => error.code(),
            Self::MediumFull { .. } => "medium_full",
            Self::InUse => "in_use",
            Self::Deadline(_) => "date_outside_calendar",
            Self::Ledger(LedgerError::NewerSchema { .. }) => "newer_database",
            Self::Ledger(LedgerError::ForeignLedger { .. }) => "foreign_database",
            Self::Ledger(LedgerError::NoOuting) => "no_outing",
            Self::Ledger(LedgerError::OutingOpen) => "outing_open",
            Self::Attachment(refusal) => refusal.code(),
            Self::NoCamera => "camera_none",
            Self::Camera { .. } => "camera_failed",
            Self::CodeNotSeen { other: false } => "code_not_seen",
            Self::CodeNotSeen { other: true } => "other_code_seen",
            Self::AttachmentFile(_) => "attachment_file",
            Self::SealFile(_) => "attachment_not_sealed",
            Self::Ledger(LedgerError::TooManyAttachments) => "too_many_attachments",
            Self::Ledger(LedgerError::AttachmentsTooLarge) => "attachments_too_large",
            Self::Ledger(error) if error.is_damage() => "damaged_database",
            Self::Ledger(_) | Self::Resting(_) => "ledger",
            Self::BadFile { .. } => "bad_file",
            Self::Io { .. } => "file_system",
            Self::Update(refusal) => refusal.code(),
            Self::CentralAddress => "central_address",
            Self::Unreachable(fault) => fault.code(),
        }
    }

    /// What the command line ends with.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Input(_)
            | Self::UnknownSheet
            | Self::NoInvitation
            | Self::Answer(_)
            | Self::Attachment(_)
            | Self::AttachmentFile(_)
            | Self::UndoOver
            | Self::UnknownAct
            | Self::Ledger(LedgerError::TooManyAttachments | LedgerError::AttachmentsTooLarge) => {
                Exit::Rejected
            }
            Self::NotEnrolled => Exit::NotEnrolled,
            Self::InUse => Exit::InUse,
            Self::DiskFull | Self::MediumFull { .. } | Self::Medium(bundle::MediumError::Full) => {
                Exit::DiskFull
            }
            Self::Unreachable(_) => Exit::Unreachable,
            Self::Ledger(LedgerError::NoOuting | LedgerError::OutingOpen) => Exit::Usage,
            Self::OutingSigner { revoked: false } | Self::Update(UpdateRefusal::Foreign) => {
                Exit::UnknownSigner
            }
            Self::OutingSigner { revoked: true } => Exit::RevokedDevice,
            Self::OutingCode(_)
            | Self::OtherOffice
            | Self::NotAReceipt(_)
            | Self::NotAnAct(_)
            | Self::Photo(_)
            | Self::CodeNotSeen { .. }
            | Self::Enrolment(_)
            | Self::Catalogue { .. }
            | Self::Survey { .. }
            | Self::BadFile { .. }
            | Self::Resting(_)
            | Self::Update(UpdateRefusal::Unsigned | UpdateRefusal::Damaged)
            | Self::Ledger(_) => Exit::Integrity,
            Self::Update(_) => Exit::Rejected,
            _ => Exit::Usage,
        }
    }

    /// The sentence for a person: what happened, what was not lost, what to do.
    pub fn reason(&self, language: Language) -> String {
        if let Self::Unreachable(fault) = self {
            return fault_reason(fault, language);
        }
        if let Self::Print { paper, source } = self {
            let kept = texts::text(language, paper.kept_key(), &[]);
            return texts::text(language, source.text_key(), &[("kept", kept.into())]);
        }
        let key = format!("stand-error-{}", self.code().replace('_', "-"));
        let wait = match self {
            Self::PinWrong { wait_s }
            | Self::PinDelayed { wait_s }
            | Self::ResponseWrong { wait_s }
            | Self::ResponseDelayed { wait_s } => *wait_s,
            _ => 0,
        };
        let (needed, free) = match self {
            Self::MediumFull { needed_bytes, free_bytes } => {
                (mib_up(*needed_bytes), free_bytes.div_euclid(MIB))
            }
            _ => (0, 0),
        };
        let args =
            [("seconds", Value::from(wait)), ("needed", Value::from(needed)), ("free", Value::from(free))];
        texts::text(language, &key, &args)
    }
}

const MIB: u64 = 1_024 * 1_024;

fn mib_up(bytes: u64) -> u64 {
    bytes.div_ceil(MIB)
}

/// The sentence for a fault of the network or of the office.
pub fn fault_reason(fault: &sync::Fault, language: Language) -> String {
    texts::text(language, &format!("sync-fault-{}", fault.code()), &[])
}

/// The sentence for one broken rule.
pub fn field_reason(error: &FieldError, language: Language) -> String {
    let key = format!("error-{}", error.code.as_str().replace('_', "-"));
    let args: Vec<(&str, Value<'_>)> = error
        .args
        .iter()
        .map(|(name, arg)| {
            let value = match arg {
                domain::Arg::Number(number) => Value::from(*number),
                domain::Arg::Text(text) => Value::from(text.as_str()),
            };
            (*name, value)
        })
        .collect();
    texts::text(language, &key, &args)
}
