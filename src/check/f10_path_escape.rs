//! An archive entry with a path outside the archive.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;
use crate::check::{OneFile, Rule};
use crate::division::Context;
use crate::read::Refusal;

/// The kind.
pub static KIND: Kind = Kind {
    code: "F10",
    name: "path-escape",
    scope: Scope::Submission,
    severity: Severity::Error,
    zh: Wording {
        title: "压缩包路径异常",
        message: "压缩包内的这个文件路径指向包外，没有读取",
        why: "正常压缩的文件不会出现这种路径，可能是恶意文件，为安全起见不读。",
        mend: "请核实压缩包来源；确认无误后，把文件放在同一文件夹内重新压缩报送。",
        example: "不合格：包内路径为“../台账.xlsx”或“C:\\台账.xlsx”。合格：“综合科/台账.xlsx”。",
    },
    en: Wording {
        title: "Path leaves the archive",
        message: "The path of this archive entry leads out of the archive; it was not read",
        why: "Ordinary archives hold no such paths; it may be an attack.",
        mend: "Ask where the archive comes from; pack the files again from one folder and submit that.",
        example: "Bad: “../ledger.xlsx”, “C:\\ledger.xlsx”. Good: “office/ledger.xlsx”.",
    },
};

/// Finds archive entries with a path outside the archive.
#[derive(Debug)]
pub struct PathEscape;

impl Rule for PathEscape {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn file(&self, _: &Context<'_>, file: &OneFile<'_>, out: &mut Findings) {
        if file.reading.refusal == Some(Refusal::PathEscape) {
            out.note(&KIND, Place::file(file.source.id)).unit(file.sender());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_path_out_of_the_archive_is_told() {
        check(
            &PathEscape,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            --- 综合科.zip!..综合科.xlsx escape        <- F10
            --- 后勤中心.xlsx damaged
            ",
        );
    }
}
