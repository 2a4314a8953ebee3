//! Leaves columns unbound whose cells are not what their headings say: 单位 over units of measure, 任务 over shares, 时间 over
//! hours, 内容 over what was done.

use super::attribute::{Clues, attribute};
use super::lexicon::Words;
use super::record::Attribution;
use super::sample::{ROWS, Sample, day};
use crate::basis::pool::Texts;
use crate::basis::text::{code_key, fold, heading_key};
use crate::division::{Context, fields, is_loose_task};
use crate::read::{Raw, Sheet};
use crate::table::{Column, FieldId, Lexicon, RowClass, Table, is_counter, is_measure, shown};

/// The least likeness of a text to a task where none is equal.
pub(super) const ALIKE: f64 = 0.66;

/// Unbinds the columns of a table that hold units of measure, shares, hours, counts or reasons.
pub(super) fn free(table: &mut Table, sheet: &Sheet, texts: &Texts, cx: &Context<'_>, words: &Words<'_>) {
    free_measures(table, sheet, texts, words);
    free_figures(table, sheet, texts, cx, words);
    free_hours(table, sheet, texts, cx, words);
    free_counts(table, sheet, texts, cx, words);
    free_reasons(table, words);
}

/// Judges by its columns whether a table can be read.
pub(super) fn judge(table: &mut Table, cx: &Context<'_>) {
    let found: Vec<FieldId> = table.columns.iter().filter_map(|c| c.field).collect();
    table.readable = cx.division.fields.is_table(&found);
}

/// Leaves 单位 unbound where its cells are units of measure.
fn free_measures(table: &mut Table, sheet: &Sheet, texts: &Texts, words: &Words<'_>) {
    let rows: Vec<u32> = table.rows.iter().filter(|row| row.1 == RowClass::Data).map(|row| row.0).take(ROWS).collect();
    let units = table.columns.iter_mut().filter(|c| c.field == Some(fields::UNITS));
    let settled = |heading: &str| words.is_settled(fields::UNITS, heading);
    for column in units.filter(|c| heading_key(&c.heading).ends_with("单位") && !settled(&c.heading)) {
        let cells = rows.iter().map(|&row| fold(&shown(sheet.grid.get(row, column.col), texts)));
        let filled: Vec<String> = cells.filter(|text| !text.is_empty()).collect();
        let measures = filled.iter().filter(|text| is_measure(text)).count();
        if measures > 0 && measures * 5 >= filled.len() * 4 {
            column.field = None;
        }
    }
}

/// Leaves 任务 unbound where numbers stand below that are no codes of the division: shares of a project.
fn free_figures(table: &mut Table, sheet: &Sheet, texts: &Texts, cx: &Context<'_>, words: &Words<'_>) {
    /// Fewer rows do not tell.
    const LEAST: usize = 3;
    let rows = table.rows.iter().filter(|row| row.1 == RowClass::Data).take(ROWS);
    let Some(column) = table.columns.iter_mut().find(|c| c.field == Some(fields::TASK) && c.crossed.is_none()) else {
        return;
    };
    if words.is_settled(fields::TASK, &column.heading) {
        return;
    }
    let (mut figures, mut all) = (0usize, 0usize);
    for raw in rows.map(|row| sheet.grid.get(row.0, column.col)) {
        let code = |raw| !cx.division.index().by_code(&code_key(&shown(raw, texts))).is_empty();
        match raw {
            Raw::Empty => {}
            Raw::Number { .. } if code(raw) => return,
            Raw::Number { .. } => (figures, all) = (figures + 1, all + 1),
            _ => all += 1,
        }
    }
    if all >= LEAST && figures * 5 >= all * 4 {
        column.field = None;
        judge(table, cx);
    }
}

/// Leaves …时间 unbound where numbers stand below that are no days of the window, and another column holds the days.
fn free_hours(table: &mut Table, sheet: &Sheet, texts: &Texts, cx: &Context<'_>, words: &Words<'_>) {
    let timed = |heading: &str| heading_key(heading.rsplit('/').next().unwrap_or(heading)).ends_with("时间");
    let dated = |c: &Column| c.field == Some(fields::DATE) && c.together.is_none() && timed(&c.heading);
    let Some(at) = table.columns.iter().position(dated) else { return };
    if words.is_settled(fields::DATE, &table.columns[at].heading) {
        return;
    }
    let sample = Sample::of(table, sheet, texts, cx);
    let is_number = |raw: Raw| matches!(raw, Raw::Number { .. });
    let is_day = |raw: Raw, text: &str| day(raw, text, cx).is_some();
    let in_window = |raw: Raw, text: &str| day(raw, text, cx).is_some_and(|day| cx.window.contains(day));
    if !sample.most(at, |_, raw, text| is_number(raw) && !in_window(raw, text)) {
        return;
    }
    let holds_days = |other: &usize| sample.most(*other, |_, raw, text| !is_number(raw) && is_day(raw, text));
    let of_days = |c: &Column| c.field.or(c.also).is_none_or(|field| [fields::DATE, fields::DONE_ON].contains(&field));
    let mut others = (0..table.columns.len()).filter(|&other| other != at && of_days(&table.columns[other]));
    let Some(other) = others.find(holds_days) else { return };
    table.columns[at].field = None;
    let other = &mut table.columns[other];
    other.field = other.field.or(other.also.take());
}

/// Leaves 存在问题 unbound where nothing but numbers stands below: 发现问题（个） over 3. Where a field counts them by that
/// name, 发现问题数, it is that field.
fn free_counts(table: &mut Table, sheet: &Sheet, texts: &Texts, cx: &Context<'_>, words: &Words<'_>) {
    let Some(at) = table.columns.iter().position(|c| c.field == Some(fields::PROBLEM)) else { return };
    let (col, heading) = (table.columns[at].col, &table.columns[at].heading);
    if words.is_settled(fields::PROBLEM, heading) {
        return;
    }
    let data = table.rows.iter().filter(|row| row.1 == RowClass::Data).take(ROWS);
    let cells = data.map(|row| shown(sheet.grid.get(row.0, col), texts));
    let mut filled = cells.filter(|text| !text.is_empty()).peekable();
    if filled.peek().is_none() || !filled.all(|text| is_count(&text)) {
        return;
    }
    let name = heading_key(heading.rsplit('/').next().unwrap_or(heading)) + "数";
    let set = &cx.division.fields;
    let counted = set.field(&name).filter(|field| set.spec(*field).kind.is_number());
    let free = |field: &FieldId| table.columns.iter().all(|c| c.field != Some(*field));
    table.columns[at].field = counted.filter(free);
    table.columns[at].also = Some(fields::PROBLEM).filter(|_| table.columns[at].field.is_none());
}

/// Leaves 存在问题 unbound under 未完成原因: why a task is not done yet is nothing to put right.
fn free_reasons(table: &mut Table, words: &Words<'_>) {
    let is_reason = |heading: &str| {
        let leaf = heading_key(heading.rsplit('/').next().unwrap_or(heading));
        leaf.ends_with("原因") && !["问题", "困难", "隐患"].iter().any(|word| leaf.contains(word))
    };
    let of_problems = table.columns.iter_mut().find(|c| c.field == Some(fields::PROBLEM));
    if let Some(column) =
        of_problems.filter(|c| is_reason(&c.heading) && !words.is_settled(fields::PROBLEM, &c.heading))
    {
        column.also = column.field.take();
    }
}

/// Whether a text is a number of things and nothing else: 3, 3个.
fn is_count(text: &str) -> bool {
    let folded = fold(text);
    let behind = folded.trim_start_matches(|c: char| c.is_ascii_digit());
    behind.len() < folded.len() && (behind.is_empty() || is_counter(behind))
}

/// The column of 内容 or 项目 that is taken for the tasks although no cell below names one.
pub(super) fn contents(
    table: &Table,
    sheet: &Sheet,
    texts: &Texts,
    cx: &Context<'_>,
    words: &Words<'_>,
) -> Option<usize> {
    let loose = |heading: &str| {
        is_loose_task(&heading_key(heading.rsplit('/').next().unwrap_or(heading)))
            && !words.is_settled(fields::TASK, heading)
    };
    let column = |field| table.columns.iter().position(|c| c.field == Some(field) && c.crossed.is_none());
    let at = column(fields::TASK).filter(|&at| loose(&table.columns[at].heading))?;
    if !table.axes.is_empty() || column(fields::CODE).is_some() {
        return None;
    }
    let names_a_task = |row: u32| {
        let text = |at: Option<usize>| at.map(|at| shown(sheet.grid.get(row, table.columns[at].col), texts));
        let (task, serial, category) = (text(Some(at)), text(column(fields::SERIAL)), text(column(fields::CATEGORY)));
        let clues = Clues {
            text: task.as_deref().unwrap_or_default(),
            serial: serial.as_deref().unwrap_or_default(),
            category: category.as_deref().unwrap_or_default(),
            ..Clues::default()
        };
        match attribute(clues, cx.division) {
            (None, Attribution::None { likeness, .. }) => f64::from(likeness) >= ALIKE * 100.0,
            _ => true,
        }
    };
    let mut rows = table.rows.iter().filter(|row| row.1 == RowClass::Data).take(ROWS).map(|row| row.0).peekable();
    (rows.peek().is_some() && !rows.any(names_a_task)).then_some(at)
}

/// Takes such a column for what was done: its task is named in the surroundings.
pub(super) fn free_contents(table: &mut Table, at: usize, cx: &Context<'_>) {
    let told = table.columns.iter().any(|c| c.field == Some(fields::PROGRESS));
    table.columns[at].field = (!told).then_some(fields::PROGRESS);
    judge(table, cx);
}

#[cfg(test)]
mod tests {
    use crate::division::fields;
    use crate::ledger::by_content::tests::{TASKS, columns};

    #[test]
    fn hours_are_no_days_beside_a_column_of_days() {
        let drawing = |days: [&str; 2], hours: [&str; 2]| {
            let row = |at: usize| format!("{} | {} | {}\n", TASKS[at], days[at], hours[at]);
            columns(&format!("工作任务 | 服务日期 | 活动时间\n{}{}", row(0), row(1)))
        };
        let (days, hours) = (["8月3日", "@2014-08-04"], ["2.5", "3"]);
        assert_eq!(drawing(days, hours), ["工作任务 工作任务", "服务日期 日期", "活动时间 -"]);
        assert_eq!(drawing(days, ["8.15", "8.16"])[1..], ["服务日期 -", "活动时间 日期"], "days of the window");
        assert_eq!(drawing(["", ""], hours)[1..], ["服务日期 -", "活动时间 日期"], "no other days");
        assert_eq!(drawing(days, ["8月3日", "8月4日"])[1..], ["服务日期 -", "活动时间 日期"]);
        let done = format!("工作任务 | 完成日期 | 活动时间\n{} | 8月3日 | 2.5\n", TASKS[0]);
        assert_eq!(columns(&done)[1..], ["完成日期 完成日期", "活动时间 -"]);
        let measured = format!("工作任务 | 服务日期 | 活动时间（小时）\n{} | 8月3日 | 8.15\n", TASKS[0]);
        assert_eq!(columns(&measured)[1..], ["服务日期 日期", "活动时间（小时） 时长"]);
        let two = format!("工作任务 | 服务日期 | 活动时间\n^ | ^ | 小时\n{} | 8月3日 | 2\n", TASKS[0]);
        assert_eq!(columns(&two)[1..], ["服务日期 日期", "活动时间/小时 时长"]);
    }

    #[test]
    fn counts_are_no_problems() {
        let of = |heading: &str, cells: [&str; 2]| {
            let rows = [0, 1].map(|at| format!("{} | {} | 已完成\n", TASKS[at], cells[at])).concat();
            columns(&format!("工作任务 | {heading} | 完成情况\n{rows}"))[1].clone()
        };
        for (heading, cells, field) in [
            ("发现问题（个）", ["3", "0"], "-"),
            ("发现问题", ["3个", ""], "-"),
            ("发现隐患", ["2处", "1"], "-"),
            ("发现问题", ["3个", "路灯不亮"], "存在问题"),
            ("发现问题", ["3个路灯不亮", "2个"], "存在问题"),
            ("发现问题（个）", ["", ""], "存在问题"),
            ("存在问题", ["无", "无"], "存在问题"),
        ] {
            assert_eq!(of(heading, cells), format!("{heading} {field}"), "{cells:?}");
        }
    }

    #[test]
    fn why_a_task_is_not_done_is_no_problem() {
        let of = |heading: &str| {
            let rows = [0, 1].map(|at| format!("{} | 设备未到 | 正在推进\n", TASKS[at])).concat();
            columns(&format!("工作任务 | {heading} | 完成情况\n{rows}"))[1].clone()
        };
        assert_eq!(of("未完成原因"), "未完成原因 -");
        assert_eq!(of("存在问题及未完成原因"), "存在问题及未完成原因 存在问题");
    }

    #[test]
    fn counts_fill_the_field_of_an_indicator() {
        let division = crate::division::fixture::division(
            "任务编号 | 工作任务 | 责任单位 | 考核指标\n'1-1 | 甲事整治 | 综合科 | 发现隐患数≥4\n",
        );
        let settings = crate::basis::settings::Settings::default();
        let drawing = "工作任务 | 发现隐患（处） | 完成情况\n甲事整治 | 5 | 已完成\n";
        let reading = crate::ledger::fixture::file_of(&division, &settings, "综合科.xlsx", drawing, |_, _| {});
        let field = reading.ledgers[0].columns[1].field;
        assert_eq!(field.map(|field| division.fields.spec(field).name.as_str()), Some("发现隐患数"));
    }

    #[test]
    fn units_of_measure_are_no_units() {
        let of = |cells: [&str; 5]| {
            let rows = [0, 1, 2, 3, 4].map(|at| format!("{} | {} | 已完成\n", TASKS[at], cells[at])).concat();
            columns(&format!("工作任务 | 单位 | 完成情况\n{rows}"))[1].clone()
        };
        for (cells, field) in [
            (["个", "米", "处", "次", "综合科"], "单位 -"),
            (["个", "米", "处", "综合科", "综合科"], "单位 责任单位"),
            (["个", "", "", "", ""], "单位 -"),
            (["", "", "", "", ""], "单位 责任单位"),
            (["综合科", "综合科", "综合科", "综合科", "综合科"], "单位 责任单位"),
        ] {
            assert_eq!(of(cells), field, "{cells:?}");
        }
    }

    #[test]
    fn numbers_under_tasks_are_figures() {
        let plain = "任务编号 | 工作任务 | 责任单位\n1 | 甲事整治 | 综合科\n2 | 乙事整治 | 综合科\n";
        let of = |division: &str, cells: &[&str]| {
            let division = crate::division::fixture::division(division);
            let rows: Vec<String> = cells.iter().map(|cell| format!("某项 | {cell} | 已完成 | 某人\n")).collect();
            let rows = rows.concat();
            let drawing = format!("备注 | 任务 | 完成情况 | 责任人\n{rows}");
            let settings = crate::basis::settings::Settings::default();
            let reading = crate::ledger::fixture::file_of(&division, &settings, "综合科.xlsx", &drawing, |_, _| {});
            reading.ledgers.first().map(|ledger| ledger.columns[1].field == Some(fields::TASK))
        };
        let coded = plain.replace("\n1 ", "\n'1-1 ").replace("\n2 ", "\n'1-2 ");
        assert_eq!(of(&coded, &["3", "4", "5"]), None, "nothing names a task");
        assert_eq!(of(&coded, &["3", "4"]), Some(true), "two rows do not tell");
        assert_eq!(of(&coded, &["3", "4", "5", "6", "某事"]), None);
        assert_eq!(of(&coded, &["3", "4", "5", "某事", "某事"]), Some(true));
        assert_eq!(of(&coded, &["3", "", "4", "5"]), None, "an empty cell tells nothing");
        assert_eq!(of(plain, &["1", "4", "5"]), Some(true), "one is the number of a task");
    }
}
