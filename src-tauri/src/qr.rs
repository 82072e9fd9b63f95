//! The QR code of an address as rows of `0` and `1`: the window draws it, so that it stays sharp at any size.

use qrcode::{Color, EcLevel, QrCode};

/// The rows of the code, without the quiet zone. An address that no code holds gives none.
pub(crate) fn rows(address: &str) -> Vec<String> {
    let Ok(code) = QrCode::with_error_correction_level(address, EcLevel::M) else { return Vec::new() };
    let modules: Vec<char> =
        code.to_colors().into_iter().map(|color| if color == Color::Dark { '1' } else { '0' }).collect();
    modules.chunks(code.width()).map(|row| row.iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_with_its_three_eyes() {
        let rows = rows("HTTPS://OIRS.EXAMPLE/R/ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
        assert!(rows.iter().all(|row| row.len() == rows.len()));
        assert!(rows[0].starts_with("11111110") && rows[0].ends_with("01111111"));
        assert!(rows[rows.len() - 1].starts_with("11111110"));
        assert!(super::rows(&"X".repeat(5_000)).is_empty());
    }
}
