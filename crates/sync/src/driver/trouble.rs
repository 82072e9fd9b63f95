//! From what the network client saw to what a person can be told.

use std::error::Error;

use reqwest::StatusCode;
use rustls::CertificateError;

use crate::Fault;

/// The fault behind a request that got no answer, or only part of one.
pub(super) fn of_error(error: &reqwest::Error) -> Fault {
    match find::<rustls::Error>(error) {
        Some(rustls::Error::InvalidCertificate(why)) => return of_certificate(why),
        // Whoever answers there speaks no TLS that the office would.
        Some(_) => return Fault::CaptivePortal,
        None => {}
    }
    if error.is_connect() { Fault::NoNetwork } else { Fault::CutInTheMiddle }
}

fn of_certificate(why: &CertificateError) -> Fault {
    match why {
        CertificateError::ExpiredContext { time, not_after } => {
            Fault::WrongClock { now_unix_s: time.as_secs(), bound_unix_s: not_after.as_secs(), expired: true }
        }
        CertificateError::NotValidYetContext { time, not_before } => Fault::WrongClock {
            now_unix_s: time.as_secs(),
            bound_unix_s: not_before.as_secs(),
            expired: false,
        },
        other => Fault::WrongCertificate { why: other.to_string() },
    }
}

/// The first error of a type in the chain. An `io::Error` hides its own cause from `source()`.
fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<T>() {
            return Some(found);
        }
        let inner = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        next = match inner {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    None
}

/// Longest code that the office gives.
const CODE_CHARS_MAX: usize = 40;

/// The fault behind an answer that is not the office's "yes". The office explains itself in JSON, and a reverse
/// proxy before it may be without it for a while; whoever answers otherwise is somebody else.
pub(super) fn of_status(status: StatusCode, retry_after_s: Option<u64>, json: Option<&[u8]>) -> Fault {
    match status {
        StatusCode::INSUFFICIENT_STORAGE => Fault::ServerFull,
        StatusCode::REQUEST_TIMEOUT => Fault::CutInTheMiddle,
        StatusCode::NETWORK_AUTHENTICATION_REQUIRED => Fault::CaptivePortal,
        StatusCode::TOO_MANY_REQUESTS => Fault::ServerBusy { retry_after_s },
        status if status.is_server_error() => Fault::ServerBusy { retry_after_s },
        status => match json.and_then(office_code) {
            Some(code) => Fault::Refused { status: status.as_u16(), code },
            // Too large for a proxy on the way, which says so in its own words.
            None if status == StatusCode::PAYLOAD_TOO_LARGE => {
                Fault::Refused { status: status.as_u16(), code: "too_large".into() }
            }
            None => Fault::CaptivePortal,
        },
    }
}

/// The office's stable code, if that is what it is.
fn office_code(json: &[u8]) -> Option<String> {
    let value: serde_json::Value = serde_json::from_slice(json).ok()?;
    let code = value.get("code")?.as_str()?;
    let plain = code.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_');
    (plain && !code.is_empty() && code.len() <= CODE_CHARS_MAX).then(|| code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_that_are_not_a_yes() {
        let json = br#"{"code":"unknown_signer","reason":"x"}"#.as_slice();
        let refused = Fault::Refused { status: 401, code: "unknown_signer".into() };
        let rows = [
            (200, None, None, Fault::CaptivePortal),
            (302, None, None, Fault::CaptivePortal),
            (511, None, None, Fault::CaptivePortal),
            (404, None, None, Fault::CaptivePortal),
            (401, None, Some(json), refused),
            (503, Some(7), Some(json), Fault::ServerBusy { retry_after_s: Some(7) }),
            (429, None, None, Fault::ServerBusy { retry_after_s: None }),
            (507, None, Some(json), Fault::ServerFull),
            (408, None, Some(json), Fault::CutInTheMiddle),
            (502, None, None, Fault::ServerBusy { retry_after_s: None }),
            (500, None, Some(json), Fault::ServerBusy { retry_after_s: None }),
            (413, None, None, Fault::Refused { status: 413, code: "too_large".into() }),
            (401, None, Some(br#"{"code":"<script>"}"#.as_slice()), Fault::CaptivePortal),
            (401, None, Some(b"{}".as_slice()), Fault::CaptivePortal),
        ];
        for (status, retry, json, expected) in rows {
            assert_eq!(of_status(StatusCode::from_u16(status).unwrap(), retry, json), expected, "{status}");
        }
    }
}
