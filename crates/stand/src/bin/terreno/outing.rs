//! `outing`: opening, closing, and what a closing leaves behind.

use std::path::Path;

use receipts::{Delivery, Paper};
use serde_json::json;
use stand::{Exit, OutingToOpen, PaperFormat, Stand, StandError};

use crate::args::{Act, ActFormat, Cli, Outing};
use crate::output::Output;
use crate::run::{Failure, open, open_as_staff};

pub(crate) fn outing(cli: &Cli, action: &Outing, output: &Output) -> Result<Exit, Failure> {
    match action {
        Outing::Status => output.answer(&open(cli)?.outing_status()?)?,
        Outing::Close => output.answer(&open_as_staff(cli)?.close_outing(output.language)?)?,
        Outing::Share => output.answer(&open_as_staff(cli)?.share_outing()?)?,
        Outing::Join { code, unknown_signer } => {
            output.answer(&open_as_staff(cli)?.join_outing(code, *unknown_signer)?)?;
        }
        Outing::Open { comuna, place, place_kind, goal, team } => {
            let (comuna, place, team) = (comuna.clone(), place.clone(), team.clone());
            let outing = OutingToOpen { comuna, place, place_kind: place_kind.clone(), goal: *goal, team };
            output.answer(&open_as_staff(cli)?.open_outing(&outing)?)?;
        }
        Outing::Records { rows } => {
            for record in open(cli)?.recent_records(*rows)? {
                output.answer(&record)?;
            }
        }
        Outing::Acts => {
            for act in open(cli)?.acts(output.language)? {
                output.answer(&act)?;
            }
        }
        Outing::Act(args) => return act(&open(cli)?, args, output),
        Outing::Certificate { outing } => return certificate(&open(cli)?, *outing, output),
        Outing::Sum { files } => return sum(&open(cli)?, files, output),
    }
    Ok(Exit::Ok)
}

fn act(stand: &Stand, args: &Act, output: &Output) -> Result<Exit, Failure> {
    if args.print || args.queue {
        return print(stand, args, output);
    }
    if let Some(folder) = &args.stick {
        let name = stand.save_act(args.outing, folder, output.language)?;
        output.answer(&json!({ "outing": args.outing, "out": folder.join(name) }))?;
        return Ok(Exit::Ok);
    }
    let paper = if args.paper == "58" { Paper::Mm58 } else { Paper::Mm80 };
    let drawn = |format| stand.act_as(args.outing, format, paper, output.language);
    let bytes = match args.format {
        ActFormat::Text => drawn(PaperFormat::Text)?,
        ActFormat::Png => drawn(PaperFormat::Png)?,
        ActFormat::Escpos => drawn(PaperFormat::EscPos)?,
        ActFormat::Pdf => drawn(PaperFormat::Pdf)?,
        ActFormat::Json => {
            let act = stand.act(args.outing, output.language)?;
            let json = serde_json::to_vec_pretty(&act).map_err(std::io::Error::other)?;
            [json, b"\n".to_vec()].concat()
        }
    };
    let out = args.out.as_deref().ok_or(Failure::Refused("out_missing"))?;
    std::fs::write(out, &bytes).map_err(|_| Failure::Refused("out_not_written"))?;
    output.answer(&json!({ "outing": args.outing, "out": out, "bytes": bytes.len() }))?;
    Ok(Exit::Ok)
}

/// Prints as many as were chosen, one after the other. Where one does not come out, those before it are told first, so
/// that whoever tries again asks for the rest.
fn print(stand: &Stand, args: &Act, output: &Output) -> Result<Exit, Failure> {
    let papers = args.papers.unwrap_or(stand.papers().act);
    let send: Box<dyn Fn() -> Result<Delivery, StandError>> = if args.queue {
        let job = stand.act_sheet_job(args.outing, output.language)?;
        Box::new(move || job.send())
    } else {
        let job = stand.act_job(args.outing, output.language)?;
        Box::new(move || job.send())
    };
    let (mut out, mut confirmed, mut failed) = (0_u32, true, None);
    while out < papers && failed.is_none() {
        match send() {
            Ok(delivery) => {
                out = out.saturating_add(1);
                confirmed &= delivery == Delivery::Confirmed;
            }
            Err(error) => failed = Some(error),
        }
    }
    if out > 0 {
        let answer = json!({ "outing": args.outing, "printed": true, "papers": out, "confirmed": confirmed });
        output.answer(&answer)?;
    }
    failed.map_or(Ok(Exit::Ok), |error| Err(error.into()))
}

/// One line, and for scripts all that it says.
fn certificate(stand: &Stand, outing: Option<u64>, output: &Output) -> Result<Exit, Failure> {
    let act = stand.act(outing, output.language)?;
    let line = stand.certificate_line(&act, output.language);
    output.answer(&json!({ "number": act.number, "line": line, "certificate": act.certificate }))?;
    Ok(Exit::Ok)
}

fn sum(stand: &Stand, files: &[std::path::PathBuf], output: &Output) -> Result<Exit, Failure> {
    let code = |path: &std::path::PathBuf| match Stand::act_in_file(path) {
        // What holds no act is named among the others.
        Err(StandError::Photo(_)) => Ok((name(path), String::new())),
        other => other.map(|code| (name(path), code)),
    };
    let codes = files.iter().map(code).collect::<Result<Vec<_>, StandError>>()?;
    let sum = stand.sum_acts(&codes)?;
    output.answer(&sum)?;
    Ok(if sum.is_whole() { Exit::Ok } else { Exit::Rejected })
}

fn name(path: &Path) -> String {
    path.display().to_string()
}
