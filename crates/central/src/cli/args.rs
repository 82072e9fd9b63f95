//! What can be written on the command line. What people read of it is in `texts` (see `help`).

use std::path::PathBuf;

use central_db::RequestCursor;
use chrono::NaiveDate;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand};
use domain::Space;

use crate::office::PLACEHOLDER_URL;

/// [`survey::draw::Rate::STANDARD`], as it is written.
const RATE_DEFAULT: &str = "1/5";

/// The central office of OIRS en Terreno.
#[derive(Debug, Parser)]
#[command(name = "oirs-central", version, arg_required_else_help = true, disable_help_subcommand = true)]
pub struct Args {
    /// Answer with JSON objects, and errors as JSON lines on standard error.
    #[arg(long)]
    pub json: bool,
    /// The language of answers and help; without it the system's.
    #[arg(long, value_name = "TAG", global = true, value_parser = ["es-CL", "en"])]
    pub language: Option<String>,
    /// The office's folder.
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// A PostgreSQL server instead of the folder's own file. Not available yet.
    #[arg(long, value_name = "URL", hide = true)]
    pub database_url: Option<String>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a new office: its folder and its keys.
    Init {
        /// Where citizens and stands reach it. Receipts carry its host.
        #[arg(long, value_name = "URL", default_value = PLACEHOLDER_URL)]
        public_url: String,
        /// What citizens read as its name.
        #[arg(long, value_name = "TEXT", default_value = "Oficina de Información, Reclamos y Sugerencias")]
        name: String,
        /// The telephone line to ask at, as it is dictated.
        #[arg(long, value_name = "TEXT")]
        phone_line: Option<String>,
    },
    /// Take what stands push, and show the public pages.
    Serve {
        /// The address to listen at; port 0 lets the system choose.
        #[arg(long, value_name = "ADDR")]
        listen: String,
        /// Don't open records here: this computer needs no sealing key then.
        #[arg(long)]
        no_opening: bool,
        /// A proxy in front says in X-Forwarded-For who asks.
        #[arg(long)]
        behind_proxy: bool,
        /// Certificate for https (PEM), where no proxy stands in front.
        #[arg(long, value_name = "FILE", requires = "tls_key")]
        tls_cert: Option<PathBuf>,
        /// Private key of that certificate (PEM).
        #[arg(long, value_name = "FILE", requires = "tls_cert")]
        tls_key: Option<PathBuf>,
    },
    /// Open the records that wait, and try dead letters again.
    Open,
    /// Stands: invite, list, revoke.
    #[command(subcommand)]
    Device(DeviceCommand),
    /// Citizens' requests.
    #[command(subcommand)]
    Requests(RequestsCommand),
    /// What a stand signed and the office could not take.
    #[command(subcommand)]
    Kept(KeptCommand),
    /// Outings that stands closed, beside what arrived of them.
    #[command(subcommand)]
    Closings(ClosingsCommand),
    /// What stands look things up in.
    #[command(subcommand)]
    Catalogue(CatalogueCommand),
    /// What stands hand over on sticks.
    #[command(subcommand)]
    Bundle(BundleCommand),
    /// The office's keys.
    #[command(subcommand)]
    Keys(KeysCommand),
    /// New versions of the stand's program.
    #[command(subcommand)]
    Release(ReleaseCommand),
    /// Look whether everything is as it should be.
    Doctor,
    /// What people are asked, whom stands invite, and what came of it.
    #[command(subcommand)]
    Survey(SurveyCommand),
    /// Not available yet.
    #[command(hide = true)]
    Report(Later),
    /// Not available yet.
    #[command(hide = true)]
    Backup(Later),
    /// Not available yet.
    #[command(hide = true)]
    Restore(Later),
    /// Not available yet.
    #[command(hide = true)]
    Migrate(Later),
}

/// Whatever follows a command that is not available yet.
#[derive(Debug, clap::Args)]
pub struct Later {
    /// Not read.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
    pub rest: Vec<String>,
}

/// The words of [`Space`], and no other.
fn space() -> impl TypedValueParser<Value = Space> {
    let words = PossibleValuesParser::new(Space::ALL.iter().map(|space| space.as_str()));
    words.map(|word| Space::parse(&word).unwrap_or_default())
}

/// What to do with stands.
#[derive(Debug, Subcommand)]
pub enum DeviceCommand {
    /// Make a code with which a stand can be enrolled once.
    New {
        /// What the office calls the stand.
        #[arg(long, value_name = "TEXT")]
        label: String,
        /// Where it will work.
        #[arg(long, value_name = "SPACE", default_value = Space::Terreno.as_str(), value_parser = space())]
        space: Space,
        /// Also write the code and the address as a QR picture (PNG).
        #[arg(long, value_name = "FILE")]
        qr: Option<PathBuf>,
    },
    /// All stands, and codes that no stand has used.
    List,
    /// Take what a stand sends as certified for another two years.
    Renew {
        /// Its identifier, the first three symbols of its folios, or its label.
        #[arg(value_name = "ID|PREFIX|LABEL")]
        name: String,
    },
    /// Answer the challenge of a leader who is locked out and calls.
    Unlock {
        /// Its identifier, the first three symbols of its folios, or its label.
        #[arg(value_name = "ID|PREFIX|LABEL")]
        name: String,
        /// What the person reads from the stand.
        #[arg(value_name = "CHALLENGE")]
        challenge: String,
        /// The staff code of who calls.
        #[arg(long, value_name = "CODE")]
        person: String,
    },
    /// Whom the office answered, the latest first.
    Unlocks,
    /// End a stand. What it still sends is kept apart and worked at the desk.
    Revoke {
        /// Its identifier, the first three symbols of its folios, or its label.
        #[arg(value_name = "ID|PREFIX|LABEL")]
        name: String,
        /// Why.
        #[arg(long, value_name = "TEXT", default_value = "")]
        reason: String,
    },
}

/// What to do with what is kept apart.
#[derive(Debug, Subcommand)]
pub enum KeptCommand {
    /// Everything that is kept apart, oldest first.
    List,
    /// One piece, and what its entries say.
    Show {
        /// Its hash, or how that begins.
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Write one piece into a file and forget it here: it makes room for others of that stand.
    Release {
        /// Its hash, or how that begins.
        #[arg(value_name = "ID")]
        id: String,
        /// A file that does not exist yet. It is as sensitive as what the office keeps.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
}

/// What to do with sticks.
#[derive(Debug, Subcommand)]
pub enum BundleCommand {
    /// Take in what lies on a stick, or in a stand's mirror, and write the answers on it.
    Import {
        /// The stick's folder, a mirror's, or one file.
        #[arg(value_name = "PATH")]
        path: PathBuf,
        /// Write nothing on it.
        #[arg(long)]
        no_answer: bool,
    },
}

/// What to do with closings.
#[derive(Debug, Subcommand)]
pub enum ClosingsCommand {
    /// Every closing, the newest first, and outings without one.
    List,
    /// One closing with all its numbers.
    Show {
        /// Ledger and position, as the list shows them.
        #[arg(value_name = "ID")]
        id: String,
    },
}

/// What to do with the catalogue.
#[derive(Debug, Subcommand)]
pub enum CatalogueCommand {
    /// Check a pack and give it to all stands.
    Publish {
        /// A pack of the format `oirs-catalogue/1`.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Write the pack that comes with the program, to be looked through and published. It needs no office.
    First {
        /// Where the pack is written.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Make a pack of fichas as the interface of ChileAtiende gives them. Nothing is published.
    Import {
        /// Its answer, JSON.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The day on which it was asked, `2026-12-31`; today when it isn't said.
        #[arg(long, value_name = "DATE")]
        retrieved_on: Option<NaiveDate>,
        /// Where the pack is written.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// What was published, the newest first.
    List,
    /// What people looked for and did not find, the most wanted first.
    Wanted,
}

/// What to do with surveys.
#[derive(Debug, Subcommand)]
pub enum SurveyCommand {
    /// Compile a survey and give it to all stands.
    Publish {
        /// A spreadsheet in the documented part of XLSForm, or a compiled survey of the format `oirs-survey/1`.
        #[arg(value_name = "FILE", required_unless_present = "standard")]
        file: Option<PathBuf>,
        /// The satisfaction survey that comes with the program.
        #[arg(long, conflicts_with = "file")]
        standard: bool,
        /// How many are invited: one in five is 1/5, nobody 0/1.
        #[arg(long, value_name = "N/M", default_value = RATE_DEFAULT)]
        rate: String,
    },
    /// What was published, the newest first.
    List,
    /// The newest version of a survey.
    Show {
        /// The survey's name.
        #[arg(value_name = "SURVEY")]
        survey: String,
    },
    /// Who was invited, what they answered, and whether each draw was the one that its stand had committed itself to.
    Results {
        /// The survey's name.
        #[arg(value_name = "SURVEY")]
        survey: String,
        /// Also what people wrote in words of their own.
        #[arg(long)]
        comments: bool,
    },
}

/// What to do with keys.
#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// Certify the keys for another two years, with the root key that lies offline.
    Renew {
        /// The root's private key, as `init` wrote it.
        #[arg(long, value_name = "FILE")]
        root: PathBuf,
        /// Draw new keys and let them take the old ones' places.
        #[arg(long)]
        fresh: bool,
    },
}

/// What to do with releases.
#[derive(Debug, Subcommand)]
pub enum ReleaseCommand {
    /// Draw a key that signs releases and certify it, with the root key that lies offline.
    Certify {
        /// The root's private key, as `init` wrote it.
        #[arg(long, value_name = "FILE")]
        root: PathBuf,
        /// The folder for key and certificate, to be taken to whoever builds.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Sign a package. Needs no office: only the folder of `certify`.
    Sign {
        /// The package.
        #[arg(value_name = "FILE.deb")]
        file: PathBuf,
        /// The folder with key and certificate.
        #[arg(long, value_name = "DIR")]
        keys: PathBuf,
        /// One more than the last release had, or any larger one.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..1 << 63))]
        number: u64,
        /// Where the signed release is written; it and the package go onto a stick together.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Give a signed release with its package to all stands.
    Publish {
        /// What `sign` wrote.
        #[arg(value_name = "RELEASE")]
        release: PathBuf,
        /// The package.
        #[arg(value_name = "FILE.deb")]
        file: PathBuf,
    },
    /// What was published, the newest first.
    List,
}

/// What to do with requests.
#[derive(Debug, Subcommand)]
pub enum RequestsCommand {
    /// Requests by due date.
    List {
        /// Only what falls due on this day or before (YYYY-MM-DD).
        #[arg(long, value_name = "DATE")]
        due: Option<NaiveDate>,
        /// Only what is quarantined.
        #[arg(long)]
        quarantined: bool,
        /// Only what was filed at this space.
        #[arg(long, value_name = "SPACE", value_parser = space())]
        space: Option<Space>,
        /// Only what comes after the request with this `cursor`.
        #[arg(long, value_name = "CURSOR", allow_hyphen_values = true)]
        after: Option<RequestCursor>,
        /// At most so many; all of them when absent.
        #[arg(long, value_name = "N")]
        limit: Option<usize>,
    },
    /// Everything about one request.
    Show {
        /// Its number.
        #[arg(value_name = "FOLIO")]
        folio: String,
    },
    /// Open something that was handed over with a request, into a new file.
    Attachment {
        /// The request's number.
        #[arg(value_name = "FOLIO")]
        folio: String,
        /// Which of its attachments, as `show` numbers them.
        #[arg(value_name = "N")]
        number: usize,
        /// The file to write. One that is there is never overwritten.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
}
