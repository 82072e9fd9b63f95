//! A sheet as a table: columns by name and language, from its first row.

use std::collections::BTreeMap;

use super::Wrong;
use super::cell::Cell;
use super::sheet::Sheet;
use crate::Code;

/// A column that a sheet may have, and whether it may come in languages.
pub(super) type Known = (&'static str, bool);

/// The columns of a sheet.
pub(super) struct Table<'a> {
    pub(super) name: &'static str,
    cells: &'a Sheet,
    /// Column numbers by name and, in languages, by the language as it was written; none is the default one.
    columns: BTreeMap<(&'static str, Option<String>), u32>,
}

impl<'a> Table<'a> {
    /// Reads the first row; what is wrong with it, and what stands in columns without a name, is added to `wrongs`.
    pub(super) fn new(
        name: &'static str,
        cells: &'a Sheet,
        known: &[Known],
        wrongs: &mut Vec<Wrong>,
    ) -> Self {
        let mut columns = BTreeMap::new();
        let mut named = Vec::new();
        for (cell, header) in cells.range(..Cell::new(2, 0)) {
            named.push(cell.column);
            let wrong = |code| Wrong::cell(name, *cell, code).word(header);
            let (base, language) = match header.split_once("::") {
                Some((base, language)) => (base.trim(), Some(language.trim().to_owned())),
                None => (header.as_str(), None),
            };
            let Some((base, in_languages)) = known.iter().find(|(known, _)| *known == base) else {
                wrongs.push(wrong(Code::UnknownColumn));
                continue;
            };
            if language.is_some() && !in_languages {
                wrongs.push(wrong(Code::UnknownColumn));
            } else if columns.insert((*base, language), cell.column).is_some() {
                wrongs.push(wrong(Code::ColumnTwice));
            }
        }
        for cell in cells.range(Cell::new(2, 0)..).map(|(cell, _)| *cell) {
            if !named.contains(&cell.column) {
                wrongs.push(Wrong::cell(name, cell, Code::UnnamedColumn));
            }
        }
        Self { name, cells, columns }
    }

    /// Says which of the columns that must be there are missing.
    pub(super) fn demand(&self, bases: &[&str], wrongs: &mut Vec<Wrong>) {
        for base in bases {
            if !self.columns.keys().any(|(known, _)| known == base) {
                wrongs.push(Wrong::sheet(self.name, Code::ColumnMissing).word(base));
            }
        }
    }

    /// The languages of its columns as they were written, with the cell of the first that has each, from the left.
    pub(super) fn languages(&self) -> Vec<(Cell, &str)> {
        let mut languages: Vec<(Cell, &str)> = Vec::new();
        let mut columns: Vec<(u32, &str)> = self
            .columns
            .iter()
            .filter_map(|((_, language), column)| Some((*column, language.as_deref()?)))
            .collect();
        columns.sort_unstable();
        for (column, language) in columns {
            if !languages.iter().any(|(_, known)| *known == language) {
                languages.push((Cell::new(1, column), language));
            }
        }
        languages
    }

    /// The rows below the first that have something in them.
    pub(super) fn rows(&self) -> Vec<u32> {
        let mut rows: Vec<u32> = self.cells.range(Cell::new(2, 0)..).map(|(cell, _)| cell.row).collect();
        rows.dedup();
        rows
    }

    /// What stands in a column that has no languages.
    pub(super) fn get(&self, row: u32, base: &'static str) -> Option<&'a str> {
        self.get_in(row, base, None)
    }

    /// What stands in a column of a language.
    pub(super) fn get_in(&self, row: u32, base: &'static str, language: Option<&str>) -> Option<&'a str> {
        let column = self.columns.get(&(base, language.map(str::to_owned)))?;
        self.cells.get(&Cell::new(row, *column)).map(String::as_str)
    }

    /// The cell of a column, or of the nearest one that there is: of another language, or the first.
    pub(super) fn cell(&self, row: u32, base: &'static str, language: Option<&str>) -> Cell {
        let exact = self.columns.get(&(base, language.map(str::to_owned)));
        let alike = || self.columns.iter().find(|((known, _), _)| *known == base).map(|(_, column)| column);
        Cell::new(row, exact.or_else(alike).copied().unwrap_or(1))
    }

    /// The columns that have something in a row, by name.
    pub(super) fn filled(&self, row: u32) -> Vec<(&'static str, Cell)> {
        let columns = self.columns.iter().map(|((base, _), column)| (*base, Cell::new(row, *column)));
        columns.filter(|(_, cell)| self.cells.contains_key(cell)).collect()
    }

    /// An error in a cell of this table.
    pub(super) fn wrong(&self, row: u32, base: &'static str, code: Code) -> Wrong {
        Wrong::cell(self.name, self.cell(row, base, None), code)
    }
}
