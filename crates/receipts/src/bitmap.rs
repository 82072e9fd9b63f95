//! A picture of one bit to the dot, as a thermal head prints it: eight dots to the byte, the first in the
//! highest bit, rows padded to whole bytes. What lies outside is dropped, never an error.

/// Rows of dots; a set bit is black.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bitmap {
    width: u32,
    height: u32,
    bytes: Vec<u8>,
}

impl Bitmap {
    /// White paper.
    pub(crate) fn new(width: u32, height: u32) -> Self {
        let bytes = vec![0; index(stride(width)).saturating_mul(index(height))];
        Self { width, height, bytes }
    }

    pub(crate) const fn width(&self) -> u32 {
        self.width
    }

    pub(crate) const fn height(&self) -> u32 {
        self.height
    }

    /// Bytes in a row.
    pub(crate) const fn stride(&self) -> u32 {
        stride(self.width)
    }

    /// The rows, from the top.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.bytes.chunks(index(self.stride()).max(1))
    }

    /// Bands of at most `rows` rows, as bytes.
    pub(crate) fn bands(&self, rows: u32) -> impl Iterator<Item = &[u8]> {
        self.bytes.chunks(index(self.stride()).saturating_mul(index(rows)).max(1))
    }

    /// Makes a dot black or white.
    pub(crate) fn set(&mut self, x: i32, y: i32, black: bool) {
        let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y)) else { return };
        if x >= self.width || y >= self.height {
            return;
        }
        let at = index(y).saturating_mul(index(self.stride())).saturating_add(index(x.div_euclid(8)));
        if let Some(byte) = self.bytes.get_mut(at) {
            let bit = 0x80_u8 >> x.rem_euclid(8);
            if black { *byte |= bit } else { *byte &= !bit }
        }
    }

    /// Blackens a rectangle.
    pub(crate) fn fill(&mut self, x: i32, y: i32, width: i32, height: i32) {
        for row in y..y.saturating_add(height) {
            for column in x..x.saturating_add(width) {
                self.set(column, row, true);
            }
        }
    }
}

const fn stride(width: u32) -> u32 {
    width.div_ceil(8)
}

fn index(value: u32) -> usize {
    usize::try_from(value).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_packed_from_the_left_and_the_outside_is_dropped() {
        let mut bitmap = Bitmap::new(10, 2);
        for (x, y) in [(0, 0), (9, 0), (7, 1), (10, 0), (-1, 0), (0, 2), (0, -1)] {
            bitmap.set(x, y, true);
        }
        assert_eq!(bitmap.rows().collect::<Vec<_>>(), [[0x80, 0x40], [0x01, 0x00]]);
        bitmap.set(0, 0, false);
        assert_eq!(bitmap.bands(2).collect::<Vec<_>>(), [[0x00, 0x40, 0x01, 0x00]]);
        bitmap.fill(-5, 0, 7, 5);
        assert_eq!(bitmap.rows().collect::<Vec<_>>(), [[0xC0, 0x40], [0xC1, 0x00]]);
    }
}
