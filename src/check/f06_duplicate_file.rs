//! A file with the same bytes as another one.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;
use crate::check::{Batch, FileState, Rule};
use crate::division::Context;

/// The kind.
pub static KIND: Kind = Kind {
    code: "F06",
    name: "duplicate-file",
    scope: Scope::Submission,
    severity: Severity::Info,
    zh: Wording {
        title: "重复文件",
        message: "与“{twin}”内容完全相同，只计一次",
        why: "同一份台账重复报送，不重复汇总。",
        mend: "不用处理；如本想报送另一份，请检查是否选错文件。",
        example: "“综合科台账.xlsx”和“综合科台账(1).xlsx”内容一样。",
    },
    en: Wording {
        title: "Duplicate file",
        message: "The same bytes as “{twin}”; it counts once",
        why: "A ledger that came twice is merged once.",
        mend: "Nothing to do, unless another file was meant.",
        example: "ledger.xlsx and ledger(1).xlsx with the same content.",
    },
};

/// Finds files received twice.
#[derive(Debug)]
pub struct DuplicateFile;

impl Rule for DuplicateFile {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn batch(&self, _: &Context<'_>, batch: &Batch<'_>, out: &mut Findings) {
        for file in batch.files.iter().filter(|file| file.state == FileState::Duplicate) {
            let twin = file.replaced_by.first().and_then(|&at| batch.files.get(at as usize));
            let finding = out.note(&KIND, Place::file(file.source.id)).unit(file.unit);
            if let Some(twin) = twin {
                finding.fact("twin", &twin.source.name).related(Place::file(twin.source.id));
            }
        }
    }
}
