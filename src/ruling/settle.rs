//! Lines as written → valid rulings, and invalid ones with the reason.

use super::kind::{Choice, Reach, RulingKind};
use super::written::{Field, Line, Written};
use super::{Refused, Ruling, Rulings, Target, key};
use crate::basis::calendar::{Cycle, Window, written as day};
use crate::basis::place::Place;
use crate::basis::text::{is_stock, skeleton};
use crate::basis::{Bilingual, TaskId, UnitId};
use crate::table::FieldId;

/// Resolves the names in rulings for a campaign.
pub trait Names {
    /// The task with this code or this text, and its text.
    fn task(&self, code: &str) -> Option<(TaskId, &str)>;
    /// The unit with this name.
    fn unit(&self, name: &str) -> Option<UnitId>;
    /// The field with this name.
    fn field(&self, name: &str) -> Option<FieldId>;
    /// Whether a wording of 完成情况 is known.
    fn is_state(&self, wording: &str) -> bool;
}

/// Why a line is no valid ruling.
enum Why {
    Invalid(Field, (&'static str, &'static str)),
    Lapsed(Field, (&'static str, &'static str)),
}

use Why::{Invalid, Lapsed};

/// Makes rulings of the lines. `window` is the window of the run, for lines that name none.
pub fn settle(written: Vec<Written>, names: &dyn Names, window: Window) -> Rulings {
    let mut rulings = Rulings::default();
    let mut all = Vec::new();
    for (nth, book) in (0u16..).zip(&written) {
        for line in book.lines.iter().filter(|line| line.is_ruled()) {
            let at = |field| book.place(nth, line.row, field);
            match ruling(line, names, window, at(Field::Choice)) {
                Ok(ruling) => all.push(ruling),
                Err(why) => {
                    let (field, why, list) = match why {
                        Invalid(field, why) => (field, why, &mut rulings.invalid),
                        Lapsed(field, why) => (field, why, &mut rulings.lapsed),
                    };
                    let seen = line.get(field).to_owned();
                    list.push(Refused { id: line.id, place: at(field), seen, why: Bilingual::fixed(why.0, why.1) });
                }
            }
        }
    }
    rulings.written = written;
    rulings.put(all);
    rulings
}

fn ruling(line: &Line, names: &dyn Names, run: Window, place: Place) -> Result<Ruling, Why> {
    let get = |field| line.get(field);
    let kind = RulingKind::parse(get(Field::Kind))
        .ok_or(Invalid(Field::Kind, ("类别不在八种之内", "no such kind of ruling")))?;
    let text = get(Field::Text);
    let keys = key::keys(kind, text);
    if keys.is_empty() {
        return Err(Invalid(Field::Text, ("没有写原文，不知道认定的是什么", "it does not say what it is about")));
    }
    let choice =
        choice(line).ok_or(Invalid(Field::Choice, ("认定应为①②③、其他或不计", "① ② ③, 其他 or 不计 belongs here")))?;
    if get(Field::By).is_empty() {
        return Err(Invalid(Field::By, ("没有写认定人", "it does not say who ruled")));
    }
    if is_stock(get(Field::Reason)) {
        let why = if get(Field::Reason).is_empty() {
            ("没有写理由", "it gives no reason")
        } else {
            ("理由是套话，没有说明为什么", "its reason is a stock phrase")
        };
        return Err(Invalid(Field::Reason, why));
    }
    let reach = Reach::parse(get(Field::Reach))
        .ok_or(Invalid(Field::Reach, ("范围应为仅此处、本单位今后或全部今后", "no such reach")))?;
    let window = match get(Field::Window) {
        "" => run,
        label => Window::parse(label, run.cycle)
            .ok_or(Invalid(Field::Window, ("报告期看不懂，应如 2014-08", "no window; write it like 2014-08")))?,
    };
    let until = match get(Field::Until) {
        "" => None,
        text => Some(until(text, window).ok_or(Invalid(
            Field::Until,
            ("有效至应为日期或报告期，如 2014年12月31日", "a date such as 2014年12月31日 belongs here"),
        ))?),
    };
    let unit = match get(Field::Unit) {
        "" => None,
        name => Some(
            names
                .unit(name)
                .ok_or(Lapsed(Field::Unit, ("名录中没有这个单位", "the roster does not have this unit")))?,
        ),
    };
    if unit.is_none() && reach != Reach::All && get(Field::File).is_empty() {
        let why = ("不是全部今后的，要写是哪个单位或哪个文件", "it must name the unit or the file that it is about");
        return Err(Invalid(Field::Unit, why));
    }
    if until.is_some_and(|until| run.start > until) {
        return Err(Lapsed(Field::Until, ("有效期已过", "its time is over")));
    }
    let (target, says) = target(kind, choice, line, names, window)?;
    let period = match kind {
        RulingKind::OnTime if reach == Reach::Here => key::period(text),
        _ => String::new(),
    };
    Ok(Ruling {
        id: line.id,
        kind,
        keys,
        period,
        unit,
        file: get(Field::File).to_owned(),
        reach,
        window,
        until,
        target,
        says,
        by: get(Field::By).to_owned(),
        on: get(Field::On).to_owned(),
        reason: get(Field::Reason).to_owned(),
        text: text.to_owned(),
        place,
    })
}

/// The decision of a line, and its wording.
fn target(
    kind: RulingKind,
    choice: Choice,
    line: &Line,
    names: &dyn Names,
    window: Window,
) -> Result<(Target, String), Why> {
    const CANDIDATE: (&str, &str) = ("候选中没有这一个", "there is no such candidate");
    let (words, field) = match choice {
        Choice::Without => {
            return match kind {
                RulingKind::Task | RulingKind::Sender | RulingKind::Heading | RulingKind::State => {
                    Ok((Target::Without, "不计".into()))
                }
                _ => Err(Invalid(
                    Field::Choice,
                    ("这一类不能选不计，不认可的请清空认定", "不计 means nothing here; clear the cell instead"),
                )),
            };
        }
        Choice::Candidate(number) => {
            let chosen = candidates(line.get(Field::Candidates)).into_iter().nth(number - 1);
            (chosen.ok_or(Invalid(Field::Choice, CANDIDATE))?, Field::Candidates)
        }
        Choice::Other => (line.get(Field::Target).to_owned(), Field::Target),
    };
    if words.trim().is_empty() {
        return Err(Invalid(Field::Target, ("选了其他，没有写认定为什么", "其他 was chosen and nothing is named")));
    }
    let of_other = choice == Choice::Other;
    // Candidates were known when they were offered; an unknown one has changed since.
    let unknown = |why| if of_other { Invalid(field, why) } else { Lapsed(field, why) };
    let target = match kind {
        RulingKind::Task => {
            // The code may be followed by the text of the task.
            let code = words.split_whitespace().next().unwrap_or_default();
            let (task, text) = names
                .task(&words)
                .or_else(|| names.task(code))
                .ok_or_else(|| unknown(("任务分工中没有这项任务", "the division has no such task")))?;
            let offered = skeleton(words.strip_prefix(code).unwrap_or_default());
            if !of_other && !skeleton(text).starts_with(&offered) {
                return Err(Lapsed(field, ("任务分工中这项任务的文字已改", "the task's text has changed since")));
            }
            Target::Task(task)
        }
        RulingKind::Sender => Target::Unit(
            names.unit(&words).ok_or_else(|| unknown(("名录中没有这个单位", "the roster has no such unit")))?,
            None,
        ),
        RulingKind::Heading => {
            Target::Field(names.field(&words).ok_or_else(|| unknown(("没有这个字段", "there is no such field")))?)
        }
        RulingKind::State if names.is_state(&words) => Target::State(words.clone()),
        RulingKind::State => {
            return Err(unknown(("不是能识别的状态，应如已完成、正在推进", "no state that is known")));
        }
        RulingKind::OnTime | RulingKind::Evidence if of_other => {
            return Err(Invalid(Field::Choice, ("这一类只有①一种认定", "only ① can be chosen here")));
        }
        RulingKind::Conflict | RulingKind::OnTime | RulingKind::Evidence | RulingKind::Duty if !of_other => {
            Target::Agreed
        }
        RulingKind::Duty => taken_over(&words, names, window).ok_or(Invalid(
            field,
            ("应为接手的单位，可加“，自某年某月某日起”", "a unit, and since when, belongs here"),
        ))?,
        RulingKind::Conflict | RulingKind::OnTime | RulingKind::Evidence => Target::Unit(
            names.unit(&words).ok_or(Invalid(field, ("名录中没有这个单位", "the roster has no such unit")))?,
            None,
        ),
    };
    Ok((target, words))
}

/// What stands under 认定: a choice, or the words of a candidate.
fn choice(line: &Line) -> Option<Choice> {
    let written = line.get(Field::Choice);
    Choice::parse(written).or_else(|| {
        let key = skeleton(written);
        let named = candidates(line.get(Field::Candidates)).iter().position(|words| skeleton(words) == key);
        named.map(|at| Choice::Candidate(at + 1))
    })
}

/// The words that a line chose: a candidate's, or those of 认定为.
pub fn chosen(line: &Line) -> Option<String> {
    match choice(line)? {
        Choice::Candidate(number) => candidates(line.get(Field::Candidates)).into_iter().nth(number - 1),
        Choice::Other => Some(line.get(Field::Target).to_owned()).filter(|words| !words.is_empty()),
        Choice::Without => None,
    }
}

/// `后勤中心，自2014年9月1日起`: the unit that takes over a task, and from which day.
fn taken_over(words: &str, names: &dyn Names, window: Window) -> Option<Target> {
    if let Some(unit) = names.unit(words) {
        return Some(Target::Unit(unit, None));
    }
    let (name, since) = words.split_once(['自', '从'])?;
    let since = since.trim().trim_end_matches(['起', '开', '始']);
    let unit = names.unit(name.trim().trim_end_matches(['，', ',', '；', ';']))?;
    let since = day::day(since, window.end).or_else(|| Window::parse(since, Cycle::Month).map(|month| month.start))?;
    Some(Target::Unit(unit, Some(since)))
}

/// The last day of validity: a day, or the end of a period.
fn until(text: &str, window: Window) -> Option<chrono::NaiveDate> {
    day::day(text, window.end).or_else(|| Window::parse(text, window.cycle).map(|period| period.end))
}

/// The candidates of a line, without their numbers and likeness.
fn candidates(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).filter_map(|line| {
        let bare = Choice::CANDIDATES.iter().find_map(|number| line.strip_prefix(number))?;
        let bare = match bare.rfind('（').filter(|_| bare.ends_with("%）")) {
            Some(at) => &bare[..at],
            None => bare,
        };
        Some(bare.trim().to_owned())
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::super::Asker;
    use super::*;

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
        assert_eq!(["①", "1", "①已完成", "已完成", "② 已完成", "未开始"].map(choice), [1, 1, 1, 1, 0, 0]);
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
        assert_eq!(
            of(&format!("状态用语 | 乙科 | 差不多了 | ①已完成 | ① | | | {WHY} | 2014-09")),
            (2, 0),
            "they agree"
        );
        assert_eq!(of(&format!("状态用语 | 乙科 | 差不多了 | | 不计 | | | {WHY} | 2014-07")), (2, 0), "before it");
        assert_eq!(of(&format!("状态用语 | 乙科 | 差得多 | | 不计 | | | {WHY} | 2014-09")), (2, 0), "other words");
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
        assert_eq!(target("丙科"), None);
    }
}
