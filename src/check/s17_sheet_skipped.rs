//! A sheet or a part of one that is plainly no report of this window.

use crate::basis::calendar::format::label_words;
use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;
use crate::basis::{Bilingual, Lang};
use crate::check::{OneFile, Rule};
use crate::division::Context;
use crate::ledger::stamp::GUIDE;
use crate::ledger::{SheetReading, Skipped, WhyUnread};

/// The kind.
pub static KIND: Kind = Kind {
    code: "S17",
    name: "sheet-skipped",
    scope: Scope::Submission,
    severity: Severity::Info,
    zh: Wording {
        title: "跳过的工作表",
        message: "工作表“{seen}”[的 {area} ]{why}，没有读取",
        why: "只读取本期的台账；说明、图表、统计、单据和其他时期的内容不汇总。",
        mend: "如这里也是本期台账，请写明本期的报告期，表头写“任务编号”或“工作任务”，重新报送；否则不用处理。",
        example: "“填表说明”页跳过，“台账”页读取。",
    },
    en: Wording {
        title: "Sheet skipped",
        message: "[{area} of ]sheet “{seen}” {why}; it was not read",
        why: "Only ledgers of this window are read; instructions, charts, tallies, slips and other windows are not merged.",
        mend: "If it is a ledger of this window, name the period, add a heading with 任务编号 or 工作任务 and submit again; else nothing to do.",
        example: "A page of instructions is skipped, the ledger beside it is read.",
    },
};

/// Finds sheets and regions that were skipped, each once.
#[derive(Debug)]
pub struct SheetSkipped;

impl Rule for SheetSkipped {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn file(&self, _: &Context<'_>, file: &OneFile<'_>, out: &mut Findings) {
        let reading = file.reading;
        if reading.refusal.is_some() || !reading.nil.is_empty() && reading.ledgers.is_empty() {
            return;
        }
        // Of a file without a ledger S10 names the sheets, unless something is said of their regions.
        let told = |sheet: &SheetReading| sheet.unread.iter().any(|unread| unread.why.is_told());
        let any = !reading.ledgers.is_empty() || reading.sheets.iter().any(told);
        if !any {
            return;
        }
        for (at, sheet) in file.reading.sheets.iter().enumerate().filter(|(_, sheet)| !sheet.hidden) {
            // the guide of a blank form and the list of a marked copy are sheets of this program
            let returned = file.reading.returned.as_ref();
            let own_guide = file.reading.stamp.is_some() && sheet.name == GUIDE
                || sheet.skipped == Some(Skipped::Guide)
                || returned.is_some_and(|returned| returned.index.contains(&(at as u16)));
            if own_guide {
                continue;
            }
            let mut note = |place: Place, why: Bilingual| {
                let finding = out.note(&KIND, place).unit(file.sender()).seen(&sheet.name);
                if let Some(area) = place.area {
                    finding.fact("area", area);
                }
                finding.fact("why", why);
            };
            let place = Place::sheet(file.source.id, at as u16);
            // One region that says it for the whole sheet.
            if let Some(Skipped::OtherWindow(label)) = &sheet.skipped {
                note(place, other_window(label));
                continue;
            }
            let mut said = false;
            for unread in &sheet.unread {
                said |= matches!(unread.why, WhyUnread::Lacking { .. } | WhyUnread::Headless(_));
                let why = match &unread.why {
                    WhyUnread::Other => Bilingual::fixed(
                        "是统计、图例、选项等另一种表，不是台账",
                        "is a table of another kind, no ledger",
                    ),
                    WhyUnread::Form => Bilingual::fixed(
                        "是另一种表单（单据、登记、申请等），不是台账",
                        "is a form of another kind, no ledger",
                    ),
                    WhyUnread::OtherWindow(label) => other_window(label),
                    WhyUnread::Plan => Bilingual::fixed("是计划，不是已做的工作", "is a plan, no report"),
                    _ => continue,
                };
                said = true;
                note(place.at(unread.area), why);
            }
            let why = match sheet.skipped {
                _ if said => continue,
                Some(Skipped::NoHeading) => Bilingual::fixed("没有台账表头", "has no heading of a ledger"),
                Some(Skipped::NotLedger) => Bilingual::fixed("不是台账", "is no ledger"),
                _ => continue,
            };
            note(place, why);
        }
    }
}

fn other_window(label: &str) -> Bilingual {
    let words = label_words(label, Lang::Zh);
    Bilingual::new(format!("属于{words}，不计入本期"), format!("belongs to {label}, not to this window"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn instructions_beside_a_ledger_are_told() {
        check(
            &SheetSkipped,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            === 台账
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            === 填表说明                               <- S17 info
            请各单位如实填写，每月五日前报送。
            ",
        );
    }

    #[test]
    fn what_lies_in_another_window_is_told_with_its_window() {
        check(
            &SheetSkipped,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科8月台账.xlsx
            === 台账
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            === 7月                                   <- S17 ~“7月”属于2014年7月，不计入本期
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            ",
        );
    }

    #[test]
    fn the_guide_of_a_form_without_its_stamp_is_no_matter() {
        check(
            &SheetSkipped,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            === 台账
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            === 填表说明
            填表说明
            1. 灰色单元格由办公室填好，请勿改动；白色单元格由填报单位填写。
            ",
        );
    }

    #[test]
    fn each_region_that_is_no_report_is_told_once() {
        check(
            &SheetSkipped,
            "
            division | 1-1 广告整治 | 综合科、车管科
            --- 综合科.xlsx
            === 台账
            任务编号 | 工作任务 | 完成情况 | 地点
            '1-1 | 广告整治 | 正在推进 | 东街
            '1-1 | 广告整治 | 已完成 | 西街
            '1-1 | 广告整治 | 已完成 | 南街


            横幅 | 12                               <- S17 @A7:B8
            海报 | 7
            --- 车管科.xlsx
            用车申请单 | < | < | <                   <- S17 车管科 info
            申请人： | 王某 | 部门： | 车管科
            用车时间： | 8月3日 | 目的地： | 东郊
            事由： | 送材料 | 审批人： |
            ",
        );
    }
}
