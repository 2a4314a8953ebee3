//! The right half of the road: what was read is judged, then printed.

use super::archive::{Archive, patiently};
use super::cache::Cache;
use super::history::Remembered;
use super::opened::Opened;
use super::readers::Readers;
use super::stop::Stop;
use crate::basis::Bilingual;
use crate::basis::place::{Source, SourceId};
use crate::check::support::refusal;
use crate::outcome::{Inputs, Outcome};
use crate::pipeline::{TakenIn, conclude_after};
use crate::read::Refusal;
use crate::render::city_form::Form;
use crate::render::returned::CopyOrder;
use crate::render::{Copies, Shelf};

/// The right half of the road, and the proof that nothing was lost on it (W901).
pub(super) fn judge(
    opened: &Opened,
    taken: Vec<TakenIn>,
    remembered: &Remembered,
    inputs: Option<Inputs>,
) -> Result<Outcome, Stop> {
    let prior = remembered.prior(&opened.division, opened.window);
    let mut outcome = conclude_after(&opened.context(), taken, prior);
    remembered.date(&mut outcome);
    outcome.inputs = inputs;
    if outcome.tally.balances() {
        return Ok(outcome);
    }
    let tally = outcome.tally;
    Err(Stop::Fault(Bilingual::new(
        format!("W901 收支不平，未写任何输出：{tally:?}。这是程序的错误，请连同 {} 反馈", super::folders::STATE),
        format!("W901 the tally does not balance; nothing was written: {tally:?}. This is a fault of the program"),
    )))
}

/// Renders all outputs. Marked copies that the `cache` knows are not made again.
pub(super) fn render(
    outcome: &Outcome,
    form: Option<&Form>,
    archive: &Archive,
    cache: &Cache,
    readers: &dyn Readers,
    to: &dyn Shelf,
) -> Result<(), Stop> {
    struct FromArchive<'a>(&'a Outcome, &'a Archive, &'a Cache, &'a dyn Readers);
    impl Copies for FromArchive<'_> {
        fn marked(&self, source: SourceId, order: &CopyOrder) -> anyhow::Result<Option<Vec<u8>>> {
            let FromArchive(outcome, archive, cache, readers) = self;
            let Some(file) = source.0.checked_sub(1).and_then(|at| outcome.files.get(at as usize)) else {
                return Ok(None);
            };
            let Source { hash, name, .. } = &file.source;
            let kept = cache.name(&format!("{name}|{hash}|{}", serde_json::to_string(order)?));
            if let Some(copy) = cache.bytes(kept) {
                return Ok(Some(copy));
            }
            let in_words = |refusal: &Refusal| {
                let why = refusal::words(refusal);
                anyhow::anyhow!("{name}: {}", why.in_lang(outcome.settings.lang))
            };
            archive.check(hash).map_err(|trouble| in_words(&Refusal::NotAccessible(trouble)))?;
            let shortage =
                |refusal: &Refusal| matches!(refusal, Refusal::NotAccessible(trouble) if trouble.is_shortage());
            match patiently(|| readers.marked(&archive.path(hash), name, order), shortage) {
                Ok(copy) => {
                    if let Some(copy) = &copy {
                        cache.keep(kept, &[copy]);
                    }
                    Ok(copy)
                }
                // a shortage must not change the output, so it stops the run
                Err(refusal @ Refusal::NotAccessible(_)) => Err(in_words(&refusal)),
                // a file that cannot be read again gets only the list of findings
                Err(_) => Ok(None),
            }
        }
    }
    let copies = FromArchive(outcome, archive, cache, readers);
    crate::render::render(outcome, form, &copies, to).map_err(|error| {
        Stop::Output(Bilingual::new(
            format!("输出未能生成：{error:#}"),
            format!("an output could not be made: {error:#}"),
        ))
    })
}
