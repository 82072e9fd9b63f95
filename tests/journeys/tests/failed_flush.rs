//! A disk that fails a flush once: what was answered is there, what failed is recorded on a fresh descriptor, and the
//! one that failed is never flushed again. After a failed flush the kernel may drop what was written and call the
//! next flush of the same descriptor a success.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use std::collections::BTreeSet;
use std::fs;

use journeys::{Kill, Office, Stand, at_each, points_of, requests, run, strace};

const REQUESTS: usize = 3;

/// The descriptor of a call that stands in a trace as "4100  fsync(5) = 0".
fn descriptor<'a>(line: &'a str, calls: &[&str]) -> Option<&'a str> {
    let call = line.split_once(char::is_whitespace)?.1.trim_start();
    let rest = calls.iter().find_map(|name| call.strip_prefix(name)?.strip_prefix('('))?;
    rest.split(|c: char| !c.is_ascii_digit()).next()
}

/// Whether a descriptor was flushed again after it had failed and before it was closed.
fn trusts_a_failed_descriptor(trace: &str) -> bool {
    let mut failed = BTreeSet::new();
    for line in trace.lines() {
        if let Some(closed) = descriptor(line, &["close"]) {
            failed.remove(closed);
        }
        if let Some(flushed) = descriptor(line, &["fsync", "fdatasync"]) {
            if failed.contains(flushed) {
                return true;
            }
            if line.contains("EIO") {
                failed.insert(flushed);
            }
        }
    }
    false
}

#[test]
fn the_trace_is_read_right() {
    let check = |trace: &str, expected| assert_eq!(trusts_a_failed_descriptor(trace), expected, "{trace}");
    check("1  fsync(5) = 0\n1  fsync(5) = 0", false);
    check("1  fdatasync(5) = -1 EIO (Input/output error) (INJECTED)\n1  fdatasync(5) = 0", true);
    check(
        "1  fdatasync(5) = -1 EIO (INJECTED)\n1  fdatasync(6) = 0\n1  close(5) = 0\n1  fdatasync(5) = 0",
        false,
    );
}

#[test]
fn a_flush_that_fails_costs_no_record() {
    let folder = tempfile::tempdir().unwrap();
    let office = Office::init(&folder.path().join("office"));
    let serving = office.serve();
    let lines = requests()[..REQUESTS].to_vec();
    let input = lines.join("\n");
    let record = |stand: &Stand, kill: Kill<'_>, name: &str| {
        let trace = folder.path().join(format!("{name}.trace"));
        let done = run(strace(&stand.command(&["record", "request"]), kill, &trace), input.as_bytes());
        (done, fs::read_to_string(&trace).unwrap())
    };
    let counted = Stand::enrolled(&folder.path().join("counted"), &office, &serving.url(), "contado");
    let (done, trace) = record(&counted, Kill::Nowhere, "counted");
    done.expect_code(0);
    let flushes: Vec<_> =
        points_of(&trace).into_iter().filter(|point| point.call.ends_with("sync")).collect();
    assert!(flushes.len() >= REQUESTS, "{} flushes for {REQUESTS} records", flushes.len());
    // Each stand is enrolled while the office still counts the codes that are tried.
    let stands: Vec<_> = (flushes.into_iter().enumerate())
        .map(|(n, point)| {
            let name = format!("failing-{n}");
            let stand = Stand::enrolled(&folder.path().join(&name), &office, &serving.url(), &name);
            (name, stand, point)
        })
        .collect();
    serving.stop().expect_code(0);

    let unharmed = at_each(&stands, |(name, stand, point)| {
        let (done, trace) = record(stand, Kill::Failing(point), name);
        assert!(trace.contains("INJECTED"), "{point:?} was reached");
        assert!(!trusts_a_failed_descriptor(&trace), "{point:?}\n{trace}");
        let told = done.lines();
        let again = stand.record("request", &lines).expect_code(0).lines();
        assert_eq!(again.len(), REQUESTS);
        for (first, copy) in told.iter().zip(&again).filter(|(first, _)| first["error"].is_null()) {
            assert_eq!((&first["folio"], &first["seq"]), (&copy["folio"], &copy["seq"]), "{point:?}");
            assert_eq!(copy["copy"], true, "{point:?}: a receipt without its record");
        }
        // The ledger's beginning, the outing that opened by itself, and the requests.
        assert_eq!(stand.verified()["entries"], REQUESTS + 2, "{point:?}");
        done.code == Some(0)
    });
    assert!(unharmed >= REQUESTS, "only {unharmed} of {} runs went on by themselves", stands.len());
}
