//! Both programs killed as they enter each call that writes, syncs, renames, shortens or removes, in a scripted small
//! day; then started again. Nothing is lost, nothing is there twice, and no receipt was given without its record.
//!
//! A share of the points is drawn for the gate; `OIRS_KILL=all cargo test -p journeys --test kill` takes every one,
//! and `OIRS_PROGRAMS` names the programs that are killed, those of a release for one.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stderr
)]

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use journeys::{
    Done, Errors, HttpAnswer, Kill, Office, Point, Proxy, Running, Serving, Stand, at_each, encounters,
    points_of, post, pushes, requests, run, selected, strace,
};
use serde_json::{Value, json};

/// Points in the gate: of a stand's, which cost a whole day each, a quarter; of an office's, all.
const STAND_SHARE: usize = 90;
const CENTRAL_SHARE: usize = 400;
const REQUESTS: usize = 6;

/// One process of the small day.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    Enrol,
    Outing,
    Requests,
    Encounter,
    Sync,
    SyncAgain,
}

const DAY: [Step; 6] =
    [Step::Enrol, Step::Outing, Step::Requests, Step::Encounter, Step::Sync, Step::SyncAgain];

struct Small<'a> {
    stand: Stand,
    url: &'a str,
    code: String,
    trace: PathBuf,
}

impl<'a> Small<'a> {
    fn new(folder: &Path, office: &Office, url: &'a str, label: &str) -> Self {
        let stand = Stand::at(&folder.join(label));
        Self { stand, url, code: office.invite(label), trace: folder.join(format!("{label}.trace")) }
    }

    fn run(&self, step: Step, kill: Option<Kill<'_>>) -> Done {
        let args: &[&str] = match step {
            Step::Enrol => &["enrol", "--central", self.url, "--code", &self.code],
            Step::Outing => &["outing", "open", "--comuna", "11303", "--place", "Plaza"],
            Step::Requests => &["record", "request"],
            Step::Encounter => &["record", "encounter"],
            Step::Sync | Step::SyncAgain => &["sync"],
        };
        let input = match step {
            Step::Requests => requests()[..REQUESTS].join("\n"),
            Step::Encounter => encounters()[0].clone(),
            _ => String::new(),
        };
        let command = self.stand.command(args);
        let command =
            kill.map_or_else(|| self.stand.command(args), |kill| strace(&command, kill, &self.trace));
        run(command, input.as_bytes())
    }

    /// After a kill: what was begun is done again, and may turn out to have been done.
    fn run_again(&self, step: Step) -> Done {
        let done = self.run(step, None);
        let done_before = match step {
            Step::Enrol => "already_enrolled",
            Step::Outing => "outing_open",
            _ => return done.expect_code(0),
        };
        let is_done_before = done.code == Some(2) && done.errors()[0]["code"] == done_before;
        assert!(done.code == Some(0) || is_done_before, "{done:?}");
        done
    }

    fn genuine(&self, answer: &Value) {
        let receipt = answer["receipt"].as_str().unwrap();
        let verdict = self.stand.run(&["verify", receipt]).expect_code(0).answer();
        assert_eq!((&verdict["folio"], &verdict["seq"]), (&answer["folio"], &answer["seq"]));
    }
}

/// A day in which one process is killed. Whether the point was reached.
fn small_day(small: &Small<'_>, office: &Office, label: &str, at: Step, point: &Point) -> bool {
    let (mut reached, mut told) = (false, Vec::new());
    for step in DAY {
        if step != at {
            let done = small.run(step, None).expect_code(0);
            if step == Step::Requests {
                told = done.lines();
            }
            continue;
        }
        let killed = small.run(step, Some(Kill::At(point)));
        reached = killed.signal == Some(9);
        assert!(reached || killed.code == Some(0), "{label}: {killed:?}");
        if reached {
            let before = killed.lines();
            if small.stand.folder.join("enrolment.cbor").exists() {
                small.stand.verified();
            }
            if step == Step::Requests {
                for answer in &before {
                    small.genuine(answer);
                }
            }
            let again = small.run_again(step);
            if step == Step::Requests {
                told = again.lines();
                for (first, copy) in before.iter().zip(&told) {
                    assert_same(first, copy, label);
                    assert_eq!(copy["copy"], true, "{label}: a receipt without its record");
                }
                // What was told before stays what the citizen holds.
                told.splice(..before.len(), before);
            }
        } else if step == Step::Requests {
            told = killed.lines();
        }
    }

    // Everything once more: nothing new comes of it.
    let again = small.run(Step::Requests, None).expect_code(0).lines();
    assert_eq!((again.len(), told.len()), (REQUESTS, REQUESTS), "{label}");
    for (first, copy) in told.iter().zip(&again) {
        assert_same(first, copy, label);
        assert_eq!(copy["copy"], true, "{label}");
    }
    assert_eq!(small.run(Step::Encounter, None).expect_code(0).answer()["copy"], true, "{label}");
    let idle = small.stand.sync();
    assert_eq!((&idle["sent"], &idle["held"]), (&json!(0), &json!(0)), "{label}: {idle}");
    let verified = small.stand.verified();
    assert_eq!(verified["epochs"], 1, "{label}: {verified}");
    // The ledger's beginning, the outing, the requests and the encounter.
    assert_eq!(verified["entries"], REQUESTS + 3, "{label}: {verified}");
    let mut held: Vec<String> = Vec::new();
    for line in office.requests().iter().filter(|line| line["device_label"] == label) {
        assert_eq!(line["quarantined"], false, "{label}: {line}");
        held.push(line["folio"].as_str().unwrap().to_owned());
    }
    let mut filed: Vec<String> = told.iter().map(|a| a["folio"].as_str().unwrap().to_owned()).collect();
    held.sort_unstable();
    filed.sort_unstable();
    assert_eq!(held, filed, "{label}: central holds each exactly once");
    reached
}

fn assert_same(first: &Value, copy: &Value, label: &str) {
    for same in ["id", "folio", "epoch", "seq", "captured_at", "due_on", "due_on_legal"] {
        assert_eq!(first[same], copy[same], "{same} after {label}");
    }
}

/// An office of its own for each day: an address that enrols dozens of stands in a minute is rightly refused.
fn with_office<T>(folder: &Path, label: &str, work: impl FnOnce(&Office, &Small<'_>) -> T) -> T {
    let folder = folder.join(label);
    fs::create_dir(&folder).unwrap();
    let office = Office::init(&folder.join("office"));
    let serving = office.serve();
    let url = serving.url();
    let done = work(&office, &Small::new(&folder, &office, &url, label));
    serving.stop().expect_code(0);
    fs::remove_dir_all(&folder).unwrap();
    done
}

#[test]
fn a_stand_killed_at_any_call_loses_nothing_and_has_nothing_twice() {
    let folder = tempfile::tempdir().unwrap();
    let points: Vec<(Step, Point)> = with_office(folder.path(), "counting", |_, small| {
        let points = DAY.into_iter().flat_map(|step| {
            small.run(step, Some(Kill::Nowhere)).expect_code(0);
            let trace = fs::read_to_string(&small.trace).unwrap();
            points_of(&trace).into_iter().map(move |point| (step, point))
        });
        points.collect()
    });
    let all = points.len();
    assert!(all > 150, "{all} calls in a whole day: is everything traced?");
    let points = selected(points, STAND_SHARE);
    let reached = at_each(&points, |(step, point)| {
        let label = format!("{step:?}-{}-{}", point.call, point.nth);
        with_office(folder.path(), &label, |office, small| small_day(small, office, &label, *step, point))
    });
    eprintln!("terreno: killed at {reached} of {} points, of {all} in the day", points.len());
    assert!(reached * 4 >= points.len() * 3, "{reached} of {} points were reached", points.len());
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// A stand that the office has invited, and the way to it: an office that is started again has another port.
struct Newcomer<'a> {
    stand: Stand,
    code: &'a str,
    way: Proxy,
}

impl Newcomer<'_> {
    fn enrol(&self, address: SocketAddr) -> Done {
        self.way.turn_to(address);
        self.stand.run(&["enrol", "--central", &self.way.url(), "--code", self.code])
    }

    /// After the office was killed: enrols again, which may turn out to have been done, and has a request taken in.
    fn goes_on(&self, address: SocketAddr, label: &str) -> String {
        let again = self.enrol(address);
        let is_done_before = again.code == Some(2) && again.errors()[0]["code"] == "already_enrolled";
        assert!(again.code == Some(0) || is_done_before, "{label}: {again:?}");
        let filed = self.stand.record("request", &requests()[10..11]).expect_code(0).answer();
        assert_eq!(self.stand.sync()["held"], 0, "{label}");
        filed["folio"].as_str().unwrap().to_owned()
    }
}

/// A newcomer enrols, and another stand sends two pushes, each of which is opened; until the service is told to stop
/// or is killed.
fn office_day(
    office: &Office,
    newcomer: &Newcomer<'_>,
    pushes: &[Vec<u8>],
    entries: usize,
    kill: Kill<'_>,
    trace: &Path,
) -> (Vec<HttpAnswer>, Done) {
    let mut command = strace(&office.serve_command(), kill, trace);
    command.env("OIRS_LOG", "info");
    let mut process = Running::start(command, &Errors::AmongLines);
    let mut answers = Vec::new();
    let mut address = None;
    while address.is_none() {
        let Some(line) = process.line() else { break };
        address = line.strip_prefix("listening http://").map(|text| text.parse().unwrap());
    }
    if let Some(address) = address {
        newcomer.enrol(address);
        let mut opened = 0;
        for (n, push) in pushes.iter().enumerate() {
            let Ok(answer) = post(address, "/v1/push", push) else { break };
            answers.push(answer);
            while opened < entries * (n + 1) / pushes.len() {
                let Some(line) = process.line() else { break };
                let tried = line.split("tried=").nth(1).and_then(|rest| rest.split_whitespace().next());
                opened += tried.map_or(0, |tried| tried.parse::<usize>().unwrap());
            }
        }
    }
    let serving = Serving { process, address: address.unwrap_or(([127, 0, 0, 1], 0).into()) };
    (answers, serving.stop())
}

#[test]
fn a_central_office_killed_at_any_call_keeps_what_it_signed() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let office = Office::init(&at("office"));
    let serving = office.serve();
    let stand = Stand::enrolled(&at("stand"), &office, &serving.url(), "uno");
    let filed = stand.record("request", &requests()[..10]).expect_code(0).lines();
    let code = office.invite("dos");
    serving.stop().expect_code(0);
    let pushes = pushes(&stand, 2);
    let entries = 12;
    let folios: Vec<&str> = filed.iter().map(|answer| answer["folio"].as_str().unwrap()).collect();
    let newcomer = |name: &str| Newcomer {
        stand: Stand::at(&at(&format!("{name}.dos"))),
        code: &code,
        way: Proxy::to(([127, 0, 0, 1], 0).into()),
    };

    copy_folder(&at("office"), &at("counting"));
    let (counted, trace) = (Office::at(&at("counting")), at("counting.trace"));
    let (answers, done) =
        office_day(&counted, &newcomer("counting"), &pushes, entries, Kill::Nowhere, &trace);
    assert!(answers.len() == 2 && done.code == Some(0), "{done:?}");
    let points = points_of(&fs::read_to_string(&trace).unwrap());
    let all = points.len();
    assert!(all > 80, "{all} calls in an office's day: is everything traced?");

    let points = selected(points, CENTRAL_SHARE);
    let reached = at_each(&points, |point| {
        let label = format!("{}-{}", point.call, point.nth);
        let (data, trace) = (at(&label), at(&format!("{label}.trace")));
        copy_folder(&at("office"), &data);
        let office = Office::at(&data);
        let newcomer = newcomer(&label);
        let (before, done) = office_day(&office, &newcomer, &pushes, entries, Kill::At(point), &trace);
        let reached = done.signal == Some(9);
        assert!(reached || done.code == Some(0), "{label}: {done:?}");

        let serving = office.serve();
        for _ in 0..2 {
            let after: Vec<HttpAnswer> =
                pushes.iter().map(|push| post(serving.address, "/v1/push", push).unwrap()).collect();
            assert!(after.iter().all(|answer| answer.status == 200), "{label}: {after:?}");
            assert_eq!(before, after[..before.len()], "{label}: what was signed stays signed");
        }
        let first = newcomer.goes_on(serving.address, &label);
        let list = office.requests();
        let mut held: Vec<&str> = list.iter().map(|line| line["folio"].as_str().unwrap()).collect();
        let mut filed = [folios.as_slice(), &[first.as_str()]].concat();
        held.sort_unstable();
        filed.sort_unstable();
        assert_eq!(held, filed, "{label}: each exactly once");
        assert!(list.iter().all(|line| line["quarantined"] == false), "{label}");
        office.run(&["doctor"]).expect_code(0);
        serving.stop().expect_code(0);
        fs::remove_dir_all(&data).unwrap();
        reached
    });
    eprintln!("oirs-central: killed at {reached} of {} points, of {all} in all", points.len());
    assert!(reached * 4 >= points.len() * 3, "{reached} of {} points were reached", points.len());
}
