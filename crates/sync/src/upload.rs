//! Decides how attachments reach the office, after the records: events in, actions out, like the engine.
//!
//! One file after the other, oldest first. Each begins with a question, how much of it is there already, and goes on
//! from that byte: a cut costs what was on its way and nothing before it. Whole is a file when the office has signed
//! so, over its hash. A file that can't go on never keeps the others from going on.

use std::collections::VecDeque;

use wire::upload::{PIECE_BYTES_MAX, Stored};
use wire::{Epoch, Hash};

use crate::engine::{Backoff, Limits, Pace};
use crate::{Fault, Identity, Outcome, Progress};

/// How often a file is begun anew in one sync after the office found other bytes than were announced.
const RESTARTS_MAX: u32 = 1;
/// How often the office may say in one sync that it is elsewhere in a file than where it said before.
const CONFLICTS_MAX: u32 = 4;

/// A file that waits to be sent; its entry is with the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitingFile {
    /// The ledger of the entry that announces it.
    pub epoch: Epoch,
    /// The entry's position.
    pub seq: u64,
    /// SHA-256 of its bytes.
    pub hash: Hash,
    /// How many they are.
    pub bytes: u64,
}

/// The stand's side of sending files.
pub trait Files {
    /// Why the local disk failed. Ends the sync at once.
    type Error: std::error::Error + Send + Sync + 'static;

    /// Files whose entries the office holds and for which it has not signed, oldest first.
    fn waiting(&mut self) -> Result<Vec<WaitingFile>, Self::Error>;

    /// The stand's signed word on a file ([`wire::upload::Upload`]); the same file gives the same bytes.
    fn statement(&mut self, file: &WaitingFile) -> Vec<u8>;

    /// Up to `bytes_max` bytes of a file from an offset; none when it can't be read.
    fn piece(
        &mut self,
        file: &WaitingFile,
        from: u64,
        bytes_max: usize,
    ) -> Result<Option<Vec<u8>>, Self::Error>;

    /// Keeps the office's signed word that it holds a file, durably. Signature, office, stand, hash and length were
    /// compared.
    fn stored(&mut self, stored: &Stored, bytes: &[u8]) -> Result<(), Self::Error>;
}

/// One action. All but `Keep`, `Progress` and `Finished` are answered by an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UploadAction {
    /// Ask how much of a file the office has; answered by `At`, `Whole`, `OtherBytes` or `Failed`.
    Ask(WaitingFile),
    /// Send a piece; answered by `At`, `Whole`, `OtherBytes`, `FileUnreadable` or `Failed`.
    Send {
        /// The file.
        file: WaitingFile,
        /// From this byte.
        from: u64,
        /// So many bytes at most.
        bytes_max: usize,
    },
    /// Keep the office's word. See [`Files::stored`].
    Keep {
        /// The word.
        stored: Stored,
        /// Its signed bytes.
        bytes: Vec<u8>,
    },
    /// Show how far it is.
    Progress(Progress),
    /// Wait; answered by `WaitOver`.
    Wait {
        /// How long, in milliseconds.
        ms: u64,
    },
    /// It is over; nothing answers this.
    Finished {
        /// How it ended.
        outcome: Outcome,
        /// Files for which the office signed in this sync.
        stored: u64,
        /// Files that still wait.
        held: u64,
    },
}

/// One event. Each answers the action that asked, but `Cancelled`, which may come at any time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UploadEvent {
    /// It begins.
    Started,
    /// The office has so many bytes of the file; `piece` says what was sent for that answer, and in which time.
    At {
        /// Bytes that are there.
        offset: u64,
        /// Bytes of the piece that was sent and milliseconds until its answer; none after a question.
        piece: Option<(usize, u64)>,
    },
    /// The office's signed word.
    Whole(Vec<u8>),
    /// The office got all bytes, and their hash is another: it dropped them.
    OtherBytes,
    /// The file can't be read here.
    FileUnreadable,
    /// The request failed.
    Failed(Fault),
    /// The wait is over.
    WaitOver,
    /// Staff stopped it.
    Cancelled,
}

/// The sending of one sync's files.
#[derive(Debug, Clone)]
pub struct Uploads {
    identity: Identity,
    queue: VecDeque<WaitingFile>,
    /// Bytes of the first file in the queue that the office has; none before it was asked.
    offset: Option<u64>,
    restarts: u32,
    conflicts: u32,
    pace: Pace,
    backoff: Backoff,
    bytes_done: u64,
    stored: u64,
    skipped: u64,
    shortfall: Option<Fault>,
    is_over: bool,
}

impl Uploads {
    /// Sends these files, in their order. The seed spreads the delays of a fleet.
    pub fn new(identity: Identity, waiting: Vec<WaitingFile>, limits: Limits, seed: u64) -> Self {
        Self {
            identity,
            queue: waiting.into(),
            offset: None,
            restarts: 0,
            conflicts: 0,
            pace: Pace::new(limits),
            backoff: Backoff::new(limits, seed),
            bytes_done: 0,
            stored: 0,
            skipped: 0,
            shortfall: None,
            is_over: false,
        }
    }

    /// What to do after this event. The last action asks for the next event or is `Finished`.
    pub fn on(&mut self, event: UploadEvent) -> Vec<UploadAction> {
        let mut out = Vec::new();
        if self.is_over {
            return out;
        }
        match event {
            UploadEvent::Started | UploadEvent::WaitOver => self.ask(&mut out),
            UploadEvent::At { offset, piece } => self.at(offset, piece, &mut out),
            UploadEvent::Whole(bytes) => self.whole(bytes, &mut out),
            UploadEvent::OtherBytes => self.begin_anew(&mut out),
            UploadEvent::FileUnreadable => match self.queue.front().map(|file| file.epoch) {
                Some(epoch) => self.skip(Fault::Unreadable { epoch }, &mut out),
                None => self.finish(Outcome::Done, &mut out),
            },
            UploadEvent::Failed(fault) => self.failed(fault, &mut out),
            UploadEvent::Cancelled => self.finish(Outcome::Cancelled, &mut out),
        }
        out
    }

    fn ask(&mut self, out: &mut Vec<UploadAction>) {
        self.offset = None;
        if let Some(&file) = self.queue.front() {
            out.push(UploadAction::Progress(self.progress()));
            out.push(UploadAction::Ask(file));
        } else {
            let outcome = self.shortfall.take().map_or(Outcome::Done, Outcome::Failed);
            self.finish(outcome, out);
        }
    }

    fn at(&mut self, offset: u64, piece: Option<(usize, u64)>, out: &mut Vec<UploadAction>) {
        let Some(&file) = self.queue.front() else { return self.finish(Outcome::Done, out) };
        if piece.is_none() && self.offset.is_some() {
            self.conflicts = self.conflicts.saturating_add(1);
        }
        if offset > file.bytes || self.conflicts > CONFLICTS_MAX {
            return self.skip(Fault::Contradiction, out);
        }
        self.backoff.reset();
        if let Some((len, elapsed_ms)) = piece {
            self.pace.answered(len, elapsed_ms);
            let moved = offset.saturating_sub(self.offset.unwrap_or(offset));
            self.bytes_done = self.bytes_done.saturating_add(moved);
            // An office that takes pieces and never moves would keep this going for ever.
            if moved == 0 && len > 0 {
                return self.skip(Fault::Contradiction, out);
            }
        }
        self.offset = Some(offset);
        out.push(UploadAction::Progress(self.progress()));
        out.push(if offset == file.bytes {
            UploadAction::Ask(file)
        } else {
            UploadAction::Send { file, from: offset, bytes_max: self.pace.bytes().min(PIECE_BYTES_MAX) }
        });
    }

    fn whole(&mut self, bytes: Vec<u8>, out: &mut Vec<UploadAction>) {
        let Some(&file) = self.queue.front() else { return self.finish(Outcome::Done, out) };
        let keys = &self.identity.checkpoint_keys;
        let read = keys.signer_of(&bytes).map_err(Into::into).and_then(|key| Stored::open(&bytes, key));
        match read {
            Err(error) => {
                let fault = crate::engine::not_an_answer(&error);
                // Somebody else answers: no file would fare better.
                self.finish(Outcome::Failed(fault), out);
            }
            Ok(stored) => {
                let Stored { office, device, hash, bytes: len, .. } = stored;
                if (office, device) != (self.identity.office, self.identity.device) {
                    return self.finish(Outcome::Failed(Fault::NotOurOffice), out);
                }
                if (hash, len) != (file.hash, file.bytes) {
                    return self.skip(Fault::Contradiction, out);
                }
                let rest = file.bytes.saturating_sub(self.offset.unwrap_or(file.bytes));
                self.bytes_done = self.bytes_done.saturating_add(rest);
                self.stored = self.stored.saturating_add(1);
                self.backoff.reset();
                self.next_file();
                out.push(UploadAction::Keep { stored, bytes });
                self.ask(out);
            }
        }
    }

    /// What came together there is not what was announced. Once, that may be the way; twice, it is the file.
    fn begin_anew(&mut self, out: &mut Vec<UploadAction>) {
        self.restarts = self.restarts.saturating_add(1);
        match self.queue.front().map(|file| file.epoch) {
            Some(epoch) if self.restarts > RESTARTS_MAX => self.skip(Fault::Unreadable { epoch }, out),
            _ => self.ask(out),
        }
    }

    fn next_file(&mut self) {
        self.queue.pop_front();
        (self.restarts, self.conflicts) = (0, 0);
        self.offset = None;
    }

    /// Leaves a file alone for the rest of this sync; the others go on.
    fn skip(&mut self, fault: Fault, out: &mut Vec<UploadAction>) {
        self.shortfall.get_or_insert(fault);
        self.skipped = self.skipped.saturating_add(1);
        self.next_file();
        self.ask(out);
    }

    fn failed(&mut self, fault: Fault, out: &mut Vec<UploadAction>) {
        match &fault {
            Fault::Refused { status: 413, .. } if self.pace.shrink() => return self.ask(out),
            Fault::Refused { .. } | Fault::Contradiction => return self.skip(fault, out),
            Fault::CutInTheMiddle => {
                self.pace.shrink();
            }
            _ => {}
        }
        let wish_ms = match fault {
            Fault::ServerBusy { retry_after_s } => retry_after_s.map(|s| s.saturating_mul(1_000)),
            _ => None,
        };
        match fault.is_momentary().then(|| self.backoff.next(wish_ms)).flatten() {
            Some(ms) => {
                let waiting = Progress { waiting_ms: Some(ms), ..self.progress() };
                out.push(UploadAction::Progress(waiting));
                out.push(UploadAction::Wait { ms });
            }
            None => self.finish(Outcome::Failed(fault), out),
        }
    }

    fn finish(&mut self, outcome: Outcome, out: &mut Vec<UploadAction>) {
        self.is_over = true;
        let queued = u64::try_from(self.queue.len()).unwrap_or(u64::MAX);
        let held = queued.saturating_add(self.skipped);
        out.push(UploadAction::Finished { outcome, stored: self.stored, held });
    }

    fn progress(&self) -> Progress {
        let queued: u64 = self.queue.iter().map(|file| file.bytes).sum();
        let left = queued.saturating_sub(self.offset.unwrap_or(0));
        let rate = self.pace.bytes_per_s();
        Progress {
            bytes_done: self.bytes_done,
            bytes_total: self.bytes_done.saturating_add(left),
            bytes_per_s: rate,
            left_ms: rate.and_then(|rate| left.saturating_mul(1_000).checked_div(rate)),
            attachments_left: u64::try_from(self.queue.len()).unwrap_or(u64::MAX),
            ..Progress::default()
        }
    }
}

#[cfg(test)]
#[path = "upload_tests.rs"]
mod tests;
