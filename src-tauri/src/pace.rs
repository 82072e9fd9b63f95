//! How much a citizen's screen files without the team. A screen that stands alone for an hour must not fill the office
//! with what a child or a joker types; so past a named number it asks for somebody of the team, who lets it go on with
//! the PIN. Nobody is ever turned away: the words stay on the screen, and the team's own form has no such limit.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::refusal::Refusal;
use crate::shell::held;

/// What one session files. Who has more to say goes through "next person", and reads the notice for it.
const SESSION_REQUESTS_MAX: usize = 1;
/// What the screen files in a row before the team has looked: taken the screen, or entered its PIN there.
const UNSEEN_REQUESTS_MAX: usize = 10;
/// What the screen files within [`WINDOW`], looked at or not, before somebody lets it go on; and as many notes of what
/// the catalogue lacks.
const WINDOW_REQUESTS_MAX: usize = 30;
/// What one session notes as missing in the catalogue.
const SESSION_WANTED_MAX: usize = 3;
const WINDOW: Duration = Duration::from_hours(1);

/// The counts, behind one lock: a hundred calls a second pass one after another.
#[derive(Debug, Default)]
pub(crate) struct Pace(Mutex<Counts>);

impl Pace {
    /// Whether a request could be filed now, before anybody writes one.
    pub(crate) fn needs_team(&self) -> bool {
        held(&self.0).needs_team(Instant::now())
    }

    /// Files a request by `work`, if the pace allows it, and counts it if it was filed. The same id as this session's
    /// last one is the same request sent again, and always passes.
    pub(crate) fn file<T>(
        &self,
        id: Option<String>,
        work: impl FnOnce() -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let mut counts = held(&self.0);
        let again = id.is_some() && id == counts.last_id;
        if !again && counts.needs_team(Instant::now()) {
            return Err(Refusal::of("team_needed"));
        }
        let done = work()?;
        if !again {
            counts.filed(id, Instant::now());
        }
        Ok(done)
    }

    /// Notes by `work` that something is missing, unless this session or the hour has had enough of it.
    pub(crate) fn want(&self, work: impl FnOnce() -> Result<(), Refusal>) -> Result<(), Refusal> {
        let mut counts = held(&self.0);
        if !counts.may_want(Instant::now()) {
            return Err(Refusal::of("wanted_enough"));
        }
        work()?;
        counts.wanted(Instant::now());
        Ok(())
    }

    /// A new session begins.
    pub(crate) fn next_session(&self) {
        held(&self.0).next_session();
    }

    /// The team has the screen, or gives it away.
    pub(crate) fn looked(&self) {
        let mut counts = held(&self.0);
        counts.unseen = 0;
        counts.next_session();
    }

    /// The team has seen what goes on and lets it.
    pub(crate) fn let_on(&self) {
        let mut counts = held(&self.0);
        counts.unseen = 0;
        counts.session = 0;
        counts.recent.clear();
    }
}

#[derive(Debug, Default)]
struct Counts {
    session: usize,
    last_id: Option<String>,
    unseen: usize,
    /// When each of the last ones was filed, the oldest first; never more than [`WINDOW_REQUESTS_MAX`].
    recent: VecDeque<Instant>,
    session_wanted: usize,
    /// When each of the last notes of missing content was made, the oldest first.
    recent_wanted: VecDeque<Instant>,
}

/// Forgets what is older than [`WINDOW`].
fn keep_window(times: &mut VecDeque<Instant>, now: Instant) {
    while times.front().is_some_and(|oldest| now.duration_since(*oldest) >= WINDOW) {
        times.pop_front();
    }
}

impl Counts {
    fn needs_team(&mut self, now: Instant) -> bool {
        keep_window(&mut self.recent, now);
        self.session >= SESSION_REQUESTS_MAX
            || self.unseen >= UNSEEN_REQUESTS_MAX
            || self.recent.len() >= WINDOW_REQUESTS_MAX
    }

    fn filed(&mut self, id: Option<String>, now: Instant) {
        self.session = self.session.saturating_add(1);
        self.unseen = self.unseen.saturating_add(1);
        self.recent.push_back(now);
        self.last_id = id;
    }

    fn may_want(&mut self, now: Instant) -> bool {
        keep_window(&mut self.recent_wanted, now);
        self.session_wanted < SESSION_WANTED_MAX && self.recent_wanted.len() < WINDOW_REQUESTS_MAX
    }

    fn wanted(&mut self, now: Instant) {
        self.session_wanted = self.session_wanted.saturating_add(1);
        self.recent_wanted.push_back(now);
    }

    fn next_session(&mut self) {
        self.session = 0;
        self.session_wanted = 0;
        self.last_id = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Files `count` requests, each in a session of its own.
    fn after(count: usize, now: Instant) -> Counts {
        let mut counts = Counts::default();
        for _ in 0..count {
            counts.filed(None, now);
            counts.next_session();
        }
        counts
    }

    #[test]
    fn each_limit_at_below_and_above() {
        let now = Instant::now();
        let check = |mut counts: Counts, at: Instant, expected: bool| {
            assert_eq!(counts.needs_team(at), expected, "{counts:?}");
        };
        for (filed, expected) in [(0, false), (SESSION_REQUESTS_MAX - 1, false), (SESSION_REQUESTS_MAX, true)]
        {
            check(Counts { session: filed, ..Counts::default() }, now, expected);
        }
        check(after(UNSEEN_REQUESTS_MAX - 1, now), now, false);
        check(after(UNSEEN_REQUESTS_MAX, now), now, true);
        check(after(UNSEEN_REQUESTS_MAX + 1, now), now, true);
        // The team looks in between: only the hour counts, and an hour later it does not.
        for (filed, expected) in
            [(WINDOW_REQUESTS_MAX - 1, false), (WINDOW_REQUESTS_MAX, true), (WINDOW_REQUESTS_MAX + 1, true)]
        {
            let looked_at = || Counts { unseen: 0, ..after(filed, now) };
            check(looked_at(), now, expected);
            check(looked_at(), now + WINDOW.checked_sub(Duration::from_nanos(1)).unwrap(), expected);
            check(looked_at(), now + WINDOW, false);
        }
    }

    #[test]
    fn what_is_missing_is_noted_a_few_times() {
        let now = Instant::now();
        let check = |session: usize, hour: usize, at: Instant, expected: bool| {
            let recent_wanted = VecDeque::from(vec![now; hour]);
            let mut counts = Counts { session_wanted: session, recent_wanted, ..Counts::default() };
            assert_eq!(counts.may_want(at), expected, "{session} {hour}");
        };
        for (session, expected) in
            [(SESSION_WANTED_MAX - 1, true), (SESSION_WANTED_MAX, false), (SESSION_WANTED_MAX + 1, false)]
        {
            check(session, 0, now, expected);
        }
        check(0, WINDOW_REQUESTS_MAX - 1, now, true);
        check(0, WINDOW_REQUESTS_MAX, now, false);
        check(0, WINDOW_REQUESTS_MAX, now + WINDOW, true);
        let pace = Pace::default();
        let disk_full = || Err(Refusal::of("disk_full"));
        for _ in 0..SESSION_WANTED_MAX {
            assert_eq!(pace.want(disk_full), Err(Refusal::of("disk_full")), "what failed does not count");
            assert_eq!(pace.want(|| Ok(())), Ok(()));
        }
        assert_eq!(pace.want(|| Ok(())), Err(Refusal::of("wanted_enough")));
        assert!(!pace.needs_team(), "noting is not filing");
        pace.next_session();
        assert_eq!(pace.want(|| Ok(())), Ok(()));
    }

    #[test]
    fn only_what_was_filed_counts_and_the_team_lets_it_go_on() {
        let pace = Pace::default();
        let file = |id: &str| pace.file(Some(id.into()), || Ok(())).map_err(|refusal| refusal.code);
        let refused = Err("team_needed".to_owned());
        let disk_full = || Err::<(), _>(Refusal::of("disk_full"));
        assert_eq!(pace.file(Some("a".into()), disk_full), Err(Refusal::of("disk_full")));
        assert_eq!(file("a"), Ok(()));
        assert_eq!(file("a"), Ok(()), "the same sent again");
        assert_eq!(file("b"), refused, "a second of one session");
        pace.let_on();
        assert_eq!(file("b"), Ok(()));
        assert_eq!(pace.file(None, || Ok(())).map_err(|refusal| refusal.code), refused, "one without an id");
        pace.next_session();
        pace.let_on();
        for at in 0..UNSEEN_REQUESTS_MAX {
            assert!(!pace.needs_team());
            assert_eq!(file(&format!("c{at}")), Ok(()));
            pace.next_session();
        }
        assert!(pace.needs_team());
        assert_eq!(file("d"), refused);
        pace.looked();
        assert_eq!(file("d"), Ok(()));
    }
}
