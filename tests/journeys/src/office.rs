//! A central office: its folder, its commands, and the service.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

use rustix::process::Signal;
use serde_json::Value;

use crate::process::command;
use crate::{Done, Errors, Running, program, run};

/// A central office in a folder.
pub struct Office {
    folder: PathBuf,
}

/// Its service, while it runs. Dropping it ends it.
pub struct Serving {
    /// The process.
    pub process: Running,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Office {
    /// Makes an office.
    pub fn init(folder: &Path) -> Self {
        let office = Self::at(folder);
        office.run(&["init", "--public-url", "https://oirs.example.cl"]).expect_code(0);
        office
    }

    /// The office that is in a folder.
    pub fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// A command that answers in JSON.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = command(program("oirs-central").as_os_str(), &["--json"]);
        command.arg("--data").arg(&self.folder).args(args);
        command
    }

    /// Runs a command to its end.
    #[track_caller]
    pub fn run(&self, args: &[&str]) -> Done {
        run(self.command(args), b"")
    }

    /// Starts the service on a port of the system's choice and waits until it listens.
    #[track_caller]
    pub fn serve(&self) -> Serving {
        Serving::wait_for(Running::start(self.serve_command(), &Errors::Kept))
            .expect("the service did not start")
    }

    /// Starts the service where an earlier one listened.
    #[track_caller]
    pub fn serve_at(&self, address: &str) -> Serving {
        let command = self.command(&["serve", "--listen", address]);
        Serving::wait_for(Running::start(command, &Errors::Kept)).expect("the service did not start")
    }

    /// The same, with everything that it can log written to a file.
    #[track_caller]
    pub fn serve_logging(&self, log: &Path) -> Serving {
        let mut command = self.serve_command();
        command.env("OIRS_LOG", "trace");
        Serving::wait_for(Running::start(command, &Errors::In(log.to_owned())))
            .expect("the service did not start")
    }

    /// The service's command.
    pub fn serve_command(&self) -> Command {
        self.command(&["serve", "--listen", "127.0.0.1:0"])
    }

    /// A code with which one stand can be enrolled.
    #[track_caller]
    pub fn invite(&self, label: &str) -> String {
        let answer = self.run(&["device", "new", "--label", label]).expect_code(0).answer();
        answer["code"].as_str().unwrap().to_owned()
    }

    /// All requests that the desk sees.
    #[track_caller]
    pub fn requests(&self) -> Vec<Value> {
        self.run(&["requests", "list"]).expect_code(0).lines()
    }

    /// One request with everything about it.
    #[track_caller]
    pub fn request(&self, folio: &str) -> Value {
        self.run(&["requests", "show", folio]).expect_code(0).answer()
    }
}

impl Serving {
    /// Waits until a service that was started says where it listens; none when it ended before.
    #[track_caller]
    pub fn wait_for(mut process: Running) -> Option<Self> {
        while let Some(line) = process.line() {
            if let Some(address) = line.strip_prefix("listening http://") {
                return Some(Self { process, address: address.parse().unwrap() });
            }
        }
        None
    }

    /// The service's address, as a stand is told.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Tells the service to stop, and waits for it.
    #[track_caller]
    pub fn stop(mut self) -> Done {
        self.process.signal(Signal::TERM);
        self.process.end()
    }
}
