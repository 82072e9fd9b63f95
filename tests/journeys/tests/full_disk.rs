//! A stand on a disk that is nearly full, on a small file system of its own: it says so before a line is begun, keeps
//! what it has, and takes the line once there is room.
#![allow(clippy::unwrap_used)]

use std::process::Command;

use journeys::{Office, Stand, requests, run};
use serde_json::json;

/// Recorded by a stand on a file system with a little more room than a form must find, then on the same one
/// filled up, then with room again.
const SCRIPT: &str = r#"
mount -t tmpfs -o size=80m,mode=700 small "$1"
cp -r "$2/." "$1"
record() { code=0; printf '%s\n' "$4" | "$3" --json --data "$1" record request || code=$?; echo "$code"; }
record "$@"
head -c 20m /dev/zero > "$1/ballast"
record "$1" "$2" "$3" "$5"
"$3" --json --data "$1" ledger verify
rm "$1/ballast"
record "$1" "$2" "$3" "$5"
"#;

#[test]
fn a_stand_whose_disk_is_nearly_full_says_so_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let office = Office::init(&folder.path().join("office"));
    let serving = office.serve();
    let stand = Stand::enrolled(&folder.path().join("stand"), &office, &serving.url(), "lleno");
    serving.stop().expect_code(0);
    let small = folder.path().join("small");
    std::fs::create_dir(&small).unwrap();

    // A mount of its own, which ends with the process.
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--mount", "sh", "-eu", "-c", SCRIPT, "sh"]);
    command.arg(&small).arg(&stand.folder).arg(journeys::program("terreno")).args(&requests()[..2]);
    let done = run(command, b"").expect_code(0);
    let lines = done.lines();
    let [first, exit_first, refused, exit_refused, verified, second, exit_second] = lines.as_slice() else {
        panic!("{}\n{}", done.out, done.err);
    };
    assert_eq!((exit_first, exit_refused, exit_second), (&json!(0), &json!(8), &json!(0)), "{}", done.err);
    assert_eq!(refused["error"]["code"], "disk_full");
    assert!(refused["error"]["reason"].as_str().unwrap().ends_with('.'));
    assert_eq!(verified["entries"], 3, "the ledger's beginning, an outing, a request: {verified}");
    assert_eq!((&first["seq"], &second["seq"]), (&json!(3), &json!(4)));
}
