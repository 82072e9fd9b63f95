//! What a receipt printer says of itself: real-time status of ESC/POS (`DLE EOT n`, Epson's command reference).
//!
//! Many cheap printers never answer. That is no fault of theirs and none of the day: they are called unknown, and
//! printing goes on.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

/// `DLE EOT 2` (why it is offline) and `DLE EOT 4` (the paper's sensors), in this order.
const ASK: [u8; 6] = [0x10, 0x04, 2, 0x10, 0x04, 4];
/// Answers to [`ASK`].
const ANSWERS: usize = 2;
/// Bits that have the same value in each answer, and that value: what has others is no answer.
const FIXED_MASK: u8 = 0b1001_0011;
const FIXED: u8 = 0b0001_0010;
/// Of the first answer: the cover is open.
const COVER_OPEN: u8 = 1 << 2;
/// Of the first answer: it stopped for want of paper.
const STOPPED_WITHOUT_PAPER: u8 = 1 << 5;
/// Of the first answer: an error.
const FAILED: u8 = 1 << 6;
/// Of the second answer: the roll is nearly at its end.
const PAPER_NEAR_END: u8 = 0b0000_1100;
/// Of the second answer: there is no paper.
const PAPER_END: u8 = 0b0110_0000;

/// How a printer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrinterState {
    /// It can print.
    Ready,
    /// It can print, and its roll is nearly at its end.
    PaperLow,
    /// It has no paper.
    OutOfPaper,
    /// Its cover is open.
    CoverOpen,
    /// It is there and says that something is wrong with it.
    Failed,
    /// Nothing is there.
    Absent,
    /// Something is there and doesn't say.
    Unknown,
}

impl PrinterState {
    /// The stable word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::PaperLow => "paper_low",
            Self::OutOfPaper => "out_of_paper",
            Self::CoverOpen => "cover_open",
            Self::Failed => "failed",
            Self::Absent => "absent",
            Self::Unknown => "unknown",
        }
    }

    /// What the answers say: those of a printer that can't tell are unknown.
    fn of(answers: &[u8]) -> Self {
        let &[offline, paper] = answers else { return Self::Unknown };
        if offline & FIXED_MASK != FIXED || paper & FIXED_MASK != FIXED {
            return Self::Unknown;
        }
        // An open cover hides the paper's sensors: it comes first.
        if offline & COVER_OPEN != 0 {
            Self::CoverOpen
        } else if offline & STOPPED_WITHOUT_PAPER != 0 || paper & PAPER_END != 0 {
            Self::OutOfPaper
        } else if offline & FAILED != 0 {
            Self::Failed
        } else if paper & PAPER_NEAR_END != 0 {
            Self::PaperLow
        } else {
            Self::Ready
        }
    }
}

/// Asks over the network. `within` is what reaching it, and each of its answers, may take.
pub fn state_tcp(printer: SocketAddr, within: Duration) -> PrinterState {
    let Ok(mut stream) = TcpStream::connect_timeout(&printer, within) else { return PrinterState::Absent };
    let asked = stream.set_write_timeout(Some(within)).and_then(|()| stream.write_all(&ASK));
    if asked.is_err() {
        return PrinterState::Unknown;
    }
    let deadline = Instant::now().checked_add(within);
    let mut answers = Vec::with_capacity(ANSWERS);
    while answers.len() < ANSWERS {
        let left = deadline.map_or(within, |deadline| deadline.saturating_duration_since(Instant::now()));
        if left.is_zero() || stream.set_read_timeout(Some(left)).is_err() {
            break;
        }
        let mut byte = [0; 1];
        match stream.read(&mut byte) {
            Ok(1) => answers.extend(byte),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            _ => break,
        }
    }
    // The next job finds the printer free.
    let _ = stream.shutdown(Shutdown::Both);
    PrinterState::of(&answers)
}

/// Asks a device file; a serial line at `speed`, or as the system has it. One that can only be written to doesn't say.
#[cfg(unix)]
pub fn state_device(path: &Path, within: Duration, speed: Option<u32>) -> PrinterState {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::fs::{Mode, OFlags, open};
    let flags = OFlags::RDWR | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let file = match open(path, flags, Mode::empty()) {
        Ok(file) => file,
        Err(rustix::io::Errno::NOENT | rustix::io::Errno::NXIO | rustix::io::Errno::NODEV) => {
            return PrinterState::Absent;
        }
        Err(_) => return PrinterState::Unknown,
    };
    let asked = crate::print::carry_bytes(&file, speed)
        .is_ok_and(|_| rustix::io::write(&file, &ASK) == Ok(ASK.len()));
    if !asked {
        return PrinterState::Unknown;
    }
    let deadline = Instant::now().checked_add(within);
    let mut answers = Vec::with_capacity(ANSWERS);
    while answers.len() < ANSWERS {
        let left = deadline.map_or(within, |deadline| deadline.saturating_duration_since(Instant::now()));
        let mut waits = [PollFd::new(&file, PollFlags::IN)];
        let timeout = Timespec::try_from(left).unwrap_or_default();
        if !matches!(poll(&mut waits, Some(&timeout)), Ok(1..)) {
            break;
        }
        let mut byte = [0; 1];
        match rustix::io::read(&file, &mut byte) {
            Ok(1) => answers.extend(byte),
            _ => break,
        }
    }
    PrinterState::of(&answers)
}

/// There are no device files to ask on this system.
#[cfg(not(unix))]
pub fn state_device(_path: &Path, _within: Duration, _speed: Option<u32>) -> PrinterState {
    PrinterState::Unknown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bit_says_what_the_reference_says() {
        let check = |answers: &[u8], expected: PrinterState| {
            assert_eq!(PrinterState::of(answers), expected, "{answers:x?}");
        };
        check(&[0x12, 0x12], PrinterState::Ready);
        check(&[0x12, 0x1e], PrinterState::PaperLow);
        check(&[0x12, 0x72], PrinterState::OutOfPaper);
        check(&[0x12, 0x7e], PrinterState::OutOfPaper);
        check(&[0x32, 0x12], PrinterState::OutOfPaper);
        check(&[0x16, 0x72], PrinterState::CoverOpen);
        check(&[0x52, 0x12], PrinterState::Failed);
        // The button that feeds paper is being pressed.
        check(&[0x1a, 0x12], PrinterState::Ready);
        for no_answer in [&[][..], &[0x12], &[0x12, 0x12, 0x12], &[0xff, 0x12], &[0x12, 0x00], b"HT"] {
            check(no_answer, PrinterState::Unknown);
        }
    }
}
