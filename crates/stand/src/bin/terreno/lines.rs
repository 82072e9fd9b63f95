//! Lines of standard input, each bounded: a line of 100 MB costs its limit in memory and spoils no other.

use std::io::{self, BufRead};

use domain::limits::LINE_BYTES_MAX;

/// Reads the next line without its break. None at the end. A line that is too long comes as its first
/// `LINE_BYTES_MAX + 1` bytes, so that whoever checks lengths sees it; the rest is read and dropped.
pub(crate) fn next_line(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let mut any = false;
    loop {
        let buffer = match input.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        if buffer.is_empty() {
            return Ok(any.then_some(line));
        }
        any = true;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let part = buffer.get(..end.unwrap_or(buffer.len())).unwrap_or_default();
        let room = LINE_BYTES_MAX.saturating_add(1).saturating_sub(line.len());
        line.extend_from_slice(part.get(..part.len().min(room)).unwrap_or(part));
        let used = end.map_or(buffer.len(), |end| end.saturating_add(1));
        input.consume(used);
        if end.is_some() {
            return Ok(Some(line));
        }
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use super::*;
    use std::io::BufReader;

    fn lines(input: &[u8]) -> Vec<usize> {
        let mut reader = BufReader::with_capacity(7, input);
        std::iter::from_fn(|| next_line(&mut reader).unwrap()).map(|line| line.len()).collect()
    }

    #[test]
    fn each_line_stands_for_itself_whatever_its_length() {
        assert_eq!(lines(b""), Vec::<usize>::new());
        assert_eq!(lines(b"uno\ndos"), [3, 3], "the last may lack its break");
        assert_eq!(lines(b"\n\nx\n"), [0, 0, 1], "empty lines are lines");
        for (length, read) in [
            (LINE_BYTES_MAX, LINE_BYTES_MAX),
            (LINE_BYTES_MAX + 1, LINE_BYTES_MAX + 1),
            (LINE_BYTES_MAX * 4, LINE_BYTES_MAX + 1),
        ] {
            let input = [vec![b'a'; length], b"\nb\n".to_vec()].concat();
            assert_eq!(lines(&input), [read, 1]);
        }
    }
}
