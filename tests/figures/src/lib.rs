//! The figures that the product is held to, each beside its floor or its peer, in the same run.
//!
//! Everything is in the benchmark `figures` (`cargo xtask bench`); this library is empty, so that the benchmark's
//! dependencies reach no program.
