//! The team on a real data folder: roles, counts over restarts and clocks, the way back in by telephone.
#![allow(clippy::arithmetic_side_effects)]

use std::path::Path;
use std::sync::{Arc, Mutex};

use domain::{Role, StaffCode, UnlockChallenge};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};
use wire::DeviceId;
use wire::body::Body;
use wire::unlock::UnlockKey;

use crate::clock::{Clock, Reading, Uptime};
use crate::tests::office::{NOW_MS, Office};
use crate::{OutingToOpen, Stand, StandError, UseCase};

/// A machine in the field: it runs, it restarts, and whoever likes sets its clock.
struct Machine(Mutex<(u32, u64, i64)>);

impl Machine {
    fn new() -> Arc<Self> {
        Arc::new(Self(Mutex::new((0, 0, NOW_MS))))
    }

    fn runs_s(&self, seconds: u64) {
        let mut machine = self.0.lock().unwrap();
        machine.1 += seconds * 1_000;
        machine.2 += i64::try_from(seconds * 1_000).unwrap();
    }

    fn restarts(&self) {
        let mut machine = self.0.lock().unwrap();
        (machine.0, machine.1) = (machine.0 + 1, 0);
    }

    fn is_set_to(&self, wall_unix_ms: i64) {
        self.0.lock().unwrap().2 = wall_unix_ms;
    }
}

impl Clock for Machine {
    fn read(&self) -> Reading {
        let (boot, ms, wall_unix_ms) = *self.0.lock().unwrap();
        Reading { wall_unix_ms, uptime: Some(Uptime { boot: boot.to_string(), ms }) }
    }
}

/// A stand with the leader J-1 (PIN 4821) and T-2 of the team (PIN 9731).
fn stand(dir: &Path, machine: &Arc<Machine>) -> Stand {
    drop(Office::new().stand(dir));
    let mut stand = again(dir, machine);
    stand.add_person("j-1", Role::Team, "4821").unwrap();
    stand.unlock(Some("J-1"), Some("4821")).unwrap();
    stand.add_person("T-2", Role::Team, "9731").unwrap();
    stand.lock();
    stand
}

fn again(dir: &Path, machine: &Arc<Machine>) -> Stand {
    Stand::open_with(&dir.join("stand"), Arc::clone(machine) as Arc<dyn Clock>).unwrap()
}

fn outing() -> OutingToOpen {
    OutingToOpen { comuna: "11302".into(), place: "Caleta Tortel".into(), ..OutingToOpen::default() }
}

type Does = fn(&mut Stand) -> Result<(), StandError>;

#[test]
fn each_role_may_do_what_the_table_says() {
    let (dir, machine) = (tempfile::tempdir().unwrap(), Machine::new());
    let mut stand = stand(dir.path(), &machine);
    let code = |result: Result<(), StandError>| result.err().map_or("ok", |error| error.code());
    // What each use case answers to nobody, to the team and to a leader; the table of `rights` is its source.
    let cases: [(UseCase, Does); 7] = [
        (UseCase::OpenOuting, |stand| stand.open_outing(&outing()).map(|_| ())),
        (UseCase::CloseOuting, |stand| stand.close_outing(texts::Language::Spanish).map(|_| ())),
        (UseCase::ChangeSettings, |stand| stand.set_printer(None)),
        (UseCase::ChangeTeam, |stand| stand.set_role("T-2", Role::Team)),
        (UseCase::ChangeTeam, |stand| stand.add_person("X", Role::Team, "123")),
        (UseCase::Sync, |stand| stand.allow(UseCase::Sync).map(|_| ())),
        (UseCase::ChangeOwnPin, |stand| stand.set_pin("12")),
    ];
    for (who, role) in
        [(None, None), (Some(("T-2", "9731")), Some(Role::Team)), (Some(("J-1", "4821")), Some(Role::Leader))]
    {
        stand.lock();
        if let Some((person, pin)) = who {
            assert_eq!(stand.unlock(Some(person), Some(pin)).unwrap().unwrap().role, role.unwrap());
        }
        for (case, does) in cases {
            let answer = code(does(&mut stand));
            let refused = matches!(answer, "pin_needed" | "leader_needed");
            assert_eq!(!refused, case.is_open_to(role), "{case:?} by {role:?}: {answer}");
            assert_eq!(answer == "leader_needed", refused && role.is_some(), "{case:?} by {role:?}");
        }
        // Capture asks nobody.
        let draft = domain::EncounterDraft::from_json(r#"{"matter":"bono","outcome":"informed"}"#).unwrap();
        stand.record_encounter(draft, None).unwrap();
    }
}

#[test]
fn entries_say_who_did_it() {
    let dir = tempfile::tempdir().unwrap();
    let office = Office::new();
    let mut stand = office.stand(dir.path());
    stand.add_person("J-1", Role::Leader, "4821").unwrap();
    stand.unlock(Some("J-1"), Some("4821")).unwrap();
    stand.open_outing(&outing()).unwrap();
    let encounter =
        || domain::EncounterDraft::from_json(r#"{"matter":"bono","outcome":"informed"}"#).unwrap();
    stand.record_encounter(encounter(), None).unwrap();
    let request = |writer: &str| {
        let json = format!(r#"{{"kind":"opinion","text":"x","comuna":"11302","written_by":"{writer}"}}"#);
        domain::RequestDraft::from_json(&json).unwrap()
    };
    stand.record_request(request("staff")).unwrap();
    stand.record_request(request("citizen")).unwrap();
    stand.close_outing(texts::Language::Spanish).unwrap();
    stand.lock();
    stand.record_encounter(encounter(), None).unwrap();
    let by: Vec<Option<String>> = office
        .open_all(&stand)
        .into_iter()
        .filter_map(|body| match body {
            Body::OutingOpened(opened) => Some(opened.by),
            Body::OutingClosed(closed) => Some(closed.by),
            Body::Encounter(attended) => Some(attended.record.by),
            Body::Request(record) => Some(record.filed.assisted_by),
            _ => None,
        })
        .collect();
    let leader = || Some("J-1".to_owned());
    assert_eq!(by, [leader(), leader(), leader(), None, leader(), None, None]);
}

#[test]
fn a_count_survives_everything_and_the_right_pin_tells_it() {
    let (dir, machine) = (tempfile::tempdir().unwrap(), Machine::new());
    let mut stand = stand(dir.path(), &machine);
    assert!(matches!(stand.unlock(Some("J-1"), None), Err(StandError::PinNeeded)));
    for wait in [0, 0, 30] {
        let wrong = stand.unlock(Some("J-1"), Some("0000"));
        assert!(matches!(wrong, Err(StandError::PinWrong { wait_s }) if wait_s == wait), "{wrong:?}");
        assert!(stand.acting().is_none());
    }
    drop(stand);
    let mut stand = again(dir.path(), &machine);
    machine.is_set_to(NOW_MS * 2);
    assert!(matches!(stand.unlock(Some("J-1"), Some("4821")), Err(StandError::PinDelayed { wait_s: 30 })));
    assert!(stand.unlock(Some("T-2"), Some("9731")).is_ok(), "others go on");
    machine.is_set_to(0);
    machine.runs_s(29);
    assert!(matches!(stand.unlock(Some("J-1"), Some("4821")), Err(StandError::PinDelayed { wait_s: 1 })));
    machine.runs_s(1);
    let acting = stand.unlock(Some("J-1"), Some("4821")).unwrap().unwrap();
    assert_eq!((acting.wrong_before, acting.role), (3, Role::Leader));
    assert_eq!(
        stand.unlock(None, Some("4821")).unwrap().unwrap().wrong_before,
        0,
        "told once; J-1 is the first"
    );
}

#[test]
fn whoever_is_not_here_is_answered_as_whoever_is_wrong() {
    let (dir, machine) = (tempfile::tempdir().unwrap(), Machine::new());
    let mut stand = stand(dir.path(), &machine);
    for (person, wait) in [("NADIE", 0), ("no es un código", 0), ("NADIE", 30)] {
        let wrong = stand.unlock(Some(person), Some("4821"));
        assert!(matches!(wrong, Err(StandError::PinWrong { wait_s }) if wait_s == wait), "{wrong:?}");
    }
    assert!(matches!(stand.unlock(Some("OTRO"), Some("4821")), Err(StandError::PinDelayed { wait_s: 30 })));
    stand.unlock(Some("J-1"), Some("4821")).unwrap();
    stand.remove_person("T-2").unwrap();
    assert!(matches!(stand.unlock(Some("T-2"), Some("9731")), Err(StandError::PinWrong { .. })));
}

#[test]
fn a_team_has_a_leader_and_codes_stay_with_their_people() {
    let (dir, machine) = (tempfile::tempdir().unwrap(), Machine::new());
    let mut stand = stand(dir.path(), &machine);
    assert!(matches!(stand.add_person("T-3", Role::Team, "1234"), Err(StandError::PinNeeded)));
    stand.unlock(Some("J-1"), Some("4821")).unwrap();
    assert!(matches!(stand.remove_person("J-1"), Err(StandError::LastLeader)));
    assert!(matches!(stand.set_role("J-1", Role::Team), Err(StandError::LastLeader)));
    assert!(matches!(stand.add_person("t-2", Role::Team, "1234"), Err(StandError::PersonExists)));
    assert!(matches!(stand.add_person("á", Role::Team, "1234"), Err(StandError::StaffCode(_))));
    assert!(matches!(stand.set_role("T-9", Role::Team), Err(StandError::UnknownPerson)));
    stand.set_role("T-2", Role::Leader).unwrap();
    stand.remove_person("J-1").unwrap();
    assert!(matches!(stand.allow(UseCase::CloseOuting), Err(StandError::PinNeeded)), "gone in the middle");
    stand.unlock(None, Some("9731")).unwrap();
    for number in 3..=super::TEAM_PEOPLE_MAX {
        super::Roster::change(&stand.folder, |roster| {
            let mut person = roster.people[1].clone();
            person.code = StaffCode::parse(&format!("P{number}")).unwrap();
            roster.people.push(person);
            Ok(((), true))
        })
        .unwrap();
    }
    assert!(matches!(stand.add_person("UNO-MAS", Role::Team, "1234"), Err(StandError::TeamFull)));
    stand.add_person("J-1", Role::Team, "1357").unwrap();
    assert_eq!(stand.team().unwrap()[0].role, Role::Team, "back under the old code");
}

/// Whoever has an evening alone with the screen: every PIN in turn, with restarts of program and machine and the clock
/// set to anything in between, and all the patience there is. Ten of them are looked at.
#[test]
fn ten_thousand_pins_over_restarts_and_clock_changes() {
    let (dir, machine) = (tempfile::tempdir().unwrap(), Machine::new());
    let mut stand = stand(dir.path(), &machine);
    let mut chance = ChaCha20Rng::from_seed([7; 32]);
    let (mut looked_at, mut delayed, mut locked) = (0, 0, 0);
    for pin in (0..10_000).filter(|pin| *pin != 4_821) {
        match chance.next_u32() % 40 {
            0 => {
                drop(stand);
                stand = again(dir.path(), &machine);
            }
            1 => machine.restarts(),
            2 => machine.is_set_to(i64::from(chance.next_u32()) * 1_000),
            _ => machine.runs_s(u64::from(chance.next_u32() % 120)),
        }
        match stand.unlock(Some("J-1"), Some(&format!("{pin:04}"))) {
            Err(StandError::PinWrong { .. }) => looked_at += 1,
            Err(StandError::PinDelayed { .. }) => delayed += 1,
            Err(StandError::PinLocked) => locked += 1,
            other => panic!("{pin}: {other:?}"),
        }
    }
    // The tenth wrong one is told as the lock-out that it makes.
    assert_eq!(looked_at, super::attempts::ATTEMPTS_MAX - 1);
    assert_eq!((looked_at + delayed + locked, delayed > 0), (9_999, true));
    assert!(
        matches!(stand.unlock(Some("J-1"), Some("4821")), Err(StandError::PinLocked)),
        "not even the right one"
    );
    assert!(stand.unlock(Some("T-2"), Some("9731")).is_ok(), "the team works on");
    assert_eq!(stand.team().unwrap().iter().map(|person| person.locked).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn the_office_lets_a_leader_in_by_telephone_once() {
    let (dir, machine) = (tempfile::tempdir().unwrap(), Machine::new());
    let office = Office::new();
    drop(office.stand(dir.path()));
    let mut stand = again(dir.path(), &machine);
    stand.add_person("J-1", Role::Leader, "4821").unwrap();
    stand.unlock(None, Some("4821")).unwrap();
    stand.add_person("T-2", Role::Team, "9731").unwrap();
    stand.lock();
    for _ in 0..super::attempts::ATTEMPTS_MAX {
        machine.runs_s(super::attempts::WAIT_S_MAX);
        stand.unlock(None, Some("0000")).unwrap_err();
    }
    let response = |challenge: &str, person: &str| {
        let key = UnlockKey::agree(&office.code, DeviceId([7; 16]));
        let challenge = UnlockChallenge::parse(challenge).unwrap();
        key.answer(challenge, &StaffCode::parse(person).unwrap()).to_string()
    };
    assert!(matches!(
        stand.unlock_by_telephone(&response("0000-0007", "J-1"), "2468"),
        Err(StandError::NoChallenge)
    ));
    assert!(matches!(stand.unlock_challenge(Some("T-2")), Err(StandError::LeaderNeeded)));
    let asked = stand.unlock_challenge(None).unwrap();
    assert_eq!((asked.person.as_str(), asked.phone_line.as_deref()), ("J-1", Some("600 301 7000")));
    drop(stand);
    machine.restarts();
    let mut stand = again(dir.path(), &machine);
    assert_eq!(stand.unlock_challenge(Some("J-1")).unwrap(), asked, "the same until it is used");

    let right = response(&asked.challenge, "J-1");
    let misheard = format!("{}{}", if right.starts_with('7') { "8" } else { "7" }, &right[1..]);
    assert!(matches!(stand.unlock_by_telephone(&misheard, "2468"), Err(StandError::UnlockCode(_))));
    assert!(matches!(stand.unlock_by_telephone(&right, "246"), Err(StandError::PinForm)));
    for wait in [0, 0, 30] {
        let wrong = stand.unlock_by_telephone(&response(&asked.challenge, "T-2"), "2468");
        assert!(matches!(wrong, Err(StandError::ResponseWrong { wait_s }) if wait_s == wait), "{wrong:?}");
    }
    assert!(matches!(
        stand.unlock_by_telephone(&right, "2468"),
        Err(StandError::ResponseDelayed { wait_s: 30 })
    ));
    machine.runs_s(30);
    assert_eq!(stand.unlock_by_telephone(&right, "2468").unwrap().as_str(), "J-1");
    assert!(matches!(stand.unlock_by_telephone(&right, "1111"), Err(StandError::NoChallenge)), "once");
    assert!(matches!(stand.unlock(None, Some("4821")), Err(StandError::PinWrong { .. })));
    assert_eq!(stand.unlock(None, Some("2468")).unwrap().unwrap().role, Role::Leader);
    assert_ne!(stand.unlock_challenge(None).unwrap().challenge, asked.challenge);
    stand.unlock(None, Some("2468")).unwrap();
    assert!(matches!(stand.unlock_by_telephone(&right, "1111"), Err(StandError::NoChallenge)), "found again");
}

#[test]
fn two_guesses_at_once_are_two() {
    let (dir, machine) = (tempfile::tempdir().unwrap(), Machine::new());
    drop(stand(dir.path(), &machine));
    let looked_at: usize = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let mut stand = again(dir.path(), &machine);
                    let wrong = (0..3).map(|_| stand.unlock(Some("J-1"), Some("0000")));
                    wrong.filter(|wrong| matches!(wrong, Err(StandError::PinWrong { .. }))).count()
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert_eq!(looked_at, 3, "of twelve");
}
