//! Work on many threads whose results keep their order.

use std::panic::resume_unwind;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

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

/// Does `work`, which mostly waits, on up to `count` threads of its own while `meanwhile` is done on this one. Where no
/// thread can be started, it is done here afterwards.
pub fn beside<A, B: Send>(count: usize, work: impl Fn() -> B + Sync, meanwhile: impl FnOnce() -> A) -> (A, Vec<B>) {
    thread::scope(|scope| {
        let start = |_| thread::Builder::new().spawn_scoped(scope, &work).ok();
        let started: Vec<_> = (0..count).map_while(start).collect();
        let done = meanwhile();
        if started.is_empty() {
            return (done, vec![work()]);
        }
        let ended = |one: thread::ScopedJoinHandle<'_, B>| one.join().unwrap_or_else(|panic| resume_unwind(panic));
        (done, started.into_iter().map(ended).collect())
    })
}

/// What a lock guards, also after a thread that held it has panicked: its work is told as failed where it is waited for.
pub fn lock<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_is_done_with_and_without_threads_of_its_own() {
        for count in [0, 1, 5] {
            let left = Mutex::new(1..=100);
            let work = || std::iter::from_fn(|| lock(&left).next()).sum::<u32>();
            let (done, sums) = beside(count, work, || "done");
            assert_eq!((done, sums.iter().sum::<u32>()), ("done", 5050), "{count}");
        }
    }
}
