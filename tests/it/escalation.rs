//! How long each item stands open from month to month, whatever it was told as, and the step of the notice by it.

use std::fs;
use std::path::Path;

use crate::half_year::{begun, receive, run};
use crate::render::returned::words;

const DIVISION: &str = "任务编号,工作任务,责任单位,报送周期,完成时限
1,绿化养护质量检查,园林科、市政科,每月,
2,冬季防冻专项检查,园林科,,2014年2月-2014年4月
3,道路设施月度巡查,市政科、督查室,每月,
4,清扫保洁周报,环卫科,每周,
5,执法文书评查,督查室,每月,
";

/// The step of a unit's notice, how many of its items it says stand since an earlier window, and in which words.
fn told(dir: &Path, month: u32, unit: &str) -> (Option<&'static str>, bool, Vec<String>) {
    let letter = words(&fs::read(dir.join(format!("输出/2014-{month:02}/通知/{unit}.docx"))).expect("a notice"));
    let step = ["提醒", "催报", "整改"].into_iter().find(|step| letter.contains(&format!("{step}〔2014〕")));
    let since =
        letter.match_indices("起未办结").map(|(at, _)| letter[..at].rsplit('年').next().unwrap_or_default().to_owned());
    (step, letter.contains("其中1项已跨报告期"), since.collect())
}

#[test]
fn an_item_stands_since_it_was_first_lacking_and_not_since_its_unit_was_silent() {
    let dir = begun("");
    fs::write(dir.path().join("任务分工.csv"), DIVISION).expect("written");
    receive(dir.path(), 1, &[("市政科", "3 正在推进"), ("督查室", "3 正在推进；5 正在推进")]);
    run(dir.path(), 1, 8);
    for unit in ["园林科", "市政科", "环卫科"] {
        assert_eq!(told(dir.path(), 1, unit), (Some("催报"), false, vec![]), "{unit}");
    }
    receive(dir.path(), 2, &[]);
    run(dir.path(), 2, 7);
    run(dir.path(), 2, 8);
    let first = || vec!["2月8日".to_owned()];
    // task 2 is owed from February on
    assert_eq!(told(dir.path(), 2, "园林科"), (Some("整改"), true, first()));
    // task 1 was left out in January, and nothing came in February
    assert_eq!(told(dir.path(), 2, "市政科"), (Some("整改"), true, first()));
    // four weeks, told in one row
    assert_eq!(told(dir.path(), 2, "环卫科"), (Some("整改"), false, first()));
    assert_eq!(told(dir.path(), 2, "督查室"), (Some("催报"), false, vec![]));
    // what came in February begins anew
    receive(dir.path(), 2, &[("市政科", "1 正在推进；3 正在推进")]);
    run(dir.path(), 2, 9);
    receive(dir.path(), 3, &[("市政科", "3 正在推进")]);
    run(dir.path(), 3, 8);
    assert_eq!(told(dir.path(), 3, "市政科"), (Some("催报"), false, vec![]));
    assert_eq!(told(dir.path(), 3, "督查室"), (Some("整改"), false, vec!["3月7日".to_owned()]));
}
