//! The one place where the central office asks what time it is.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// Tells the time; handed in, so that a test can hold it.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> u64 + Send + Sync>);

impl Clock {
    /// The machine's clock. A clock before 1970 counts as 1970.
    pub fn system() -> Self {
        Self::from_fn(|| SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()))
    }

    /// A clock of one's own.
    pub fn from_fn(now_unix_s: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(now_unix_s))
    }

    /// Seconds since 1970 (UTC).
    pub fn now_unix_s(&self) -> u64 {
        (self.0)()
    }
}
