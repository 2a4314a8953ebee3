//! A blank form whose unit has other tasks or fields by now.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;
use crate::check::{OneFile, Rule};
use crate::division::Context;

/// The kind.
pub static KIND: Kind = Kind {
    code: "S14",
    name: "form-outdated",
    scope: Scope::Submission,
    severity: Severity::Warning,
    zh: Wording {
        title: "空白表已过期",
        message: "这份表制发以后，本单位的任务或填报项目有变动",
        why: "任务可能已增减或调整单位，旧表上的任务不一定是现在应报的。",
        mend: "请向办公室领取最新的空白表，核对任务有无变化；内容照常读取，有缺项会另行列出。",
        example: "7 月下发的空白表，8 月调整分工后仍用旧表报送。",
    },
    en: Wording {
        title: "Form outdated",
        message: "The unit's tasks or fields have changed since this form was made",
        why: "Tasks may have been added, dropped or given to others.",
        mend: "Get the new form and compare the tasks; what was filled in is read all the same.",
        example: "A form of July that comes back after the division was changed in August.",
    },
};

/// Finds forms whose unit's tasks or fields have changed.
#[derive(Debug)]
pub struct FormOutdated;

impl Rule for FormOutdated {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn file(&self, cx: &Context<'_>, file: &OneFile<'_>, out: &mut Findings) {
        if file.reading.stamp.as_ref().is_some_and(|stamp| !stamp.fits(cx.division)) {
            out.note(&KIND, Place::file(file.source.id)).unit(file.sender());
        }
    }
}
