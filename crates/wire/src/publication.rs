//! What an office publishes for all of its stands: one part of the manifest for each kind of content.
//!
//! The manifest's signature covers it through its hash. Number and date are inside, so that a stand can say what it
//! carries and how old that is without asking anybody.

use minicbor::{Decode, Encode};
use zstd::zstd_safe;

use crate::{Malformed, decode, encode};

/// Chosen for 2G: a publication is compressed once and carried to every stand.
const LEVEL: i32 = 19;

/// Published content.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Publication {
    #[n(0)]
    version: u8,
    /// Which of the office's publications of this kind, from 1.
    #[n(1)]
    pub number: u64,
    /// When it was published, in seconds since 1970 (UTC).
    #[n(2)]
    pub published_unix_s: u64,
    #[cbor(n(3), with = "minicbor::bytes")]
    compressed: Vec<u8>,
}

/// A Zstandard frame (RFC 8878) of what is to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compressed(Vec<u8>);

impl Compressed {
    /// Compresses content.
    pub fn of(content: &[u8]) -> std::io::Result<Self> {
        zstd::bulk::compress(content, LEVEL).map(Self)
    }

    /// Its length in bytes.
    pub fn bytes(&self) -> u64 {
        u64::try_from(self.0.len()).unwrap_or(u64::MAX)
    }
}

impl Publication {
    /// A publication of this protocol version.
    pub fn new(number: u64, published_unix_s: u64, content: &Compressed) -> Self {
        Self { version: crate::VERSION, number, published_unix_s, compressed: content.0.clone() }
    }

    /// The bytes of the part.
    pub fn encode(&self) -> Vec<u8> {
        encode(self)
    }

    /// Reads a part whose hash was compared.
    pub fn read(bytes: &[u8]) -> Result<Self, Malformed> {
        let read: Self = decode("publication", bytes)?;
        if read.version == crate::VERSION {
            Ok(read)
        } else {
            Err(Malformed { what: "publication", why: format!("version {}", read.version) })
        }
    }

    /// The content. Refuses a frame that is or claims to be longer than `bytes_max` before unpacking it.
    pub fn content(&self, bytes_max: usize) -> Result<Vec<u8>, Malformed> {
        let malformed = |why: String| Malformed { what: "published content", why };
        // One frame and nothing after it: other readers would stop there, and see other content.
        if zstd_safe::find_frame_compressed_size(&self.compressed).ok() != Some(self.compressed.len()) {
            return Err(malformed("not exactly one frame".into()));
        }
        let length = zstd_safe::get_frame_content_size(&self.compressed).ok().flatten();
        match length.and_then(|length| usize::try_from(length).ok()) {
            Some(length) if length <= bytes_max => {
                zstd::bulk::decompress(&self.compressed, length).map_err(|error| malformed(error.to_string()))
            }
            _ => Err(malformed(format!("longer than {bytes_max} bytes"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn publication(content: &[u8]) -> Publication {
        Publication::new(3, 1_800_000_000, &Compressed::of(content).unwrap())
    }

    #[test]
    fn reads_back_what_was_published() {
        let made = publication(b"fichas fichas fichas fichas");
        let read = Publication::read(&made.encode()).unwrap();
        assert_eq!((read.number, read.published_unix_s), (3, 1_800_000_000));
        assert_eq!(read.content(27).unwrap(), b"fichas fichas fichas fichas");
    }

    #[test]
    fn nothing_is_unpacked_beyond_the_limit() {
        let bomb = publication(&vec![0; 1_000_000]);
        assert!(bomb.encode().len() < 200, "a megabyte of nothing");
        for (bytes_max, fits) in [(999_999, false), (1_000_000, true), (1_000_001, true)] {
            assert_eq!(bomb.content(bytes_max).is_ok(), fits, "{bytes_max}");
        }
    }

    #[test]
    fn damage_is_found() {
        let whole = publication(b"fichas");
        let cases: [(&str, Vec<u8>); 4] = [
            ("nothing", Vec::new()),
            ("no frame", b"fichas".to_vec()),
            ("cut", whole.compressed[..whole.compressed.len() - 1].to_vec()),
            ("two frames", [whole.compressed.clone(), whole.compressed.clone()].concat()),
        ];
        for (what, compressed) in cases {
            assert!(Publication { compressed, ..whole.clone() }.content(1_000).is_err(), "{what}");
        }
        let later = Publication { version: crate::VERSION + 1, ..whole.clone() };
        assert!(Publication::read(&later.encode()).is_err());
        assert!(Publication::read(&whole.encode()[1..]).is_err());
    }
}
