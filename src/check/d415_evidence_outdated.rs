//! Evidence dated outside the period in the settings ([evidence]); off by default.

use std::collections::BTreeSet;

use chrono::{Months, NaiveDate};

use crate::basis::Bilingual;
use crate::basis::finding::{Finding, Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;
use crate::basis::text::fold;
use crate::check::support::{dated, evidence, live};
use crate::check::{Batch, FileState, Rule};
use crate::division::{Context, fields};

/// The kind.
pub static KIND: Kind = Kind {
    code: "D415",
    name: "evidence-outdated",
    scope: Scope::Submission,
    severity: Severity::Warning,
    zh: Wording {
        title: "佐证材料不在有效时段",
        message: "佐证材料的日期 {dates} 不在有效时段（{expected}）内",
        why: "测评只认规定时段内的材料，旧照片、旧文件不能证明本期工作。",
        mend: "请换成时段内的材料；日期写错的，更正文件名或佐证材料栏。",
        example: "有效时段为近 12 个月，报来“2013-05-02照片.jpg”。",
    },
    en: Wording {
        title: "Evidence outside its time",
        message: "The evidence is dated {dates}, outside the time that counts ({expected})",
        why: "Assessors count only what is from the time they set; an old photo shows nothing of this period's work.",
        mend: "Send evidence from that time, or correct the date in the file's name or under 佐证材料.",
        example: "The last 12 months count, and 2013-05-02照片.jpg was sent.",
    },
};

/// Finds evidence dated outside the period.
#[derive(Debug)]
pub struct EvidenceOutdated;

impl Rule for EvidenceOutdated {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn batch(&self, cx: &Context<'_>, batch: &Batch<'_>, out: &mut Findings) {
        let Some(time) = Time::of(cx) else { return };
        let mut told: BTreeSet<String> = BTreeSet::new();
        for entry in live(batch) {
            let given = entry.text(fields::EVIDENCE);
            let repeats = entry.ledger.column(fields::EVIDENCE).is_some_and(|at| entry.record.repeats(at));
            if given.is_empty() || repeats {
                continue;
            }
            let outside = time.outside(given);
            if !outside.is_empty() {
                told.extend(evidence::file_names(given).iter().map(|name| fold(name)));
                let finding = out.note(&KIND, entry.place(fields::EVIDENCE));
                time.tell(finding.unit(entry.unit()).task(entry.record.task).seen(given), &outside);
            }
        }
        // files not named in a ledger; those that are named were checked with their row
        for file in batch.files.iter().filter(|file| file.state != FileState::Duplicate) {
            let name = file.source.name.rsplit(['/', '!', '\\']).next().unwrap_or_default();
            if !evidence::is_picture(name) || told.contains(&fold(name)) {
                continue;
            }
            let outside = time.outside(name);
            if !outside.is_empty() {
                let finding = out.note(&KIND, Place::file(file.source.id));
                time.tell(finding.unit(file.unit).seen(name), &outside);
            }
        }
    }
}

/// The period, with at least one end.
struct Time {
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
}

impl Time {
    /// The period in the settings: `from` and `until`, else `months` up to the end of the window.
    fn of(cx: &Context<'_>) -> Option<Time> {
        let settings = cx.settings;
        let months = settings.evidence_months.filter(|months| *months > 0);
        let recent = || cx.window.end.succ_opt()?.checked_sub_months(Months::new(months?));
        let time = Time { from: settings.evidence_from.or_else(recent), until: settings.evidence_until };
        (time.from.is_some() || time.until.is_some()).then_some(time)
    }

    /// The dates in a text that lie outside, as written.
    fn outside(&self, text: &str) -> Vec<String> {
        let outside = |date: &dated::Dated| {
            self.from.is_some_and(|from| date.last.is_some_and(|last| last < from))
                || self.until.is_some_and(|until| date.first > until)
        };
        dated::dates(text).into_iter().filter(outside).map(|date| date.written).collect()
    }

    fn tell(&self, finding: &mut Finding, outside: &[String]) {
        let (zh, en) = match (self.from, self.until) {
            (Some(from), Some(until)) => (format!("{from} 至 {until}"), format!("{from} to {until}")),
            (Some(from), None) => (format!("{from} 以后"), format!("from {from}")),
            (None, Some(until)) => (format!("{until} 以前"), format!("until {until}")),
            (None, None) => return,
        };
        finding.expected(Bilingual::new(zh, en)).fact_in("dates", outside.join("、"), outside.join(", "));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn what_is_older_than_the_months_that_count_is_told() {
        check(
            &EvidenceOutdated,
            "
            evidence-months 12
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 佐证材料
            '1-1 | 广告整治 | 正在推进 | 2013-05-02照片.jpg        <- D415 @D 综合科 1-1
            '1-1 | 广告整治 | 正在推进 | 2014-05-02照片.jpg、通知1份
            '1-1 | 广告整治 | 正在推进 | 照片5张（2013年8月31日）    <- D415 @D
            '1-1 | 广告整治 | 正在推进 | 照片5张（2013年9月1日）
            '1-1 | 广告整治 | 正在推进 | 云创办〔2012〕3号
            --- 20130502.jpg pdf                                  <- D415
            --- 2013-05-02照片.jpg pdf
            --- 20140502.jpg pdf
            --- 综合科2013.5.2方案.pdf pdf
            ",
        );
    }

    #[test]
    fn both_ends_may_be_given_and_nothing_is_asked_by_default() {
        check(
            &EvidenceOutdated,
            "
            evidence-from 2014-06-01
            evidence-until 2014-08-31
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 佐证材料
            '1-1 | 广告整治 | 正在推进 | 2014年5月至7月记录
            '1-1 | 广告整治 | 正在推进 | 2014年5月照片              <- D415
            '1-1 | 广告整治 | 正在推进 | 2014-09-01.jpg             <- D415
            ",
        );
        check(
            &EvidenceOutdated,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 佐证材料
            '1-1 | 广告整治 | 正在推进 | 1999-05-02照片.jpg
            ",
        );
    }

    #[test]
    fn the_first_and_the_last_day_count() {
        check(
            &EvidenceOutdated,
            "
            evidence-from 2014-06-01
            evidence-until 2014-08-31
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 佐证材料
            '1-1 | 广告整治 | 正在推进 | 2014-05-31.jpg             <- D415
            '1-1 | 广告整治 | 正在推进 | 2014-06-01.jpg
            '1-1 | 广告整治 | 正在推进 | 2014-08-31.jpg
            '1-1 | 广告整治 | 正在推进 | 2014-09-01.jpg             <- D415
            ",
        );
    }

    #[test]
    fn either_end_alone_is_enough_and_no_months_are_none() {
        let drawing = "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 佐证材料
            '1-1 | 广告整治 | 正在推进 | 1999-05-02.jpg  OLD
            '1-1 | 广告整治 | 正在推进 | 2034-05-02.jpg  NEW
            ";
        for (setting, old, new) in [
            ("evidence-from 2014-06-01", "<- D415", ""),
            ("evidence-until 2014-08-31", "", "<- D415"),
            ("evidence-months 1", "<- D415", ""),
            ("evidence-months 0", "", ""),
        ] {
            check(&EvidenceOutdated, &format!("{setting}{}", drawing.replace("OLD", old).replace("NEW", new)));
        }
    }
}
