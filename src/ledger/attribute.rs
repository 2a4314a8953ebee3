//! Finds the task of a row by its code, else by its text, else by the best likeness that is high enough and clearly ahead.

use super::record::Attribution;
use crate::basis::text::{code_key, skeleton, unnumbered};
use crate::basis::{TaskId, UnitId};
use crate::division::Division;
use crate::division::lookup::{AHEAD, ENOUGH, ENOUGH_BACKED};

/// The cells of a row that help to find its task.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Clues<'a> {
    /// The cell under 任务编号.
    pub(super) code: &'a str,
    /// The cell under 序号; it counts only if the text agrees.
    pub(super) serial: &'a str,
    /// The cell under 工作任务.
    pub(super) text: &'a str,
    /// The cell under 任务类别.
    pub(super) category: &'a str,
    /// The title of its section.
    pub(super) section: &'a str,
    /// The unit that reports; decides between tasks that fit equally well.
    pub(super) unit: Option<UnitId>,
    /// What the row stands in.
    pub(super) form: Form,
}

/// Whether a row stands in a blank form of this program, of which code and text of the task are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Form {
    /// In no such form.
    #[default]
    None,
    /// In one for what the unit owes now.
    Current,
    /// In one from before its tasks were changed, whose codes may be those of others now.
    Outdated,
}

/// Finds the task of a row. Returns also how it was found.
pub(super) fn attribute(clues: Clues<'_>, division: &Division) -> (Option<TaskId>, Attribution) {
    let index = division.index();
    let whole = skeleton(clues.text);
    let bare = unnumbered(clues.text);
    let mut equal = index.by_text(&whole);
    if equal.is_empty() {
        equal = index.by_text(&skeleton(bare));
    }

    let (task, certain) = by_code(clues, division, equal);
    if let Some(task) = task {
        if equal.is_empty() || equal.contains(&task) {
            let printed = clues.form == Form::Current;
            return (Some(task), if printed { Attribution::Stamp } else { Attribution::Code });
        }
        if clues.form == Form::Outdated
            && let [renumbered] = equal
        {
            return (Some(*renumbered), Attribution::Text);
        }
        if certain {
            return (Some(task), Attribution::CodeAgainstText(equal[0]));
        }
    }
    match equal {
        [] => {}
        [one] => return (Some(*one), Attribution::Text),
        several => {
            return match settle(several, clues, division) {
                Some(task) => (Some(task), Attribution::Text),
                None => (None, Attribution::None { best: Some(several[0]), likeness: 100 }),
            };
        }
    }
    by_likeness(clues, &whole, bare, division)
}

/// The task with the code of the row, and whether the code is certain. A number from 序号, or one completed by the
/// section, is not.
fn by_code(clues: Clues<'_>, division: &Division, equal: &[TaskId]) -> (Option<TaskId>, bool) {
    let index = division.index();
    let pick = |key: &str| match index.by_code(key) {
        [] => None,
        [one] => Some(*one),
        several => several.iter().find(|task| equal.contains(task)).or(several.first()).copied(),
    };
    if !clues.code.is_empty() {
        let key = code_key(clues.code);
        // A bare number is looked up within the category if numbers restart there.
        if is_bare(&key)
            && let Some(task) = in_category(clues, &key, division)
        {
            return (Some(task), true);
        }
        if let Some(task) = pick(&key) {
            return (Some(task), true);
        }
    }
    // a number in front of the text: 1-3 广告整治
    let before = &clues.text[..clues.text.len() - unnumbered(clues.text).len()];
    if clues.code.is_empty() && !before.trim().is_empty() {
        let key = code_key(before);
        if !is_bare(&key)
            && let Some(task) = pick(&key).filter(|&task| agrees(task, unnumbered(clues.text), division))
        {
            return (Some(task), true);
        }
    }
    if clues.text.trim().is_empty() || !clues.serial.is_empty() && !is_bare(&code_key(clues.serial)) {
        // a code such as 1-3 under 序号 counts unless the text contradicts it
        let key = code_key(clues.serial);
        if !is_bare(&key)
            && let Some(task) = pick(&key)
        {
            return (Some(task), false);
        }
    }
    // only a code under 工作任务
    if clues.text.len() <= 30 && clues.text.chars().any(|c| !c.is_alphabetic() || c.is_ascii()) {
        let key = code_key(clues.text);
        if !is_bare(&key) {
            return (pick(&key), false);
        }
    }
    (None, false)
}

/// Whether a folded code is a single number, which may restart under each category.
fn is_bare(key: &str) -> bool {
    key.is_empty() || key.bytes().all(|b| b.is_ascii_digit())
}

/// The task with a bare number within the category or section of the row.
fn in_category(clues: Clues<'_>, key: &str, division: &Division) -> Option<TaskId> {
    let index = division.index();
    [clues.category, clues.section].into_iter().find_map(|name| index.numbered(index.in_category(name), key))
}

/// Whether a text is similar to that of a task, or empty.
fn agrees(task: TaskId, text: &str, division: &Division) -> bool {
    let text = skeleton(text);
    text.is_empty() || division.index().likest(&text).iter().any(|c| c.task == task && c.likeness >= ENOUGH_BACKED)
}

/// Decides between tasks that fit equally well: by the category of the row, else by its unit, else by its number. None if
/// more than one remains.
fn settle(tasks: &[TaskId], clues: Clues<'_>, division: &Division) -> Option<TaskId> {
    let index = division.index();
    let one = |keep: &dyn Fn(TaskId) -> bool| {
        let mut fitting = tasks.iter().copied().filter(|&task| keep(task));
        fitting.next().filter(|_| fitting.next().is_none())
    };
    let category = |name: &str| {
        let known = index.in_category(name);
        one(&|task| known.contains(&task))
    };
    category(clues.category)
        .or_else(|| category(clues.section))
        .or_else(|| clues.unit.and_then(|unit| one(&|task| division.task(task).units.contains(&unit))))
        .or_else(|| {
            let key = code_key(clues.serial);
            one(&|task| !key.is_empty() && division.task(task).code_key == key)
        })
}

fn by_likeness(clues: Clues<'_>, whole: &str, bare: &str, division: &Division) -> (Option<TaskId>, Attribution) {
    let index = division.index();
    let bare = skeleton(bare);
    let candidates = index.likest(if bare.is_empty() { whole } else { &bare });
    let Some(best) = candidates.first() else { return (None, Attribution::None { best: None, likeness: 0 }) };
    let percent = |likeness: f64| (likeness * 100.0).round().clamp(0.0, 99.0) as u8;
    let close: Vec<TaskId> = candidates.iter().filter(|c| c.likeness > best.likeness - AHEAD).map(|c| c.task).collect();
    let chosen = if close.len() == 1 { Some(best.task) } else { settle(&close, clues, division) };
    if let Some(task) = chosen {
        let likeness = candidates.iter().find(|c| c.task == task).map_or(0.0, |c| c.likeness);
        let number = code_key(clues.serial);
        let backed = (!number.is_empty() && division.task(task).code_key == number)
            || [clues.category, clues.section].iter().any(|name| index.in_category(name) == [task]);
        if likeness >= if backed { ENOUGH_BACKED } else { ENOUGH } {
            return (Some(task), Attribution::Likeness(percent(likeness)));
        }
    }
    (None, Attribution::None { best: Some(best.task), likeness: percent(best.likeness) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::fixture::{division, file, records};

    #[test]
    fn a_task_is_found_by_code_then_text_then_likeness() {
        let (division, reading) = file(
            "综合科.xlsx",
            "
任务编号 | 工作任务 | 完成情况
１－１ | 整治所辖楼宇和广场的广告牌，按比例投放公益广告。 | 已完成
1-1 | 清理楼宇内外附着广告，墙面不贴告示 | 已完成
 | 2、清理楼宇内外附着广告,墙面不贴告示 | 已完成
 | 俭以养德全民节约行动 | 已完成
 | 1-2 清理楼宇内外附着广告 | 已完成
 | 慰问老党员 | 已完成
9-9 | | 已完成
",
        );
        assert_eq!(
            records(&division, &reading),
            [
                "2 综合 1-1 code", "3 综合 1-1 code!1-2", "4 综合 1-2 text", "5 综合 2-1 like", "6 综合 1-2 code",
                "7 综合 - none", "8 综合 - none",
            ]
        );
    }

    #[test]
    fn bare_numbers_count_within_their_category_and_serial_numbers_do_not() {
        let (division, reading) = file(
            "综合科.xlsx",
            "
任务编号 | 任务类别 | 完成情况 | 备注
2 | 责任目标 | 已完成 |
1 | 三、驻村 | 已完成 |
5 | 驻村 | 已完成 |
",
        );
        assert_eq!(records(&division, &reading), ["2 综合 2-2 code", "3 综合 3-1 code", "4 综合 - none"]);
        let (division, reading) = file(
            "综合科.xlsx",
            "
序号 | 工作任务 | 完成情况
1 | 清理楼宇内外附着广告，墙面不贴告示 | 已完成
2 | 开展道德讲堂，学习宣传道德模范和身边好人 | 已完成
1-1 | | 已完成
",
        );
        assert_eq!(records(&division, &reading), ["2 综合 1-2 text", "3 综合 2-2 text", "4 综合 1-1 code"]);
    }

    #[test]
    fn section_rows_stand_for_the_category() {
        let (division, reading) = file(
            "综合科.xlsx",
            "
任务编号 | 工作任务 | 完成情况 | 备注
一、宣传教育 | < | < | <
2 | | 已完成 |
（三）驻村 | < | < | <
1 | | 已完成 |
",
        );
        assert_eq!(records(&division, &reading), ["3 综合 1-2 code", "5 综合 3-1 code"]);
    }

    #[test]
    fn of_equal_tasks_the_unit_owes_one() {
        let (division, reading) = file(
            "后勤中心.xlsx",
            "
工作任务 | 责任单位 | 完成情况
组织志愿服务 | | 已完成
组织志愿服务 | 综合科 | 已完成
组织志愿服务 | 管理一科 | 已完成
",
        );
        assert_eq!(records(&division, &reading), ["2 后勤 3-1 text", "3 综合 2-3 text", "4 管理 - none"]);
    }

    #[test]
    fn a_weak_likeness_or_a_tie_is_no_guess() {
        let of = |drawing: &str| {
            let (division, reading) = file("综合科.xlsx", drawing);
            records(&division, &reading)
        };
        let text = "整治广场周边流动摊贩和广告牌";
        assert_eq!(of(&format!("工作任务 | 完成情况\n{text} | 已完成\n")), ["2 综合 - none"]);
        // Two tasks are equally similar: a wrong guess is worse than none.
        let both = "开展道德讲堂和俭以养德全民节约行动，学习宣传道德模范和身边好人，宣传节粮、节水、节电";
        assert_eq!(of(&format!("工作任务 | 完成情况\n{both} | 已完成\n")), ["2 综合 - none"]);
    }

    /// How a row with these clues is attributed: code of the task and how it was found.
    fn found(division: &Division, clues: Clues<'_>) -> String {
        let (task, by) = attribute(clues, division);
        let code = |task: TaskId| division.task(task).code.as_str();
        let by = match by {
            Attribution::CodeAgainstText(other) => format!("against {}", code(other)),
            Attribution::None { best, likeness } => format!("best {} {likeness}", best.map_or("-", code)),
            other => format!("{other:?}"),
        };
        format!("{} {by}", task.map_or("-", code))
    }

    #[test]
    fn codes_against_texts() {
        let division = division();
        let of = |code, serial, text| found(&division, Clues { code, serial, text, ..Clues::default() });
        let second = "清理楼宇内外附着广告，墙面不贴告示";
        for (code, serial, text, seen) in [
            ("1-1", "", "", "1-1 Code"),
            ("1-1", "", "慰问老党员", "1-1 Code"),
            ("1-1", "", second, "1-1 against 1-2"),
            ("1-2", "", second, "1-2 Code"),
            ("9-9", "", second, "1-2 Text"),
            ("9-9", "", "", "- best - 0"),
            ("9-9", "1-1", second, "1-2 Text"),
            ("", "1-1", second, "1-2 Text"),
            ("", "1-2", second, "1-2 Code"),
            ("", "1-1", "", "1-1 Code"),
            ("", "1-1", "慰问老党员", "1-1 Code"),
            ("", "9-9", second, "1-2 Text"),
            ("", "1", "", "- best - 0"),
            ("", "2", second, "1-2 Text"),
            // only a code under 工作任务
            ("", "", "1-1", "1-1 Code"),
            ("", "", "１－１", "1-1 Code"),
            ("", "", "9-9", "- best - 0"),
            ("", "", "1", "- best - 0"),
            // a number in front of the text counts if the text agrees
            ("", "", "1-2 清理楼宇内外附着广告", "1-2 Code"),
            ("", "", "1-1 清理楼宇内外附着广告，墙面不贴告示", "1-2 Text"),
            ("9-9", "", "1-2 清理楼宇内外附着广告，墙面不贴告示", "1-2 Text"),
        ] {
            assert_eq!(of(code, serial, text), seen, "{code} | {serial} | {text}");
        }
        assert!(of("", "", "1-2 慰问老党员").starts_with("- best"));
        let stamped = Clues { code: "1-1", form: Form::Current, ..Clues::default() };
        assert_eq!(found(&division, stamped), "1-1 Stamp");
        // a number that another task has by now
        let printed = Clues { code: "1-1", text: second, form: Form::Outdated, ..Clues::default() };
        assert_eq!(found(&division, printed), "1-2 Text");
        assert_eq!(found(&division, Clues { text: "慰问老党员", ..printed }), "1-1 Code");
    }

    #[test]
    fn bare_numbers_need_a_category_or_a_section() {
        let division = division();
        let of = |code, category, section| found(&division, Clues { code, category, section, ..Clues::default() });
        for (code, category, section, seen) in [
            ("2", "宣传教育", "", "1-2 Code"),
            ("2", "二、责任目标", "", "2-2 Code"),
            ("2", "", "二、责任目标", "2-2 Code"),
            ("2", "没有的", "一、宣传教育", "1-2 Code"),
            ("2", "宣传教育", "二、责任目标", "1-2 Code"),
            ("2", "", "", "- best - 0"),
            ("2", "驻村", "", "- best - 0"),
            ("1-2", "责任目标", "", "1-2 Code"),
        ] {
            assert_eq!(of(code, category, section), seen, "{code} {category} {section}");
        }
    }

    #[test]
    fn of_equal_texts_the_category_the_section_the_unit_or_the_number_tells() {
        let division = division();
        let text = "组织志愿服务";
        let of = |category, section, unit: Option<u32>| {
            found(&division, Clues { text, category, section, unit: unit.map(UnitId), ..Clues::default() })
        };
        for (category, section, unit, seen) in [
            ("责任目标", "", None, "2-3 Text"),
            ("驻村", "责任目标", Some(0), "3-1 Text"),
            ("", "驻村", Some(0), "3-1 Text"),
            ("宣传教育", "", Some(0), "2-3 Text"),
            ("", "", Some(1), "3-1 Text"),
            ("", "", Some(2), "- best 2-3 100"),
            ("", "", None, "- best 2-3 100"),
        ] {
            assert_eq!(of(category, section, unit), seen, "{category} {section} {unit:?}");
        }
        let numbered = crate::division::fixture::division(
            "任务编号 | 工作任务 | 责任单位\n1 | 组织志愿服务 | 综合科\n2 | 组织志愿服务 | 综合科\n",
        );
        let of = |serial| found(&numbered, Clues { text, serial, unit: Some(UnitId(0)), ..Clues::default() });
        assert_eq!((of("2"), of("3"), of("")), ("2 Text".into(), "- best 1 100".into(), "- best 1 100".into()));
    }

    #[test]
    fn what_else_fits_makes_less_likeness_enough() {
        let one = crate::division::fixture::division(
            "任务编号 | 任务类别 | 工作任务 | 责任单位\n7 | 甲类 | 开展道德讲堂，学习宣传道德模范和身边好人 | 综合科\n8 | 乙类 | 修理路灯 | 综合科\n9 | 乙类 | 采购座椅 | 综合科\n",
        );
        let text: Vec<char> = "开展道德讲堂，学习宣传道德模范和身边好人".chars().collect();
        let mut between = 0;
        for (length, more) in (4..text.len()).flat_map(|length| (1..12).map(move |more| (length, more))) {
            let other = "某科报送材料汇总情况说明".chars().take(more);
            let text: String = text[..length].iter().copied().chain(other).collect();
            let of = |serial, category, section| {
                attribute(Clues { text: &text, serial, category, section, ..Clues::default() }, &one)
            };
            let likeness = match of("", "", "").1 {
                Attribution::None { likeness, .. } | Attribution::Likeness(likeness) => likeness,
                other => panic!("{text}: {other:?}"),
            };
            assert_eq!(of("", "", "").0.is_some(), likeness >= 66, "{text} {likeness}");
            for (serial, category, section, least) in [
                ("7", "", "", 45),
                ("", "甲类", "", 45),
                ("", "", "甲类", 45),
                ("8", "", "", 66),
                ("", "乙类", "", 66),
                ("", "", "丙类", 66),
            ] {
                assert_eq!(
                    of(serial, category, section).0.is_some(),
                    likeness >= least,
                    "{text} {likeness} {serial}{category}{section}"
                );
            }
            between += usize::from((45..66).contains(&likeness));
        }
        assert!(between >= 2, "{between}");
    }
}
