//! A row that stands twice, in one file or in two.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::check::support::{in_two_files, live, unit_of};
use crate::check::{Batch, OneFile, Rule};
use crate::division::{Context, fields};
use crate::ledger::{FileReading, Ledger, Record};
use crate::obligation::content::is_answer;

/// The kind.
pub static KIND: Kind = Kind {
    code: "R204",
    name: "duplicate-row",
    severity: Severity::Warning,
    zh: Wording {
        title: "重复行",
        message: "与{twin}内容相同",
        why: "同一件事报了两次，次数、数量会多算。",
        mend: "请核对：重复的删去一行；确是两件事的，写清各自的日期或地点。",
        example: "同一天、同一地点的同一次巡查写了两行。",
    },
    en: Wording {
        title: "Row repeated",
        message: "The same as {twin}",
        why: "One thing reported twice counts twice.",
        mend: "Delete one of the rows; if they are two events, give each its date or place.",
        example: "One patrol of one day and place on two rows.",
    },
};

/// Finds rows that stand twice.
#[derive(Debug)]
pub struct DuplicateRow;

impl Rule for DuplicateRow {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn file(&self, _: &Context<'_>, file: &OneFile<'_>, out: &mut Findings) {
        let mut known: HashMap<u64, Vec<(&Ledger, &Record)>> = HashMap::new();
        for ledger in &file.reading.ledgers {
            for record in &ledger.records {
                let Some(mark) = mark(file.reading, ledger, record) else { continue };
                let alike = known.entry(mark).or_default();
                let first =
                    alike.iter().find(|(of, twin)| equal((file.reading, of, twin), (file.reading, ledger, record)));
                if let Some((of, twin)) = first {
                    let row = twin.row + 1;
                    let finding = note(out, ledger, record, of.row_place(twin));
                    if of.sheet == ledger.sheet {
                        finding.fact_in("twin", format!("第 {row} 行"), format!("row {row}"));
                    } else {
                        let sheet = file.reading.sheets.get(of.sheet as usize).map_or("", |sheet| sheet.name.as_str());
                        finding.fact_in("twin", format!("“{sheet}”第 {row} 行"), format!("row {row} of {sheet}"));
                    }
                } else {
                    alike.push((ledger, record));
                }
            }
        }
    }

    fn batch(&self, _: &Context<'_>, batch: &Batch<'_>, out: &mut Findings) {
        // Only what a unit reports on a task in more than one file can stand in two of them.
        let in_two = in_two_files(batch);
        let mut known: HashMap<u64, Vec<(u32, &FileReading, &Ledger, &Record)>> = HashMap::new();
        for (at, file, ledger, record) in live(batch) {
            let key = unit_of(ledger, record).zip(record.task);
            if !key.is_some_and(|key| in_two.contains(&key)) {
                continue;
            }
            let Some(mark) = mark(&file.reading, ledger, record) else { continue };
            let alike = known.entry(mark).or_default();
            let twin =
                alike.iter().find(|(_, reading, of, twin)| equal((reading, of, twin), (&file.reading, ledger, record)));
            match twin {
                // Twins within one file were told beside the reading.
                Some((of, ..)) if *of == at.file => {}
                Some((of, _, other, twin)) => {
                    let (name, row) = (&batch.files[*of as usize].source.name, twin.row + 1);
                    note(out, ledger, record, other.row_place(twin)).fact_in(
                        "twin",
                        format!("“{name}”第 {row} 行"),
                        format!("row {row} of {name}"),
                    );
                }
                None => alike.push((at.file, &file.reading, ledger, record)),
            }
        }
    }
}

fn note<'a>(
    out: &'a mut Findings,
    ledger: &Ledger,
    record: &Record,
    twin: Place,
) -> &'a mut crate::basis::finding::Finding {
    out.note(&KIND, ledger.row_place(record)).unit(unit_of(ledger, record)).task(record.task).related(twin)
}

/// What a record says: its headings with their texts, serial numbers and blanks left out.
fn says<'a>(
    reading: &'a FileReading,
    ledger: &'a Ledger,
    record: &'a Record,
) -> impl Iterator<Item = (&'a str, &'a str)> {
    let columns = ledger.columns.iter().zip(record.cells.iter());
    columns
        .filter(|(column, cell)| column.field != Some(fields::SERIAL) && !cell.text.is_empty())
        .map(|(column, cell)| (column.heading.as_str(), reading.texts.get(cell.text)))
}

/// A number that equal records share; none for records that answer nothing.
fn mark(reading: &FileReading, ledger: &Ledger, record: &Record) -> Option<u64> {
    let answers = ledger.columns.iter().zip(record.cells.iter());
    if !answers.into_iter().any(|(column, cell)| is_answer(column.field) && !cell.text.is_empty()) {
        return None;
    }
    // DefaultHasher::new is the same in every process.
    let mut hasher = DefaultHasher::new();
    (unit_of(ledger, record), record.task).hash(&mut hasher);
    says(reading, ledger, record).for_each(|said| said.hash(&mut hasher));
    Some(hasher.finish())
}

fn equal(a: (&FileReading, &Ledger, &Record), b: (&FileReading, &Ledger, &Record)) -> bool {
    unit_of(a.1, a.2) == unit_of(b.1, b.2) && a.2.task == b.2.task && says(a.0, a.1, a.2).eq(says(b.0, b.1, b.2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn the_second_of_two_equal_rows_is_told() {
        check(
            &DuplicateRow,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            序号 | 任务编号 | 工作任务 | 完成情况 | 日期
            1 | '1-1 | 广告整治 | 已完成 | 8月15日
            2 | '1-1 | 广告整治 | 已完成 | 8月16日
            3 | '1-1 | 广告整治 | 已完成 | 8月15日        <- R204 1-1 综合科
            ",
        );
    }
}
