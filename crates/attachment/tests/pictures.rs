//! Pictures in and out: upright, small, and nothing but dots.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::panic,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss
)]

use std::io::Cursor;
use std::path::PathBuf;

use attachment::limits::{LONG_SIDE_DOTS_MAX, PIXELS_MAX};
use attachment::{Found, MediaType, Refusal, media_type, prepare};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

fn golden(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A picture without two equal neighbours, so that nothing of it compresses away.
fn noisy(width: u32, height: u32) -> RgbImage {
    let mut state = 1_u32;
    RgbImage::from_fn(width, height, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Rgb([(state >> 24) as u8, (state >> 16) as u8, (state >> 8) as u8])
    })
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn photograph(width: u32, height: u32) -> Vec<u8> {
    let picture =
        RgbImage::from_fn(width, height, |x, y| Rgb([(x % 256) as u8, (y % 256) as u8, (x * y % 256) as u8]));
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 90).encode_image(&picture).unwrap();
    bytes
}

/// The mean difference of two pictures of one size, in steps of 256.
fn difference(one: &RgbImage, other: &RgbImage) -> f64 {
    assert_eq!(one.dimensions(), other.dimensions());
    let sum: u64 = one.as_raw().iter().zip(other.as_raw()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / one.as_raw().len() as f64
}

/// The files were written by Pillow, and what they show upright was decided by Pillow's `exif_transpose`
/// (`tests/golden/make.py`).
#[test]
fn every_orientation_is_turned_upright_as_pillow_turns_it() {
    for orientation in 1..=8 {
        let prepared = prepare(&golden(&format!("orientation-{orientation}.jpg"))).unwrap();
        let upright =
            image::load_from_memory(&golden(&format!("upright-{orientation}.png"))).unwrap().into_rgb8();
        let found = image::load_from_memory(&prepared.bytes).unwrap().into_rgb8();
        assert!(
            difference(&found, &upright) < 6.0,
            "orientation {orientation}: {}",
            difference(&found, &upright)
        );
    }
}

#[test]
fn nothing_passes_but_the_dots() {
    for name in ["everything.jpg", "everything.png", "everything.webp"] {
        let file = golden(name);
        let prepared = prepare(&file).unwrap();
        assert_eq!(media_type(&prepared.bytes), Some(prepared.media_type), "{name}");
        for secret in [
            "Exif",
            "GPS",
            "ICC_PROFILE",
            "xmp",
            "SECRETO",
            "Photoshop",
            "acsp",
            "iCCP",
            "eXIf",
            "tEXt",
            "iTXt",
            "zTXt",
        ] {
            let found = memchr(&prepared.bytes, secret.as_bytes());
            assert!(!found, "{name}: {secret} passed");
        }
        let planted = ["SECRETO", "xmp"].iter().filter(|secret| memchr(&file, secret.as_bytes())).count();
        assert!(planted > 0, "{name}: the file holds what is looked for");
    }
}

fn memchr(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window.eq_ignore_ascii_case(needle))
}

#[test]
fn a_picture_is_no_larger_than_a_desk_can_use() {
    let most = LONG_SIDE_DOTS_MAX;
    for (width, height, expected) in [
        (most, 10, (most, 10)),
        (most + 1, 10, (most, 10)),
        (10, most + 1, (10, most)),
        (2 * most, most, (most, most / 2)),
        (3 * most, 2, (most, 1)),
        (1, 1, (1, 1)),
    ] {
        let prepared = prepare(&photograph(width, height)).unwrap();
        let found = image::load_from_memory(&prepared.bytes).unwrap();
        assert_eq!((found.width(), found.height()), expected, "{width} x {height}");
    }
}

#[test]
fn line_art_stays_sharp_and_a_photograph_small() {
    let mut page = RgbImage::from_pixel(800, 600, Rgb([255, 255, 255]));
    for x in (20..780).step_by(9) {
        for y in 20..580 {
            page.put_pixel(x, y, Rgb([0, 0, 0]));
        }
    }
    let prepared = prepare(&encoded(&page.clone().into(), ImageFormat::Png)).unwrap();
    assert_eq!(prepared.media_type, MediaType::Png);
    assert_eq!(image::load_from_memory(&prepared.bytes).unwrap().into_rgb8(), page, "dot by dot");
    assert!(prepared.bytes.len() < 5_000, "{}", prepared.bytes.len());
    let prepared = prepare(&encoded(&noisy(300, 200).into(), ImageFormat::Png)).unwrap();
    assert_eq!(prepared.media_type, MediaType::Jpeg);
    // Each depth of the table of colours.
    for colours in [2, 3, 4, 5, 16, 17, 256] {
        let picture = RgbImage::from_fn(64, 64, |x, y| {
            let at = ((x / 4 + y / 4 * 16) % colours) as u8;
            Rgb([at, 255 - at, at / 2])
        });
        let prepared = prepare(&encoded(&picture.clone().into(), ImageFormat::Png)).unwrap();
        if prepared.media_type == MediaType::Png {
            assert_eq!(image::load_from_memory(&prepared.bytes).unwrap().into_rgb8(), picture, "{colours}");
        }
    }
}

#[test]
fn a_code_on_a_page_of_a4_is_still_read() {
    // A page photographed so that it fills a picture of 12 megapixels has 13.5 dots to the millimetre. A module of
    // 0.5 mm is about the stroke of print of ten points; what reads the code reads the print.
    let code = qrcode::QrCode::new(b"OIRS en Terreno, 0,5 mm").unwrap();
    let width = code.width();
    let colors = code.to_colors();
    let dots_per_module = 6.75_f64;
    let page = image::GrayImage::from_fn(3_000, 4_000, |x, y| {
        let (x, y) = (f64::from(x) - 1_000.3, f64::from(y) - 1_500.7);
        let (column, row) = ((x / dots_per_module).floor(), (y / dots_per_module).floor());
        let is_inside = column >= 0.0 && row >= 0.0 && column < width as f64 && row < width as f64;
        let dark = is_inside && colors[row as usize * width + column as usize] == qrcode::Color::Dark;
        image::Luma([if dark { 40 } else { 230 }])
    });
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, 92).encode_image(&page).unwrap();
    let prepared = prepare(&file).unwrap();
    let kept = image::load_from_memory(&prepared.bytes).unwrap().into_luma8();
    assert_eq!(kept.height(), LONG_SIDE_DOTS_MAX);
    let mut reader = rqrr::PreparedImage::prepare(kept);
    let read: Vec<String> =
        reader.detect_grids().iter().filter_map(|grid| Some(grid.decode().ok()?.1)).collect();
    assert_eq!(read, ["OIRS en Terreno, 0,5 mm"]);
}

#[test]
fn what_was_clear_lies_on_white() {
    let picture =
        RgbaImage::from_fn(40, 40, |x, _| if x < 20 { Rgba([200, 0, 0, 255]) } else { Rgba([0, 0, 0, 0]) });
    let prepared = prepare(&encoded(&picture.into(), ImageFormat::Png)).unwrap();
    let kept = image::load_from_memory(&prepared.bytes).unwrap().into_rgb8();
    assert_eq!(kept.get_pixel(39, 20).0, [255, 255, 255]);
    assert_eq!(kept.get_pixel(0, 20).0, [200, 0, 0]);
}

#[test]
fn unusual_pictures_are_kept_as_ordinary_ones() {
    let sixteen = DynamicImage::ImageRgb16(DynamicImage::ImageRgb8(noisy(60, 40)).into_rgb16());
    let cases = [
        ("16 bits a colour", encoded(&sixteen, ImageFormat::Png)),
        (
            "grey",
            encoded(
                &DynamicImage::ImageLuma8(DynamicImage::ImageRgb8(noisy(60, 40)).into_luma8()),
                ImageFormat::Png,
            ),
        ),
        ("WebP without loss", encoded(&noisy(60, 40).into(), ImageFormat::WebP)),
        ("CMYK", golden("cmyk.jpg")),
        ("progressive", golden("progressive.jpg")),
    ];
    for (what, file) in cases {
        let prepared = prepare(&file).unwrap_or_else(|refusal| panic!("{what}: {refusal}"));
        let kept = image::load_from_memory(&prepared.bytes).unwrap();
        assert_eq!(
            (kept.width(), kept.height(), kept.color().bits_per_pixel() <= 24),
            (60, 40, true),
            "{what}"
        );
    }
}

#[test]
fn what_moves_is_refused() {
    for name in ["moves.png", "moves.webp"] {
        assert_eq!(prepare(&golden(name)), Err(Refusal::NotTaken(Found::Animated)), "{name}");
    }
}

/// A PNG that says that it is so large, with hardly any bytes behind it.
fn claims(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Sixteen);
    let mut writer = encoder.write_header().unwrap();
    writer.write_chunk(png::chunk::IDAT, &[0x78, 0x9c, 0x63, 0, 0]).unwrap();
    drop(writer);
    bytes
}

#[test]
fn a_picture_of_too_many_dots_is_refused_by_its_header() {
    // 200 megapixels; a bomb of gigabytes; and what is within the dots and beyond the memory.
    for (width, height) in [(16_384, 12_288), (1_000_000, 1_000_000), (8_000, 8_000)] {
        let refused = prepare(&claims(width, height));
        assert_eq!(refused, Err(Refusal::TooManyDots { width, height }), "{width} x {height}");
    }
    // A real picture's header, altered: 200 megapixels of JPEG.
    let mut file = photograph(64, 64);
    let at = file.windows(2).position(|two| two == [0xff, 0xc0]).unwrap();
    file[at + 5..at + 9].copy_from_slice(&[0x30, 0x00, 0x41, 0x00]);
    assert_eq!(prepare(&file), Err(Refusal::TooManyDots { width: 0x4100, height: 0x3000 }));
    assert!(u64::from(0x4100_u32) * 0x3000 > PIXELS_MAX);
}

#[test]
fn a_cut_picture_is_not_half_a_picture() {
    let cases = [
        ("JPEG", photograph(200, 150)),
        ("progressive JPEG", golden("progressive.jpg")),
        ("PNG", encoded(&noisy(60, 40).into(), ImageFormat::Png)),
        ("WebP", encoded(&noisy(60, 40).into(), ImageFormat::WebP)),
    ];
    for (what, file) in cases {
        assert!(prepare(&file).is_ok(), "{what}");
        for keep in [file.len() * 9 / 10, file.len() / 2, file.len() / 10, 13] {
            let refused = prepare(&file[..keep]).map_err(|refusal| refusal.code());
            assert!(
                matches!(refused, Err("attachment_damaged" | "attachment_unknown")),
                "{what} {keep}: {refused:?}"
            );
        }
    }
}

#[test]
fn a_video_called_a_photograph_is_a_video() {
    let video = [b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom".as_slice(), &vec![0; 100_000]].concat();
    assert_eq!(prepare(&video), Err(Refusal::NotTaken(Found::Video)));
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>";
    assert_eq!(prepare(svg), Err(Refusal::NotTaken(Found::Markup)));
    assert_eq!(prepare(&[]), Err(Refusal::Empty));
}
