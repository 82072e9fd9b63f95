//! Closing acts: what this stand stated of each outing that it closed, and what the office has certified since.
//!
//! An act is signed in the transaction that closes the outing and never changes. It can be shown, printed and verified
//! again at any time, on this stand and on every other that has the office's directory.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, SecondsFormat};
use domain::{Certainty, Comuna, Kind, Outcome};
use ed25519_dalek::SigningKey;
use ledger::{Closing, KeptAct, Ledger, Outing};
use receipts::{ActCode, ActCount, ActPaper, ActSection, Cutter, Paper, Place};
use serde::Serialize;
use texts::Language;
use wire::act::{self, Act, SurveyCounts, Whereabouts};
use wire::body::{DrawClosed, DrawTally};
use wire::cert::Role;
use wire::counts::OutingCounts;
use wire::enrol::Enrolment;
use wire::reconciliation::Certificate;

use crate::outing::{DrawStatus, OutingStatus};
use crate::papers::PaperKind;
use crate::printer::PrintJob;
use crate::receipt::PaperFormat;
use crate::stand::identity;
use crate::{Stand, StandError, UpdatePlace, UseCase};

/// What an outing did, in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ActNumbers {
    /// People attended.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub encounters: u64,
    /// Of those, by outcome.
    #[cfg_attr(feature = "bindings", ts(type = "Record<string, number>"))]
    pub encounters_by_outcome: BTreeMap<&'static str, u64>,
    /// Requests.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub requests: u64,
    /// Of those, by kind.
    #[cfg_attr(feature = "bindings", ts(type = "Record<string, number>"))]
    pub requests_by_kind: BTreeMap<&'static str, u64>,
    /// Texts added to requests.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub additions: u64,
    /// Withdrawals.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub withdrawals: u64,
    /// Voids, of whatever record.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub voids: u64,
    /// Profiles.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub profiles: u64,
    /// Of the survey: drawn, answered, refused, broken off, lapsed.
    #[cfg_attr(feature = "bindings", ts(type = "Record<string, number>"))]
    pub surveys: BTreeMap<&'static str, u64>,
    /// Receipts sent to the printer.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub receipts_printed: u64,
    /// Copies made.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub copies: u64,
    /// Entries that were only on this machine at the closing.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub held: u64,
    /// Of those, on another medium as well.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub elsewhere: u64,
    /// Entries that the office had signed to hold.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub acknowledged: u64,
    /// Of those, kept apart.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub quarantined: u64,
    /// Attachments to be sent.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub attachments_waiting: u64,
}

/// A number in which act and office differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DifferenceView {
    /// What was counted: a stable word.
    pub what: String,
    /// What the act says.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub stated: u64,
    /// What the office opened.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub counted: u64,
}

/// What the office certified of a closing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct CertificateView {
    /// Whether nothing differs.
    pub zero: bool,
    /// The same in one line, with all that explains it.
    pub line: String,
    /// When the office counted, RFC 3339 in the local time of the place.
    pub issued_at: String,
    /// What differs.
    pub difference: Vec<DifferenceView>,
    /// Entries of the outing in quarantine.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub quarantined: u64,
    /// Entries of the outing that could not be opened.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub unopened: u64,
    /// Entries of this ledger on other branches.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub apart: u64,
    /// Entries of the ledger at the office.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub count: u64,
}

/// A closing act as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct ActView {
    /// Which of this machine's acts, from 1.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub number: u64,
    /// The stand, in hexadecimal.
    pub device: String,
    /// Its ledger.
    pub epoch: String,
    /// The entry that opened the outing.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub opened_seq: u64,
    /// The entry that closed it: so many entries the ledger had.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub closed_seq: u64,
    /// The chain's hash after it, in hexadecimal.
    pub head: String,
    /// Names the outing among the stands that share it, in hexadecimal; none where this one opened it by itself.
    pub token: Option<String>,
    /// The comuna's code.
    pub comuna: Option<String>,
    /// The place, in the team's words.
    pub place: Option<String>,
    /// When it was opened, RFC 3339 in the local time of the place.
    pub opened_at: String,
    /// How sure that is.
    pub opened_certainty: &'static str,
    /// When it was closed.
    pub closed_at: String,
    /// How sure that is.
    pub closed_certainty: &'static str,
    /// What was done.
    pub numbers: ActNumbers,
    /// The text of the QR code.
    pub code: String,
    /// What the office certified, if it has.
    pub certificate: Option<CertificateView>,
    /// Whether the office has signed that it holds the closing.
    pub arrived: bool,
    /// What its voids mean, as far as the stand knows: the act itself counts voids, and counts what they mean among
    /// the rest.
    pub voided: VoidedView,
}

/// Of an outing's voids, how many mean what. Those that mean anything else are the rest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct VoidedView {
    /// Encounters that were declared void.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub encounters: u64,
    /// Requests that were declared void.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub requests: u64,
}

/// The answer to a closing: the outing as it was, and its act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct ClosedOuting {
    /// The outing, closed.
    #[serde(flatten)]
    pub status: OutingStatus,
    /// Its act.
    pub act: ActView,
}

/// What an act says besides its closing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Beside {
    /// Where the entries are of the ledgers that were set aside.
    aside: Whereabouts,
    /// Entries of all ledgers that the mirror holds, on another medium than the data.
    mirrored: u64,
    attachments_waiting: u64,
}

/// Signs what a closing says.
pub(crate) fn sign(enrolment: &Enrolment, key: &SigningKey, beside: Beside, closing: &Closing) -> Vec<u8> {
    let seconds = |unix_s: i64| u64::try_from(unix_s).unwrap_or_default();
    let places = closing.whereabouts;
    let held = places.held.saturating_add(beside.aside.held);
    let acknowledged = places.acknowledged.saturating_add(beside.aside.acknowledged);
    let mirrored = beside.mirrored.saturating_sub(acknowledged).min(held);
    let carried = places.carried.saturating_add(beside.aside.carried).max(mirrored);
    let act = Act {
        office: enrolment.device.office,
        device: enrolment.device.device,
        epoch: closing.epoch,
        opened: closing.outing.seq,
        closed: closing.closed,
        head: closing.head,
        opened_unix_s: seconds(closing.outing.opened_unix_s),
        opened_certainty: closing.outing.certainty,
        closed_unix_s: seconds(closing.captured.at_unix_ms.div_euclid(1_000)),
        closed_certainty: closing.captured.certainty,
        counts: closing.counts,
        surveys: closing.draw.map(survey_counts).unwrap_or_default(),
        receipts_printed: closing.receipts_printed,
        copies: closing.copies,
        whereabouts: Whereabouts { held, carried, ..places },
        attachments_waiting: beside.attachments_waiting,
        token: closing.outing.token,
    };
    act.sign(key)
}

fn survey_counts(draw: DrawClosed) -> SurveyCounts {
    let DrawTally { drawn, answered, refused, broken_off, lapsed, .. } = draw.tally;
    SurveyCounts { drawn, answered, refused, broken_off, lapsed }
}

impl Stand {
    /// Closes the open outing: its profiles and its last entry are appended and its act is signed, all at once.
    pub fn close_outing(&mut self, language: Language) -> Result<ClosedOuting, StandError> {
        let by = self.allow(UseCase::CloseOuting)?.map(String::from);
        let captured = self.captured_now();
        let beside = self.beside_a_closing();
        let closing = self.or_in_new_ledger(|stand| {
            let (enrolment, key) = (&stand.enrolment, &stand.key);
            let mut sign = |closing: &Closing| sign(enrolment, key, beside, closing);
            stand.ledger.close_outing(captured, by.clone(), &mut stand.sealer, &mut stand.chance, &mut sign)
        })?;
        let status = OutingStatus {
            draw: closing.draw.map(DrawStatus::from),
            requests: closing.counts.requests(),
            encounters: closing.counts.encounters(),
            ..self.status(&closing.outing, false)?
        };
        self.wake_update(&UpdatePlace::here());
        let act = self.acts(language)?.pop().ok_or(StandError::UnknownAct)?;
        Ok(ClosedOuting { status, act })
    }

    /// All acts of this machine, the oldest first.
    pub fn acts(&self, language: Language) -> Result<Vec<ActView>, StandError> {
        let kept = self.kept_acts()?;
        (1..).zip(&kept).map(|(number, kept)| self.view(number, kept, language)).collect()
    }

    /// One act; the newest when no number is said.
    pub fn act(&self, number: Option<u64>, language: Language) -> Result<ActView, StandError> {
        let (number, kept) = self.kept_act(number)?;
        self.view(number, &kept, language)
    }

    /// An act as bytes of a format; the newest when no number is said.
    pub fn act_as(
        &self,
        number: Option<u64>,
        format: PaperFormat,
        paper: Paper,
        language: Language,
    ) -> Result<Vec<u8>, StandError> {
        let act = self.act_paper(number, language)?;
        Ok(match format {
            PaperFormat::Text => receipts::act_to_text(&act, paper).into_bytes(),
            PaperFormat::Png => receipts::act_to_png(&act, paper)?,
            PaperFormat::EscPos => receipts::act_to_escpos(&act, paper, Cutter::default())?,
            PaperFormat::Pdf => receipts::act_to_pdf(&act, paper)?,
        })
    }

    /// What the printer is sent for an act.
    pub fn act_job(&self, number: Option<u64>, language: Language) -> Result<PrintJob, StandError> {
        let printer = self.receipt_printer()?.clone();
        let bytes =
            receipts::act_to_escpos(&self.act_paper(number, language)?, printer.paper(), printer.cutter)?;
        Ok(PrintJob { printer, bytes, paper: PaperKind::Act })
    }

    /// What the office said of an act, in one line.
    pub fn certificate_line(&self, act: &ActView, language: Language) -> String {
        match &act.certificate {
            Some(certificate) => certificate.line.clone(),
            None => texts::text(language, "certificate-none", &[]),
        }
    }

    /// What ledgers that were set aside as damaged still hold, as far as they can be read, and what waits to be sent.
    pub(crate) fn beside_a_closing(&self) -> Beside {
        let aside = self.set_aside_ledgers();
        let places = aside.iter().filter_map(|ledger| ledger.whereabouts().ok());
        let together = |sum: Whereabouts, places: Whereabouts| Whereabouts {
            held: sum.held.saturating_add(places.held),
            carried: sum.carried.saturating_add(places.carried),
            acknowledged: sum.acknowledged.saturating_add(places.acknowledged),
            quarantined: sum.quarantined.saturating_add(places.quarantined),
        };
        let files = aside.iter().filter_map(|ledger| ledger.attachments_waiting().ok());
        let own = self.ledger.attachments_waiting().unwrap_or_default();
        Beside {
            aside: places.fold(Whereabouts::default(), together),
            mirrored: self.mirrored(),
            attachments_waiting: files.fold(own, u64::saturating_add),
        }
    }

    /// Entries that lie on a second medium, as far as the thread that writes them knows.
    fn mirrored(&self) -> u64 {
        match self.mirror_status() {
            Ok(status) if status.second_medium == Some(true) && !status.state.is_red() => {
                status.entries.saturating_sub(status.behind)
            }
            _ => 0,
        }
    }

    pub(crate) fn set_aside_ledgers(&self) -> Vec<Ledger> {
        let paths = ledger::set_aside_ledgers(&self.folder.ledger()).unwrap_or_default();
        let open = |path: &std::path::PathBuf| Ledger::open_set_aside(path, identity(&self.enrolment)).ok();
        paths.iter().filter_map(open).collect()
    }

    /// Oldest first, those of ledgers that were set aside before the others.
    fn kept_acts(&self) -> Result<Vec<KeptAct>, StandError> {
        let aside = self.set_aside_ledgers().into_iter().filter_map(|ledger| ledger.acts().ok());
        let mut acts: Vec<KeptAct> = aside.flat_map(|acts| acts.into_iter().rev()).collect();
        acts.extend(self.ledger.acts()?.into_iter().rev());
        Ok(acts)
    }

    fn kept_act(&self, number: Option<u64>) -> Result<(u64, KeptAct), StandError> {
        let acts = self.kept_acts()?;
        let number = number.unwrap_or_else(|| u64::try_from(acts.len()).unwrap_or(u64::MAX));
        let place = number.checked_sub(1).and_then(|place| usize::try_from(place).ok());
        let act = place.and_then(|place| acts.into_iter().nth(place)).ok_or(StandError::UnknownAct)?;
        Ok((number, act))
    }

    fn read_act(&self, kept: &KeptAct) -> Result<Act, StandError> {
        Act::open(&kept.signed, &self.key.verifying_key()).map_err(StandError::NotAnAct)
    }

    /// What the office certified, if its signature holds and it is about this very closing.
    fn certificate_of(&self, kept: &KeptAct) -> Option<Certificate> {
        let certificate = open_certificate(&self.enrolment, kept.certificate.as_deref()?)?;
        is_about(&certificate, &self.enrolment, kept).then_some(certificate)
    }

    fn view(&self, number: u64, kept: &KeptAct, language: Language) -> Result<ActView, StandError> {
        let act = self.read_act(kept)?;
        let comuna = comuna_of(&kept.outing);
        let at = |unix_s: u64| local(comuna, unix_s).to_rfc3339_opts(SecondsFormat::Secs, false);
        let certificate = self.certificate_of(kept).map(|certificate| CertificateView {
            zero: certificate.is_zero(),
            line: line(&certificate, language),
            issued_at: at(certificate.issued_unix_s),
            difference: certificate.difference.iter().map(difference_view).collect(),
            quarantined: certificate.quarantined,
            unopened: certificate.unopened,
            apart: certificate.apart,
            count: certificate.count,
        });
        Ok(ActView {
            number,
            device: act.device.to_string(),
            epoch: act.epoch.to_string(),
            opened_seq: act.opened,
            closed_seq: act.closed,
            head: act.head.to_string(),
            token: act.token.map(|token| token.to_string()),
            comuna: kept.outing.comuna.clone(),
            place: kept.outing.place.clone(),
            opened_at: at(act.opened_unix_s),
            opened_certainty: act.opened_certainty.as_str(),
            closed_at: at(act.closed_unix_s),
            closed_certainty: act.closed_certainty.as_str(),
            numbers: numbers(&act),
            code: act::code(&kept.signed),
            certificate,
            arrived: kept.acknowledged,
            voided: VoidedView { encounters: kept.voided_encounters, requests: kept.voided_requests },
        })
    }

    pub(crate) fn act_paper(&self, number: Option<u64>, language: Language) -> Result<ActPaper, StandError> {
        let (_, kept) = self.kept_act(number)?;
        let act = self.read_act(&kept)?;
        let comuna = comuna_of(&kept.outing);
        let at = |unix_s: u64, certainty: Certainty| (local(comuna, unix_s), certainty);
        let known = kept.outing.comuna.as_deref().and_then(Comuna::by_code);
        Ok(ActPaper {
            language,
            stand: self.prefix.to_string(),
            place: known.map(|comuna| Place { locality: kept.outing.place.clone(), comuna }),
            opened: at(act.opened_unix_s, act.opened_certainty),
            closed: at(act.closed_unix_s, act.closed_certainty),
            sections: sections(&act),
            held: act.whereabouts.held,
            certificate: self.certificate_of(&kept).map(|certificate| line(&certificate, language)),
            seal: (act.closed, act.head.to_string()),
            code: ActCode::parse(&act::code(&kept.signed))?,
        })
    }
}

/// A certificate whose signature holds.
pub(crate) fn open_certificate(enrolment: &Enrolment, bytes: &[u8]) -> Option<Certificate> {
    let signers = enrolment.signers(Role::Checkpoint);
    let signer = signers.signer_of(bytes).ok()?;
    Certificate::open(bytes, signer).ok()
}

/// Whether a certificate speaks of this closing.
pub(crate) fn is_about(certificate: &Certificate, enrolment: &Enrolment, kept: &KeptAct) -> bool {
    certificate.office == enrolment.device.office
        && certificate.device == enrolment.device.device
        && certificate.epoch == kept.epoch
        && certificate.closed == kept.closed
        && certificate.closed_hash == kept.head
}

/// Where an outing was, for its local time; Santiago where nobody said.
fn comuna_of(outing: &Outing) -> Option<Comuna> {
    let known = outing.comuna.as_deref().and_then(Comuna::by_code);
    known.or_else(|| Comuna::by_code("13101"))
}

fn local(comuna: Option<Comuna>, unix_s: u64) -> DateTime<FixedOffset> {
    let instant = DateTime::from_timestamp(i64::try_from(unix_s).unwrap_or_default(), 0).unwrap_or_default();
    comuna.map_or_else(|| instant.fixed_offset(), |comuna| comuna.local_time(instant).fixed_offset())
}

/// The certificate in one line: zero, or what differs; and what else there is to know.
fn line(certificate: &Certificate, language: Language) -> String {
    let say = |key: &str, count: u64| texts::text(language, key, &[("count", count.into())]);
    let mut line = if certificate.difference.is_empty() {
        texts::text(language, "certificate-zero", &[])
    } else {
        let item = |one: &wire::reconciliation::Difference| {
            let name = format!("counted-{}", one.what.name().replace('_', "-"));
            let known = texts::text(language, &name, &[]);
            let what = if known == name { texts::text(language, "counted-other", &[]) } else { known };
            texts::text(
                language,
                "certificate-item",
                &[("what", what.into()), ("stated", one.stated.into()), ("counted", one.counted.into())],
            )
        };
        let list = certificate.difference.iter().map(item).collect::<Vec<_>>().join("; ");
        texts::text(language, "certificate-difference", &[("list", list.into())])
    };
    for (key, count) in [
        ("certificate-unopened", certificate.unopened),
        ("certificate-quarantined", certificate.quarantined),
        ("certificate-apart", certificate.apart),
    ] {
        if count > 0 {
            line.push(' ');
            line.push_str(&say(key, count));
        }
    }
    line
}

fn difference_view(one: &wire::reconciliation::Difference) -> DifferenceView {
    DifferenceView { what: one.what.name(), stated: one.stated, counted: one.counted }
}

fn by_outcome(counts: &OutingCounts) -> BTreeMap<&'static str, u64> {
    Outcome::ALL.iter().map(|outcome| (outcome.as_str(), counts.of_outcome(*outcome))).collect()
}

fn by_kind(counts: &OutingCounts) -> BTreeMap<&'static str, u64> {
    Kind::ALL.iter().map(|kind| (kind.as_str(), counts.of_kind(*kind))).collect()
}

fn surveys(act: &Act) -> [(&'static str, u64); 5] {
    let SurveyCounts { drawn, answered, refused, broken_off, lapsed } = act.surveys;
    [
        ("drawn", drawn),
        ("answered", answered),
        ("refused", refused),
        ("broken_off", broken_off),
        ("lapsed", lapsed),
    ]
}

/// The numbers of an act.
pub(crate) fn numbers(act: &Act) -> ActNumbers {
    let counts = &act.counts;
    ActNumbers {
        encounters: counts.encounters(),
        encounters_by_outcome: by_outcome(counts),
        requests: counts.requests(),
        requests_by_kind: by_kind(counts),
        additions: counts.additions,
        withdrawals: counts.withdrawals,
        voids: counts.voids,
        profiles: counts.profiles,
        surveys: surveys(act).into_iter().collect(),
        receipts_printed: act.receipts_printed,
        copies: act.copies,
        held: act.whereabouts.held,
        elsewhere: act.whereabouts.carried,
        acknowledged: act.whereabouts.acknowledged,
        quarantined: act.whereabouts.quarantined,
        attachments_waiting: act.attachments_waiting,
    }
}

/// A time in UTC, RFC 3339.
pub(crate) fn rfc3339(unix_s: u64) -> String {
    let instant = DateTime::from_timestamp(i64::try_from(unix_s).unwrap_or_default(), 0);
    instant.unwrap_or_default().to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// What stands on the paper: totals always, the rest where there is any.
fn sections(act: &Act) -> Vec<ActSection> {
    let counts = &act.counts;
    let count = |name: &str, count: u64| ActCount { name: name.replace('_', "-"), count };
    let some = |list: &[(&'static str, u64)]| -> Vec<ActCount> {
        list.iter().filter(|(_, many)| *many > 0).map(|(name, many)| count(name, *many)).collect()
    };
    let with_total = |name: &str, total: u64, parts: BTreeMap<&'static str, u64>| {
        let parts = parts.into_iter().filter(|(_, many)| *many > 0);
        let parts = parts.map(|(name, many)| count(name, many));
        std::iter::once(count(name, total)).chain(parts).collect::<Vec<_>>()
    };
    let records = [
        ("additions", counts.additions),
        ("withdrawals", counts.withdrawals),
        ("voids", counts.voids),
        ("profiles", counts.profiles),
    ];
    let papers = [("receipts_printed", act.receipts_printed), ("copies", act.copies)];
    let places = [
        ("held", act.whereabouts.held),
        ("carried", act.whereabouts.carried),
        ("acknowledged", act.whereabouts.acknowledged),
        ("quarantined", act.whereabouts.quarantined),
        ("attachments_waiting", act.attachments_waiting),
    ];
    let section = |name, counts| ActSection { name, counts };
    vec![
        section("encounters", with_total("encounters", counts.encounters(), by_outcome(counts))),
        section("requests", with_total("requests", counts.requests(), by_kind(counts))),
        section("records", some(&records)),
        section("surveys", some(&surveys(act))),
        section("papers", some(&papers)),
        section("whereabouts", some(&places)),
    ]
}
