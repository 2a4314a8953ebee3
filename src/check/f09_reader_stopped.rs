//! A file on which the reader crashed or took too long.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;
use crate::check::{OneFile, Rule};
use crate::division::Context;
use crate::read::Refusal;

/// The kind.
pub static KIND: Kind = Kind {
    code: "F09",
    name: "reader-stopped",
    scope: Scope::Submission,
    severity: Severity::Error,
    zh: Wording {
        title: "读取中止",
        message: "读取这个文件时程序中止，已跳过，其他文件不受影响",
        why: "文件可能异常，也可能是本程序的问题，不能据此认定填报单位有错；按未收到有效材料处理，需人工核实。",
        mend: "请用 Excel 或 WPS 打开后另存为新的 xlsx 再收一次；如仍中止，请把文件交技术人员查看。",
        example: "文件能打开但结构异常：另存一次通常即可恢复。",
    },
    en: Wording {
        title: "Reading stopped",
        message: "Reading this file had to be stopped; it was skipped, the others are not touched",
        why: "The file may be unusual, or this program at fault; it is no proof of a mistake by the unit. Somebody must look.",
        mend: "Open it, save it as a new xlsx and take it in again; if that stops too, hand the file to the maintainers.",
        example: "A file that opens but is oddly built: saving it anew usually helps.",
    },
};

/// Finds files on which reading was stopped.
#[derive(Debug)]
pub struct ReaderStopped;

impl Rule for ReaderStopped {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn file(&self, _: &Context<'_>, file: &OneFile<'_>, out: &mut Findings) {
        if let Some(Refusal::Stopped(_) | Refusal::OverTime(_)) = file.reading.refusal {
            out.note(&KIND, Place::file(file.source.id)).unit(file.sender());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_stopped_reader_is_told() {
        check(
            &ReaderStopped,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            --- 综合科.xlsx stopped                   <- F09
            --- 后勤中心.xlsx damaged
            ",
        );
    }
}
