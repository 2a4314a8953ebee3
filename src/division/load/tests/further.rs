//! Workbooks with several sheets of tasks.

use crate::division::fixture::{division, findings, owed};

/// The tasks and findings of a workbook with these sheets: name and rows below the heading.
fn read(sheets: &[(&str, &str)]) -> (String, Vec<String>) {
    let sheet = |(name, rows): &(&str, &str)| {
        if rows.contains("工作任务") {
            return format!("=== {name}\n{rows}\n");
        }
        format!("=== {name}\n序号 | 工作任务 | 责任单位\n{rows}\n")
    };
    let division = division(&sheets.iter().map(sheet).collect::<String>());
    (owed(&division), findings(&division))
}

#[test]
fn the_sheets_of_tasks_are_read_in_order() {
    let (roads, traffic) = ("1 | 清扫主干道 | 城管局\n2 | 清理小广告 | 城管局", "3 | 整治乱停车 | 公安局");
    let all = "1 清扫主干道 | 城管局\n2 清理小广告 | 城管局\n3 整治乱停车 | 公安局";
    for names in [("环境卫生", "交通秩序"), ("任务分工", "任务分工（续）"), ("Sheet1", "Sheet2")] {
        assert_eq!(read(&[(names.0, roads), (names.1, traffic)]), (all.into(), vec![]), "{names:?}");
    }
    // 任务分工 comes first wherever it stands
    assert_eq!(read(&[("续", traffic), ("任务分工", roads)]), (all.into(), vec![]));
    let numbered = "1-1 清扫主干道 | 城管局\n1-2 清理小广告 | 城管局\n2-1 整治乱停车 | 公安局";
    for names in [("环境卫生", "交通秩序"), ("任务分工", "任务分工（二）"), ("Sheet1", "Sheet2")] {
        assert_eq!(read(&[(names.0, roads), (names.1, "1 | 整治乱停车 | 公安局")]), (numbered.into(), vec![]));
    }
}

#[test]
fn a_sheet_that_is_not_read_is_told_if_something_of_it_is_lost() {
    let tasks = "1 | 甲事 | 综合科\n2 | 乙事 | 财务科\n3 | 丙事 | 财务科";
    let expected = "1 甲事 | 综合科\n2 乙事 | 财务科\n3 丙事 | 财务科";
    let told = |name: &str, rows: &str| {
        let (owed, findings) = read(&[("任务分工", tasks), (name, rows)]);
        assert_eq!(owed, expected, "{name} {rows}");
        !findings.is_empty() && findings.iter().all(|finding| finding.starts_with("P518 A1:"))
    };
    assert!(told("任务分工（修订前）", "4 | 丁事 | 综合科"));
    assert!(told("2013年分工", "4 | 丁事 | 综合科"));
    assert!(told("另一稿", "1 | 甲事 | 综合科\n2 | 乙事 | 综合科\n4 | 丁事 | 综合科"));
    assert!(told("台账", "序号 | 工作任务 | 责任单位 | 完成情况\n4 | 丁事 | 综合科 | 已完成"));
    let coded = "序号 | 任务类别 | 工作任务 | 责任单位\n";
    let (owed, findings) = read(&[
        ("任务分工", &format!("{coded}1 | 宣传 | 甲事 | 综合科")),
        ("补充", &format!("{coded}1 | 宣传 | 乙事 | 综合科")),
    ]);
    assert_eq!((owed.as_str(), findings), ("1 甲事 | 综合科", vec!["P518 A1:D1".to_owned()]));
    // the same tasks by unit, a list without units
    assert!(!told("按单位", "1 | 乙事 | 财务科\n2 | 甲事 | 综合科"));
    assert!(!told("测评体系", "序号 | 工作任务 | 分值\n1 | 测评一 | 3\n2 | 测评二 | 4"));
}
