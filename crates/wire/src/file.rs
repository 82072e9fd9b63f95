//! Attachments: a file sealed in chunks under a key of its own, which stands in the sealed entry that announces it.
//!
//! STREAM (Hoang, Reyhanitabar, Rogaway, Vizár: "Online Authenticated-Encryption and its Nonce-Reuse
//! Misuse-Resistance", 2015) with a 32-bit counter over ChaCha20-Poly1305 (RFC 8439), from the library that has both.
//! No chunk can be dropped, added, moved or cut off without the next one, or the last, failing to open. The key is
//! drawn for one file and used for nothing else, so that the nonce's prefix may be zero.

use aead_stream::{DecryptorBE32, EncryptorBE32};
use chacha20poly1305::aead::Payload;
use chacha20poly1305::{ChaCha20Poly1305, Key};
use minicbor::{Decode, Encode};
use rand_core::CryptoRng;
use zeroize::{Zeroize, Zeroizing};

use crate::seal::padme;

/// Bytes of a chunk before it is sealed, all but the last.
pub const CHUNK_BYTES: u32 = 64 * 1_024;
/// Largest chunk that a reader takes: it is held in memory.
pub const CHUNK_BYTES_MAX: u32 = 1_024 * 1_024;
/// Largest sealed file, in bytes. The largest content that a stand takes has 8 MiB, before padding and tags.
pub const SEALED_FILE_BYTES_MAX: u64 = 9 * 1_024 * 1_024;
/// What sealing adds to a chunk: the Poly1305 tag.
const TAG_BYTES: usize = 16;
/// What every chunk is bound to besides its place.
const ASSOCIATED: &[u8] = b"oirs/file/1";

/// The key of one file.
#[derive(Clone, PartialEq, Eq, Zeroize, Encode, Decode)]
#[zeroize(drop)]
#[cbor(transparent)]
pub struct FileKey(#[cbor(n(0), with = "minicbor::bytes")] [u8; 32]);

impl FileKey {
    /// Draws a new key.
    pub fn draw(rng: &mut impl CryptoRng) -> Self {
        let mut key = [0; 32];
        rng.fill_bytes(&mut key);
        Self(key)
    }

    /// The key of these bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

/// Why a file could not be sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Larger than [`SEALED_FILE_BYTES_MAX`] once sealed, or empty.
    #[error("the file is empty or too large")]
    Size,
    /// The length of chunks is none that a reader takes.
    #[error("the length of the chunks is out of bounds")]
    Chunks,
    /// Not sealed with this key, or altered, or cut.
    #[error("not sealed with this key, or altered, or cut")]
    Open,
    /// Opened, and shorter than it was said to be, or followed by more than zeroes.
    #[error("the file's length is not the one announced")]
    Length,
}

/// Length of the padded content of a file, in bytes: its Padmé length.
fn padded_len(len: usize) -> usize {
    padme(len)
}

/// Seals a file's content with a key that seals nothing else.
pub fn seal(content: &[u8], key: &FileKey) -> Result<Vec<u8>, FileError> {
    let len = padded_len(content.len());
    let chunk = usize::try_from(CHUNK_BYTES).map_err(|_| FileError::Chunks)?;
    let chunks = len.div_ceil(chunk);
    let sealed_len = chunks.saturating_mul(TAG_BYTES).saturating_add(len);
    if content.is_empty() || u64::try_from(sealed_len).is_ok_and(|len| len > SEALED_FILE_BYTES_MAX) {
        return Err(FileError::Size);
    }
    let mut padded = Zeroizing::new(Vec::with_capacity(len));
    padded.extend_from_slice(content);
    padded.resize(len, 0);
    let mut stream = EncryptorBE32::<ChaCha20Poly1305>::new(&Key::from(key.0), &[0; 7].into());
    let mut sealed = Vec::with_capacity(sealed_len);
    let (before, last) = padded.split_at(chunks.saturating_sub(1).saturating_mul(chunk).min(len));
    for msg in before.chunks(chunk) {
        let piece = stream.encrypt_next(Payload { msg, aad: ASSOCIATED }).map_err(|_| FileError::Size)?;
        sealed.extend_from_slice(&piece);
    }
    let piece = stream.encrypt_last(Payload { msg: last, aad: ASSOCIATED }).map_err(|_| FileError::Size)?;
    sealed.extend_from_slice(&piece);
    Ok(sealed)
}

/// Opens a sealed file of `len` bytes of content, in chunks of `chunk_bytes`.
pub fn open(
    sealed: &[u8],
    key: &FileKey,
    chunk_bytes: u32,
    len: u64,
) -> Result<Zeroizing<Vec<u8>>, FileError> {
    if !(1..=CHUNK_BYTES_MAX).contains(&chunk_bytes) {
        return Err(FileError::Chunks);
    }
    let len = usize::try_from(len).map_err(|_| FileError::Size)?;
    if len == 0
        || len > sealed.len()
        || u64::try_from(sealed.len()).is_ok_and(|len| len > SEALED_FILE_BYTES_MAX)
    {
        return Err(FileError::Size);
    }
    let chunk = usize::try_from(chunk_bytes).map_err(|_| FileError::Chunks)?.saturating_add(TAG_BYTES);
    let chunks = sealed.len().div_ceil(chunk);
    let mut stream = DecryptorBE32::<ChaCha20Poly1305>::new(&Key::from(key.0), &[0; 7].into());
    let mut content = Zeroizing::new(Vec::with_capacity(sealed.len()));
    let (before, last) = sealed.split_at(chunks.saturating_sub(1).saturating_mul(chunk).min(sealed.len()));
    for msg in before.chunks(chunk) {
        let piece = stream.decrypt_next(Payload { msg, aad: ASSOCIATED }).map_err(|_| FileError::Open)?;
        content.extend_from_slice(&Zeroizing::new(piece));
    }
    let piece = stream.decrypt_last(Payload { msg: last, aad: ASSOCIATED }).map_err(|_| FileError::Open)?;
    content.extend_from_slice(&Zeroizing::new(piece));
    let rest = content.get(len..).ok_or(FileError::Length)?;
    if rest.iter().any(|byte| *byte != 0) {
        return Err(FileError::Length);
    }
    content.truncate(len);
    Ok(content)
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use super::*;
    use crate::ids::Hash;

    const CHUNK: usize = CHUNK_BYTES as usize;

    fn key(seed: u8) -> FileKey {
        FileKey::from_bytes([seed; 32])
    }

    #[test]
    fn what_was_sealed_opens_at_every_length() {
        for len in [1, 127, 128, 1_000, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 500_000] {
            let content: Vec<u8> = (0..len).map(|at| u8::try_from(at % 251).unwrap()).collect();
            let sealed = seal(&content, &key(1)).unwrap();
            let said = u64::try_from(len).unwrap();
            assert_eq!(open(&sealed, &key(1), CHUNK_BYTES, said).unwrap().as_slice(), content, "{len}");
            assert_eq!(open(&sealed, &key(2), CHUNK_BYTES, said).err(), Some(FileError::Open), "{len}");
            let fits_one = sealed.len() < CHUNK;
            assert_eq!(open(&sealed, &key(1), CHUNK_BYTES - 1, said).is_ok(), fits_one, "{len}");
        }
    }

    #[test]
    fn nothing_of_it_can_be_altered_cut_or_moved() {
        let content = vec![7; 3 * CHUNK + 10];
        let sealed = seal(&content, &key(1)).unwrap();
        let fails = |sealed: &[u8], what: &str| {
            assert!(open(sealed, &key(1), CHUNK_BYTES, 3 * 65_536 + 10).is_err(), "{what}");
        };
        for at in [0, CHUNK, CHUNK + 16, sealed.len() / 2, sealed.len() - 1] {
            let mut altered = sealed.clone();
            altered[at] ^= 1;
            fails(&altered, "a byte");
        }
        for len in [0, 1, CHUNK, CHUNK + 16, 2 * (CHUNK + 16), 3 * (CHUNK + 16), sealed.len() - 1] {
            fails(&sealed[..len], "cut");
        }
        fails(&[sealed.as_slice(), &[0]].concat(), "longer");
        let (first, rest) = sealed.split_at(CHUNK + 16);
        let (second, rest) = rest.split_at(CHUNK + 16);
        fails(&[second, first, rest].concat(), "moved");
        fails(&[second, rest].concat(), "the first dropped");
    }

    #[test]
    fn the_length_is_hidden_and_then_told() {
        let sealed = seal(&[1; 1_001], &key(1)).unwrap();
        assert_eq!(sealed.len(), 1_024 + 16);
        assert_eq!(open(&sealed, &key(1), CHUNK_BYTES, 1_000).err(), Some(FileError::Length));
        assert_eq!(open(&sealed, &key(1), CHUNK_BYTES, 1_024).unwrap().len(), 1_024);
        assert_eq!(open(&sealed, &key(1), CHUNK_BYTES, 1_025).err(), Some(FileError::Length));
    }

    #[test]
    fn sizes_hold_at_their_bounds() {
        assert_eq!(seal(&[], &key(1)), Err(FileError::Size));
        let largest = vec![0; 8 * 1_024 * 1_024];
        let sealed = seal(&largest, &key(1)).unwrap();
        assert!(u64::try_from(sealed.len()).unwrap() <= SEALED_FILE_BYTES_MAX);
        let over = vec![0; usize::try_from(SEALED_FILE_BYTES_MAX).unwrap()];
        assert_eq!(seal(&over, &key(1)), Err(FileError::Size));
    }

    /// The document's example.
    #[test]
    fn the_bytes_are_the_documented_ones() {
        let sealed = seal(b"oirs", &key(1)).unwrap();
        assert_eq!(sealed.len(), 144);
        let shown = format!("{}", Hash::of(&sealed));
        assert_eq!(shown, "2f0cdbcc4ca4939ba45bbde9688d1726267f33cd7ce561ab4da52677c275ee58");
    }
}
