//! The project's chores as one program: run, test, bench, sim, package, tidy and what they need.
//!
//! A Rust program and not a folder of scripts: it runs wherever the project builds, its rules are tested like
//! any other code, and a newcomer has two commands to learn, `cargo xtask run` and `cargo xtask test`. It is
//! kept small on purpose, because everything else waits for it to be built.

mod children;
mod chores;
mod cli;
mod edges;
mod gate;
mod machine;
mod needs;
mod package;
mod show;
mod steps;
mod tally;
mod tidy;
mod tree;
mod trouble;

use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::dispatch() {
        Ok(code) => code,
        Err(trouble) => {
            children::stop_all();
            tree::complain(&trouble);
            ExitCode::FAILURE
        }
    }
}
