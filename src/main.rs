//! The command `taizhang`: arguments → run → exit code.

fn main() {}
