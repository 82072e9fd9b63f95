//! What rests until the closing, on a machine that does not live to see it: profiles and answers come from the mirror's
//! card, once, whoever brings them and whether or not the machine turns up again.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::fs;
use std::path::{Path, PathBuf};

use journeys::{Office, Serving, Stand};
use serde_json::{Value, json};

const SURVEY: &str = "satisfaccion_oirs";
/// People met, with a profile those whose number is not a multiple of four.
const MET: usize = 8;
const PROFILES: usize = 6;
const ANSWERS: usize = 5;

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn encounter(n: usize) -> String {
    let mut line = json!({ "matter": format!("asunto número {n}"), "outcome": "informed" });
    if !n.is_multiple_of(4) {
        line["profile"] = json!({ "age": "30-44", "topic": "vivienda" });
    }
    line.to_string()
}

fn meet(stand: &Stand, people: std::ops::Range<usize>) {
    stand.record("encounter", &people.map(encounter).collect::<Vec<_>>()).expect_code(0);
}

/// The sheets on a card, by name, with their sizes.
fn sheets(card: &Path) -> Vec<(PathBuf, u64)> {
    let oirs = card.join("oirs");
    let stands = fs::read_dir(oirs).unwrap().map(|entry| entry.unwrap().path().join("resting"));
    let mut found: Vec<(PathBuf, u64)> = stands
        .filter(|folder| folder.is_dir())
        .flat_map(|folder| fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.path(), entry.metadata().unwrap().len()))
        .collect();
    found.sort();
    found
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A stand in the middle of its day, mirrored, and another one.
struct Day {
    dir: tempfile::TempDir,
    office: Office,
    lost: Stand,
    carrier: Stand,
    card: PathBuf,
    _serving: Serving,
}

impl Day {
    fn begun() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let office = Office::init(&dir.path().join("office"));
        let serving = office.serve();
        office.run(&["survey", "publish", "--standard", "--rate", "1/1"]).expect_code(0);
        let enrol = |name: &str| Stand::enrolled(&dir.path().join(name), &office, &serving.url(), name);
        let (lost, carrier) = (enrol("lost"), enrol("carrier"));
        lost.sync();
        let card = dir.path().join("card");
        fs::create_dir(&card).unwrap();
        lost.run(&["mirror", "set", text(&card)]).expect_code(0);
        lost.run(&["outing", "open", "--comuna", "11303", "--place", "Tortel"]).expect_code(0);
        meet(&lost, 0..MET);
        let answered = json!({ "ending": "answered", "replies": { "satisfaccion": { "number": 6 } } });
        let mut ends = vec![answered.to_string(); ANSWERS];
        ends.push(json!({ "ending": "refused" }).to_string());
        lost.record("survey", &ends).expect_code(0);
        let day = Self { dir, office, lost, carrier, card, _serving: serving };
        day.mirrored();
        day
    }

    fn mirrored(&self) {
        let checked = self.lost.run(&["mirror", "check"]).expect_code(0).answer();
        assert_eq!((&checked["state"], &checked["behind"]), (&json!("current"), &json!(0)), "{checked}");
    }

    /// The machine falls into the river; what lay on its disk is returned as it was.
    fn lose(&self) -> PathBuf {
        let kept = self.dir.path().join("river");
        copy_folder(&self.lost.folder, &kept);
        fs::remove_dir_all(&self.lost.folder).unwrap();
        kept
    }

    fn carry(&self) -> Value {
        self.carrier.run(&["mirror", "carry", text(&self.card)]).expect_code(0).answer()
    }

    fn results(&self) -> Value {
        self.office.run(&["survey", "results", SURVEY]).expect_code(0).answer()
    }

    /// What the office says of the only outing, and how many answers it counts.
    fn outing(&self) -> (Value, Value) {
        let mut closings = self.office.run(&["closings", "list"]).expect_code(0).lines();
        assert_eq!(closings.len(), 1, "{closings:?}");
        (closings.remove(0), self.results()["answers"].clone())
    }
}

#[test]
fn what_rested_on_a_lost_machine_arrives_once() {
    let day = Day::begun();
    let river = day.lose();
    let carried = day.carry();
    assert_eq!((&carried["missing"], &carried["quarantined"]), (&json!([]), &json!(0)), "{carried}");
    let (outing, answers) = day.outing();
    assert_eq!((&outing["open"], &outing["profiles"]), (&json!(true), &json!(PROFILES)), "{outing}");
    assert_eq!((&outing["answers"], &answers), (&json!(ANSWERS), &json!(ANSWERS)));

    // The same card again, by another way.
    let again = day.carry();
    assert_eq!(again["known"], again["carried"], "{again}");
    let imported = day.office.run(&["bundle", "import", text(&day.card)]).expect_code(0).answer();
    assert_eq!(imported["entries"], json!(0), "{imported}");
    assert_eq!(day.outing(), (outing, answers));

    // Somebody fishes the machine out: it goes on, closes and syncs as if nothing had been.
    let found = Stand::at(&river);
    meet(&found, MET..MET + 2);
    found.run(&["outing", "close"]).expect_code(0);
    assert_eq!(found.sync()["held"], json!(0));
    let (closing, answers) = day.outing();
    assert_eq!((&closing["zero"], &closing["profiles_twice"]), (&json!(true), &json!(0)), "{closing}");
    assert_eq!((&closing["counted"]["profiles"], &answers), (&json!(PROFILES + 1), &json!(ANSWERS)));
    let line = found.run(&["outing", "certificate"]).expect_code(0).answer();
    assert_eq!(line["line"], "Diferencia: cero.", "{line}");
    let draw = day.results()["draws"][0].clone();
    assert_eq!(draw["verdict"], json!("good"), "{draw}");

    // The closing emptied the pool, and so its copy on the card.
    found.run(&["mirror", "check"]).expect_code(0);
    let carried = day.carry();
    assert_eq!(carried["quarantined"], json!(0), "{carried}");
    let (closing, answers) = day.outing();
    assert_eq!((&closing["counted"]["profiles"], &answers), (&json!(PROFILES + 1), &json!(ANSWERS)));
}

#[test]
fn a_card_comes_before_and_after_the_closing_and_by_the_office_itself() {
    let day = Day::begun();
    // A card that is carried in at noon while its machine works on: what rests came early.
    let noon = day.office.run(&["bundle", "import", text(&day.card)]).expect_code(0).answer();
    assert!(noon["stored"].as_u64() > Some(1), "{noon}");
    let (outing, answers) = day.outing();
    assert_eq!((&outing["profiles"], &answers), (&json!(PROFILES), &json!(ANSWERS)));
    meet(&day.lost, MET..MET + 3);
    day.mirrored();
    day.office.run(&["bundle", "import", text(&day.card)]).expect_code(0);
    let (outing, answers) = day.outing();
    assert_eq!((&outing["profiles"], &answers), (&json!(PROFILES + 2), &json!(ANSWERS)), "each once");
    let synced = day.lost.sync();
    assert_eq!((&synced["held"], &synced["quarantined"]), (&json!(0), &json!(0)), "{synced}");
    day.lost.run(&["outing", "close"]).expect_code(0);
    day.lost.sync();
    let (closing, answers) = day.outing();
    assert_eq!((&closing["zero"], &closing["profiles_twice"]), (&json!(true), &json!(0)), "{closing}");
    assert_eq!((&closing["counted"]["profiles"], &answers), (&json!(PROFILES + 2), &json!(ANSWERS)));
    let findings = day.office.run(&["doctor"]);
    assert!(!findings.out.contains("dead_letter"), "{}", findings.out);
}

/// What a card tells of what rests to whoever has no key: that there is a copy, of one size, made anew with every entry.
#[test]
fn a_card_does_not_tell_whose_encounter_left_something() {
    let day = Day::begun();
    let mut before = sheets(&day.card);
    assert_eq!(before.len(), 1, "{before:?}");
    // With a profile, without one, and when the pool is emptied: the same is seen.
    for step in 0..4 {
        let refused = json!({ "ending": "refused" }).to_string();
        match step {
            0 | 1 => meet(&day.lost, MET + step..MET + step + 1),
            2 => drop(day.lost.record("survey", &[refused]).expect_code(0)),
            _ => drop(day.lost.run(&["outing", "close"]).expect_code(0)),
        }
        day.mirrored();
        let after = sheets(&day.card);
        assert_eq!(after.len(), 1, "older copies are taken away: {after:?}");
        assert_eq!(after[0].1, before[0].1, "step {step}: a size that tells something");
        assert_ne!(after[0].0, before[0].0, "step {step}: a copy that stays tells that nothing rested anew");
        before = after;
    }
}
