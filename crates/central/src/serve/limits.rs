//! Every limit of the service, by name. Tests hand in smaller ones.

use std::time::Duration;

use super::rate::Rate;

/// What the service bears at most.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Connections at once; who comes then waits to be accepted.
    pub connections_max: usize,
    /// How long the head of a request may take to arrive.
    pub head_time_max: Duration,
    /// How long a body may take in all: a stand on a poor link sends chunks that take about ten seconds.
    pub body_time_max: Duration,
    /// How long a body may stand still.
    pub body_pause_max: Duration,
    /// Pushes that are read or stored at once. Each may be as large as [`wire::push::PUSH_BYTES_MAX`] in memory.
    pub pushes_max: usize,
    /// Pieces of files that are read or written at once, apart from pushes: records go before files. Each may be as
    /// large as [`wire::upload::PIECE_BYTES_MAX`] in memory.
    pub uploads_max: usize,
    /// What a stand is told to wait when that is reached.
    pub busy_retry_after_s: u64,
    /// How long running requests may take to end when the service is told to.
    pub grace: Duration,
    /// Receipts looked at and checked, per address.
    pub receipts_per_address: Rate,
    /// Numbers with codes, and enrolments, per address: each is a guess that could be wrong.
    pub guesses_per_address: Rate,
    /// The same over all addresses: at this rate a 40-bit code is found after centuries.
    pub guesses_in_all: Rate,
    /// How long a stand that asks for a certificate waits for what is being opened.
    pub closing_wait: Duration,
    /// Addresses that are remembered at once; more share what is left over.
    pub addresses_max: usize,
}

/// Largest form of a public page, in bytes.
pub const FORM_BYTES_MAX: usize = 4 * 1_024;
/// Largest enrolment request, in bytes.
pub const ENROL_BYTES_MAX: usize = 4 * 1_024;

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections_max: 1_024,
            head_time_max: Duration::from_secs(15),
            body_time_max: Duration::from_mins(2),
            body_pause_max: Duration::from_secs(30),
            pushes_max: 128,
            uploads_max: 64,
            busy_retry_after_s: 5,
            grace: Duration::from_secs(10),
            receipts_per_address: Rate { burst: 60, per_minute: 60 },
            guesses_per_address: Rate { burst: 30, per_minute: 12 },
            guesses_in_all: Rate { burst: 600, per_minute: 1_800 },
            closing_wait: Duration::from_secs(10),
            addresses_max: 65_536,
        }
    }
}
