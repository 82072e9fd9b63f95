//! Ways to reach a person, held to what makes a letter, call or message arrive and no more.
//!
//! An address that can't work must be caught while its owner stands there; one that merely looks odd must not.

use unicode_normalization::UnicodeNormalization;

use crate::limits::{EMAIL_CHARS_MAX, EMAIL_LOCAL_CHARS_MAX, PHONE_DIGITS_MAX, PHONE_DIGITS_MIN};

/// Whether the text can be an electronic address (RFC 5321 with the letters of RFC 6531, without quoted parts).
pub(crate) fn is_email(text: &str) -> bool {
    let text = text.trim();
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    text.chars().count() <= EMAIL_CHARS_MAX && is_email_local(local) && is_email_domain(domain)
}

fn is_email_local(local: &str) -> bool {
    let forbidden = |c: char| c.is_whitespace() || c.is_control() || r#"()<>[]:;@\,""#.contains(c);
    !local.is_empty()
        && local.chars().count() <= EMAIL_LOCAL_CHARS_MAX
        && local.split('.').all(|part| !part.is_empty())
        && !local.contains(forbidden)
}

fn is_email_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.chars().count() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let top = domain.rsplit('.').next().unwrap_or_default();
    domain.contains('.')
        && domain.split('.').all(is_label)
        && top.chars().count() >= 2
        && !top.chars().all(|c| c.is_ascii_digit())
}

/// Whether the text is one telephone number or several, parted by `/`, `,` or `;`, each perhaps with an extension.
pub(crate) fn is_phone(text: &str) -> bool {
    let plain: String = text.nfkc().collect();
    let mut parts = plain.split(['/', ',', ';']).map(str::trim).filter(|part| !part.is_empty()).peekable();
    parts.peek().is_some() && parts.all(is_one_phone)
}

fn is_one_phone(text: &str) -> bool {
    let number = without_extension(text);
    let number = number.strip_prefix('+').unwrap_or(number);
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let is_mark =
        |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '-' | '.' | '+' | '\u{2010}'..='\u{2015}');
    (PHONE_DIGITS_MIN..=PHONE_DIGITS_MAX).contains(&digits)
        && number.chars().all(|c| c.is_ascii_digit() || is_mark(c))
}

/// The number before `anexo 23`, `ext. 23` or `x23`.
fn without_extension(text: &str) -> &str {
    let rest = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let extension_digits = text.len().saturating_sub(rest.len());
    let rest = rest.trim_end_matches([' ', '.', ':']);
    let number = ["anexo", "anx", "ext", "x"].iter().find_map(|label| {
        let start = rest.len().checked_sub(label.len())?;
        let (number, tail) = rest.split_at_checked(start)?;
        tail.eq_ignore_ascii_case(label).then_some(number)
    });
    match number {
        Some(number) if (1..=6).contains(&extension_digits) => number.trim_end(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_can_arrive() {
        for text in [
            "rosa@correo.cl",
            "rosa.huenchumil+oirs@sub.dominio.gob.cl",
            " rosa@correo.cl ",
            "ROSA@CORREO.CL",
            "o'higgins@correo.cl",
            "maría@ñandú.cl",
            "a@b.co",
            "x_y-z%w@a-b.com",
        ] {
            assert!(is_email(text), "{text:?}");
        }
        for text in [
            "",
            "rosa",
            "rosa@",
            "@correo.cl",
            "rosa@correo",
            "rosa@@correo.cl",
            "rosa@correo..cl",
            "rosa@.cl",
            "rosa.@correo.cl",
            ".rosa@correo.cl",
            "ro..sa@correo.cl",
            "rosa pérez@correo.cl",
            "rosa@correo .cl",
            "rosa@correo.c",
            "rosa@correo,cl",
            "rosa@-correo.cl",
            "rosa@127.0.0.1",
            "<rosa@correo.cl>",
            "rosa@correo.cl, juan@correo.cl",
            "no tengo",
        ] {
            assert!(!is_email(text), "{text:?}");
        }
        let of_length =
            |local: usize, domain: usize| format!("{}@{}.cl", "a".repeat(local), "b".repeat(domain));
        assert!(is_email(&of_length(64, 63)));
        assert!(!is_email(&of_length(65, 63)));
        assert!(!is_email(&of_length(64, 64)));
        let long = format!("a@{}cl", "bcdefghi.".repeat(28).get(..250).unwrap());
        assert_eq!((long.len(), is_email(&long)), (254, true));
        assert!(!is_email(&format!("a{long}")));
    }

    #[test]
    fn numbers_that_can_ring() {
        for text in [
            "+56 9 1234 5678",
            "912345678",
            "9-1234-5678",
            "(45) 2 123456",
            "600 301 7000",
            "+509 34 12 3456",
            "123456",
            "045.2.123456",
            "9 1234 5678 / 45 2 123 456",
            "22 123 4567 anexo 23",
            "221234567 ext. 5",
            "221234567x12",
            "９１２３４５６７８",
            "123456789012345",
            " 912345678 ",
        ] {
            assert!(is_phone(text), "{text:?}");
        }
        for text in [
            "",
            "/",
            "12345",
            "1234567890123456",
            "no tengo",
            "9 1234 567A",
            "912345678 anexo",
            "912345678 anexo 1234567",
            "el de mi hija 912345678",
            "912345678 / no",
            "rosa@correo.cl",
            "9=12345678",
        ] {
            assert!(!is_phone(text), "{text:?}");
        }
    }
}
