//! From a fault of the form back to the cell that it came from.

use std::collections::BTreeSet;

use super::Rows;
use crate::Code;
use crate::form::{Fault, Part, Place};
use crate::xlsform::table::Table;
use crate::xlsform::{Wrong, settings, short};

impl Rows<'_> {
    /// All that is wrong: what the rows had, and what the form breaks, each with its cell.
    pub(super) fn with(mut self, faults: Vec<Fault>) -> Vec<Wrong> {
        let doubtful = self.origin.doubtful || faults.iter().any(|fault| fault.code == Code::UnknownList);
        let depends = |code| {
            matches!(
                code,
                Code::TypeMismatch
                    | Code::WrongArguments
                    | Code::UnknownChoice
                    | Code::NoQuestion
                    | Code::ListNotUsed
            )
        };
        let place = |wrong: &Wrong| wrong.cell.map(|cell| (wrong.sheet.clone(), cell));
        let told: BTreeSet<_> = self.wrongs.iter().filter_map(place).collect();
        for fault in faults {
            if doubtful && depends(fault.code) {
                continue;
            }
            let wrong = self.wrong(&fault);
            // What is wrong with a cell as such is said once.
            let said = place(&wrong).is_some_and(|place| told.contains(&place));
            if !said {
                self.wrongs.push(wrong);
            }
        }
        if self.wrongs.is_empty() {
            self.wrongs.push(Wrong::file(Code::NotASurvey));
        }
        self.wrongs
    }

    fn wrong(&self, fault: &Fault) -> Wrong {
        let (table, row, base) = match &fault.place {
            Place::Form => (
                &self.settings,
                Some(settings::ROW),
                match fault.part {
                    Part::Version => "version",
                    Part::Title => match (self.origin.title, fault.code) {
                        // The title's other languages stand in the sheet `survey`.
                        (Some(row), code) if code != Code::Missing => {
                            return self.at(&self.survey, row, "label", fault);
                        }
                        _ => "form_title",
                    },
                    Part::Languages => "default_language",
                    Part::Whole => {
                        return Wrong { word: fault.word.clone(), ..Wrong::sheet("survey", fault.code) };
                    }
                    _ => "form_id",
                },
            ),
            Place::Group(at) => (&self.survey, self.origin.groups.get(*at).copied(), base(fault.part)),
            Place::Question(at) => (&self.survey, self.origin.questions.get(*at).copied(), base(fault.part)),
            Place::Choice(list, at) => {
                let rows = self.origin.choices.get(list);
                let base = match fault.part {
                    Part::Name => "name",
                    Part::Label => "label",
                    _ => "list_name",
                };
                (&self.choices, rows.and_then(|rows| rows.get(*at)).copied(), base)
            }
        };
        match row {
            Some(row) => self.at(table, row, base, fault),
            None => Wrong::sheet(table.name, fault.code),
        }
    }

    fn at(&self, table: &Table<'_>, row: u32, base: &'static str, fault: &Fault) -> Wrong {
        let language = fault.language.as_deref().and_then(|tag| self.languages.written(tag));
        Wrong {
            language: fault.language.clone(),
            at: fault.at,
            word: fault.word.as_deref().map(short),
            ..Wrong::cell(table.name, table.cell(row, base, language), fault.code)
        }
    }
}

/// The column of the sheet `survey` that a part is written in.
fn base(part: Part) -> &'static str {
    match part {
        Part::Name => "name",
        Part::Label => "label",
        Part::Hint => "hint",
        Part::Required => "required",
        Part::RequiredMessage => "required_message",
        Part::Relevant => "relevant",
        Part::Constraint => "constraint",
        Part::ConstraintMessage => "constraint_message",
        Part::Range => "parameters",
        Part::Whole | Part::Id | Part::Version | Part::Languages | Part::Title | Part::Asks => "type",
    }
}
