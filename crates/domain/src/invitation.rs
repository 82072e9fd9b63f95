//! What becomes of an invitation to the survey.

use crate::words::words;

words! {
    /// How an invitation ended. Together the four make up the invitations that were drawn.
    InvitationFate {
        /// The person answered to the last question.
        Answered = "answered",
        /// The person was asked and said no.
        Refused = "refused",
        /// The person began and did not finish.
        BrokenOff = "broken_off",
        /// Nobody took it up: the person had gone, or the day ended.
        Lapsed = "lapsed",
    }
}
