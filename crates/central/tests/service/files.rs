//! Sealed files: gone on with from any byte, whole once, the same word for ever, and nothing for strangers.

use std::time::Duration;

use central::serve::Limits;
use domain::{Folio, MediaType};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use wire::body::{Attachment, Body, SealedFile};
use wire::cert::Role;
use wire::file::{CHUNK_BYTES, FileKey, SEALED_FILE_BYTES_MAX};
use wire::sign1::{Context, sign};
use wire::upload::{Stored, Upload};
use wire::{DeviceId, EntryKind, Hash, KeyId, OfficeId};

use crate::http::{Response, exchange, get_with};
use crate::office::{NOW, Running};
use crate::stand::{NAMED, Stand, captured, due};

/// A sealed file with all that is announced of it.
struct Handed {
    sealed: Vec<u8>,
    content: Vec<u8>,
    upload: Upload,
}

/// A PDF of so many bytes.
fn pdf(len: usize) -> Vec<u8> {
    let mut content = b"%PDF-1.7\n".to_vec();
    content.resize(len - 20, b'x');
    content.extend_from_slice(b"\nstartxref\n9\n%%EOF\n");
    content
}

/// Files a request, and announces a file with it.
fn hand_over(stand: &mut Stand, folio: Folio, len: usize, media_type: &str) -> Handed {
    let content = pdf(len);
    let key = FileKey::draw(&mut stand.rng);
    let sealed = wire::file::seal(&content, &key).unwrap();
    let hash = Hash::of(&sealed);
    let bytes = sealed.len() as u64;
    let seq = stand.record(&Body::Attachment(Box::new(Attachment {
        id: uuid::Uuid::from_u128(u128::from(stand.entries.len() as u64) + 77),
        filed_id: None,
        request: uuid::Uuid::from_bytes([7; 16]),
        folio,
        captured: captured(),
        name: Some("la boleta".into()),
        media_type: media_type.into(),
        bytes: content.len() as u64,
        sealed: SealedFile { hash, bytes, chunk_bytes: CHUNK_BYTES, key },
        outing: None,
    })));
    let device = &stand.enrolment.device;
    let upload = Upload::new(device.office, device.device, (stand.epoch, seq), hash, bytes);
    Handed { sealed, content, upload }
}

fn credentials(statement: &[u8]) -> String {
    format!("authorization: OIRS {}\r\n", data_encoding::BASE64URL_NOPAD.encode(statement))
}

async fn ask(stand: &Stand, handed: &Handed) -> Response {
    let head = credentials(&handed.upload.sign(&stand.key));
    get_with(stand.address, &format!("/v1/file/{}", handed.upload.hash), &head).await
}

fn piece(stand: &Stand, handed: &Handed, from: usize, bytes: &[u8], said: usize) -> Vec<u8> {
    let head = format!(
        "PATCH /v1/file/{} HTTP/1.1\r\nhost: o\r\nconnection: close\r\ncontent-type: application/partial-upload\r\n\
         upload-offset: {from}\r\nupload-complete: ?0\r\n{}content-length: {said}\r\n\r\n",
        handed.upload.hash,
        credentials(&handed.upload.sign(&stand.key))
    );
    [head.as_bytes(), bytes].concat()
}

async fn send(stand: &Stand, handed: &Handed, from: usize, bytes: &[u8]) -> Response {
    exchange(stand.address, &piece(stand, handed, from, bytes, bytes.len())).await
}

fn offset(answer: &Response) -> Option<u64> {
    answer.headers.get("upload-offset")?.parse().ok()
}

fn word(stand: &Stand, handed: &Handed, answer: &Response) -> Stored {
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    let key = stand.enrolment.verifying_key(Role::Checkpoint).unwrap();
    let stored = Stored::open(&answer.body, &key).unwrap();
    assert_eq!(stored, Stored::new(&handed.upload, stored.time_unix_s));
    stored
}

/// A stand with a request and a file of so many bytes, both announced and pushed.
async fn announced(office: &Running, len: usize) -> (Stand, Handed, Folio) {
    let mut stand = Stand::enrol(office, 1).await;
    let folio = stand.file(NAMED, due()).folio;
    let handed = hand_over(&mut stand, folio, len, "application/pdf");
    stand.sync_accepted().await;
    (stand, handed, folio)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_comes_piece_by_piece_and_its_word_stays() {
    let office = Running::start().await;
    let (stand, handed, folio) = announced(&office, 200_000).await;
    let before = ask(&stand, &handed).await;
    assert_eq!((before.status, offset(&before)), (204, Some(0)));
    let (one, two) = (77_777, 150_001);
    let answer = send(&stand, &handed, 0, &handed.sealed[..one]).await;
    assert_eq!((answer.status, offset(&answer)), (204, Some(one as u64)));
    for wrong in [0, one - 1, one + 1] {
        let answer = send(&stand, &handed, wrong, &handed.sealed[wrong..wrong + 10]).await;
        assert_eq!((answer.status, offset(&answer)), (409, Some(one as u64)), "{wrong}");
        assert_eq!(answer.code(), "other_offset");
    }
    assert_eq!(
        office.desk().attachment(&folio.to_string(), 1, NOW).await.err().unwrap().to_string(),
        "the file of attachment 1 has not arrived"
    );
    assert_eq!(offset(&send(&stand, &handed, one, &handed.sealed[one..two]).await), Some(two as u64));
    let last = send(&stand, &handed, two, &handed.sealed[two..]).await;
    assert_eq!(word(&stand, &handed, &last).time_unix_s, NOW);
    office.set_now(NOW + 500);
    for again in [ask(&stand, &handed).await, send(&stand, &handed, 0, &handed.sealed[..9]).await] {
        assert_eq!((again.status, again.body), (200, last.body.clone()), "byte for byte");
    }
    let opened = office.desk().attachment(&folio.to_string(), 1, NOW).await.unwrap();
    assert_eq!(opened.media_type, MediaType::Pdf.as_str());
    assert!(opened.content.as_slice() == handed.content);
    let detail = office.desk().show(&folio.to_string(), NOW).await.unwrap().remove(0);
    let view = &detail.attachments[0];
    assert_eq!((view.number, view.stored, view.name.as_deref()), (1, true, Some("la boleta")));
    assert_eq!(office.store.files().await.unwrap().stored, 1);
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_leaves_what_arrived() {
    let office = Running::start().await;
    let (stand, handed, _) = announced(&office, 100_000).await;
    let mut arrived = 0;
    for more in [1, 9_999, 20_000] {
        let mut stream = TcpStream::connect(stand.address).await.unwrap();
        let rest = &handed.sealed[arrived..];
        stream.write_all(&piece(&stand, &handed, arrived, &rest[..more], rest.len())).await.unwrap();
        stream.shutdown().await.unwrap();
        let mut answer = Vec::new();
        // However it ends: the connection was cut.
        let _ = stream.read_to_end(&mut answer).await;
        arrived += more;
        assert_eq!(offset(&ask(&stand, &handed).await), Some(arrived as u64));
    }
    word(&stand, &handed, &send(&stand, &handed, arrived, &handed.sealed[arrived..]).await);
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_piece_that_stands_still_is_ended_and_kept() {
    let limits = Limits { body_pause_max: Duration::from_millis(50), ..Limits::default() };
    let office = Running::start_with(limits).await;
    let (stand, handed, _) = announced(&office, 100_000).await;
    let answer =
        exchange(stand.address, &piece(&stand, &handed, 0, &handed.sealed[..30_000], handed.sealed.len()))
            .await;
    assert_eq!((answer.status, answer.code().as_str()), (408, "too_slow"));
    assert_eq!(offset(&ask(&stand, &handed).await), Some(30_000));
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_request_goes_first() {
    // The one before would be waited for as long as a body may stand still.
    let limits = Limits {
        body_pause_max: Duration::from_hours(1),
        body_time_max: Duration::from_hours(1),
        ..Limits::default()
    };
    let office = Running::start_with(limits).await;
    let (stand, handed, _) = announced(&office, 100_000).await;
    let mut hanging = TcpStream::connect(stand.address).await.unwrap();
    hanging
        .write_all(&piece(&stand, &handed, 0, &handed.sealed[..50_000], handed.sealed.len()))
        .await
        .unwrap();
    hanging.flush().await.unwrap();
    // Whatever of it has been read is kept, and the rest is sent from there.
    let mut here = 0;
    while here < 50_000 {
        here = usize::try_from(offset(&ask(&stand, &handed).await).unwrap()).unwrap();
        if here < 50_000 {
            let answer = send(&stand, &handed, here, &handed.sealed[here..50_000]).await;
            here = usize::try_from(offset(&answer).unwrap()).unwrap();
        }
    }
    word(&stand, &handed, &send(&stand, &handed, here, &handed.sealed[here..]).await);
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_end_in_one_whole_file() {
    let office = Running::start().await;
    let (stand, handed, _) = announced(&office, 300_000).await;
    let handed = std::sync::Arc::new(handed);
    let senders: Vec<_> = (0..8)
        .map(|_| {
            let (stand, handed) = (stand.clone(), std::sync::Arc::clone(&handed));
            tokio::spawn(async move {
                loop {
                    let answer = ask(&stand, &handed).await;
                    let Some(here) = offset(&answer) else { return answer.body };
                    let here = usize::try_from(here).unwrap();
                    let end = (here + 40_000).min(handed.sealed.len());
                    let answer = send(&stand, &handed, here, &handed.sealed[here..end]).await;
                    if answer.status == 200 {
                        return answer.body;
                    }
                }
            })
        })
        .collect();
    let mut words = Vec::new();
    for sender in senders {
        words.push(sender.await.unwrap());
    }
    words.dedup();
    assert_eq!(words.len(), 1, "one word for all");
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn other_bytes_are_dropped_and_sent_anew() {
    let office = Running::start().await;
    let (stand, handed, _) = announced(&office, 50_000).await;
    let mut altered = handed.sealed.clone();
    altered[1_000] ^= 1;
    let refused = send(&stand, &handed, 0, &altered).await;
    assert_eq!((refused.status, refused.code().as_str()), (422, "other_bytes"));
    assert_eq!(offset(&ask(&stand, &handed).await), Some(0));
    let longer = [handed.sealed.as_slice(), b"more"].concat();
    let refused = send(&stand, &handed, 0, &longer).await;
    assert_eq!((refused.status, refused.code().as_str()), (413, "too_large"));
    word(&stand, &handed, &send(&stand, &handed, 0, &handed.sealed).await);
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_a_stand_of_this_office_announces() {
    let office = Running::start().await;
    let (mut stand, handed, folio) = announced(&office, 1_000).await;
    let other = Stand::enrol(&office, 2).await;
    let path = format!("/v1/file/{}", handed.upload.hash);
    let refused = async |statement: &[u8], status: u16, code: &str| {
        let answer = get_with(office.address, &path, &credentials(statement)).await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code));
    };
    let Upload { office: id, device, epoch, seq, hash, bytes, .. } = handed.upload;
    refused(b"", 400, "malformed").await;
    refused(b"hola", 400, "malformed").await;
    refused(&handed.upload.sign(&crate::stand::key(200)), 401, "unknown_signer").await;
    refused(&sign(&stand.key, Context::Push, b"x"), 401, "bad_signature").await;
    refused(&handed.upload.sign(&other.key), 400, "other_device").await;
    let elsewhere = Upload::new(OfficeId([0; 16]), device, (epoch, seq), hash, bytes);
    refused(&elsewhere.sign(&stand.key), 400, "other_device").await;
    let not_its_own = Upload::new(id, DeviceId([0; 16]), (epoch, seq), hash, bytes);
    refused(&not_its_own.sign(&stand.key), 400, "other_device").await;
    refused(&Upload::new(id, device, (epoch, seq), Hash([0; 32]), bytes).sign(&stand.key), 400, "malformed")
        .await;
    refused(&Upload::new(id, device, (epoch, 1), hash, bytes).sign(&stand.key), 404, "unannounced").await;
    refused(&Upload::new(id, device, (epoch, 9), hash, bytes).sign(&stand.key), 404, "unannounced").await;
    let large = |bytes| Upload::new(id, device, (epoch, seq), hash, bytes).sign(&stand.key);
    refused(&large(SEALED_FILE_BYTES_MAX + 1), 413, "too_large").await;
    refused(&large(0), 413, "too_large").await;
    let none = get_with(office.address, &path, "").await;
    assert_eq!((none.status, none.code().as_str()), (400, "malformed"));
    assert_eq!(ask(&stand, &handed).await.status, 204, "and the stand itself is served");
    // An entry that nobody can open announces as well as any other: the intake opens nothing.
    let seq = stand.record_sealed(EntryKind::ATTACHMENT, KeyId([0; 8]), vec![1; 200]);
    stand.sync_accepted().await;
    let unopened = Upload::new(id, device, (epoch, seq), Hash::of(b"x"), 1);
    let answer = get_with(
        office.address,
        &format!("/v1/file/{}", Hash::of(b"x")),
        &credentials(&unopened.sign(&stand.key)),
    )
    .await;
    assert_eq!((answer.status, offset(&answer)), (204, Some(0)));
    assert!(office.desk().show(&folio.to_string(), NOW).await.is_ok());
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_stand_s_file_is_taken_like_its_entries() {
    let office = Running::start().await;
    let mut stand = Stand::enrol(&office, 1).await;
    let folio = stand.file(NAMED, due()).folio;
    office.store.revoke(stand.enrolment.device.device, "robado".into(), NOW).await.unwrap();
    let handed = hand_over(&mut stand, folio, 1_000, "application/pdf");
    stand.sync().await;
    word(&stand, &handed, &send(&stand, &handed, 0, &handed.sealed).await);
    let detail = office.desk().show(&folio.to_string(), NOW).await.unwrap().remove(0);
    assert!(detail.attachments[0].quarantined && detail.attachments[0].stored);
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_not_what_its_entry_says_is_not_handed_on() {
    let office = Running::start().await;
    let mut stand = Stand::enrol(&office, 1).await;
    let folio = stand.file(NAMED, due()).folio;
    let handed = hand_over(&mut stand, folio, 1_000, "image/jpeg");
    stand.sync_accepted().await;
    word(&stand, &handed, &send(&stand, &handed, 0, &handed.sealed).await);
    let refused = office.desk().attachment(&folio.to_string(), 1, NOW).await.err().unwrap();
    assert_eq!(refused.to_string(), "the file of attachment 1 is not what its entry says: not image/jpeg");
    let unknown = office.desk().attachment(&folio.to_string(), 2, NOW).await.err().unwrap();
    assert_eq!(unknown.to_string(), "the request has no attachment 2");
    // The office's disk fails: what lies there is not what was sealed.
    let path = office.folder.files().join(stand.enrolment.device.device.to_string());
    let file = path.join(format!("{}.sealed", handed.upload.hash));
    std::fs::write(&file, vec![0; handed.sealed.len()]).unwrap();
    let refused = office.desk().attachment(&folio.to_string(), 1, NOW).await.err().unwrap();
    assert!(refused.to_string().contains("altered"), "{refused}");
    // And when it is gone, the stand is told so and brings it again.
    std::fs::remove_file(&file).unwrap();
    assert_eq!(offset(&ask(&stand, &handed).await), Some(0));
    word(&stand, &handed, &send(&stand, &handed, 0, &handed.sealed).await);
    office.stop().await;
}
