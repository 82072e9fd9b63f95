//! Printers as they are: one that prints, one that hangs, one that isn't there. All on this machine, all bounded.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs::File;
use std::io::{Read, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, poll};

use receipts::{
    Delivery, PrintError, PrinterState, Timeouts, print_device, print_tcp, state_device, state_tcp,
};

/// Soon over when nothing moves, and long enough for a machine that is busy with other tests.
const BRIEF: Timeouts = Timeouts {
    connect: Duration::from_secs(10),
    write: Duration::from_secs(1),
    close: Duration::from_millis(100),
};
const PATIENT: Timeouts = Timeouts {
    connect: Duration::from_secs(5),
    write: Duration::from_secs(30),
    close: Duration::from_secs(30),
};
/// More than any socket or pipe buffers on its own.
const BIG_BYTES: usize = 64 * 1024 * 1024;

fn printer() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

fn bytes(count: usize) -> Vec<u8> {
    (0_u8..=250).cycle().take(count).collect()
}

#[test]
fn a_printer_gets_exactly_the_bytes() {
    for count in [0, 1, 4095, 4096, 4097, 300_000] {
        let (listener, address) = printer();
        let reader = thread::spawn(move || {
            let mut got = Vec::new();
            listener.accept().unwrap().0.read_to_end(&mut got).unwrap();
            got
        });
        assert_eq!(print_tcp(address, &bytes(count), PATIENT).unwrap(), Delivery::Confirmed);
        assert!(reader.join().unwrap() == bytes(count), "{count} bytes");
    }
}

#[test]
fn a_printer_that_keeps_the_connection_open_is_not_confirmed() {
    let (listener, address) = printer();
    let (done, wait) = mpsc::channel::<()>();
    let reader = thread::spawn(move || {
        let mut stream = listener.accept().unwrap().0;
        let mut got = Vec::new();
        stream.read_to_end(&mut got).unwrap();
        wait.recv().unwrap();
        got
    });
    assert_eq!(
        print_tcp(address, &bytes(5000), Timeouts { write: PATIENT.write, ..BRIEF }).unwrap(),
        Delivery::Sent
    );
    done.send(()).unwrap();
    assert_eq!(reader.join().unwrap().len(), 5000);
}

#[test]
fn a_printer_that_hangs_half_way_is_given_up() {
    let (listener, address) = printer();
    let (done, wait) = mpsc::channel::<()>();
    let hanging = thread::spawn(move || {
        let mut stream = listener.accept().unwrap().0;
        stream.read_exact(&mut vec![0; 100_000]).unwrap();
        wait.recv().unwrap();
    });
    let begun = Instant::now();
    match print_tcp(address, &bytes(BIG_BYTES), BRIEF) {
        Err(PrintError::Partial { written, total: BIG_BYTES, .. }) => assert!(written >= 100_000),
        other => panic!("{other:?}"),
    }
    assert!(begun.elapsed() < Duration::from_secs(20));
    done.send(()).unwrap();
    hanging.join().unwrap();
}

#[test]
fn a_printer_that_breaks_off_is_told_from_one_that_hangs() {
    let (listener, address) = printer();
    let broken = thread::spawn(move || {
        let mut stream = listener.accept().unwrap().0;
        stream.read_exact(&mut [0; 10]).unwrap();
        // Closing with bytes unread resets the connection.
    });
    match print_tcp(address, &bytes(BIG_BYTES), PATIENT) {
        Err(error @ PrintError::Partial { .. }) => assert_eq!(error.text_key(), "print-partial"),
        other => panic!("{other:?}"),
    }
    broken.join().unwrap();
}

#[test]
fn a_port_without_a_printer_refuses() {
    let (listener, address) = printer();
    drop(listener);
    match print_tcp(address, b"x", PATIENT) {
        Err(error @ PrintError::Refused { .. }) => assert_eq!(error.text_key(), "print-refused"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_file_takes_exactly_the_bytes() {
    let file = tempfile::NamedTempFile::new().unwrap();
    assert_eq!(print_device(file.path(), &bytes(10_000), PATIENT, None).unwrap(), Delivery::Confirmed);
    assert!(std::fs::read(file.path()).unwrap() == bytes(10_000));
}

#[test]
fn a_device_that_is_absent_or_no_printer_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let check = |path: &Path, key: &str| match print_device(path, b"x", BRIEF, None) {
        Err(error) => assert_eq!(error.text_key(), key, "{error}"),
        Ok(delivery) => panic!("{delivery:?}"),
    };
    check(&folder.path().join("lp0"), "print-absent");
    check(folder.path(), "print-refused");
    let pipe = pipe(&folder.path().join("pipe"));
    check(&pipe, "print-absent");
}

#[test]
fn a_device_gets_exactly_the_bytes_through_a_narrow_pipe() {
    let folder = tempfile::tempdir().unwrap();
    let path = pipe(&folder.path().join("pipe"));
    let mut reading = open_reader(&path);
    let reader = thread::spawn(move || {
        // Before the writer has come, reading would end at once.
        let mut waits = [PollFd::new(&reading, PollFlags::IN)];
        poll(&mut waits, None).unwrap();
        let mut got = Vec::new();
        reading.read_to_end(&mut got).unwrap();
        got
    });
    assert_eq!(print_device(&path, &bytes(500_000), PATIENT, None).unwrap(), Delivery::Confirmed);
    assert!(reader.join().unwrap() == bytes(500_000));
}

#[test]
fn a_device_that_hangs_is_given_up_and_nothing_is_left_behind() {
    let folder = tempfile::tempdir().unwrap();
    let path = pipe(&folder.path().join("pipe"));
    let mut reading = open_reader(&path);
    match print_device(&path, &bytes(BIG_BYTES), BRIEF, None) {
        Err(PrintError::Partial { written, .. }) => {
            let mut got = Vec::new();
            // The writer is closed: what it had handed over comes, and then the end.
            reading.read_to_end(&mut got).unwrap();
            assert_eq!(got.len(), written);
        }
        other => panic!("{other:?}"),
    }
    assert!(matches!(print_device(&path, b"x", BRIEF, None), Ok(Delivery::Confirmed)));
}

fn pipe(path: &Path) -> PathBuf {
    rustix::fs::mkfifoat(rustix::fs::CWD, path, rustix::fs::Mode::RWXU).unwrap();
    path.to_owned()
}

/// A reading end, opened without waiting for a writer, that blocks when it reads.
fn open_reader(path: &Path) -> File {
    use rustix::fs::{Mode, OFlags, fcntl_setfl, open};
    let reader = open(path, OFlags::RDONLY | OFlags::NONBLOCK, Mode::empty()).unwrap();
    fcntl_setfl(&reader, OFlags::empty()).unwrap();
    File::from(reader)
}

/// A printer that answers each question with these bytes, and then closes.
fn says(answers: &'static [u8]) -> SocketAddr {
    use std::io::Write;
    let (listener, address) = printer();
    thread::spawn(move || {
        let mut stream = listener.accept().unwrap().0;
        let mut asked = [0; 6];
        stream.read_exact(&mut asked).unwrap();
        assert_eq!(asked, [0x10, 4, 2, 0x10, 4, 4]);
        stream.write_all(answers).unwrap();
    });
    address
}

#[test]
fn a_printer_says_how_it_is() {
    let check = |answers: &'static [u8], expected: PrinterState| {
        assert_eq!(state_tcp(says(answers), Duration::from_secs(10)), expected, "{answers:x?}");
    };
    check(&[0x12, 0x12], PrinterState::Ready);
    check(&[0x32, 0x72], PrinterState::OutOfPaper);
    check(&[0x16, 0x12], PrinterState::CoverOpen);
    check(&[0x12], PrinterState::Unknown);
    check(b"HTTP/1.1 400", PrinterState::Unknown);
}

#[test]
fn one_that_never_answers_is_unknown_and_one_that_is_not_there_absent() {
    let (listener, address) = printer();
    assert_eq!(state_tcp(address, Duration::from_millis(100)), PrinterState::Unknown);
    drop(listener);
    assert_eq!(state_tcp(address, Duration::from_secs(5)), PrinterState::Absent);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lp0");
    assert_eq!(state_device(&path, Duration::from_secs(1), None), PrinterState::Absent);
    // A file takes every byte and has no voice.
    std::fs::write(&path, "").unwrap();
    assert_eq!(state_device(&path, Duration::from_secs(1), None), PrinterState::Unknown);
}

/// A serial line as the system hands it over, set up for people; and the printer's end of it.
fn serial_line() -> (PathBuf, File) {
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
    let device = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&device).unwrap();
    unlockpt(&device).unwrap();
    let name = ptsname(&device, Vec::new()).unwrap();
    (PathBuf::from(name.to_str().unwrap()), device.into())
}

fn read_exactly(mut device: &File, count: usize) -> Vec<u8> {
    let mut bytes = vec![0; count];
    device.read_exact(&mut bytes).unwrap();
    bytes
}

#[test]
fn a_device_says_how_it_is() {
    let (path, device) = serial_line();
    let answers = thread::spawn(move || {
        read_exactly(&device, 6);
        (&device).write_all(&[0x12, 0x1e]).unwrap();
        device
    });
    assert_eq!(state_device(&path, Duration::from_secs(10), None), PrinterState::PaperLow);
    drop(answers.join().unwrap());
}

#[test]
fn a_serial_line_carries_every_byte_as_it_is() {
    let (path, device) = serial_line();
    // Held open, as the other end's bytes are gone once nobody has the line.
    let held = File::options().read(true).write(true).open(&path).unwrap();
    // Line feeds, signals, erasures, flow control, and bytes with a high bit.
    let bytes: Vec<u8> = (0..=u8::MAX).cycle().take(1024).collect();
    let delivery = print_device(&path, &bytes, Timeouts::default(), None).unwrap();
    assert_eq!((delivery, read_exactly(&device, bytes.len())), (Delivery::Confirmed, bytes));
    drop(held);
}

#[test]
fn a_serial_line_is_as_fast_as_the_team_says() {
    let (path, _device) = serial_line();
    let held = File::options().read(true).write(true).open(&path).unwrap();
    let speed = || rustix::termios::tcgetattr(&held).unwrap().output_speed();
    for wanted in receipts::SERIAL_SPEEDS {
        print_device(&path, b"x", Timeouts::default(), Some(wanted)).unwrap();
        assert_eq!(speed(), wanted);
    }
    // Not said: it stays.
    print_device(&path, b"x", Timeouts::default(), None).unwrap();
    assert_eq!(speed(), 115_200);
}
