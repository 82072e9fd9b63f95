//! Accepting connections: bounded in number, with a bounded time for each request's head, ended gracefully.
//!
//! Written over hyper and not over axum's own loop, which has no bound for slow heads nor for connections.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Extension;
use axum::extract::connect_info::ConnectInfo;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{Peer, Service, Tls, routes};
use crate::error::CentralError;

/// A service that has an address and accepts as soon as it is run.
pub struct Listening {
    listener: TcpListener,
    address: SocketAddr,
    service: Arc<Service>,
    tls: Option<Tls>,
}

/// Takes an address; port 0 lets the system choose. Without TLS it speaks plain HTTP, for a proxy in front.
pub async fn listen(
    address: &str,
    service: Arc<Service>,
    tls: Option<Tls>,
) -> Result<Listening, CentralError> {
    let failed = |source| CentralError::Listen { address: address.to_owned(), source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok(Listening { listener, address, service, tls })
}

impl Listening {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until `stop` ends; then takes no more connections and lets running requests finish.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let limits = self.service.limits.clone();
        let room = Arc::new(Semaphore::new(limits.connections_max));
        let app = routes(Arc::clone(&self.service));
        let graceful = GracefulShutdown::new();
        let mut stop = std::pin::pin!(stop);
        loop {
            let accepted = async {
                let place = Arc::clone(&room).acquire_owned().await;
                (self.listener.accept().await, place)
            };
            let (accepted, place) = tokio::select! {
                () = &mut stop => break,
                accepted = accepted => accepted,
            };
            match (accepted, place) {
                (Ok((stream, peer)), Ok(place)) => {
                    let app = app.clone().layer(Extension(ConnectInfo(Peer(peer))));
                    let connection = Connection { app, head_time_max: limits.head_time_max, _place: place };
                    tokio::spawn(connection.meet(stream, self.tls.clone(), graceful.watcher()));
                }
                // Out of descriptors, or the peer is gone already: the next one may fare better.
                (Err(error), _) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::task::yield_now().await;
                }
                (_, Err(_)) => break,
            }
        }
        drop(self.listener);
        if tokio::time::timeout(limits.grace, graceful.shutdown()).await.is_err() {
            tracing::warn!("some requests were still running and are cut off");
        }
    }
}

/// One neighbour, from the first byte to the last.
struct Connection {
    app: Router,
    head_time_max: Duration,
    _place: OwnedSemaphorePermit,
}

impl Connection {
    async fn meet(self, stream: TcpStream, tls: Option<Tls>, watcher: Watcher) {
        // Answers are small: waiting to fill a packet would only delay them.
        let _ = stream.set_nodelay(true);
        let Some(tls) = tls else { return self.serve(stream, watcher).await };
        match tokio::time::timeout(self.head_time_max, tls.0.accept(stream)).await {
            Ok(Ok(stream)) => self.serve(stream, watcher).await,
            Ok(Err(error)) => tracing::debug!(%error, "a connection did not agree on TLS"),
            Err(_) => tracing::debug!("a connection took too long to agree on TLS"),
        }
    }

    async fn serve(self, stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, watcher: Watcher) {
        let connection = hyper::server::conn::http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.head_time_max)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(self.app));
        if let Err(error) = watcher.watch(connection).await {
            tracing::debug!(%error, "a connection ended early");
        }
    }
}
