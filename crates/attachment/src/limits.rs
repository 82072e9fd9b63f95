//! Every limit on what is handed over, by name.

/// Bytes of a picture's file: a telephone's picture of 50 megapixels has about 25 MB.
pub const PICTURE_BYTES_MAX: usize = 32 * 1_024 * 1_024;
/// Bytes of a PDF, which is not made smaller: ten scanned pages, and a quarter of an hour of a poor link.
pub const PDF_BYTES_MAX: usize = 8 * 1_024 * 1_024;
/// Dots of a picture, over both sides, by its header and before anything is decoded.
pub const PIXELS_MAX: u64 = 64_000_000;
/// Bytes that decoding a picture may take: four to the dot.
pub const DECODE_BYTES_MAX: u64 = 4 * PIXELS_MAX;
/// Dots of the longer side of what is kept: a page of A4 has 8 of them to the millimetre (ADR 60).
pub const LONG_SIDE_DOTS_MAX: u32 = 2_400;
/// Quality of what is kept as JPEG, from 1 to 100: below it, the strokes of small print begin to fray (ADR 60).
pub const JPEG_QUALITY: u8 = 80;
/// Colours of a picture that is tried as line art as well: what a table of one byte can name.
pub const LINE_ART_COLOURS_MAX: usize = 256;
