//! A field day with the survey: published, drawn, answered, and counted again by somebody else's HMAC.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use std::path::Path;
use std::process::Command;

use journeys::{Office, Stand};
use serde_json::{Value, json};

const SURVEY: &str = "satisfaccion_oirs";
const SURVEYS_MD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/surveys.md");
const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/survey");

fn shown(stand: &Stand) -> Value {
    stand.run(&["survey", "show"]).expect_code(0).answer()
}

fn results(office: &Office) -> Value {
    office.run(&["survey", "results", SURVEY, "--comments"]).expect_code(0).answer()
}

/// The places that are drawn, as the ten lines of Python in docs/surveys.md count them.
fn counted_by_python(commitment: &str, seed: &str, places: u64) -> Vec<u64> {
    let document = std::fs::read_to_string(SURVEYS_MD).unwrap();
    let (_, after) = document.split_once("```python\n").unwrap();
    let (function, _) = after.split_once("\nprint(").unwrap();
    let program = format!(
        "{function}\nprint(*recount(bytes.fromhex('{commitment}'), bytes.fromhex('{seed}'), 1, 3, {places}))"
    );
    let done = Command::new("python3").args(["-I", "-c", &program]).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let printed = String::from_utf8(done.stdout).unwrap();
    printed.split_whitespace().map(|place| place.parse().unwrap()).collect()
}

fn met(stand: &Stand, count: usize) -> Vec<Value> {
    let line = json!({ "matter": "Preguntó por un bono", "outcome": "informed" }).to_string();
    stand.record("encounter", &vec![line; count]).expect_code(0).lines()
}

/// How the nth invitation ends: most are answered, some are refused, broken off or lapsed.
fn ending(number: usize) -> Value {
    let grade = [7, 6, 6, 5, 3][number % 5];
    match number % 8 {
        5 => json!({ "ending": "refused" }),
        6 => {
            json!({ "ending": "broken_off", "replies": { "satisfaccion": { "number": 2 } }, "duration_s": 12 })
        }
        7 => json!({ "ending": "lapsed" }),
        _ => json!({
            "ending": "answered",
            "replies": {
                "satisfaccion": { "number": grade },
                "facilidad": "dont_know",
                "claridad": "declined",
                "resuelto": { "choice": "si" },
                "problema": { "choice": "no" },
                "comentario": { "text": format!("Comentario {number}") },
            },
            "duration_s": 48,
        }),
    }
}

#[test]
fn every_invitation_of_a_field_day_is_accounted_for() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let office = Office::init(&at("office"));
    let serving = office.serve();
    let stand = Stand::enrolled(&at("stand"), &office, &serving.url(), "uno");
    assert_eq!(shown(&stand), json!({ "survey": null, "draw": null, "invitations": null }));
    let published = office.run(&["survey", "publish", "--standard", "--rate", "1/3"]).expect_code(0).answer();
    assert_eq!((&published["survey"], &published["published"]), (&json!(SURVEY), &json!(true)));
    stand.sync();
    assert_eq!(stand.sync()["requests"], json!(1), "it is carried once");
    assert_eq!(shown(&stand)["survey"]["rate"], "1/3");

    let opened = stand.run(&["outing", "open", "--comuna", "11302", "--place", "Caleta Tortel"]);
    let opened = opened.expect_code(0).answer();
    let commitment = opened["draw"]["commitment"].as_str().unwrap().to_owned();
    assert_eq!((&opened["draw"]["survey"], &opened["draw"]["rate"]), (&json!(SURVEY), &json!("1/3")));

    let first = met(&stand, 60);
    // One in three of those is declared void: their places pass on.
    let voids: Vec<String> = first
        .iter()
        .step_by(3)
        .map(|one| {
            json!({ "epoch": one["epoch"], "seq": one["seq"], "reason": "se anotó dos veces" }).to_string()
        })
        .collect();
    assert_eq!(voids.len(), 20);
    stand.record("void", &voids).expect_code(0);
    met(&stand, 20);
    let tally = shown(&stand)["invitations"].clone();
    assert_eq!(tally["places"], json!(60), "twenty took the places of those who were voided");
    met(&stand, 40);
    let tally = shown(&stand)["invitations"].clone();
    assert_eq!(tally["places"], json!(100));
    let waiting = usize::try_from(tally["waiting"].as_u64().unwrap()).unwrap();
    assert!(waiting > 18, "about a third of a hundred: {waiting}");

    // All but two come to an end by themselves.
    let ends: Vec<String> = (0..waiting - 2).map(|number| ending(number).to_string()).collect();
    stand.record("survey", &ends).expect_code(0);
    let tally = shown(&stand)["invitations"].clone();
    assert_eq!(tally["waiting"], json!(2));
    let closed = stand.run(&["outing", "close"]).expect_code(0).answer();
    let seed = closed["draw"]["seed"].as_str().unwrap().to_owned();
    assert_eq!(closed["draw"]["places"], json!(100));
    let none = stand.record("survey", &[json!({ "ending": "refused" }).to_string()]).expect_code(3);
    assert_eq!(none.errors()[0]["code"], "no_invitation", "the outing is closed");

    let drawn = counted_by_python(&commitment, &seed, 100);
    assert_eq!(drawn.len(), waiting);
    let again = stand.run(&[
        "survey",
        "draw",
        "--seed",
        &seed,
        "--rate",
        "1/3",
        "--places",
        "100",
        "--commitment",
        &commitment,
    ]);
    let again = again.expect_code(0).answer();
    assert_eq!((&again["drawn"], &again["holds"]), (&json!(drawn), &json!(true)));

    stand.sync();
    let results = results(&office);
    let by = |kind: &str| ends.iter().filter(|end| end.contains(&format!("\"{kind}\""))).count();
    for (name, count) in [
        ("places", 100),
        ("drawn", waiting),
        ("answered", by("answered")),
        ("refused", by("refused")),
        ("broken_off", by("broken_off")),
        ("lapsed", by("lapsed") + 2),
        ("answers", by("answered") + by("broken_off")),
        ("faulty", 0),
    ] {
        assert_eq!(results[name], json!(count), "{name}: {results}");
    }
    let draw = &results["draws"][0];
    assert_eq!(
        (&draw["verdict"], &draw["seed"], &draw["commitment"]),
        (&json!("good"), &json!(seed), &json!(commitment))
    );
    let satisfaction = &results["questions"][0];
    assert_eq!(satisfaction["answers"], results["answers"]);
    assert!(satisfaction["net"]["net"].is_number() && satisfaction["net"]["margin_tenths"].is_number());
    assert_eq!(results["comments"].as_array().unwrap().len(), by("answered"));
    let findings = office.run(&["doctor"]);
    assert!(!findings.out.contains("\"draw\""), "{}", findings.out);
}

#[test]
fn few_answers_are_held_back_and_older_versions_are_still_counted() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let office = Office::init(&at("office"));
    let serving = office.serve();
    let stand = Stand::enrolled(&at("stand"), &office, &serving.url(), "uno");
    office.run(&["survey", "publish", "--standard", "--rate", "1/1"]).expect_code(0);
    stand.sync();
    let end = json!({ "ending": "answered", "replies": { "satisfaccion": { "number": 6 } } }).to_string();
    let outing = |count: usize| {
        stand.run(&["outing", "open", "--comuna", "11302", "--place", "Caleta Tortel"]).expect_code(0);
        met(&stand, count);
        stand.record("survey", &vec![end.clone(); count]).expect_code(0);
        stand.run(&["outing", "close"]).expect_code(0);
        stand.sync();
    };
    outing(9);
    let few = results(&office);
    assert_eq!((&few["answers"], &few["standing"]), (&json!(9), &json!("held_back")));
    assert_eq!((&few["questions"][0]["given"], &few["questions"][0]["net"]), (&Value::Null, &Value::Null));
    assert!(few.get("comments").is_none());

    // A later version: the stand goes on with the old one until a sync brings it.
    let text = std::fs::read_to_string(Path::new(FIXTURES).join("satisfaccion.json")).unwrap();
    let form: Value = serde_json::from_str(&text).unwrap();
    let number = form["version"].as_u64().unwrap();
    let version = |number: u64| format!("\"version\":{number},");
    let later = at("later.json");
    // The compiled form has one encoding, so the number is changed in its place.
    std::fs::write(&later, text.trim_end().replacen(&version(number), &version(number + 1), 1)).unwrap();
    office.run(&["survey", "publish", later.to_str().unwrap(), "--rate", "1/1"]).expect_code(0);
    outing(2);
    outing(3);
    let all = results(&office);
    assert_eq!(
        (&all["answers"], &all["standing"], &all["faulty"]),
        (&json!(14), &json!("uncertain"), &json!(0))
    );
    assert_eq!(all["versions"].as_array().unwrap().len(), 2);
    assert_eq!(all["questions"][0]["net"]["satisfied"], json!(100));
    let older = office.run(&["survey", "publish", "--standard", "--rate", "1/2"]).expect_code(3).errors();
    assert_eq!(older[0]["code"], "not_newer");
}

#[test]
fn a_bad_spreadsheet_is_refused_whole_and_every_cell_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let office = Office::init(&folder.path().join("office"));
    let good = Path::new(FIXTURES).join("todo.xlsx");
    let published = office.run(&["survey", "publish", good.to_str().unwrap()]).expect_code(0).answer();
    assert_eq!(published["rate"], "1/5", "unless it is said otherwise");
    let same = office.run(&["survey", "publish", good.to_str().unwrap()]).expect_code(0).answer();
    assert_eq!((&same["number"], &same["published"]), (&json!(1), &json!(false)));
    let listed = office.run(&["survey", "list"]).expect_code(0).lines();
    assert_eq!(listed.len(), 1);
    let name = listed[0]["survey"].as_str().unwrap();
    assert_eq!(office.run(&["survey", "show", name]).expect_code(0).answer()["form"]["id"], json!(name));
    for (what, bytes, code) in [
        ("text.xlsx", b"hola".to_vec(), "not_a_spreadsheet"),
        ("later.json", br#"{"format":"oirs-survey/2"}"#.to_vec(), "not_a_survey"),
    ] {
        let file = folder.path().join(what);
        std::fs::write(&file, bytes).unwrap();
        let errors = office.run(&["survey", "publish", file.to_str().unwrap()]).expect_code(3).errors();
        assert_eq!(errors[0]["code"], code, "{what}");
    }
    let rate = office.run(&["survey", "publish", "--standard", "--rate", "2/1"]).expect_code(3).errors();
    assert_eq!(rate[0]["code"], "rate");
    assert_eq!(office.run(&["survey", "results", "ninguna"]).expect_code(3).errors()[0]["code"], "unknown");
    assert_eq!(office.run(&["survey", "list"]).expect_code(0).lines().len(), 1, "nothing else was published");
}

#[test]
fn what_breaks_a_rule_of_the_survey_is_named_and_nothing_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let office = Office::init(&at("office"));
    let serving = office.serve();
    let stand = Stand::enrolled(&at("stand"), &office, &serving.url(), "uno");
    office.run(&["survey", "publish", "--standard", "--rate", "1/1"]).expect_code(0);
    stand.sync();
    stand.run(&["outing", "open", "--comuna", "11302", "--place", "Caleta Tortel"]).expect_code(0);
    met(&stand, 2);
    let rows = [
        (json!({ "ending": "answered" }), "replies.satisfaccion", "missing"),
        (
            json!({ "ending": "answered", "replies": { "satisfaccion": { "number": 8 } } }),
            "replies.satisfaccion",
            "out_of_range",
        ),
        (
            json!({ "ending": "refused", "replies": { "satisfaccion": { "number": 1 } } }),
            "",
            "refused_with_replies",
        ),
        (json!({ "ending": "otherwise" }), "", "not_an_answer"),
        (json!({ "ending": "refused", "place": 3 }), "", "no_invitation"),
        (
            json!({ "ending": "answered", "version": 1, "replies": { "satisfaccion": { "number": 1 } } }),
            "",
            "other_survey",
        ),
    ];
    for (line, field, code) in rows {
        let done = stand.record("survey", &[line.to_string()]).expect_code(3);
        let error = done.errors()[0].clone();
        assert_eq!(
            (error["field"].as_str().unwrap_or_default(), &error["code"]),
            (field, &json!(code)),
            "{line}"
        );
    }
    assert_eq!(shown(&stand)["invitations"]["waiting"], json!(2), "both still wait");
    let id = "6f9619ff-8b86-4d01-b42d-00c04fc964ff";
    let line = json!({ "id": id, "place": 2, "ending": "refused" }).to_string();
    let answers = stand.record("survey", &[line.clone(), line]).expect_code(0).lines();
    assert_eq!((&answers[0]["copy"], &answers[1]["copy"]), (&json!(false), &json!(true)));
    assert_eq!(answers[0]["seq"], answers[1]["seq"]);
}
