//! Rulings made of drawn lines.

use super::super::Asker;
use super::*;
use crate::basis::calendar::Cycle;

struct Known;

impl Names for Known {
    fn task(&self, code: &str) -> Option<(TaskId, &str)> {
        match code {
            "1-1" => Some((TaskId(0), "广告整治")),
            "1-2" => Some((TaskId(1), "清理楼道")),
            _ => None,
        }
    }
    fn unit(&self, name: &str) -> Option<UnitId> {
        ["甲科", "乙科"].iter().position(|known| *known == name).map(|at| UnitId(at as u32))
    }
    fn field(&self, name: &str) -> Option<FieldId> {
        (name == "完成情况").then_some(FieldId(3))
    }
    fn is_state(&self, wording: &str) -> bool {
        wording == "已完成"
    }
}

fn window(label: &str) -> Window {
    Window::parse(label, Cycle::Month).expect("a window")
}

/// `类别 | 单位 | 原文 | 候选 | 认定 | 认定为 | 范围 | 理由 | 报告期`, one a line; the first is number 1.
fn settled(run: &str, drawing: &str) -> Rulings {
    const FIELDS: [Field; 9] = [
        Field::Kind,
        Field::Unit,
        Field::Text,
        Field::Candidates,
        Field::Choice,
        Field::Target,
        Field::Reach,
        Field::Reason,
        Field::Window,
    ];
    let lines = drawing.trim().lines().enumerate().map(|(at, text)| {
        let mut line = Line { row: at as u32 + 1, id: at as u32 + 1, ..Line::default() };
        line.set(Field::By, "张某");
        for (field, cell) in FIELDS.into_iter().zip(text.split('|')) {
            let cell = cell.trim().replace('+', "\n");
            if !cell.is_empty() {
                line.set(field, cell);
            }
        }
        line
    });
    let columns = Field::ALL.into_iter().zip(0..).collect();
    let book = Written { lines: lines.collect(), columns, ..Written::default() };
    settle(vec![book], &Known, window(run))
}

fn asker(unit: u32, label: &str) -> Asker<'static> {
    Asker { unit: Some(UnitId(unit)), file: "收件/a.xlsx", window: window(label) }
}

const WHY: &str = "已与负责人当面核对";

#[test]
fn a_ruling_is_found_by_its_words_where_it_reaches() {
    let rulings = settled(
        "2014-08",
        &format!(
            "任务归属 | 甲科 | 搞卫生 | ①1-2 清理楼道（62%）+②1-1 广告整治（30%） | ① | | | {WHY} | 2014-08
             状态用语 | 甲科 | 差不多了 | ①已完成 | ① | | 本单位今后 | {WHY} | 2014-08
             表头含义 | 甲科 | 开展情况 | | 其他 | 完成情况 | 全部今后 | {WHY} | 2014-08"
        ),
    );
    assert_eq!((rulings.all.len(), rulings.invalid.len(), rulings.lapsed.len()), (3, 0, 0));
    let task = |text, asker| rulings.find(RulingKind::Task, text, &asker).map(|one| one.target.clone());
    assert_eq!(task("搞 卫生。", asker(0, "2014-08")), Some(Target::Task(TaskId(1))));
    assert_eq!(task("搞了卫生", asker(0, "2014-08")), None);
    assert_eq!(task("搞卫生", asker(1, "2014-08")), None, "another unit");
    assert_eq!(task("搞卫生", asker(0, "2014-09")), None, "another window");
    let state = |asker| rulings.find(RulingKind::State, "差不多了", &asker).is_some();
    assert_eq!(
        [state(asker(0, "2014-09")), state(asker(0, "2014-07")), state(asker(1, "2014-09"))],
        [true, false, false]
    );
    let heading = |asker| rulings.find(RulingKind::Heading, "开展情况：", &asker).is_some();
    assert_eq!([heading(asker(1, "2014-09")), heading(asker(1, "2014-07"))], [true, false]);
}

#[test]
fn what_was_seen_for_one_period_was_not_seen_for_another() {
    for kind in [RulingKind::OnTime, RulingKind::Evidence] {
        let word = kind.word(crate::basis::Lang::Zh);
        for (text, reach, weeks) in [
            ("1-1 2014-W33", "", [true, false]),
            ("1-1 2014年第33周 广告整治", "仅此处", [true, false]),
            ("1-1 2014-W33", "本单位今后", [true, true]),
        ] {
            let rulings = settled("2014-08", &format!("{word} | 甲科 | {text} | | ① | | {reach} | {WHY} | 2014-08"));
            let covers = |week: &str| rulings.find(kind, &format!("1-1 {week}"), &asker(0, "2014-08")).is_some();
            assert_eq!(["2014-W33", "2014-W34"].map(covers), weeks, "{word} {text} {reach}");
        }
    }
    let evidence = |text: &str| settled("2014-08", &format!("纸质佐证 | 甲科 | {text} | | ① | | | {WHY} | 2014-08"));
    for text in ["1-1", "1-1 广告整治"] {
        let found = evidence(text).find(RulingKind::Evidence, "1-1 2014-W34", &asker(0, "2014-08")).is_some();
        assert!(found, "{text}: in any period of the window");
    }
    assert_eq!(evidence("1-1 2014-W33 清理楼道").lapsed.len(), 1, "the code is of another task now");
}

#[test]
fn what_cannot_be_obeyed_says_why() {
    let rulings = settled(
        "2014-08",
        &format!(
            "任务归属 | 甲科 | 甲 | | 其他 | 9-9 | | {WHY} | 2014-08
             任务归属 | 甲科 | 乙 | ①9-9 已删任务（80%） | ① | | | {WHY} | 2014-08
             任务归属 | 甲科 | 丙 | ①1-1 另一段文字（80%） | ① | | | {WHY} | 2014-08
             任务归属 | 丁科 | 丁 | ①1-1 广告整治（80%） | ① | | | {WHY} | 2014-08
             状态用语 | 甲科 | 戊 | ①已完成 | ① | | | 属实 | 2014-08
             状态用语 | 甲科 | 己 | ①已完成 | ② | | | {WHY} | 2014-08
             视为按时 | 甲科 | 1-1 2014-08 | ①视为按时 | 不计 | | | {WHY} | 2014-08
             什么 | 甲科 | 庚 | | ① | | | {WHY} | 2014-08"
        ),
    );
    let ids = |all: &[Refused]| all.iter().map(|one| one.id).collect::<Vec<_>>();
    assert!(rulings.all.is_empty());
    assert_eq!((ids(&rulings.lapsed), ids(&rulings.invalid)), (vec![2, 3, 4], vec![1, 5, 6, 7, 8]));
    assert_eq!(rulings.invalid[1].place.area.map(|area| area.to_string()).as_deref(), Some("M6"), "the reason");
}

#[test]
fn a_candidate_may_be_named_by_its_words() {
    let choice = |written: &str| {
        let line = format!("状态用语 | 甲科 | 尚可 | ①已完成 | {written} | | | {WHY} | 2014-08");
        settled("2014-08", &line).all.len()
    };
    assert_eq!(["①", "1", "①已完成", "已完成", "1、已完成", "② 已完成", "未开始"].map(choice), [1, 1, 1, 1, 1, 0, 0]);
}

#[test]
fn a_line_that_a_person_added_needs_no_candidates() {
    let of = |line: &str| settled("2014-08", &format!("{line} | | | {WHY} | 2014-08")).all.len();
    for (kind, text, words) in [
        ("两报不冲突", "1-1 数量：“1”“2”", "不冲突"),
        ("视为按时", "1-1 2014-08", "视为按时"),
        ("纸质佐证", "1-1", "已见原件"),
        ("职责", "1-1", "不涉及"),
    ] {
        assert_eq!(of(&format!("{kind} | 甲科 | {text} | | ①")), 1, "{kind}");
        assert_eq!(of(&format!("{kind} | 甲科 | {text} | | {words}")), 1, "{kind}");
        assert_eq!(of(&format!("{kind} | 甲科 | {text} | | ②")), 0, "{kind}");
    }
    assert_eq!(of("任务归属 | 甲科 | 搞卫生 | | ①"), 0, "nobody offered a task");
}

#[test]
fn validity_ends_as_people_write_it() {
    let until = |words: &str| {
        let mut line = Line { row: 1, id: 1, ..Line::default() };
        for (field, text) in [
            (Field::Kind, "状态用语"),
            (Field::Unit, "甲科"),
            (Field::Text, "尚可"),
            (Field::Choice, "不计"),
            (Field::By, "张某"),
            (Field::Reason, WHY),
            (Field::Window, "2014-08"),
            (Field::Until, words),
        ] {
            line.set(field, text);
        }
        let book = Written { lines: vec![line], ..Written::default() };
        settle(vec![book], &Known, window("2014-08")).all.first().map(|one| one.until)
    };
    let day = |text: &str| Some(Some(text.parse().expect("a day")));
    for (words, end) in [
        ("2014-10", day("2014-10-31")),
        ("9月底", day("2014-09-30")),
        ("年底", day("2014-12-31")),
        ("2014年底前", day("2014-12-31")),
        ("长期", Some(Some(NaiveDate::MAX))),
        ("待定", None),
    ] {
        assert_eq!(until(words), end, "{words}");
    }
}

#[test]
fn who_is_meant_must_be_told_but_for_everybody() {
    let of = |unit: &str, reach: &str| {
        let line = format!("状态用语 | {unit} | 尚可 | ①已完成 | ① | | {reach} | {WHY} | 2014-08");
        let rulings = settled("2014-08", &line);
        (rulings.all.len(), rulings.invalid.len())
    };
    assert_eq!(
        [of("甲科", ""), of("", ""), of("", "本单位今后"), of("", "全部今后")],
        [(1, 0), (0, 1), (0, 1), (1, 0)]
    );
}

#[test]
fn where_nobody_knows_the_unit_the_file_is_meant() {
    let found = |reach: &str, file: &str, month: &str, unit: Option<u32>| {
        let mut line = Line { row: 1, id: 1, ..Line::default() };
        let cells = [
            (Field::Kind, "状态用语"),
            (Field::File, "收件/8月台账（终）.xlsx"),
            (Field::Text, "尚可"),
            (Field::Choice, "其他"),
            (Field::Target, "已完成"),
            (Field::Reach, reach),
            (Field::By, "张某"),
            (Field::Reason, WHY),
            (Field::Window, "2014-08"),
        ];
        for (field, text) in cells {
            line.set(field, text);
        }
        let book = Written { lines: vec![line], ..Written::default() };
        let rulings = settle(vec![book], &Known, window("2014-08"));
        let asker = Asker { unit: unit.map(UnitId), file, window: window(month) };
        rulings.find(RulingKind::State, "尚可", &asker).is_some()
    };
    let here = "收件/8月台账（终）.xlsx";
    assert!(found("", here, "2014-08", None));
    assert!(found("", here, "2014-08", Some(0)), "whose it is was ruled meanwhile");
    assert!(!found("", "收件/另一份.xlsx", "2014-08", None));
    assert!(found("本单位今后", "收件/9月台账（终）.xlsx", "2014-09", None));
    assert!(!found("本单位今后", "收件/另一份.xlsx", "2014-09", Some(0)), "nobody else's");
}

#[test]
fn two_that_contradict_each_other_are_neither_obeyed() {
    let of = |second: &str| {
        let first = format!("状态用语 | 甲科 | 差不多了 | ①已完成 | ① | | 全部今后 | {WHY} | 2014-08\n");
        let rulings = settled("2014-09", &(first + second));
        (rulings.all.len(), rulings.clashes.len())
    };
    assert_eq!(of(&format!("状态用语 | 乙科 | 差不多了 | | 不计 | | | {WHY} | 2014-09")), (0, 1));
    assert_eq!(of(&format!("状态用语 | 乙科 | 差不多了 | ①已完成 | ① | | | {WHY} | 2014-09")), (2, 0), "they agree");
    assert_eq!(of(&format!("状态用语 | 乙科 | 差不多了 | | 不计 | | | {WHY} | 2014-07")), (2, 0), "before it");
    assert_eq!(of(&format!("状态用语 | 乙科 | 差得多 | | 不计 | | | {WHY} | 2014-09")), (2, 0), "other words");
}

#[test]
fn a_task_that_was_rewritten_is_asked_about_anew() {
    let of = |line: &str| {
        let rulings = settled("2014-08", &format!("{line} | ① | | | {WHY} | 2014-08"));
        (rulings.all.len(), rulings.lapsed.len())
    };
    for (line, valid) in [
        ("任务归属 | 甲科 | 乙 | ①1-1 广告整治（80%）", true),
        ("任务归属 | 甲科 | 乙 | ①1-1 广告整（80%）", false),
        ("纸质佐证 | 甲科 | 1-1 广告 整治。 | ①已见原件", true),
        ("纸质佐证 | 甲科 | 1-1 | ①已见原件", true),
        ("纸质佐证 | 甲科 | 1-1 清理楼道 | ①已见原件", false),
        ("职责 | 甲科 | 1-1 清理楼道 | ①不涉及", false),
        ("视为按时 | 甲科 | 1-1 2014-08 | ①视为按时", true),
    ] {
        assert_eq!(of(line), (usize::from(valid), usize::from(!valid)), "{line}");
    }
}

#[test]
fn a_ruling_goes_on_for_its_task_under_the_number_that_it_has_now() {
    // What was 1-1 is 1-2 now, what was 1-3 is gone, and 1-1 is another task.
    let of = |text: &str| {
        let mut line = Line { row: 1, id: 1, ..Line::default() };
        line.renumbered = [("1-1", Some("1-2")), ("1-3", None), ("1-2", Some("1-4"))]
            .map(|(was, is)| (was.to_owned(), is.map(str::to_owned)))
            .into_iter()
            .collect();
        let fields = [Field::Kind, Field::Text, Field::Candidates, Field::Choice, Field::Target];
        for (field, cell) in fields.into_iter().zip(text.split('|')) {
            line.set(field, cell.trim());
        }
        for (field, cell) in [(Field::Unit, "甲科"), (Field::By, "张某"), (Field::Reason, WHY)] {
            line.set(field, cell);
        }
        settle(vec![Written { lines: vec![line], ..Written::default() }], &Known, window("2014-08"))
    };
    let task = |text: &str| of(text).all.first().map(|one| one.target.clone());
    assert_eq!(task("任务归属 | 搞卫生 | | 其他 | 1-1"), Some(Target::Task(TaskId(1))));
    assert_eq!(task("任务归属 | 搞卫生 | ①1-1 清理楼道（62%） | ①"), Some(Target::Task(TaskId(1))));
    assert_eq!(of("任务归属 | 搞卫生 | | 其他 | 1-3").lapsed.len(), 1);
    let keys = |text: &str| of(text).all.first().map(|one| one.keys.join("+")).unwrap_or_default();
    assert_eq!(keys("视为按时 | 1-1、1-3 2014-08 | | ①"), "1-2");
    assert_eq!(keys("纸质佐证 | 1-1 清理楼道 | | ①"), "1-2");
    assert_eq!(keys("纸质佐证 | 1-1 广告整治 | | ①"), "", "its text has changed too");
    assert_eq!(
        keys("两报不冲突 | 1-1 数量：“1”“2” | | ①"),
        key::keys(RulingKind::Conflict, "1-2 数量：“1”“2”").join("+")
    );
    assert_eq!(of("职责 | 1-3 | | ①").lapsed.len(), 1);
}

#[test]
fn two_that_say_the_same_of_one_doubt_are_told() {
    let of = |second: &str| {
        let first = format!("视为按时 | 甲科 | 1-1、1-2 2014-07 | | ① | | 本单位今后 | {WHY} | 2014-07\n");
        let rulings = settled("2014-08", &(first + &format!("{second} | {WHY} | 2014-07")));
        rulings.all[0].says_the_same(&rulings.all[1])
    };
    assert!(of("视为按时 | 甲科 | 1-1 2014-07 | | ① | | 本单位今后"));
    assert!(!of("视为按时 | 乙科 | 1-1 2014-07 | | ① | | 本单位今后"), "another unit");
    assert!(!of("视为按时 | 甲科 | 1-1、1-3 2014-07 | | ① | | 本单位今后"), "of one task more");
    assert!(!of("纸质佐证 | 甲科 | 1-1 | | ① | | 本单位今后"), "another kind");
}

#[test]
fn a_duty_is_taken_over_from_a_day_on() {
    let target = |words: &str| {
        let line = format!("职责 | 甲科 | 1-1 广告整治 | ①不涉及 | 其他 | {words} | | {WHY} | 2014-08");
        settled("2014-08", &line).all.first().map(|one| one.target.clone())
    };
    let day = |text: &str| Some(text.parse().expect("a day"));
    assert_eq!(target("乙科"), Some(Target::Unit(UnitId(1), None)));
    assert_eq!(target("乙科，自2014年9月1日起"), Some(Target::Unit(UnitId(1), day("2014-09-01"))));
    assert_eq!(target("乙科 自2014-10起"), Some(Target::Unit(UnitId(1), day("2014-10-01"))));
    for words in ["乙科（自2014年10月1日起）", "乙科，2014年10月1日起", "乙科 自10月起", "乙科从2014.10.1开始"]
    {
        assert_eq!(target(words), Some(Target::Unit(UnitId(1), day("2014-10-01"))), "{words}");
    }
    assert_eq!(target("丙科"), None);
    assert_eq!(target("甲科"), None, "it has the duty already");
}
