//! Binds columns by their cells: a column of tasks, units, dates or states of the campaign is that field, whatever its
//! heading.

use super::builder::is_same;
use super::free_columns::{ALIKE, free, judge};
use super::lexicon::Words;
use super::sample::{self, ROWS, Sample};
use super::sender;
use super::status::status;
use crate::basis::TaskId;
use crate::basis::pool::Texts;
use crate::basis::text::{code_key, fold, skeleton, unnumbered};
use crate::division::{
    Context, FieldType, Task, Terms, fields, is_of_another_period, is_work_of_period, names_a_day_of_work,
    names_a_lesser_day, names_another_day, names_another_party,
};
use crate::read::{Raw, Sheet};
use crate::ruling::Target;
use crate::table::{Column, Decided, FieldId, RowClass, Table, Together, Told, by_group, shown};

/// The most characters of a state.
const STATE: usize = 12;

/// Binds columns by their cells and records that in [`Column::told_by`](crate::table::Column).
pub(super) fn tell(table: &mut Table, sheet: &Sheet, texts: &Texts, cx: &Context<'_>, words: &Words<'_>) {
    free(table, sheet, texts, cx, words);
    if cx.division.tasks.is_empty() && cx.division.roster.units.is_empty() {
        return;
    }
    let bound = |field| table.columns.iter().any(|c| c.field == Some(field));
    let open = table.columns.iter().any(|c| c.field.is_none());
    if !open && bound(fields::TASK) && bound(fields::STATUS) && names_a_task(table, sheet, texts, cx) {
        return;
    }
    let mut sample = Sample::of(table, sheet, texts, cx);
    if sample.rows.is_empty() {
        return;
    }
    sample.tell_tasks(table, words);
    sample.find_tasks(table);
    sample.tell_copies(table);
    sample.tell_units(table);
    sample.tell_states(table, words);
    sample.tell_days(table, words);
    for column in table.columns.iter_mut().filter(|column| column.told_by.is_some()) {
        // Somebody ruled that this heading is none of the fields.
        if words.ruled(&column.heading) == Some(&Target::Without) {
            (column.field, column.told_by) = (None, None);
        }
    }
    tell_progress(table);
    judge(table, cx);
}

/// The task with this text, with or without its number.
fn task(text: &str, cx: &Context<'_>) -> Option<TaskId> {
    let index = cx.division.index();
    let key = skeleton(text);
    let equal = if key.chars().count() < 2 { &[] } else { index.by_text(&key) };
    let equal = if equal.is_empty() { index.by_text(&skeleton(unnumbered(text))) } else { equal };
    equal.first().copied()
}

/// Whether a cell under 工作任务 is the text of a task, or the table has codes beside it.
fn names_a_task(table: &Table, sheet: &Sheet, texts: &Texts, cx: &Context<'_>) -> bool {
    let column = |field| table.columns.iter().find(|c| c.field == Some(field)).map(|c| c.col);
    let Some(col) = column(fields::TASK) else { return false };
    let mut rows = table.rows.iter().filter(|row| row.1 == RowClass::Data).take(ROWS);
    column(fields::CODE).is_some() || rows.any(|row| task(&shown(sheet.grid.get(row.0, col), texts), cx).is_some())
}

impl Sample<'_> {
    fn task(&self, text: &str) -> Option<TaskId> {
        task(text, self.cx)
    }

    /// Binds the column of tasks and the column of their codes.
    fn tell_tasks(&self, table: &mut Table, words: &Words<'_>) {
        let own = table.columns.iter().position(|c| c.field == Some(fields::TASK));
        let named = own.is_some_and(|own| words.is_settled(fields::TASK, &table.columns[own].heading));
        let share = |at: usize| self.count(at, |_, _, text| self.task(text).is_some());
        let good = |(some, all): (usize, usize)| some > 0 && some * 5 >= all * 3;
        if !named && own.is_none_or(|own| share(own).0 == 0) {
            let others = (0..table.columns.len()).filter(|&at| may_change(table, at) && Some(at) != own);
            let best = others.map(|at| (share(at), at)).filter(|found| good(found.0)).max_by_key(|found| found.0.0);
            let coded = table.columns.iter().any(|c| c.field == Some(fields::CODE));
            let lacking = (0..table.columns.len()).filter(|_| own.is_none() && !coded);
            let alike = || lacking.clone().find(|&at| may_change(table, at) && self.is_alike(at));
            // A heading that names another field gives way where every cell below it is a task.
            let all = |(some, all): (usize, usize)| some > 0 && some == all;
            let whole = || lacking.clone().find(|&at| is_of_text(table, at, self.cx, words) && all(share(at)));
            let reports = || {
                let mut named = lacking.clone().filter(|&at| is_report_of_work(table, at, words));
                named.find(|&at| self.is_alike(at))
            };
            if let Some(at) = best.map(|best| best.1).or_else(whole).or_else(reports).or_else(alike) {
                let left = own.map(|own| (own, table.columns[own].field.take()));
                bind(table, at, fields::TASK, Told::Tasks);
                if let Some((own, field)) = left {
                    table.columns[own].also = field;
                }
            }
        }
        if !table.columns.iter().any(|c| c.field == Some(fields::CODE)) {
            let index = self.cx.division.index();
            let code = |text: &str| {
                let key = code_key(text);
                key.contains('-') && text.chars().count() <= 16 && !index.by_code(&key).is_empty()
            };
            let free = (0..table.columns.len()).filter(|&at| {
                table.columns[at].field.is_none_or(|field| field == fields::SERIAL) && !holds_days(&self.rows, at)
            });
            if let Some(at) = free.into_iter().find(|&at| self.most(at, |_, _, text| code(text))) {
                bind(table, at, fields::CODE, Told::Tasks);
            }
        }
    }

    /// Whether most cells of a column are clearly similar to a task.
    fn is_alike(&self, at: usize) -> bool {
        let index = self.cx.division.index();
        let long = |text: &str| text.chars().count() >= 4;
        let (some, all) = self.count(at, |_, raw, text| {
            matches!(raw, Raw::Text(_))
                && long(text)
                && index.likest(&skeleton(unnumbered(text))).first().is_some_and(|best| best.likeness >= ALIKE)
        });
        some > 0 && some * 5 >= all * 3
    }

    /// Finds the task of each row from the columns of tasks and codes.
    fn find_tasks(&mut self, table: &Table) {
        let position = |field| table.columns.iter().position(|c| c.field == Some(field));
        let (code, task) = (position(fields::CODE), position(fields::TASK));
        let index = self.cx.division.index();
        let found: Vec<Option<TaskId>> = self
            .rows
            .iter()
            .map(|row| {
                let by_text = task.and_then(|at| self.task(&row[at].1));
                by_text.or_else(|| code.and_then(|at| index.by_code(&code_key(&row[at].1)).first().copied()))
            })
            .collect();
        self.tasks = found;
    }

    /// Binds columns that copy the category, leaders or deadline of each task from the division.
    fn tell_copies(&self, table: &mut Table) {
        let division = self.cx.division;
        let says = |field: FieldId, task: &Task, terms: &Terms| -> String {
            match field {
                fields::CATEGORY => skeleton(unnumbered(&task.category)),
                fields::LEADERS => terms.leaders.iter().map(|name| skeleton(name)).collect(),
                _ => skeleton(&terms.deadline_text),
            }
        };
        for field in [fields::CATEGORY, fields::LEADERS, fields::DEADLINE] {
            if table.columns.iter().any(|c| c.field == Some(field)) {
                continue;
            }
            let same = |nth: usize, text: &str| {
                self.tasks[nth].is_some_and(|task| {
                    let task = division.task(task);
                    let text = if field == fields::CATEGORY { skeleton(unnumbered(text)) } else { skeleton(text) };
                    !text.is_empty() && task.all_terms().any(|terms| says(field, task, terms) == text)
                })
            };
            let mut free = (0..table.columns.len()).filter(|&at| table.columns[at].field.is_none());
            if let Some(at) = free.find(|&at| self.most(at, |nth, _, text| same(nth, text))) {
                bind(table, at, field, Told::Division);
            }
        }
    }

    /// Binds columns of units: to 牵头单位 or 责任单位 if they match the division, else to 责任单位. A column whose heading names
    /// another party keeps its own name.
    fn tell_units(&self, table: &mut Table) {
        let roster = &self.cx.division.roster;
        let named = |text: &str| text.chars().count() >= 2 && !sender::in_cell(text, roster).is_empty();
        let unit = |text: &str| named(text) && sender::strangers(text, roster).is_empty();
        let all: Vec<usize> = (0..table.columns.len())
            .filter(|&at| table.columns[at].field.is_none() && !names_another_party(&table.columns[at].heading))
            .filter(|&at| self.most(at, |_, _, text| unit(text)))
            .collect();
        let leads = |at: usize| {
            self.most(at, |nth, _, text| {
                self.tasks[nth].is_some_and(|task| {
                    let task = self.cx.division.task(task);
                    !task.lead_units.is_empty()
                        && task.lead_units != task.units
                        && is_same(&sender::in_cell(text, roster).units, &task.lead_units)
                })
            })
        };
        for at in all {
            let bound = |field| table.columns.iter().any(|c| c.field == Some(field));
            if !bound(fields::LEAD_UNITS) && leads(at) {
                bind(table, at, fields::LEAD_UNITS, Told::Units);
            } else if !bound(fields::UNITS) && !bound(fields::SUBMITTER) {
                bind(table, at, fields::UNITS, Told::Units);
            }
        }
    }

    /// Binds the column of states, if none is bound by its heading.
    fn tell_states(&self, table: &mut Table, words: &Words<'_>) {
        if table.columns.iter().any(|c| c.field == Some(fields::STATUS)) {
            return;
        }
        let sure = |text: &str| {
            let folded = fold(text);
            folded.chars().count() >= 2
                && ["完成", "推进", "进行", "开始", "启动", "落实", "办结", "坚持", "整改", "销号", "零报告"]
                    .iter()
                    .any(|word| folded.contains(word))
                || ["√", "✓", "☑"].contains(&folded.as_str())
        };
        let state = |text: &str| text.chars().count() <= STATE && status(text).is_some();
        let free = (0..table.columns.len()).filter(|&at| table.columns[at].field.is_none());
        let mut states: Vec<usize> = free
            .filter(|&at| self.most(at, |_, _, text| state(text)) && self.count(at, |_, _, text| sure(text)).0 > 0)
            .collect();
        let of_report = |c: &Column| !is_of_another_period(&c.heading);
        let progress = table.columns.iter().position(|c| c.field == Some(fields::PROGRESS));
        if progress.iter().chain(&states).any(|&at| of_report(&table.columns[at])) {
            states.retain(|&at| of_report(&table.columns[at]));
        }
        // 无 under 处理情况 says that there was nothing to handle.
        let nil = |at: usize| self.count(at, |_, _, text| status(text) == Some(super::value::Status::Nil)).0 > 0;
        // As many are enough for 进展.
        let half = |at: usize| {
            let (some, all) = self.count(at, |_, _, text| state(text));
            some > 0 && some * 2 >= all
        };
        match states[..] {
            [at] => bind(table, at, fields::STATUS, Told::States),
            [] if !progress.is_some_and(half) => {
                if let Some(at) = handled(table, words).filter(|&at| half(at) && !nil(at)) {
                    bind(table, at, fields::STATUS, Told::States);
                }
            }
            // With several (落实, 整改) it is unclear which one is meant.
            _ => {}
        }
    }

    /// Binds the column of dates: to 完成日期 if it is filled exactly where the task is done, to the deadline if the dates are
    /// in the future, else to 日期.
    fn tell_days(&self, table: &mut Table, words: &Words<'_>) {
        let cx = self.cx;
        let day = |raw: Raw, text: &str| {
            let full =
                !matches!(raw, Raw::Text(_)) || text.contains('日') || text.matches(['-', '.', '/', '年']).count() > 1;
            full.then(|| sample::day(raw, text, cx)).flatten()
        };
        // The first day of a plan is none on which anything was done.
        let open = |c: &Column| {
            let other = || by_group(&c.heading, words) == Some(Decided::Nothing) || names_another_day(&c.heading);
            c.field.is_none() && !other()
        };
        let free = (0..table.columns.len()).filter(|&at| open(&table.columns[at]));
        // 8.20 is a day where the heading says so.
        let named = |raw: Raw, text: &str| sample::day(raw, text, cx);
        let of_window = |raw: Raw, text: &str| named(raw, text).is_some_and(|day| cx.window.contains(day));
        let written = |raw: Raw, text: &str| !matches!(raw, Raw::Number { .. }) && day(raw, text).is_some();
        let holds_days = |at: usize| {
            let says = names_a_day_of_work(&table.columns[at].heading);
            self.most(at, |_, raw, text| written(raw, text) || says && of_window(raw, text))
        };
        let mut days: Vec<usize> = free.filter(|&at| holds_days(at)).collect();
        let is_lesser = |at: usize| names_a_lesser_day(&table.columns[at].heading);
        if days.iter().any(|&at| !is_lesser(at)) {
            days.retain(|&at| !is_lesser(at));
        }
        let [at] = days[..] else { return };
        let bound = |field| table.columns.iter().any(|c| c.field == Some(field));
        let to_come = self.most(at, |_, raw, text| day(raw, text).is_some_and(|day| day > cx.as_of.date()));
        let state = table.columns.iter().position(|c| c.field == Some(fields::STATUS));
        let done =
            |nth: usize| state.and_then(|state| status(&self.rows[nth][state].1)) == Some(super::value::Status::Done);
        let filled = |nth: usize| !self.rows[nth][at].1.is_empty();
        let both = (0..self.rows.len()).any(filled) && (0..self.rows.len()).any(|nth| !filled(nth));
        let field = if to_come {
            fields::DEADLINE
        } else if both && (0..self.rows.len()).all(|nth| filled(nth) == done(nth)) {
            fields::DONE_ON
        } else {
            fields::DATE
        };
        // Beside the days of completion of every row it may be any other: of receipt, of signature.
        let done_on =
            table.columns.iter().position(|c| c.field == Some(fields::DONE_ON) && !c.heading.contains("整改"));
        let bare = !self.most(at, |_, raw, text| written(raw, text));
        let past = |raw, text: &str| {
            let found = if bare { named(raw, text) } else { day(raw, text) };
            !text.contains('前') && found.is_some_and(|day| day <= cx.as_of.date())
        };
        let all = |on: usize| (0..self.rows.len()).all(|nth| !filled(nth) || !self.rows[nth][on].1.is_empty());
        let completed = || {
            let is_told = |on: &usize| self.count(*on, |_, raw, text| past(raw, text)).0 > 0;
            done_on.filter(is_told).is_some_and(|on| is_lesser(at) || all(on))
        };
        let is_other = match field {
            fields::DATE => completed(),
            // What begins on a day to come is not due on it.
            fields::DEADLINE => is_lesser(at),
            _ => false,
        };
        if !bound(field) && !is_other {
            bind(table, at, field, Told::Days);
        }
    }
}

/// The column of 处理情况 in a table that tells of no problems: it says how the task itself stands.
fn handled(table: &Table, words: &Words<'_>) -> Option<usize> {
    let of_problems = |c: &Column| {
        matches!(c.field, Some(fields::PROBLEM | fields::REMEDY | fields::REMEDY_DUE))
            || c.field == Some(fields::REMEDY_STATE) && c.heading.contains("整改")
    };
    let mut columns = table.columns.iter();
    let at = table.columns.iter().position(|c| c.field == Some(fields::REMEDY_STATE))?;
    let settled = words.is_settled(fields::REMEDY_STATE, &table.columns[at].heading);
    (!settled && !columns.any(of_problems)).then_some(at)
}

/// Whether the field given by the heading of a column may be replaced.
fn may_change(table: &Table, at: usize) -> bool {
    const FREE: &[FieldId] =
        &[fields::TASK, fields::PROGRESS, fields::CATEGORY, fields::REMARK, fields::LOCATION, fields::FORM];
    table.columns[at].field.is_none_or(|field| FREE.contains(&field))
}

/// Whether a heading that nobody has ruled on is of all the work of a period.
fn is_report_of_work(table: &Table, at: usize, words: &Words<'_>) -> bool {
    let Column { field, heading, .. } = &table.columns[at];
    let of_report = field.filter(|field| [fields::STATUS, fields::PROGRESS].contains(field));
    of_report.is_some_and(|field| !words.is_settled(field, heading)) && is_work_of_period(heading)
}

/// Reads what was done where a column names its tasks in telling of them: 本周工作完成情况.
fn tell_progress(table: &mut Table) {
    let told = |c: &Column| c.told_by == Some(Told::Tasks) && c.field == Some(fields::TASK);
    let Some(at) = table.columns.iter().position(|c| told(c) && is_work_of_period(&c.heading)) else { return };
    if table.columns.iter().any(|c| c.field == Some(fields::PROGRESS)) {
        return;
    }
    let of = &table.columns[at];
    let together = Some(Together::Words(vec![(of.col, String::new())]));
    let column = Column { field: Some(fields::PROGRESS), told_by: None, together, ..of.clone() };
    table.columns.insert(at + 1, column);
}

/// Whether a column has a field of text that no person gave it.
fn is_of_text(table: &Table, at: usize, cx: &Context<'_>, words: &Words<'_>) -> bool {
    let Column { field, heading, .. } = &table.columns[at];
    field.is_some_and(|field| {
        cx.division.fields.spec(field).kind == FieldType::Text && !words.is_settled(field, heading)
    })
}

fn bind(table: &mut Table, at: usize, field: FieldId, told: Told) {
    let column = &mut table.columns[at];
    (column.field, column.also, column.told_by) = (Some(field), None, Some(told));
}

/// Whether a column has dates, some of which look like codes: 8-15.
fn holds_days(rows: &[Vec<(Raw, String)>], at: usize) -> bool {
    rows.iter().any(|row| matches!(row[at].0, Raw::Date(_)))
}

#[cfg(test)]
pub(super) mod tests;
