//! What all pages share: head, style, brand, language, footer.

use data_encoding::BASE64;
use std::sync::LazyLock;
use texts::{Language, Value, text};

use super::html::Html;
use crate::office::Office;

/// The style, without the line ends that only we read.
static STYLE: LazyLock<String> = LazyLock::new(|| include_str!("style.css").replace('\n', ""));

/// The style is allowed by its hash: no other style, no script, no image, no frame, no foreign address.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    use sha2::Digest as _;
    let hash = BASE64.encode(&sha2::Sha256::digest(STYLE.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
});

/// The `Content-Security-Policy` of every page.
pub fn content_security_policy() -> &'static str {
    &POLICY
}

/// A page and the status that it is answered with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The HTTP status.
    pub status: u16,
    /// The whole document.
    pub html: String,
}

/// For whom a page is made.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// The language that the reader asked for.
    pub language: Language,
    /// The office.
    pub office: &'a Office,
    /// Where the same page stands in the other language; none where it can't be fetched again.
    pub here: Option<&'a str>,
}

impl Frame<'_> {
    /// A sentence.
    pub(super) fn say(&self, key: &str) -> String {
        text(self.language, key, &[])
    }

    /// A sentence with its values.
    pub(super) fn tell(&self, key: &str, args: &[(&str, Value<'_>)]) -> String {
        text(self.language, key, args)
    }

    fn other(&self) -> Language {
        match self.language {
            Language::Spanish => Language::English,
            Language::English => Language::Spanish,
        }
    }

    /// A link of this site that stays in the reader's language.
    pub(super) fn link(&self, path: &str) -> String {
        match self.language {
            Language::Spanish => path.to_owned(),
            Language::English => format!("{path}?lang=en"),
        }
    }

    /// The whole document around a page's content.
    pub(super) fn page(&self, status: u16, title: &str, content: Html) -> Page {
        let mut html = Html::default();
        html.raw("<!doctype html><html lang=\"")
            .raw(self.language.tag())
            .raw("\"><head><meta charset=\"utf-8\">")
            .raw("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
            .raw("<meta name=\"robots\" content=\"noindex\"><meta name=\"referrer\" content=\"no-referrer\">")
            .within("<title>", &format!("{title} · {}", self.say("public-brand")), "</title>")
            .raw("<link rel=\"icon\" href=\"data:,\"><style>")
            .raw(&STYLE)
            .raw("</style></head><body>")
            .within("<a class=\"skip\" href=\"#main\">", &self.say("public-skip"), "</a>")
            .raw("<header><div><a class=\"brand\" href=\"")
            .raw(&self.link("/"))
            .raw("\"><span class=\"mark\" aria-hidden=\"true\"></span>")
            .within("", &self.say("public-brand"), "</a>");
        self.language_link(&mut html);
        html.raw("</div></header><main id=\"main\">").raw(&content.into_string()).raw("</main><footer><div>");
        self.help(&mut html);
        html.p(&self.office.name).raw("</div></footer></body></html>");
        Page { status, html: html.into_string() }
    }

    fn language_link(&self, html: &mut Html) {
        let Some(here) = self.here else { return };
        let other = self.other().tag();
        html.raw("<a class=\"lang\" lang=\"")
            .raw(other)
            .raw("\" hreflang=\"")
            .raw(other)
            .within("\" href=\"", here, "?lang=")
            .raw(other.get(..2).unwrap_or_default())
            .within("\" aria-label=\"", &self.say("public-other-language-label"), "\">")
            .within("", &self.say("public-other-language"), "</a>");
    }

    fn help(&self, html: &mut Html) {
        match &self.office.phone_line {
            Some(line) => html.p(&self.tell("public-phone", &[("line", line.as_str().into())])),
            None => html.p(&self.say("public-no-phone")),
        };
    }
}
