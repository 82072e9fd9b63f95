//! Sticks and cards between processes: an office without any network for two days, and a machine that is lost.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use journeys::{Chance, Office, Stand, encounters, requests};
use serde_json::{Value, json};

const PACK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../crates/catalogue/data/first-pack.json");

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The folios of what was recorded.
fn folios(lines: &[Value]) -> BTreeSet<String> {
    lines.iter().map(|line| line["folio"].as_str().unwrap().to_owned()).collect()
}

fn record(stand: &Stand, what: &[String]) -> BTreeSet<String> {
    folios(&stand.record("request", what).expect_code(0).lines())
}

fn folder(at: &Path) -> PathBuf {
    fs::create_dir(at).unwrap();
    at.to_owned()
}

fn export(stand: &Stand, stick: &Path) -> Value {
    stand.run(&["bundle", "export", text(stick)]).expect_code(0).answer()
}

fn import(office: &Office, stick: &Path) -> Value {
    office.run(&["bundle", "import", text(stick)]).expect_code(0).answer()
}

fn acknowledge(stand: &Stand, stick: &Path) -> Value {
    stand.run(&["bundle", "acknowledge", text(stick)]).expect_code(0).answer()
}

/// Every file below a folder, with its bytes.
fn files(at: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(at).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.clone(), fs::read(path).unwrap()));
        }
    }
    found.sort();
    found
}

fn ending(at: &Path, ending: &str) -> Vec<PathBuf> {
    let named = |path: &PathBuf| path.extension().is_some_and(|found| found == ending);
    files(at).into_iter().map(|(path, _)| path).filter(named).collect()
}

#[test]
fn two_days_of_two_stands_and_no_network() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    let office = Office::init(&at("office"));
    let serving = office.serve();
    let one = Stand::enrolled(&at("one"), &office, &serving.url(), "uno");
    let two = Stand::enrolled(&at("two"), &office, &serving.url(), "dos");
    serving.stop();
    office.run(&["catalogue", "publish", PACK]).expect_code(0);
    let (lines, talks) = (requests(), encounters());

    // The first day: both on one stick, one of them twice.
    let stick = folder(&at("stick"));
    let mut filed = record(&one, &lines[..10]);
    export(&one, &stick);
    filed.extend(record(&two, &lines[10..15]));
    two.record("encounter", &talks[..5]).expect_code(0);
    export(&two, &stick);
    filed.extend(record(&one, &lines[15..18]));
    let exported = export(&one, &stick);
    assert_eq!((&exported["held"], &exported["files"]), (&exported["on_usb"], &json!(1)), "{exported}");
    let stats = one.run(&["ledger", "stats"]).expect_code(0).answer();
    assert_eq!((&stats["on_usb"], &stats["acknowledged"]), (&stats["held"], &json!(0)));

    let came = import(&office, &stick);
    assert_eq!(
        (&came["refused"], &came["missing"], &came["answered"]),
        (&json!(0), &json!([]), &json!(true))
    );
    assert_eq!(came["stored"], json!(3), "{came}");
    assert_eq!(folios(&office.requests()), filed);
    // Again, byte for byte the same; and with nothing but one file.
    let before = files(&stick);
    let again = import(&office, &stick);
    assert_eq!((&again["entries"], &again["known"]), (&json!(0), &json!(3)));
    assert_eq!(files(&stick), before, "the same answers, byte for byte");
    let push = ending(&stick, "push").remove(0);
    assert_eq!(import(&office, &push)["known"], json!(1));

    for stand in [&one, &two] {
        let home = acknowledge(stand, &stick);
        assert_eq!((&home["held"], &home["outcome"]), (&json!(0), &json!("done")), "{home}");
        assert!(home["acknowledged"].as_u64().unwrap() > 5, "{home}");
        assert!(home["files"].as_array().unwrap().iter().any(|file| file["state"] == "other_stand"));
        let found = stand.run(&["catalogue", "search", "pensión"]).expect_code(0).answer();
        assert_eq!(found["catalogue"]["number"], json!(1), "the pack came on the stick");
    }

    // The second day: two's stick never comes back, and what is bad on one's is named and stops nothing.
    filed.extend(record(&one, &lines[18..22]));
    let cleared = export(&one, &stick);
    assert!(cleared["cleared"].as_u64().unwrap() >= 4, "{cleared}");
    filed.extend(record(&two, &lines[22..25]));
    export(&two, &folder(&at("lost")));
    assert_eq!(two.run(&["ledger", "stats"]).expect_code(0).answer()["on_usb"], json!(3));
    let good = fs::read(ending(&stick, "push").pop().unwrap()).unwrap();
    fs::write(stick.join("0-cortado.push"), &good[..good.len() / 2]).unwrap();
    fs::write(stick.join("0-hola.push"), b"hola").unwrap();
    fs::write(stick.join("0-medio.push.tmp"), &good[..9]).unwrap();
    fs::write(stick.join("informe.docx"), b"informe").unwrap();
    let came = office.run(&["bundle", "import", text(&stick)]).expect_code(3);
    let (answer, errors) = (came.answer(), came.errors());
    assert_eq!(
        (&answer["stored"], &answer["refused"], &answer["unfinished"]),
        (&json!(1), &json!(2), &json!(1))
    );
    let named: Vec<_> = errors.iter().map(|error| (&error["field"], &error["code"])).collect();
    assert_eq!(named, [(&json!("0-cortado.push"), &json!("cut")), (&json!("0-hola.push"), &json!("cut"))]);
    assert_eq!(acknowledge(&one, &stick)["outcome"], json!("done"));
    assert_eq!(acknowledge(&two, &stick)["outcome"], json!("unanswered"), "its own did not come back");

    let third = folder(&at("third"));
    export(&two, &third);
    import(&office, &third);
    assert_eq!(acknowledge(&two, &third)["held"], json!(0));
    assert_eq!(folios(&office.requests()), filed, "nothing is missing and nothing is there twice");
    assert_eq!(office.requests().len(), 25);
    // A stick of long ago changes nothing.
    let late = import(&office, &at("lost"));
    assert_eq!((&late["entries"], &late["known"]), (&json!(0), &json!(1)));
    let old = acknowledge(&two, &at("lost"));
    assert_eq!((&old["acknowledged"], &old["outcome"]), (&json!(0), &json!("done")));
}

#[test]
fn a_stranger_s_stick_and_another_office_s_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    let (office, other) = (Office::init(&at("office")), Office::init(&at("other")));
    let (serving, elsewhere) = (office.serve(), other.serve());
    let ours = Stand::enrolled(&at("ours"), &office, &serving.url(), "uno");
    let theirs = Stand::enrolled(&at("theirs"), &other, &elsewhere.url(), "uno");
    record(&ours, &requests()[..1]);
    record(&theirs, &requests()[1..2]);
    let (stick, foreign) = (folder(&at("stick")), folder(&at("foreign")));
    export(&ours, &stick);
    export(&theirs, &foreign);
    let came = office.run(&["bundle", "import", text(&foreign)]).expect_code(3);
    assert_eq!(came.errors()[0]["code"], "unknown_signer");
    assert!(office.requests().is_empty());
    import(&other, &foreign);
    let read = ours.run(&["bundle", "acknowledge", text(&foreign)]).expect_code(3);
    let states = read.answer()["files"].clone();
    assert!(states.as_array().unwrap().iter().all(|file| file["state"] == "unknown_signer"), "{states}");
    let gone = office.run(&["bundle", "import", text(&at("no hay"))]).expect_code(1);
    assert_eq!(gone.errors()[0]["code"], "file");
    // The middle of a ledger alone: what it lacks is named, and taken once it is there.
    record(&ours, &requests()[2..3]);
    export(&ours, &stick);
    let first = ending(&stick, "push").remove(0);
    let aside = at("aside.push");
    fs::rename(&first, &aside).unwrap();
    let gap = office.run(&["bundle", "import", text(&stick)]).expect_code(3);
    assert_eq!(gap.errors()[0]["code"], "gap");
    assert_eq!(gap.answer()["missing"][0]["before"], json!(3), "{}", gap.answer());
    assert_eq!(import(&office, &aside)["stored"], json!(1));
    assert_eq!(import(&office, &stick)["stored"], json!(1));
    assert_eq!(office.requests().len(), 2);
}

#[test]
fn a_lost_machine_loses_nothing_that_was_mirrored() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    let office = Office::init(&at("office"));
    let serving = office.serve();
    let lost = Stand::enrolled(&at("lost"), &office, &serving.url(), "perdido");
    let carrier = Stand::enrolled(&at("carrier"), &office, &serving.url(), "otro");
    let lines = requests();
    let card = folder(&at("card"));
    let mut filed = record(&lost, &lines[..5]);
    lost.sync();
    let set = lost.run(&["mirror", "set", text(&card)]).expect_code(0).answer();
    assert_eq!((&set["state"], &set["behind"]), (&json!("current"), &json!(0)), "{set}");
    filed.extend(record(&lost, &lines[5..30]));
    lost.record("encounter", &encounters()[..10]).expect_code(0);
    lost.run(&["outing", "close"]).expect_code(0);
    let checked = lost.run(&["mirror", "check"]).expect_code(0).answer();
    assert_eq!(checked["state"], json!("current"), "{checked}");
    let count = lost.verified()["count"].clone();
    let copied: Vec<u8> = files(&card).into_iter().flat_map(|(_, bytes)| bytes).collect();
    for secret in ["Ficticia", "5555"] {
        assert!(
            !copied.windows(secret.len()).any(|window| window == secret.as_bytes()),
            "{secret} is readable"
        );
    }

    // Into the river.
    fs::remove_dir_all(&lost.folder).unwrap();
    assert_eq!(office.requests().len(), 5);
    filed.extend(record(&carrier, &lines[30..32]));
    let carried = carrier.run(&["mirror", "carry", text(&card)]).expect_code(0).answer();
    assert_eq!((&carried["missing"], &carried["quarantined"]), (&json!([]), &json!(0)), "{carried}");
    assert!(carried["known"].as_u64().unwrap() < carried["carried"].as_u64().unwrap(), "{carried}");
    carrier.sync();
    assert_eq!(folios(&office.requests()), filed, "the difference is zero");
    assert_eq!(office.requests().len(), 32);

    // What comes twice is answered the same, whoever brings it and whatever became of the stand since.
    let again = carrier.run(&["mirror", "carry", text(&card)]).expect_code(0).answer();
    assert_eq!(again["known"], again["carried"], "nothing is sent again: {again}");
    office.run(&["device", "revoke", "perdido"]).expect_code(0);
    let imported = import(&office, &card);
    assert_eq!(
        (&imported["entries"], &imported["stored"], &imported["quarantined"]),
        (&json!(0), &json!(0), &json!(0))
    );
    let stick = folder(&at("stick"));
    let copied = carrier.run(&["mirror", "carry", text(&card), "--to", text(&stick)]).expect_code(0).answer();
    assert_eq!(copied["carried"], again["carried"]);
    assert_eq!(import(&office, &stick)["entries"], json!(0));
    assert_eq!(office.requests().len(), 32);
    assert!(count.as_u64().unwrap() > 36);
}

#[test]
fn an_absent_mirror_is_red_and_stops_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    let office = Office::init(&at("office"));
    let serving = office.serve();
    let stand = Stand::enrolled(&at("stand"), &office, &serving.url(), "uno");
    let off = stand.run(&["mirror", "check"]).expect_code(0).answer();
    assert_eq!(off["state"], json!("off"));
    let card = folder(&at("card"));
    stand.run(&["mirror", "set", text(&card)]).expect_code(0);
    let away = at("away");
    fs::rename(&card, &away).unwrap();
    record(&stand, &requests()[..3]);
    let red = stand.run(&["mirror", "check"]).expect_code(5);
    assert_eq!(
        (&red.answer()["state"], &red.errors()[0]["code"]),
        (&json!("absent"), &json!("mirror_absent"))
    );
    fs::rename(&away, &card).unwrap();
    let back = stand.run(&["mirror", "check"]).expect_code(0).answer();
    assert_eq!((&back["state"], &back["behind"]), (&json!("current"), &json!(0)));
    stand.run(&["mirror", "set", "off"]).expect_code(0);
    let refused = stand.run(&["mirror", "set", text(&at("no hay"))]).expect_code(2);
    assert_eq!(refused.errors()[0]["code"], "medium_gone");
}

/// Ten stands, three sticks and nobody who keeps an order: what was filed arrives once, and every stand hears of it.
#[test]
fn ten_stands_and_three_sticks_in_any_order() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    let office = Office::init(&at("office"));
    let serving = office.serve();
    let enrol = |n: usize| {
        Stand::enrolled(&at(&format!("stand-{n}")), &office, &serving.url(), &format!("puesto {n}"))
    };
    let stands: Vec<Stand> = (0..10).map(enrol).collect();
    serving.stop();
    let sticks: Vec<PathBuf> = (0..3).map(|n| folder(&at(&format!("stick-{n}")))).collect();
    let (lines, mut chance) = (requests(), Chance::seeded(20_261_122));
    let mut filed = BTreeSet::new();
    for _ in 0..90 {
        let (stand, stick) = (&stands[chance.below(stands.len())], &sticks[chance.below(sticks.len())]);
        match chance.below(5) {
            0 | 1 => filed.extend(record(stand, &without_id(&lines[chance.below(lines.len())]))),
            2 => drop(export(stand, stick)),
            3 => drop(import(&office, stick)),
            _ => assert_eq!(acknowledge(stand, stick)["alarms"], json!([]), "an old stick cries wolf"),
        }
        let known = folios(&office.requests());
        assert!(known.is_subset(&filed), "the office has what nobody filed");
    }
    let last = folder(&at("last"));
    for stand in &stands {
        export(stand, &last);
    }
    import(&office, &last);
    for stand in &stands {
        let home = acknowledge(stand, &last);
        assert_eq!((&home["held"], &home["alarms"]), (&json!(0), &json!([])), "{home}");
        stand.verified();
    }
    assert_eq!((folios(&office.requests()), office.requests().len()), (filed.clone(), filed.len()));
}

/// The same request without its id, so that it counts as another.
fn without_id(line: &str) -> [String; 1] {
    let mut line: Value = serde_json::from_str(line).unwrap();
    line.as_object_mut().unwrap().remove("id");
    [line.to_string()]
}

/// Pages go the same two ways: on a stick to an office without a network, and from a lost machine's card.
#[test]
fn attachments_go_along_on_sticks_and_mirrors() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    let office = Office::init(&at("office"));
    let serving = office.serve();
    let one = Stand::enrolled(&at("one"), &office, &serving.url(), "uno");
    let two = Stand::enrolled(&at("two"), &office, &serving.url(), "dos");
    let (stick, card) = (folder(&at("stick")), folder(&at("card")));
    let pages = |number: usize| {
        let path = at(&format!("paginas-{number}.pdf"));
        let body = "x".repeat(20_000 + number);
        fs::write(&path, format!("%PDF-1.7\n{body}\nstartxref\n9\n%%EOF\n")).unwrap();
        path
    };
    let attached = |stand: &Stand, number: usize| {
        let folio = record(stand, &requests()[number..=number]).pop_first().unwrap();
        stand.run(&["attach", &folio, text(&pages(number))]).expect_code(0);
        folio
    };
    let is_stored = |folio: &str| {
        let shown = office.request(folio);
        let attachments = shown["attachments"].as_array().unwrap();
        attachments.iter().map(|one| one["stored"].as_bool().unwrap()).collect::<Vec<_>>()
    };
    let first = attached(&one, 0);
    two.run(&["mirror", "set", text(&card)]).expect_code(0);
    let second = attached(&two, 1);
    let third = attached(&two, 2);

    let exported = export(&one, &stick);
    assert_eq!(exported["attachments_on_usb"], json!(1), "{exported}");
    assert_eq!(export(&one, &stick)["files"], json!(0));
    let came = import(&office, &stick);
    assert_eq!((&came["attachments"], &came["refused"]), (&json!(1), &json!(0)), "{came}");
    assert_eq!(is_stored(&first), [true]);
    let again = import(&office, &stick);
    assert_eq!((&again["attachments"], &again["known"]), (&json!(0), &json!(2)), "{again}");
    let home = acknowledge(&one, &stick);
    assert_eq!((&home["attachments_sent"], &home["held"]), (&json!(1), &json!(0)), "{home}");
    assert_eq!(acknowledge(&one, &stick)["attachments_sent"], json!(0));
    assert!(export(&one, &stick)["cleared"].as_u64().unwrap() >= 5);
    assert!(ending(&stick, "sealed").is_empty(), "what the office has is taken off");
    assert_eq!(one.sync()["attachments_sent"], json!(0), "and is not sent again");

    two.run(&["mirror", "check"]).expect_code(0);
    fs::remove_dir_all(&two.folder).unwrap();
    let cut = ending(&card, "sealed").remove(0);
    let whole = fs::read(&cut).unwrap();
    fs::write(&cut, &whole[..whole.len() / 2]).unwrap();
    let bad = office.run(&["bundle", "import", text(&card), "--no-answer"]).expect_code(3);
    assert_eq!((&bad.answer()["attachments"], &bad.errors()[0]["code"]), (&json!(1), &json!("cut")));
    fs::write(&cut, &whole).unwrap();
    let carried = one.run(&["mirror", "carry", text(&card)]).expect_code(0).answer();
    assert!(carried["attachments_carried"].as_u64().unwrap() >= 1, "{carried}");
    assert_eq!((is_stored(&second), is_stored(&third)), (vec![true], vec![true]));
    let copied = one.run(&["mirror", "carry", text(&card), "--to", text(&folder(&at("copy")))]);
    assert_eq!(copied.expect_code(0).answer()["attachments_carried"], json!(2));
    assert_eq!(import(&office, &at("copy"))["attachments"], json!(0));
}
