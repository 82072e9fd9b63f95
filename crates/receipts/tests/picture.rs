//! The drawn receipt, read by readers that are not ours: the code in the PNG, and the bytes for the printer turned
//! back into a picture.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod common;
#[path = "common/oracle.rs"]
mod oracle;

use std::io::Cursor;

use image::{GrayImage, ImageReader, Luma};
use receipts::{Cutter, Paper, code_to_png, read_photo, test_to_escpos, to_escpos, to_png};

#[test]
fn the_code_of_every_receipt_is_read_back() {
    let folder = tempfile::tempdir().unwrap();
    for (name, receipt) in common::cases() {
        for paper in Paper::ALL {
            let png = to_png(&receipt, *paper).unwrap();
            let picture = decoded(&png);
            assert_eq!(picture.width(), paper.dots());
            assert!(picture.pixels().all(|Luma([grey])| [0, 255].contains(grey)));
            let address = receipt.address().as_str();
            assert_eq!(read_photo(&png, |_| true).unwrap(), address, "{name} {paper:?}");
            let path = folder.path().join("receipt.png");
            std::fs::write(&path, &png).unwrap();
            assert_eq!(oracle::zbarimg(&path), address, "{name} {paper:?}");
        }
    }
}

#[test]
fn the_code_for_a_screen_is_read_back_at_the_longest_address() {
    let folder = tempfile::tempdir().unwrap();
    let address = common::address(receipts::ADDRESS_CHARS_MAX);
    for (module_dots, side) in [(0, 61), (4, 244), (64, 3904), (65, 3904)] {
        let png = code_to_png(&address, module_dots).unwrap();
        assert_eq!(decoded(&png).dimensions(), (side, side));
    }
    let path = folder.path().join("code.png");
    std::fs::write(&path, code_to_png(&address, 4).unwrap()).unwrap();
    assert_eq!(oracle::zbarimg(&path), address.as_str());
}

#[test]
fn the_printer_gets_the_picture_dot_for_dot() {
    let folder = tempfile::tempdir().unwrap();
    for (name, receipt) in common::cases() {
        for paper in Paper::ALL {
            let printed = Printer::print(&to_escpos(&receipt, *paper, Cutter::Partial).unwrap()).0;
            let png = decoded(&to_png(&receipt, *paper).unwrap());
            assert_eq!(printed.dimensions(), png.dimensions(), "{name} {paper:?}");
            assert!(printed == png, "{name} {paper:?}: the dots differ");
            let path = folder.path().join("printed.png");
            printed.save(&path).unwrap();
            assert_eq!(oracle::zbarimg(&path), receipt.address().as_str(), "{name} {paper:?}");
        }
    }
}

/// A paper is fed past the bar where a hand tears it, and else to the knife, which cuts as it was chosen. The dots are the
/// same.
#[test]
fn a_paper_leaves_the_printer_as_it_was_chosen() {
    let receipt = &common::cases()[0].1;
    let dots = decoded(&to_png(receipt, Paper::Mm58).unwrap());
    for (cutter, ends) in
        [(Cutter::None, (6, None)), (Cutter::Partial, (4, Some([66, 0]))), (Cutter::Full, (4, Some([65, 0])))]
    {
        let (printed, ended) = Printer::print(&to_escpos(receipt, Paper::Mm58, cutter).unwrap());
        assert!(printed == dots, "{cutter:?}: the dots differ");
        assert_eq!(ended, ends, "{cutter:?}");
        assert_eq!(Cutter::of(cutter.as_str()), Some(cutter));
    }
    assert_eq!((Cutter::default(), Cutter::of("sierra")), (Cutter::Partial, None));
    assert_eq!(Cutter::ALL.len(), 3);
}

/// What a printer is tried with is dots from edge to edge, and small enough to be printed without a thought.
#[test]
fn a_printers_test_is_dots_too() {
    for language in [texts::Language::Spanish, texts::Language::English] {
        for paper in Paper::ALL {
            let printed = Printer::print(&test_to_escpos(language, *paper, Cutter::Partial).unwrap()).0;
            assert_eq!(printed.width(), paper.dots());
            assert!(printed.height() < paper.dots() * 2, "{paper:?}: {} rows", printed.height());
            let black =
                |row: u32| (0..printed.width()).filter(|x| printed.get_pixel(*x, row).0[0] == 0).count();
            let widest = (0..printed.height()).map(black).max().unwrap();
            assert!(widest > paper.dots() as usize * 9 / 10, "{paper:?}: a line of {widest} dots");
        }
    }
}

#[test]
fn the_code_has_four_white_modules_on_every_side() {
    for paper in Paper::ALL {
        for (name, receipt) in common::cases() {
            let picture = decoded(&to_png(&receipt, *paper).unwrap());
            let module = paper.module_dots();
            let (left, top, side) = code_in(&picture, module);
            let quiet = 4 * module;
            let white = |x: std::ops::Range<u32>, y: std::ops::Range<u32>| {
                x.clone().all(|x| y.clone().all(|y| picture.get_pixel(x, y).0[0] == 255))
            };
            let (right, bottom) = (left + side, top + side);
            // Beside the code the paper itself goes on, so the head's edge is quiet enough.
            assert!(white(left.saturating_sub(quiet)..left, top..bottom), "{name} {paper:?} left");
            assert!(
                white(right..(right + quiet).min(picture.width()), top..bottom),
                "{name} {paper:?} right"
            );
            assert!(white(left..right, top - quiet..top), "{name} {paper:?} above");
            assert!(white(left..right, bottom..bottom + quiet), "{name} {paper:?} below");
        }
    }
}

#[test]
fn nothing_is_drawn_outside_the_margins_but_the_code() {
    for (name, receipt) in common::cases() {
        for paper in Paper::ALL {
            let picture = decoded(&to_png(&receipt, *paper).unwrap());
            let outside = |x: u32| x < 7 || x >= picture.width() - 7;
            let stray = picture.enumerate_pixels().find(|(x, _, dot)| outside(*x) && dot.0[0] == 0);
            assert!(stray.is_none(), "{name} {paper:?}: {stray:?}");
        }
    }
}

/// Where the code stands: its upper left finder pattern is the first dark square of seven modules' outline.
fn code_in(picture: &GrayImage, module: u32) -> (u32, u32, u32) {
    let side = 53 * module;
    let left = (picture.width() - side) / 2;
    let dark = |x: u32, y: u32| picture.get_pixel(x, y).0[0] == 0;
    let finder = |y: u32| {
        (0..7 * module).all(|i| dark(left + i, y) && dark(left, y + i) && dark(left + i, y + 7 * module - 1))
            && (module..6 * module).all(|i| !dark(left + i, y + module))
    };
    let top = (0..picture.height() - side).find(|y| finder(*y)).expect("a finder pattern");
    (left, top, side)
}

fn decoded(png: &[u8]) -> GrayImage {
    ImageReader::new(Cursor::new(png)).with_guessed_format().unwrap().decode().unwrap().into_luma8()
}

/// A thermal printer that knows five commands and refuses all others. Written from the ESC/POS reference.
struct Printer<'a> {
    bytes: &'a [u8],
    width: u32,
    rows: Vec<Vec<u8>>,
    fed: u8,
    cut: Option<[u8; 2]>,
}

impl<'a> Printer<'a> {
    /// The paper, how many lines it was fed at its end, and how it was cut.
    fn print(bytes: &'a [u8]) -> (GrayImage, (u8, Option<[u8; 2]>)) {
        let mut printer = Printer { bytes, width: 0, rows: Vec::new(), fed: 0, cut: None };
        assert_eq!(printer.take(2), [0x1B, 0x40], "a job begins with ESC @");
        while !printer.bytes.is_empty() {
            assert!(printer.cut.is_none(), "bytes after the cut");
            printer.command();
        }
        let height = u32::try_from(printer.rows.len()).unwrap();
        let paper = GrayImage::from_fn(printer.width, height, |x, y| {
            let byte = printer.rows[y as usize][(x / 8) as usize];
            Luma([if byte << (x % 8) & 0x80 == 0 { 255 } else { 0 }])
        });
        (paper, (printer.fed, printer.cut))
    }

    fn command(&mut self) {
        match self.take(2) {
            [0x1D, 0x76] => self.raster(),
            [0x1B, 0x64] => self.fed += self.take(1)[0],
            [0x1D, 0x56] => self.cut = Some([self.take(1)[0], self.take(1)[0]]),
            other => panic!("no such command: {other:02x?}"),
        }
    }

    fn raster(&mut self) {
        let head = self.take(6);
        assert_eq!(head[..2], [b'0', 0], "normal density");
        let across = usize::from(head[2]) + 256 * usize::from(head[3]);
        let down = usize::from(head[4]) + 256 * usize::from(head[5]);
        assert!(down > 0 && across * down <= 12 * 1024, "a band fits a small buffer");
        let width = u32::try_from(across * 8).unwrap();
        assert!(self.rows.is_empty() || self.width == width, "all bands are as wide");
        self.width = width;
        for _ in 0..down {
            let row = self.take(across).to_vec();
            self.rows.push(row);
        }
    }

    fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.bytes.split_at(count);
        self.bytes = rest;
        taken
    }
}
