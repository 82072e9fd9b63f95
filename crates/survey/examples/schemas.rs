//! Writes the JSON Schema of what a script says of a survey into a folder: `cargo xtask schemas`.

use std::error::Error;
use std::path::PathBuf;

use schemars::schema_for;
use survey::answer::Line;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("the folder to write into")?);
    let text = serde_json::to_string_pretty(&schema_for!(Line))? + "\n";
    std::fs::write(folder.join("survey.schema.json"), text)?;
    Ok(())
}
