//! The four verdicts on a receipt, from its code and from its picture, and what each ends with.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use journeys::{Office, Stand, requests};
use serde_json::{Value, json};

fn receipts(stand: &Stand) -> Vec<Value> {
    stand.record("request", &requests()[..2]).expect_code(0).lines()
}

fn code(answer: &Value) -> &str {
    answer["receipt"].as_str().unwrap()
}

#[test]
fn genuine_revoked_unknown_and_false() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let office = Office::init(&at("office"));
    let serving = office.serve();
    let uno = Stand::enrolled(&at("uno"), &office, &serving.url(), "uno");
    let dos = Stand::enrolled(&at("dos"), &office, &serving.url(), "dos");
    let filed = receipts(&uno);
    let check = |stand: &Stand, code: &str, exit: i32, verdict: &str| {
        let answer = stand.run(&["verify", code]).expect_code(exit).answer();
        assert_eq!(answer["verdict"], verdict, "{answer}");
        answer
    };

    // Each knows its own; of the other, who enrolled before it, it hears with the first sync.
    assert_eq!(check(&uno, code(&filed[0]), 0, "genuine")["folio"], filed[0]["folio"]);
    check(&dos, code(&filed[0]), 9, "unknown_signer");
    dos.sync();
    let genuine = check(&dos, code(&filed[0]), 0, "genuine");
    assert_eq!((&genuine["folio"], &genuine["copy"]), (&filed[0]["folio"], &json!(false)));
    let base32 = code(&filed[0]).rsplit('/').next().unwrap();
    check(&dos, base32, 0, "genuine");
    check(&dos, &code(&filed[0]).to_lowercase(), 0, "genuine");

    // From a picture, which is a copy's.
    for paper in ["58", "80"] {
        let picture = at(&format!("{paper}.png"));
        let picture = picture.to_str().unwrap();
        let folio = filed[1]["folio"].as_str().unwrap();
        uno.run(&["receipt", folio, "--format", "png", "--paper", paper, "--out", picture]).expect_code(0);
        let answer = dos.run(&["verify", "--image", picture]).expect_code(0).answer();
        assert_eq!(
            (&answer["verdict"], &answer["folio"], &answer["copy"]),
            (&json!("genuine"), &filed[1]["folio"], &json!(true))
        );
    }

    // Altered anywhere: false, or no receipt at all, and never anything better.
    let start = code(&filed[0]).len() - base32.len();
    for at in (start..code(&filed[0]).len()).step_by(23) {
        let mut altered = code(&filed[0]).to_owned();
        let letter = if &altered[at..=at] == "B" { "C" } else { "B" };
        altered.replace_range(at..=at, letter);
        let done = dos.run(&["verify", &altered]);
        let signer_unknown = done.code == Some(9);
        assert!(done.code == Some(5) || signer_unknown, "character {at}: {done:?}");
        if !done.out.is_empty() {
            let answer = done.answer();
            assert!(answer["folio"].is_null(), "what isn't signed states nothing: {answer}");
        }
    }
    let (first, second) = (code(&filed[0]), code(&filed[1]));
    let mixed = format!("{}{}", &first[..first.len() - 60], &second[second.len() - 60..]);
    check(&dos, &mixed, 5, "false");
    let nothing = dos.run(&["verify", "HTTPS://OIRS.EXAMPLE.CL/R/HOLA"]).expect_code(5);
    assert_eq!(nothing.errors()[0]["code"], "not_a_receipt");

    // Of another office.
    let other = Office::init(&at("other-office"));
    let other_serving = other.serve();
    let stranger = Stand::enrolled(&at("stranger"), &other, &other_serving.url(), "uno");
    check(&dos, code(&receipts(&stranger)[0]), 9, "unknown_signer");

    // Revoked: genuine papers stay what they are, with the date; the stand goes on, and what it sends is kept apart.
    let revoked = office.run(&["device", "revoke", "uno", "--reason", "se perdió"]).expect_code(0).answer();
    assert_eq!(revoked["changed"], true);
    check(&dos, code(&filed[0]), 0, "genuine");
    dos.sync();
    let verdict = check(&dos, code(&filed[0]), 10, "revoked_device");
    assert_eq!(verdict["folio"], filed[0]["folio"]);
    assert!(verdict["revoked_at"].is_string());
    uno.record("request", &requests()[2..3]).expect_code(0);
    let sync = uno.run(&["sync"]).expect_code(0).answer();
    assert_eq!((&sync["outcome"], &sync["held"]), (&json!("revoked"), &json!(0)), "{sync}");
    assert_eq!(sync["quarantined"], sync["acknowledged"]);
    check(&uno, code(&filed[0]), 10, "revoked_device");
    let list = office.run(&["requests", "list", "--quarantined"]).expect_code(0).lines();
    assert_eq!(list.len(), 3, "there is a citizen behind each");
    assert!(list.iter().all(|line| line["quarantine"] == "revoked"
        && line["due_on"].is_string() == line["due_on_legal"].is_string()));
    let again = office.run(&["device", "revoke", "uno"]).expect_code(0).answer();
    assert_eq!((&again["changed"], &again["revoked_at"]), (&json!(false), &revoked["revoked_at"]));
}
