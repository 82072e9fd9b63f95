//! Words of closed lists as frozen numbers, and times.

use domain::profile::{
    Affirmation, AgeBand, ConsentBy, Gender, IndigenousPeople, Nationality, Organisation, OrganisationRole,
    Topic,
};
use domain::{
    AnswerWay, Captured, Certainty, DocumentKind, InvitationFate, Kind, MediaType, Outcome, PlaceKind, Writer,
};
use minicbor::data::Type;
use minicbor::encode::Write;
use minicbor::{Decode, Decoder, Encode, Encoder};

/// The number of each word of a closed list, frozen.
pub(crate) trait Coded: Copy + PartialEq + 'static {
    const CODES: &'static [(u32, Self)];
    fn word(self) -> &'static str;

    fn code(self) -> Option<u32> {
        Self::CODES.iter().find_map(|(code, value)| (*value == self).then_some(*code))
    }

    fn from_code(code: u32) -> Option<Self> {
        Self::CODES.iter().find_map(|(known, value)| (*known == code).then_some(*value))
    }
}

macro_rules! codes {
    ($($type:ident { $($code:literal => $variant:ident),+ $(,)? })+) => {$(
        impl Coded for $type {
            const CODES: &'static [(u32, Self)] = &[$(($code, Self::$variant)),+];
            fn word(self) -> &'static str {
                self.as_str()
            }
        }
    )+};
}

codes! {
    Kind { 1 => Consulta, 2 => Felicitacion, 3 => Opinion, 4 => Peticion, 5 => Reclamo, 6 => Sugerencia }
    AnswerWay { 0 => None, 1 => Email, 2 => Phone, 3 => Letter, 4 => InPerson }
    Writer { 1 => Citizen, 2 => Staff, 3 => Transcriber }
    Certainty { 0 => Confirmed, 1 => Unconfirmed, 2 => Contradicted }
    DocumentKind { 1 => Run, 2 => Rut, 3 => Ipe, 4 => Ipa, 5 => Passport, 6 => Foreign }
    InvitationFate { 1 => Answered, 2 => Refused, 3 => BrokenOff, 4 => Lapsed }
    MediaType { 1 => Jpeg, 2 => Png, 3 => Pdf }
    Outcome { 1 => Informed, 2 => Referred, 3 => RequestFiled, 4 => CameInVain }
    PlaceKind {
        1 => Square, 2 => CommunitySeat, 3 => School, 4 => Health, 5 => Municipal, 6 => Public, 7 => Market,
        8 => Sports, 9 => Landing, 10 => Station, 11 => Residence, 12 => Home, 13 => Other,
    }
    Gender {
        0 => Unsaid, 1 => Woman, 2 => Man, 3 => TransWoman, 4 => TransMan, 5 => NonBinary, 6 => Other,
    }
    AgeBand {
        0 => Unsaid, 1 => Under14, 2 => From14, 3 => From16, 4 => From18, 5 => From30, 6 => From45, 7 => From60,
        8 => From65, 9 => From80,
    }
    Nationality { 0 => Unsaid, 1 => Chilean, 2 => ChileanAndOther, 3 => Other }
    IndigenousPeople {
        0 => Unsaid, 1 => Mapuche, 2 => Aymara, 3 => RapaNui, 4 => Lickanantay, 5 => Quechua, 6 => Colla,
        7 => Diaguita, 8 => Kawesqar, 9 => Yagan, 10 => Chango, 11 => Selknam, 12 => Other, 13 => None,
        14 => Unknown,
    }
    Affirmation { 0 => Unsaid, 1 => Yes, 2 => No, 3 => Unknown }
    Organisation {
        0 => Unsaid, 1 => Neighbours, 2 => Functional, 3 => Foundation, 4 => Cooperative, 5 => Media,
        6 => PublicBody, 7 => Union, 8 => TradeAssociation, 9 => Party, 10 => Religious,
        11 => IndigenousCommunity, 12 => Disability, 13 => Other, 14 => None,
    }
    OrganisationRole { 0 => Unsaid, 1 => Leader, 2 => Member, 3 => Worker, 4 => Other }
    Topic {
        1 => Benefits, 2 => Pensions, 3 => Housing, 4 => Health, 5 => Education, 6 => Work, 7 => Papers,
        8 => Migration, 9 => Organisations, 10 => Government, 11 => Services, 12 => Consumers, 13 => Justice,
        14 => Attention, 15 => Other,
    }
    ConsentBy { 1 => Person, 2 => Guardian }
}

/// The number of a kind of request, as receipts carry it.
pub(crate) fn kind_code(kind: Kind) -> u8 {
    kind.code().and_then(|code| u8::try_from(code).ok()).unwrap_or_default()
}

/// The kind of that number.
pub(crate) fn kind_from_code(code: u8) -> Option<Kind> {
    Kind::from_code(code.into())
}

/// The number of a certainty, as receipts carry it.
pub(crate) fn certainty_code(certainty: Certainty) -> u8 {
    certainty.code().and_then(|code| u8::try_from(code).ok()).unwrap_or_default()
}

/// The certainty of that number.
pub(crate) fn certainty_from_code(code: u8) -> Option<Certainty> {
    Certainty::from_code(code.into())
}

/// A word as filed: its number where the spelling is canonical, else the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Word {
    Code(u32),
    Text(String),
}

impl Word {
    pub(super) fn of<T: Coded>(filed: &str) -> Self {
        let coded = T::CODES.iter().find(|(_, value)| value.word() == filed);
        coded.map_or_else(|| Self::Text(filed.to_owned()), |(code, _)| Self::Code(*code))
    }

    /// The filed text; a number that this program does not know stays readable as a number.
    pub(super) fn filed<T: Coded>(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Code(code) => {
                T::from_code(code).map_or_else(|| code.to_string(), |value| value.word().to_owned())
            }
        }
    }

    /// A comuna's five digits as a number (leading zeros come back by the width).
    pub(super) fn of_comuna(filed: &str) -> Self {
        let digits = filed.len() == COMUNA_DIGITS && filed.bytes().all(|b| b.is_ascii_digit());
        match filed.parse() {
            Ok(number) if digits => Self::Code(number),
            _ => Self::Text(filed.to_owned()),
        }
    }

    pub(super) fn filed_comuna(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Code(code) => format!("{code:0COMUNA_DIGITS$}"),
        }
    }
}

const COMUNA_DIGITS: usize = 5;

impl<C> Encode<C> for Word {
    fn encode<W: Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        match self {
            Self::Code(code) => e.u32(*code)?,
            Self::Text(text) => e.str(text)?,
        };
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for Word {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        match d.datatype()? {
            Type::String => Ok(Self::Text(d.str()?.to_owned())),
            _ => Ok(Self::Code(d.u32()?)),
        }
    }
}

/// When, in whole seconds, and how sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub(super) struct When {
    #[n(0)]
    at_unix_s: i64,
    #[n(1)]
    certainty: u32,
    #[n(2)]
    trusted_unix_s: Option<i64>,
    #[n(3)]
    elapsed_s: Option<u64>,
}

impl From<Captured> for When {
    fn from(captured: Captured) -> Self {
        Self {
            at_unix_s: captured.at_unix_ms.div_euclid(1_000),
            certainty: captured.certainty.code().unwrap_or_default(),
            trusted_unix_s: captured.trusted_unix_s,
            elapsed_s: captured.elapsed_ms.map(|ms| ms.div_euclid(1_000)),
        }
    }
}

impl From<When> for Captured {
    fn from(when: When) -> Self {
        Self {
            at_unix_ms: when.at_unix_s.saturating_mul(1_000),
            certainty: Certainty::from_code(when.certainty).unwrap_or(Certainty::Unconfirmed),
            trusted_unix_s: when.trusted_unix_s,
            elapsed_ms: when.elapsed_s.map(|s| s.saturating_mul(1_000)),
        }
    }
}
