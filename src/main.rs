//! The command `taizhang`: arguments → run → exit code.

use std::process::ExitCode;

use taizhang::campaign::worker::memory_limit::Capped;

/// Workers limit what they may hold.
#[global_allocator]
static ALLOCATOR: Capped = Capped;

fn main() -> ExitCode {
    taizhang::cli::main(std::env::args_os()).into()
}
