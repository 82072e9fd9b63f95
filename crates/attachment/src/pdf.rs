//! Whether a PDF is pages and nothing else, as far as that shows without unpacking it.
//!
//! It is kept as it came: a signed one stays signed, and a program that writes PDF anew is one more that reads a
//! stranger's. Nothing of it is decompressed here, so that no bomb in it goes off. Names are looked for as they stand
//! in the open parts of the file, escapes resolved (ISO 32000-1, 7.3.5). Encryption stands there always: the trailer
//! and the dictionaries of cross-reference streams can't be packed. Scripts could hide in a packed object stream,
//! which is why the desk opens a PDF in a reader that runs none (ADR 60).

use crate::refusal::{Refusal, damaged};

/// The end of a PDF is looked for in this many bytes (ISO 32000-1, implementation note 18).
const TAIL_BYTES: usize = 1_024;

/// Names that make a PDF more than pages.
const ACTIVE: &[&str] = &["JavaScript", "JS", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "XFA"];

/// Passes a PDF that is whole, open and only pages.
pub(crate) fn check(file: &[u8]) -> Result<(), Refusal> {
    let version = file.get(5..8).unwrap_or_default();
    if !matches!(version, [b'1', b'.', b'0'..=b'7'] | b"2.0") {
        return Err(damaged("no version of PDF"));
    }
    let tail = file.get(file.len().saturating_sub(TAIL_BYTES)..).unwrap_or(file);
    if memchr::memmem::rfind(tail, b"%%EOF").is_none() || memchr::memmem::rfind(tail, b"startxref").is_none()
    {
        return Err(damaged("the PDF's end is missing"));
    }
    let mut rest = file;
    while let Some(at) = memchr::memchr(b'/', rest) {
        rest = rest.get(at.saturating_add(1)..).unwrap_or_default();
        let name = Name::read(rest);
        if name.is("Encrypt") {
            return Err(Refusal::PdfEncrypted);
        }
        if let Some(what) = ACTIVE.iter().find(|what| name.is(what)) {
            return Err(Refusal::PdfActive { what });
        }
    }
    Ok(())
}

/// Longest name that is looked for, and one more.
const NAME_BYTES_MAX: usize = 16;

/// A name's beginning, escapes resolved.
struct Name {
    bytes: [u8; NAME_BYTES_MAX],
    len: usize,
}

impl Name {
    fn read(text: &[u8]) -> Self {
        let mut name = Self { bytes: [0; NAME_BYTES_MAX], len: 0 };
        let mut rest = text.iter();
        while let Some(&byte) = rest.next() {
            let byte = match byte {
                b'#' => {
                    let (high, low) = (hex(rest.next()), hex(rest.next()));
                    match high.zip(low) {
                        Some((high, low)) => high << 4 | low,
                        None => break,
                    }
                }
                // White space and delimiters end a name.
                0 | b' ' | b'\t' | b'\n' | b'\x0c' | b'\r' | b'(' | b')' | b'<' | b'>' | b'[' | b']'
                | b'{' | b'}' | b'/' | b'%' => break,
                other => other,
            };
            let Some(slot) = name.bytes.get_mut(name.len) else { break };
            *slot = byte;
            name.len = name.len.saturating_add(1);
        }
        name
    }

    fn is(&self, wanted: &str) -> bool {
        self.bytes.get(..self.len) == Some(wanted.as_bytes())
    }
}

fn hex(byte: Option<&u8>) -> Option<u8> {
    let digit = char::from(*byte?).to_digit(16)?;
    u8::try_from(digit).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pdf_is_pages_and_whole() {
        let check = |middle: &str, expected: Result<(), &str>| {
            let file = format!(
                "%PDF-1.4\n1 0 obj <</Type /Catalog {middle}>> endobj\ntrailer<<>>\nstartxref\n9\n%%EOF\n"
            );
            assert_eq!(super::check(file.as_bytes()).map_err(|refusal| refusal.code()), expected, "{middle}");
        };
        check("", Ok(()));
        check("/Pages 2 0 R /JSON 1 /Encrypted true /OpenAction [3 0 R /Fit]", Ok(()));
        check("/Encrypt 5 0 R", Err("attachment_pdf_encrypted"));
        check("/OpenAction<</S/JavaScript/JS(x)>>", Err("attachment_pdf_active"));
        check("/Names<</EmbeddedFiles 4 0 R>>", Err("attachment_pdf_active"));
        check("/A<</S/Launch/F(x)>>", Err("attachment_pdf_active"));
        check("/J#61vaScript 3 0 R", Err("attachment_pdf_active"));
        check("/AcroForm<</XFA 3 0 R>>", Err("attachment_pdf_active"));
    }

    #[test]
    fn a_cut_pdf_is_found() {
        let whole = b"%PDF-1.4\nx\nstartxref\n9\n%%EOF".as_slice();
        assert_eq!(check(whole), Ok(()));
        for length in 0..whole.len() {
            assert!(check(whole.get(..length).unwrap()).is_err(), "{length}");
        }
        let far = [whole, &vec![0; TAIL_BYTES]].concat();
        assert!(check(&far).is_err());
        assert!(check(b"%PDF-9.9\nstartxref\n9\n%%EOF").is_err());
    }
}
