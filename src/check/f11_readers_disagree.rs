//! Cells that count, in which the second reader saw another value than the first.

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::{Area, Place};
use crate::basis::scope::Scope;
use crate::check::support::phrase;
use crate::check::{Batch, FileState, Rule};
use crate::division::Context;

/// The kind.
pub static KIND: Kind = Kind {
    code: "F11",
    name: "readers-disagree",
    scope: Scope::Run,
    severity: Severity::Warning,
    zh: Wording {
        title: "两个读取程序读到的值不同",
        message: "{count} 个单元格两次读出的值不同：{cells}[；另有 {more} 个]",
        why: "每份台账都由两个各自编写的读取程序各读一遍，互相核对；值不同，多半是文件里同一单元格存了两个值，或文件已部分损坏。台账按前一个值汇总。",
        mend: "请办公室用 Excel 或 WPS 打开原文件，看这些单元格显示的是哪个值；与前一个值不符的，打开后另存一次再收。不必催问填报单位。",
        example: "文件里 C2 存了两次：“已完成”和“正在推进”。",
    },
    en: Wording {
        title: "The two readers disagree",
        message: "{count} cells were read with two different values: {cells}[, and {more} more]",
        why: "Every ledger is read by two readers that were written apart. Where they differ, the file mostly holds two values for one cell, or is damaged in part. The first value is the one that counts.",
        mend: "Open the file in Excel or WPS and see which value it shows; where it is not the first, save the file again and take that in. There is no need to ask the unit.",
        example: "A file that holds C2 twice: “done” and “in progress”.",
    },
};

/// Cells whose values the message gives.
const MOST_SHOWN: usize = 5;
/// Characters of a value that are shown.
const LONGEST: usize = 30;

/// Finds files that the two readers see differently. The finding names no unit: it is for the office to look into.
#[derive(Debug)]
pub struct ReadersDisagree;

impl Rule for ReadersDisagree {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn batch(&self, _: &Context<'_>, batch: &Batch<'_>, out: &mut Findings) {
        for file in batch.files.iter().filter(|file| file.state == FileState::Merged) {
            let Some(second) = file.reading.second.as_ref().filter(|second| !second.differing.is_empty()) else {
                continue;
            };
            let one = |zh: bool| {
                let shown = second.differing.iter().take(MOST_SHOWN).map(|cell| {
                    let sheet = file.reading.sheets.get(cell.sheet as usize).map_or("", |sheet| sheet.name.as_str());
                    let place = Area::cell(cell.row, cell.col);
                    let value = |text: &str| match (text.is_empty(), zh) {
                        (true, true) => "空".to_owned(),
                        (true, false) => "nothing".to_owned(),
                        (false, _) => format!("“{}”", phrase::clip(text, LONGEST)),
                    };
                    let (ours, theirs) = (value(&cell.ours), value(&cell.theirs));
                    if zh {
                        format!("{sheet}!{place} {ours}／{theirs}")
                    } else {
                        format!("{sheet}!{place} {ours} / {theirs}")
                    }
                });
                shown.collect::<Vec<_>>().join(if zh { "，" } else { ", " })
            };
            let count = second.differing.len();
            let finding = out.note(&KIND, Place::file(file.source.id));
            finding.fact("count", count).fact_in("cells", one(true), one(false));
            if count > MOST_SHOWN {
                finding.fact("more", count - MOST_SHOWN);
            }
            finding.related = second
                .differing
                .iter()
                .map(|cell| Place::cell(file.source.id, cell.sheet, cell.row, cell.col))
                .collect();
        }
    }
}
