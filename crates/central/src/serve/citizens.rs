//! The routes of citizens: the receipt's page, the form for number and code, the check of a receipt.

use std::sync::Arc;

use axum::extract::{ConnectInfo, Path, RawQuery, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use central_db::{Proof, StoreError};
use domain::{Folio, FolioError};
use texts::Language;
use wire::manifest::{Directory, DirectoryEntry};
use wire::receipt::{CodeError, ControlCode, Verdict, verify};

use super::Peer;
use super::answer::{self, Answer};
use super::limits::FORM_BYTES_MAX;
use super::service::Service;
use super::stands::{chain, read_body};
use crate::pages::{self, Filled, Frame, Page, Seen};

/// The reader's language: what the address says, else the browser's first that is spoken here.
fn language(query: Option<&str>, headers: &HeaderMap) -> Language {
    let asked = query.and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("lang=")));
    if let Some(language) = asked.and_then(Language::parse) {
        return language;
    }
    let accepted =
        headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut tags = accepted.split(',').map(|tag| tag.split(';').next().unwrap_or_default().trim());
    tags.find_map(Language::parse).unwrap_or_default()
}

/// Who reads, and where the page stands in the other language.
struct Reader {
    language: Language,
    here: Option<String>,
}

impl Reader {
    fn new(query: Option<&str>, headers: &HeaderMap, here: Option<String>) -> Self {
        Self { language: language(query, headers), here }
    }

    fn show(&self, service: &Service, page: impl FnOnce(&Frame<'_>) -> Page) -> Answer {
        let frame = Frame { language: self.language, office: &service.office, here: self.here.as_deref() };
        answer::page(page(&frame))
    }

    fn wait(&self, service: &Service, seconds: u64) -> Answer {
        let mut answer = self.show(service, pages::busy);
        answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        answer
    }

    fn broken(&self, service: &Service, error: &StoreError) -> Answer {
        tracing::error!(error = %chain(error), "a citizen could not be answered");
        self.show(service, pages::broken)
    }
}

/// `GET /`: number and control code.
pub(super) async fn start(
    State(service): State<Arc<Service>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Answer {
    let reader = Reader::new(query.as_deref(), &headers, Some("/".into()));
    reader.show(&service, |frame| pages::code_form(frame, &Filled::default()))
}

/// `GET /R/{code}`: what the receipt's QR opens. The code is never logged: it carries the claim key.
pub(super) async fn receipt(
    State(service): State<Arc<Service>>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    Path(code): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Answer {
    // Only a code's own letters may stand in the page's address again.
    let plain = code.chars().all(|c| c.is_ascii_alphanumeric());
    let here = plain.then(|| format!("/R/{code}"));
    let reader = Reader::new(query.as_deref(), &headers, here);
    if let Err(wait) = service.look(&peer, &headers) {
        return reader.wait(&service, wait);
    }
    match seen(&service, &code, true).await {
        Ok(Some(seen)) => reader.show(&service, |frame| pages::receipt(frame, &seen)),
        Ok(None) => reader.show(&service, pages::unreadable),
        Err(error) => reader.broken(&service, &error),
    }
}

/// What a receipt turns out to be; nothing when it can't be read as one.
async fn seen(service: &Service, code: &str, with_request: bool) -> Result<Option<Seen>, StoreError> {
    let verdict = match verify(code, &Directory::default()) {
        // Against an empty directory every readable receipt says whose it claims to be.
        Ok(Verdict::UnknownSigner(kid)) => match service.store.device_by_kid(kid).await? {
            None => return Ok(Some(Seen::UnknownSigner)),
            Some(device) => verify(
                code,
                &Directory(vec![DirectoryEntry {
                    device: device.device,
                    public_key: device.public_key,
                    folio_prefix: device.folio_prefix,
                    revoked_unix_s: device.revoked.map(|revoked| revoked.at_unix_s),
                }]),
            ),
        },
        other => other,
    };
    let (statement, entry) = match verdict {
        Ok(Verdict::Genuine(statement, entry) | Verdict::RevokedDevice(statement, entry)) => {
            (statement, entry)
        }
        Ok(Verdict::False) => return Ok(Some(Seen::False)),
        Ok(Verdict::UnknownSigner(_)) => return Ok(Some(Seen::UnknownSigner)),
        Err(CodeError::Text | CodeError::Form | CodeError::Host { .. }) => return Ok(None),
    };
    let token = statement.claim.as_ref().filter(|_| with_request).map(wire::receipt::ClaimKey::status_token);
    let request = match token {
        Some(token) => service.store.request_by_proof(Proof::Token(token)).await?.map(Box::new),
        None => None,
    };
    let revoked_unix_s = entry.revoked_unix_s;
    Ok(Some(Seen::Genuine { statement: Box::new(statement), revoked_unix_s, request }))
}

/// `POST /estado`: number and control code, guesses counted.
pub(super) async fn state(
    State(service): State<Arc<Service>>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Answer {
    let (parts, body) = request.into_parts();
    let reader = Reader::new(query.as_deref(), &parts.headers, None);
    let form = match read_body(&service, &parts.headers, body, FORM_BYTES_MAX).await {
        Ok(bytes) => bytes,
        Err(refused) => return refused,
    };
    let typed = field(&form, "folio");
    let (folio, code) = (Folio::parse(&typed), field(&form, "codigo"));
    let (folio_error, code_error) = (folio_error(&typed, folio), code_error(&code));
    let filled = Filled { folio: typed, folio_error, code_error };
    let (Ok(folio), Some(code)) = (folio, ControlCode::parse(&code)) else {
        // Seen from the form alone: nothing was looked up, so nothing is counted.
        return reader.show(&service, |frame| pages::code_form(frame, &filled));
    };
    if let Err(wait) = service.guess(&peer, &parts.headers, service.clock.now_unix_s()) {
        return reader.wait(&service, wait);
    }
    // One look-up by a keyed hash of both: an unknown number and a wrong code are the same question, and what is
    // compared in the index is nothing that whoever asks can steer.
    let tag = service.keys.lookup.tag(folio, code);
    match service.store.request_by_proof(Proof::Control(tag)).await {
        Ok(Some(request)) => reader.show(&service, |frame| pages::status(frame, &request)),
        Ok(None) => reader.show(&service, |frame| pages::not_found(frame, &filled.folio)),
        Err(error) => reader.broken(&service, &error),
    }
}

fn folio_error(typed: &str, folio: Result<Folio, FolioError>) -> Option<&'static str> {
    if typed.trim().is_empty() {
        return Some("public-form-error-folio-missing");
    }
    folio.is_err().then_some("public-form-error-folio")
}

fn code_error(typed: &str) -> Option<&'static str> {
    if typed.trim().is_empty() {
        return Some("public-form-error-code-missing");
    }
    ControlCode::parse(typed).is_none().then_some("public-form-error-code")
}

/// `GET /verificar`: the form that checks a receipt.
pub(super) async fn verification(
    State(service): State<Arc<Service>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Answer {
    let reader = Reader::new(query.as_deref(), &headers, Some("/verificar".into()));
    reader.show(&service, |frame| pages::verification_form(frame, false))
}

/// `POST /verificar`: whether a receipt is genuine, and nothing more. A form's body and not an address, so that
/// the claim key in it stays out of histories and logs.
pub(super) async fn verified(
    State(service): State<Arc<Service>>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Answer {
    let (parts, body) = request.into_parts();
    let reader = Reader::new(query.as_deref(), &parts.headers, None);
    let form = match read_body(&service, &parts.headers, body, FORM_BYTES_MAX).await {
        Ok(bytes) => bytes,
        Err(refused) => return refused,
    };
    // A person's line breaks and spaces inside a pasted code mean nothing.
    let pasted: String = field(&form, "codigo").split_whitespace().collect();
    if pasted.is_empty() {
        return reader.show(&service, |frame| pages::verification_form(frame, true));
    }
    if let Err(wait) = service.look(&peer, &parts.headers) {
        return reader.wait(&service, wait);
    }
    match seen(&service, &pasted, false).await {
        Ok(seen) => reader.show(&service, |frame| pages::verified(frame, seen.as_ref())),
        Err(error) => reader.broken(&service, &error),
    }
}

/// A form's answers are not pages of their own: who comes back to one starts at the form.
pub(super) async fn to_start() -> Answer {
    let mut answer = answer::line(StatusCode::SEE_OTHER, "");
    answer.headers_mut().insert(header::LOCATION, HeaderValue::from_static("/"));
    answer
}

/// Anything else.
pub(super) async fn missing(
    State(service): State<Arc<Service>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Answer {
    Reader::new(query.as_deref(), &headers, None).show(&service, pages::missing)
}

/// One field of a form (`application/x-www-form-urlencoded`, as the WHATWG URL standard decodes it).
fn field(form: &[u8], name: &str) -> String {
    let pair = form.split(|byte| *byte == b'&').find_map(|pair| {
        let at = pair.iter().position(|byte| *byte == b'=')?;
        let (key, value) = pair.split_at(at);
        (key == name.as_bytes()).then(|| value.get(1..).unwrap_or_default())
    });
    let mut bytes = Vec::new();
    let mut rest = pair.unwrap_or_default().iter().copied();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let mut ahead = rest.clone();
                let digits = [ahead.next(), ahead.next()].map(|d| d.and_then(|d| char::from(d).to_digit(16)));
                if let [Some(high), Some(low)] = digits {
                    bytes.push(u8::try_from(high << 4 | low).unwrap_or_default());
                    rest = ahead;
                } else {
                    bytes.push(byte);
                }
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_s_field_is_read_as_browsers_write_it() {
        let check = |form: &str, name: &str, expected: &str| {
            assert_eq!(field(form.as_bytes(), name), expected, "{form}");
        };
        check("folio=T7K-4QX9-2MB&codigo=4F7K-92TQ", "codigo", "4F7K-92TQ");
        check("folio=T7K+4QX9%202MB", "folio", "T7K 4QX9 2MB");
        check("folio=%C3%B1and%C3%BA", "folio", "ñandú");
        check("folio=100%&x=%zz", "folio", "100%");
        check("folio=100%&x=%zz", "x", "%zz");
        check("folio", "folio", "");
        check("", "folio", "");
        check("folio=a=b", "folio", "a=b");
        check("folio=%ff%fe", "folio", "\u{fffd}\u{fffd}");
    }

    #[test]
    fn the_reader_s_language() {
        let check = |query: Option<&str>, accepted: &str, expected| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_str(accepted).unwrap());
            assert_eq!(language(query, &headers), expected, "{query:?} {accepted}");
        };
        check(None, "es-CL,es;q=0.9,en;q=0.8", Language::Spanish);
        check(None, "en-US,en;q=0.9", Language::English);
        check(None, "arn, en;q=0.5, es;q=0.4", Language::English);
        check(None, "ht", Language::Spanish);
        check(None, "", Language::Spanish);
        check(Some("lang=en"), "es-CL", Language::English);
        check(Some("x=1&lang=es"), "en", Language::Spanish);
        check(Some("lang=xx"), "en", Language::English);
    }
}
