//! After a sync: the office's certificate of each closing that it holds and that has none yet.
//!
//! One small request a closing, and none where nothing waits, so that a sync with nothing to do stays one request. The
//! office may not have opened all of it yet; it is then asked again by the next sync.

use sync::driver::Exchange;

use crate::StandError;
use crate::acts::{is_about, open_certificate};
use crate::log::StandLog;

/// Closings that one sync asks for; the next goes on.
const ASKED_MAX: usize = 8;

/// Asks for the certificates that wait, the newest first, and keeps those that hold. Says how many came. What the network
/// or the office does here spoils no sync.
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
            Err(fault) => {
                tracing::info!(%fault, seq = act.closed, "no certificate of a closing yet");
                break;
            }
        };
        let certificate = open_certificate(&log.enrolment, &bytes);
        if certificate.is_some_and(|certificate| is_about(&certificate, &log.enrolment, &act)) {
            log.store_certificate(&act, &bytes)?;
            kept = kept.saturating_add(1);
        } else {
            tracing::warn!(seq = act.closed, "what came as a certificate is none of this closing");
            break;
        }
    }
    Ok(kept)
}
