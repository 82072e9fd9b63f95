//! What scripts rely on: exit statuses, errors as JSON lines, PIN rules, and what isn't there yet.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;

use journeys::{Done, Link, Office, Proxy, Stand, requests};
use serde_json::{Value, json};

/// The only error of a command that failed, after its form was checked.
#[track_caller]
fn failed(done: Done, exit: i32, code: &str) -> Value {
    let done = done.expect_code(exit);
    let errors = done.errors();
    assert_eq!(errors.len(), 1, "{done:?}");
    assert_eq!(errors[0]["code"], code, "{done:?}");
    let reason = errors[0]["reason"].as_str().unwrap();
    assert!(reason.contains(' '), "a sentence and not its key: {reason}");
    errors[0].clone()
}

fn write(path: &Path, text: &str) -> String {
    std::fs::write(path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn usage_and_what_is_not_there_yet() {
    let folder = tempfile::tempdir().unwrap();
    let stand = Stand::at(&folder.path().join("stand"));
    for args in [
        &["nada"][..],
        &["record"],
        &["record", "nada"],
        &["catalogue", "search"],
        &["outing", "open", "--comuna", "11303"],
        &["enrol", "--central", "https://oirs.example.cl"],
        &["verify"],
        &["verify", "X", "--image", "Y"],
        &["due", "--comuna", "11303"],
        &["sync", "--nada"],
        &["receipt", "T7K-4QX9-2MB", "--paper", "70", "--out", "x"],
    ] {
        failed(stand.run(args), 2, "usage");
    }
    failed(stand.run(&["enrol", "--central", "http://127.0.0.1:9", "--code", "hola"]), 2, "enrolment_code");
    assert!(!stand.folder.exists(), "a wrong command leaves nothing behind");

    let office = Office::at(&folder.path().join("office"));
    for name in ["report", "backup", "restore", "migrate"] {
        failed(office.run(&[name, "algo", "--todo"]), 2, "not_available");
    }
    failed(office.run(&["--database-url", "postgres://x", "doctor"]), 2, "not_available");
    failed(office.run(&["nada"]), 2, "usage");
    failed(office.run(&["requests", "list"]), 6, "not_initialised");
    Office::init(&folder.path().join("office"));
    failed(office.run(&["init"]), 2, "already_initialised");
    failed(office.run(&["requests", "show", "T7K"]), 2, "folio");
    failed(office.run(&["device", "revoke", "nadie"]), 3, "unknown_device");
    assert!(office.requests().is_empty());
}

#[test]
fn a_stand_is_enrolled_by_the_offices_qr() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    // Nobody listens at the office's address: that the stand goes there is seen by its saying so.
    let nobody = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap();
    let office = Office::at(&at("office"));
    office.run(&["init", "--public-url", &format!("https://{nobody}")]).expect_code(0);
    let picture = at("invitation.png");
    let picture = picture.to_str().unwrap();
    let told = office.run(&["device", "new", "--label", "uno", "--qr", picture]).expect_code(0).answer();
    let stand = Stand::at(&at("stand"));
    failed(stand.run(&["enrol", "--invitation", picture]), 4, "no-network");
    failed(stand.run(&["enrol", "--code", "hola"]), 2, "central_missing");
    failed(stand.run(&["enrol", "--code", "https://oirs.example.cl/#hola"]), 2, "enrolment_code");

    let serving = office.serve();
    let text = format!("{}/#{}", serving.url(), told["code"].as_str().unwrap());
    stand.run(&["enrol", "--code", &text]).expect_code(0);
    serving.stop().expect_code(0);
}

#[test]
fn a_stand_that_is_not_enrolled_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let stand = Stand::at(&folder.path().join("stand"));
    for args in [
        &["outing", "status"][..],
        &["record", "request"],
        &["receipt", "T7K-4QX9-2MB", "--out", "x"],
        &["verify", "X"],
        &["sync"],
        &["ledger", "verify"],
        &["ledger", "stats"],
        &["selftest"],
        &["pin", "set"],
    ] {
        failed(stand.run(args), 6, "not_enrolled");
    }
    // No stand is needed to count days.
    stand.run(&["due", "--received", "2026-11-21T10:00:00-03:00", "--comuna", "11303"]).expect_code(0);
}

#[test]
fn central_out_of_reach_is_told_apart_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let office = Office::init(&folder.path().join("office"));
    let serving = office.serve();
    let proxy = Proxy::to(serving.address);
    // A port that was free a moment ago, and where nobody listens.
    let nobody = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap();
    let stand = Stand::at(&folder.path().join("stand"));
    let code = office.invite("uno");
    let enrol = |url: &str| stand.run(&["enrol", "--central", url, "--code", &code]);
    failed(enrol(&format!("http://{nobody}")), 4, "no-network");
    failed(enrol("http://oirs.example.cl"), 2, "central_address");
    proxy.set(vec![Link::CutsDown(0)], Link::Passes);
    failed(enrol(&proxy.url()), 4, "cut");
    // The answer was lost on its way: the same request again is given the same.
    let device = enrol(&proxy.url()).expect_code(0).answer()["device"].clone();
    failed(enrol(&proxy.url()), 2, "already_enrolled");
    let devices = office.run(&["device", "list"]).expect_code(0).lines();
    assert_eq!(devices.len(), 1);
    assert_eq!((&devices[0]["device"], &devices[0]["state"]), (&device, &json!("active")));
    let other = Stand::at(&folder.path().join("other"));
    failed(other.run(&["enrol", "--central", &proxy.url(), "--code", &code]), 2, "enrolment_refused");

    stand.record("request", &requests()[..3]).expect_code(0);
    let rows: [(&[u8], &str); 4] = [
        (
            b"HTTP/1.1 302 Found\r\nlocation: http://wifi.example.com/\r\ncontent-length: 0\r\n\r\n",
            "captive-portal",
        ),
        (b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 5\r\n\r\n<html", "captive-portal"),
        (b"HTTP/1.1 503 Busy\r\nretry-after: 3600\r\ncontent-length: 0\r\n\r\n", "server-busy"),
        (b"HTTP/1.1 507 Full\r\ncontent-length: 0\r\n\r\n", "server-full"),
    ];
    for (says, code) in rows {
        proxy.set(Vec::new(), Link::Says(says));
        let done = stand.run(&["sync"]);
        let answer = done.answer();
        assert_eq!((&answer["outcome"], &answer["held"]), (&json!(code), &json!(5)));
        failed(done, 4, code);
    }
    proxy.set(Vec::new(), Link::Passes);
    assert_eq!(stand.sync()["acknowledged"], 5);
}

#[test]
fn the_pin_opens_staff_functions_and_never_records() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| write(&folder.path().join(name), text);
    let (old, new, wrong) = (file("old", "4821\n"), file("new", "735 "), file("wrong", "0000\n"));
    let office = Office::init(&folder.path().join("office"));
    let serving = office.serve();
    let stand = Stand::at(&folder.path().join("stand"));
    let code = office.invite("uno");
    stand
        .run(&["enrol", "--central", &serving.url(), "--code", &code, "--new-pin-file", &old])
        .expect_code(0);
    let open = ["outing", "open", "--comuna", "11303", "--place", "Plaza"];
    for staff in [&open[..], &["outing", "close"], &["sync"], &["printer", "none"], &["pin", "set"]] {
        failed(stand.run(staff), 2, "pin_needed");
    }
    let with = |pin: &str, args: &[&str]| stand.run(&[args, &["--pin-file", pin]].concat());
    failed(with("not-there", &open), 2, "pin_file");
    failed(with(&old, &["pin", "set", "--new-pin-file", &new]), 2, "pin_form");
    with(&old, &open).expect_code(0);
    with(&old, &["sync"]).expect_code(0);
    let six = file("six", "193746");
    with(&old, &["pin", "set", "--new-pin-file", &six]).expect_code(0);
    // The old one is wrong now; a third wrong one makes even the right one wait, in whatever process.
    failed(with(&old, &["sync"]), 2, "pin_wrong");
    failed(with(&wrong, &["sync"]), 2, "pin_wrong");
    failed(with(&wrong, &["sync"]), 2, "pin_wrong");
    failed(with(&six, &["sync"]), 2, "pin_delayed");
    // A citizen asks for no PIN, nor does whoever looks.
    let filed = stand.record("request", &requests()[..2]).expect_code(0).lines();
    stand.run(&["verify", filed[0]["receipt"].as_str().unwrap()]).expect_code(0);
    stand.run(&["outing", "status"]).expect_code(0);
    stand.verified();
    let pin = std::fs::read_to_string(stand.folder.join("team.json")).unwrap();
    assert!(!pin.contains("193746") && !pin.contains("4821"));
}

#[test]
fn a_database_of_a_newer_version_is_refused_untouched_and_a_folder_in_sole_use_too() {
    let folder = tempfile::tempdir().unwrap();
    let office = Office::init(&folder.path().join("office"));
    let serving = office.serve();
    let stand = Stand::enrolled(&folder.path().join("stand"), &office, &serving.url(), "uno");
    let lock = std::fs::File::open(stand.folder.join("in-use.lock")).unwrap();
    lock.lock().unwrap();
    failed(stand.run(&["record", "request"]), 7, "in_use");
    drop(lock);
    stand.record("request", &requests()[..1]).expect_code(0);
    // Bytes 60 to 63 of a SQLite file are its user version, which is the schema's number.
    let path = stand.folder.join("ledger/ledger.db");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[60..64].copy_from_slice(&9_999_u32.to_be_bytes());
    std::fs::write(&path, &bytes).unwrap();
    for args in [&["record", "request"][..], &["ledger", "stats"], &["sync"]] {
        failed(stand.run(args), 5, "newer_database");
    }
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
    assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "nothing was put beside it");
}

#[test]
fn deadlines_in_both_readings_explain_themselves() {
    let stand = Stand::at(Path::new("nowhere"));
    let rows = [
        ("2024-09-06", "2024-09-25", "2024-09-25", "2024-10-09"),
        ("2025-06-07", "2025-06-23", "2025-06-24", "2025-07-07"),
        ("2026-09-17", "2026-10-02", "2026-10-02", "2026-10-19"),
        ("2026-11-21", "2026-12-04", "2026-12-07", "2026-12-21"),
        ("2026-12-18", "2027-01-05", "2027-01-05", "2027-01-19"),
        ("2027-03-20", "2027-04-05", "2027-04-06", "2027-04-19"),
    ];
    for (day, promise, legal, in_twenty) in rows {
        let received = format!("{day}T10:32:00-03:00");
        let due = |more: &[&str]| {
            let args = ["due", "--received", &received, "--comuna", "13101"];
            stand.run(&[&args, more].concat()).expect_code(0).answer()
        };
        let short = due(&[]);
        assert_eq!(short, json!({"due_on": promise, "due_on_legal": legal}), "{day}");
        assert_eq!(due(&["--days", "20"])["due_on"], in_twenty, "{day}");
        let explained = due(&["--explain"]);
        for (reading, last) in [("promise", promise), ("legal", legal)] {
            let (counted, skipped) = (&explained[reading]["counted"], &explained[reading]["skipped"]);
            let counted = counted.as_array().unwrap();
            assert_eq!((counted.len(), counted.last().unwrap()), (10, &json!(last)), "{day} {reading}");
            // Every day from the one after is counted, or skipped with a reason.
            let mut days: Vec<&str> = counted.iter().map(|day| day.as_str().unwrap()).collect();
            for skip in skipped.as_array().unwrap() {
                assert!(skip["why"].as_str().is_some_and(|why| !why.is_empty()), "{skip}");
                days.push(skip["date"].as_str().unwrap());
            }
            let all = days.len();
            days.sort_unstable();
            days.dedup();
            assert_eq!(days.len(), all, "{day} {reading}: a day is counted or skipped, once");
            assert!(days[0] > day && *days.last().unwrap() == last, "{day} {reading}");
            assert_eq!(
                days.len(),
                days_between(day, last),
                "{day} {reading}: no day is passed over in silence"
            );
        }
    }
    for (received, comuna, field) in
        [("ayer", "13101", "received"), ("2026-11-21T10:00:00-03:00", "99999", "comuna")]
    {
        let error = stand.run(&["due", "--received", received, "--comuna", comuna]).expect_code(3).errors();
        assert_eq!(error[0]["field"], field);
    }
}

/// Days from one date to another, by the Gregorian count (Fliegel and Van Flandern, 1968).
fn days_between(from: &str, to: &str) -> usize {
    let number = |date: &str| {
        let part = |at: std::ops::Range<usize>| date[at].parse::<i64>().unwrap();
        let (y, m, d) = (part(0..4), part(5..7), part(8..10));
        let a = (m - 14) / 12;
        1461 * (y + 4800 + a) / 4 + 367 * (m - 2 - 12 * a) / 12 - 3 * ((y + 4900 + a) / 100) / 4 + d
    };
    usize::try_from(number(to) - number(from)).unwrap()
}
