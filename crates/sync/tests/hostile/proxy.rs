//! A proxy in user space that sees every byte, and does to each connection what it is told.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What becomes of one connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    Pass,
    /// Closed on both sides once that many bytes went up.
    CutUp(u64),
    /// Closed on both sides once that many bytes came down.
    CutDown(u64),
    /// Taken, and never anything more.
    Hold,
    /// Everything that went up goes up once more over another connection, and that answer is dropped.
    Repeat,
}

pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    pub(crate) up: Arc<AtomicU64>,
    pub(crate) down: Arc<AtomicU64>,
    pub(crate) connections: Arc<AtomicUsize>,
}

impl Proxy {
    /// Deals with the first connections as told, one after the other, and passes the rest.
    pub(crate) async fn start(target: SocketAddr, fates: &[Fate]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let proxy = Self {
            address: listener.local_addr().unwrap(),
            up: Arc::default(),
            down: Arc::default(),
            connections: Arc::default(),
        };
        let (up, down, connections) = (proxy.up.clone(), proxy.down.clone(), proxy.connections.clone());
        let fates = fates.to_vec();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let number = connections.fetch_add(1, Ordering::SeqCst);
                let fate = fates.get(number).copied().unwrap_or(Fate::Pass);
                tokio::spawn(connection(stream, target, fate, up.clone(), down.clone()));
            }
        });
        proxy
    }
}

async fn connection(
    stand: TcpStream,
    target: SocketAddr,
    fate: Fate,
    up: Arc<AtomicU64>,
    down: Arc<AtomicU64>,
) {
    if fate == Fate::Hold {
        let _open = stand;
        return std::future::pending().await;
    }
    let Ok(office) = TcpStream::connect(target).await else { return };
    let (from_stand, to_stand) = stand.into_split();
    let (from_office, to_office) = office.into_split();
    let (cut_up, cut_down) = match fate {
        Fate::CutUp(bytes) => (Some(bytes), None),
        Fate::CutDown(bytes) => (None, Some(bytes)),
        _ => (None, None),
    };
    let said = Mutex::new(Vec::new());
    // Whichever direction ends first ends the connection: both halves are dropped.
    tokio::select! {
        () = pump(from_stand, to_office, cut_up, &up, Some(&said)) => {}
        () = pump(from_office, to_stand, cut_down, &down, None) => {}
    }
    if fate == Fate::Repeat {
        let bytes = said.into_inner().unwrap();
        let Ok(mut again) = TcpStream::connect(target).await else { return };
        if again.write_all(&bytes).await.is_ok() && again.shutdown().await.is_ok() {
            let mut dropped = Vec::new();
            let _ = again.read_to_end(&mut dropped).await;
        }
    }
}

async fn pump(
    mut from: impl tokio::io::AsyncRead + Unpin,
    mut to: impl tokio::io::AsyncWrite + Unpin,
    cut: Option<u64>,
    count: &AtomicU64,
    keep: Option<&Mutex<Vec<u8>>>,
) {
    let mut left = cut.unwrap_or(u64::MAX);
    let mut buffer = vec![0; 16_384];
    while left > 0 {
        let Ok(read) = from.read(&mut buffer).await else { return };
        if read == 0 {
            return;
        }
        let passed = usize::try_from(left.min(read as u64)).unwrap();
        if to.write_all(&buffer[..passed]).await.is_err() {
            return;
        }
        count.fetch_add(passed as u64, Ordering::SeqCst);
        left -= passed as u64;
        if let Some(keep) = keep {
            keep.lock().unwrap().extend_from_slice(&buffer[..passed]);
        }
    }
    let _ = to.flush().await;
}
