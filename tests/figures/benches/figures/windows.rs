//! The stand's window beside an empty Tauri window of the same size: how soon it can be used, and what it holds in
//! memory after a thousand requests went through its form.
//!
//! Both say that they can be used in the same way: the page gives itself another title once it stands, and the
//! program writes that down. The empty peer is `src-tauri/examples/empty_windows.rs`.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::driver::Driven;
use crate::processes::{Programs, build, feed, field_day, json as said};
use crate::stats::Samples;
use crate::table::{Goal, Table};
use crate::tree;

const SHELL: &str = "oirs-en-terreno";
const PEER: &str = "empty_windows";
const STARTS: usize = 25;
const DAYS: usize = 3;
const CAPTURES: usize = 1_000;
/// No session bus: else each of them starts a desktop's portals, and the machine is busy with those.
pub(crate) const ALONE: [(&str, &str); 1] = [("DBUS_SESSION_BUS_ADDRESS", "disabled:")];
const END_TIME_MAX: Duration = Duration::from_secs(30);

pub(crate) fn run(programs: &Programs, table: &mut Table) {
    assert!(std::env::var_os("DISPLAY").is_some(), "windows want a display: cargo xtask bench brings one");
    // First the build that can be driven, put aside: both have one name.
    build(&["--package", SHELL, "--bin", SHELL, "--features", "automation"]);
    let drivable = programs.path("oirs-en-terreno-drivable");
    std::fs::copy(programs.path(SHELL), &drivable).unwrap();
    build(&["--package", SHELL, "--bin", SHELL, "--example", PEER]);
    let dir = tempfile::tempdir().unwrap();
    let office = programs.office(dir.path(), &[]);
    let pin = dir.path().join("pin.txt");
    std::fs::write(&pin, "4821").unwrap();
    let stand = |label: &str| {
        let data = office.enrol_with(dir.path(), label, &["--new-pin-file", pin.to_str().unwrap()]);
        let outing = ["outing", "open", "--comuna", "11303", "--place", "Caleta Tortel"];
        said(programs.terreno(&data).arg("--pin-file").arg(&pin).args(outing));
        data
    };
    let peer = programs.path("examples").join(PEER);
    start(&programs.path(SHELL), &peer, &stand("start"), programs, table);
    memory(&drivable, &peer, &|n| stand(&format!("memory-{n}")), table);
}

fn start(shell: &Path, peer: &Path, data: &Path, programs: &Programs, table: &mut Table) {
    feed(programs.terreno(data).args(["record", "request"]), &field_day());
    let (mut ours, mut empty) = (Samples::new(), Samples::new());
    for run in 0..=STARTS {
        let (one, other) = (
            Shown::start(Command::new(shell).arg("--data").arg(data), 1).after_ms,
            Shown::start(Command::new(peer).arg("1"), 1).after_ms,
        );
        // The first of each fills the system's caches.
        if run > 0 {
            ours.push(one);
            empty.push(other);
        }
    }
    let beside = format!("ours {ours:.0} ms, an empty Tauri window of the same size {empty:.0} ms");
    table.row(
        "window: start to usable, more than empty, ms",
        &ours.less(&empty),
        0,
        Goal::AtMost(80.0),
        &beside,
    );
}

fn memory(drivable: &Path, peer: &Path, stand: &dyn Fn(usize) -> PathBuf, table: &mut Table) {
    let mut ours = [Samples::new(), Samples::new()];
    let mut empty = [Samples::new(), Samples::new()];
    for n in 0..DAYS {
        let data = stand(n);
        let driven = Driven::start(drivable, &["--data", data.to_str().unwrap()]);
        driven.turn_to("staff.html");
        let filed = driven.run(FILE_THROUGH_THE_FORM, &json!([CAPTURES]));
        assert_eq!(filed, json!(CAPTURES), "requests filed through the form");
        ours[0].push(tree::pss_bytes(driven.pid()) / 1e6);
        driven.run(HAND_OVER, &json!([]));
        driven.turn_to("citizen.html");
        driven.run(STANDS, &json!([]));
        ours[1].push(tree::pss_bytes(driven.pid()) / 1e6);
        drop(driven);
        for (webviews, samples) in (1..).zip(&mut empty) {
            let shown = Shown::start(Command::new(peer).arg(webviews.to_string()), webviews);
            samples.push(tree::pss_bytes(shown.child.id()) / 1e6);
        }
    }
    for (webviews, (ours, empty)) in ["one webview", "two webviews"].iter().zip(ours.iter().zip(&empty)) {
        let beside =
            format!("ours {ours:.0} MB, an empty Tauri app with {webviews} {empty:.0} MB (PSS of the tree)");
        let figure = format!("memory after 1,000 captures / empty, {webviews}");
        table.row(&figure, &ours.over(empty), 2, Goal::AtMost(1.25), &beside);
    }
}

/// A program with windows that can be used by now; ends with the value, and what it started with it.
struct Shown {
    child: Child,
    after_ms: f64,
}

impl Shown {
    fn start(command: &mut Command, windows: usize) -> Self {
        command.env("OIRS_LOG", "warn,shell=info").env("NO_COLOR", "1").envs(ALONE);
        let begun = Instant::now();
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut left = windows;
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        while left > 0 {
            let line = lines.next().unwrap_or_else(|| panic!("{command:?} ended")).unwrap();
            left -= usize::from(line.contains("titled") && line.contains('·'));
        }
        let after_ms = begun.elapsed().as_secs_f64() * 1e3;
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, after_ms }
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        let started = tree::family(self.child.id());
        let _ = self.child.kill();
        let _ = self.child.wait();
        let begun = Instant::now();
        while started.iter().any(|pid| Path::new(&format!("/proc/{pid}")).exists()) {
            assert!(begun.elapsed() < END_TIME_MAX, "a web process outlives its program");
            std::thread::yield_now();
        }
    }
}

/// Fills in and sends the team's form so many times, as a person would, and says how many were kept.
const FILE_THROUGH_THE_FORM: &str = r"
    const [wanted, done] = arguments;
    const seen = (selector) => new Promise((found) => {
        const look = () => document.querySelector(selector);
        if (look()) return found(look());
        const watch = new MutationObserver(() => { if (look()) { watch.disconnect(); found(look()); } });
        watch.observe(document.body, { childList: true, subtree: true, attributes: true });
    });
    (async () => {
        let kept = 0;
        const folios = new Set();
        while (kept < wanted) {
            const text = await seen('main [role=form] textarea');
            text.value = `Solicitud ${kept}: la posta no tiene ambulancia desde marzo, y el camino está cortado.`;
            text.dispatchEvent(new Event('input', { bubbles: true }));
            for (const value of ['reclamo', 'anonymous', 'presencial'])
                document.querySelector(`main [role=form] input[value=${value}]`).click();
            for (const box of [...document.querySelectorAll('main [role=form] input[type=checkbox]')].slice(-2)) box.click();
            // The answer to the last one may still be on its way into the day's list.
            (await seen('main [role=form] button[type=submit][aria-busy=false]')).click();
            folios.add((await seen('main [data-folio]')).textContent.trim());
            kept += 1;
            if (folios.size !== kept) return done(`${kept} requests, ${folios.size} folios`);
            dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true }));
            await seen('main [role=form]');
        }
        done(kept);
    })().catch((error) => done(String(error)));
";

const HAND_OVER: &str = r"
    const [done] = arguments;
    window.__TAURI_INTERNALS__.invoke('staff_hand_over').then(() => done(true), (error) => done(JSON.stringify(error)));
";

/// The citizen's page has its first screen.
const STANDS: &str = r"
    const [done] = arguments;
    const look = () => document.querySelector('h1') && requestAnimationFrame(() => done(true));
    if (!look()) new MutationObserver((_, watch) => { if (look()) watch.disconnect(); })
        .observe(document.body, { childList: true, subtree: true });
";
