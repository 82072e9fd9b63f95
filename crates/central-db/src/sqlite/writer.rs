//! The one writer: takes queued jobs and commits them in groups.
//!
//! Each job runs in a savepoint of its own, so that one that fails takes nothing of its neighbours with it, and
//! is answered only after the group's commit. When a commit fails, the connection is thrown away and the file
//! opened again: after a failed flush the kernel may have dropped what was written, so the same descriptor must
//! not be trusted again.

use std::path::PathBuf;
use std::thread::JoinHandle;

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::columns::told;
use super::file;
use crate::error::StoreError;

/// Most jobs in one commit.
const GROUP_JOBS_MAX: usize = 128;
/// Most jobs that wait; whoever comes then waits to be queued.
const QUEUE_JOBS_MAX: usize = 256;

/// Tells the asker how it ended, once the group's fate is known.
type Reply = Box<dyn FnOnce(Result<(), StoreError>) + Send>;
type Job = Box<dyn FnOnce(Result<&Connection, StoreError>) -> Reply + Send>;

pub(super) struct Writer {
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(path: PathBuf, connection: Connection) -> Result<Self, StoreError> {
        let (jobs, queue) = mpsc::channel(QUEUE_JOBS_MAX);
        let failed = |source| StoreError::Engine {
            operation: "starting the writer",
            source: std::sync::Arc::new(source),
        };
        let thread = std::thread::Builder::new()
            .name("central-db".into())
            .spawn(move || write_all(queue, &path, connection))
            .map_err(failed)?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Runs `job` in a transaction and returns once that is durable.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |db| {
            let done = db.and_then(|db| in_savepoint(db, job));
            Box::new(move |committed| {
                // Whoever asked may have gone; what was decided is kept all the same.
                let _ = reply.send(done.and_then(|value| committed.map(|()| value)));
            })
        });
        let jobs = self.jobs.as_ref().ok_or(StoreError::Closed)?;
        jobs.send(job).await.map_err(|_| StoreError::Closed)?;
        answer.await.map_err(|_| StoreError::Closed)?
    }
}

impl Drop for Writer {
    /// Waits for what is queued: a store that is opened next finds it.
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn in_savepoint<T>(
    db: &Connection,
    job: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let told = told("writing");
    db.prepare_cached("SAVEPOINT job").and_then(|mut s| s.execute([])).map_err(&told)?;
    let done = job(db);
    // A full disk may have ended the whole transaction; the group's commit will say so.
    if done.is_err() && !db.is_autocommit() {
        db.prepare_cached("ROLLBACK TO job").and_then(|mut s| s.execute([])).map_err(&told)?;
    }
    if !db.is_autocommit() {
        db.prepare_cached("RELEASE job").and_then(|mut s| s.execute([])).map_err(&told)?;
    }
    done
}

fn write_all(mut queue: mpsc::Receiver<Job>, path: &std::path::Path, connection: Connection) {
    let mut connection = Some(connection);
    while let Some(first) = queue.blocking_recv() {
        let mut group = vec![first];
        while group.len() < GROUP_JOBS_MAX
            && let Ok(job) = queue.try_recv()
        {
            group.push(job);
        }
        let reopened = match connection.take() {
            Some(db) => Ok(db),
            None => file::open(path),
        };
        match reopened {
            Ok(db) => {
                if commit(&db, group) {
                    connection = Some(db);
                }
            }
            Err(error) => {
                tracing::error!(%error, "the data can't be opened");
                for job in group {
                    job(Err(error.clone()))(Ok(()));
                }
            }
        }
    }
}

/// Runs and commits a group; says whether the connection may be used again.
fn commit(db: &Connection, group: Vec<Job>) -> bool {
    let told = told("committing");
    if let Err(error) = db.prepare_cached("BEGIN IMMEDIATE").and_then(|mut s| s.execute([])) {
        let error = told(error);
        for job in group {
            job(Err(error.clone()))(Ok(()));
        }
        return matches!(error, StoreError::Busy);
    }
    let mut replies = Vec::with_capacity(group.len());
    let mut ended_early = false;
    for job in group {
        if ended_early {
            replies.push(job(Err(StoreError::DiskFull)));
            continue;
        }
        replies.push(job(Ok(db)));
        ended_early = db.is_autocommit();
    }
    let committed = if ended_early {
        Err(StoreError::DiskFull)
    } else {
        db.prepare_cached("COMMIT").and_then(|mut s| s.execute([])).map(|_| ()).map_err(&told)
    };
    for reply in replies {
        reply(committed.clone());
    }
    match committed {
        Ok(()) => true,
        Err(error) => {
            tracing::error!(%error, "a group of writes was not committed; the data is opened again");
            false
        }
    }
}
