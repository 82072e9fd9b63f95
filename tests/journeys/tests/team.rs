//! People, roles and the way back in: two people at one stand, a lock-out, a restart in the middle, and a telephone
//! call to a real central office. Then one outing of two stands with no network between them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use std::path::Path;

use journeys::{Done, Office, Stand, encounters};
use serde_json::Value;

/// A file with a PIN, as a command takes it.
fn pin(folder: &Path, digits: &str) -> String {
    let path = folder.join(format!("pin-{digits}"));
    std::fs::write(&path, digits).unwrap();
    path.to_str().unwrap().to_owned()
}

#[track_caller]
fn failed(done: Done, exit: i32, code: &str) {
    let done = done.expect_code(exit);
    let error: Value = serde_json::from_str(done.err.lines().next().unwrap()).unwrap();
    assert_eq!(error["code"], code, "{error}");
}

#[test]
fn two_people_a_lock_out_and_a_call_to_the_office() {
    let folder = tempfile::tempdir().unwrap();
    let office = Office::init(&folder.path().join("office"));
    let serving = office.serve();
    let stand = Stand::at(&folder.path().join("stand"));
    let [leader, member, wrong, fresh] =
        ["482193", "9731", "0000", "24680"].map(|digits| pin(folder.path(), digits));
    let as_leader = |args: &[&str]| stand.run(&[args, &["--person", "J-1", "--pin-file", &leader]].concat());
    let as_member = |args: &[&str]| stand.run(&[args, &["--person", "t-2", "--pin-file", &member]].concat());
    let enrol = ["enrol", "--central", &serving.url(), "--code", &office.invite("Puesto 1")];
    stand.run(&[&enrol[..], &["--person", "j-1", "--new-pin-file", &leader]].concat()).expect_code(0);
    as_leader(&["team", "add", "T-2", "--new-pin-file", &member]).expect_code(0);
    let open = ["outing", "open", "--comuna", "11303", "--place", "Plaza", "--team", "T-2", "J-1"];
    failed(stand.run(&open), 2, "pin_needed");
    let opened = as_member(&open).expect_code(0).answer();
    assert_eq!(opened["team"], serde_json::json!(["T-2", "J-1"]));
    for leaders in [&["outing", "close"][..], &["printer", "none"], &["team", "remove", "J-1"]] {
        failed(as_member(leaders), 2, "leader_needed");
    }
    as_member(&["sync"]).expect_code(0);

    // Whoever is alone with the keyboard: each command is a process of its own, and the count goes on over all.
    let guess = || stand.run(&["sync", "--person", "J-1", "--pin-file", &wrong]);
    failed(guess(), 2, "pin_wrong");
    failed(guess(), 2, "pin_wrong");
    failed(guess(), 2, "pin_wrong");
    failed(guess(), 2, "pin_delayed");
    failed(as_leader(&["sync"]), 2, "pin_delayed");
    as_member(&["sync"]).expect_code(0);
    stand.record("encounter", &encounters()[..1]).expect_code(0);

    // The leader calls. What is read out and back is all that passes.
    let asked = stand.run(&["pin", "challenge"]).expect_code(0).answer();
    let challenge = asked["challenge"].as_str().unwrap();
    assert_eq!(asked["person"], "J-1");
    let unlock = |challenge: &str, person: &str| {
        office.run(&["device", "unlock", "Puesto 1", challenge, "--person", person])
    };
    failed(unlock("0000-0000", "J-1"), 2, "unlock_code");
    let spoken = challenge.to_lowercase().replace('-', " ");
    let for_another = unlock(&spoken, "T-2").expect_code(0).answer()["response"].as_str().unwrap().to_owned();
    let response = unlock(&spoken, "j-1").expect_code(0).answer()["response"].as_str().unwrap().to_owned();
    let answer = |response: &str| stand.run(&["pin", "unlock", response, "--new-pin-file", &fresh]);
    failed(answer(&for_another), 2, "response_wrong");
    failed(answer(challenge), 2, "unlock_code");
    assert_eq!(
        stand.run(&["pin", "challenge"]).expect_code(0).answer(),
        asked,
        "asked again after a restart"
    );
    assert_eq!(answer(&response).expect_code(0).answer()["person"], "J-1");
    failed(answer(&response), 2, "no_challenge");
    failed(as_leader(&["sync"]), 2, "pin_wrong");
    stand.run(&["outing", "close", "--person", "J-1", "--pin-file", &fresh]).expect_code(0);
    stand.run(&["sync", "--pin-file", &fresh]).expect_code(0);
    let log = office.run(&["device", "unlocks"]).expect_code(0).lines();
    let people: Vec<&str> = log.iter().map(|line| line["person"].as_str().unwrap()).collect();
    assert_eq!(people.len(), 2);
    assert!(people.contains(&"J-1") && people.contains(&"T-2"));
    assert_eq!(office.run(&["requests", "list"]).expect_code(0).lines().len(), 0, "nothing was opened by it");

    office.run(&["device", "revoke", "Puesto 1"]).expect_code(0);
    failed(unlock(challenge, "J-1"), 3, "revoked_device");
    stand.verified();
}

#[test]
fn two_stands_share_an_outing_without_a_network() {
    let folder = tempfile::tempdir().unwrap();
    let office = Office::init(&folder.path().join("office"));
    let serving = office.serve();
    let at = |name: &str| Stand::enrolled(&folder.path().join(name), &office, &serving.url(), name);
    let (first, second, late) = (at("uno"), at("dos"), at("tres"));
    for stand in [&first, &second] {
        stand.run(&["sync"]).expect_code(0);
    }
    serving.stop();
    let open = ["outing", "open", "--comuna", "11303", "--place", "Feria", "--goal", "80", "--team", "T-1"];
    let opened = first.run(&open).expect_code(0).answer();
    let code = first.run(&["outing", "share"]).expect_code(0).answer()["code"].as_str().unwrap().to_owned();
    let joined = second.run(&["outing", "join", &code]).expect_code(0).answer();
    assert_eq!((&joined["signer"], &joined["other_day"]), (&"genuine".into(), &false.into()));
    for shared in ["token", "place", "comuna", "goal", "team"] {
        assert_eq!(joined[shared], opened[shared], "{shared}");
    }
    // The third has never synced: it knows nobody.
    failed(late.run(&["outing", "join", &code]), 9, "outing_signer_unknown");
    let trusted = late.run(&["outing", "join", &code, "--unknown-signer"]).expect_code(0).answer();
    assert_eq!(trusted["signer"], "unknown_signer");
    let altered = format!("{}{}", if code.starts_with('Q') { "R" } else { "Q" }, &code[1..]);
    failed(second.run(&["outing", "join", &altered]), 5, "not_an_outing");
    for stand in [first, second, late] {
        stand.record("encounter", &encounters()[..2]).expect_code(0);
        assert_eq!(stand.run(&["outing", "close"]).expect_code(0).answer()["token"], opened["token"]);
        stand.verified();
    }
}
