//! Certificates that do not hold, each for its own reason, and a stand whose clock is wrong.

use std::net::SocketAddr;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use sync::driver::{Office, OfficeTimeError, office_time};
use sync::{Fault, Outcome};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use crate::memory::{Memory, OFFICE};
use crate::office::{self, TIME_UNIX_S, checkpoint_key};
use crate::sync;

type Authority = CertifiedIssuer<'static, KeyPair>;

fn authority() -> Authority {
    let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.not_before = date_time_ymd(2000, 1, 1);
    params.not_after = date_time_ymd(2100, 1, 1);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// The office behind TLS, with a certificate for a name and for these years.
async fn behind_tls(office: SocketAddr, authority: &Authority, name: &str, years: (i32, i32)) -> SocketAddr {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    params.not_before = date_time_ymd(years.0, 1, 1);
    params.not_after = date_time_ymd(years.1, 1, 1);
    let certificate = params.signed_by(&key, authority).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
        )
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(mut stand) = acceptor.accept(stream).await else { return };
                let Ok(mut office) = TcpStream::connect(office).await else { return };
                let _ = tokio::io::copy_bidirectional(&mut stand, &mut office).await;
            });
        }
    });
    address
}

/// How a sync ends when the office shows such a certificate.
async fn outcome(name: &str, years: (i32, i32), trusted: bool) -> Outcome {
    let (desk, authority) = (office::Office::start().await, authority());
    let address = behind_tls(desk.address, &authority, name, years).await;
    let root = authority.pem();
    let root = trusted.then_some(root.as_bytes());
    let office =
        Office::patient(&format!("https://localhost:{}", address.port()), root, crate::PATIENCE).unwrap();
    let mut stand = Memory::with(3);
    let report = sync(&mut stand, &office).await;
    assert_eq!(stand.acknowledged + report.totals.held, 3);
    assert_eq!(desk.count(), stand.acknowledged);
    report.outcome
}

#[tokio::test]
async fn a_certificate_that_holds() {
    assert_eq!(outcome("localhost", (2001, 2099), true).await, Outcome::Done);
}

#[tokio::test]
async fn a_clock_that_is_behind_or_ahead() {
    let not_yet = outcome("localhost", (2098, 2099), true).await;
    let Outcome::Failed(Fault::WrongClock { now_unix_s, bound_unix_s, expired: false }) = not_yet else {
        panic!("{not_yet:?}");
    };
    assert_eq!(bound_unix_s, 4_039_372_800, "2098-01-01");
    assert!(now_unix_s < bound_unix_s);

    let over = outcome("localhost", (2001, 2002), true).await;
    let Outcome::Failed(Fault::WrongClock { now_unix_s, bound_unix_s, expired: true }) = over else {
        panic!("{over:?}");
    };
    assert_eq!(bound_unix_s, 1_009_843_200, "2002-01-01");
    assert!(now_unix_s > bound_unix_s);
}

#[tokio::test]
async fn a_certificate_of_another_name_or_authority() {
    for outcome in [
        outcome("otra.example.cl", (2001, 2099), true).await,
        outcome("localhost", (2001, 2099), false).await,
    ] {
        assert!(matches!(outcome, Outcome::Failed(Fault::WrongCertificate { .. })), "{outcome:?}");
    }
}

#[tokio::test]
async fn somebody_who_speaks_no_tls() {
    let desk = office::Office::start().await;
    let office =
        Office::patient(&format!("https://localhost:{}", desk.address.port()), None, crate::PATIENCE)
            .unwrap();
    let report = sync(&mut Memory::with(1), &office).await;
    assert_eq!(report.outcome, Outcome::Failed(Fault::CaptivePortal));
}

#[tokio::test]
async fn the_offices_signed_time_stands_in_for_a_wrong_clock() {
    let (desk, authority) = (office::Office::start().await, authority());
    // Valid around the office's time only, as if this machine's clock were years ahead of it.
    let address = behind_tls(desk.address, &authority, "localhost", (2026, 2027)).await;
    let url = format!("https://localhost:{}", address.port());
    let key = checkpoint_key().verifying_key().into();
    let told = office_time(&url, OFFICE, &key, [5; 16]).await.unwrap();
    assert_eq!(told, TIME_UNIX_S);
    let office = Office::at_office_time(&url, Some(authority.pem().as_bytes()), told).unwrap();
    assert_eq!(sync(&mut Memory::with(3), &office).await.outcome, Outcome::Done);
    // By another time the same certificate does not hold.
    let years_off = Office::at_office_time(&url, Some(authority.pem().as_bytes()), 1_000_000_000).unwrap();
    let report = sync(&mut Memory::with(3), &years_off).await;
    assert!(matches!(report.outcome, Outcome::Failed(Fault::WrongClock { expired: false, .. })));
    // And nobody else can tell the time.
    let stranger = crate::office::content_key().verifying_key().into();
    let refused = office_time(&url, OFFICE, &stranger, [5; 16]).await;
    assert!(matches!(refused, Err(OfficeTimeError::Fault(Fault::NotOurOffice))), "{refused:?}");
}
