//! One sheet: its cells that have something in them, as text.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

use super::Wrong;
use super::cell::{Cell, number};
use super::workbook::{Events, Words, attribute, push_text};
use crate::Code;
use crate::limits::{CELL_CHARS_MAX, CELLS_MAX, SHEET_BYTES_MAX};

/// Texts by cell, trimmed, none blank.
pub(super) type Sheet = BTreeMap<Cell, String>;

/// Reads a sheet; what is wrong with single cells is added to `wrongs`.
pub(super) fn read(
    name: &str,
    part: &str,
    text: &str,
    shared: &[String],
    wrongs: &mut Vec<Wrong>,
) -> Result<Sheet, Wrong> {
    let mut reading = Reading { name, shared, wrongs, sheet: Sheet::new(), bytes: 0, row: 0, open: None };
    let mut events = Events::of(part, text);
    loop {
        match events.next()? {
            Event::Start(start) => reading.start(part, &start)?,
            Event::Empty(start) => {
                reading.start(part, &start)?;
                reading.end(start.local_name().as_ref())?;
            }
            Event::End(end) => {
                reading.words(part, &Event::End(end.borrow()))?;
                reading.end(end.local_name().as_ref())?;
            }
            Event::Eof => return Ok(reading.sheet),
            event => reading.words(part, &event)?,
        }
    }
}

/// What a cell says that it holds (ECMA-376, part 1, 18.18.11).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Boolean,
    Shared,
    Inline,
    Text,
    Error,
    Unsupported,
}

/// A cell that is being read.
struct Open {
    cell: Cell,
    kind: Kind,
    /// Within `<v>`.
    value: bool,
    formula: bool,
    said: String,
    words: Words,
}

struct Reading<'a> {
    name: &'a str,
    shared: &'a [String],
    wrongs: &'a mut Vec<Wrong>,
    sheet: Sheet,
    /// Of all its texts.
    bytes: usize,
    /// The row that is being read.
    row: u32,
    open: Option<Open>,
}

impl Reading<'_> {
    fn start(&mut self, part: &str, start: &BytesStart<'_>) -> Result<(), Wrong> {
        let damaged = || Wrong::part(Code::Damaged, part);
        match start.local_name().as_ref() {
            "row" => {
                let given =
                    attribute(start, "r").map(|row| row.parse().map_err(|_| damaged())).transpose()?;
                self.row = given.unwrap_or(self.row.saturating_add(1));
            }
            "c" => {
                let cell = match attribute(start, "r") {
                    Some(place) => Cell::parse(&place).ok_or_else(damaged)?,
                    None => self.following(),
                };
                let kind = match attribute(start, "t").as_deref() {
                    None | Some("n") => Kind::Number,
                    Some("b") => Kind::Boolean,
                    Some("s") => Kind::Shared,
                    Some("inlineStr") => Kind::Inline,
                    Some("str") => Kind::Text,
                    Some("e") => Kind::Error,
                    Some(_) => Kind::Unsupported,
                };
                let (said, words) = (String::new(), Words::default());
                self.open = Some(Open { cell, kind, value: false, formula: false, said, words });
            }
            "v" => self.open.iter_mut().for_each(|open| open.value = true),
            "f" => self.open.iter_mut().for_each(|open| open.formula = true),
            "mergeCell" => {
                let from = attribute(start, "ref").unwrap_or_default();
                let from = from.split(':').next().and_then(Cell::parse).ok_or_else(damaged)?;
                self.wrongs.push(Wrong::cell(self.name, from, Code::MergedCells));
                self.bounded()?;
            }
            _ => {}
        }
        self.words(part, &Event::Start(start.borrow()))
    }

    /// The place of a cell that doesn't say it: behind the last one of its row.
    fn following(&self) -> Cell {
        let row = self.row.max(1);
        let from = Cell::new(row, 0);
        let last = self.sheet.range(from..).next_back().map_or(0, |(cell, _)| cell.column);
        Cell::new(row, last.saturating_add(1))
    }

    fn words(&mut self, part: &str, event: &Event<'_>) -> Result<(), Wrong> {
        let Some(open) = &mut self.open else { return Ok(()) };
        if open.kind == Kind::Inline {
            return open.words.take(part, event);
        }
        if open.value { push_text(part, &mut open.said, event) } else { Ok(()) }
    }

    fn end(&mut self, element: &str) -> Result<(), Wrong> {
        match element {
            "v" => self.open.iter_mut().for_each(|open| open.value = false),
            "c" => {
                if let Some(open) = self.open.take() {
                    self.cell(open)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn cell(&mut self, mut open: Open) -> Result<(), Wrong> {
        let cell = open.cell;
        let said = match open.kind {
            Kind::Inline => open.words.finish(),
            _ => open.said,
        };
        let value = match open.kind {
            _ if open.formula => Err(Code::Formula),
            _ if said.trim().is_empty() => return Ok(()),
            Kind::Number => number(&said).ok_or(Code::UnsupportedCell),
            Kind::Boolean => match said.trim() {
                "1" | "true" => Ok("true".to_owned()),
                "0" | "false" => Ok("false".to_owned()),
                _ => Err(Code::UnsupportedCell),
            },
            Kind::Shared => {
                let text = said.trim().parse().ok().and_then(|index: usize| self.shared.get(index));
                // Judged before it is copied: a thousand cells can share one enormous text.
                text.ok_or(Code::Damaged).and_then(|text| {
                    let long = text.chars().nth(CELL_CHARS_MAX).is_some();
                    if long { Err(Code::TooLong) } else { Ok(text.clone()) }
                })
            }
            Kind::Inline | Kind::Text => Ok(said),
            Kind::Error => Err(Code::CellError),
            Kind::Unsupported => Err(Code::UnsupportedCell),
        };
        let value = value.map(|value| value.replace("\r\n", "\n").trim().to_owned());
        let value = value.and_then(|value| {
            if value.chars().count() > CELL_CHARS_MAX { Err(Code::TooLong) } else { Ok(value) }
        });
        match value {
            Ok(value) if value.is_empty() => return Ok(()),
            Ok(_) if !cell.is_within() => return Err(Wrong::cell(self.name, cell, Code::SheetTooLarge)),
            Ok(value) => {
                self.bytes = self.bytes.saturating_add(value.len());
                self.sheet.insert(cell, value);
            }
            Err(code) => self.wrongs.push(Wrong::cell(self.name, cell, code)),
        }
        self.bounded()
    }

    fn bounded(&self) -> Result<(), Wrong> {
        let many = self.sheet.len() > CELLS_MAX || self.wrongs.len() > CELLS_MAX;
        if many || self.bytes > SHEET_BYTES_MAX {
            return Err(Wrong::sheet(self.name, Code::SheetTooLarge));
        }
        Ok(())
    }
}
