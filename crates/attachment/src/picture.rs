//! From a stranger's picture to the dots that are kept.
//!
//! Shrunk before it is turned, so that turning costs little; drawn anew from dots alone, so that nothing else of the
//! file can pass. A colour profile is left behind with the rest: a wide-gamut picture looks paler by a shade, and the
//! text in it reads the same.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder as _, ImageError, ImageFormat, Limits,
    RgbImage,
};

use crate::limits::{DECODE_BYTES_MAX, JPEG_QUALITY, LONG_SIDE_DOTS_MAX, PICTURE_BYTES_MAX, PIXELS_MAX};
use crate::refusal::{Found, Refusal, damaged};
use crate::{MediaType, Prepared, line_art, whole};

/// Decodes, turns upright, shrinks, and draws anew.
pub(crate) fn prepare(file: &[u8], format: ImageFormat) -> Result<Prepared, Refusal> {
    if format == ImageFormat::Jpeg {
        whole::check_jpeg(file)?;
    }
    // A decoder that stumbles over what a stranger made must not take the program with it.
    let picture = catch_unwind(AssertUnwindSafe(|| upright(file, format)))
        .unwrap_or_else(|_| Err(damaged("the decoder gave up")))?;
    let jpeg = jpeg(&picture).map_err(damaged)?;
    match line_art::png(&picture) {
        Some(png) if png.len() < jpeg.len() => Ok(Prepared { media_type: MediaType::Png, bytes: png }),
        _ => Ok(Prepared { media_type: MediaType::Jpeg, bytes: jpeg }),
    }
}

/// The picture's dots, upright and no more than are kept.
fn upright(file: &[u8], format: ImageFormat) -> Result<RgbImage, Refusal> {
    let mut decoder = decoder(file, format)?;
    let (width, height) = decoder.dimensions();
    let too_many = Refusal::TooManyDots { width, height };
    if u64::from(width).saturating_mul(u64::from(height)) > PIXELS_MAX {
        return Err(too_many);
    }
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(DECODE_BYTES_MAX);
    let undecodable = |error: ImageError| match error {
        ImageError::Limits(_) => too_many.clone(),
        error => damaged(error),
    };
    decoder.set_limits(limits).map_err(undecodable)?;
    if decoder.total_bytes() > DECODE_BYTES_MAX {
        return Err(too_many);
    }
    // Metadata that can't be read turns nothing.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = shrunk(DynamicImage::from_decoder(decoder).map_err(undecodable)?);
    picture.apply_orientation(orientation);
    Ok(on_white(picture))
}

fn decoder<'a>(file: &'a [u8], format: ImageFormat) -> Result<Box<dyn ImageDecoder + 'a>, Refusal> {
    let animated = || Refusal::NotTaken(Found::Animated);
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(DECODE_BYTES_MAX);
    let file = Cursor::new(file);
    Ok(match format {
        ImageFormat::Png => {
            let decoder = PngDecoder::with_limits(file, limits).map_err(damaged)?;
            if decoder.is_apng().map_err(damaged)? {
                return Err(animated());
            }
            Box::new(decoder)
        }
        ImageFormat::WebP => {
            let decoder = WebPDecoder::new(file).map_err(damaged)?;
            if decoder.has_animation() {
                return Err(animated());
            }
            Box::new(decoder)
        }
        _ => Box::new(JpegDecoder::new(file).map_err(damaged)?),
    })
}

/// No larger than is kept. Averages the dots that fall into one: for shrinking, that is as good as better-known
/// filters and needs no second picture in memory.
fn shrunk(picture: DynamicImage) -> DynamicImage {
    if picture.width().max(picture.height()) <= LONG_SIDE_DOTS_MAX {
        return picture;
    }
    picture.thumbnail(LONG_SIDE_DOTS_MAX, LONG_SIDE_DOTS_MAX)
}

/// Eight bits a colour; what was transparent lies on white, as on paper.
fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    let mut paper = RgbImage::new(picture.width(), picture.height());
    for (to, from) in paper.pixels_mut().zip(picture.pixels()) {
        let [red, green, blue, alpha] = from.0;
        to.0 = [red, green, blue].map(|colour| over_white(colour, alpha));
    }
    paper
}

fn over_white(colour: u8, alpha: u8) -> u8 {
    let (colour, alpha) = (u32::from(colour), u32::from(alpha));
    let clear = 255_u32.saturating_sub(alpha);
    let sum = colour.saturating_mul(alpha).saturating_add(255_u32.saturating_mul(clear)).saturating_add(127);
    u8::try_from(sum.div_euclid(255)).unwrap_or(u8::MAX)
}

/// A baseline JPEG; grey where the picture is.
fn jpeg(picture: &RgbImage) -> Result<Vec<u8>, ImageError> {
    let mut bytes = Vec::with_capacity(PICTURE_BYTES_MAX.div_euclid(64));
    let encoder = JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY);
    let (width, height) = picture.dimensions();
    if picture.pixels().all(|dot| line_art::is_grey(dot.0)) {
        let grey: Vec<u8> = picture.pixels().map(|dot| dot.0[0]).collect();
        encoder.write_image(&grey, width, height, ExtendedColorType::L8)?;
    } else {
        encoder.write_image(picture.as_raw(), width, height, ExtendedColorType::Rgb8)?;
    }
    Ok(bytes)
}
