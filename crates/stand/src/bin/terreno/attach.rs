//! `attach`: one answer for each file, in order. A file that is rejected is answered in its place and spoils no other.

use std::io;

use domain::{AttachmentDraft, ErrorCode, FieldError, Folio};
use serde_json::json;
use stand::{Exit, Stand, StandError};

use crate::args::Attach;
use crate::output::Output;

/// Attaches every file. The exit status of the first failure that must end it, or of rejected files.
pub(crate) fn attach(stand: &mut Stand, args: &Attach, output: &Output) -> io::Result<Exit> {
    let draft = || AttachmentDraft { id: args.id.clone(), name: args.name.clone() };
    if let Some(camera) = &args.camera {
        let picture = stand::take_picture(Some(camera.as_path()).filter(|path| !path.as_os_str().is_empty()));
        let attached = picture
            .and_then(|picture| folio(&args.folio).and_then(|folio| stand.attach(folio, draft(), &picture)));
        return match attached {
            Ok(attached) => output.answer(&attached).map(|()| Exit::Ok),
            Err(error) => Ok(output.failed(&error)),
        };
    }
    let mut exit = Exit::Ok;
    for (path, number) in args.files.iter().zip(1_u64..) {
        let attached = folio(&args.folio).and_then(|folio| stand.attach_file(folio, draft(), path));
        match attached {
            Ok(attached) => output.answer(&attached)?,
            Err(error) => {
                let lines = output.error_lines(&error, Some(number));
                output.errors(&lines);
                if output.is_json() {
                    Output::json_line(&json!({ "error": lines.first() }))?;
                }
                exit = error.exit();
                if exit != Exit::Rejected {
                    return Ok(exit);
                }
            }
        }
    }
    Ok(exit)
}

/// The folio that was typed.
pub(crate) fn folio(text: &str) -> Result<Folio, StandError> {
    let invalid = || StandError::Input(vec![FieldError::at("folio", ErrorCode::InvalidFolio)]);
    Folio::parse(text).map_err(|_| invalid())
}
