//! A QR code as a PNG picture.

use std::path::Path;

use qrcode::{Color, EcLevel, QrCode};

use crate::error::CentralError;

/// Dots a module.
const MODULE_DOTS: usize = 8;
/// Light modules around it (ISO/IEC 18004 asks for four).
const QUIET_MODULES: usize = 4;

/// Writes `content` as a QR code.
pub(super) fn write_qr(path: &Path, content: &str) -> Result<(), CentralError> {
    let failed = |error: &dyn std::fmt::Display| CentralError::Picture(error.to_string());
    let code = QrCode::with_error_correction_level(content, EcLevel::M).map_err(|error| failed(&error))?;
    let modules = code.width();
    let side = modules.saturating_add(QUIET_MODULES.saturating_mul(2)).saturating_mul(MODULE_DOTS);
    let colors = code.to_colors();
    let is_dark = |x: usize, y: usize| {
        let module = |dot: usize| dot.checked_div(MODULE_DOTS).and_then(|at| at.checked_sub(QUIET_MODULES));
        let (Some(column), Some(row)) = (module(x), module(y)) else { return false };
        column < modules
            && colors.get(row.saturating_mul(modules).saturating_add(column)) == Some(&Color::Dark)
    };
    let dots: Vec<u8> = (0..side)
        .flat_map(|y| (0..side).map(move |x| (x, y)))
        .map(|(x, y)| if is_dark(x, y) { 0 } else { 255 })
        .collect();
    let side = u32::try_from(side).map_err(|error| failed(&error))?;
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().map_err(|error| failed(&error))?;
    writer.write_image_data(&dots).map_err(|error| failed(&error))?;
    writer.finish().map_err(|error| failed(&error))?;
    // Whoever has the picture can enrol a stand with it.
    crate::folder::write_private(path, &bytes)
}
