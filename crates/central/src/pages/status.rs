//! How a request is going, for whoever proved to have its paper.

use central_db::{Request, State};
use domain::{AnswerWay, Certainty, Comuna, Folio};
use texts::Value;

use super::html::{Html, Tone};
use super::layout::{Frame, Page};
use super::when::{at_place, date};

/// The page of a request that has arrived. A quarantined one looks like any other: the citizen did nothing wrong.
pub fn status(frame: &Frame<'_>, request: &Request) -> Page {
    let mut html = Html::default();
    let title = content(frame, request, &mut html);
    frame.page(200, &title, html)
}

/// The name of a kind within a sentence; a kind that is not known here is a request.
pub(super) fn kind_words(frame: &Frame<'_>, kind: &str) -> String {
    let known = domain::Kind::parse(kind);
    frame.say(
        &known.map_or_else(|| "public-kind-unknown".to_owned(), |kind| format!("kind-{}", kind.as_str())),
    )
}

/// Pill, heading, what happens next and the facts; returns the heading.
pub(super) fn content(frame: &Frame<'_>, request: &Request, html: &mut Html) -> String {
    let line = &request.line;
    let kind = [("kind", Value::from(kind_words(frame, &line.kind)))];
    let way = AnswerWay::parse(&line.answer_by).unwrap_or(AnswerWay::None);
    let (tone, state, next) = match (request.state, way) {
        (State::Withdrawn, _) => (Tone::Careful, "withdrawn", "public-withdrawn-next"),
        (State::Received, AnswerWay::None) => (Tone::Good, "received", "public-received-next-none"),
        (State::Received, AnswerWay::InPerson) => (Tone::Good, "received", "public-received-next-presencial"),
        (State::Received, _) => (Tone::Good, "received", "public-received-next"),
    };
    let title = frame.tell(&format!("public-{state}-title"), &kind);
    html.pill(tone, &frame.say(&format!("public-{state}-pill"))).h1(&title).p(&frame.say(next));
    html.raw("<div class=\"card\"><dl>");
    folio_row(frame, html, "public-number", line.folio);
    if request.state == State::Received {
        due_row(frame, html, request, way);
    }
    let place = Comuna::by_code(&line.comuna);
    filed_row(frame, html, line.captured_unix_s, place, line.certainty);
    if let Some(paper) = &line.paper_at {
        html.row(&frame.say("public-paper"), &paper_date(frame, paper));
    }
    let received = i64::try_from(request.received_unix_s).unwrap_or(i64::MAX);
    html.row(&frame.say("public-arrived"), &at_place(frame, received, place)).raw("</dl></div>");
    if request.state == State::Received && line.due_on.is_some() {
        html.p(&frame.say("public-late-note"));
    }
    html.within("<p class=\"quiet\">", &frame.say("public-privacy"), "</p>");
    title
}

/// The number, large, and broken only between its groups.
pub(super) fn folio_row(frame: &Frame<'_>, html: &mut Html, label: &str, folio: Folio) {
    html.within("<div><dt>", &frame.say(label), "</dt>");
    html.raw("<dd class=\"folio\">");
    for group in folio.to_string().split_inclusive('-') {
        html.within("<span>", group, "</span><wbr>");
    }
    html.raw("</dd></div>");
}

/// When it was filed, and whether that hour is sure.
pub(super) fn filed_row(
    frame: &Frame<'_>,
    html: &mut Html,
    captured_unix_s: i64,
    place: Option<Comuna>,
    certainty: Certainty,
) {
    html.within("<div><dt>", &frame.say("public-filed"), "</dt>").within(
        "<dd>",
        &at_place(frame, captured_unix_s, place),
        "",
    );
    if place.is_none() {
        html.within("<small>", &frame.say("public-other-clock"), "</small>");
    }
    if certainty != Certainty::Confirmed {
        html.within("<small class=\"care\">", &frame.say("public-time-unconfirmed"), "</small>");
    }
    html.raw("</dd></div>");
}

fn due_row(frame: &Frame<'_>, html: &mut Html, request: &Request, way: AnswerWay) {
    match request.line.due_on {
        Some(due) => {
            let way = frame.say(&format!("answer-{}", way.as_str()));
            let args = [("date", Value::from(date(due, frame.language))), ("way", way.into())];
            html.row(&frame.say("public-due"), &frame.tell("public-due-value", &args));
        }
        None => {
            html.row(&frame.say("public-no-answer-label"), &frame.say("public-no-answer"));
        }
    }
}

fn paper_date(frame: &Frame<'_>, filed: &str) -> String {
    let read = chrono::DateTime::parse_from_rfc3339(filed.trim());
    read.map_or_else(|_| filed.to_owned(), |at| date(at.date_naive(), frame.language))
}
