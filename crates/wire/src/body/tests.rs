//! What is filed comes back as it was filed, byte for byte deterministic.
#![allow(clippy::arithmetic_side_effects)]

use domain::{
    AffectedDraft, AnswerWay, Captured, Certainty, DocumentDraft, DocumentKind, EncounterDraft, Folio,
    InvitationFate, Kind, OrganisationDraft, PersonDraft, RequestDraft, Writer,
};
use proptest::prelude::*;

use super::words::Coded;
use super::*;
use crate::ids::Epoch;
use crate::receipt::ClaimKey;

fn words<T: Coded>() -> BoxedStrategy<Option<String>> {
    let canonical: Vec<String> = T::CODES.iter().map(|(_, value)| value.word().to_owned()).collect();
    prop_oneof![
        Just(None),
        proptest::sample::select(canonical).prop_map(Some),
        any::<String>().prop_map(Some),
    ]
    .boxed()
}

fn comunas() -> BoxedStrategy<Option<String>> {
    prop_oneof![
        Just(None),
        "[0-9]{5}".prop_map(Some),
        "[0-9]{4,6}".prop_map(Some),
        any::<String>().prop_map(Some)
    ]
    .boxed()
}

prop_compose! {
    fn documents()(kind in words::<DocumentKind>(), number: Option<String>, country: Option<String>) -> DocumentDraft {
        DocumentDraft { kind, number, country }
    }
}

prop_compose! {
    fn people()(
        names: (Option<String>, Option<String>),
        document in proptest::option::of(documents().boxed()),
        rest: (Option<String>, Option<String>, Option<String>, Option<String>),
        address_comuna in comunas(),
        answer_by in words::<AnswerWay>(),
    ) -> PersonDraft {
        let ((name, social_name), (country_of_residence, phone, email, address)) = (names, rest);
        PersonDraft {
            name, social_name, document, country_of_residence, phone, email, address, address_comuna, answer_by,
        }
    }
}

prop_compose! {
    fn affected()(
        name: Option<String>,
        social_name: Option<String>,
        document in proptest::option::of(documents().boxed()),
        relation: Option<String>,
    ) -> AffectedDraft {
        AffectedDraft { name, social_name, document, relation }
    }
}

prop_compose! {
    fn drafts()(
        kind in words::<Kind>(),
        texts: (Option<String>, Option<String>, Option<String>),
        comuna in comunas(),
        person in proptest::option::of(people().boxed()),
        organisation: Option<(Option<String>, Option<String>, Option<String>)>,
        affected in proptest::option::of(affected().boxed()),
        will_accepted: Option<bool>,
        rest: (Option<String>, Option<String>, Option<String>, Option<String>),
        written_by in words::<Writer>(),
    ) -> RequestDraft {
        let (topic, text, locality) = texts;
        let (privacy_notice, language, assisted_by, captured_at) = rest;
        let organisation = organisation.map(|(name, rut, role)| OrganisationDraft { name, rut, role });
        RequestDraft {
            id: None, kind, topic, text, comuna, locality, person, organisation, affected, will_accepted,
            privacy_notice, language, assisted_by, written_by, captured_at,
        }
    }
}

proptest! {
    #[test]
    fn a_request_comes_back_as_it_was_filed(
        filed in drafts().boxed(),
        id: [u8; 16],
        folio in 0..1_u64 << 45,
        at_unix_s in 0..4_000_000_000_i64,
        due: Option<(i32, i32)>,
        outing: Option<u64>,
    ) {
        let id = Uuid::from_bytes(id);
        let record = RequestRecord {
            id,
            claim: ClaimKey::from_bytes([7; 16]),
            folio: Folio::from_number(folio).unwrap(),
            captured: Captured {
                at_unix_ms: at_unix_s * 1_000,
                certainty: Certainty::Confirmed,
                trusted_unix_s: Some(5),
                elapsed_ms: None,
            },
            filed: RequestDraft { id: Some(id.to_string().to_uppercase()), ..filed },
            due: due.map(|(promise_days, legal_days)| Due { promise_days, legal_days }),
            outing,
        };
        let body = Body::Request(Box::new(record));
        let read = Body::decode(body.kind(), &body.encode()).unwrap();
        prop_assert!(read == body);
    }

    #[test]
    fn rubbish_is_an_error_and_never_a_panic(kind in 0..12_u16, bytes: Vec<u8>) {
        let _ = Body::decode(EntryKind(kind), &bytes);
    }
}

fn recorded<T>(id: Uuid, captured: Captured, filed: T) -> Recorded<T> {
    Recorded { id, captured, filed, outing: Some(2), by: Some("T-1".to_owned()) }
}

#[test]
fn small_records_come_back_and_unknown_kinds_are_kept() {
    let captured = Captured {
        at_unix_ms: 9_000,
        certainty: Certainty::Contradicted,
        trusted_unix_s: None,
        elapsed_ms: Some(2_000),
    };
    let id = Uuid::from_u128(5);
    let text = |text: &str| Some(text.to_owned());
    let filed_id = Some(id.to_string());
    let bodies = [
        Body::LedgerOpened(LedgerOpened::new(captured, OpeningReason::Forked, Some(Epoch([1; 8])))),
        Body::OutingOpened(OutingOpened::new(captured, Some("11302"), text("Caleta Tortel"), Some(60))),
        Body::OutingOpened(OutingOpened::new(captured, Some("11302"), None, None).at(Some("plaza"))),
        Body::OutingOpened(OutingOpened::new(captured, None, None, None).with_draw(&DrawOpened {
            numerator: 1,
            denominator: 3,
            commitment: [0xc0; 32],
            survey: "satisfaccion_oirs".into(),
        })),
        Body::OutingClosed(OutingClosed::new(captured, 2, &crate::counts::OutingCounts::sample())),
        Body::OutingClosed(OutingClosed::new(captured, 2, &crate::counts::OutingCounts::sample()).with_draw(
            &DrawClosed {
                seed: [0x5e; 32],
                tally: DrawTally { places: 50, drawn: 17, answered: 9, refused: 4, broken_off: 1, lapsed: 3 },
            },
        )),
        Body::InvitationEnded(InvitationEnded {
            id,
            filed_id: filed_id.clone(),
            captured,
            fate: Some(InvitationFate::BrokenOff),
            place: 7,
            outing: 2,
        }),
        Body::SurveyAnswer(SurveyAnswer {
            id: [0xa5; 16],
            answer: r#"{"format":"oirs-survey-answer/1"}"#.into(),
            duration_s: Some(60),
            day: 20_779,
        }),
        Body::Addition(recorded(
            id,
            captured,
            AdditionDraft {
                id: filed_id.clone(),
                folio: text("T7K-4QX9-2MB"),
                control_code: text("7k3m q2xv"),
                text: text("más"),
            },
        )),
        Body::Withdrawal(recorded(
            id,
            captured,
            WithdrawalDraft {
                id: filed_id.clone(),
                folio: text("x"),
                control_code: text("7K3M-Q2XV"),
                reason: None,
            },
        )),
        Body::Encounter(Attended {
            place: Some(7),
            record: recorded(
                id,
                captured,
                EncounterDraft {
                    id: filed_id.clone(),
                    matter: text("bono"),
                    outcome: text("referred"),
                    referred_to: text("ChileAtiende"),
                    comuna: text("01101"),
                    sheet: text("bono-al-trabajo-de-la-mujer"),
                },
            ),
        }),
        Body::Void(recorded(
            id,
            captured,
            VoidDraft { id: filed_id.clone(), epoch: text("00"), seq: Some(4), reason: text("error") },
        )),
        Body::Wanted(recorded(
            id,
            captured,
            WantedDraft { id: filed_id, words: text("plata para la junta") },
        )),
        Body::Unknown(EntryKind(99), vec![1, 2, 3]),
    ];
    for body in bodies {
        assert!(Body::decode(body.kind(), &body.encode()).unwrap() == body, "{:?}", body.kind());
    }
}

/// The examples of docs/protocol.md, sections 8.6 and 8.10, which its own reader reads as well.
#[test]
fn the_bytes_of_small_bodies_are_the_documented_ones() {
    let captured = Captured {
        at_unix_ms: 1_795_000_000_000,
        certainty: Certainty::Confirmed,
        trusted_unix_s: None,
        elapsed_ms: None,
    };
    let ended = Body::InvitationEnded(InvitationEnded {
        id: Uuid::from_bytes([5; 16]),
        filed_id: None,
        captured,
        fate: Some(InvitationFate::Refused),
        place: 13,
        outing: 2,
    });
    let answer = Body::SurveyAnswer(SurveyAnswer {
        id: [0xa5; 16],
        answer: r#"{"replies":{}}"#.into(),
        duration_s: Some(60),
        day: 20_778,
    });
    let document = include_str!("../../../../docs/protocol.md").replace("`\n`", "");
    let resting = Body::Resting(Box::new(RestingCopy { push: None, filler: vec![0xf1; 2] }));
    for body in [ended, answer, resting] {
        let hex = data_encoding::HEXLOWER.encode(&body.encode());
        assert!(document.contains(&format!("`{hex}`")), "{hex}");
    }
}

#[test]
fn exactly_the_unknown_kinds_are_kept_unread() {
    for number in 0..=u16::MAX {
        let kind = EntryKind(number);
        let kept = matches!(Body::decode(kind, &[0xa0]), Ok(Body::Unknown(..)));
        assert_eq!(kept, !kind.is_known(), "{number}");
    }
}

/// A list that later versions add to: an older office shows their numbers, and an older stand's outing has none.
#[test]
fn the_kind_of_a_place_is_a_word_or_the_number_of_a_later_one() {
    let captured =
        Captured { at_unix_ms: 0, certainty: Certainty::Confirmed, trusted_unix_s: None, elapsed_ms: None };
    let opened = || OutingOpened::new(captured, Some("11302"), None, None);
    let read = |bytes: &[u8]| match Body::decode(EntryKind::OUTING_OPENED, bytes) {
        Ok(Body::OutingOpened(opened)) => opened.place_kind(),
        _ => panic!("no outing"),
    };
    assert_eq!(read(&crate::encode(&opened())), None);
    let mut codes = std::collections::BTreeSet::new();
    for kind in domain::PlaceKind::ALL {
        let bytes = crate::encode(&opened().at(Some(kind.as_str())));
        assert_eq!(read(&bytes).as_deref(), Some(kind.as_str()));
        let (last, before) = bytes.split_last().unwrap();
        assert!(before.ends_with(&[0x18, 36]) && codes.insert(*last), "{kind}: a number of its own");
        let later = [before, &[0x18, 99]].concat();
        assert_eq!(read(&later).as_deref(), Some("99"));
    }
}

#[test]
fn a_key_from_a_later_version_is_skipped() {
    let opened = OutingOpened::new(
        Captured { at_unix_ms: 0, certainty: Certainty::Confirmed, trusted_unix_s: None, elapsed_ms: None },
        None,
        None,
        Some(3),
    );
    let mut bytes = crate::encode(&opened);
    bytes[0] += 1;
    bytes.extend_from_slice(&[0x18, 200, 0x63, b'n', b'e', b'w']);
    assert!(Body::decode(EntryKind::OUTING_OPENED, &bytes).unwrap() == Body::OutingOpened(opened));
}
