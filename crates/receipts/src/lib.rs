//! What the citizen takes away: the receipt as text, picture, thermal raster and PDF, and how to read one back.
//!
//! One receipt becomes one list of blocks (`content`), and every output is drawn from it: the same words
//! stand on every surface. Paper is drawn by us, dot by dot: cheap printers have no QR of their own, and their
//! code pages have no `¿` in the place where another has it. Nothing personal is in a receipt, by its type.
//!
//! What is absent: signatures and codes (crate `wire`; the QR's address comes as text), the clock, any print
//! queue. A receipt that carries a claim key can't become a PDF, since a PDF goes through spools: [`to_pdf`]
//! takes a [`struct@Copy`], and [`to_sheets`] what a [`SheetPaper`] can be.

mod act;
mod bitmap;
mod codes;
mod content;
mod dates;
mod escpos;
mod font;
mod layout;
mod model;
mod paper;
mod pdf;
mod photo;
mod place;
mod png;
mod poster;
mod print;
mod qr;
mod raster;
mod rich;
mod sheet;
mod slip;
mod status;
mod text;
mod wrap;

pub use act::{ActCount, ActPaper, ActSection, act_to_escpos, act_to_pdf, act_to_png, act_to_text};
pub use escpos::{test_to_escpos, to_escpos};
pub use model::{
    Answer, AnswerWayError, Claim, ControlCode, ControlCodeError, Copy, Facts, Original, Place, Receipt,
};
pub use paper::{Cutter, Paper};
pub use pdf::{PdfError, to_pdf};
pub use photo::{FILE_BYTES_MAX, Glance, PIXELS_MAX, PREVIEW_SIDE_MAX, PhotoError, glance, read_photo};
pub use png::{code_to_png, to_png};
pub use poster::Poster;
pub use print::{Delivery, PrintError, SERIAL_SPEEDS, Timeouts, print_device, print_tcp};
pub use qr::{ACT_CODE_CHARS_MAX, ADDRESS_CHARS_MAX, ActCode, AddressError, QrAddress};
pub use sheet::{SheetPaper, to_sheets};
pub use slip::{
    SOURCE_BYTES_MAX, Slip, SlipList, SlipSource, slip_to_escpos, slip_to_pdf, slip_to_png, slip_to_text,
};
pub use status::{PrinterState, state_device, state_tcp};
pub use text::to_text;

/// Why a receipt could not be drawn. None of these happens with the fonts and the code that we ship; they are
/// errors and not panics because a citizen stands before the screen.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// An embedded font doesn't parse.
    #[error("the embedded font {0} can't be read")]
    Font(&'static str),
    /// The QR code could not be built from an address that was accepted.
    #[error("the QR code can't be drawn: {0}")]
    Code(#[from] qrcode::types::QrError),
    /// The picture could not be encoded.
    #[error("the picture can't be encoded")]
    Png(#[from] ::png::EncodingError),
}
