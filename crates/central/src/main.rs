//! `oirs-central`: the central office's program.

fn main() -> std::process::ExitCode {
    central::cli::main()
}
