//! The task of rows that name none, from their surroundings: section row, title of the block, label line, sheet name,
//! file name.

use super::about;
use super::axes::is_period;
use super::record::TaskFrom;
use super::sender;
use crate::basis::text::{code_key, fold, heading_key, skeleton, unnumbered};
use crate::basis::{TaskId, UnitId};
use crate::division::{Division, fields};
use crate::table::{Lexicon, Line, Table};

/// The tasks named in the surroundings of a table, and where. If there are several, the unit decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TaskAround {
    pub(super) from: TaskFrom,
    pub(super) tasks: Vec<TaskId>,
}

/// The surroundings of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Surroundings<'a> {
    /// The titles of the sheet, for a table without title lines of its own.
    pub(super) titles: &'a [Line],
    /// The sheet's name.
    pub(super) sheet: &'a str,
    /// The file's name.
    pub(super) file: &'a str,
}

/// The task that the surroundings of a table name, in the order of the contract.
pub(super) fn task(table: &Table, around: Surroundings<'_>, division: &Division) -> Option<TaskAround> {
    let loose = !names_tasks(table);
    let own = if table.above.is_empty() { around.titles } else { &table.above };
    let label = |line: &Line| is_label(&line.2, division) || !about::notes(std::slice::from_ref(line)).is_empty();
    let labelled: Vec<u32> = own.iter().filter(|line| label(line)).map(|line| line.0).collect();
    let titles = own.iter().rev().filter(|line| !labelled.contains(&line.0)).map(|line| line.2.as_str());
    let by_title = titles.map(|title| (TaskFrom::Title, named(title, loose, division)));
    let labels = label_values(own, division).map(|value| (TaskFrom::Label, named(value, true, division)));
    let sheet = (TaskFrom::Sheet, named(around.sheet, loose, division));
    let file = around.file.rsplit('/').next().unwrap_or(around.file);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let file = (TaskFrom::File, named(stem, loose, division));
    let mut all = by_title.chain(labels).chain([sheet, file]);
    all.find(|found| !found.1.is_empty()).map(|(from, tasks)| TaskAround { from, tasks })
}

/// Whether a table has a column for its tasks or their codes.
pub(super) fn names_tasks(table: &Table) -> bool {
    table.columns.iter().any(|c| c.field == Some(fields::TASK) || c.field == Some(fields::CODE))
}

/// The unit named by a title of a table, else by the sheet name.
pub(super) fn titled(table: &Table, sheet: &str, division: &Division) -> Option<UnitId> {
    titled_by(&table.above, sheet, division)
}

/// The unit named by one of these title lines, else by the sheet name.
pub(super) fn titled_by(lines: &[Line], sheet: &str, division: &Division) -> Option<UnitId> {
    let label = |line: &Line| !about::notes(std::slice::from_ref(line)).is_empty();
    let titles = lines.iter().filter(|line| !label(line) && !sender::is_addressed(&line.2));
    titles.map(|line| line.2.as_str()).chain([sheet]).find_map(|words| unit(words, division))
}

/// The unit whose name a title or sheet name is, apart from period and kind of document.
pub(super) fn unit(words: &str, division: &Division) -> Option<UnitId> {
    division.roster.find(&bare(words))
}

/// The tasks that a text names by code or text, or whose whole text it contains. `loose`: also if the text, without
/// period and kind of document, is a part of exactly one task's text.
pub(super) fn named(words: &str, loose: bool, division: &Division) -> Vec<TaskId> {
    /// The fewest characters; shorter texts occur in many others.
    const LEAST: usize = 4;
    let index = division.index();
    let bare = bare(words);
    let (whole, inner) = (skeleton(words), skeleton(unnumbered(&bare)));
    for key in [&whole, &inner, &skeleton(&bare)] {
        let equal = index.by_text(key);
        if key.chars().count() >= 2 && !equal.is_empty() {
            return equal.to_vec();
        }
    }
    let code = bare[..bare.len() - bare.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-').len()].trim();
    for code in [code, bare.trim_start_matches("任务")] {
        let key = code_key(code);
        if key.contains('-') && !is_period(&fold(code)) && !index.by_code(&key).is_empty() {
            return index.by_code(&key).to_vec();
        }
    }
    let tasks = || (0..division.tasks.len()).map(|at| TaskId(at as u32));
    let within = tasks().filter(|&task| {
        let own = index.skeleton(task);
        own.chars().count() >= LEAST && whole.contains(own)
    });
    let length = |task: &TaskId| index.skeleton(*task).len();
    let within: Vec<TaskId> = within.collect();
    if let Some(longest) = within.iter().map(length).max() {
        return within.into_iter().filter(|task| length(task) == longest).collect();
    }
    if !loose || inner.chars().count() < LEAST {
        return Vec::new();
    }
    let around: Vec<TaskId> = tasks().filter(|&task| index.skeleton(task).contains(&*inner)).collect();
    let same = around.iter().all(|task| index.skeleton(*task) == index.skeleton(around[0]));
    if same { around } else { Vec::new() }
}

/// The value after a label for the task: 工作任务：广告整治.
pub(super) fn labelled<'a>(text: &'a str, division: &Division) -> Option<&'a str> {
    let (label, value) = text.split_once([':', '：'])?;
    let field = division.fields.field(&heading_key(unnumbered(label)))?;
    let is_task = matches!(field, fields::TASK | fields::CODE);
    (is_task && !value.trim().is_empty()).then(|| value.trim())
}

/// Whether a text is a label for the task, with or without its value.
fn is_label(text: &str, division: &Division) -> bool {
    let key = heading_key(text.trim_end_matches([':', '：']));
    labelled(text, division).is_some() || matches!(division.fields.field(&key), Some(fields::TASK | fields::CODE))
}

/// The values of labels for the task in lines of cells: after a colon, or in the next cell.
fn label_values<'a>(lines: &'a [Line], division: &'a Division) -> impl Iterator<Item = &'a str> {
    lines.iter().enumerate().filter_map(move |(at, line)| {
        labelled(&line.2, division).or_else(|| {
            let next = lines.get(at + 1).filter(|next| is_label(&line.2, division) && next.0 == line.0)?;
            Some(next.2.as_str())
        })
    })
}

/// A text without period, annex number and kind of document: 广告整治 in 8月广告整治工作台账.
pub(super) fn bare(words: &str) -> String {
    const KINDS: &[&str] = &[
        "台账", "工作台账", "情况表", "情况统计表", "统计表", "汇总表", "登记表", "明细表", "记录表", "一览表", "报表",
        "月报", "周报", "清单", "表", "工作", "情况", "完成情况", "落实情况", "进展情况", "推进情况", "开展情况",
        "汇总", "统计", "报送", "上报", "最终版", "终稿", "定稿", "(", ")", "_", "-", "—", "专项",
    ];
    let folded = fold(words).replace(['《', '》', '"'], "");
    // 台账（单位：次）
    let mut rest = folded.rsplit_once("(单位:").map_or(&*folded, |before| before.0).trim();
    for head in ["附件", "附表", "附"] {
        if let Some(after) = rest.strip_prefix(head) {
            // 附件2：8月台账, 附件2-1：台账: the month belongs to what follows
            let unnumbered = |text: &'_ str| text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            rest = after[after.len() - unnumbered(after)..].trim_start_matches([':', '-', '.', '、']);
            rest = rest[rest.len() - unnumbered(rest)..].strip_prefix([':', '、']).unwrap_or(rest);
        }
    }
    loop {
        let mut shorter = rest.trim_matches(['(', ')', '_', '-', '—', ':', ' ', '、', ',']);
        let ends: Vec<usize> = shorter.char_indices().map(|(at, _)| at).chain([shorter.len()]).collect();
        let period = |part: &str| is_period(part) || matches!(part, "本月" | "本周" | "当月" | "年度" | "月份");
        if let Some(&end) =
            ends.iter().rev().take_while(|end| **end > 0).find(|end| **end <= 60 && period(&shorter[..**end]))
        {
            shorter = &shorter[end..];
        }
        if let Some(&from) = ends
            .iter()
            .find(|from| shorter.is_char_boundary(**from) && **from < shorter.len() && period(&shorter[**from..]))
        {
            shorter = &shorter[..from];
        }
        let kind = KINDS.iter().filter(|kind| shorter.ends_with(**kind)).map(|kind| kind.len()).max().unwrap_or(0);
        shorter = &shorter[..shorter.len() - kind];
        if shorter.len() == rest.len() {
            return rest.to_owned();
        }
        rest = shorter;
    }
}

#[cfg(test)]
mod tests {
    use crate::ledger::fixture::{file, records};

    fn read(name: &str, drawing: &str) -> Vec<String> {
        let (division, reading) = file(name, drawing);
        records(&division, &reading)
    }

    const A: &str = "整治所辖楼宇和广场的广告牌，按比例投放公益广告";
    const B: &str = "清理楼宇内外附着广告，墙面不贴告示";

    #[test]
    fn tasks_as_section_rows() {
        let drawing = format!(
            "
序号 | 责任单位 | 完成情况 | 佐证材料
一、{A} | < | < | <
1 | 综合科 | 已完成 | 照片
2 | 后勤中心 | 推进中 |
二、{B} | < | < | <
1 | 综合科 | 已完成 | 照片
"
        );
        let expected = ["3 综合 1-1 section", "4 后勤 1-1 section", "6 综合 1-2 section"];
        assert_eq!(read("8月.xlsx", &drawing), expected);
        let plain = drawing.replace("一、", "").replace("二、", "").replace(" | < | < | <", "");
        assert_eq!(read("8月.xlsx", &plain), expected, "without a number, in one cell");
        assert_eq!(read("8月.xlsx", &drawing.replace("一、", "（一）工作任务：")), expected);
    }

    #[test]
    fn title_label_sheet_and_file_name_a_task_in_this_order() {
        let rows = "责任单位 | 完成情况 | 备注\n综合科 | 已完成 |\n后勤中心 | 推进中 |\n";
        let by = |file: &str, sheet: &str, above: &str| {
            read(file, &format!("\n=== {sheet}\n{above}{rows}")).first().cloned().unwrap_or_default()
        };
        assert_eq!(by("8月.xlsx", "台账", &format!("{A}工作台账\n")), "3 综合 1-1 title");
        assert_eq!(by("8月.xlsx", "台账", &format!("8月情况表\n工作任务：{B}\n")), "4 综合 1-2 label");
        assert_eq!(by("8月.xlsx", "台账", &format!("工作任务 | {B}\n")), "3 综合 1-2 label");
        assert_eq!(by("8月.xlsx", "1-2", ""), "2 综合 1-2 sheet");
        assert_eq!(by("8月.xlsx", "清理楼宇内外附着广告", ""), "2 综合 1-2 sheet");
        assert_eq!(by(&format!("8月{B}台账.xlsx"), "Sheet1", ""), "2 综合 1-2 file");
        assert_eq!(by(&format!("{B}.xlsx"), "1-1", &format!("{A}\n")), "3 综合 1-1 title");
    }

    #[test]
    fn a_sheet_for_each_task() {
        let rows = "责任单位 | 完成情况 | 备注\n综合科 | 已完成 |\n后勤中心 | 推进中 |\n";
        let drawing = format!("\n=== 1-1 广告牌\n{rows}=== 1-2\n{rows}=== 组织志愿服务\n{rows}");
        assert_eq!(
            read("8月.xlsx", &drawing),
            [
                "2 综合 1-1 sheet", "3 后勤 1-1 sheet", "2 综合 1-2 sheet", "3 后勤 1-2 sheet", "2 综合 2-3 sheet",
                "3 后勤 3-1 sheet",
            ],
            "of tasks of one name each unit owes its own"
        );
    }

    #[test]
    fn what_rows_say_themselves_wins() {
        let drawing = format!("{A}台账\n工作任务 | 完成情况\n{B} | 已完成\n慰问老党员 | 已完成\n");
        assert_eq!(read("综合科.xlsx", &drawing), ["3 综合 1-2 text", "4 综合 - none"]);
    }

    #[test]
    fn the_surroundings_name_the_task_where_contents_name_none() {
        let rows = |heading: &str| {
            format!(
                "日期 | {heading} | 人数 | 完成情况\n8月5日 | 学习条例 | 5 | 已完成\n8月9日 | 学习先进 | 6 | 已完成\n"
            )
        };
        let of = |drawing: &str| read("综合科.xlsx", drawing);
        for heading in ["内容", "项目", "工作内容", "具体工作"] {
            let rows = rows(heading);
            assert_eq!(of(&format!("工作任务：{B}\n{rows}")), ["3 综合 1-2 label", "4 综合 1-2 label"], "{heading}");
            assert_eq!(of(&format!("{B}登记表\n{rows}")), ["3 综合 1-2 title", "4 综合 1-2 title"], "{heading}");
            assert_eq!(of(&format!("\n=== {B}\n{rows}")), ["2 综合 1-2 sheet", "3 综合 1-2 sheet"], "{heading}");
            let section = rows.replacen('\n', &format!("\n一、{B} | < | < | <\n"), 1);
            assert_eq!(of(&section), ["3 综合 1-2 section", "4 综合 1-2 section"], "{heading}");
            assert_eq!(of(&rows), ["2 综合 - none", "3 综合 - none"], "nothing else names a task");
        }
        let task = format!("工作任务：{B}\n{}", rows("工作任务"));
        assert_eq!(of(&task), ["3 综合 - none", "4 综合 - none"], "a column of tasks");
        let one = format!("工作任务：{B}\n{}", rows("内容").replace("学习先进", A));
        assert_eq!(of(&one), ["3 综合 - none", "4 综合 1-1 text"], "a row names its task");
        let two = format!("工作任务：{B}\n{}", rows("内容").replace("人数", "开展情况"));
        assert_eq!(of(&two), ["3 综合 1-2 label", "4 综合 1-2 label"], "the progress stands elsewhere");
    }

    #[test]
    fn lists_that_report_nothing_are_no_ledgers_whatever_their_title() {
        let contacts = format!("{A}联络表\n姓名 | 责任单位 | 联系电话 | 备注\n王某 | 综合科 | 123 |\n");
        assert_eq!(read("8月.xlsx", &contacts), [""; 0]);
        let other = "创建全国文明城市工作台账\n责任单位 | 完成情况 | 备注\n综合科 | 已完成 |\n";
        assert_eq!(read("8月.xlsx", other), [""; 0]);
    }

    #[test]
    fn units_beside_numbers_report_the_task_of_their_title() {
        let of = |title: &str, columns: &str| {
            let numbers = "综合科 | 5 | 90\n后勤中心 | 2 | 20\n";
            read("8月.xlsx", &format!("{A}{title}\n{columns}\n{numbers}"))
        };
        let each = ["3 综合 1-1 title", "4 后勤 1-1 title"];
        for title in ["", "统计表", "情况统计表（单位：次）"] {
            assert_eq!(of(title, "科室 | 排查次数 | 排查户数"), each, "{title}");
            assert_eq!(of(title, "单位 | 检查点（个） | 台账"), each, "{title}");
            assert_eq!(of(title, "单位 | 7月 | 8月"), each, "{title}");
        }
        assert_eq!(of("统计表", "科室 | 应排查数 | 目标户数"), [""; 0], "what is asked for");
        let shops = format!("{A}统计表\n店名 | 排查次数 | 排查户数\n东街店 | 5 | 90\n西街店 | 2 | 20\n");
        assert_eq!(read("8月.xlsx", &shops), [""; 0], "of nobody");
        let results = format!("{A}登记表\n填报单位：综合科\n序号 | 对象 | 巡查结果\n1 | 东街 | 正常\n");
        assert_eq!(read("8月.xlsx", &results), ["4 综合 1-1 title"]);
        assert_eq!(read("8月.xlsx", &results.replace("巡查结果", "基本情况")), [""; 0]);
    }

    #[test]
    fn units_as_section_rows_titles_and_sheets() {
        let sections = format!(
            "工作任务 | 完成情况 | 备注\n一、后勤中心 | < | <\n{A} | 已完成 |\n（二）管理一科 | < | <\n{B} | 已完成 |\n"
        );
        assert_eq!(read("综合科.xlsx", &sections), ["3 后勤 1-1 text", "5 管理 1-2 text"]);
        let sheets =
            format!("\n=== 后勤中心\n工作任务 | 完成情况\n{A} | 已完成\n=== 台账\n工作任务 | 完成情况\n{B} | 已完成\n");
        assert_eq!(read("综合科.xlsx", &sheets), ["2 后勤 1-1 text", "2 综合 1-2 text"]);
        let title = format!("后勤中心8月工作台账\n工作任务 | 完成情况\n{A} | 已完成\n");
        assert_eq!(read("综合科.xlsx", &title), ["3 后勤 1-1 text"]);
    }

    #[test]
    fn a_cross_tab_of_units_and_months_takes_its_task_from_its_title() {
        let drawing = format!("{A}推进情况\n责任单位 | 7月 | 8月\n综合科 | √ | √\n后勤中心 | √ |\n");
        assert_eq!(read("8月.xlsx", &drawing), ["3 综合 1-1 title"]);
        let drawing = "1-1 推进情况\n指标 | 综合科 | 后勤中心\n人数 | 5 | 6\n次数 | 1 | 2\n";
        assert_eq!(
            read("8月.xlsx", drawing),
            ["3 综合 1-1 title", "3 后勤 1-1 title", "4 综合 1-1 title", "4 后勤 1-1 title"]
        );
    }

    #[test]
    fn titles_without_their_period_and_kind() {
        for (words, bare) in [
            ("附件2：8月广告整治工作台账", "广告整治"),
            ("广告整治（2014年8月）", "广告整治"),
            ("2014年8月广告整治情况统计表", "广告整治"),
            ("附表1、广告整治清单", "广告整治"),
            ("附件2-1：广告整治", "广告整治"),
            ("附件2-8月广告整治", "广告整治"),
            ("本月广告整治", "广告整治"),
            ("广告整治本周", "广告整治"),
            ("《广告整治》台账", "广告整治"),
            ("8月", ""),
            ("广告整治", "广告整治"),
            ("附件", ""),
            ("广告整治统计表（单位：次）", "广告整治"),
        ] {
            assert_eq!(super::bare(words), bare, "{words}");
        }
    }

    #[test]
    fn tasks_named_by_codes_texts_and_parts_of_them() {
        let division = crate::ledger::fixture::division();
        let of = |words: &str, loose: bool| {
            let tasks = super::named(words, loose, &division);
            tasks.iter().map(|task| division.task(*task).code.clone()).collect::<Vec<_>>().join(" ")
        };
        for (words, loose, codes) in [
            ("1-1", false, "1-1"),
            ("任务1-2", false, "1-2"),
            ("1-2 台账", false, "1-2"),
            ("9-9", false, ""),
            ("12", false, ""),
            (B, false, "1-2"),
            ("组织志愿服务", false, "2-3 3-1"),
            ("8月组织志愿服务台账", false, "2-3 3-1"),
            ("关于组织志愿服务的报告", false, "2-3 3-1"),
            ("关于清理楼宇内外附着广告墙面不贴告示的报告", false, "1-2"),
            ("道德讲堂", true, "2-2"),
            ("道德讲堂", false, ""),
            ("8月道德讲堂台账", true, "2-2"),
            ("道德讲", true, ""),
            ("志愿服务", true, "2-3 3-1"),
            ("某某事项", true, ""),
            ("学习宣传", true, "2-2"),
        ] {
            assert_eq!(of(words, loose), codes, "{words} {loose}");
        }
    }

    #[test]
    fn labels_for_the_task_with_and_without_a_value() {
        let division = crate::ledger::fixture::division();
        assert_eq!(super::labelled("工作任务：广告整治", &division), Some("广告整治"));
        assert_eq!(super::labelled("一、任务编号：1-1", &division), Some("1-1"));
        for none in ["工作任务：", "责任单位：综合科", "广告整治"] {
            assert_eq!(super::labelled(none, &division), None, "{none}");
        }
        assert!(super::is_label("工作任务", &division) && super::is_label("工作任务：", &division));
        assert!(super::is_label("工作任务：甲", &division) && !super::is_label("责任单位", &division));
        let line = |row: u32, col: u32, text: &str| (row, col, text.to_owned());
        let lines = [
            line(0, 0, "工作任务"),
            line(0, 1, "甲事"),
            line(1, 0, "工作任务"),
            line(2, 0, "乙事"),
            line(3, 0, "任务：丙事"),
        ];
        assert_eq!(super::label_values(&lines, &division).collect::<Vec<_>>(), ["甲事", "丙事"]);
    }
}
