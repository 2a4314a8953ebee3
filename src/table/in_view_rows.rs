//! Rows told by the rest of their table, each beside a neighbour that is a record.

use super::layouts::see;

/// The letters of the rows of the first table.
fn rows(drawing: &str) -> String {
    let seen = see(drawing);
    seen.first().and_then(|table| table.rsplit(' ').next()).unwrap_or_default().to_owned()
}

fn check(heading: &str, cases: &[(&str, &str, &str)]) {
    let seen = |body: &str| rows(&format!("{heading}\n{body}"));
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(_, body, expected)| seen(body) != *expected)
        .map(|(why, body, expected)| format!("{why}: {} instead of {expected}", seen(body)))
        .collect();
    assert!(wrong.is_empty(), "{heading}\n{}", wrong.join("\n"));
}

const FOUR: &str = "序号 | 工作任务 | 完成情况 | 备注";
const FIVE: &str = "序号 | 任务类别 | 工作任务 | 完成情况 | 数量";

#[test]
fn a_row_that_asks_to_fill_in() {
    check(
        FOUR,
        &[
            ("before 1 and 2", " | 某项名称 | 某项进展 | 某项\n1 | 甲某 | 子 | 丑\n2 | 乙某 | 寅 | 卯", "IRR"),
            ("before 1 alone", " | 某项名称 | 某项进展 | 某项\n1 | 甲某 | 子 | 丑", "IR"),
            ("numbers as texts", " | 某项名称 | 某项进展 | 某项\n'1 | 甲某 | 子 | 丑\n'2 | 乙某 | 寅 | 卯", "IRR"),
            ("before 2", " | 某项名称 | 某项进展 | 某项\n2 | 甲某 | 子 | 丑\n3 | 乙某 | 寅 | 卯", "RRR"),
            ("before 1 and 3", " | 某项名称 | 某项进展 | 某项\n1 | 甲某 | 子 | 丑\n3 | 乙某 | 寅 | 卯", "RRR"),
            ("numbered itself", "1 | 某项名称 | 某项进展 | 某项\n1 | 甲某 | 子 | 丑\n2 | 乙某 | 寅 | 卯", "RRR"),
            (
                "not the first",
                "1 | 丙某 | 子 | 丑\n | 某项名称 | 某项进展 | 某项\n1 | 甲某 | 子 | 丑\n2 | 乙某 | 寅 | 卯",
                "RRRR",
            ),
            ("merged down", " | 某项名称 | 某项进展 | 某项\n1 | ^ | 子 | 丑\n2 | 乙某 | 寅 | 卯", "RRR"),
        ],
    );
}

#[test]
fn sums_by_their_numbers() {
    check(
        FIVE,
        &[
            ("without a text", "1 | 甲类 | 子某 | 已完成 | 3\n2 | 乙类 | 丑某 | 已完成 | 4\n | | | | 7", "RRT"),
            ("no sum", "1 | 甲类 | 子某 | 已完成 | 3\n2 | 乙类 | 丑某 | 已完成 | 4\n | | | | 8", "RRR"),
            ("of one row", "1 | 甲类 | 子某 | 已完成 | 3\n | | | | 3", "RR"),
            (
                "of a section",
                "1 | 甲类 | 子某 | 已完成 | 3\n2 | 乙类 | 丑某 | 已完成 | 4\n小计 | | | | 7\n3 | 丙类 | 寅某 | 已完成 | 5\n4 | 丁类 | 卯某 | 已完成 | 6\n | | | | 11",
                "RRTRRT",
            ),
            (
                "of each of two sections",
                "1 | 甲类 | 子某 | 已完成 | 3\n2 | 乙类 | 丑某 | 已完成 | 5\n | | | | 8\n3 | 丙类 | 寅某 | 已完成 | 4\n4 | 丁类 | 卯某 | 已完成 | 6\n | | | | 10",
                "RRTRRT",
            ),
            ("named", "1 | 甲类 | 子某 | 已完成 | 3\n2 | 乙类 | 丑某 | 已完成 | 4\n | | 总额 | | 7", "RRT"),
            ("named otherwise", "1 | 甲类 | 子某 | 已完成 | 3\n2 | 乙类 | 丑某 | 已完成 | 4\n | | 另行 | | 7", "RRR"),
            (
                "a long name",
                "1 | 甲类 | 子某 | 已完成 | 3\n2 | 乙类 | 丑某 | 已完成 | 4\n | | 一二三四五六七八九总额 | | 7",
                "RRR",
            ),
            (
                "ten characters",
                "1 | 甲类 | 子某 | 已完成 | 3\n2 | 乙类 | 丑某 | 已完成 | 4\n | | 一二三四五六七八总额 | | 7",
                "RRT",
            ),
            ("two texts", "1 | 甲类 | 子某 | 已完成 | 3\n2 | 乙类 | 丑某 | 已完成 | 4\n | 另行 | 总额 | | 7", "RRR"),
            (
                "a number in front",
                "1 | 甲类 | 子某 | 已完成 | 3\n2 | 乙类 | 丑某 | 已完成 | 4\n3 | | 总额 | | 7",
                "RRR",
            ),
        ],
    );
}

#[test]
fn sections_and_names_of_groups() {
    check(
        FIVE,
        &[
            (
                "numbered otherwise",
                "（一）组织 | | | |\n1 | 甲类 | 子某 | 已完成 | 3\n2 | 乙类 | 丑某 | 已完成 | 4",
                "SRR",
            ),
            (
                "a word in the place of the number",
                "1 | 甲类 | 子某 | 已完成 | 3\n2 | 乙类 | 丑某 | 已完成 | 4\n某组",
                "RR.",
            ),
        ],
    );
    let records = "甲类 | 子某 | 已完成 | 3 | 注一\n | 丑某 | 已完成 | 4 | 注二\n | 寅某 | 已完成 | 5 | 注三";
    check(
        "任务类别 | 工作任务 | 完成情况 | 数量 | 备注",
        &[
            ("the name of a group", &format!("某组\n{records}"), "SRRR"),
            ("with its task", &format!("某组 | 卯某\n{records}"), "RRRR"),
            ("two more cells", &format!("某组 | | | 2 | 注\n{records}"), "RRRR"),
            ("behind the first column", &format!(" | 某组\n{records}"), "RRRR"),
            ("a gap below", &format!("某组\n\n{records}"), "R.RRR"),
            ("at the end", &format!("{records}\n某组"), "RRRR"),
        ],
    );
}

#[test]
fn behind_a_gap_and_behind_notes() {
    let body = "1 | 甲类 | 子某 | 已完成 | 3\n2 | 乙类 | 丑某 | 已完成 | 4\n3 | 丙类 | 寅某 | 已完成 | 5\n4 | 丁类 | 卯某 | 已完成 | 6";
    check(
        FIVE,
        &[
            ("a title over most columns", &format!("某题 | < | < | <\n{body}"), "SRRRR"),
            ("over half of them", &format!("某题 | < | <\n{body}"), ".RRRR"),
            ("a signature behind a gap", &format!("{body}\n\n | 张某 | | 审核人：李某"), "RRRR.F"),
            ("a sign-off", &format!("{body}\n\n某说法： | 某人"), "RRRR"),
            ("right below", &format!("{body}\n某说法： | 某人"), "RRRRR"),
            ("a first word with a colon", &format!("{body}\n\n | 戊类： | 辰某 | 已完成 | 6"), "RRRR.R"),
            ("a word where the others have numbers", &format!("{body}\n\n某言 | 戊类 | 辰某 | 已完成 | 6"), "RRRR"),
            ("a number in words", &format!("{body}\n\n某5 | 戊类 | 辰某 | 已完成 | 6"), "RRRR.R"),
            ("a sign", &format!("{body}\n\n某 | 戊类 | 辰某 | 已完成 | 6"), "RRRR.R"),
            ("labels only", &format!("{body}\n\n作者：甲某 | 日子：8月5日"), "RRRR.F"),
            ("labels right below", &format!("{body}\n作者：甲某 | 日子：8月5日"), "RRRRR"),
            ("merged otherwise", &format!("{body}\n\n甲某 | < | 乙某 | < | <"), "RRRR.F"),
            ("a record", &format!("{body}\n\n5 | 戊类 | 卯某 | 已完成 | 6"), "RRRR.R"),
            ("without a number behind a note", &format!("{body}\n注：甲\n | 戊类 | 辰某 | 已完成 | 6"), "RRRRIF"),
            ("with a number behind a note", &format!("{body}\n注：甲\n5 | 戊类 | 卯某 | 已完成 | 6"), "RRRRIR"),
            ("a moment of the whole", &format!("{body}\n | | 交付时间 | 11月8日"), "RRRRF"),
            ("a day of the whole", &format!("{body}\n | | 交付日期 | 11月8日"), "RRRRF"),
            ("something else", &format!("{body}\n | | 交付对象 | 11月8日"), "RRRRR"),
            ("a number behind a gap", &format!("{body}\n\n | | 另行 | | 9"), "RRRR.R"),
        ],
    );
}

#[test]
fn moments_of_the_whole_table_at_its_end() {
    let body = "1 | 甲类 | 子某 | 已完成 | 3\n2 | 乙类 | 丑某 | 已完成 | 4\n3 | 丙类 | 寅某 | 已完成 | 5\n4 | 丁类 | 卯某 | 已完成 | 6";
    check(
        FIVE,
        &[
            ("two of them", &format!("{body}\n | | 交付时间 | 11月8日\n | | 验收时间 | 11月9日"), "RRRRFF"),
            ("before a record", &format!("{body}\n | | 交付时间 | 11月8日\n5 | 戊类 | 辰某 | 已完成 | 7"), "RRRRRR"),
            ("before a dash", &format!("{body}\n | | 交付时间 | 11月8日\n | | | — |"), "RRRRF."),
            ("more than half", &format!("{body}\n | 戊类 | 交付时间 | 11月8日"), "RRRRR"),
            ("with a number", &format!("{body}\n5 | | 交付时间 | 11月8日"), "RRRRR"),
        ],
    );
    check(
        "工作任务 | 完成情况 | 备注",
        &[("a narrow table", "甲某 | 已完成 | 子\n乙某 | 已完成 | 丑\n | 交付时间 | 11月8日", "RRR")],
    );
}

#[test]
fn single_cells_among_records() {
    let body = "1 | 甲类 | 子某 | 已完成 | 3\n2 | 乙类 | 丑某 | 已完成 | 4\n3 | 丙类 | 寅某 | 已完成 | 5";
    check(
        FIVE,
        &[
            ("a title of few words", &format!(" | 某题一\n{body}"), "SRRR"),
            ("a numbered title", &format!("{body}\n（一）某项\n{body}"), "RRRSRRR"),
            ("a numbered title at the end", &format!("{body}\n（一）某项"), "RRRS"),
            ("a unit over others", &format!(" | 综合科\n{body}"), "SRRR"),
            ("a task over others", &format!(" | | 广告整治\n{body}"), "SRRR"),
            ("an end", &format!("{body}\n | | 以下空白"), "RRRF"),
            ("an end before others", &format!("{body}\n | | （此页无正文）\n4 | 丁类 | 卯某 | 已完成 | 6"), "RRRFR"),
            ("a page that goes on", &format!("{body}\n | | （续表）\n | 丁类 | 卯某 | 已完成 | 6"), "RRRHR"),
            (
                "a page that goes on before a record",
                &format!("{body}\n | | 续表工作\n4 | 丁类 | 卯某 | 已完成 | 6"),
                "RRRSR",
            ),
            ("what is carried on", &format!("承前页 | | | | 7\n{body}\n过次页 | | | | 19"), "TRRRT"),
            ("in brackets under the numbers", &format!("{body}\n（以上各项均已经过审核通过）\n\n{body}"), "RRRI.RRR"),
            ("without brackets", &format!("{body}\n以上各项均已经过审核通过了吗\n\n{body}"), "RRRS.RRR"),
            ("a text behind a gap", &format!("{body}\n\n | | 某言某语某人"), "RRR.I"),
        ],
    );
}

#[test]
fn a_text_below_that_of_a_record_goes_on_with_it() {
    let body = |more: &str| {
        format!("1 | 甲类 | 子某 | 一、检查 | 3\n{more}\n2 | 乙类 | 丑某 | 宣传 | 4\n3 | 丙类 | 寅某 | 检查 | 5")
    };
    let three = body(" | | | 二、更换软管\n | | | 三、张贴警示\n | | | 复查");
    check(
        "序号 | 任务类别 | 工作任务 | 存在问题 | 数量",
        &[
            ("behind the task", &body(" | | | 更换软管"), "RRRR"),
            ("one of several", &three, "RRRRRR"),
            ("numbered in digits", &body(" | | | 1.更换软管"), "RRRR"),
            ("in brackets", &body(" | | | （续）更换软管"), "RRRR"),
            ("numbered otherwise", &body(" | | | （二）宣传类"), "RSRR"),
            ("before the task", &body(" | 宣传类"), "RSRR"),
            ("under the task", &body(" | | 宣传类"), "RSRR"),
            ("where the record has a number", &body(" | | | | 某一类"), "RSRR"),
            ("over several columns", &body(" | | | 某一类 | <"), "RSRR"),
            ("behind a gap", &body("\n | | | 更换软管"), "R.IRR"),
            ("below a section", &body("（一）某项\n | | | 更换软管"), "RSSRR"),
        ],
    );
    check(
        "序号 | 日期 | 地点 | 巡查情况 | 巡查人",
        &[(
            "where nothing names tasks",
            "1 | 8月1日 | 甲路 | 井盖破损 | 甲某\n | | | 路灯不亮\n2 | 8月8日 | 乙路 | 正常 | 乙某\n3 | 8月9日 | 丙路 | 正常 | 乙某",
            "RRRR",
        )],
    );
}

#[test]
fn notes_dashes_and_sections_with_their_tasks() {
    let body = "1 | 甲类 | 子某 | 已完成 | 3\n2 | 乙类 | 丑某 | 已完成 | 4\n3 | 丙类 | 寅某 | 已完成 | 5";
    check(
        FIVE,
        &[
            ("a wide text in a note", &format!("{body}\n注：甲\n某语某言 | < | < | < | <"), "RRRII"),
            ("dashes alone", &format!("{body}\n | — | — | — | 0"), "RRR."),
            ("dashes and a word", &format!("{body}\n | — | 卯某 | — | 0"), "RRRR"),
            ("a section with its task", &format!("{body}\n | （一）某项 | 卯某\n{body}"), "RRRRRRR"),
            ("set as the lower part of a form", &format!("{body}\n某评 | < | 某语 | < | <"), "RRRF"),
            ("one wide cell of three", &format!("{body}\n某评 | < | 某语 | 子某 | 丑某"), "RRRR"),
            ("with its number", &format!("{body}\n4 | 某评 | < | 某语 | <"), "RRRR"),
        ],
    );
    check(
        "分组 | 序号 | 工作任务 | 完成情况 | 备注",
        &[(
            "groups in a column of their own",
            "某组\n | 1 | 甲某 | 子某 | 丑\n | 2 | 乙某 | 寅某 | 卯\n另组\n | 3 | 丙某 | 辰某 | 巳\n | 4 | 丁某 | 午某 | 未",
            "SRRSRR",
        )],
    );
}

#[test]
fn the_style_of_numbers_that_most_records_have() {
    let row = |number: u32, styled: bool| format!("{number} | {}某事 | 子 | 丑", if styled { "1）" } else { "" });
    let body = |styled: u32| (1..=4).map(|at| row(at, at <= styled)).collect::<Vec<_>>().join("\n");
    let (last, long) = (row(5, false), "某项某事".repeat(5));
    check(
        FOUR,
        &[
            ("half of them", &format!("{}\n | 3）{long}\n{last}", body(2)), "RRRRSR"),
            ("more than half", &format!("{}\n | 3）{long}\n{last}", body(3)), "RRRRRR"),
        ],
    );
}
