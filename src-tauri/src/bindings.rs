//! The windows' TypeScript types and closed lists are what Rust says they are: the test that checks them is also what writes them
//! (`BINDINGS=write cargo test -p oirs-en-terreno bindings`).

use std::path::Path;

use ts_rs::TS;

use crate::{media, paper, reading, refusal, views};

macro_rules! declarations {
    ($($kind:ty),+ $(,)?) => {
        vec![$(format!("export {}\n", <$kind>::decl(&ts_rs::Config::default()))),+]
    };
}

#[test]
fn the_types_of_the_windows_are_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/packages/bindings/src/index.ts");
    let header = "// Generated from Rust (BINDINGS=write cargo test -p oirs-en-terreno bindings). Not edited by hand.\n\n";
    let expected = format!(
        "{header}{}/** The kinds of place of an outing, parted by blanks. */\nexport const PLACE_KINDS = \"{}\";\n\
         /** The countries of ISO 3166-1 by their alpha-2 code, parted by blanks. */\nexport const COUNTRIES = \"{}\";\n",
        declarations![
            domain::Kind,
            domain::AnswerWay,
            domain::Certainty,
            domain::ErrorCode,
            domain::Arg,
            domain::FieldError,
            domain::DocumentDraft,
            domain::PersonDraft,
            domain::OrganisationDraft,
            domain::AffectedDraft,
            domain::RequestDraft,
            domain::EncounterDraft,
            domain::profile::ConsentDraft,
            domain::ProfileDraft,
            domain::AdditionDraft,
            domain::WithdrawalDraft,
            refusal::Refusal,
            views::ComunaView,
            views::PlaceView,
            views::Network,
            views::IdleLimits,
            views::Limits,
            views::Blocked,
            views::ReceiptView,
            views::PersonView,
            views::StaffDraft,
            views::SharedView,
            views::JoinedView,
            views::DeviceLine,
            stand::Challenge,
            views::CitizenContext,
            views::DocumentVerdict,
            views::Delivery,
            views::OutingView,
            views::PrinterView,
            views::PrintOn,
            views::QueueView,
            views::SyncEnd,
            views::SyncProgress,
            views::EnrolmentDraft,
            stand::PowerLevel,
            stand::Power,
            stand::InvitationTally,
            stand::Papers,
            paper::OwedCopies,
            views::StaffContext,
            views::TodayView,
            views::FiledView,
            views::VerifyView,
            views::SkippedDay,
            views::DueView,
            views::OutingDraft,
            stand::CameraLine,
            stand::HandedFile,
            stand::HandedFiles,
            stand::Attached,
            stand::MediumLine,
            stand::MirrorState,
            stand::MirrorStatus,
            stand::FileState,
            stand::FileTold,
            stand::BundleExported,
            stand::BundleAcknowledged,
            stand::CarryAnswer,
            media::HandedView,
            media::AttachmentsView,
            media::MediaView,
            stand::CatalogueFacts,
            stand::TextPiece,
            stand::SheetFound,
            stand::SheetsFound,
            stand::ChannelView,
            stand::AgencyView,
            stand::SourceView,
            stand::SheetView,
            views::EncounterView,
            stand::ProfileOption,
            stand::ProfileQuestion,
            stand::ConsentText,
            stand::ProfileForm,
            stand::RecentRecord,
            stand::ActNumbers,
            stand::DifferenceView,
            stand::CertificateView,
            stand::VoidedView,
            stand::ActView,
            stand::Verdict,
            stand::SummedAct,
            stand::ActSum,
            stand::CodeWanted,
            reading::CameraSight,
            stand::Reply,
            stand::InvitationView,
            stand::SurveyChoice,
            stand::SurveyAsks,
            stand::SurveyQuestion,
            stand::SurveyView,
            stand::SurveyFault,
            stand::SurveyStep,
            stand::TopicView,
            stand::ReferralView,
            stand::OfficeView,
            stand::BroadcastView,
            stand::Directory,
        ]
        .concat(),
        domain::PlaceKind::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(" "),
        domain::country::codes().collect::<Vec<_>>().join(" ")
    );
    if std::env::var_os("BINDINGS").is_some() {
        std::fs::write(&path, &expected).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), expected, "run the command in this file's header");
}
