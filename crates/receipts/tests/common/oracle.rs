//! Programs that share no code with ours and say what a picture or a document holds.

#![allow(dead_code, unreachable_pub, clippy::panic)]

use std::path::Path;
use std::process::Command;

/// The QR codes that `zbarimg` reads in a picture, one a line.
pub fn zbarimg(picture: &Path) -> String {
    run("zbarimg", "zbar-tools", &["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable"], picture, None)
}

/// The text of a PDF in the order of its content.
pub fn pdftotext(document: &Path, out: &Path) -> String {
    run("pdftotext", "poppler-utils", &["-raw", "-enc", "UTF-8"], document, Some(out));
    std::fs::read_to_string(out).unwrap_or_default()
}

/// The first page of a PDF as a PNG, at 300 dots to the inch.
pub fn pdftoppm(document: &Path, out: &Path) {
    run("pdftoppm", "poppler-utils", &["-r", "300", "-gray", "-png", "-singlefile"], document, Some(out));
}

/// The structure that `pdfinfo` finds in a tagged PDF.
pub fn pdfinfo(document: &Path, option: &str) -> String {
    run("pdfinfo", "poppler-utils", &[option], document, None)
}

fn run(program: &str, package: &str, options: &[&str], input: &Path, output: Option<&Path>) -> String {
    let mut command = Command::new(program);
    command.args(options).arg(input).args(output);
    let done = command.output().unwrap_or_else(|error| {
        panic!("{program} is needed as an oracle ({error}): install Debian's package {package}")
    });
    assert!(done.status.success(), "{program}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).trim_end().to_owned()
}
