//! Forms of labels and values, each beside a neighbour that is none.

use super::*;
use crate::division::FieldSet;
use crate::table::fixture;

/// Each form: its area, its labels with the fields and the cells of their values, the lines above and below.
fn seen(drawing: &str) -> Vec<String> {
    let (mut texts, set) = (Texts::default(), FieldSet::builtin());
    let sheet = fixture::sheet(drawing, &mut texts);
    let lines = |lines: &[Line]| lines.iter().map(|line| line.2.clone()).collect::<Vec<_>>().join(",");
    let form = |form: Form| {
        let entries = form.entries.iter().map(|entry| {
            let field = entry.field.map_or("-".to_owned(), |field| set.spec(field).name.clone());
            let field = if field == entry.label { String::new() } else { format!("={field}") };
            format!("{}{field}@{}", entry.label, Area::cell(entry.value.0, entry.value.1))
        });
        let entries = entries.collect::<Vec<_>>().join(" ");
        format!("{} [{}] {entries} [{}]", form.area, lines(&form.above), lines(&form.below))
    };
    forms(&sheet, &texts, &set).into_iter().map(form).collect()
}

#[test]
fn values_beside_below_and_behind() {
    let form = "工作任务 | 甲\n完成情况 | 乙\n备注 | 丙";
    assert_eq!(seen(form), ["A1:B3 [] 工作任务@B1 完成情况@B2 备注@B3 []"]);
    assert_eq!(seen("工作任务：甲\n完成情况：乙\n备注："), ["A1:B3 [] 工作任务@A1 完成情况@A2 备注@B3 []"]);
    assert_eq!(
        seen("题\n工作任务 | 甲\n中\n完成情况 | 乙\n备注 | 丙\n尾"),
        ["A2:B5 [题] 工作任务@B2 完成情况@B4 备注@B5 [中,尾]"]
    );
    assert_eq!(seen("工作任务 | 甲\n备注 | 丙\n完成情况 | <\n乙 | <"), ["A1:B4 [] 工作任务@B1 备注@B2 完成情况@A4 []"]);
    assert_eq!(seen("工作任务 | 甲 | \n备注 | 丙 | 丁\n完成情况 | <\n乙 | <"), [""; 0], "three cells are no pairs");
    assert_eq!(
        seen("工作任务 | 甲 | 备注 | 丙\n完成情况 | <\n乙 | <"),
        ["A1:D2 [] 工作任务@B1 备注@D1 完成情况@C2 [乙]"],
        "narrower than the sheet"
    );
    assert_eq!(
        seen("组 | 工作任务 | 甲\n^ | 备注 | 丙\n^ | 完成情况 | 乙"),
        ["B1:C3 [] 工作任务@C1 备注@C2 完成情况@C3 []"]
    );
}

#[test]
fn three_labels_two_of_them_known() {
    for (drawing, count) in [
        ("工作任务 | 甲\n完成情况 | 乙\n备注 | 丙", 1),
        ("工作任务 | 甲\n完成情况 | 乙", 0),
        ("工作任务 | 甲\n完成情况 | 乙\n无名： | 丙", 1),
        ("工作任务 | 甲\n某名： | 乙\n无名： | 丙", 0),
        // A label that stands again begins the next; a row of a table ends the last.
        ("工作任务 | 甲\n完成情况 | 乙\n备注 | 丙\n工作任务 | 甲\n完成情况 | 乙\n备注 | 丙", 2),
        ("工作任务 | 甲\n完成情况 | 乙\n甲 | 乙 | 丙\n备注 | 丙", 0),
        ("工作任务 | 甲\n完成情况 | 乙\n无名： | 丙\n无名： | 丁", 1),
        ("工作任务 | 准备日期\n完成情况 | 乙\n备注 | 丙\n责任人 | 丁", 1),
        ("工作任务 | 准备日期\n完成情况 | 乙\n备注 | 丙", 0),
    ] {
        assert_eq!(seen(drawing).len(), count, "{drawing}: {:?}", seen(drawing));
    }
}

#[test]
fn what_is_a_label_and_what_a_value() {
    let of = |row: &str| seen(&format!("工作任务 | 甲\n完成情况 | 乙\n备注 | 丙\n{row}"));
    let last = |row: &str| {
        let seen = of(row);
        let entries = seen[0].split("] ").nth(1).unwrap_or_default();
        entries.split(' ').nth(3).filter(|entry| entry.contains('@')).unwrap_or_default().to_owned()
    };
    for (row, entry) in [
        ("责任单位 | 综合科", "责任单位@B4"),
        ("责任单位：综合科", "责任单位@A4"),
        ("责任单位：", "责任单位@B4"),
        ("1、责任单位 | 综合科", "1、责任单位=责任单位@B4"),
        ("佐证材料 | 照片", "佐证材料@B4"),
        ("责任单位 | 存在问题", ""),
        ("责任单位：甲：乙", ""),
        (&format!("{}情况 | 丁", "甲".repeat(12)), &format!("{}情况=-@B4", "甲".repeat(12))),
        (&format!("{}情况 | 丁", "甲".repeat(13)), ""),
    ] {
        assert_eq!(last(row), entry, "{row}: {:?}", of(row));
    }
}
