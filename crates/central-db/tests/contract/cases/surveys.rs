//! Facts of surveys: written down once, found by survey, with each branch for itself.

use std::sync::Arc;

use central_db::{AnswerLine, DrawClosing, DrawOpening, Found, Opened, SealedEntry, Store, SurveyFact};
use domain::InvitationFate;
use wire::body::DrawTally;

use crate::actors::{NOW, Stand};

fn opened(entry: &SealedEntry, fact: SurveyFact) -> Opened {
    let SealedEntry { id, received_unix_s, quarantine, .. } = *entry;
    Opened { id, received_unix_s, quarantine, found: Found::Other, survey: Some(fact) }
}

fn answer(id: u8, survey: &str, complete: bool) -> SurveyFact {
    SurveyFact::Answer(AnswerLine { answer: [id; 16], survey: survey.into(), version: 3, complete })
}

pub(crate) async fn a_draw_gathers_what_came_of_it(store: Arc<dyn Store>) {
    let mut stand = Stand::enrolled(&*store, 1).await;
    stand.record(9);
    stand.send(&*store, 0, 9, NOW).await;
    let entries = store.unopened(20).await.unwrap();
    let opening = DrawOpening {
        survey: "satisfaccion".into(),
        numerator: 1,
        denominator: 3,
        commitment: [0xc0; 32],
        captured_unix_s: 1_795_000_000,
    };
    let tally = DrawTally { places: 2, drawn: 2, answered: 1, refused: 1, broken_off: 0, lapsed: 0 };
    let closing = DrawClosing { outing: 1, seed: [0x5e; 32], tally };
    let (refused, unknown) = (Some(InvitationFate::Refused), None);
    let facts = vec![
        SurveyFact::Opened(opening.clone()),
        SurveyFact::Place { outing: 1, place: 1 },
        SurveyFact::Place { outing: 1, place: 2 },
        SurveyFact::Ended { outing: 1, place: 2, fate: refused },
        SurveyFact::Ended { outing: 1, place: 1, fate: unknown },
        answer(1, "satisfaccion", true),
        answer(2, "satisfaccion", false),
        SurveyFact::Closed(closing),
        answer(1, "otra", true),
    ];
    let all: Vec<Opened> = entries.iter().zip(facts).map(|(entry, fact)| opened(entry, fact)).collect();
    assert!(store.draws(None).await.unwrap().is_empty());
    store.store_opened(all[..7].to_vec(), NOW).await.unwrap();
    let before = store.draws(Some("satisfaccion".into())).await.unwrap();
    assert_eq!((before.len(), before[0].closing), (1, None), "open");
    store.store_opened(all.clone(), NOW).await.unwrap();
    store.store_opened(all, NOW).await.unwrap();
    let draws = store.draws(None).await.unwrap();
    let [draw] = &draws[..] else { panic!("one draw: {draws:?}") };
    assert_eq!(
        (&draw.opening, draw.closing, draw.id.seq, draw.quarantined),
        (&opening, Some(closing), 1, false)
    );
    assert_eq!(
        (draw.places.as_slice(), draw.ended.as_slice()),
        (&[1, 2][..], &[(2, refused), (1, unknown)][..])
    );
    assert_eq!(draw.complete_answers, 1, "of this survey, to the end, before the closing");
    assert!(store.draws(Some("otra".into())).await.unwrap().is_empty());
    let answers = store.survey_answers("satisfaccion".into()).await.unwrap();
    assert_eq!(
        answers.iter().map(|one| (one.id.seq, one.line.complete)).collect::<Vec<_>>(),
        [(6, true), (7, false)]
    );
    assert_eq!(store.survey_answers("otra".into()).await.unwrap().len(), 1);
    assert!(store.survey_answers("ninguna".into()).await.unwrap().is_empty());
}

pub(crate) async fn a_forked_draw_is_two(store: Arc<dyn Store>) {
    let mut stand = Stand::enrolled(&*store, 1).await;
    stand.record(3);
    stand.send(&*store, 0, 3, NOW).await;
    let mut clone = stand.diverged(91);
    clone.record(2);
    clone.send(&*store, 3, 5, NOW).await;
    stand.record(1);
    stand.send(&*store, 3, 4, NOW).await;
    for entry in store.unopened(20).await.unwrap() {
        let fact = SurveyFact::Place { outing: 2, place: entry.id.seq };
        let fact = match entry.id.seq {
            2 => SurveyFact::Opened(DrawOpening {
                survey: "satisfaccion".into(),
                numerator: 1,
                denominator: 5,
                commitment: [1; 32],
                captured_unix_s: 5,
            }),
            _ => fact,
        };
        store.store_opened(vec![opened(&entry, fact)], NOW).await.unwrap();
    }
    let draws = store.draws(None).await.unwrap();
    let [draw] = &draws[..] else { panic!("one opening: {draws:?}") };
    assert!(draw.places.len() < 5, "the other branch's encounters are not of this draw: {:?}", draw.places);
}
