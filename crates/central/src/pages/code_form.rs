//! Number and control code, for whoever has no camera.

use texts::Value;

use super::html::Html;
use super::layout::{Frame, Page};

/// What stands in the fields, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filled {
    /// The number, as typed.
    pub folio: String,
    /// The key of what is wrong with the number.
    pub folio_error: Option<&'static str>,
    /// The key of what is wrong with the code. What was typed is not shown again.
    pub code_error: Option<&'static str>,
}

/// The page that asks for both; with what is wrong, when something is.
pub fn code_form(frame: &Frame<'_>, filled: &Filled) -> Page {
    let title = frame.say("public-form-title");
    let wrong = filled.folio_error.is_some() || filled.code_error.is_some();
    let mut html = Html::default();
    html.h1(&title).p(&frame.say("public-form-lead"));
    if wrong {
        html.raw("<div class=\"alert\" role=\"alert\">").within(
            "<h2>",
            &frame.say("public-form-error-title"),
            "</h2>",
        );
        for key in [filled.folio_error, filled.code_error].into_iter().flatten() {
            html.p(&frame.say(key));
        }
        html.raw("</div>");
    }
    form(frame, &mut html, filled);
    html.raw("<ul class=\"links\"><li><a href=\"").raw(&frame.link("/verificar")).raw("\">").within(
        "",
        &frame.say("public-verify-link"),
        "</a></li></ul>",
    );
    finish(frame, &title, wrong, html)
}

/// Number and code are well written and open nothing. One page for a wrong code, an unknown number and a request
/// that has not arrived.
pub fn not_found(frame: &Frame<'_>, folio: &str) -> Page {
    let title = frame.say("public-form-title");
    let mut html = Html::default();
    html.h1(&title)
        .raw("<div class=\"alert\" role=\"alert\">")
        .within("<h2>", &frame.say("public-form-error-title"), "</h2>")
        .p(&frame.say("public-form-not-found"))
        .p(&frame.say("public-form-not-found-yet"))
        .raw("</div>");
    form(frame, &mut html, &Filled { folio: folio.to_owned(), ..Filled::default() });
    finish(frame, &title, true, html)
}

fn finish(frame: &Frame<'_>, title: &str, wrong: bool, html: Html) -> Page {
    if !wrong {
        return frame.page(200, title, html);
    }
    let title = frame.tell("public-form-error-prefix", &[("title", Value::from(title))]);
    frame.page(422, &title, html)
}

/// The fields themselves.
pub(super) fn form(frame: &Frame<'_>, html: &mut Html, filled: &Filled) {
    html.raw("<form method=\"post\" action=\"").raw(&frame.link("/estado")).raw("\">");
    let folio =
        Field { name: "folio", example: "T7K-4QX9-2MB", value: &filled.folio, error: filled.folio_error };
    let code = Field { name: "codigo", example: "4F7K-92TQ", value: "", error: filled.code_error };
    field(frame, html, "public-form-folio", "public-form-folio-hint", &folio);
    field(frame, html, "public-form-code", "public-form-code-hint", &code);
    html.within("<button>", &frame.say("public-form-button"), "</button></form>");
}

struct Field<'a> {
    name: &'static str,
    example: &'static str,
    value: &'a str,
    error: Option<&'static str>,
}

fn field(frame: &Frame<'_>, html: &mut Html, label: &str, hint: &str, field: &Field<'_>) {
    let name = field.name;
    html.raw("<label for=\"").raw(name).within("\">", &frame.say(label), "</label>");
    let example = [("example", Value::from(field.example))];
    html.raw("<p class=\"hint\" id=\"").raw(name).within("-hint\">", &frame.tell(hint, &example), "</p>");
    if let Some(error) = field.error {
        html.raw("<p class=\"err\" id=\"").raw(name).within("-err\">", &frame.say(error), "</p>");
    }
    html.raw("<input id=\"").raw(name).raw("\" name=\"").raw(name).within("\" value=\"", field.value, "\"")
        .raw(" required autocomplete=\"off\" autocapitalize=\"characters\" spellcheck=\"false\" maxlength=\"40\"");
    match field.error {
        Some(_) => html
            .raw(" aria-invalid=\"true\" aria-describedby=\"")
            .raw(name)
            .raw("-err ")
            .raw(name)
            .raw("-hint\">"),
        None => html.raw(" aria-describedby=\"").raw(name).raw("-hint\">"),
    };
}
