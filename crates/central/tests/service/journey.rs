//! A field day from the seal to the desk, field by field; and that nothing of it lies about in the clear.

use std::sync::{Arc, Mutex};

use central_db::{Found, Opened, RequestFilter};
use domain::{AdditionDraft, EncounterDraft, RequestDraft, VoidDraft, WithdrawalDraft};
use tracing_subscriber::fmt::MakeWriter;
use wire::body::Body;
use wire::{EntryKind, KeyId};

use crate::http::{get, post_form};
use crate::office::{NOW, Running};
use crate::stand::{NAMED, Stand, due, recorded};

const DAY: &str = include_str!("../../../../tests/fixtures/jornada/requests.jsonl");

#[tokio::test(flavor = "multi_thread")]
async fn every_field_of_a_field_day_arrives_as_it_was_filed() {
    let office = Running::start().await;
    let mut stand = Stand::enrol(&office, 1).await;
    let lines: Vec<&str> = DAY.lines().filter(|line| !line.trim().is_empty()).collect();
    assert!(lines.len() >= 120);
    let filed: Vec<_> = lines.iter().map(|line| stand.file(line, due())).collect();
    let half = lines.len() / 2;
    for (from, to) in [(0, half), (half, lines.len())] {
        let answer = crate::http::post_cbor(office.address, "/v1/push", &stand.signed(from, to)).await;
        assert_eq!(stand.read(&answer).count, to as u64);
    }
    let desk = office.desk();
    let listed = desk.list(RequestFilter::default(), NOW).await.unwrap();
    assert_eq!(listed.len(), lines.len());
    for (line, filed) in lines.iter().zip(&filed) {
        let shown = desk.show(&filed.folio.to_string(), NOW).await.unwrap().remove(0);
        assert_eq!(shown.request, RequestDraft::from_json(line).unwrap());
        assert_eq!(shown.line.seq, filed.seq);
        assert_eq!(shown.line.due_on.unwrap().to_string(), "2026-12-04");
        assert_eq!(shown.line.device_label, "Puesto 1");
    }
    assert!(office.store.failures().await.unwrap().is_empty());
    assert_eq!(office.store.check().await.unwrap(), Vec::<String>::new());
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_follows_on_a_request_is_shown_with_it() {
    let office = Running::start().await;
    let mut stand = Stand::enrol(&office, 1).await;
    let filed = stand.file(NAMED, due());
    let folio = Some(filed.folio.to_string());
    let code = Some(filed.claim.control_code().to_string().to_lowercase());
    let addition = AdditionDraft {
        folio: folio.clone(),
        text: Some("Y tampoco hay radio.".into()),
        ..Default::default()
    };
    stand.record(&Body::Addition(recorded(addition)));
    let encounter = EncounterDraft {
        matter: Some("preguntó la hora".into()),
        outcome: Some("informed".into()),
        ..Default::default()
    };
    stand.record(&Body::Encounter(recorded(encounter).into()));
    let void = VoidDraft {
        epoch: Some(stand.epoch.to_string()),
        seq: Some(1),
        reason: Some("se repitió".into()),
        ..Default::default()
    };
    stand.record(&Body::Void(recorded(void)));
    let guess = WithdrawalDraft {
        folio: folio.clone(),
        control_code: Some("0000-0000".into()),
        reason: Some("a ver".into()),
        ..Default::default()
    };
    stand.record(&Body::Withdrawal(recorded(guess)));
    let withdrawal =
        WithdrawalDraft { folio, control_code: code, reason: Some("ya llegó".into()), ..Default::default() };
    stand.record(&Body::Withdrawal(recorded(withdrawal)));
    stand.record_sealed(EntryKind(900), KeyId([1; 8]), vec![1, 2, 3]);
    stand.sync_accepted().await;
    let shown = office.desk().show(&filed.folio.to_string(), NOW).await.unwrap().remove(0);
    assert_eq!(shown.additions[0].text.as_deref(), Some("Y tampoco hay radio."));
    assert_eq!(shown.additions[0].proof, "unproven");
    let asked: Vec<_> = shown.withdrawals.iter().map(|w| (w.reason.as_deref(), w.proof)).collect();
    assert_eq!(asked, [(Some("a ver"), Some("unproven")), (Some("ya llegó"), Some("proven"))]);
    assert_eq!(shown.withdrawal.unwrap().reason.as_deref(), Some("ya llegó"), "the one that counts");
    assert_eq!(shown.void.unwrap().reason.as_deref(), Some("se repitió"));
    assert_eq!((shown.line.state, shown.line.voided), ("withdrawn", true));
    let explained = shown.deadline.unwrap();
    assert!(explained.agrees, "counting again comes to what was promised");
    assert_eq!((explained.promise.counted.len(), explained.legal.counted.len()), (10, 10));
    let letters = office.store.failures().await.unwrap();
    assert_eq!((letters.len(), letters[0].why.as_str(), letters[0].id.seq), (1, "unknown_key", 7));
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_stand_s_records_wait_for_a_newer_program() {
    let office = Running::start().await;
    let mut stand = Stand::enrol(&office, 1).await;
    let filed = stand.file(NAMED, due());
    stand.record(&Body::Unknown(EntryKind(900), vec![0xa0]));
    stand.record_sealed(EntryKind(900), KeyId([1; 8]), vec![0; 90]);
    stand.sync_accepted().await;
    // A program that did not know what a request is was here before.
    let request = office.store.unopened(1).await.unwrap().remove(0);
    let before = Opened {
        id: request.id,
        received_unix_s: request.received_unix_s,
        quarantine: None,
        found: Found::UnknownKind(EntryKind::REQUEST),
        survey: None,
    };
    office.store.store_opened(vec![before], NOW).await.unwrap();
    office.open().await;
    let found = || async {
        let census = office.store.census().await.unwrap();
        (census.unopened, census.unknown_kinds, census.failures, census.requests)
    };
    assert_eq!(found().await, (0, 2, 1, 0));
    assert_eq!(office.opener().open_again(&*office.store, NOW).await.unwrap(), 1);
    assert_eq!(
        found().await,
        (0, 1, 1, 1),
        "what is sealed to another key is a dead letter whatever its kind"
    );
    assert_eq!(office.desk().show(&filed.folio.to_string(), NOW).await.unwrap()[0].line.state, "received");
    assert_eq!(office.opener().open_again(&*office.store, NOW).await.unwrap(), 0);
    office.stop().await;
}

/// Collects everything that is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// The whole journey at the noisiest level; then neither the log nor any file of the office holds a word of it.
#[tokio::test]
async fn nothing_personal_lies_in_the_clear() {
    let log = Log::default();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone()).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let office = Running::start().await;
    let mut stand = Stand::enrol(&office, 1).await;
    let filed = stand.file(NAMED, due());
    stand.record_sealed(EntryKind::REQUEST, KeyId([1; 8]), vec![0; 90]);
    stand.sync_accepted().await;
    crate::http::post_cbor(office.address, "/v1/push", b"hola").await;
    office.open().await;
    let shown = office.desk().show(&filed.folio.to_string(), NOW).await.unwrap();
    assert_eq!(
        shown[0].request.person.as_ref().unwrap().name.as_deref(),
        Some("Ñanculeo Aguilera Quilodrán")
    );
    get(office.address, &format!("/R/{}", filed.receipt)).await;
    let code = filed.claim.control_code().to_string();
    post_form(office.address, "/estado", &[("folio", &filed.folio.to_string()), ("codigo", &code)]).await;
    post_form(office.address, "/verificar", &[("codigo", &filed.receipt)]).await;

    let secret_words =
        ["anculeo", "Quilodr", "44.444.444", "444444444", "5555 0199", "nanco", "barcaza", "Caleta Tortel"];
    let written = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(written.contains("could not be opened"), "the log was listening: {written}");
    let keys = [code.as_str(), &filed.receipt];
    for word in secret_words.iter().chain(&keys) {
        assert!(!written.contains(word), "{word} is in the log");
    }
    let folder = office.folder.path().to_owned();
    let mut files = 0;
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            files += 1;
            let bytes = std::fs::read(&path).unwrap();
            let claim = filed.claim.as_bytes().as_slice();
            for word in secret_words.iter().map(|word| word.as_bytes()).chain([code.as_bytes(), claim]) {
                let found = bytes.windows(word.len()).any(|window| window == word);
                assert!(!found, "{} holds {}", path.display(), String::from_utf8_lossy(word));
            }
        }
    }
    assert!(files > 10);
    office.stop().await;
}
