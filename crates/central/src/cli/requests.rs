//! `requests list | show`.

use central_db::RequestFilter;
use domain::Comuna;
use serde::Serialize;
use serde_json::Value as Json;
use texts::{Value, text};

use super::args::RequestsCommand;
use super::devices::spanish_day;
use super::exit::Exit;
use super::open_folder::Open;
use super::output::Output;
use super::table::table;
use crate::attachments::{AttachmentView, write_new};
use crate::clock::Clock;
use crate::deadline::Explained;
use crate::error::CentralError;
use crate::pages::when::date;
use crate::requests::{Detail, Line, TakenBack};

pub(super) async fn run(
    open: &Open,
    command: RequestsCommand,
    clock: &Clock,
    output: &mut Output,
) -> Result<Exit, CentralError> {
    let desk = open.desk()?;
    match command {
        RequestsCommand::List { due, quarantined, space, after, limit } => {
            let filter = RequestFilter { due_until: due, quarantined_only: quarantined, space, after, limit };
            if output.is_json() {
                desk.each(filter, clock.now_unix_s(), |line| output.json(&line)).await?;
            } else {
                // A table is as wide as its widest cell, so people wait for all of it.
                show_lines(&desk.list(filter, clock.now_unix_s()).await?, output);
            }
        }
        RequestsCommand::Show { folio } => {
            for detail in desk.show(&folio, clock.now_unix_s()).await? {
                output.json(&detail);
                if !output.is_json() {
                    show_detail(&detail, output);
                }
            }
        }
        RequestsCommand::Attachment { folio, number, out } => {
            let opened = desk.attachment(&folio, number, clock.now_unix_s()).await?;
            write_new(&out, &opened.content)?;
            let file = out.display().to_string();
            output.say("central-attachment-opened", &[("file", file.as_str().into())]);
            output.json(&OpenedFile { file, media_type: opened.media_type, bytes: opened.content.len() });
        }
    }
    Ok(Exit::Ok)
}

/// An attachment that was opened into a file.
#[derive(Serialize)]
struct OpenedFile {
    file: String,
    media_type: String,
    bytes: usize,
}

fn say(key: &str) -> String {
    text(super::language(), key, &[])
}

fn show_lines(lines: &[Line], output: &mut Output) {
    if lines.is_empty() {
        output.say("central-requests-none", &[]);
        return;
    }
    let heading = ["folio", "due", "kind", "state", "filed", "place", "space", "device", "note"];
    let heading = heading.map(|name| say(&format!("central-head-{name}")));
    for line in table(&heading, &lines.iter().map(cells).collect::<Vec<_>>()) {
        output.line(&line);
    }
}

fn cells(line: &Line) -> Vec<String> {
    vec![
        line.folio.clone(),
        line.due_on.map_or_else(|| say("central-due-none"), |due| date(due, super::language())),
        line.kind.clone(),
        say(&format!("central-state-{}", line.state)),
        spanish_day(&line.captured_at),
        Comuna::by_code(&line.comuna).map_or_else(|| line.comuna.clone(), |comuna| comuna.name().to_owned()),
        say(&format!("space-{}", line.space)),
        line.device_label.clone(),
        note(line),
    ]
}

fn note(line: &Line) -> String {
    let quarantine = line.quarantine.map(|why| say(&format!("central-note-{why}")));
    let waits = line.withdrawal_waits.then(|| say("central-note-withdrawal-waits"));
    let voided = line.voided.then(|| say("central-note-voided"));
    quarantine.into_iter().chain(waits).chain(voided).collect::<Vec<_>>().join(", ")
}

fn show_detail(detail: &Detail, output: &mut Output) {
    show_lines(std::slice::from_ref(&detail.line), output);
    output.line("");
    output.say("central-show-request", &[]);
    if let Ok(filed) = serde_json::to_value(&detail.request) {
        show_fields(&filed, "", output);
    }
    if let Some(explained) = &detail.deadline {
        output.line("");
        show_deadline(&detail.line, explained, output);
    }
    if !detail.additions.is_empty() {
        output.line("");
        output.say("central-show-additions", &[]);
        for added in &detail.additions {
            let text = added.text.as_deref().unwrap_or_default();
            let proof = say(&format!("central-show-{}", added.proof));
            output.line(&format!("  {}  {proof}  {text}", spanish_day(&added.captured_at)));
        }
    }
    if !detail.attachments.is_empty() {
        output.line("");
        output.say("central-show-attachments", &[]);
        for view in &detail.attachments {
            output.line(&attachment_line(view));
        }
    }
    for withdrawal in &detail.withdrawals {
        show_taken_back("central-show-withdrawal", withdrawal, output);
    }
    if let Some(void) = &detail.void {
        show_taken_back("central-show-void", void, output);
    }
    output.line("");
}

fn attachment_line(view: &AttachmentView) -> String {
    let state = say(if view.stored { "central-attachment-stored" } else { "central-attachment-awaited" });
    let mut line = format!(
        "  {}  {}  {}  {}  {state}",
        view.number,
        spanish_day(&view.captured_at),
        view.media_type,
        view.bytes
    );
    if let Some(name) = &view.name {
        line.push_str("  ");
        line.push_str(name);
    }
    line
}

fn show_taken_back(key: &str, taken_back: &TakenBack, output: &mut Output) {
    output.line("");
    output.say(key, &[]);
    let mut line = format!("  {}", spanish_day(&taken_back.captured_at));
    for more in
        taken_back.proof.map(|proof| say(&format!("central-show-{proof}"))).iter().chain(&taken_back.reason)
    {
        line.push_str("  ");
        line.push_str(more);
    }
    output.line(&line);
}

/// Every field that was filed, by its dotted name. Nulls are fields that were not filed.
pub(super) fn show_fields(value: &Json, name: &str, output: &mut Output) {
    match value {
        Json::Object(fields) => {
            for (field, value) in fields {
                let dotted = if name.is_empty() { field.clone() } else { format!("{name}.{field}") };
                show_fields(value, &dotted, output);
            }
        }
        Json::Null => {}
        Json::String(text) => output.line(&format!("  {name}: {text}")),
        other => output.line(&format!("  {name}: {other}")),
    }
}

fn show_deadline(line: &Line, explained: &Explained, output: &mut Output) {
    output.say("central-show-deadline", &[]);
    let readings = [
        ("central-show-promise", line.due_on, &explained.promise),
        ("central-show-legal", line.due_on_legal, &explained.legal),
    ];
    for (key, due, working) in readings {
        let Some(due) = due else { continue };
        let days = working.counted.len();
        let args = [("date", Value::from(date(due, super::language()))), ("days", Value::from(days))];
        output.line(&format!("  {}", text(super::language(), key, &args)));
        let skipped: Vec<String> = working
            .skipped
            .iter()
            .map(|day| format!("{} ({})", date(day.date, super::language()), day.why.as_str()))
            .collect();
        if !skipped.is_empty() {
            let args = [("days", Value::from(skipped.join(", ")))];
            output.line(&format!("    {}", text(super::language(), "central-show-skipped", &args)));
        }
    }
    if !explained.agrees {
        output.line(&format!("  {}", say("central-show-disagrees")));
    }
}
