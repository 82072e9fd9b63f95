//! Whether a condition holds, for any answers: never a failure.

use super::{Node, Order, Reference, Spot};

/// What a question holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held<'a> {
    /// No answer: not asked, not reached, not known, or refused.
    Nothing,
    /// A whole number.
    Number(i64),
    /// Words, or the choice that was made.
    Text(&'a str),
    /// The choices that were made.
    Choices(&'a [String]),
}

/// What an operand comes to.
enum Value<'a> {
    Condition(bool),
    Held(Held<'a>),
}

pub(super) fn holds<'a>(root: &'a Spot, held: &dyn Fn(&str) -> Held<'a>, this: Held<'a>) -> bool {
    match value(root, held, this) {
        Value::Condition(holds) => holds,
        // Compiled surveys have no such root; XPath calls what is there true.
        Value::Held(held) => held != Held::Nothing,
    }
}

fn value<'a>(spot: &'a Spot, held: &dyn Fn(&str) -> Held<'a>, this: Held<'a>) -> Value<'a> {
    let of = |reference: &Reference| match reference {
        Reference::This => this,
        Reference::Named(name) => held(name),
    };
    let number = |count: usize| Value::Held(Held::Number(i64::try_from(count).unwrap_or(i64::MAX)));
    match &spot.node {
        Node::Number(number) => Value::Held(Held::Number(*number)),
        Node::Text(text) => Value::Held(Held::Text(text)),
        Node::Question(reference) => Value::Held(of(reference)),
        Node::Selected(reference, choice) => Value::Condition(match of(reference) {
            Held::Choices(choices) => choices.contains(choice),
            Held::Text(text) => text == choice,
            Held::Nothing | Held::Number(_) => false,
        }),
        Node::CountSelected(reference) => number(match of(reference) {
            Held::Choices(choices) => choices.len(),
            _ => 0,
        }),
        Node::StringLength(reference) => number(match of(reference) {
            Held::Text(text) => text.chars().count(),
            _ => 0,
        }),
        Node::Not(inner) => Value::Condition(!holds(inner, held, this)),
        Node::All(parts) => Value::Condition(parts.iter().all(|part| holds(part, held, this))),
        Node::Any(parts) => Value::Condition(parts.iter().any(|part| holds(part, held, this))),
        Node::Compare(order, left, right) => {
            Value::Condition(compare(*order, &value(left, held, this), &value(right, held, this)))
        }
    }
}

fn compare(order: Order, left: &Value<'_>, right: &Value<'_>) -> bool {
    let (Value::Held(left), Value::Held(right)) = (left, right) else { return false };
    let numbers = |test: fn(&i64, &i64) -> bool| match (left, right) {
        (Held::Number(left), Held::Number(right)) => test(left, right),
        // XPath: the empty text is no number, and nothing is less or more than that.
        _ => false,
    };
    match order {
        Order::Equal => equal(*left, *right),
        Order::NotEqual => !equal(*left, *right),
        Order::Less => numbers(i64::lt),
        Order::LessOrEqual => numbers(i64::le),
        Order::Greater => numbers(i64::gt),
        Order::GreaterOrEqual => numbers(i64::ge),
    }
}

fn equal(left: Held<'_>, right: Held<'_>) -> bool {
    let empty = |held: Held<'_>| match held {
        Held::Nothing => true,
        Held::Text(text) => text.is_empty(),
        Held::Choices(choices) => choices.is_empty(),
        Held::Number(_) => false,
    };
    left == right || (empty(left) && empty(right))
}
