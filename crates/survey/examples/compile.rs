//! Compiles a spreadsheet by hand: `cargo run -p survey --example compile -- FILE.xlsx > FILE.json`.

use std::io::Write as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(Ok(bytes)) = std::env::args_os().nth(1).map(std::fs::read) else { return ExitCode::from(2) };
    match survey::xlsform::compile(&bytes) {
        Ok(survey) => {
            let written = std::io::stdout().write_all(survey.bytes());
            if written.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(wrongs) => {
            for wrong in wrongs {
                // A reader of errors that went away is no error.
                let _ = writeln!(std::io::stderr(), "{wrong}");
            }
            ExitCode::from(3)
        }
    }
}
