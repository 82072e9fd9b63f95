//! Numbers as each language groups them: `12.345` in Chile, `12,345` in English.
//!
//! Fluent for Rust prints bare digits. A year, a folio or a telephone number is no quantity: pass it as text.

use crate::Language;

/// Groups the integer part by thousands; what isn't a plain decimal number stays as it is.
pub(crate) fn grouped(number: &str, language: Language) -> String {
    let (group, point) = match language {
        Language::Spanish => ('.', ','),
        Language::English => (',', '.'),
    };
    let (sign, unsigned) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    if whole.is_empty() || !whole.chars().all(|digit| digit.is_ascii_digit()) {
        return number.to_owned();
    }
    let mut out = sign.to_owned();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && whole.len().saturating_sub(place).is_multiple_of(3) {
            out.push(group);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(point);
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped_in_each_language() {
        let check = |number, spanish, english| {
            assert_eq!(grouped(number, Language::Spanish), spanish);
            assert_eq!(grouped(number, Language::English), english);
        };
        check("0", "0", "0");
        check("999", "999", "999");
        check("1000", "1.000", "1,000");
        check("12345", "12.345", "12,345");
        check("1234567", "1.234.567", "1,234,567");
        check("-1234.5", "-1.234,5", "-1,234.5");
        check("inf", "inf", "inf");
    }
}
