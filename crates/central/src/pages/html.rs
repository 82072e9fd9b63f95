//! The few lines of HTML that the public pages are made of. Everything that is not ours is escaped on its way in.

use std::fmt::Write as _;

/// A page's body as it grows. Text goes through [`Html::text`]; markup is only ever ours.
#[derive(Debug, Default)]
pub(super) struct Html(String);

impl Html {
    /// Markup of our own.
    pub(super) fn raw(&mut self, markup: &str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Any text, escaped.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        for character in text.chars() {
            match character {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                other => self.0.push(other),
            }
        }
        self
    }

    /// A text within an opening and a closing tag.
    pub(super) fn within(&mut self, opening: &str, text: &str, closing: &str) -> &mut Self {
        self.raw(opening).text(text).raw(closing)
    }

    /// A paragraph.
    pub(super) fn p(&mut self, text: &str) -> &mut Self {
        self.within("<p>", text, "</p>")
    }

    /// The state in two words, over the heading.
    pub(super) fn pill(&mut self, tone: Tone, text: &str) -> &mut Self {
        let _ = write!(self.0, "<p class=\"pill {}\">", tone.class());
        self.text(text).raw("</p>")
    }

    /// The page's one heading.
    pub(super) fn h1(&mut self, text: &str) -> &mut Self {
        self.within("<h1>", text, "</h1>")
    }

    /// A label with its value.
    pub(super) fn row(&mut self, label: &str, value: &str) -> &mut Self {
        self.within("<div><dt>", label, "</dt>").within("<dd>", value, "</dd></div>")
    }

    pub(super) fn into_string(self) -> String {
        self.0
    }
}

/// How a state is coloured; the words say it as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Good,
    Careful,
    Bad,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Careful => "care",
            Self::Bad => "bad",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_ours_is_escaped() {
        let mut html = Html::default();
        html.p("<script>alert('a & \"b\"')</script>");
        assert_eq!(
            html.into_string(),
            "<p>&lt;script&gt;alert(&#39;a &amp; &quot;b&quot;&#39;)&lt;/script&gt;</p>"
        );
    }
}
