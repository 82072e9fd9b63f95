//! The program itself: its answers, its exit codes, and that it works while another one serves.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value as Json;
use wire::cert::Role;
use wire::enrol::{EnrolAnswer, EnrolmentCode};

use crate::http::get;
use crate::stand::{NAMED, Stand, apply, due, key};

const PROGRAM: &str = env!("CARGO_BIN_EXE_oirs-central");

fn run(data: &Path, args: &[&str]) -> Output {
    Command::new(PROGRAM).arg("--json").arg("--data").arg(data).args(args).output().unwrap()
}

fn plain(data: &Path, args: &[&str]) -> String {
    // Whatever the machine speaks that tests run on.
    let output =
        Command::new(PROGRAM).env("LC_ALL", "C").arg("--data").arg(data).args(args).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The JSON lines of a command that went well.
fn lines(data: &Path, args: &[&str]) -> Vec<Json> {
    let output = run(data, args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Exit code and error code of a command that did not.
fn refusal(data: &Path, args: &[&str]) -> (i32, String) {
    let output = run(data, args);
    let error: Json =
        serde_json::from_slice(&output.stderr).unwrap_or_else(|_| panic!("{args:?}: {output:?}"));
    assert!(error["reason"].as_str().is_some_and(|reason| !reason.contains("central-error")), "{error}");
    assert!(output.stdout.is_empty());
    (output.status.code().unwrap(), error["code"].as_str().unwrap().to_owned())
}

/// A serving process, ended with the test.
struct Serving(Child, SocketAddr);

impl Serving {
    fn start(data: &Path, more: &[&str]) -> Self {
        let mut command = Command::new(PROGRAM);
        command.arg("--data").arg(data).args(["serve", "--listen", "127.0.0.1:0"]).args(more);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening http://").unwrap().parse().unwrap();
        Self(child, address)
    }

    /// Told to stop, as a service manager does; says how it ended.
    fn stop(mut self) -> Option<i32> {
        let told = Command::new("kill").arg(self.0.id().to_string()).status().unwrap();
        assert!(told.success());
        self.0.wait().unwrap().code()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn an_office_is_made_once() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("oficina");
    assert_eq!(refusal(&data, &["device", "list"]), (6, "not_initialised".into()));
    assert_eq!(refusal(&data, &["init", "--public-url", "http://oirs.example.cl"]), (2, "public_url".into()));
    assert!(!data.exists(), "a refused address makes nothing");
    let made = lines(&data, &["init"]).remove(0);
    assert_eq!(
        (made["placeholder"].as_bool(), made["public_url"].as_str()),
        (Some(true), Some("https://oirs.example.invalid"))
    );
    assert!(Path::new(made["root_key"].as_str().unwrap()).is_file());
    let before = std::fs::read(data.join("office.json")).unwrap();
    let key_before = std::fs::read(data.join("keys/enrolment.key")).unwrap();
    assert_eq!(refusal(&data, &["init"]), (2, "already_initialised".into()));
    assert_eq!(std::fs::read(data.join("office.json")).unwrap(), before);
    assert_eq!(std::fs::read(data.join("keys/enrolment.key")).unwrap(), key_before);

    // Cut short before its last file, it is made anew, and what was there is set aside.
    std::fs::remove_file(data.join("office.json")).unwrap();
    lines(&data, &["init"]);
    assert!(data.join("keys.set-aside-1/enrolment.key").exists());
    assert_eq!(lines(&data, &["device", "list"]), Vec::<Json>::new());
    // Data without its office is not made anew.
    std::fs::remove_file(data.join("office.json")).unwrap();
    assert_eq!(refusal(&data, &["init"]), (5, "office_missing".into()));
}

#[cfg(unix)]
#[test]
fn private_keys_are_private_and_the_root_is_read_by_nobody() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("oficina");
    lines(&data, &["init", "--public-url", "https://oirs.example.cl"]);
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&data), 0o700);
    for folder in ["keys", "root-key-offline"] {
        assert_eq!(mode(&data.join(folder)), 0o700);
        for entry in std::fs::read_dir(data.join(folder)).unwrap() {
            assert_eq!(mode(&entry.unwrap().path()), 0o600);
        }
    }
    let bad = |data: &Path| {
        lines(data, &["doctor"])[0]["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| f["code"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert!(bad(&data).contains(&"root_here".to_owned()));
    std::fs::remove_dir_all(data.join("root-key-offline")).unwrap();
    let findings = bad(&data);
    assert!(findings.contains(&"root_away".to_owned()) && findings.contains(&"at_rest".to_owned()));
    lines(&data, &["device", "new", "--label", "Puesto 1"]);
    std::fs::set_permissions(data.join("keys"), std::fs::Permissions::from_mode(0o755)).unwrap();
    std::fs::set_permissions(data.join("keys/content.key"), std::fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(run(&data, &["doctor"]).status.code(), Some(5));
}

#[test]
fn answers_are_in_the_language_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("oirs");
    run(&data, &["init"]);
    let said = |args: &[&str], setting: &str| {
        let mut command = Command::new(PROGRAM);
        let output = command.env("LC_ALL", setting).arg("--data").arg(&data).args(args).output().unwrap();
        String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
    };
    let none = |language| texts::text(language, "central-closings-none", &[]);
    let (spanish, english) = (none(texts::Language::Spanish), none(texts::Language::English));
    let list = ["closings", "list"];
    assert_eq!(said(&list, "C").trim(), spanish);
    assert_eq!(said(&list, "en_GB.UTF-8").trim(), english);
    assert_eq!(said(&["closings", "list", "--language", "en"], "C").trim(), english);
    assert_eq!(said(&["--language", "es-CL", "closings", "list"], "en_GB.UTF-8").trim(), spanish);
    let help = texts::text(texts::Language::English, "central-cli-closings", &[]);
    assert!(said(&["--language=en", "--help"], "C").contains(&help), "{help}");
    assert_eq!(refusal(&data, &["--language", "fr", "closings", "list"]), (2, "usage".into()));
    let unknown = said(&["--language", "en", "closings", "show", "none"], "C");
    let expected =
        texts::text(texts::Language::English, "central-error-unknown-closing", &[("name", "none".into())]);
    assert_eq!(unknown.trim(), expected);
}

#[test]
fn the_first_pack_comes_with_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let (data, file) = (folder.path().join("oirs"), folder.path().join("catalogo.json"));
    let out = file.to_str().unwrap();
    let first = lines(&data, &["catalogue", "first", "--out", out]);
    assert_eq!(std::fs::read(&file).unwrap(), catalogue::FIRST_PACK);
    assert_eq!(first[0]["sheets"], first[0]["not_reviewed"], "nobody has reviewed it");
    assert!(!data.exists(), "no office was needed");
    run(&data, &["init"]);
    assert_eq!(lines(&data, &["catalogue", "publish", out])[0]["sheets"], first[0]["sheets"]);
    let nowhere = folder.path().join("no/hay/catalogo.json");
    let (code, _) = refusal(&data, &["catalogue", "first", "--out", nowhere.to_str().unwrap()]);
    assert_ne!(code, 0);
}

#[test]
fn what_is_not_available_or_not_written_correctly() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("oficina");
    for args in [
        vec!["report", "monthly", "2026-11", "--format", "pdf"],
        vec!["report", "monthly", "x"],
        vec!["backup"],
        vec!["restore", "x"],
        vec!["migrate"],
    ] {
        assert_eq!(refusal(&data, &args), (2, "not_available".into()), "{args:?}");
    }
    for args in
        [vec!["nada"], vec!["serve"], vec!["requests", "list", "--due", "mañana"], vec!["device", "new"]]
    {
        assert_eq!(refusal(&data, &args), (2, "usage".into()), "{args:?}");
    }
    assert!(!data.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_listed_while_another_process_serves() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("oficina");
    lines(&data, &["init", "--public-url", "https://oirs.example.cl", "--name", "OIRS de prueba"]);
    // The serving process opens nothing: the command does.
    let serving = Serving::start(&data, &["--no-opening"]);
    let picture = home.path().join("codigo.png");
    let new = lines(
        &data,
        &["device", "new", "--label", "Puesto 1", "--space", "telefono", "--qr", picture.to_str().unwrap()],
    )
    .remove(0);
    assert_eq!(new["url"], "https://oirs.example.cl");
    assert!(std::fs::read(&picture).unwrap().starts_with(b"\x89PNG"));
    let waiting = lines(&data, &["device", "list"]).remove(0);
    assert_eq!((&waiting["state"], &waiting["space"]), (&"pending".into(), &"telefono".into()));

    let code = EnrolmentCode::parse(new["code"].as_str().unwrap()).unwrap();
    let answer = apply(serving.1, &code, 1).await;
    let enrolment = EnrolAnswer::open(&answer.body, &code, &key(1).verifying_key()).unwrap();
    let rng = <rand_chacha::ChaCha20Rng as rand_core::SeedableRng>::from_seed([1; 32]);
    let mut stand = Stand {
        key: key(1),
        enrolment,
        epoch: wire::Epoch([1; 8]),
        entries: Vec::new(),
        address: serving.1,
        rng,
    };
    let filed = stand.file(NAMED, due());
    stand.sync_accepted().await;

    let listed = lines(&data, &["requests", "list"]).remove(0);
    let folio = filed.folio.to_string();
    for (name, expected) in [
        ("folio", Json::from(folio.as_str())),
        ("kind", "reclamo".into()),
        ("state", "received".into()),
        ("captured_at", "2026-11-21T10:32:00-03:00".into()),
        ("space", "telefono".into()),
        ("due_on", "2026-12-04".into()),
        ("due_on_legal", "2026-12-07".into()),
        ("epoch", stand.epoch.to_string().into()),
        ("seq", 1.into()),
        ("quarantined", false.into()),
        ("device", stand.enrolment.device.device.to_string().into()),
    ] {
        assert_eq!(listed[name], expected, "{name}");
    }
    let shown = lines(&data, &["requests", "show", &folio.to_lowercase()]).remove(0);
    let mut as_filed: Json = serde_json::from_str(NAMED).unwrap();
    as_filed["id"] = shown["request"]["id"].clone();
    assert_eq!(shown["request"], as_filed);
    assert_eq!(shown["deadline"]["promise"]["counted"].as_array().unwrap().len(), 10);
    assert_eq!(lines(&data, &["requests", "list", "--due", "2026-12-03"]).len(), 0);
    assert_eq!(lines(&data, &["requests", "list", "--due", "2026-12-04"]).len(), 1);
    assert_eq!(shown["space"], "telefono");
    assert_eq!(lines(&data, &["requests", "list", "--space", "telefono"]).len(), 1);
    assert_eq!(lines(&data, &["requests", "list", "--space", "terreno"]).len(), 0);
    assert_eq!(refusal(&data, &["requests", "list", "--space", "teléfono"]), (2, "usage".into()));
    assert!(plain(&data, &["requests", "list"]).contains("Teléfono"));
    assert!(plain(&data, &["requests", "show", &folio]).contains("Teléfono"));
    let cursor = listed["cursor"].as_str().unwrap();
    assert_eq!(lines(&data, &["requests", "list", "--after", cursor]).len(), 0);
    assert_eq!(lines(&data, &["requests", "list", "--limit", "1"]).len(), 1);
    assert_eq!(lines(&data, &["requests", "list", "--limit", "0"]).len(), 0);
    assert_eq!(refusal(&data, &["requests", "list", "--after", "x"]).0, 2);
    assert_eq!(refusal(&data, &["requests", "list", "--limit", "-1"]).0, 2);
    assert_eq!(refusal(&data, &["requests", "show", "T7K-4QX9-2MB"]), (3, "unknown_request".into()));
    assert_eq!(refusal(&data, &["requests", "show", "T7K-4QX9-2MC"]), (2, "folio".into()));
    assert!(plain(&data, &["requests", "show", &folio]).contains("person.name: Ñanculeo Aguilera Quilodrán"));
    assert!(plain(&data, &["requests", "list"]).contains("04/12/2026"));

    lines(&data, &["device", "new", "--label", "Puesto 2"]);
    assert_eq!(
        refusal(&data, &["device", "new", "--label", "Puesto 3", "--space", "feria"]),
        (2, "usage".into())
    );
    let spaces: Vec<Json> =
        lines(&data, &["device", "list"]).iter().map(|row| row["space"].clone()).collect();
    assert_eq!(spaces, ["telefono", "terreno"], "where nothing is said, it is the stand's");
    assert!(plain(&data, &["device", "list"]).contains("OIRS en Terreno"));
    let before = lines(&data, &["device", "list"]).remove(0);
    let renewed = lines(&data, &["device", "renew", "Puesto 1"]).remove(0);
    assert!(renewed["valid_until"].as_str() >= before["valid_until"].as_str());
    assert_eq!(refusal(&data, &["device", "renew", "otro"]), (3, "unknown_device".into()));
    assert_eq!(refusal(&data, &["device", "revoke", "otro"]), (3, "unknown_device".into()));
    let revoked = lines(&data, &["device", "revoke", "Puesto 1", "--reason", "perdido"]).remove(0);
    assert_eq!(revoked["changed"], true);
    assert_eq!(lines(&data, &["device", "revoke", "Puesto 1"])[0]["changed"], false);
    assert_eq!(lines(&data, &["device", "list"])[0]["state"], "revoked");
    assert_eq!(refusal(&data, &["serve", "--listen", &serving.1.to_string()]).0, 7);
    assert_eq!(get(serving.1, "/healthz").await.status, 200);
    assert_eq!(serving.stop(), Some(0), "told to stop, it ends well");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_apart_is_shown_and_carried_away() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("oficina");
    lines(&data, &["init", "--public-url", "https://oirs.example.cl"]);
    let serving = Serving::start(&data, &["--no-opening"]);
    let code = lines(&data, &["device", "new", "--label", "Puesto 1"]).remove(0);
    let code = EnrolmentCode::parse(code["code"].as_str().unwrap()).unwrap();
    let answer = apply(serving.1, &code, 1).await;
    let rng = <rand_chacha::ChaCha20Rng as rand_core::SeedableRng>::from_seed([1; 32]);
    let enrolment = EnrolAnswer::open(&answer.body, &code, &key(1).verifying_key()).unwrap();
    let (epoch, address) = (wire::Epoch([1; 8]), serving.1);
    let mut stand = Stand { key: key(1), enrolment, epoch, entries: Vec::new(), address, rng };
    let folio = stand.file(NAMED, due()).folio.to_string();
    assert_eq!(lines(&data, &["kept", "list"]), Vec::<Json>::new());
    // A whole push for another office, and something that is no push at all.
    let elsewhere = wire::push::Push { office: wire::OfficeId([0; 16]), ..stand.push(0, 1) }.sign(&stand.key);
    let rubbish = wire::sign1::sign(&stand.key, wire::sign1::Context::Push, b"no es un envio");
    for (body, code) in [(&elsewhere, "other_office"), (&rubbish, "malformed")] {
        assert_eq!(crate::http::post_cbor(address, "/v1/push", body).await.code(), code);
    }
    let kept = lines(&data, &["kept", "list"]);
    let of =
        |why: &str| kept.iter().find(|row| row["why"] == why).unwrap()["id"].as_str().unwrap().to_owned();
    let (apart, unreadable) = (of("other_office"), of("malformed"));
    let shown = lines(&data, &["kept", "show", &apart]).remove(0);
    assert_eq!((&shown["label"], &shown["bytes"]), (&"Puesto 1".into(), &elsewhere.len().into()));
    assert_eq!(shown["entries"][0]["folio"], folio.as_str());
    assert_eq!(shown["entries"][0]["filed"]["locality"], "Caleta Tortel");
    assert_eq!(lines(&data, &["kept", "show", &unreadable])[0]["entries"].as_array().unwrap().len(), 0);
    assert!(plain(&data, &["kept", "show", &apart]).contains("Ñanculeo"));
    assert!(plain(&data, &["kept", "list"]).contains("es para otra oficina"));
    let row = |data: &Path| lines(data, &["device", "list"]).remove(0);
    assert_eq!((&row(&data)["kept"], &row(&data)["kept_full"]), (&2.into(), &false.into()));
    let findings = |data: &Path| lines(data, &["doctor"])[0]["findings"].to_string();
    assert!(findings(&data).contains("\"kept\""));

    let file = home.path().join("apartado.push");
    let out = file.to_str().unwrap();
    assert_eq!(refusal(&data, &["kept", "release", "00000000", "--out", out]), (3, "unknown_kept".into()));
    assert_eq!(refusal(&data, &["kept", "release", &apart]).0, 2);
    let released = lines(&data, &["kept", "release", &apart, "--out", out]).remove(0);
    assert_eq!(released["id"], apart.as_str());
    assert_eq!(std::fs::read(&file).unwrap(), elsewhere, "every byte as it came");
    assert_eq!(lines(&data, &["kept", "list"]).len(), 1);
    assert_eq!(refusal(&data, &["kept", "release", &unreadable, "--out", out]), (2, "file_exists".into()));
    assert_eq!(std::fs::read(&file).unwrap(), elsewhere);
    let hash = unreadable.split_once(':').unwrap().1;
    let mut here = Command::new(PROGRAM);
    here.arg("--data").arg(&data).args(["kept", "release", &hash[..8], "--out", "otro.push"]);
    let here = here.current_dir(home.path()).output().unwrap();
    assert!(here.status.success(), "a file in the folder that one is in: {here:?}");
    assert_eq!(std::fs::read(home.path().join("otro.push")).unwrap(), rubbish);
    assert_eq!(row(&data)["kept"], 0);
    assert!(!findings(&data).contains("\"kept\""));
    assert_eq!(serving.stop(), Some(0));
}

#[test]
fn keys_are_renewed_with_the_root_that_lies_offline() {
    let home = tempfile::tempdir().unwrap();
    let (data, other) = (home.path().join("oficina"), home.path().join("otra"));
    lines(&data, &["init"]);
    lines(&other, &["init"]);
    let root = |of: &Path| of.join("root-key-offline/root.key").to_str().unwrap().to_owned();
    let keys = || {
        let folder = central::folder::Folder::at(data.clone());
        let office = central::office::Office::load(&folder).unwrap();
        central::keys::Keys::load(&folder, office.id).unwrap()
    };
    let before = keys();
    assert_eq!(refusal(&data, &["keys", "renew"]).0, 2);
    assert_eq!(refusal(&data, &["keys", "renew", "--root", &root(&other)]), (2, "other_root".into()));
    assert_eq!(refusal(&data, &["keys", "renew", "--root", "/nonexistent"]), (1, "key_missing".into()));
    assert_eq!(keys().list(), before.list(), "nothing changed");

    let renewed = lines(&data, &["keys", "renew", "--root", &root(&data)]);
    let roles: Vec<&str> = renewed.iter().map(|line| line["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["enrolment", "checkpoint", "content", "sealing", "statistics"]);
    assert_eq!(keys().checkpoint, before.checkpoint, "the same keys, certified for longer");

    lines(&data, &["keys", "renew", "--root", &root(&data), "--fresh"]);
    let after = keys();
    let newest = |role| after.certificate(role).unwrap().read.public_key;
    assert_ne!(after.checkpoint, before.checkpoint);
    assert_eq!(newest(Role::Checkpoint), after.checkpoint.verifying_key().to_bytes());
    assert_eq!(newest(Role::Content), after.content.verifying_key().to_bytes());
    assert_eq!(newest(Role::Enrolment), after.enrolment.verifying_key().to_bytes());
    let listed =
        |key: [u8; 32]| after.certificates.iter().any(|certificate| certificate.read.public_key == key);
    assert!(listed(before.checkpoint.verifying_key().to_bytes()), "what it signed is repeated as it was");
    let doctor = lines(&data, &["doctor"]).remove(0);
    let codes: Vec<&str> =
        doctor["findings"].as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap()).collect();
    assert_eq!(codes.iter().filter(|code| **code == "key").count(), 5, "{codes:?}");
}

/// An office that was made before there were profiles goes on without the key for them, says so, and gets one.
#[test]
fn an_office_from_before_gets_its_statistics_key_with_the_next_renewal() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("oficina");
    lines(&data, &["init"]);
    for entry in std::fs::read_dir(data.join("keys")).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_string_lossy().starts_with("statistics-") {
            std::fs::remove_file(path).unwrap();
        }
    }
    let codes = || -> Vec<String> {
        let doctor = lines(&data, &["doctor"]).remove(0);
        let findings = doctor["findings"].as_array().unwrap();
        findings.iter().map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
    };
    assert!(codes().contains(&"no_statistics".to_owned()));
    let root = data.join("root-key-offline/root.key").to_str().unwrap().to_owned();
    let renewed = lines(&data, &["keys", "renew", "--root", &root]);
    assert_eq!(renewed.last().unwrap()["role"], "statistics");
    assert!(!codes().contains(&"no_statistics".to_owned()));
}

#[test]
fn an_intake_alone_needs_no_sealing_key() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("oficina");
    lines(&data, &["init"]);
    let sealing = std::fs::read_dir(data.join("keys")).unwrap().map(|entry| entry.unwrap().path());
    for path in sealing
        .filter(|path| path.to_string_lossy().contains("sealing-") && path.extension().unwrap() == "key")
    {
        std::fs::remove_file(path).unwrap();
    }
    assert_eq!(refusal(&data, &["serve", "--listen", "127.0.0.1:0"]), (1, "key_missing".into()));
    assert_eq!(refusal(&data, &["requests", "list"]), (1, "key_missing".into()));
    let serving = Serving::start(&data, &["--no-opening"]);
    assert_eq!(serving.stop(), Some(0));
}
