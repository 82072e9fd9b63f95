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

/// Where each word of a PDF stands on its page: left, top, right and bottom, in points.
pub fn pdftotext_boxes(document: &Path, out: &Path) -> Vec<[f32; 4]> {
    run("pdftotext", "poppler-utils", &["-bbox"], document, Some(out));
    let page = std::fs::read_to_string(out).unwrap_or_default();
    let value = |line: &str, name: &str| line.split(name).nth(1)?.split('"').nth(1)?.parse().ok();
    let words = page.lines().filter(|line| line.trim_start().starts_with("<word"));
    words
        .filter_map(|line| {
            Some([value(line, "xMin")?, value(line, "yMin")?, value(line, "xMax")?, value(line, "yMax")?])
        })
        .collect()
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
