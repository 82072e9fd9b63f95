//! What a file is, by its content.

use image::ImageFormat;
use infer::MatcherType;

use crate::limits::{PDF_BYTES_MAX, PICTURE_BYTES_MAX};
use crate::refusal::{Found, Refusal};

/// What is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    Pdf,
    Picture(ImageFormat),
}

/// Says what a file is, and refuses what is not taken or too large for what it is.
pub(crate) fn sniff(file: &[u8]) -> Result<Taken, Refusal> {
    if file.is_empty() {
        return Err(Refusal::Empty);
    }
    let (taken, bytes_max) = match kind(file) {
        Ok(Taken::Pdf) => (Ok(Taken::Pdf), PDF_BYTES_MAX),
        other => (other.map_err(Refusal::NotTaken), PICTURE_BYTES_MAX),
    };
    let taken = taken?;
    if file.len() > bytes_max {
        return Err(Refusal::TooLarge { bytes: file.len(), bytes_max });
    }
    Ok(taken)
}

fn kind(file: &[u8]) -> Result<Taken, Found> {
    let Some(found) = infer::get(file) else { return Err(unnamed(file)) };
    match (found.mime_type(), found.matcher_type()) {
        ("application/pdf", _) => Ok(Taken::Pdf),
        ("image/jpeg", _) => Ok(Taken::Picture(ImageFormat::Jpeg)),
        ("image/png", _) => Ok(Taken::Picture(ImageFormat::Png)),
        ("image/webp", _) => Ok(Taken::Picture(ImageFormat::WebP)),
        ("image/heif" | "image/heic" | "image/avif", _) => Err(Found::Heic),
        ("image/svg+xml" | "text/html" | "text/xml" | "application/xml", _) | (_, MatcherType::Text) => {
            Err(Found::Markup)
        }
        (_, MatcherType::Image) => Err(Found::OtherPicture),
        (_, MatcherType::Video) => Err(Found::Video),
        (_, MatcherType::Audio) => Err(Found::Audio),
        (_, MatcherType::Archive) => Err(Found::Archive),
        (_, MatcherType::Doc | MatcherType::Book) => Err(Found::Document),
        (_, MatcherType::App) => Err(Found::Program),
        _ => Err(unnamed(file)),
    }
}

/// Containers of films and of the newer telephones' pictures whose brand no list has, and anything in angle brackets.
fn unnamed(file: &[u8]) -> Found {
    let text = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file).trim_ascii_start();
    match file.get(4..12) {
        Some([b'f', b't', b'y', b'p', brand @ ..]) => match brand {
            b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" | b"avif"
            | b"avis" => Found::Heic,
            _ => Found::Video,
        },
        _ if file.starts_with(b"\x1a\x45\xdf\xa3") => Found::Video,
        _ if text.starts_with(b"<") => Found::Markup,
        _ => Found::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_content_says() {
        let check = |file: &[u8], expected: Result<Taken, Found>| {
            // Some are known only once there is more of them than a name.
            let mut whole = file.to_vec();
            whole.resize(64, 0);
            assert_eq!(kind(&whole), expected, "{:?}", file.escape_ascii().to_string());
        };
        check(b"\xff\xd8\xff\xe0\0\x10JFIF\0", Ok(Taken::Picture(ImageFormat::Jpeg)));
        check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Ok(Taken::Picture(ImageFormat::Png)));
        check(b"RIFF\x24\0\0\0WEBPVP8 ", Ok(Taken::Picture(ImageFormat::WebP)));
        check(b"%PDF-1.7\n", Ok(Taken::Pdf));
        check(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", Err(Found::Video));
        check(b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", Err(Found::Video));
        check(b"\0\0\0\x18ftyp3gp4\0\0\0\0", Err(Found::Video));
        check(b"\x1a\x45\xdf\xa3\x93\x42\x82\x88matroska", Err(Found::Video));
        check(b"RIFF\x24\0\0\0AVI LIST", Err(Found::Video));
        check(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Err(Found::Heic));
        check(b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf", Err(Found::Heic));
        check(b"GIF89a\x01\0\x01\0", Err(Found::OtherPicture));
        check(b"BM\x36\0\0\0\0\0", Err(Found::OtherPicture));
        check(b"II*\0\x08\0\0\0\x10\0\xfe\0\x04\0", Err(Found::OtherPicture));
        check(b"PK\x03\x04\x14\0\0\0\x08\0", Err(Found::Archive));
        check(b"Rar!\x1a\x07\x01\0", Err(Found::Archive));
        check(b"\x1f\x8b\x08\0\0\0\0\0", Err(Found::Archive));
        check(b"ID3\x03\0\0\0\0", Err(Found::Audio));
        check(b"\x7fELF\x02\x01\x01\0", Err(Found::Program));
        check(b"<svg xmlns='http://www.w3.org/2000/svg'/>", Err(Found::Markup));
        check(b"\xef\xbb\xbf <?xml version='1.0'?><svg/>", Err(Found::Markup));
        check(b"<!DOCTYPE html><html>", Err(Found::Markup));
        check(b"hola", Err(Found::Unknown));
        check(b"\xff", Err(Found::Unknown));
    }

    #[test]
    fn sizes_are_bounded_by_what_it_is() {
        let check = |begin: &[u8], length: usize, fits: bool| {
            let mut file = begin.to_vec();
            file.resize(length, 0);
            assert_eq!(sniff(&file).is_ok(), fits, "{begin:?} {length}");
        };
        for (begin, most) in
            [(b"%PDF-1.7\n".as_slice(), PDF_BYTES_MAX), (b"\xff\xd8\xff\xe0", PICTURE_BYTES_MAX)]
        {
            check(begin, most, true);
            check(begin, most.saturating_add(1), false);
        }
        assert_eq!(sniff(b""), Err(Refusal::Empty));
        let video = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom".repeat(5_000_000);
        assert_eq!(
            sniff(&video),
            Err(Refusal::NotTaken(Found::Video)),
            "what it is goes before how large it is"
        );
    }
}
