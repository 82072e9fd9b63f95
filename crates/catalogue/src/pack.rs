//! The format `oirs-catalogue/1`: what an office publishes for its stands to look things up in.
//!
//! The fields are those of a ficha of ChileAtiende, with what a paper for citizens needs besides: each statement names its
//! source, each source its date, each sheet who reviewed it. Amounts of money have no field and are refused in texts:
//! they change every year, and a sheet read in a place without a network must not be wrong about money.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::check::{self, Problem};
use crate::everyday::Everyday;
use crate::limits::PACK_BYTES_MAX;
use crate::part::Part;

/// What the field `format` of a pack says.
pub const FORMAT: &str = "oirs-catalogue/1";

/// A pack that keeps every rule. There is no way to make one that doesn't.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    contents: Contents,
}

impl Pack {
    /// Reads a pack and checks all of it.
    pub fn read(json: &[u8]) -> Result<Self, PackError> {
        if json.len() > PACK_BYTES_MAX {
            return Err(PackError::TooLong);
        }
        // Asked first: of a pack from a later version, its format is what is to be told, not its new fields.
        let named: Named = serde_json::from_slice(json).map_err(PackError::Syntax)?;
        if named.format.as_deref() != Some(FORMAT) {
            return Err(PackError::Format);
        }
        let mut reader = serde_json::Deserializer::from_slice(json);
        let contents: Contents = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
            PackError::Shape { path: error.path().to_string(), source: error.into_inner() }
        })?;
        Self::new(contents)
    }

    /// Checks contents that were put together by a program.
    pub fn new(contents: Contents) -> Result<Self, PackError> {
        let problems = check::problems(&contents);
        if problems.is_empty() { Ok(Self { contents }) } else { Err(PackError::Invalid(problems)) }
    }

    /// What the pack holds.
    pub const fn contents(&self) -> &Contents {
        &self.contents
    }

    /// The sheet with this id.
    pub fn sheet(&self, id: &str) -> Option<&ProgrammeSheet> {
        self.contents.sheets.iter().find(|sheet| sheet.id == id)
    }

    /// The source with this id.
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.contents.sources.iter().find(|source| source.id == id)
    }

    /// The body with this id.
    pub fn agency(&self, id: &str) -> Option<&Agency> {
        self.contents.agencies.iter().find(|agency| agency.id == id)
    }
}

/// Why a file is no pack.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// More bytes than [`PACK_BYTES_MAX`].
    #[error("the pack has more than {PACK_BYTES_MAX} bytes")]
    TooLong,
    /// Not JSON.
    #[error("the pack is no JSON")]
    Syntax(#[source] serde_json::Error),
    /// Another format, or a later one.
    #[error("the pack's format is not {FORMAT}")]
    Format,
    /// A field is missing, unknown or of another type.
    #[error("at {path}: {source}")]
    Shape {
        /// Where, as `sheets[3].title`.
        path: String,
        /// What the reader of JSON says.
        source: serde_json::Error,
    },
    /// It breaks rules, each named.
    #[error("the pack breaks {} rules, the first at {}", .0.len(), .0.first().map_or("", |problem| problem.path.as_str()))]
    Invalid(Vec<Problem>),
}

/// Only the name of the format, whatever else stands there.
#[derive(Deserialize)]
struct Named {
    #[serde(default)]
    format: Option<String>,
}

/// A pack as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contents {
    /// [`FORMAT`].
    pub format: String,
    /// The language of the texts, `es-CL`.
    pub language: String,
    /// What sheets can be about, in the order in which they are shown.
    pub topics: Vec<Topic>,
    /// The sheets.
    pub sheets: Vec<ProgrammeSheet>,
    /// What statements rest on.
    pub sources: Vec<Source>,
    /// Whom to refer people to.
    pub agencies: Vec<Agency>,
    /// Offices with a door.
    #[serde(default)]
    pub offices: Vec<Office>,
    /// Bulletins and programmes of the institution itself.
    #[serde(default)]
    pub broadcast: Vec<Broadcast>,
    /// Everyday words of this office, beside those that every catalogue knows.
    #[serde(default, skip_serializing_if = "Everyday::is_empty")]
    pub everyday: Everyday,
}

/// Something that sheets can be about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Small letters and digits with hyphens, unique among topics.
    pub id: String,
    /// As people read it.
    pub name: String,
}

/// One thing that can be asked for, in words for a person who stands before the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgrammeSheet {
    /// Small letters and digits with hyphens, unique among sheets. It never changes its meaning.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// Who gives it.
    pub service: String,
    /// Ids of topics.
    pub topics: Vec<String>,
    /// Whom it is for.
    pub for_whom: Vec<String>,
    /// What must hold.
    pub requirements: Vec<String>,
    /// What to bring.
    pub documents: Vec<String>,
    /// What to do, in order.
    pub steps: Vec<String>,
    /// Whether it costs something; null where no source says.
    pub cost: Option<Cost>,
    /// How long it takes, or until when; null where no source says.
    pub term: Option<String>,
    /// Where to ask for it.
    pub channels: Vec<Channel>,
    /// Law, with its article where a source names it.
    pub law: Vec<String>,
    /// Id of the body that a person is referred to.
    pub agency: Option<String>,
    /// What each part rests on.
    pub statements: Vec<Statement>,
    /// Last day on which the sheet holds; null where none is known.
    pub valid_until: Option<NaiveDate>,
    /// Who of the office read and accepted it.
    pub review: Review,
}

impl ProgrammeSheet {
    /// Whether the sheet may still be told on a day of the place.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.valid_until.is_none_or(|last| day <= last)
    }

    /// What the sheet says, part by part, in the order in which it is shown. A cost is a word of a list and no text.
    pub fn texts(&self) -> impl Iterator<Item = (Part, &str)> {
        std::iter::once((Part::Summary, self.summary.as_str()))
            .chain(numbered(&self.for_whom, Part::ForWhom))
            .chain(numbered(&self.requirements, Part::Requirements))
            .chain(numbered(&self.documents, Part::Documents))
            .chain(numbered(&self.steps, Part::Steps))
            .chain(self.term.as_deref().map(|term| (Part::Term, term)))
            .chain(
                self.channels
                    .iter()
                    .enumerate()
                    .map(|(at, channel)| (Part::Channels(at), channel.text.as_str())),
            )
            .chain(numbered(&self.law, Part::Law))
    }

    /// The parts that say something, and so need a source.
    pub fn parts(&self) -> impl Iterator<Item = Part> {
        self.texts().map(|(part, _)| part).chain(self.cost.map(|_| Part::Cost))
    }
}

fn numbered(list: &[String], part: fn(usize) -> Part) -> impl Iterator<Item = (Part, &str)> {
    list.iter().enumerate().map(move |(at, text)| (part(at), text.as_str()))
}

/// Whether something costs money. How much is never told: it changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cost {
    /// Nothing is paid.
    #[serde(rename = "gratuito")]
    Free,
    /// Something is paid; the body tells how much.
    #[serde(rename = "con_costo")]
    Paid,
}

/// A way to ask for something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// Which kind of way.
    pub kind: ChannelKind,
    /// What to look for or ask for there.
    pub text: String,
    /// An `https` address.
    pub url: Option<String>,
    /// A telephone number, as the source writes it.
    pub phone: Option<String>,
}

/// Kinds of ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    /// On the web.
    Online,
    /// In person.
    Office,
    /// By telephone.
    Phone,
    /// By post or electronic mail.
    Mail,
    /// In a consulate.
    Consulate,
}

/// What a source says of a part of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// Which part rests on it.
    pub about: Part,
    /// What the source says, in few words.
    pub text: String,
    /// Id of the source.
    pub source: String,
}

/// A page or document that something rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Small letters and digits with hyphens, unique among sources.
    pub id: String,
    /// Who says it and where.
    pub title: String,
    /// An `https` address; null where it has none.
    pub url: Option<String>,
    /// Day of publication or last change, as the source itself says.
    pub published_on: Option<NaiveDate>,
    /// Day on which its text was fetched from the address.
    pub retrieved_on: Option<NaiveDate>,
    /// Day on which it was read for the sheet: of a kept copy, not the day of fetching.
    pub read_on: Option<NaiveDate>,
    /// What one should know of it: second hand, a part only, of another year.
    pub note: String,
}

/// A body that people are referred to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    /// Small letters and digits with hyphens, unique among bodies.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What is referred to it, as far as its source says.
    pub refers: String,
    /// A telephone number, as the source writes it.
    pub phone: Option<String>,
    /// An `https` address.
    pub url: Option<String>,
    /// Id of the source.
    pub source: String,
}

/// An office with a door.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// Its name.
    pub name: String,
    /// Code of the region, two digits.
    pub region: String,
    /// Code of the comuna, five digits.
    pub comuna: String,
    /// Street and number.
    pub address: String,
    /// A telephone number, as the source writes it.
    pub phone: Option<String>,
    /// Id of the source.
    pub source: String,
}

/// A bulletin or programme of the institution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Broadcast {
    /// Its name.
    pub name: String,
    /// Which kind.
    pub kind: BroadcastKind,
    /// What it is.
    pub text: String,
    /// An `https` address.
    pub url: Option<String>,
    /// Id of the source.
    pub source: String,
}

/// Kinds of broadcast channels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BroadcastKind {
    /// A written bulletin.
    Bulletin,
    /// On the radio.
    Radio,
    /// On television.
    Television,
    /// On the web or a social network.
    Online,
}

/// Who of the office read and accepted a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// How far it went.
    pub state: ReviewState,
    /// Who; null while nobody has.
    pub by: Option<String>,
    /// When; null while nobody has.
    pub on: Option<NaiveDate>,
}

impl Review {
    /// Nobody has read it yet.
    pub const NOT_REVIEWED: Self = Self { state: ReviewState::NotReviewed, by: None, on: None };
}

/// How far a review went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewState {
    /// Nobody of the office has accepted it; whoever shows it says so.
    NotReviewed,
    /// The office answers for it.
    Reviewed,
}
