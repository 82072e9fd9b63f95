//! From rows to a form.

mod cells;

use std::collections::BTreeMap;

use super::Wrong;
use super::settings::{self, Languages};
use super::sheet::Sheet;
use super::table::{Known, Table};
use super::workbook::Workbook;
use crate::Code;
use crate::form::{Asks, Choice, FORMAT, Form, Group, Question, Survey, Texts};

const SURVEY_COLUMNS: &[Known] = &[
    ("type", false),
    ("name", false),
    ("label", true),
    ("hint", true),
    ("required", false),
    ("required_message", true),
    ("relevant", false),
    ("constraint", false),
    ("constraint_message", true),
    ("parameters", false),
    // Known so that an empty column, which many templates have, is no error; whatever stands in it is.
    ("appearance", false),
];

const CHOICE_COLUMNS: &[Known] = &[("list_name", false), ("name", false), ("label", true)];

/// What a group, its end and a note have no use for.
const GROUP_USES: &[&str] = &["type", "name", "label", "relevant"];
const END_USES: &[&str] = &["type", "name"];
const TITLE_USES: &[&str] = &["type", "name", "label"];

/// The note whose labels are the survey's title in its languages: XLSForm's settings know one language only, and
/// other tools show this as a note.
const TITLE_NOTE: &str = "form_title";

/// Compiles what was read.
pub(super) fn survey(workbook: &Workbook) -> Result<Survey, Vec<Wrong>> {
    let mut wrongs = workbook.wrongs.clone();
    let nothing = Sheet::new();
    let mut table = |name: &'static str, known: &[Known]| {
        let cells = workbook.sheets.get(name).unwrap_or(&nothing);
        Table::new(name, cells, known, &mut wrongs)
    };
    let survey = table("survey", SURVEY_COLUMNS);
    let choices = table("choices", CHOICE_COLUMNS);
    let settings = table("settings", settings::COLUMNS);
    let is_there = |name: &str| workbook.sheets.contains_key(name);
    if is_there("survey") {
        survey.demand(&["type", "name", "label"], &mut wrongs);
    }
    if is_there("choices") && !choices.rows().is_empty() {
        choices.demand(&["list_name", "name", "label"], &mut wrongs);
    }
    let tables = [&survey, &choices, &settings];
    let languages = Languages::read(&tables, is_there("settings").then_some(&settings), &mut wrongs);
    let bases = ["label", "hint", "required_message", "constraint_message"];
    languages.twice(&tables, &bases, &mut wrongs);

    let mut rows = Rows { survey, choices, settings, languages, wrongs, origin: Origin::default() };
    let form = rows.form();
    match Survey::new(form) {
        Ok(survey) if rows.wrongs.is_empty() => Ok(survey),
        Ok(_) => Err(rows.wrongs),
        Err(faults) => Err(rows.with(faults)),
    }
}

/// Which rows the parts of a form came from.
#[derive(Default)]
struct Origin {
    groups: Vec<u32>,
    questions: Vec<u32>,
    choices: BTreeMap<String, Vec<u32>>,
    /// Of the note that gives the title in other languages.
    title: Option<u32>,
    /// A row whose type isn't known stands as a text: what depends on its type isn't told.
    doubtful: bool,
}

struct Rows<'a> {
    survey: Table<'a>,
    choices: Table<'a>,
    settings: Table<'a>,
    languages: Languages,
    wrongs: Vec<Wrong>,
    origin: Origin,
}

impl Rows<'_> {
    fn form(&mut self) -> Form {
        let mut choices = self.lists();
        let (groups, questions) = self.questions(&choices);
        // Lists that only give words to a range are in the range.
        let words: Vec<&str> = self.survey.rows().into_iter().filter_map(|row| self.labelset(row)).collect();
        let asked = |list: &str| questions.iter().any(|question| question.asks.list() == Some(list));
        choices.retain(|list, _| asked(list) || !words.contains(&list.as_str()));
        for row in self.settings.rows().into_iter().filter(|row| *row != settings::ROW) {
            let column = self.settings.filled(row).first().map_or("form_id", |(base, _)| *base);
            self.wrongs.push(self.settings.wrong(row, column, Code::UnexpectedRow));
        }
        let version = self.settings.get(settings::ROW, "version").map(str::parse);
        Form {
            format: FORMAT.to_owned(),
            id: self.settings.get(settings::ROW, "form_id").unwrap_or_default().to_owned(),
            version: version.and_then(Result::ok).unwrap_or_default(),
            languages: self.languages.all.clone(),
            title: self.title(),
            groups,
            questions,
            choices,
        }
    }

    /// The title: from the settings in the default language, from the note called so in the others.
    fn title(&mut self) -> Texts {
        let mut title = Texts::new();
        let default = self.languages.all.first().map(|language| language.tag.clone()).unwrap_or_default();
        if let Some(row) = self.origin.title {
            self.uses(row, TITLE_USES);
            title = self.languages.texts(&self.survey, row, "label").unwrap_or_default();
        }
        let written = self.settings.get(settings::ROW, "form_title");
        match (title.remove(&default), written) {
            (Some(noted), Some(written)) if noted != written => {
                let row = self.origin.title.unwrap_or_default();
                self.wrongs.push(self.survey.wrong(row, "label", Code::UnknownValue).word(&noted));
            }
            _ => {}
        }
        title.extend(written.map(|written| (default, written.to_owned())));
        title
    }

    fn lists(&mut self) -> BTreeMap<String, Vec<Choice>> {
        let mut lists: BTreeMap<String, Vec<Choice>> = BTreeMap::new();
        for row in self.choices.rows() {
            let Some(list) = self.choices.get(row, "list_name") else {
                self.wrongs.push(self.choices.wrong(row, "list_name", Code::Missing));
                continue;
            };
            let name = self.choices.get(row, "name").unwrap_or_default().to_owned();
            let label = self.languages.texts(&self.choices, row, "label").unwrap_or_default();
            lists.entry(list.to_owned()).or_default().push(Choice { name, label });
            self.origin.choices.entry(list.to_owned()).or_default().push(row);
        }
        lists
    }

    fn questions(&mut self, lists: &BTreeMap<String, Vec<Choice>>) -> (Vec<Group>, Vec<Question>) {
        let (mut groups, mut questions): (Vec<Group>, Vec<Question>) = (Vec::new(), Vec::new());
        let mut open: Vec<(u32, String)> = Vec::new();
        for row in self.survey.rows() {
            let get = |base| self.survey.get(row, base).map(str::to_owned);
            let texts = |base| self.languages.texts(&self.survey, row, base);
            let name = get("name").unwrap_or_default();
            let within = open.last().map(|(_, name)| name.clone());
            let kind = get("type").unwrap_or_default();
            let mut words = kind.split_whitespace();
            let kind = (words.next().unwrap_or_default(), words.next(), words.next());
            match kind {
                ("begin_group", None, _) | ("begin", Some("group"), None) => {
                    let (label, relevant) = (texts("label"), get("relevant"));
                    self.uses(row, GROUP_USES);
                    groups.push(Group { name: name.clone(), label, relevant, group: within });
                    self.origin.groups.push(row);
                    open.push((row, name));
                }
                ("end_group", None, _) | ("end", Some("group"), None) => {
                    self.uses(row, END_USES);
                    if open.pop().is_none() {
                        self.wrongs.push(self.survey.wrong(row, "type", Code::GroupNotOpen));
                    }
                }
                ("note", None, _) if name == TITLE_NOTE && self.origin.title.is_none() => {
                    self.origin.title = Some(row);
                }
                kind => {
                    let question = Question {
                        name,
                        label: texts("label").unwrap_or_default(),
                        hint: texts("hint"),
                        required_message: texts("required_message"),
                        relevant: get("relevant"),
                        constraint: get("constraint"),
                        constraint_message: texts("constraint_message"),
                        group: within,
                        required: self.required(row),
                        asks: self.asks(row, kind, lists),
                    };
                    questions.push(question);
                    self.origin.questions.push(row);
                }
            }
        }
        for (row, _) in open {
            self.wrongs.push(self.survey.wrong(row, "type", Code::GroupNotClosed));
        }
        (groups, questions)
    }

    fn asks(
        &mut self,
        row: u32,
        kind: (&str, Option<&str>, Option<&str>),
        lists: &BTreeMap<String, Vec<Choice>>,
    ) -> Asks {
        if let Some(written) = self.survey.get(row, "appearance") {
            self.wrongs.push(self.survey.wrong(row, "appearance", Code::UnknownValue).word(written));
        }
        if kind.0 != "range"
            && let Some(written) = self.survey.get(row, "parameters")
        {
            self.wrongs.push(self.survey.wrong(row, "parameters", Code::NotUsed).word(written));
        }
        match kind {
            ("note", None, _) => Asks::Note {},
            ("text", None, _) => Asks::Text {},
            ("integer", None, _) => Asks::Integer {},
            ("range", None, _) => self.range(row, lists),
            ("select_one", Some(list), None) => Asks::SelectOne { list: list.to_owned() },
            ("select_multiple", Some(list), None) => Asks::SelectMultiple { list: list.to_owned() },
            _ => {
                let written = self.survey.get(row, "type");
                let code = if written.is_some() { Code::UnknownType } else { Code::Missing };
                self.wrongs.push(self.survey.wrong(row, "type", code).word(written.unwrap_or_default()));
                self.origin.doubtful = true;
                Asks::Text {}
            }
        }
    }

    fn required(&mut self, row: u32) -> bool {
        let written = self.survey.get(row, "required").unwrap_or_default();
        match written.to_ascii_lowercase().as_str() {
            "yes" | "true" | "true()" => true,
            "" | "no" | "false" | "false()" => false,
            _ => {
                self.wrongs.push(self.survey.wrong(row, "required", Code::UnknownValue).word(written));
                false
            }
        }
    }

    /// `start=1 end=7 step=1 tick_labelset=grades`: the labels of the list's first and last grade are the words.
    fn range(&mut self, row: u32, lists: &BTreeMap<String, Vec<Choice>>) -> Asks {
        let (mut start, mut end) = (1, 10);
        let mut labels: Option<&Vec<Choice>> = None;
        let written = self.survey.get(row, "parameters").unwrap_or_default();
        for (name, value) in parameters(written) {
            let number = value.and_then(|value| value.parse().ok());
            let code = match (name, value, number) {
                ("start", _, Some(number)) => {
                    start = number;
                    continue;
                }
                ("end", _, Some(number)) => {
                    end = number;
                    continue;
                }
                ("step", _, Some(1)) => continue,
                ("tick_labelset", Some(list), _) => {
                    labels = lists.get(list);
                    if labels.is_some() {
                        continue;
                    }
                    Code::UnknownList
                }
                ("start" | "end" | "step", _, _) => Code::InvalidRange,
                _ => Code::UnknownParameter,
            };
            let written = value.map_or_else(|| name.to_owned(), |value| format!("{name}={value}"));
            self.wrongs.push(self.survey.wrong(row, "parameters", code).word(&written));
        }
        let label = |grade: i64| -> Option<Texts> {
            let choice = labels?.iter().find(|choice| choice.name == grade.to_string())?;
            Some(choice.label.clone())
        };
        match (label(start), label(end), labels.map_or(0, Vec::len)) {
            (Some(low), Some(high), 2) => Asks::Range { start, end, low, high },
            (low, high, _) => {
                self.wrongs.push(self.survey.wrong(row, "parameters", Code::RangeWithoutWords));
                Asks::Range { start, end, low: low.unwrap_or_default(), high: high.unwrap_or_default() }
            }
        }
    }

    /// The list that gives words to the range of a row.
    fn labelset(&self, row: u32) -> Option<&str> {
        let written =
            self.survey.get(row, "parameters").filter(|_| self.survey.get(row, "type") == Some("range"))?;
        parameters(written).find(|(name, _)| *name == "tick_labelset")?.1
    }

    /// Refuses what stands in columns that a row of this type has no use for.
    fn uses(&mut self, row: u32, bases: &[&str]) {
        for (base, cell) in self.survey.filled(row) {
            if !bases.contains(&base) {
                self.wrongs.push(Wrong::cell(self.survey.name, cell, Code::NotUsed).word(base));
            }
        }
    }
}

/// `name=value` pairs with spaces, commas or semicolons between them; without `=`, the value is none.
fn parameters(written: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    let parts = written.split(|c: char| c.is_whitespace() || c == ',' || c == ';');
    parts.filter(|part| !part.is_empty()).map(|part| match part.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (part, None),
    })
}
