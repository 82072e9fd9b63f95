//! Why a file is not taken: each reason has a name that scripts rely on and a sentence of its own.

/// What a file is instead of a picture or a PDF, as far as a person needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// Moving pictures, whatever the file is called.
    Video,
    /// Sound.
    Audio,
    /// A picture in the telephone's own format (HEIC, AVIF): it can be set to take JPEG.
    Heic,
    /// A picture of another format than JPEG, PNG and WebP.
    OtherPicture,
    /// A picture that moves.
    Animated,
    /// A folder of files in one.
    Archive,
    /// A document of another program than a PDF's.
    Document,
    /// A program.
    Program,
    /// A drawing or a page made of text (SVG, HTML, XML): it may do things.
    Markup,
    /// Nothing that is known here.
    Unknown,
}

/// Why a file is not taken. Nothing was kept of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It has no bytes.
    #[error("the file is empty")]
    Empty,
    /// It is larger than one of its sort may be.
    #[error("{bytes} bytes, and at most {bytes_max} are taken")]
    TooLarge {
        /// Its bytes.
        bytes: usize,
        /// How many it may have.
        bytes_max: usize,
    },
    /// It is neither a picture that is taken nor a PDF.
    #[error("not taken: {0:?}")]
    NotTaken(Found),
    /// The picture has more dots, or takes more memory, than is borne.
    #[error("{width} by {height} dots")]
    TooManyDots {
        /// Dots across, by its header.
        width: u32,
        /// Dots down, by its header.
        height: u32,
    },
    /// It says what it is and can't be read as that, or its end is missing.
    #[error("damaged: {why}")]
    Damaged {
        /// What was met; says nothing of what is in it.
        why: String,
    },
    /// The PDF asks for a password.
    #[error("the PDF is encrypted")]
    PdfEncrypted,
    /// The PDF holds scripts, starts something, or carries other files.
    #[error("the PDF is more than pages: {what}")]
    PdfActive {
        /// The name in it that says so.
        what: &'static str,
    },
}

impl Refusal {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "attachment_empty",
            Self::TooLarge { .. } => "attachment_too_large",
            Self::NotTaken(found) => match found {
                Found::Video => "attachment_video",
                Found::Audio => "attachment_audio",
                Found::Heic => "attachment_heic",
                Found::OtherPicture => "attachment_other_picture",
                Found::Animated => "attachment_animated",
                Found::Archive => "attachment_archive",
                Found::Document => "attachment_document",
                Found::Program => "attachment_program",
                Found::Markup => "attachment_markup",
                Found::Unknown => "attachment_unknown",
            },
            Self::TooManyDots { .. } => "attachment_too_many_dots",
            Self::Damaged { .. } => "attachment_damaged",
            Self::PdfEncrypted => "attachment_pdf_encrypted",
            Self::PdfActive { .. } => "attachment_pdf_active",
        }
    }
}

pub(crate) fn damaged(why: impl std::fmt::Display) -> Refusal {
    Refusal::Damaged { why: why.to_string() }
}
