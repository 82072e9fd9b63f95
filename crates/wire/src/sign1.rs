//! One form for everything that is signed: `COSE_Sign1` (RFC 9052, section 4.2) with EdDSA over Ed25519.
//!
//! Untagged; the protected header is `{1: -8, 4: key id}`; the unprotected one is empty; the external
//! additional data is the signature's context, so that nothing signed for one purpose passes for another.
//! Written here in forty lines over the CBOR codec that the bodies use rather than through a COSE library on a
//! second codec (ADR 3); a Python COSE library reads them in the tests.

use std::collections::BTreeMap;

use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use minicbor::Decoder;
use minicbor::bytes::ByteSlice;

use crate::ids::KeyId;

/// What a signature is for. The text is signed along as external additional data (RFC 9052, section 4.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// A stand's chunk of entries, on the network or on a stick.
    Push,
    /// Central's answer to a push.
    Checkpoint,
    /// What a citizen takes away.
    Receipt,
    /// The root's certificate of a role key.
    RoleCertificate,
    /// The enrolment key's certificate of a stand.
    DeviceCertificate,
    /// A stand's request to be enrolled.
    EnrolRequest,
    /// The office's answer to it.
    EnrolAnswer,
    /// Central's description of what a stand should hold.
    Manifest,
    /// Central's time, answered to a nonce.
    Time,
    /// A stand's word on an attachment that it brings.
    Upload,
    /// Central's word on an attachment that it holds.
    Stored,
    /// An outing that a stand shares with others.
    Outing,
    /// A stand's word on an outing that it closed.
    Act,
    /// Central's word on how such an outing arrived.
    Reconciliation,
    /// The word on a package of the stand's program.
    Release,
}

impl Context {
    /// The bytes that are signed along.
    pub fn as_bytes(self) -> &'static [u8] {
        match self {
            Self::Push => b"oirs/push/1",
            Self::Checkpoint => b"oirs/checkpoint/1",
            Self::Receipt => b"oirs/receipt/1",
            Self::RoleCertificate => b"oirs/role-certificate/1",
            Self::DeviceCertificate => b"oirs/device-certificate/1",
            Self::EnrolRequest => b"oirs/enrol/1",
            Self::EnrolAnswer => b"oirs/enrol-answer/1",
            Self::Manifest => b"oirs/manifest/1",
            Self::Time => b"oirs/time/1",
            Self::Upload => b"oirs/upload/1",
            Self::Stored => b"oirs/stored/1",
            Self::Outing => b"oirs/outing/1",
            Self::Act => b"oirs/closing-act/1",
            Self::Reconciliation => b"oirs/reconciliation/1",
            Self::Release => b"oirs/release/1",
        }
    }
}

/// Why a signed object was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Sign1Error {
    /// Not a `COSE_Sign1` of the form above.
    #[error("not a COSE_Sign1 of the expected form")]
    Malformed,
    /// The signature does not fit the key, the context or the bytes.
    #[error("the signature does not verify")]
    BadSignature,
}

/// A signed object as read, not yet verified. Borrows the bytes it was read from.
#[derive(Debug, Clone, Copy)]
pub struct Sign1<'a> {
    protected: &'a [u8],
    /// The signer's key, by its own claim.
    pub kid: KeyId,
    payload: &'a [u8],
    signature: [u8; 64],
}

/// The protected header: a map of two, algorithm and key id, always 13 bytes.
fn protected_header(kid: KeyId) -> Vec<u8> {
    let mut header = vec![0xa2, 0x01, 0x27, 0x04, 0x48];
    header.extend_from_slice(&kid.0);
    header
}

/// `Sig_structure` of RFC 9052, section 4.4: what Ed25519 sees.
fn signed_bytes(context: Context, protected: &[u8], payload: &[u8]) -> Vec<u8> {
    let context = context.as_bytes();
    crate::encode(&(
        "Signature1",
        <&ByteSlice>::from(protected),
        <&ByteSlice>::from(context),
        <&ByteSlice>::from(payload),
    ))
}

/// Signs `payload` for `context` and returns the whole object's bytes. Ed25519 is deterministic: the same
/// input gives the same bytes.
pub fn sign(key: &SigningKey, context: Context, payload: &[u8]) -> Vec<u8> {
    let protected = protected_header(KeyId::of(key.verifying_key().as_bytes()));
    let signature = key.sign(&signed_bytes(context, &protected, payload)).to_bytes();
    frame(&protected, payload, &signature)
}

/// The `COSE_Sign1` array itself, in the one encoding that is accepted.
fn frame(protected: &[u8], payload: &[u8], signature: &[u8; 64]) -> Vec<u8> {
    crate::encode(&(
        <&ByteSlice>::from(protected),
        BTreeMap::<u8, u8>::new(),
        <&ByteSlice>::from(payload),
        <&ByteSlice>::from(signature.as_slice()),
    ))
}

impl<'a> Sign1<'a> {
    /// Reads the form without verifying anything. Trailing bytes are refused, and so is any other encoding of the
    /// same array: a signed object has one spelling, since chains start from the bytes of a certificate.
    pub fn read(bytes: &'a [u8]) -> Result<Self, Sign1Error> {
        Self::read_fields(bytes).ok().flatten().ok_or(Sign1Error::Malformed)
    }

    fn read_fields(bytes: &'a [u8]) -> Result<Option<Self>, minicbor::decode::Error> {
        let mut decoder = Decoder::new(bytes);
        if decoder.array()? != Some(4) {
            return Ok(None);
        }
        let protected = decoder.bytes()?;
        let unprotected = decoder.map()?;
        let payload = decoder.bytes()?;
        let signature = decoder.bytes()?;
        let kid = protected.get(5..).and_then(KeyId::from_slice);
        let (Some(kid), Ok(signature), Some(0)) = (kid, signature.try_into(), unprotected) else {
            return Ok(None);
        };
        let whole = protected == protected_header(kid) && bytes == frame(protected, payload, &signature);
        Ok(whole.then_some(Self { protected, kid, payload, signature }))
    }

    /// The payload, once the signature fits `key` and `context`. Uses the strict check of Ed25519, which
    /// refuses small-order keys and malleable signatures.
    pub fn verify(&self, key: &VerifyingKey, context: Context) -> Result<&'a [u8], Sign1Error> {
        let signature = ed25519_dalek::Signature::from_bytes(&self.signature);
        key.verify_strict(&signed_bytes(context, self.protected, self.payload), &signature)
            .map_err(|_| Sign1Error::BadSignature)?;
        Ok(self.payload)
    }

    /// The payload before any check: only for finding out whose key to check with.
    pub fn unverified_payload(&self) -> &'a [u8] {
        self.payload
    }
}

/// Reads and verifies in one step.
pub fn open<'a>(bytes: &'a [u8], key: &VerifyingKey, context: Context) -> Result<&'a [u8], Sign1Error> {
    Sign1::read(bytes)?.verify(key, context)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_bytes(&[seed; 32])
    }

    #[test]
    fn opens_only_with_its_key_and_context_and_unaltered() {
        let signed = sign(&key(1), Context::Push, b"carga");
        assert_eq!(open(&signed, &key(1).verifying_key(), Context::Push), Ok(b"carga".as_slice()));
        assert_eq!(open(&signed, &key(2).verifying_key(), Context::Push), Err(Sign1Error::BadSignature));
        assert_eq!(open(&signed, &key(1).verifying_key(), Context::Receipt), Err(Sign1Error::BadSignature));
    }

    #[test]
    fn every_altered_byte_is_refused() {
        let signed = sign(&key(1), Context::Receipt, b"carga");
        for position in 0..signed.len() {
            let mut altered = signed.clone();
            altered[position] ^= 1;
            assert!(open(&altered, &key(1).verifying_key(), Context::Receipt).is_err(), "byte {position}");
        }
        let respelled = [&[0x98, 0x04], &signed[1..]].concat();
        assert_eq!(
            Sign1::read(&respelled).err(),
            Some(Sign1Error::Malformed),
            "the same array, spelled longer"
        );
        let longer = [signed.as_slice(), &[0]].concat();
        assert_eq!(Sign1::read(&longer).err(), Some(Sign1Error::Malformed));
        for length in 0..signed.len() {
            assert!(Sign1::read(&signed[..length]).is_err(), "cut to {length}");
        }
    }
}
