//! Whatever comes: an answer, never a panic, and never more than the limits.

#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used, clippy::indexing_slicing)]

use std::path::PathBuf;

use attachment::limits::LONG_SIDE_DOTS_MAX;
use attachment::{MediaType, media_type, prepare};
use proptest::prelude::*;

const HEADS: &[&[u8]] = &[
    b"",
    b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0",
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x02\0\0\0\x90\x91h6",
    b"RIFF\x24\0\0\0WEBPVP8 ",
    b"RIFF\x24\0\0\0WEBPVP8L",
    b"%PDF-1.7\n1 0 obj<</",
    b"\0\0\0\x18ftyp",
];

fn answered(file: &[u8]) {
    if let Ok(prepared) = prepare(file) {
        assert_eq!(media_type(&prepared.bytes), Some(prepared.media_type));
        if prepared.media_type != MediaType::Pdf {
            let kept = image::load_from_memory(&prepared.bytes).unwrap();
            assert!(kept.width().max(kept.height()) <= LONG_SIDE_DOTS_MAX);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_after_any_beginning(
        head in proptest::sample::select(HEADS),
        rest in proptest::collection::vec(any::<u8>(), 0..600),
    ) {
        answered(&[head, &rest].concat());
    }

    /// Real files with some bytes altered reach deeper into the decoders.
    #[test]
    fn real_files_with_altered_bytes(
        name in proptest::sample::select(vec!["orientation-6.jpg", "progressive.jpg", "cmyk.jpg", "everything.png",
            "everything.webp", "moves.png", "moves.webp"]),
        altered in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..12),
        keep in proptest::option::of(any::<proptest::sample::Index>()),
    ) {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
        let mut file = std::fs::read(path).unwrap();
        for (at, byte) in altered {
            let at = at.index(file.len());
            file[at] = byte;
        }
        if let Some(keep) = keep {
            file.truncate(keep.index(file.len()));
        }
        answered(&file);
    }
}
