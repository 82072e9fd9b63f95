//! What may pass through a print queue, as sheets of carta.
//!
//! A queue keeps what it is given: in a spool on a disk, at a server, in the memory of a printer that others use. So a
//! paper goes there only when it holds nothing personal and no claim key, and the type says which those are. Whoever
//! wants to send something else has to add a variant here, and argue it in docs/adr.
//!
//! A receipt with its claim key is none of them, and nothing turns it into one:
//!
//! ```compile_fail
//! fn through_a_queue(original: receipts::Original) -> Vec<u8> {
//!     receipts::to_sheets(&original.into()).unwrap()
//! }
//! ```
//!
//! while its copy, which lacks key and control code, is:
//!
//! ```
//! fn through_a_queue(copy: receipts::Copy) -> Vec<u8> {
//!     receipts::to_sheets(&copy.into()).unwrap()
//! }
//! ```

use texts::{Language, text};

use crate::act::{self, ActPaper};
use crate::content::{slip_blocks, test_blocks};
use crate::model::Copy;
use crate::pdf::{self, PdfError};
use crate::poster::{self, Poster};
use crate::slip::Slip;

/// A paper that holds nothing personal and no claim key.
#[derive(Debug, Clone)]
pub enum SheetPaper {
    /// A copy of a receipt: number, dates and place, and a code that opens nothing.
    Copy(Copy),
    /// A sheet of the catalogue: published words.
    Slip(Slip),
    /// A closing act: counts.
    Act(ActPaper),
    /// What a printer is tried with.
    Test(Language),
    /// What hangs beside the screen: published words and the office's address.
    Poster(Poster),
}

impl From<Copy> for SheetPaper {
    fn from(copy: Copy) -> Self {
        Self::Copy(copy)
    }
}

impl From<Slip> for SheetPaper {
    fn from(slip: Slip) -> Self {
        Self::Slip(slip)
    }
}

impl From<ActPaper> for SheetPaper {
    fn from(act: ActPaper) -> Self {
        Self::Act(act)
    }
}

impl From<Poster> for SheetPaper {
    fn from(poster: Poster) -> Self {
        Self::Poster(poster)
    }
}

impl SheetPaper {
    /// What a queue's list shows of it: what kind of paper it is, and nothing that tells one from another.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Copy(_) => "copy",
            Self::Slip(_) => "sheet",
            Self::Act(_) => "act",
            Self::Test(_) => "test",
            Self::Poster(_) => "poster",
        }
    }
}

/// The paper as a PDF of carta: what stands on the roll, at the same size, in two columns and on as many sheets as it
/// takes. A poster is one sheet for the wall. The same paper is the same bytes.
pub fn to_sheets(paper: &SheetPaper) -> Result<Vec<u8>, PdfError> {
    match paper {
        SheetPaper::Copy(copy) => pdf::copy_on_sheets(copy),
        SheetPaper::Slip(slip) => pdf::blocks_on_sheets(&slip_blocks(slip), &slip.title, slip.language),
        SheetPaper::Act(act) => pdf::blocks_on_sheets(&act::blocks(act), &act::title(act), act.language),
        SheetPaper::Poster(poster) => poster::to_pdf(poster),
        SheetPaper::Test(language) => {
            let title = text(*language, "receipt-test-document", &[]);
            pdf::blocks_on_sheets(&test_blocks(*language), &title, *language)
        }
    }
}
