//! What a stand that lies about its draw looks like, and answers that the office must not count.

use central::surveys::results;
use central_db::{NewPublication, Store};
use domain::{EncounterDraft, InvitationFate};
use survey::answer::{Replies, Reply};
use survey::draw::{Rate, Seed};
use survey::{Ending, Filled, Offer, standard};
use wire::Hash;
use wire::body::{
    Attended, Body, DrawClosed, DrawOpened, DrawTally, InvitationEnded, OutingClosed, OutingOpened,
    SurveyAnswer,
};
use wire::counts::OutingCounts;
use wire::manifest::PartKind;
use wire::publication::Compressed;

use crate::office::{NOW, Running};
use crate::stand::{Stand, captured, recorded};

const NAME: &str = "satisfaccion_oirs";
const EVERYBODY: (u16, u16) = (1, 1);

async fn publish(store: &dyn Store) -> u32 {
    let survey = standard::survey().unwrap();
    let version = survey.form().version;
    let offer = Offer::new(survey, Rate::new(EVERYBODY.0, EVERYBODY.1).unwrap()).unwrap();
    let compressed = Compressed::of(offer.bytes()).unwrap();
    let new = NewPublication { kind: PartKind::SURVEY, content: Hash::of(offer.bytes()), compressed };
    store.publish(new, NOW).await.unwrap();
    version
}

fn answer(id: u8, version: u32, grade: i64) -> Body {
    let replies = Replies::from([("satisfaccion".to_owned(), Reply::Number(grade))]);
    let filled = Filled::new(NAME, version, "es-CL", Ending::Complete, replies);
    Body::SurveyAnswer(SurveyAnswer {
        id: [id; 16],
        answer: filled.to_json().unwrap(),
        duration_s: Some(60),
        day: 20_778,
    })
}

/// An outing in which everybody is invited and answers 6; `seed` is what its closing says.
fn outing(stand: &mut Stand, version: u32, answers: u8, seed: [u8; 32]) {
    let rate = Rate::new(EVERYBODY.0, EVERYBODY.1).unwrap();
    let draw = DrawOpened {
        numerator: EVERYBODY.0,
        denominator: EVERYBODY.1,
        commitment: Seed::new([7; 32]).commit(rate).0,
        survey: NAME.into(),
    };
    let opened = OutingOpened::new(captured(), Some("11302"), None, None).with_draw(&draw);
    let outing = stand.record(&Body::OutingOpened(opened));
    for place in 1..=u64::from(answers) {
        let mut record = recorded(EncounterDraft::default());
        record.outing = Some(outing);
        stand.record(&Body::Encounter(Attended { record, place: Some(place) }));
        stand.record(&Body::InvitationEnded(InvitationEnded {
            id: uuid::Uuid::from_bytes([9; 16]),
            filed_id: None,
            captured: captured(),
            fate: Some(InvitationFate::Answered),
            place,
            outing,
        }));
    }
    for id in 1..=answers {
        stand.record(&answer(id, version, 6));
    }
    let count = u64::from(answers);
    let tally = DrawTally { places: count, drawn: count, answered: count, ..DrawTally::default() };
    let counts = OutingCounts { by_outcome: [count, 0, 0, 0], ..OutingCounts::default() };
    let closed = OutingClosed::new(captured(), outing, &counts).with_draw(&DrawClosed { seed, tally });
    stand.record(&Body::OutingClosed(closed));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draw_that_is_not_the_committed_one_is_named() {
    let office = Running::start().await;
    let version = publish(&*office.store).await;
    let (mut honest, mut other) = (Stand::enrol(&office, 1).await, Stand::enrol(&office, 2).await);
    outing(&mut honest, version, 12, [7; 32]);
    honest.sync_accepted().await;
    outing(&mut other, version, 3, [8; 32]);
    other.sync_accepted().await;
    office.open().await;
    let results = results(&*office.store, &office.opener(), NAME, false).await.unwrap().unwrap();
    let verdicts: Vec<(&str, &str)> =
        results.draws.iter().map(|draw| (draw.device_label.as_str(), draw.verdict)).collect();
    assert!(
        verdicts.contains(&("Puesto 1", "good")) && verdicts.contains(&("Puesto 2", "commitment")),
        "{verdicts:?}"
    );
    // The other stand's answers carry the same ids as the first's: each counts once.
    assert_eq!((results.answers, results.answered, results.faulty), (12, 15, 0));
    let net = results.questions[0].net.as_ref().unwrap();
    assert_eq!((net.satisfied, net.dissatisfied, net.net, net.margin_tenths), (100, 0, 100, Some(0)));
    assert_eq!(office.store.failures().await.unwrap(), Vec::new());
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_break_a_rule_are_kept_and_not_counted() {
    let office = Running::start().await;
    let version = publish(&*office.store).await;
    let mut stand = Stand::enrol(&office, 1).await;
    stand.record(&answer(1, version, 7));
    stand.record(&answer(2, version, 8));
    stand.record(&answer(3, version + 1, 7));
    stand.record(&Body::SurveyAnswer(SurveyAnswer {
        id: [4; 16],
        answer: "no es una respuesta".into(),
        duration_s: None,
        day: 0,
    }));
    stand.sync_accepted().await;
    office.open().await;
    let all = results(&*office.store, &office.opener(), NAME, true).await.unwrap().unwrap();
    assert_eq!((all.answers, all.faulty, all.set_apart), (1, 2, 0));
    assert_eq!((all.standing, all.comments), ("held_back", None));
    let letters = office.store.failures().await.unwrap();
    assert_eq!(
        letters.iter().map(|letter| (letter.id.seq, letter.why.as_str())).collect::<Vec<_>>(),
        [(4, "malformed_body")]
    );
    assert_eq!(results(&*office.store, &office.opener(), "ninguna", false).await.unwrap(), None);
    office.stop().await;
}
