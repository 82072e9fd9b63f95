//! The way between a stand and its office, as bad as a village's: it cuts after a number of bytes, swallows
//! everything, or answers in the office's place. It delays nothing: what it does, it does at once.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::LIMIT;

/// What the link does to one connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// Carries everything.
    Passes,
    /// Carries so many bytes towards the office, and then is gone.
    CutsUp(usize),
    /// Carries everything towards the office and so many bytes back, and then is gone: the answer is lost.
    CutsDown(usize),
    /// Takes everything and gives nothing.
    Swallows,
    /// Somebody else answers.
    Says(&'static [u8]),
}

struct State {
    office: SocketAddr,
    usual: Link,
    next: Vec<Link>,
    connections: usize,
    cuts: usize,
    carried_up: u64,
    held: Vec<TcpStream>,
}

/// A proxy on loopback. What it does is set per connection: first what was planned, then the usual.
pub struct Proxy {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    swallowed: Mutex<Receiver<usize>>,
}

impl Proxy {
    /// A link to an office that carries everything for now.
    pub fn to(office: SocketAddr) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let state = State {
            office,
            usual: Link::Passes,
            next: Vec::new(),
            connections: 0,
            cuts: 0,
            carried_up: 0,
            held: Vec::new(),
        };
        let state = Arc::new(Mutex::new(state));
        let (swallow, swallowed) = channel();
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (shared, swallow) = (Arc::clone(&shared), swallow.clone());
                std::thread::spawn(move || serve(stream, &shared, &swallow));
            }
        });
        Self { address, state, swallowed: Mutex::new(swallowed) }
    }

    /// What a stand is told to be its office's address.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Leads to another address from the next connection on: an office that was started again.
    pub fn turn_to(&self, office: SocketAddr) {
        self.state.lock().unwrap().office = office;
    }

    /// Sets what happens to the next connections, one each, and to all after them.
    pub fn set(&self, next: Vec<Link>, usual: Link) {
        let mut state = self.state.lock().unwrap();
        state.next = next;
        state.next.reverse();
        state.usual = usual;
    }

    /// Connections so far.
    pub fn connections(&self) -> usize {
        self.state.lock().unwrap().connections
    }

    /// Connections that were cut so far.
    pub fn cuts(&self) -> usize {
        self.state.lock().unwrap().cuts
    }

    /// Bytes carried towards the office so far.
    pub fn carried_up(&self) -> u64 {
        self.state.lock().unwrap().carried_up
    }

    /// Waits until the link has swallowed something.
    pub fn wait_for_swallowed(&self) {
        self.swallowed.lock().unwrap().recv_timeout(LIMIT).expect("nothing was sent");
    }
}

fn serve(mut stand: TcpStream, state: &Mutex<State>, swallow: &Sender<usize>) {
    let (link, office) = {
        let mut state = state.lock().unwrap();
        state.connections += 1;
        let link = state.next.pop().unwrap_or_else(|| state.usual.clone());
        (link, state.office)
    };
    let (up, down) = match link {
        Link::Swallows => {
            let mut bytes = [0; 4096];
            if let Ok(read) = stand.read(&mut bytes) {
                // Held open: whoever waits for an answer waits in vain.
                state.lock().unwrap().held.push(stand);
                let _ = swallow.send(read);
            }
            return;
        }
        Link::Says(answer) => return say(stand, answer),
        Link::Passes => (usize::MAX, usize::MAX),
        Link::CutsUp(bytes) => (bytes, usize::MAX),
        Link::CutsDown(bytes) => (usize::MAX, bytes),
    };
    let Ok(office) = TcpStream::connect(office) else { return };
    let (Ok(stand_too), Ok(office_too)) = (stand.try_clone(), office.try_clone()) else { return };
    let back = std::thread::spawn(move || carry(office_too, stand_too, down, |_| {}));
    let cut_up = carry(stand, office, up, |bytes| state.lock().unwrap().carried_up += bytes as u64);
    if back.join().unwrap() || cut_up {
        state.lock().unwrap().cuts += 1;
    }
}

/// Carries bytes until one side ends or the budget is used up; then neither side hears anything more.
fn carry(mut from: TcpStream, mut to: TcpStream, mut budget: usize, mut carried: impl FnMut(usize)) -> bool {
    let mut bytes = [0; 8192];
    loop {
        let read = from.read(&mut bytes).unwrap_or(0);
        let part = &bytes[..read.min(budget)];
        let written = to.write_all(part).is_ok();
        carried(part.len());
        let cut = read > budget;
        budget = budget.saturating_sub(read);
        if read == 0 || cut || !written {
            let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
            return cut;
        }
    }
}

/// Waits for a request's head and answers it, whatever it was.
fn say(mut stand: TcpStream, answer: &[u8]) {
    let _ = stand.set_read_timeout(Some(Duration::from_secs(10)));
    let mut bytes = [0; 4096];
    let mut head = Vec::new();
    while !head.windows(4).any(|window| window == b"\r\n\r\n") {
        match stand.read(&mut bytes) {
            Ok(read) if read > 0 => head.extend_from_slice(&bytes[..read]),
            _ => return,
        }
    }
    let _ = stand.write_all(answer);
    let _ = stand.shutdown(Shutdown::Write);
    // The rest is read, so that closing doesn't take the answer back.
    let _ = std::io::copy(&mut stand, &mut std::io::sink());
}
