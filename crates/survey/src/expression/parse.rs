//! From signs and words to an expression, by recursive descent to a named depth.

use super::token::{Placed, Token, tokens};
use super::{Code, Node, Order, Problem, Reference, Spot};
use crate::limits::EXPRESSION_DEPTH_MAX;

pub(super) fn parse(text: &str) -> Result<Spot, Problem> {
    let end = text.chars().count().saturating_add(1);
    let mut parser = Parser { tokens: tokens(text)?.into_iter().peekable(), depth: 0, end };
    let root = parser.any()?;
    match parser.tokens.next() {
        Some((at, token)) => Err(Problem::word(at, Code::Unexpected, token.shown())),
        None => Ok(root),
    }
}

struct Parser {
    tokens: std::iter::Peekable<std::vec::IntoIter<Placed>>,
    depth: usize,
    /// One past the last character.
    end: usize,
}

impl Parser {
    fn any(&mut self) -> Result<Spot, Problem> {
        self.joined("or", Self::all, Node::Any)
    }

    fn all(&mut self) -> Result<Spot, Problem> {
        self.joined("and", Self::compare, Node::All)
    }

    /// One part, or several with a word between them.
    fn joined(
        &mut self,
        word: &str,
        part: fn(&mut Self) -> Result<Spot, Problem>,
        join: fn(Vec<Spot>) -> Node,
    ) -> Result<Spot, Problem> {
        let first = part(self)?;
        let at = first.at;
        let mut more = Vec::new();
        while self.tokens.next_if(|(_, token)| matches!(token, Token::Word(found) if found == word)).is_some()
        {
            more.push(part(self)?);
        }
        if more.is_empty() {
            return Ok(first);
        }
        more.insert(0, first);
        Ok(Spot { at, node: join(more) })
    }

    fn compare(&mut self) -> Result<Spot, Problem> {
        let left = self.operand()?;
        let Some(order) = self.tokens.peek().and_then(|(_, token)| order(token)) else { return Ok(left) };
        self.tokens.next();
        let right = self.operand()?;
        Ok(Spot { at: left.at, node: Node::Compare(order, Box::new(left), Box::new(right)) })
    }

    fn operand(&mut self) -> Result<Spot, Problem> {
        let (at, token) = self.next()?;
        let node = match token {
            Token::Open => return self.parenthesis(at),
            Token::Number(number) => Node::Number(number),
            Token::Text(text) => Node::Text(text),
            Token::This => Node::Question(Reference::This),
            Token::Question(name) => Node::Question(Reference::Named(name)),
            Token::Word(word) if self.tokens.next_if(|(_, token)| *token == Token::Open).is_some() => {
                self.function(at, &word)?
            }
            other => return Err(Problem::word(at, Code::Unexpected, other.shown())),
        };
        Ok(Spot { at, node })
    }

    /// What stands behind an opening parenthesis, with the closing one.
    fn parenthesis(&mut self, at: usize) -> Result<Spot, Problem> {
        self.depth = self.depth.saturating_add(1);
        if self.depth > EXPRESSION_DEPTH_MAX {
            return Err(Problem::new(at, Code::ExpressionTooDeep));
        }
        let inner = self.any()?;
        self.depth = self.depth.saturating_sub(1);
        self.expect(&Token::Close)?;
        Ok(inner)
    }

    /// The arguments of a function whose name and opening parenthesis were read.
    fn function(&mut self, at: usize, name: &str) -> Result<Node, Problem> {
        match name {
            "not" => Ok(Node::Not(Box::new(self.parenthesis(at)?))),
            "selected" => {
                let of = self.reference(at, name)?;
                self.argument(at, name, &Token::Comma)?;
                let (_, Token::Text(choice)) = self.next()? else {
                    return Err(Problem::word(at, Code::WrongArguments, name));
                };
                self.argument(at, name, &Token::Close)?;
                Ok(Node::Selected(of, choice))
            }
            "count-selected" | "string-length" => {
                let of = self.reference(at, name)?;
                self.argument(at, name, &Token::Close)?;
                let length = name == "string-length";
                Ok(if length { Node::StringLength(of) } else { Node::CountSelected(of) })
            }
            unknown => Err(Problem::word(at, Code::UnknownFunction, unknown)),
        }
    }

    fn reference(&mut self, at: usize, function: &str) -> Result<Reference, Problem> {
        match self.next()? {
            (_, Token::This) => Ok(Reference::This),
            (_, Token::Question(name)) => Ok(Reference::Named(name)),
            _ => Err(Problem::word(at, Code::WrongArguments, function)),
        }
    }

    fn argument(&mut self, at: usize, function: &str, wanted: &Token) -> Result<(), Problem> {
        let found = self.next()?;
        if found.1 == *wanted { Ok(()) } else { Err(Problem::word(at, Code::WrongArguments, function)) }
    }

    fn expect(&mut self, wanted: &Token) -> Result<(), Problem> {
        let (at, found) = self.next()?;
        if found == *wanted { Ok(()) } else { Err(Problem::word(at, Code::Unexpected, found.shown())) }
    }

    fn next(&mut self) -> Result<Placed, Problem> {
        self.tokens.next().ok_or(Problem::new(self.end, Code::Unfinished))
    }
}

fn order(token: &Token) -> Option<Order> {
    Some(match token {
        Token::Equal => Order::Equal,
        Token::NotEqual => Order::NotEqual,
        Token::Less => Order::Less,
        Token::LessOrEqual => Order::LessOrEqual,
        Token::Greater => Order::Greater,
        Token::GreaterOrEqual => Order::GreaterOrEqual,
        _ => return None,
    })
}
