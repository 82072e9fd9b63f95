//! The QR codes in a grey picture, found with bounded work and without a panic.
//!
//! rqrr follows rotation and perspective well, and trusts its pictures: in noise it searches for minutes, copies the
//! whole picture for every trio of specks, and some of its assumptions are `expect` and `assert`. It offers no
//! way to stop. So it gets its dots from a picture that counts and that unwinds out of it when the work is spent;
//! that, and a panic of its own, end the search in this view and nothing else. A time limit would find other
//! codes on a slower machine, and a thread can't be stopped at all.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::Rc;

use image::{GenericImage, GenericImageView, GrayImage, Luma};
use rqrr::PreparedImage;

/// How often each dot of a view may be touched. A photograph of a receipt takes about eight times.
const TOUCHES_PER_DOT: u64 = 30;
/// What the smallest view may cost: there the search costs more than the dots.
const TOUCHES_MIN: u64 = 20_000_000;

/// The texts of all codes that can be read in a view.
pub(crate) fn codes(view: GrayImage) -> Vec<String> {
    let dots = u64::from(view.width()).saturating_mul(u64::from(view.height()));
    let allowed = dots.saturating_mul(TOUCHES_PER_DOT).max(TOUCHES_MIN);
    let counted = Counted { dots: view, left: Rc::new(Cell::new(allowed)) };
    let search = AssertUnwindSafe(|| {
        let mut prepared = PreparedImage::prepare(counted);
        let grids = prepared.detect_grids();
        grids.into_iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text).collect()
    });
    catch_unwind(search).unwrap_or_default()
}

/// A picture that counts how often its dots are touched. Its copies share the count.
struct Counted {
    dots: GrayImage,
    left: Rc<Cell<u64>>,
}

impl Counted {
    fn spend(&self, touches: u64) {
        match self.left.get().checked_sub(touches) {
            Some(left) => self.left.set(left),
            // Unlike a panic this reports nothing: it is the way out of the search, taken knowingly.
            None => resume_unwind(Box::new(())),
        }
    }
}

impl Clone for Counted {
    fn clone(&self) -> Self {
        self.spend(u64::from(self.dots.width()).saturating_mul(u64::from(self.dots.height())));
        Self { dots: self.dots.clone(), left: Rc::clone(&self.left) }
    }
}

impl GenericImageView for Counted {
    type Pixel = Luma<u8>;

    fn dimensions(&self) -> (u32, u32) {
        // Asked before each dot that may lie outside: searches that run outside end here.
        self.spend(1);
        self.dots.dimensions()
    }

    fn get_pixel(&self, x: u32, y: u32) -> Luma<u8> {
        self.spend(1);
        self.dots.get_pixel_checked(x, y).copied().unwrap_or(Luma([0]))
    }
}

impl GenericImage for Counted {
    fn get_pixel_mut(&mut self, x: u32, y: u32) -> &mut Luma<u8> {
        self.spend(1);
        self.dots.get_pixel_mut(x, y)
    }

    fn put_pixel(&mut self, x: u32, y: u32, dot: Luma<u8>) {
        self.spend(1);
        self.dots.put_pixel(x, y, dot);
    }

    fn blend_pixel(&mut self, x: u32, y: u32, dot: Luma<u8>) {
        self.put_pixel(x, y, dot);
    }
}
