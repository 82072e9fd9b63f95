//! From a key to a sentence.
//!
//! `text` never fails: a person who stands before the screen is better served by a bare key than by an error,
//! and the tests see to it that no bare key is ever shown. A sentence missing in English is shown in Spanish.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use crate::{CitizenLanguage, Language, files, numbers};

pub(crate) type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<BTreeMap<Language, Bundle>> =
    LazyLock::new(|| Language::ALL.iter().map(|language| (*language, bundle(*language))).collect());

/// The sentence of `key` in `language` with its variables filled in.
///
/// Takes either a [`Language`] or a [`CitizenLanguage`]. Falls back to Spanish, then to the key itself. Numbers are
/// grouped as the language does; pass years, folios and telephone numbers as text.
pub fn text(language: impl Into<CitizenLanguage>, key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
    let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, value.clone())).collect();
    let own = match language.into() {
        CitizenLanguage::Whole(language) => BUNDLES.get(&language),
        CitizenLanguage::Pack(pack) => Some(pack.bundle()),
    };
    let spanish = BUNDLES.get(&Language::default());
    own.and_then(|bundle| format(bundle, key, &args))
        .or_else(|| spanish.and_then(|bundle| format(bundle, key, &args)))
        .unwrap_or_else(|| key.to_owned())
}

fn format(bundle: &Bundle, key: &str, args: &FluentArgs<'_>) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    // A variable that is missing shows as `{$name}` in its place; the rest of the sentence still helps.
    let mut errors = Vec::new();
    Some(bundle.format_pattern(pattern, Some(args), &mut errors).into_owned())
}

fn bundle(language: Language) -> Bundle {
    bundle_of(language, files().iter().filter(|file| file.language == language).map(|file| file.source))
}

/// Sentences under the rules of a language.
pub(crate) fn bundle_of(language: Language, sources: impl IntoIterator<Item = &'static str>) -> Bundle {
    let locale = language.tag().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![locale]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::Spanish => |value, _| number(value, Language::Spanish),
        Language::English => |value, _| number(value, Language::English),
    }));
    for source in sources {
        // A key that stands twice keeps its first sentence, and a broken entry is left out: tests find both.
        let _ = bundle.add_resource(resource(source));
    }
    bundle
}

fn number(value: &FluentValue<'_>, language: Language) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(numbers::grouped(&number.as_string(), language)),
        _ => None,
    }
}

fn resource(source: &str) -> FluentResource {
    FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource)
}

/// Every key of a language.
pub fn keys(language: Language) -> BTreeSet<String> {
    messages(language).into_keys().collect()
}

/// The variables that the sentence of a key uses; empty for an unknown key.
pub fn variables(language: Language, key: &str) -> BTreeSet<String> {
    messages(language).remove(key).unwrap_or_default()
}

fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut out = BTreeMap::new();
    for file in files().iter().filter(|file| file.language == language) {
        for entry in resource(file.source).entries() {
            if let Entry::Message(message) = entry {
                let mut names = BTreeSet::new();
                if let Some(pattern) = &message.value {
                    in_pattern(pattern, &mut names);
                }
                out.insert(message.id.name.to_owned(), names);
            }
        }
    }
    out
}

fn in_pattern(pattern: &Pattern<&str>, names: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        match element {
            PatternElement::Placeable { expression: Expression::Inline(inline) } => in_inline(inline, names),
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                in_inline(selector, names);
                for variant in variants {
                    in_pattern(&variant.value, names);
                }
            }
            PatternElement::TextElement { .. } => {}
        }
    }
}

fn in_inline(inline: &InlineExpression<&str>, names: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            names.insert(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                in_inline(argument, names);
            }
        }
        InlineExpression::Placeable { expression } => {
            if let Expression::Inline(inner) = expression.as_ref() {
                in_inline(inner, names);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_filled_in_and_an_unknown_key_shows_itself() {
        let check = |language, key, args: &[(&str, FluentValue<'_>)], expected: &str| {
            assert_eq!(text(language, key, args), expected);
        };
        let host = [("host", "oirs.example.cl".into())];
        check(
            Language::Spanish,
            "receipt-code-use",
            &host,
            "¿Sin cámara? Entra a **oirs.example.cl** con tu número y este código.",
        );
        check(Language::Spanish, "no-such-key", &[], "no-such-key");
        check(Language::English, "no-such-key", &[], "no-such-key");
        check(
            Language::Spanish,
            "receipt-code-use",
            &[],
            "¿Sin cámara? Entra a **{$host}** con tu número y este código.",
        );
    }

    #[test]
    fn quantities_are_grouped_and_texts_are_not() {
        let shown = |max: FluentValue<'static>| text(Language::Spanish, "error-too-long", &[("max", max)]);
        assert!(shown(4000.into()).contains("4.000"), "{}", shown(4000.into()));
        assert!(shown("4000".into()).contains("4000"));
    }

    #[test]
    fn variables_are_found_inside_selections_too() {
        assert_eq!(variables(Language::Spanish, "receipt-code-use"), BTreeSet::from(["host".to_owned()]));
        assert_eq!(variables(Language::Spanish, "no-such-key"), BTreeSet::new());
    }
}
