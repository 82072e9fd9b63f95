//! Whether a receipt is genuine, for whoever was shown one: an address or code that is pasted, not followed.
//!
//! It says only that. How the request is going is for whoever has the paper.

use super::html::{Html, Tone};
use super::layout::{Frame, Page};
use super::receipt::{self, Seen};
use texts::Value;

/// Most characters that are read of what was pasted: a receipt's address has at most 262.
pub(super) const PASTED_CHARS_MAX: usize = 600;

/// The page that asks for a receipt's address.
pub fn verification_form(frame: &Frame<'_>, missing: bool) -> Page {
    let title = frame.say("public-verify-title");
    let mut html = Html::default();
    html.h1(&title)
        .raw("<form method=\"post\" action=\"")
        .raw(&frame.link("/verificar"))
        .raw("\">")
        .within("<label for=\"codigo\">", &frame.say("public-verify-field"), "</label>")
        .within("<p class=\"hint\" id=\"codigo-hint\">", &frame.say("public-verify-lead"), "</p>");
    if missing {
        html.within(
            "<p class=\"err\" id=\"codigo-err\" role=\"alert\">",
            &frame.say("public-verify-missing"),
            "</p>",
        );
    }
    html.raw("<textarea id=\"codigo\" name=\"codigo\" rows=\"5\" required autocomplete=\"off\" spellcheck=\"false\" ")
        .raw(&format!("autocapitalize=\"characters\" maxlength=\"{PASTED_CHARS_MAX}\" aria-describedby=\"codigo-hint\""));
    if missing {
        html.raw(" aria-invalid=\"true\"");
    }
    html.raw("></textarea>").within("<button>", &frame.say("public-verify-button"), "</button></form>");
    links(frame, &mut html);
    if missing {
        let title = frame.tell("public-form-error-prefix", &[("title", Value::from(title))]);
        return frame.page(422, &title, html);
    }
    frame.page(200, &title, html)
}

/// The answer to what was pasted; nothing for what could not be read.
pub fn verified(frame: &Frame<'_>, seen: Option<&Seen>) -> Page {
    let mut html = Html::default();
    let (tone, what) = match seen {
        Some(Seen::Genuine { .. }) => (Tone::Good, "verify-genuine"),
        Some(Seen::UnknownSigner) => (Tone::Careful, "unknown"),
        Some(Seen::False) => (Tone::Bad, "false"),
        None => (Tone::Careful, "unreadable"),
    };
    let title = frame.say(&format!("public-{what}-title"));
    html.pill(tone, &frame.say(&format!("public-{what}-pill"))).h1(&title);
    html.p(&frame.say(&format!("public-{what}-next")));
    if let Some(Seen::Genuine { statement, revoked_unix_s, .. }) = seen {
        receipt::facts(frame, statement, &mut html, "public-number-other");
        if let Some(revoked) = revoked_unix_s {
            receipt::revocation(frame, statement, *revoked, &mut html);
        }
    }
    links(frame, &mut html);
    frame.page(200, &title, html)
}

fn links(frame: &Frame<'_>, html: &mut Html) {
    html.raw("<ul class=\"links\"><li><a href=\"").raw(&frame.link("/")).raw("\">").within(
        "",
        &frame.say("public-home-link"),
        "</a></li></ul>",
    );
}
