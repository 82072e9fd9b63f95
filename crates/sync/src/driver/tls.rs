//! Whom to trust over TLS, and by whose clock.
//!
//! Trust comes from the system's own store, where a ministry with an authority of its own has put it, and from
//! one more root that the stand may be given; the mapping of what is wrong with a certificate is the same on
//! every system, because the same verifier runs on all of them. (The systems' own verifiers know revocation
//! better, but each says "untrusted" in its own words, and a stand has to tell a wrong clock from a stranger.)

use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::time_provider::{DefaultTimeProvider, TimeProvider};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};

use super::office::ConnectError;

/// Who says whether a certificate holds.
pub(super) enum Judge<'a> {
    /// The roots, by this machine's clock.
    MachineClock { extra_root: Option<&'a [u8]> },
    /// The roots, by the office's signed time and what has passed since.
    OfficeTime { extra_root: Option<&'a [u8]>, office_unix_s: u64 },
    /// Nobody: for one question whose answer is signed for itself, and that tells nothing about who asks.
    Nobody,
}

pub(super) fn config(judge: &Judge<'_>) -> Result<ClientConfig, ConnectError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let clock: Arc<dyn TimeProvider> = match judge {
        Judge::OfficeTime { office_unix_s, .. } => {
            Arc::new(OfficeClock { told_unix_s: *office_unix_s, told_at: Instant::now() })
        }
        _ => Arc::new(DefaultTimeProvider),
    };
    let config = ClientConfig::builder_with_details(Arc::clone(&provider), clock)
        .with_safe_default_protocol_versions()
        .map_err(|error| ConnectError::Tls(error.to_string()))?;
    let config = match judge {
        Judge::MachineClock { extra_root } | Judge::OfficeTime { extra_root, .. } => {
            config.with_root_certificates(roots(*extra_root)?)
        }
        Judge::Nobody => config.dangerous().with_custom_certificate_verifier(Arc::new(Anybody(provider))),
    };
    Ok(config.with_no_client_auth())
}

fn roots(extra_root: Option<&[u8]>) -> Result<RootCertStore, ConnectError> {
    let unreadable = |error: &dyn std::error::Error| ConnectError::RootCertificate(error.to_string());
    let mut roots = RootCertStore::empty();
    // What the system's store holds and can't be read is not trusted; nothing else depends on it.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if let Some(pem) = extra_root {
        for certificate in CertificateDer::pem_slice_iter(pem) {
            roots.add(certificate.map_err(|e| unreadable(&e))?).map_err(|e| unreadable(&e))?;
        }
    }
    Ok(roots)
}

/// The office's time when it was told, and a clock that nobody sets since.
#[derive(Debug)]
struct OfficeClock {
    told_unix_s: u64,
    told_at: Instant,
}

impl TimeProvider for OfficeClock {
    fn current_time(&self) -> Option<UnixTime> {
        let now = Duration::from_secs(self.told_unix_s).saturating_add(self.told_at.elapsed());
        Some(UnixTime::since_unix_epoch(now))
    }
}

/// Takes any certificate whose key signs the handshake.
#[derive(Debug)]
struct Anybody(Arc<CryptoProvider>);

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signature, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
