//! 工作报告.docx: the results of the window, made only of counts and quotations from records.

mod deeds;
mod follow_up;
mod problems;
mod standing;

use std::collections::BTreeMap;

use anyhow::Result;
use standing::{Stands, standing};

use super::{numeral, work_name};
use crate::basis::calendar::format::{in_brackets, moment_words};
use crate::basis::calendar::window::end_of;
use crate::basis::{Lang, TaskId, UnitId};
use crate::ledger::Status;
use crate::obligation::{Obligation, RecordRef};
use crate::outcome::Outcome;
use crate::outcome::figures::percent;
use crate::outcome::merge::Line as Merged;
use crate::render::docx::{Letter, Line};
use crate::render::{Output, RenderInput, Shelf};

/// The most characters quoted of a record.
const LENGTH: usize = 120;
/// The most units named in a sentence.
const NAMED: usize = 5;
/// The most characters of a task.
const TASK: usize = 80;
/// The most rows of the table of problems, and of that of open tasks.
const MOST_ROWS: usize = 60;
/// What is said where there is nothing to tell of.
const NO_RECORDS: (&str, &str) = ("本期没有汇总到工作记录。", "No records came for this period.");

/// The output.
pub struct WorkReport;

impl Output for WorkReport {
    fn render(&self, from: RenderInput<'_>, to: &dyn Shelf) -> Result<()> {
        to.put_bytes("工作报告.docx", &Report::of(from).write()?)
    }
}

/// The report being written.
struct Report<'a> {
    from: RenderInput<'a>,
    outcome: &'a Outcome,
    lang: Lang,
    /// The records of each task.
    by_task: BTreeMap<TaskId, Vec<RecordRef>>,
    /// How far each unit is with each task.
    standing: BTreeMap<TaskId, Vec<(UnitId, Stands<'a>)>>,
    /// What only reports of windows before this one answer for, of each task.
    before: BTreeMap<TaskId, Vec<&'a Obligation>>,
}

impl<'a> Report<'a> {
    fn of(from: RenderInput<'a>) -> Report<'a> {
        let mut by_task: BTreeMap<TaskId, Vec<RecordRef>> = BTreeMap::new();
        let mut before: BTreeMap<TaskId, Vec<&Obligation>> = BTreeMap::new();
        for line in &from.outcome.consolidated.lines {
            match line {
                Merged::Record { task, record, .. } => by_task.entry(*task).or_default().push(*record),
                Merged::Before(at) => {
                    let owed = &from.outcome.obligations.all[*at as usize];
                    before.entry(owed.task).or_default().push(owed);
                }
                Merged::Nil { .. } | Merged::Missing(_) => {}
            }
        }
        let mut standing: BTreeMap<_, _> =
            by_task.iter().map(|(task, records)| (*task, standing(from.outcome, records))).collect();
        // a nil report for everything, and what was reported before, have no records of the tasks
        let nil = from.outcome.obligations.all.iter().filter(|owed| owed.nil.is_some());
        let nil = nil.map(|owed| (owed, Some(Status::Nil)));
        let earlier = before.values().flatten().map(|owed| (*owed, owed.status_before()));
        for (owed, status) in nil.chain(earlier) {
            by_task.entry(owed.task).or_default();
            let units: &mut Vec<(UnitId, Stands<'_>)> = standing.entry(owed.task).or_default();
            if units.iter().all(|(unit, _)| *unit != owed.unit) {
                units.push((owed.unit, status.map_or(Stands::Unsaid, Stands::Is)));
            }
        }
        Report { from, outcome: from.outcome, lang: from.outcome.settings.lang, by_task, standing, before }
    }

    fn write(&self) -> Result<Vec<u8>> {
        let (outcome, lang) = (self.outcome, self.lang);
        let mut letter = Letter::new(&outcome.settings, outcome.as_of);
        let work = work_name(outcome);
        let work = work.strip_suffix("工作").unwrap_or(work);
        letter.line(Line::Title, &lang.pick(format!("{work}工作情况报告"), format!("{work}: report")));
        let period = outcome.window.full_words(lang);
        letter.line(Line::Centre, in_brackets(&period, lang).trim());
        letter.gap();
        let heading = |letter: &mut Letter, number: usize, zh: &str, en: &str| {
            let mark = lang.pick("、", ". ");
            letter.line(Line::Heading, &format!("{}{mark}{}", numeral(number, lang), lang.pick(zh, en)));
        };
        heading(&mut letter, 1, "总体情况", "Overview");
        letter.line(Line::Body, &self.overview());
        self.categories(&mut letter);
        heading(&mut letter, 2, "工作开展情况", "What was done");
        self.deeds(&mut letter);
        heading(&mut letter, 3, "存在的问题", "Problems");
        self.problems(&mut letter);
        heading(&mut letter, 4, "下一步工作", "What follows");
        self.follow_up(&mut letter);
        // the signature stands with some of the text
        letter.keep(true);
        letter.line(Line::Body, lang.pick("特此报告。", "The figures are those of the ledgers received."));
        letter.gap();
        let day = moment_words(end_of(outcome.as_of.date()), lang);
        letter.signature(outcome.settings.office.signature(), &day);
        letter.keep(false);
        letter.finish()
    }

    fn overview(&self) -> String {
        let (outcome, lang) = (self.outcome, self.lang);
        let (c, tally, matrix) = (&outcome.coverage, &outcome.tally, &self.from.figures.matrix);
        let (tasks, units) = (matrix.tasks.len(), matrix.units.len());
        let (period, as_of) = (outcome.window.full_words(lang), moment_words(outcome.as_of, lang));
        let (actual, timely) = (percent(c.actual(), c.base()), percent(c.timely(), c.base()));
        let unmatched = tally.rows_unmatched;
        let exempt = match (c.exempt, lang) {
            (0, _) => String::new(),
            (count, Lang::Zh) => format!("（其中不涉及{count}项）"),
            (count, Lang::En) => format!(" ({count} exempt)"),
        };
        let left = match (unmatched, lang) {
            (0, _) => String::new(),
            (_, Lang::Zh) => format!("，另有{unmatched}条尚未归入任务"),
            (_, Lang::En) => format!(", and {unmatched} that belong to no task"),
        };
        match lang {
            Lang::Zh => format!(
                "{period}，共有{tasks}项任务、{units}个责任单位按任务分工报送工作台账。应报{}项{exempt}，实报{}项，上报率{actual}；其中按时报送{}项，及时率{timely}。截至{as_of}，收到报送文件{}个，汇总工作记录{}条{left}。",
                c.expected(),
                c.actual(),
                c.timely(),
                outcome.received(),
                tally.rows_merged,
            ),
            Lang::En => format!(
                "In {period}, {units} units reported on {tasks} tasks: {} of {} items{exempt}, a reporting rate of {actual} and an on-time rate of {timely}. As of {as_of}, {} files gave {} records{left}.",
                c.actual(),
                c.expected(),
                outcome.received(),
                tally.rows_merged,
            ),
        }
    }

    /// Writes the counts of each category; columns of nothing are left out.
    fn categories(&self, letter: &mut Letter) {
        let lang = self.lang;
        let groups = &self.from.figures.categories;
        if groups.len() < 2 {
            return;
        }
        let late = groups.iter().any(|group| group.coverage.late > 0);
        let lacking = groups.iter().any(|group| group.coverage.lacking() > 0);
        let columns = [true, true, true, late, lacking, true];
        let only = |cells: [String; 6]| -> Vec<String> {
            cells.into_iter().zip(columns).filter(|(_, shown)| *shown).map(|(cell, _)| cell).collect()
        };
        let heads = lang.pick(
            ["任务类别", "应报", "实报", "迟报", "未报", "上报率"],
            ["category", "due", "reported", "late", "missing", "rate"],
        );
        let rows = groups.iter().map(|group| {
            let c = &group.coverage;
            let name = self.category(&group.key);
            let counts = [c.expected(), c.actual(), c.late, c.lacking()].map(|count| count.to_string());
            let [expected, actual, late, lacking] = counts;
            only([name.to_owned(), expected, actual, late, lacking, percent(c.actual(), c.base())])
        });
        let rows: Vec<Vec<String>> = rows.collect();
        let heads = only(heads.map(String::from));
        let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
        let mut widths = vec![40];
        widths.resize(heads.len(), 12);
        letter.table(&widths, &heads, &rows);
    }

    /// The name of a category without a number of its own: the report numbers.
    fn category<'n>(&self, name: &'n str) -> &'n str {
        let bare = without_number(name);
        if bare.is_empty() { self.lang.pick("其他任务", "other tasks") } else { bare }
    }

    fn stop(&self) -> &'static str {
        self.lang.pick("。", ". ")
    }

    /// Writes the first rows of a table, and says how many it leaves out.
    fn table(
        &self,
        letter: &mut Letter,
        widths: &[u32],
        heads: &[&str],
        rows: impl ExactSizeIterator<Item = Vec<String>>,
    ) {
        let rest = rows.len().saturating_sub(MOST_ROWS);
        let rows: Vec<Vec<String>> = rows.take(MOST_ROWS).collect();
        letter.table(widths, heads, &rows);
        if rest > 0 {
            let text = self.lang.pick(format!("其余{rest}条见汇总台账。"), format!("{rest} more in 汇总台账.xlsx."));
            letter.line(Line::Small, &text);
        }
    }
}

/// A name without the number it begins with: 公益广告宣传 for 一、公益广告宣传, （一）公益广告宣传 and 1. 公益广告宣传.
fn without_number(name: &str) -> &str {
    const NUMERALS: &str = "一二三四五六七八九十ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ";
    let counts = |c: char| c.is_ascii_digit() || NUMERALS.contains(c);
    let name = name.trim();
    let open = name.strip_prefix(['（', '(']);
    let rest = open.unwrap_or(name).trim_start_matches(counts);
    let numbered = rest.len() < open.unwrap_or(name).len();
    let marks: &[char] = if open.is_some() { &['）', ')'] } else { &['、', '.', '．', '，', ' '] };
    match rest.strip_prefix(marks) {
        Some(bare) if numbered => bare.trim_start_matches(['、', ' ', '.']).trim(),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use super::*;
    use crate::check::fixture;
    use crate::outcome::Figures;
    use crate::render::layout::Layout;
    use crate::render::output::NoCopies;

    /// The report on a drawing with two tasks of 综合科, in words.
    fn report(rest: &str) -> String {
        let division = "division | 1-1 广告整治 | 综合科\ndivision | 1-2 环境整治 | 综合科\n";
        let outcome = fixture::outcome(&format!("{division}{rest}"));
        let (figures, layout) = (Figures::of(&outcome), Layout::of(&outcome));
        let from = RenderInput { outcome: &outcome, figures: &figures, layout: &layout, form: None, copies: &NoCopies };
        let bytes = Report::of(from).write().expect("written");
        let mut package = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
        let mut xml = String::new();
        package.by_name("word/document.xml").expect("a text").read_to_string(&mut xml).expect("read");
        let runs = xml.split("<w:t ").skip(1).filter_map(|run| run.split_once('>')?.1.split_once("</w:t>"));
        runs.map(|(text, _)| text).collect()
    }

    /// The same, where 综合科 reports the tasks in these states.
    fn reported(states: [&str; 2]) -> String {
        let [first, second] = states;
        report(&format!(
            "--- 综合科.xlsx
             任务编号 | 工作任务 | 完成情况 | 备注
             '1-1 | 广告整治 | {first} | 一
             '1-2 | 环境整治 | {second} | 二"
        ))
    }

    const IN_TIME: &str = "应报事项均已按时报送";
    const DONE: &str = "均已完成或属长期坚持";
    const NO_PROBLEM: &str = "未反映存在问题";

    #[test]
    fn of_what_did_not_come_nothing_good_is_said() {
        let silent = report("");
        assert!([IN_TIME, DONE, NO_PROBLEM].iter().all(|good| !silent.contains(good)), "{silent}");
        let not_due = report("as-of 2014-08-15 12:00");
        assert!([IN_TIME, DONE, NO_PROBLEM].iter().all(|good| !not_due.contains(good)), "{not_due}");
        assert!(not_due.contains("本期尚无到期应报的事项"), "{not_due}");
    }

    #[test]
    fn done_is_said_where_everything_reported_is() {
        for (states, told) in [
            (["已完成", "长期坚持"], [true, true, true]),
            (["已完成", "零报告"], [true, true, true]),
            (["已完成", ""], [true, false, true]),
            (["零报告", "零报告"], [true, false, true]),
            (["不涉及", "不涉及"], [false, false, true]),
            (["已完成", "差不多了"], [true, false, true]),
            (["已完成", "正在推进"], [true, false, true]),
        ] {
            let report = reported(states);
            assert_eq!([IN_TIME, DONE, NO_PROBLEM].map(|good| report.contains(good)), told, "{states:?} {report}");
        }
    }

    #[test]
    fn a_state_that_is_not_understood_is_told_as_written() {
        let report = reported(["差不多了", "正在推进"]);
        assert!(report.contains("广告整治（1-1）。综合科填报的完成情况待核实。"), "{report}");
        assert!(report.contains("对以下2项尚未完成和完成情况待核实的事项，继续督促推进："), "{report}");
        assert!(report.contains("综合科待核实：差不多了"), "{report}");
        assert!(reported(["差不多了", "已完成"]).contains("对以下1项完成情况待核实的事项，"));
    }

    #[test]
    fn a_category_loses_its_own_number_only() {
        for (name, bare) in [
            ("一、公益广告宣传", "公益广告宣传"),
            ("（二）市容环境", "市容环境"),
            ("3.基础设施", "基础设施"),
            ("十二、 其他", "其他"),
            ("Ⅱ-1 市容", "Ⅱ-1 市容"),
            ("一刻钟便民圈", "一刻钟便民圈"),
            ("五城同创", "五城同创"),
            ("12345热线", "12345热线"),
            ("", ""),
        ] {
            assert_eq!(without_number(name), bare, "{name}");
        }
    }
}
