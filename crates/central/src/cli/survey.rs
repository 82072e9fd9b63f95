//! `survey publish | list | show | results`: whom stands invite to what, and what came of it.

use std::path::Path;

use central_db::{NewPublication, Published, Publishing};
use serde::Serialize;
use survey::draw::Rate;
use survey::form::{Fault, Part, Place};
use survey::limits::FILE_BYTES_MAX;
use survey::summary::{ANSWERS_FIRM_MIN, ANSWERS_SHOWN_MIN, Standing};
use survey::{Offer, Survey, standard, xlsform};
use texts::text;
use wire::Hash;
use wire::manifest::PartKind;
use wire::publication::Compressed;

use super::args::SurveyCommand;
use super::devices::{spanish_day, time};
use super::exit::Exit;
use super::open_folder::Open;
use super::output::Output;
use super::table::table;
use super::told::Told;
use crate::clock::Clock;
use crate::error::CentralError;
use crate::surveys::{DrawLine, Edition, Results, Verdict, editions, results};

pub(super) async fn run(
    open: &Open,
    command: SurveyCommand,
    clock: &Clock,
    output: &mut Output,
) -> Result<Exit, CentralError> {
    match command {
        SurveyCommand::Publish { file, rate, .. } => {
            publish(open, file.as_deref(), &rate, clock, output).await
        }
        SurveyCommand::List => list(open, output).await,
        SurveyCommand::Show { survey } => show(open, &survey, output).await,
        SurveyCommand::Results { survey, comments } => {
            show_results(open, &survey, comments, clock, output).await
        }
    }
}

/// What was published. The names are fixed.
#[derive(Serialize)]
struct Row {
    number: u64,
    published_at: String,
    survey: String,
    version: u32,
    /// How many are invited.
    rate: String,
    /// Bytes that a stand receives.
    bytes: u64,
    questions: usize,
    languages: Vec<String>,
    /// Whether it was published now, and not before.
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<bool>,
}

impl Row {
    fn of(published: &Published, offer: &Offer) -> Self {
        let form = offer.survey().form();
        Self {
            number: published.number,
            published_at: time(published.published_unix_s),
            survey: form.id.clone(),
            version: form.version,
            rate: rate_text(offer.rate()),
            bytes: published.part.len,
            questions: form.questions.iter().filter(|question| !question.asks.is_note()).count(),
            languages: form.languages.iter().map(|language| language.tag.clone()).collect(),
            published: None,
        }
    }
}

fn rate_text(rate: Rate) -> String {
    format!("{}/{}", rate.numerator(), rate.denominator())
}

async fn publish(
    open: &Open,
    file: Option<&Path>,
    rate: &str,
    clock: &Clock,
    output: &mut Output,
) -> Result<Exit, CentralError> {
    let refused = |told: Told, output: &mut Output| {
        output.error(&told);
        Ok(Exit::Rejected)
    };
    let rate = rate.split_once('/').and_then(|(numerator, denominator)| {
        Rate::new(numerator.trim().parse().ok()?, denominator.trim().parse().ok()?)
    });
    let Some(rate) = rate else { return refused(Told::survey("rate", None, None, &[]), output) };
    let survey = match file {
        Some(file) => compile(&read(file)?),
        None => standard::survey().map_err(|faults| faults.iter().map(told_fault).collect()),
    };
    let offer = survey.and_then(|survey| {
        Offer::new(survey, rate).map_err(|faults| faults.iter().map(told_fault).collect::<Vec<_>>())
    });
    let offer = match offer {
        Ok(offer) => offer,
        Err(all) => {
            for told in &all {
                output.error(told);
            }
            return Ok(Exit::Rejected);
        }
    };
    let (name, version) = (offer.survey().form().id.clone(), offer.survey().form().version);
    let earlier = editions(&*open.store).await?;
    if !offer.may_follow(earlier.iter().map(|edition| &edition.offer)) {
        let newest =
            earlier.iter().map(|edition| edition.offer.survey().form()).filter(|form| form.id == name);
        let newest = newest.map(|form| form.version).max().unwrap_or(version);
        return refused(Told::survey("not_newer", None, None, &[("version", newest.to_string())]), output);
    }
    let failed =
        |source| CentralError::File { operation: "compressing", path: open.folder.path().to_owned(), source };
    let compressed = Compressed::of(offer.bytes()).map_err(failed)?;
    let new = NewPublication { kind: PartKind::SURVEY, content: Hash::of(offer.bytes()), compressed };
    let (published, is_new) = match open.store.publish(new, clock.now_unix_s()).await? {
        Publishing::New(published) => (published, true),
        Publishing::Same(published) => (published, false),
        // The same survey at a rate that was in force before: stands never go back.
        Publishing::Older(_) => {
            return refused(
                Told::survey("not_newer", None, None, &[("version", version.to_string())]),
                output,
            );
        }
    };
    output.json(&Row { published: Some(is_new), ..Row::of(&published, &offer) });
    let args = [
        ("survey", name.as_str().into()),
        ("version", version.to_string().into()),
        ("number", published.number.into()),
    ];
    output.say(if is_new { "survey-published" } else { "survey-same" }, &args);
    Ok(Exit::Ok)
}

/// A spreadsheet, or a survey that was compiled before.
fn compile(bytes: &[u8]) -> Result<Survey, Vec<Told>> {
    if bytes.trim_ascii_start().starts_with(b"{") {
        return Survey::read(bytes).map_err(|faults| faults.iter().map(told_fault).collect());
    }
    let told = |wrong: &xlsform::Wrong| {
        let place = match (&wrong.sheet, &wrong.cell) {
            (Some(sheet), Some(cell)) => Some(format!("{sheet}!{cell}")),
            (Some(sheet), None) => Some(sheet.clone()),
            _ => None,
        };
        let details = [wrong.word.clone(), wrong.language.clone(), wrong.at.map(|at| at.to_string())];
        Told::survey(wrong.code.as_str(), place, Some(details.into_iter().flatten().collect()), &[])
    };
    xlsform::compile(bytes).map_err(|wrongs| wrongs.iter().map(told).collect())
}

/// A fault of a compiled survey, by the place in its JSON.
fn told_fault(fault: &Fault) -> Told {
    let thing = match &fault.place {
        Place::Form => None,
        Place::Group(at) => Some(format!("groups/{at}")),
        Place::Question(at) => Some(format!("questions/{at}")),
        Place::Choice(list, at) => Some(format!("choices/{list}/{at}")),
    };
    let part = match fault.part {
        Part::Whole => None,
        Part::Id => Some("id"),
        Part::Version => Some("version"),
        Part::Languages => Some("languages"),
        Part::Title => Some("title"),
        Part::Name => Some("name"),
        Part::Asks | Part::Range => Some("asks"),
        Part::Label => Some("label"),
        Part::Hint => Some("hint"),
        Part::Required => Some("required"),
        Part::RequiredMessage => Some("required_message"),
        Part::Relevant => Some("relevant"),
        Part::Constraint => Some("constraint"),
        Part::ConstraintMessage => Some("constraint_message"),
    };
    let path: Vec<String> = thing.into_iter().chain(part.map(ToOwned::to_owned)).collect();
    let place = Some(path.join("/")).filter(|path| !path.is_empty());
    let details = [fault.word.clone(), fault.language.clone(), fault.at.map(|at| at.to_string())];
    Told::survey(fault.code.as_str(), place, Some(details.into_iter().flatten().collect()), &[])
}

/// A file's bytes, up to one more than a survey may have.
fn read(path: &Path) -> Result<Vec<u8>, CentralError> {
    use std::io::Read as _;
    let failed = |source| CentralError::File { operation: "reading", path: path.to_owned(), source };
    let limit = u64::try_from(FILE_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    std::fs::File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes)).map_err(failed)?;
    Ok(bytes)
}

async fn list(open: &Open, output: &mut Output) -> Result<Exit, CentralError> {
    let editions = editions(&*open.store).await?;
    if editions.is_empty() {
        output.say("survey-none", &[]);
        return Ok(Exit::Ok);
    }
    let rows: Vec<Row> =
        editions.iter().map(|Edition { published, offer }| Row::of(published, offer)).collect();
    for row in &rows {
        output.json(row);
    }
    let heading = ["number", "survey", "version", "rate", "published"].map(head);
    let cells = |row: &Row| {
        let day = spanish_day(&row.published_at);
        vec![row.number.to_string(), row.survey.clone(), row.version.to_string(), row.rate.clone(), day]
    };
    for line in table(&heading, &rows.iter().map(cells).collect::<Vec<_>>()) {
        output.line(&line);
    }
    Ok(Exit::Ok)
}

fn head(name: &str) -> String {
    text(super::language(), &format!("survey-head-{name}"), &[])
}

/// A survey as it was published, with its whole form.
#[derive(Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    row: Row,
    form: &'a survey::Form,
}

/// The newest version of a survey, whole for a script, its questions for a person.
async fn show(open: &Open, name: &str, output: &mut Output) -> Result<Exit, CentralError> {
    let editions = editions(&*open.store).await?;
    let newest = editions.iter().find(|edition| edition.offer.survey().form().id == name);
    let Some(Edition { published, offer }) = newest else { return Ok(unknown(output)) };
    let form = offer.survey().form();
    output.json(&Shown { row: Row::of(published, offer), form });
    let language = form.languages.first().map_or("", |language| language.tag.as_str());
    let said = |texts: &survey::form::Texts| texts.get(language).cloned().unwrap_or_default();
    output.line(&format!("{} ({})", said(&form.title), rate_text(offer.rate())));
    for (number, question) in (1_usize..).zip(&form.questions) {
        output.line(&format!("{number}. {}", said(&question.label)));
        let choices = question.asks.list().and_then(|list| form.choices.get(list)).into_iter().flatten();
        for choice in choices {
            output.line(&format!("   · {}", said(&choice.label)));
        }
    }
    Ok(Exit::Ok)
}

fn unknown(output: &mut Output) -> Exit {
    output.error(&Told::survey("unknown", None, None, &[]));
    Exit::Rejected
}

async fn show_results(
    open: &Open,
    name: &str,
    comments: bool,
    clock: &Clock,
    output: &mut Output,
) -> Result<Exit, CentralError> {
    let opener = open.opener()?;
    // What waits is opened first, so that the numbers are of everything that arrived.
    opener.open_waiting(&*open.store, clock.now_unix_s()).await?;
    let Some(results) = results(&*open.store, &opener, name, comments).await? else {
        return Ok(unknown(output));
    };
    output.json(&results);
    if !output.is_json() {
        tell(&results, output);
    }
    let mismatch = results.draws.iter().any(is_mismatch);
    Ok(if mismatch { Exit::Integrity } else { Exit::Ok })
}

fn is_mismatch(draw: &DrawLine) -> bool {
    draw.verdict != Verdict::Good.as_str() && draw.verdict != Verdict::Open.as_str()
}

/// The same for a person.
fn tell(results: &Results, output: &mut Output) {
    let versions: Vec<String> = results.versions.iter().map(u32::to_string).collect();
    output.say(
        "survey-results-title",
        &[("title", results.title.as_str().into()), ("versions", versions.join(", ").into())],
    );
    let percent = results.response_percent.map_or_else(|| "–".to_owned(), |percent| percent.to_string());
    output.say(
        "survey-results-invited",
        &[
            ("places", results.places.into()),
            ("drawn", results.drawn.into()),
            ("answered", results.answered.into()),
            ("percent", percent.into()),
        ],
    );
    let open = results.draws.iter().filter(|draw| draw.verdict == Verdict::Open.as_str()).count();
    output.say(
        "survey-results-ends",
        &[
            ("refused", results.refused.into()),
            ("broken", results.broken_off.into()),
            ("lapsed", results.lapsed.into()),
        ],
    );
    tell_draws(results, open, output);
    if results.faulty > 0 {
        output.say("survey-results-faulty", &[("count", results.faulty.into())]);
    }
    if results.rates.len() > 1 {
        output.say("survey-results-rates", &[]);
    }
    if results.standing == Standing::HeldBack.as_str() {
        output.say("survey-results-held-back", &[("min", ANSWERS_SHOWN_MIN.into())]);
        return;
    }
    if results.standing == Standing::Uncertain.as_str() {
        output.say("survey-results-uncertain", &[("min", ANSWERS_FIRM_MIN.into())]);
    }
    for question in &results.questions {
        tell_question(question, output);
    }
    for comment in results.comments.iter().flatten() {
        output.line(&format!("· {comment}"));
    }
}

fn tell_draws(results: &Results, open: usize, output: &mut Output) {
    let good = results.draws.iter().filter(|draw| draw.verdict == Verdict::Good.as_str()).count();
    output.say("survey-results-draws-good", &[("count", good.into())]);
    if open > 0 {
        output.say("survey-results-draws-open", &[("count", open.into())]);
    }
    for draw in results.draws.iter().filter(|draw| is_mismatch(draw)) {
        let why = text(super::language(), &format!("survey-draw-{}", draw.verdict), &[]);
        let args = [
            ("date", spanish_day(&draw.opened_at).into()),
            ("device", draw.device_label.as_str().into()),
            ("why", why.into()),
        ];
        output.say("survey-results-draw-bad", &args);
    }
}

fn tell_question(question: &crate::surveys::QuestionResult, output: &mut Output) {
    output.line("");
    output.line(&format!("{} ({})", question.label, question.answers));
    if let Some(net) = &question.net {
        output.say(
            "survey-results-net",
            &[
                ("net", i64::from(net.net).into()),
                ("answers", question.answers.into()),
                ("satisfied", u64::from(net.satisfied).into()),
                ("dissatisfied", u64::from(net.dissatisfied).into()),
            ],
        );
        if let Some(tenths) = net.margin_tenths {
            let margin = format!("{},{}", tenths / 10, tenths % 10);
            output.say("survey-results-margin", &[("margin", margin.into())]);
        }
    }
    let rows: Vec<Vec<String>> = question
        .given
        .iter()
        .flatten()
        .map(|given| {
            let percent = given.percent.map(|percent| percent.to_string()).unwrap_or_default();
            vec![given.label.clone(), given.count.to_string(), percent]
        })
        .collect();
    if !rows.is_empty() {
        for line in table(&["choice", "count", "percent"].map(head), &rows) {
            output.line(&line);
        }
    }
}
