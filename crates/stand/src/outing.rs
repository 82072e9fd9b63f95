//! Opening and closing outings, in the words of whoever does it.

use chrono::{DateTime, NaiveDate};
use data_encoding::HEXLOWER;
use domain::{Comuna, ErrorCode, FieldError, PlaceKind, StaffCode, limits};
use ledger::{Closing, OpenDraw, Outing};
use rand_core::Rng as _;
use serde::Serialize;
use wire::OutingToken;
use wire::body::{DrawClosed, OutingOpened};

use crate::record::local_rfc3339;
use crate::{Stand, StandError, TEAM_PEOPLE_MAX, UseCase, acts};

/// What the team says when it opens an outing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OutingToOpen {
    /// The comuna's five-digit code.
    pub comuna: String,
    /// The place, in the team's words.
    pub place: String,
    /// What kind of place it is, as a word of [`PlaceKind`].
    pub place_kind: Option<String>,
    /// People to be attended.
    pub goal: Option<u32>,
    /// The staff codes of whoever works at it; whoever opens it is added when they are missing.
    pub team: Vec<String>,
}

/// An outing with its counters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct OutingStatus {
    /// Whether it is open.
    pub open: bool,
    /// The comuna's code; none when the stand opened the outing by itself.
    pub comuna: Option<String>,
    /// The comuna's name.
    pub comuna_name: Option<&'static str>,
    /// Its region's name.
    pub region_name: Option<&'static str>,
    /// The place, in the team's words.
    pub place: Option<String>,
    /// What kind of place it is, as a word of [`PlaceKind`]; none where nobody said.
    pub place_kind: Option<String>,
    /// When it was opened, RFC 3339.
    pub opened_at: Option<String>,
    /// People to be attended.
    pub goal: Option<u32>,
    /// The staff codes of whoever works at it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub team: Vec<String>,
    /// Names it among all stands that share it, in hexadecimal; none when the stand opened it by itself.
    pub token: Option<String>,
    /// Requests so far, without those that were declared void.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub requests: u64,
    /// Encounters so far, without those that were declared void: one for each person attended (ADR 43).
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub encounters: u64,
    /// The draw of who is invited to the survey; none where nobody is.
    pub draw: Option<DrawStatus>,
}

/// What anybody needs to count a draw again: while it is open what the stand is committed to, at the closing the seed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct DrawStatus {
    /// The survey's name; none at the closing.
    pub survey: Option<String>,
    /// How many are invited, as `1/5`; none at the closing.
    pub rate: Option<String>,
    /// SHA-256 over rate and seed, in hexadecimal; none at the closing.
    pub commitment: Option<String>,
    /// The seed, in hexadecimal; only at the closing.
    pub seed: Option<String>,
    /// Places that the draw is counted again over; only at the closing.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub places: Option<u64>,
}

impl From<OpenDraw> for DrawStatus {
    fn from(draw: OpenDraw) -> Self {
        Self {
            survey: Some(draw.survey),
            rate: Some(format!("{}/{}", draw.rate.numerator(), draw.rate.denominator())),
            commitment: Some(HEXLOWER.encode(&draw.commitment)),
            seed: None,
            places: None,
        }
    }
}

impl From<DrawClosed> for DrawStatus {
    fn from(draw: DrawClosed) -> Self {
        let seed = Some(HEXLOWER.encode(&draw.seed));
        Self { survey: None, rate: None, commitment: None, seed, places: Some(draw.tally.places) }
    }
}

impl Stand {
    /// Opens an outing.
    pub fn open_outing(&mut self, outing: &OutingToOpen) -> Result<OutingStatus, StandError> {
        let by = self.allow(UseCase::OpenOuting)?;
        let mut token = [0; OutingToken::LEN];
        self.chance.fill_bytes(&mut token);
        self.open_with_token(outing, by, OutingToken(token))
    }

    /// Opens an outing under a token: one of its own, or that of the stand which opened it first.
    pub(crate) fn open_with_token(
        &mut self,
        outing: &OutingToOpen,
        by: Option<StaffCode>,
        token: OutingToken,
    ) -> Result<OutingStatus, StandError> {
        let team = check(outing, by.as_ref())?;
        let comuna = Some(outing.comuna.trim());
        let (place, goal) = (Some(outing.place.trim().to_owned()), outing.goal);
        let mut opened = OutingOpened::new(self.captured_now(), comuna, place, goal);
        opened.by = by.map(String::from);
        opened.team = (!team.is_empty()).then_some(team);
        opened.token = Some(token);
        let opened = opened.at(kind(outing));
        let beside = self.beside_a_closing();
        let outing = self.or_in_new_ledger(|stand| {
            let (enrolment, key) = (&stand.enrolment, &stand.key);
            let mut sign = |closing: &Closing| acts::sign(enrolment, key, beside, closing);
            stand.ledger.begin_outing(&opened, &mut stand.sealer, &mut stand.chance, &mut sign)
        })?;
        self.status(&outing, true)
    }

    /// The open outing; one that is not open when there is none.
    pub fn outing_status(&self) -> Result<OutingStatus, StandError> {
        match self.ledger.open_outing()? {
            Some(outing) => self.status(&outing, true),
            None => Ok(OutingStatus {
                open: false,
                comuna: None,
                comuna_name: None,
                region_name: None,
                place: None,
                place_kind: None,
                opened_at: None,
                goal: None,
                team: Vec::new(),
                token: None,
                requests: 0,
                encounters: 0,
                draw: None,
            }),
        }
    }

    /// What time it is at the outing's place, RFC 3339; in Santiago when no place is known.
    pub fn local_time(&self) -> Result<String, StandError> {
        self.local_time_of(self.now().timestamp())
    }

    /// Another time there, as seconds since 1970.
    pub(crate) fn local_time_of(&self, unix_s: i64) -> Result<String, StandError> {
        let comuna = self.ledger.open_outing()?.and_then(|outing| Comuna::by_code(outing.comuna.as_deref()?));
        let there = comuna.or_else(|| Comuna::by_code("13101")).map(|c| local_rfc3339(c, unix_s));
        Ok(there.unwrap_or_else(|| DateTime::from_timestamp(unix_s, 0).unwrap_or_default().to_rfc3339()))
    }

    /// What day it is there: in the evening the date of UTC is tomorrow's.
    pub(crate) fn local_day(&self) -> Result<NaiveDate, StandError> {
        let there = DateTime::parse_from_rfc3339(&self.local_time()?);
        Ok(there.map_or_else(|_| self.now().date_naive(), |there| there.date_naive()))
    }

    /// The day of the open outing at its place: the finest time that a profile carries.
    pub(crate) fn outing_day(&self) -> NaiveDate {
        let open = self.ledger.open_outing().ok().flatten();
        let opened_unix_s = open.as_ref().map_or_else(|| self.now().timestamp(), |open| open.opened_unix_s);
        let comuna = open.and_then(|open| Comuna::by_code(open.comuna.as_deref()?));
        let instant = DateTime::from_timestamp(opened_unix_s, 0).unwrap_or_default();
        let there = comuna.or_else(|| Comuna::by_code("13101"));
        there.map_or_else(|| instant.date_naive(), |comuna| comuna.local_time(instant).date_naive())
    }

    pub(crate) fn status(&self, outing: &Outing, open: bool) -> Result<OutingStatus, StandError> {
        let (requests, encounters) = self.ledger.outing_counters(outing)?;
        let comuna = outing.comuna.as_deref().and_then(Comuna::by_code);
        let santiago = Comuna::by_code("13101");
        let draw = self.ledger.open_draw()?.map(DrawStatus::from).filter(|_| open);
        let opened_at = comuna.or(santiago).map(|comuna| local_rfc3339(comuna, outing.opened_unix_s));
        Ok(OutingStatus {
            open,
            comuna: outing.comuna.clone(),
            comuna_name: comuna.map(Comuna::name),
            region_name: comuna.map(|comuna| comuna.region().name()),
            place: outing.place.clone(),
            place_kind: outing.place_kind.clone(),
            opened_at,
            goal: outing.goal,
            team: outing.team.clone(),
            token: outing.token.map(|token| token.to_string()),
            requests,
            encounters,
            draw,
        })
    }
}

/// The kind of place, where one was said.
fn kind(outing: &OutingToOpen) -> Option<&str> {
    outing.place_kind.as_deref().map(str::trim).filter(|word| !word.is_empty())
}

/// The team's codes as they are written down, once nothing is wrong with the outing.
fn check(outing: &OutingToOpen, by: Option<&StaffCode>) -> Result<Vec<String>, StandError> {
    let mut errors = Vec::new();
    let team = check_team(&outing.team, by, &mut errors);
    if Comuna::by_code(outing.comuna.trim()).is_none() {
        errors.push(FieldError::at("comuna", ErrorCode::UnknownComuna));
    }
    if kind(outing).is_some_and(|word| PlaceKind::parse(word).is_none()) {
        errors.push(FieldError::at("place_kind", ErrorCode::UnknownValue));
    }
    let place = outing.place.trim();
    if place.is_empty() {
        errors.push(FieldError::at("place", ErrorCode::Empty));
    } else if place.chars().count() > limits::LOCALITY_CHARS_MAX {
        errors.push(
            FieldError::at("place", ErrorCode::TooLong)
                .with_number("max", limits::LOCALITY_CHARS_MAX)
                .with_number("count", place.chars().count()),
        );
    } else if place.chars().any(char::is_control) {
        errors.push(FieldError::at("place", ErrorCode::ControlCharacter));
    }
    if errors.is_empty() { Ok(team) } else { Err(StandError::Input(errors)) }
}

fn check_team(team: &[String], by: Option<&StaffCode>, errors: &mut Vec<FieldError>) -> Vec<String> {
    let mut codes: Vec<StaffCode> = by.into_iter().cloned().collect();
    for text in team {
        match StaffCode::parse(text) {
            Ok(code) if codes.contains(&code) => {}
            Ok(code) => codes.push(code),
            Err(_) => errors.push(FieldError::at("team", ErrorCode::UnknownValue)),
        }
    }
    if codes.len() > TEAM_PEOPLE_MAX {
        errors.push(
            FieldError::at("team", ErrorCode::TooLong)
                .with_number("max", TEAM_PEOPLE_MAX)
                .with_number("count", codes.len()),
        );
    }
    codes.into_iter().map(String::from).collect()
}
