//! The main command: read, check, merge, write the outputs.

mod attempt;
mod request;

use attempt::Attempt;
pub use request::{Plan, RunRequest, RunResult};

use super::disk::Disk;
use super::folders::Folders;
use super::gather::Progress;
use super::readers::Readers;
use super::rebuild;
use super::stop::Stop;

/// Runs a campaign.
///
/// # Errors
/// See [`Stop`], which gives the exit code. Nothing is written then.
pub fn run(
    request: &RunRequest,
    readers: &dyn Readers,
    progress: &dyn Progress,
    disk: &dyn Disk,
) -> Result<RunResult, Stop> {
    match Attempt::at(request, readers, disk, Vec::new()).and_then(|attempt| attempt.run(progress)) {
        // Set aside by its name; the next attempt finds none and makes it anew.
        Err(Stop::Damaged(_)) if !request.dry_run => {
            let folders = Folders::open(&request.root)?;
            let lock = folders.lock()?;
            let said = rebuild::set_aside(&folders)?;
            drop(lock);
            Attempt::at(request, readers, disk, vec![said])?.run(progress)
        }
        done => done,
    }
}
