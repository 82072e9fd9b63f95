//! The facts of surveys: written down by opening, read for results and for the count of a draw.

use domain::InvitationFate;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use wire::body::DrawTally;

use super::columns::{count, entry_id, int, quarantine, told};
use crate::error::StoreError;
use crate::opening::{EntryId, Opened};
use crate::surveys::{AnswerEntry, AnswerLine, Draw, DrawClosing, DrawOpening, SurveyFact};

/// The words of the column `fate`; an empty one is a fate that was not known.
fn fate_text(fate: Option<InvitationFate>) -> &'static str {
    fate.map_or("", InvitationFate::as_str)
}

pub(super) fn store(db: &Connection, one: &Opened) -> rusqlite::Result<()> {
    let Some(fact) = &one.survey else { return Ok(()) };
    let EntryId { device, epoch, branch, seq } = one.id;
    let seq = int(seq);
    match fact {
        SurveyFact::Opened(opening) => db
            .prepare_cached(
                "INSERT INTO survey_draws (device, epoch, branch, seq, survey, numerator, denominator, commitment,
                     captured_unix_s)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING",
            )?
            .execute(params![
                device.0,
                epoch.0,
                branch.0,
                seq,
                opening.survey,
                opening.numerator,
                opening.denominator,
                opening.commitment,
                opening.captured_unix_s
            ])?,
        SurveyFact::Closed(closing) => db
            .prepare_cached(
                "INSERT INTO survey_draw_closings (device, epoch, branch, seq, outing_seq, seed, places, drawn,
                     answered, refused, broken_off, lapsed)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) ON CONFLICT DO NOTHING",
            )?
            .execute(params![
                device.0,
                epoch.0,
                branch.0,
                seq,
                int(closing.outing),
                closing.seed,
                int(closing.tally.places),
                int(closing.tally.drawn),
                int(closing.tally.answered),
                int(closing.tally.refused),
                int(closing.tally.broken_off),
                int(closing.tally.lapsed)
            ])?,
        SurveyFact::Place { outing, place } => db
            .prepare_cached(
                "INSERT INTO survey_places (device, epoch, branch, seq, outing_seq, place)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
            )?
            .execute(params![device.0, epoch.0, branch.0, seq, int(*outing), int(*place)])?,
        SurveyFact::Ended { outing, place, fate } => db
            .prepare_cached(
                "INSERT INTO survey_invitations (device, epoch, branch, seq, outing_seq, place, fate)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
            )?
            .execute(params![device.0, epoch.0, branch.0, seq, int(*outing), int(*place), fate_text(*fate)])?,
        SurveyFact::Answer(line) => db
            .prepare_cached(
                "INSERT INTO survey_answers (device, epoch, branch, seq, answer, survey, version, complete)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
            )?
            .execute(params![
                device.0,
                epoch.0,
                branch.0,
                seq,
                line.answer,
                line.survey,
                line.version,
                line.complete
            ])?,
    };
    Ok(())
}

pub(super) fn draws(db: &Connection, survey: Option<&str>) -> Result<Vec<Draw>, StoreError> {
    let told = told("listing draws");
    let mut statement = db
        .prepare_cached(
            "SELECT d.device, d.epoch, d.branch, d.seq, d.survey, d.numerator, d.denominator, d.commitment,
                    d.captured_unix_s, e.quarantine
             FROM survey_draws d
             JOIN entries e ON e.device = d.device AND e.epoch = d.epoch AND e.branch = d.branch AND e.seq = d.seq
             WHERE ?1 IS NULL OR d.survey = ?1
             ORDER BY d.captured_unix_s, d.device, d.epoch, d.branch, d.seq",
        )
        .map_err(&told)?;
    let rows = statement.query_map([survey], opening).map_err(&told)?;
    let draws: Vec<Draw> = rows.collect::<rusqlite::Result<_>>().map_err(&told)?;
    draws.into_iter().map(|draw| with_facts(db, draw).map_err(&told)).collect()
}

/// A draw as it was opened.
fn opening(row: &Row<'_>) -> rusqlite::Result<Draw> {
    let opening = DrawOpening {
        survey: row.get(4)?,
        numerator: row.get(5)?,
        denominator: row.get(6)?,
        commitment: row.get(7)?,
        captured_unix_s: row.get(8)?,
    };
    Ok(Draw {
        id: entry_id(row)?,
        quarantined: quarantine(row.get_ref(9)?.as_str()?).is_some(),
        opening,
        closing: None,
        places: Vec::new(),
        ended: Vec::new(),
        complete_answers: 0,
    })
}

/// The same with everything that came of it.
fn with_facts(db: &Connection, draw: Draw) -> rusqlite::Result<Draw> {
    let id = draw.id;
    let key = params![id.device.0, id.epoch.0, id.branch.0, int(id.seq)];
    let closed = db
        .prepare_cached(
            "SELECT seq, seed, places, drawn, answered, refused, broken_off, lapsed FROM survey_draw_closings
             WHERE device = ?1 AND epoch = ?2 AND branch = ?3 AND outing_seq = ?4 ORDER BY seq LIMIT 1",
        )?
        .query_row(key, |row| {
            let number = |column| row.get(column).map(count);
            let tally = DrawTally {
                places: number(2)?,
                drawn: number(3)?,
                answered: number(4)?,
                refused: number(5)?,
                broken_off: number(6)?,
                lapsed: number(7)?,
            };
            Ok((row.get::<_, i64>(0)?, DrawClosing { outing: id.seq, seed: row.get(1)?, tally }))
        })
        .optional()?;
    let places = db
        .prepare_cached(
            "SELECT place FROM survey_places
             WHERE device = ?1 AND epoch = ?2 AND branch = ?3 AND outing_seq = ?4 ORDER BY seq",
        )?
        .query_map(key, |row| row.get(0).map(count))?
        .collect::<rusqlite::Result<_>>()?;
    let ended = db
        .prepare_cached(
            "SELECT place, fate FROM survey_invitations
             WHERE device = ?1 AND epoch = ?2 AND branch = ?3 AND outing_seq = ?4 ORDER BY seq",
        )?
        .query_map(key, |row| Ok((count(row.get(0)?), InvitationFate::parse(row.get_ref(1)?.as_str()?))))?
        .collect::<rusqlite::Result<_>>()?;
    let end = closed.as_ref().map_or(i64::MAX, |(seq, _)| *seq);
    let complete_answers = db
        .prepare_cached(
            "SELECT count(*) FROM survey_answers
             WHERE device = ?1 AND epoch = ?2 AND branch = ?3 AND seq > ?4 AND seq < ?5
               AND survey = ?6 AND complete = 1",
        )?
        .query_row(
            params![id.device.0, id.epoch.0, id.branch.0, int(id.seq), end, draw.opening.survey],
            |row| row.get(0).map(count),
        )?;
    let closing = closed.map(|(_, closing)| closing);
    Ok(Draw { closing, places, ended, complete_answers, ..draw })
}

pub(super) fn answers(db: &Connection, survey: &str) -> Result<Vec<AnswerEntry>, StoreError> {
    let told = told("listing answers");
    let mut statement = db
        .prepare_cached(
            "SELECT device, epoch, branch, seq, answer, survey, version, complete FROM survey_answers
             WHERE survey = ?1 ORDER BY device, epoch, branch, seq",
        )
        .map_err(&told)?;
    let rows = statement.query_map([survey], |row| {
        let line = AnswerLine {
            answer: row.get(4)?,
            survey: row.get(5)?,
            version: row.get(6)?,
            complete: row.get(7)?,
        };
        Ok(AnswerEntry { id: entry_id(row)?, line })
    });
    rows.and_then(Iterator::collect).map_err(&told)
}
