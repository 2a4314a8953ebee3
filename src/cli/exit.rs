//! Exit codes.

use std::process::ExitCode;

use crate::campaign::Stop;

/// The exit code of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done; nothing at or above `--fail-on`.
    Done = 0,
    /// Done; findings at or above `--fail-on`.
    Findings = 1,
    /// Cannot start: usage, settings, or a division with errors.
    CannotStart = 2,
    /// Another run holds this folder.
    Held = 3,
    /// An output could not be written.
    NotWritten = 4,
    /// `verify`: the outputs differ.
    NotTheSame = 5,
    /// A fault of the program itself.
    Fault = 70,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

impl From<&Stop> for Exit {
    fn from(stop: &Stop) -> Exit {
        match stop {
            Stop::Start(_) | Stop::Damaged(_) => Exit::CannotStart,
            Stop::Held(_) => Exit::Held,
            Stop::Output(_) => Exit::NotWritten,
            Stop::Fault(_) => Exit::Fault,
        }
    }
}
