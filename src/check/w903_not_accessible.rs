//! A file that this machine could not read, through no fault of the file: no permission, a disk error, too little memory.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;
use crate::check::support::refusal;
use crate::check::{OneFile, Rule};
use crate::division::Context;
use crate::read::Refusal;

/// The kind.
pub static KIND: Kind = Kind {
    code: "W903",
    name: "not-accessible",
    scope: Scope::Run,
    severity: Severity::Error,
    zh: Wording {
        title: "本机没有读到",
        message: "文件[（看来是{sender}的）]没有读到：{what}；已单独重试一次。不是填报单位的问题",
        why: "文件已经收到，只是这台电脑没能读出来；有关任务暂记“不可用”，不催报、不退回。",
        mend: "请办公室检查该文件的权限、所在磁盘或网络，关闭占用它的程序，再运行一次；不要因此催报填报单位。",
        example: "文件在共享盘上，共享盘刚好断开：重新连接后再运行一次即可。",
    },
    en: Wording {
        title: "Not accessible",
        message: "This file[, of {sender} by its name,] was not read, not on a second try alone either: {what}. The unit is not at fault",
        why: "The file is there, but this machine could not read it; its tasks count as unusable, and nobody is called upon.",
        mend: "Look at the file's permissions, its disk or the network, close what holds it, and run again.",
        example: "A file on a network share that was just disconnected.",
    },
};

/// Finds files that this machine could not read. The findings have no unit, because only the office can correct them.
#[derive(Debug)]
pub struct NotAccessible;

impl Rule for NotAccessible {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn file(&self, cx: &Context<'_>, file: &OneFile<'_>, out: &mut Findings) {
        let Some(Refusal::NotAccessible(trouble)) = &file.reading.refusal else { return };
        let finding = out.note(&KIND, Place::file(file.source.id));
        finding.fact("what", refusal::trouble(trouble));
        if let Some(unit) = file.sender() {
            finding.fact("sender", &cx.division.unit(unit).name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::d401_not_submitted::NotSubmitted;
    use crate::check::d412_received_unusable::ReceivedUnusable;
    use crate::check::fixture::check;

    const DRAWN: &str = "
            division | 1-1 广告整治 | 综合科、后勤中心
            --- 综合科.xlsx no-permission
            --- 后勤中心.xlsx damaged";

    #[test]
    fn a_file_that_may_not_be_read_is_told_to_the_office() {
        check(&NotAccessible, &DRAWN.replace("no-permission", "no-permission           <- W903 error"));
    }

    #[test]
    fn and_nobody_is_blamed() {
        check(&ReceivedUnusable, &DRAWN.replace("damaged", "damaged               <- D412 后勤中心"));
        check(&NotSubmitted, DRAWN);
    }
}
