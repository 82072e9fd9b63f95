//! The chores' names and options.

use crate::tree::{self, Tree};
use crate::trouble::Trouble;
use crate::{children, chores, gate, machine, package, show, tidy};
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// The project's chores. The two to begin with: `cargo xtask run` and `cargo xtask test`.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Debug, Subcommand)]
enum Chore {
    /// Set up what is missing, start a central office, enrol a stand and open its window.
    Run {
        /// Use a display in memory and write what it shows into `target/screens/`.
        #[arg(long)]
        headless: bool,
    },
    /// Set up what is missing and run every test there is.
    Test {
        /// Only this step; may be given several times.
        #[arg(long, value_name = "STEP")]
        only: Vec<String>,
        /// Print the steps and stop.
        #[arg(long)]
        list: bool,
    },
    /// Run the seeded simulation; the same seed runs the same way.
    Sim {
        /// The first seed.
        #[arg(long)]
        seed: u64,
        /// How many seeds, counting up.
        #[arg(long, default_value_t = 1)]
        count: u64,
        /// Print every step of the run.
        #[arg(long)]
        trace: bool,
    },
    /// Print the figures, each beside what it is compared with.
    Bench {
        /// Only these, by a part of their names.
        figures: Vec<String>,
        /// Also write the table to `docs/figures.md`.
        #[arg(long)]
        write: bool,
    },
    /// Build the stand as it ships and pack it for Debian 12, into `target/package/`.
    Package,
    /// Boot a bare Debian 12 in a virtual machine, make it a kiosk with the package, and try it (KVM, root, minutes).
    Machine,
    /// Hold the tree to the rules of the house.
    Tidy,
    /// Commit the checksums of new migrations.
    Migrations,
    /// Write the TypeScript types of what crosses between Rust and the windows.
    Bindings {
        /// Write nothing, fail if something would change.
        #[arg(long)]
        check: bool,
    },
    /// Write the JSON Schemas of what scripts file.
    Schemas {
        /// Write nothing, fail if something would change.
        #[arg(long)]
        check: bool,
    },
}

/// Does what the command line asks for.
pub(crate) fn dispatch() -> Result<ExitCode, Trouble> {
    let cli = Cli::parse();
    let tree = Tree::here()?;
    children::end_with_signals()?;
    let done = |()| ExitCode::SUCCESS;
    match cli.chore {
        Chore::Run { headless } => show::run(&tree, headless).map(done),
        Chore::Test { list: true, .. } => {
            gate::list(&tree);
            Ok(ExitCode::SUCCESS)
        }
        Chore::Test { only, list: false } => gate::run(&tree, &only),
        Chore::Sim { seed, count, trace } => chores::sim(&tree, seed, count, trace),
        Chore::Bench { figures, write } => chores::bench(&tree, &figures, write),
        Chore::Package => package::run(&tree).map(done),
        Chore::Machine => machine::run(&tree).map(done),
        Chore::Tidy => tidy::run(&tree).map(|()| tree::say("tidy")).map(done),
        Chore::Migrations => tidy::accept(&tree).map(done),
        Chore::Bindings { check } => chores::bindings(&tree, check),
        Chore::Schemas { check } => chores::schemas(&tree, check).map(done),
    }
}
