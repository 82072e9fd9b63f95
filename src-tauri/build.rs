//! Declares the commands of the two windows, embeds their permissions, and keeps our SQLite to ourselves.

include!("src/command_names.rs");

fn main() {
    println!("cargo::rerun-if-changed=src-tauri/src/command_names.rs");
    println!("cargo::rerun-if-changed=src-tauri/capabilities");
    // An application command that isn't declared can be called from every window.
    let commands: Vec<&'static str> = CITIZEN_COMMANDS.iter().chain(STAFF_COMMANDS).copied().collect();
    let manifest = tauri_build::AppManifest::new().commands(commands.leak());
    let attributes = tauri_build::Attributes::new()
        .app_manifest(manifest)
        .capabilities_path_pattern("src-tauri/capabilities/*.json");
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={error:#}");
    }
    // The executable would export SQLite's symbols and replace the library that WebKit uses in the same process.
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        println!("cargo::rustc-link-arg-bins=-Wl,--exclude-libs,ALL");
    }
}
