//! The page behind a receipt's QR: first whether the paper is genuine, then how the request is going.

use central_db::Request;
use texts::Value;
use wire::receipt::Statement;

use super::code_form::{Filled, form};
use super::html::{Html, Tone};
use super::layout::{Frame, Page};
use super::status;
use super::when::office_date;

/// What a receipt turned out to be.
pub enum Seen {
    /// Signed by one of the office's stands.
    Genuine {
        /// What the stand stated.
        statement: Box<Statement>,
        /// When the office revoked the stand, if it did; seconds since 1970 (UTC).
        revoked_unix_s: Option<u64>,
        /// The request, once it has arrived.
        request: Option<Box<Request>>,
    },
    /// Signed by a key that no stand of this office has.
    UnknownSigner,
    /// The signature does not fit.
    False,
}

/// The page of a receipt that could be read.
pub fn receipt(frame: &Frame<'_>, seen: &Seen) -> Page {
    match seen {
        Seen::Genuine { statement, revoked_unix_s, request } => {
            genuine(frame, statement, *revoked_unix_s, request.as_deref())
        }
        Seen::UnknownSigner => verdict(frame, Tone::Careful, "unknown"),
        Seen::False => verdict(frame, Tone::Bad, "false"),
    }
}

/// The page of something that is no receipt at all.
pub fn unreadable(frame: &Frame<'_>) -> Page {
    verdict(frame, Tone::Careful, "unreadable")
}

fn verdict(frame: &Frame<'_>, tone: Tone, what: &str) -> Page {
    let title = frame.say(&format!("public-{what}-title"));
    let mut html = Html::default();
    html.pill(tone, &frame.say(&format!("public-{what}-pill"))).h1(&title);
    html.p(&frame.say(&format!("public-{what}-next"))).p(&frame.say("public-try-code"));
    html.raw("<div class=\"card\">");
    form(frame, &mut html, &Filled::default());
    html.raw("</div>");
    frame.page(404, &title, html)
}

fn genuine(
    frame: &Frame<'_>,
    statement: &Statement,
    revoked_unix_s: Option<u64>,
    request: Option<&Request>,
) -> Page {
    let mut html = Html::default();
    let title = match (request, &statement.claim) {
        (Some(request), _) => status::content(frame, request, &mut html),
        (None, Some(_)) => waiting(frame, statement, &mut html),
        (None, None) => copy(frame, statement, &mut html),
    };
    if let Some(revoked) = revoked_unix_s {
        revocation(frame, statement, revoked, &mut html);
    }
    frame.page(200, &title, html)
}

/// The office revoked the stand since, or before: the date says what the paper is worth.
pub(super) fn revocation(frame: &Frame<'_>, statement: &Statement, revoked_unix_s: u64, html: &mut Html) {
    let date = office_date(revoked_unix_s, frame.language);
    let older = statement.captured_unix_s <= revoked_unix_s;
    let worth = if older { "public-revoked-before" } else { "public-revoked-after" };
    html.raw("<div class=\"note\">")
        .within("<p><strong>", &frame.say("public-revoked-pill"), ".</strong> ")
        .within("", &frame.tell("public-revoked-note", &[("date", Value::from(date))]), " ")
        .within("", &frame.say(worth), "</p></div>");
}

/// Genuine, and not here yet: the stand has had no network since.
fn waiting(frame: &Frame<'_>, statement: &Statement, html: &mut Html) -> String {
    let kind = [("kind", Value::from(status::kind_words(frame, statement.kind.as_str())))];
    let title = frame.tell("public-waiting-title", &kind);
    html.pill(Tone::Good, &frame.say("public-waiting-pill")).h1(&title).p(&frame.say("public-waiting-next"));
    facts(frame, statement, html, "public-number");
    html.p(&frame.say("public-waiting-again")).p(&frame.say("public-waiting-date"));
    html.within("<p class=\"quiet\">", &frame.say("public-privacy"), "</p>");
    title
}

/// A copy has no claim key: it shows that it is genuine, and asks for the code of the original.
fn copy(frame: &Frame<'_>, statement: &Statement, html: &mut Html) -> String {
    let title = frame.say("public-copy-title");
    html.pill(Tone::Good, &frame.say("public-copy-pill")).h1(&title).p(&frame.say("public-copy-next"));
    facts(frame, statement, html, "public-number-other");
    html.raw("<div class=\"card\">");
    form(frame, html, &Filled { folio: statement.folio.to_string(), ..Filled::default() });
    html.raw("</div>");
    title
}

/// What the paper itself says.
pub(super) fn facts(frame: &Frame<'_>, statement: &Statement, html: &mut Html, number: &str) {
    html.raw("<div class=\"card\"><dl>");
    status::folio_row(frame, html, number, statement.folio);
    html.row(&frame.say("public-kind"), &frame.say(&format!("kind-title-{}", statement.kind.as_str())));
    let captured = i64::try_from(statement.captured_unix_s).unwrap_or(i64::MAX);
    status::filed_row(frame, html, captured, None, statement.certainty);
    html.raw("</dl></div>");
}
