//! The central office as a stand reaches it: an address, whom to trust there, and how long to wait.
//!
//! No redirect is followed: the office never redirects, so a redirect is the local network's sign-in page. Plain
//! HTTP is spoken to this machine only. What the office says is signed besides, so that TLS hides who syncs and
//! how much, and no more rests on it.

use std::net::IpAddr;
use std::time::Duration;

use reqwest::Url;
use wire::KeyId;

use super::exchange::Exchange;
use super::tls::{self, Judge};
use crate::Fault;

/// How long a stand waits before it calls a link dead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For a connection: several round trips of a second each.
    pub connect: Duration,
    /// For the first byte of an answer after a request is begun, and between any two pieces of it. A chunk has to
    /// be up within it; one that is not was too large for the link, and the next is smaller.
    pub quiet: Duration,
    /// For a whole answer other than a published part: against a trickle that never ends.
    pub whole: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(20),
            quiet: Duration::from_mins(1),
            whole: Duration::from_mins(3),
        }
    }
}

/// The slowest rate at which a published part is worth waiting for, in bytes a second.
const PART_BYTES_PER_S_MIN: u64 = 500;

impl Patience {
    /// For a published part of that length.
    pub(super) fn for_bytes(&self, len: u64) -> Duration {
        self.whole.saturating_add(Duration::from_secs(len.div_euclid(PART_BYTES_PER_S_MIN)))
    }
}

/// The central office, as this stand reaches it.
#[derive(Debug, Clone)]
pub struct Office {
    base: Url,
    pub(super) client: reqwest::Client,
    pub(super) patience: Patience,
}

/// Why no connection can even be tried.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// Not an address.
    #[error("not an address: {0}")]
    Address(String),
    /// Plain HTTP to another machine: everybody on the way would see who syncs.
    #[error("only https reaches other machines")]
    PlainHttp,
    /// The extra root certificate doesn't read.
    #[error("the extra root certificate can't be read: {0}")]
    RootCertificate(String),
    /// TLS can't be set up.
    #[error("tls can't be set up: {0}")]
    Tls(String),
}

impl Office {
    /// The office at an address, trusting the system's roots and one more (PEM).
    pub fn at(address: &str, extra_root: Option<&[u8]>) -> Result<Self, ConnectError> {
        Self::reach(address, &Judge::MachineClock { extra_root }, Patience::default())
    }

    /// The same office while this machine's clock is known to be wrong: certificates are judged by the office's
    /// signed time (seconds since 1970, UTC), which staff confirmed, and by what has passed since.
    pub fn at_office_time(
        address: &str,
        extra_root: Option<&[u8]>,
        office_unix_s: u64,
    ) -> Result<Self, ConnectError> {
        Self::reach(address, &Judge::OfficeTime { extra_root, office_unix_s }, Patience::default())
    }

    /// The office at an address, judged by `judge` and waited for with `patience`.
    pub(super) fn reach(address: &str, judge: &Judge<'_>, patience: Patience) -> Result<Self, ConnectError> {
        let base = Url::parse(address.trim()).map_err(|_| ConnectError::Address(address.to_owned()))?;
        match base.scheme() {
            "https" => {}
            "http" if is_loopback(&base) => {}
            "http" => return Err(ConnectError::PlainHttp),
            _ => return Err(ConnectError::Address(address.to_owned())),
        }
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls::config(judge)?)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .no_proxy()
            .http1_only()
            .connect_timeout(patience.connect)
            .read_timeout(patience.quiet)
            .build()
            .map_err(|error| ConnectError::Tls(error.to_string()))?;
        Ok(Self { base, client, patience })
    }

    /// The same office, waited for differently.
    pub fn patient(
        address: &str,
        extra_root: Option<&[u8]>,
        patience: Patience,
    ) -> Result<Self, ConnectError> {
        Self::reach(address, &Judge::MachineClock { extra_root }, patience)
    }

    pub(super) fn url(&self, path: &str) -> Url {
        let mut url = self.base.clone();
        let joined = format!("{}/{path}", self.base.path().trim_end_matches('/'));
        url.set_path(&joined);
        url
    }

    /// Asks to be enrolled. The office's refusal comes with its code.
    pub async fn enrol(&self, request: Vec<u8>) -> Result<OfficeAnswer, Fault> {
        let mut exchange = Exchange::new(self, KeyId([0; KeyId::LEN]));
        match exchange.post("v1/enrol", request).await {
            Ok(bytes) => Ok(OfficeAnswer::Given(bytes)),
            Err(Fault::Refused { code, .. }) => Ok(OfficeAnswer::Refused(code)),
            Err(fault) => Err(fault),
        }
    }
}

/// What the office said to an enrolment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OfficeAnswer {
    /// The signed answer.
    Given(Vec<u8>),
    /// Its code for why not.
    Refused(String),
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_reaches_this_machine_only() {
        let check = |address: &str, expected: &str| {
            let found = match Office::at(address, None) {
                Ok(_) => "yes",
                Err(ConnectError::PlainHttp) => "plain http",
                Err(ConnectError::Address(_)) => "no address",
                Err(_) => "something else",
            };
            assert_eq!(found, expected, "{address}");
        };
        check("https://oirs.example.cl", "yes");
        check(" https://oirs.example.cl/oficina/ ", "yes");
        check("http://127.0.0.1:8080", "yes");
        check("http://127.9.9.9", "yes");
        check("http://[::1]:8080", "yes");
        check("http://localhost:8080", "yes");
        check("http://oirs.example.cl", "plain http");
        check("http://localhost.example.cl", "plain http");
        check("http://10.0.0.1", "plain http");
        check("ftp://oirs.example.cl", "no address");
        check("oirs.example.cl", "no address");
        check("", "no address");
    }

    #[test]
    fn paths_join_once() {
        for (address, expected) in [
            ("https://oirs.example.cl", "https://oirs.example.cl/v1/push"),
            ("https://oirs.example.cl/", "https://oirs.example.cl/v1/push"),
            ("https://example.cl/oirs/", "https://example.cl/oirs/v1/push"),
        ] {
            assert_eq!(Office::at(address, None).unwrap().url("v1/push").as_str(), expected);
        }
    }
}
