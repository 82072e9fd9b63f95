//! Every rule of a pack, and all that breaks one, with its place and a stable code.
//!
//! Whoever writes a pack by hand wants to see all of it at once; whoever gets one from a stick wants to know that none
//! of it is to be believed before all of it is. No problem repeats what was written.

use std::collections::BTreeSet;
use std::fmt;

use chrono::NaiveDate;
use domain::Comuna;
use serde::Serialize;

use crate::limits::{
    ADDRESS_CHARS_MAX, AGENCIES_MAX, BROADCAST_MAX, ENTRIES_MAX, ENTRY_CHARS_MAX, EVERYDAY_CHARS_MAX,
    EVERYDAY_MAX, EVERYDAY_PAIRS_MAX, EVERYDAY_PHRASES_MAX, ID_CHARS_MAX, NAME_CHARS_MAX, NOTE_CHARS_MAX,
    OFFICES_MAX, PHONE_CHARS_MAX, PROBLEMS_MAX, SHEET_CHARS_MAX, SHEET_TOPICS_MAX, SHEETS_MAX, SOURCES_MAX,
    STATEMENTS_MAX, SUMMARY_CHARS_MAX, TITLE_CHARS_MAX, TOPICS_MAX, URL_CHARS_MAX,
};
use crate::pack::{Contents, FORMAT, ProgrammeSheet, ReviewState, Source};

/// Something in a pack that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Where: names and numbers from 0, as `sheets/3/steps/0`.
    pub path: String,
    /// Which rule.
    pub code: ProblemCode,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.code.as_str())
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $word:literal),+ $(,)?) => {
        /// The rule that was broken. A code never changes its meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        pub enum ProblemCode {
            $($(#[$doc])* #[serde(rename = $word)] $variant),+
        }

        impl ProblemCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable spelling that texts and scripts rely on.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }
        }
    };
}

codes! {
    /// Not the format or language that this program reads.
    UnknownFormat = "unknown_format",
    /// A text or list that must hold something is blank.
    Empty = "empty",
    /// More characters than the limit of the field.
    TooLong = "too_long",
    /// More entries than the limit of the list.
    TooMany = "too_many",
    /// Not small letters and digits with single hyphens.
    MalformedId = "malformed_id",
    /// An id that stands there twice.
    DuplicateId = "duplicate_id",
    /// No topic has this id.
    UnknownTopic = "unknown_topic",
    /// No body has this id.
    UnknownAgency = "unknown_agency",
    /// No source has this id.
    UnknownSource = "unknown_source",
    /// A source that nothing rests on.
    UnusedSource = "unused_source",
    /// No statement is about this part of the sheet.
    NoSource = "no_source",
    /// A statement is about a part that the sheet doesn't have.
    UnknownPart = "unknown_part",
    /// A source without any date and without a word why.
    NoDate = "no_date",
    /// All that the sheet says together is longer than [`SHEET_CHARS_MAX`].
    SheetTooLong = "sheet_too_long",
    /// An amount of money, which changes.
    Amount = "amount",
    /// A control character or a line break.
    ControlCharacter = "control_character",
    /// Markup in a text: it would be shown as it is.
    Markup = "markup",
    /// Not an `https` address.
    MalformedUrl = "malformed_url",
    /// A telephone number with something else in it.
    MalformedPhone = "malformed_phone",
    /// No comuna has this code, or it lies in another region.
    UnknownComuna = "unknown_comuna",
    /// Reviewed by nobody or at no time; or not reviewed, and somebody stands there.
    ReviewMismatch = "review_mismatch",
}

/// All that is wrong with a pack, in its order, at most [`PROBLEMS_MAX`].
pub(crate) fn problems(contents: &Contents) -> Vec<Problem> {
    let mut check = Check { problems: Vec::new() };
    check.head(contents);
    let known = Known::of(contents);
    check.ids("topics", contents.topics.iter().map(|topic| topic.id.as_str()));
    for (at, topic) in contents.topics.iter().enumerate() {
        check.text(&format!("topics/{at}/name"), &topic.name, NAME_CHARS_MAX);
    }
    check.ids("sheets", contents.sheets.iter().map(|sheet| sheet.id.as_str()));
    for (at, sheet) in contents.sheets.iter().enumerate() {
        check.sheet(&format!("sheets/{at}"), sheet, &known);
    }
    check.sources(contents);
    check.agencies(contents, &known);
    check.offices(contents, &known);
    check.broadcast(contents, &known);
    check.everyday(contents);
    check.problems
}

/// The ids that others may name.
struct Known<'a> {
    topics: BTreeSet<&'a str>,
    sources: BTreeSet<&'a str>,
    agencies: BTreeSet<&'a str>,
}

impl<'a> Known<'a> {
    fn of(contents: &'a Contents) -> Self {
        Self {
            topics: contents.topics.iter().map(|topic| topic.id.as_str()).collect(),
            sources: contents.sources.iter().map(|source| source.id.as_str()).collect(),
            agencies: contents.agencies.iter().map(|agency| agency.id.as_str()).collect(),
        }
    }
}

struct Check {
    problems: Vec<Problem>,
}

impl Check {
    fn find(&mut self, path: &str, code: ProblemCode) {
        if self.problems.len() < PROBLEMS_MAX {
            self.problems.push(Problem { path: path.to_owned(), code });
        }
    }

    fn head(&mut self, contents: &Contents) {
        if contents.format != FORMAT {
            self.find("format", ProblemCode::UnknownFormat);
        }
        if contents.language != "es-CL" {
            self.find("language", ProblemCode::UnknownFormat);
        }
        let everyday = &contents.everyday;
        let counts = [
            ("topics", contents.topics.len(), TOPICS_MAX),
            ("sheets", contents.sheets.len(), SHEETS_MAX),
            ("sources", contents.sources.len(), SOURCES_MAX),
            ("agencies", contents.agencies.len(), AGENCIES_MAX),
            ("offices", contents.offices.len(), OFFICES_MAX),
            ("broadcast", contents.broadcast.len(), BROADCAST_MAX),
            ("everyday/alike", everyday.alike.len(), EVERYDAY_MAX),
            ("everyday/said", everyday.said.len(), EVERYDAY_MAX),
            ("everyday/idle", everyday.idle.len(), EVERYDAY_MAX),
            ("everyday/turning", everyday.turning.len(), EVERYDAY_MAX),
            ("everyday/faint", everyday.faint.len(), EVERYDAY_MAX),
        ];
        for (path, count, max) in counts {
            self.count(path, count, max);
        }
        if contents.sheets.is_empty() {
            self.find("sheets", ProblemCode::Empty);
        }
    }

    fn count(&mut self, path: &str, count: usize, max: usize) {
        if count > max {
            self.find(path, ProblemCode::TooMany);
        }
    }

    fn ids<'a>(&mut self, list: &str, ids: impl Iterator<Item = &'a str>) {
        let mut seen = BTreeSet::new();
        for (at, id) in ids.enumerate() {
            let path = format!("{list}/{at}/id");
            if !is_id(id) {
                self.find(&path, ProblemCode::MalformedId);
            }
            if !seen.insert(id) {
                self.find(&path, ProblemCode::DuplicateId);
            }
        }
    }

    fn sheet(&mut self, path: &str, sheet: &ProgrammeSheet, known: &Known<'_>) {
        self.text(&format!("{path}/title"), &sheet.title, TITLE_CHARS_MAX);
        self.text(&format!("{path}/service"), &sheet.service, NAME_CHARS_MAX);
        for (part, text) in sheet.texts() {
            let max = if part == crate::Part::Summary { SUMMARY_CHARS_MAX } else { ENTRY_CHARS_MAX };
            self.text(&format!("{path}/{part}"), text, max);
        }
        let lists = [
            ("for_whom", sheet.for_whom.len(), ENTRIES_MAX),
            ("requirements", sheet.requirements.len(), ENTRIES_MAX),
            ("documents", sheet.documents.len(), ENTRIES_MAX),
            ("steps", sheet.steps.len(), ENTRIES_MAX),
            ("channels", sheet.channels.len(), ENTRIES_MAX),
            ("law", sheet.law.len(), ENTRIES_MAX),
            ("topics", sheet.topics.len(), SHEET_TOPICS_MAX),
            ("statements", sheet.statements.len(), STATEMENTS_MAX),
        ];
        for (list, count, max) in lists {
            self.count(&format!("{path}/{list}"), count, max);
        }
        let chars = sheet.texts().map(|(_, text)| text.chars().count()).sum::<usize>();
        if chars.saturating_add(sheet.title.chars().count()) > SHEET_CHARS_MAX {
            self.find(path, ProblemCode::SheetTooLong);
        }
        for (at, channel) in sheet.channels.iter().enumerate() {
            self.url(&format!("{path}/channels/{at}/url"), channel.url.as_deref());
            self.phone(&format!("{path}/channels/{at}/phone"), channel.phone.as_deref());
        }
        let mut topics = BTreeSet::new();
        for (at, topic) in sheet.topics.iter().enumerate() {
            let path = format!("{path}/topics/{at}");
            if !known.topics.contains(topic.as_str()) {
                self.find(&path, ProblemCode::UnknownTopic);
            }
            if !topics.insert(topic) {
                self.find(&path, ProblemCode::DuplicateId);
            }
        }
        if sheet.topics.is_empty() {
            self.find(&format!("{path}/topics"), ProblemCode::Empty);
        }
        if sheet.agency.as_deref().is_some_and(|agency| !known.agencies.contains(agency)) {
            self.find(&format!("{path}/agency"), ProblemCode::UnknownAgency);
        }
        self.statements(path, sheet, known);
        self.review(path, sheet);
    }

    fn statements(&mut self, path: &str, sheet: &ProgrammeSheet, known: &Known<'_>) {
        let parts: BTreeSet<_> = sheet.parts().collect();
        for (at, statement) in sheet.statements.iter().enumerate() {
            let path = format!("{path}/statements/{at}");
            self.text(&format!("{path}/text"), &statement.text, ENTRY_CHARS_MAX);
            self.source(&path, &statement.source, known);
            if !parts.contains(&statement.about) {
                self.find(&format!("{path}/about"), ProblemCode::UnknownPart);
            }
        }
        let told: BTreeSet<_> = sheet.statements.iter().map(|statement| statement.about).collect();
        for part in parts.difference(&told) {
            self.find(&format!("{path}/{part}"), ProblemCode::NoSource);
        }
    }

    fn review(&mut self, path: &str, sheet: &ProgrammeSheet) {
        let review = &sheet.review;
        let holds = match review.state {
            ReviewState::NotReviewed => review.by.is_none() && review.on.is_none(),
            ReviewState::Reviewed => review.by.is_some() && review.on.is_some(),
        };
        if !holds {
            self.find(&format!("{path}/review"), ProblemCode::ReviewMismatch);
        }
        if let Some(by) = &review.by {
            self.text(&format!("{path}/review/by"), by, NAME_CHARS_MAX);
        }
    }

    fn sources(&mut self, contents: &Contents) {
        self.ids("sources", contents.sources.iter().map(|source| source.id.as_str()));
        let used: BTreeSet<&str> = contents
            .sheets
            .iter()
            .flat_map(|sheet| sheet.statements.iter().map(|statement| statement.source.as_str()))
            .chain(contents.agencies.iter().map(|agency| agency.source.as_str()))
            .chain(contents.offices.iter().map(|office| office.source.as_str()))
            .chain(contents.broadcast.iter().map(|broadcast| broadcast.source.as_str()))
            .collect();
        for (at, source) in contents.sources.iter().enumerate() {
            let path = format!("sources/{at}");
            self.quoted(&format!("{path}/title"), &source.title, NAME_CHARS_MAX);
            self.url(&format!("{path}/url"), source.url.as_deref());
            if !source.note.is_empty() {
                self.quoted(&format!("{path}/note"), &source.note, NOTE_CHARS_MAX);
            }
            if dates(source).is_empty() && source.note.is_empty() {
                self.find(&path, ProblemCode::NoDate);
            }
            if !used.contains(source.id.as_str()) {
                self.find(&path, ProblemCode::UnusedSource);
            }
        }
    }

    fn agencies(&mut self, contents: &Contents, known: &Known<'_>) {
        self.ids("agencies", contents.agencies.iter().map(|agency| agency.id.as_str()));
        for (at, agency) in contents.agencies.iter().enumerate() {
            let path = format!("agencies/{at}");
            self.text(&format!("{path}/name"), &agency.name, NAME_CHARS_MAX);
            self.text(&format!("{path}/refers"), &agency.refers, NOTE_CHARS_MAX);
            self.url(&format!("{path}/url"), agency.url.as_deref());
            self.phone(&format!("{path}/phone"), agency.phone.as_deref());
            self.source(&path, &agency.source, known);
        }
    }

    fn offices(&mut self, contents: &Contents, known: &Known<'_>) {
        for (at, office) in contents.offices.iter().enumerate() {
            let path = format!("offices/{at}");
            self.text(&format!("{path}/name"), &office.name, NAME_CHARS_MAX);
            self.text(&format!("{path}/address"), &office.address, ADDRESS_CHARS_MAX);
            self.phone(&format!("{path}/phone"), office.phone.as_deref());
            self.source(&path, &office.source, known);
            let lies = Comuna::by_code(&office.comuna).map(|comuna| comuna.region().code());
            if lies != Some(office.region.as_str()) {
                self.find(&format!("{path}/comuna"), ProblemCode::UnknownComuna);
            }
        }
    }

    fn broadcast(&mut self, contents: &Contents, known: &Known<'_>) {
        for (at, broadcast) in contents.broadcast.iter().enumerate() {
            let path = format!("broadcast/{at}");
            self.text(&format!("{path}/name"), &broadcast.name, NAME_CHARS_MAX);
            self.text(&format!("{path}/text"), &broadcast.text, NOTE_CHARS_MAX);
            self.url(&format!("{path}/url"), broadcast.url.as_deref());
            self.source(&path, &broadcast.source, known);
        }
    }

    fn everyday(&mut self, contents: &Contents) {
        let everyday = &contents.everyday;
        for (at, line) in everyday.alike.iter().enumerate() {
            self.phrases(&format!("everyday/alike/{at}"), line);
        }
        for (at, line) in everyday.said.iter().enumerate() {
            self.phrases(&format!("everyday/said/{at}/say"), &line.say);
            self.phrases(&format!("everyday/said/{at}/mean"), &line.mean);
            if !line.with.is_empty() {
                self.phrases(&format!("everyday/said/{at}/with"), &line.with);
                let pairs = line.say.len().saturating_mul(line.with.len());
                self.count(&format!("everyday/said/{at}/with"), pairs, EVERYDAY_PAIRS_MAX);
            }
        }
        let lists = [("idle", &everyday.idle), ("turning", &everyday.turning), ("faint", &everyday.faint)];
        for (list, words) in lists {
            for (at, word) in words.iter().enumerate() {
                self.text(&format!("everyday/{list}/{at}"), word, EVERYDAY_CHARS_MAX);
            }
        }
    }

    fn phrases(&mut self, path: &str, phrases: &[String]) {
        if phrases.is_empty() {
            self.find(path, ProblemCode::Empty);
        }
        self.count(path, phrases.len(), EVERYDAY_PHRASES_MAX);
        for (at, phrase) in phrases.iter().enumerate() {
            self.text(&format!("{path}/{at}"), phrase, EVERYDAY_CHARS_MAX);
        }
    }

    fn source(&mut self, path: &str, source: &str, known: &Known<'_>) {
        if !known.sources.contains(source) {
            self.find(&format!("{path}/source"), ProblemCode::UnknownSource);
        }
    }

    fn text(&mut self, path: &str, text: &str, chars_max: usize) {
        self.quoted(path, text, chars_max);
        if has_amount(text) {
            self.find(path, ProblemCode::Amount);
        }
    }

    /// A text that is somebody else's: what a source is called may well name an amount.
    fn quoted(&mut self, path: &str, text: &str, chars_max: usize) {
        if text.trim().is_empty() {
            self.find(path, ProblemCode::Empty);
        }
        if text.chars().count() > chars_max {
            self.find(path, ProblemCode::TooLong);
        }
        if text.chars().any(char::is_control) {
            self.find(path, ProblemCode::ControlCharacter);
        }
        if has_markup(text) {
            self.find(path, ProblemCode::Markup);
        }
    }

    fn url(&mut self, path: &str, url: Option<&str>) {
        let Some(url) = url else { return };
        if url.chars().count() > URL_CHARS_MAX {
            self.find(path, ProblemCode::TooLong);
        }
        if !is_https(url) {
            self.find(path, ProblemCode::MalformedUrl);
        }
    }

    fn phone(&mut self, path: &str, phone: Option<&str>) {
        let Some(phone) = phone else { return };
        if phone.chars().count() > PHONE_CHARS_MAX {
            self.find(path, ProblemCode::TooLong);
        }
        let symbols = phone.chars().all(|c| c.is_ascii_digit() || "+*# -()".contains(c));
        if !symbols || !phone.chars().any(|c| c.is_ascii_digit()) {
            self.find(path, ProblemCode::MalformedPhone);
        }
    }
}

fn dates(source: &Source) -> Vec<NaiveDate> {
    [source.published_on, source.retrieved_on, source.read_on].into_iter().flatten().collect()
}

/// Small letters and digits, single hyphens between them.
pub(crate) fn is_id(id: &str) -> bool {
    let words =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    id.chars().count() <= ID_CHARS_MAX && id.split('-').all(words)
}

/// `https`, a host with a dot, no port, no user, no blank: what a citizen can be sent to.
pub(crate) fn is_https(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("https://") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let label = |label: &str| {
        !label.is_empty()
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
    };
    let printable = url.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"<>\"\\^`{|}".contains(c));
    host.contains('.') && host.split('.').all(label) && printable
}

/// A tag or an entity: something that was meant for a browser.
fn has_markup(text: &str) -> bool {
    let tag = text.match_indices('<').any(|(at, _)| {
        text.get(at.saturating_add(1)..)
            .and_then(|rest| rest.chars().next())
            .is_some_and(|c| c.is_ascii_alphabetic() || "/!?".contains(c))
    });
    let entity = text.match_indices('&').any(|(at, _)| {
        let name =
            text.get(at.saturating_add(1)..).and_then(|rest| rest.split_once(';')).map(|(name, _)| name);
        name.is_some_and(|name| {
            (2..=10).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
        })
    });
    tag || entity
}

/// An amount of money: a sign or unit of money beside a number, written with digits.
pub(crate) fn has_amount(text: &str) -> bool {
    const UNITS: &[&str] = &[
        "peso", "pesos", "clp", "uf", "utm", "uta", "dolar", "dolares", "dólar", "dólares", "usd", "euro",
        "euros", "lucas",
    ];
    const BETWEEN: &[&str] = &["de", "mil", "millon", "millones", "millón"];
    let words: Vec<String> = text
        .split(|c: char| !(c.is_alphanumeric() || c == '$' || c == '.' || c == ','))
        .map(|word| word.trim_matches(['.', ',']).to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    let number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let sign = words.iter().enumerate().any(|(at, word)| {
        word.split_once('$').is_some_and(|(_, after)| {
            number(after)
                || (after.is_empty() && words.get(at.saturating_add(1)).is_some_and(|next| number(next)))
        })
    });
    // Numbers, then perhaps "millones de", then a unit; or a unit before its number, as "UF 40".
    let unit = words.iter().enumerate().any(|(at, word)| {
        let before = words.iter().take(at).rev().find(|word| !BETWEEN.contains(&word.as_str()));
        let after = words.get(at.saturating_add(1));
        UNITS.contains(&word.as_str())
            && (before.is_some_and(|word| number(word)) || after.is_some_and(|word| number(word)))
    });
    sign || unit
}
