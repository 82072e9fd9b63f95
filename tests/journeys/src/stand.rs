//! A stand: its folder and its commands; and its ledger as the bytes that it would push.

use std::path::{Path, PathBuf};
use std::process::Command;

use ed25519_dalek::SigningKey;
use ledger::{Identity, Ledger};
use serde_json::Value;
use wire::Epoch;
use wire::enrol::{EnrolAnswer, Enrolment};
use wire::push::Push;

use crate::process::command;
use crate::{Done, Office, program, run};

/// A stand in a folder.
#[derive(Clone)]
pub struct Stand {
    /// Its folder.
    pub folder: PathBuf,
    logs: bool,
}

impl Stand {
    /// The stand that is, or will be, in a folder.
    pub fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), logs: false }
    }

    /// The same stand, telling everything that it can on standard error.
    #[must_use]
    pub fn logging(self) -> Self {
        Self { logs: true, ..self }
    }

    /// Makes and enrols a stand.
    #[track_caller]
    pub fn enrolled(folder: &Path, office: &Office, url: &str, label: &str) -> Self {
        let stand = Self::at(folder);
        stand.run(&["enrol", "--central", url, "--code", &office.invite(label)]).expect_code(0);
        stand
    }

    /// A command that answers in JSON.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = command(program("terreno").as_os_str(), &["--json"]);
        command.arg("--data").arg(&self.folder).args(args);
        command.env("TERRENO_LOG", if self.logs { "trace" } else { "off" });
        command
    }

    /// Runs a command to its end.
    #[track_caller]
    pub fn run(&self, args: &[&str]) -> Done {
        run(self.command(args), b"")
    }

    /// Records lines.
    #[track_caller]
    pub fn record(&self, what: &str, lines: &[String]) -> Done {
        run(self.command(&["record", what]), joined(lines).as_bytes())
    }

    /// Reconciles, expecting it to end well.
    #[track_caller]
    pub fn sync(&self) -> Value {
        self.run(&["sync"]).expect_code(0).answer()
    }

    /// Checks every chain of the stand.
    #[track_caller]
    pub fn verified(&self) -> Value {
        self.run(&["ledger", "verify"]).expect_code(0).answer()
    }
}

/// Lines with their breaks.
pub(crate) fn joined(lines: &[String]) -> String {
    lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect()
}

/// A stand's certificates and its newest ledger.
fn opened(stand: &Stand) -> (Enrolment, Ledger) {
    let kept = std::fs::read(stand.folder.join("enrolment.cbor")).unwrap();
    let device = EnrolAnswer::open_kept(&kept).unwrap();
    let identity = Identity {
        office: device.device.office,
        device: device.device.device,
        certificate: device.device_bytes.clone(),
    };
    let (ledger, _) = Ledger::open(&stand.folder.join("ledger/ledger.db"), identity).unwrap();
    (device, ledger)
}

/// The kinds of the newest ledger's entries, in order.
pub fn entry_kinds(stand: &Stand) -> Vec<u16> {
    let (_, ledger) = opened(stand);
    let (epoch, ..) = ledger.head().unwrap();
    let chunk = ledger.chunk(epoch, 0, usize::MAX, usize::MAX).unwrap().unwrap();
    chunk.entries.iter().map(|entry| entry.kind.0).collect()
}

/// The newest ledger of a stand, as `count` signed pushes of about as many entries each.
pub fn pushes(stand: &Stand, count: usize) -> Vec<Vec<u8>> {
    let (device, ledger) = opened(stand);
    let key = std::fs::read(stand.folder.join("device.key")).unwrap();
    let key = SigningKey::from_bytes(&key.try_into().unwrap());
    let (epoch, total, _): (Epoch, u64, _) = ledger.head().unwrap();
    let total = usize::try_from(total).unwrap();
    let cuts: Vec<usize> = (0..=count).map(|n| total * n / count).collect();
    cuts.windows(2)
        .map(|ends| {
            let (from, entries) = (u64::try_from(ends[0]).unwrap(), ends[1] - ends[0]);
            let chunk = ledger.chunk(epoch, from, usize::MAX, entries).unwrap().unwrap();
            let push = Push {
                office: device.device.office,
                device: device.device.device,
                epoch,
                from: chunk.from,
                previous: chunk.previous,
                entries: chunk.entries.iter().map(Into::into).collect(),
                head: chunk.head,
            };
            push.sign(&key)
        })
        .collect()
}
