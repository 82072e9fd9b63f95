//! The receipts that the tests and the gallery share: one for each thing that a receipt can say.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing
)]

use chrono::{DateTime, NaiveDate};
use domain::{AnswerWay, Certainty, Comuna, DevicePrefix, Folio, Kind};
use receipts::{Answer, Claim, ControlCode, Copy, Facts, Original, Place, QrAddress, Receipt};
use texts::Language;

/// A receipt's address of `chars` characters, as `wire` writes them: base32 after the host.
pub fn address(chars: usize) -> QrAddress {
    address_at("OIRS.EXAMPLE.CL", chars)
}

fn address_at(host: &str, chars: usize) -> QrAddress {
    let mut out = format!("HTTPS://{host}/R/");
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    while out.len() < chars {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        out.push(char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[(state % 32) as usize]));
    }
    QrAddress::parse(&out).unwrap()
}

/// A complaint by telephone from a village of Aysén, its time confirmed.
pub fn facts() -> Facts {
    Facts {
        folio: Folio::new(DevicePrefix::new(27_123).unwrap(), 777_216_451).unwrap(),
        kind: Kind::Reclamo,
        captured_at: DateTime::parse_from_rfc3339("2026-11-21T10:32:07-03:00").unwrap(),
        certainty: Certainty::Confirmed,
        paper_on: None,
        place: place("11303", Some("Caleta Tortel")),
        answer: Answer::new(AnswerWay::Phone, Some(day(2026, 12, 4))).unwrap(),
        phone_line: Some("600 301 7000".to_owned()),
        language: Language::Spanish.into(),
    }
}

pub fn place(comuna: &str, locality: Option<&str>) -> Place {
    Place { locality: locality.map(str::to_owned), comuna: Comuna::by_code(comuna).unwrap() }
}

pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

pub fn original(facts: Facts) -> Receipt {
    let claim = Claim { address: address(250), control_code: ControlCode::new("7K3M-Q2XV").unwrap() };
    Original { facts, claim }.into()
}

/// An original whose host has the 27 characters that the code leaves for it.
fn long_host(facts: Facts) -> Receipt {
    let address = address_at("OIRS.MINSEGEGOBIERNO.GOB.CL", 262);
    let claim = Claim { address, control_code: ControlCode::new("WWWW-MQMQ").unwrap() };
    Original { facts, claim }.into()
}

pub fn copy(facts: Facts) -> Copy {
    Copy { facts, address: address(224) }
}

/// Every case by its name, which is also the name of its golden file.
pub fn cases() -> Vec<(&'static str, Receipt)> {
    let transcribed = Facts {
        kind: Kind::Peticion,
        paper_on: Some(day(2026, 11, 18)),
        answer: Answer::new(AnswerWay::Email, Some(day(2026, 12, 1))).unwrap(),
        ..facts()
    };
    let unconfirmed = Facts {
        kind: Kind::Consulta,
        certainty: Certainty::Unconfirmed,
        place: place("05201", Some("Haŋa Roa")),
        captured_at: DateTime::parse_from_rfc3339("2026-11-21T08:05:59-05:00").unwrap(),
        answer: Answer::new(AnswerWay::InPerson, Some(day(2026, 12, 4))).unwrap(),
        ..facts()
    };
    let long_names = Facts {
        kind: Kind::Felicitacion,
        place: place("06117", Some("Agrupación Habitacional Ḻafkeṉ Mapu de Llallauquén Alto")),
        answer: Answer::new(AnswerWay::Letter, Some(day(2026, 12, 4))).unwrap(),
        ..facts()
    };
    let no_answer = Facts {
        kind: Kind::Opinion,
        place: place("13101", None),
        answer: Answer::NotAsked,
        phone_line: None,
        ..facts()
    };
    let english = Facts { language: Language::English.into(), ..facts() };
    vec![
        ("original", original(facts())),
        ("copy", copy(facts()).into()),
        ("transcribed", original(transcribed)),
        ("unconfirmed", original(unconfirmed.clone())),
        ("unconfirmed-copy", copy(unconfirmed).into()),
        ("long-names", long_host(long_names)),
        ("no-answer", original(no_answer)),
        ("english", original(english.clone())),
        ("english-copy", copy(english).into()),
    ]
}
