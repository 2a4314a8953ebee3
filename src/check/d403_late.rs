//! A report received after its due time.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::{Place, Source};
use crate::basis::scope::{GapKind, Scope};
use crate::check::support::moments::{due, moments};
use crate::check::support::{by_unit_and_period, demand, record, said_nil};
use crate::check::{Batch, Entry, FileState, Rule};
use crate::division::Context;
use crate::obligation::{Obligation, State};
use crate::ruling::RulingKind;

/// The kind.
pub static KIND: Kind = Kind {
    code: "D403",
    name: "late",
    scope: Scope::Owed(GapKind::Late),
    severity: Severity::Warning,
    zh: Wording {
        title: "迟报",
        message: "{unit}{period}台账[于{received}收到，]晚于时限{expected}[（{tasks}）]",
        why: "及时率按时限内收到的计算，迟报计入上报率，不计入及时率。",
        mend: "本次不用重报；请以后在时限前报送，有困难的提前申请延期。收件时间有误的，请更正收件登记。",
        example: "时限 9 月 5 日 17:00，9 月 7 日 09:20 收到：迟报。",
    },
    en: Wording {
        title: "Late",
        message: "{unit}, {period}: [received {received}, ]due {expected}[ ({tasks})]",
        why: "Late reports count as reports, but not as reports in time.",
        mend: "Nothing to submit again; be in time next period, or ask for an extension before. Correct the register if it is wrong.",
        example: "Due 5 September 17:00, received 7 September 09:20.",
    },
};

/// Finds late reports, one for each unit and period.
#[derive(Debug)]
pub struct Late;

impl Rule for Late {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn batch(&self, cx: &Context<'_>, batch: &Batch<'_>, out: &mut Findings) {
        let rulings = &cx.division.rulings;
        let is_of = |id: u32, kind| rulings.with_id(id).is_some_and(|ruling| ruling.kind == kind);
        let on_time = |obligation: &Obligation| obligation.ruling.filter(|id| is_of(*id, RulingKind::OnTime));
        let late = by_unit_and_period(batch, |obligation| {
            // nobody is late with what is not their duty
            if obligation.ruling.is_some_and(|id| is_of(id, RulingKind::Responsibility)) {
                return false;
            }
            // an exemption granted beforehand has no report that could be late; a nil report in words has no row
            let came = match obligation.state {
                State::Nil | State::Disputed => true,
                State::Exempt => !obligation.records.is_empty(),
                _ => false,
            };
            obligation.state == State::Late || (came && !obligation.in_time) || on_time(obligation).is_some()
        });
        // What a ruling lets count as in time is told apart from what it does not.
        let parted = late.into_iter().flat_map(|mut obligations| {
            obligations.sort_by_key(|obligation| on_time(obligation));
            let alike = obligations.chunk_by(|a, b| on_time(a) == on_time(b)).map(<[_]>::to_vec);
            alike.collect::<Vec<_>>()
        });
        let nil = said_nil(batch);
        for obligations in parted {
            let Some(&first) = obligations.first() else { continue };
            // lateness is judged by the first file received, not by a later correction
            let in_words = nil.get(&first.unit).map(|(file, _)| &file.source);
            let sources = obligations.iter().filter_map(|obligation| first_report(batch, obligation));
            let source = sources.min_by_key(|source| (source.received, &source.name)).or(in_words);
            let place = source.map_or(demand(cx, first), |source| Place::file(source.id));
            let finding = out.note(&KIND, place).unit(first.unit).period(first.period.label()).ruling(on_time(first));
            if let [only] = obligations.as_slice() {
                finding.task(only.task);
            }
            finding.seen = obligations
                .iter()
                .filter_map(|obligation| obligation.reported)
                .min()
                .map(|at| at.format("%Y-%m-%d %H:%M").to_string());
            if let Some(received) = moments(cx, &obligations, |obligation| obligation.reported) {
                finding.fact("received", received);
            }
            due(cx, &obligations, finding);
            finding.related = obligations.iter().map(|obligation| demand(cx, obligation)).collect();
        }
    }
}

/// The file with the first usable report on an obligation, even if another replaced its rows since; else the first of
/// those with its records.
fn first_report<'a>(batch: &Batch<'a>, obligation: &Obligation) -> Option<&'a Source> {
    let reports = |entry: Entry<'_>| {
        entry.record.task == Some(obligation.task) && entry.units().any(|unit| unit == obligation.unit)
    };
    let first = batch.files.iter().find(|file| {
        matches!(file.state, FileState::Merged | FileState::Superseded)
            && obligation.reported == Some(file.source.received)
            && file.entries().any(|(_, entry)| reports(entry))
    });
    let records = || obligation.records.iter().filter_map(|&at| record(batch, at)).map(|entry| entry.source);
    let counting = || records().min_by_key(|source| (source.received, &source.name));
    first.map(|file| &file.source).or_else(counting)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_nil_report_in_words_may_be_late_too() {
        check(
            &Late,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            as-of 2014-09-10 18:00
            --- 综合科.xlsx 2014-09-05 17:01              <- D403 综合科
            8月工作台账
            本月零报告
            --- 后勤中心.xlsx 2014-09-05 17:00
            8月工作台账
            本月零报告
            ",
        );
    }

    #[test]
    fn a_late_report_is_one_finding() {
        check(
            &Late,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            division | 1-2 环境整治 | 综合科、后勤中心
            as-of 2014-09-10 18:00
            --- 综合科.xlsx 2014-09-05 17:01              <- D403 综合科
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            '1-2 | 环境整治 | 正在推进
            --- 后勤中心.xlsx 2014-09-05 17:00
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            '1-2 | 环境整治 | 正在推进
            ",
        );
    }

    #[test]
    fn the_minute_it_is_due_is_in_time() {
        check(
            &Late,
            "
            division | 1-1 广告整治 | 综合科、后勤中心、车管科
            division | 1-2 环境整治 | 车管科
            --- 综合科.xlsx 2014-09-05 17:00
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 已完成
            --- 后勤中心.xlsx 2014-09-05 17:01       <- D403 后勤中心
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 已完成
            --- 车管科.xlsx 2014-09-05 17:01         <- D403 车管科
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 零报告
            '1-2 | 环境整治 | 不涉及
            ",
        );
    }

    #[test]
    fn each_task_is_late_by_its_own_first_report_and_due_time() {
        let drawing = "
            division | 1-1 广告整治 | 综合科
            division | 1-2 环境整治 | 综合科
            division | 1-3 秩序整治 | 综合科
            as-of 2014-09-26 18:00
            --- 综合科一.xlsx 2014-09-06 09:00   <- D403 ~于2014年9月6日9时（1-1）、2014年9月20日9时（1-2、1-3）收到，晚于时限
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            --- 综合科二.xlsx 2014-09-20 09:00
            任务编号 | 工作任务 | 完成情况
            '1-2 | 环境整治 | 正在推进
            '1-3 | 秩序整治 | 正在推进
            ";
        check(&Late, drawing);
        // a correction is no report that could be late
        let correction = "--- 综合科改.xlsx 2014-09-25 10:00
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 已完成
            '1-2 | 环境整治 | 已完成
            '1-3 | 秩序整治 | 已完成
            ";
        check(&Late, &format!("{drawing}{correction}"));
    }

    #[test]
    fn an_extension_is_told_beside_what_it_was_granted_for() {
        check(
            &Late,
            "
            division | 1-1 广告整治 | 综合科
            division | 1-2 环境整治 | 综合科
            waiver | 1-2 | 综合科 | 类型=延期 | 截止日期=2014-09-15
            as-of 2014-09-26 18:00
            --- 综合科.xlsx 2014-09-20 09:00     <- D403 ~20日9时收到，晚于时限2014年9月5日17时（1-1）、2014年9月15日（1-2）
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            '1-2 | 环境整治 | 正在推进
            ",
        );
    }
}
