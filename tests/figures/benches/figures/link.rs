//! What a field day costs on the link: bytes a record, requests, and a sync with nothing to do.
//!
//! Bytes of HTTP are what the stand itself counts, heads included. What TLS adds depends on the certificates of the
//! office and is counted apart, on the wire.

use std::path::Path;

use serde_json::Value;

use crate::processes::{Programs, feed, field_day, json, without_id};
use crate::stats::Samples;
use crate::table::{Goal, Table};
use crate::wire_count::Counting;

/// The same day filed anew: what differs is chance in what is sealed and signed.
const DAYS: usize = 5;

pub(crate) fn run(programs: &Programs, table: &mut Table) {
    let dir = tempfile::tempdir().unwrap();
    let certificate = Certificate::make(dir.path());
    let office = programs.office_over(dir.path(), &certificate.serve(), "https");
    let day = field_day();
    let records = day.len() as f64;
    let as_json = day.iter().map(String::len).sum::<usize>() as f64 / records;
    let number = |answer: &Value, name: &str| answer[name].as_u64().unwrap() as f64;

    let (mut share, mut idle_requests, mut idle_bytes) = (Samples::new(), Samples::new(), Samples::new());
    let (mut tls, mut idle_tls, mut http) = (Samples::new(), Samples::new(), Samples::new());
    for n in 0..DAYS {
        let link = Counting::to(&office.address);
        let trusting = |mut command: std::process::Command| {
            command.env("SSL_CERT_FILE", &certificate.path);
            command
        };
        let data = dir.path().join(format!("day-{n}"));
        let url = format!("https://{}", link.address);
        let code = office.code(&format!("day-{n}"));
        json(trusting(programs.terreno(&data)).args(["enrol", "--central", &url, "--code", &code]));
        let sync = || {
            let before = link.bytes();
            let answer = json(trusting(programs.terreno(&data)).arg("sync"));
            let bytes = number(&answer, "bytes_up") + number(&answer, "bytes_down");
            (bytes, (link.bytes() - before) as f64 - bytes, number(&answer, "requests"))
        };
        feed(programs.terreno(&data).args(["record", "request"]), &day);
        let (bytes, over, _) = sync();
        share.push(bytes / records / as_json);
        http.push(bytes / records);
        tls.push(over / records);
        let (bytes, over, requests) = sync();
        idle_requests.push(requests);
        idle_bytes.push(bytes);
        idle_tls.push(over);
    }
    let beside = format!(
        "{http:.0} B beside {as_json:.0} B of JSON, {records} records; TLS apart: {tls:.1} B a record"
    );
    table.row("HTTP bytes both ways a record / minified JSON", &share, 3, Goal::AtMost(0.6), &beside);
    table.row("a sync with nothing to do, requests", &idle_requests, 0, Goal::AtMost(1.0), "");
    let beside = format!("CouchDB replication 2,542 B; TLS apart: {idle_tls:.0} B, handshake included");
    table.row("a sync with nothing to do, HTTP bytes", &idle_bytes, 0, Goal::Below(400.0), &beside);

    let plain = programs.office(&dir.path().join("plain"), &[]);
    let thousand: Vec<String> = (0..5).flat_map(|_| day.iter().map(|line| without_id(line))).collect();
    let mut requests = Samples::new();
    for n in 0..3 {
        let data = plain.enrol(dir.path(), &format!("thousand-{n}"));
        feed(programs.terreno(&data).args(["record", "request"]), &thousand);
        requests.push(number(&json(programs.terreno(&data).arg("sync")), "requests"));
    }
    let beside = "form by form: 2,000";
    table.row("requests to the server a 1,000 records", &requests, 0, Goal::AtMost(10.0), beside);
}

/// A certificate for loopback, trusted by the stands of this run.
struct Certificate {
    path: std::path::PathBuf,
    key: std::path::PathBuf,
}

impl Certificate {
    fn make(dir: &Path) -> Self {
        let made = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).unwrap();
        let (path, key) = (dir.join("tls.pem"), dir.join("tls.key"));
        std::fs::write(&path, made.cert.pem()).unwrap();
        std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
        Self { path, key }
    }

    fn serve(&self) -> [&str; 4] {
        ["--tls-cert", self.path.to_str().unwrap(), "--tls-key", self.key.to_str().unwrap()]
    }
}
