//! Adding up: the acts of several stands at one outing, each verified before it counts.
//!
//! Which stands shared an outing is said by its token alone. The first act that holds says whose sum it is: it counts that
//! stand's outings, and of other stands those that carry the token of one of these.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use domain::DevicePrefix;
use serde::Serialize;
use wire::OutingToken;
use wire::act::{self, Act, ActError};
use wire::manifest::DirectoryEntry;

use crate::acts::{ActNumbers, numbers};
use crate::verify::{Verdict, read_bounded};
use crate::{Stand, StandError};

/// What an act turned out to be, and whether it was counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct SummedAct {
    /// Where it came from: a file's name, or its place in the list.
    pub source: String,
    /// What it turned out to be; none for what is no act.
    pub verdict: Option<Verdict>,
    /// Whether its numbers are in the sum.
    pub counted: bool,
    /// Why not: `not_an_act`, `unknown_signer`, `false`, `twice`, `other_outing`.
    pub why: Option<&'static str>,
    /// The stand that signed.
    pub device: Option<String>,
    /// The three letters by which that stand's folios begin.
    pub folio_prefix: Option<String>,
    /// The entry of its ledger that closed the outing.
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub closed_seq: Option<u64>,
    /// When, RFC 3339 in the local time of this stand.
    pub closed_at: Option<String>,
}

/// The sum of several acts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ActSum {
    /// Each act that was handed in.
    pub acts: Vec<SummedAct>,
    /// How many of them were counted.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub counted: u64,
    /// Their numbers together.
    pub numbers: ActNumbers,
}

impl ActSum {
    /// Whether every act was counted.
    pub fn is_whole(&self) -> bool {
        self.acts.iter().all(|act| act.counted)
    }
}

impl Stand {
    /// Adds up acts, each given by the text of its code. Those of revoked stands count, and say so: what they closed
    /// happened. The same closing counts once, and of other stands than the first act's only what shares an outing with
    /// it.
    pub fn sum_acts(&self, codes: &[(String, String)]) -> Result<ActSum, StandError> {
        let directory = self.directory()?;
        let verified = |text: &String| act::of_code(text).and_then(|signed| act::verify(&signed, &directory));
        let lines: Vec<(SummedAct, Option<Act>)> =
            codes.iter().map(|(source, text)| line(source, &verified(text))).collect();
        let first = lines.iter().find_map(|(_, act)| act.map(|act| act.device));
        let of_first = |act: &Act| Some(act.device) == first;
        let shared: BTreeSet<OutingToken> =
            lines.iter().filter_map(|(_, act)| act.filter(of_first)?.token).collect();
        let (mut acts, mut sum, mut seen) = (Vec::new(), ActNumbers::default(), BTreeSet::new());
        for (line, act) in lines {
            let why = act.and_then(|act| {
                let joins = of_first(&act) || act.token.is_some_and(|token| shared.contains(&token));
                match (joins, joins && seen.insert((act.device, act.epoch, act.opened))) {
                    (false, _) => Some("other_outing"),
                    (true, false) => Some("twice"),
                    (true, true) => None,
                }
            });
            if let (Some(act), None) = (act, why) {
                add(&mut sum, &numbers(&act));
            }
            let closed_at = act
                .map(|act| self.local_time_of(i64::try_from(act.closed_unix_s).unwrap_or(i64::MAX)))
                .transpose()?;
            acts.push(SummedAct {
                closed_at,
                counted: line.counted && why.is_none(),
                why: why.or(line.why),
                ..line
            });
        }
        let counted = acts.iter().filter(|act| act.counted).count();
        Ok(ActSum { acts, counted: u64::try_from(counted).unwrap_or(u64::MAX), numbers: sum })
    }

    /// The text of an act's code in a file: the text itself, the JSON that `outing act` gives, or a picture of the code.
    pub fn act_in_file(path: &Path) -> Result<String, StandError> {
        let bytes = read_bounded(path)?;
        if let Ok(text) = std::str::from_utf8(&bytes) {
            let json = serde_json::from_str::<serde_json::Value>(text).ok();
            let code = json.as_ref().and_then(|json| json.get("code")?.as_str());
            return Ok(code.unwrap_or(text).to_owned());
        }
        Ok(receipts::read_photo(&bytes, act::is_code)?)
    }
}

fn line(source: &str, verified: &Result<act::Verdict, ActError>) -> (SummedAct, Option<Act>) {
    let about = |verdict, signed: Option<(&Act, &DirectoryEntry)>, why| SummedAct {
        source: source.to_owned(),
        verdict,
        counted: signed.is_some(),
        why,
        device: signed.map(|(act, _)| act.device.to_string()),
        folio_prefix: signed.and_then(|(_, signer)| {
            DevicePrefix::new(signer.folio_prefix).ok().map(|prefix| prefix.to_string())
        }),
        closed_seq: signed.map(|(act, _)| act.closed),
        closed_at: None,
    };
    match verified {
        Ok(act::Verdict::Genuine(act, signer)) => {
            (about(Some(Verdict::Genuine), Some((act, signer)), None), Some(*act))
        }
        Ok(act::Verdict::RevokedDevice(act, signer)) => {
            (about(Some(Verdict::RevokedDevice), Some((act, signer)), None), Some(*act))
        }
        Ok(act::Verdict::UnknownSigner(_)) => {
            (about(Some(Verdict::UnknownSigner), None, Some("unknown_signer")), None)
        }
        Ok(act::Verdict::False) => (about(Some(Verdict::False), None, Some("false")), None),
        Err(_) => (about(None, None, Some("not_an_act")), None),
    }
}

fn add(sum: &mut ActNumbers, more: &ActNumbers) {
    let maps = |sum: &mut BTreeMap<&'static str, u64>, more: &BTreeMap<&'static str, u64>| {
        for (name, count) in more {
            let slot = sum.entry(name).or_default();
            *slot = slot.saturating_add(*count);
        }
    };
    maps(&mut sum.encounters_by_outcome, &more.encounters_by_outcome);
    maps(&mut sum.requests_by_kind, &more.requests_by_kind);
    maps(&mut sum.surveys, &more.surveys);
    for (slot, more) in [
        (&mut sum.encounters, more.encounters),
        (&mut sum.requests, more.requests),
        (&mut sum.additions, more.additions),
        (&mut sum.withdrawals, more.withdrawals),
        (&mut sum.voids, more.voids),
        (&mut sum.profiles, more.profiles),
        (&mut sum.receipts_printed, more.receipts_printed),
        (&mut sum.copies, more.copies),
        (&mut sum.held, more.held),
        (&mut sum.elsewhere, more.elsewhere),
        (&mut sum.acknowledged, more.acknowledged),
        (&mut sum.quarantined, more.quarantined),
        (&mut sum.attachments_waiting, more.attachments_waiting),
    ] {
        *slot = slot.saturating_add(more);
    }
}
