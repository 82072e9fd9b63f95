//! One outing of two stands: what is shared, who is believed, and what is refused.

use texts::Language;
use wire::body::Body;

use super::office::{NOW_MS, Office, SetClock};
use crate::{OutingToOpen, Stand, StandError, Verdict};

fn tortel() -> OutingToOpen {
    let team = vec!["t-2".into(), "T-1".into(), "T-2".into()];
    let place_kind = Some("caleta_o_muelle".into());
    OutingToOpen { comuna: "11302".into(), place: "Caleta Tortel".into(), place_kind, goal: Some(60), team }
}

fn two(office: &Office) -> (tempfile::TempDir, tempfile::TempDir, Stand, Stand) {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let stands = (office.stand(one.path()), office.stand(other.path()));
    (one, other, stands.0, stands.1)
}

#[test]
fn an_outing_knows_its_team_and_its_token() {
    let office = Office::new();
    let dir = tempfile::tempdir().unwrap();
    let mut stand = office.stand(dir.path());
    assert!(matches!(stand.share_outing(), Err(StandError::Ledger(_))), "none is open");
    let status = stand.open_outing(&tortel()).unwrap();
    assert_eq!(status.team, ["T-2", "T-1"]);
    assert_eq!(stand.outing_status().unwrap(), status);
    let opened = office.open_all(&stand).into_iter().find_map(|body| match body {
        Body::OutingOpened(opened) => Some(opened),
        _ => None,
    });
    let opened = opened.unwrap();
    assert_eq!(opened.token.map(|token| token.to_string()), status.token);
    assert_eq!((opened.place_kind(), opened.team), (status.place_kind.clone(), Some(status.team.clone())));
    assert_eq!(status.place_kind.as_deref(), Some("caleta_o_muelle"));
    stand.close_outing(Language::Spanish).unwrap();
    let again = stand.open_outing(&tortel()).unwrap();
    assert_ne!(again.token, status.token, "another outing");
    for team in [vec!["á".to_owned()], (0..41).map(|n| format!("P{n}")).collect()] {
        stand.close_outing(Language::Spanish).map_or_else(|_| again.clone(), |closed| closed.status);
        let refused = stand.open_outing(&OutingToOpen { team, ..tortel() });
        assert!(
            matches!(refused, Err(StandError::Input(errors)) if errors[0].field.as_deref() == Some("team"))
        );
    }
}

#[test]
fn another_stand_joins_the_same_outing() {
    let office = Office::new();
    let (_one, _other, mut first, mut second) = two(&office);
    let shared = first.open_outing(&tortel()).unwrap();
    let code = first.share_outing().unwrap();
    assert!(
        code.code.bytes().all(|b| b.is_ascii_uppercase() || (b'2'..=b'7').contains(&b)),
        "alphanumeric mode"
    );
    assert_eq!(Some(&code.token), shared.token.as_ref());
    let own = first.join_outing(&code.code, false).unwrap();
    assert_eq!((own.signer, own.outing), (Verdict::Genuine, shared.clone()), "one's own changes nothing");

    let unknown = second.join_outing(&code.code, false);
    assert!(matches!(unknown, Err(StandError::OutingSigner { revoked: false })));
    assert_eq!(unknown.unwrap_err().exit(), crate::Exit::UnknownSigner);
    assert!(!second.outing_status().unwrap().open, "nothing was opened");
    let joined = second.join_outing(&code.code, true).unwrap();
    assert_eq!((joined.signer, joined.other_day), (Verdict::UnknownSigner, false));
    let same = |status: &crate::OutingStatus| {
        let place = (status.comuna.clone(), status.place.clone(), status.place_kind.clone());
        (status.token.clone(), place, status.goal, status.team.clone())
    };
    assert_eq!(same(&joined.outing), same(&shared));
    assert_eq!(second.join_outing(&code.code, true).unwrap().outing, joined.outing, "scanned twice");

    first.close_outing(Language::Spanish).unwrap();
    first.open_outing(&tortel()).unwrap();
    let other = first.share_outing().unwrap();
    assert_eq!(second.join_outing(&other.code, true).unwrap_err().code(), "outing_open");
    second.close_outing(Language::Spanish).unwrap();
    second.clock = SetClock::at(NOW_MS + 86_400_000);
    assert!(second.join_outing(&other.code, true).unwrap().other_day);
}

#[test]
fn a_kind_of_place_is_one_of_the_list_or_none() {
    let dir = tempfile::tempdir().unwrap();
    let mut stand = Office::new().stand(dir.path());
    for (kind, kept) in [(None, None), (Some(""), None), (Some(" plaza "), Some("plaza"))] {
        let outing = OutingToOpen { place_kind: kind.map(str::to_owned), ..tortel() };
        assert_eq!(stand.open_outing(&outing).unwrap().place_kind.as_deref(), kept);
        stand.close_outing(Language::Spanish).unwrap();
    }
    for wrong in ["Plaza", "cancha", "1"] {
        let refused = stand.open_outing(&OutingToOpen { place_kind: Some(wrong.into()), ..tortel() });
        assert!(
            matches!(&refused, Err(StandError::Input(errors)) if errors[0].field.as_deref() == Some("place_kind")),
            "{wrong}"
        );
    }
}

#[test]
fn what_is_no_outing_of_this_office_is_refused() {
    let office = Office::new();
    let (_one, _other, mut first, mut second) = two(&office);
    first.open_outing(&tortel()).unwrap();
    let code = first.share_outing().unwrap().code;
    for (wrong, expected) in
        [("", "not_an_outing"), ("SALIDA", "not_an_outing"), (&code[1..], "not_an_outing")]
    {
        assert_eq!(second.join_outing(wrong, true).unwrap_err().code(), expected);
    }
    let receipt = first.record_request(super::promises::draft("x")).unwrap().answer.receipt;
    assert_eq!(second.join_outing(&receipt, true).unwrap_err().code(), "not_an_outing");
    let altered =
        format!("{}{}", &code[..code.len() - 4], if code.ends_with("AAAA") { "BBBB" } else { "AAAA" });
    assert!(matches!(
        first.join_outing(&altered, true).unwrap_err().code(),
        "outing_false" | "not_an_outing"
    ));
    let (office, token) = (wire::OfficeId([0xee; 16]), wire::OutingToken([1; 16]));
    let abroad = wire::outing::SharedOuting::new(office, token, 20_778, 11_302, "Otra oficina".into());
    let abroad = abroad.sign(&ed25519_dalek::SigningKey::from_bytes(&[9; 32]));
    assert_eq!(second.join_outing(&abroad, true).unwrap_err().code(), "other_office");
}
