//! What a citizen hands over with a request, made safe to keep: untrusted pictures and PDF in, small clean ones out. Pure.
//!
//! Whatever decodes a stranger's picture decodes it here and nowhere else, so that its limits stand in one place and
//! are asked before the work is begun: the file's size, the picture's dots by its header, the memory. What comes out
//! of a picture was drawn anew from its dots: upright, no larger than a desk can use, and without anything that stood
//! beside the dots (where and when it was taken, by which telephone, a small copy of what was cut away). A PDF passes
//! as it is or not at all. What something is says its content, never its name.

pub mod limits;
mod line_art;
mod pdf;
mod picture;
mod refusal;
mod sniff;
mod whole;

pub use domain::MediaType;
pub use refusal::{Found, Refusal};

/// What may be sealed and sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Prepared {
    /// What it is.
    pub media_type: MediaType,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Prepared {
    /// Says what it is and how large, never what is in it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Prepared({}, {} bytes)", self.media_type, self.bytes.len())
    }
}

/// Makes a file safe to keep, or says why it is not taken.
pub fn prepare(file: &[u8]) -> Result<Prepared, Refusal> {
    match sniff::sniff(file)? {
        sniff::Taken::Pdf => {
            pdf::check(file)?;
            Ok(Prepared { media_type: MediaType::Pdf, bytes: file.to_vec() })
        }
        sniff::Taken::Picture(format) => picture::prepare(file, format),
    }
}

/// Says what bytes that [`prepare`] gave are, if they are what it could have given; reads their beginning only. For
/// the office, before it hands a file on.
pub fn media_type(bytes: &[u8]) -> Option<MediaType> {
    match sniff::sniff(bytes).ok()? {
        sniff::Taken::Pdf => Some(MediaType::Pdf),
        sniff::Taken::Picture(image::ImageFormat::Jpeg) => Some(MediaType::Jpeg),
        sniff::Taken::Picture(image::ImageFormat::Png) => Some(MediaType::Png),
        sniff::Taken::Picture(_) => None,
    }
}
