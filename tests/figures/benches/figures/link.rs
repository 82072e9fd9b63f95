//! What a field day costs on the link: bytes a record, requests, and a sync with nothing to do.

use serde_json::Value;

use crate::processes::{Programs, feed, field_day, json};
use crate::stats::line;

pub(crate) fn run(programs: &Programs) {
    let dir = tempfile::tempdir().unwrap();
    let office = programs.office(dir.path(), &[]);
    let day = field_day();
    let number = |answer: &Value, name: &str| answer[name].as_u64().unwrap();

    let stand = office.enrol(dir.path(), "one-day");
    feed(programs.terreno(&stand).args(["record", "request"]), &day);
    let first = json(programs.terreno(&stand).arg("sync"));
    let bytes = (number(&first, "bytes_up") + number(&first, "bytes_down")) as f64 / day.len() as f64;
    let json_bytes = day.iter().map(String::len).sum::<usize>() as f64 / day.len() as f64;
    line(
        "HTTP bytes both ways per record / its minified JSON",
        &format!("{:.3}", bytes / json_bytes),
        "≤ 0.600",
        &format!("{bytes:.0} B beside {json_bytes:.0} B of JSON; {} records, plain HTTP", day.len()),
    );
    let idle = json(programs.terreno(&stand).arg("sync"));
    let idle_bytes = number(&idle, "bytes_up") + number(&idle, "bytes_down");
    line("a sync with nothing to do, requests", &number(&idle, "requests").to_string(), "1", "");
    line(
        "a sync with nothing to do, HTTP bytes",
        &idle_bytes.to_string(),
        "< 400",
        "CouchDB replication: 2,542 B",
    );

    let stand = office.enrol(dir.path(), "five-days");
    let thousand: Vec<String> = (0..5).flat_map(|_| day.iter().map(|line| without_id(line))).collect();
    feed(programs.terreno(&stand).args(["record", "request"]), &thousand);
    let all = json(programs.terreno(&stand).arg("sync"));
    line(
        "requests to the server per 1,000 records",
        &number(&all, "requests").to_string(),
        "≤ 10",
        "form per form submission: 2,000",
    );
}

fn without_id(line: &str) -> String {
    let mut value: Value = serde_json::from_str(line).unwrap();
    value.as_object_mut().unwrap().remove("id");
    value.to_string()
}
