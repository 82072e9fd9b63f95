//! Spreadsheets as tests need them: small, wrong in one place, and as large as they claim or larger.

use std::fmt::Write as _;
use std::io::Write as _;

use rawzip::{CompressionMethod, ZipArchiveWriter};

/// A sheet: rows of cells as text; an empty text is no cell.
pub(crate) type Rows = Vec<Vec<String>>;

/// A file with a name for each sheet.
#[derive(Clone)]
pub(crate) struct Book {
    pub(crate) survey: Rows,
    pub(crate) choices: Rows,
    pub(crate) settings: Rows,
}

fn rows(text: &str) -> Rows {
    let rows = text.trim().lines();
    rows.map(|row| row.split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

impl Book {
    /// One that compiles, in one language.
    pub(crate) fn sound() -> Self {
        Self {
            survey: rows(
                "type|name|label|hint|required|required_message|relevant|constraint|constraint_message|parameters
                 range|nota|¿Qué nota?||yes|Elige una.||||start=1 end=7 tick_labelset=notas
                 select_one si_no|vuelve|¿Volverías?
                 select_multiple cosas|cosas|¿Qué cosas?
                 integer|veces|¿Cuántas veces?||||${nota} > 3|. >= 0|Desde cero.
                 text|porque|¿Por qué?||||${vuelve} = 'no'",
            ),
            choices: rows(
                "list_name|name|label
                 notas|1|Mala
                 notas|7|Buena
                 si_no|si|Sí
                 si_no|no|No
                 cosas|a|Una
                 cosas|b|Otra",
            ),
            settings: rows(
                "form_title|form_id|version|default_language
                 Encuesta|encuesta|3|Español (es-CL)",
            ),
        }
    }

    pub(crate) fn sheet(&mut self, name: &str) -> &mut Rows {
        match name {
            "survey" => &mut self.survey,
            "choices" => &mut self.choices,
            _ => &mut self.settings,
        }
    }

    /// Writes a cell, `survey!C7`.
    pub(crate) fn set(mut self, place: &str, value: &str) -> Self {
        let (sheet, cell) = place.split_once('!').unwrap();
        let (column, row) = cell.split_at(cell.find(|c: char| c.is_ascii_digit()).unwrap());
        let column = column.bytes().fold(0, |column, letter| column * 26 + usize::from(letter - b'A') + 1);
        let rows = self.sheet(sheet);
        let row: usize = row.parse().unwrap();
        rows.resize(rows.len().max(row), Vec::new());
        let cells = &mut rows[row - 1];
        cells.resize(cells.len().max(column), String::new());
        value.clone_into(&mut cells[column - 1]);
        self
    }

    /// Adds rows to a sheet, cells apart by `|`.
    pub(crate) fn add(mut self, sheet: &str, text: &str) -> Self {
        self.sheet(sheet).extend(rows(text));
        self
    }

    /// The file.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        archive(&self.parts())
    }

    /// The parts of the file.
    pub(crate) fn parts(&self) -> Vec<(String, Vec<u8>)> {
        let sheets = [("survey", &self.survey), ("choices", &self.choices), ("settings", &self.settings)];
        let named: Vec<(&str, String)> = sheets.iter().map(|(name, rows)| (*name, sheet(rows))).collect();
        parts(&named)
    }
}

/// The parts of a workbook with these sheets.
pub(crate) fn parts(sheets: &[(&str, String)]) -> Vec<(String, Vec<u8>)> {
    let mut parts = vec![("[Content_Types].xml".to_owned(), b"<Types/>".to_vec())];
    let (mut names, mut relations) = (String::new(), String::new());
    for (at, (name, xml)) in sheets.iter().enumerate() {
        write!(names, "<sheet name=\"{name}\" sheetId=\"{at}\" r:id=\"rId{at}\"/>").unwrap();
        write!(relations, "<Relationship Id=\"rId{at}\" Target=\"worksheets/sheet{at}.xml\"/>").unwrap();
        parts.push((format!("xl/worksheets/sheet{at}.xml"), xml.clone().into_bytes()));
    }
    let workbook = format!("<workbook xmlns:r=\"r\"><sheets>{names}</sheets></workbook>");
    parts.push(("xl/workbook.xml".to_owned(), workbook.into_bytes()));
    let relations = format!("<Relationships>{relations}</Relationships>");
    parts.push(("xl/_rels/workbook.xml.rels".to_owned(), relations.into_bytes()));
    parts
}

fn sheet(rows: &Rows) -> String {
    let mut xml = String::from("<?xml version=\"1.0\"?><worksheet><sheetData>");
    for (row, cells) in rows.iter().enumerate() {
        write!(xml, "<row r=\"{}\">", row + 1).unwrap();
        for (column, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let place = format!("{}{}", letters(column + 1), row + 1);
            let text = escaped(text);
            write!(xml, "<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>").unwrap();
        }
        xml += "</row>";
    }
    xml + "</sheetData></worksheet>"
}

pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn letters(column: usize) -> String {
    let letter = char::from(b'A' + u8::try_from((column - 1) % 26).unwrap());
    if column > 26 { letters((column - 1) / 26) + &letter.to_string() } else { letter.to_string() }
}

/// An archive of these parts, deflated.
pub(crate) fn archive(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut bytes);
    for (name, body) in parts {
        let method = CompressionMethod::DEFLATE;
        let (mut entry, config) = archive.new_file(name).compression_method(method).start().unwrap();
        let encoder = flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::default());
        let mut writer = config.wrap(encoder);
        writer.write_all(body).unwrap();
        let (encoder, descriptor) = writer.finish().unwrap();
        encoder.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    bytes
}
