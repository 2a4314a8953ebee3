//! Recognises sheets with one sentence that there is nothing to report: 本月零报告, 我单位8月份无相关工作情况.

use super::{Status, finds_nothing, status};
use crate::basis::pool::Texts;
use crate::basis::text::fold;
use crate::read::{Raw, Row, Sheet};
use crate::table::Table;

/// The most rows of such a sheet.
const ROWS: usize = 15;
/// The most characters of the sentence.
const LENGTH: usize = 40;

/// Phrases of such a sentence.
const SAYS: &[&str] = &[
    "零报告", "0报告", "零上报", "无相关工作", "无相关情况", "无此项工作", "无此类工作", "无工作情况", "无工作开展",
    "无情况上报", "无内容上报", "无上报内容", "无上报事项", "无情况报告", "无报送内容", "没有相关工作", "未发生相关",
    "无相关事项",
];

/// Words of instructions, headings and titles that only mention such reports.
const NO_REPORT: &[&str] = &[
    "请", "须", "应", "如", "若", "填", "的单位", "制度", "要求", "实行", "不得", "或", "表", "台账", "登记", "也",
    "是否",
];

/// The cell (row, column) with such a sentence in a short sheet with these tables.
pub(super) fn cell(sheet: &Sheet, texts: &Texts, tables: &[Table]) -> Option<(u32, u32)> {
    if sheet.is_hidden() || sheet.grid.rows.len() > ROWS {
        return None;
    }
    let cells = sheet.grid.rows.iter().flat_map(|row| row.cells.iter().map(|&(col, raw)| (row.index, col, raw)));
    let mut said: Vec<(u32, u32, &str)> = Vec::new();
    let mut only_texts = true;
    for (row, col, raw) in cells {
        match raw {
            Raw::Text(text) => said.push((row, col, texts.get(text))),
            Raw::Empty => {}
            _ => only_texts = false,
        }
    }
    let sentence = said.iter().find(|(_, _, text)| is_sentence(text));
    // 无 alone counts if the sheet otherwise has only a title and lines about who filled it in.
    let word = || {
        let around = |text: &str| is_word(text) || is_around(text);
        let alone = only_texts && said.iter().all(|(_, _, text)| around(text));
        said.iter().find(|(_, _, text)| alone && is_word(text))
    };
    // 无 and 本月未发现隐患 count in a row of a table that says nothing else.
    let in_row = || {
        let is_below = |row: u32| tables.iter().any(|table| is_below(row, table));
        let alone = |row: u32| sheet.grid.row(row).is_some_and(|row| says_no_more(row, texts));
        said.iter().find(|(row, _, text)| is_none_found(text) && is_below(*row) && alone(*row))
    };
    sentence.or_else(word).or_else(in_row).map(|&(row, col, _)| (row, col))
}

/// Whether a row is one of those below the heading of a table.
fn is_below(row: u32, table: &Table) -> bool {
    !table.is_form() && (table.heading.bottom + 1..=table.extent().bottom).contains(&row)
}

/// Whether a row says nothing beside a statement that there was nothing: its number, a day, the same once more, a stroke.
fn says_no_more(row: &Row, texts: &Texts) -> bool {
    let mut filled = row.cells.iter().map(|cell| cell.1).filter(|raw| *raw != Raw::Empty);
    let adds_nothing = |raw: Raw| match raw {
        Raw::Date(_) => true,
        Raw::Text(text) => {
            let text = texts.get(text);
            finds_nothing(text) || !text.chars().any(|c| c.is_alphabetic() || c.is_ascii_digit())
        }
        _ => false,
    };
    let is_number = |raw: Raw| match raw {
        Raw::Number { .. } => true,
        Raw::Text(text) => texts.get(text).bytes().all(|byte| byte.is_ascii_digit()),
        _ => false,
    };
    filled.next().is_none_or(|first| is_number(first) || adds_nothing(first)) && filled.all(adds_nothing)
}

/// Whether a text says in words that there was nothing or that nothing was found.
pub(crate) fn is_none_found(text: &str) -> bool {
    finds_nothing(text) && text.chars().any(char::is_alphabetic)
}

/// Whether a text is a nil report as under 完成情况: 无, 本月无, 零报告.
pub(crate) fn is_word(text: &str) -> bool {
    /// Without one of these nothing is denied, and the text need not be read as a state, which takes long.
    const DENIES: [&str; 9] = ["无", "零", "没", "未", "0", "/", "-", "nil", "none"];
    let folded = fold(text);
    DENIES.iter().any(|sign| folded.contains(sign))
        && status(text) == Some(Status::Nil)
        && !folded.ends_with(':')
        && !NO_REPORT.iter().any(|word| folded.contains(word))
}

/// Whether a text is a nil report or a sentence that there is nothing to report.
pub(crate) fn is_said(text: &str) -> bool {
    is_word(text) || is_sentence(text)
}

/// Whether a text is a title, or a line about who filled in the sheet and when.
fn is_around(text: &str) -> bool {
    const TITLES: &[&str] = &["台账", "台帐", "表", "清单", "统计", "情况", "报告", "月报", "周报", "季报"];
    let folded = fold(text);
    let folded = folded.trim_end_matches(|c: char| matches!(c, '(' | ')') || c.is_ascii_digit());
    TITLES.iter().any(|end| folded.ends_with(end))
        || folded.contains(':')
        || folded.contains('月') && folded.contains("台账")
}

/// Whether a text is a sentence that there is nothing to report, wherever it stands.
pub(super) fn is_sentence(text: &str) -> bool {
    let folded = fold(text);
    let said = || SAYS.iter().any(|word| folded.contains(word)) || denies_a_thing(&folded);
    folded.chars().count() <= LENGTH
        && !folded.ends_with(':')
        && said()
        && !NO_REPORT.iter().any(|word| folded.contains(word))
}

/// Whether a text ends in something that there was not: 本月无创建工作情况, 8月我科未开展文明创建活动.
fn denies_a_thing(folded: &str) -> bool {
    /// The most characters of the thing.
    const THING: usize = 10;
    let bare = folded.trim_end_matches(['。', '.', '!']);
    let thing = ["情况", "工作", "事项", "内容", "活动", "可报", "上报"].iter().any(|end| bare.ends_with(end));
    let denied = ["暂无", "没有", "未开展", "未发生", "无"].iter().find_map(|no| Some((bare.rfind(no)?, no.len())));
    thing
        && denied.is_some_and(|(at, length)| {
            let is_word = !bare[..at].ends_with(['有', '并']) && !bare[at..].starts_with("无法");
            let clause = bare[..at].rsplit([',', '。', ';']).next().unwrap_or_default();
            is_word
                && bare[at + length..].chars().count() <= THING
                && (clause.is_empty()
                    || ["月", "期", "周", "季", "年", "旬", "科", "位", "局", "办", "前", "时"]
                        .iter()
                        .any(|end| clause.ends_with(end)))
        })
}

#[cfg(test)]
mod tests {
    use crate::ledger::file_reading::Skipped;
    use crate::ledger::fixture::file;

    fn nil(drawing: &str) -> Option<String> {
        let reading = file("8月.xlsx", drawing).1;
        reading.nil.first().and_then(|nil| nil.place.area).map(|area| area.to_string())
    }

    #[test]
    fn a_sentence_is_a_report_and_an_instruction_is_none() {
        assert_eq!(nil("2014年8月工作台账\n填报单位：综合科\n本月零报告\n").as_deref(), Some("A3"));
        assert_eq!(nil("经自查，我单位8月份无相关工作情况。\n").as_deref(), Some("A1"));
        for said in ["本月无创建工作情况", "8月份我科未开展文明创建活动。", "本单位无志愿服务活动"]
        {
            assert_eq!(nil(&format!("2014年8月工作台账\n{said}\n")).as_deref(), Some("A2"), "{said}");
        }
        // under the heading of an otherwise empty form
        let form = "序号 | 工作任务 | 完成情况 | 备注\n本月零报告\n";
        assert_eq!(nil(form).as_deref(), Some("A2"));
        for other in [
            "本月有无障碍设施检查工作\n",
            "开展无烟机关创建活动\n",
            "如本月无相关工作，请填零报告\n",
            "零报告登记表\n",
            "零报告：\n",
            "本月工作正常\n",
        ] {
            assert_eq!(nil(other), None, "{other}");
        }
    }

    #[test]
    fn a_row_that_says_only_that_nothing_was_found_is_a_sentence() {
        let heading = "综合科8月台账\n序号 | 工作任务 | 隐患特征 | 整改情况 | 备注\n";
        for row in [
            "无", "本月无隐患", "1 | | 未发现隐患", "'2 | | 无", "1 | 无 | 无 | / |", "8月份无",
            "| | 经排查，一切正常", "无异常 | @2014-08-30",
        ] {
            assert!(nil(&format!("{heading}{row}\n")).is_some(), "{row}");
        }
        for row in [
            "/ | / | / | /",
            "1 | 清理小广告 | 未发现隐患",
            "1 | | 发现隐患3处",
            "1",
            "无 | 某某",
            "1 | | 无 | | 5",
            "1 | 8 | 无",
        ] {
            assert_eq!(nil(&format!("{heading}{row}\n")), None, "{row}");
        }
    }

    #[test]
    fn a_bare_word_says_so_below_a_title_alone() {
        assert_eq!(nil("综合科2014年8月工作台账\n无\n").as_deref(), Some("A2"));
        assert_eq!(nil("2014年8月工作台账\n填报单位：综合科 | 填表人：甲\n本月无\n").as_deref(), Some("A3"));
        for other in ["2014年8月工作台账\n维修路灯\n无\n", "无\n清理小广告 | 3\n", "联系方式\n无\n"]
        {
            assert_eq!(nil(other), None, "{other}");
        }
    }

    #[test]
    fn its_sender_and_its_window_are_read_as_in_a_ledger() {
        let (division, reading) = file("报告.xlsx", "2014年7月工作台账\n填报单位：综合科\n本月零报告\n");
        assert_eq!(reading.unit.map(|unit| division.unit(unit.0).name.as_str()), Some("综合管理科"));
        assert_eq!(reading.window.map(|window| window.0.label()).as_deref(), Some("2014-07"));
        assert_eq!(reading.sheets[0].skipped, Some(Skipped::NilReport));
    }

    #[test]
    fn sentences_that_there_was_nothing() {
        let filled = |before: &str, count: usize| format!("{before}{}", "子".repeat(count));
        let denied = |count: usize| format!("本月无{}情况", "子".repeat(count));
        for (text, says) in [
            ("本月无创建工作情况", true),
            ("本月有创建工作情况", false),
            ("无创建活动", true),
            ("综合科无创建活动", true),
            ("综合某无创建活动", false),
            ("情况很好，无创建活动！", true),
            ("本月有无创建活动", false),
            ("本月并无创建活动", false),
            ("本月无法开展工作", false),
            ("本月暂无可报", true),
            ("本月没有事项", true),
            ("本周未发生活动。", true),
            ("本周未开展活动", true),
            ("本月无人", false),
            ("本月无创建活动:", false),
            ("本月无创建活动，请知悉", false),
            ("若本月无创建活动", false),
            (&denied(8), true),
            (&denied(9), false),
            (&filled("零报告", 37), true),
            (&filled("零报告", 38), false),
            ("零报告：", false),
            ("无此项工作", true),
            ("如无此项工作", false),
            ("无此项工作登记", false),
        ] {
            assert_eq!(super::is_sentence(text), says, "{text}");
        }
        for (text, says) in [
            ("无", true),
            ("本月无", true),
            ("０报告", true),
            ("零", true),
            ("没有", true),
            ("未发生", true),
            ("NIL", true),
            ("none", true),
            ("/", true),
            ("——", true),
            ("无：", false),
            ("如无", false),
            ("已完成", false),
            ("有", false),
        ] {
            assert_eq!((super::is_word(text), super::is_said(text)), (says, says), "{text}");
        }
        assert!(super::is_said("情况很好，无创建活动！"));
    }

    #[test]
    fn titles_and_lines_about_who_filled_in_the_sheet() {
        for (text, is) in [
            ("2014年8月工作台账", true),
            ("工作台账（2）", true),
            ("工作台账12", true),
            ("台账说明", false),
            ("8月台账说明", true),
            ("8月说明", false),
            ("填表人：王某", true),
            ("维修路灯", false),
            ("某项情况", true),
        ] {
            assert_eq!(super::is_around(text), is, "{text}");
        }
    }

    #[test]
    fn a_short_sheet_in_view() {
        let rows = |count: usize| format!("{}本月零报告\n", "某某\n".repeat(count - 1));
        assert!(nil(&rows(15)).is_some() && nil(&rows(16)).is_none());
        let cell = |drawing: &str, hidden: bool| {
            let mut texts = crate::basis::pool::Texts::default();
            let mut sheet = crate::table::fixture::sheet(drawing, &mut texts);
            if hidden {
                sheet.visibility = crate::read::Visibility::Hidden;
            }
            super::cell(&sheet, &texts, &[])
        };
        assert_eq!((cell("本月零报告", false), cell("本月零报告", true)), (Some((0, 0)), None));
        for (drawing, seen) in [
            ("某台账 | 无", Some((0, 1))),
            ("某台账 | 无 | 3", None),
            ("某台账 | 本月零报告 | 3", Some((0, 1))),
            ("某台账 | 无 | 某某", None),
            ("某台账 | 无 | 零报告", Some((0, 2))),
        ] {
            assert_eq!(cell(drawing, false), seen, "{drawing}");
        }
    }
}
