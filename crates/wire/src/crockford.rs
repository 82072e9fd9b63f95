//! Codes that people copy by hand: Crockford's base 32 over whole bytes.
//!
//! Same bits as RFC 4648's base 32 with another alphabet, so that codec does the work and only the letters are
//! exchanged. Reading forgives case, spaces, hyphens and the look-alikes O, I and L.

use data_encoding::BASE32_NOPAD;

const RFC_4648: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const CROCKFORD: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

fn exchange(symbol: char, from: &str, to: &str) -> Option<char> {
    from.chars().zip(to.chars()).find_map(|(f, t)| (f == symbol).then_some(t))
}

/// Bytes as symbols in groups of four, joined by hyphens.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = String::new();
    for (i, symbol) in BASE32_NOPAD.encode(bytes).chars().enumerate() {
        if i != 0 && i % 4 == 0 {
            text.push('-');
        }
        text.extend(exchange(symbol, RFC_4648, CROCKFORD));
    }
    text
}

/// What a person typed back as bytes, or nothing when it has other characters or a wrong length.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let symbols: Option<String> = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .map(|c| exchange(c, CROCKFORD, RFC_4648))
        .collect();
    BASE32_NOPAD.decode(symbols?.as_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_what_people_write() {
        let code = encode(&[0, 1, 2, 250, 255]);
        assert_eq!(code, "000G-5YQZ");
        for written in ["000G-5YQZ", "000g5yqz", " 0o0G 5yqz ", "OOOG-5YQZ"] {
            assert_eq!(decode(written).as_deref(), Some([0, 1, 2, 250, 255].as_slice()), "{written}");
        }
        for wrong in ["000G-5YQ", "000G-5YQU", "000G-5YQ!", "ñ"] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }
}
