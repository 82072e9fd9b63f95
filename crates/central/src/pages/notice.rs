//! Pages that have nothing to show, made as carefully as those that have.

use super::html::Html;
use super::layout::{Frame, Page};

/// Too many questions at once.
pub fn busy(frame: &Frame<'_>) -> Page {
    notice(frame, 429, "busy")
}

/// No such page.
pub fn missing(frame: &Frame<'_>) -> Page {
    notice(frame, 404, "missing")
}

/// The office has a problem of its own.
pub fn broken(frame: &Frame<'_>) -> Page {
    notice(frame, 500, "broken")
}

fn notice(frame: &Frame<'_>, status: u16, what: &str) -> Page {
    let title = frame.say(&format!("public-{what}-title"));
    let mut html = Html::default();
    html.h1(&title).p(&frame.say(&format!("public-{what}-next")));
    html.raw("<ul class=\"links\"><li><a href=\"").raw(&frame.link("/")).raw("\">").within(
        "",
        &frame.say("public-form-title"),
        "</a></li></ul>",
    );
    frame.page(status, &title, html)
}
