//! A limit on the memory that this process holds. A worker sets it; elsewhere allocating costs one relaxed load more.

use std::alloc::{GlobalAlloc, Layout, System};
use std::io::Write as _;
use std::sync::atomic::{AtomicBool, AtomicIsize, AtomicUsize, Ordering};

/// The system's allocator with a limit. What goes beyond it fails as if the machine had no more, which ends the process
/// unless the caller asked with `try_reserve`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Capped;

static LIMIT: AtomicUsize = AtomicUsize::new(usize::MAX);
/// Bytes held since the limit was set; below zero when what was held before is given back.
static HELD: AtomicIsize = AtomicIsize::new(0);

/// What a process says on stderr when it first asks for more than it may hold: that it is its own share that is used
/// up, and not the machine's memory.
pub const REACHED: &str = "the share of memory is used up";

static TOLD: AtomicBool = AtomicBool::new(false);

/// Says so, once; writing to stderr allocates nothing.
fn tell() {
    if !TOLD.swap(true, Ordering::Relaxed) {
        let _ = std::io::stderr().write_all(REACHED.as_bytes());
        let _ = std::io::stderr().write_all(b"\n");
    }
}

/// Limits this process to so many bytes beyond what it holds now, for good.
pub fn limit(bytes: usize) {
    LIMIT.store(bytes.min(isize::MAX as usize), Ordering::Relaxed);
}

fn unlimited() -> bool {
    LIMIT.load(Ordering::Relaxed) == usize::MAX
}

/// Counts more bytes as held, if there is room for them.
fn take(bytes: usize) -> bool {
    if unlimited() {
        return true;
    }
    // A layout is never larger than `isize::MAX`, so signs stay what they are.
    let held = HELD.fetch_add(bytes.cast_signed(), Ordering::Relaxed).saturating_add_unsigned(bytes);
    let fits = held <= LIMIT.load(Ordering::Relaxed).cast_signed();
    if !fits {
        HELD.fetch_sub(bytes.cast_signed(), Ordering::Relaxed);
        tell();
    }
    fits
}

fn give_back(bytes: usize) {
    if !unlimited() {
        HELD.fetch_sub(bytes.cast_signed(), Ordering::Relaxed);
    }
}

#[expect(unsafe_code, reason = "an allocator is unsafe by its trait; every call goes on to the system's unchanged")]
// SAFETY: all memory comes from `System` and goes back to it with the layout it was asked for; only whether to ask is
// decided here, and a null pointer is what the trait foresees for "no".
unsafe impl GlobalAlloc for Capped {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if !take(layout.size()) {
            return std::ptr::null_mut();
        }
        // SAFETY: the caller's promise about the layout is passed on.
        let memory = unsafe { System.alloc(layout) };
        if memory.is_null() {
            give_back(layout.size());
        }
        memory
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if !take(layout.size()) {
            return std::ptr::null_mut();
        }
        // SAFETY: as in `alloc`.
        let memory = unsafe { System.alloc_zeroed(layout) };
        if memory.is_null() {
            give_back(layout.size());
        }
        memory
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        give_back(layout.size());
        // SAFETY: the memory came from `System` with this layout.
        unsafe { System.dealloc(memory, layout) };
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if size > layout.size() && !take(size - layout.size()) {
            return std::ptr::null_mut();
        }
        // SAFETY: the memory came from `System` with this layout; the caller vouches for the size.
        let moved = unsafe { System.realloc(memory, layout, size) };
        if moved.is_null() {
            give_back(size.saturating_sub(layout.size()));
        } else {
            give_back(layout.size().saturating_sub(size));
        }
        moved
    }
}
