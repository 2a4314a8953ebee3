//! For each kind a division with the fault, and a similar one without it.

use super::KINDS;
use crate::basis::settings::Settings;
use crate::division::fixture::{findings, with};

/// Code, faulty division, correct division.
const CASES: &[(&str, &str, &str)] = &[
    (
        "P501",
        "编号 | 任务 | 责任单位\n1 | 甲事 | ——\n2 | 乙事 | 综合科",
        "编号 | 任务 | 牵头单位 | 责任单位\n1 | 甲事 | 综合科 | ——",
    ),
    (
        "P502",
        "编号 | 任务 | 责任单位\n1 | 甲事 | 督查室\n=== 单位名录\n单位名称 | 别名\n综合科 | 综合办",
        "编号 | 任务 | 责任单位\n1 | 甲事 | 综合办、综合 科。\n=== 单位名录\n单位名称 | 别名\n综合科 | 综合办",
    ),
    (
        "P503",
        "编号 | 任务 | 责任单位\n1 | 甲事 | 综合科、各相关单位",
        "编号 | 任务 | 责任单位\n1 | 甲事 | 各科室\n=== 单位名录\n单位名称 | 分组\n综合科 | 科室\n财务科 | 科室",
    ),
    (
        "P504",
        "编号 | 任务 | 责任单位\nⅡ-1 | 甲事 | 综合科\nII—1 | 乙事 | 综合科",
        "编号 | 任务 | 责任单位\nⅡ-1 | 甲事 | 综合科\nII—1 | 甲事。 | 后勤中心",
    ),
    (
        "P505",
        "编号 | 任务 | 责任单位 | 报送周期\n1 | 甲事 | 综合科 | 不定期",
        "编号 | 任务 | 责任单位 | 报送周期\n1 | 甲事 | 综合科 | 每 季 度",
    ),
    (
        "P506",
        "编号 | 任务 | 责任单位 | 考核指标\n1 | 甲事 | 综合科 | 经常巡查",
        "编号 | 任务 | 责任单位 | 考核指标\n1 | 甲事 | 综合科 | 每周巡查不少于3次",
    ),
    (
        "P507",
        "编号 | 任务 | 责任单位 | 分值\n1 | 甲事 | 综合科 | 60\n2 | 乙事 | 综合科 | 46",
        "编号 | 任务 | 责任单位 | 分值\n1 | 甲事 | 综合科 | 33.3\n2 | 乙事 | 综合科 | 66.7分",
    ),
    (
        "P508",
        "编号 | 任务 | 责任单位 | 完成时限\n1 | 甲事 | 综合科 | 尽快",
        "编号 | 任务 | 责任单位 | 完成时限\n1 | 甲事 | 综合科 | 长期坚持",
    ),
    ("P509", "编号 | 任务 | 责任单位\n1 | 迎接第×届评选 | 综合科", "编号 | 任务 | 责任单位\n1 | 设3×5米展板 | 综合科"),
    (
        "P510",
        "编号 | 任务 | 责任单位\n1 | 甲事 | 综合科\n3 | 乙事 | 综合科",
        "编号 | 任务 | 责任单位\n2 | 甲事 | 综合科\n1 | 乙事 | 综合科",
    ),
    (
        "P511",
        "编号 | 任务 | 责任单位\n1 | 甲事 | 党政办\n2 | 乙事 | 某镇党政办公室",
        "编号 | 任务 | 责任单位\n1 | 甲事 | 市场监督管理所\n2 | 乙事 | 市场监督管理局",
    ),
    (
        "P513",
        "编号 | 任务 | 责任单位\n1 | 甲事 | 综合科\n=== 单位名录\n单位名称 | 起用日期\n综合科 | 去年",
        "编号 | 任务 | 责任单位\n1 | 甲事 | 综合科\n=== 单位名录\n单位名称 | 起用日期\n综合科 | 2014年3月",
    ),
    (
        "P517",
        "编号 | 任务 | 责任单位 | 完成时限\n1 | 甲事 | 综合科 | 6月底\n1 | 甲事 | 综合科 | 7月底",
        "编号 | 任务 | 责任单位 | 完成时限\n1 | 甲事 | 综合科 | 6月底\n1 | 甲事 | 财务科 | 7月底",
    ),
    ("P512", "编号 | 任务 | 责任单位\n1 | |\n2 | |", "编号 | 任务 | 责任单位\n1 | 甲事 | 综合科\n2 | |"),
];

#[test]
fn every_kind_is_found_and_its_neighbour_stays_silent() {
    let has = |drawing: &str, code: &str| {
        let division = with(drawing, &Settings { window: Some("2014-08".into()), ..Settings::default() });
        findings(&division).iter().any(|found| found.starts_with(code))
    };
    for (code, faulty, good) in CASES {
        assert!(has(faulty, code), "{code} in {faulty}");
        assert!(!has(good, code), "{code} in {good}");
    }
    let covered: Vec<&str> = CASES.iter().map(|case| case.0).collect();
    assert!(KINDS.iter().all(|kind| covered.contains(&kind.code)));
}
