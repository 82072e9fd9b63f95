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

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use super::*;

    /// A writer over a file with two tables of its own: `notes`, and `answers_to`, whose rows must refer to a note
    /// by the time of the commit.
    fn writer(folder: &std::path::Path) -> Writer {
        let path = folder.join("central.sqlite");
        let db = file::open(&path).unwrap();
        db.execute_batch(
            "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
             CREATE TABLE answers_to (note INTEGER NOT NULL REFERENCES notes (id) DEFERRABLE INITIALLY DEFERRED) STRICT;",
        )
        .unwrap();
        Writer::start(path, db).unwrap()
    }

    fn execute(sql: &'static str) -> impl FnOnce(&Connection) -> Result<usize, StoreError> + Send {
        move |db| db.execute(sql, []).map_err(told("testing"))
    }

    async fn notes(writer: &Writer) -> i64 {
        let count = |db: &Connection| {
            db.query_row("SELECT count(*) FROM notes", [], |row| row.get(0)).map_err(told("testing"))
        };
        writer.run(count).await.unwrap()
    }

    #[tokio::test]
    async fn a_job_that_fails_takes_nothing_of_its_neighbours() {
        let folder = tempfile::tempdir().unwrap();
        let writer = writer(folder.path());
        let half_done = |db: &Connection| -> Result<(), StoreError> {
            db.execute("INSERT INTO notes (text) VALUES ('half')", []).map_err(told("testing"))?;
            Err(StoreError::damaged("testing", "on purpose"))
        };
        let (before, failed, after) = tokio::join!(
            writer.run(execute("INSERT INTO notes (text) VALUES ('before')")),
            writer.run(half_done),
            writer.run(execute("INSERT INTO notes (text) VALUES ('after')")),
        );
        assert!(before.is_ok() && after.is_ok());
        assert!(matches!(failed, Err(StoreError::Damaged { .. })));
        assert_eq!(notes(&writer).await, 2);
    }

    /// Holds the writer until everything is queued, so that what follows is one group for certain.
    async fn in_one_group(writer: &Writer, jobs: &[&'static str]) -> Vec<Result<usize, StoreError>> {
        let (release, released) = std::sync::mpsc::channel::<()>();
        let gate = writer.run(move |_: &Connection| {
            let _ = released.recv();
            Ok(())
        });
        let queued = async {
            let jobs: Vec<_> = jobs.iter().map(|sql| writer.run(execute(sql))).collect();
            let mut jobs: Vec<_> = jobs.into_iter().map(Box::pin).collect();
            // Polled once each, in order, they are in the queue behind the gate.
            for job in &mut jobs {
                std::future::poll_fn(|context| {
                    assert!(job.as_mut().poll(context).is_pending());
                    std::task::Poll::Ready(())
                })
                .await;
            }
            let _ = release.send(());
            let mut answers = Vec::new();
            for job in jobs {
                answers.push(job.await);
            }
            answers
        };
        tokio::join!(gate, queued).1
    }

    #[tokio::test]
    async fn a_commit_that_fails_is_told_to_all_and_the_file_opened_again() {
        let folder = tempfile::tempdir().unwrap();
        let writer = writer(folder.path());
        let group = ["INSERT INTO notes (text) VALUES ('lost')", "INSERT INTO answers_to (note) VALUES (99)"];
        let answers = in_one_group(&writer, &group).await;
        assert!(answers.iter().all(Result::is_err), "nobody is told that it is kept: {answers:?}");
        assert_eq!(notes(&writer).await, 0);
        assert!(writer.run(execute("INSERT INTO notes (text) VALUES ('kept')")).await.is_ok());
        assert_eq!(notes(&writer).await, 1);
    }

    #[tokio::test]
    async fn a_full_disk_is_said_and_survived() {
        let folder = tempfile::tempdir().unwrap();
        let writer = writer(folder.path());
        let limit = |db: &Connection| {
            let pages: i64 =
                db.query_row("PRAGMA page_count", [], |row| row.get(0)).map_err(told("testing"))?;
            db.query_row(&format!("PRAGMA max_page_count = {}", pages + 10), [], |_| Ok(()))
                .map_err(told("testing"))
        };
        writer.run(limit).await.unwrap();
        let large = "INSERT INTO notes (text) VALUES (hex(zeroblob(3000)))";
        let mut kept = 0;
        let full = loop {
            match writer.run(execute(large)).await {
                Ok(_) => kept += 1,
                Err(error) => break error,
            }
        };
        assert!(matches!(full, StoreError::DiskFull), "{full:?}");
        assert!(kept > 0);
        assert_eq!(notes(&writer).await, kept, "what was acknowledged is there");
    }

    #[tokio::test]
    async fn what_is_queued_is_done_before_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let writer = writer(folder.path());
        assert!(writer.run(execute("INSERT INTO notes (text) VALUES ('last')")).await.is_ok());
        drop(writer);
        let db = file::open(&folder.path().join("central.sqlite")).unwrap();
        let count: i64 = db.query_row("SELECT count(*) FROM notes", [], |row| row.get(0)).unwrap();
        assert_eq!(count, 1);
    }
}
