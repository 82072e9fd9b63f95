//! A real server on this machine that answers as the office does, for one ledger, in memory.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use ed25519_dalek::SigningKey;
use tokio::net::TcpListener;
use wire::manifest::{Manifest, Part, PartKind, Watermark};
use wire::push::{Checkpoint, Outcome, Push};
use wire::sign1::Sign1;
use wire::time::SignedTime;
use wire::{Hash, chain};

use crate::memory::{DEVICE, EPOCH, OFFICE, device_key};

pub(crate) fn checkpoint_key() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

pub(crate) fn content_key() -> SigningKey {
    SigningKey::from_bytes(&[2; 32])
}

/// The time that it tells: 2026-11-21.
pub(crate) const TIME_UNIX_S: u64 = 1_795_230_000;
const PART: &[u8] = b"directorio";

#[derive(Default)]
pub(crate) struct Desk {
    /// The chain's hash after each entry.
    pub(crate) hashes: Vec<Hash>,
    answers: BTreeMap<Hash, Vec<u8>>,
    /// Requests that came.
    pub(crate) requests: usize,
    /// What to answer instead, last first.
    pub(crate) instead: Vec<Instead>,
}

/// An answer that is not the usual one.
#[derive(Clone, Copy)]
pub(crate) enum Instead {
    Status(u16, Option<&'static str>),
    Refused(u16, &'static str),
    Page(u16, &'static str),
    Redirect,
    /// Somebody else's signature.
    Stranger,
    /// Nothing, ever.
    Silence,
    /// A head, and then nothing.
    HeadOnly,
}

pub(crate) struct Office {
    pub(crate) address: SocketAddr,
    pub(crate) desk: Arc<Mutex<Desk>>,
}

impl Office {
    pub(crate) async fn start() -> Self {
        let desk = Arc::new(Mutex::new(Desk::default()));
        let router = Router::new()
            .route("/v1/push", post(push))
            .route("/v1/manifest/{kid}", get(manifest))
            .route("/v1/part/{hash}", get(async || cbor(PART.to_vec())))
            .route("/v1/time/{nonce}", get(time))
            .layer(axum::middleware::from_fn_with_state(desk.clone(), instead))
            .with_state(desk.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, desk }
    }

    pub(crate) fn count(&self) -> u64 {
        self.desk.lock().unwrap().hashes.len() as u64
    }

    pub(crate) fn head(&self) -> Option<Hash> {
        self.desk.lock().unwrap().hashes.last().copied()
    }

    pub(crate) fn requests(&self) -> usize {
        self.desk.lock().unwrap().requests
    }

    /// Answers the next requests so, and the ones after as usual.
    pub(crate) fn answer_instead(&self, answers: &[Instead]) {
        self.desk.lock().unwrap().instead = answers.iter().rev().copied().collect();
    }
}

type Shared = State<Arc<Mutex<Desk>>>;

async fn instead(
    State(desk): Shared,
    request: axum::extract::Request,
    next: axum::middleware::Next,
) -> Response {
    let instead = {
        let mut desk = desk.lock().unwrap();
        desk.requests += 1;
        desk.instead.pop()
    };
    let status = |code| StatusCode::from_u16(code).unwrap();
    match instead {
        None => next.run(request).await,
        Some(Instead::Status(code, retry_after)) => {
            let mut answer = status(code).into_response();
            if let Some(seconds) = retry_after {
                answer.headers_mut().insert(header::RETRY_AFTER, seconds.parse().unwrap());
            }
            answer
        }
        Some(Instead::Refused(code, why)) => {
            let body = format!("{{\"code\":\"{why}\",\"reason\":\"-\"}}");
            (status(code), [(header::CONTENT_TYPE, "application/json")], body).into_response()
        }
        Some(Instead::Page(code, kind)) => {
            let page = "<html><h1>Bienvenido a la red</h1></html>";
            (status(code), [(header::CONTENT_TYPE, kind)], page).into_response()
        }
        Some(Instead::Redirect) => {
            (StatusCode::FOUND, [(header::LOCATION, "http://127.0.0.1:1/ingreso")]).into_response()
        }
        Some(Instead::Stranger) => {
            let push = Push {
                office: OFFICE,
                device: DEVICE,
                epoch: EPOCH,
                from: 0,
                previous: Hash([0; 32]),
                entries: Vec::new(),
                head: Hash([0; 32]),
            };
            let answer = Checkpoint::new(&push, Outcome::Accepted, None, (1, Hash([0; 32])), 0);
            cbor(answer.sign(&SigningKey::from_bytes(&[66; 32])))
        }
        Some(Instead::Silence) => std::future::pending().await,
        Some(Instead::HeadOnly) => {
            let never = axum::body::Body::new(Never);
            (StatusCode::OK, [(header::CONTENT_TYPE, "application/cbor")], never).into_response()
        }
    }
}

/// A body that never comes.
struct Never;

impl axum::body::HttpBody for Never {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<hyper::body::Frame<Bytes>, Self::Error>>> {
        std::task::Poll::Pending
    }
}

fn cbor(bytes: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, "application/cbor")], bytes).into_response()
}

async fn push(State(desk): Shared, body: Bytes) -> Response {
    let mut desk = desk.lock().unwrap();
    let signed = Sign1::read(&body).unwrap();
    let payload = Hash::of(signed.unverified_payload());
    if let Some(answer) = desk.answers.get(&payload) {
        return cbor(answer.clone());
    }
    let push = Push::open(&signed, &device_key().verifying_key()).unwrap();
    let beginning = chain::genesis(OFFICE, b"certificate", EPOCH);
    let count = desk.hashes.len() as u64;
    let at = |count: u64| match count {
        0 => Some(beginning),
        count => desk.hashes.get(usize::try_from(count).unwrap() - 1).copied(),
    };
    if at(push.from) != Some(push.previous) {
        let end = (count, at(count).unwrap());
        return cbor(Checkpoint::new(&push, Outcome::Gap, None, end, TIME_UNIX_S).sign(&checkpoint_key()));
    }
    for (seq, hash, _) in push.hashes() {
        match desk.hashes.get(usize::try_from(seq).unwrap() - 1) {
            Some(known) => assert_eq!(*known, hash, "nothing here forks"),
            None => desk.hashes.push(hash),
        }
    }
    let end = (push.count(), push.head);
    let answer = Checkpoint::new(&push, Outcome::Accepted, None, end, TIME_UNIX_S).sign(&checkpoint_key());
    desk.answers.insert(payload, answer.clone());
    cbor(answer)
}

async fn manifest(State(desk): Shared, headers: HeaderMap) -> Response {
    let desk = desk.lock().unwrap();
    let number = desk.hashes.len() as u64 + 1;
    let etag = format!("\"{number}\"");
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known == etag.as_str()) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response();
    }
    let mut manifest = Manifest::new(OFFICE, DEVICE, number, number);
    let (hash, len) = (Hash::of(PART), PART.len() as u64);
    manifest.parts.push(Part { kind: PartKind::DIRECTORY, hash, len });
    if let Some(head) = desk.hashes.last() {
        let nothing = chain::genesis(OFFICE, b"certificate", EPOCH);
        manifest.watermarks.push(Watermark {
            epoch: EPOCH,
            stored: desk.hashes.len() as u64,
            stored_head: *head,
            safe: 0,
            safe_head: nothing,
        });
    }
    let mut answer = cbor(manifest.sign(&content_key()));
    answer.headers_mut().insert(header::ETAG, etag.parse().unwrap());
    answer
}

async fn time(Path(nonce): Path<String>) -> Response {
    let nonce: Vec<u8> =
        (0..16).map(|at| u8::from_str_radix(&nonce[at * 2..at * 2 + 2], 16).unwrap()).collect();
    cbor(SignedTime::sign(OFFICE, nonce.try_into().unwrap(), TIME_UNIX_S, &checkpoint_key()))
}
