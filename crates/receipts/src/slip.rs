//! What a person takes away of something that was looked up: a sheet on paper, with a QR to its source.
//!
//! Only what is published stands on it, so it may be printed as often as anybody likes. It is drawn as a receipt is,
//! so what prints right there prints right here.

use std::fmt;

use texts::Language;

use crate::bitmap::Bitmap;
use crate::content::slip_blocks;
use crate::paper::{Cutter, Paper};
use crate::{PdfError, RenderError, escpos, pdf, png, raster, text};

/// Bytes of an address that version 9-M holds in byte mode (ISO/IEC 18004:2015, table 7).
pub const SOURCE_BYTES_MAX: usize = 180;

/// A sheet on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// The language of what we say around the sheet.
    pub language: Language,
    /// Who gives it.
    pub service: String,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// Whom it is for, what to bring, what to do, where.
    pub lists: Vec<SlipList>,
    /// What to know of it: not reviewed, no longer valid.
    pub remarks: Vec<String>,
    /// What it rests on.
    pub source: Option<SlipSource>,
}

/// A heading with its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlipList {
    /// What they are.
    pub heading: String,
    /// One after another; without any, the heading does not stand there either.
    pub lines: Vec<String>,
    /// Whether their order counts: steps are numbered.
    pub ordered: bool,
}

/// What a slip rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlipSource {
    /// Who says it, and where.
    pub title: String,
    /// Where to read on; printed in letters alone when the QR code can't hold it.
    pub address: Option<String>,
}

/// An address of the web that the QR code of a slip holds.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct SourceAddress(String);

impl SourceAddress {
    /// An `https` address in ASCII with at most [`SOURCE_BYTES_MAX`] bytes.
    pub(crate) fn parse(address: &str) -> Option<Self> {
        let host = address.strip_prefix("https://").filter(|rest| !rest.is_empty() && !rest.starts_with('/'));
        let plain = address.bytes().all(|byte| byte.is_ascii_graphic()) && address.len() <= SOURCE_BYTES_MAX;
        (host.is_some() && plain).then(|| Self(address.to_owned()))
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for SourceAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn render(slip: &Slip, paper: Paper) -> Result<Bitmap, RenderError> {
    raster::render_blocks(&slip_blocks(slip), paper)
}

/// The slip for an ESC/POS printer.
pub fn slip_to_escpos(slip: &Slip, paper: Paper, cutter: Cutter) -> Result<Vec<u8>, RenderError> {
    Ok(escpos::encode(&render(slip, paper)?, cutter))
}

/// The slip as a picture.
pub fn slip_to_png(slip: &Slip, paper: Paper) -> Result<Vec<u8>, RenderError> {
    png::encode(&render(slip, paper)?)
}

/// The slip as a page, as wide as the paper.
pub fn slip_to_pdf(slip: &Slip, paper: Paper) -> Result<Vec<u8>, PdfError> {
    pdf::of_blocks(&slip_blocks(slip), &slip.title, slip.language, paper)
}

/// The slip as plain text.
pub fn slip_to_text(slip: &Slip, paper: Paper) -> String {
    text::of_blocks(&slip_blocks(slip), paper)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_fits_up_to_the_limit() {
        let long = |bytes: usize| format!("https://a.cl/{}", "x".repeat(bytes.saturating_sub(13)));
        for (address, fits) in [
            (long(SOURCE_BYTES_MAX - 1), true),
            (long(SOURCE_BYTES_MAX), true),
            (long(SOURCE_BYTES_MAX + 1), false),
            ("https://a.cl".to_owned(), true),
            ("http://a.cl".to_owned(), false),
            ("https:///x".to_owned(), false),
            ("https://".to_owned(), false),
            ("https://ñuñoa.cl".to_owned(), false),
            ("https://a.cl/con espacio".to_owned(), false),
        ] {
            assert_eq!(SourceAddress::parse(&address).is_some(), fits, "{address}");
        }
    }
}
