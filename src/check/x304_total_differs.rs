//! A 小计 or 合计 that is not the sum of its rows.

use std::ops::Range;

use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::{Area, Place};
use crate::basis::scope::Scope;
use crate::basis::text::fold;
use crate::check::{OneFile, Rule};
use crate::division::{Aggregate, Context, FieldType, fields};
use crate::ledger::{Ledger, Total, Value};
use crate::table::{Column, Furniture};

/// The kind.
pub static KIND: Kind = Kind {
    code: "X304",
    name: "total-differs",
    scope: Scope::Submission,
    severity: Severity::Warning,
    zh: Wording {
        title: "合计与明细不符",
        message: "“{heading}”的{label}为 {seen}，{rows} 行明细相加为 {expected}",
        why: "合计是上报和考核引用的数；与明细不符，总有一处写错，或改了明细没有改合计。",
        mend: "请核对明细和合计，把写错的改正；合计宜用求和公式。",
        example: "不合格：明细 12、8、5，合计写 28。合格：合计 25。",
    },
    en: Wording {
        title: "Total differs from its parts",
        message: "{label} of {heading} is {seen}; the {rows} rows it stands for come to {expected}",
        why: "Totals are what is passed on and quoted; when one is not the sum of its rows, something is wrong.",
        mend: "Compare the rows with the total and correct the slip; best use a formula for the total.",
        example: "Bad: rows of 12, 8 and 5, a total of 28. Good: 25.",
    },
};

/// Finds totals that differ from the sum of their rows.
#[derive(Debug)]
pub struct TotalDiffers;

impl Rule for TotalDiffers {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn ledger(&self, cx: &Context<'_>, file: &OneFile<'_>, ledger: &Ledger, out: &mut Findings) {
        let text = |total: &Total, at: usize| file.reading.texts.get(total.cells[at].text);
        let marks: Vec<Mark> = ledger
            .totals
            .iter()
            .filter_map(|total| {
                let filled = (0..ledger.columns.len()).map(|at| text(total, at)).filter(|text| !text.is_empty());
                filled.take(3).find_map(Label::of).map(|label| Mark { total, label })
            })
            .collect();
        // A total on a page that carries on another may stand for both.
        if marks.is_empty() || ledger.headless || has_of_which(file, ledger) {
            return;
        }
        let layout = Layout::of(ledger, &marks);
        for (at, column) in ledger.columns.iter().enumerate().filter(|(_, column)| adds_up(cx, column)) {
            let sums = Sums::of(ledger, at);
            for (nth, mark) in marks.iter().enumerate().filter(|(nth, _)| layout.says_something(*nth, file)) {
                let Some(figure) = plain(mark.total.cells[at].value) else { continue };
                let stands_for = layout.stands_for(nth);
                let may_be = layout.may_stand_for(nth).into_iter().any(|range| sums.is(&range, figure));
                if may_be || stands_for.is_empty() || sums.unsure(&stands_for) {
                    continue;
                }
                let (first, last) = (ledger.records[stands_for.start].row, ledger.records[stands_for.end - 1].row);
                let sheet = Place::sheet(ledger.source, ledger.sheet);
                let finding = out.note(&KIND, sheet.at(Area::cell(mark.total.row, column.col)));
                finding.unit(ledger.sender()).seen(text(mark.total, at));
                finding.expected(shown(sums.sum(&stands_for)));
                finding.fact("heading", &column.heading).fact("label", &mark.label.text);
                finding.fact("rows", stands_for.len());
                finding.related(sheet.at(Area { top: first, left: column.col, bottom: last, right: column.col }));
            }
        }
    }
}

/// The label of a row of totals.
struct Label {
    text: String,
    /// 小计: the total of a section; else of all rows, or of the rows since the last such total.
    of_part: bool,
    /// 总计, 全局合计: the total of everything, which may be more than this table.
    of_all: bool,
    /// Whether it names what it is the total of: 综合科小计.
    named: bool,
}

impl Label {
    /// Reads the label in a cell; none if it is not one, or is a total over time: 本月合计 and 累计 cover other rows.
    fn of(text: &str) -> Option<Label> {
        if text.len() > 36 {
            return None;
        }
        let folded = fold(text);
        let bare = folded.split(['(', ':', '。']).next().unwrap_or_default();
        let word = ["小计", "合计", "总计", "共计", "total"].into_iter().find(|word| bare.ends_with(word))?;
        let before = bare.strip_suffix(word).unwrap_or_default();
        let over_time = before.contains(['月', '季', '年', '周', '日', '期']) || before.contains("累");
        let all = ["总", "全局", "全市", "全区", "全县"].contains(&before);
        (!over_time).then(|| Label {
            text: text.trim().to_owned(),
            of_part: word == "小计",
            of_all: word == "总计" || all,
            named: !all && !before.is_empty() && before != "本页",
        })
    }
}

/// A row of totals with its label.
struct Mark<'a> {
    total: &'a Total,
    label: Label,
}

/// The order of rows, sections and totals in a ledger.
struct Layout<'a> {
    marks: &'a [Mark<'a>],
    /// The row numbers of sections, ascending.
    sections: Vec<u32>,
    totals: Vec<u32>,
    bounds: Vec<u32>,
    ledger: &'a Ledger,
}

impl<'a> Layout<'a> {
    fn of(ledger: &'a Ledger, marks: &'a [Mark<'a>]) -> Layout<'a> {
        let rows = |wanted: &[Furniture]| {
            let of = ledger.furniture.iter().filter(|(_, what)| wanted.contains(what));
            of.map(|(row, _)| *row).collect::<Vec<u32>>()
        };
        Layout {
            marks,
            sections: rows(&[Furniture::Section]),
            totals: rows(&[Furniture::Subtotal]),
            bounds: rows(&[Furniture::Section, Furniture::Subtotal]),
            ledger,
        }
    }

    /// Whether a total can be compared with rows of this table: not one of everything in a file of several tables, and
    /// not one in a block of totals by name below the table.
    fn says_something(&self, nth: usize, file: &OneFile<'_>) -> bool {
        let Mark { total, label } = &self.marks[nth];
        let beside = |row: Option<u32>| row.is_some_and(|row| self.totals.binary_search(&row).is_ok());
        let in_block = beside(total.row.checked_sub(1)) || beside(total.row.checked_add(1));
        !(label.of_all && file.reading.ledgers.len() > 1 || label.named && in_block)
    }

    /// The positions of the records between two rows.
    fn between(&self, above: Option<u32>, below: Option<u32>) -> Range<usize> {
        let records = &self.ledger.records;
        let from = above.map_or(0, |above| records.partition_point(|record| record.row <= above));
        let to = below.map_or(records.len(), |below| records.partition_point(|record| record.row < below));
        from..to.max(from)
    }

    /// The records a total covers by its label and position.
    fn stands_for(&self, nth: usize) -> Range<usize> {
        let Mark { total, label } = &self.marks[nth];
        let whole = |mark: &&Mark<'_>| !mark.label.of_part && !mark.label.of_all;
        if !label.of_part && (label.of_all || self.marks.iter().filter(whole).count() == 1) && !label.named {
            return self.between(None, None);
        }
        let last = if label.of_part {
            before(&self.bounds, total.row)
        } else {
            self.marks[..nth].iter().rev().find(whole).map(|mark| mark.total.row)
        };
        let above = self.between(last, Some(total.row));
        // some offices put the total above its rows
        if above.is_empty() { self.between(Some(total.row), after(&self.bounds, total.row)) } else { above }
    }

    /// All ranges a total may cover, because tables mark their sections in several ways.
    fn may_stand_for(&self, nth: usize) -> Vec<Range<usize>> {
        let row = self.marks[nth].total.row;
        let since = |rows: &[u32]| self.between(before(rows, row), Some(row));
        let until = |rows: &[u32]| self.between(Some(row), after(rows, row));
        vec![
            self.stands_for(nth),
            self.between(None, None),
            self.between(None, Some(row)),
            since(&self.sections),
            since(&self.totals),
            since(&self.bounds),
            until(&self.sections),
            until(&self.totals),
            until(&self.bounds),
        ]
    }
}

/// The last of ascending rows before a row.
fn before(rows: &[u32], row: u32) -> Option<u32> {
    rows[..rows.partition_point(|&other| other < row)].last().copied()
}

/// The first of ascending rows after a row.
fn after(rows: &[u32], row: u32) -> Option<u32> {
    rows.get(rows.partition_point(|&other| other <= row)).copied()
}

/// Prefix sums of a column, so that the sum of a range is a difference.
struct Sums {
    all: Vec<f64>,
    /// The sums over rows that are not hidden, as SUBTOTAL computes.
    shown: Vec<f64>,
    /// The number of cells so far that could not be read.
    unsure: Vec<u32>,
    /// Decimal places in use.
    places: u8,
}

impl Sums {
    fn of(ledger: &Ledger, at: usize) -> Sums {
        let mut sums = Sums { all: vec![0.0], shown: vec![0.0], unsure: vec![0], places: 0 };
        let (mut all, mut shown, mut unsure) = (0.0, 0.0, 0);
        for record in &ledger.records {
            // a merged cell counts once, in its first row
            if !record.repeats(at) {
                match plain(record.cells[at].value) {
                    Some(number) => {
                        all += number;
                        shown += if record.hidden { 0.0 } else { number };
                        sums.places = sums.places.max(places(number));
                    }
                    None => unsure += 1,
                }
            }
            sums.all.push(all);
            sums.shown.push(shown);
            sums.unsure.push(unsure);
        }
        sums
    }

    fn sum(&self, range: &Range<usize>) -> f64 {
        self.all[range.end] - self.all[range.start]
    }

    fn unsure(&self, range: &Range<usize>) -> bool {
        self.unsure[range.end] > self.unsure[range.start]
    }

    /// Whether a number is the sum of a range, allowing for each part and the total being rounded.
    fn is(&self, range: &Range<usize>, figure: f64) -> bool {
        let half = |places: u8| 0.5 * 0.1f64.powi(i32::from(places));
        let of_parts = if self.places > 0 { half(self.places) * range.len().min(20) as f64 } else { 0.0 };
        let of_figure = if places(figure) < self.places { half(places(figure)) } else { 0.0 };
        let largest = self.all.last().map_or(0.0, |all| all.abs());
        let near = |sum: f64| (sum - figure).abs() <= of_parts + of_figure + 1e-9 * largest.max(1.0);
        !range.is_empty() && (near(self.sum(range)) || near(self.shown[range.end] - self.shown[range.start]))
    }
}

/// A number that can be added up; rates cannot.
fn plain(value: Value) -> Option<f64> {
    match value {
        Value::Number(number) | Value::NumberAsText(number) if number.is_finite() => Some(number),
        _ => None,
    }
}

/// A number without binary rounding noise.
fn shown(number: f64) -> String {
    let rounded = (number * 1e6).round() / 1e6;
    if rounded == 0.0 || !rounded.is_finite() { "0".to_owned() } else { rounded.to_string() }
}

/// The decimal places of a number, at most six.
fn places(number: f64) -> u8 {
    shown(number).split_once('.').map_or(0, |(_, places)| places.len().min(6) as u8)
}

/// Whether the numbers of a column can be added up: no rates, identifiers or cumulative numbers.
fn adds_up(cx: &Context<'_>, column: &Column) -> bool {
    const NOT: &[&str] = &[
        "率", "比", "均", "累计", "累积", "单价", "标准", "排名", "名次", "年份", "年度", "月份", "日期", "时间",
        "编码", "代码", "邮编", "电话", "手机", "序", "最高", "最低", "最大", "最小", "权重", "温度", "等级", "星级",
    ];
    let heading = fold(&column.heading);
    let names = heading.is_empty() || heading.ends_with('号') || NOT.iter().any(|word| heading.contains(word));
    if names || column.unit.as_deref() == Some("%") {
        return false;
    }
    column.field.is_none_or(|field| {
        let spec = cx.division.fields.spec(field);
        field != fields::SERIAL
            && matches!(spec.kind, FieldType::Integer | FieldType::Decimal)
            && matches!(spec.aggregate, None | Some(Aggregate::Sum))
    })
}

/// Whether rows are parts of other rows (其中：党员), so that totals cannot be checked.
fn has_of_which(file: &OneFile<'_>, ledger: &Ledger) -> bool {
    file.entries_of(ledger).any(|entry| {
        let texts = entry.cells().map(|(_, cell)| entry.text_of(cell)).filter(|text| !text.is_empty());
        texts.take(3).any(|text| text.trim_start().starts_with("其中"))
    })
}

#[cfg(test)]
mod tests;
