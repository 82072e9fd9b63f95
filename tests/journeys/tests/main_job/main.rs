//! The main job: a field day is filed without a network, reconciled over a link that cuts, and found at the central
//! office field by field as it was filed; every receipt verifies, and filing or sending again changes nothing.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod day;
mod privacy;

use std::collections::{BTreeMap, BTreeSet};

use journeys::{Chance, Errors, Link, Office, Proxy, Running, Stand, encounters, requests};
use rustix::process::Signal;
use serde_json::{Value, json};

use day::Day;
use privacy::nothing_personal_was_written;

const SEED: u64 = 20_261_121;
/// Bytes of HTTP, both ways, of a sync that has nothing to do.
const IDLE_BYTES_MAX: u64 = 400;
/// Requests for so few records, cut ones included, at most: far from one each.
const REQUESTS_MAX: u64 = 40;

fn parsed(line: &str) -> Value {
    serde_json::from_str(line).unwrap()
}

/// What comes back for a line: itself, with `person` null where nobody gave a name.
fn expected(line: &str) -> Value {
    let mut filed = parsed(line);
    filed.as_object_mut().unwrap().entry("person").or_insert(Value::Null);
    filed
}

/// Does something for each thing, on a few threads: a process each, and the machine has few cores.
fn for_each<T: Sync>(things: &[T], work: impl Fn(&T) + Sync) {
    std::thread::scope(|scope| {
        for part in things.chunks(things.len().div_ceil(4).max(1)) {
            scope.spawn(|| part.iter().for_each(&work));
        }
    });
}

#[test]
fn a_field_day_reaches_the_central_office_as_it_was_filed() {
    let folder = tempfile::tempdir().unwrap();
    let office = Office::init(&folder.path().join("office"));
    let central_log = folder.path().join("central.log");
    let serving = office.serve_logging(&central_log);
    let proxy = Proxy::to(serving.address);
    let stand = Stand::enrolled(&folder.path().join("stand"), &office, &proxy.url(), "terreno").logging();
    let mut day = Day { folder, office, proxy, stand, logs: String::new(), filed: Vec::new() };

    without_a_network(&mut day);
    filing_again_files_nothing(&mut day, "before the sync");
    over_a_link_that_cuts(&mut day);
    every_field_is_there(&day);
    filing_again_files_nothing(&mut day, "after the sync");
    another_stand_verifies(&day);
    let served = serving.stop().expect_code(0);
    assert_eq!(served.out, "");
    let served = std::fs::read_to_string(&central_log).unwrap();
    assert!(day.logs.contains("TRACE") && served.contains("entries opened"), "both told what they can");
    day.logs += &served;
    nothing_personal_was_written(&day);
}

fn without_a_network(day: &mut Day) {
    let before = day.proxy.connections();
    day.proxy.set(Vec::new(), Link::Swallows);
    let opened = day
        .stand
        .run(&["outing", "open", "--comuna", "11303", "--place", "Caleta Tortel", "--goal", "200"])
        .expect_code(0);
    assert_eq!(opened.answer()["open"], true);
    let (lines, encounters) = (requests(), encounters());
    assert_eq!((lines.len(), encounters.len()), (200, 40));
    // The last line is kept for the evening.
    let (morning, afternoon) = (&lines[..70], &lines[70..199]);
    for (part, of_part) in morning.chunks(14).zip(encounters[..20].chunks(4)) {
        day.record_alone(part);
        let done = day.stand.record("encounter", of_part).expect_code(0);
        assert_eq!(done.lines().len(), of_part.len());
        day.log(&done);
    }
    day.record_together(afternoon, &encounters[20..]);
    assert_eq!(day.proxy.connections(), before, "recording asks no network");

    let folios: BTreeSet<&str> =
        day.filed.iter().map(|(_, answer)| answer["folio"].as_str().unwrap()).collect();
    let seqs: BTreeSet<u64> = day.filed.iter().map(|(_, answer)| answer["seq"].as_u64().unwrap()).collect();
    let epochs: BTreeSet<&str> =
        day.filed.iter().map(|(_, answer)| answer["epoch"].as_str().unwrap()).collect();
    assert_eq!(
        (folios.len(), seqs.len(), epochs.len()),
        (199, 199, 1),
        "each folio and position is one's own"
    );
    for (line, answer) in &day.filed {
        let line = parsed(line);
        assert_eq!(answer["paper_at"], line["captured_at"], "{answer}");
        let way = line["person"]["answer_by"].as_str().unwrap_or("ninguno");
        assert_eq!(answer["due_on"].is_null(), way == "ninguno", "{answer}");
        if let (Some(paper), false) = (line["captured_at"].as_str(), answer["due_on"].is_null()) {
            let comuna = line["comuna"].as_str().unwrap();
            let due = day.stand.run(&["due", "--received", paper, "--comuna", comuna]).answer();
            assert_eq!(due["due_on"], answer["due_on"], "a paper counts from its own date");
            assert_eq!(due["due_on_legal"], answer["due_on_legal"]);
        }
    }
    // The ledger's own beginning, the outing, 199 requests and 40 encounters.
    assert_eq!(day.stand.verified()["count"], 241);
    let stats = day.stand.run(&["ledger", "stats"]).answer();
    assert_eq!(
        [&stats["requests"], &stats["encounters"], &stats["held"], &stats["acknowledged"]],
        [&json!(199), &json!(40), &json!(241), &json!(0)]
    );
}

/// Every id again, in another order, with the rest of the line damaged: the same answers, as copies.
fn filing_again_files_nothing(day: &mut Day, when: &str) {
    let stats = |day: &Day| day.stand.run(&["ledger", "stats"]).expect_code(0).answer();
    let before = stats(day);
    let mut again = day.filed.clone();
    Chance::seeded(SEED).shuffle(&mut again);
    let lines: Vec<String> = again
        .iter()
        .map(|(line, first)| {
            if first["seq"].as_u64().unwrap() % 2 == 0 {
                line.clone()
            } else {
                json!({"text": 7, "id": first["id"]}).to_string()
            }
        })
        .collect();
    let done = day.stand.record("request", &lines).expect_code(0);
    let answers = done.lines();
    assert_eq!(answers.len(), again.len());
    for ((_, first), copy) in again.iter().zip(&answers) {
        for same in ["id", "folio", "epoch", "seq", "captured_at", "paper_at", "due_on", "due_on_legal"] {
            assert_eq!(copy[same], first[same], "{same}, {when}");
        }
        assert_eq!((&copy["copy"], &copy["control_code"]), (&json!(true), &Value::Null));
        assert_ne!(copy["receipt"], first["receipt"], "a copy lacks the citizen's key");
    }
    day.log(&done);
    let after = stats(day);
    for same in ["count", "head", "requests", "entries"] {
        assert_eq!(after[same], before[same], "{when}");
    }
}

fn over_a_link_that_cuts(day: &mut Day) {
    // The evening's first try stands still, a last citizen files meanwhile, and then the battery is empty.
    day.proxy.set(Vec::new(), Link::Swallows);
    let mut stuck = Running::start(day.stand.command(&["sync"]), &Errors::Kept);
    day.proxy.wait_for_swallowed();
    let last = requests().split_off(199);
    day.record_alone(&last);
    stuck.signal(Signal::KILL);
    let done = stuck.end();
    assert_eq!((done.signal, done.out.as_str()), (Some(9), ""));
    day.log(&done);

    let mut chance = Chance::seeded(SEED);
    let mut cuts = vec![Link::CutsUp(1 + chance.below(100)), Link::CutsDown(0)];
    for _ in 0..3 {
        cuts.push(Link::CutsUp(chance.below(90_000)));
        cuts.push(Link::CutsDown(chance.below(1_500)));
    }
    let planned = cuts.len();
    day.proxy.set(cuts, Link::Passes);
    let (mut acknowledged, mut asked) = (0, 0);
    for run in 0.. {
        assert!(run < 10, "the day is still not there");
        let done = day.stand.run(&["sync"]);
        assert!(matches!(done.code, Some(0 | 4)), "{done:?}");
        let answer = done.answer();
        acknowledged += answer["acknowledged"].as_u64().unwrap();
        asked += answer["requests"].as_u64().unwrap();
        assert_eq!(answer["held"].as_u64().unwrap(), 242 - acknowledged, "{answer}");
        assert_eq!((&answer["quarantined"], &answer["alarms"]), (&json!(0), &Value::Null), "{answer}");
        assert_eq!(done.code == Some(0), answer["outcome"] == "done", "{answer}");
        day.log(&done);
        if done.code == Some(0) {
            assert_eq!(answer["count"], 242);
            break;
        }
    }
    assert_eq!(acknowledged, 242);
    assert!(asked <= REQUESTS_MAX, "{asked} requests");
    assert!((4..=planned).contains(&day.proxy.cuts()), "{} cuts were felt", day.proxy.cuts());

    let idle = day.stand.sync();
    assert_eq!((&idle["requests"], &idle["sent"], &idle["held"]), (&json!(1), &json!(0), &json!(0)));
    let bytes = idle["bytes_up"].as_u64().unwrap() + idle["bytes_down"].as_u64().unwrap();
    assert!(bytes < IDLE_BYTES_MAX, "{bytes} bytes to say that there is nothing to do");
    assert_eq!(idle["head"], day.stand.verified()["head"]);
}

fn every_field_is_there(day: &Day) {
    let list = day.office.requests();
    assert_eq!(list.len(), 200, "nothing is missing and nothing is twice");
    let due: Vec<&str> = list.iter().filter_map(|line| line["due_on"].as_str()).collect();
    assert!(due.is_sorted(), "what is due first comes first");
    let list: BTreeMap<&str, &Value> =
        list.iter().map(|line| (line["folio"].as_str().unwrap(), line)).collect();
    assert_eq!(list.len(), 200);
    for_each(&day.filed, |(line, answer)| {
        let folio = answer["folio"].as_str().unwrap();
        let shown = day.office.request(folio);
        assert_eq!(shown["request"], expected(line), "{folio}");
        for same in ["folio", "epoch", "seq", "captured_at", "paper_at", "due_on", "due_on_legal"] {
            assert_eq!(shown[same], answer[same], "{same} of {folio}");
            assert_eq!(list[folio][same], answer[same], "{same} of {folio} in the list");
        }
        for (name, value) in [
            ("state", json!("received")),
            ("quarantined", json!(false)),
            ("voided", json!(false)),
            ("device_label", json!("terreno")),
            ("kind", parsed(line)["kind"].clone()),
            ("comuna", parsed(line)["comuna"].clone()),
        ] {
            assert_eq!(shown[name], value, "{name} of {folio}");
        }
        if !answer["due_on"].is_null() {
            let promise = &shown["deadline"]["promise"]["counted"];
            assert_eq!(promise[9], answer["due_on"], "the tenth day that counts is the day it is due");
            assert_eq!(shown["deadline"]["agrees"], true);
        }
    });
}

/// A second stand, which has seen the office once, checks the papers of the first with no network.
fn another_stand_verifies(day: &Day) {
    let folder = day.folder.path().join("other");
    let other = Stand::enrolled(&folder, &day.office, &day.proxy.url(), "otro");
    other.sync();
    day.proxy.set(Vec::new(), Link::Swallows);
    let before = day.proxy.connections();
    let device = day.office.request(day.filed[0].1["folio"].as_str().unwrap())["device"].clone();
    let sample: Vec<&(String, Value)> = day.filed.iter().step_by(2).collect();
    for_each(&sample, |(line, answer)| {
        let verdict = other.run(&["verify", answer["receipt"].as_str().unwrap()]).expect_code(0).answer();
        assert_eq!((&verdict["verdict"], &verdict["copy"]), (&json!("genuine"), &json!(false)));
        assert_eq!((&verdict["folio"], &verdict["seq"]), (&answer["folio"], &answer["seq"]));
        assert_eq!((&verdict["device"], &verdict["kind"]), (&device, &parsed(line)["kind"]));
    });
    assert_eq!(day.proxy.connections(), before, "verifying asks no network");
    day.proxy.set(Vec::new(), Link::Passes);
}
