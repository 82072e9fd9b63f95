//! The compiler: what the subset takes, and everything else refused by name and cell.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod common;

use common::{Book, archive, parts};
use proptest::prelude::*;
use survey::limits::{CELLS_MAX, ERRORS_MAX, FILE_BYTES_MAX, PARTS_MAX, ROWS_MAX, UNPACKED_BYTES_MAX};
use survey::xlsform::compile;

const SATISFACTION: &[u8] = include_bytes!("../../../tests/fixtures/survey/satisfaccion.xlsx");
const EVERYTHING: &[u8] = include_bytes!("../../../tests/fixtures/survey/todo.xlsx");

fn told(bytes: &[u8]) -> Vec<String> {
    match compile(bytes) {
        Ok(_) => Vec::new(),
        Err(wrongs) => wrongs.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn spreadsheets_of_another_program_compile_to_what_lies_beside_them() {
    let check = |file: &[u8], compiled: &[u8]| {
        assert_eq!(told(file), Vec::<String>::new());
        let survey = compile(file).unwrap();
        assert_eq!(std::str::from_utf8(survey.bytes()), std::str::from_utf8(compiled));
    };
    check(SATISFACTION, include_bytes!("../../../tests/fixtures/survey/satisfaccion.json"));
    check(EVERYTHING, include_bytes!("../../../tests/fixtures/survey/todo.json"));
}

#[test]
fn what_the_subset_lacks_is_refused_by_name_and_cell() {
    let check = |place: &str, value: &str, expected: &[&str]| {
        assert_eq!(told(&Book::sound().set(place, value).bytes()), expected, "{place} = {value}");
    };
    assert_eq!(told(&Book::sound().bytes()), Vec::<String>::new());
    // Types.
    check("survey!A6", "geopoint", &["survey!A6: unknown_type (geopoint)"]);
    check("survey!A6", "calculate", &["survey!A6: unknown_type (calculate)"]);
    check("survey!A6", "begin_repeat", &["survey!A6: unknown_type (begin_repeat)"]);
    check("survey!A6", "begin repeat", &["survey!A6: unknown_type (begin repeat)"]);
    check("survey!A6", "select_one_external si_no", &["survey!A6: unknown_type (select_one_external si_no)"]);
    check(
        "survey!A6",
        "select_one_from_file x.csv",
        &["survey!A6: unknown_type (select_one_from_file x.csv)"],
    );
    check("survey!A3", "select_one si_no or_other", &["survey!A3: unknown_type (select_one si_no or_other)"]);
    check("survey!A6", "Text", &["survey!A6: unknown_type (Text)"]);
    check("survey!A6", "", &["survey!A6: missing"]);
    check("survey!A3", "select_one", &["survey!A3: unknown_type (select_one)"]);
    check("survey!A3", "select_one otra", &["survey!A3: unknown_list (otra)"]);
    check(
        "survey!A6",
        "end_group",
        &["survey!A6: group_not_open", "survey!C6: not_used (label)", "survey!G6: not_used (relevant)"],
    );
    check("survey!A6", "begin_group", &["survey!A6: group_not_closed"]);
    check("survey!A6", "note", &[]);
    // Columns.
    check("survey!K1", "calculation", &["survey!K1: unknown_column (calculation)"]);
    check("survey!K1", "media::image", &["survey!K1: unknown_column (media::image)"]);
    check(
        "survey!K1",
        "relevant::Español (es-CL)",
        &["survey!K1: unknown_column (relevant::Español (es-CL))"],
    );
    check("survey!K1", "hint", &["survey!K1: column_twice (hint)"]);
    check("survey!K1", "label::Español (es-CL)", &["survey!C1: column_twice (label)"]);
    check("survey!K3", "algo", &["survey!K3: unnamed_column"]);
    check("choices!D1", "filter", &["choices!D1: unknown_column (filter)"]);
    check("settings!E1", "style", &["settings!E1: unknown_column (style)"]);
    check(
        "survey!B1",
        "",
        &[
            "survey: column_missing (name)",
            "survey!A2: missing",
            "survey!B2: unnamed_column",
            "survey!A3: missing",
            "survey!B3: unnamed_column",
            "survey!A4: missing",
            "survey!B4: unnamed_column",
            "survey!A5: missing",
            "survey!B5: unnamed_column",
            "survey!G5: unknown_question (nota, character 1)",
            "survey!A6: missing",
            "survey!B6: unnamed_column",
            "survey!G6: unknown_question (vuelve, character 1)",
        ],
    );
    // Appearance is known, and nothing of it.
    let book = Book::sound().set("survey!K1", "appearance");
    assert_eq!(told(&book.bytes()), Vec::<String>::new());
    assert_eq!(told(&book.set("survey!K3", "minimal").bytes()), ["survey!K3: unknown_value (minimal)"]);
    // Names.
    check("survey!B6", "por qué", &["survey!B6: invalid_name (por qué)"]);
    check("survey!B6", "1a", &["survey!B6: invalid_name (1a)"]);
    check("survey!B6", "", &["survey!B6: missing"]);
    check("survey!B6", "veces", &["survey!B6: name_twice (veces)"]);
    check("choices!B4", "no", &["choices!B5: name_twice (no)"]);
    check("choices!B4", "sí", &["choices!B4: invalid_name (sí)"]);
    check("choices!A4", "", &["choices!A4: missing"]);
    check(
        "choices!A8",
        "sola",
        &["choices!A8: list_not_used (sola)", "choices!B8: missing", "choices!C8: missing (es-CL)"],
    );
    // Texts.
    check("survey!C6", "", &["survey!C6: missing (es-CL)"]);
    check("survey!C6", "¿Por qué ${nota}?", &["survey!C6: reference_in_text (es-CL)"]);
    check("survey!C6", "a\u{202e}b", &["survey!C6: control_character (es-CL)"]);
    check("choices!C4", "", &["choices!C4: missing (es-CL)"]);
    check("survey!F3", "Falta.", &["survey!F3: message_without_rule"]);
    check("survey!I5", "", &["survey!I5: missing"]);
    check("survey!E3", "quizás", &["survey!E3: unknown_value (quizás)"]);
    // Ranges.
    check(
        "survey!J2",
        "start=1 end=7",
        &["survey!J2: range_without_words", "choices!A2: list_not_used (notas)"],
    );
    check(
        "survey!J2",
        "end=7 tick_labelset=otra",
        &[
            "survey!J2: unknown_list (tick_labelset=otra)",
            "survey!J2: range_without_words",
            "choices!A2: list_not_used (notas)",
        ],
    );
    check("survey!J2", "start=2 end=7 tick_labelset=notas", &["survey!J2: range_without_words"]);
    check("survey!J2", "start=1 end=7 step=2 tick_labelset=notas", &["survey!J2: invalid_range (step=2)"]);
    check("survey!J2", "start=1 end=7 step=1 tick_labelset=notas", &[]);
    check(
        "survey!J2",
        "start=1 end=7.5 tick_labelset=notas",
        &["survey!J2: invalid_range (end=7.5)", "survey!J2: range_without_words"],
    );
    check(
        "survey!J2",
        "start=1 end=7 tick_labelset=notas placeholder=3",
        &["survey!J2: unknown_parameter (placeholder=3)"],
    );
    check(
        "survey!J2",
        "1 to 7",
        &[
            "survey!J2: unknown_parameter (1)",
            "survey!J2: unknown_parameter (to)",
            "survey!J2: unknown_parameter (7)",
            "survey!J2: range_without_words",
            "choices!A2: list_not_used (notas)",
        ],
    );
    check("survey!J3", "randomize=true", &["survey!J3: not_used (randomize=true)"]);
    // Expressions.
    check("survey!G6", "today() > 3", &["survey!G6: unknown_function (today, character 1)"]);
    check("survey!G6", "${nota} + 1 > 3", &["survey!G6: unexpected_character (+, character 9)"]);
    check("survey!G6", "${otra} = 'no'", &["survey!G6: unknown_question (otra, character 1)"]);
    check("survey!G6", "${vuelve} = 'quizás'", &["survey!G6: unknown_choice (quizás, character 1)"]);
    check("survey!G6", ". = 'no'", &["survey!G6: no_this (character 1)"]);
    check("survey!G6", "${vuelve} > 3", &["survey!G6: type_mismatch (character 1)"]);
    check("survey!G6", "${porque} = 'x'", &["survey!G6: reference_cycle (porque, character 1)"]);
    check("survey!G3", "${veces} > 1", &["survey!G3: reference_ahead (veces, character 1)"]);
    check("survey!G2", "${veces} > 1", &["survey!G2: reference_cycle (veces, character 1)"]);
    check("survey!H5", "regex(., '[0-9]')", &["survey!H5: unknown_function (regex, character 1)"]);
    // Settings.
    check("settings!B2", "", &["settings!B2: missing"]);
    check("settings!B2", "a b", &["settings!B2: invalid_name (a b)"]);
    check("settings!C2", "uno", &["settings!C2: invalid_version"]);
    check("settings!C2", "0", &["settings!C2: invalid_version"]);
    check("settings!C2", "4294967295", &[]);
    check("settings!C2", "4294967296", &["settings!C2: invalid_version"]);
    check("settings!A2", "", &["settings!A2: missing (es-CL)"]);
    check("settings!A3", "Otra", &["settings!A3: unexpected_row"]);
}

#[test]
fn several_errors_come_together_in_the_order_of_reading() {
    let book = Book::sound()
        .set("settings!C2", "x")
        .set("choices!B4", "sí")
        .set("survey!A3", "rank si_no")
        .set("survey!G6", "f(")
        .set("survey!B5", "");
    assert_eq!(
        told(&book.bytes()),
        [
            "survey!A3: unknown_type (rank si_no)",
            "survey!B5: missing",
            "survey!G6: unknown_function (f, character 1)",
            "choices!B4: invalid_name (sí)",
            "settings!C2: invalid_version",
        ]
    );
}

#[test]
fn cycles_and_groups_are_followed() {
    let check = |rows: &str, expected: &[&str]| {
        assert_eq!(told(&Book::sound().add("survey", rows).bytes()), expected, "{rows}");
    };
    check(
        "integer|a|A||||${b} > 1
         integer|b|B||||${c} > 1
         integer|c|C||||${a} > 1",
        &["survey!G7: reference_cycle (b, character 1)", "survey!G8: reference_cycle (c, character 1)"],
    );
    check(
        "begin_group|g|G||||${dentro} > 1
         integer|dentro|D
         end_group",
        &["survey!G7: reference_cycle (dentro, character 1)"],
    );
    let nested = |depth: usize| {
        let opened: Vec<String> = (0..depth).map(|at| format!("begin_group|g{at}|G{at}")).collect();
        let closed = vec!["end_group"; depth];
        format!("{}\ninteger|dentro|D\n{}", opened.join("\n"), closed.join("\n"))
    };
    check(&nested(1), &[]);
    check(&nested(3), &[]);
    check(&nested(4), &["survey!B10: group_too_deep"]);
}

#[test]
fn languages_are_written_with_their_tag_and_are_whole() {
    let check = |header: &str, text: &str, expected: &[&str]| {
        let mut book = Book::sound().set("survey!K1", header);
        for row in 2..=6 {
            book = book.set(&format!("survey!K{row}"), text);
        }
        assert_eq!(told(&book.bytes()), expected, "{header}");
    };
    check("label::English", "x", &["survey!K1: language_without_tag (English)"]);
    check("label::English (english)", "x", &["survey!K1: language_without_tag (English (english))"]);
    let lacking = "translation_missing (en)";
    check(
        "label::English (en)",
        "x",
        &[
            &format!("survey!F2: {lacking}"),
            &format!("survey!J2: {lacking}"),
            &format!("survey!I5: {lacking}"),
            &format!("choices!C4: {lacking}"),
            &format!("choices!C5: {lacking}"),
            &format!("choices!C6: {lacking}"),
            &format!("choices!C7: {lacking}"),
            &format!("settings!A2: {lacking}"),
        ],
    );
    let book = Book::sound().set("settings!D2", "Español");
    assert_eq!(told(&book.bytes())[0], "settings!D2: language_without_tag (Español)");
    let book = Book::sound().set("settings!D2", "");
    assert_eq!(told(&book.bytes())[0], "settings!D2: missing");
    let both = Book::sound().set("survey!K1", "label::Español (es-CL)").set("survey!K2", "¿Otra?");
    assert_eq!(told(&both.bytes()), ["survey!C1: column_twice (label)"]);
}

#[test]
fn the_titles_other_languages_stand_in_a_note() {
    let one = Book::sound().add("survey", "note|form_title|Encuesta");
    assert_eq!(told(&one.bytes()), Vec::<String>::new());
    assert_eq!(compile(&one.bytes()).unwrap().form().questions.len(), 5);
    let other = Book::sound().add("survey", "note|form_title|Otra");
    assert_eq!(told(&other.bytes()), ["survey!C7: unknown_value (Otra)"]);
    let more = Book::sound().add("survey", "note|form_title|Encuesta|Algo");
    assert_eq!(told(&more.bytes()), ["survey!D7: not_used (hint)"]);
}

/// A file with one part changed or added.
fn with_part(name: &str, body: &str) -> Vec<u8> {
    let mut parts = Book::sound().parts();
    parts.retain(|(known, _)| known != name);
    parts.push((name.to_owned(), body.as_bytes().to_vec()));
    archive(&parts)
}

#[test]
fn files_that_carry_or_hide_something_are_refused_whole() {
    let check = |bytes: &[u8], expected: &str| assert_eq!(told(bytes), [expected]);
    check(&with_part("xl/vbaProject.bin", "x"), "macros (xl/vbaProject.bin)");
    check(&with_part("XL/VBAPROJECT.BIN", "x"), "macros (XL/VBAPROJECT.BIN)");
    check(&with_part("xl/macrosheets/sheet1.xml", "x"), "macros (xl/macrosheets/sheet1.xml)");
    let types =
        "<Types><Override ContentType=\"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"/></Types>";
    check(&with_part("[Content_Types].xml", types), "macros ([Content_Types].xml)");
    check(
        &with_part("xl/externalLinks/externalLink1.xml", "x"),
        "external_data (xl/externalLinks/externalLink1.xml)",
    );
    check(&with_part("xl/embeddings/oleObject1.bin", "x"), "embedded_object (xl/embeddings/oleObject1.bin)");
    let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbb\">]><sst><si><t>&b;</t></si></sst>";
    check(&with_part("xl/sharedStrings.xml", bomb), "document_type (xl/sharedStrings.xml)");
    check(
        &with_part("xl/sharedStrings.xml", "<sst><si><t>&b;</t></si></sst>"),
        "damaged (xl/sharedStrings.xml)",
    );
    check(&with_part("xl/workbook.xml", "<workbook"), "damaged (xl/workbook.xml)");
    check(
        &with_part("xl/worksheets/sheet0.xml", "<worksheet><sheetData>"),
        "damaged (xl/worksheets/sheet0.xml)",
    );
    check(&with_part("xl/worksheets/sheet0.xml", "<worksheet/></a>"), "damaged (xl/worksheets/sheet0.xml)");
    check(b"", "not_a_spreadsheet");
    check(b"PK\x03\x04", "not_a_spreadsheet");
    check(
        &archive(&[("mimetype".to_owned(), b"application/vnd.oasis.opendocument.spreadsheet".to_vec())]),
        "not_a_spreadsheet",
    );
    let compound = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    check(&compound, "old_spreadsheet");
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(&[&compound[..], &[0; 500], &name[..]].concat(), "encrypted");
    let twice: Vec<_> =
        Book::sound().parts().into_iter().chain(Book::sound().parts().into_iter().take(1)).collect();
    check(&archive(&twice), "damaged");
    let mut locked = Book::sound().bytes();
    patch(&mut locked, 8, &1_u16.to_le_bytes());
    check(&locked, "encrypted ([Content_Types].xml)");
}

#[test]
fn sheets_are_known_and_come_once() {
    let sheets = |extra: &[(&str, &str)]| {
        let book = Book::sound();
        let of = |at: usize| String::from_utf8(book.parts()[at].1.clone()).unwrap();
        let mut named = vec![("survey", of(1)), ("choices", of(2)), ("settings", of(3))];
        for (name, xml) in extra {
            named.push((name, (*xml).to_owned()));
        }
        archive(&parts(&named))
    };
    assert_eq!(told(&sheets(&[])), Vec::<String>::new());
    assert_eq!(told(&sheets(&[("entities", "<worksheet/>")])), ["entities: unknown_sheet"]);
    assert_eq!(told(&sheets(&[("survey", "<worksheet/>")])), ["survey: sheet_twice"]);
    let none = archive(&parts(&[("choices", "<worksheet/>".to_owned())]));
    let told = told(&none);
    assert!(told.contains(&"survey: sheet_missing".to_owned()), "{told:?}");
    assert!(told.contains(&"settings: sheet_missing".to_owned()), "{told:?}");
}

/// A file whose sheet of settings has this cell for its version.
fn with_version(cell: &str) -> Vec<u8> {
    let text = String::from_utf8(Book::sound().parts()[3].1.clone()).unwrap();
    let old = "<c r=\"C2\" t=\"inlineStr\"><is><t>3</t></is></c>";
    assert!(text.contains(old));
    let mut parts = Book::sound().parts();
    parts[3].1 = text.replace(old, cell).into_bytes();
    archive(&parts)
}

#[test]
fn cells_of_every_kind_are_read_or_named() {
    let check = |cell: &str, expected: &[&str]| assert_eq!(told(&with_version(cell)), expected, "{cell}");
    check("<c r=\"C2\"><v>2026112201</v></c>", &[]);
    check("<c r=\"C2\"><v>7.0</v></c>", &[]);
    check("<c r=\"C2\" t=\"str\"><v>7</v></c>", &[]);
    check("<c r=\"C2\" t=\"inlineStr\"><is><t><![CDATA[7]]></t></is></c>", &[]);
    // How a word is pronounced isn't part of it.
    let pronounced = "<c t=\"inlineStr\"><is><r><t>1</t></r><rPh><t>9</t></rPh><r><t>2</t></r></is></c>";
    assert_eq!(compile(&with_version(pronounced)).unwrap().form().version, 12);
    check("<c r=\"C2\"><f>1+1</f><v>2</v></c>", &["settings!C2: formula"]);
    check("<c r=\"C2\"><f>1+1</f></c>", &["settings!C2: formula"]);
    check("<c r=\"C2\"><f/><v>2</v></c>", &["settings!C2: formula"]);
    check("<c r=\"C2\" t=\"e\"><v>#REF!</v></c>", &["settings!C2: cell_error"]);
    check("<c r=\"C2\" t=\"d\"><v>2026-11-22</v></c>", &["settings!C2: unsupported_cell"]);
    check("<c r=\"C2\" t=\"b\"><v>1</v></c>", &["settings!C2: invalid_version"]);
    check("<c r=\"C2\" t=\"s\"><v>0</v></c>", &["settings!C2: damaged"]);
    check("<c r=\"C2\" t=\"s\"><v>-1</v></c>", &["settings!C2: damaged"]);
    check("<c r=\"C2\"/>", &["settings!C2: invalid_version"]);
    check("<c r=\"C0\"><v>2</v></c>", &["damaged (xl/worksheets/sheet2.xml)"]);
    check(
        "<c r=\"C2\"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref=\"A2:B2\"/></mergeCells><sheetData><row>",
        &["settings!A2: merged_cells"],
    );
}

#[test]
fn files_are_bounded_before_and_while_they_unpack() {
    let check =
        |bytes: &[u8], expected: &str| assert_eq!(told(bytes).first().map(String::as_str), Some(expected));
    check(&vec![0; FILE_BYTES_MAX + 1], "file_too_large");
    check(&vec![0; FILE_BYTES_MAX], "not_a_spreadsheet");
    // Parts: two hundred in all, and one more.
    let many = |count: usize| {
        let mut parts = Book::sound().parts();
        parts.extend((parts.len()..count).map(|at| (format!("docProps/{at}.xml"), Vec::new())));
        archive(&parts)
    };
    assert_eq!(told(&many(PARTS_MAX)), Vec::<String>::new());
    check(&many(PARTS_MAX + 1), "too_many_parts");
    // As large as declared, in a part that is never read.
    let max = usize::try_from(UNPACKED_BYTES_MAX).unwrap();
    let large = |bytes: usize| {
        let mut parts = Book::sound().parts();
        let others: usize = parts.iter().map(|(_, body)| body.len()).sum();
        parts.push(("docProps/app.xml".to_owned(), vec![b' '; bytes - others]));
        archive(&parts)
    };
    assert_eq!(told(&large(max)), Vec::<String>::new());
    check(&large(max + 1), "unpacks_too_large (docProps/app.xml)");
    // Declared as ten bytes, and in truth above the limit: found with the eleventh.
    let mut parts = Book::sound().parts();
    parts[0].1 = vec![b' '; max + 1];
    let mut lying = archive(&parts);
    patch(&mut lying, 24, &10_u32.to_le_bytes());
    check(&lying, "damaged ([Content_Types].xml)");
}

/// Writes into the first entry of an archive's directory.
fn patch(bytes: &mut [u8], offset: usize, value: &[u8]) {
    let entry = bytes.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    bytes[entry + offset..entry + offset + value.len()].copy_from_slice(value);
}

#[test]
fn sheets_are_bounded() {
    let in_survey = |cells: String| {
        let mut parts = Book::sound().parts();
        parts[1].1 = format!("<worksheet><sheetData>{cells}</sheetData></worksheet>").into_bytes();
        archive(&parts)
    };
    let check = |cells: String, expected: &str| assert_eq!(told(&in_survey(cells)), [expected]);
    // The farthest cell of the largest sheet costs no more than one cell.
    check("<c r=\"XFD1048576\"><v>1</v></c>".to_owned(), "survey!XFD1048576: sheet_too_large");
    check(format!("<c r=\"A{}\"><v>1</v></c>", ROWS_MAX + 1), "survey!A1001: sheet_too_large");
    let place = |at: usize| {
        let column = char::from(b'A' + u8::try_from(at / 1000).unwrap());
        format!("<c r=\"{column}{}\"><v>1</v></c>", at % 1000 + 1)
    };
    let many: Vec<String> = (0..=CELLS_MAX).map(place).collect();
    let many = many.concat();
    check(many, "survey: sheet_too_large");
    // One enormous text that a thousand cells share is copied for none of them.
    let mut parts = Book::sound().parts();
    let cells: Vec<String> = (1..=900).map(|row| format!("<c r=\"A{row}\" t=\"s\"><v>0</v></c>")).collect();
    parts[1].1 = format!("<worksheet><sheetData>{}</sheetData></worksheet>", cells.concat()).into_bytes();
    let shared = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(1_000_000));
    parts.push(("xl/sharedStrings.xml".to_owned(), shared.into_bytes()));
    let told = told(&archive(&parts));
    assert_eq!(told.len(), ERRORS_MAX + 1);
    assert!(told.contains(&"survey!A1: too_long".to_owned()), "{:?}", &told[..3]);
    assert_eq!(told.last().map(String::as_str), Some("more_errors"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_refused_and_nothing_worse(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        prop_assert!(compile(&bytes).is_err());
    }

    #[test]
    fn a_damaged_file_is_compiled_or_refused(at in 0_usize..9000, value: u8, length in 0_usize..9000) {
        for file in [SATISFACTION, EVERYTHING] {
            let mut bytes = file.to_vec();
            bytes.truncate(file.len().saturating_sub(length % 7 * 100));
            let at = at % bytes.len();
            bytes[at] = value;
            let _ = compile(&bytes);
        }
    }

    #[test]
    fn any_markup_in_a_sheet_is_compiled_or_refused(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "<c>", "</c>", "<c r=\"A1\" t=\"s\">", "<c r=\"B2\" t=\"inlineStr\">", "<v>", "</v>", "<v>0</v>", "<is>",
            "</is>", "<t>", "</t>", "<t>type</t>", "<t>name</t>", "<f/>", "<row>", "</row>", "<row r=\"4294967295\">",
            "<row r=\"2\">", "&amp;", "&#0;", "&#xD800;", "]]>", "<!--", "-->", "<![CDATA[", "<?x?>", "<x:c r=\"C3\">", "</x:c>",
            "<mergeCell ref=\"A1:B2\"/>", "<mergeCell/>", "text", "_x0000_", "ñ", "\u{0}",
        ]), 0..40),
    ) {
        let mut parts = Book::sound().parts();
        parts[1].1 = format!("<worksheet><sheetData>{}</sheetData></worksheet>", pieces.concat()).into_bytes();
        let _ = compile(&archive(&parts));
    }

    #[test]
    fn any_text_in_any_cell_is_compiled_or_refused(
        sheet in prop::sample::select(vec!["survey", "choices", "settings"]),
        column in 0_u8..11, row in 1_usize..8, text in "\\PC{0,40}",
    ) {
        let place = format!("{sheet}!{}{row}", char::from(b'A' + column));
        let _ = compile(&Book::sound().set(&place, &text).bytes());
    }
}
