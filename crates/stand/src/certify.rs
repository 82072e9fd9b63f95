//! After a sync: the office's certificate of each closing that it holds and that has none yet, or one with a difference.
//!
//! One small request a closing, and none where nothing waits, so that a sync with nothing to do stays one request. The
//! office may not have opened all of it yet; it is then asked again by the next sync, and so is it of what differed:
//! a record that could not be opened that evening may be by now.

use sync::Fault;
use sync::driver::Exchange;

use crate::StandError;
use crate::acts::{is_about, open_certificate};
use crate::log::StandLog;

/// Closings that one sync asks for; the next goes on.
const ASKED_MAX: usize = 8;

/// Asks for the certificates that wait, the newest first, and keeps those that hold. Says how many came that say
/// something new. What the network or the office does here spoils no sync, and a closing that the office can't certify
/// keeps no other one waiting.
pub(crate) async fn certify_closings(
    log: &mut StandLog<'_>,
    exchange: &mut Exchange<'_>,
) -> Result<u64, StandError> {
    let mut kept = 0_u64;
    for act in log.uncertified(ASKED_MAX)? {
        let device = &log.enrolment.device;
        let answer = exchange.closing(device.device, act.epoch, act.closed, act.head).await;
        let bytes = match answer {
            Ok(bytes) => bytes,
            Err(fault @ Fault::Refused { .. }) => {
                tracing::info!(%fault, seq = act.closed, "no certificate of a closing yet");
                continue;
            }
            Err(fault) => {
                tracing::info!(%fault, seq = act.closed, "no certificate of a closing yet");
                break;
            }
        };
        let certificate = open_certificate(&log.enrolment, &bytes)
            .filter(|certificate| is_about(certificate, &log.enrolment, &act));
        let Some(certificate) = certificate else {
            tracing::warn!(seq = act.closed, "what came as a certificate is none of this closing");
            continue;
        };
        log.store_certificate(&act, &bytes)?;
        kept = kept.saturating_add(u64::from(act.certificate.is_none() || certificate.is_zero()));
    }
    Ok(kept)
}
