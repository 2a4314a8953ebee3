//! P518: a sheet that looks like one of tasks and is not read.

use crate::basis::Bilingual;
use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;

/// The kind.
pub static KIND: Kind = Kind {
    code: "P518",
    name: "sheet-not-read",
    scope: Scope::Division,
    severity: Severity::Warning,
    zh: Wording {
        title: "任务表没有读",
        message: "工作表“{sheet}”像任务表，没有读入：{reason}",
        why: "没有读入的任务不统计，也不会催报",
        mend: "要用的，把任务并入“任务分工”，编号不与别的任务重复；不用的，隐藏或删除这张表",
        example: "不当：“任务分工”之外还有“任务分工（修订前）”　应为：只留现行的一张，其余隐藏",
    },
    en: Wording {
        title: "Sheet of tasks not read",
        message: "The sheet “{sheet}” looks like one of tasks and was not read: {reason}",
        why: "Nobody is asked for tasks that are not read",
        mend: "Move its tasks to 任务分工 with codes of their own, or hide or delete the sheet",
        example: "bad: 任务分工（修订前） beside 任务分工; good: the one in force, others hidden",
    },
};

/// Notes a sheet with the reason.
pub(in super::super) fn note(place: Place, sheet: &str, reason: &Bilingual, out: &mut Findings) {
    out.note(&KIND, place).fact("sheet", sheet).fact("reason", reason.clone());
}
