//! An invitation on the citizen's screen, from the draw to the sealed answer.

use std::collections::BTreeMap;

use domain::{EncounterDraft, InvitationFate};
use ed25519_dalek::SigningKey;
use ledger::HeldManifest;
use survey::draw::Rate;
use survey::{Offer, standard};
use texts::Language;
use wire::body::{Body, SurveyAnswer};
use wire::manifest::{Manifest, Part, PartKind};
use wire::publication::{Compressed, Publication};
use wire::{EntryKind, Hash};

use super::office::Office;
use super::promises::bytes_of;
use crate::{OutingToOpen, Replies, Reply, Stand, StandError, SurveyAsks};

/// A stand that carries the standard survey, in an outing where everybody is invited.
fn inviting(office: &Office, folder: &std::path::Path, rate: (u16, u16)) -> Stand {
    inviting_to(standard::survey().unwrap(), office, folder, rate)
}

fn inviting_to(survey: survey::Survey, office: &Office, folder: &std::path::Path, rate: (u16, u16)) -> Stand {
    let mut stand = office.stand(folder);
    let offer = Offer::new(survey, Rate::new(rate.0, rate.1).unwrap()).unwrap();
    let part = Publication::new(1, 1_795_000_000, &Compressed::of(offer.bytes()).unwrap()).encode();
    let device = &stand.enrolment.device;
    let mut manifest = Manifest::new(device.office, device.device, 1, 1_795_000_000);
    let hash = Hash::of(&part);
    manifest.parts.push(Part { kind: PartKind::SURVEY, hash, len: u64::try_from(part.len()).unwrap() });
    let signed = manifest.sign(&SigningKey::from_bytes(&[4; 32]));
    stand.ledger.store_part(hash, &part).unwrap();
    stand.ledger.store_manifest(&HeldManifest { number: 1, etag: None, signed }, &[hash]).unwrap();
    let outing = OutingToOpen {
        comuna: "11302".into(),
        place: "Caleta Tortel".into(),
        goal: None,
        ..OutingToOpen::default()
    };
    let status = stand.open_outing(&outing).unwrap();
    assert_eq!(status.draw.unwrap().rate, Some(format!("{}/{}", rate.0, rate.1)));
    stand
}

fn meet(stand: &mut Stand) -> u64 {
    let draft = EncounterDraft {
        matter: Some("Preguntó por un bono".into()),
        outcome: Some("informed".into()),
        ..EncounterDraft::default()
    };
    stand.record_encounter(draft, None).unwrap().answer.seq
}

fn replies(rows: &[(&str, Reply)]) -> Replies {
    rows.iter().map(|(name, reply)| ((*name).to_owned(), reply.clone())).collect::<BTreeMap<_, _>>()
}

fn refused(result: Result<impl Sized, StandError>) -> &'static str {
    result.err().map_or("taken", |error| error.code())
}

#[test]
fn an_invitation_waits_for_the_screen_and_is_used_once() {
    let (office, dir) = (Office::new(), tempfile::tempdir().unwrap());
    let mut stand = inviting(&office, dir.path(), (1, 1));
    meet(&mut stand);
    meet(&mut stand);
    assert_eq!(stand.invitation("es-CL").unwrap(), None, "the screen counts as busy");
    assert_eq!(refused(stand.begin_survey(1, "es-CL")), "no_invitation");
    stand.set_screen_free(true);
    let waiting = stand.invitation("en-GB").unwrap().unwrap();
    assert_eq!((waiting.place, waiting.title.as_str()), (1, "OIRS satisfaction survey"));
    assert_eq!(refused(stand.begin_survey(2, "es-CL")), "no_invitation", "each in its turn");

    let view = stand.begin_survey(1, "es").unwrap();
    assert_eq!((view.place, view.language.as_str()), (1, "es-CL"));
    assert!(matches!(view.questions[0].asks, SurveyAsks::Range { start: 1, end: 7, .. }));
    assert_eq!(stand.invitation("es-CL").unwrap(), None, "one at a time");
    assert_eq!(refused(stand.begin_survey(2, "es-CL")), "no_invitation");
    assert_eq!(refused(stand.answer_survey(2, &Replies::new())), "no_invitation");

    let step = stand.survey_step(&Replies::new()).unwrap();
    assert_eq!(
        (step.replied, step.next.as_deref(), step.missing.as_deref()),
        (0, Some("satisfaccion"), Some("satisfaccion"))
    );
    assert!(!step.shown.contains(&"cual_problema".to_owned()), "by the replies so far: {:?}", step.shown);
    let troubled = replies(&[("problema", Reply::Choice("si".into())), ("satisfaccion", Reply::Number(9))]);
    let step = stand.survey_step(&troubled).unwrap();
    assert!(step.shown.contains(&"cual_problema".to_owned()), "{:?}", step.shown);
    let fault = &step.faults[0];
    assert_eq!((fault.question.as_deref(), fault.code), (Some("satisfaccion"), "out_of_range"));
    assert_eq!(fault.reason, "El número está fuera de los límites.");

    let missing = stand.answer_survey(1, &Replies::new());
    assert_eq!(refused(missing), "survey_answer");
    // Somebody who went back: what isn't asked any more is left out.
    let given = replies(&[
        ("satisfaccion", Reply::Number(6)),
        ("problema", Reply::Choice("no".into())),
        ("cual_problema", Reply::Choices(vec!["espera".into()])),
        ("comentario", Reply::Text("El baño estaba cerrado".into())),
    ]);
    stand.answer_survey(1, &given).unwrap();
    let readable =
        |text: &str| bytes_of(dir.path()).windows(text.len()).any(|window| window == text.as_bytes());
    assert!(
        !readable("El baño estaba cerrado") && !readable("oirs-survey-answer/1"),
        "sealed before it touches the disk"
    );
    assert_eq!(refused(stand.answer_survey(1, &given)), "no_invitation", "used once");
    assert_eq!(stand.invitation("es-CL").unwrap().unwrap().place, 2);
    stand.refuse_survey(2).unwrap();
    assert_eq!(stand.invitation("es-CL").unwrap(), None);
    let tally = stand.invitation_tally().unwrap().unwrap();
    assert_eq!((tally.places, tally.waiting, tally.answered, tally.refused), (2, 0, 1, 1));
    let closed = stand.close_outing(Language::Spanish).unwrap().status;
    assert_eq!(closed.draw.unwrap().places, Some(2));

    let bodies = office.open_all(&stand);
    let answers: Vec<&SurveyAnswer> = bodies
        .iter()
        .filter_map(|body| match body {
            Body::SurveyAnswer(answer) => Some(answer),
            _ => None,
        })
        .collect();
    let [answer] = answers[..] else { panic!("one answer") };
    let filled = survey::Filled::read(answer.answer.as_bytes()).unwrap();
    assert_eq!(filled.replies.keys().collect::<Vec<_>>(), ["comentario", "problema", "satisfaccion"]);
    assert!(survey::answer::check(&standard::survey().unwrap(), &filled).is_ok());
    assert_eq!((answer.duration_s, answer.day), (None, 20_778), "21/11/2026, and no hour");
}

#[test]
fn a_restart_offers_what_was_on_the_screen_and_nothing_twice() {
    let (office, dir) = (Office::new(), tempfile::tempdir().unwrap());
    let mut stand = inviting(&office, dir.path(), (1, 1));
    let seq = meet(&mut stand);
    meet(&mut stand);
    stand.set_screen_free(true);
    stand.begin_survey(1, "es-CL").unwrap();
    let path = stand.folder.path().to_owned();
    drop(stand);
    let mut stand = Stand::open(&path).unwrap();
    assert_eq!(refused(stand.survey_step(&Replies::new())), "no_invitation", "nothing is on the screen");
    let (epoch, ..) = stand.ledger.head().unwrap();
    stand
        .record_void(domain::VoidDraft {
            epoch: Some(epoch.to_string()),
            seq: Some(seq),
            reason: Some("se repitió".into()),
            ..domain::VoidDraft::default()
        })
        .unwrap();
    meet(&mut stand);
    assert_eq!(stand.invitation_tally().unwrap().unwrap().places, 3, "begun: it is not passed on");
    stand.set_screen_free(true);
    assert_eq!(stand.invitation("es-CL").unwrap().unwrap().place, 1);
    stand.begin_survey(1, "es-CL").unwrap();
    // What nobody is there any more to mend is left out.
    let half = replies(&[("satisfaccion", Reply::Number(9)), ("facilidad", Reply::DontKnow)]);
    stand.break_off_survey(1, &half).unwrap();
    stand.lapse_survey(2).unwrap();
    let (epoch, count, _) = stand.ledger.head().unwrap();
    assert_eq!(stand.invitation_of(&epoch.to_string(), count).unwrap(), None, "no encounter");
    let seq = meet(&mut stand);
    assert_eq!(stand.invitation_of(&epoch.to_string(), seq).unwrap(), Some(4));
    let third = stand.invitation("es-CL").unwrap().unwrap().place;
    stand.begin_survey(third, "en").unwrap();
    assert_eq!(stand.survey_on_screen(), Some(3));
    stand.abandon_survey().unwrap().unwrap();
    assert_eq!((stand.survey_on_screen(), stand.abandon_survey().unwrap()), (None, None));
    assert_eq!(
        stand.invitation("es-CL").unwrap().unwrap().place,
        4,
        "the session's end lets the next one come"
    );
    let closed = stand.close_outing(Language::Spanish).unwrap().status.draw.unwrap();
    assert_eq!(closed.places, Some(4));
    let ends: Vec<(u64, Option<InvitationFate>)> = office
        .open_all(&stand)
        .iter()
        .filter_map(|body| match body {
            Body::InvitationEnded(ended) => Some((ended.place, ended.fate)),
            _ => None,
        })
        .collect();
    let broken_off = Some(InvitationFate::BrokenOff);
    assert_eq!(ends, [(1, broken_off), (2, Some(InvitationFate::Lapsed)), (3, broken_off)]);
}

#[test]
fn without_a_survey_or_of_nobody_the_day_goes_on() {
    let (office, dir) = (Office::new(), tempfile::tempdir().unwrap());
    let mut stand = office.stand(dir.path());
    stand.set_screen_free(true);
    assert_eq!(stand.invitation("es-CL").unwrap(), None);
    meet(&mut stand);
    assert_eq!((stand.invitation("es-CL").unwrap(), stand.invitation_tally().unwrap()), (None, None));
    assert_eq!(stand.close_outing(Language::Spanish).unwrap().status.draw, None);
    let dir = tempfile::tempdir().unwrap();
    let mut stand = inviting(&office, dir.path(), (0, 1));
    stand.set_screen_free(true);
    for _ in 0..20 {
        meet(&mut stand);
        assert_eq!(stand.invitation("es-CL").unwrap(), None);
    }
}

#[test]
fn an_answer_outlives_a_ledger_that_breaks_at_noon() {
    let (office, dir) = (Office::new(), tempfile::tempdir().unwrap());
    let mut stand = inviting(&office, dir.path(), (1, 1));
    meet(&mut stand);
    stand.set_screen_free(true);
    stand.begin_survey(1, "es-CL").unwrap();
    stand.answer_survey(1, &replies(&[("satisfaccion", Reply::Number(6))])).unwrap();
    ledger::set_aside(&dir.path().join("stand/ledger/ledger.db"), 5).unwrap();
    meet(&mut stand);
    stand.close_outing(Language::Spanish).unwrap();
    let bodies = office.open_all(&stand);
    let at = |kind: EntryKind| bodies.iter().position(|body| body.kind() == kind).unwrap();
    assert_eq!(at(EntryKind::SURVEY_ANSWER), 1, "before any outing that could count it");
    assert_eq!(bodies.iter().filter(|body| body.kind() == EntryKind::SURVEY_ANSWER).count(), 1);
    assert!(at(EntryKind::OUTING_OPENED) > 1);
}

#[test]
fn what_is_no_number_is_said_to_be_none_and_is_left_out_of_what_was_broken_off() {
    let (office, dir) = (Office::new(), tempfile::tempdir().unwrap());
    let mut form = standard::survey().unwrap().form().clone();
    let asked = form.questions.iter_mut().find(|question| question.name == "comentario").unwrap();
    (asked.asks, asked.required) = (survey::form::Asks::Integer {}, false);
    let mut stand = inviting_to(survey::Survey::new(form).unwrap(), &office, dir.path(), (1, 1));
    meet(&mut stand);
    stand.set_screen_free(true);
    stand.begin_survey(1, "es-CL").unwrap();
    for (reply, fault) in [
        (Reply::Number(3), None),
        (Reply::Text("abc".into()), Some("Escribe un número entero, solo con cifras.")),
        (Reply::Text("1.5".into()), Some("Escribe un número entero, solo con cifras.")),
    ] {
        let step = stand.survey_step(&replies(&[("comentario", reply.clone())])).unwrap();
        let said = step.faults.iter().find(|fault| fault.question.as_deref() == Some("comentario"));
        assert_eq!(said.is_some(), fault.is_some(), "{reply:?}");
        assert!(said.is_none_or(|said| said.reason.starts_with(fault.unwrap_or("-"))), "{said:?}");
    }
    let given = replies(&[("satisfaccion", Reply::Number(6)), ("comentario", Reply::Text("abc".into()))]);
    stand.break_off_survey(1, &given).unwrap();
    stand.close_outing(Language::Spanish).unwrap();
    let answer = office.open_all(&stand).into_iter().find_map(|body| match body {
        Body::SurveyAnswer(answer) => Some(answer.answer),
        _ => None,
    });
    let filled = survey::Filled::read(answer.unwrap().as_bytes()).unwrap();
    assert_eq!(filled.replies.keys().collect::<Vec<_>>(), ["satisfaccion"]);
}
