//! Reading a code with the machine's own camera: looking at picture after picture until one is there.
//!
//! A person needs a while to find the place for a paper or another screen before a lens, and sees meanwhile what the camera
//! sees. No picture is kept.

use std::time::Duration;

use receipts::PhotoError;
use serde::Deserialize;

use crate::camera::Camera;
use crate::{StandError, verify};

/// How long a code is looked for before the camera is let go.
pub const CODE_TIME_MAX: Duration = Duration::from_mins(1);

/// What is looked for: any other code that comes into sight is passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum CodeWanted {
    /// The outing that another stand shares.
    Outing,
    /// The closing act of a stand.
    Act,
    /// A receipt, or an act.
    Receipt,
}

impl CodeWanted {
    /// Whether a text looks like it. Whose it is, and whether its signature holds, is asked of the text afterwards.
    pub fn fits(self, text: &str) -> bool {
        match self {
            Self::Outing => wire::outing::is_code(text),
            Self::Act => wire::act::is_code(text),
            Self::Receipt => verify::is_code(text),
        }
    }
}

/// Looks until such a code is read, and shows each picture, small, as a JPEG. None when `stopped` said so.
///
/// `elapsed` is the time since it began, by a clock that nobody sets.
///
/// # Errors
/// The camera failed, or no such code was read within [`CODE_TIME_MAX`].
pub fn read_code(
    camera: &mut dyn Camera,
    wanted: CodeWanted,
    elapsed: impl Fn() -> Duration,
    stopped: impl Fn() -> bool,
    mut show: impl FnMut(&[u8]),
) -> Result<Option<String>, StandError> {
    let mut other = false;
    while !stopped() {
        match receipts::glance(&camera.picture()?, |text| wanted.fits(text)) {
            Ok(glance) => {
                show(&glance.preview);
                match glance.code {
                    Ok(code) => return Ok(Some(code)),
                    Err(none) => other |= matches!(none, PhotoError::OtherCode),
                }
            }
            // A frame that came in damaged says nothing of the next.
            Err(PhotoError::Damaged(_)) => {}
            Err(error) => return Err(error.into()),
        }
        if elapsed() >= CODE_TIME_MAX {
            return Err(StandError::CodeNotSeen { other });
        }
    }
    Ok(None)
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// Gives these pictures, the last for ever.
    struct Film(Vec<Vec<u8>>, usize);

    impl Camera for Film {
        fn picture(&mut self) -> Result<Vec<u8>, StandError> {
            let picture = self.0[self.1.min(self.0.len() - 1)].clone();
            self.1 += 1;
            Ok(picture)
        }
    }

    const RECEIPT: &str = "HTTPS://OIRS.EXAMPLE/R/ABCDEFGH";
    const POSTER: &str = "HTTPS://POSTER.EXAMPLE/";

    fn picture(text: &str) -> Vec<u8> {
        receipts::code_to_png(&receipts::QrAddress::parse(text).unwrap(), 3).unwrap()
    }

    fn damaged() -> Vec<u8> {
        picture(RECEIPT)[..200].to_vec()
    }

    /// The end, and how many pictures were taken, when each takes that long.
    fn look(
        film: Vec<Vec<u8>>,
        wanted: CodeWanted,
        each: Duration,
    ) -> (Result<Option<String>, String>, usize) {
        let (mut camera, shown) = (Film(film, 0), Cell::new(0_u32));
        let ended = read_code(
            &mut camera,
            wanted,
            || each.saturating_mul(shown.get()),
            || false,
            |preview| {
                assert!(preview.starts_with(&[0xff, 0xd8]), "a JPEG");
                shown.set(shown.get() + 1);
            },
        );
        (ended.map_err(|error| error.code().to_owned()), camera.1)
    }

    #[test]
    fn what_is_wanted_is_read_when_it_comes_into_sight() {
        let second = Duration::from_secs(1);
        let film = || vec![damaged(), picture(POSTER), picture(RECEIPT)];
        assert_eq!(look(film(), CodeWanted::Receipt, second), (Ok(Some(RECEIPT.into())), 3));
        for wanted in [CodeWanted::Outing, CodeWanted::Act] {
            assert_eq!(look(film(), wanted, second).0, Err("other_code_seen".into()), "{wanted:?}");
        }
        let text = vec![b"no picture".to_vec()];
        assert_eq!(look(text, CodeWanted::Act, second).0, Err("no_code_in_picture".into()));
    }

    #[test]
    fn looking_ends_with_its_minute() {
        for (pictures, each_s, read) in [(59, 1, true), (60, 1, true), (61, 1, false), (2, 60, false)] {
            let mut film = vec![picture(POSTER); pictures - 1];
            film.push(picture(RECEIPT));
            let (ended, taken) = look(film, CodeWanted::Receipt, Duration::from_secs(each_s));
            assert_eq!(ended.is_ok(), read, "{pictures} pictures of {each_s} s");
            assert_eq!(taken, if read { pictures } else { pictures - 1 });
        }
        let mut camera = Film(vec![picture(RECEIPT)], 0);
        let stopped = || true;
        let ended = read_code(&mut camera, CodeWanted::Receipt, || Duration::ZERO, stopped, |_| {});
        assert_eq!((ended.unwrap(), camera.1), (None, 0));
    }
}
