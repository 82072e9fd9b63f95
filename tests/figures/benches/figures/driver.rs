//! The few words of WebDriver that filing a thousand requests through the real form takes.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

const ANSWER_TIME_MAX: Duration = Duration::from_mins(5);
const READY_TIME_MAX: Duration = Duration::from_secs(30);

/// A program whose windows are driven; ends with the value.
pub(crate) struct Driven {
    driver: Child,
    address: SocketAddr,
    session: String,
}

impl Driven {
    pub(crate) fn start(program: &Path, args: &[&str]) -> Self {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let driver = Command::new("WebKitWebDriver")
            .args([&format!("--port={port}"), "--host=127.0.0.1"])
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .envs(crate::windows::ALONE)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let begun = Instant::now();
        while TcpStream::connect(address).is_err() {
            assert!(begun.elapsed() < READY_TIME_MAX, "WebKitWebDriver did not start");
            std::thread::yield_now();
        }
        let options = json!({"binary": program, "args": args});
        let limits = json!({"script": 300_000});
        let wanted = json!({"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options, "timeouts": limits}}});
        let answer = ask(address, "POST", "/session", &wanted);
        let session = answer["sessionId"].as_str().unwrap().to_owned();
        Self { driver, address, session }
    }

    /// The program's process: the driver's only child.
    pub(crate) fn pid(&self) -> u32 {
        let pid = self.driver.id();
        let children = std::fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap();
        children.split_whitespace().next().unwrap().parse().unwrap()
    }

    /// Runs a script that calls its last argument when it is done.
    pub(crate) fn run(&self, script: &str, args: &Value) -> Value {
        self.post("execute/async", &json!({"script": script, "args": args}))
    }

    /// Turns to the window whose page is so called, once there is one.
    pub(crate) fn turn_to(&self, page: &str) {
        let begun = Instant::now();
        loop {
            assert!(begun.elapsed() < READY_TIME_MAX, "no window of {page}");
            let handles =
                ask(self.address, "GET", &format!("/session/{}/window/handles", self.session), &Value::Null);
            for handle in handles.as_array().unwrap() {
                self.post("window", &json!({"handle": handle}));
                let place =
                    self.post("execute/sync", &json!({"script": "return location.pathname", "args": []}));
                if place.as_str().is_some_and(|place| place.contains(page)) {
                    return;
                }
            }
        }
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Value {
        ask(self.address, "POST", &format!("/session/{}/{path}", self.session), body)
    }
}

impl Drop for Driven {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            ask(self.address, "DELETE", &format!("/session/{}", self.session), &Value::Null);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

fn ask(address: SocketAddr, method: &str, path: &str, body: &Value) -> Value {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(ANSWER_TIME_MAX)).unwrap();
    let length = body.len();
    write!(stream, "{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}")
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{method} {path}: {answer}");
    serde_json::from_str::<Value>(body).unwrap()["value"].clone()
}
