//! Which part of the file's window a row is about: by its own columns, else by its section, else by its table.

use super::builder::{LedgerBuilder, Level, Roles, Section, TableContext};
use super::interpret;
use super::part::{narrowed, on_day, part};
use super::record::{Cell, Ledger};
use super::section;
use super::value::{Status, Value};
use chrono::{Datelike, NaiveDate};

use crate::basis::Lang;
use crate::basis::calendar::Window;
use crate::basis::pool::Text;
use crate::basis::text::unnumbered;
use crate::division::{Terms, fields};

impl LedgerBuilder<'_> {
    /// Goes on to the section of a section row. One that only names a part of the window leaves the rest as it was; one that
    /// names none stands inside the part named above, and one numbered in another way inside the unit and the task: （一）
    /// below 一、. Plain words end all that was numbered.
    pub(super) fn next_section(&self, last: Section, next: Section, context: &TableContext) -> Section {
        let of = self.asker.window;
        let name = self.texts.get(next.name);
        // 一、7月份, but 2021-07 begins with no number of a section
        let named = [name, unnumbered(name)].into_iter().find_map(|text| {
            let inside = context.part.and_then(|outer| part(text, &outer));
            inside.or_else(|| part(text, &of))
        });
        let named = named.or_else(|| on_day(&section::period(name, self.cx.division)?, &of));
        let only = named.is_some() && next.tasks.is_empty() && next.unit.is_none();
        let part = named.or(last.part);
        if only {
            return Section { part, ..last };
        }
        let style = section::style(name);
        let mut path = last.path;
        let same = path.iter().position(|level| level.style == style);
        path.truncate(same.unwrap_or(if style.is_some() { path.len() } else { 0 }));
        path.push(Level { style, tasks: next.tasks, unit: next.unit });
        let tasks = path.iter().rev().map(|level| &level.tasks).find(|tasks| !tasks.is_empty());
        let (tasks, unit) = (tasks.cloned().unwrap_or_default(), path.iter().rev().find_map(|level| level.unit));
        Section { name: next.name, tasks, unit, part, path }
    }

    /// The days of the part of the window that a row is about, by position in those of its ledger; none where it has a day.
    /// A day that only this part gives a month (8日 below 7月份) becomes its day. `around` is the part that its section or
    /// table names.
    pub(super) fn part(
        &mut self,
        cells: &mut [Cell],
        roles: Roles,
        around: Option<Window>,
        row: u32,
        ledger: &mut Ledger,
    ) -> Option<u16> {
        let dates = || roles.dates.into_iter().flatten();
        if dates().any(|at| cells[at].value.day().is_some()) {
            return None;
        }
        let of = self.asker.window;
        let (mut known, mut days) = (around, None);
        if let Some(at) = roles.part {
            let text = self.numbered(cells[at].text, &ledger.columns[at].heading);
            known = self.narrowed(text, known);
            // 月份 stands once, above blank cells
            let above = || ledger.records.last().filter(|above| text.is_empty() && above.row + 1 == row);
            days = above().and_then(|above| ledger.parts.get(usize::from(above.part?)).copied());
        }
        for at in dates() {
            known = self.narrowed(cells[at].text, known);
        }
        let days = days.or(known.map(|part| (part.start.max(of.start), part.end.min(of.end))))?;
        let within = known.unwrap_or(Window { start: days.0, end: days.1, ..of });
        for at in dates() {
            let Cell { text, value } = cells[at];
            if let (Value::Unfit, Some(day @ Value::Day(_))) = (value, interpret::days(self.texts.get(text), &within)) {
                cells[at].value = day;
            }
        }
        ledger.part(days)
    }

    /// Gives days without a year that lie in the year after that of the window and were not yet there when the file was
    /// received the year before, where something was done on them: 1月5日 in August.
    pub(super) fn no_later(&self, cells: &mut [Cell], roles: Roles, received: NaiveDate) {
        let of = &self.window;
        let state = roles.status.and_then(|at| cells[at].value.status());
        if matches!(state, Some(Status::InProgress | Status::NotStarted)) {
            return;
        }
        for at in roles.dates.into_iter().flatten() {
            let ahead = |day: &NaiveDate| *day > received && day.year() > of.end.year();
            let Value::Day(day) = cells[at].value else { continue };
            if !ahead(&day) {
                continue;
            }
            let year = |day: NaiveDate| day.with_year(day.year() - 1);
            let (Some(start), Some(end), Some(before)) = (year(of.start), year(of.end), year(day)) else { continue };
            // One with its year is read as it stands in any window.
            let read = interpret::days(self.texts.get(cells[at].text), &Window { start, end, ..*of });
            if read == Some(Value::Day(before)) {
                cells[at].value = Value::Day(before);
            }
        }
    }

    /// The period that a blank form printed beside a task which is owed several times in the window. The row answers for
    /// it, whatever day is written in.
    pub(super) fn printed(&self, terms: &Terms, cells: &[Cell], ledger: &Ledger) -> Option<(NaiveDate, NaiveDate)> {
        let of = self.asker.window;
        let cycle = terms.cycle.filter(|cycle| *cycle < of.cycle)?;
        let text = self.texts.get(cells[ledger.column(fields::DEADLINE)?].text);
        let printed = of.parts(cycle).into_iter().find(|period| period.words(Lang::Zh) == text)?;
        Some((printed.start, printed.end))
    }

    /// The part that the text of a cell names, inside that of its surroundings.
    fn narrowed(&mut self, text: Text, around: Option<Window>) -> Option<Window> {
        if text.is_empty() {
            return around;
        }
        let (texts, of) = (&self.texts, self.asker.window);
        *self.parts.entry((text, around)).or_insert_with(|| narrowed(texts.get(text), around, &of))
    }

    /// A bare number below 月份 or 周次 as a month or week.
    fn numbered(&mut self, text: Text, heading: &str) -> Text {
        let number = self.texts.get(text);
        let words = match number.parse::<u8>() {
            Ok(1..=12) if heading.contains('月') => format!("{number}月"),
            Ok(1..=53) if heading.contains('周') => format!("第{number}周"),
            _ => return text,
        };
        self.texts.intern(&words)
    }
}

#[cfg(test)]
mod tests {
    use crate::basis::calendar::Cycle;
    use crate::basis::settings::Settings;
    use crate::ledger::fixture::{division, file_of};

    #[test]
    fn weekdays_over_the_records_of_a_week() {
        let settings = Settings { cycle: Cycle::Week, ..Settings::default() };
        let drawing = "
任务编号 | 工作任务 | 完成情况
星期六
1-1 | 广告 | 已完成
星期日
1-1 | 广告 | 已完成
";
        let reading = file_of(&division(), &settings, "综合科.xlsx", drawing, |_, _| {});
        let days: Vec<String> = reading.ledgers[0].parts.iter().map(|part| part.0.to_string()).collect();
        assert_eq!(days, ["2014-08-30", "2014-08-31"]);
    }

    #[test]
    fn what_was_done_lies_in_no_later_year_than_it_can() {
        let of = |date: &str, state: &str, received: &str| {
            let drawing = format!("任务编号 | 工作任务 | 完成情况 | 日期\n1-1 | 广告 | {state} | {date}\n");
            let reading = file_of(&division(), &Settings::default(), "综合科.xlsx", &drawing, |_, source| {
                source.received = received.parse().expect("a moment");
            });
            let day = reading.ledgers[0].records[0].cells[3].value.day();
            day.map_or("-".to_owned(), |day| day.to_string())
        };
        let (now, later) = ("2014-08-31T10:00:00", "2015-02-28T10:00:00");
        for (date, state, received, day) in [
            ("1月5日", "已完成", now, "2014-01-05"),
            ("'1.20", "已完成", now, "2014-01-20"),
            ("1月5日", "", now, "2014-01-05"),
            ("1月5日", "未开始", now, "2015-01-05"),
            ("1月5日", "正在推进", now, "2015-01-05"),
            ("2015年1月5日", "已完成", now, "2015-01-05"),
            ("@2015-01-05", "已完成", now, "2015-01-05"),
            ("9月15日", "已完成", now, "2014-09-15"),
            ("8月5日", "已完成", now, "2014-08-05"),
            ("1月5日", "已完成", later, "2014-01-05"),
        ] {
            assert_eq!(of(date, state, received), day, "{date} {state} {received}");
        }
    }

    #[test]
    fn a_sheet_for_each_day_tells_it_by_its_name() {
        let sheet = |name: &str| format!("=== {name}\n每日巡查记录\n任务编号 | 完成情况\n1-1 | 已完成\n");
        let of = |drawing: &str| -> Vec<String> {
            let reading = file_of(&division(), &Settings::default(), "综合科.xlsx", drawing, |_, _| {});
            let short = |day: chrono::NaiveDate| day.format("%-m.%-d").to_string();
            let parts = reading.ledgers.iter().map(|ledger| ledger.parts.first());
            parts.map(|part| part.map_or("-".into(), |part| format!("{}..{}", short(part.0), short(part.1)))).collect()
        };
        let all = |names: &[&str]| of(&names.iter().map(|name| sheet(name)).collect::<String>());
        assert_eq!(all(&["8月4日", "8月5日"]), ["8.4..8.4", "8.5..8.5"]);
        assert_eq!(all(&["8月4日", "8月12日", "汇总"]), ["8.4..8.4", "8.12..8.12", "-"]);
        assert_eq!(all(&["8月4日", "台账"]), ["-", "-"], "the day of one sheet may be that of printing");
        assert_eq!(all(&["8月4日", "9月4日"]), ["-", "-"], "one of them lies outside");
        assert_eq!(of(&format!("{}=== 8月5日\n会议纪要\n", sheet("8月4日"))), ["-"], "the other is no ledger");
        let dated = "任务编号 | 日期 | 完成情况\n1-1 | 8月7日 | 已完成\n";
        assert_eq!(of(&format!("{}=== 8月5日\n{dated}", sheet("8月4日"))), ["8.4..8.4", "-"]);
    }

    #[test]
    fn months_that_look_like_serial_numbers() {
        let drawing = "月份 | 任务编号 | 完成情况\n7 | 1-1 | 已完成\n8 | 1-1 | 已完成\n9 | 1-1 | 已完成\n";
        check("综合科.xlsx", drawing, &["2 7.1..7.31", "3 8.1..8.31", "4 9.1..9.30"]);
        let settings = Settings { cycle: Cycle::HalfYear, ..Settings::default() };
        let rows: Vec<String> = (1..7).map(|month| format!("{month} | 1-1 | 已完成")).collect();
        let drawing = format!("2014年上半年台账\n月份 | 任务编号 | 完成情况\n{}\n", rows.join("\n"));
        let reading = file_of(&division(), &settings, "综合科.xlsx", &drawing, |_, _| {});
        assert_eq!(reading.ledgers[0].parts.len(), 6);
    }

    #[test]
    fn bare_numbers_below_months_and_weeks() {
        let rows = |heading: &str, number: &str| format!("{heading} | 任务编号 | 完成情况\n{number} | 1-1 | 已完成\n");
        for (heading, number, expected) in [
            ("月份", "7", "2 7.1..7.31"),
            ("月份", "12", "2 12.1..12.31"), // a file all about another quarter
            ("月份", "13", "2 -"),
            ("周次", "36", "2 9.1..9.7"),
            ("周次", "54", "2 -"),
            ("备注", "7月", "2 -"),
        ] {
            check("综合科.xlsx", &rows(heading, number), &[expected]);
        }
    }

    #[test]
    fn a_day_without_a_month_lies_in_the_part() {
        let settings = Settings { cycle: Cycle::Quarter, ..Settings::default() };
        let drawing = "
任务编号 | 完成情况 | 日期
一、7月份 | < | <
1-1 | 已完成 | 8日
1-1 | 已完成 | 8日、9日
二、8月份 | < | <
1-1 | 已完成 | 8日
";
        let reading = file_of(&division(), &settings, "综合科.xlsx", drawing, |_, _| {});
        let days =
            reading.ledgers[0].records.iter().map(|record| record.cells[2].value.day().map(|day| day.to_string()));
        let days: Vec<Option<String>> = days.collect();
        assert_eq!(days, [Some("2014-07-08".into()), None, Some("2014-08-08".into())]);
        check("综合科.xlsx", drawing, &["3 7.1..7.31", "4 7.1..7.31", "6 8.1..8.31"]);
    }

    /// The rows of a file of the third quarter of 2014, each with the months or days it is about.
    #[track_caller]
    fn check(name: &str, drawing: &str, expected: &[&str]) {
        let settings = Settings { cycle: Cycle::Quarter, ..Settings::default() };
        let reading = file_of(&division(), &settings, name, drawing, |_, _| {});
        let told = reading.ledgers.iter().flat_map(|ledger| {
            ledger.records.iter().map(|record| match record.part.map(|at| ledger.parts[usize::from(at)]) {
                Some((first, last)) => {
                    format!("{} {}..{}", record.row + 1, first.format("%-m.%-d"), last.format("%-m.%-d"))
                }
                None => format!("{} -", record.row + 1),
            })
        });
        assert_eq!(told.collect::<Vec<_>>(), expected, "{name} {drawing}");
    }

    #[test]
    fn a_row_takes_the_part_from_its_own_column_first() {
        check(
            "综合科7月.xlsx",
            "
月份 | 任务编号 | 完成情况 | 日期
9月 | 1-1 | 已完成 |
| 1-1 | 推进中 |
| 1-1 | 已完成 | 8月5日
| 1-1 | 已完成 | 8月份
7月、8月 | 1-1 | 已完成 |
",
            &["2 9.1..9.30", "3 9.1..9.30", "4 -", "5 8.1..8.31", "6 7.1..7.31"],
        );
    }

    #[test]
    fn a_section_that_is_a_day_gives_it_to_its_rows() {
        for [first, second] in [
            ["日期：2014年8月4日", "日期：2014年8月11日"],
            ["巡查日期 | 8月4日", "巡查日期 | 8月11日"],
            ["8月4日 | < | < | <", "8月11日 | < | < | <"],
        ] {
            let rows = "1 | 1-1 | 已完成 | 照片\n";
            let drawing = format!("序号 | 任务编号 | 完成情况 | 备注\n{first}\n{rows}{second}\n{rows}");
            check("综合科.xlsx", &drawing, &["3 8.4..8.4", "5 8.11..8.11"]);
        }
        let filled = "序号 | 任务编号 | 完成情况 | 备注\n填报日期：2014年8月4日\n1 | 1-1 | 已完成 | 照片\n";
        check("综合科.xlsx", filled, &["3 -"]);
    }

    #[test]
    fn a_day_above_a_block_is_that_of_its_rows_where_it_is_no_day_of_writing() {
        let rows = "序号 | 任务编号 | 完成情况 | 备注\n1 | 1-1 | 已完成 | 照片\n";
        let of = |first: &str, second: &str, expected: [&str; 2]| {
            let expected = [format!("3 {}", expected[0]), format!("7 {}", expected[1])];
            let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
            check("综合科.xlsx", &format!("{first}\n{rows}\n{second}\n{rows}"), &expected);
            check("综合科.xlsx", &format!("{second}\n{rows}"), &["3 -"]);
        };
        let each = ["8.4..8.4", "8.11..8.11"];
        of("日期：2014年8月4日", "日期：2014年8月11日", each);
        of("日期：8月4日", "日期：8月11日", each);
        of("8月4日", "8月11日", each);
        of("填报日期：2014年8月4日", "填报日期：2014年8月11日", ["7.1..8.4", "8.4..8.11"]);
        of("填报日期：2014年8月11日", "填报日期：2014年8月4日", ["8.4..8.11", "7.1..8.4"]);
        of("填报单位：综合科 | 日期：8月4日", "填报单位：综合科 | 日期：8月11日", ["7.1..8.4", "8.4..8.11"]);
        of("填报日期：2014年8月4日", "填报日期：2014年8月4日", ["-", "-"]);
        of("日期：2014年8月4日", "日期：2014年10月1日", ["-", "-"]);
        check("综合科.xlsx", &format!("巡查日期：8月4日\n{rows}"), &["3 8.4..8.4"]);
        check("综合科.xlsx", &format!("检查时间：8月4日\n{rows}"), &["3 8.4..8.4"]);
        check("综合科.xlsx", &format!("截止时间：8月4日\n{rows}"), &["3 -"]);
    }

    #[test]
    fn sections_titles_labels_sheets_and_file_names_in_this_order() {
        let rows = "任务编号 | 完成情况 | 备注\n1-1 | 已完成 |\n";
        check("综合科.xlsx", rows, &["2 -"]);
        check("综合科7月.xlsx", rows, &["2 7.1..7.31"]);
        check("7月.zip!综合科.xlsx", rows, &["2 7.1..7.31"]);
        check("综合科7月.xlsx", &format!("=== 8月\n{rows}"), &["2 8.1..8.31"]);
        check("综合科7月.xlsx", &format!("=== 8月\n月份：9月\n{rows}"), &["3 9.1..9.30"]);
        check("综合科7月.xlsx", &format!("=== 8月\n报告期：9月\n7月份台账\n{rows}"), &["4 7.1..7.31"]);
        check("综合科7月.xlsx", &format!("=== 上旬\n{rows}"), &["2 7.1..7.10"]);
        check("综合科7月上旬.xlsx", &format!("7月份台账\n{rows}"), &["3 7.1..7.10"]);
        check("综合科.xlsx", &format!("三季度台账\n2014年7月\n{rows}"), &["4 7.1..7.31"]);
        check("综合科.xlsx", &format!("三季度台账\n2014年9月\n{rows}"), &["4 -"]);
        check("综合科.xlsx", &format!("填报日期：2014年9月\n{rows}"), &["3 -"]);
    }

    #[test]
    fn sections_of_months_hold_those_of_tasks_and_the_other_way_round() {
        check(
            "综合科.xlsx",
            "
任务编号 | 工作任务 | 完成情况 | 备注
7月份
1-1 | 广告 | 已完成 |
一、宣传教育
1-1 | 广告 | 推进中 |
二、8月份
1-1 | 广告 | 推进中 |
第36周
1-1 | 广告 | 推进中 |
",
            &["3 7.1..7.31", "5 7.1..7.31", "7 8.1..8.31", "9 9.1..9.7"],
        );
        let drawing = "
责任单位 | 完成情况 | 备注
一、整治所辖楼宇和广场的广告牌，按比例投放公益广告 | < | <
（一）7月份 | < | <
综合科 | 已完成 | 照片
（二）8月份 | < | <
综合科 | 已完成 | 照片
";
        check("综合科.xlsx", drawing, &["4 7.1..7.31", "6 8.1..8.31"]);
        let (division, settings) = (division(), Settings { cycle: Cycle::Quarter, ..Settings::default() });
        let reading = file_of(&division, &settings, "综合科.xlsx", drawing, |_, _| {});
        assert!(reading.ledgers[0].records.iter().all(|record| record.task.is_some()));
    }
}
