//! The command line as data. Help texts are not here: they are sentences, and come from `texts` (see `help`).
#![allow(missing_docs)]

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use receipts::Cutter;
use stand::PAPERS_MAX;

#[derive(Parser)]
#[command(name = "terreno", version, disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[arg(long)]
    pub(crate) data: Option<PathBuf>,
    #[arg(long)]
    pub(crate) json: bool,
    #[arg(long, global = true)]
    pub(crate) pin_file: Option<PathBuf>,
    #[arg(long, global = true)]
    pub(crate) person: Option<String>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    Enrol(Enrol),
    Pin {
        #[command(subcommand)]
        action: Pin,
    },
    Team {
        #[command(subcommand)]
        action: Team,
    },
    Outing {
        #[command(subcommand)]
        action: Outing,
    },
    Record {
        #[command(subcommand)]
        what: Record,
    },
    Attach(Attach),
    Cameras,
    Receipt(Receipt),
    Verify(Verify),
    Sync(Sync),
    Printer {
        #[command(subcommand)]
        action: Printer,
    },
    Poster(Poster),
    Ledger {
        #[command(subcommand)]
        action: Ledger,
    },
    Selftest,
    Due(Due),
    Bundle {
        #[command(subcommand)]
        action: Bundle,
    },
    Mirror {
        #[command(subcommand)]
        action: Mirror,
    },
    Catalogue {
        #[command(subcommand)]
        action: Catalogue,
    },
    Survey {
        #[command(subcommand)]
        action: Survey,
    },
    Update {
        #[command(subcommand)]
        action: Update,
    },
}

#[derive(Args)]
pub(crate) struct Enrol {
    #[arg(long, requires = "code")]
    pub(crate) central: Option<String>,
    #[arg(long, required_unless_present = "invitation")]
    pub(crate) code: Option<String>,
    #[arg(long, conflicts_with_all = ["central", "code"])]
    pub(crate) invitation: Option<PathBuf>,
    #[arg(long)]
    pub(crate) new_pin_file: Option<PathBuf>,
    #[arg(long)]
    pub(crate) root_certificate: Option<PathBuf>,
}

#[derive(Subcommand)]
pub(crate) enum Catalogue {
    Search {
        #[arg(required = true)]
        words: Vec<String>,
    },
    Show {
        id: String,
    },
    Slip(Slip),
    /// Whom to refer to, where to go, where to hear more.
    Directory,
}

#[derive(Subcommand)]
pub(crate) enum Survey {
    Show,
    Draw(Draw),
}

#[derive(Args)]
pub(crate) struct Draw {
    #[arg(long)]
    pub(crate) seed: String,
    #[arg(long)]
    pub(crate) rate: String,
    #[arg(long)]
    pub(crate) places: u64,
    #[arg(long)]
    pub(crate) commitment: Option<String>,
}

#[derive(Args)]
pub(crate) struct Slip {
    pub(crate) id: String,
    #[arg(long, value_enum, default_value_t = SlipFormat::Text)]
    pub(crate) format: SlipFormat,
    #[arg(long, default_value = "80", value_parser = ["58", "80"])]
    pub(crate) paper: String,
    #[arg(long, required_unless_present_any = ["print", "queue"])]
    pub(crate) out: Option<PathBuf>,
    #[arg(long, conflicts_with = "out")]
    pub(crate) print: bool,
    #[arg(long, conflicts_with_all = ["out", "print"])]
    pub(crate) queue: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum SlipFormat {
    Text,
    Png,
    Escpos,
    Pdf,
}

#[derive(Subcommand)]
pub(crate) enum Pin {
    Set {
        #[arg(long)]
        new_pin_file: Option<PathBuf>,
    },
    Challenge,
    Unlock {
        response: String,
        #[arg(long)]
        new_pin_file: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
pub(crate) enum Team {
    Add {
        code: String,
        #[arg(long, value_enum, default_value = "team")]
        role: RoleWord,
        #[arg(long)]
        new_pin_file: Option<PathBuf>,
    },
    List,
    Role {
        code: String,
        #[arg(value_enum)]
        role: RoleWord,
    },
    Pin {
        code: String,
        #[arg(long)]
        new_pin_file: Option<PathBuf>,
    },
    Remove {
        code: String,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum RoleWord {
    Team,
    Leader,
}

#[derive(Subcommand)]
pub(crate) enum Outing {
    Open {
        #[arg(long)]
        comuna: String,
        #[arg(long)]
        place: String,
        #[arg(long)]
        place_kind: Option<String>,
        #[arg(long)]
        goal: Option<u32>,
        #[arg(long, num_args = 1..)]
        team: Vec<String>,
    },
    Share,
    Join {
        code: String,
        #[arg(long)]
        unknown_signer: bool,
    },
    Status,
    Records {
        #[arg(long, default_value_t = stand::RECENT_ROWS)]
        rows: u32,
    },
    Close,
    Acts,
    Act(Act),
    Certificate {
        #[arg(long)]
        outing: Option<u64>,
    },
    Sum {
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

#[derive(Args)]
pub(crate) struct Act {
    #[arg(long)]
    pub(crate) outing: Option<u64>,
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: ActFormat,
    #[arg(long, default_value = "80", value_parser = ["58", "80"])]
    pub(crate) paper: String,
    #[arg(long, required_unless_present_any = ["print", "queue", "stick"])]
    pub(crate) out: Option<PathBuf>,
    #[arg(long, conflicts_with = "out")]
    pub(crate) print: bool,
    #[arg(long, conflicts_with_all = ["out", "print"])]
    pub(crate) queue: bool,
    #[arg(long, value_parser = papers(), conflicts_with_all = ["out", "stick"])]
    pub(crate) papers: Option<u32>,
    #[arg(long, conflicts_with_all = ["out", "print", "queue"])]
    pub(crate) stick: Option<PathBuf>,
}

/// The poster: onto the printer of sheets unless it is said where else.
#[derive(Args)]
pub(crate) struct Poster {
    #[arg(long)]
    pub(crate) language: Option<String>,
    #[arg(long)]
    pub(crate) pdf: Option<PathBuf>,
    #[arg(long, conflicts_with = "pdf")]
    pub(crate) stick: Option<PathBuf>,
}

/// The speeds of a serial line.
fn speeds() -> impl TypedValueParser<Value = u32> {
    let speeds = receipts::SERIAL_SPEEDS.map(|speed| speed.to_string());
    PossibleValuesParser::new(speeds).try_map(|speed| speed.parse::<u32>())
}

/// A number of papers that may be printed at once.
fn papers() -> clap::builder::RangedI64ValueParser<u32> {
    clap::value_parser!(u32).range(1..=i64::from(PAPERS_MAX))
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ActFormat {
    Text,
    Png,
    Escpos,
    Pdf,
    Json,
}

#[derive(Subcommand, Clone, Copy)]
pub(crate) enum Record {
    Request,
    Encounter,
    Addition,
    Withdrawal,
    Void,
    Survey,
    Wanted,
}

#[derive(Args)]
pub(crate) struct Attach {
    pub(crate) folio: String,
    #[arg(required_unless_present = "camera")]
    pub(crate) files: Vec<PathBuf>,
    #[arg(long, conflicts_with = "files", num_args = 0..=1, default_missing_value = "")]
    pub(crate) camera: Option<PathBuf>,
    #[arg(long)]
    pub(crate) name: Option<String>,
    #[arg(long)]
    pub(crate) id: Option<String>,
}

#[derive(Args)]
pub(crate) struct Receipt {
    pub(crate) folio: String,
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,
    #[arg(long, default_value = "80", value_parser = ["58", "80"])]
    pub(crate) paper: String,
    #[arg(long, required_unless_present_any = ["print", "queue"])]
    pub(crate) out: Option<PathBuf>,
    #[arg(long, conflicts_with = "out")]
    pub(crate) print: bool,
    #[arg(long, conflicts_with_all = ["out", "print"])]
    pub(crate) queue: bool,
}

#[derive(ValueEnum, Clone, Copy)]
pub(crate) enum Format {
    Text,
    Png,
    Escpos,
    Pdf,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Verify {
    pub(crate) code: Option<String>,
    #[arg(long)]
    pub(crate) image: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Sync {
    #[arg(long)]
    pub(crate) root_certificate: Option<PathBuf>,
}

#[derive(Subcommand)]
pub(crate) enum Printer {
    Show,
    Set {
        #[arg(long, conflicts_with = "device", required_unless_present = "device")]
        network: Option<String>,
        #[arg(long)]
        device: Option<PathBuf>,
        #[arg(long, default_value = "80", value_parser = ["58", "80"])]
        paper: String,
        #[arg(long, default_value = Cutter::Partial.as_str(), value_parser = [
            Cutter::None.as_str(),
            Cutter::Partial.as_str(),
            Cutter::Full.as_str(),
        ])]
        cutter: String,
        /// A serial line's, in bits a second.
        #[arg(long, requires = "device", value_parser = speeds())]
        speed: Option<u32>,
    },
    /// How many papers of one thing are printed at once.
    Papers {
        #[arg(long, value_parser = papers(), required_unless_present = "act")]
        receipt: Option<u32>,
        #[arg(long, value_parser = papers())]
        act: Option<u32>,
    },
    None,
    /// The printer of sheets: a print queue.
    Queue {
        address: String,
    },
    NoQueue,
    Test {
        #[arg(long)]
        queue: bool,
    },
}

#[derive(Subcommand, Clone, Copy)]
pub(crate) enum Ledger {
    Verify,
    Stats,
}

#[derive(Args)]
pub(crate) struct Due {
    #[arg(long)]
    pub(crate) received: String,
    #[arg(long)]
    pub(crate) comuna: String,
    #[arg(long)]
    pub(crate) days: Option<u16>,
    #[arg(long)]
    pub(crate) explain: bool,
}

#[derive(Subcommand)]
pub(crate) enum Bundle {
    Export { folder: PathBuf },
    Acknowledge { path: PathBuf },
}

#[derive(Subcommand)]
pub(crate) enum Mirror {
    Set {
        folder: PathBuf,
    },
    Check,
    Carry {
        folder: PathBuf,
        #[arg(long, conflicts_with = "root_certificate")]
        to: Option<PathBuf>,
        #[arg(long)]
        root_certificate: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
pub(crate) enum Update {
    Status,
    Take {
        path: PathBuf,
    },
    /// For the helper, as root.
    #[cfg(target_os = "linux")]
    Install {
        /// Seconds in which the windows of a new version say that they live.
        #[arg(long, default_value_t = 180)]
        patience: u64,
    },
    /// The same.
    #[cfg(target_os = "linux")]
    Back,
    /// What the helper has the stand's user do.
    Copy {
        folder: PathBuf,
    },
    Rehearse,
    Alive,
}
