//! What rests in a stand's pool, as its mirror holds it: a push inside a seal, and random bytes up to a fixed size.

use minicbor::{Decode, Encode};

/// A sheet of a pool's copy.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct RestingCopy {
    /// A push, signed by the stand that also pushed this entry, of a ledger of its own; none where nothing rested.
    #[cbor(n(60), with = "minicbor::bytes")]
    pub push: Option<Vec<u8>>,
    /// Random bytes: they keep a sheet's size from telling how much rests.
    #[cbor(n(61), with = "minicbor::bytes")]
    pub filler: Vec<u8>,
}
