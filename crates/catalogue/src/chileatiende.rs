//! Fichas of ChileAtiende, as its interface for developers gives them in JSON, made into sheets.
//!
//! The interface answers with one `ficha` or with `fichas` whose `items` are a list or an object with a list `ficha` in
//! it, by the address that was asked; fields with HTML in them; numbers now as text and now as numbers. All of that is
//! read. What a field means for a citizen is kept, and nothing is added: an imported sheet is `not_reviewed`, each of its
//! parts is sourced to its ficha, and what the catalogue doesn't take (amounts of money, what is longer than its limit)
//! is left out and named, so that somebody at the office looks at it.

mod html;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::check::{has_amount, is_https};
use crate::everyday::Everyday;
use crate::limits::{
    ENTRIES_MAX, ENTRY_CHARS_MAX, NAME_CHARS_MAX, PACK_BYTES_MAX, SHEET_CHARS_MAX, SHEET_TOPICS_MAX,
    SUMMARY_CHARS_MAX, TITLE_CHARS_MAX, URL_CHARS_MAX,
};
use crate::pack::{
    Agency, Channel, ChannelKind, Contents, Cost, FORMAT, Pack, PackError, ProgrammeSheet, Review, Source,
    Statement, Topic,
};
use crate::part::Part;
use crate::words::words;

/// The topic of a ficha that names none.
const NO_TOPIC: (&str, &str) = ("otros", "Otros temas");
/// Where a ficha without an address of its own can be read.
const FICHAS_URL: &str = "https://www.chileatiende.gob.cl/fichas/";

/// What an import gives.
#[derive(Debug)]
pub struct Imported {
    /// A whole pack, checked. The office can publish it once it was reviewed, or put it together with its own.
    pub pack: Pack,
    /// What was not taken over.
    pub left_out: Vec<LeftOut>,
}

/// Something of a ficha that the catalogue doesn't take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// The ficha's id, as it writes it; its number in the file where it has none.
    pub ficha: String,
    /// The field.
    pub field: String,
    /// Why.
    pub why: Why,
}

/// Why something was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It tells an amount of money, which changes.
    Amount,
    /// It is longer than a sheet may be, or there is more of it.
    TooLong,
    /// It isn't what the field should hold.
    Malformed,
    /// The whole ficha: it has no id, no title or nothing to say.
    Empty,
    /// The whole ficha: another one has the same id.
    Duplicate,
}

/// Why a file can't be imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// More bytes than a pack may have.
    #[error("the file has more than {PACK_BYTES_MAX} bytes")]
    TooLong,
    /// Not JSON.
    #[error("the file is no JSON")]
    Syntax(#[source] serde_json::Error),
    /// Neither `ficha` nor `fichas`.
    #[error("the file has neither a ficha nor fichas")]
    NoFichas,
    /// No ficha of it could be taken over.
    #[error("none of the {fichas} fichas has an id, a title and something to say")]
    NothingLeft {
        /// Fichas in the file.
        fichas: usize,
    },
    /// What came of it is no pack.
    #[error("what was imported is no pack")]
    Pack(#[source] PackError),
}

/// Reads fichas; `retrieved_on` is the day on which the interface was asked.
pub fn import(json: &[u8], retrieved_on: NaiveDate) -> Result<Imported, ImportError> {
    if json.len() > PACK_BYTES_MAX {
        return Err(ImportError::TooLong);
    }
    let value: Value = serde_json::from_slice(json).map_err(ImportError::Syntax)?;
    let fichas = fichas(&value).ok_or(ImportError::NoFichas)?;
    let count = fichas.len();
    let mut import = Import::new(retrieved_on);
    for (at, ficha) in fichas.into_iter().enumerate() {
        import.take(at, ficha);
    }
    if import.contents.sheets.is_empty() {
        return Err(ImportError::NothingLeft { fichas: count });
    }
    let pack = Pack::new(import.contents).map_err(ImportError::Pack)?;
    Ok(Imported { pack, left_out: import.left_out })
}

/// The fichas of any of the envelopes.
fn fichas(value: &Value) -> Option<Vec<&Value>> {
    if let Some(ficha) = value.get("ficha") {
        return Some(list(ficha));
    }
    let items = value.get("fichas").map_or(value, |feed| feed.get("items").unwrap_or(feed));
    match items {
        Value::Array(_) => Some(list(items)),
        Value::Object(_) => items.get("ficha").map(list),
        _ => None,
    }
}

/// XML made into JSON has a list of one as the one.
fn list(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        Value::Null => Vec::new(),
        one => vec![one],
    }
}

/// A ficha as it is written. Fields that the catalogue has no place for are passed over; unlike a pack, it isn't ours.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ficha {
    id: Value,
    codigo: Value,
    fecha: Value,
    servicio: Value,
    titulo: Value,
    objetivo: Value,
    beneficiarios: Value,
    doc_requeridos: Value,
    guia_online: Value,
    guia_online_url: Value,
    guia_oficina: Value,
    guia_telefonico: Value,
    guia_correo: Value,
    guia_consulado: Value,
    observaciones: Value,
    plazo: Value,
    vigencia: Value,
    costo: Value,
    marco_legal: Value,
    temas: Value,
    url: Value,
    permalink: Value,
}

struct Import {
    retrieved_on: NaiveDate,
    contents: Contents,
    topics: BTreeMap<String, String>,
    agencies: BTreeMap<String, String>,
    taken: BTreeSet<String>,
    left_out: Vec<LeftOut>,
}

impl Import {
    fn new(retrieved_on: NaiveDate) -> Self {
        let contents = Contents {
            format: FORMAT.to_owned(),
            language: "es-CL".to_owned(),
            topics: Vec::new(),
            sheets: Vec::new(),
            sources: Vec::new(),
            agencies: Vec::new(),
            offices: Vec::new(),
            broadcast: Vec::new(),
            everyday: Everyday::default(),
        };
        Self {
            retrieved_on,
            contents,
            topics: BTreeMap::new(),
            agencies: BTreeMap::new(),
            taken: BTreeSet::new(),
            left_out: Vec::new(),
        }
    }

    fn take(&mut self, at: usize, ficha: &Value) {
        let number = at.to_string();
        let Ok(ficha) = Ficha::deserialize(ficha) else {
            return self.leave(&number, "ficha", Why::Malformed);
        };
        let name = plain(&ficha.id).or_else(|| plain(&ficha.codigo));
        let Some(name) = name.filter(|name| !slug(name).is_empty()) else {
            return self.leave(&number, "id", Why::Empty);
        };
        let id = format!("chileatiende-{}", slug(&name));
        if !self.taken.insert(id.clone()) {
            return self.leave(&name, "id", Why::Duplicate);
        }
        let mut fields = Fields { import: self, ficha: &name };
        let title = fields.one("titulo", &ficha.titulo, TITLE_CHARS_MAX);
        let mut description = fields.lines("objetivo", &ficha.objetivo);
        let (Some(title), false) = (title, description.is_empty()) else {
            return self.leave(&name, "ficha", Why::Empty);
        };
        let mut summary = description.remove(0);
        if summary.chars().count() > SUMMARY_CHARS_MAX {
            fields.leave("objetivo", Why::TooLong);
            summary = summary.chars().take(SUMMARY_CHARS_MAX).collect();
        }
        let mut steps = description;
        steps.extend(fields.lines("observaciones", &ficha.observaciones));
        let mut channels = Vec::new();
        let online_url = fields.url("guia_online_url", &ficha.guia_online_url);
        for (field, kind, guide) in [
            ("guia_online", ChannelKind::Online, &ficha.guia_online),
            ("guia_oficina", ChannelKind::Office, &ficha.guia_oficina),
            ("guia_telefonico", ChannelKind::Phone, &ficha.guia_telefonico),
            ("guia_correo", ChannelKind::Mail, &ficha.guia_correo),
            ("guia_consulado", ChannelKind::Consulate, &ficha.guia_consulado),
        ] {
            for (line, text) in fields.lines(field, guide).into_iter().enumerate() {
                let url = online_url.clone().filter(|_| kind == ChannelKind::Online && line == 0);
                channels.push(Channel { kind, text, url, phone: None });
            }
        }
        let mut term: Vec<String> = fields.lines("plazo", &ficha.plazo);
        term.extend(fields.lines("vigencia", &ficha.vigencia));
        let term = term.join(" ");
        let term_fits = term.chars().count() <= ENTRY_CHARS_MAX && !has_amount(&term);
        if !term_fits {
            fields.leave("plazo", Why::TooLong);
        }
        let mut sheet = ProgrammeSheet {
            id: id.clone(),
            title: title.clone(),
            summary,
            service: fields
                .one("servicio", &ficha.servicio, NAME_CHARS_MAX)
                .unwrap_or_else(|| "ChileAtiende".to_owned()),
            topics: Vec::new(),
            for_whom: fields.lines("beneficiarios", &ficha.beneficiarios),
            requirements: Vec::new(),
            documents: fields.lines("doc_requeridos", &ficha.doc_requeridos),
            steps,
            cost: fields.cost(&ficha.costo),
            term: Some(term).filter(|term| term_fits && !term.is_empty()),
            channels,
            law: fields.lines("marco_legal", &ficha.marco_legal),
            agency: None,
            statements: Vec::new(),
            valid_until: None,
            review: Review::NOT_REVIEWED,
        };
        fields.shorten(&mut sheet);
        let url = fields.url("url", &ficha.url).or_else(|| fields.url("permalink", &ficha.permalink));
        let published_on = fields.date(&ficha.fecha);
        sheet.topics = self.topics_of(&name, &ficha.temas);
        sheet.agency = Some(self.agency(&sheet, &id));
        sheet.statements = said(&sheet, &ficha.costo, &id);
        self.contents.sheets.push(sheet);
        let number = name.chars().all(|c| c.is_ascii_digit());
        self.contents.sources.push(Source {
            id,
            title: format!("{title} (ChileAtiende, ficha {})", slug(&name)),
            url: url.or_else(|| number.then(|| format!("{FICHAS_URL}{name}"))),
            published_on,
            retrieved_on: Some(self.retrieved_on),
            read_on: None,
            note: String::new(),
        });
    }

    fn leave(&mut self, ficha: &str, field: &str, why: Why) {
        let left = LeftOut { ficha: ficha.to_owned(), field: field.to_owned(), why };
        // Once a field and reason: a price list would fill a screen.
        if !self.left_out.contains(&left) {
            self.left_out.push(left);
        }
    }

    fn topics_of(&mut self, ficha: &str, temas: &Value) -> Vec<String> {
        let named = temas.get("tema").unwrap_or(temas);
        let mut topics = Vec::new();
        for name in list(named).into_iter().filter_map(|tema| plain(tema.get("nombre").unwrap_or(tema))) {
            let topic = slug(&name);
            if topic.is_empty()
                || has_amount(&name)
                || name.chars().count() > NAME_CHARS_MAX
                || topics.len() >= SHEET_TOPICS_MAX
            {
                self.leave(ficha, "temas", Why::Malformed);
            } else if !topics.contains(&topic) {
                topics.push(self.topic(topic, name));
            }
        }
        if topics.is_empty() {
            topics.push(self.topic(NO_TOPIC.0.to_owned(), NO_TOPIC.1.to_owned()));
        }
        topics
    }

    fn topic(&mut self, id: String, name: String) -> String {
        if self.topics.insert(id.clone(), name.clone()).is_none() {
            self.contents.topics.push(Topic { id: id.clone(), name });
        }
        id
    }

    /// The body that gives what a ficha tells of, once for all of its fichas.
    ///
    /// What is referred to it is no more than the ficha that names it first says; the office widens it.
    fn agency(&mut self, sheet: &ProgrammeSheet, source: &str) -> String {
        let id = slug(&sheet.service);
        let id = if id.is_empty() { "organismo".to_owned() } else { id };
        if self.agencies.insert(id.clone(), sheet.service.clone()).is_none() {
            self.contents.agencies.push(Agency {
                id: id.clone(),
                name: sheet.service.clone(),
                refers: sheet.title.clone(),
                phone: None,
                url: None,
                source: source.to_owned(),
            });
        }
        id
    }
}

/// The fields of one ficha.
struct Fields<'a> {
    import: &'a mut Import,
    ficha: &'a str,
}

impl Fields<'_> {
    fn leave(&mut self, field: &str, why: Why) {
        self.import.leave(self.ficha, field, why);
    }

    /// The lines of a field, without what a sheet may not say.
    fn lines(&mut self, field: &str, value: &Value) -> Vec<String> {
        let text = match value {
            Value::Null => return Vec::new(),
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => {
                self.leave(field, Why::Malformed);
                return Vec::new();
            }
        };
        let mut lines = Vec::new();
        for line in html::lines(&text) {
            if has_amount(&line) {
                self.leave(field, Why::Amount);
            } else if line.chars().count() > ENTRY_CHARS_MAX || lines.len() >= ENTRIES_MAX {
                self.leave(field, Why::TooLong);
            } else {
                lines.push(line);
            }
        }
        lines
    }

    /// A field of one line.
    fn one(&mut self, field: &str, value: &Value, chars_max: usize) -> Option<String> {
        let line = self.lines(field, value).join(" ");
        // Two lines can make an amount that neither of them was.
        if has_amount(&line) {
            self.leave(field, Why::Amount);
            return None;
        }
        if line.chars().count() > chars_max {
            self.leave(field, Why::TooLong);
        }
        Some(line.chars().take(chars_max).collect()).filter(|line: &String| !line.is_empty())
    }

    /// Whether it costs something: what is told in words, never how much.
    fn cost(&mut self, value: &Value) -> Option<Cost> {
        let text = plain(value)?;
        let folded: Vec<String> = words(&text).into_iter().map(|word| word.plain).collect();
        let has = |word: &str| folded.iter().any(|folded| folded == word);
        let nothing = has("gratuito")
            || has("gratuita")
            || has("gratis")
            || ((has("no") || has("sin")) && has("costo"));
        // "Gratuito la primera vez; después …" tells both: somebody has to read it.
        match (nothing, has_amount(&text)) {
            (true, false) => Some(Cost::Free),
            (false, true) => {
                self.leave("costo", Why::Amount);
                Some(Cost::Paid)
            }
            (true, true) => {
                self.leave("costo", Why::Amount);
                None
            }
            (false, false) => {
                self.leave("costo", Why::Malformed);
                None
            }
        }
    }

    fn url(&mut self, field: &str, value: &Value) -> Option<String> {
        let text = plain(value)?;
        // The interface still writes many of its own addresses without the s.
        let url = text.strip_prefix("http://").map_or_else(|| text.clone(), |rest| format!("https://{rest}"));
        if is_https(&url) && url.chars().count() <= URL_CHARS_MAX {
            return Some(url);
        }
        self.leave(field, Why::Malformed);
        None
    }

    /// "2013-04-18 10:22:31", or the date alone.
    fn date(&mut self, value: &Value) -> Option<NaiveDate> {
        let text = plain(value)?;
        let date = NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M:%S")
            .or_else(|_| NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S"))
            .map(|time| time.date())
            .or_else(|_| NaiveDate::parse_from_str(&text, "%Y-%m-%d"));
        if date.is_err() {
            self.leave("fecha", Why::Malformed);
        }
        date.ok()
    }

    /// Takes the last entries of the longest list until the sheet is as short as a sheet may be.
    fn shorten(&mut self, sheet: &mut ProgrammeSheet) {
        if sheet.channels.len() > ENTRIES_MAX || sheet.steps.len() > ENTRIES_MAX {
            sheet.channels.truncate(ENTRIES_MAX);
            sheet.steps.truncate(ENTRIES_MAX);
            self.leave("ficha", Why::TooLong);
        }
        let chars = |sheet: &ProgrammeSheet| {
            let texts = sheet.texts().map(|(_, text)| text.chars().count()).sum::<usize>();
            texts.saturating_add(sheet.title.chars().count())
        };
        while chars(sheet) > SHEET_CHARS_MAX {
            self.leave("ficha", Why::TooLong);
            let lists = [&mut sheet.steps, &mut sheet.documents, &mut sheet.for_whom, &mut sheet.law];
            let longest = lists.into_iter().max_by_key(|list| list.iter().map(String::len).sum::<usize>());
            if longest.and_then(Vec::pop).is_none() && sheet.channels.pop().is_none() {
                return;
            }
        }
    }
}

/// Each part rests on the ficha, in the ficha's own words; where they tell an amount, on the name of the field.
fn said(sheet: &ProgrammeSheet, costo: &Value, source: &str) -> Vec<Statement> {
    let texts = sheet.texts().map(|(about, text)| (about, text.to_owned()));
    let cost = sheet.cost.map(|_| {
        let told = plain(costo).filter(|told| !has_amount(told) && told.chars().count() <= ENTRY_CHARS_MAX);
        (Part::Cost, told.unwrap_or_else(|| "costo".to_owned()))
    });
    texts.chain(cost).map(|(about, text)| Statement { about, text, source: source.to_owned() }).collect()
}

/// A value as one line of text, markup taken away.
fn plain(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    Some(html::lines(&text).join(" ")).filter(|text| !text.is_empty())
}

/// A name as an id: its words, small and without accents.
fn slug(name: &str) -> String {
    const CHARS_MAX: usize = 60;
    let words: Vec<String> = words(name).into_iter().map(|word| word.plain).collect();
    let ascii: String = words.join("-").chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let short: String = ascii.chars().take(CHARS_MAX).collect();
    short.split('-').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}
