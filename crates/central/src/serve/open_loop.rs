//! Opening what arrives, beside the intake.

use std::sync::Arc;
use std::time::Duration;

use central_db::Store;
use tokio::sync::Notify;

use super::stands::chain;
use crate::clock::Clock;
use crate::opening::Opener;

/// How often it looks without having been called: another process may have brought something.
const LOOK_EVERY: Duration = Duration::from_secs(30);

/// Opens what an earlier program could not, and then what waits, whenever something arrived; rings when it
/// did. Never ends; a failure is logged and tried again.
pub async fn open_what_arrives(
    opener: Opener,
    store: Arc<dyn Store>,
    clock: Clock,
    arrived: Arc<Notify>,
    opened: Arc<Notify>,
) {
    match opener.open_again(&*store, clock.now_unix_s()).await {
        Ok(0) => {}
        Ok(opened) => tracing::info!(opened, "entries opened that an earlier program could not open"),
        Err(error) => tracing::error!(error = %chain(&error), "entries could not be opened again"),
    }
    loop {
        match opener.open_waiting(&*store, clock.now_unix_s()).await {
            Ok(0) => {}
            Ok(tried) => {
                tracing::info!(tried, "entries opened");
                opened.notify_waiters();
            }
            Err(error) => tracing::error!(error = %chain(&error), "entries could not be opened"),
        }
        // Either end of the wait means the same: look again.
        let _ = tokio::time::timeout(LOOK_EVERY, arrived.notified()).await;
    }
}
