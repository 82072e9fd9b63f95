//! A computer in memory: QEMU with a screen, a keyboard, ports for sticks, and Debian's own agent inside, which runs
//! what the proof wants to know. The agent is what an operator of virtual machines has anyway; nothing of ours knows it.

use crate::children::{Background, Log};
use crate::tree::Tree;
use crate::trouble::Trouble;
use data_encoding::BASE64;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long a start of the computer may take until something inside answers.
const START_TIME_MAX: Duration = Duration::from_mins(5);
/// How long one command inside may take.
const COMMAND_TIME_MAX: Duration = Duration::from_mins(10);
/// How often what is waited for is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// How long an answer on a line may take.
const ANSWER_TIME_MAX: Duration = Duration::from_mins(1);
/// The longest path of a socket is 108 bytes, and a build folder may be deeper: sockets lie in a folder of their own.
const SOCKETS: &str = "oirs-machine";

/// The screen, in dots.
pub(super) const SCREEN: (usize, usize) = (1_280, 800);
/// Memory of the computer, in MiB: that of a small laptop.
const MEMORY_MIB: u32 = 2_048;

/// How the computer's processor comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Speed {
    /// This machine's own lends itself: times are those of a computer.
    Real,
    /// Every instruction is imitated, some twenty times slower: what happens is seen, how fast isn't.
    Emulated,
}

impl Speed {
    /// What this machine can do. `/dev/kvm` alone says too little: there are some that run prepared kernels only.
    pub(super) fn here() -> Self {
        let open = std::fs::File::options().read(true).write(true).open("/dev/kvm").is_ok();
        let says = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        Self::of(open, &says)
    }

    fn of(open: bool, cpuinfo: &str) -> Self {
        let flags = cpuinfo.lines().find(|line| line.starts_with("flags")).unwrap_or_default();
        let lends = flags.split_whitespace().any(|flag| ["vmx", "svm"].contains(&flag));
        if open && lends { Self::Real } else { Self::Emulated }
    }
}

/// What the computer is made of.
#[derive(Debug, Clone)]
pub(super) struct Parts {
    pub(super) kernel: PathBuf,
    pub(super) initrd: PathBuf,
    /// A copy, to be written to.
    pub(super) disk: PathBuf,
    pub(super) swap: PathBuf,
    /// Read only: what the proof brings with it.
    pub(super) cargo: PathBuf,
}

/// A computer that runs, until it is dropped.
#[derive(Debug)]
pub(super) struct Machine {
    process: Background,
    monitor: Line,
    agent: Line,
    tree: Tree,
    folder: PathBuf,
    speed: Speed,
    parts: Parts,
    /// How often it was started.
    starts: u32,
    _sockets: Sockets,
}

/// How a command inside ended.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) code: i64,
    pub(super) text: String,
}

impl Said {
    pub(super) fn ok(&self) -> bool {
        self.code == 0
    }
}

/// A folder for sockets, gone with its owner.
#[derive(Debug)]
struct Sockets(PathBuf);

impl Drop for Sockets {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Machine {
    /// Switches the computer on.
    pub(super) fn start(tree: &Tree, folder: &Path, speed: Speed, parts: &Parts) -> Result<Self, Trouble> {
        Self::start_again(tree, folder, speed, parts, 0)
    }

    fn start_again(
        tree: &Tree,
        folder: &Path,
        speed: Speed,
        parts: &Parts,
        starts: u32,
    ) -> Result<Self, Trouble> {
        let name = format!("{SOCKETS}-{}-{starts}", std::process::id());
        let sockets = Sockets(std::env::temp_dir().join(name));
        std::fs::create_dir_all(&sockets.0).map_err(|source| Trouble::file(&sockets.0, &source))?;
        let (monitor, agent) = (sockets.0.join("monitor"), sockets.0.join("agent"));
        let mut command = tree.command("qemu-system-x86_64");
        command.args(["-nodefaults", "-no-user-config", "-display", "none", "-nic", "none", "-no-reboot"]);
        let start = "root=/dev/vda rw quiet console=ttyS0 console=tty0";
        command.args(["-machine", "q35"]);
        match speed {
            Speed::Real => command.args(["-accel", "kvm", "-cpu", "host", "-smp", "2", "-append", start]),
            // An older processor: what it has is quick to imitate. One alone waits for no other, and the kernel does not
            // mistake a slow machine for a broken one.
            Speed::Emulated => command
                .args(["-accel", "tcg", "-cpu", "Nehalem", "-smp", "1", "-append"])
                .arg(format!("{start} no_timer_check nowatchdog mitigations=off")),
        };
        command.arg("-m").arg(MEMORY_MIB.to_string());
        command.arg("-kernel").arg(&parts.kernel).arg("-initrd").arg(&parts.initrd);
        let drive = |path: &Path, more: &str| format!("file={},if=virtio,format=raw,{more}", path.display());
        command.arg("-drive").arg(drive(&parts.disk, "cache=unsafe"));
        command.arg("-drive").arg(drive(&parts.swap, "cache=unsafe"));
        command.arg("-drive").arg(drive(&parts.cargo, "readonly=on"));
        let (width, height) = SCREEN;
        command.arg("-device").arg(format!("virtio-vga,xres={width},yres={height}"));
        command.args(["-device", "virtio-keyboard-pci", "-device", "virtio-tablet-pci"]);
        command.args(["-device", "qemu-xhci,id=usb", "-device", "virtio-serial"]);
        command.arg("-qmp").arg(format!("unix:{},server=on,wait=off", monitor.display()));
        command.arg("-chardev").arg(format!("socket,path={},server=on,wait=off,id=agent", agent.display()));
        command.args(["-device", "virtserialport,chardev=agent,name=org.qemu.guest_agent.0"]);
        command.arg("-serial").arg(format!("file:{}", folder.join(format!("serial-{starts}.log")).display()));
        Log::begin(&tree.target, "machine")?.receive(&mut command)?;
        let mut process = Background::start(&mut command)?;
        let mut monitor = Line::connect(&monitor, &mut process)?;
        let agent = Line::connect(&agent, &mut process)?;
        monitor.ask("qmp_capabilities", &json!({}))?;
        let (tree, folder, parts) = (tree.clone(), folder.to_path_buf(), parts.clone());
        let mut machine =
            Self { process, monitor, agent, tree, folder, speed, parts, starts, _sockets: sockets };
        machine.wait_for_agent()?;
        Ok(machine)
    }

    /// Waits until somebody inside answers, and no longer says what was asked before.
    pub(super) fn wait_for_agent(&mut self) -> Result<(), Trouble> {
        let began = Instant::now();
        while began.elapsed() < START_TIME_MAX {
            if self.agent.greet()? {
                return Ok(());
            }
        }
        Err(Trouble::new(
            "the computer did not start",
            format!("see {}", self.folder.join(format!("serial-{}.log", self.starts)).display()),
        ))
    }

    /// Lets time pass; an end of the computer meanwhile is a trouble.
    pub(super) fn pause(&mut self, length: Duration) -> Result<(), Trouble> {
        match self.process.ended_within(length) {
            None => Ok(()),
            Some(status) => Err(Trouble::new(
                format!("the virtual machine ended with {status}"),
                "see log/machine.log of the build folder",
            )),
        }
    }

    /// Whether the computer switches itself off within a time.
    pub(super) fn goes_off_within(&mut self, length: Duration) -> bool {
        self.process.ended_within(length).is_some_and(|status| status.success())
    }

    /// Runs a line of shell inside, as root.
    pub(super) fn run(&mut self, line: &str) -> Result<Said, Trouble> {
        let wanted = json!({"path": "/bin/sh", "arg": ["-c", line], "capture-output": true,
            "env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", "DEBIAN_FRONTEND=noninteractive", "HOME=/root"]});
        let started = self.agent.ask("guest-exec", &wanted)?;
        let pid = started.get("pid").cloned().unwrap_or_default();
        let began = Instant::now();
        while began.elapsed() < COMMAND_TIME_MAX {
            let status = self.agent.ask("guest-exec-status", &json!({"pid": pid}))?;
            if status.get("exited").and_then(Value::as_bool) == Some(true) {
                let text = |name: &str| {
                    let bytes = status.get(name).and_then(Value::as_str).unwrap_or_default().as_bytes();
                    String::from_utf8_lossy(&BASE64.decode(bytes).unwrap_or_default()).into_owned()
                };
                let code = status.get("exitcode").and_then(Value::as_i64).unwrap_or(-1);
                let text = text("out-data") + &text("err-data");
                return Ok(Said { code, text: text.trim_end().to_owned() });
            }
            self.pause(LOOK_EVERY)?;
        }
        Err(Trouble::new(format!("this went on inside for too long: {line}"), "see serial-*.log"))
    }

    /// Whether a line of shell ends well within a time, asked again and again.
    pub(super) fn becomes(&mut self, line: &str, limit: Duration) -> Result<bool, Trouble> {
        let began = Instant::now();
        loop {
            if self.run(line)?.ok() {
                return Ok(true);
            }
            if began.elapsed() >= limit {
                return Ok(false);
            }
            self.pause(LOOK_EVERY)?;
        }
    }

    /// Starts the computer anew, as somebody with root's password would. It is switched off in between: a start from the
    /// cold is the one that stands have every morning.
    pub(super) fn restart(&mut self) -> Result<(), Trouble> {
        // It ends the agent as well: whether the command is answered is chance.
        let _ = self.agent.ask("guest-exec", &json!({"path": "/bin/systemctl", "arg": ["reboot"]}));
        if !self.goes_off_within(START_TIME_MAX) {
            return Err(Trouble::new("the computer did not go down", "see serial-*.log"));
        }
        let starts = self.starts.saturating_add(1);
        *self = Self::start_again(&self.tree, &self.folder, self.speed, &self.parts, starts)?;
        Ok(())
    }

    /// Presses keys together, as QEMU calls them, and lets them go.
    pub(super) fn press(&mut self, keys: &[&str]) -> Result<(), Trouble> {
        self.hold(keys, Duration::from_millis(100))
    }

    /// The same, for a time.
    pub(super) fn hold(&mut self, keys: &[&str], length: Duration) -> Result<(), Trouble> {
        let event = |key: &&str, down: bool| json!({"type": "key", "data": {"down": down, "key": {"type": "qcode", "data": key}}});
        let down: Vec<Value> = keys.iter().map(|key| event(key, true)).collect();
        let up: Vec<Value> = keys.iter().rev().map(|key| event(key, false)).collect();
        self.monitor.ask("input-send-event", &json!({"events": down}))?;
        let ended = self.process.ended_within(length);
        if ended.is_none() {
            let _ = self.monitor.ask("input-send-event", &json!({"events": up}));
        }
        Ok(())
    }

    /// The power key of the case, touched.
    pub(super) fn touch_power(&mut self) -> Result<(), Trouble> {
        self.monitor.ask("system_powerdown", &json!({})).map(drop)
    }

    /// Plugs a stick in.
    pub(super) fn plug(&mut self, image: &Path) -> Result<(), Trouble> {
        let file = json!({"driver": "file", "filename": image});
        self.monitor.ask("blockdev-add", &json!({"driver": "raw", "node-name": "stick", "file": file}))?;
        let device = json!({"driver": "usb-storage", "id": "stick", "drive": "stick", "bus": "usb.0", "removable": true});
        self.monitor.ask("device_add", &device).map(drop)
    }

    /// Pulls it out, without asking anybody.
    pub(super) fn unplug(&mut self) -> Result<(), Trouble> {
        self.monitor.ask("device_del", &json!({"id": "stick"}))?;
        let began = Instant::now();
        while began.elapsed() < ANSWER_TIME_MAX {
            if self.monitor.ask("blockdev-del", &json!({"node-name": "stick"})).is_ok() {
                return Ok(());
            }
            self.pause(LOOK_EVERY)?;
        }
        Err(Trouble::new("the stick could not be pulled out", "see log/machine.log"))
    }

    /// What the screen shows.
    pub(super) fn look(&mut self) -> Result<Picture, Trouble> {
        let path = self.folder.join("screen.ppm");
        self.monitor.ask("screendump", &json!({"filename": path}))?;
        let bytes = std::fs::read(&path).map_err(|source| Trouble::file(&path, &source))?;
        Picture::read(&bytes)
            .ok_or_else(|| Trouble::new("a picture of the screen could not be read", "see screen.ppm"))
    }

    /// Keeps what the screen shows, for people.
    pub(super) fn keep(&mut self, path: &Path) -> Result<(), Trouble> {
        self.monitor.ask("screendump", &json!({"filename": path, "format": "png"})).map(drop)
    }
}

/// A conversation in lines of JSON.
#[derive(Debug)]
struct Line {
    from: BufReader<UnixStream>,
    to: UnixStream,
    asked: u64,
}

impl Line {
    fn connect(path: &Path, process: &mut Background) -> Result<Self, Trouble> {
        let began = Instant::now();
        loop {
            match UnixStream::connect(path) {
                Ok(to) => {
                    let trouble = |source: std::io::Error| Trouble::file(path, &source);
                    to.set_read_timeout(Some(ANSWER_TIME_MAX)).map_err(trouble)?;
                    let from = BufReader::new(to.try_clone().map_err(trouble)?);
                    return Ok(Self { from, to, asked: 0 });
                }
                Err(source) if began.elapsed() > ANSWER_TIME_MAX => return Err(Trouble::file(path, &source)),
                Err(_) if process.ended_within(LOOK_EVERY).is_some() => {
                    return Err(Trouble::new(
                        "the virtual machine did not start",
                        "see log/machine.log of the build folder",
                    ));
                }
                Err(_) => {}
            }
        }
    }

    fn say(&mut self, message: &Value) -> Result<(), Trouble> {
        writeln!(self.to, "{message}").map_err(|source| {
            Trouble::new(format!("the virtual machine hears nothing: {source}"), "see log/machine.log")
        })
    }

    /// The next answer: none where nothing came in time.
    fn hear(&mut self) -> Option<Value> {
        let mut line = String::new();
        loop {
            line.clear();
            if self.from.read_line(&mut line).ok()? == 0 {
                return None;
            }
            // What was cut off by a restart is no answer.
            if let Ok(heard) =
                serde_json::from_str::<Value>(line.trim_matches(|c: char| !c.is_ascii_graphic()))
                && (heard.get("return").is_some() || heard.get("error").is_some())
            {
                return Some(heard);
            }
        }
    }

    fn ask(&mut self, execute: &str, arguments: &Value) -> Result<Value, Trouble> {
        self.say(&json!({"execute": execute, "arguments": arguments}))?;
        let heard = self
            .hear()
            .ok_or_else(|| Trouble::new(format!("{execute}: no answer"), "see log/machine.log"))?;
        match heard.get("return") {
            Some(value) => Ok(value.clone()),
            None => Err(Trouble::new(format!("{execute}: {heard}"), "see log/machine.log")),
        }
    }

    /// Whether somebody answers to just this greeting: answers to earlier questions are left behind by that.
    fn greet(&mut self) -> Result<bool, Trouble> {
        self.asked = self.asked.wrapping_add(1);
        let id = self.asked;
        let _ = self.to.set_read_timeout(Some(Duration::from_secs(1)));
        self.say(&json!({"execute": "guest-sync", "arguments": {"id": id}}))?;
        let mut answered = false;
        while let Some(heard) = self.hear() {
            if heard.get("return").and_then(Value::as_u64) == Some(id) {
                answered = true;
                break;
            }
        }
        let _ = self.to.set_read_timeout(Some(ANSWER_TIME_MAX));
        Ok(answered)
    }
}

/// A picture of the screen: its dots, three bytes each, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Picture {
    size: (usize, usize),
    dots: Vec<u8>,
}

impl Picture {
    /// A portable pixmap (P6) as QEMU writes it: one white space between its words.
    fn read(bytes: &[u8]) -> Option<Self> {
        let mut words = bytes.splitn(5, u8::is_ascii_whitespace);
        let mut word = || words.next();
        if word()? != b"P6" {
            return None;
        }
        let number = |word: &[u8]| std::str::from_utf8(word).ok()?.parse::<usize>().ok();
        let size = (number(word()?)?, number(word()?)?);
        // The largest value of a colour is 255.
        number(word()?)?;
        let dots = word()?.to_vec();
        (dots.len() == size.0.checked_mul(size.1)?.checked_mul(3)?).then_some(Self { size, dots })
    }

    pub(super) fn size(&self) -> (usize, usize) {
        self.size
    }

    /// How many colours it has: an empty screen has one, a console a few, a page with smooth letters many.
    pub(super) fn colours(&self) -> usize {
        self.dots.chunks_exact(3).collect::<std::collections::BTreeSet<_>>().len()
    }

    /// Dots that are not the same in both, in thousandths of all; all where the sizes differ.
    pub(super) fn differs(&self, other: &Self) -> usize {
        if self.size != other.size {
            return 1_000;
        }
        let (ours, theirs) = (self.dots.chunks_exact(3), other.dots.chunks_exact(3));
        let all = ours.len().max(1);
        ours.zip(theirs).filter(|(one, other)| one != other).count().saturating_mul(1_000).div_ceil(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_processor_lends_itself_or_is_imitated() {
        for (open, cpuinfo, expected) in [
            (true, "model name: x\nflags\t\t: fpu svm sse\n", Speed::Real),
            (true, "flags\t\t: fpu vmx\n", Speed::Real),
            (false, "flags\t\t: fpu vmx\n", Speed::Emulated),
            (true, "flags\t\t: fpu vmxx sse\n", Speed::Emulated),
            (true, "", Speed::Emulated),
        ] {
            assert_eq!(Speed::of(open, cpuinfo), expected, "{open} {cpuinfo}");
        }
    }

    #[test]
    fn pictures_are_read_counted_and_compared() {
        let one = Picture::read(b"P6\n2 1\n255\n\x00\x00\x00\n\n\n").unwrap();
        assert_eq!((one.size(), one.colours()), ((2, 1), 2));
        let other = Picture::read(b"P6\n2 1\n255\n\x00\x00\x00\x00\x00\x00").unwrap();
        assert_eq!((other.colours(), one.differs(&other), one.differs(&one)), (1, 500, 0));
        let wider = Picture::read(b"P6\n1 1\n255\n\x00\x00\x00").unwrap();
        assert_eq!(one.differs(&wider), 1_000);
        for bad in [&b"P5\n1 1\n255\n\x00"[..], b"P6\n1 1\n255\n\x00", b"", b"P6\nx 1\n255\nabc"] {
            assert_eq!(Picture::read(bad), None);
        }
    }
}
