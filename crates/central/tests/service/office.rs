//! An office that serves on a free port, with a clock that the test holds.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use central::clock::Clock;
use central::files::SealedFiles;
use central::folder::Folder;
use central::init::{Plan, init};
use central::keys::{Keys, OpeningKeys};
use central::office::{Office, PublicUrl};
use central::opening::Opener;
use central::requests::Desk;
use central::serve::{Limits, Service, Tls, listen};
use central_db::{SqliteStore, Store};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use wire::enrol::EnrolmentCode;

/// 21/11/2026, 10:32 in Santiago.
pub(crate) const NOW: u64 = 1_795_267_920;
pub(crate) const NAME: &str = "OIRS de prueba";
pub(crate) const PHONE_LINE: &str = "600 555 0100";

/// A running office.
pub(crate) struct Running {
    pub(crate) folder: Folder,
    pub(crate) address: SocketAddr,
    pub(crate) store: Arc<dyn Store>,
    now: Arc<AtomicU64>,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
    _home: TempDir,
}

pub(crate) fn make(folder: &Folder) -> Office {
    let plan = Plan {
        name: NAME.into(),
        public_url: PublicUrl::parse("https://oirs.example.cl").unwrap(),
        phone_line: Some(PHONE_LINE.into()),
    };
    init(folder, plan, NOW, &mut ChaCha20Rng::from_seed([1; 32])).unwrap()
}

impl Running {
    pub(crate) async fn start() -> Self {
        Self::start_with(Limits::default()).await
    }

    /// Opening is not running beside it: a test opens when it wants to see the state before and after.
    pub(crate) async fn start_with(limits: Limits) -> Self {
        Self::start_speaking(limits, None).await
    }

    pub(crate) async fn start_speaking(limits: Limits, tls: Option<Tls>) -> Self {
        let home = TempDir::new().unwrap();
        let folder = Folder::at(home.path().join("central"));
        let office = make(&folder);
        let keys = Keys::load(&folder, office.id).unwrap();
        let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&folder.data_file()).unwrap());
        let now = Arc::new(AtomicU64::new(NOW));
        let clock = Clock::from_fn({
            let now = Arc::clone(&now);
            move || now.load(Ordering::SeqCst)
        });
        let files = SealedFiles::of(&folder);
        let service = Service::new(office, keys, Arc::clone(&store), files, clock, limits, false);
        let listening = listen("127.0.0.1:0", Arc::new(service), tls).await.unwrap();
        let address = listening.address();
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(listening.run(async move {
            let _ = stopped.await;
        }));
        Self { folder, address, store, now, stop: Some(stop), task, _home: home }
    }

    pub(crate) fn set_now(&self, now_unix_s: u64) {
        self.now.store(now_unix_s, Ordering::SeqCst);
    }

    pub(crate) fn office(&self) -> Office {
        Office::load(&self.folder).unwrap()
    }

    pub(crate) fn keys(&self) -> Keys {
        Keys::load(&self.folder, self.office().id).unwrap()
    }

    pub(crate) fn opener(&self) -> Opener {
        let Keys { lookup, checkpoint, .. } = self.keys();
        let office = self.office().id;
        let keys = OpeningKeys::load(&self.folder, office).unwrap();
        Opener::new(office, keys, lookup, Arc::new(checkpoint))
    }

    pub(crate) fn desk(&self) -> Desk {
        Desk::new(Arc::clone(&self.store), self.opener(), SealedFiles::of(&self.folder))
    }

    /// Opens everything that waits.
    pub(crate) async fn open(&self) -> usize {
        self.opener().open_waiting(&*self.store, NOW).await.unwrap()
    }

    /// A code for a new stand.
    pub(crate) async fn invite(&self, label: &str, seed: u8) -> EnrolmentCode {
        let mut rng = ChaCha20Rng::from_seed([seed; 32]);
        central::enrolment::invite(&*self.store, &self.keys(), label, domain::Space::default(), NOW, &mut rng)
            .await
            .unwrap()
    }

    /// Ends gracefully.
    pub(crate) async fn stop(mut self) {
        let _ = self.stop.take().unwrap().send(());
        self.task.await.unwrap();
    }
}
