//! Work on many threads whose results keep their order.

use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

/// Does two things, the second on another thread where one is free.
pub fn both<A: Send, B: Send>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
    rayon::join(one, other)
}

/// Maps many items on all threads; results keep their order.
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    items.par_iter().map(work).collect()
}

/// Maps many items on all threads, up to the first error; results keep their order.
///
/// # Errors
/// That of an item.
pub fn each<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> anyhow::Result<R> + Sync + Send,
) -> anyhow::Result<Vec<R>> {
    items.par_iter().map(work).collect()
}

/// What a lock guards, also after a thread that held it has panicked: its work is told as failed where it is waited for.
pub fn lock<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}
