//! From arguments to modules: each command is a few lines.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use texts::text;
use tracing_subscriber::EnvFilter;

use super::args::{Args, CatalogueCommand, Command, KeysCommand, ReleaseCommand};
use super::exit::Exit;
use super::open_folder::Open;
use super::output::Output;
use super::told::Told;
use super::{bundle, catalogue, closings, devices, doctor, kept, release, requests, survey};
use crate::chance;
use crate::clock::Clock;
use crate::error::CentralError;
use crate::files::SealedFiles;
use crate::folder::Folder;
use crate::init::{Plan, init};
use crate::keys::{self, role_name};
use crate::office::PublicUrl;
use crate::pages::when::office_date;
use crate::serve::{Limits, Service, Tls, listen, open_what_arrives};
use wire::KeyId;

/// The variable that says how much is logged, in the form of `tracing`'s filters.
const LOG_VARIABLE: &str = "OIRS_LOG";

/// Does what the arguments say.
pub(super) fn run(args: Args, output: &mut Output) -> Result<Exit, Told> {
    let Args { data, database_url, command, .. } = args;
    if let Some(later) = not_available(&command) {
        return Err(Told::not_available(later));
    }
    if database_url.is_some() {
        return Err(Told::not_available("--database-url"));
    }
    // The pack is the program's own: whoever reviews it needs no office.
    if let Command::Catalogue(CatalogueCommand::First { out }) = &command {
        return Ok(catalogue::first(out, output)?);
    }
    // Signing a release happens where no office is.
    let data = match (data, &command) {
        (Some(data), _) => data,
        (None, Command::Release(ReleaseCommand::Sign { .. })) => PathBuf::new(),
        (None, _) => return Err(Told::usage("--data <DIR>".to_owned())),
    };
    let serves = matches!(command, Command::Serve { .. });
    log(if serves { "info" } else { "off" });
    let runtime = if serves {
        tokio::runtime::Builder::new_multi_thread().enable_all().build()
    } else {
        tokio::runtime::Builder::new_current_thread().enable_all().build()
    };
    let failed = |source| CentralError::File { operation: "starting", path: data.clone(), source };
    let runtime = runtime.map_err(failed)?;
    Ok(runtime.block_on(dispatch(Folder::at(&data), command, output))?)
}

/// Logs go to standard error: standard output belongs to answers.
fn log(level: &str) {
    let filter = EnvFilter::try_from_env(LOG_VARIABLE).unwrap_or_else(|_| EnvFilter::new(level));
    let logged =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(false);
    // Set before by a test of the same process.
    let _ = logged.try_init();
}

fn not_available(command: &Command) -> Option<&'static str> {
    match command {
        Command::Report(_) => Some("report"),
        Command::Backup(_) => Some("backup"),
        Command::Restore(_) => Some("restore"),
        Command::Migrate(_) => Some("migrate"),
        _ => None,
    }
}

async fn dispatch(folder: Folder, command: Command, output: &mut Output) -> Result<Exit, CentralError> {
    let clock = Clock::system();
    match command {
        Command::Init { public_url, name, phone_line } => {
            let plan = Plan { name, public_url: PublicUrl::parse(&public_url)?, phone_line };
            initialise(&folder, plan, &clock, output)
        }
        Command::Serve { listen, no_opening, behind_proxy, tls_cert, tls_key } => {
            let tls = match (tls_cert, tls_key) {
                (Some(certificate), Some(key)) => Some(Tls::load(&certificate, &key)?),
                _ => None,
            };
            let plan = Serving { address: listen, no_opening, behind_proxy, tls };
            serve(Open::new(folder)?, plan, clock, output).await
        }
        Command::Open => open_waiting(&Open::new(folder)?, &clock, output).await,
        Command::Device(command) => devices::run(&Open::new(folder)?, command, &clock, output).await,
        Command::Requests(command) => requests::run(&Open::new(folder)?, command, &clock, output).await,
        Command::Kept(command) => kept::run(&Open::new(folder)?, command, output).await,
        Command::Closings(command) => closings::run(&Open::new(folder)?, command, &clock, output).await,
        Command::Catalogue(command) => catalogue::run(&Open::new(folder)?, command, &clock, output).await,
        Command::Survey(command) => survey::run(&Open::new(folder)?, command, &clock, output).await,
        Command::Bundle(command) => bundle::run(Open::new(folder)?, command, &clock, output).await,
        Command::Keys(KeysCommand::Renew { root, fresh }) => {
            renew_keys(&Open::new(folder)?, &root, fresh, &clock, output)
        }
        Command::Release(command) => release::run(folder, command, &clock, output).await,
        Command::Doctor => doctor::run(&Open::new(folder)?, &clock, output).await,
        // Answered before the folder was looked at.
        _ => Ok(Exit::Usage),
    }
}

#[derive(Serialize)]
struct Made<'a> {
    office: String,
    public_url: &'a str,
    root_key: String,
    placeholder: bool,
}

fn initialise(folder: &Folder, plan: Plan, clock: &Clock, output: &mut Output) -> Result<Exit, CentralError> {
    let office = init(folder, plan, clock.now_unix_s(), &mut chance::system())?;
    let root_key = folder.offline().join("root.key").display().to_string();
    let (url, placeholder) = (office.public_url.as_str(), office.public_url.is_placeholder());
    output.json(&Made { office: office.id.to_string(), public_url: url, root_key, placeholder });
    let folder_text = folder.path().display().to_string();
    output.say("central-init-done", &[("folder", folder_text.clone().into())]);
    output.say("central-init-root", &[("folder", folder.offline().display().to_string().into())]);
    output.say("central-init-url", &[("url", url.into())]);
    if placeholder {
        output.say("central-init-placeholder", &[]);
    }
    output.say("central-init-next", &[("folder", folder_text.into())]);
    Ok(Exit::Ok)
}

#[derive(Serialize)]
struct Opened {
    opened: usize,
    dead_letters: usize,
}

async fn open_waiting(open: &Open, clock: &Clock, output: &mut Output) -> Result<Exit, CentralError> {
    let opener = open.opener()?;
    let letters = opener.open_again(&*open.store, clock.now_unix_s()).await?;
    let tried = opener.open_waiting(&*open.store, clock.now_unix_s()).await?;
    let dead_letters = open.store.failures().await?.len();
    let opened = letters.saturating_add(tried);
    output.json(&Opened { opened, dead_letters });
    output.say("central-open-done", &[("count", opened.into())]);
    if dead_letters > 0 {
        output.say("central-open-letters", &[("count", dead_letters.into())]);
    }
    Ok(Exit::Ok)
}

#[derive(Serialize)]
struct Renewed<'a> {
    role: &'a str,
    key: String,
    valid_until: String,
}

fn renew_keys(
    open: &Open,
    root: &Path,
    fresh: bool,
    clock: &Clock,
    output: &mut Output,
) -> Result<Exit, CentralError> {
    let (now, mut rng) = (clock.now_unix_s(), chance::system());
    for certificate in keys::renew(&open.folder, open.office.id, root, fresh, now, &mut rng)? {
        let (name, until) = (role_name(certificate.role), certificate.not_after_unix_s);
        let valid_until = office_date(until, super::language());
        let role = text(super::language(), &format!("central-key-{name}"), &[]);
        output.json(&Renewed {
            role: name,
            key: KeyId::of(&certificate.public_key).to_string(),
            valid_until: valid_until.clone(),
        });
        output.say("central-keys-renewed", &[("role", role.into()), ("date", valid_until.into())]);
    }
    output.say("central-keys-next", &[]);
    Ok(Exit::Ok)
}

/// How to serve.
struct Serving {
    address: String,
    no_opening: bool,
    behind_proxy: bool,
    tls: Option<Tls>,
}

async fn serve(open: Open, plan: Serving, clock: Clock, output: &mut Output) -> Result<Exit, CentralError> {
    let opener = if plan.no_opening { None } else { Some(open.opener()?) };
    let Open { folder, office, keys, store } = open;
    let files = SealedFiles::of(&folder);
    let mut limits = Limits::default();
    if opener.is_none() {
        // Nobody opens here: waiting for it would be in vain.
        limits.closing_wait = std::time::Duration::ZERO;
    }
    let service =
        Service::new(office, keys, Arc::clone(&store), files, clock.clone(), limits, plan.behind_proxy);
    let (arrived, opened) = (service.arrived(), service.opened());
    let scheme = if plan.tls.is_some() { "https" } else { "http" };
    let listening = listen(&plan.address, Arc::new(service), plan.tls).await?;
    let failed = |source| CentralError::Listen { address: plan.address.clone(), source };
    let stop = told_to_stop().map_err(failed)?;
    let opening = opener.map(|opener| tokio::spawn(open_what_arrives(opener, store, clock, arrived, opened)));
    output.write(&format!("listening {scheme}://{}", listening.address()));
    listening.run(stop).await;
    if let Some(opening) = opening {
        opening.abort();
        let _ = opening.await;
    }
    Ok(Exit::Ok)
}

/// Ends when the process is told to: SIGTERM or SIGINT. Heard from this call on, and not only once waited for.
#[cfg(unix)]
fn told_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupted, mut terminated) =
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}

/// Ends when the process is told to.
#[cfg(not(unix))]
fn told_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
