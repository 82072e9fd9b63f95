//! Plain tables for a terminal: columns as wide as their widest cell, no lines drawn.

use unicode_width::UnicodeWidthStr as _;

/// A heading and rows of as many cells.
pub(super) fn table(heading: &[String], rows: &[Vec<String>]) -> Vec<String> {
    let mut widths: Vec<usize> = heading.iter().map(|cell| cell.width()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let line = |row: &[String]| {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.width()).saturating_add(2)));
        }
        line.trim_end().to_owned()
    };
    std::iter::once(line(heading)).chain(rows.iter().map(|row| line(row))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_over_accents_and_wide_letters() {
        let cells = |row: [&str; 2]| row.map(str::to_owned).to_vec();
        let lines =
            table(&cells(["Comuna", "Estado"]), &[cells(["Ñuñoa", "recibida"]), cells(["O’Higgins", "x"])]);
        assert_eq!(lines, ["Comuna     Estado", "Ñuñoa      recibida", "O’Higgins  x"]);
    }
}
