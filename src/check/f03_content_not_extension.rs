//! A file whose extension does not fit its content.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;
use crate::check::{OneFile, Rule};
use crate::division::Context;
use crate::read::Notice;

/// The kind.
pub static KIND: Kind = Kind {
    code: "F03",
    name: "content-not-extension",
    scope: Scope::Submission,
    severity: Severity::Info,
    zh: Wording {
        title: "扩展名与内容不符",
        message: "文件扩展名是“{seen}”，内容[实际是 {expected}]，已按内容读取",
        why: "扩展名与内容不符的文件，在别的电脑上可能打不开或提示损坏。",
        mend: "本次不用重报；以后请用“另存为”选择 xlsx，不要直接改扩展名。",
        example: "不合格：把网页表格改名为“台账.xls”。合格：另存为“台账.xlsx”。",
    },
    en: Wording {
        title: "Content is not what the extension says",
        message: "The extension is “{seen}”, the content [is {expected}]; it was read by its content",
        why: "Such a file may not open, or be called damaged, on another computer.",
        mend: "Nothing to do now; from now on use “save as” xlsx instead of renaming.",
        example: "Bad: a web page renamed to ledger.xls. Good: the same saved as ledger.xlsx.",
    },
};

/// Finds extensions that do not fit the content.
#[derive(Debug)]
pub struct ContentNotExtension;

impl Rule for ContentNotExtension {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn file(&self, _: &Context<'_>, file: &OneFile<'_>, out: &mut Findings) {
        let written = file.reading.notices.iter().find_map(|notice| match notice {
            Notice::ContentNotExtension(written) => Some(written),
            _ => None,
        });
        let Some(written) = written else { return };
        let finding = out.note(&KIND, Place::file(file.source.id)).unit(file.sender()).seen(written);
        if let Some(format) = file.reading.format {
            finding.expected(format.extension());
        }
    }
}
