//! What comes in and goes out on media: pictures and pages for a request, sticks for the office, the mirror's card.
//!
//! A page names no path. What can be chosen was listed by the stand, and is looked for in such a list again when it
//! is used; a picture is looked at as it would be kept, and until somebody keeps it, it is in memory only.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use domain::AttachmentDraft;
use serde::Serialize;
use stand::{
    Attached, BundleAcknowledged, BundleExported, Camera, CameraLine, CarryAnswer, CarryTo, FileCamera,
    HandedFile, HandedFiles, MediumLine, MirrorStatus, Mounted, PreparedAttachment, Stand, StandError,
    prepare_attachment, prepare_attachment_file,
};
use tauri::{AppHandle, Emitter as _, Manager as _};

use crate::lock::STAFF_WINDOW;
use crate::refusal::Refusal;
use crate::shell::{Shell, held};
use crate::staff::folio;
use crate::windows;

/// How often mirror and clock are looked at when nothing is recorded: a card that was pulled out is missed within that
/// time.
const LOOK_EVERY: Duration = Duration::from_secs(30);

/// What is chosen from, and what was chosen and is not kept yet.
#[derive(Default)]
pub(crate) struct Handed {
    listed: Mutex<Vec<HandedFile>>,
    prepared: Mutex<Option<PreparedAttachment>>,
}

impl Handed {
    /// What was looked at is not kept: its memory is wiped.
    pub(crate) fn let_go(&self) {
        *held(&self.prepared) = None;
    }

    /// Nothing of it stays.
    pub(crate) fn forget(&self) {
        self.let_go();
        held(&self.listed).clear();
    }

    /// Keeps what was made safe, and shows it.
    fn show(&self, bytes_before: u64, prepared: PreparedAttachment) -> HandedView {
        let view = HandedView {
            media_type: prepared.media_type().as_str(),
            bytes_before,
            bytes_after: count(prepared.content().len()),
            picture: prepared.data_url(),
        };
        *held(&self.prepared) = Some(prepared);
        view
    }
}

/// What would be kept, to be looked at before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct HandedView {
    /// What it has become.
    pub(crate) media_type: &'static str,
    /// Bytes of what was handed over.
    #[cfg_attr(test, ts(type = "number"))]
    pub(crate) bytes_before: u64,
    /// Bytes of what would be kept.
    #[cfg_attr(test, ts(type = "number"))]
    pub(crate) bytes_after: u64,
    /// The picture itself; none for pages.
    pub(crate) picture: Option<String>,
}

/// What a request has, and where more can come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct AttachmentsView {
    /// How many it has.
    pub(crate) count: usize,
    /// How many it may have.
    pub(crate) max: usize,
    /// The cameras that give pictures.
    pub(crate) cameras: Vec<CameraLine>,
    /// The media that are there, by name.
    pub(crate) media: Vec<String>,
}

/// Media, what this stand has on them, and what still waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct MediaView {
    /// The media that are there.
    pub(crate) media: Vec<MediumLine>,
    /// How the mirror is.
    pub(crate) mirror: MirrorStatus,
    /// Records that the office has not signed for.
    #[cfg_attr(test, ts(type = "number"))]
    pub(crate) held: u64,
    /// Of those, how many were ever handed to a stick.
    #[cfg_attr(test, ts(type = "number"))]
    pub(crate) on_usb: u64,
}

/// A place that only the build for tests may be told of.
fn told(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).filter(|_| cfg!(feature = "automation")).map(PathBuf::from)
}

fn mounted() -> Vec<Mounted> {
    told("OIRS_MEDIA").map_or_else(stand::mounted_media, |folder| stand::media_in(&folder))
}

/// The medium at a folder, while it is there.
pub(crate) fn medium(folder: &str) -> Result<PathBuf, StandError> {
    let found = mounted().into_iter().map(|medium| medium.folder).find(|path| path == Path::new(folder));
    found.ok_or_else(|| StandError::medium_gone(folder))
}

/// What a picture is asked of in a test: a file in the camera's place.
pub(crate) fn cameras() -> Vec<CameraLine> {
    match told("OIRS_CAMERA") {
        Some(path) => vec![CameraLine { name: path.display().to_string(), path, usable: true }],
        None => stand::cameras().into_iter().filter(|camera| camera.usable).collect(),
    }
}

fn count(len: usize) -> u64 {
    u64::try_from(len).unwrap_or(u64::MAX)
}

/// Whether a file stands in the camera's place: for it no time passes, however slow the machine is that tests.
pub(crate) fn is_file_camera() -> bool {
    told("OIRS_CAMERA").is_some()
}

/// One of the cameras that were listed, for pictures.
pub(crate) fn open_camera(camera: &Path) -> Box<dyn Camera> {
    match told("OIRS_CAMERA") {
        Some(path) => Box::new(FileCamera(path)),
        None => stand::open_camera(camera),
    }
}

/// What a request of this machine has, and where more can come from.
pub(crate) fn attachments(shell: &Shell, text: &str) -> Result<AttachmentsView, Refusal> {
    let folio = folio(text)?;
    let count = shell.with(|stand| Ok(stand.attachments(folio)?.len()))?;
    let media = mounted().into_iter().map(|medium| medium.name).collect();
    Ok(AttachmentsView { count, max: domain::limits::ATTACHMENTS_MAX, cameras: cameras(), media })
}

/// Takes a picture with one of the cameras that were listed, makes it safe to keep and shows it.
pub(crate) fn take_picture(handed: &Handed, camera: &Path) -> Result<HandedView, Refusal> {
    handed.let_go();
    if cameras().iter().all(|line| line.path != camera) {
        return Err(StandError::NoCamera.into());
    }
    let picture = open_camera(camera).picture()?;
    Ok(handed.show(count(picture.len()), prepare_attachment(&picture)?))
}

/// The pictures and pages on the media that are there.
pub(crate) fn files(shell: &Shell, handed: &Handed) -> Result<HandedFiles, Refusal> {
    let stand = shell.another_stand()?;
    let found = stand.handed_files(&mounted())?;
    held(&handed.listed).clone_from(&found.files);
    Ok(found)
}

/// Makes one of the files that were listed safe to keep and shows it.
pub(crate) fn take_file(handed: &Handed, at: usize) -> Result<HandedView, Refusal> {
    handed.let_go();
    let chosen = held(&handed.listed).get(at).cloned();
    let file = chosen.ok_or_else(|| StandError::AttachmentFile(std::io::ErrorKind::NotFound.into()))?;
    Ok(handed.show(file.bytes, prepare_attachment_file(&file.path)?))
}

/// Keeps what was looked at: only now is it sealed, written and recorded.
pub(crate) fn keep(
    shell: &Shell,
    handed: &Handed,
    text: &str,
    name: Option<String>,
) -> Result<Attached, Refusal> {
    let folio = folio(text)?;
    let draft = AttachmentDraft { id: None, name: name.filter(|name| !name.trim().is_empty()) };
    draft.check().map_err(StandError::Input)?;
    let prepared = held(&handed.prepared).take().ok_or_else(|| Refusal::of("nothing_handed"))?;
    let attached = shell.with(|stand| stand.attach_prepared(folio, draft, prepared))?;
    shell.nudge();
    Ok(attached)
}

/// The media that are there, the mirror, and what waits.
pub(crate) fn media(shell: &Shell) -> Result<MediaView, Refusal> {
    let mounted = mounted();
    Ok(shell.with(|stand| {
        let waiting = stand.waiting_to_sync()?;
        let (held, on_usb) = (waiting.entries, waiting.on_usb);
        Ok(MediaView { media: stand.media(&mounted), mirror: stand.mirror_status()?, held, on_usb })
    })?)
}

/// How far it is with writing onto a stick.
#[derive(Debug, Clone, Copy, Serialize)]
struct StickProgress {
    done: u64,
    total: u64,
}

/// Writes everything that waits onto a stick. The stand is free meanwhile: a stick takes its time.
pub(crate) fn save(app: &AppHandle, shell: &Shell, folder: &str) -> Result<BundleExported, Refusal> {
    shell.check_unlocked()?;
    let tell = |done, total| {
        // A window that is gone needs no news.
        // tidy-allow(fluent): an event's name, not a sentence's
        let _ = app.emit_to(STAFF_WINDOW, "stick-progress", StickProgress { done, total });
    };
    Ok(shell.another_stand()?.export_bundle_telling(&medium(folder)?, tell)?)
}

/// Takes the office's answers from a stick.
pub(crate) fn read(shell: &Shell, folder: &str) -> Result<BundleAcknowledged, Refusal> {
    shell.check_unlocked()?;
    let folder = medium(folder)?;
    Ok(shell.with(|stand| stand.acknowledge_bundle(&folder))?)
}

/// Takes the new version of this program from a stick. It goes in once nobody uses the windows.
pub(crate) fn take_update(shell: &Shell, folder: &str) -> Result<(), Refusal> {
    shell.check_unlocked()?;
    shell.another_stand()?.take_update(&medium(folder)?, &stand::UpdatePlace::here())?;
    Ok(())
}

/// Mirrors onto a medium from now on, or no more.
pub(crate) fn set_mirror(shell: &Shell, folder: Option<&str>) -> Result<MirrorStatus, Refusal> {
    shell.check_unlocked()?;
    let folder = folder.map(medium).transpose()?;
    Ok(shell.with(|stand| match &folder {
        Some(folder) => stand.begin_mirror(folder),
        None => stand.unset_mirror(),
    })?)
}

/// Has the mirror compared anew. Anybody may: it only writes what is missing there.
pub(crate) fn check_mirror(shell: &Shell) -> Result<MirrorStatus, Refusal> {
    Ok(shell.with(Stand::recheck_mirror)?)
}

/// Brings what lies on a medium of another stand's to the office, or onto another medium. Asking the office waits for
/// the network, in a thread of its own.
pub(crate) fn carry(shell: &Shell, folder: &str, to: Option<&str>) -> Result<CarryAnswer, Refusal> {
    shell.check_unlocked()?;
    let (from, to) = (medium(folder)?, to.map(medium).transpose()?);
    let mut stand = shell.another_stand()?;
    let carry = || stand.carry(&from, to.as_deref().map_or(CarryTo::Office(None), CarryTo::Stick));
    let carried = std::thread::scope(|scope| scope.spawn(carry).join());
    Ok(carried.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?)
}

/// Looks at the mirror, the clock and whether a new version may come in for as long as the program runs, and tells the window that has the screen of every
/// change: nobody touches a screen because a clock jumped.
pub(crate) fn watch(app: &AppHandle) {
    let shell = app.state::<Shell>();
    let look = || {
        shell.with(|stand| {
            stand.look_at_mirror();
            Ok((stand.mirror_grade(), stand.clock_certainty()))
        })
    };
    let mut last = look().ok();
    shell.mind_updates();
    loop {
        std::thread::park_timeout(LOOK_EVERY);
        shell.mind_updates();
        // Of a machine that is not enrolled there is nothing to tell.
        let seen = look().ok();
        if seen.is_some() && seen != last {
            // A window that is gone needs no news.
            let _ = windows::changed(app);
        }
        last = seen;
    }
}
