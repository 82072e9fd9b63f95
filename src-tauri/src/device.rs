//! The stand at the start of a day: what it carries and how old that is, and what the self-test found, each with words.

use stand::{Carried, Check};
use texts::Language;

use crate::refusal::Refusal;
use crate::shell::Shell;
use crate::views::DeviceLine;

/// Everything that is known of the stand. What it carries is read now; the rest is as the last self-test found it.
pub(crate) fn lines(shell: &Shell, language: &str) -> Result<Vec<DeviceLine>, Refusal> {
    let carried = shell.with(|stand| stand.carried())?;
    shell.answered();
    Ok(together(&carried, &shell.findings(), Language::or_default(language)))
}

/// What is carried is as it is now. The printer is the self-test's: it was asked how it is.
fn together(carried: &[Carried], found: &[Check], language: Language) -> Vec<DeviceLine> {
    let is_tested =
        |item: &&Carried| item.name == "printer" && found.iter().any(|check| check.name == "printer");
    let carries = carried.iter().filter(|item| !is_tested(item)).map(|item| DeviceLine {
        name: item.name.to_owned(),
        grade: item.grade,
        sentence: item.sentence(language),
    });
    let tested = found.iter().filter_map(|check| {
        let (name, grade) = (check.name.to_owned(), check.grade);
        Some(DeviceLine { name, grade, sentence: check.sentence(language)? })
    });
    carries.chain(tested).collect()
}

#[cfg(test)]
mod tests {
    use stand::{Finding, Grade};

    use super::*;

    #[test]
    fn each_thing_has_one_line_and_the_printer_is_as_it_was_asked() {
        let carries = [Carried::new("clock", Grade::Bad), Carried::new("printer", Grade::Good)];
        let check = |found: &[Finding], expected: &[(&str, Grade)]| {
            let found: Vec<Check> = found.iter().map(|finding| Check::of(*finding, None)).collect();
            let lines = together(&carries, &found, Language::Spanish);
            let said: Vec<_> = lines.iter().map(|line| (line.name.as_str(), line.grade)).collect();
            assert_eq!(said, expected);
            assert!(lines.iter().all(|line| line.sentence.contains(' ')), "each in words: {lines:?}");
        };
        check(&[], &[("clock", Grade::Bad), ("printer", Grade::Good)]);
        check(
            &[Finding::PrinterAbsent, Finding::LedgerWhole],
            &[("clock", Grade::Bad), ("printer", Grade::Bad), ("ledger", Grade::Good)],
        );
    }
}
