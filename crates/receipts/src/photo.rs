//! Reads a receipt's code back from a photograph, without a network.
//!
//! A photograph comes from outside: its size is checked before it is read and its dimensions before it is
//! decoded, since a few kilobytes of PNG can ask for gigabytes. Then the reader tries a short list of views of the
//! picture, the likeliest first. rqrr follows rotation and perspective by itself; what it can't stand is a code
//! that is too large or too small in dots, noise, and a faded print, and those are what the views change.

use std::io::Cursor;

use image::imageops::FilterType;
use image::{DynamicImage, GrayImage, ImageError, ImageFormat, ImageReader, Limits};

use crate::codes::codes;

/// Bytes of a photograph's file.
pub const FILE_BYTES_MAX: usize = 32 * 1024 * 1024;
/// Dots of a photograph, over both sides.
pub const PIXELS_MAX: u64 = 64_000_000;
/// Longest side of the small picture by which a person sees what a camera sees.
pub const PREVIEW_SIDE_MAX: u32 = 480;
/// Bytes that decoding may take: four to the dot.
const DECODE_BYTES_MAX: u64 = 256_000_000;
/// Longest sides that the picture is looked at in, from the quickest: a version 9 code that fills a third of the
/// picture has six dots to the module at 1,000, and one that fills a twelfth has them at 4,000.
const VIEW_SIDES: &[u32] = &[1000, 2000, 4000];
/// The same of one moment of a camera: the next moment comes soon, and is better than a harder look at this one.
const GLANCE_SIDES: &[u32] = &[1000, 2000];
/// Width of the blur that takes noise away, in dots.
const BLUR_DOTS: f32 = 1.2;
/// Width of the mask that brings a blurred print back, in dots: half a module of six dots. Once, it reads
/// what is blurred by somewhat less than half a module, and twice, by half.
const SHARPEN_DOTS: f32 = 3.0;

/// Why no receipt was read.
#[derive(Debug, thiserror::Error)]
pub enum PhotoError {
    /// The file or the picture is over the limits.
    #[error(
        "the picture is too large: {bytes} bytes, {pixels} dots (limits {FILE_BYTES_MAX} and {PIXELS_MAX})"
    )]
    TooLarge {
        /// Bytes of the file.
        bytes: usize,
        /// Dots by its header; zero when the header wasn't read to its end.
        pixels: u64,
    },
    /// Neither JPEG nor PNG.
    #[error("the picture is neither JPEG nor PNG")]
    UnknownFormat,
    /// It says that it is a picture and can't be decoded.
    #[error("the picture can't be decoded")]
    Damaged(#[source] ImageError),
    /// No QR code was found, or none that could be read.
    #[error("no QR code could be read in the picture")]
    NoCode,
    /// QR codes were read and none was wanted: a poster behind the receipt.
    #[error("the picture has a QR code, and it isn't a receipt's")]
    OtherCode,
}

impl PhotoError {
    /// The key of the sentence that tells a person what to do.
    pub const fn text_key(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "photo-too-large",
            Self::UnknownFormat => "photo-unknown-format",
            Self::Damaged(_) => "photo-damaged",
            Self::NoCode => "photo-no-code",
            Self::OtherCode => "photo-other-code",
        }
    }
}

/// The text of the first QR code in a JPEG or PNG that `wanted` takes for a receipt's address.
pub fn read_photo(file: &[u8], wanted: impl Fn(&str) -> bool) -> Result<String, PhotoError> {
    let looks: &[Look] = &[DynamicImage::clone, quietened, sharpened, sharpened_twice];
    read(views(&decode(file)?, VIEW_SIDES, looks), wanted)
}

/// What a camera sees at one moment.
#[derive(Debug)]
pub struct Glance {
    /// The text of the first code that was wanted, or why there is none: no code, or another one.
    pub code: Result<String, PhotoError>,
    /// The same picture, small and grey, as a JPEG drawn anew from its dots.
    pub preview: Vec<u8>,
}

/// Looks for a code in one of many pictures that a camera gives: quicker than [`read_photo`], and not as hard.
///
/// # Errors
/// The picture can't be looked at; that there is no code in it is in the answer.
pub fn glance(file: &[u8], wanted: impl Fn(&str) -> bool) -> Result<Glance, PhotoError> {
    let picture = decode(file)?;
    let looks: &[Look] = &[DynamicImage::clone, quietened];
    let code = read(views(&picture, GLANCE_SIDES, looks), wanted);
    let mut preview = Cursor::new(Vec::new());
    picture
        .thumbnail(PREVIEW_SIDE_MAX, PREVIEW_SIDE_MAX)
        .write_to(&mut preview, ImageFormat::Jpeg)
        .map_err(PhotoError::Damaged)?;
    Ok(Glance { code, preview: preview.into_inner() })
}

fn read(views: impl Iterator<Item = GrayImage>, wanted: impl Fn(&str) -> bool) -> Result<String, PhotoError> {
    let mut other = false;
    for view in views {
        for text in codes(view) {
            if wanted(&text) {
                return Ok(text);
            }
            other = true;
        }
    }
    Err(if other { PhotoError::OtherCode } else { PhotoError::NoCode })
}

fn decode(file: &[u8]) -> Result<DynamicImage, PhotoError> {
    let bytes = file.len();
    if bytes > FILE_BYTES_MAX {
        return Err(PhotoError::TooLarge { bytes, pixels: 0 });
    }
    let Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png)) = image::guess_format(file) else {
        return Err(PhotoError::UnknownFormat);
    };
    let reader = || ImageReader::with_format(Cursor::new(file), format);
    let (width, height) = reader().into_dimensions().map_err(|error| undecodable(error, bytes, 0))?;
    let pixels = u64::from(width).saturating_mul(u64::from(height));
    if pixels > PIXELS_MAX {
        return Err(PhotoError::TooLarge { bytes, pixels });
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODE_BYTES_MAX);
    let mut reader = reader();
    reader.limits(limits);
    let picture = reader.decode().map_err(|error| undecodable(error, bytes, pixels))?;
    Ok(DynamicImage::ImageLuma8(picture.into_luma8()))
}

fn undecodable(error: ImageError, bytes: usize, pixels: u64) -> PhotoError {
    match error {
        ImageError::Limits(_) => PhotoError::TooLarge { bytes, pixels },
        error => PhotoError::Damaged(error),
    }
}

/// A way to look at a view: as it is, without its noise, sharpened.
type Look = fn(&DynamicImage) -> DynamicImage;

/// The picture in several sizes, each in every one of these ways; made one by one, as they are asked for.
fn views(picture: &DynamicImage, sides: &[u32], looks: &[Look]) -> impl Iterator<Item = GrayImage> {
    let longest = picture.width().max(picture.height());
    let mut sides: Vec<u32> = sides.iter().map(|side| longest.min(*side)).collect();
    // A small picture gains from being enlarged: the reader looks for runs of several dots.
    sides.extend((longest < 640).then_some(longest.saturating_mul(2)));
    sides.dedup();
    let sized = move |side: u32| {
        if side == longest { picture.clone() } else { picture.resize(side, side, FilterType::Triangle) }
    };
    sides
        .into_iter()
        .flat_map(move |side| {
            let view = sized(side);
            looks.iter().map(move |look| look(&view))
        })
        .map(|view| stretched(view.into_luma8()))
}

fn quietened(view: &DynamicImage) -> DynamicImage {
    view.blur(BLUR_DOTS)
}

fn sharpened(view: &DynamicImage) -> DynamicImage {
    view.unsharpen(SHARPEN_DOTS, 0)
}

fn sharpened_twice(view: &DynamicImage) -> DynamicImage {
    sharpened(&sharpened(view))
}

/// Spreads the greys from the darkest to the lightest hundredth over the whole range: a print that the sun faded.
fn stretched(mut view: GrayImage) -> GrayImage {
    let mut counts = [0_u32; 256];
    for grey in view.as_raw() {
        if let Some(count) = counts.get_mut(usize::from(*grey)) {
            *count = count.saturating_add(1);
        }
    }
    let hundredth = u32::try_from(view.as_raw().len().div_euclid(100)).unwrap_or(u32::MAX);
    let dark = past(hundredth, (0..=255).zip(counts));
    let light = past(hundredth, (0..=255).rev().zip(counts.into_iter().rev()));
    let range = u32::from(light.saturating_sub(dark)).max(1);
    for grey in view.iter_mut() {
        let above = u32::from(grey.saturating_sub(dark)).saturating_mul(255);
        *grey = u8::try_from(above.div_euclid(range)).unwrap_or(u8::MAX);
    }
    view
}

/// The grey at which more than `share` dots have been seen.
fn past(share: u32, counts: impl IntoIterator<Item = (u8, u32)>) -> u8 {
    let mut seen = 0_u32;
    for (grey, count) in counts {
        seen = seen.saturating_add(count);
        if seen > share {
            return grey;
        }
    }
    0
}
