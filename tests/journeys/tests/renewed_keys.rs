//! The office renews its keys, and its stands go on: whoever was away comes back and learns the new ones by itself.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use std::path::{Path, PathBuf};

use journeys::{Office, Serving, Stand, requests};

/// Stops the service, renews, and serves again at the same address, which the stands know.
fn renew(office: &Office, serving: Serving, root: &Path, fresh: bool) -> Serving {
    let address = serving.address.to_string();
    serving.stop().expect_code(0);
    let mut words = vec!["keys", "renew", "--root", root.to_str().unwrap()];
    words.extend(fresh.then_some("--fresh"));
    let renewed = office.run(&words).expect_code(0).lines();
    assert_eq!(renewed.len(), 5, "{renewed:?}");
    office.serve_at(&address)
}

#[test]
fn stands_learn_the_office_s_new_keys() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let office = Office::init(&at("office"));
    let serving = office.serve();
    let stand = Stand::enrolled(&at("stand"), &office, &serving.url(), "uno");
    let away = Stand::enrolled(&at("away"), &office, &serving.url(), "dos");
    stand.record("request", &requests()[..2]).expect_code(0);
    away.record("request", &requests()[2..3]).expect_code(0);
    stand.sync();

    // The root comes back from where it lay.
    let (here, offline) = (at("office").join("root-key-offline/root.key"), at("root.key"));
    std::fs::rename(here, &offline).unwrap();
    let serving = renew(&office, serving, &offline, false);
    stand.record("request", &requests()[3..4]).expect_code(0);
    assert_eq!(stand.sync()["acknowledged"], 1);

    let serving = renew(&office, serving, &offline, true);
    stand.record("request", &requests()[4..5]).expect_code(0);
    assert_eq!(stand.sync()["acknowledged"], 1, "the new keys are the root's word");
    let keys = at("office").join("keys");
    let is_sealing = |path: &PathBuf| {
        let named = path.file_stem().is_some_and(|name| name.to_string_lossy().starts_with("sealing-"));
        named && path.extension().is_some_and(|end| end == "key")
    };
    let sealing = || std::fs::read_dir(&keys).unwrap().map(|file| file.unwrap().path()).filter(is_sealing);
    assert_eq!(sealing().count(), 2);
    let oldest = sealing().min_by_key(|path| path.metadata().unwrap().modified().unwrap()).unwrap();

    // What is recorded after that sync is sealed to the new key: the old one is not needed for it.
    let filed = stand.record("request", &requests()[5..6]).expect_code(0).answer();
    assert_eq!(stand.sync()["acknowledged"], 1);
    // Whoever was away over both renewals has records for the old keys, and hears of the new ones only now.
    let kept = away.sync();
    assert_eq!((&kept["held"], &kept["outcome"]), (&0.into(), &"done".into()), "{kept}");
    assert_eq!(office.requests().len(), 6, "every key that ever sealed still opens");
    std::fs::rename(&oldest, at("elsewhere")).unwrap();
    assert_eq!(office.request(filed["folio"].as_str().unwrap())["folio"], filed["folio"]);
    serving.stop().expect_code(0);
}
