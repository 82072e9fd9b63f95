//! The evening: 300 people met, two outings closed with their acts, reconciled, and certified with no difference; and
//! what a lost tail, a clone and a stranger's paper look like.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use std::collections::BTreeSet;

use journeys::{Link, Office, Proxy, Stand, requests};
use serde_json::{Value, json};

const OUTCOMES: [&str; 3] = ["informed", "referred", "came_in_vain"];
const AGES: [&str; 5] = ["18-29", "30-44", "45-59", "60-64", "80+"];

/// The n-th person of the day: what came of it, and for most of them a profile.
fn encounter(n: usize) -> String {
    let outcome = OUTCOMES[n % 3];
    let mut line = json!({ "matter": format!("asunto número {n}"), "outcome": outcome });
    if outcome == "referred" {
        line["referred_to"] = "Municipalidad".into();
    }
    if !n.is_multiple_of(4) {
        line["profile"] = json!({ "age": AGES[n % 5], "topic": "vivienda" });
    }
    if n % 8 == 1 {
        let consent = json!({ "by": "persona", "text": "consentimiento-2026-11" });
        line["profile"]["gender"] = "mujer".into();
        line["profile"]["consent"] = consent;
    }
    line.to_string()
}

fn profiled(people: std::ops::Range<usize>) -> usize {
    people.filter(|n| n % 4 != 0).count()
}

fn open(stand: &Stand, place: &str) {
    open_at(stand, place, &[]);
}

fn open_at(stand: &Stand, place: &str, more: &[&str]) {
    let args = ["outing", "open", "--comuna", "11303", "--place", place];
    stand.run(&[&args, more].concat()).expect_code(0);
}

fn close(stand: &Stand) -> Value {
    let closed = stand.run(&["outing", "close"]).expect_code(0).answer();
    assert_eq!(closed["open"], false);
    closed["act"].clone()
}

/// An office, a stand behind a link, and the folder that holds both.
struct Day {
    folder: tempfile::TempDir,
    office: Office,
    stand: Stand,
    proxy: Proxy,
    _serving: journeys::Serving,
}

fn day() -> Day {
    let folder = tempfile::tempdir().unwrap();
    let office = Office::init(&folder.path().join("office"));
    let serving = office.serve();
    let proxy = Proxy::to(serving.address);
    let stand = Stand::enrolled(&folder.path().join("stand"), &office, &proxy.url(), "terreno");
    Day { folder, office, stand, proxy, _serving: serving }
}

#[test]
fn a_day_of_300_closes_with_no_difference() {
    let Day { folder, office, stand, proxy, _serving } = day();
    proxy.set(Vec::new(), Link::Swallows);
    let lines = requests();
    let mut acts = Vec::new();
    for (outing, people, filed) in
        [("Caleta Tortel", 0..180, &lines[..40]), ("Cochrane", 180..300, &lines[40..60])]
    {
        // The first says what kind of place it is, the second is silent, as a stand of before is.
        let kind: &[&str] = if acts.is_empty() { &["--place-kind", "caleta_o_muelle"] } else { &[] };
        open_at(&stand, outing, kind);
        stand.record("request", filed).expect_code(0);
        let met: Vec<String> = people.clone().map(encounter).collect();
        let answers = stand.record("encounter", &met).expect_code(0).lines();
        for (n, answer) in people.clone().zip(&answers) {
            let expected = if n % 4 == 0 { Value::Null } else { json!("kept") };
            assert_eq!(answer["profile"], expected, "{n}");
        }
        // A void that comes later takes the encounter back; its profile stays, and both are counted.
        let void = json!({ "epoch": answers[3]["epoch"], "seq": answers[3]["seq"], "reason": "error" });
        stand.record("void", &[void.to_string()]).expect_code(0);
        let act = close(&stand);
        let numbers = &act["numbers"];
        assert_eq!(numbers["encounters"], people.len());
        assert_eq!(numbers["profiles"], profiled(people.clone()));
        assert_eq!((&numbers["requests"], &numbers["voids"]), (&json!(filed.len()), &json!(1)));
        assert_eq!(numbers["held"], act["closed_seq"]);
        acts.push(act);
    }
    nothing_links_a_profile(&stand);

    let out = folder.path().join("acta");
    for format in ["text", "png", "escpos", "pdf", "json"] {
        let args = ["outing", "act", "--format", format, "--out", out.to_str().unwrap()];
        stand.run(&args).expect_code(0);
        let bytes = std::fs::read(&out).unwrap();
        assert!(bytes.len() > 500, "{format}");
    }
    let written: Value = serde_json::from_slice(&std::fs::read(&out).unwrap()).unwrap();
    assert_eq!(written, acts[1]);
    let line = stand.run(&["outing", "certificate"]).expect_code(0).answer();
    assert_eq!(
        (&line["line"], &line["certificate"]),
        (&json!("La oficina aún no certifica este cierre."), &Value::Null)
    );

    proxy.set(Vec::new(), Link::Passes);
    let synced = stand.sync();
    assert_eq!((&synced["held"], &synced["certificates"]), (&json!(0), &json!(2)), "{synced}");
    for number in ["1", "2"] {
        let line = stand.run(&["outing", "certificate", "--outing", number]).expect_code(0).answer();
        assert_eq!(line["line"], "Diferencia: cero.", "{line}");
        assert_eq!(line["certificate"]["zero"], true);
    }
    assert_eq!(stand.sync()["requests"], 1, "a sync with nothing to do stays one request");

    let closings = office.run(&["closings", "list"]).expect_code(0).lines();
    assert_eq!(closings.len(), 2);
    let kinds: Vec<&Value> = closings.iter().rev().map(|closing| &closing["place_kind"]).collect();
    assert_eq!(kinds, [&json!("caleta_o_muelle"), &Value::Null]);
    for (closing, act) in closings.iter().rev().zip(&acts) {
        let (counted, numbers) = (&closing["counted"], &act["numbers"]);
        for name in ["encounters", "requests", "profiles", "voids", "additions"] {
            assert_eq!(counted[name], numbers[name], "{name}");
        }
        for outcome in OUTCOMES {
            let name = format!("encounters_{outcome}");
            assert_eq!(counted[&name], numbers["encounters_by_outcome"][outcome], "{name}");
        }
        let zero = (&json!(true), &json!(0), &json!(0));
        assert_eq!((&closing["zero"], &closing["unopened"], &closing["profiles_twice"]), zero);
        let shown =
            office.run(&["closings", "show", closing["id"].as_str().unwrap()]).expect_code(0).answer();
        assert_eq!(&shown, closing);
    }
    assert_eq!(office.run(&["closings", "show", "nada"]).code, Some(3));

    // What this stand stated, another one checks and adds up.
    let other = Stand::enrolled(&folder.path().join("other"), &office, &proxy.url(), "otro");
    other.sync();
    let (first, second) = (folder.path().join("1.txt"), folder.path().join("2.json"));
    std::fs::write(&first, acts[0]["code"].as_str().unwrap()).unwrap();
    std::fs::write(&second, acts[1].to_string()).unwrap();
    let files = [first.to_str().unwrap(), second.to_str().unwrap()];
    let sum = other.run(&["outing", "sum", files[0], files[1]]).expect_code(0).answer();
    assert_eq!((&sum["counted"], &sum["numbers"]["encounters"]), (&json!(2), &json!(300)));
    let twice = other.run(&["outing", "sum", files[0], files[0]]).expect_code(3).answer();
    assert_eq!((&twice["counted"], &twice["acts"][1]["why"]), (&json!(1), &json!("twice")));
    let verified = other.run(&["verify", acts[0]["code"].as_str().unwrap()]).expect_code(0).answer();
    assert_eq!((&verified["document"], &verified["verdict"]), (&json!("act"), &json!("genuine")));
    office.run(&["device", "revoke", "terreno", "--reason", "prueba"]).expect_code(0);
    other.sync();
    let revoked = other.run(&["verify", acts[0]["code"].as_str().unwrap()]).expect_code(10).answer();
    assert_eq!(revoked["verdict"], "revoked_device");
}

/// The pool's table is empty, no table names a profile's position but the chain itself, and in the chain the profiles of
/// an outing stand together right before its closing.
fn nothing_links_a_profile(stand: &Stand) {
    let kinds: Vec<u16> = journeys::entry_kinds(stand);
    let profiles: BTreeSet<usize> =
        kinds.iter().enumerate().filter(|(_, kind)| **kind == 0x4000).map(|(at, _)| at).collect();
    assert_eq!(profiles.len(), profiled(0..180) + profiled(180..300));
    for at in &profiles {
        let next = kinds[at + 1];
        assert!(next == 0x4000 || next == 3, "a profile before an entry of kind {next}");
    }
    let disk = std::fs::read(stand.folder.join("ledger/ledger.db")).unwrap();
    for word in ["vivienda", "80+", "consentimiento", "asunto número"] {
        assert!(!disk.windows(word.len()).any(|window| window == word.as_bytes()), "{word} is readable");
    }
}

#[test]
fn a_lost_tail_and_a_clone_are_explained() {
    let Day { folder, office, stand, proxy, _serving } = day();
    open(&stand, "Villa O'Higgins");
    stand.record("encounter", &(0..5).map(encounter).collect::<Vec<_>>()).expect_code(0);
    stand.sync();
    // The machine is lost here: of this outing the office holds a beginning and no closing.
    let waiting = office.run(&["closings", "list"]).expect_code(0).lines();
    assert_eq!(
        (waiting.len(), &waiting[0]["open"], &waiting[0]["entries_since"]),
        (1, &json!(true), &json!(5))
    );

    // A disk image of that hour lives on elsewhere; both close.
    let copy = folder.path().join("clone");
    copy_folder(&stand.folder, &copy);
    let clone = Stand::at(&copy);
    stand.record("encounter", &(5..8).map(encounter).collect::<Vec<_>>()).expect_code(0);
    clone.record("encounter", &(8..10).map(encounter).collect::<Vec<_>>()).expect_code(0);
    for stand in [&stand, &clone] {
        close(stand);
        stand.sync();
    }
    let line = |stand: &Stand| stand.run(&["outing", "certificate", "--outing", "1"]).expect_code(0).answer();
    let (first, second) = (line(&stand), line(&clone));
    assert_eq!(first["line"], "Diferencia: cero.", "{first}");
    assert_eq!(second["certificate"]["zero"], true, "{second}");
    assert!(second["certificate"]["quarantined"].as_u64().unwrap() > 0, "{second}");
    assert!(second["certificate"]["apart"].as_u64().unwrap() > 0, "{second}");
    let explained = second["line"].as_str().unwrap();
    assert!(explained.starts_with("Diferencia: cero. ") && explained.contains("cuarentena"), "{explained}");
    let closings = office.run(&["closings", "list"]).expect_code(0).lines();
    let closed = closings.iter().filter(|line| line.get("open").is_none()).count();
    assert_eq!(closed, 2);
    // The clone's heap holds profiles of its own only: what came before it left was still in both pools.
    let twice: Vec<&Value> =
        closings.iter().filter(|line| line["profiles_twice"].as_u64() > Some(0)).collect();
    assert_eq!(twice.len(), 2, "the profiles of the morning came in both heaps");
    drop(proxy);
}

fn copy_folder(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// An office whose service opens nothing, and a stand that met one person and closed, as far as that office holds it.
fn closed_and_unopened(folder: &std::path::Path) -> (Office, Stand, journeys::Serving) {
    let office = Office::init(&folder.join("office"));
    let mut intake = office.command(&["serve", "--listen", "127.0.0.1:0"]);
    intake.arg("--no-opening");
    let serving =
        journeys::Serving::wait_for(journeys::Running::start(intake, &journeys::Errors::Kept)).unwrap();
    let stand = Stand::enrolled(&folder.join("stand"), &office, &serving.url(), "terreno");
    open(&stand, "Tortel");
    stand.record("encounter", &[encounter(1)]).expect_code(0);
    close(&stand);
    assert_eq!(stand.sync()["certificates"], 0, "nobody opens here");
    (office, stand, serving)
}

#[test]
fn a_stand_asks_again_for_what_was_not_opened_yet() {
    let folder = tempfile::tempdir().unwrap();
    let (office, stand, _serving) = closed_and_unopened(folder.path());
    office.run(&["open"]).expect_code(0);
    assert_eq!(stand.sync()["certificates"], 1);
    let line = stand.run(&["outing", "certificate"]).expect_code(0).answer();
    assert_eq!(line["line"], "Diferencia: cero.");
}

/// What could not be opened in the evening may be by the morning: the stand does not keep the evening's word for ever,
/// and a closing that the office doesn't know keeps no other one waiting.
#[test]
fn a_difference_is_asked_about_again_until_it_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    let (office, stand, _serving) = closed_and_unopened(folder.path());

    let keys = folder.path().join("office/keys");
    let key = std::fs::read_dir(&keys)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            name.starts_with("statistics-") && name.ends_with(".key")
        })
        .expect("the key of the profiles");
    let away = folder.path().join("away.key");
    std::fs::rename(&key, &away).unwrap();
    office.run(&["open"]);
    // A second closing that the office has and has not opened: it waits, and the one before it does not.
    open(&stand, "Cochrane");
    close(&stand);
    assert_eq!(stand.sync()["certificates"], 1);
    let certificate = |stand: &Stand| {
        stand.run(&["outing", "certificate", "--outing", "1"]).expect_code(0).answer()["certificate"].clone()
    };
    assert_eq!(
        (&certificate(&stand)["zero"], &certificate(&stand)["unopened"]),
        (&json!(false), &json!(1)),
        "{}",
        certificate(&stand)
    );
    assert_eq!(stand.sync()["certificates"], 0, "asked again, and nothing new was said");

    std::fs::rename(&away, &key).unwrap();
    office.run(&["open"]).expect_code(0);
    assert_eq!(stand.sync()["certificates"], 2);
    assert_eq!(certificate(&stand)["zero"], true, "{}", certificate(&stand));
}

/// Two stands at one fair, and what each did by itself: only the outing that they shared adds up.
#[test]
fn acts_of_two_stands_add_up_where_they_shared_the_outing() {
    let Day { folder, office, stand, proxy, _serving } = day();
    let second = Stand::enrolled(&folder.path().join("second"), &office, &proxy.url(), "segundo");
    for stand in [&stand, &second] {
        stand.sync();
    }
    // On the same day, in the same place, and each for itself.
    open(&second, "Feria de Cochrane");
    second.record("encounter", &(0..3).map(encounter).collect::<Vec<_>>()).expect_code(0);
    let own = close(&second);
    open(&stand, "Feria de Cochrane");
    let shared = stand.run(&["outing", "share"]).expect_code(0).answer();
    second.run(&["outing", "join", shared["code"].as_str().unwrap()]).expect_code(0);
    stand.record("encounter", &(0..5).map(encounter).collect::<Vec<_>>()).expect_code(0);
    second.record("encounter", &(5..9).map(encounter).collect::<Vec<_>>()).expect_code(0);
    let (first, joined) = (close(&stand), close(&second));
    assert_eq!((&first["token"], &joined["token"]), (&shared["token"], &shared["token"]));
    assert_ne!(own["token"], shared["token"]);

    let written = |name: &str, act: &Value| {
        let path = folder.path().join(name);
        std::fs::write(&path, act["code"].as_str().unwrap()).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let files = [written("1.txt", &first), written("2.txt", &joined), written("3.txt", &own)];
    let check = |order: [usize; 3], code: i32, counted: [Option<&str>; 3], encounters: usize| {
        let mut args = vec!["outing", "sum"];
        args.extend(order.iter().map(|at| files[*at].as_str()));
        let sum = stand.run(&args).expect_code(code).answer();
        let why: Vec<Option<&str>> =
            sum["acts"].as_array().unwrap().iter().map(|act| act["why"].as_str()).collect();
        assert_eq!((why, &sum["numbers"]["encounters"]), (counted.to_vec(), &json!(encounters)), "{order:?}");
    };
    check([0, 1, 2], 3, [None, None, Some("other_outing")], 9);
    check([0, 2, 1], 3, [None, Some("other_outing"), None], 9);
    // The sum is of whose act comes first: the second stand's two outings, and the first's that it shared.
    check([2, 0, 1], 0, [None, None, None], 12);
}
