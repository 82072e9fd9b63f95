//! What the program is started with, and what it refuses to be started with.

use std::ffi::OsString;
use std::path::PathBuf;

/// Variables by which another program could drive or look into a window. Tauri, WebKitGTK and GTK, whose debugger is
/// one of them, obey them in release builds too, and a citizen's screen must not.
pub(crate) const AUTOMATION_VARIABLES: [&str; 4] =
    ["TAURI_WEBVIEW_AUTOMATION", "WEBKIT_INSPECTOR_SERVER", "WEBKIT_INSPECTOR_HTTP_SERVER", "GTK_DEBUG"];

/// How to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Args {
    /// The stand's data folder.
    pub(crate) data: PathBuf,
}

/// Reads `--data DIR`; without it the folder is the user's own.
///
/// # Errors
/// A sentence for whoever started it.
pub(crate) fn parse(
    args: impl IntoIterator<Item = OsString>,
    home: Option<OsString>,
) -> Result<Args, String> {
    let mut args = args.into_iter();
    let mut data = None;
    while let Some(arg) = args.next() {
        if arg == "--data" {
            data = args.next().map(PathBuf::from);
            if data.is_none() {
                return Err("--data needs a folder".into());
            }
        } else {
            return Err(format!("unknown argument {}: only --data DIR is known", arg.display()));
        }
    }
    let own = || home.map(|home| PathBuf::from(home).join(".local/share/oirs-en-terreno"));
    data.or_else(own)
        .map(|data| Args { data })
        .ok_or_else(|| "--data DIR is needed: there is no home folder".into())
}

/// The variable that must not be set and is, outside of the build for tests.
pub(crate) fn forbidden_variable(is_set: impl Fn(&str) -> bool) -> Option<&'static str> {
    if cfg!(feature = "automation") {
        return None;
    }
    AUTOMATION_VARIABLES.into_iter().find(|name| is_set(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_folder() {
        let check = |args: &[&str], home: Option<&str>, expected: Option<&str>| {
            let found = parse(args.iter().map(OsString::from), home.map(OsString::from));
            assert_eq!(found.ok().map(|args| args.data), expected.map(PathBuf::from), "{args:?}");
        };
        check(&["--data", "/d"], None, Some("/d"));
        check(&[], Some("/h"), Some("/h/.local/share/oirs-en-terreno"));
        check(&["--data"], Some("/h"), None);
        check(&[], None, None);
        check(&["--kiosk"], Some("/h"), None);
    }

    #[cfg(not(feature = "automation"))]
    #[test]
    fn nothing_may_drive_the_windows() {
        for name in AUTOMATION_VARIABLES {
            assert_eq!(forbidden_variable(|set| set == name), Some(name));
        }
        assert_eq!(forbidden_variable(|_| false), None);
    }
}
