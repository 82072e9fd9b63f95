//! Writes the JSON Schema of everything that a script may file into a folder: `cargo xtask schemas`.
//!
//! The schemas are published beside the documents so that whoever writes to `terreno record` can check a line
//! without Rust; they come from the same types and limits that check it here, and the gate writes them anew.

use std::error::Error;
use std::path::PathBuf;

use domain::{AdditionDraft, EncounterLine, RequestDraft, VoidDraft, WantedDraft, WithdrawalDraft};
use schemars::{Schema, schema_for};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("the folder to write into")?);
    let schemas: [(&str, Schema); 6] = [
        ("request", schema_for!(RequestDraft)),
        ("encounter", schema_for!(EncounterLine)),
        ("addition", schema_for!(AdditionDraft)),
        ("withdrawal", schema_for!(WithdrawalDraft)),
        ("void", schema_for!(VoidDraft)),
        ("wanted", schema_for!(WantedDraft)),
    ];
    for (name, schema) in schemas {
        let text = serde_json::to_string_pretty(&schema)? + "\n";
        std::fs::write(folder.join(format!("{name}.schema.json")), text)?;
    }
    Ok(())
}
