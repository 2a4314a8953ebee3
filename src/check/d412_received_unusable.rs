//! A unit whose submission could not be used.

use std::collections::BTreeMap;

use crate::basis::calendar::format::in_brackets;
use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::{Area, Place};
use crate::basis::scope::{GapKind, Scope};
use crate::basis::{Bilingual, Lang, UnitId};
use crate::check::support::refusal::reason;
use crate::check::support::{by_unit_and_period, demand, listing, record, task_codes};
use crate::check::{Batch, Entry, Rule, RunFile};
use crate::division::Context;
use crate::ledger::{Aside, WhyUnread, content::Content};
use crate::obligation::{Naming, Obligation, State, named_only};

/// So many files beside the first are named one by one.
const MOST_FILES: usize = 5;

/// The kind.
pub static KIND: Kind = Kind {
    code: "D412",
    name: "received-unusable",
    scope: Scope::Owed(GapKind::Unusable),
    severity: Severity::Error,
    zh: Wording {
        title: "报来材料不可用",
        message: "{unit}{period}报来的内容[（文件“{file}”）]无法使用[：{reason}][；另有{others}]，{count}项任务（{tasks}）视同未报",
        why: "文件打不开、加密、没有台账，或该行没有填写内容，应报内容没有收到。",
        mend: "请改正后尽快重新报送；怎么改，见问题清单或退回件中对该文件、该行的说明。",
        example: "报来的文件设有密码：列为“不可用”，不列为“未报送”。",
    },
    en: Wording {
        title: "Received, but unusable",
        message: "What came from {unit} for {period}[ (“{file}”)] could not be used[: {reason}][; nor could {others}]; {count} tasks count as missing ({tasks})",
        why: "The file does not open, is encrypted or holds no ledger, or the row says nothing: the report did not arrive.",
        mend: "Mend what is said of the file or the row and submit it again today.",
        example: "A file with a password: unusable, which is not the same as not submitted.",
    },
};

/// Finds units whose files could not be used; one finding for each unit and period.
#[derive(Debug)]
pub struct ReceivedUnusable;

impl Rule for ReceivedUnusable {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn batch(&self, cx: &Context<'_>, batch: &Batch<'_>, out: &mut Findings) {
        let named = named_only(cx, batch.files);
        let unusable = |owed: &Obligation| owed.state == State::Unusable && !owed.out_of_reach;
        let mut refused: BTreeMap<UnitId, Vec<&RunFile>> = BTreeMap::new();
        for file in batch.files.iter().filter(|file| file.is_useless() && !file.reading.is_out_of_reach()) {
            if let Some(unit) = file.unit {
                refused.entry(unit).or_default().push(file);
            }
        }
        for obligations in by_unit_and_period(batch, unusable) {
            let Some(&first) = obligations.first() else { continue };
            let (file, others) = match refused.get(&first.unit).map(Vec::as_slice) {
                Some([file, others @ ..]) => (Some(*file), others),
                _ => (None, Default::default()),
            };
            // rows without readable answers are places in their ledgers
            let rows: Vec<Entry<'_>> =
                obligations.iter().flat_map(|owed| &owed.records).filter_map(|&at| record(batch, at)).collect();
            let row = rows.first().map_or(demand(cx, first), |row| row.row_place());
            let place = file.map_or(row, |file| Place::file(file.source.id));
            let finding = out.note(&KIND, place).unit(first.unit).period(first.period.label());
            let codes = task_codes(cx, &obligations);
            finding.fact("count", codes.len()).fact("tasks", listing(&codes, 10));
            if let Some(file) = file {
                finding.fact("file", &file.source.name);
                if let Some(reason) = reason(file) {
                    finding.fact("reason", reason);
                }
                if !others.is_empty() {
                    finding.fact("others", each(others));
                }
            } else if let Some(&Naming { file, place }) = named.get(&first.unit) {
                let file = &batch.files[file];
                finding.place = place.unwrap_or(Place::file(file.source.id));
                finding.fact("file", &file.source.name).fact("reason", why(file, place));
            } else if !rows.is_empty() {
                finding.fact("reason", of_rows(&rows));
            }
            finding.related = obligations.iter().map(|obligation| demand(cx, obligation)).collect();
            let named = rows.iter().map(|row| row.row_place()).filter(|place| *place != finding.place);
            finding.related.extend(named.collect::<Vec<_>>());
            finding.related.extend(others.iter().map(|file| Place::file(file.source.id)));
        }
    }
}

/// Further files of a unit with why each is of no use: the first ones, and how many there are.
fn each(files: &[&RunFile]) -> Bilingual {
    let told = |lang: Lang| {
        let one = |file: &&RunFile| {
            let name = &file.source.name;
            let why = reason(file).map(|why| in_brackets(why.in_lang(lang), lang)).unwrap_or_default();
            format!("“{name}”{why}")
        };
        let named = files.iter().take(MOST_FILES).map(one).collect::<Vec<_>>().join(lang.pick("、", ", "));
        let more = files.len() > MOST_FILES;
        let all = lang.pick(format!("等{}个文件", files.len()), format!(" and others, {} files in all", files.len()));
        if more { named + &all } else { named }
    };
    Bilingual::each(told)
}

/// Why rows are of no use: nothing was filled in, or what was cannot be read.
pub(crate) fn of_rows(rows: &[Entry<'_>]) -> Bilingual {
    let numbers: Vec<String> = rows.iter().map(|row| row.reference()).collect();
    let list = listing(&numbers, 10);
    if rows.iter().all(|row| Content::of(*row) == Content::Blank) {
        return Bilingual::new(
            format!("第 {} 行没有填写完成情况等内容", list.zh),
            format!("nothing is filled in on row {}", list.en),
        );
    }
    Bilingual::new(
        format!("第 {} 行没有填写内容，或是错误值、没有算出结果的公式", list.zh),
        format!("row {} is blank, or holds error values and formulas without a value", list.en),
    )
}

/// Why a file that only names a unit brings nothing of it.
fn why(file: &RunFile, place: Option<Place>) -> Bilingual {
    let Some(place) = place else {
        return Bilingual::fixed(
            "名称中有该单位，里面没有找到该单位的内容",
            "its path names the unit, and nothing in it is the unit's",
        );
    };
    let around = |area: Area| place.area.is_some_and(|cell| area.overlaps(cell));
    let aside = file.reading.aside.iter().find(|aside| {
        Some(aside.ledger.sheet) == place.sheet
            && (place.area.is_none() || around(aside.ledger.heading) || around_rows(aside, place))
    });
    let cell = place.area.map(|area| area.to_string()).unwrap_or_default();
    match aside.map(|aside| &aside.unread.why) {
        Some(WhyUnread::Lacking { .. }) => Bilingual::new(
            format!("表内{cell}写有该单位，所在的表没有“工作任务”或“任务编号”列（S12）"),
            format!("it names the unit at {cell}, in a table without 工作任务 and 任务编号 (S12)"),
        ),
        Some(_) => Bilingual::new(
            format!("表内{cell}写有该单位，所在各行没有表头（S19）"),
            format!("it names the unit at {cell}, in rows without a heading (S19)"),
        ),
        None => Bilingual::new(
            format!("表内{cell}写有该单位，里面没有找到该单位可用的内容"),
            format!("it names the unit at {cell}, and nothing in it is of use"),
        ),
    }
}

fn around_rows(aside: &Aside, place: Place) -> bool {
    let row = place.area.map(|area| area.top);
    aside.ledger.records.iter().any(|record| Some(record.row) == row)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_row_with_nothing_filled_in_is_told_once() {
        let drawing = "
            division | 1-1 广告整治 | 综合科
            division | 1-2 环境整治 | 综合科
            division | 1-3 秩序整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 备注
            '1-1 | 广告整治 | |                       <- D412 @A2:D2 综合科 ~第2、4行没有填写完成情况
            '1-2 | 环境整治 | 正在推进 |
            '1-3 | 秩序整治 | |
            ";
        check(&ReceivedUnusable, drawing);
        let unmarked = drawing.lines().map(|line| line.split("<- ").next().unwrap_or_default());
        check(&crate::check::c101_required_cell::RequiredCell, &unmarked.collect::<Vec<_>>().join("\n"));
    }

    #[test]
    fn a_unit_whose_name_is_in_the_inbox_is_not_silent() {
        let drawing = "
            division | 1-1 广告整治 | 综合科、后勤中心、车管科、财务科
            --- 车管科/综合科、后勤中心.xlsx
            填报单位：综合科 | |
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进";
        let line = "--- 车管科/综合科、后勤中心.xlsx";
        check(&ReceivedUnusable, &drawing.replace(line, &format!("{line} <- D412 后勤中心; D412 车管科")));
        let silent = drawing.replace("财务科\n", "财务科      <- D401 财务科\n");
        check(&crate::check::d401_not_submitted::NotSubmitted, &silent);
    }

    #[test]
    fn a_unit_named_in_a_cell_is_not_silent() {
        let drawing = "
            division | 1-1 广告整治 | 综合科、后勤中心、车管科、财务科、人事科
            --- 汇总.xlsx
            === 一
            序号 | 责任单位 | 完成情况 | 配合单位
            1 | 综合科 | 正在推进 | 人事科
            2 | 后勤中心 | 已完成 |
            === 二
            东街 | 12 | 车管科
            西街 | 10 | 车管科";
        let told = drawing
            .replace(
                "1 | 综合科 | 正在推进 | 人事科",
                "1 | 综合科 | 正在推进 | 人事科          <- D412 @B2 综合科; D412 @D2 人事科",
            )
            .replace("2 | 后勤中心 | 已完成 |", "2 | 后勤中心 | 已完成 |          <- D412 @B3 后勤中心")
            .replace("东街 | 12 | 车管科", "东街 | 12 | 车管科          <- D412 @C1 车管科");
        check(&ReceivedUnusable, &told);
        let silent = drawing.replace("人事科\n            ---", "人事科      <- D401 财务科\n            ---");
        check(&crate::check::d401_not_submitted::NotSubmitted, &silent);
    }

    #[test]
    fn a_unit_named_by_a_sheet_or_a_line_is_not_silent() {
        check(
            &ReceivedUnusable,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            --- 汇总.xlsx
            === 综合科                              <- D412 综合科
            本月各项工作已经开展。
            === 一
            填报单位：后勤中心 |                      <- D412 @A1 后勤中心
            本月各项工作已经开展。",
        );
    }

    #[test]
    fn a_file_that_cannot_be_used_is_told_once_for_its_unit() {
        check(
            &ReceivedUnusable,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            division | 1-2 环境整治 | 综合科
            --- 综合科.xlsx encrypted                       <- D412 综合科
            --- 后勤中心.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            ",
        );
    }

    #[test]
    fn each_file_of_a_unit_that_cannot_be_used_is_named_with_its_reason() {
        let drawing = |more: u32| {
            let others: String =
                (2..2 + more).map(|at| format!("\n--- 综合科{at}.xlsx damaged")).collect::<Vec<_>>().concat();
            let told = match more {
                0 => "加了密码，1项任务".to_owned(),
                1 => "加了密码；另有“收件/综合科2.xlsx”（文件已损坏，打不开），1项任务".to_owned(),
                _ => "“收件/综合科6.xlsx”（文件已损坏，打不开）等6个文件，1项任务".to_owned(),
            };
            format!(
                "division | 1-1 广告整治 | 综合科
                 --- 综合科1.xlsx encrypted     <- D412 ~{told}{others}"
            )
        };
        for more in [0, 1, 6] {
            check(&ReceivedUnusable, &drawing(more));
        }
    }

    #[test]
    fn of_weeks_those_that_the_file_is_about_are_told() {
        let drawing = |title: &str, told: &str| {
            format!(
                "
            division | 1-1 广告整治 | 综合科 | 报送周期=每周
            --- 综合科.xlsx          <- {told}
            综合科登记表{title} |  |
            序号 | 存在问题 | 整改措施
            1 | 广告牌破损 | 限期更换
            "
            )
        };
        check(&ReceivedUnusable, &drawing("（2014年8月4日—8月8日）", "D412 综合科 ~第32周"));
        let each = ["D412 综合科"; 4].join("; ");
        check(&ReceivedUnusable, &drawing("", &each));
    }

    #[test]
    fn numbers_under_the_title_of_a_task_are_filled_in() {
        check(
            &ReceivedUnusable,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            --- 汇总.xlsx
            广告整治统计表 |  |  |
            序号 | 科室 | 排查户数 | 备注
            1 | 综合科 | 90 |
            2 | 后勤中心 |  |                          <- D412 @A4:D4 后勤中心
            ",
        );
    }
}
