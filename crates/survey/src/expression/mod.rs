//! Conditions: the part of XPath 1.0 that XLSForm's `relevant` and `constraint` need, typed and total.
//!
//! ```text
//! any     = all { "or" all }
//! all     = compare { "and" compare }
//! compare = operand [ ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) operand ]
//! operand = "(" any ")" | "not" "(" any ")" | question | number | string
//!         | "selected" "(" question "," string ")" | "count-selected" "(" question ")"
//!         | "string-length" "(" question ")"
//! question = "." | "${" name "}"
//! ```
//!
//! Whatever is outside is refused with its name and place when a survey is compiled, so that an answer is never
//! met by an expression that can't be judged. What is inside means what XPath says: a question without an answer is
//! the empty text, a comparison of it with a number is false, and `!=` is the opposite of `=`.
//!
//! Types are checked beforehand: the order of texts, a sum of choices or a choice that its list lacks has no
//! meaning, and XPath's silent conversions hide a slip of the author until an evening in the field.

mod evaluate;
mod parse;
mod token;
mod types;

pub use evaluate::Held;
pub use types::Subject;

use crate::Code;

/// One thing wrong with an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The character at which it is found, counted from 1.
    pub at: usize,
    /// What it is.
    pub code: Code,
    /// The word that the author wrote there, if it is one.
    pub word: Option<String>,
}

impl Problem {
    fn new(at: usize, code: Code) -> Self {
        Self { at, code, word: None }
    }

    fn word(at: usize, code: Code, word: impl Into<String>) -> Self {
        Self { at, code, word: Some(word.into()) }
    }
}

/// A condition that has been read: its form is right, its types are not yet known to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    root: Spot,
}

/// A part of an expression, and the character at which it begins, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Spot {
    at: usize,
    node: Node,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Node {
    Number(i64),
    Text(String),
    Question(Reference),
    Selected(Reference, String),
    CountSelected(Reference),
    StringLength(Reference),
    Not(Box<Spot>),
    All(Vec<Spot>),
    Any(Vec<Spot>),
    Compare(Order, Box<Spot>, Box<Spot>),
}

/// Which question is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Reference {
    /// `.`: the one whose answer is judged.
    This,
    /// `${name}`.
    Named(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    /// The first thing that is wrong with its form.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        Ok(Self { root: parse::parse(text)? })
    }

    /// Everything that is wrong with its types, in the order of the text. `subject` says what a name stands for,
    /// `this` what `.` does.
    pub fn check<'a>(
        &'a self,
        subject: &dyn Fn(&str) -> Option<Subject<'a>>,
        this: Option<Subject<'a>>,
    ) -> Vec<Problem> {
        types::check(&self.root, subject, this)
    }

    /// The questions that it names, each with the character at which it does, in the order of the text.
    pub fn names(&self) -> Vec<(usize, &str)> {
        let mut names = Vec::new();
        self.root.names(&mut names);
        names
    }

    /// Whether it holds. `held` says what a question holds, `this` what `.` does.
    pub fn holds<'a>(&'a self, held: &dyn Fn(&str) -> Held<'a>, this: Held<'a>) -> bool {
        evaluate::holds(&self.root, held, this)
    }
}

impl Spot {
    fn names<'a>(&'a self, names: &mut Vec<(usize, &'a str)>) {
        match &self.node {
            Node::Number(_) | Node::Text(_) => {}
            Node::Question(of) | Node::Selected(of, _) | Node::CountSelected(of) | Node::StringLength(of) => {
                if let Reference::Named(name) = of {
                    names.push((self.at, name));
                }
            }
            Node::Not(inner) => inner.names(names),
            Node::All(parts) | Node::Any(parts) => parts.iter().for_each(|part| part.names(names)),
            Node::Compare(_, left, right) => {
                left.names(names);
                right.names(names);
            }
        }
    }
}
