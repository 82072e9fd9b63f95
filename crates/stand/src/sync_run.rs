//! temp
use crate::enrol::Answered;
use crate::{Stand, StandError};
use serde::Serialize;
use std::path::Path;
/// a
#[derive(Debug, Clone, Serialize)]
pub struct SyncAnswer {
    /// a
    #[serde(skip)]
    pub fault: Option<sync::Fault>,
}
/// a
pub struct SyncHandle;
pub(crate) fn post_enrolment(_c: &str, _r: Vec<u8>, _x: Option<&Path>) -> Result<Answered, StandError> {
    Err(StandError::NotEnrolled)
}
impl Stand {
    /// a
    pub fn sync(&mut self, _r: Option<&Path>) -> Result<SyncAnswer, StandError> {
        Err(StandError::NotEnrolled)
    }
}
