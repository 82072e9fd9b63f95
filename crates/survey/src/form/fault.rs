//! Where a survey breaks a rule, so that a compiler can name the cell.

use crate::Code;

/// Which thing of a form is meant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The form itself.
    Form,
    /// A group, counted from 0.
    Group(usize),
    /// A question or note, counted from 0.
    Question(usize),
    /// A choice of a list, counted from 0; the list as a whole is its first.
    Choice(String, usize),
}

/// Which of its fields is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// None of them, or several.
    Whole,
    /// Format, name or version of a form.
    Id,
    /// The version of a form.
    Version,
    /// The languages of a form.
    Languages,
    /// The title of a form.
    Title,
    /// The name of a group, question or choice.
    Name,
    /// What a question asks for.
    Asks,
    /// The words at the ends of a range, and its numbers.
    Range,
    /// What is read.
    Label,
    /// The smaller line.
    Hint,
    /// Whether a reply is required.
    Required,
    /// What is said when a required question is passed over.
    RequiredMessage,
    /// When it is asked.
    Relevant,
    /// What the reply must fulfil.
    Constraint,
    /// What is said when it doesn't.
    ConstraintMessage,
}

/// One broken rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Of what.
    pub place: Place,
    /// Where in it.
    pub part: Part,
    /// In which language, if that matters.
    pub language: Option<String>,
    /// The rule.
    pub code: Code,
    /// The character of an expression at which it is broken, counted from 1.
    pub at: Option<usize>,
    /// The word that the author wrote there.
    pub word: Option<String>,
}

impl Fault {
    pub(crate) fn new(place: Place, part: Part, code: Code) -> Self {
        Self { place, part, language: None, code, at: None, word: None }
    }
}
