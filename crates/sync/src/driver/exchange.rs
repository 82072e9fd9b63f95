//! The requests that a stand makes, and what counts as the office's answer to them.

use reqwest::header::{CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH};
use reqwest::{Method, Request, Response, StatusCode};
use wire::{ANSWER_BYTES_MAX, DeviceId, Epoch, Hash, KeyId};

use super::office::Office;
use super::traffic::Traffic;
use super::trouble;
use crate::Fault;

pub(super) const CBOR: &str = "application/cbor";

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

    /// The office's role certificates, for a stand that meets a signature by a key that it does not know. Whoever
    /// answers, only what the root signed counts.
    pub async fn certificates(&mut self) -> Result<Vec<u8>, Fault> {
        let request = self.request(Method::GET, "v1/keys");
        let response = self.send(request).await?;
        self.body(response, ANSWER_BYTES_MAX).await
    }

    /// The office's certificate of a closing, named by its ledger, position and hash.
    pub async fn closing(
        &mut self,
        device: DeviceId,
        epoch: Epoch,
        closed: u64,
        hash: Hash,
    ) -> Result<Vec<u8>, Fault> {
        let request = self.request(Method::GET, &format!("v1/closing/{device}/{epoch}/{closed}/{hash}"));
        let response = self.send(request).await?;
        self.body(response, ANSWER_BYTES_MAX).await
    }

    /// A published part.
    pub async fn part(&mut self, hash: Hash, len: u64) -> Result<Vec<u8>, Fault> {
        let mut request = self.request(Method::GET, &format!("v1/part/{hash}"));
        *request.timeout_mut() = Some(self.office.patience.for_bytes(len));
        let response = self.send(request).await?;
        self.body(response, usize::try_from(len).unwrap_or(usize::MAX)).await
    }

    pub(super) async fn post(&mut self, path: &str, bytes: Vec<u8>) -> Result<Vec<u8>, Fault> {
        let mut request = self.request(Method::POST, path);
        request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(CBOR));
        *request.body_mut() = Some(bytes.into());
        let response = self.send(request).await?;
        self.body(response, ANSWER_BYTES_MAX).await
    }

    pub(super) fn request(&self, method: Method, path: &str) -> Request {
        let mut request = Request::new(method, self.office.url(path));
        *request.timeout_mut() = Some(self.office.patience.whole);
        request
    }

    /// Sends a request, counts it, and sorts out every answer that is not the office's own "yes".
    async fn send(&mut self, request: Request) -> Result<Response, Fault> {
        let response = self.execute(request).await?;
        let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        match response.status() {
            StatusCode::NOT_MODIFIED => Ok(response),
            StatusCode::OK if kind == Some(CBOR) => Ok(response),
            _ => Err(self.not_a_yes(response).await),
        }
    }

    /// Sends a request and counts it, whatever comes back.
    pub(super) async fn execute(&mut self, request: Request) -> Result<Response, Fault> {
        self.traffic.sent(&request);
        let response =
            self.office.client.execute(request).await.map_err(|error| trouble::of_error(&error))?;
        self.traffic.answered(&response);
        Ok(response)
    }

    /// What an answer means that is not the office's "yes".
    pub(super) async fn not_a_yes(&mut self, response: Response) -> Fault {
        let (status, retry_after_s) = (response.status(), retry_after_s(response.headers()));
        let is_json = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
        let body = if is_json { self.body(response, ANSWER_BYTES_MAX).await } else { Ok(Vec::new()) };
        match body {
            Ok(body) => trouble::of_status(status, retry_after_s, is_json.then_some(body.as_slice())),
            Err(fault) => fault,
        }
    }

    pub(super) async fn body(&mut self, mut response: Response, bytes_max: usize) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(|error| trouble::of_error(&error))? {
            self.traffic.received(&piece);
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
