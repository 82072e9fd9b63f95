//! What a citizen hands over with a request: a picture, or a few pages.

use crate::words::words;

words! {
    /// What an attachment is, once it was made safe to keep (RFC 6838 names).
    MediaType {
        /// A photograph.
        Jpeg = "image/jpeg",
        /// Line art.
        Png = "image/png",
        /// Pages.
        Pdf = "application/pdf",
    }
}

impl MediaType {
    /// How a file of it ends, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Pdf => "pdf",
        }
    }
}

/// What is said about an attachment besides its bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AttachmentDraft {
    /// A UUID by which it is recorded once.
    pub id: Option<String>,
    /// What it is, in free words of one line. Never the name of a file, which says more than people know.
    pub name: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorCode;
    use crate::limits::ATTACHMENT_NAME_CHARS_MAX;

    #[test]
    fn a_name_is_one_line_within_its_limit() {
        let check = |name: Option<String>, expected: Option<ErrorCode>| {
            let errors = AttachmentDraft { id: None, name: name.clone() }.check().err().unwrap_or_default();
            assert_eq!(errors.first().map(|error| error.code), expected, "{name:?}");
        };
        check(None, None);
        check(Some("la boleta de agua".into()), None);
        check(Some("ñ".repeat(ATTACHMENT_NAME_CHARS_MAX)), None);
        check(Some("ñ".repeat(ATTACHMENT_NAME_CHARS_MAX + 1)), Some(ErrorCode::TooLong));
        check(Some("dos\nlíneas".into()), Some(ErrorCode::LineBreak));
        check(Some("un\u{7}tono".into()), Some(ErrorCode::ControlCharacter));
    }
}
