//! Golden bytes of a release. The independent reader opens the same file (`tests/vectors/release.json`).
//!
//! `VECTORS=write cargo test -p wire --test release` writes it: only when the format changes on purpose.

#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use data_encoding::HEXLOWER;
use ed25519_dalek::SigningKey;
use serde_json::{Value, json};
use wire::cert::{Role, RoleCertificate};
use wire::release::Release;
use wire::{Hash, OfficeId};

const OFFICE: OfficeId = OfficeId([0x0f; 16]);

/// Keys that say of themselves that they are none.
fn key(name: &str) -> SigningKey {
    let text = format!("{:.<32}", format!("TEST KEY, NO SECRET: {name}"));
    SigningKey::from_bytes(text.as_bytes().try_into().unwrap())
}

#[test]
fn the_bytes_of_a_release_stay_as_they_are() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/release.json");
    let (root, releases) = (key("root"), key("releases"));
    let valid = 1_795_000_000..1_858_072_000;
    let public = releases.verifying_key().to_bytes();
    let certificate = RoleCertificate::new(OFFICE, Role::Releases, public, valid).sign(&root);
    let package = b"a package".as_slice();
    let (hash, bytes) = (Hash::of(package), 9);
    let mut release = Release::new(OFFICE, 7, "0.2.0~rc1", (hash, bytes));
    (release.reads, release.writes, release.issued_unix_s) = (1, 2, 1_795_290_000);
    let hex = |bytes: &[u8]| HEXLOWER.encode(bytes);
    let made = json!({
        "root_public_key": hex(root.verifying_key().as_bytes()),
        "package": hex(package),
        "signed": hex(&release.sign(&certificate, &releases).unwrap()),
        "expected": {
            "version": 1, "office": hex(&OFFICE.0), "number": 7, "program": "0.2.0~rc1", "reads": 1, "writes": 2,
            "hash": hex(&hash.0), "bytes": bytes, "issued": 1_795_290_000_u64,
        },
    });
    if std::env::var("VECTORS").is_ok_and(|wanted| wanted == "write") {
        std::fs::write(&path, format!("{}\n", serde_json::to_string_pretty(&made).unwrap())).unwrap();
    }
    let kept: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(made, kept);
}
