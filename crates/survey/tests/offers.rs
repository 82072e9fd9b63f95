//! What the office publishes: one encoding, and no two surveys under one name and version.

#![allow(clippy::unwrap_used)]

use survey::draw::Rate;
use survey::{Code, Offer, Survey, standard};

fn version(version: u32) -> Survey {
    let mut form = standard::survey().unwrap().form().clone();
    form.version = version;
    Survey::new(form).unwrap()
}

fn offer(number: u32, rate: (u16, u16)) -> Offer {
    Offer::new(version(number), Rate::new(rate.0, rate.1).unwrap()).unwrap()
}

#[test]
fn it_reads_back_and_has_one_encoding() {
    let made = offer(7, (1, 5));
    let text = String::from_utf8(made.bytes().to_vec()).unwrap();
    assert!(
        text.starts_with(
            r#"{"format":"oirs-survey-offer/1","rate":[1,5],"survey":{"format":"oirs-survey/1""#
        )
    );
    let read = Offer::read(made.bytes()).unwrap();
    assert_eq!(read, made);
    assert_eq!((read.rate().numerator(), read.survey().form().version), (1, 7));
    let check = |what: &str, text: String, code: Code| {
        assert_eq!(Offer::read(text.as_bytes()).unwrap_err()[0].code, code, "{what}");
    };
    check("nothing", String::new(), Code::NotASurvey);
    check("spaces", text.replacen(":[1,5]", ": [1,5]", 1), Code::OtherEncoding);
    check("a later format", text.replacen("offer/1", "offer/2", 1), Code::NotASurvey);
    check("more than all", text.replacen("[1,5]", "[6,5]", 1), Code::NotASurvey);
    check("of none", text.replacen("[1,5]", "[0,0]", 1), Code::NotASurvey);
    check("a field more", text.replacen(r#""rate""#, r#""more":1,"rate""#, 1), Code::NotASurvey);
    check(
        "a survey with a fault",
        text.replacen(r#""version":7"#, r#""version":0"#, 1),
        Code::InvalidVersion,
    );
    check("too large", format!("{text}{}", " ".repeat(survey::limits::OFFER_BYTES_MAX)), Code::FileTooLarge);
}

#[test]
fn names_and_versions_are_never_shared() {
    let earlier = [offer(3, (1, 5)), offer(2, (1, 5))];
    let mut other = standard::survey().unwrap().form().clone();
    other.id = "otra".into();
    other.version = 1;
    let changed = {
        let mut form = version(3).form().clone();
        form.title.values_mut().for_each(|title| title.push('!'));
        Offer::new(Survey::new(form).unwrap(), Rate::STANDARD).unwrap()
    };
    let rows = [
        ("a higher version", offer(4, (1, 5)), true),
        ("the newest at another rate", offer(3, (1, 2)), true),
        ("the newest itself", offer(3, (1, 5)), true),
        ("an older one", offer(2, (1, 2)), false),
        ("one in between that never was", offer(1, (1, 5)), false),
        ("another survey of the same version", changed, false),
        ("another name", Offer::new(Survey::new(other).unwrap(), Rate::STANDARD).unwrap(), true),
    ];
    for (what, new, fits) in rows {
        assert_eq!(new.may_follow(&earlier), fits, "{what}");
    }
    assert!(offer(1, (0, 1)).may_follow([]), "the first of all");
}
