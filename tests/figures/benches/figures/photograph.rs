//! A photograph of twelve megapixels, from its bytes to the sealed file and its committed entry; and what that takes in
//! memory, measured in a process that does nothing else: the most that it ever held, after less before.

use std::path::Path;
use std::process::Command;

use domain::{AttachmentDraft, Folio};
use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};
use stand::Stand;

use crate::processes::{Programs, drafts};
use crate::stats::Samples;
use crate::table::{Goal, Table};

const WIDTH: u32 = 4_000;
const HEIGHT: u32 = 3_000;
const RUNS: usize = 40;
/// As many as a request may have.
const ATTACHMENTS_A_REQUEST: usize = 8;
/// Names the stand's folder and the photograph to a process that attaches once and says what it held.
const ONCE: &str = "OIRS_FIGURES_PHOTOGRAPH";

pub(crate) fn run(programs: &Programs, table: &mut Table) {
    let dir = tempfile::tempdir().unwrap();
    let office = programs.office(dir.path(), &[]);
    let data = office.enrol(dir.path(), "photograph");
    let file = photograph();
    let path = dir.path().join("photograph.jpg");
    std::fs::write(&path, &file).unwrap();

    let mut stand = Stand::open(&data).unwrap();
    let (mut whole, mut decoding) = (Samples::new(), Samples::new());
    let mut folio = request(&mut stand);
    for run in 0..RUNS {
        if run % ATTACHMENTS_A_REQUEST == 0 {
            folio = request(&mut stand);
        }
        whole.time(|| stand.attach(folio, AttachmentDraft::default(), &file).unwrap());
        decoding.time(|| image::load_from_memory(&file).unwrap());
    }
    let ms = |samples: &Samples, share: f64| samples.share(share) / 1e3;
    let p95: Samples = [ms(&whole, 0.95)].into_iter().collect();
    let beside = format!(
        "median {:.0} ms, of which decoding {:.0}; a file of {:.1} MB",
        ms(&whole, 0.5),
        ms(&decoding, 0.5),
        file.len() as f64 / 1e6
    );
    table.row("photograph of 12 megapixels to sealed, p95, ms", &p95, 0, Goal::Below(1_500.0), &beside);

    let more: Samples = (0..5).map(|_| in_a_process(&data, &path)).collect();
    let beside = "the dots alone are 36 MB";
    table.row("memory that it takes besides, at most, MB", &more, 0, Goal::AtMost(150.0), beside);
}

/// Light, edges and the grain of a small sensor.
fn photograph() -> Vec<u8> {
    let mut state = 1_u32;
    let picture = RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grain = state >> 28;
        let light = (x * 90 / WIDTH + y * 90 / HEIGHT) & 0xff;
        let edge = if (x / 97 + y / 131) % 3 == 0 { 60 } else { 0 };
        let colour = |shift: u32| u8::try_from((light + edge + grain + shift).min(255)).unwrap();
        Rgb([colour(0), colour(10), colour(25)])
    });
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, 92).encode_image(&picture).unwrap();
    file
}

fn request(stand: &mut Stand) -> Folio {
    let draft = drafts().swap_remove(0);
    Folio::parse(&stand.record_request(draft).unwrap().answer.folio).unwrap()
}

/// Megabytes that attaching once adds to the most that a process ever held.
fn in_a_process(data: &Path, photograph: &Path) -> f64 {
    let done = Command::new(std::env::current_exe().unwrap())
        .env(ONCE, std::env::join_paths([data, photograph]).unwrap())
        .output()
        .unwrap();
    String::from_utf8(done.stdout).unwrap().trim().parse().unwrap()
}

/// That process; says whether this is one.
pub(crate) fn once() -> bool {
    let Some(paths) = std::env::var_os(ONCE) else { return false };
    let paths: Vec<_> = std::env::split_paths(&paths).collect();
    let mut stand = Stand::open(&paths[0]).unwrap();
    let folio = request(&mut stand);
    let before = most_ever_held();
    stand.attach_file(folio, AttachmentDraft::default(), &paths[1]).unwrap();
    println!("{}", most_ever_held() - before);
    true
}

/// The high-water mark of this process's memory (`VmHWM`), in megabytes.
fn most_ever_held() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.split_whitespace().next().unwrap().parse::<f64>().unwrap() / 1_024.0
}
