//! A file, a sheet or a cell that cannot be read: empty, or damaged.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;
use crate::check::{OneFile, Rule};
use crate::division::Context;
use crate::ledger::Skipped;
use crate::read::{Notice, Refusal};

/// The kind.
pub static KIND: Kind = Kind {
    code: "F01",
    name: "unreadable",
    scope: Scope::Submission,
    severity: Severity::Error,
    zh: Wording {
        title: "无法读取",
        message: "[{what}，无法读取][，另有 {more} 处相同][{all} 段文字中有 {garbled} 段是乱码：文件写的文字编码不对][文件没有写明文字编码，按 {encoding} 读取，请核对文字是否正确]",
        why: "读不出的内容不能汇总，按未收到有效材料处理；其余部分照常读取。",
        mend: "请在电脑上打开原文件，另存为 xlsx 后重新报送；如打不开，请从原件重新填报。",
        example: "不合格：0 字节的“综合科台账.xlsx”。合格：双击能打开、内容完整的 xlsx 文件。",
    },
    en: Wording {
        title: "Unreadable",
        message: "[{what} cannot be read][; {more} more like it][{garbled} of {all} texts are garbled: the file names a wrong encoding][The file does not name the encoding of its texts; they were read as {encoding}]",
        why: "What cannot be read cannot be merged; everything else is read as usual.",
        mend: "Open the original, save it as xlsx and submit it again; if it does not open, fill the ledger in anew.",
        example: "Bad: a ledger of 0 bytes. Good: an xlsx file that opens and shows all its rows.",
    },
};

/// Finds what cannot be read.
#[derive(Debug)]
pub struct Unreadable;

impl Rule for Unreadable {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn file(&self, _: &Context<'_>, file: &OneFile<'_>, out: &mut Findings) {
        let whole = Place::file(file.source.id);
        match &file.reading.refusal {
            Some(Refusal::Empty) => {
                let (zh, en) = match file.source.size {
                    0 => ("文件是空的（0 字节）", "The file is empty (0 bytes) and"),
                    _ => ("压缩包是空的，里面没有文件", "The archive holds no file and"),
                };
                out.note(&KIND, whole).unit(file.sender()).fact_in("what", zh, en);
            }
            Some(Refusal::Damaged(_)) => {
                out.note(&KIND, whole).unit(file.sender()).fact_in("what", "文件已损坏", "The file is damaged and");
            }
            _ => {}
        }
        for (at, sheet) in file.reading.sheets.iter().enumerate() {
            if matches!(sheet.skipped, Some(Skipped::Unreadable(_))) {
                let (zh, en) = (format!("工作表“{}”已损坏", sheet.name), format!("Sheet “{}”", sheet.name));
                out.note(&KIND, Place::sheet(file.source.id, at as u16)).unit(file.sender()).fact_in("what", zh, en);
            }
        }
        for at in 0..file.reading.sheets.len() as u16 {
            bad_cells(file, at, out);
        }
        for notice in &file.reading.notices {
            match notice {
                Notice::Garbled { garbled, all } => {
                    out.note(&KIND, whole).unit(file.sender()).fact("garbled", garbled).fact("all", all);
                }
                Notice::EncodingGuessed(encoding) => {
                    let finding = out.note(&KIND, whole).unit(file.sender()).fact("encoding", encoding);
                    finding.severity(Severity::Warning);
                }
                _ => {}
            }
        }
    }
}

/// The cells of one sheet that could not be read: one finding, at the first of them.
fn bad_cells(file: &OneFile<'_>, sheet: u16, out: &mut Findings) {
    let mut bad = file.reading.notices.iter().filter_map(|notice| match notice {
        Notice::BadCell { sheet: of, area, .. } if *of == sheet => Some(*area),
        _ => None,
    });
    let Some(first) = bad.next() else { return };
    let place = |area: Option<_>| Place { area, ..Place::sheet(file.source.id, sheet) };
    let (zh, en) = first.map_or(("有单元格已损坏".to_owned(), "A cell".to_owned()), |area| {
        (format!("单元格 {area} 已损坏"), format!("Cell {area}"))
    });
    let finding = out.note(&KIND, place(first)).unit(file.sender()).fact_in("what", zh, en);
    let others: Vec<_> = bad.collect();
    if !others.is_empty() {
        finding.fact("more", others.len());
    }
    for area in others.into_iter().take(50) {
        finding.related(place(area));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn empty_and_damaged_files_are_told_and_good_ones_are_not() {
        check(
            &Unreadable,
            "
            division | 1-1 广告整治 | 综合科、后勤中心、车管科
            --- 综合科.xlsx empty                     <- F01 error 综合科
            --- 后勤中心.xlsx damaged                 <- F01 error 后勤中心
            --- 车管科.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 正在推进
            ",
        );
    }

    #[test]
    fn damaged_cells_of_a_sheet_are_one_finding_that_counts_the_others() {
        for (bad, mark) in [(0, ""), (1, "<- F01 ~单元格A2已损坏"), (3, "<- F01 ~另有2处")] {
            let drawing = format!(
                "division | 1-1 广告整治 | 综合科
                 --- 综合科.xlsx bad={bad}
                 任务编号 | 工作任务 | 完成情况
                 '1-1 | 广告整治 | 正在推进   {mark}"
            );
            check(&Unreadable, &drawing);
        }
    }
}
