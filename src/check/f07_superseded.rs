//! A file whose rows were superseded by a later file of the same unit.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;
use crate::check::{Batch, FileState, Rule, RunFile};
use crate::division::Context;

/// The kind.
pub static KIND: Kind = Kind {
    code: "F07",
    name: "superseded",
    scope: Scope::Submission,
    severity: Severity::Info,
    zh: Wording {
        title: "已被后报文件替代",
        message: "[本文件有 {rows} 行已被后收到的“{by}”替代][本文件的零报告已被后收到的“{reported}”替代][本文件后收到，替代了“{old}”的 {rows} 行][本文件不能使用，单位已在后收到的“{instead}”中补报]",
        why: "同一单位同一期多次报送时，同一任务以后收到的为准，先收到的仍存档备查。",
        mend: "请核对以后报的内容为准是否正确；如报送顺序有误，请在收件登记中更正收件时间。",
        example: "9 月 3 日报送初稿，9 月 4 日补报更正稿：以更正稿为准。",
    },
    en: Wording {
        title: "Superseded",
        message: "[{rows} rows of this file were replaced by “{by}”, which came later][The nil report of this file was replaced by “{reported}”, which came later][This file came later and replaced {rows} rows of “{old}”][This file was of no use; the unit reported in “{instead}”, which came later]",
        why: "When a unit submits again, what came later counts for the tasks it reports; the earlier file is kept.",
        mend: "Check that the later content is the right one; if the order is wrong, correct the time in the register.",
        example: "A draft on 3 September, its correction on the 4th: the correction counts.",
    },
};

/// Finds files that were superseded, wholly or in part.
#[derive(Debug)]
pub struct Superseded;

impl Rule for Superseded {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn batch(&self, _: &Context<'_>, batch: &Batch<'_>, out: &mut Findings) {
        let replaced =
            |file: &&RunFile| matches!(file.state, FileState::Merged | FileState::Superseded) || file.made_good;
        for old in batch.files.iter().filter(replaced) {
            let newer: Vec<&RunFile> = old.replaced_by.iter().filter_map(|&at| batch.files.get(at as usize)).collect();
            if newer.is_empty() {
                continue;
            }
            if let (true, [newer]) = (old.made_good, newer.as_slice()) {
                let finding = out.note(&KIND, Place::file(old.source.id)).unit(old.unit);
                finding.fact("instead", &newer.source.name).related(Place::file(newer.source.id));
                continue;
            }
            let aside = old.reading.aside.iter().filter(|_| !old.aside_counts).map(|aside| aside.ledger.records.len());
            let rows = old.live.iter().flatten().filter(|live| !**live).count() + aside.sum::<usize>();
            let names: Vec<&str> = newer.iter().map(|file| file.source.name.as_str()).collect();
            let finding = out.note(&KIND, Place::file(old.source.id)).unit(old.unit);
            if rows == 0 {
                finding.fact_in("reported", names.join("”“"), names.join("”, “"));
            } else {
                finding.fact("rows", rows).fact_in("by", names.join("”“"), names.join("”, “"));
            }
            finding.related = newer.iter().map(|file| Place::file(file.source.id)).collect();
            // part of the earlier file still counts, so each file refers to the other
            if let (FileState::Merged, [newer]) = (old.state, newer.as_slice()) {
                out.note(&KIND, Place::file(newer.source.id))
                    .unit(newer.unit)
                    .fact("rows", rows)
                    .fact("old", &old.source.name)
                    .related(Place::file(old.source.id));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_file_without_a_heading_is_replaced_by_all_that_is_owed() {
        let drawing = "
            division | 1-1 广告整治 | 综合科
            division | 1-2 环境整治 | 综合科
            --- 综合科1.xlsx 2014-09-01 10:00         <- F07 info 综合科 ~有2行
            日期 | 完成情况 | 备注
            8月1日 | 已完成 | 见附件
            8月2日 | 已完成 | 无
            --- 综合科2.xlsx 2014-09-02 10:00
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            '1-2 | 环境整治 | 正在推进
            ";
        check(&Superseded, drawing);
        let marks = ["<- F07 info 综合科 ~有2行"];
        let half = marks
            .iter()
            .fold(drawing.replace("'1-2 | 环境整治 | 正在推进", ""), |text, mark| text.replace(mark, ""));
        check(&Superseded, &half);
    }

    #[test]
    fn a_file_whose_rows_were_all_replaced_is_told() {
        check(
            &Superseded,
            "
            division | 1-1 广告整治 | 综合科
            division | 1-2 环境整治 | 综合科
            --- 综合科1.xlsx 2014-09-01 10:00         <- F07 info 综合科
            填报单位：综合科
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            --- 综合科2.xlsx 2014-09-02 10:00
            填报单位：综合科
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 长期坚持
            '1-2 | 环境整治 | 长期坚持
            ",
        );
    }

    #[test]
    fn a_nil_report_in_words_is_replaced_by_all_that_is_owed() {
        check(
            &Superseded,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科1.xlsx 2014-09-01 10:00         <- F07 info 综合科 ~零报告已被
            综合科8月工作台账
            本月零报告
            --- 综合科2.xlsx 2014-09-02 10:00
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            ",
        );
    }

    #[test]
    fn a_file_of_no_use_is_history_once_all_is_reported() {
        let drawing = "
            division | 1-1 广告整治 | 综合科、后勤中心
            division | 1-2 环境整治 | 综合科、后勤中心
            --- 综合科1.xlsx encrypted                         <- F07 info 综合科
            --- 综合科2.xlsx 2014-09-04 10:00
            填报单位：综合科
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 长期坚持
            '1-2 | 环境整治 | 长期坚持
            --- 后勤中心1.xlsx encrypted
            --- 后勤中心2.xlsx 2014-09-04 10:00
            填报单位：后勤中心
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 长期坚持
            ";
        check(&Superseded, drawing);
        // What came before it makes nothing good.
        check(&Superseded, &drawing.replace("2014-09-04", "2014-09-02").replace("<- F07 info 综合科", ""));
    }

    #[test]
    fn both_files_are_told_when_half_of_the_earlier_still_counts() {
        check(
            &Superseded,
            "
            division | 1-1 广告整治 | 综合科
            division | 1-2 环境整治 | 综合科
            --- 综合科1.xlsx 2014-09-01 10:00         <- F07
            填报单位：综合科
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            '1-2 | 环境整治 | 长期坚持
            --- 综合科2.xlsx 2014-09-02 10:00         <- F07
            填报单位：综合科
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 长期坚持
            ",
        );
    }
}
