//! How often something may be asked: token buckets, per address and in all.
//!
//! The number of addresses that are remembered is bounded, so that nobody can fill the memory by coming from many;
//! when it is reached, buckets that are full again are forgotten, and if none is, newcomers share one bucket.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

/// How often: so many at once, and so many a minute after that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// At once.
    pub burst: u32,
    /// A minute, after that.
    pub per_minute: u32,
}

/// Sixtieths of a token, so that whole seconds refill exactly.
const PART: u64 = 60;

#[derive(Debug, Clone, Copy)]
struct Bucket {
    parts: u64,
    at_unix_s: u64,
}

impl Bucket {
    fn full(rate: Rate, now_unix_s: u64) -> Self {
        Self { parts: u64::from(rate.burst).saturating_mul(PART), at_unix_s: now_unix_s }
    }

    fn refilled(self, rate: Rate, now_unix_s: u64) -> Self {
        let since_s = now_unix_s.saturating_sub(self.at_unix_s);
        let full = Self::full(rate, now_unix_s);
        let parts = self.parts.saturating_add(since_s.saturating_mul(rate.per_minute.into())).min(full.parts);
        Self { parts, ..full }
    }

    /// Takes a token; otherwise says after how many seconds there is one.
    fn take(&mut self, rate: Rate, now_unix_s: u64) -> Result<(), u64> {
        *self = self.refilled(rate, now_unix_s);
        match self.parts.checked_sub(PART) {
            Some(rest) => {
                self.parts = rest;
                Ok(())
            }
            None => Err(PART.saturating_sub(self.parts).div_ceil(u64::from(rate.per_minute.max(1)))),
        }
    }
}

/// A rate for each address.
#[derive(Debug)]
pub(super) struct PerAddress {
    rate: Rate,
    addresses_max: usize,
    buckets: Mutex<BTreeMap<IpAddr, Bucket>>,
}

/// Where everyone goes for whom there is no room.
const SHARED: IpAddr = IpAddr::V6(Ipv6Addr::UNSPECIFIED);

impl PerAddress {
    /// A rate for each of at most so many addresses.
    pub(super) fn new(rate: Rate, addresses_max: usize) -> Self {
        Self { rate, addresses_max, buckets: Mutex::default() }
    }

    /// Whether this address may ask now; otherwise after how many seconds it may.
    pub(super) fn ask(&self, address: IpAddr, now_unix_s: u64) -> Result<(), u64> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let mut address = neighbourhood(address);
        if !buckets.contains_key(&address) && buckets.len() >= self.addresses_max {
            let full = Bucket::full(self.rate, now_unix_s).parts;
            buckets.retain(|_, bucket| bucket.refilled(self.rate, now_unix_s).parts < full);
            if buckets.len() >= self.addresses_max {
                address = SHARED;
            }
        }
        buckets
            .entry(address)
            .or_insert_with(|| Bucket::full(self.rate, now_unix_s))
            .take(self.rate, now_unix_s)
    }
}

/// A rate over everyone.
#[derive(Debug)]
pub(super) struct InAll {
    rate: Rate,
    bucket: Mutex<Option<Bucket>>,
}

impl InAll {
    /// A rate over everyone.
    pub(super) fn new(rate: Rate) -> Self {
        Self { rate, bucket: Mutex::new(None) }
    }

    /// Whether anyone may ask now; otherwise after how many seconds.
    pub(super) fn ask(&self, now_unix_s: u64) -> Result<(), u64> {
        let mut bucket = self.bucket.lock().unwrap_or_else(PoisonError::into_inner);
        bucket.get_or_insert_with(|| Bucket::full(self.rate, now_unix_s)).take(self.rate, now_unix_s)
    }
}

/// One household has one IPv4 address, and 2^64 IPv6 ones.
fn neighbourhood(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64))),
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate { burst: 3, per_minute: 6 };

    fn address(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    #[test]
    fn below_at_and_above_the_burst_and_after_the_refill() {
        let limit = PerAddress::new(RATE, 10);
        let asked = [
            (0, Ok(())),
            (0, Ok(())),
            (0, Ok(())),
            (0, Err(10)),
            (4, Err(6)),
            (9, Err(1)),
            (10, Ok(())),
            (10, Err(10)),
        ];
        for (now, expected) in asked {
            assert_eq!(limit.ask(address(1), now), expected, "at {now}");
        }
        assert_eq!(limit.ask(address(2), 10), Ok(()), "another address is another matter");
        let hours_later: Vec<_> = (0..4).map(|_| limit.ask(address(1), 10_000).is_ok()).collect();
        assert_eq!(hours_later, [true, true, true, false], "no more than the burst is saved up");
    }

    #[test]
    fn addresses_are_bounded_and_newcomers_share() {
        let limit = PerAddress::new(RATE, 2);
        for last in [1, 2] {
            assert_eq!(limit.ask(address(last), 0), Ok(()));
        }
        let strangers: Vec<_> = (3..=6).map(|last| limit.ask(address(last), 0).is_ok()).collect();
        assert_eq!(strangers, [true, true, true, false]);
        assert_eq!(limit.ask(address(1), 0), Ok(()), "who was here keeps their own");
        assert_eq!(limit.ask(address(7), 1_000), Ok(()), "full buckets are forgotten");
        assert!(limit.buckets.lock().unwrap().len() <= 3);
    }

    #[test]
    fn a_household_is_one() {
        let limit = PerAddress::new(Rate { burst: 1, per_minute: 1 }, 10);
        assert!(limit.ask("2001:db8::1".parse().unwrap(), 0).is_ok());
        assert!(limit.ask("2001:db8::ffff:2".parse().unwrap(), 0).is_err());
        assert!(limit.ask("2001:db8:0:1::1".parse().unwrap(), 0).is_ok());
        assert!(limit.ask("192.0.2.1".parse().unwrap(), 0).is_ok());
        assert!(limit.ask("::ffff:192.0.2.1".parse().unwrap(), 0).is_err());
    }

    #[test]
    fn a_clock_that_goes_back_gives_nothing_and_takes_nothing() {
        let all = InAll::new(RATE);
        for _ in 0..3 {
            assert!(all.ask(100).is_ok());
        }
        assert!(all.ask(50).is_err());
        assert!(all.ask(60).is_ok());
    }
}
