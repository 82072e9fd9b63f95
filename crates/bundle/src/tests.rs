//! A stick that is pulled at every point, filled, locked and shuffled.
#![allow(clippy::arithmetic_side_effects)]

use ed25519_dalek::SigningKey;
use proptest::prelude::*;
use wire::push::{PUSH_BYTES_MAX, Push, PushEntry};
use wire::{DeviceId, EntryKind, Epoch, Hash, KeyId, OfficeId};

use crate::simulated::{Simulated, TORN};
use crate::*;

fn key() -> SigningKey {
    SigningKey::from_bytes(&[5; 32])
}

/// A signed push of `count - from` entries, and where it belongs.
fn push(from: u64, count: u64) -> (String, Vec<u8>) {
    let sealed: Vec<Vec<u8>> = (from..count).map(|n| vec![u8::try_from(n).unwrap(); 300]).collect();
    let entries = sealed.iter().map(|sealed| PushEntry {
        kind: EntryKind::REQUEST,
        key_id: KeyId([1; 8]),
        dictionary: 1,
        sealed,
    });
    let previous = Hash([9; 32]);
    let (office, device, epoch) = (OfficeId([1; 16]), DeviceId([2; 16]), Epoch([3; 8]));
    let mut push = Push { office, device, epoch, from, previous, entries: entries.collect(), head: previous };
    push.head = push.hashes().last().unwrap().1;
    let bytes = push.sign(&key());
    (push_path(device, epoch, from, count, &bytes), bytes)
}

/// Every file that is called a push is whole, or is said to be cut.
fn whole(medium: &Simulated) -> usize {
    let mut whole = 0;
    for file in walk(medium, "").unwrap().of(What::Push) {
        match read_push(medium, &file.path, Some(&key().verifying_key())) {
            Ok(_) => whole += 1,
            Err(error) => assert_eq!(error.code(), "cut", "{}", file.path),
        }
    }
    whole
}

#[test]
fn pulled_out_at_any_point_a_file_is_whole_or_named_as_torn_and_the_next_export_mends_it() {
    let files = [push(0, 3), push(3, 4), push(4, 9)];
    let mut undisturbed = Simulated::default();
    for (path, bytes) in &files {
        put(&mut undisturbed, path, bytes).unwrap();
    }
    assert!(undisturbed.writes > 10, "{}", undisturbed.writes);
    for at in 0..undisturbed.writes {
        for torn in TORN {
            let mut medium = Simulated::pulled(at, torn);
            let done = files.iter().take_while(|(path, bytes)| put(&mut medium, path, bytes).is_ok()).count();
            assert!(done < files.len(), "write {at} was never reached");
            medium.back();
            let before = whole(&medium);
            assert!(before >= done, "{at} {torn:?}: what was said to be written is not there");
            for (path, bytes) in &files {
                put(&mut medium, path, bytes).unwrap();
            }
            assert_eq!(whole(&medium), files.len(), "{at} {torn:?}");
        }
    }
}

#[test]
fn a_full_stick_and_a_locked_one_say_so_and_keep_what_they_have() {
    let (first, second) = (push(0, 3), push(3, 20));
    let mut medium = Simulated::default();
    put(&mut medium, &first.0, &first.1).unwrap();
    medium.bytes_max = Some(u64::try_from(first.1.len() + 100).unwrap());
    assert!(matches!(put(&mut medium, &second.0, &second.1), Err(MediumError::Full)));
    assert_eq!(medium.files().len(), 1, "half a file was left: {:?}", medium.files().keys());
    medium.back();
    medium.read_only = true;
    assert!(matches!(put(&mut medium, &second.0, &second.1), Err(MediumError::ReadOnly)));
    assert!(matches!(put(&mut medium, &first.0, &first.1), Err(MediumError::ReadOnly)));
    medium.back();
    assert_eq!(put(&mut medium, &first.0, &first.1).unwrap(), Put::Held);
    assert_eq!(put(&mut medium, &second.0, &second.1).unwrap(), Put::Written);
}

#[test]
fn each_kind_of_bad_file_is_named() {
    let (path, bytes) = push(0, 3);
    let other = SigningKey::from_bytes(&[6; 32]).verifying_key();
    let mut medium = Simulated::default();
    let mut check = |name: &str, bytes: &[u8], key: Option<&ed25519_dalek::VerifyingKey>, code: &str| {
        medium.lay(name, bytes);
        let read = read_push(&medium, name, key).map(|_| "read");
        assert_eq!(read.unwrap_or_else(|error| error.code()), code, "{name}");
    };
    let own = key().verifying_key();
    check(&path, &bytes, Some(&own), "read");
    check(&path, &bytes, None, "read");
    check(&path, &bytes, Some(&other), "bad_signature");
    check(&path, &bytes[..bytes.len() / 2], None, "cut");
    check(&path, &[], None, "cut");
    check(&path, &vec![0; bytes.len()], None, "cut");
    let text = b"hola";
    let named = format!("a-{}.push", &Hash::of(text).to_string()[..16]);
    check(&named, text, None, "not_signed");
    check("vacaciones.push", &bytes, Some(&own), "read");
    check("grande.push", &vec![0; PUSH_BYTES_MAX + 1], None, "too_large");
    check("justo.push", &vec![0; PUSH_BYTES_MAX], None, "cut");
    let mut altered = bytes.clone();
    *altered.last_mut().unwrap() ^= 1;
    check(&path, &altered, Some(&own), "bad_signature");
    let position = bytes.windows(40).position(|window| window == [1; 40]).unwrap();
    altered = bytes;
    altered[position] ^= 1;
    check(&path, &altered, None, "chain");
}

#[test]
fn names_are_short_plain_and_say_what_they_hold() {
    let device = DeviceId([0xab; 16]);
    let bytes = b"x".as_slice();
    let epoch = Epoch([0xcd; 8]);
    let paths = [
        push_path(device, epoch, 0, u64::MAX, bytes),
        checkpoint_path(device, epoch, 7, bytes),
        manifest_path(device, 1_795_000_000, bytes),
        part_path(Hash::of(bytes)),
        sealed_path(device, Hash::of(bytes)),
        upload_path(device, Hash::of(bytes)),
        stored_path(device, Hash::of(bytes)),
    ];
    for path in &paths {
        assert!(path.len() <= 115 && path.is_ascii() && *path == path.to_lowercase(), "{path}");
    }
    assert_eq!(
        paths[0],
        "oirs/abababababababababababababababab/cdcdcdcdcdcdcdcd/\
         0000000000-18446744073709551615-2d711642b726b044.push"
    );
    for (name, what) in [
        ("a.push", Some(What::Push)),
        ("A.PUSH", Some(What::Push)),
        ("a.push.tmp", Some(What::Unfinished)),
        ("a.manifest", Some(What::Manifest)),
        ("a.checkpoint", Some(What::Checkpoint)),
        ("a.part", Some(What::Part)),
        ("a.sealed", Some(What::Sealed)),
        ("a.upload", Some(What::Upload)),
        ("a.stored", Some(What::Stored)),
        ("a.docx", None),
        ("push", None),
    ] {
        assert_eq!(What::of(name), what, "{name}");
    }
    for (name, is) in [
        ("0000000000-0000000001-2d711642b726b044.push", true),
        ("X-2D711642B726B044.PUSH", true),
        ("x-2d711642b726b045.push", false),
        ("vacaciones.push", false),
        ("-.push", false),
    ] {
        assert_eq!(is_as_named(name, bytes), is, "{name}");
    }
}

#[cfg(unix)]
#[test]
fn a_disk_follows_no_link_waits_for_no_pipe_and_knows_what_was_named() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let (path, bytes) = push(0, 3);
    let mut disk = Disk::at(folder.path());
    assert_eq!(put(&mut disk, &path, &bytes).unwrap(), Put::Written);
    assert_eq!(put(&mut disk, &path, &bytes).unwrap(), Put::Held);
    std::fs::write(at("foto.jpg"), b"foto").unwrap();
    std::os::unix::fs::symlink(at(&path), at("otro.push")).unwrap();
    std::os::unix::fs::symlink("/", at("todo")).unwrap();
    let found = |place: &std::path::Path| -> Vec<String> {
        let place = Place::of(place).unwrap();
        place.files(Some(What::Push)).unwrap().files.into_iter().map(|file| file.path).collect()
    };
    for named in ["", "oirs", "oirs/02020202020202020202020202020202", &path] {
        assert_eq!(found(&at(named)), std::slice::from_ref(&path), "{named}");
    }
    let own = at("sin nombre");
    std::fs::write(&own, &bytes).unwrap();
    assert_eq!(found(&own), ["sin nombre"]);
    assert!(Place::of(&at("no hay")).is_none());
    assert!(disk.free_bytes().unwrap() > 0);
    disk.remove(&path).unwrap();
    disk.remove(&path).unwrap();
    assert!(matches!(disk.read(&path, 10), Err(MediumError::Gone { .. })));
    assert!(matches!(disk.read("todo", 10), Err(MediumError::Gone { .. })));
}

fn head(device: u8, from: u64, count: u64) -> PushHead {
    PushHead {
        path: format!("{device}-{from}-{count}"),
        kid: KeyId([device; 8]),
        office: OfficeId([0; 16]),
        device: DeviceId([device; 16]),
        epoch: Epoch([0; 8]),
        from,
        previous: Hash([0; 32]),
        count,
        head: Hash([0; 32]),
        len: 0,
    }
}

proptest! {
    /// An office that takes what it can place: whatever lies on the stick, in whatever order it was found, all that
    /// can be placed is, each push is asked for a bounded number of times, and what is left is named.
    #[test]
    fn all_that_has_a_place_finds_it(
        pushes in prop::collection::vec((0_u8..3, 0_u64..12, 1_u64..6), 0..40),
        held in prop::array::uniform3(0_u64..6),
    ) {
        let heads: Vec<PushHead> =
            pushes.iter().map(|(device, from, len)| head(*device, *from, from + len)).collect();
        let mut reachable = held;
        for _ in 0..heads.len() {
            for push in &heads {
                let at = &mut reachable[usize::from(push.device.0[0])];
                if push.from <= *at {
                    *at = push.count.max(*at);
                }
            }
        }
        let mut office = held;
        let mut offering = Offering::new(heads.clone());
        let mut asked = 0;
        while let Some(push) = offering.take_next() {
            asked += 1;
            let at = &mut office[usize::from(push.device.0[0])];
            let taken = if push.from <= *at { Taken::Held } else { Taken::Gap };
            if taken == Taken::Held {
                *at = push.count.max(*at);
            }
            offering.answered(push, taken);
        }
        prop_assert_eq!(office, reachable);
        prop_assert!(asked <= heads.len() * (heads.len() + 1));
        for missing in offering.missing() {
            prop_assert!(missing.before > office[usize::from(missing.device.0[0])]);
        }
    }
}
