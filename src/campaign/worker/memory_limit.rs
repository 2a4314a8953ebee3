//! A limit on the memory of this process. Set by workers; in other processes an allocation costs one more relaxed load.

use std::alloc::{GlobalAlloc, Layout, System};
use std::io::Write as _;
use std::sync::atomic::{AtomicBool, AtomicIsize, AtomicUsize, Ordering};

/// The system allocator with a limit. An allocation beyond it fails, which ends the process unless the caller used
/// `try_reserve`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Capped;

static LIMIT: AtomicUsize = AtomicUsize::new(usize::MAX);
/// Bytes allocated since the limit was set; negative when memory allocated before is freed.
static HELD: AtomicIsize = AtomicIsize::new(0);

/// Printed to stderr when an allocation first exceeds the limit, so that the parent knows that it was the limit and not
/// the memory of the machine.
pub const REACHED: &str = "the share of memory is used up";

static TOLD: AtomicBool = AtomicBool::new(false);

/// Prints it once; writing to stderr does not allocate.
fn tell() {
    if !TOLD.swap(true, Ordering::Relaxed) {
        let _ = std::io::stderr().write_all(REACHED.as_bytes());
        let _ = std::io::stderr().write_all(b"\n");
    }
}

/// Limits this process permanently to `bytes` more than it uses now.
pub fn limit(bytes: usize) {
    LIMIT.store(bytes.min(isize::MAX as usize), Ordering::Relaxed);
}

fn unlimited() -> bool {
    LIMIT.load(Ordering::Relaxed) == usize::MAX
}

/// Counts bytes as allocated, if the limit allows.
fn take(bytes: usize) -> bool {
    if unlimited() {
        return true;
    }
    // a layout is never larger than `isize::MAX`, so the sign is kept
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
