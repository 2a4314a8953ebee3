//! Tasks of several rows that ask different things of different units.

use crate::division::fixture::{division, findings};
use crate::division::{Division, Terms};

/// What the tasks ask of each unit, one line each: `code unit | deadline | cycle | indicator | evidence | marks`.
fn asked(division: &Division) -> Vec<String> {
    let shown = |terms: &Terms| {
        let indicator = terms.indicator.as_ref().map_or("", |indicator| &indicator.value);
        let cycle = terms.cycle.map_or(String::new(), |cycle| format!("{cycle:?}"));
        let marks = terms.marks.map_or(String::new(), |marks| marks.to_string());
        [&terms.deadline_text, &cycle, indicator, &terms.evidence.join("、"), &marks].join(" | ")
    };
    let tasks = division.tasks.iter();
    let lines = tasks.flat_map(|task| task.units.iter().map(move |unit| (task, *unit)));
    lines
        .map(|(task, unit)| format!("{} {} | {}", task.code, division.unit(unit).name, shown(task.terms(unit))))
        .collect()
}

const HEADING: &str = "序号 | 工作任务 | 责任单位 | 完成时限 | 报送周期 | 考核指标 | 佐证材料 | 分值\n";

#[test]
fn each_unit_owes_what_its_own_row_asks() {
    let expected = ["1 甲局 | 6月底 | Week | 次数≥4/年 | 照片 | 5", "1 乙局 | 7月底 | Month | 次数≥2/年 | 通知 | 3"];
    for rows in [
        "1 | 广告整治 | 甲局 | 6月底 | 每周 | 次数≥4/年 | 照片 | 5\n^ | ^ | 乙局 | 7月底 | 每月 | 次数≥2/年 | 通知 | 3",
        "1 | 广告整治 | 甲局 | 6月底 | 每周 | 次数≥4/年 | 照片 | 5\n | | 乙局 | 7月底 | 每月 | 次数≥2/年 | 通知 | 3",
        "1 | 广告整治 | 甲局 | 6月底 | 每周 | 次数≥4/年 | 照片 | 5\n1 | 广告整治 | 乙局 | 7月底 | 每月 | 次数≥2/年 | 通知 | 3",
        "1 | 广告整治 | 甲局 | 6月底 | 每周 | 次数≥4/年 | 照片 | 5\n\
         1 | 广告整治 | 乙局 | 7月底 | 每月 | 次数≥2/年 | 通知 | 3\n1 | 广告整治 | 甲局 | | | | |",
    ] {
        let division = division(&format!("{HEADING}{rows}"));
        assert_eq!(asked(&division), expected, "{rows}");
        assert_eq!((findings(&division).len(), division.tasks[0].whole.marks), (0, Some(8.0)), "{rows}");
    }
}

#[test]
fn what_is_written_once_counts_for_all_rows_of_a_task() {
    let rows = "1 | 广告整治 | 甲局 | 6月底 | 每周 | 次数≥4/年 | 照片 | 5\n";
    let (first, second) = ("甲局 | 6月底 | Week | 次数≥4/年 | 照片 | 5", "乙局 | 6月底 | Week | 次数≥4/年 | 照片 | 5");
    for more in ["^ | ^ | 乙局 | ^ | ^ | ^ | ^ | ^", " | | 乙局", "1 | 广告整治 | 乙局 | 同上 | 〃 | | 照片 | 5"]
    {
        let division = division(&format!("{HEADING}{rows}{more}"));
        assert_eq!(asked(&division), [first, second].map(|line| format!("1 {line}")), "{more}");
        assert_eq!((findings(&division).len(), division.tasks[0].whole.marks), (0, Some(5.0)), "{more}");
    }
}

#[test]
fn a_further_row_speaks_for_its_own_units_alone() {
    for (rows, until) in [
        ("甲局\n乙局 | 7月底\n丙局 | 8月底", "-、7月底、8月底"),
        ("甲局 | 6月底\n乙局 | 7月底\n丙局", "6月底、7月底、6月底"),
        ("| 6月底\n甲局\n乙局 | 7月底\n丙局", "6月底、7月底、6月底"),
        // a merged cell is of every row it covers, 同上 of the row above
        ("甲局\n乙局 | 7月底\n丙局 | ^", "-、7月底、7月底"),
        ("甲局 | 6月底\n乙局 | 7月底\n丙局 | 同上\n丁局 | 〃", "6月底、7月底、7月底、7月底"),
        ("甲局\n乙局 | 同上\n丙局 | 8月底", "-、-、8月底"),
    ] {
        for (first, further) in [("1 | 广告整治", "^ | ^"), ("1 | 广告整治", " | "), ("1 | 广告整治", "1 | 广告整治")]
        {
            let written = rows.replace('\n', &format!("\n{further} | "));
            let division = division(&format!("{HEADING}{first} | {written}\n2 | 环境整治 | 戊局 | 同上"));
            let seen: Vec<String> = asked(&division)
                .iter()
                .map(|line| line.split(" | ").nth(1).filter(|text| !text.is_empty()).unwrap_or("-").into())
                .collect();
            let last = until.rsplit('、').next().unwrap_or_default();
            assert_eq!(seen.join("、"), format!("{until}、{last}"), "{written}");
        }
    }
}

#[test]
fn of_two_deadlines_for_one_unit_the_second_is_told() {
    for (rows, expected) in [
        // steps of one unit
        ("1 | 广告整治 | 甲局 | 6月底\n^ | ^ | ^ | 7月底", &["P517 D3"][..]),
        ("1 | 广告整治 | 甲局 | 6月底 | 每周\n | | 甲局 | 7月底 | 每月", &["P517 D3", "P517 E3"]),
        ("1 | 广告整治 | 甲局 | 6月底\n^ | ^ | ^ | ^", &[]),
        ("1 | 广告整治 | 甲局 | 6月底\n^ | ^ | ^ | 6 月底", &[]),
        ("1 | 广告整治 | 甲局、乙局 | 6月底\n^ | ^ | 乙局、丙局 | 7月底", &["P517 D3"]),
        ("1 | 广告整治 | 甲局 | 6月底\n^ | ^ | 乙局 | 下旬某日", &["P508 D3"]),
    ] {
        let division = division(&format!("{HEADING}{rows}"));
        assert_eq!(findings(&division), expected, "{rows}");
    }
    // a unit that leads over all rows
    let division = division(
        "序号 | 工作任务 | 牵头单位 | 责任单位 | 完成时限\n1 | 广告整治 | 甲局 | 乙局 | 6月底\n^ | ^ | ^ | 丙局 | 7月底",
    );
    assert_eq!(findings(&division), ["P517 E3"]);
    let counts: Vec<&str> =
        division.tasks[0].units.iter().map(|unit| division.tasks[0].terms(*unit).deadline_text.as_str()).collect();
    assert_eq!(counts, ["6月底\n7月底", "6月底", "7月底"]);
}

#[test]
fn two_columns_of_one_meaning_are_no_two_deadlines() {
    let division = division("序号 | 工作任务 | 责任单位 | 完成时限 | 时间安排\n1 | 广告整治 | 甲局 | 6月底 | 1月启动");
    assert_eq!(findings(&division), [""; 0]);
}

#[test]
fn a_cycle_that_asks_for_more_than_one_report_is_told() {
    for (written, cycle, told) in [
        ("每年两次", "Year", true),
        ("每季度不少于2次", "Quarter", true),
        ("每周2次", "Week", true),
        ("2次/月", "Month", true),
        ("每周、每月", "Week", true),
        ("每月5日、20日", "Month", true),
        ("每周一、三、五", "Week", true),
        ("每年一次", "Year", false),
        ("每月至少1次", "Month", false),
        ("每月28日前", "Month", false),
        ("每周五", "Week", false),
        ("每季度", "Quarter", false),
    ] {
        let division = division(&format!("{HEADING}1 | 广告整治 | 甲局 | | {written} | | |"));
        assert_eq!(findings(&division).contains(&"P505 E2".to_owned()), told, "{written}");
        assert_eq!(
            division.tasks[0].whole.cycle.map(|cycle| format!("{cycle:?}")).as_deref(),
            Some(cycle),
            "{written}"
        );
    }
}
