//! Line art: a page with few colours is smaller and sharper as a PNG with a table of them than as a JPEG.

use std::collections::BTreeMap;

use image::RgbImage;

use crate::limits::LINE_ART_COLOURS_MAX;

/// Whether a dot has no colour.
pub(crate) fn is_grey([red, green, blue]: [u8; 3]) -> bool {
    red == green && green == blue
}

/// The picture as a PNG with a table of its colours; none when it has too many.
pub(crate) fn png(picture: &RgbImage) -> Option<Vec<u8>> {
    let (table, dots) = indexed(picture)?;
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Indexed);
    let depth = match table.len() {
        0..=6 => png::BitDepth::One,
        7..=12 => png::BitDepth::Two,
        13..=48 => png::BitDepth::Four,
        _ => png::BitDepth::Eight,
    };
    encoder.set_depth(depth);
    encoder.set_palette(table);
    encoder.set_compression(png::Compression::Balanced);
    let mut writer = encoder.write_header().ok()?;
    let width = usize::try_from(picture.width()).ok()?;
    writer.write_image_data(&packed(&dots, width, depth)).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}

/// The table of colours, three bytes each, and for each dot its place in it.
fn indexed(picture: &RgbImage) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut places: BTreeMap<[u8; 3], u8> = BTreeMap::new();
    let mut table = Vec::new();
    let mut dots = Vec::new();
    let mut last = None;
    for dot in picture.pixels() {
        // Most dots are like the one before.
        let place = match last {
            Some((colour, place)) if colour == dot.0 => place,
            _ => match places.get(&dot.0) {
                Some(place) => *place,
                None if places.len() < LINE_ART_COLOURS_MAX => {
                    let place = u8::try_from(places.len()).ok()?;
                    places.insert(dot.0, place);
                    table.extend_from_slice(&dot.0);
                    place
                }
                None => return None,
            },
        };
        last = Some((dot.0, place));
        dots.push(place);
    }
    Some((table, dots))
}

/// Rows of dots, several to the byte where the depth allows, the leftmost highest (PNG, section 7.2).
fn packed(dots: &[u8], width: usize, depth: png::BitDepth) -> Vec<u8> {
    let bits = match depth {
        png::BitDepth::One => 1,
        png::BitDepth::Two => 2,
        png::BitDepth::Four => 4,
        _ => return dots.to_vec(),
    };
    let per_byte = 8_usize.div_euclid(bits);
    let mut rows = Vec::new();
    for row in dots.chunks(width.max(1)) {
        for group in row.chunks(per_byte) {
            let mut byte = 0_u8;
            for place in 0..per_byte {
                byte = byte.checked_shl(u32::try_from(bits).unwrap_or_default()).unwrap_or_default()
                    | group.get(place).copied().unwrap_or_default();
            }
            rows.push(byte);
        }
    }
    rows
}
