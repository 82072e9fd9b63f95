//! Whatever arrives: the right status, a reason, and everyone else served.

use std::sync::Arc;
use std::time::Duration;

use central::serve::{ENROL_BYTES_MAX, FORM_BYTES_MAX, Limits, Tls};
use central_db::{
    BRANCHES_MAX, KEPT_COUNT_MAX, KEPT_DAILY_COUNT_MAX, KEPT_WINDOW_S, SignCheckpoint, SignedPush,
};
use ed25519_dalek::SigningKey;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use wire::manifest::Manifest;
use wire::push::{PUSH_BYTES_MAX, Push};
use wire::sign1::{Context, sign};
use wire::{ANSWER_BYTES_MAX, EntryKind, Epoch, KeyId, OfficeId};

use crate::http::{Response, exchange, get, post, post_cbor};
use crate::office::{NOW, Running};
use crate::stand::{NAMED, Stand, due};

async fn refused(office: &Running, body: &[u8], status: u16, code: &str) {
    let answer = post_cbor(office.address, "/v1/push", body).await;
    assert_eq!((answer.status, answer.code().as_str()), (status, code));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_a_stand_s_push() {
    let office = Running::start().await;
    let mut stand = Stand::enrol(&office, 1).await;
    stand.file(NAMED, due());
    let good = stand.signed(0, 1);

    refused(&office, b"", 400, "malformed").await;
    refused(&office, b"hola", 400, "malformed").await;
    refused(&office, &[0xff; 1_000], 400, "malformed").await;
    for cut in [1, 20, good.len() / 2, good.len() - 1] {
        refused(&office, &good[..cut], 400, "malformed").await;
    }
    refused(&office, &[good.as_slice(), b"x"].concat(), 400, "malformed").await;
    let stranger = SigningKey::from_bytes(&[200; 32]);
    refused(&office, &stand.push(0, 1).sign(&stranger), 401, "unknown_signer").await;
    let mut altered = good.clone();
    let middle = altered.len() / 2;
    altered[middle] ^= 1;
    refused(&office, &altered, 401, "bad_signature").await;
    // Signed by the stand, for another purpose: a receipt's bytes are no push.
    let receipt = sign(&stand.key, Context::Receipt, b"carga");
    refused(&office, &receipt, 401, "bad_signature").await;
    let census = office.store.census().await.unwrap();
    assert_eq!((census.entries, census.kept), (0, 0), "nothing of it was kept");
    stand.sync_accepted().await;
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_stand_signed_is_kept_even_when_nobody_can_read_it() {
    let office = Running::start().await;
    let mut stand = Stand::enrol(&office, 1).await;
    let other = Stand::enrol(&office, 2).await;
    stand.file(NAMED, due());
    let bad_head = Push { head: wire::Hash([0; 32]), ..stand.push(0, 1) };
    let other_office = Push { office: OfficeId([0; 16]), ..stand.push(0, 1) };
    let other_device = Push { device: other.enrolment.device.device, ..stand.push(0, 1) };
    let cases = [
        (sign(&stand.key, Context::Push, b"no es un envio"), "malformed"),
        (bad_head.sign(&stand.key), "chain"),
        (other_office.sign(&stand.key), "other_office"),
        (other_device.sign(&stand.key), "other_device"),
    ];
    for round in 0..2 {
        for (body, code) in &cases {
            refused(&office, body, 400, code).await;
        }
        assert_eq!(office.store.kept().await.unwrap().len(), cases.len(), "round {round}: kept once");
    }
    stand.sync_accepted().await;
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_can_read_is_kept_within_limits() {
    let office = Running::start().await;
    let mut stand = Stand::enrol(&office, 1).await;
    stand.file(NAMED, due());
    let rubbish = |number: u64| sign(&stand.key, Context::Push, &number.to_be_bytes());
    for number in 0..KEPT_DAILY_COUNT_MAX {
        refused(&office, &rubbish(number), 400, "malformed").await;
    }
    refused(&office, &rubbish(KEPT_DAILY_COUNT_MAX), 403, "too_many_kept").await;
    assert_eq!(office.store.census().await.unwrap().kept, KEPT_DAILY_COUNT_MAX);
    refused(&office, &rubbish(0), 400, "malformed").await;
    stand.sync_accepted().await;
    office.set_now(NOW + KEPT_WINDOW_S);
    refused(&office, &rubbish(KEPT_DAILY_COUNT_MAX), 400, "malformed").await;
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_can_read_is_kept_until_a_person_makes_room() {
    let office = Running::start().await;
    let mut stand = Stand::enrol(&office, 1).await;
    stand.file(NAMED, due());
    let rubbish = |number: u64| sign(&stand.key, Context::Push, &number.to_be_bytes());
    for number in 0..KEPT_COUNT_MAX {
        office.set_now(NOW + number / KEPT_DAILY_COUNT_MAX * KEPT_WINDOW_S);
        refused(&office, &rubbish(number), 400, "malformed").await;
    }
    let much_later = NOW + 1_000 * KEPT_WINDOW_S;
    office.set_now(much_later);
    refused(&office, &rubbish(KEPT_COUNT_MAX), 403, "kept_full").await;
    refused(&office, &rubbish(0), 400, "malformed").await;
    let oldest = office.store.kept().await.unwrap().remove(0);
    assert!(office.store.release_kept(oldest.device, oldest.payload_hash).await.unwrap());
    refused(&office, &rubbish(KEPT_COUNT_MAX), 400, "malformed").await;
    refused(&office, &rubbish(KEPT_COUNT_MAX + 1), 403, "kept_full").await;
    office.set_now(NOW);
    stand.sync_accepted().await;
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stolen_key_cannot_begin_branches_until_the_manifest_is_too_large() {
    let office = Running::start().await;
    let stand = Stand::enrol(&office, 1).await;
    let begun = |number: u64| {
        let mut ledger = Stand { epoch: Epoch(number.to_be_bytes()), entries: Vec::new(), ..stand.clone() };
        ledger.record_sealed(EntryKind::REQUEST, KeyId([5; 8]), number.to_be_bytes().to_vec());
        ledger
    };
    let signer: Arc<dyn SignCheckpoint> = Arc::new(office.keys().checkpoint);
    let tasks: Vec<_> = (1..BRANCHES_MAX)
        .map(|number| SignedPush::open(begun(number).signed(0, 1), &stand.key.verifying_key()).unwrap())
        .map(|push| {
            let (store, signer) = (Arc::clone(&office.store), Arc::clone(&signer));
            tokio::spawn(async move { store.accept_push(push, signer, NOW).await.unwrap().stored })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), 1);
    }
    begun(BRANCHES_MAX).sync_accepted().await;
    let mut over = begun(BRANCHES_MAX + 1);
    let filed = over.file(NAMED, due());
    let push = over.signed(0, 2);
    for _ in 0..2 {
        refused(&office, &push, 409, "too_many_branches").await;
    }
    let kept = office.store.kept().await.unwrap();
    assert_eq!((kept.len(), kept[0].why.as_str()), (1, "too_many_branches"), "kept once, as it came");
    let kept = office.store.kept_push(kept[0].device, kept[0].payload_hash).await.unwrap().unwrap();
    assert_eq!(kept.signed, push);
    // There may be a citizen behind it: a person can read it.
    let seen = central::kept::entries(&kept, &stand.key.verifying_key(), &office.opener());
    let looked: Vec<_> = seen.iter().map(|entry| (entry.seq, entry.folio.clone(), entry.why)).collect();
    assert_eq!(looked, [(1, None, Some("unknown_key")), (2, Some(filed.folio.to_string()), None)]);
    let as_filed = seen[1].filed.as_ref().unwrap();
    assert_eq!(as_filed["person"]["name"], "Ñanculeo Aguilera Quilodrán");
    // What the stand asks for next is something that it reads.
    let manifest = get(office.address, &format!("/v1/manifest/{}", stand.kid())).await;
    assert!(manifest.body.len() <= ANSWER_BYTES_MAX, "{} bytes", manifest.body.len());
    let manifest = Manifest::open(&manifest.body, &stand.content_key()).unwrap();
    assert_eq!(manifest.watermarks.len() as u64, BRANCHES_MAX);
    // Ledgers that have their branch go on.
    let mut first = begun(1);
    first.file(NAMED, due());
    first.sync_accepted().await;
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sizes_at_and_above_their_limits() {
    let office = Running::start().await;
    for (path, kind, max) in [
        ("/v1/push", "application/cbor", PUSH_BYTES_MAX),
        ("/v1/enrol", "application/cbor", ENROL_BYTES_MAX),
        ("/estado", "application/x-www-form-urlencoded", FORM_BYTES_MAX),
        ("/verificar", "application/x-www-form-urlencoded", FORM_BYTES_MAX),
    ] {
        let at = post(office.address, path, kind, &vec![b'a'; max]).await;
        assert!(matches!(at.status, 400 | 401 | 422), "{path} at its limit: {}", at.status);
        // Refused by what it says it is, before a byte of it is read.
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: o\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n",
            max + 1
        );
        let announced = exchange(office.address, head.as_bytes()).await;
        assert_eq!((announced.status, announced.code().as_str()), (413, "too_large"), "{path}");
        let chunked = chunked(&office, path, kind, max + 1).await;
        assert_eq!((chunked.status, chunked.code().as_str()), (413, "too_large"), "{path} in chunks");
    }
    let endless = format!("GET / HTTP/1.1\r\nhost: o\r\nx: {}\r\n\r\n", "a".repeat(1 << 20));
    let mut stream = TcpStream::connect(office.address).await.unwrap();
    let _ = stream.write_all(endless.as_bytes()).await;
    let mut raw = Vec::new();
    // The server may close while the rest is still on its way.
    let _ = stream.read_to_end(&mut raw).await;
    assert!(raw.is_empty() || Response::parse(&raw).status == 431);
    assert_eq!(get(office.address, "/healthz").await.text(), "ok\n");
    office.stop().await;
}

/// A body that does not say how long it is.
async fn chunked(office: &Running, path: &str, kind: &str, len: usize) -> Response {
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: o\r\ncontent-type: {kind}\r\ntransfer-encoding: chunked\r\n\r\n"
    );
    let body = format!("{len:x}\r\n{}", "a".repeat(len));
    let mut stream = TcpStream::connect(office.address).await.unwrap();
    let (mut down, mut up) = stream.split();
    let sending = async {
        // The answer may come, and the connection end, before all of it is sent.
        let _ = up.write_all(head.as_bytes()).await;
        let _ = up.write_all(body.as_bytes()).await;
    };
    let mut raw = Vec::new();
    let ((), _) = tokio::join!(sending, down.read_to_end(&mut raw));
    Response::parse(&raw)
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_kinds_methods_and_framing() {
    let office = Running::start().await;
    let wrong = post(office.address, "/v1/push", "application/json", b"{}").await;
    assert_eq!((wrong.status, wrong.code().as_str()), (415, "media_type"));
    let none = exchange(
        office.address,
        b"POST /v1/push HTTP/1.1\r\nhost: o\r\ncontent-type: application/cbor\r\nconnection: close\r\n\r\n",
    )
    .await;
    assert_eq!((none.status, none.code().as_str()), (411, "length_required"));
    assert_eq!(get(office.address, "/v1/push").await.status, 405);
    for path in [
        "/../../etc/passwd",
        "/R/../keys",
        "/R/%2e%2e%2fkeys%2froot.pub",
        "/v1/part/..%2f..",
        "/%00",
        "//",
        "/R/",
    ] {
        assert_eq!(get(office.address, path).await.status, 404, "{path}");
    }
    let garbage = exchange(office.address, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n").await;
    assert_eq!(garbage.status, 400, "TLS to a plain port");
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_heads_and_bodies_are_let_go() {
    let limits = Limits {
        head_time_max: Duration::from_millis(200),
        body_pause_max: Duration::from_millis(200),
        ..Limits::default()
    };
    let office = Running::start_with(limits).await;
    // A body that stands still: nothing more is sent, and the answer is what ends the wait.
    let stalled = exchange(office.address, b"POST /v1/push HTTP/1.1\r\nhost: o\r\ncontent-type: application/cbor\r\ncontent-length: 500\r\n\r\nabc").await;
    assert_eq!((stalled.status, stalled.code().as_str()), (408, "too_slow"));
    // A head that never ends.
    let mut stream = TcpStream::connect(office.address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nhost: ").await.unwrap();
    let mut raw = Vec::new();
    let _ = stream.read_to_end(&mut raw).await;
    assert!(raw.is_empty() || Response::parse(&raw).status == 408);
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_trickles_ends_with_its_time() {
    let limits = Limits {
        body_time_max: Duration::from_millis(300),
        body_pause_max: Duration::from_mins(1),
        ..Limits::default()
    };
    let office = Running::start_with(limits).await;
    let slow = exchange(office.address, b"POST /v1/push HTTP/1.1\r\nhost: o\r\ncontent-type: application/cbor\r\ncontent-length: 500\r\n\r\nabc").await;
    assert_eq!((slow.status, slow.code().as_str()), (408, "too_slow"));
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_office_says_when_to_come_back() {
    let office = Running::start_with(Limits { pushes_max: 1, ..Limits::default() }).await;
    let mut stand = Stand::enrol(&office, 1).await;
    stand.file(NAMED, due());
    let good = stand.signed(0, 1);
    // One push holds the only place: its head was read once `100 Continue` came, and its body waits.
    let mut holding = TcpStream::connect(office.address).await.unwrap();
    let head = format!(
        "POST /v1/push HTTP/1.1\r\nhost: o\r\nconnection: close\r\nexpect: 100-continue\r\ncontent-type: application/cbor\r\ncontent-length: {}\r\n\r\n",
        good.len()
    );
    holding.write_all(head.as_bytes()).await.unwrap();
    let mut ready = [0; 25];
    holding.read_exact(&mut ready).await.unwrap();
    assert!(ready.starts_with(b"HTTP/1.1 100 Continue"));
    let busy = post_cbor(office.address, "/v1/push", &good).await;
    assert_eq!((busy.status, busy.code().as_str(), busy.headers["retry-after"].as_str()), (503, "busy", "5"));
    assert_eq!(get(office.address, "/").await.status, 200, "citizens are served meanwhile");
    holding.write_all(&good).await.unwrap();
    let mut raw = Vec::new();
    holding.read_to_end(&mut raw).await.unwrap();
    stand.read(&Response::parse(&raw));
    stand.sync_accepted().await;
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_connection_costs_nobody_else_anything() {
    let office = Running::start().await;
    let mut stand = Stand::enrol(&office, 1).await;
    for _ in 0..5 {
        stand.file(NAMED, due());
    }
    let good = stand.signed(0, 5);
    let head = format!(
        "POST /v1/push HTTP/1.1\r\nhost: o\r\ncontent-type: application/cbor\r\ncontent-length: {}\r\n\r\n",
        good.len()
    );
    let whole = [head.as_bytes(), &good].concat();
    for cut in [5, head.len(), head.len() + 1, whole.len() / 2, whole.len() - 1, whole.len()] {
        let mut stream = TcpStream::connect(office.address).await.unwrap();
        stream.write_all(&whole[..cut]).await.unwrap();
        drop(stream);
    }
    stand.sync_accepted().await;
    assert_eq!(office.store.census().await.unwrap().entries, 5);
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn enrolments_are_guesses_and_limited() {
    let rate = central::serve::Rate { burst: 2, per_minute: 6 };
    let office = Running::start_with(Limits { guesses_per_address: rate, ..Limits::default() }).await;
    for _ in 0..2 {
        assert_eq!(post_cbor(office.address, "/v1/enrol", b"hola").await.status, 400);
    }
    let above = post_cbor(office.address, "/v1/enrol", b"hola").await;
    assert_eq!((above.status, above.code().as_str()), (429, "too_many"));
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tls_is_spoken_where_no_proxy_stands_in_front() {
    let home = tempfile::tempdir().unwrap();
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let (certificate, private) = (home.path().join("cert.pem"), home.path().join("key.pem"));
    std::fs::write(&certificate, made.cert.pem()).unwrap();
    std::fs::write(&private, made.signing_key.serialize_pem()).unwrap();
    assert!(Tls::load(&private, &certificate).is_err(), "the wrong way round");
    let tls = Tls::load(&certificate, &private).unwrap();
    let limits = Limits { head_time_max: Duration::from_millis(300), ..Limits::default() };
    let office = Running::start_speaking(limits, Some(tls)).await;

    let mut roots = rustls::RootCertStore::empty();
    roots.add(made.cert.der().clone()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let stream = TcpStream::connect(office.address).await.unwrap();
    let connector = tokio_rustls::TlsConnector::from(Arc::new(config));
    let mut stream = connector.connect("localhost".try_into().unwrap(), stream).await.unwrap();
    stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: o\r\nconnection: close\r\n\r\n").await.unwrap();
    let mut raw = Vec::new();
    // A peer that closes without the last record of TLS is no concern of this test.
    let _ = stream.read_to_end(&mut raw).await;
    assert_eq!(Response::parse(&raw).text(), "ok\n");

    // Plain HTTP to it, and a greeting that never ends, are let go.
    for greeting in [b"GET / HTTP/1.1\r\n\r\n".as_slice(), b"\x16"] {
        let mut stream = TcpStream::connect(office.address).await.unwrap();
        stream.write_all(greeting).await.unwrap();
        let mut raw = Vec::new();
        let _ = stream.read_to_end(&mut raw).await;
        assert!(!raw.starts_with(b"HTTP"));
    }
    office.stop().await;
}
