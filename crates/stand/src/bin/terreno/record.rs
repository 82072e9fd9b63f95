//! `record`: one JSON object a line in, one JSON answer a line out, in order. A line that is rejected is answered in
//! its place and spoils no other.

use std::io::{self, BufRead};

use domain::{
    AdditionDraft, EncounterLine, FieldError, RequestDraft, VoidDraft, WantedDraft, WithdrawalDraft,
};
use serde_json::{Value, json};
use stand::{AnswerFault, Exit, Stand, StandError, SurveyLine};

use crate::args::Record;
use crate::lines::next_line;
use crate::output::Output;

/// Records every line of the input. The exit status of the first failure that must end it, or of rejected lines.
pub(crate) fn record(
    stand: &mut Stand,
    what: Record,
    input: &mut impl BufRead,
    output: &Output,
) -> io::Result<Exit> {
    let mut exit = Exit::Ok;
    let mut number = 0_u64;
    while let Some(bytes) = next_line(input)? {
        number = number.saturating_add(1);
        match one(stand, what, &bytes) {
            Ok(answer) => Output::json_line(&answer)?,
            Err(error) => {
                let lines = output.error_lines(&error, Some(number));
                output.errors(&lines);
                let mut answer = json!({ "error": lines.first() });
                if let (Value::Object(fields), true) = (&mut answer, lines.len() > 1) {
                    fields.insert("errors".to_owned(), json!(lines));
                }
                Output::json_line(&answer)?;
                exit = error.exit();
                if exit != Exit::Rejected {
                    return Ok(exit);
                }
            }
        }
    }
    Ok(exit)
}

fn one(stand: &mut Stand, what: Record, bytes: &[u8]) -> Result<Value, StandError> {
    let rejected = |error: FieldError| StandError::Input(vec![error]);
    let text = domain::line_text(bytes).map_err(rejected)?;
    if let Record::Request = what {
        // The same id again is answered with the first, even when the rest of the line was damaged on its way.
        if let Some(known) =
            domain::filed_id(text).map(|id| stand.recorded_request(id)).transpose()?.flatten()
        {
            return Ok(json!(known.answer));
        }
    }
    // A line is begun and filed at once, so this is the moment to say that there is no room for it.
    stand.check_space()?;
    Ok(match what {
        Record::Request => {
            json!(stand.record_request(RequestDraft::from_json(text).map_err(rejected)?)?.answer)
        }
        Record::Encounter => {
            let (draft, profile) = EncounterLine::from_json(text).map_err(rejected)?.split();
            // Nobody is left to undo it when the line was answered: a void can follow.
            json!(stand.record_encounter(draft, profile.as_ref())?.answer)
        }
        Record::Addition => json!(stand.record_addition(AdditionDraft::from_json(text).map_err(rejected)?)?),
        Record::Withdrawal => {
            json!(stand.record_withdrawal(WithdrawalDraft::from_json(text).map_err(rejected)?)?)
        }
        Record::Void => json!(stand.record_void(VoidDraft::from_json(text).map_err(rejected)?)?),
        Record::Wanted => json!(stand.record_wanted(WantedDraft::from_json(text).map_err(rejected)?)?),
        Record::Survey => {
            let read = SurveyLine::read(text.as_bytes());
            let line = read.map_err(|code| StandError::Answer(vec![AnswerFault { question: None, code }]))?;
            json!(stand.record_survey(line)?)
        }
    })
}
