//! Identifiers on the wire: fixed-length byte strings, each with a type of its own so that none stands in for
//! another.

use minicbor::{Decode, Encode};

/// The text was not hexadecimal of the right length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected} hexadecimal digits")]
pub struct HexError {
    /// How many digits the identifier has.
    pub expected: usize,
}

macro_rules! bytes_id {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
        #[cbor(transparent)]
        pub struct $name(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; $len]);

        impl $name {
            /// Length in bytes.
            pub const LEN: usize = $len;

            /// Reads the lower- or upper-case hexadecimal form.
            pub fn from_hex(text: &str) -> Result<Self, HexError> {
                let error = HexError { expected: $len * 2 };
                let bytes = data_encoding::HEXLOWER_PERMISSIVE.decode(text.as_bytes()).map_err(|_| error)?;
                bytes.try_into().map(Self).map_err(|_| error)
            }

            /// Takes exactly the identifier's length from a slice.
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                bytes.try_into().ok().map(Self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl AsRef<[u8]> for $name {
            fn as_ref(&self) -> &[u8] {
                &self.0
            }
        }
    };
}

bytes_id! {
    /// One central office, drawn at its `init`.
    OfficeId, 16
}
bytes_id! {
    /// One enrolled stand, drawn by the central office when its code is made.
    DeviceId, 16
}
bytes_id! {
    /// One ledger of one stand: 64 random bits drawn when the ledger is created, so that two clones of a machine
    /// that start anew cannot share one.
    Epoch, 8
}
bytes_id! {
    /// One outing among all stands that share it, drawn by the stand that opened it first.
    OutingToken, 16
}
bytes_id! {
    /// The short name of a public key: the first 8 bytes of a tagged SHA-256 of it. A hint for finding the key,
    /// never a proof of anything.
    KeyId, 8
}
bytes_id! {
    /// A SHA-256 digest (FIPS 180-4).
    Hash, 32
}

impl KeyId {
    /// The id of an Ed25519 or X25519 public key.
    pub fn of(public_key: &[u8; 32]) -> Self {
        Self(crate::first_bytes(&crate::sha256(&[b"oirs/kid/1", public_key])))
    }
}

impl Hash {
    /// The digest of one byte string.
    pub fn of(bytes: &[u8]) -> Self {
        Self(crate::sha256(&[bytes]))
    }

    /// The first 16 bytes: what a receipt carries of a sealed body.
    pub fn short(&self) -> [u8; 16] {
        crate::first_bytes(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_round_trip_and_refusals() {
        let epoch = Epoch([0, 1, 2, 3, 0xfc, 0xfd, 0xfe, 0xff]);
        assert_eq!(epoch.to_string(), "00010203fcfdfeff");
        for (text, expected) in [
            ("00010203fcfdfeff", Ok(epoch)),
            ("00010203FCFDFEFF", Ok(epoch)),
            ("00010203fcfdfe", Err(HexError { expected: 16 })),
            ("00010203fcfdfeff00", Err(HexError { expected: 16 })),
            ("no es hexadecima", Err(HexError { expected: 16 })),
        ] {
            assert_eq!(Epoch::from_hex(text), expected, "{text}");
        }
    }
}
