//! The service: routes of stands and of citizens, and the one who opens what arrives.
//!
//! TLS belongs to a proxy in front, which an office mostly runs anyway; where there is none, it is spoken here.

mod answer;
mod body;
mod citizens;
mod connection;
mod files;
mod limits;
mod open_loop;
mod rate;
mod service;
mod stands;
mod tls;
mod turns;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::http::HeaderMap;
use axum::routing::{get, post};

pub use connection::{Listening, listen};
pub use limits::{ENROL_BYTES_MAX, FORM_BYTES_MAX, Limits};
pub use open_loop::open_what_arrives;
pub use rate::Rate;
pub use service::Service;
pub use tls::Tls;

/// Who is at the other end of a connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// All routes.
pub(crate) fn routes(service: Arc<Service>) -> Router {
    Router::new()
        .route("/v1/push", post(stands::push))
        .route("/v1/manifest/{kid}", get(stands::manifest))
        .route("/v1/part/{hash}", get(stands::part))
        .route("/v1/package/{hash}/{from}", get(stands::package))
        .route("/v1/file/{hash}", get(files::ask).patch(files::append))
        .route("/v1/enrol", post(stands::enrol))
        .route("/v1/keys", get(stands::keys))
        .route("/v1/time/{nonce}", get(stands::time))
        .route("/v1/closing/{device}/{epoch}/{closed}/{hash}", get(stands::closing))
        .route("/healthz", get(stands::health))
        .route("/", get(citizens::start))
        .route("/R/{code}", get(citizens::receipt))
        .route("/r/{code}", get(citizens::receipt))
        .route("/estado", get(citizens::to_start).post(citizens::state))
        .route("/verificar", get(citizens::verification).post(citizens::verified))
        .fallback(citizens::missing)
        .with_state(service)
}

impl Service {
    fn asker(&self, peer: &Peer, headers: &HeaderMap) -> IpAddr {
        asker(self.behind_proxy, peer, headers)
    }

    /// Counts a look at a receipt.
    fn look(&self, peer: &Peer, headers: &HeaderMap) -> Result<(), u64> {
        self.receipts.ask(self.asker(peer, headers), self.clock.now_unix_s())
    }

    /// Counts something that could be a guess: for its address first, so that one address can't use up everyone's.
    fn guess(&self, peer: &Peer, headers: &HeaderMap, now_unix_s: u64) -> Result<(), u64> {
        self.guesses.ask(self.asker(peer, headers), now_unix_s)?;
        self.guesses_in_all.ask(now_unix_s)
    }
}

/// The address that a limit counts: the peer's, or what the proxy in front says last. Whatever stands before that
/// came from the asker and could say anything.
fn asker(behind_proxy: bool, peer: &Peer, headers: &HeaderMap) -> IpAddr {
    let forwarded = headers.get_all("x-forwarded-for").iter().next_back();
    let last = forwarded.and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    last.filter(|_| behind_proxy).unwrap_or_else(|| peer.0.ip())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_proxy_s_own_word_counts() {
        let peer = Peer("192.0.2.1:5000".parse().unwrap());
        let check = |behind_proxy, said: &[&str], expected: &str| {
            let mut headers = HeaderMap::new();
            for value in said {
                headers.append("x-forwarded-for", value.parse().unwrap());
            }
            assert_eq!(asker(behind_proxy, &peer, &headers), expected.parse::<IpAddr>().unwrap(), "{said:?}");
        };
        check(false, &["198.51.100.7"], "192.0.2.1");
        check(true, &[], "192.0.2.1");
        check(true, &["198.51.100.7"], "198.51.100.7");
        check(true, &["10.0.0.1, 198.51.100.7"], "198.51.100.7");
        check(true, &["10.0.0.1", "198.51.100.7"], "198.51.100.7");
        check(true, &["2001:db8::1"], "2001:db8::1");
        check(true, &["alguien"], "192.0.2.1");
    }
}
