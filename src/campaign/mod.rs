//! Everything that uses the disk or the clock: settings, folders, lock, intake, worker processes, history, writing outputs.

pub mod cache;
mod change;
mod clean;
mod clock;
pub mod disk;
pub mod drafting;
pub mod emit;
pub mod examine;
pub mod failure;
pub mod folders;
mod form;
pub mod gather;
pub mod hand_out;
pub mod history;
pub mod inputs;
pub mod intake;
mod judge;
mod log;
mod now;
pub mod open;
mod opened;
pub mod quarantine;
pub mod readers;
mod rebuild;
pub mod rehearse;
pub mod rerun;
pub mod rulings;
pub mod run;
pub mod settings;
pub mod stop;
pub mod summary;
pub mod archive;
pub mod worker;

pub use folders::Folders;
pub use run::{RunRequest, RunResult, run};
pub use stop::Stop;
