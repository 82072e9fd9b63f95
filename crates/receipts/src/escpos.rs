//! The receipt as the bytes of a thermal printer: nothing but our own raster.
//!
//! No text goes to the printer, so no code page can garble it, and no QR command, which cheap heads lack. The
//! raster goes in short bands (`GS v 0`), since a small printer's buffer holds a few kilobytes and a printer
//! that waits for a band in the middle of a picture leaves a white line.

use texts::Language;

use crate::bitmap::Bitmap;
use crate::model::Receipt;
use crate::paper::{Cutter, Paper};
use crate::{RenderError, raster};

/// Rows in one band: 9 kB at 80 mm.
const BAND_ROWS: u32 = 128;
/// `ESC @`: forget what the last job left.
const INITIALISE: &[u8] = &[0x1B, b'@'];
/// `GS v 0`, normal density; width in bytes and height in rows follow.
const RASTER: &[u8] = &[0x1D, b'v', b'0', 0];
/// `ESC d 4`, 17 mm: white below the last line. A printer that was taken for one with a knife can be torn off there.
const FEED: &[u8] = &[0x1B, b'd', 4];
/// `ESC d 6`, 25 mm: from the head past the bar, which lies 10 to 20 mm behind it, so that no tear meets the last line.
const FEED_TO_TEAR: &[u8] = &[0x1B, b'd', 6];
/// `GS V 66 0`: to the knife, and a partial cut; printers without one feed or do nothing.
const CUT_PARTIALLY: &[u8] = &[0x1D, b'V', 66, 0];
/// `GS V 65 0`: to the knife, and a full cut. A knife that only knows the partial cut makes that.
const CUT_FULLY: &[u8] = &[0x1D, b'V', 65, 0];

/// The receipt for an ESC/POS printer: initialise, raster, feed, and the cut that its knife makes, if it has one.
pub fn to_escpos(receipt: &Receipt, paper: Paper, cutter: Cutter) -> Result<Vec<u8>, RenderError> {
    Ok(encode(&raster::render(receipt, paper)?, cutter))
}

/// A page that shows that a printer prints, drawn as a receipt is: what comes out right here comes out right there.
pub fn test_to_escpos(language: Language, paper: Paper, cutter: Cutter) -> Result<Vec<u8>, RenderError> {
    Ok(encode(&raster::render_test(language, paper)?, cutter))
}

pub(crate) fn encode(bitmap: &Bitmap, cutter: Cutter) -> Vec<u8> {
    let mut out = INITIALISE.to_vec();
    let stride = bitmap.stride();
    for band in bitmap.bands(BAND_ROWS) {
        out.extend(RASTER);
        out.extend(low_high(stride));
        let rows = u32::try_from(band.len()).unwrap_or(u32::MAX).checked_div(stride).unwrap_or(0);
        out.extend(low_high(rows));
        out.extend(band);
    }
    let end: [&[u8]; 2] = match cutter {
        Cutter::None => [FEED_TO_TEAR, &[]],
        Cutter::Partial => [FEED, CUT_PARTIALLY],
        Cutter::Full => [FEED, CUT_FULLY],
    };
    out.extend(end.concat());
    out
}

/// Two bytes, the low one first. A head has at most 72 bytes across and a band 128 rows.
fn low_high(value: u32) -> [u8; 2] {
    u16::try_from(value).unwrap_or(u16::MAX).to_le_bytes()
}
