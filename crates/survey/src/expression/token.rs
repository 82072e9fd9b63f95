//! From characters to signs and words.

use super::{Code, Problem};
use crate::limits::{EXPRESSION_CHARS_MAX, NAME_CHARS_MAX, NUMBER_DIGITS_MAX};

/// One sign or word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Open,
    Close,
    Comma,
    This,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Number(i64),
    Text(String),
    /// `${name}`.
    Question(String),
    /// `and`, `or`, or the name of a function.
    Word(String),
}

impl Token {
    /// As its author would recognise it.
    pub(super) fn shown(&self) -> String {
        let sign = match self {
            Self::Open => "(",
            Self::Close => ")",
            Self::Comma => ",",
            Self::This => ".",
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Number(number) => return number.to_string(),
            Self::Text(text) => return format!("'{text}'"),
            Self::Question(name) => return format!("${{{name}}}"),
            Self::Word(word) => word,
        };
        sign.to_owned()
    }
}

/// A token and the character at which it begins, counted from 1.
pub(super) type Placed = (usize, Token);

/// All tokens of an expression.
pub(super) fn tokens(text: &str) -> Result<Vec<Placed>, Problem> {
    if text.chars().count() > EXPRESSION_CHARS_MAX {
        return Err(Problem::new(1, Code::ExpressionTooLong));
    }
    let mut source = Source { rest: text.chars().peekable(), at: 1 };
    let mut tokens = Vec::new();
    while let Some(placed) = source.token()? {
        tokens.push(placed);
    }
    Ok(tokens)
}

struct Source<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    /// Of the next character.
    at: usize,
}

impl Source<'_> {
    fn next(&mut self) -> Option<char> {
        let next = self.rest.next();
        self.at = self.at.saturating_add(usize::from(next.is_some()));
        next
    }

    fn next_if(&mut self, wanted: impl FnOnce(char) -> bool) -> Option<char> {
        if self.rest.peek().copied().is_some_and(wanted) { self.next() } else { None }
    }

    fn while_some(&mut self, word: &mut String, wanted: impl Fn(char) -> bool) {
        while let Some(c) = self.next_if(&wanted) {
            word.push(c);
        }
    }

    fn token(&mut self) -> Result<Option<Placed>, Problem> {
        while self.next_if(char::is_whitespace).is_some() {}
        let at = self.at;
        let Some(first) = self.next() else { return Ok(None) };
        let mut or_equal = |with: Token, without: Token| {
            if self.next_if(|c| c == '=').is_some() { with } else { without }
        };
        let token = match first {
            '(' => Token::Open,
            ')' => Token::Close,
            ',' => Token::Comma,
            '=' => Token::Equal,
            '<' => or_equal(Token::LessOrEqual, Token::Less),
            '>' => or_equal(Token::GreaterOrEqual, Token::Greater),
            '!' if self.next_if(|c| c == '=').is_some() => Token::NotEqual,
            '\'' | '"' => self.text(at, first)?,
            '$' if self.next_if(|c| c == '{').is_some() => self.question(at)?,
            '.' if self.next_if(|c| c.is_ascii_digit()).is_some() => {
                return Err(Problem::new(at, Code::NotWhole));
            }
            '.' => Token::This,
            '0'..='9' => self.number(at, first.to_string())?,
            '-' if self.rest.peek().is_some_and(char::is_ascii_digit) => self.number(at, "-".to_owned())?,
            'a'..='z' | 'A'..='Z' | '_' => {
                let mut word = first.to_string();
                self.while_some(&mut word, |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ':'));
                Token::Word(word)
            }
            other => return Err(Problem::word(at, Code::UnexpectedCharacter, other.to_string())),
        };
        Ok(Some((at, token)))
    }

    fn text(&mut self, at: usize, mark: char) -> Result<Token, Problem> {
        let mut text = String::new();
        self.while_some(&mut text, |c| c != mark);
        self.next().map(|_| Token::Text(text)).ok_or(Problem::new(at, Code::Unclosed))
    }

    fn question(&mut self, at: usize) -> Result<Token, Problem> {
        let mut name = String::new();
        self.while_some(&mut name, |c| c != '}');
        self.next().ok_or(Problem::new(at, Code::Unclosed))?;
        let name = name.trim();
        if name.chars().count() > NAME_CHARS_MAX {
            return Err(Problem::new(at, Code::UnknownQuestion));
        }
        Ok(Token::Question(name.to_owned()))
    }

    fn number(&mut self, at: usize, mut digits: String) -> Result<Token, Problem> {
        self.while_some(&mut digits, |c| c.is_ascii_digit());
        if self.rest.peek() == Some(&'.') {
            return Err(Problem::new(at, Code::NotWhole));
        }
        if digits.trim_start_matches('-').len() > NUMBER_DIGITS_MAX {
            return Err(Problem::new(at, Code::NumberTooLong));
        }
        digits.parse().map(Token::Number).map_err(|_| Problem::new(at, Code::NumberTooLong))
    }
}
