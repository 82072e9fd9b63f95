//! New versions of the stand's program: signed offline, carried by stick and by sync, installed between days by the helper
//! below a root of its own, with archives that Debian's own tool packs; and everything that must not come in.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use journeys::{Chance, Done, Errors, Link, Office, Proxy, Running, Serving, Stand, program, requests, run};
use serde_json::{Value, json};

const LIB: &str = "usr/lib/oirs-en-terreno";
const PLACE: [&str; 6] = ["outing", "open", "--comuna", "13101", "--place", "Plaza"];
/// What one answer brings of a package.
const PIECE: u64 = 262_144;

/// A computer below a root of its own, an office, and a key for releases.
struct World {
    dir: tempfile::TempDir,
    office: Office,
    serving: Serving,
    stand: Stand,
}

/// What is in a package.
struct Package<'a> {
    version: &'a str,
    schemas: (u32, u32),
    /// What its `terreno` does.
    script: String,
    padding: usize,
}

impl Default for Package<'_> {
    fn default() -> Self {
        Self { version: "0.2.0", schemas: (1, 1), script: real(), padding: 0 }
    }
}

/// The program that was built, under another path: what a version of it is, as far as the helper can tell.
fn real() -> String {
    format!("#!/bin/sh\nexec {} \"$@\"\n", program("terreno").display())
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn script(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

impl World {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        let office = Office::init(&at("office"));
        let serving = office.serve();
        let stand = Stand::enrolled(&at("stand"), &office, &serving.url(), "uno");
        let root = at("office/root-key-offline/root.key");
        office.run(&["release", "certify", "--root", text(&root), "--out", text(&at("keys"))]).expect_code(0);
        script(&dir.path().join("root").join(LIB).join("programs/terreno"), &real());
        symlink("programs", dir.path().join("root").join(LIB).join("current")).unwrap();
        Self { dir, office, serving, stand }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Packs and signs a release, and lays both on a stick of its own.
    fn stick(&self, number: u64, package: &Package<'_>) -> PathBuf {
        let stick = self.at(&format!("stick-{number}-{}", package.version));
        let folder = stick.join("oirs/releases");
        let _ = fs::remove_dir_all(&stick);
        fs::create_dir_all(&folder).unwrap();
        let (file, release) =
            (folder.join(format!("{number}.deb")), folder.join(format!("{number}.release")));
        self.pack(package, &file);
        sign(&self.at("keys"), number, &file, &release).expect_code(0);
        stick
    }

    fn pack(&self, package: &Package<'_>, file: &Path) {
        let tree = self.at("tree");
        let _ = fs::remove_dir_all(&tree);
        script(&tree.join(LIB).join("programs/terreno"), &package.script);
        let mut chance = Chance::seeded(7);
        let padding: Vec<u8> =
            (0..package.padding).map(|_| u8::try_from(chance.below(256)).unwrap()).collect();
        fs::write(tree.join(LIB).join("padding"), padding).unwrap();
        let (reads, writes) = package.schemas;
        let control = format!(
            "Package: oirs-en-terreno\nVersion: {}\nArchitecture: amd64\nMaintainer: Prueba <p@example.org>\n\
             Oirs-Ledger-Reads: {reads}\nOirs-Ledger-Writes: {writes}\nDescription: a fixture\n",
            package.version
        );
        script(&tree.join("DEBIAN/control"), &control);
        let mut packed = Command::new("dpkg-deb");
        packed.args(["--root-owner-group", "-Znone", "--build"]).arg(&tree).arg(file);
        run(packed, b"").expect_code(0);
    }

    fn terreno(&self, args: &[&str]) -> Command {
        let mut command = self.stand.command(args);
        command.env("DPKG_ROOT", self.at("root")).env("TERRENO_LOG", "info");
        command
    }

    #[track_caller]
    fn take(&self, stick: &Path) -> Done {
        run(self.terreno(&["update", "take", text(stick)]), b"")
    }

    /// The helper, with windows that say nothing.
    #[track_caller]
    fn install(&self) -> Done {
        run(self.terreno(&["update", "install", "--patience", "0"]), b"")
    }

    fn status(&self) -> Value {
        run(self.terreno(&["update", "status"]), b"").expect_code(0).answer()
    }

    /// The helper as it waits for the windows.
    fn installing(&self) -> Running {
        let mut helper = Running::start(self.terreno(&["update", "install"]), &Errors::AmongLines);
        let switched = std::iter::from_fn(|| helper.line()).any(|line| line.contains("switched"));
        assert!(switched, "the helper ended without a switch");
        helper
    }

    fn alive(&self) {
        run(self.terreno(&["update", "alive"]), b"").expect_code(0);
    }

    /// Installs what waits, with windows that live.
    fn install_alive(&self, number: u64) {
        let helper = self.installing();
        self.alive();
        assert_eq!(helper.end().code, Some(0));
        assert_eq!(self.runs(), format!("versions/{number}/{LIB}/programs"));
    }

    /// What the link says that runs.
    fn runs(&self) -> String {
        fs::read_link(self.at("root").join(LIB).join("current")).unwrap().to_str().unwrap().to_owned()
    }

    fn spool(&self) -> Vec<String> {
        let entries = fs::read_dir(self.stand.folder.join("updates")).into_iter().flatten().flatten();
        let mut names: Vec<String> = entries
            .map(|entry| entry.file_name().into_string().unwrap())
            .filter(|name| name != "wanted")
            .collect();
        names.sort();
        names
    }
}

fn sign(keys: &Path, number: u64, file: &Path, out: &Path) -> Done {
    let mut command = Command::new(program("oirs-central"));
    command.args(["--json", "release", "sign", text(file), "--keys", text(keys)]);
    command.args(["--number", &number.to_string(), "--out", text(out)]);
    run(command, b"")
}

/// The one error that a command told.
#[track_caller]
fn code(done: &Done) -> String {
    let told: Vec<Value> = done.err.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    assert_eq!(told.len(), 1, "{}\n{}", done.out, done.err);
    assert!(!told[0]["reason"].as_str().unwrap().is_empty());
    told[0]["code"].as_str().unwrap().to_owned()
}

#[test]
fn by_stick_and_after_the_closing() {
    let world = World::new();
    world.stand.run(&PLACE).expect_code(0);
    world.stand.record("request", &requests()[..2]).expect_code(0);

    let first = world.stick(1, &Package::default());
    let taken = world.take(&first).expect_code(0).answer();
    assert_eq!((&taken["waiting"]["number"], &taken["waiting"]["version"]), (&json!(1), &json!("0.2.0")));
    assert_eq!(taken["outing_open"], true);
    assert_eq!(world.take(&first).expect_code(0).answer()["waiting"]["number"], 1, "again is the same");
    assert_eq!(world.install().expect_code(0).answer(), json!({"outcome": "outing_open", "number": 1}));
    assert_eq!(world.runs(), "programs", "never in the middle of a day");

    // The closing wakes the helper. Windows that say nothing: it goes back by itself, and never tries that one again.
    let wanted = world.stand.folder.join("updates/wanted");
    assert!(!wanted.exists(), "the helper has heard it");
    world.stand.run(&["outing", "close"]).expect_code(0);
    assert!(wanted.exists());
    let fell = world.install().expect_code(3);
    assert_eq!(fell.answer(), json!({"outcome": "went_back", "number": 1, "code": "update_not_alive"}));
    assert_eq!(code(&fell), "update_not_alive");
    assert_eq!(world.runs(), "programs");
    assert_eq!(world.install().expect_code(0).answer(), json!({"outcome": "nothing"}));
    assert_eq!(code(&world.take(&first).expect_code(3)), "update_older");

    // Windows that live.
    world.take(&world.stick(2, &Package::default())).expect_code(0);
    world.install_alive(2);
    let status = world.status();
    assert_eq!(
        (&status["number"], &status["waiting"], &status["on_trial"]),
        (&json!(2), &Value::Null, &json!(false))
    );
    assert_eq!(world.stand.verified()["ok"], true);
    world.stand.record("request", &requests()[2..3]).expect_code(0);
    world.stand.run(&["outing", "close"]).expect_code(0);

    // The power goes while it waits for the windows: the next start goes on there, and does not switch again.
    world.take(&world.stick(3, &Package { version: "0.3.0", ..Package::default() })).expect_code(0);
    drop(world.installing());
    let status = world.status();
    assert_eq!((&status["on_trial"], &status["waiting"]), (&json!(true), &Value::Null));
    world.alive();
    assert_eq!(world.install().expect_code(0).answer(), json!({"outcome": "installed", "number": 3}));
    let kept = |number: u64| world.at("root").join(LIB).join(format!("versions/{number}")).is_dir();
    assert_eq!([kept(1), kept(2), kept(3)], [false, true, true], "the last one stays");

    // A person goes back, once: there is one version before.
    let back = || run(world.terreno(&["update", "back"]), b"");
    assert_eq!(back().expect_code(0).answer(), json!({"outcome": "went_back", "number": 3}));
    assert_eq!(world.runs(), format!("versions/2/{LIB}/programs"));
    assert_eq!(code(&back().expect_code(3)), "update_none");
    assert_eq!(world.stand.sync()["held"], 0);
    assert_eq!(world.office.requests().len(), 3, "nothing was lost on the way");
}

#[test]
fn by_sync_from_the_byte_where_it_was_cut() {
    let world = World::new();
    let link = Proxy::to(world.serving.address);
    let stand = Stand::enrolled(&world.at("far"), &world.office, &link.url(), "lejos");
    let world = World { stand, ..world };
    let stick = world.stick(5, &Package { padding: 600_000, ..Package::default() });
    let (release, package) = (stick.join("oirs/releases/5.release"), stick.join("oirs/releases/5.deb"));
    let bytes = fs::metadata(&package).unwrap().len();
    let publish = |release: &Path, package: &Path| {
        world.office.run(&["release", "publish", text(release), text(package)])
    };
    let published = publish(&release, &package).expect_code(0).answer();
    assert_eq!((&published["number"], &published["published"]), (&json!(5), &json!(true)));
    assert_eq!(
        publish(&release, &package).expect_code(0).answer()["published"],
        false,
        "again is nothing new"
    );
    let older = world.stick(4, &Package::default()).join("oirs/releases");
    let refused = publish(&older.join("4.release"), &older.join("4.deb")).expect_code(3);
    assert_eq!(code(&refused), "release_older");
    let refused = publish(&release, &older.join("4.deb")).expect_code(3);
    assert_eq!(code(&refused), "release_other_package");

    // The link is gone in the second piece: what is a citizen's is there, and the first piece stays.
    world.stand.record("request", &requests()[..1]).expect_code(0);
    link.set(vec![Link::CutsDown(400_000)], Link::Passes);
    let sync = |world: &World| run(world.terreno(&["sync"]), b"").expect_code(0).answer();
    let first = sync(&world);
    assert_eq!((&first["held"], &first["outcome"]), (&json!(0), &json!("done")), "{first}");
    let status = world.status();
    assert_eq!(status["arriving"]["here_bytes"].as_u64(), Some(PIECE), "{status}");
    assert_eq!(world.install().expect_code(0).answer(), json!({"outcome": "nothing"}), "not whole");
    let second = sync(&world);
    let down = second["bytes_down"].as_u64().unwrap();
    assert!((bytes - PIECE..bytes).contains(&down), "only the rest came: {down} of {bytes}");
    assert_eq!(world.status()["waiting"]["number"], 5);
    let idle = sync(&world);
    assert!(idle["bytes_down"].as_u64().unwrap() < 4_096, "{idle}");
    world.stand.run(&["outing", "close"]).expect_code(0);
    world.install_alive(5);
    sync(&world);
    assert_eq!(world.spool(), ["alive"], "what was installed waits no more, and is not fetched again");

    // What the office publishes and this stand can't use is left, and the sync goes on.
    let stick = world.stick(6, &Package { schemas: (2, 3), ..Package::default() }).join("oirs/releases");
    publish(&stick.join("6.release"), &stick.join("6.deb")).expect_code(0);
    assert_eq!(sync(&world)["outcome"], "done");
    assert_eq!((world.status()["arriving"].clone(), world.spool()), (Value::Null, vec!["alive".to_owned()]));
}

#[test]
fn what_must_not_come_in_is_refused_whole_and_by_name() {
    let world = World::new();
    let check = |what: &str, stick: &Path, exit: i32, expected: &str| {
        let refused = world.take(stick).expect_code(exit);
        assert_eq!(code(&refused), expected, "{what}");
        assert_eq!(world.spool(), Vec::<String>::new(), "{what}: nothing of it is kept");
    };
    let good = world.stick(9, &Package::default());
    let changed = |name: &str, change: &dyn Fn(&Path, &Path)| {
        let stick = world.at(name);
        fs::create_dir(&stick).unwrap();
        for ending in ["deb", "release"] {
            fs::copy(good.join(format!("oirs/releases/9.{ending}")), stick.join(format!("9.{ending}")))
                .unwrap();
        }
        change(&stick.join("9.release"), &stick.join("9.deb"));
        stick
    };
    let flip = |path: &Path, at: usize| {
        let mut bytes = fs::read(path).unwrap();
        bytes[at] ^= 1;
        fs::write(path, bytes).unwrap();
    };
    let cut = |path: &Path| {
        let bytes = fs::read(path).unwrap();
        fs::write(path, &bytes[..bytes.len() - 1]).unwrap();
    };
    check(
        "empty",
        &changed("a", &|release, deb| drop((fs::remove_file(release), fs::remove_file(deb)))),
        3,
        "update_none",
    );
    check(
        "a package alone",
        &changed("b", &|release, _| fs::remove_file(release).unwrap()),
        5,
        "update_unsigned",
    );
    check(
        "a release alone",
        &changed("c", &|_, deb| fs::remove_file(deb).unwrap()),
        3,
        "update_package_missing",
    );
    check("an altered package", &changed("d", &|_, deb| flip(deb, 700)), 5, "update_damaged");
    check("a cut package", &changed("e", &|_, deb| cut(deb)), 5, "update_damaged");
    check(
        "a longer package",
        &changed("f", &|_, deb| {
            let bytes = fs::read(deb).unwrap();
            fs::write(deb, [bytes, vec![0]].concat()).unwrap();
        }),
        5,
        "update_damaged",
    );
    check("a cut release", &changed("g", &|release, _| cut(release)), 5, "update_damaged");
    check(
        "an altered signature",
        &changed("h", &|release, _| {
            flip(release, usize::try_from(fs::metadata(release).unwrap().len()).unwrap() - 1);
        }),
        5,
        "update_unsigned",
    );
    check(
        "an older schema left behind",
        &world.stick(9, &Package { version: "0.2.1", schemas: (2, 2), ..Package::default() }),
        3,
        "update_ledger",
    );
    check(
        "a newer ledger than it knows",
        &world.stick(9, &Package { version: "0.2.2", schemas: (0, 0), ..Package::default() }),
        3,
        "update_ledger",
    );

    // Another office's, signed by its own root's word.
    let other = Office::init(&world.at("other"));
    let root = world.at("other/root-key-offline/root.key");
    other
        .run(&["release", "certify", "--root", text(&root), "--out", text(&world.at("other-keys"))])
        .expect_code(0);
    let foreign = changed("i", &|release, deb| {
        fs::remove_file(release).unwrap();
        sign(&world.at("other-keys"), 9, deb, release).expect_code(0);
    });
    check("another office's", &foreign, 9, "update_foreign");
    let refused = world.office.run(&[
        "release",
        "publish",
        text(&foreign.join("9.release")),
        text(&foreign.join("9.deb")),
    ]);
    assert_eq!(code(&refused.expect_code(3)), "release_foreign");

    // A damaged one beside a good one hides nothing.
    let both = changed("j", &|release, deb| {
        fs::write(release.with_file_name("10.release"), b"nada").unwrap();
        fs::copy(deb, deb.with_file_name("10.deb")).unwrap();
    });
    assert_eq!(world.take(&both).expect_code(0).answer()["waiting"]["number"], 9);
    let older = world.stick(8, &Package::default());
    assert_eq!(code(&world.take(&older).expect_code(3)), "update_older");
    assert_eq!(world.status()["waiting"]["number"], 9, "the newer one stays");
}

/// The windows' user owns the data folder and is not believed: whatever lies there, the helper looks for itself.
#[test]
fn the_helper_believes_nobody() {
    let world = World::new();
    assert_eq!(
        world.install().expect_code(0).answer(),
        json!({"outcome": "nothing"}),
        "it notes whose stand this is"
    );
    let updates = world.stand.folder.join("updates");
    let file = |number: u64, ending: &str| updates.join(format!("{number:010}.{ending}"));
    let refused = |what: &str, number: u64, expected: &str| {
        let done = world.install().expect_code(3);
        let answer = json!({"outcome": "refused", "number": number, "code": expected});
        assert_eq!((done.answer(), code(&done)), (answer, expected.to_owned()), "{what}");
        assert_eq!(world.runs(), "programs", "{what}");
        fs::remove_dir_all(&updates).unwrap();
    };
    let lay = |number: u64, package: &Package<'_>| {
        let folder = world.stick(number, package).join("oirs/releases");
        fs::create_dir_all(&updates).unwrap();
        for ending in ["release", "deb"] {
            fs::copy(folder.join(format!("{number}.{ending}")), file(number, ending)).unwrap();
        }
    };

    lay(1, &Package::default());
    fs::write(file(1, "deb"), b"another package").unwrap();
    refused("another package under the name", 1, "update_damaged");
    lay(1, &Package::default());
    fs::rename(file(1, "release"), file(2, "release")).unwrap();
    fs::rename(file(1, "deb"), file(2, "deb")).unwrap();
    refused("another number under the name", 2, "update_damaged");
    for ending in ["release", "deb"] {
        lay(1, &Package::default());
        fs::rename(file(1, ending), updates.join("elsewhere")).unwrap();
        symlink(updates.join("elsewhere"), file(1, ending)).unwrap();
        refused("a link in its place", 1, "update_damaged");
    }
    lay(1, &Package { version: "0.0.9", ..Package::default() });
    refused("a version before the one that runs", 1, "update_older");
    lay(1, &Package { script: "#!/bin/sh\nexit 1\n".into(), ..Package::default() });
    refused("a program that does not start", 1, "update_rehearsal");
    lay(1, &Package { script: "no program".into(), ..Package::default() });
    refused("no program at all", 1, "update_rehearsal");

    // Whoever takes the windows over and enrols them elsewhere gains nothing: the helper knows its root.
    let other = Office::init(&world.at("other"));
    let root = world.at("other/root-key-offline/root.key");
    other
        .run(&["release", "certify", "--root", text(&root), "--out", text(&world.at("other-keys"))])
        .expect_code(0);
    let serving = other.serve();
    let elsewhere = Stand::enrolled(&world.at("elsewhere"), &other, &serving.url(), "otro");
    lay(1, &Package::default());
    fs::remove_file(file(1, "release")).unwrap();
    sign(&world.at("other-keys"), 1, &file(1, "deb"), &file(1, "release")).expect_code(0);
    let own = world.stand.folder.join("enrolment.cbor");
    let kept = fs::read(&own).unwrap();
    fs::copy(elsewhere.folder.join("enrolment.cbor"), &own).unwrap();
    refused("another root put into the data folder", 1, "update_foreign");
    fs::write(&own, kept).unwrap();

    // A ledger that a newer program wrote: its number stands in the file's header.
    lay(1, &Package::default());
    let ledger = world.stand.folder.join("ledger/ledger.db");
    let healthy = fs::read(&ledger).unwrap();
    let mut newer = healthy.clone();
    newer[60..64].copy_from_slice(&99_u32.to_be_bytes());
    fs::write(&ledger, newer).unwrap();
    refused("a newer ledger", 1, "update_ledger");
    fs::write(&ledger, healthy).unwrap();
    assert_eq!(world.stand.verified()["ok"], true);

    // The version before can't read the ledger any more: there is no way back, and it says so.
    lay(1, &Package::default());
    script(&world.at("root").join(LIB).join("programs/terreno"), "#!/bin/sh\nexit 5\n");
    let stayed = world.install().expect_code(3);
    assert_eq!(code(&stayed), "update_no_way_back");
    assert_eq!(world.runs(), format!("versions/1/{LIB}/programs"));
    assert_eq!(world.status()["last"]["outcome"], "update_no_way_back");
}
