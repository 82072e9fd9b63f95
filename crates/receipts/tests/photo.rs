//! Photographs as people take them: turned, askew, blurred, in bad light; and files that mean no good.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::many_single_char_names
)]

mod common;

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, GrayImage, ImageFormat, Luma};
use receipts::{FILE_BYTES_MAX, Paper, PhotoError, QrAddress, code_to_png, read_photo, to_png};

/// How a photograph was taken.
#[derive(Clone, Copy)]
struct Shot {
    name: &'static str,
    paper: Paper,
    /// Degrees, clockwise.
    turned: f32,
    /// Dots of the photograph to a dot of the receipt.
    scale: f32,
    /// How much the far edge shrinks: 0 is from straight above.
    askew: f32,
    /// Width of the blur in dots of the photograph.
    blur: f32,
    /// Largest deviation of a dot's grey.
    noise: u8,
    /// The greys of ink and paper at the left edge, and how much darker the right edge is.
    ink: u8,
    white: u8,
    shade: u8,
    /// Quality of the JPEG.
    quality: u8,
}

const PLAIN: Shot = Shot {
    name: "plain",
    paper: Paper::Mm80,
    turned: 0.0,
    scale: 1.0,
    askew: 0.0,
    blur: 0.0,
    noise: 0,
    ink: 0,
    white: 255,
    shade: 0,
    quality: 90,
};

const SHOTS: &[Shot] = &[
    PLAIN,
    Shot { name: "upside down", turned: 180.0, ..PLAIN },
    Shot { name: "on its side", turned: 90.0, paper: Paper::Mm58, ..PLAIN },
    Shot { name: "turned a little", turned: 17.0, ..PLAIN },
    Shot { name: "turned half way", turned: -45.0, paper: Paper::Mm58, scale: 1.5, ..PLAIN },
    Shot { name: "out of focus", blur: 4.0, ..PLAIN },
    Shot { name: "out of focus, narrow paper", blur: 2.6, paper: Paper::Mm58, ..PLAIN },
    Shot { name: "noisy", noise: 90, ..PLAIN },
    Shot { name: "faded by the sun", ink: 150, white: 215, noise: 6, ..PLAIN },
    Shot { name: "half in the shade", ink: 40, white: 250, shade: 130, ..PLAIN },
    Shot { name: "askew", askew: 0.25, scale: 1.3, ..PLAIN },
    Shot { name: "askew and turned", askew: 0.2, turned: 25.0, scale: 1.3, ..PLAIN },
    Shot { name: "from afar", scale: 0.45, blur: 0.4, ..PLAIN },
    Shot { name: "from near", scale: 2.0, blur: 3.0, noise: 20, ..PLAIN },
    Shot {
        name: "a poor phone",
        noise: 25,
        blur: 1.2,
        turned: 5.0,
        ink: 60,
        white: 200,
        quality: 40,
        ..PLAIN
    },
    Shot {
        name: "everything at once",
        askew: 0.12,
        turned: -12.0,
        scale: 1.4,
        blur: 1.2,
        noise: 20,
        ink: 70,
        white: 210,
        shade: 40,
        quality: 60,
        ..PLAIN
    },
];

#[test]
fn hard_photographs_are_read() {
    let receipt = common::original(common::facts());
    for shot in SHOTS {
        let print = code_area(&to_png(&receipt, shot.paper).unwrap(), shot.paper);
        let photograph = jpeg(&shot.take(&print), shot.quality);
        match read_photo(&photograph, |_| true) {
            Ok(text) => assert_eq!(text, receipt.address().as_str(), "{}", shot.name),
            Err(error) => panic!("{}: {error}", shot.name),
        }
    }
}

#[test]
fn a_small_code_in_a_large_picture_is_read() {
    let mut table = GrayImage::from_pixel(3600, 2700, Luma([90]));
    let code = gray(&code_to_png(&common::address(250), 4).unwrap());
    image::imageops::overlay(&mut table, &code, 2900, 300);
    assert_eq!(read_photo(&jpeg(&table, 85), |_| true).unwrap(), common::address(250).as_str());
}

#[test]
fn a_thumbnail_is_read() {
    let code = gray(&code_to_png(&common::address(250), 2).unwrap());
    assert_eq!(read_photo(&jpeg(&code, 40), |_| true).unwrap(), common::address(250).as_str());
}

#[test]
fn the_wanted_code_is_found_beside_another() {
    let other = QrAddress::parse("HTTPS://POSTER.EXAMPLE/X").unwrap();
    let poster = gray(&code_to_png(&other, 6).unwrap());
    let wanted = gray(&code_to_png(&common::address(224), 6).unwrap());
    let mut both = GrayImage::from_pixel(900, 420, Luma([255]));
    image::imageops::overlay(&mut both, &poster, 20, 20);
    image::imageops::overlay(&mut both, &wanted, 480, 20);
    let file = png(&both);
    let is_receipt = |text: &str| text.contains("/R/");
    assert_eq!(read_photo(&file, is_receipt).unwrap(), common::address(224).as_str());
    assert!(matches!(read_photo(&png(&poster), is_receipt), Err(PhotoError::OtherCode)));
}

#[test]
fn what_is_no_receipt_is_refused_with_its_reason() {
    let blank = png(&GrayImage::from_pixel(300, 200, Luma([200])));
    let receipt = to_png(&common::original(common::facts()), Paper::Mm58).unwrap();
    let half = receipt.get(..receipt.len() / 2).unwrap();
    let check = |file: &[u8], key: &str| match read_photo(file, |_| true) {
        Err(error) => assert_eq!(error.text_key(), key, "{error}"),
        Ok(text) => panic!("{text}"),
    };
    check(&blank, "photo-no-code");
    // In this noise the reader below ours searches for more than a minute.
    check(&png(&noise(2000, 1500)), "photo-no-code");
    check(&png(&GrayImage::from_pixel(1, 1, Luma([0]))), "photo-no-code");
    check(half, "photo-damaged");
    check(b"", "photo-unknown-format");
    check(b"GIF89a\x01\0\x01\0", "photo-unknown-format");
    check(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo-unknown-format");
    check(&[0xFF, 0xD8, 0xFF, 0xE0], "photo-damaged");
}

#[test]
fn a_bomb_is_refused_by_its_header() {
    let check = |file: &[u8], key: &str| match read_photo(file, |_| true) {
        Err(error) => assert_eq!(error.text_key(), key, "{error}"),
        Ok(text) => panic!("{text}"),
    };
    // 64,000,000 dots are allowed, so this one is only found to be cut off.
    check(&header(8000, 8000), "photo-damaged");
    check(&header(8001, 8000), "photo-too-large");
    check(&header(u32::from(u16::MAX), u32::from(u16::MAX)), "photo-too-large");
    check(&header(0x7FFF_FFFF, 0x7FFF_FFFF), "photo-too-large");
    check(&vec![0; FILE_BYTES_MAX], "photo-unknown-format");
    check(&vec![0; FILE_BYTES_MAX + 1], "photo-too-large");
}

#[test]
fn arbitrary_pictures_never_stop_the_reader() {
    // Scraps of codes: finder patterns without a code, codes with holes, cut at every side.
    let code = gray(&code_to_png(&common::address(224), 5).unwrap());
    for step in 0..24_u32 {
        let mut scrap = code.clone();
        let (x, y) = (step * 37 % 250, step * 61 % 250);
        image::imageops::overlay(&mut scrap, &noise(60 + step, 50), i64::from(x), i64::from(y));
        let view = image::imageops::crop_imm(&scrap, step, step * 3, 305 - 9 * step, 305 - 7 * step);
        let _ = read_photo(&png(&view.to_image()), |_| true);
    }
}

impl Shot {
    fn take(self, print: &GrayImage) -> GrayImage {
        let (width, height) = (print.width() as f32, print.height() as f32);
        let side = (width.hypot(height) * self.scale * 1.08) as u32;
        let (sin, cos) = self.turned.to_radians().sin_cos();
        let mut state = 0x9E37_79B9_u32;
        let taken = GrayImage::from_fn(side, side, |column, row| {
            // From the photograph back to the print: centre, turn, straighten, scale.
            let (x, y) = (column as f32 - side as f32 / 2.0, row as f32 - side as f32 / 2.0);
            let (x, y) = (x * cos + y * sin, y * cos - x * sin);
            let depth = 1.0 + self.askew * y / (height * self.scale);
            let (x, y) = (x * depth / self.scale + width / 2.0, y * depth / self.scale + height / 2.0);
            let lit = sample(print, x, y).map_or(110.0, |white| {
                f32::from(self.ink) + white * (f32::from(self.white) - f32::from(self.ink))
            });
            let shade = f32::from(self.shade) * column as f32 / side as f32;
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = ((state >> 16) as f32 / 32_768.0 - 1.0) * f32::from(self.noise);
            Luma([(lit - shade + noise).clamp(0.0, 255.0) as u8])
        });
        if self.blur > 0.0 { DynamicImage::ImageLuma8(taken).blur(self.blur).into_luma8() } else { taken }
    }
}

/// Between the four nearest dots, 0 for ink and 1 for paper; none outside the print.
fn sample(print: &GrayImage, x: f32, y: f32) -> Option<f32> {
    let dot = |x: u32, y: u32| print.get_pixel_checked(x, y).map(|Luma([grey])| f32::from(*grey) / 255.0);
    if x < 0.0 || y < 0.0 {
        return None;
    }
    let (left, top) = (x as u32, y as u32);
    let (right, down) = (x.fract(), y.fract());
    let upper = dot(left, top)? * (1.0 - right) + dot(left + 1, top)? * right;
    let lower = dot(left, top + 1)? * (1.0 - right) + dot(left + 1, top + 1)? * right;
    Some(upper * (1.0 - down) + lower * down)
}

/// The part of the receipt that people photograph: the code and some lines around it.
fn code_area(receipt: &[u8], paper: Paper) -> GrayImage {
    let receipt = gray(receipt);
    let module = paper.module_dots();
    let left = (receipt.width() - 53 * module) / 2;
    let dark = |x: u32, y: u32| receipt.get_pixel(x, y).0 == [0];
    // The code's first row begins with seven dark modules between light ones.
    let begins = |y: u32| {
        let finder = left..left + 7 * module;
        !dark(left - 1, y) && finder.clone().all(|x| dark(x, y)) && !dark(finder.end, y)
    };
    let top = (0..receipt.height()).find(|y| begins(*y)).unwrap();
    image::imageops::crop_imm(&receipt, 0, top - 90, receipt.width(), 53 * module + 180).to_image()
}

fn noise(width: u32, height: u32) -> GrayImage {
    let mut state = 1_u32;
    GrayImage::from_fn(width, height, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Luma([(state >> 24) as u8])
    })
}

fn gray(png: &[u8]) -> GrayImage {
    image::load_from_memory(png).unwrap().into_luma8()
}

fn png(picture: &GrayImage) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, ImageFormat::Png).unwrap();
    out.into_inner()
}

fn jpeg(picture: &GrayImage, quality: u8) -> Vec<u8> {
    let mut out = Vec::new();
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut out, quality)).unwrap();
    out
}

/// A PNG that is nothing but its header: the dimensions are all that it says.
fn header(width: u32, height: u32) -> Vec<u8> {
    let mut chunk = b"IHDR".to_vec();
    chunk.extend(width.to_be_bytes());
    chunk.extend(height.to_be_bytes());
    chunk.extend([8, 0, 0, 0, 0]);
    let mut out = vec![0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13];
    out.extend(&chunk);
    out.extend(crc32(&chunk).to_be_bytes());
    // The first bytes of the picture, so that the header counts as read.
    let data = b"IDAT\x78\x9c";
    out.extend([0, 0, 0, 2]);
    out.extend(data);
    out.extend(crc32(data).to_be_bytes());
    out
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
}
