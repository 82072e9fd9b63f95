//! HTTP to the central office, with as few bytes as it takes.
//!
//! No redirect is followed: the office never redirects, so a redirect is the local network's sign-in page. Plain
//! HTTP is spoken to this machine only. Trust in TLS comes from the system's own store, where a ministry with an
//! authority of its own has put it, and from one more root that the enrolment may name; what the office says is
//! signed besides, so that TLS hides who syncs and how much, and no more rests on it.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH};
use reqwest::{Method, Request, Response, StatusCode, Url};
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use wire::{Hash, KeyId};

use super::trouble;
use crate::Fault;

const CBOR: &str = "application/cbor";
/// To open a connection over a link with a second of round trip.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(20);
/// Nothing came for so long: the link is dead. Longer than a chunk takes to upload at the slowest rate.
const READ_TIMEOUT: Duration = Duration::from_mins(1);
/// Largest answer that is read, in bytes, apart from published parts.
const ANSWER_BYTES_MAX: usize = 256 * 1_024;

/// The central office, as this stand reaches it.
#[derive(Debug, Clone)]
pub struct Office {
    base: Url,
    client: reqwest::Client,
}

/// Why no connection can even be tried.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// Not an address.
    #[error("not an address: {0}")]
    Address(String),
    /// Plain HTTP to another machine: everybody on the way would see who syncs.
    #[error("only https reaches other machines")]
    PlainHttp,
    /// The extra root certificate doesn't read.
    #[error("the extra root certificate can't be read: {0}")]
    RootCertificate(String),
    /// TLS can't be set up.
    #[error("tls can't be set up: {0}")]
    Tls(String),
}

/// HTTP bytes and requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Traffic {
    /// Requests made.
    pub requests: u64,
    /// Bytes of requests, heads and bodies.
    pub bytes_up: u64,
    /// Bytes of answers, heads and bodies.
    pub bytes_down: u64,
}

impl Office {
    /// The office at an address, trusting the system's roots and one more (PEM).
    pub fn at(address: &str, extra_root: Option<&[u8]>) -> Result<Self, ConnectError> {
        let base = Url::parse(address.trim()).map_err(|_| ConnectError::Address(address.to_owned()))?;
        match base.scheme() {
            "https" => {}
            "http" if is_loopback(&base) => {}
            "http" => return Err(ConnectError::PlainHttp),
            _ => return Err(ConnectError::Address(address.to_owned())),
        }
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls(extra_root)?)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .no_proxy()
            .http1_only()
            .connect_timeout(CONNECT_TIMEOUT)
            .read_timeout(READ_TIMEOUT)
            .build()
            .map_err(|error| ConnectError::Tls(error.to_string()))?;
        Ok(Self { base, client })
    }

    fn url(&self, path: &str) -> Url {
        let mut url = self.base.clone();
        let joined = format!("{}/{path}", self.base.path().trim_end_matches('/'));
        url.set_path(&joined);
        url
    }

    /// Asks to be enrolled. The office's refusal comes with its code.
    pub async fn enrol(&self, request: Vec<u8>) -> Result<OfficeAnswer, Fault> {
        let mut exchange = Exchange::new(self, KeyId([0; KeyId::LEN]));
        match exchange.post("v1/enrol", request).await {
            Ok(bytes) => Ok(OfficeAnswer::Given(bytes)),
            Err(Fault::Refused { code, .. }) => Ok(OfficeAnswer::Refused(code)),
            Err(fault) => Err(fault),
        }
    }
}

/// What the office said to an enrolment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OfficeAnswer {
    /// The signed answer.
    Given(Vec<u8>),
    /// Its code for why not.
    Refused(String),
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn tls(extra_root: Option<&[u8]>) -> Result<rustls::ClientConfig, ConnectError> {
    let mut roots = RootCertStore::empty();
    // What the system's store holds and can't be read is not trusted; nothing else depends on it.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if let Some(pem) = extra_root {
        for certificate in CertificateDer::pem_slice_iter(pem) {
            let certificate =
                certificate.map_err(|error| ConnectError::RootCertificate(error.to_string()))?;
            roots.add(certificate).map_err(|error| ConnectError::RootCertificate(error.to_string()))?;
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| ConnectError::Tls(error.to_string()))?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

/// The requests of one sync, counted.
pub struct Exchange<'a> {
    office: &'a Office,
    kid: KeyId,
    /// What went over the wire so far.
    pub traffic: Traffic,
}

impl<'a> Exchange<'a> {
    /// The exchange of the stand whose key has this id.
    pub fn new(office: &'a Office, kid: KeyId) -> Self {
        Self { office, kid, traffic: Traffic::default() }
    }

    /// Pushes a chunk; the answer is central's signed checkpoint.
    pub async fn push(&mut self, bytes: Vec<u8>) -> Result<Vec<u8>, Fault> {
        self.post("v1/push", bytes).await
    }

    /// The manifest with its entity tag; nothing when it is still the one of `etag`. Where "nothing new" is no
    /// good answer, the number of the manifest that the stand has is named in the query: an office that was
    /// restored from a backup gives its next one a higher number.
    pub async fn manifest(
        &mut self,
        etag: Option<&str>,
        number: Option<u64>,
    ) -> Result<Option<(Vec<u8>, Option<String>)>, Fault> {
        let mut request = self.request(Method::GET, &format!("v1/manifest/{}", self.kid));
        match (etag.and_then(|etag| HeaderValue::from_str(etag).ok()), number) {
            (Some(etag), _) => {
                request.headers_mut().insert(IF_NONE_MATCH, etag);
            }
            (None, Some(number)) => request.url_mut().set_query(Some(&format!("held={number}"))),
            (None, None) => {}
        }
        let response = self.send(request).await?;
        if response.status() == StatusCode::NOT_MODIFIED {
            return Ok(None);
        }
        let etag = response.headers().get(ETAG).and_then(|etag| etag.to_str().ok()).map(ToOwned::to_owned);
        Ok(Some((self.body(response, ANSWER_BYTES_MAX).await?, etag)))
    }

    /// Central's signed time, answered to a nonce.
    pub async fn time(&mut self, nonce: [u8; 16]) -> Result<Vec<u8>, Fault> {
        let path = nonce.iter().fold(String::from("v1/time/"), |path, byte| format!("{path}{byte:02x}"));
        let request = self.request(Method::GET, &path);
        let response = self.send(request).await?;
        self.body(response, ANSWER_BYTES_MAX).await
    }

    /// A published part.
    pub async fn part(&mut self, hash: Hash, len: u64) -> Result<Vec<u8>, Fault> {
        let request = self.request(Method::GET, &format!("v1/part/{hash}"));
        let response = self.send(request).await?;
        self.body(response, usize::try_from(len).unwrap_or(usize::MAX)).await
    }

    async fn post(&mut self, path: &str, bytes: Vec<u8>) -> Result<Vec<u8>, Fault> {
        let mut request = self.request(Method::POST, path);
        request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(CBOR));
        *request.body_mut() = Some(bytes.into());
        let response = self.send(request).await?;
        self.body(response, ANSWER_BYTES_MAX).await
    }

    fn request(&self, method: Method, path: &str) -> Request {
        Request::new(method, self.office.url(path))
    }

    /// Sends a request, counts it, and sorts out every answer that is not the office's own "yes".
    async fn send(&mut self, request: Request) -> Result<Response, Fault> {
        self.traffic.requests = self.traffic.requests.saturating_add(1);
        self.traffic.bytes_up = self.traffic.bytes_up.saturating_add(request_bytes(&request));
        let response =
            self.office.client.execute(request).await.map_err(|error| trouble::of_error(&error))?;
        self.traffic.bytes_down = self.traffic.bytes_down.saturating_add(head_bytes(&response));
        let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        match response.status() {
            StatusCode::NOT_MODIFIED => Ok(response),
            StatusCode::OK if kind == Some(CBOR) => Ok(response),
            status => {
                let (is_json, retry_after_s) =
                    (kind == Some("application/json"), retry_after_s(response.headers()));
                let body = if is_json { self.body(response, ANSWER_BYTES_MAX).await? } else { Vec::new() };
                Err(trouble::of_status(status, retry_after_s, is_json.then_some(body.as_slice())))
            }
        }
    }

    async fn body(&mut self, mut response: Response, bytes_max: usize) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(|error| trouble::of_error(&error))? {
            self.traffic.bytes_down = self.traffic.bytes_down.saturating_add(len(&piece));
            if bytes.len().saturating_add(piece.len()) > bytes_max {
                return Err(Fault::Contradiction);
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes)
    }
}

fn retry_after_s(headers: &HeaderMap) -> Option<u64> {
    headers.get(reqwest::header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()
}

fn len(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

/// The length of each header's line: name, colon, space, value, line break.
fn header_bytes(headers: &HeaderMap) -> u64 {
    let lines = headers
        .iter()
        .map(|(name, value)| len(name.as_str().as_bytes()).saturating_add(len(value.as_bytes())));
    lines.fold(0, |sum, line| sum.saturating_add(line).saturating_add(4))
}

/// The bytes of a request as HTTP/1.1 has them (RFC 9112): its line, our headers, the three that the client adds,
/// the empty line and the body.
fn request_bytes(request: &Request) -> u64 {
    let query = request.url().query().map(|query| format!("?{query}")).unwrap_or_default();
    let line = format!("{} {}{query} HTTP/1.1\r\n", request.method(), request.url().path());
    let authority = match (request.url().host_str(), request.url().port()) {
        (Some(host), Some(port)) => format!("{host}:{port}"),
        (host, _) => host.unwrap_or_default().to_owned(),
    };
    let body = request.body().and_then(reqwest::Body::as_bytes).unwrap_or_default();
    let length = if body.is_empty() { String::new() } else { format!("content-length: {}\r\n", body.len()) };
    let added = format!("accept: */*\r\nhost: {authority}\r\n{length}");
    [line.len(), added.len(), 2, body.len()]
        .into_iter()
        .map(|part| u64::try_from(part).unwrap_or(u64::MAX))
        .fold(header_bytes(request.headers()), u64::saturating_add)
}

/// The bytes of an answer's head: its line with the standard reason, its headers and the empty line.
fn head_bytes(response: &Response) -> u64 {
    let line = format!("HTTP/1.1 {}\r\n", response.status());
    len(line.as_bytes()).saturating_add(header_bytes(response.headers())).saturating_add(2)
}
