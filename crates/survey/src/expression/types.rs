//! What can be asked of which question.

use super::{Code, Node, Order, Problem, Reference, Spot};

/// What a question's answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject<'a> {
    /// Words.
    Text,
    /// A whole number.
    Number,
    /// One of these choices.
    One(&'a [String]),
    /// Some of these choices.
    Several(&'a [String]),
}

/// What an operand is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Type<'a> {
    Condition,
    Number,
    Literal(&'a str),
    Question(Subject<'a>),
    /// Already complained about.
    Wrong,
}

pub(super) fn check<'a>(
    root: &'a Spot,
    subject: &dyn Fn(&str) -> Option<Subject<'a>>,
    this: Option<Subject<'a>>,
) -> Vec<Problem> {
    let mut checker = Checker { subject, this, problems: Vec::new() };
    checker.condition(root);
    checker.problems.sort_by_key(|problem| problem.at);
    checker.problems
}

struct Checker<'a, 's> {
    subject: &'s dyn Fn(&str) -> Option<Subject<'a>>,
    this: Option<Subject<'a>>,
    problems: Vec<Problem>,
}

impl<'a> Checker<'a, '_> {
    fn problem(&mut self, at: usize, code: Code, word: impl Into<Option<String>>) {
        self.problems.push(Problem { at, code, word: word.into() });
    }

    /// A part that has to be true or false.
    fn condition(&mut self, spot: &'a Spot) {
        if !matches!(self.operand(spot), Type::Condition | Type::Wrong) {
            self.problem(spot.at, Code::TypeMismatch, None);
        }
    }

    fn operand(&mut self, spot: &'a Spot) -> Type<'a> {
        match &spot.node {
            Node::Number(_) => Type::Number,
            Node::Text(text) => Type::Literal(text),
            Node::Question(of) => self.question(spot.at, of).map_or(Type::Wrong, Type::Question),
            Node::Selected(of, choice) => {
                match self.question(spot.at, of) {
                    Some(Subject::One(choices) | Subject::Several(choices)) => {
                        self.choice(spot.at, choices, choice);
                    }
                    Some(_) => self.problem(spot.at, Code::WrongArguments, "selected".to_owned()),
                    None => {}
                }
                Type::Condition
            }
            Node::CountSelected(of) => {
                if !matches!(self.question(spot.at, of), Some(Subject::Several(_)) | None) {
                    self.problem(spot.at, Code::WrongArguments, "count-selected".to_owned());
                }
                Type::Number
            }
            Node::StringLength(of) => {
                if !matches!(self.question(spot.at, of), Some(Subject::Text) | None) {
                    self.problem(spot.at, Code::WrongArguments, "string-length".to_owned());
                }
                Type::Number
            }
            Node::Not(inner) => {
                self.condition(inner);
                Type::Condition
            }
            Node::All(parts) | Node::Any(parts) => {
                for part in parts {
                    self.condition(part);
                }
                Type::Condition
            }
            Node::Compare(order, left, right) => {
                let (left, right) = (self.operand(left), self.operand(right));
                self.compare(spot.at, *order, left, right);
                Type::Condition
            }
        }
    }

    fn question(&mut self, at: usize, of: &'a Reference) -> Option<Subject<'a>> {
        match of {
            Reference::This => {
                if self.this.is_none() {
                    self.problem(at, Code::NoThis, None);
                }
                self.this
            }
            Reference::Named(name) => {
                let subject = (self.subject)(name);
                if subject.is_none() {
                    self.problem(at, Code::UnknownQuestion, name.clone());
                }
                subject
            }
        }
    }

    fn choice(&mut self, at: usize, choices: &[String], choice: &str) {
        if !choices.iter().any(|known| known == choice) {
            self.problem(at, Code::UnknownChoice, choice.to_owned());
        }
    }

    fn compare(&mut self, at: usize, order: Order, left: Type<'a>, right: Type<'a>) {
        use Subject::{Number, One, Several, Text};
        use Type::{Literal, Question, Wrong};
        let equality = matches!(order, Order::Equal | Order::NotEqual);
        match (left, right) {
            (Wrong, _) | (_, Wrong) | (Type::Number | Question(Number), Type::Number | Question(Number)) => {}
            // Two texts; or whether there is an answer, of any kind.
            (Question(_), Literal(""))
            | (Literal(""), Question(_))
            | (Question(Text) | Literal(_), Question(Text) | Literal(_))
            | (Question(One(_)), Question(One(_) | Text))
            | (Question(Text), Question(One(_)))
                if equality => {}
            (Question(One(choices)), Literal(choice)) | (Literal(choice), Question(One(choices)))
                if equality =>
            {
                self.choice(at, choices, choice);
            }
            (Question(Several(_)), Literal(_)) | (Literal(_), Question(Several(_))) if equality => {
                self.problem(at, Code::TypeMismatch, "selected".to_owned());
            }
            _ => self.problem(at, Code::TypeMismatch, None),
        }
    }
}
