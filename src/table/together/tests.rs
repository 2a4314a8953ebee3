//! Columns that say one thing together, each group beside neighbours that are none.

use super::*;
use crate::division::{FieldSet, fields};
use crate::table::{fixture, survey};

/// The headings of the first table with the fields of those joined, then what each row of data says in them.
fn joined(drawing: &str) -> Vec<String> {
    let (mut texts, set) = (Texts::default(), FieldSet::builtin());
    let sheet = fixture::sheet(drawing, &mut texts);
    let mut table = survey(&sheet, &texts, &set).remove(0);
    let is_state = |text: &str| {
        ["已完成", "推进中", "未完成", "未完成及原因", "未完成原因", "计划", "推进措施", "基本情况", "部分名单"]
            .contains(&text)
    };
    join(&mut table, &sheet, &texts, &set, is_state, fields::DATE);
    let named = table.columns.iter().map(|c| match (&c.together, c.field) {
        (Some(_), Some(field)) => format!("{}={}", c.heading, set.spec(field).name),
        _ => c.heading.clone(),
    });
    let mut seen = vec![named.collect::<Vec<_>>().join(" ")];
    let together: Vec<&Together> = table.columns.iter().filter_map(|c| c.together.as_ref()).collect();
    for row in table.rows.iter().filter(|row| row.1 == RowClass::Data && !together.is_empty()) {
        let row = sheet.grid.row(row.0).expect("a row of data");
        seen.push(together.iter().map(|of| of.text(row, &texts)).collect::<Vec<_>>().join(" "));
    }
    seen
}

#[test]
fn a_mark_under_one_of_several_states() {
    assert_eq!(
        joined("工作任务 | 已完成 | 推进中 | 未完成\n甲 | √ | × | \n乙 | | 是 | 1\n丙 | 0 | | "),
        ["工作任务 已完成、推进中、未完成=完成情况", "已完成", "推进中、未完成", ""]
    );
    for (why, drawing) in [
        ("one state", "工作任务 | 已完成 | 备注\n甲 | √ | \n乙 | √ |"),
        ("two filled in one row", "工作任务 | 已完成 | 未完成\n甲 | √ | \n乙 | √ | 待定"),
        ("headings of other columns", "工作任务 | 计划 | 推进措施\n甲 | 巡查 | \n乙 | | 宣传"),
        ("other columns that begin like states", "工作任务 | 基本情况 | 部分名单\n甲 | 四栋 | \n乙 | | 子某"),
        ("counts", "工作任务 | 已完成 | 未完成\n甲 | 5 | 0\n乙 | | 1"),
        ("no mark at all", "工作任务 | 已完成 | 未完成 | 备注\n甲 | | | 子\n乙 | | | 丑"),
        ("a column of states besides", "工作任务 | 已完成 | 未完成 | 完成情况\n甲 | √ | | 已完成"),
    ] {
        assert_eq!(joined(drawing).len(), 1, "{why}: {:?}", joined(drawing));
    }
    // Only the first rows decide.
    let long = |rows: usize| format!("工作任务 | 已完成 | 未完成\n{}甲 | 5 |\n", "甲 | √ |\n".repeat(rows));
    assert_eq!((joined(&long(199)).len(), joined(&long(200)).len()), (1, 202));
}

#[test]
fn what_stands_below_a_state_instead_of_a_mark_is_kept() {
    for (cells, fields, said) in [
        (["√ | |", " | 60% |", " | | √"], &["完成情况", "进展"][..], ["已完成 ", "推进中60% 60%", "未完成及原因 "]),
        (
            ["'8.20 | |", " | | 设备未到", " | '9.20 |"],
            &["完成情况", "完成日期", "进展"],
            ["已完成 8.20 ", "未完成及原因  设备未到", "推进中  9.20"],
        ),
        (["√8月5日 | |", "√ | |", " | × |"], &["完成情况", "完成日期", "进展"][..2], ["已完成 8月5日", "已完成 ", " "]),
        (
            ["检查三处 | |", " | 无 | 等通知", " | |"],
            &["完成情况", "进展"],
            ["已完成 检查三处", "未完成及原因 等通知", " "],
        ),
    ] {
        let rows = cells.map(|cells| format!("甲 | {cells}\n")).concat();
        let columns: Vec<String> =
            fields.iter().map(|field| format!(" 已完成、推进中、未完成及原因={field}")).collect();
        let seen = joined(&format!("工作任务 | 已完成 | 推进中 | 未完成及原因\n{rows}"));
        assert_eq!(
            seen,
            [&[format!("工作任务{}", columns.concat())][..], &said.map(str::to_owned)].concat(),
            "{cells:?}"
        );
    }
    let reason = "工作任务 | 已完成 | 未完成 | 未完成原因\n甲 | 8月5日 | |\n乙 | | √ | 设备未到\n";
    assert_eq!(
        joined(reason)[..2],
        ["工作任务 已完成、未完成=完成情况 已完成、未完成=完成日期 未完成原因", "已完成 8月5日"],
        "the reason has a column of its own"
    );
    let taken = "工作任务 | 进展 | 已完成 | 未完成\n甲 | 检查 | √ |\n乙 | | | 待定\n";
    assert_eq!(joined(taken), ["工作任务 进展 已完成、未完成=完成情况 已完成、未完成", "已完成 ", "未完成 待定"]);
}

#[test]
fn a_day_in_parts() {
    assert_eq!(
        joined("工作任务 | 年 | 月 | 日\n甲 | 2014 | 8 | 5日\n乙 | | 8 | "),
        ["工作任务 年、月、日=日期", "2014年8月5日", "8月"]
    );
    assert_eq!(joined("工作任务 | 月 | 日 | 备注\n甲 | 8 | 5 | 子"), ["工作任务 月、日=日期 备注", "8月5日"]);
    assert_eq!(joined("工作任务 | 年 | 月 | 备注\n甲 | 2014 | 8 | 子"), ["工作任务 年、月=日期 备注", "2014年8月"]);
    assert_eq!(
        joined("工作任务 | 完成时间 | < | <\n^ | 年 | 月 | 日\n甲 | 2014 | 8 | 5"),
        ["工作任务 完成时间（年、月、日）=完成日期", "2014年8月5日"],
        "the field of the group"
    );
    for drawing in [
        "工作任务 | 日 | 月 | 备注\n甲 | 5 | 8 | 子",
        "工作任务 | 年 | 日 | 备注\n甲 | 2014 | 5 | 子",
        "工作任务 | 日期 | 月 | 日\n甲 | 8月5日 | 8 | 5",
    ] {
        assert_eq!(joined(drawing).len(), 1, "{:?}", joined(drawing));
    }
}

#[test]
fn the_first_and_the_last_day() {
    for (first, last) in [("起", "止"), ("自", "至"), ("开始", "结束"), ("从", "到")] {
        let drawing = format!(
            "工作任务 | {first} | {last} | 备注\n甲 | 8月1日 | 8月5日 | 子\n乙 | 8月1日 | 8月1日 |\n丙 | | 8月3日 |"
        );
        assert_eq!(joined(&drawing)[1..], ["8月1日至8月5日", "8月1日", "8月3日"], "{first}");
    }
    for drawing in ["工作任务 | 止 | 起 | 备注\n甲 | 8月1日 | 8月5日 | 子", "工作任务 | 起 | 备注\n甲 | 8月1日 | 子"]
    {
        assert_eq!(joined(drawing).len(), 1, "{:?}", joined(drawing));
    }
}

#[test]
fn kinds_of_evidence_with_marks_and_amounts() {
    assert_eq!(
        joined(
            "工作任务 | 佐证材料 | < | <\n^ | 通知 | 现场照片 | 工作总结\n甲 | √ | 5张 |\n乙 | 有 | 无 | 有\n丙 | 3 | 两张 | ×\n丁 | | |"
        ),
        [
            "工作任务 佐证材料（通知、现场照片、工作总结）=佐证材料",
            "通知、现场照片5张",
            "通知、工作总结",
            "通知3、现场照片",
            ""
        ]
    );
    for (why, drawing) in [
        ("a word", "序号 | 工作任务 | 完成情况 | 佐证材料 | <\n^ | ^ | ^ | 通知 | 照片\n1 | 甲 | 已完成 | √ | 见附件"),
        ("no kinds", "序号 | 工作任务 | 完成情况 | 佐证材料 | <\n^ | ^ | ^ | 名称 | 份数\n1 | 甲 | 已完成 | 通知 | 2"),
        (
            "not all are kinds",
            "序号 | 工作任务 | 完成情况 | 佐证材料 | < | <\n^ | ^ | ^ | 通知 | 照片 | 份数\n1 | 甲 | 已完成 | √ | √ | 2",
        ),
        ("another group", "序号 | 工作任务 | 完成情况 | 宣传 | <\n^ | ^ | ^ | 通知 | 照片\n1 | 甲 | 已完成 | √ | 5张"),
        ("one kind", "序号 | 工作任务 | 完成情况 | 佐证材料 | 备注\n^ | ^ | ^ | 通知 | ^\n1 | 甲 | 已完成 | √ | "),
    ] {
        assert_eq!(joined(drawing).len(), 1, "{why}: {:?}", joined(drawing));
    }
}

#[test]
fn signs_that_say_yes_and_no() {
    let mut texts = Texts::default();
    let mut marks = |signs: &str| -> Vec<Mark> {
        signs.split(' ').map(|sign| is_mark(fixture::raw(sign, &mut texts), &texts)).collect()
    };
    assert!(marks("√ ✓ ✔ ☑ ■ ● ▲ ★ 1 是 V y * 〇 ○ 对").iter().all(|mark| *mark == Mark::Set));
    assert!(marks("× 否 0 / - — □ 无 X n").iter().all(|mark| *mark == Mark::Unset));
    assert!(marks("2 待定 √√ 不").iter().all(|mark| *mark == Mark::No));
}
