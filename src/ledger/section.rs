//! What a section row says of the rows below it: the unit that reports, the task, the period.

use super::axes::is_period;
use super::builder::names_part;
use super::context::{bare, labelled, named, unit as titled};
use super::period_words::names_period;
use super::{about, sender};
use crate::basis::pool::Texts;
use crate::basis::text::{fold, heading_key, unnumbered};
use crate::basis::{TaskId, UnitId};
use crate::division::{Division, fields};
use crate::read::{Row, Sheet};
use crate::table::{Furniture, Lexicon, RowClass, Table, row_name, shown};

/// What a section row says: a label with its value, else the cell with the most words. The number may stand in a cell of
/// its own and the marks in another: 一 | 宣传教育 | 20.
pub(super) fn name(row: &Row, texts: &Texts, division: &Division) -> Option<String> {
    let labelled = row_name(row, texts).filter(|name| names_rows(name, division));
    let words = || {
        let cells = row.cells.iter().map(|cell| shown(cell.1, texts)).filter(|text| !text.is_empty()).take(3);
        cells.max_by_key(|word| word.chars().filter(|c| c.is_alphabetic()).count())
    };
    labelled.or_else(|| Some(words()?.into_owned()))
}

/// Whether a text, alone in its row, names the unit, the task or the period of the rows below it. The bare name of a unit or
/// a period may also be all that is known of a record.
pub(super) fn names_rows(text: &str, division: &Division) -> bool {
    let folded = fold(text);
    let Some((label, value)) = label(&folded) else {
        let bare = unnumbered(&folded).trim_end_matches(':');
        let named = division.roster.find(bare).is_none() && !is_period(bare);
        return named && (by_kind(bare, division).is_some() || period(bare, division).is_some());
    };
    let note = |note: &about::Note| {
        let long = note.2.chars().count() > "单位".chars().count();
        names_unit(&note.2, division) && !note.3.is_empty() && (long || alone(&note.3, division).is_some())
    };
    about::notes(&[(0, 0, text.to_owned())]).iter().any(note)
        || names_unit(label, division) && alone(value, division).is_some()
        || labelled(text, division).is_some()
        || period(text, division).is_some()
}

/// Whether a section row of a table names a task.
pub(super) fn any_names_task(table: &Table, sheet: &Sheet, texts: &Texts, division: &Division) -> bool {
    let sections = table.rows.iter().filter(|row| row.1 == RowClass::Furniture(Furniture::Section));
    let name = |row: u32| name(sheet.grid.row(row)?, texts, division);
    sections.take(200).filter_map(|row| name(row.0)).any(|name| !tasks(&name, true, division).is_empty())
}

/// The tasks that a section row names. `loose`: also by a part of their text.
pub(super) fn tasks(text: &str, loose: bool, division: &Division) -> Vec<TaskId> {
    let folded = fold(text);
    let value = labelled(text, division).unwrap_or(&folded);
    named(value, loose, division)
}

/// The unit, if a section row is only the name of a unit, perhaps behind a label or with the kind of what follows: 责任单位：
/// 综合科, （一）综合科：, 综合科8月工作台账, 综合科牵头任务.
pub(super) fn unit(text: &str, division: &Division) -> Option<UnitId> {
    let folded = fold(text);
    let words = unnumbered(&folded).trim_end_matches(':');
    let value = label(words).filter(|(label, _)| names_unit(label, division)).map_or(words, |(_, value)| value);
    // 责任单位：综合科 责任人：张某
    let beside = || {
        let (_, value) =
            text.split_once([':', '：']).filter(|(label, _)| names_unit(unnumbered(&fold(label)), division))?;
        let (unit, rest) = value.trim().split_once(|c: char| c.is_whitespace() || matches!(c, ';' | '；'))?;
        alone(unit, division).filter(|_| sender::in_cell(rest, &division.roster).units.is_empty())
    };
    let of_category = || !division.index().in_category(words).is_empty();
    alone(value, division).or_else(beside).or_else(|| by_kind(words, division).filter(|_| !of_category()))
}

/// The words of a section row that name its period, if it names nothing else but a unit: 7月份, 月份：7月, 7月份工作完成情况, 综合
/// 科7月工作台账, 9月份工作计划.
pub(super) fn period(text: &str, division: &Division) -> Option<String> {
    const PLANS: &[&str] = &["计划", "打算", "安排"];
    let folded = fold(text);
    let words = unnumbered(&folded).trim_end_matches(':');
    if let Some((label, value)) = label(words) {
        let day = || names_day(label) && is_period(value);
        return (names_period(label) || names_part(label) || day()).then(|| value.to_owned());
    }
    // 2014-07 begins with no number of a section.
    let whole = if is_period(&folded) { &folded } else { words };
    let named = whole.contains(['月', '周', '旬', '季']) || whole.contains("半年") || is_period(whole);
    let rest = bare(PLANS.iter().find_map(|plan| whole.strip_suffix(plan)).unwrap_or(whole));
    (named && (rest.is_empty() || division.roster.find(&rest).is_some())).then(|| whole.to_owned())
}

/// How a section is told from those above and below it: by its label, or by the way it is numbered (一、 is another way than
/// （一） or 1.); none of plain words.
pub(super) fn style(name: &str) -> Option<String> {
    let number = &name[..name.len() - unnumbered(name).len()];
    if number.is_empty() {
        return label(&fold(name)).map(|(label, _)| label.to_owned());
    }
    let mut style: Vec<char> = number.chars().map(|c| if c.is_alphanumeric() { '#' } else { c }).collect();
    style.dedup();
    let digits = number.contains(|c: char| c.is_ascii_digit());
    Some(style.into_iter().chain(digits.then_some('0')).collect())
}

/// The label of a folded text and what stands behind it.
fn label(folded: &str) -> Option<(&str, &str)> {
    let (label, value) = unnumbered(folded).split_once(':')?;
    (!value.is_empty()).then_some((label, value))
}

/// Whether a label is one of units: 责任单位, 牵头科室, 填报单位.
fn names_unit(label: &str, division: &Division) -> bool {
    let field = division.fields.field(&heading_key(label));
    about::names_sender(label) || matches!(field, Some(fields::UNITS | fields::LEAD_UNITS | fields::SUBMITTER))
}

/// Whether a label is one of the day on which something was done: 日期, 巡查日期; but not 填报日期, 截止日期 or 计划完成时间.
pub(super) fn names_day(label: &str) -> bool {
    /// It has no more characters than this.
    const LONGEST: usize = 4;
    const TO_COME: &[&str] = &["截止", "计划", "预计", "要求"];
    let ends = label.ends_with("日期") || label.ends_with("时间");
    let past = !about::names_filled_on(label) && !TO_COME.iter().any(|word| label.starts_with(word));
    label == "日期" || ends && past && label.chars().count() <= LONGEST
}

/// The unit, if a text is the name of one unit and nothing else.
fn alone(text: &str, division: &Division) -> Option<UnitId> {
    let units = sender::in_cell(text, &division.roster);
    let alone =
        units.units.len() == 1 && units.members.is_empty() && sender::strangers(text, &division.roster).is_empty();
    alone.then(|| units.units[0])
}

/// The unit whose name is left of a folded text without brackets, remarks, period and the kind of what follows.
fn by_kind(folded: &str, division: &Division) -> Option<UnitId> {
    const KINDS: &[&str] =
        &["任务", "事项", "目标", "牵头", "负责", "承担", "承办", "主办", "责任", "重点", "所有", "全部", "各项", "的"];
    let inner = folded.trim_matches(['[', ']', '(', ')', ':']);
    // 综合科（负责人：王某）
    let mut rest = inner.split(['(', '[']).next().unwrap_or(inner).trim_end_matches(':');
    loop {
        if let Some(unit) = titled(rest, division) {
            return Some(unit);
        }
        rest = KINDS.iter().find_map(|kind| rest.strip_suffix(kind))?;
    }
}

#[cfg(test)]
mod tests {
    use crate::ledger::fixture::{division, file, records};

    fn read(name: &str, drawing: &str) -> Vec<String> {
        let (division, reading) = file(name, drawing);
        records(&division, &reading)
    }

    const A: &str = "整治所辖楼宇和广场的广告牌，按比例投放公益广告";
    const B: &str = "清理楼宇内外附着广告，墙面不贴告示";

    #[test]
    fn a_row_that_names_a_unit_is_a_section_and_no_sender() {
        let of = |lines: [&str; 2]| {
            let [first, second] = lines;
            read(
                "八月汇总.xlsx",
                &format!(
                    "8月工作台账 | < | < | <\n序号 | 工作任务 | 完成情况 | 完成时间\n{first}\n1 | {A} | 已完成 | 8月5日\n2 | {B} | 已完成 | 8月6日\n{second}\n1 | {A} | 已完成 | 8月7日\n"
                ),
            )
        };
        let expected = ["4 综合 1-1 text", "5 综合 1-2 text", "7 后勤 1-1 text"];
        for form in [
            "责任单位：*",
            "责任单位：* | < | < | <",
            "责任单位 | *",
            "责任单位： | *",
            "填报单位：*",
            "填报单位（盖章）：*",
            "填报单位：* | | 填报日期：2014年9月1日",
            "填报单位：* | | | 2014年9月1日",
            "填报单位：*    联系电话：0000-1001",
            "责任单位：* 责任人：张三",
            "责任单位：*；责任人：李四",
            "责任单位：* | 责任人：王五",
            "单位：*",
            "责任科室：*",
            "单位名称：*",
            "报送单位：*",
            "牵头单位：*",
            "（一）*：",
            "【*】",
            "【*】 | < | < | <",
            "一、*工作完成情况",
            "*8月工作台账",
            "*2014年8月工作台账 | < | < | <",
            "一、*牵头任务",
            "一、*（负责人：王五）",
            "一、*（共2项）",
            "*",
        ] {
            let lines = [form.replace('*', "综合科"), form.replace('*', "后勤中心")];
            assert_eq!(of([&lines[0], &lines[1]]), expected, "{form}");
        }
    }

    #[test]
    fn what_stands_behind_the_records_of_each_block_is_no_section() {
        let rows = format!("1 | {A} | 已完成 | 8月5日");
        let heading = "序号 | 工作任务 | 完成情况 | 完成时间";
        let of = |drawing: &str| read("综合科.xlsx", &format!("{heading}\n{drawing}\n"));
        assert_eq!(of(&format!("{rows}\n填报单位：后勤中心")), ["2 后勤 1-1 text"]);
        assert_eq!(of(&format!("{rows}\n单位负责人：王某\n{rows}")), ["2 综合 1-1 text", "4 综合 1-1 text"]);
        assert_eq!(of(&format!("填报单位：后勤中心\n{rows}")), ["3 后勤 1-1 text"], "one line for all");
        let closed = format!("{rows}\n填报单位：后勤中心\n{rows}\n填报单位：后勤中心");
        assert_eq!(of(&closed), ["2 后勤 1-1 text", "4 后勤 1-1 text"]);
        assert_eq!(of(&format!("{rows}\n单位：万元\n{rows}")), ["2 综合 1-1 text", "4 综合 1-1 text"]);
    }

    #[test]
    fn a_label_with_a_task_stands_over_rows_that_name_none() {
        let drawing = format!(
            "综合科8月工作台账\n日期 | 地点 | 参加人数 | 备注\n工作任务：{A}\n8月3日 | 人民路 | 5 |\n8月5日 | 解放路 | 6 |\n工作任务 | {B}\n8月7日 | 广场 | 9 |\n"
        );
        let expected = ["4 综合 1-1 section", "5 综合 1-1 section", "7 综合 1-2 section"];
        assert_eq!(read("台账.xlsx", &drawing), expected);
    }

    #[test]
    fn a_section_that_is_the_name_of_a_unit() {
        let division = division();
        let of = |text: &str| super::unit(text, &division).map(|unit| unit.0);
        for (text, unit) in [
            ("综合科", Some(0)),
            ("一、后勤中心", Some(1)),
            ("责任单位：综合科", Some(0)),
            ("综合科重点任务（3项）", Some(0)),
            ("综合科卫生整治", None),
            ("综合科、后勤中心", None),
            ("综合科、某公司", None),
            ("各科室", None),
            ("某公司", None),
        ] {
            assert_eq!(of(text), unit, "{text}");
        }
    }

    #[test]
    fn a_section_stands_in_those_numbered_otherwise() {
        let of = |sections: [&str; 4], heading: &str| {
            let [unit, task, other, last] = sections;
            let row = "1 | 清扫 | 已完成 | 照片";
            read("八月汇总.xlsx", &format!("{heading}\n{unit}\n{task}\n{row}\n{other}\n{task}\n{row}\n{last}\n{row}\n"))
        };
        let heading = "序号 | 具体做法 | 完成情况 | 备注";
        let task = format!("（一）{A}");
        let expected = ["4 综合 1-1 section", "7 后勤 1-1 section", "9 后勤 1-1 section"];
        for [first, second] in
            [["一、综合科", "二、后勤中心"], ["责任单位：综合科", "责任单位：后勤中心"], ["【综合科】", "【后勤中心】"]]
        {
            assert_eq!(of([first, &task, second, "1.其他做法 | < | < | <"], heading), expected, "{first}");
        }
        let (first, second) = (format!("一、{A}"), format!("二、{B}"));
        let expected = ["4 综合 1-1 section", "7 综合 1-2 section", "9 后勤 1-2 section"];
        assert_eq!(of([&first, "（一）综合科", &second, "（二）后勤中心"], heading), expected);
        let plain = of(["一、综合科", &task, "二、后勤中心", "其他工作 | < | < | <"], heading);
        assert_eq!(plain[2], "9 - - none", "plain words end them");
    }

    #[test]
    fn words_of_a_section_that_are_a_period() {
        let division = division();
        for (text, period) in [
            ("7月份", Some("7月份")),
            ("2014年7月", Some("2014年7月")),
            ("2014-07", Some("2014-07")),
            ("一、7月份工作完成情况", Some("7月份工作完成情况")),
            ("月份：7月", Some("7月")),
            ("综合科2014年7月工作台账", Some("综合科2014年7月工作台账")),
            ("本月完成情况", Some("本月完成情况")),
            ("二、9月份工作计划", Some("9月份工作计划")),
            ("9月计划", Some("9月计划")),
            ("综合科10月工作打算", Some("综合科10月工作打算")),
            ("9月宣传计划", None),
            ("9月底前计划", None),
            ("一、宣传教育", None),
            ("7月底前完成的任务", None),
            ("整治阶段（7月）", None),
            ("完成时限：7月", None),
            ("巡查日期：7月5日", Some("7月5日")),
            ("截止日期：7月5日", None),
        ] {
            assert_eq!(super::period(text, &division).as_deref(), period, "{text}");
        }
    }
}
