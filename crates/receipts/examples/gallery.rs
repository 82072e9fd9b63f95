//! Draws every receipt that the tests know, on both papers, and the poster in each language into a folder: what a designer looks at.
//!
//! `cargo run -p receipts --example gallery -- target/receipts`

use std::error::Error;
use std::path::PathBuf;

use receipts::{Cutter, Paper, Poster, Receipt, to_escpos, to_pdf, to_png, to_sheets, to_text};

#[path = "../tests/common/mod.rs"]
mod common;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("which folder?")?);
    std::fs::create_dir_all(&folder)?;
    for (name, receipt) in common::cases() {
        for paper in Paper::ALL {
            let path = folder.join(format!("{name}-{}", paper.mm()));
            std::fs::write(path.with_extension("png"), to_png(&receipt, *paper)?)?;
            std::fs::write(path.with_extension("escpos"), to_escpos(&receipt, *paper, Cutter::default())?)?;
            std::fs::write(path.with_extension("txt"), to_text(&receipt, *paper))?;
            if let Receipt::Copy(copy) = &receipt {
                std::fs::write(path.with_extension("pdf"), to_pdf(copy, *paper)?)?;
            }
        }
    }
    for language in texts::CitizenLanguage::all() {
        let phone_line = Some("600 000 0000".to_owned());
        let poster = Poster { language, host: "oirs.prueba.example".to_owned(), phone_line };
        std::fs::write(folder.join(format!("poster-{}.pdf", language.tag())), to_sheets(&poster.into())?)?;
    }
    Ok(())
}
