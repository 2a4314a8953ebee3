//! Cross-tab → records: one for each filled cell, or for each group of cells under one heading of the axis.

use chrono::NaiveDate;
use hashbrown::HashMap;

use super::amount::{Amount, amount};
use super::axes::is_period;
use super::interpret::{Under, interpret};
use super::record::Ledger;
use super::status::{self, Legend, Reading};
use super::value::Value;
use crate::basis::place::Area;
use crate::basis::pool::Texts;
use crate::basis::text::{fold, heading_key};
use crate::division::{Context, FieldType, fields};
use crate::read::{Raw, Sheet};
use crate::table::{AxisColumn, Column, Crossed, FieldId, Lexicon, RowClass, shown};

/// A state is said in no more characters than this; more is an account of what was done.
const STATE: usize = 12;

/// The axis of a cross-tab and what stands under it.
pub(super) struct Crossing {
    pub(super) axes: Vec<AxisColumn>,
    /// What is filled in, by row.
    rows: HashMap<u32, Vec<Filled>>,
    /// The filled groups of each row, counted as they come in.
    seen: HashMap<u32, u32>,
    pub(super) of_axis: OfAxis,
    /// The day of judgement.
    today: NaiveDate,
}

/// The columns of the ledger (by position) that hold what the headings of the axis say.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct OfAxis {
    pub(super) unit: Option<usize>,
    pub(super) task: Option<usize>,
    pub(super) period: Option<usize>,
}

/// What is filled in under one heading of the axis in one row.
#[derive(Clone, Debug)]
pub(super) struct Filled {
    /// The column of the sheet in which its record stands.
    pub(super) col: u32,
    /// The axis column (by position) that speaks for the group.
    pub(super) axis: usize,
    /// Each cell: the axis column (by position), what stands there, the ledger's column it goes to.
    pub(super) cells: Vec<(usize, Raw, usize)>,
    /// Whether its number is named by the cell under 工作任务, which then names no task.
    pub(super) unnamed: bool,
}

/// What a cell says, as the kind of field that it fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    /// What this field holds.
    Field(FieldId),
    /// A number.
    Number,
    /// What was asked for, not what was done: kept under its own heading.
    Asked,
}

impl Crossing {
    /// Prepares the records of a cross-tab and gives the ledger the columns they need; none for a list.
    pub(super) fn new(
        axes: Vec<AxisColumn>,
        ledger: &mut Ledger,
        rows: &[(u32, RowClass)],
        sheet: &Sheet,
        cx: &Context<'_>,
        (texts, legend): (&Texts, Option<&Legend>),
    ) -> Option<Crossing> {
        let first = axes.first()?.column.clone();
        let groups = groups(&axes);
        let merged = Merged::new(&axes, sheet, ledger.heading.bottom);
        let fixed = ledger.columns.len();
        let mut columns = Columns { ledger, first, cx };
        let any = |pick: &dyn Fn(&AxisColumn) -> bool| axes.iter().any(pick);
        let of_axis = OfAxis {
            unit: any(&|axis| axis.unit.is_some()).then(|| columns.of_field(fields::UNITS, Crossed::Heading)),
            task: any(&|axis| axis.task.is_some()).then(|| columns.of_field(fields::TASK, Crossed::Heading)),
            period: any(&|axis| axis.days.is_some()).then(|| columns.of_field(fields::DATE, Crossed::Heading)),
        };
        let speaker = Speaker { cx, texts, legend };
        let (mut filled, mut seen) = (HashMap::new(), HashMap::new());
        for &(row, _) in rows.iter().filter(|row| row.1 == RowClass::Data) {
            let says = |at: usize| {
                let raw = merged.get(row, axes[at].column.col, sheet);
                speaker.says(raw, &axes[at].column).map(|says| (at, raw, says))
            };
            let reports = |at: &usize| says(*at).is_some_and(|cell| cell.2 != Says::Asked);
            seen.insert(row, groups.iter().filter(|group| group.iter().any(reports)).count() as u32);

            let named = columns.number(row, fixed, sheet, texts);
            let mut of_row: Vec<Filled> = Vec::new();
            for group in &groups {
                let said: Vec<_> = group.iter().filter_map(|&at| says(at)).collect();
                let Some(&(lead, ..)) = said.iter().find(|cell| cell.2 != Says::Asked) else { continue };
                let number = said.iter().any(|cell| cell.2 == Says::Number);
                let mut home = |(at, raw, says): (usize, Raw, Says)| {
                    let column = match says {
                        Says::Field(fields::DATE) if of_axis.period.is_some() => {
                            columns.of_field(fields::DONE_ON, Crossed::Cell)
                        }
                        Says::Field(field) => columns.of_field(field, Crossed::Cell),
                        Says::Number => columns.of_field(named.map_or(fields::AMOUNT, |named| named.0), Crossed::Cell),
                        Says::Asked => columns.of_heading(&axes[at].column),
                    };
                    (at, raw, column)
                };
                of_row.push(Filled {
                    col: axes[lead].column.col,
                    axis: lead,
                    cells: said.iter().map(|&cell| home(cell)).collect(),
                    unnamed: number && named.is_some_and(|named| named.1),
                });
            }
            of_row.sort_by_key(|filled| filled.col);
            filled.insert(row, of_row);
        }
        Some(Crossing { axes, rows: filled, seen, of_axis, today: cx.as_of.date() })
    }

    /// What is filled in in a row, from left to right.
    pub(super) fn filled(&self, row: u32) -> &[Filled] {
        self.rows.get(&row).map_or(&[], Vec::as_slice)
    }

    /// How many records these rows can be: of a row of data its filled cells, of a row without any and of others one.
    pub(super) fn seen<'r>(&self, rows: impl Iterator<Item = &'r (u32, RowClass)>) -> u32 {
        rows.map(|row| self.seen.get(&row.0).copied().unwrap_or(1).max(1)).sum()
    }

    /// What the heading of the axis says about the days of a record.
    pub(super) fn days(&self, axis: &AxisColumn) -> Value {
        match axis.days {
            // A week that is not over yet has come as far as today.
            Some((first, last)) if first < last => {
                Value::Days { first, last: if first <= self.today { last.min(self.today) } else { last } }
            }
            Some((day, _)) => Value::Day(day),
            None => Value::Blank,
        }
    }
}

/// The axis columns (by position) under each unit, task and period: together where their lower headings are fields, or
/// what was asked for and what was done; each by itself where they say nothing of the kind.
fn groups(axes: &[AxisColumn]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let told = |axis: &AxisColumn| axis.column.field.is_some() || is_asked(&axis.column) || is_done(&axis.column);
    for (at, axis) in axes.iter().enumerate() {
        let fits = |other: &usize| {
            let other = &axes[*other];
            told(other)
                && (&axis.unit, &axis.task, &axis.period) == (&other.unit, &other.task, &other.period)
                && (axis.column.field.is_none() || axis.column.field != other.column.field)
                && axis.column.heading != other.column.heading
        };
        match groups.iter_mut().find(|group| told(axis) && group.iter().all(fits)) {
            Some(group) => group.push(at),
            None => groups.push(vec![at]),
        }
    }
    groups
}

fn leaf(column: &Column) -> String {
    heading_key(column.heading.rsplit('/').next().unwrap_or(&column.heading))
}

/// Whether a lower heading is about what was asked for: 应, 计划, 目标数.
fn is_asked(column: &Column) -> bool {
    const ASKED: &[&str] = &["应", "计划", "目标", "指标", "任务数", "应报", "应完成", "应到", "应检", "应查"];
    let leaf = leaf(column);
    let bare = leaf.trim_end_matches('数');
    column.field.is_none() && (ASKED.contains(&leaf.as_str()) || ASKED.contains(&bare))
}

/// Whether a lower heading is about what was done: 实, 完成, 实报数.
fn is_done(column: &Column) -> bool {
    const DONE: &[&str] = &["实", "实际", "完成", "实报", "实完成", "实到", "实检", "实查", "实际完成", "已完成"];
    let leaf = leaf(column);
    let bare = leaf.trim_end_matches('数');
    DONE.contains(&leaf.as_str()) || DONE.contains(&bare)
}

/// The ledger's columns while the records of the axis ask for more.
struct Columns<'a> {
    ledger: &'a mut Ledger,
    first: Column,
    cx: &'a Context<'a>,
}

impl Columns<'_> {
    /// The column of a field that the axis fills; a column of the sheet that holds the field gives way.
    fn of_field(&mut self, field: FieldId, from: Crossed) -> usize {
        if let Some(at) = self.ledger.columns.iter().position(|c| c.crossed.is_some() && c.field == Some(field)) {
            return at;
        }
        for column in self.ledger.columns.iter_mut().filter(|c| c.field == Some(field)) {
            (column.field, column.also) = (None, Some(field));
        }
        let name = self.cx.division.fields.spec(field).name.clone();
        self.add(name, Some(field), from)
    }

    /// The column of a lower heading that no field knows.
    fn of_heading(&mut self, column: &Column) -> usize {
        let leaf = column.heading.rsplit('/').next().unwrap_or(&column.heading);
        let known = self.ledger.columns.iter().position(|c| c.crossed.is_some() && c.heading == leaf);
        known.unwrap_or_else(|| self.add(leaf.to_owned(), None, Crossed::Cell))
    }

    fn add(&mut self, heading: String, field: Option<FieldId>, from: Crossed) -> usize {
        let (also, unit, told_by) = (None, None, None);
        let column = Column { heading, field, also, unit, told_by, crossed: Some(from), ..self.first.clone() };
        self.ledger.columns.push(column);
        self.ledger.columns.len() - 1
    }

    /// The field that a row names for its numbers, and whether the cell that should hold its task names it.
    fn number(&self, row: u32, fixed: usize, sheet: &Sheet, texts: &Texts) -> Option<(FieldId, bool)> {
        let set = &self.cx.division.fields;
        self.ledger.columns[..fixed].iter().find_map(|column| {
            let raw = sheet.grid.get(row, column.col);
            let field = set.field(&heading_key(&shown(raw, texts)))?;
            let by_task = column.field.or(column.also) == Some(fields::TASK);
            let free = by_task || column.field.is_none() || column.field == Some(fields::CATEGORY);
            (free && set.spec(field).kind.is_number()).then_some((field, by_task))
        })
    }
}

/// What says what a cell of a cross-tab is.
#[derive(Clone, Copy)]
struct Speaker<'a> {
    cx: &'a Context<'a>,
    texts: &'a Texts,
    legend: Option<&'a Legend>,
}

impl Speaker<'_> {
    /// What a cell says; none when nothing stands in it, a dash, or options of which none is marked.
    fn says(self, raw: Raw, column: &Column) -> Option<Says> {
        let text = shown(raw, self.texts);
        if matches!(raw, Raw::Empty) || text.is_empty() && raw != Raw::Uncalculated || is_dash(&text) {
            return None;
        }
        if let Some(field) = column.field {
            return Some(Says::Field(field));
        }
        if is_asked(column) {
            return Some(Says::Asked);
        }
        Some(match raw {
            Raw::Number { percent: false, .. } => Says::Number,
            Raw::Number { percent: true, .. } | Raw::Truth(_) => Says::Field(fields::STATUS),
            Raw::Date(_) => Says::Field(fields::DATE),
            Raw::Text(_) => return self.words(raw, &text),
            _ => Says::Field(fields::PROGRESS),
        })
    }

    fn words(self, raw: Raw, text: &str) -> Option<Says> {
        let window = &self.cx.window;
        let under = Under { kind: Some(FieldType::Date), unit: None, window, legend: None };
        let day = interpret(raw, text, under).day();
        let number = amount(text, None);
        let is_day = day.is_some_and(|day| !matches!(number, Some(Amount::Plain(_))) || window.contains(day));
        if is_day {
            return Some(Says::Field(fields::DATE));
        }
        if self.legend.and_then(|legend| legend.status(text)).is_some() {
            return Some(Says::Field(fields::STATUS));
        }
        match number {
            Some(Amount::Plain(_)) => return Some(Says::Number),
            Some(Amount::Measured(_)) if !is_period(&fold(text)) => return Some(Says::Number),
            _ => {}
        }
        Some(match status::read(text) {
            Reading::Unanswered => return None,
            Reading::State(_) if text.chars().count() <= STATE => Says::Field(fields::STATUS),
            _ => Says::Field(fields::PROGRESS),
        })
    }
}

/// Whether a text is a place left open: —, /, \.
fn is_dash(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || "-－—–―_/／\\＼".contains(c))
}

/// The merged regions under an axis: each of their cells says what the region says.
struct Merged(HashMap<(u32, u32), (u32, u32)>);

impl Merged {
    fn new(axes: &[AxisColumn], sheet: &Sheet, heading: u32) -> Merged {
        /// A region of more cells is no entry of a table.
        const MOST: u64 = 10_000;
        let cells = |area: &Area| u64::from(area.bottom - area.top + 1) * u64::from(area.right - area.left + 1);
        let mut covered = HashMap::new();
        for area in sheet.merges.iter().filter(|area| area.top > heading && cells(area) <= MOST) {
            for col in axes.iter().map(|axis| axis.column.col).filter(|col| (area.left..=area.right).contains(col)) {
                covered.extend((area.top..=area.bottom).map(|row| ((row, col), (area.top, area.left))));
            }
        }
        Merged(covered)
    }

    fn get(&self, row: u32, col: u32, sheet: &Sheet) -> Raw {
        let (row, col) = self.0.get(&(row, col)).copied().unwrap_or((row, col));
        sheet.grid.get(row, col)
    }
}

#[cfg(test)]
mod tests {
    use crate::division::Division;
    use crate::ledger::FileReading;
    use crate::ledger::fixture::file;
    use crate::table::Crossed;

    /// Each record of a file of 综合科: cell, unit, task and what its own cells say.
    fn read(drawing: &str) -> Vec<String> {
        let (division, reading) = file("综合科.xlsx", drawing);
        lines(&division, &reading)
    }

    fn lines(division: &Division, reading: &FileReading) -> Vec<String> {
        let mut lines = Vec::new();
        for ledger in &reading.ledgers {
            for record in &ledger.records {
                let at = record.col.map_or_else(
                    || (record.row + 1).to_string(),
                    |col| crate::basis::place::Area::cell(record.row, col).to_string(),
                );
                let unit = record
                    .unit
                    .map_or_else(|| "-".into(), |unit| division.unit(unit).name.chars().take(2).collect::<String>());
                let task = record.task.map_or("-", |task| division.task(task).code.as_str());
                let said: Vec<String> = ledger
                    .columns
                    .iter()
                    .zip(&record.cells)
                    .filter(|(column, cell)| {
                        let units = [Some(crate::division::fields::UNITS), Some(crate::division::fields::TASK)];
                        column.crossed.is_some()
                            && !cell.text.is_empty()
                            && (column.crossed == Some(Crossed::Cell) || !units.contains(&column.field))
                    })
                    .map(|(column, cell)| format!("{}={}", column.heading, reading.texts.get(cell.text)))
                    .collect();
                lines.push(format!("{at} {unit} {task} {}", said.join(" ")).trim_end().to_owned());
            }
            let told =
                format!("{} seen, {} blank, {} form", ledger.rows_seen, ledger.rows_blank, ledger.furniture.len());
            lines.push(told);
        }
        lines
    }

    const A: &str = "整治所辖楼宇和广场的广告牌，按比例投放公益广告";
    const B: &str = "清理楼宇内外附着广告，墙面不贴告示";

    #[test]
    fn a_row_for_each_task_and_units_as_columns() {
        assert_eq!(
            read(&format!(
                "
各单位任务完成情况 | < | < | < | <
序号 | 工作任务 | 综合科 | 后勤中心 | 管理一科
1 | {A} | √ | 8月15日 | —
2 | {B} | 5 | 无 | 正在组织人员清理，已清理三个楼宇
3 | 组织志愿服务 | | / |
合计 | | 5 | |
"
            )),
            [
                "C3 综合 1-1 完成情况=√",
                "D3 后勤 1-1 日期=8月15日",
                "C4 综合 1-2 数量=5",
                "D4 后勤 1-2 完成情况=无",
                "E4 管理 1-2 进展=正在组织人员清理，已清理三个楼宇",
                "7 seen, 1 blank, 1 form",
            ]
        );
    }

    #[test]
    fn a_row_for_each_unit_and_tasks_as_columns() {
        let expected = [
            "B2 综合 1-1 完成情况=√",
            "C2 综合 1-2 完成情况=进行中",
            "C3 后勤 1-2 完成情况=已完成",
            "3 seen, 0 blank, 0 form",
        ];
        assert_eq!(read(&format!("单位 | {A} | {B}\n综合科 | √ | 进行中\n后勤中心 | | 已完成\n")), expected);
        assert_eq!(read("责任单位 | 1-1 | 1-2\n综合科 | √ | 进行中\n后勤中心 | | 已完成\n"), expected, "codes");
        assert_eq!(read(&format!("单位\\任务 | {A} | {B}\n综合科 | √ | 进行中\n后勤中心 | | 已完成\n")), expected);
        assert_eq!(read(&format!(" | {A} | {B}\n综合科 | √ | 进行中\n后勤中心 | | 已完成\n")), expected, "no corner");
    }

    #[test]
    fn tasks_over_columns_of_fields_make_one_record_each() {
        assert_eq!(
            read(&format!(
                "
责任单位 | {A} | < | {B} | <
^ | 完成情况 | 备注 | 完成情况 | 备注
综合科 | 已完成 | 附照片 | |
后勤中心 | 推进中 | | 未开始 | 缺人手
"
            )),
            [
                "B3 综合 1-1 完成情况=已完成 备注=附照片",
                "B4 后勤 1-1 完成情况=推进中",
                "D4 后勤 1-2 完成情况=未开始 备注=缺人手",
                "3 seen, 0 blank, 0 form",
            ]
        );
    }

    #[test]
    fn units_over_what_was_asked_for_and_what_was_done() {
        assert_eq!(
            read(&format!(
                "
任务 | 综合科 | < | 后勤中心 | <
^ | 应 | 实 | 应 | 实
{A} | 10 | 8 | 6 | 6
{B} | 4 | | |
"
            )),
            ["C3 综合 1-1 应=10 数量=8", "E3 后勤 1-1 应=6 数量=6", "3 seen, 1 blank, 0 form"]
        );
    }

    #[test]
    fn of_months_as_columns_the_runs_own_is_read() {
        let drawing = format!(
            "
2014年工作台账 | < | < | < | <
工作任务 | 责任单位 | 6月 | 7月 | 8月
{A} | 综合科 | √ | √ | √
{B} | 综合科 | √ | |
组织志愿服务 | 综合科 | | √ | 3
"
        );
        let (division, reading) = file("台账.xlsx", &drawing);
        assert_eq!(
            lines(&division, &reading),
            ["E3 综合 1-1 完成情况=√", "E5 综合 2-3 数量=3", "3 seen, 1 blank, 0 form"]
        );
        let left: Vec<String> =
            reading.sheets[0].unread.iter().map(|unread| format!("{} {:?}", unread.area, unread.why)).collect();
        assert_eq!(left, ["C2 OtherWindow(\"2014-06\")", "D2 OtherWindow(\"2014-07\")"]);
        assert_eq!(reading.window.map(|window| window.0.label()).as_deref(), Some("2014-08"));
    }

    #[test]
    fn months_of_another_year_or_none_of_this_window() {
        let window = |heading: &str| {
            let (_, reading) = file("台账.xlsx", &format!("{heading}\n{A} | √ | √\n{B} | √ |\n"));
            (reading.window.map(|window| window.0.label()), reading.ledgers[0].records.len())
        };
        assert_eq!(window("工作任务 | 6月 | 7月"), (Some("2014-07".into()), 1), "the last with something in it");
        assert_eq!(window("工作任务 | 2013年8月 | 2013年9月"), (Some("2013-09".into()), 1));
        assert_eq!(window("工作任务 | 8月 | 9月"), (Some("2014-08".into()), 2));
        assert_eq!(window("工作任务 | 二季度 | 三季度"), (Some("2014-08".into()), 1));
    }

    #[test]
    fn months_with_what_is_reported_of_each() {
        assert_eq!(
            read(&format!(
                "
工作任务 | 7月 | < | 8月 | <
^ | 完成情况 | 数量 | 完成情况 | 数量
{A} | 已完成 | 3 | 已完成 | 4
"
            )),
            ["D3 综合 1-1 完成情况=已完成 数量=4", "1 seen, 0 blank, 0 form"]
        );
        assert_eq!(
            read(&format!("工作任务 | 7月完成情况 | 8月完成情况\n{A} | 已完成 | 正在推进\n")),
            ["C2 综合 1-1 完成情况=正在推进", "1 seen, 0 blank, 0 form"]
        );
    }

    #[test]
    fn weeks_and_days_as_columns_are_dated() {
        assert_eq!(
            read(&format!("工作任务 | 第一周 | 第二周 | 第三周 | 第四周\n{A} | √ | | √ |\n")),
            ["B2 综合 1-1 日期=第一周 完成情况=√", "D2 综合 1-1 日期=第三周 完成情况=√", "2 seen, 0 blank, 0 form"]
        );
        assert_eq!(
            read(&format!("任务 | 8月4日 | 8月11日 | 9月1日\n{A} | √ | 3处 | √\n")),
            ["B2 综合 1-1 日期=8月4日 完成情况=√", "C2 综合 1-1 日期=8月11日 数量=3处", "2 seen, 0 blank, 0 form"]
        );
        assert_eq!(
            read(&format!("工作任务 | 1 | 2 | 3 | 4 | 5 | 6\n{A} | √ | | | √ | |\n")),
            ["B2 综合 1-1 日期=1日 完成情况=√", "E2 综合 1-1 日期=4日 完成情况=√", "2 seen, 0 blank, 0 form"]
        );
    }

    #[test]
    fn tasks_over_months() {
        assert_eq!(
            read(&format!(
                "
单位 | {A} | < | {B} | <
^ | 7月 | 8月 | 7月 | 8月
综合科 | √ | √ | | 5
后勤中心 | √ | | √ |
"
            )),
            ["C3 综合 1-1 完成情况=√", "E3 综合 1-2 数量=5", "3 seen, 1 blank, 0 form"]
        );
    }

    #[test]
    fn a_number_is_of_the_field_that_its_row_or_a_column_of_indicators_names() {
        assert_eq!(
            read(&format!("工作任务 | 指标 | 综合科 | 后勤中心\n{A} | 人数 | 20 | 15\n{A} | 次数 | 2 | √\n")),
            [
                "C2 综合 1-1 人数=20",
                "D2 后勤 1-1 人数=15",
                "C3 综合 1-1 次数=2",
                "D3 后勤 1-1 完成情况=√",
                "4 seen, 0 blank, 0 form",
            ]
        );
    }

    #[test]
    fn merged_cells_speak_for_all_they_cover() {
        assert_eq!(
            read(&format!("工作任务 | 综合科 | 后勤中心 | 管理一科\n{A} | 已完成 | < | 未开始\n{B} | ^ | ^ | √\n")),
            [
                "B2 综合 1-1 完成情况=已完成",
                "C2 后勤 1-1 完成情况=已完成",
                "D2 管理 1-1 完成情况=未开始",
                "B3 综合 1-2 完成情况=已完成",
                "C3 后勤 1-2 完成情况=已完成",
                "D3 管理 1-2 完成情况=√",
                "6 seen, 0 blank, 0 form",
            ]
        );
    }

    #[test]
    fn good_neighbours_stay_lists() {
        // A row that reports by itself is a record, whatever months stand beside it.
        let list = read(&format!("工作任务 | 完成情况 | 7月 | 8月\n{A} | 已完成 | 3 | 4\n"));
        assert_eq!(list, ["2 综合 1-1", "1 seen, 0 blank, 0 form"]);
        // Figures by month or unit that are about no task.
        let of = |drawing: &str| file("综合科.xlsx", drawing).1.ledgers.iter().all(|l| l.axes.is_empty());
        assert!(of("项目 | 7月 | 8月\n用电量 | 300 | 320\n用水量 | 20 | 21\n"));
        assert!(of("统计项 | 综合科 | 后勤中心 | 合计\n应报数 | 3 | 4 | 7\n实报数 | 3 | 2 | 5\n"));
        // Units in two columns of a list.
        let units = read(&format!("工作任务 | 牵头单位 | 责任单位 | 完成情况\n{A} | 综合科 | 后勤中心 | 已完成\n"));
        assert_eq!(units, ["2 后勤 1-1", "1 seen, 0 blank, 0 form"]);
        // What comes next month is no report on it.
        let plan = read(&format!("工作任务 | 8月完成情况 | 9月工作计划\n{A} | 已完成 | 继续\n"));
        assert_eq!(plan, ["2 综合 1-1", "1 seen, 0 blank, 0 form"]);
    }
}
