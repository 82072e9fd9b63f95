//! The stand at the start of a day: what it carries and how old that is, and what the self-test found, each with words.

use stand::{Carried, Grade};
use texts::Language;

use crate::refusal::Refusal;
use crate::shell::Shell;
use crate::views::DeviceLine;

/// Everything that is known of the stand. What it carries is read now; the rest is as the last self-test found it.
pub(crate) fn lines(shell: &Shell, language: &str) -> Result<Vec<DeviceLine>, Refusal> {
    let carried = shell.with(|stand| stand.carried())?;
    shell.answered();
    Ok(together(&carried, shell.findings(), Language::or_default(language)))
}

/// What is carried has sentences with its dates. The printer is the self-test's: it was asked how it is.
fn together(carried: &[Carried], found: Vec<(String, Grade)>, language: Language) -> Vec<DeviceLine> {
    let is_tested =
        |item: &Carried| item.name == "printer" && found.iter().any(|(name, _)| name == "printer");
    let carries = carried.iter().filter(|item| !is_tested(item)).map(|item| DeviceLine {
        name: item.name.to_owned(),
        grade: item.grade,
        sentence: Some(item.sentence(language)),
    });
    let mut lines: Vec<DeviceLine> = carries.collect();
    for (name, grade) in found {
        if lines.iter().all(|line| line.name != name) {
            lines.push(DeviceLine { name, grade, sentence: None });
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn carried(name: &'static str, grade: Grade) -> Carried {
        Carried {
            name,
            grade,
            absent: false,
            number: None,
            on: None,
            days: None,
            detail: None,
            version: None,
        }
    }

    #[test]
    fn each_thing_has_one_line_and_the_printer_is_as_it_was_asked() {
        let carries = [carried("clock", Grade::Bad), carried("printer", Grade::Good)];
        let check = |found: &[(&str, Grade)], expected: &[(&str, Grade, bool)]| {
            let found = found.iter().map(|(name, grade)| ((*name).to_owned(), *grade)).collect();
            let lines = together(&carries, found, Language::Spanish);
            let said: Vec<_> =
                lines.iter().map(|line| (line.name.as_str(), line.grade, line.sentence.is_some())).collect();
            assert_eq!(said, expected);
        };
        check(&[], &[("clock", Grade::Bad, true), ("printer", Grade::Good, true)]);
        check(
            &[("clock", Grade::Good), ("printer", Grade::Careful), ("ledger", Grade::Good)],
            &[
                ("clock", Grade::Bad, true),
                ("printer", Grade::Careful, false),
                ("ledger", Grade::Good, false),
            ],
        );
    }

    /// The sentences of what only the self-test looks at lie with the window's.
    #[test]
    fn every_check_has_its_words_in_every_grade() {
        for sentences in [
            include_str!("../../ui/packages/i18n/locales/es-CL/staff.ftl"),
            include_str!("../../ui/packages/i18n/locales/en/staff.ftl"),
        ] {
            for name in ["printer", "ledger", "mirror", "seal", "pin", "alarms", "memory"] {
                for grade in ["good", "careful", "bad"] {
                    let key = format!("\ncheck-{name}-{grade} = ");
                    assert!(sentences.contains(&key), "{key}");
                }
            }
        }
    }
}
