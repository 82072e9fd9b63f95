//! The stand with its windows. Everything is in the library, so that tests reach it.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    shell::run()
}
