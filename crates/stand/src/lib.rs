//! The stand's use cases, the only surface that a window or a command line may call.
//!
//! Windows and command line differ in what they show, never in what happens: whatever they do is one call here.
//! A [`Stand`] is cheap to open and holds nothing of a citizen between two calls; drafts live in whoever shows
//! them, and only in memory. What is absent: any way to read a record back. The stand has no key for that.

mod act_sum;
mod acts;
mod attach;
mod automatic;
mod camera;
mod carried;
mod catalogue;
mod certify;
pub mod clock;
mod directory;
mod encounter;
mod enrol;
mod error;
mod files;
mod findings;
mod folder;
mod ledgers;
mod log;
mod media;
mod mirror;
mod outing;
mod papers;
mod power;
mod printer;
mod profile_form;
mod queue;
mod read_code;
mod receipt;
mod recent;
mod record;
mod selftest;
mod settings;
mod share;
mod stand;
mod stick;
mod surroundings;
mod survey;
mod sync_run;
mod team;
#[cfg(test)]
mod tests;
mod today;
mod update;
mod verify;

pub use act_sum::{ActSum, SummedAct};
pub use acts::{ActNumbers, ActView, CertificateView, ClosedOuting, DifferenceView, VoidedView};
pub use attach::{
    Attached, AttachmentLine, PreparedAttachment, picture_url, prepare_attachment, prepare_attachment_file,
};
pub use automatic::AutomaticSync;
pub use camera::{Camera, CameraLine, FileCamera, cameras, open_camera, take_picture};
pub use carried::{
    CALENDAR_BAD_DAYS, CALENDAR_CAREFUL_DAYS, CONTENT_BAD_DAYS, CONTENT_CAREFUL_DAYS, Carried,
    DISK_CAREFUL_TIMES, SYNC_BAD_DAYS, SYNC_CAREFUL_DAYS, VALIDITY_CAREFUL_DAYS,
};
pub use catalogue::{
    AgencyView, CatalogueFacts, ChannelView, HeldCatalogue, SHEETS_SHOWN, SheetFound, SheetView, SheetsFound,
    SourceView, TextPiece,
};
pub use directory::{BroadcastView, Directory, OfficeView, ReferralView, TopicView};
pub use encounter::{EncounterRecorded, UNDO_S, Undo};
pub use enrol::{Enrolled, Invitation, enrol};
pub use error::{Exit, StandError, fault_reason, field_reason};
pub use findings::{BATTERY_HALF_BELOW, Finding};
pub use folder::{DISK_FREE_BYTES_MIN, Folder};
pub use media::{HandedFile, HandedFiles, MediumLine, Mounted, media_in, mounted_media};
pub use mirror::{CarryAnswer, CarryTo, MIRROR_WAIT, MirrorState, MirrorStatus};
pub use outing::{DrawStatus, OutingStatus, OutingToOpen};
pub use papers::{PAPERS_MAX, PaperKind, Papers};
pub use power::{BATTERY_EMPTY_BELOW, BATTERY_LOW_BELOW, Power, PowerLevel};
pub use printer::{PrintJob, PrinterSetting, PrinterTarget};
pub use profile_form::{ConsentText, ProfileForm, ProfileOption, ProfileQuestion};
pub use queue::{QUEUE_ADDRESS_CHARS_MAX, QueueAddress, SheetJob};
pub use read_code::{CODE_TIME_MAX, CodeWanted, read_code};
pub use receipt::{LiveReceipt, PaperFormat};
pub use recent::{RECENT_ROWS, RECENT_ROWS_MAX, RecentRecord};
pub use record::{DueExplained, Note, Recorded, RequestAnswer, RequestRecorded};
pub use selftest::{Check, Grade, Machine, Program, SelfTest};
pub use share::{OutingCode, OutingJoined};
pub use stand::{LedgerStats, Stand};
pub use stick::{BundleAcknowledged, BundleExported, FileState, FileTold};
pub use survey::{
    AnswerFault, HeldSurvey, InvitationTally, InvitationView, Recount, Replies, Reply, SurveyAsks,
    SurveyChoice, SurveyFacts, SurveyFault, SurveyLine, SurveyQuestion, SurveyStep, SurveyView,
    fault_sentence, recount,
};
pub use sync::driver::{
    Cancel as CancelSync, Cancelled as SyncCancelled, Rhythm as SyncRhythm, cancel as cancel_sync,
};
pub use sync::{Outcome as SyncOutcome, Progress as SyncProgress};
pub use sync_run::{SyncAnswer, SyncHandle};
pub use team::{
    Acting, Challenge, DIGITS_MAX as PIN_DIGITS_MAX, DIGITS_MIN as PIN_DIGITS_MIN, FIRST_PERSON, Needs,
    TEAM_PEOPLE_MAX, TeamMember, UseCase, check_form as check_pin_form,
};
pub use today::{TODAY_ROWS, TODAY_ROWS_MAX, TodayRow, WaitingToSync};
pub use update::{
    InUse as UpdateHeld, Place as UpdatePlace, Rehearsed, UpdateLine, UpdateRefusal, UpdateStatus,
    copy_for_rehearsal,
};
#[cfg(target_os = "linux")]
pub use update::{Installing, go_back as go_back_from_update, install as install_update};
pub use verify::{Document, Verdict, VerifyAnswer};
pub use wire::compress::prepare as prepare_to_record;
