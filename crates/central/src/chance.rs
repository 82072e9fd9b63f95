//! The one place where the central office asks for chance.

use getrandom::SysRng;
use rand_core::UnwrapErr;

/// The operating system's random source. It can only fail where the machine has none at all.
pub fn system() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}
