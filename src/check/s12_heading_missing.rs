//! A table without the columns required of a ledger.

use crate::basis::Bilingual;
use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;
use crate::basis::text::{heading_key, likeness};
use crate::check::{Entry, OneFile, Rule};
use crate::division::{Context, Required};
use crate::ledger::{Aside, Ledger, WhyUnread};
use crate::table::FieldId;

/// The kind.
pub static KIND: Kind = Kind {
    code: "S12",
    name: "heading-missing",
    scope: Scope::Submission,
    severity: Severity::Error,
    zh: Wording {
        title: "缺少必需的列",
        message: "[{row}当作表头，]缺少{expected}列[；认出的字段：{seen}][；没有认出的列名：{unknown}][；{rows}行内容列入未归类]",
        why: "没有“工作任务”或“任务编号”就认不出每行报的是哪项任务；必填字段没有列就无从填写。",
        mend: "请在表头补上{expected}列并填写，重新报送；或改用下发的空白表。[办公室也可在任务分工的“台账字段”表加一行：{line}，或在“人工认定”中把“{likely}”认定为工作任务。]",
        example: "不合格：表头只有“序号、完成情况、备注”。合格：“任务编号、工作任务、完成情况、备注”。",
    },
    en: Wording {
        title: "Column missing",
        message: "[{row} was taken for the heading; ]the column {expected} is missing[; fields told: {seen}][; names not known: {unknown}][; its {rows} rows are unmatched]",
        why: "Without 工作任务 or 任务编号 no row tells its task; a required field without a column cannot be filled in.",
        mend: "Add the column {expected}, fill it in, and submit the file again; or use the blank form.[ The office can also add a line to 台账字段: {line}, or rule in 人工认定 that {likely} is 工作任务.]",
        example: "Bad: 序号, 完成情况, 备注. Good: 任务编号, 工作任务, 完成情况, 备注.",
    },
};

/// The most names listed for a missing heading.
const NAMES: usize = 8;

/// Finds tables that lack required columns.
#[derive(Debug)]
pub struct HeadingMissing;

impl Rule for HeadingMissing {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn file(&self, cx: &Context<'_>, file: &OneFile<'_>, out: &mut Findings) {
        // The same block again and again, as a log has for each day, is told once.
        let same = |a: &Aside, b: &Aside| a.ledger.sheet == b.ledger.sheet && a.unread.why.lacks_as(&b.unread.why);
        for (at, aside) in file.reading.aside.iter().enumerate() {
            let (ledger, area) = (&aside.ledger, aside.unread.area);
            let WhyUnread::Lacking { found, unknown, likely, .. } = &aside.unread.why else { continue };
            if file.reading.aside[..at].iter().any(|before| same(before, aside)) {
                continue;
            }
            let again: Vec<&Ledger> =
                file.reading.aside[at..].iter().filter(|other| same(aside, other)).map(|other| &other.ledger).collect();
            let finding = out
                .note(&KIND, Place::sheet(ledger.source, ledger.sheet).at(area))
                .unit(ledger.sender().or(file.sender()))
                .expected(Bilingual::new("“工作任务”或“任务编号”", "工作任务 or 任务编号"));
            let (top, bottom) = (area.top + 1, area.bottom + 1);
            let rows = if top == bottom { format!("第{top}行") } else { format!("第{top}至{bottom}行") };
            finding.fact_in("row", rows, area);
            if !found.is_empty() {
                finding.seen(found.join("、"));
            }
            if !unknown.is_empty() {
                let guesses: Vec<String> = unknown.iter().take(NAMES).map(|name| guess(name, cx)).collect();
                let more = if unknown.len() > NAMES { format!("等{}列", unknown.len()) } else { String::new() };
                finding.fact_in("unknown", guesses.join("、") + &more, guesses.join("、"));
            }
            for other in &again[1..] {
                finding.related(Place::sheet(other.source, other.sheet).at(other.heading));
            }
            let records: usize = again.iter().map(|ledger| ledger.records.len()).sum();
            if records > 0 {
                finding.fact("rows", records);
            }
            if let Some(likely) = likely {
                finding.fact("line", format!("工作任务 · {likely}")).fact("likely", likely);
            }
        }
    }

    fn ledger(&self, cx: &Context<'_>, file: &OneFile<'_>, ledger: &Ledger, out: &mut Findings) {
        if ledger.headless {
            return;
        }
        for (at, spec) in cx.division.fields.fields.iter().enumerate() {
            let field = FieldId(at as u16);
            let wanted = match spec.required {
                Required::Never => false,
                Required::Always => !ledger.records.is_empty(),
                Required::WhenDone => file.entries_of(ledger).any(Entry::is_done),
            };
            if wanted && ledger.column(field).is_none() {
                out.note(&KIND, Place::sheet(ledger.source, ledger.sheet).at(ledger.heading))
                    .unit(ledger.sender())
                    .expected(Bilingual::new(format!("“{}”", spec.name), spec.name.clone()));
            }
        }
    }
}

/// A heading that no field knows, with the field that it is most like.
fn guess(name: &str, cx: &Context<'_>) -> String {
    /// Less alike than this two names have nothing to do with each other.
    const ALIKE: f64 = 0.5;
    let key = heading_key(name.rsplit('/').next().unwrap_or(name));
    let names = cx.division.fields.fields.iter().flat_map(|spec| {
        let alike = |known: &String| likeness(&key, &heading_key(known));
        std::iter::once(&spec.name).chain(&spec.synonyms).map(|known| (alike(known), spec)).collect::<Vec<_>>()
    });
    let best = names.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|best| best.0 >= ALIKE);
    best.map_or_else(|| format!("“{name}”"), |(_, spec)| format!("“{name}”（近似{}）", spec.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn a_heading_without_a_task_is_told() {
        check(
            &HeadingMissing,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            --- 综合科.xlsx
            序号 | 完成情况 | 完成日期 | 佐证材料 | 备注      <- S12
            1 | 正在推进 | 8月1日 | 照片 |
            --- 后勤中心.xlsx
            任务编号 | 完成情况
            '1-1 | 正在推进
            ",
        );
    }

    #[test]
    fn the_same_block_again_is_told_once() {
        check(
            &HeadingMissing,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            日期：8月4日 | | |
            组员 | 计划内容 | 完成情况 | 备注      <- S12 综合科
            邱某鹏 | 熟悉需求文档并画出用例图 | 已完成 |
            黄某贤 | 分析好友管理并画出用例图 | 正在推进 | 有照片
            冯某志 | 修改完善用例图 | 已完成 |

            日期：8月5日 | | |
            组员 | 计划内容 | 完成情况 | 备注
            邱某鹏 | 熟悉需求文档并画出用例图 | 已完成 |
            黄某贤 | 分析好友管理并画出用例图 | 正在推进 | 有照片
            冯某志 | 修改完善用例图 | 已完成 |
            ",
        );
    }

    #[test]
    fn a_required_field_needs_its_column() {
        check(
            &HeadingMissing,
            "
            division | 1-1 广告整治 | 综合科、后勤中心
            field | 处数 | 类型=整数 | 必填=是
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况              <- S12 综合科
            '1-1 | 广告整治 | 正在推进
            --- 后勤中心.xlsx
            任务编号 | 工作任务 | 完成情况 | 处数
            '1-1 | 广告整治 | 正在推进 | 5
            ",
        );
    }

    #[test]
    fn of_many_unknown_headings_the_first_are_named_and_all_are_counted() {
        let told = |count: usize, says: &str| {
            let headings: Vec<String> = (0..count).map(|at| format!("栏{}", (b'A' + at as u8) as char)).collect();
            let cells = vec!["若干"; count].join(" | ");
            let drawing = format!(
                "
                division | 1-1 广告整治 | 综合科
                --- 综合科.xlsx
                完成情况 | 佐证材料 | {}              <- S12 {says}
                正在推进 | 照片 | {cells}
                ",
                headings.join(" | ")
            );
            check(&HeadingMissing, &drawing);
        };
        told(NAMES, "~栏H");
        told(NAMES + 1, "~等9列");
    }
}
