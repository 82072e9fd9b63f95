//! Codes, enrolment and revocation.

use std::sync::Arc;

use central_db::{Applicant, Enrolled, Revocation, Revoked, Store};
use domain::Space;
use wire::{DeviceId, KeyId};

use crate::actors::{CODE_GOOD_FOR_S, Enrolment, NOW, apply, code, key};

pub(crate) async fn same_key_same_answer(store: Arc<dyn Store>) {
    store.add_code(code(1)).await.unwrap();
    let first = apply(&*store, 1, 1, NOW).await;
    assert!(matches!(&first, Enrolled::Answer(bytes) if bytes.starts_with(b"answer to CODE-1")));
    let again: Vec<_> = (0..5)
        .map(|_| {
            let store = Arc::clone(&store);
            tokio::spawn(async move { apply(&*store, 1, 1, NOW + 5).await })
        })
        .collect();
    for task in again {
        assert_eq!(task.await.unwrap(), first);
    }
    assert_eq!(apply(&*store, 1, 1, NOW + CODE_GOOD_FOR_S).await, first, "even after the code ran out");
    assert_eq!(store.devices().await.unwrap().len(), 1);
}

pub(crate) async fn a_used_code_refuses_another_key(store: Arc<dyn Store>) {
    store.add_code(code(1)).await.unwrap();
    store.add_code(code(2)).await.unwrap();
    assert!(matches!(apply(&*store, 1, 1, NOW).await, Enrolled::Answer(_)));
    assert_eq!(apply(&*store, 1, 2, NOW).await, Enrolled::UsedByAnother);
    assert_eq!(apply(&*store, 2, 1, NOW).await, Enrolled::KeyInUse);
    assert!(matches!(apply(&*store, 2, 2, NOW).await, Enrolled::Answer(_)), "a refusal uses nothing up");
}

pub(crate) async fn codes_run_out(store: Arc<dyn Store>) {
    for seed in 1..=3 {
        store.add_code(code(seed)).await.unwrap();
    }
    assert!(matches!(apply(&*store, 1, 1, NOW + CODE_GOOD_FOR_S - 1).await, Enrolled::Answer(_)));
    assert_eq!(apply(&*store, 2, 2, NOW + CODE_GOOD_FOR_S).await, Enrolled::Expired);
    assert_eq!(apply(&*store, 3, 3, NOW + CODE_GOOD_FOR_S + 1).await, Enrolled::Expired);
    let pending = |now| {
        let store = Arc::clone(&store);
        async move { store.pending_codes(now).await.unwrap().len() }
    };
    assert_eq!(pending(NOW).await, 2);
    assert_eq!(pending(NOW + CODE_GOOD_FOR_S).await, 0);
}

pub(crate) async fn unknown_code_and_wrong_proof_look_alike(store: Arc<dyn Store>) {
    store.add_code(code(1)).await.unwrap();
    assert_eq!(apply(&*store, 7, 1, NOW).await, Enrolled::UnknownCode);
    let public_key = key(1).verifying_key().to_bytes();
    let applicant = Applicant { code_id: KeyId([1; 8]), public_key, folio_prefixes: vec![1] };
    let certify = Arc::new(Enrolment { public_key, proof_fits: false });
    assert_eq!(store.enrol(applicant, certify, NOW).await.unwrap(), Enrolled::UnknownCode);
    assert!(matches!(apply(&*store, 1, 1, NOW).await, Enrolled::Answer(_)), "a wrong proof uses nothing up");
}

pub(crate) async fn prefixes_are_unique(store: Arc<dyn Store>) {
    for seed in 1..=6 {
        store.add_code(code(seed)).await.unwrap();
        let expected_free = seed <= 5;
        assert_eq!(
            matches!(apply(&*store, seed, seed, NOW).await, Enrolled::Answer(_)),
            expected_free,
            "{seed}"
        );
    }
    assert_eq!(apply(&*store, 6, 6, NOW).await, Enrolled::NoPrefixFree);
    let prefixes: Vec<u16> = store.devices().await.unwrap().iter().map(|d| d.folio_prefix).collect();
    assert_eq!(prefixes, [1, 2, 3, 4, 5]);
}

pub(crate) async fn a_stand_works_at_the_space_of_its_code(store: Arc<dyn Store>) {
    let by_label = [Space::Office, Space::Phone, Space::Mailbox, Space::Terreno];
    for seed in 1..=4 {
        store.add_code(code(seed)).await.unwrap();
    }
    let pending = store.pending_codes(NOW).await.unwrap();
    assert_eq!(pending.iter().map(|code| code.space).collect::<Vec<_>>(), by_label);
    for seed in 1..=4 {
        apply(&*store, seed, seed, NOW).await;
    }
    let devices = store.devices().await.unwrap();
    assert_eq!(devices.iter().map(|device| device.space).collect::<Vec<_>>(), by_label);
    let one = store.device_by_kid(KeyId::of(&key(1).verifying_key().to_bytes())).await.unwrap().unwrap();
    assert_eq!(one.space, Space::Office);
}

pub(crate) async fn a_stand_is_extended_and_never_shortened(store: Arc<dyn Store>) {
    let mut stand = crate::actors::Stand::enrolled(&*store, 1).await;
    let end = store.devices().await.unwrap()[0].not_after_unix_s;
    assert_eq!(store.extend(stand.device, end + 10).await.unwrap(), Some(end + 10));
    assert_eq!(store.extend(stand.device, end + 5).await.unwrap(), Some(end + 10));
    assert_eq!(store.extend(DeviceId([99; 16]), end).await.unwrap(), None);
    stand.record(2);
    let (_, past_its_own_end, ..) = crate::actors::read(&stand.send(&*store, 0, 1, end + 9).await);
    assert_eq!(past_its_own_end, None);
    let (_, past_the_office_s, ..) = crate::actors::read(&stand.send(&*store, 1, 2, end + 10).await);
    assert_eq!(past_the_office_s, Some(wire::push::QuarantineReason::Expired));
}

pub(crate) async fn a_revocation_is_final(store: Arc<dyn Store>) {
    store.add_code(code(1)).await.unwrap();
    store.add_code(code(2)).await.unwrap();
    apply(&*store, 1, 1, NOW).await;
    let device = DeviceId([1; 16]);
    assert_eq!(store.revoke(device, "perdido".into(), NOW + 1).await.unwrap(), Revoked::Now);
    assert_eq!(
        store.revoke(device, "otro".into(), NOW + 2).await.unwrap(),
        Revoked::Before { at_unix_s: NOW + 1 }
    );
    let known = store.device_by_kid(KeyId::of(&key(1).verifying_key().to_bytes())).await.unwrap().unwrap();
    assert_eq!(known.revoked, Some(Revocation { at_unix_s: NOW + 1, reason: "perdido".into() }));
    assert_eq!(store.revoke(DeviceId([2; 16]), String::new(), NOW).await.unwrap(), Revoked::NeverEnrolled);
    assert_eq!(apply(&*store, 2, 2, NOW).await, Enrolled::UnknownCode, "a withdrawn code enrols nobody");
    assert_eq!(store.device_by_kid(KeyId([0; 8])).await.unwrap(), None);
}
