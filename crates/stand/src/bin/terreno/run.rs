//! One function a command; each is one use case of the stand and its answer.

use std::io;
use std::path::Path;

use chrono::DateTime;
use domain::deadline::ANSWER_WORKING_DAYS;
use domain::{Calendar, Comuna, ErrorCode, FieldError, Role, StaffCode};
use receipts::{Cutter, Paper, SheetPaper};
use serde_json::json;
use stand::{
    Exit, Grade, Invitation, Machine, PaperFormat, Papers, PrinterSetting, PrinterTarget, QueueAddress,
    Stand, StandError,
};

use texts::CitizenLanguage;

use crate::args::{
    self, Catalogue, Cli, Command, Due, Enrol, Format, Ledger, Poster, Printer, Receipt, Slip, SlipFormat,
    Sync, Verify,
};
use crate::attach;
use crate::output::Output;
use crate::{media, outing, record, survey, team, update};

/// Runs a command and gives its exit status.
pub(crate) fn run(cli: &Cli, output: &mut Output) -> u8 {
    let exit = match dispatch(cli, output) {
        Ok(exit) => exit,
        Err(Failure::Stand(error)) => output.failed(&error),
        // The reader of our output is gone: what was recorded is recorded.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Ok,
        Err(Failure::Output(_)) => output.refused("output", Exit::Usage),
        Err(Failure::Refused(code)) => output.refused(code, Exit::Usage),
    };
    exit as u8
}

pub(crate) enum Failure {
    Stand(StandError),
    Output(io::Error),
    Refused(&'static str),
}

impl From<StandError> for Failure {
    fn from(error: StandError) -> Self {
        Self::Stand(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

fn dispatch(cli: &Cli, output: &Output) -> Result<Exit, Failure> {
    match &cli.command {
        Command::Enrol(args) => enrol(cli, args, output),
        Command::Pin { action } => team::pin(cli, action, output),
        Command::Team { action } => team::team(cli, action, output),
        Command::Outing { action } => outing::outing(cli, action, output),
        Command::Survey { action: args::Survey::Show } => survey::show(&mut open(cli)?, output),
        Command::Survey { action: args::Survey::Draw(args) } => survey::draw(args, output),
        Command::Bundle { action } => media::bundle(&mut open_as_staff(cli)?, action, output),
        Command::Mirror { action } => media::mirror(&mut open_as_staff(cli)?, action, output),
        Command::Record { what } => {
            // Nobody has to say who they are to record; who does is on the entry.
            let mut stand = if cli.pin_file.is_some() { open_as_staff(cli)? } else { open(cli)? };
            Ok(record::record(&mut stand, *what, &mut io::stdin().lock(), output)?)
        }
        Command::Attach(args) if args.files.len() > 1 && (args.id.is_some() || args.name.is_some()) => {
            Err(Failure::Refused("one_file"))
        }
        Command::Cameras => {
            let cameras = stand::cameras();
            if cameras.is_empty() && !output.is_json() {
                return Ok(output.failed(&StandError::NoCamera));
            }
            output.answer(&json!({ "cameras": cameras }))?;
            Ok(Exit::Ok)
        }
        Command::Attach(args) => {
            let mut stand = open(cli)?;
            Ok(attach::attach(&mut stand, args, output)?)
        }
        Command::Catalogue { action } => look_up(cli, action, output),
        Command::Receipt(args) => receipt(cli, args, output),
        Command::Verify(args) => verify(cli, args, output),
        Command::Sync(args) => sync(cli, args, output),
        Command::Printer { action } => printer(cli, action, output),
        Command::Poster(args) => poster(&open(cli)?, args, output),
        Command::Ledger { action } => ledger(cli, *action, output),
        Command::Selftest => selftest(cli, output),
        Command::Due(args) => due(args, output),
        Command::Update { action } => update::update(cli, action, output),
    }
}

pub(crate) fn data(cli: &Cli) -> Result<&Path, Failure> {
    cli.data.as_deref().ok_or(Failure::Refused("data_missing"))
}

pub(crate) fn open(cli: &Cli) -> Result<Stand, Failure> {
    Ok(Stand::open(data(cli)?)?)
}

/// The stand, once somebody's PIN was given (where one is set). Without `--person` it is the first person's.
pub(crate) fn open_as_staff(cli: &Cli) -> Result<Stand, Failure> {
    let mut stand = open(cli)?;
    let pin = cli.pin_file.as_deref().map(read_pin).transpose()?;
    stand.unlock(cli.person.as_deref(), pin.as_deref())?;
    Ok(stand)
}

fn read_pin(path: &Path) -> Result<String, Failure> {
    let text = std::fs::read_to_string(path).map_err(|_| Failure::Refused("pin_file"))?;
    Ok(text.trim().to_owned())
}

/// A new PIN from its file, or from the first line of standard input.
pub(crate) fn read_new_pin(path: Option<&Path>) -> Result<String, Failure> {
    if let Some(path) = path {
        return read_pin(path);
    }
    let mut line = String::new();
    io::stdin().read_line(&mut line).map_err(|_| Failure::Refused("pin_file"))?;
    Ok(line.trim().to_owned())
}

fn enrol(cli: &Cli, args: &Enrol, output: &Output) -> Result<Exit, Failure> {
    let pin = args.new_pin_file.as_deref().map(read_pin).transpose()?;
    // What is wrong with the person or the PIN is said before the code is used up.
    pin.as_deref().map(stand::check_pin_form).transpose()?;
    cli.person.as_deref().map(StaffCode::parse).transpose().map_err(StandError::StaffCode)?;
    let invitation = invitation(args)?;
    let root = args.root_certificate.as_deref();
    let enrolled = stand::enrol(data(cli)?, &invitation.central, &invitation.code, root)?;
    if let Some(pin) = pin {
        let first = cli.person.as_deref().unwrap_or(stand::FIRST_PERSON);
        open(cli)?.add_person(first, Role::Leader, &pin)?;
    }
    output.answer(&enrolled)?;
    Ok(Exit::Ok)
}

/// Address and code as they were typed, or as the office's QR says them: its text, or a picture of it.
fn invitation(args: &Enrol) -> Result<Invitation, Failure> {
    let code = args.code.clone().unwrap_or_default();
    match (&args.invitation, &args.central) {
        (Some(picture), _) => Ok(Invitation::photographed(picture)?),
        (None, Some(central)) => Ok(Invitation { central: central.clone(), code }),
        (None, None) if code.contains('#') => Ok(Invitation::read(&code)?),
        (None, None) => Err(Failure::Refused("central_missing")),
    }
}

fn receipt(cli: &Cli, args: &Receipt, output: &Output) -> Result<Exit, Failure> {
    let stand = open(cli)?;
    let folio = attach::folio(&args.folio)?;
    if args.print || args.queue {
        let (delivery, paper) = if args.queue {
            let job = stand.copy_sheet_job(folio, output.language)?;
            (job.send()?, job.paper())
        } else {
            let job = stand.copy_job(folio, output.language)?;
            (job.send()?, job.paper())
        };
        stand.came_out(paper);
        let confirmed = delivery == receipts::Delivery::Confirmed;
        output.answer(&json!({ "folio": folio, "copy": true, "printed": true, "confirmed": confirmed }))?;
        return Ok(Exit::Ok);
    }
    let paper = if args.paper == "58" { Paper::Mm58 } else { Paper::Mm80 };
    let format = match args.format {
        Format::Text => PaperFormat::Text,
        Format::Png => PaperFormat::Png,
        Format::Escpos => PaperFormat::EscPos,
        Format::Pdf => PaperFormat::Pdf,
    };
    let bytes = stand.copy_as(folio, format, paper, output.language)?;
    let out = args.out.as_deref().ok_or(Failure::Refused("out_missing"))?;
    std::fs::write(out, &bytes).map_err(|_| Failure::Refused("out_not_written"))?;
    output.answer(&json!({ "folio": folio, "copy": true, "out": out, "bytes": bytes.len() }))?;
    Ok(Exit::Ok)
}

/// Sheets for whoever types, and for a script: texts without the marks that a screen sets on the words found.
fn look_up(cli: &Cli, action: &Catalogue, output: &Output) -> Result<Exit, Failure> {
    let mut stand = open(cli)?;
    match action {
        Catalogue::Search { words } => {
            let answer = stand.search_catalogue(&words.join(" "))?;
            let plain = |pieces: &[stand::TextPiece]| -> String {
                pieces.iter().map(|piece| piece.text.as_str()).collect()
            };
            let sheets: Vec<_> = answer
                .found
                .iter()
                .map(|sheet| json!({ "id": sheet.id, "title": plain(&sheet.title), "summary": plain(&sheet.summary), "service": sheet.service }))
                .collect();
            output.answer(&json!({ "catalogue": answer.catalogue, "sure": answer.sure, "found": sheets }))?;
        }
        Catalogue::Slip(args) => return slip(&mut stand, args, output),
        Catalogue::Directory => output.answer(&stand.catalogue_directory()?)?,
        Catalogue::Show { id } => output.answer(&stand.sheet(id)?)?,
    }
    Ok(Exit::Ok)
}

/// A sheet on paper: public words, so no PIN is asked.
fn slip(stand: &mut Stand, args: &Slip, output: &Output) -> Result<Exit, Failure> {
    if args.print || args.queue {
        let delivery = if args.queue {
            stand.slip_sheet_job(&args.id, output.language)?.send()?
        } else {
            stand.slip_job(&args.id, output.language)?.send()?
        };
        let confirmed = delivery == receipts::Delivery::Confirmed;
        output.answer(&json!({ "id": args.id, "printed": true, "confirmed": confirmed }))?;
        return Ok(Exit::Ok);
    }
    let paper = if args.paper == "58" { Paper::Mm58 } else { Paper::Mm80 };
    let slip = stand.slip(&args.id, output.language)?;
    let bytes = match args.format {
        SlipFormat::Text => receipts::slip_to_text(&slip, paper).into_bytes(),
        SlipFormat::Png => receipts::slip_to_png(&slip, paper).map_err(StandError::from)?,
        SlipFormat::Escpos => {
            receipts::slip_to_escpos(&slip, paper, Cutter::default()).map_err(StandError::from)?
        }
        SlipFormat::Pdf => receipts::slip_to_pdf(&slip, paper).map_err(StandError::from)?,
    };
    let out = args.out.as_deref().ok_or(Failure::Refused("out_missing"))?;
    std::fs::write(out, &bytes).map_err(|_| Failure::Refused("out_not_written"))?;
    output.answer(&json!({ "id": args.id, "out": out, "bytes": bytes.len() }))?;
    Ok(Exit::Ok)
}

fn verify(cli: &Cli, args: &Verify, output: &Output) -> Result<Exit, Failure> {
    let stand = open(cli)?;
    let answer = match (&args.code, &args.image) {
        (Some(code), _) => stand.verify(code)?,
        (None, Some(path)) => stand.verify_image(path)?,
        (None, None) => return Err(Failure::Refused("code_missing")),
    };
    output.answer(&answer)?;
    Ok(answer.exit())
}

fn sync(cli: &Cli, args: &Sync, output: &Output) -> Result<Exit, Failure> {
    let mut stand = open_as_staff(cli)?;
    let answer = stand.sync(args.root_certificate.as_deref(), |progress| output.progress(progress))?;
    output.answer(&answer)?;
    if let Some(fault) = answer.fault() {
        return Ok(output.failed(&StandError::Unreachable(fault.clone())));
    }
    Ok(Exit::Ok)
}

fn printer(cli: &Cli, action: &Printer, output: &Output) -> Result<Exit, Failure> {
    let stand = match action {
        Printer::Show => open(cli)?,
        Printer::None => {
            let mut stand = open_as_staff(cli)?;
            stand.set_printer(None)?;
            stand
        }
        Printer::Set { network, device, paper, cutter, speed } => {
            let target = match (network, device) {
                (Some(address), _) => PrinterTarget::Network(address.clone()),
                (None, Some(path)) => PrinterTarget::Device(path.clone()),
                (None, None) => return Err(Failure::Refused("printer_missing")),
            };
            let paper_mm = if paper == "58" { 58 } else { 80 };
            let cutter = Cutter::of(cutter).unwrap_or_default();
            let mut stand = open_as_staff(cli)?;
            stand.set_printer(Some(PrinterSetting { target, paper_mm, cutter, speed: *speed }))?;
            stand
        }
        Printer::Papers { receipt, act } => {
            let mut stand = open_as_staff(cli)?;
            let now = stand.papers();
            let papers = Papers { receipt: receipt.unwrap_or(now.receipt), act: act.unwrap_or(now.act) };
            stand.set_papers(papers)?;
            stand
        }
        Printer::Queue { address } => {
            let queue = QueueAddress::parse(address)?;
            let mut stand = open_as_staff(cli)?;
            stand.set_queue(Some(queue))?;
            stand
        }
        Printer::NoQueue => {
            let mut stand = open_as_staff(cli)?;
            stand.set_queue(None)?;
            stand
        }
        Printer::Test { queue } => return test_page(&open(cli)?, *queue, output),
    };
    let answer = json!({ "printer": stand.printer(), "queue": stand.queue(), "papers": stand.papers() });
    output.answer(&answer)?;
    Ok(Exit::Ok)
}

/// The poster that hangs beside the screen.
fn poster(stand: &Stand, args: &Poster, output: &Output) -> Result<Exit, Failure> {
    let language = match args.language.as_deref() {
        None => output.language.into(),
        Some(tag) => CitizenLanguage::parse(tag).ok_or(Failure::Refused("language"))?,
    };
    if let Some(folder) = &args.stick {
        let name = stand.save_poster(folder, language)?;
        output.answer(&json!({ "out": folder.join(name) }))?;
    } else if let Some(out) = &args.pdf {
        let bytes = receipts::to_sheets(&stand.poster(language).into()).map_err(StandError::from)?;
        std::fs::write(out, &bytes).map_err(|_| Failure::Refused("out_not_written"))?;
        output.answer(&json!({ "out": out, "bytes": bytes.len() }))?;
    } else {
        let delivery = stand.sheet_job(&stand.poster(language).into())?.send()?;
        output.answer(&json!({ "printed": true, "confirmed": delivery == receipts::Delivery::Confirmed }))?;
    }
    Ok(Exit::Ok)
}

/// A page to see that a printer prints.
fn test_page(stand: &Stand, queue: bool, output: &Output) -> Result<Exit, Failure> {
    let delivery = if queue {
        stand.sheet_job(&SheetPaper::Test(output.language))?.send()?
    } else {
        stand.test_job(output.language)?.send()?
    };
    let confirmed = delivery == receipts::Delivery::Confirmed;
    output.answer(&json!({ "printed": true, "confirmed": confirmed }))?;
    Ok(Exit::Ok)
}

fn ledger(cli: &Cli, action: Ledger, output: &Output) -> Result<Exit, Failure> {
    let stand = open(cli)?;
    match action {
        Ledger::Stats => output.answer(&stand.ledger_stats()?)?,
        Ledger::Verify => {
            let verified = stand.verify_ledger()?;
            let stats = stand.ledger_stats()?;
            output.answer(&json!({
                "ok": true,
                "epochs": verified.epochs,
                "entries": verified.entries,
                "bodies": verified.bodies,
                "epoch": stats.epoch,
                "count": stats.count,
                "head": stats.head,
            }))?;
        }
    }
    Ok(Exit::Ok)
}

fn selftest(cli: &Cli, output: &Output) -> Result<Exit, Failure> {
    let result = open(cli)?.self_test(&Machine::here())?;
    let word = |grade| match grade {
        Grade::Good => "grade-good",
        Grade::Careful => "grade-careful",
        Grade::Bad => "grade-bad",
    };
    let line = |(grade, sentence): (Grade, String)| {
        format!("{}: {sentence}", texts::text(output.language, word(grade), &[]))
    };
    let sentences: Vec<String> = result.sentences(output.language).into_iter().map(line).collect();
    output.answer(&json!({ "grade": result.grade, "checks": result.checks, "carried": result.carried, "says": sentences }))?;
    Ok(if result.grade == Grade::Bad { Exit::Integrity } else { Exit::Ok })
}

fn due(args: &Due, output: &Output) -> Result<Exit, Failure> {
    let input = |field: &str, code| StandError::Input(vec![FieldError::at(field, code)]);
    let received = DateTime::parse_from_rfc3339(args.received.trim())
        .map_err(|_| input("received", ErrorCode::InvalidDate))?
        .to_utc();
    let comuna =
        Comuna::by_code(args.comuna.trim()).ok_or_else(|| input("comuna", ErrorCode::UnknownComuna))?;
    let days = args.days.unwrap_or(ANSWER_WORKING_DAYS);
    let both =
        domain::deadlines(received, comuna, days, &Calendar::by_law()).map_err(StandError::Deadline)?;
    let mut answer = json!({ "due_on": both.promise.due_on(), "due_on_legal": both.legal.due_on() });
    if let (true, Some(fields)) = (args.explain, answer.as_object_mut()) {
        fields.insert("promise".to_owned(), json!(both.promise.working()));
        fields.insert("legal".to_owned(), json!(both.legal.working()));
    }
    output.answer(&answer)?;
    Ok(Exit::Ok)
}
