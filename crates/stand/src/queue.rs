//! The printer of sheets: a print queue, of a computer or of a printer in the network, spoken to in IPP (RFC 8010, 8011).
//!
//! What goes there is a [`SheetPaper`], which holds nothing personal and no claim key: a queue keeps what it is given. A
//! receipt can't be sent, by its type. It goes as a PDF over HTTP without TLS, since a village's printers have
//! certificates that nobody signed, and nothing in it is anybody's secret.
//!
//! The queue is asked before and after. A paper that does not come out is taken back from it, so that it can be offered
//! again and doesn't come out twice.

use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HOST};
use hyper::{Method, Request, StatusCode, Uri};
use hyper_util::rt::TokioIo;
use ipp::attribute::{IppAttribute, IppAttributeGroup};
use ipp::model::{DelimiterTag, JobState, PrinterState as IppState};
use ipp::operation::IppOperation;
use ipp::operation::builder::IppOperationBuilder;
use ipp::parser::{IppParseError, IppParser};
use ipp::payload::IppPayload;
use ipp::reader::IppReader;
use ipp::request::IppRequestResponse;
use ipp::value::IppValue;
use receipts::{Delivery, PrintError, PrinterState, SheetPaper};
use serde::{Deserialize, Serialize};
use texts::Language;
use tokio::net::TcpStream;
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};

use crate::papers::PaperKind;
use crate::{Stand, StandError, UseCase};

/// Port of a queue whose address names none (RFC 8010, 4.2).
const PORT: u16 = 631;
/// Characters of a queue's address at most (RFC 8011, 5.1.6).
pub const QUEUE_ADDRESS_CHARS_MAX: usize = 1023;
/// Bytes of an answer at most. Printers describe themselves in some twenty kilobytes.
const ANSWER_BYTES_MAX: usize = 1024 * 1024;
/// To reach it.
const CONNECT_WITHIN: Duration = Duration::from_secs(3);
/// For one question with its answer; the document goes with one of them.
const EXCHANGE_WITHIN: Duration = Duration::from_secs(10);
/// How long a job is watched. A sheet takes an office printer that slept about so long; what is still being worked on
/// then is left to the queue.
const WATCHED_FOR: Duration = Duration::from_secs(20);
/// How often it is asked for.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// What the queue's list says of who sent it: no person.
const USER: &str = "oirs";
const PDF: &str = "application/pdf";
// tidy-allow(fluent): a word of IPP, not the key of a sentence
const SCALING: &str = "print-scaling";

/// Where a print queue is: `ipp://host:port/path`, as `ipp://localhost/printers/oficina`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct QueueAddress(Uri);

impl QueueAddress {
    /// Reads an address.
    ///
    /// # Errors
    /// [`StandError::BadQueue`] for what is no `ipp` address with a host.
    pub fn parse(text: &str) -> Result<Self, StandError> {
        let text = text.trim();
        let uri: Uri = text.parse().map_err(|_| StandError::BadQueue)?;
        let known = uri.scheme_str() == Some("ipp") && uri.host().is_some_and(|host| !host.is_empty());
        // A name and a password in it would be told to whoever reads the settings.
        let plain = uri.authority().is_some_and(|authority| !authority.as_str().contains('@'));
        let fits = text.chars().count() <= QUEUE_ADDRESS_CHARS_MAX && uri.query().is_none();
        if known && plain && fits { Ok(Self(uri)) } else { Err(StandError::BadQueue) }
    }

    /// How the printer behind it is, as the queue says: in bounded time, and without the stand.
    pub fn state(&self) -> PrinterState {
        let asked = run(|| async { Ok(timeout(CONNECT_WITHIN, self.ask()).await.ok()) });
        match asked {
            Ok(Some(Ok(told))) => told.state,
            Ok(Some(Err(PrintError::Absent { .. } | PrintError::Timeout { .. }))) => PrinterState::Absent,
            _ => PrinterState::Unknown,
        }
    }

    fn host(&self) -> &str {
        // An IPv6 address stands in brackets in a URI, and without them in a name to be resolved.
        self.0.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']')
    }

    /// What the queue says of itself.
    async fn ask(&self) -> Result<Told, PrintError> {
        let wanted = [
            "printer-state",
            "printer-state-reasons",
            "printer-is-accepting-jobs",
            "document-format-supported",
        ];
        let question = IppOperationBuilder::get_printer_attributes(self.0.clone()).attributes(wanted).build();
        let answer = self.exchange(question, Bytes::new()).await?;
        let printer = answer.attributes().first_of(DelimiterTag::PrinterAttributes);
        Ok(printer.map_or_else(Told::default, Told::of))
    }

    /// One request with its answer.
    async fn exchange(
        &self,
        operation: Result<impl IppOperation, IppParseError>,
        document: Bytes,
    ) -> Result<IppRequestResponse, PrintError> {
        let request = operation.map_err(|error| self.refused(error))?.into_ipp_request();
        match timeout(EXCHANGE_WITHIN, self.post(&request, document)).await {
            Ok(answer) => answer,
            Err(_) => Err(PrintError::Timeout { target: self.to_string(), waited: EXCHANGE_WITHIN }),
        }
    }

    async fn post(
        &self,
        request: &IppRequestResponse,
        document: Bytes,
    ) -> Result<IppRequestResponse, PrintError> {
        let port = self.0.port_u16().unwrap_or(PORT);
        let reached = timeout(CONNECT_WITHIN, TcpStream::connect((self.host(), port))).await;
        let absent = |source| PrintError::Absent { target: self.to_string(), source };
        let stream = reached.map_err(|_| absent(io::ErrorKind::TimedOut.into()))?.map_err(absent)?;
        let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
            .await
            .map_err(|error| self.refused(error))?;
        // Ends with the exchange: nothing is left behind that would hold the printer.
        let working = tokio::spawn(connection);
        let body = [request.to_bytes(), document].concat();
        let question = Request::builder()
            .method(Method::POST)
            .uri(self.0.path())
            .header(HOST, format!("{}:{port}", self.0.host().unwrap_or_default()))
            .header(CONTENT_TYPE, "application/ipp")
            .body(Full::new(Bytes::from(body)))
            .map_err(|error| self.refused(error))?;
        let answer = sender.send_request(question).await.map_err(|error| self.refused(error))?;
        if answer.status() != StatusCode::OK {
            return Err(self.refused(io::Error::other(format!("HTTP {}", answer.status()))));
        }
        let bytes = Limited::new(answer.into_body(), ANSWER_BYTES_MAX).collect().await;
        let bytes = bytes.map_err(|error| self.refused(io::Error::other(error)))?.to_bytes();
        working.abort();
        let answer = IppParser::new(IppReader::new(io::Cursor::new(bytes))).parse();
        let answer = answer.map_err(|error| self.refused(error))?;
        let status = answer.header().status_code();
        if status.is_success() {
            Ok(answer)
        } else {
            Err(self.refused(io::Error::other(format!("IPP {status:?}"))))
        }
    }

    fn refused(&self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> PrintError {
        PrintError::Refused { target: self.to_string(), source: io::Error::other(source) }
    }

    fn not_ready(&self, state: PrinterState) -> PrintError {
        PrintError::NotReady { target: self.to_string(), state }
    }
}

impl fmt::Display for QueueAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for QueueAddress {
    type Error = StandError;

    fn try_from(text: String) -> Result<Self, StandError> {
        Self::parse(&text)
    }
}

impl From<QueueAddress> for String {
    fn from(address: QueueAddress) -> Self {
        address.to_string()
    }
}

/// What a queue says of itself.
#[derive(Debug, PartialEq, Eq)]
struct Told {
    state: PrinterState,
    takes_pdf: bool,
}

impl Default for Told {
    fn default() -> Self {
        Self { state: PrinterState::Unknown, takes_pdf: false }
    }
}

impl Told {
    fn of(printer: &IppAttributeGroup) -> Self {
        let words = |name: &str| -> BTreeSet<&str> {
            let values = printer.get(name).map(IppAttribute::value).into_iter().flatten();
            values.filter_map(word).collect()
        };
        let accepting = match printer.get("printer-is-accepting-jobs").map(IppAttribute::value) {
            Some(IppValue::Boolean(accepting)) => *accepting,
            _ => true,
        };
        Self {
            state: state_of(number(printer, "printer-state"), &words("printer-state-reasons"), accepting),
            takes_pdf: words("document-format-supported").contains(PDF),
        }
    }
}

fn word(value: &IppValue) -> Option<&str> {
    match value {
        IppValue::Keyword(word) | IppValue::MimeMediaType(word) => Some(word.as_str()),
        _ => None,
    }
}

fn number(group: &IppAttributeGroup, name: &str) -> Option<i32> {
    match group.get(name)?.value() {
        IppValue::Enum(number) | IppValue::Integer(number) => Some(*number),
        _ => None,
    }
}

/// What `printer-state` and `printer-state-reasons` mean (RFC 8011, 5.4.11 and 5.4.12). A reason that is only reported, or
/// a warning, stops nothing while the printer itself goes on: one tray of several is empty.
fn state_of(state: Option<i32>, reasons: &BTreeSet<&str>, accepting: bool) -> PrinterState {
    let stopped = state == Some(IppState::Stopped as i32);
    let stops = |names: &[&str]| {
        reasons.iter().any(|reason| {
            let mild = ["-report", "-warning"].iter().find_map(|end| reason.strip_suffix(end));
            let base = mild.or_else(|| reason.strip_suffix("-error")).unwrap_or(reason);
            names.contains(&base) && (mild.is_none() || stopped)
        })
    };
    let says = |word: &str| reasons.iter().any(|reason| reason.starts_with(word));
    if stops(&["offline", "shutdown"]) {
        PrinterState::Absent
    } else if stops(&["cover-open", "door-open", "interlock-open"]) {
        PrinterState::CoverOpen
    } else if stops(&["media-empty", "media-needed"]) {
        PrinterState::OutOfPaper
    } else if stopped || !accepting || stops(&["media-jam"]) {
        PrinterState::Failed
    } else if says("media-empty") || says("media-low") {
        PrinterState::PaperLow
    } else if state.is_some() {
        PrinterState::Ready
    } else {
        PrinterState::Unknown
    }
}

/// Whether a printer that is so may be sent something.
const fn can_take(state: PrinterState) -> bool {
    matches!(state, PrinterState::Ready | PrinterState::PaperLow | PrinterState::Unknown)
}

/// A paper on its way to the queue.
pub struct SheetJob {
    queue: QueueAddress,
    kind: &'static str,
    paper: PaperKind,
    document: Bytes,
}

impl SheetJob {
    /// What it is: to be told to [`Stand::came_out`] when it is out.
    pub const fn paper(&self) -> PaperKind {
        self.paper
    }

    /// Sends it and waits until it is printed, in bounded time.
    ///
    /// # Errors
    /// [`StandError::Print`] when it did not come out; then it is not in the queue either, unless the queue could no
    /// longer be told.
    pub fn send(&self) -> Result<Delivery, StandError> {
        run(|| self.print()).map_err(|source| StandError::Print { paper: self.paper, source })
    }

    async fn print(&self) -> Result<Delivery, PrintError> {
        let queue = &self.queue;
        let told = queue.ask().await?;
        if !can_take(told.state) {
            return Err(queue.not_ready(told.state));
        }
        if !told.takes_pdf {
            return Err(PrintError::NoPdf { target: queue.to_string() });
        }
        let request = IppOperationBuilder::print_job(queue.0.clone(), IppPayload::empty())
            .user_name(USER)
            .job_title(format!("OIRS {}", self.kind))
            .document_format(PDF)
            // Carta on a printer that has A4: a little smaller, and whole (PWG 5100.13).
            .attributes(keyword(SCALING, "fit"))
            .build();
        let answer = queue.exchange(request, self.document.clone()).await?;
        let job = answer.attributes().first_of(DelimiterTag::JobAttributes);
        let Some(job) = job.and_then(|job| number(job, "job-id")) else { return Ok(Delivery::Sent) };
        self.watch(job).await
    }

    /// Waits for the job's end. What can't come out now is taken back.
    async fn watch(&self, job: i32) -> Result<Delivery, PrintError> {
        let until = Instant::now().checked_add(WATCHED_FOR);
        let mut looks = interval(LOOK_EVERY);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            looks.tick().await;
            // A queue that no longer answers has the paper: it is not known to be lost.
            let Ok(state) = self.job_state(job).await else { return Ok(Delivery::Sent) };
            match state {
                Some(state) if state == JobState::Completed as i32 => return Ok(Delivery::Confirmed),
                Some(state) if state == JobState::Aborted as i32 || state == JobState::Canceled as i32 => {
                    return Err(self.queue.refused(io::Error::other("the queue gave the job up")));
                }
                Some(_) => {}
                None => return Ok(Delivery::Sent),
            }
            let printer = self.queue.ask().await.map_or(PrinterState::Unknown, |told| told.state);
            if !can_take(printer) {
                return match self.take_back(job).await {
                    Ok(()) => Err(self.queue.not_ready(printer)),
                    Err(_) => Ok(Delivery::Sent),
                };
            }
            if until.is_none_or(|until| Instant::now() >= until) {
                return Ok(Delivery::Sent);
            }
        }
    }

    async fn job_state(&self, job: i32) -> Result<Option<i32>, PrintError> {
        let question =
            IppOperationBuilder::get_job_attributes(self.queue.0.clone(), job).user_name(USER).build();
        let answer = self.queue.exchange(question, Bytes::new()).await?;
        Ok(answer.attributes().first_of(DelimiterTag::JobAttributes).and_then(|job| number(job, "job-state")))
    }

    async fn take_back(&self, job: i32) -> Result<(), PrintError> {
        let question = IppOperationBuilder::cancel_job(self.queue.0.clone(), job).user_name(USER).build();
        self.queue.exchange(question, Bytes::new()).await.map(drop)
    }
}

fn keyword(name: &str, value: &str) -> Option<IppAttribute> {
    let value = IppValue::Keyword(value.try_into().ok()?);
    IppAttribute::with_name(name, value).ok()
}

/// Runs a conversation with a queue to its end, in a thread of its own: whoever asks may be in a runtime already, and one
/// can't wait within another.
fn run<T: Send, F: Future<Output = Result<T, PrintError>>>(
    conversation: impl FnOnce() -> F + Send,
) -> Result<T, PrintError> {
    let whole = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let failed = |source| PrintError::Refused { target: "this machine".into(), source };
        runtime.map_err(failed)?.block_on(conversation())
    };
    let ended = std::thread::scope(|scope| scope.spawn(whole).join());
    ended.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

impl Stand {
    /// The printer of sheets that was chosen.
    pub fn queue(&self) -> Option<&QueueAddress> {
        self.settings.queue.as_ref()
    }

    /// Chooses a printer of sheets, or none.
    pub fn set_queue(&mut self, queue: Option<QueueAddress>) -> Result<(), StandError> {
        self.allow(UseCase::ChangeSettings)?;
        self.settings.queue = queue;
        self.settings.store(&self.folder)
    }

    /// What the printer of sheets is sent. Sending is [`SheetJob::send`]'s work, without the stand.
    ///
    /// # Errors
    /// [`StandError::NoQueue`] when none was chosen.
    pub fn sheet_job(&self, paper: &SheetPaper) -> Result<SheetJob, StandError> {
        let queue = self.queue().ok_or(StandError::NoQueue)?.clone();
        let document = receipts::to_sheets(paper)?.into();
        Ok(SheetJob { queue, kind: paper.kind(), paper: PaperKind::of_sheet(paper), document })
    }

    /// A copy of a receipt, for the printer of sheets.
    pub fn copy_sheet_job(
        &self,
        folio: domain::Folio,
        language: impl Into<texts::CitizenLanguage>,
    ) -> Result<SheetJob, StandError> {
        self.sheet_job(&self.copy(folio, language)?.into())
    }

    /// A sheet of the catalogue, for the printer of sheets.
    pub fn slip_sheet_job(&mut self, id: &str, language: Language) -> Result<SheetJob, StandError> {
        let slip = self.slip(id, language)?;
        self.sheet_job(&slip.into())
    }

    /// A closing act, for the printer of sheets.
    pub fn act_sheet_job(&self, number: Option<u64>, language: Language) -> Result<SheetJob, StandError> {
        self.sheet_job(&self.act_paper(number, language)?.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_of_a_queue_and_holds_no_secret() {
        let long = |chars: usize| format!("ipp://a/{}", "x".repeat(chars - 8));
        for (text, good) in [
            ("ipp://localhost/printers/oficina", true),
            (" ipp://192.168.1.60:8631/ipp/print ", true),
            ("ipp://[::1]/ipp/print", true),
            (long(QUEUE_ADDRESS_CHARS_MAX - 1).as_str(), true),
            (long(QUEUE_ADDRESS_CHARS_MAX).as_str(), true),
            (long(QUEUE_ADDRESS_CHARS_MAX + 1).as_str(), false),
            ("http://localhost:631/printers/oficina", false),
            ("ipps://localhost/printers/oficina", false),
            ("192.168.1.50:9100", false),
            ("ipp:///printers/oficina", false),
            ("ipp://ana:clave@localhost/printers/oficina", false),
            ("ipp://localhost/printers/oficina?waitjob=false", false),
            ("oficina", false),
            ("", false),
        ] {
            assert_eq!(QueueAddress::parse(text).is_ok(), good, "{text}");
        }
        let kept = serde_json::to_string(&QueueAddress::parse("ipp://[::1]:1/x").unwrap()).unwrap();
        assert_eq!(kept, r#""ipp://[::1]:1/x""#);
        assert_eq!(serde_json::from_str::<QueueAddress>(&kept).unwrap().host(), "::1");
        assert!(serde_json::from_str::<QueueAddress>(r#""lp0""#).is_err());
    }

    /// The windows' commands run in a runtime.
    #[tokio::test]
    async fn a_queue_is_asked_from_within_a_runtime() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let queue = QueueAddress::parse(&format!("ipp://{address}/ipp/print")).unwrap();
        assert_eq!(queue.state(), PrinterState::Absent);
        let job = SheetJob { queue, kind: "test", paper: PaperKind::Test, document: Bytes::new() };
        assert!(matches!(job.send(), Err(StandError::Print { source: PrintError::Absent { .. }, .. })));
    }

    #[test]
    fn reasons_mean_what_the_standard_says() {
        let check = |state: i32, reasons: &[&str], accepting: bool, expected: PrinterState| {
            let reasons = reasons.iter().copied().collect();
            assert_eq!(state_of(Some(state), &reasons, accepting), expected, "{state} {reasons:?}");
        };
        let [idle, processing, stopped] = [3, 4, 5];
        check(idle, &["none"], true, PrinterState::Ready);
        check(processing, &["toner-low-warning", "moving-to-paused"], true, PrinterState::Ready);
        check(idle, &["media-low"], true, PrinterState::PaperLow);
        check(idle, &["media-empty-report"], true, PrinterState::PaperLow);
        check(idle, &["media-empty-warning"], true, PrinterState::PaperLow);
        check(idle, &["media-empty"], true, PrinterState::OutOfPaper);
        check(stopped, &["media-empty-error"], true, PrinterState::OutOfPaper);
        check(stopped, &["media-needed"], true, PrinterState::OutOfPaper);
        check(stopped, &["media-empty-report"], true, PrinterState::OutOfPaper);
        check(stopped, &["cover-open", "media-empty"], true, PrinterState::CoverOpen);
        check(idle, &["door-open-error"], true, PrinterState::CoverOpen);
        check(idle, &["media-jam"], true, PrinterState::Failed);
        check(stopped, &["paused"], true, PrinterState::Failed);
        check(idle, &["none"], false, PrinterState::Failed);
        check(stopped, &["offline-report"], true, PrinterState::Absent);
        check(idle, &["offline-report"], true, PrinterState::Ready);
        check(idle, &["shutdown"], true, PrinterState::Absent);
        assert_eq!(state_of(None, &BTreeSet::new(), true), PrinterState::Unknown);
    }
}
