//! Who the office is: what every part of the program needs to know and nobody needs to hide.

use serde::{Deserialize, Serialize};
use wire::OfficeId;
use wire::receipt::check_host;

use crate::error::CentralError;
use crate::folder::{self, Folder};

/// The address that `init` uses when none is given. The name can't exist (RFC 2606), and `doctor` says so.
pub const PLACEHOLDER_URL: &str = "https://oirs.example.invalid";

/// Where the office is reached: `https` and a host that fits on a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PublicUrl(String);

impl PublicUrl {
    /// Reads an address. Plain `http` passes for the machine itself only; a path has no room on a receipt.
    pub fn parse(text: &str) -> Result<Self, CentralError> {
        let wrong = |why| CentralError::PublicUrl { address: text.to_owned(), why };
        let address = text.trim().trim_end_matches('/').to_ascii_lowercase();
        let (scheme, host) = address.split_once("://").ok_or(wrong("it must begin with https://"))?;
        let (name, port) = host.rsplit_once(':').unwrap_or((host, "443"));
        match scheme {
            "https" => {}
            "http" if name == "localhost" || name.starts_with("127.") => {}
            _ => return Err(wrong("it must begin with https://")),
        }
        if host.contains(['/', '?', '#', '@']) {
            return Err(wrong("it must be a host alone, without a path"));
        }
        if name.is_empty() || port.parse::<u16>().is_err() {
            return Err(wrong("it has no host, or a port that is no number"));
        }
        check_host(host)
            .map_err(|_| wrong("a receipt has room for a host of 27 letters, digits, dots and hyphens"))?;
        Ok(Self(address))
    }

    /// The address, without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host that receipts carry, with its port where it has one.
    pub fn host(&self) -> &str {
        self.0.split_once("://").map_or(self.0.as_str(), |(_, host)| host)
    }

    /// Whether nobody can reach it because nobody has chosen it yet.
    pub fn is_placeholder(&self) -> bool {
        self.0 == PLACEHOLDER_URL
    }
}

impl TryFrom<String> for PublicUrl {
    type Error = CentralError;

    fn try_from(text: String) -> Result<Self, CentralError> {
        Self::parse(&text)
    }
}

impl From<PublicUrl> for String {
    fn from(url: PublicUrl) -> Self {
        url.0
    }
}

/// The office, as `office.json` says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// Sixteen random bytes, in hexadecimal.
    #[serde(with = "hex_id")]
    pub id: OfficeId,
    /// What a citizen reads as its name.
    pub name: String,
    /// Where it is reached.
    pub public_url: PublicUrl,
    /// The telephone line to ask at, as it is dictated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_line: Option<String>,
    /// When it was made, in seconds since 1970 (UTC).
    pub made_unix_s: u64,
}

impl Office {
    /// Reads the office of a folder.
    pub fn load(folder: &Folder) -> Result<Self, CentralError> {
        let path = folder.office_file();
        match folder::read(&path)? {
            Some(json) => serde_json::from_slice(&json)
                .map_err(|error| CentralError::Damaged { path, why: error.to_string() }),
            None if folder.data_file().exists() => Err(CentralError::OfficeMissing(folder.path().to_owned())),
            None => Err(CentralError::NotInitialised(folder.path().to_owned())),
        }
    }

    pub(crate) fn save(&self, folder: &Folder) -> Result<(), CentralError> {
        let path = folder.office_file();
        let damaged =
            |error: serde_json::Error| CentralError::Damaged { path: path.clone(), why: error.to_string() };
        let json = serde_json::to_string_pretty(self).map_err(damaged)?;
        folder::write_private(&path, format!("{json}\n").as_bytes())
    }
}

mod hex_id {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};
    use wire::OfficeId;

    pub(super) fn serialize<S: Serializer>(id: &OfficeId, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(id)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<OfficeId, D::Error> {
        OfficeId::from_hex(&String::deserialize(from)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_fit_on_a_receipt() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(PublicUrl::parse(text).ok().map(String::from).as_deref(), expected, "{text}");
        };
        check("https://oirs.msgg.gob.cl", Some("https://oirs.msgg.gob.cl"));
        check(" HTTPS://OIRS.MSGG.GOB.CL/ ", Some("https://oirs.msgg.gob.cl"));
        check("https://oirs.example.cl:8443", Some("https://oirs.example.cl:8443"));
        check("http://127.0.0.1:8080", Some("http://127.0.0.1:8080"));
        check("http://localhost:1", Some("http://localhost:1"));
        check(PLACEHOLDER_URL, Some(PLACEHOLDER_URL));
        for wrong in [
            "http://oirs.msgg.gob.cl",
            "ftp://oirs.msgg.gob.cl",
            "oirs.msgg.gob.cl",
            "https://",
            "https://:443",
            "https://oirs.example.cl/atencion",
            "https://yo@oirs.example.cl",
            "https://oirs.example.cl:puerto",
            "https://señalética.cl",
            "https://a-host-of-twenty-eight-ch.cl",
        ] {
            check(wrong, None);
        }
        let at_limit = format!("https://{}", "a".repeat(27));
        assert!(PublicUrl::parse(&at_limit).is_ok());
        assert!(PublicUrl::parse(&format!("{at_limit}a")).is_err());
        assert_eq!(PublicUrl::parse("https://oirs.example.cl:8443").unwrap().host(), "oirs.example.cl:8443");
    }
}
