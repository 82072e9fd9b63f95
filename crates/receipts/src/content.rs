//! From a receipt to the blocks that stand on it, in order: the one place that decides what it says.
//!
//! Text, raster and PDF differ in how a block looks, never in which blocks there are. The order is that of
//! the questions people ask: did you take it, what is my number, until when, how; then what to do with it.

use domain::{AnswerWay, Certainty};
use texts::{CitizenLanguage, Language, Value, text};

use crate::model::{Facts, Receipt};
use crate::qr::ActCode;
use crate::rich::Rich;
use crate::slip::{Slip, SourceAddress};
use crate::{dates, place};

/// One thing that stands on the receipt.
#[derive(Debug, Clone)]
pub(crate) enum Block {
    /// Who issues it.
    Issuer { brand: String, office: String },
    /// That it is a copy, and what that means.
    Copy { word: String, note: Rich },
    /// A line that leads to the number.
    Lead(Rich),
    /// The folio, the largest thing on it.
    Number(String),
    /// A label, its value, and a remark under it.
    Field { label: String, value: Rich, remark: Option<Rich>, size: Size },
    /// The QR code, what it is for, and what stands in its place where there is no picture.
    Code { usage: Rich, alternative: String, address: String, address_label: String },
    /// The control code and what it is for.
    Control { label: String, code: String, usage: Rich },
    /// A heading and its steps.
    Steps { heading: String, steps: Vec<Rich> },
    /// A heading and its lines, numbered where their order counts.
    List { heading: String, entries: Vec<Rich>, ordered: bool },
    /// The QR code of what a slip rests on, and what it is for.
    Source { address: SourceAddress, usage: Rich },
    /// The QR code of a closing act, what stands in its place where there is no picture, and what it is for.
    Act { code: ActCode, alternative: String, usage: Rich },
    /// A paragraph of body text.
    Paragraph(Rich),
    /// A last remark in smaller letters.
    Small(Rich),
    /// A line across.
    Rule,
}

/// How large a field's value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    /// As the body, in bold.
    Normal,
    /// The due date: the second thing that people look for.
    Large,
}

/// The title of the receipt, for a document's properties.
pub(crate) fn title(receipt: &Receipt) -> String {
    let key = if is_copy(receipt) { "receipt-title-copy" } else { "receipt-title" };
    let facts = receipt.facts();
    text(facts.language, key, &[("folio", facts.folio.to_string().into())])
}

/// Everything that stands on the receipt.
pub(crate) fn blocks(receipt: &Receipt) -> Vec<Block> {
    let facts = receipt.facts();
    let say = Say(facts.language);
    let mut out =
        vec![Block::Issuer { brand: say.words("receipt-brand"), office: say.words("receipt-office") }];
    if is_copy(receipt) {
        out.push(Block::Copy { word: say.words("receipt-copy"), note: say.rich("receipt-copy-note", &[]) });
    } else {
        out.push(Block::Rule);
    }
    let kind = say.words(&format!("kind-{}", facts.kind));
    out.push(Block::Lead(say.rich("receipt-lead", &[("kind", kind.into())])));
    out.push(Block::Lead(say.rich("receipt-number", &[])));
    out.push(Block::Number(facts.folio.to_string()));
    out.extend(fields(facts, &say));
    out.push(code(receipt, &say));
    if let Some(control) = receipt.control_code() {
        let host = receipt.address().host();
        out.push(Block::Control {
            label: say.words("receipt-code"),
            code: control.as_str().to_owned(),
            usage: say.rich("receipt-code-use", &[("host", host.into())]),
        });
    }
    out.push(Block::Rule);
    out.push(Block::Steps { heading: say.words("receipt-next"), steps: steps(receipt, &say) });
    out.push(Block::Paragraph(phone(facts, &say)));
    out.push(Block::Rule);
    out.push(Block::Small(
        say.rich(if is_copy(receipt) { "receipt-keep-copy" } else { "receipt-keep" }, &[]),
    ));
    out
}

/// What shows that a printer prints: who we are, every letter that is hard to print, and a line from edge to edge.
pub(crate) fn test_blocks(language: Language) -> Vec<Block> {
    let say = Say(language.into());
    vec![
        Block::Issuer { brand: say.words("receipt-brand"), office: say.words("receipt-office") },
        Block::Rule,
        Block::Lead(say.rich("receipt-test", &[])),
        Block::Paragraph(Rich::plain("Á É Í Ó Ú Ü Ñ á é í ó ú ü ñ ¿ ¡ ° ā ē ī ō ū ŋ ḏ ḻ ṉ ṯ", true)),
        Block::Small(say.rich("receipt-test-note", &[])),
        Block::Rule,
    ]
}

/// Everything that stands on a slip.
pub(crate) fn slip_blocks(slip: &Slip) -> Vec<Block> {
    let say = Say(slip.language.into());
    let plain = |text: &String| Rich::plain(text, false);
    let mut out = vec![
        Block::Issuer { brand: say.words("receipt-brand"), office: say.words("receipt-office") },
        Block::Rule,
        Block::Field {
            label: slip.service.clone(),
            value: Rich::plain(&slip.title, true),
            remark: None,
            size: Size::Normal,
        },
        Block::Paragraph(plain(&slip.summary)),
    ];
    for list in slip.lists.iter().filter(|list| !list.lines.is_empty()) {
        let entries = list.lines.iter().map(plain).collect();
        out.push(Block::List { heading: list.heading.clone(), entries, ordered: list.ordered });
    }
    out.push(Block::Rule);
    if let Some(source) = &slip.source {
        let address = source.address.as_deref();
        if let Some(address) = address.and_then(SourceAddress::parse) {
            out.push(Block::Source { address, usage: say.rich("slip-source-use", &[]) });
        }
        out.push(Block::Small(say.rich("slip-source", &[("title", source.title.as_str().into())])));
        out.extend(address.map(|address| Block::Small(Rich::plain(address, false))));
    }
    out.extend(slip.remarks.iter().map(|remark| Block::Small(Rich::plain(remark, true))));
    out.push(Block::Rule);
    out
}

fn fields(facts: &Facts, say: &Say) -> Vec<Block> {
    let field = |key: &str, value: String, remark: Option<Rich>, size: Size| Block::Field {
        label: say.words(key),
        value: Rich::plain(&value, true),
        remark,
        size,
    };
    let mut out = Vec::new();
    match facts.answer.due_on() {
        Some(on) => {
            let way = say.words(&format!("answer-{}", facts.answer.way()));
            let due = dates::date(on, facts.language);
            out.push(field("receipt-due", due, Some(Rich::plain(&way, true)), Size::Large));
        }
        None => {
            out.push(field("receipt-no-answer-label", say.words("receipt-no-answer"), None, Size::Normal));
        }
    }
    let unconfirmed =
        (facts.certainty != Certainty::Confirmed).then(|| say.rich("receipt-time-unconfirmed", &[]));
    let filed = dates::date_time(facts.captured_at, facts.language);
    out.push(field("receipt-filed", filed, unconfirmed, Size::Normal));
    if let Some(on) = facts.paper_on {
        out.push(field("receipt-paper", dates::date(on, facts.language), None, Size::Normal));
    }
    let (nearer, region) = place::lines(&facts.place, facts.language);
    out.push(field("receipt-place", nearer, Some(Rich::plain(&region, false)), Size::Normal));
    out
}

fn code(receipt: &Receipt, say: &Say) -> Block {
    let host = receipt.address().host();
    Block::Code {
        usage: say.rich(if is_copy(receipt) { "receipt-qr-use-copy" } else { "receipt-qr-use" }, &[]),
        alternative: text(say.0, "receipt-qr-alternative", &[("host", host.into())]),
        address: receipt.address().as_str().to_owned(),
        address_label: say.words("receipt-address"),
    }
}

fn steps(receipt: &Receipt, say: &Say) -> Vec<Rich> {
    let facts = receipt.facts();
    let answer = match facts.answer.way() {
        // The answer of the next visit is sealed to the claim key, which a copy lacks.
        AnswerWay::InPerson if is_copy(receipt) => "receipt-step-presencial-copy".to_owned(),
        way => format!("receipt-step-{way}"),
    };
    let mut out = vec![say.rich("receipt-step-sent", &[]), say.rich(&answer, &[])];
    if facts.certainty != Certainty::Confirmed {
        out.push(say.rich("receipt-step-unconfirmed", &[]));
    }
    out
}

fn phone(facts: &Facts, say: &Say) -> Rich {
    match &facts.phone_line {
        Some(line) => {
            let unbroken = line.trim().replace(' ', "\u{a0}");
            say.rich("receipt-phone", &[("line", unbroken.into())])
        }
        None => say.rich("receipt-no-phone", &[]),
    }
}

const fn is_copy(receipt: &Receipt) -> bool {
    matches!(receipt, Receipt::Copy(_))
}

/// Sentences of one language.
pub(crate) struct Say(pub(crate) CitizenLanguage);

impl Say {
    pub(crate) fn words(&self, key: &str) -> String {
        text(self.0, key, &[])
    }

    pub(crate) fn rich(&self, key: &str, args: &[(&str, Value<'_>)]) -> Rich {
        Rich::parse(&text(self.0, key, args))
    }
}
