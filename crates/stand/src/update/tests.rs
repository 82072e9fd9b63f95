//! What is believed of a version, how it gathers piece by piece, and what is said of it.

use std::fs;
use std::os::unix::fs::symlink;

use texts::Language;
use wire::Hash;
use wire::release::Release;

use super::place::{Last, Place, State, Trial};
use super::{Spool, UpdateRefusal, check};
use crate::tests::office::Office;
use crate::{Grade, StandError};

const PACKAGE: &[u8] = b"twelve bytes";

/// A release as the office's own signer makes it, and what travels.
fn release(office: &Office, number: u64, package: &[u8]) -> (Release, Vec<u8>) {
    office.release(number, Hash::of(package), u64::try_from(package.len()).unwrap())
}

#[test]
fn numbers_and_schemas_at_below_and_above() {
    let (dir, office) = (tempfile::tempdir().unwrap(), Office::new());
    let stand = office.stand(dir.path());
    let (_, signed) = release(&office, 7, PACKAGE);
    let said = |highest, schema| check(&signed, &stand.enrolment, highest, schema).map(|_| ());
    // The release reads schemas 1 and 2.
    for (highest, schema, expected) in [
        (0, 1, Ok(())),
        (6, 2, Ok(())),
        (7, 1, Err(UpdateRefusal::Older)),
        (8, 1, Err(UpdateRefusal::Older)),
        (6, 0, Err(UpdateRefusal::Ledger)),
        (6, 3, Err(UpdateRefusal::Ledger)),
    ] {
        assert_eq!(said(highest, schema), expected, "{highest} {schema}");
    }
}

#[test]
fn a_package_gathers_and_is_believed_as_a_whole_only() {
    let (dir, office) = (tempfile::tempdir().unwrap(), Office::new());
    let spool = Spool::of(dir.path());
    let (wanted, signed) = release(&office, 7, PACKAGE);
    assert_eq!((spool.newest().unwrap(), spool.arrived(7).unwrap()), (None, 0));
    spool.begin(&wanted, &signed).unwrap();
    assert!(!spool.append(&wanted, &PACKAGE[..11]).unwrap());
    assert_eq!((spool.arrived(7).unwrap(), spool.is_ready(7)), (11, false));
    let wrong = spool.append(&wanted, b"X");
    assert!(matches!(wrong, Err(StandError::Update(UpdateRefusal::Damaged))), "{wrong:?}");
    assert_eq!((spool.arrived(7).unwrap(), spool.is_ready(7)), (0, false), "it begins anew");
    assert!(!spool.append(&wanted, &PACKAGE[..5]).unwrap());
    assert!(spool.append(&wanted, &PACKAGE[5..]).unwrap());
    assert_eq!(fs::read(spool.package(7)).unwrap(), PACKAGE);
    assert_eq!(spool.newest().unwrap(), Some((7, signed)));

    // A newer one takes its place; what was installed is forgotten.
    let (newer, signed) = release(&office, 9, PACKAGE);
    spool.keep(&newer, &signed, PACKAGE).unwrap();
    assert_eq!((spool.is_ready(7), spool.is_ready(9)), (false, true));
    spool.forget_up_to(8).unwrap();
    assert!(spool.is_ready(9));
    spool.forget_up_to(9).unwrap();
    assert_eq!((spool.newest().unwrap(), spool.is_ready(9)), (None, false));
}

#[test]
fn the_link_says_what_runs() {
    let dir = tempfile::tempdir().unwrap();
    let place = Place::under(dir.path());
    assert_eq!(place.number(), None, "nothing of ours is installed");
    fs::create_dir_all(place.versions()).unwrap();
    for (link, expected) in [
        (Place::link_to(0), None),
        (Place::link_to(12), Some(12)),
        ("versions/x/programs".into(), None),
        ("elsewhere/12".into(), None),
    ] {
        let _ = fs::remove_file(place.current());
        symlink(&link, place.current()).unwrap();
        assert_eq!(place.number(), expected, "{}", link.display());
    }
}

#[test]
fn only_what_is_on_trial_says_that_it_lives_and_what_waits_has_its_sentence() {
    let (dir, office) = (tempfile::tempdir().unwrap(), Office::new());
    let stand = office.stand(dir.path());
    let place = Place::under(dir.path().join("root"));
    fs::create_dir_all(place.versions()).unwrap();
    let state = |state: State| fs::write(place.state_file(), serde_json::to_vec(&state).unwrap()).unwrap();
    let link = |number| {
        let _ = fs::remove_file(place.current());
        symlink(Place::link_to(number), place.current()).unwrap();
    };
    let spool = Spool::of(stand.folder.path());
    let trial = Some(Trial { number: 7, before: 0 });
    for (trial, runs, alive) in [(None, 7, None), (trial, 0, None), (trial, 6, None), (trial, 7, Some(7))] {
        state(State { trial, ..State::default() });
        link(runs);
        stand.say_alive(&place).unwrap();
        let said = fs::read_to_string(spool.alive()).ok().map(|text| text.trim().parse::<u64>().unwrap());
        assert_eq!(said, alive, "{trial:?} {runs}");
    }

    let told = || -> Vec<(&str, Grade, String)> {
        let carried = stand.carried_program(&place).unwrap();
        carried.iter().map(|item| (item.name, item.grade, item.sentence(Language::Spanish))).collect()
    };
    state(State::default());
    let names = |told: &[(&'static str, Grade, String)]| -> Vec<(&'static str, Grade)> {
        told.iter().map(|(name, grade, _)| (*name, *grade)).collect()
    };
    let here = ("program", Grade::Good);
    let now = told();
    assert_eq!(names(&now), [here]);
    assert!(now[0].2.contains(env!("CARGO_PKG_VERSION")), "{now:?}");
    let (wanted, signed) = release(&office, 7, PACKAGE);
    spool.begin(&wanted, &signed).unwrap();
    spool.append(&wanted, &PACKAGE[..6]).unwrap();
    let now = told();
    assert_eq!(names(&now), [here, ("arriving", Grade::Good)]);
    assert!(now[1].2.contains("50"), "{now:?}");
    spool.append(&wanted, &PACKAGE[6..]).unwrap();
    let now = told();
    assert_eq!(names(&now), [here, ("update-by-hand", Grade::Good)]);
    assert!(now[1].2.contains("administra"), "{now:?}");
    let link = dir.path().join("root/etc/systemd/system/multi-user.target.wants/oirs-en-terreno-update.path");
    fs::create_dir_all(link.parent().unwrap()).unwrap();
    symlink("nowhere in a test", &link).unwrap();
    let now = told();
    assert_eq!(names(&now), [here, ("update", Grade::Good)]);
    assert!(now[1].2.contains("0.2.0") && now[1].2.contains("la salida cerrada"), "{now:?}");
    let code = UpdateRefusal::NotAlive.code().to_owned();
    state(State {
        highest: 7,
        last: Some(Last { number: 7, version: Some("0.2.0".into()), code }),
        ..State::default()
    });
    let now = told();
    assert_eq!(names(&now), [here, ("update", Grade::Careful)]);
    assert!(now[1].2.contains("0.2.0"), "{now:?}");
}

#[test]
fn the_helper_is_asked_again_whatever_it_does_meanwhile() {
    let (dir, office) = (tempfile::tempdir().unwrap(), Office::new());
    let stand = office.stand(dir.path());
    let place = Place::under(dir.path().join("root"));
    let spool = Spool::of(stand.folder.path());
    let asked = stand.folder.path().join("updates/wanted");
    let (wanted, signed) = release(&office, 7, PACKAGE);
    spool.begin(&wanted, &signed).unwrap();
    stand.wake_update(&place);
    assert!(!asked.exists(), "nothing is whole yet");
    spool.append(&wanted, PACKAGE).unwrap();
    stand.wake_update(&place);
    assert!(asked.exists());
    spool.heard().unwrap();
    spool.heard().unwrap();
    assert!(!asked.exists(), "heard");
    stand.wake_update(&place);
    assert!(asked.exists(), "asked while the helper works: it looks again");

    // What was refused is not tried at every pause; taken again it is.
    spool.heard().unwrap();
    fs::create_dir_all(place.versions()).unwrap();
    for (number, code, expected) in
        [(7, "update_rehearsal", false), (6, "update_rehearsal", true), (7, "went_back", true)]
    {
        let last = Some(Last { number, version: None, code: code.into() });
        fs::write(place.state_file(), serde_json::to_vec(&State { last, ..State::default() }).unwrap())
            .unwrap();
        stand.wake_update(&place);
        assert_eq!(asked.exists(), expected, "{number} {code}");
        spool.heard().unwrap();
    }

    // The folder is not the helper's: a link in its place leads it nowhere.
    let elsewhere = dir.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::write(elsewhere.join("wanted"), "theirs").unwrap();
    fs::remove_dir_all(stand.folder.path().join("updates")).unwrap();
    symlink(&elsewhere, stand.folder.path().join("updates")).unwrap();
    assert!(spool.heard().is_err());
    assert!(elsewhere.join("wanted").exists());
}

#[test]
fn nothing_is_installed_while_somebody_uses_the_windows() {
    let dir = tempfile::tempdir().unwrap();
    let spool = Spool::of(dir.path());
    assert!(!spool.is_in_use(), "nobody ever did");
    let held = spool.hold().unwrap();
    assert!(held.is_some() && spool.is_in_use());
    assert!(spool.hold().unwrap().is_none(), "by another program already");
    drop(held);
    assert!(!spool.is_in_use());
}
