//! Bytes to a printer, with a clock on every step: a printer without paper holds a job for hours, and a citizen
//! stands before it.
//!
//! Over TCP 9100 the whole job has a deadline; afterwards the printer is given a moment to close its side, which
//! shows that it took everything. A device file is written without blocking and waited for with `poll`, never
//! from a thread that is left behind: a forgotten write would print one citizen's receipt for the next.

use std::fmt;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::status::PrinterState;

/// Bytes in one write, so that the deadline is looked at often.
const CHUNK_BYTES: usize = 4096;

/// How long each part of a job may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// To reach the printer.
    pub connect: Duration,
    /// To hand over all bytes.
    pub write: Duration,
    /// For the printer to close its side once it has everything.
    pub close: Duration,
}

impl Default for Timeouts {
    /// A receipt takes a slow head about eight seconds.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            write: Duration::from_secs(20),
            close: Duration::from_secs(2),
        }
    }
}

/// How sure it is that the printer has the job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// The printer took every byte and closed its side, or the device took them.
    Confirmed,
    /// Every byte left, and the printer kept the connection open: most print, some only seem to.
    Sent,
}

/// What was wrong with the printer. `written` counts the bytes that were handed over before.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// Nothing is there: no host, no device file.
    #[error("no printer at {target}")]
    Absent {
        /// Address or path.
        target: String,
        /// What the system said.
        source: io::Error,
    },
    /// Something is there and doesn't take the job: another service, another user, a folder.
    #[error("the printer at {target} refuses the job")]
    Refused {
        /// Address or path.
        target: String,
        /// What the system said.
        source: io::Error,
    },
    /// Time was up before the printer took a single byte.
    #[error("the printer at {target} took nothing in {waited:?}")]
    Timeout {
        /// Address or path.
        target: String,
        /// How long it was waited for.
        waited: Duration,
    },
    /// It stopped in the middle: paper out, cover open, cable drawn. Half a receipt may hang from it.
    #[error("the printer at {target} stopped after {written} of {total} bytes")]
    Partial {
        /// Address or path.
        target: String,
        /// Bytes that it took.
        written: usize,
        /// Bytes of the job.
        total: usize,
        /// What the system said.
        source: io::Error,
    },
    /// It says itself that it can't print now. Nothing was sent.
    #[error("the printer at {target} is {}", state.as_str())]
    NotReady {
        /// Address or path.
        target: String,
        /// What it says.
        state: PrinterState,
    },
    /// It is a queue that doesn't take what we print on sheets.
    #[error("the queue at {target} takes no PDF")]
    NoPdf {
        /// Address.
        target: String,
    },
    /// This system can't print to a device file.
    #[error("this system has no device files to print to")]
    Unsupported,
}

impl PrintError {
    /// How the printer is, as far as this failure says. Where nobody listens nothing is there, as when it is asked.
    pub fn state(&self) -> PrinterState {
        match self {
            Self::Absent { .. } | Self::Unsupported => PrinterState::Absent,
            Self::Refused { source, .. } if source.kind() == ErrorKind::ConnectionRefused => {
                PrinterState::Absent
            }
            Self::NotReady { state, .. } => *state,
            Self::Refused { .. } | Self::Timeout { .. } | Self::Partial { .. } | Self::NoPdf { .. } => {
                PrinterState::Failed
            }
        }
    }

    /// The key of the sentence that tells a person what to do.
    pub const fn text_key(&self) -> &'static str {
        match self {
            Self::Absent { .. } => "print-absent",
            Self::Refused { .. } => "print-refused",
            Self::Timeout { .. } => "print-timeout",
            Self::Partial { .. } => "print-partial",
            Self::NotReady { state: PrinterState::OutOfPaper, .. } => "print-out-of-paper",
            Self::NotReady { state: PrinterState::CoverOpen, .. } => "print-cover-open",
            Self::NotReady { .. } => "print-not-ready",
            Self::NoPdf { .. } => "print-no-pdf",
            Self::Unsupported => "print-failed",
        }
    }
}

/// Prints over the network, usually to port 9100.
pub fn print_tcp(printer: SocketAddr, bytes: &[u8], timeouts: Timeouts) -> Result<Delivery, PrintError> {
    let mut stream = TcpStream::connect_timeout(&printer, timeouts.connect)
        .map_err(|source| opening(&printer, source, timeouts.connect))?;
    let job = Job {
        target: &printer,
        total: bytes.len(),
        deadline: deadline(timeouts.write),
        waited: timeouts.write,
    };
    let mut written = 0;
    while let Some(chunk) = bytes.get(written..).filter(|rest| !rest.is_empty()) {
        let left = job.deadline.saturating_duration_since(Instant::now());
        // A timeout of zero would mean none at all.
        if left.is_zero() {
            return Err(job.stopped(written, ErrorKind::TimedOut.into()));
        }
        let chunk = chunk.get(..CHUNK_BYTES).unwrap_or(chunk);
        let sent = stream.set_write_timeout(Some(left)).and_then(|()| stream.write(chunk));
        written = job.progress(written, sent)?;
    }
    closed(&mut stream, deadline(timeouts.close)).map_err(|source| job.stopped(written, source))
}

/// Says that nothing follows, and waits for the printer to say the same. What it answers is read and dropped.
fn closed(stream: &mut TcpStream, deadline: Instant) -> io::Result<Delivery> {
    stream.shutdown(Shutdown::Write)?;
    let mut answer = [0_u8; 256];
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(Delivery::Sent);
        }
        stream.set_read_timeout(Some(left))?;
        match stream.read(&mut answer) {
            Ok(0) => return Ok(Delivery::Confirmed),
            Ok(_) => {}
            Err(error) if is_timeout(&error) => return Ok(Delivery::Sent),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// The speeds that receipt printers have on a serial line, in bits a second.
pub const SERIAL_SPEEDS: [u32; 5] = [9_600, 19_200, 38_400, 57_600, 115_200];

/// Bits that a byte takes on a serial line: eight of its own, one before and one after.
const BITS_A_BYTE: u64 = 10;

/// Prints to a device file, such as `/dev/usb/lp0` or `/dev/ttyUSB0`. A serial line is made to carry bytes as they are,
/// at `speed` (one of [`SERIAL_SPEEDS`]) or as the system has it; other devices have none. What the line itself needs
/// for the job comes on top of the time to write: a head prints faster than any of these lines carries dots, so that no
/// handshake is needed either.
#[cfg(unix)]
pub fn print_device(
    path: &Path,
    bytes: &[u8],
    timeouts: Timeouts,
    speed: Option<u32>,
) -> Result<Delivery, PrintError> {
    use rustix::fs::{Mode, OFlags, open};
    let target = path.display();
    let flags = OFlags::WRONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let file =
        open(path, flags, Mode::empty()).map_err(|errno| opening(&target, errno.into(), timeouts.connect))?;
    let line = carry_bytes(&file, speed).map_err(|source| opening(&target, source, timeouts.connect))?;
    let within =
        timeouts.write.saturating_add(line.map_or(Duration::ZERO, |speed| on_the_line(bytes, speed)));
    let job = Job { target: &target, total: bytes.len(), deadline: deadline(within), waited: within };
    let mut written = 0;
    while let Some(chunk) = bytes.get(written..).filter(|rest| !rest.is_empty()) {
        writable(&file, job.deadline).map_err(|source| job.stopped(written, source))?;
        let chunk = chunk.get(..CHUNK_BYTES).unwrap_or(chunk);
        match rustix::io::write(&file, chunk) {
            Err(rustix::io::Errno::AGAIN) => {}
            sent => written = job.progress(written, sent.map_err(io::Error::from))?,
        }
    }
    // The device is ready again once its last transfer is over.
    writable(&file, job.deadline).map_err(|source| job.stopped(written, source))?;
    Ok(Delivery::Confirmed)
}

/// There are no device files to print to on this system.
#[cfg(not(unix))]
pub fn print_device(
    _path: &Path,
    _bytes: &[u8],
    _timeouts: Timeouts,
    _speed: Option<u32>,
) -> Result<Delivery, PrintError> {
    Err(PrintError::Unsupported)
}

/// A serial line starts as a terminal for people: it would turn every line feed of a picture into two bytes, keep a
/// printer's answer back until a line ends, and send it to the printer again. Says how fast it is, in bits a second.
/// Other devices are left alone.
#[cfg(unix)]
pub(crate) fn carry_bytes(file: &impl std::os::fd::AsFd, speed: Option<u32>) -> io::Result<Option<u32>> {
    use rustix::termios::{OptionalActions, isatty, tcgetattr, tcsetattr};
    if !isatty(file) {
        return Ok(None);
    }
    let mut line = tcgetattr(file)?;
    line.make_raw();
    if let Some(speed) = speed {
        line.set_speed(speed)?;
    }
    tcsetattr(file, OptionalActions::Now, &line)?;
    Ok(Some(line.output_speed()))
}

/// What a serial line takes to carry so many bytes.
#[cfg(unix)]
fn on_the_line(bytes: &[u8], speed: u32) -> Duration {
    let bits = u64::try_from(bytes.len()).unwrap_or(u64::MAX).saturating_mul(BITS_A_BYTE);
    Duration::from_secs(bits.div_ceil(u64::from(speed.max(1))))
}

/// Waits until the device takes bytes again.
#[cfg(unix)]
fn writable(file: &impl std::os::fd::AsFd, deadline: Instant) -> io::Result<()> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        let mut waits = [PollFd::new(file, PollFlags::OUT)];
        let timeout = Timespec::try_from(left).unwrap_or_default();
        match poll(&mut waits, Some(&timeout)) {
            Ok(0) => return Err(ErrorKind::TimedOut.into()),
            Ok(_) => return Ok(()),
            Err(rustix::io::Errno::INTR) => {}
            Err(errno) => return Err(errno.into()),
        }
    }
}

/// One job on its way.
struct Job<'a> {
    target: &'a dyn fmt::Display,
    total: usize,
    deadline: Instant,
    waited: Duration,
}

impl Job<'_> {
    /// The bytes handed over after one write.
    fn progress(&self, written: usize, sent: io::Result<usize>) -> Result<usize, PrintError> {
        match sent {
            Ok(0) => Err(self.stopped(written, ErrorKind::WriteZero.into())),
            Ok(count) => Ok(written.saturating_add(count)),
            Err(error) if error.kind() == ErrorKind::Interrupted => Ok(written),
            Err(error) => Err(self.stopped(written, error)),
        }
    }

    fn stopped(&self, written: usize, source: io::Error) -> PrintError {
        let target = self.target.to_string();
        if written > 0 {
            PrintError::Partial { target, written, total: self.total, source }
        } else if is_timeout(&source) {
            PrintError::Timeout { target, waited: self.waited }
        } else {
            PrintError::Refused { target, source }
        }
    }
}

fn opening(target: &dyn fmt::Display, source: io::Error, waited: Duration) -> PrintError {
    let target = target.to_string();
    match source.kind() {
        _ if is_timeout(&source) => PrintError::Timeout { target, waited },
        // ENXIO: a pipe that nobody reads, a device node without a device.
        _ if source.raw_os_error() == Some(6) => PrintError::Absent { target, source },
        ErrorKind::NotFound
        | ErrorKind::HostUnreachable
        | ErrorKind::NetworkUnreachable
        | ErrorKind::AddrNotAvailable => PrintError::Absent { target, source },
        _ => PrintError::Refused { target, source },
    }
}

fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock)
}

fn deadline(after: Duration) -> Instant {
    let now = Instant::now();
    now.checked_add(after).unwrap_or(now)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_slow_line_is_given_the_time_that_it_needs() {
        let check = |bytes: usize, speed: u32, expected_s: u64| {
            let took = on_the_line(&vec![0; bytes], speed);
            assert_eq!(took, Duration::from_secs(expected_s), "{bytes} bytes at {speed}");
        };
        check(0, 9_600, 0);
        check(960, 9_600, 1);
        check(961, 9_600, 2);
        // A receipt of 80 mm by 25 cm, in dots.
        check(144_000, 9_600, 150);
        check(144_000, 115_200, 13);
        // The null speed of a line that was hung up.
        check(1, 0, 10);
    }
}
