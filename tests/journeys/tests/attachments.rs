//! A request with all the attachments that it may have, over a link that is cut again and again: the same bytes at the
//! office, and none of them sent twice.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use image::{ImageFormat, Rgb, RgbImage};
use journeys::{Chance, Kill, Link, Office, Proxy, Stand, at_each, points_of, run, selected, strace};
use rustix::process::Signal;
use serde_json::{Value, json};

/// A photograph that does not compress away.
fn photograph(folder: &Path, name: &str, seed: u64) -> PathBuf {
    let mut chance = Chance::seeded(seed);
    let picture = RgbImage::from_fn(700, 500, |x, y| {
        let grain = u8::try_from(chance.below(96)).unwrap();
        Rgb([u8::try_from(x % 160).unwrap() + grain, u8::try_from(y % 160).unwrap() + grain, grain])
    });
    let path = folder.join(name);
    picture.save_with_format(&path, ImageFormat::Jpeg).unwrap();
    path
}

fn pdf(folder: &Path, len: usize) -> PathBuf {
    let mut content = b"%PDF-1.7\n".to_vec();
    content.resize(len, b'x');
    content.extend_from_slice(b"\nstartxref\n9\n%%EOF\n");
    let path = folder.join("paginas.pdf");
    std::fs::write(&path, content).unwrap();
    path
}

fn request(stand: &Stand) -> String {
    let line = json!({"kind": "reclamo", "text": "El camino está cortado.", "comuna": "11303"}).to_string();
    let filed = stand.record("request", &[line]).expect_code(0).answer();
    filed["folio"].as_str().unwrap().to_owned()
}

fn attach(stand: &Stand, folio: &str, file: &Path) -> Value {
    stand.run(&["attach", folio, file.to_str().unwrap()]).expect_code(0).answer()
}

/// Names and bytes of the sealed files in a folder.
fn sealed(folder: &Path) -> BTreeSet<(String, Vec<u8>)> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(&path).unwrap()))
        .collect()
}

#[test]
fn eight_attachments_over_a_link_that_is_cut() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let office = Office::init(&at("office"));
    let serving = office.serve();
    let proxy = Proxy::to(serving.address);
    let stand = Stand::enrolled(&at("stand"), &office, &proxy.url(), "uno");
    let folio = request(&stand);
    let mut announced = 0;
    for number in 0..7 {
        let answer = attach(&stand, &folio, &photograph(folder.path(), &format!("{number}.jpg"), number));
        assert_eq!(
            (&answer["media_type"], &answer["attachments"]),
            (&json!("image/jpeg"), &json!(number + 1))
        );
        announced += answer["sealed_bytes"].as_u64().unwrap();
    }
    let pages = pdf(folder.path(), 300_000);
    let answer = stand
        .run(&["attach", &folio, pages.to_str().unwrap(), "--name", "las páginas"])
        .expect_code(0)
        .answer();
    announced += answer["sealed_bytes"].as_u64().unwrap();
    let ninth = stand.run(&["attach", &folio, pages.to_str().unwrap()]).expect_code(3).errors();
    assert_eq!(ninth[0]["code"], "too_many_attachments");
    assert!(announced > 1_000_000, "{announced}");

    // Cut where it hurts: in heads, in the middle of pieces, and after them.
    let mut chance = Chance::seeded(11);
    let cuts = (0..10).map(|_| Link::CutsUp(chance.below(250_000))).collect();
    let before = proxy.carried_up();
    proxy.set(cuts, Link::Passes);
    let answer = stand.sync();
    assert_eq!(
        (&answer["attachments_sent"], &answer["attachments_held"]),
        (&json!(8), &json!(0)),
        "{answer}"
    );
    assert!(proxy.cuts() >= 5, "{}", proxy.cuts());
    let carried = proxy.carried_up() - before;
    // Heads, the push (perhaps more than once), and what a cut took on its last stretch: never a whole file again.
    let allowed = announced
        + 2_000 * answer["requests"].as_u64().unwrap()
        + 16_384 * u64::try_from(proxy.cuts()).unwrap();
    assert!(carried >= announced && carried < allowed, "{carried} bytes for {announced}, at most {allowed}");

    let device = std::fs::read_dir(at("office/files")).unwrap().next().unwrap().unwrap().path();
    assert_eq!(sealed(&device), sealed(&at("stand/attachments")), "the same bytes");
    let shown = office.request(&folio);
    let views = shown["attachments"].as_array().unwrap();
    assert_eq!(views.len(), 8);
    assert!(views.iter().all(|view| view["stored"] == json!(true)));
    let opened = at("opened.pdf");
    let number = views.iter().find(|view| view["name"] == "las páginas").unwrap()["number"].to_string();
    office
        .run(&["requests", "attachment", &folio, &number, "--out", opened.to_str().unwrap()])
        .expect_code(0);
    assert_eq!(std::fs::read(&opened).unwrap(), std::fs::read(&pages).unwrap());
    let again = office.run(&["requests", "attachment", &folio, &number, "--out", opened.to_str().unwrap()]);
    assert_eq!(again.expect_code(2).errors()[0]["code"], "file_exists");

    assert_eq!(stand.sync()["requests"], json!(1), "nothing new is one request");
}

#[test]
fn what_is_not_taken_is_named_and_touches_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let office = Office::init(&folder.path().join("office"));
    let serving = office.serve();
    let stand = Stand::enrolled(&folder.path().join("stand"), &office, &serving.url(), "uno");
    let folio = request(&stand);
    attach(&stand, &folio, &photograph(folder.path(), "buena.jpg", 5));
    let before = (stand.verified(), sealed(&stand.folder.join("attachments")));
    let whole = std::fs::read(folder.path().join("buena.jpg")).unwrap();
    let mut bomb = Vec::new();
    // A picture of 200 megapixels by its header.
    bomb.extend_from_slice(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x40\0\0\0\x30\0\x08\x02\0\0\0");
    bomb.extend_from_slice(&0xcac2_57f8_u32.to_be_bytes());
    // The beginning of its dots: what the decoder wants to see before it says how large the picture is.
    bomb.extend_from_slice(b"\0\0\0\x05IDAT\x78\x9c\x63\0\0");
    bomb.extend_from_slice(&0x3829_d9a2_u32.to_be_bytes());
    let cases: [(&str, Vec<u8>, &str); 8] = [
        (
            "video.jpg",
            [b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom".as_slice(), &[0; 1_000]].concat(),
            "attachment_video",
        ),
        ("vacia.jpg", Vec::new(), "attachment_empty"),
        ("cortada.jpg", whole[..whole.len() / 2].to_vec(), "attachment_damaged"),
        ("grande.jpg", [whole.as_slice(), &vec![0; 34_000_000]].concat(), "attachment_too_large"),
        ("comprimida.jpg", b"PK\x03\x04\x14\0\0\0\x08\0".to_vec(), "attachment_archive"),
        ("dibujo.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), "attachment_markup"),
        (
            "clave.pdf",
            b"%PDF-1.7\n/Encrypt 1 0 R\nstartxref\n9\n%%EOF\n".to_vec(),
            "attachment_pdf_encrypted",
        ),
        ("guion.pdf", b"%PDF-1.7\n/S/JavaScript\nstartxref\n9\n%%EOF\n".to_vec(), "attachment_pdf_active"),
    ];
    for (name, bytes, code) in cases {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let refused = stand.run(&["attach", &folio, path.to_str().unwrap()]).expect_code(3);
        assert_eq!(refused.errors()[0]["code"], code, "{name}");
        assert_eq!(refused.answer()["error"]["code"], code, "{name}: in its place too");
    }
    std::fs::write(folder.path().join("enorme.png"), &bomb).unwrap();
    let refused =
        stand.run(&["attach", &folio, folder.path().join("enorme.png").to_str().unwrap()]).expect_code(3);
    assert_eq!(refused.errors()[0]["code"], "attachment_too_many_dots");
    let unknown = stand.run(&["attach", "000-0000-00R", folder.path().join("buena.jpg").to_str().unwrap()]);
    assert_eq!(unknown.errors()[0]["code"], "unknown_folio");
    assert_eq!(
        (stand.verified(), sealed(&stand.folder.join("attachments"))),
        before,
        "nothing captured is touched"
    );
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

const ID: &str = "0197f2b4-0000-7000-8000-000000000001";

/// Killed as it enters each call that writes, syncs, renames or removes: the file and its entry are both there or
/// neither is, and what is left of one without the other is gone at the next opening.
#[test]
fn a_stand_killed_at_any_call_has_an_attachment_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let office = Office::init(&at("office"));
    let serving = office.serve();
    let stand = Stand::enrolled(&at("stand"), &office, &serving.url(), "uno");
    let folio = request(&stand);
    serving.stop().expect_code(0);
    let pages = pdf(folder.path(), 10_000);
    let args = ["attach", &folio, pages.to_str().unwrap(), "--id", ID];
    copy_folder(&stand.folder, &at("counting"));
    let counting = Stand::at(&at("counting")).command(&args);
    run(strace(&counting, Kill::Nowhere, &at("counting.trace")), b"").expect_code(0);
    let points = points_of(&std::fs::read_to_string(at("counting.trace")).unwrap());
    assert!(points.len() > 8, "{points:?}");
    let reached = at_each(&points, |point| {
        let label = format!("{}-{}", point.call, point.nth);
        copy_folder(&stand.folder, &at(&label));
        let stand = Stand::at(&at(&label));
        let trace = at(&format!("{label}.trace"));
        let killed = run(strace(&stand.command(&args), Kill::At(point), &trace), b"");
        let reached = killed.signal == Some(9);
        assert!(reached || killed.code == Some(0), "{label}: {killed:?}");
        let again = stand.run(&args).expect_code(0).answer();
        assert_eq!(again["attachments"], json!(1), "{label}");
        if let Some(before) = killed.lines().first() {
            assert_eq!(
                (&again["copy"], &again["sealed_hash"]),
                (&json!(true), &before["sealed_hash"]),
                "{label}"
            );
        }
        // Opened once more: no file without an entry, and the one that is named is whole.
        assert_eq!(stand.verified()["entries"], json!(4), "{label}: beginning, outing, request, attachment");
        let files = sealed(&stand.folder.join("attachments"));
        let name = format!("{}.sealed", again["sealed_hash"].as_str().unwrap());
        let whole = u64::try_from(files.first().unwrap().1.len()).unwrap();
        assert_eq!((files.len(), &files.first().unwrap().0), (1, &name), "{label}");
        assert_eq!(again["sealed_bytes"], json!(whole), "{label}");
        reached
    });
    assert!(reached * 4 >= points.len() * 3, "{reached} of {} points were reached", points.len());
}

/// The same while both sides are at it: the stand and the office each killed as files are sent.
#[test]
fn a_kill_while_files_are_sent_costs_nothing_but_time() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let office = Office::init(&at("office"));
    let serving = office.serve();
    let way = Proxy::to(serving.address);
    let stand = Stand::enrolled(&at("stand"), &office, &way.url(), "uno");
    let folio = request(&stand);
    attach(&stand, &folio, &pdf(folder.path(), 200_000));
    stand.run(&["attach", &folio, photograph(folder.path(), "foto.jpg", 3).to_str().unwrap()]).expect_code(0);
    serving.stop().expect_code(0);
    for name in ["stand", "office"] {
        copy_folder(&at(name), &at(&format!("{name}.counting")));
    }
    let counting = Office::at(&at("office.counting"));
    let serving = counting.serve();
    way.turn_to(serving.address);
    let command = Stand::at(&at("stand.counting")).command(&["sync"]);
    run(strace(&command, Kill::Nowhere, &at("counting.trace")), b"").expect_code(0);
    serving.stop().expect_code(0);
    let points = selected(points_of(&std::fs::read_to_string(at("counting.trace")).unwrap()), 16);
    // One after the other: they share the way.
    for point in &points {
        let label = format!("{}-{}", point.call, point.nth);
        let (stand_at, office_at) = (at(&format!("stand.{label}")), at(&format!("office.{label}")));
        copy_folder(&at("stand"), &stand_at);
        copy_folder(&at("office"), &office_at);
        let (stand, office) = (Stand::at(&stand_at), Office::at(&office_at));
        let mut serving = office.serve();
        way.turn_to(serving.address);
        let killed =
            run(strace(&stand.command(&["sync"]), Kill::At(point), &at(&format!("{label}.trace"))), b"");
        assert!(killed.signal == Some(9) || killed.code == Some(0), "{label}: {killed:?}");
        // The office goes down without a word as well, and comes back.
        serving.process.signal(Signal::KILL);
        drop(serving);
        let serving = office.serve();
        way.turn_to(serving.address);
        assert_eq!(stand.sync()["attachments_held"], json!(0), "{label}");
        assert_eq!(stand.sync()["requests"], json!(1), "{label}: nothing is left to say");
        let device = std::fs::read_dir(office_at.join("files")).unwrap().next().unwrap().unwrap().path();
        assert_eq!(sealed(&device), sealed(&stand_at.join("attachments")), "{label}");
        serving.stop().expect_code(0);
    }
}
