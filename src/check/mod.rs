//! Records → findings: one rule a file, all listed in [`RULES`] in the order people read them.

pub mod phrase;
pub mod registry;

pub use registry::{KINDS, RULES, kind};

use crate::basis::finding::{Findings, Kind};
use crate::basis::place::Source;
use crate::division::Context;
use crate::duty::{Coverage, Duties};
pub use crate::duty::{FileState, RunFile};
use crate::ledger::{FileSeen, Ledger, Record};

/// A rule looks at one thing and notes what is wrong. Rules keep nothing between calls.
/// `file`, `ledger` and `record` run beside the reading, one file at a time; `batch` once, over all files.
pub trait Rule: Sync {
    /// What it finds.
    fn kind(&self) -> &'static Kind;

    /// Looks at a file as a whole.
    fn file(&self, cx: &Context<'_>, file: &OneFile<'_>, out: &mut Findings) {
        let _ = (cx, file, out);
    }

    /// Looks at a ledger as a whole.
    fn ledger(&self, cx: &Context<'_>, file: &OneFile<'_>, ledger: &Ledger, out: &mut Findings) {
        let _ = (cx, file, ledger, out);
    }

    /// Looks at a record.
    fn record(&self, cx: &Context<'_>, file: &OneFile<'_>, ledger: &Ledger, record: &Record, out: &mut Findings) {
        let _ = (cx, file, ledger, record, out);
    }

    /// Looks at everything that came in.
    fn batch(&self, cx: &Context<'_>, batch: &Batch<'_>, out: &mut Findings) {
        let _ = (cx, batch, out);
    }
}

/// One file before the rules.
#[derive(Clone, Copy, Debug)]
pub struct OneFile<'a> {
    /// What is known of it from outside.
    pub source: &'a Source,
    /// What was seen in it.
    pub seen: &'a FileSeen,
}

/// Everything that came in, before the rules.
#[derive(Clone, Copy, Debug)]
pub struct Batch<'a> {
    /// All files in the order of their names.
    pub files: &'a [RunFile],
    /// The obligations with their states.
    pub duties: &'a Duties,
    /// Their counts.
    pub coverage: &'a Coverage,
}

/// Runs the rules that look at one file.
pub fn check_file(cx: &Context<'_>, file: &OneFile<'_>) -> Findings {
    let mut out = Findings::default();
    for rule in RULES {
        rule.file(cx, file, &mut out);
    }
    for ledger in &file.seen.ledgers {
        for rule in RULES {
            rule.ledger(cx, file, ledger, &mut out);
        }
        for record in &ledger.records {
            for rule in RULES {
                rule.record(cx, file, ledger, record, &mut out);
            }
        }
    }
    out
}

/// Runs the rules that look at everything.
pub fn check_batch(cx: &Context<'_>, batch: &Batch<'_>) -> Findings {
    let mut out = Findings::default();
    for rule in RULES {
        rule.batch(cx, batch, &mut out);
    }
    out
}
