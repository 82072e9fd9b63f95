//! The results of a survey: who was invited and what became of it, whether the draws hold, and what was answered.

use std::collections::{BTreeMap, BTreeSet};

use central_db::{Device, Draw, Store};
use data_encoding::HEXLOWER;
use serde::Serialize;
use survey::draw::Tally;
use survey::summary::{Standing, percent, standing};
use survey::{Filled, Reply, Survey, answer};
use wire::body::{Body, DrawTally};

use super::published::{Edition, editions};
use super::question::{self, QuestionResult};
use super::recount::verdict;
use crate::error::CentralError;
use crate::opening::Opener;
use crate::requests::local_rfc3339;

/// Everything about a survey, over all its versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Results {
    /// Its name.
    pub survey: String,
    /// What its newest version is called, in its own language.
    pub title: String,
    /// The versions that were published, the newest first.
    pub versions: Vec<u32>,
    /// How many were invited, by outings: `1/5`, each once.
    pub rates: Vec<String>,
    /// Encounters that took part, of outings that are closed: those who could have been drawn.
    pub places: u64,
    /// Of them, drawn.
    pub drawn: u64,
    /// Of them, answered to the end.
    pub answered: u64,
    /// Said no.
    pub refused: u64,
    /// Began, and did not finish.
    pub broken_off: u64,
    /// Had gone, or the day ended.
    pub lapsed: u64,
    /// Answered of drawn, in whole percent.
    pub response_percent: Option<u8>,
    /// Answers that are counted: complete ones, and what was said before breaking off.
    pub answers: u64,
    /// Whether they are enough to be shown: `held_back`, `uncertain` or `firm`.
    pub standing: &'static str,
    /// Answers that break a rule of their version, or whose version nobody published: in no count.
    pub faulty: u64,
    /// Answers that are quarantined: in no count.
    pub set_apart: u64,
    /// What each question came to.
    pub questions: Vec<QuestionResult>,
    /// What people wrote, in the order of the alphabet: of no person and no day. Only when asked for and enough answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comments: Option<Vec<String>>,
    /// Every draw.
    pub draws: Vec<DrawLine>,
}

/// One draw, with what anybody needs to count it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DrawLine {
    /// The stand.
    pub device: String,
    /// What the office calls it.
    pub device_label: String,
    /// Its ledger.
    pub epoch: String,
    /// The entry that opened the outing.
    pub seq: u64,
    /// When the outing was opened.
    pub opened_at: String,
    /// How many are invited.
    pub rate: String,
    /// What the stand committed itself to, in hexadecimal.
    pub commitment: String,
    /// The seed that it disclosed.
    pub seed: Option<String>,
    /// The closing's counts.
    pub tally: Option<TallyLine>,
    /// What came of counting again: see [`Verdict`](super::Verdict).
    pub verdict: &'static str,
    /// Whether it is set apart and in no result.
    pub quarantined: bool,
}

/// The counts of a closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct TallyLine {
    /// Encounters that took part.
    pub places: u64,
    /// Drawn.
    pub drawn: u64,
    /// Answered.
    pub answered: u64,
    /// Said no.
    pub refused: u64,
    /// Did not finish.
    pub broken_off: u64,
    /// Not reached.
    pub lapsed: u64,
}

/// The results of the survey of this name; none when none was published.
pub async fn results(
    store: &dyn Store,
    opener: &Opener,
    name: &str,
    with_comments: bool,
) -> Result<Option<Results>, CentralError> {
    let editions: Vec<Edition> = editions(store)
        .await?
        .into_iter()
        .filter(|edition| edition.offer.survey().form().id == name)
        .collect();
    let Some(newest) = editions.first().map(|edition| edition.offer.survey().clone()) else {
        return Ok(None);
    };
    let draws = store.draws(Some(name.to_owned())).await?;
    let devices = store.devices().await?;
    let collected = collect(store, opener, name, &editions).await?;
    let tally = tally(&draws);
    let form = newest.form();
    let answers = u64::try_from(collected.answers.len()).unwrap_or(u64::MAX);
    let shown = standing(answers);
    let counted = form
        .questions
        .iter()
        .filter_map(|one| question::count(&newest, one, &collected.answers, tally.places));
    let language = form.languages.first().map_or("", |language| language.tag.as_str());
    Ok(Some(Results {
        survey: name.to_owned(),
        title: form.title.get(language).cloned().unwrap_or_default(),
        versions: versions(&editions),
        rates: rates(&draws),
        places: tally.places,
        drawn: tally.drawn,
        answered: tally.answered,
        refused: tally.refused,
        broken_off: tally.broken_off,
        lapsed: tally.lapsed,
        response_percent: percent(tally.answered, tally.drawn).filter(|_| tally.drawn > 0),
        answers,
        standing: shown.as_str(),
        faulty: collected.faulty,
        set_apart: collected.set_apart,
        questions: counted.collect(),
        comments: (with_comments && shown != Standing::HeldBack)
            .then(|| comments(&newest, &collected.answers)),
        draws: draws.iter().map(|draw| DrawLine::of(draw, &devices)).collect(),
    }))
}

fn versions(editions: &[Edition]) -> Vec<u32> {
    let mut versions: Vec<u32> =
        editions.iter().map(|edition| edition.offer.survey().form().version).collect();
    versions.sort_unstable_by(|one, other| other.cmp(one));
    versions.dedup();
    versions
}

fn rates(draws: &[Draw]) -> Vec<String> {
    let rates: BTreeSet<(u16, u16)> =
        draws.iter().map(|draw| (draw.opening.numerator, draw.opening.denominator)).collect();
    rates.into_iter().map(|(numerator, denominator)| format!("{numerator}/{denominator}")).collect()
}

/// What closed draws came to; quarantined ones are left out.
fn tally(draws: &[Draw]) -> Tally {
    let closed = draws.iter().filter(|draw| !draw.quarantined).filter_map(|draw| draw.closing);
    closed.fold(Tally::default(), |sum, closing| {
        let DrawTally { places, drawn, answered, refused, broken_off, lapsed } = closing.tally;
        sum.plus(Tally { places, drawn, answered, refused, broken_off, lapsed, open: 0 })
    })
}

#[derive(Default)]
struct Collected {
    answers: Vec<Filled>,
    faulty: u64,
    set_apart: u64,
}

/// Opens every answer, once each, and judges it by the version that its person saw.
async fn collect(
    store: &dyn Store,
    opener: &Opener,
    name: &str,
    editions: &[Edition],
) -> Result<Collected, CentralError> {
    let surveys: BTreeMap<u32, &Survey> = editions
        .iter()
        .map(|edition| edition.offer.survey())
        .map(|survey| (survey.form().version, survey))
        .collect();
    let mut collected = Collected::default();
    let mut seen = BTreeSet::new();
    for answer in store.survey_answers(name.to_owned()).await? {
        let Some(entry) = store.entry(answer.id).await? else { continue };
        if entry.quarantine.is_some() {
            collected.set_apart = collected.set_apart.saturating_add(1);
            continue;
        }
        if !seen.insert(answer.line.answer) {
            continue;
        }
        let filled = match opener.open(&entry) {
            Ok(Body::SurveyAnswer(body)) => Filled::read(body.answer.as_bytes()).ok(),
            _ => None,
        };
        let survey = surveys.get(&answer.line.version);
        match filled.filter(|filled| survey.is_some_and(|survey| answer::check(survey, filled).is_ok())) {
            Some(filled) => collected.answers.push(filled),
            None => collected.faulty = collected.faulty.saturating_add(1),
        }
    }
    Ok(collected)
}

/// What people wrote in words of their own.
fn comments(survey: &Survey, answers: &[Filled]) -> Vec<String> {
    let asked = |name: &String| survey.form().questions.iter().any(|question| question.name == *name);
    let replies = answers.iter().flat_map(|filled| &filled.replies).filter(|(name, _)| asked(name));
    let mut comments: Vec<String> = replies
        .filter_map(|(_, reply)| match reply {
            Reply::Text(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            _ => None,
        })
        .collect();
    comments.sort_unstable();
    comments
}

impl DrawLine {
    fn of(draw: &Draw, devices: &[Device]) -> Self {
        let label = devices.iter().find(|device| device.device == draw.id.device);
        let tally = draw.closing.map(|closing| {
            let DrawTally { places, drawn, answered, refused, broken_off, lapsed } = closing.tally;
            TallyLine { places, drawn, answered, refused, broken_off, lapsed }
        });
        Self {
            device: draw.id.device.to_string(),
            device_label: label.map(|device| device.label.clone()).unwrap_or_default(),
            epoch: draw.id.epoch.to_string(),
            seq: draw.id.seq,
            opened_at: local_rfc3339(None, draw.opening.captured_unix_s),
            rate: format!("{}/{}", draw.opening.numerator, draw.opening.denominator),
            commitment: HEXLOWER.encode(&draw.opening.commitment),
            seed: draw.closing.map(|closing| HEXLOWER.encode(&closing.seed)),
            tally,
            verdict: verdict(draw).as_str(),
            quarantined: draw.quarantined,
        }
    }
}
