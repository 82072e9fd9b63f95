//! A client of a few lines, so that a test can say exactly which bytes go out, and count those that come back.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// An answer as it came.
#[derive(Debug, Clone)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
    /// Everything that came down.
    pub(crate) bytes: usize,
}

impl Response {
    pub(crate) fn parse(raw: &[u8]) -> Self {
        let end = raw.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let head = std::str::from_utf8(&raw[..end]).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines
            .map(|line| line.split_once(": ").unwrap())
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        Self { status, headers, body: raw[end + 4..].to_vec(), bytes: raw.len() }
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// The `code` of a refusal.
    pub(crate) fn code(&self) -> String {
        let problem: serde_json::Value = serde_json::from_slice(&self.body).unwrap();
        assert!(problem["reason"].as_str().is_some_and(|reason| !reason.is_empty()));
        problem["code"].as_str().unwrap().to_owned()
    }
}

/// Sends raw bytes and reads until the server closes.
pub(crate) async fn exchange(address: SocketAddr, request: &[u8]) -> Response {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut raw = Vec::new();
    stream.read_to_end(&mut raw).await.unwrap();
    Response::parse(&raw)
}

pub(crate) async fn get(address: SocketAddr, path: &str) -> Response {
    get_with(address, path, "").await
}

/// `headers` are whole lines.
pub(crate) async fn get_with(address: SocketAddr, path: &str, headers: &str) -> Response {
    let request = format!("GET {path} HTTP/1.1\r\nhost: o\r\nconnection: close\r\n{headers}\r\n");
    exchange(address, request.as_bytes()).await
}

pub(crate) async fn post(address: SocketAddr, path: &str, kind: &str, body: &[u8]) -> Response {
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: o\r\nconnection: close\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    exchange(address, &[head.as_bytes(), body].concat()).await
}

pub(crate) async fn post_cbor(address: SocketAddr, path: &str, body: &[u8]) -> Response {
    post(address, path, "application/cbor", body).await
}

pub(crate) async fn post_form(address: SocketAddr, path: &str, fields: &[(&str, &str)]) -> Response {
    let encode = |text: &str| {
        text.bytes()
            .map(|byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            })
            .collect::<String>()
    };
    let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    post(address, path, "application/x-www-form-urlencoded", pairs.join("&").as_bytes()).await
}
