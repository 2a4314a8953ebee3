//! The tests that look at the program from outside.

mod build;
mod read_ordinary;
mod samples;
mod tidy;
