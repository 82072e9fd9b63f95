//! Codes and stands over the network.

use central::enrolment::{CODE_VALID_S, STAND_VALID_S};
use central_db::HELD_AHEAD_S_MAX;
use wire::Epoch;
use wire::enrol::{EnrolAnswer, EnrolRequest};
use wire::manifest::{Directory, Manifest};
use wire::time::SignedTime;

use crate::http::{Response, get, get_with, post_cbor};
use crate::office::{NAME, NOW, PHONE_LINE, Running};
use crate::stand::{Stand, apply, key};

#[tokio::test(flavor = "multi_thread")]
async fn a_stand_learns_everything_that_it_needs() {
    let office = Running::start().await;
    let stand = Stand::enrol(&office, 1).await;
    let enrolment = &stand.enrolment;
    assert_eq!(enrolment.receipt_host, "OIRS.EXAMPLE.CL");
    assert_eq!((enrolment.office_name.as_str(), enrolment.phone_line.as_deref()), (NAME, Some(PHONE_LINE)));
    assert_eq!(enrolment.device.not_before_unix_s, NOW);
    assert_eq!(enrolment.device.not_after_unix_s, NOW + STAND_VALID_S);
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_repeated_and_a_second_stand_refused() {
    let office = Running::start().await;
    let code = office.invite("Puesto", 1).await;
    let first = apply(office.address, &code, 1).await;
    let again = apply(office.address, &code, 1).await;
    assert_eq!((again.status, again.body), (200, first.body));
    let another = apply(office.address, &code, 2).await;
    assert_eq!((another.status, another.code().as_str()), (409, "used_code"));
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_end_and_wrong_ones_say_nothing() {
    let office = Running::start().await;
    let code = office.invite("Puesto", 1).await;
    let mut rng = <rand_chacha::ChaCha20Rng as rand_core::SeedableRng>::from_seed([9; 32]);
    let guessed = office.keys().draw_code(&mut rng);
    let wrong = apply(office.address, &guessed, 1).await;
    assert_eq!((wrong.status, wrong.code().as_str()), (404, "unknown_code"));
    // The right code's name under another's proof: the same answer.
    let forged = {
        let request = EnrolRequest::open(&EnrolRequest::sign(&code, Epoch([1; 8]), &key(1))).unwrap();
        let mut bytes = EnrolRequest::sign(&guessed, Epoch([1; 8]), &key(1));
        let at = bytes.windows(8).position(|name| name == guessed.id().0).unwrap();
        bytes[at..at + 8].copy_from_slice(&request.code.0);
        bytes
    };
    let refused = post_cbor(office.address, "/v1/enrol", &forged).await;
    assert_eq!((refused.status, refused.code().as_str()), (401, "bad_signature"), "the name is signed");
    office.set_now(NOW + CODE_VALID_S - 1);
    assert_eq!(apply(office.address, &office.invite("Otro", 3).await, 3).await.status, 200);
    office.set_now(NOW + CODE_VALID_S);
    let late = apply(office.address, &code, 1).await;
    assert_eq!((late.status, late.code().as_str()), (410, "expired_code"));
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_is_the_office_s_that_gave_the_code() {
    let office = Running::start().await;
    let code = office.invite("Puesto", 1).await;
    let answer = apply(office.address, &code, 1).await;
    let mut rng = <rand_chacha::ChaCha20Rng as rand_core::SeedableRng>::from_seed([9; 32]);
    let others = wire::enrol::EnrolmentCode::draw(&key(77).verifying_key(), &mut rng);
    assert!(EnrolAnswer::open(&answer.body, &others, &key(1).verifying_key()).is_err());
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manifest_is_given_once_and_costs_little_after_that() {
    let office = Running::start().await;
    let mut stand = Stand::enrol(&office, 1).await;
    let path = format!("/v1/manifest/{}", stand.kid());
    let first = get(office.address, &path).await;
    let manifest = Manifest::open(&first.body, &stand.content_key()).unwrap();
    assert_eq!((manifest.number, manifest.watermarks.len(), manifest.revoked_unix_s), (NOW, 0, None));
    let part = manifest.parts[0];
    let content = get(office.address, &format!("/v1/part/{}", part.hash)).await;
    assert_eq!((content.status, content.body.len() as u64), (200, part.len));
    assert_eq!(wire::Hash::of(&content.body), part.hash);
    let directory = Directory::read(&content.body).unwrap();
    assert_eq!(directory.find(stand.kid()).unwrap().device, stand.enrolment.device.device);

    // Nothing to do: one request, under 400 bytes both ways, with a host of the longest length.
    let etag = &first.headers["etag"];
    let question =
        format!("GET {path} HTTP/1.1\r\nhost: {}\r\nif-none-match: {etag}\r\n\r\n", "h".repeat(27));
    let unchanged = get_with(office.address, &path, &format!("if-none-match: {etag}\r\n")).await;
    assert_eq!((unchanged.status, unchanged.body.len()), (304, 0));
    let both_ways = question.len() + unchanged.bytes;
    assert!(both_ways < 400, "{both_ways} bytes");

    office.set_now(NOW + 10);
    stand.file(r#"{"kind":"consulta","text":"¿Cuándo?","comuna":"13101"}"#, None);
    stand.sync_accepted().await;
    let changed = get_with(office.address, &path, &format!("if-none-match: {etag}\r\n")).await;
    let newer = Manifest::open(&changed.body, &stand.content_key()).unwrap();
    assert_eq!(newer.number, NOW + 10);
    let mark = newer.watermarks[0];
    assert_eq!((mark.epoch, mark.stored, mark.stored_head, mark.safe), (stand.epoch, 1, stand.head_at(1), 0));

    for missing in [
        "/v1/manifest/0011223344556677",
        "/v1/manifest/xyz",
        "/v1/part/00",
        &format!("/v1/part/{}", "0".repeat(64)),
    ] {
        assert_eq!(get(office.address, missing).await.status, 404, "{missing}");
    }
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restored_office_overtakes_what_a_stand_holds() {
    let office = Running::start().await;
    let stand = Stand::enrol(&office, 1).await;
    let path = format!("/v1/manifest/{}", stand.kid());
    let first = get(office.address, &path).await;
    office.set_now(NOW + 3_600);
    let number = |answer: &Response| Manifest::open(&answer.body, &stand.content_key()).unwrap().number;
    for nothing in ["held=", "held=-1", "held=x", "hold=9999999999", "held=99999999999999999999", "held=0"] {
        assert_eq!(get(office.address, &format!("{path}?{nothing}")).await.body, first.body, "{nothing}");
    }
    let far = NOW + 3_600 + HELD_AHEAD_S_MAX;
    assert_eq!(get(office.address, &format!("{path}?held={}", far + 1)).await.body, first.body);
    // A number that was given before the backup was put back, in the query and in the tag.
    let overtaken = get(office.address, &format!("{path}?x=1&held={}", NOW + 1)).await;
    assert_eq!((overtaken.status, number(&overtaken)), (200, far));
    office.set_now(NOW + 7_200);
    let by_tag = get_with(office.address, &path, &format!("if-none-match: \"{}\"\r\n", far + 1)).await;
    assert_eq!((by_tag.status, number(&by_tag)), (200, NOW + 7_200 + HELD_AHEAD_S_MAX));
    let etag = &by_tag.headers["etag"];
    let settled = get_with(office.address, &path, &format!("if-none-match: {etag}\r\n")).await;
    assert_eq!(settled.status, 304);
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_time_is_signed_for_a_nonce() {
    let office = Running::start().await;
    let stand = Stand::enrol(&office, 1).await;
    let answer = get(office.address, &format!("/v1/time/{}", "ab".repeat(16))).await;
    let key = stand.enrolment.verifying_key(wire::cert::Role::Checkpoint).unwrap();
    let of = stand.enrolment.device.office;
    let time = SignedTime::open(&answer.body, of, [0xab; 16], &key).unwrap().unwrap();
    assert_eq!(time.time_unix_s, NOW);
    for wrong in ["", "ab", &"ab".repeat(17), &"zz".repeat(16)] {
        let status = get(office.address, &format!("/v1/time/{wrong}")).await.status;
        assert!(matches!(status, 400 | 404), "{wrong}: {status}");
    }
    office.stop().await;
}
