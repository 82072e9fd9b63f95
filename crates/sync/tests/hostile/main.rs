//! The driver against everything that lies between a stand and its office, each through real sockets on this
//! machine: a real server, a real proxy that cuts and repeats, real certificates. Nothing here waits for time to
//! pass but the driver's own patience, which is set to fractions of a second.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod answers;
mod certificates;
mod cuts;
mod memory;
mod office;
mod proxy;
mod traffic;

use std::time::Duration;

use sync::driver::{Cancelled, Exchange, Office, Patience, Report, cancel, sync_within};
use sync::{Limits, Log as _};

use memory::Memory;

/// Impatient, so that a dead link is called dead at once.
pub(crate) const PATIENCE: Patience = Patience {
    connect: Duration::from_secs(5),
    quiet: Duration::from_millis(300),
    whole: Duration::from_secs(5),
};

/// Small chunks and no delays worth the name.
pub(crate) fn limits() -> Limits {
    Limits {
        chunk_bytes_first: 4_096,
        chunk_bytes_min: 1_024,
        chunk_bytes_max: 8_192,
        delay_ms_first: 1,
        delay_ms_max: 2,
        tries_max: 4,
        ..Limits::default()
    }
}

pub(crate) async fn sync(memory: &mut Memory, office: &Office) -> Report {
    let (_keep, cancelled) = cancel();
    sync_until(memory, office, cancelled).await
}

pub(crate) async fn sync_until(memory: &mut Memory, office: &Office, cancelled: Cancelled) -> Report {
    let kid = memory.snapshot().unwrap().identity.kid;
    let mut exchange = Exchange::new(office, kid);
    sync_within(limits(), memory, &mut exchange, 1, cancelled, |_| {}).await.unwrap()
}

/// The office at a plain address on this machine.
pub(crate) fn at(address: std::net::SocketAddr) -> Office {
    Office::patient(&format!("http://{address}"), None, PATIENCE).unwrap()
}
