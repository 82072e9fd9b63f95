//! The workbook: which sheets it has, where they lie, and the texts that their cells share.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Wrong;
use super::archive::Archive;
use super::sheet::{self, Sheet};
use crate::Code;
use crate::limits::{PARTS_MAX, SHARED_TEXTS_MAX};

/// The sheets of XLSForm that the subset knows, in the order in which errors are told.
pub(super) const SHEETS: [&str; 3] = ["survey", "choices", "settings"];

/// What was read of a file.
pub(super) struct Workbook {
    /// By name; those that are there.
    pub(super) sheets: BTreeMap<&'static str, Sheet>,
    /// What is wrong with the sheets' cells as such.
    pub(super) wrongs: Vec<Wrong>,
}

/// Reads the sheets.
pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Wrong> {
    let mut archive = Archive::open(bytes)?;
    let workbook = archive.part("xl/workbook.xml")?.ok_or(Wrong::file(Code::NotASpreadsheet))?;
    if archive.part("[Content_Types].xml")?.is_some_and(|types| types.contains("macroEnabled")) {
        return Err(Wrong::part(Code::Macros, "[Content_Types].xml"));
    }
    let relations = archive.part("xl/_rels/workbook.xml.rels")?;
    let relations = relations.ok_or(Wrong::part(Code::Damaged, "xl/_rels/workbook.xml.rels"))?;
    let targets = targets(&relations)?;
    let shared = archive.part("xl/sharedStrings.xml")?;
    let shared = shared.map(|text| shared_texts(&text)).transpose()?.unwrap_or_default();
    let mut read = Workbook { sheets: BTreeMap::new(), wrongs: Vec::new() };
    let names = sheet_names(&workbook)?;
    if names.len() > PARTS_MAX {
        return Err(Wrong::file(Code::TooManyParts));
    }
    for (name, relation) in names {
        let Some(known) = SHEETS.into_iter().find(|known| *known == name) else {
            read.wrongs.push(Wrong::sheet(&name, Code::UnknownSheet));
            continue;
        };
        let part = targets.get(&relation).ok_or(Wrong::sheet(known, Code::Damaged))?;
        let text = archive.part(part)?.ok_or(Wrong::sheet(known, Code::Damaged))?;
        let sheet = sheet::read(known, part, &text, &shared, &mut read.wrongs)?;
        if read.sheets.insert(known, sheet).is_some() {
            return Err(Wrong::sheet(known, Code::SheetTwice));
        }
    }
    for name in ["survey", "settings"] {
        if !read.sheets.contains_key(name) {
            read.wrongs.push(Wrong::sheet(name, Code::SheetMissing));
        }
    }
    Ok(read)
}

/// Sheets with the ids of their relations.
fn sheet_names(workbook: &str) -> Result<Vec<(String, String)>, Wrong> {
    let mut sheets = Vec::new();
    for_each_start("xl/workbook.xml", workbook, |start| {
        if start.local_name().as_ref() == "sheet" {
            sheets.push((attribute(start, "name")?, attribute(start, "id")?));
        }
        Some(())
    })?;
    Ok(sheets)
}

/// Names of parts by the ids of their relations.
fn targets(relations: &str) -> Result<BTreeMap<String, String>, Wrong> {
    let mut targets = BTreeMap::new();
    for_each_start("xl/_rels/workbook.xml.rels", relations, |start| {
        if start.local_name().as_ref() == "Relationship" {
            let target = attribute(start, "Target")?;
            let part = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
            targets.insert(attribute(start, "Id")?, part);
        }
        Some(())
    })?;
    Ok(targets)
}

/// The texts that cells refer to by number.
fn shared_texts(text: &str) -> Result<Vec<String>, Wrong> {
    const PART: &str = "xl/sharedStrings.xml";
    let mut texts: Vec<String> = Vec::new();
    let mut words = Words::default();
    let mut events = Events::of(PART, text);
    loop {
        let event = events.next()?;
        words.take(PART, &event)?;
        match event {
            Event::End(end) if end.local_name().as_ref() == "si" => texts.push(words.finish()),
            Event::Empty(start) if start.local_name().as_ref() == "si" => texts.push(String::new()),
            Event::Eof => return Ok(texts),
            _ => {}
        }
        if texts.len() > SHARED_TEXTS_MAX {
            return Err(Wrong::part(Code::UnpacksTooLarge, PART));
        }
    }
}

/// The words within `<t>` elements, without those that only say how others are pronounced (`<rPh>`).
#[derive(Default)]
pub(super) struct Words {
    said: String,
    within: bool,
    pronounced: bool,
}

impl Words {
    pub(super) fn take(&mut self, part: &str, event: &Event<'_>) -> Result<(), Wrong> {
        match event {
            Event::Start(start) if start.local_name().as_ref() == "t" => self.within = true,
            Event::End(end) if end.local_name().as_ref() == "t" => self.within = false,
            Event::Start(start) if start.local_name().as_ref() == "rPh" => self.pronounced = true,
            Event::End(end) if end.local_name().as_ref() == "rPh" => self.pronounced = false,
            _ if self.within && !self.pronounced => push_text(part, &mut self.said, event)?,
            _ => {}
        }
        Ok(())
    }

    pub(super) fn finish(&mut self) -> String {
        self.within = false;
        unescaped(&std::mem::take(&mut self.said))
    }
}

/// Adds what an event says in words.
pub(super) fn push_text(part: &str, said: &mut String, event: &Event<'_>) -> Result<(), Wrong> {
    match event {
        Event::Text(text) => said.push_str(&text.xml10_content()),
        Event::CData(text) => said.push_str(&text.xml10_content()),
        Event::GeneralRef(reference) => {
            let named = match &**reference {
                "lt" => Some('<'),
                "gt" => Some('>'),
                "amp" => Some('&'),
                "apos" => Some('\''),
                "quot" => Some('"'),
                _ => reference.resolve_char_ref().ok().flatten(),
            };
            // No entity but these is known without a document type, and that is refused.
            said.push(named.ok_or(Wrong::part(Code::Damaged, part))?);
        }
        _ => {}
    }
    Ok(())
}

/// Spreadsheets write characters that XML can't carry as `_x000D_` (ECMA-376, part 1, 22.9.2.19).
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("_x") {
        plain.push_str(before);
        let escaped = behind.split_at_checked(5).and_then(|(code, after)| {
            let digits = code.strip_suffix('_').filter(|code| code.bytes().all(|b| b.is_ascii_hexdigit()))?;
            Some((char::from_u32(u32::from_str_radix(digits, 16).ok()?)?, after))
        });
        if let Some((c, after)) = escaped {
            plain.push(c);
            rest = after;
        } else {
            plain.push_str("_x");
            rest = behind;
        }
    }
    plain.push_str(rest);
    plain
}

/// A part's events, to its end.
pub(super) struct Events<'a> {
    part: &'a str,
    reader: Reader<&'a [u8]>,
    /// Elements that are open.
    depth: usize,
}

impl<'a> Events<'a> {
    pub(super) fn of(part: &'a str, text: &'a str) -> Self {
        Self { part, reader: Reader::from_str(text), depth: 0 }
    }

    /// The next event. A document type is refused, since it can name texts that grow; so is an end within an element.
    pub(super) fn next(&mut self) -> Result<Event<'a>, Wrong> {
        let damaged = || Wrong::part(Code::Damaged, self.part);
        let event = self.reader.read_event().map_err(|_| damaged())?;
        match &event {
            Event::DocType(_) => return Err(Wrong::part(Code::DocumentType, self.part)),
            Event::Start(_) => self.depth = self.depth.saturating_add(1),
            Event::End(_) => self.depth = self.depth.checked_sub(1).ok_or_else(damaged)?,
            Event::Eof if self.depth > 0 => return Err(damaged()),
            _ => {}
        }
        Ok(event)
    }
}

/// Calls for each opening tag of a part; none says that the part is damaged.
fn for_each_start(
    part: &str,
    text: &str,
    mut call: impl FnMut(&BytesStart<'_>) -> Option<()>,
) -> Result<(), Wrong> {
    let mut events = Events::of(part, text);
    loop {
        match events.next()? {
            Event::Start(start) | Event::Empty(start) => {
                call(&start).ok_or(Wrong::part(Code::Damaged, part))?;
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The attribute of this name, whatever its prefix.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.attributes();
    // Looking for names that come twice takes the square of their number, and a hostile tag has a million.
    let found = attributes
        .with_checks(false)
        .filter_map(Result::ok)
        .find(|attribute| attribute.key.local_name().as_ref() == name)?;
    found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    #[test]
    fn escaped_characters_are_read() {
        let check = |text: &str, expected: &str| assert_eq!(super::unescaped(text), expected, "{text}");
        check("plain", "plain");
        check("a_x000D_b", "a\rb");
        check("_x005F_x000D_", "_x000D_");
        check("_x_x00", "_x_x00");
        check("_xZZZZ_", "_xZZZZ_");
        check("_xD800_", "_xD800_");
        check("_xñandú", "_xñandú");
    }
}
