//! `survey`: what the stand invites to, and a draw counted again.

use data_encoding::HEXLOWER_PERMISSIVE;
use serde_json::json;
use stand::{Exit, Stand};

use crate::args::Draw;
use crate::output::Output;
use crate::run::Failure;

/// The survey that is carried, and how the open outing's invitations stand.
pub(crate) fn show(stand: &mut Stand, output: &Output) -> Result<Exit, Failure> {
    let facts = stand.held_survey()?.map(|held| held.facts(output.language.tag()));
    let draw = stand.outing_status()?.draw;
    let invitations = stand.invitation_tally()?;
    output.answer(&json!({ "survey": facts, "draw": draw, "invitations": invitations }))?;
    Ok(Exit::Ok)
}

/// Counts a draw again from what a closing disclosed. It needs no stand.
pub(crate) fn draw(args: &Draw, output: &Output) -> Result<Exit, Failure> {
    let bytes = |text: &str| -> Result<[u8; 32], Failure> {
        let bytes = HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes()).ok();
        bytes.and_then(|bytes| bytes.try_into().ok()).ok_or(Failure::Refused("draw"))
    };
    let rate = args.rate.split_once('/').and_then(|(numerator, denominator)| {
        Some((numerator.trim().parse().ok()?, denominator.trim().parse().ok()?))
    });
    let commitment = args.commitment.as_deref().map(bytes).transpose()?;
    let seed = bytes(&args.seed)?;
    let counted = rate.and_then(|rate| stand::recount(seed, rate, args.places, commitment));
    let counted = counted.ok_or(Failure::Refused("draw"))?;
    output.answer(&counted)?;
    Ok(if counted.holds == Some(false) { Exit::Integrity } else { Exit::Ok })
}
