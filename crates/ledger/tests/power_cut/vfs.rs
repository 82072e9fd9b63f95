//! The recorder: SQLite's own VFS, with a note taken of every write, truncation, sync, creation and deletion.
//!
//! It becomes the process's default VFS, so that the ledger is opened exactly as in production, by the same code.
//! Files outside the recorded folder get SQLite's own methods and are not slowed. Only three methods of a file
//! are replaced, in a copy of SQLite's table, and the others run untouched: what a test's own VFS would get subtly
//! wrong (locks, shared memory) cannot go wrong here. The shared memory is not recorded, for it never outlives a
//! power cut.
//!
//! Syncs of folders pass by every VFS: SQLite does them inside xSync and xDelete, the ledger with the standard
//! library. They are seen by standing in for the C library's `fsync`, which all of them call. It syncs nothing:
//! nothing that this process writes has to last.

#![allow(unsafe_code)]

use std::collections::BTreeMap;
use std::ffi::{CStr, OsStr, c_char, c_int, c_void};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicPtr, Ordering};
use std::sync::{Mutex, Once, PoisonError};

use rusqlite::ffi::{
    SQLITE_MISUSE, SQLITE_OK, sqlite3_file, sqlite3_filename, sqlite3_io_methods, sqlite3_vfs,
    sqlite3_vfs_find, sqlite3_vfs_register,
};

use crate::drive::{FileId, Step};

struct Recorder {
    folder: PathBuf,
    names: BTreeMap<String, FileId>,
    files: usize,
    steps: Vec<Step>,
}

/// The methods of one recorded file. SQLite sees the first of these; a method that is called finds the rest behind.
#[repr(C)]
struct Recorded {
    methods: sqlite3_io_methods,
    unix: *const sqlite3_io_methods,
    file: FileId,
}

static RECORDER: Mutex<Option<Recorder>> = Mutex::new(None);
static UNIX: AtomicPtr<sqlite3_vfs> = AtomicPtr::new(std::ptr::null_mut());

/// Runs `day` and returns what it did to the files in `folder`, which is empty. One recording at a time.
pub(crate) fn record(folder: &Path, day: impl FnOnce()) -> Vec<Step> {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(install);
    let folder = folder.canonicalize().unwrap();
    let new = Recorder { folder, names: BTreeMap::new(), files: 0, steps: Vec::new() };
    let earlier = RECORDER.lock().unwrap().replace(new);
    assert!(earlier.is_none(), "one recording at a time");
    day();
    RECORDER.lock().unwrap().take().unwrap().steps
}

/// Notes that the ledger's operation of this number returned.
pub(crate) fn returned(operation: usize) {
    with(|recorder| recorder.steps.push(Step::Returned(operation)));
}

/// Nothing in here panics: most callers are C.
fn with(note: impl FnOnce(&mut Recorder)) {
    if let Some(recorder) = RECORDER.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
        note(recorder);
    }
}

impl Recorder {
    /// The name of a path that lies in the recorded folder.
    fn name(&self, path: *const c_char) -> Option<String> {
        if path.is_null() {
            return None;
        }
        // SAFETY: SQLite hands over a path that ends in NUL and lives as long as the call.
        let path = Path::new(OsStr::from_bytes(unsafe { CStr::from_ptr(path) }.to_bytes()));
        let inside = path.parent() == Some(&self.folder);
        inside.then(|| path.file_name().unwrap_or_default().to_string_lossy().into_owned())
    }

    /// Which file a name leads to, with a note of its creation unless the name is known.
    fn opened(&mut self, name: String) -> FileId {
        *self.names.entry(name.clone()).or_insert_with(|| {
            self.files += 1;
            self.steps.push(Step::Created(name, FileId(self.files)));
            FileId(self.files)
        })
    }

    fn deleted(&mut self, name: String) {
        if self.names.remove(&name).is_some() {
            self.steps.push(Step::Deleted(name));
        }
    }
}

fn install() {
    // SAFETY: the VFS that is found lives as long as the process. Ours is a copy of it with other functions of the
    // same signatures, is never freed, and needs no more room for a file than SQLite's own.
    unsafe {
        let unix = sqlite3_vfs_find(std::ptr::null());
        assert!(!unix.is_null());
        UNIX.store(unix, Ordering::SeqCst);
        let recording = sqlite3_vfs {
            zName: c"recording".as_ptr(),
            pNext: std::ptr::null_mut(),
            xOpen: Some(open),
            xDelete: Some(delete),
            ..*unix
        };
        assert_eq!(sqlite3_vfs_register(Box::leak(Box::new(recording)), 1), SQLITE_OK);
    }
}

unsafe extern "C" fn open(
    _vfs: *mut sqlite3_vfs,
    path: sqlite3_filename,
    file: *mut sqlite3_file,
    flags: c_int,
    flags_out: *mut c_int,
) -> c_int {
    let unix = UNIX.load(Ordering::SeqCst);
    // SAFETY: the arguments are SQLite's, passed on to the VFS that they were meant for; `file` is initialised
    // once that returned well, and its methods are replaced by a table that lives as long as the process.
    unsafe {
        let code = (*unix).xOpen.map_or(SQLITE_MISUSE, |open| open(unix, path, file, flags, flags_out));
        if code == SQLITE_OK {
            with(|recorder| {
                if let Some(name) = recorder.name(path) {
                    let unix = (*file).pMethods;
                    let methods = sqlite3_io_methods {
                        xWrite: Some(write),
                        xTruncate: Some(truncate),
                        xSync: Some(sync),
                        ..*unix
                    };
                    let recorded = Box::new(Recorded { methods, unix, file: recorder.opened(name) });
                    (*file).pMethods = std::ptr::from_ref(Box::leak(recorded)).cast();
                }
            });
        }
        code
    }
}

unsafe extern "C" fn delete(_vfs: *mut sqlite3_vfs, path: *const c_char, sync_folder: c_int) -> c_int {
    // The note comes first: the folder's sync, when one is asked for, is noted inside.
    with(|recorder| {
        if let Some(name) = recorder.name(path) {
            recorder.deleted(name);
        }
    });
    let unix = UNIX.load(Ordering::SeqCst);
    // SAFETY: the arguments are SQLite's, passed on to the VFS that they were meant for.
    unsafe { (*unix).xDelete.map_or(SQLITE_MISUSE, |delete| delete(unix, path, sync_folder)) }
}

/// What stands behind the methods of a recorded file.
///
/// # Safety
///
/// `file` must be one whose methods [`open`] replaced.
unsafe fn recorded(file: *mut sqlite3_file) -> &'static Recorded {
    // SAFETY: `open` made these methods the first field of a `Recorded` that is never freed.
    unsafe { &*(*file).pMethods.cast() }
}

unsafe extern "C" fn write(file: *mut sqlite3_file, data: *const c_void, len: c_int, offset: i64) -> c_int {
    // SAFETY: SQLite calls this for recorded files only, with `len` readable bytes, and the same arguments are
    // passed on to the method that they were meant for.
    unsafe {
        let recorded = recorded(file);
        if let (Ok(len), Ok(offset)) = (usize::try_from(len), usize::try_from(offset)) {
            let bytes = std::slice::from_raw_parts(data.cast::<u8>(), len).to_vec();
            with(|recorder| recorder.steps.push(Step::Written(recorded.file, offset, bytes)));
        }
        (*recorded.unix).xWrite.map_or(SQLITE_MISUSE, |unix| unix(file, data, len, offset))
    }
}

unsafe extern "C" fn truncate(file: *mut sqlite3_file, size: i64) -> c_int {
    // SAFETY: as for `write`.
    unsafe {
        let recorded = recorded(file);
        let len = usize::try_from(size).unwrap_or_default();
        with(|recorder| recorder.steps.push(Step::Truncated(recorded.file, len)));
        (*recorded.unix).xTruncate.map_or(SQLITE_MISUSE, |unix| unix(file, size))
    }
}

unsafe extern "C" fn sync(file: *mut sqlite3_file, flags: c_int) -> c_int {
    // SAFETY: as for `write`.
    unsafe {
        let recorded = recorded(file);
        with(|recorder| recorder.steps.push(Step::Synced(recorded.file)));
        (*recorded.unix).xSync.map_or(SQLITE_MISUSE, |unix| unix(file, flags))
    }
}

/// Stands in for the C library's function, for SQLite and the standard library alike.
#[unsafe(no_mangle)]
extern "C" fn fsync(descriptor: c_int) -> c_int {
    with(|recorder| {
        let identity = |path: &Path| std::fs::metadata(path).map(|found| (found.dev(), found.ino()));
        let synced = identity(Path::new(&format!("/proc/self/fd/{descriptor}")));
        if synced.is_ok_and(|synced| identity(&recorder.folder).is_ok_and(|folder| folder == synced)) {
            recorder.steps.push(Step::FolderSynced);
        }
    });
    0
}
