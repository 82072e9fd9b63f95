//! The receipt, or its code alone, as a PNG of one bit to the dot, with the head's resolution noted in it.

use ::png::{BitDepth, ColorType, Encoder, PixelDimensions, Unit};

use crate::bitmap::Bitmap;
use crate::model::Receipt;
use crate::paper::Paper;
use crate::qr::{self, MODULES, QUIET_MODULES, QrAddress};
use crate::{RenderError, raster};

/// Dots to the metre: 8 to the millimetre.
const DOTS_PER_METRE: u32 = 8000;

/// The receipt as a picture, dot for dot what the printer prints.
pub fn to_png(receipt: &Receipt, paper: Paper) -> Result<Vec<u8>, RenderError> {
    encode(&raster::render(receipt, paper)?)
}

/// The QR code of an address alone, for a screen: `module_dots` to the module, with its quiet zone.
/// A module has at least one dot and at most 64.
pub fn code_to_png(address: &QrAddress, module_dots: u32) -> Result<Vec<u8>, RenderError> {
    let module = module_dots.clamp(1, 64);
    let side = MODULES.saturating_add(QUIET_MODULES.saturating_mul(2)).saturating_mul(module);
    let mut bitmap = Bitmap::new(side, side);
    let dots = |modules: u32| i32::try_from(modules.saturating_mul(module)).unwrap_or(i32::MAX);
    for (row, column, length) in qr::runs(address)? {
        let (x, y) = (column.saturating_add(QUIET_MODULES), row.saturating_add(QUIET_MODULES));
        bitmap.fill(dots(x), dots(y), dots(length), dots(1));
    }
    encode(&bitmap)
}

pub(crate) fn encode(bitmap: &Bitmap) -> Result<Vec<u8>, RenderError> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, bitmap.width(), bitmap.height());
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(BitDepth::One);
    encoder.set_pixel_dims(Some(PixelDimensions {
        xppu: DOTS_PER_METRE,
        yppu: DOTS_PER_METRE,
        unit: Unit::Meter,
    }));
    // In PNG a set bit is white; on the head it is black.
    let rows: Vec<u8> = bitmap.rows().flatten().map(|dots| !dots).collect();
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&rows)?;
    writer.finish()?;
    Ok(out)
}
