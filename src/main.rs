//! The command `taizhang`: arguments → run → exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    taizhang::cli::main(std::env::args_os()).into()
}
