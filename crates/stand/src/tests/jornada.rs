//! The field day, filed by the use case itself: everything that comes back is what was filed.

use domain::{EncounterDraft, Folio, RequestDraft};
use texts::Language;
use wire::body::Body;

use super::office::{Office, fixture};
use crate::{PaperFormat, Verdict};

#[test]
fn a_whole_field_day_comes_back_as_it_was_filed() {
    let dir = tempfile::tempdir().unwrap();
    let office = Office::new();
    let mut stand = office.stand(dir.path());
    let lines: Vec<String> = fixture("requests.jsonl").lines().map(ToOwned::to_owned).collect();
    let mut filed = Vec::new();
    for line in &lines {
        let draft = RequestDraft::from_json(line).unwrap();
        let recorded = stand.record_request(draft.clone()).unwrap();
        assert!(!recorded.answer.copy && recorded.live.is_some());
        let verified = stand.verify(&recorded.answer.receipt).unwrap();
        assert_eq!((verified.verdict, verified.copy), (Verdict::Genuine, Some(false)));
        assert_eq!(verified.folio.as_ref(), Some(&recorded.answer.folio));
        filed.push((draft, recorded.answer));
    }
    for line in fixture("encounters.jsonl").lines() {
        stand.record_encounter(EncounterDraft::from_json(line).unwrap(), None).unwrap();
    }

    let opened: Vec<_> = office
        .open_all(&stand)
        .into_iter()
        .filter_map(|body| if let Body::Request(record) = body { Some(*record) } else { None })
        .collect();
    assert_eq!(opened.len(), filed.len());
    for (record, (draft, answer)) in opened.iter().zip(&filed) {
        assert_eq!(&record.filed, draft);
        assert_eq!(record.folio.to_string(), answer.folio);
        assert_eq!(Some(record.claim.control_code().to_string()), answer.control_code);
        assert_eq!(record.due.is_some(), answer.due_on.is_some());
    }

    for (line, (_, first)) in lines.iter().zip(&filed) {
        let id = domain::filed_id(line).unwrap();
        let again = stand.recorded_request(id).unwrap().unwrap().answer;
        assert!(again.copy && again.control_code.is_none() && again.receipt != first.receipt);
        let facts = |a: &crate::RequestAnswer| {
            (a.folio.clone(), a.epoch.clone(), a.seq, a.captured_at.clone(), a.due_on)
        };
        assert_eq!(facts(&again), facts(first));
        assert_eq!(stand.verify(&again.receipt).unwrap().copy, Some(true));
    }
    let folio = Folio::parse(&filed[0].1.folio).unwrap();
    let text = stand.copy_as(folio, PaperFormat::Text, receipts::Paper::Mm80, Language::Spanish).unwrap();
    assert!(String::from_utf8(text).unwrap().contains(&filed[0].1.folio));
}
