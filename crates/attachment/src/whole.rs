//! Whether a JPEG is whole.
//!
//! The decoder forgives: where bytes are missing it paints grey, and half a page would be sent for a whole one. So
//! the markers are walked to the end of the image first (ITU-T T.81, annex B). Telephones put other things after that
//! end, a second picture or a film of three seconds; they are left behind with everything else that is not a dot.

use crate::refusal::{Refusal, damaged};

const START_OF_IMAGE: u8 = 0xd8;
const END_OF_IMAGE: u8 = 0xd9;
const TEMPORARY: u8 = 0x01;

/// Passes a JPEG whose image has an end.
pub(crate) fn check_jpeg(file: &[u8]) -> Result<(), Refusal> {
    let cut = || damaged("the picture's end is missing");
    let mut rest = file.strip_prefix(&[0xff, START_OF_IMAGE]).ok_or_else(|| damaged("no JPEG"))?;
    loop {
        // Entropy-coded data, and bytes that some cameras leave between segments, end at the next marker.
        let at = memchr::memchr(0xff, rest).ok_or_else(cut)?;
        rest = rest.get(at.saturating_add(1)..).ok_or_else(cut)?;
        match rest.first().ok_or_else(cut)? {
            // A byte of data, or a filler before a marker.
            0x00 | 0xff => {}
            &END_OF_IMAGE => return Ok(()),
            &TEMPORARY | &START_OF_IMAGE | 0xd0..=0xd7 => rest = rest.get(1..).ok_or_else(cut)?,
            _ => {
                let length = rest.get(1..3).and_then(|two| two.try_into().ok()).map(u16::from_be_bytes);
                let segment = usize::from(length.ok_or_else(cut)?).saturating_add(1);
                rest = rest.get(segment..).ok_or_else(cut)?;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_has_an_end() {
        let check = |parts: &[&[u8]], whole: bool| {
            let file = parts.concat();
            assert_eq!(check_jpeg(&file).is_ok(), whole, "{file:02x?}");
        };
        let (soi, eoi): (&[u8], &[u8]) = (&[0xff, 0xd8], &[0xff, 0xd9]);
        // A thumbnail inside a segment has an end of its own.
        let app1: &[u8] = &[0xff, 0xe1, 0, 6, 0xff, 0xd8, 0xff, 0xd9];
        let scan: &[u8] = &[0xff, 0xda, 0, 2, 1, 2, 0xff, 0x00, 3, 0xff, 0xd0, 4];
        check(&[soi, app1, scan, eoi], true);
        check(&[soi, app1, scan, eoi, b"trailer"], true);
        check(&[soi, scan, &[0xff, 0xff], eoi], true);
        check(&[soi, app1, scan], false);
        check(&[soi, app1], false);
        check(&[soi, &[0xff, 0xe1, 0xff, 0xff, 1]], false);
        check(&[soi], false);
        check(&[b"no"], false);
    }
}
