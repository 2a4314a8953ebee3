//! Problems that units report, followed by unit and words from window to window until they are closed (整改销号).

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::run_file::{FileState, RecordRef, RunFile, earlier, entry};
use crate::basis::calendar::{Window, written};
use crate::basis::place::{Place, SourceId};
use crate::basis::text::{fold, likeness, skeleton};
use crate::basis::{TaskId, UnitId};
use crate::division::{Context, fields};
use crate::ledger::Entry;

/// Words that close a problem.
const CLOSED: &[&str] = &[
    "已整改", "整改完", "完成", "已解决", "解决", "办结", "销号", "到位", "已处理", "处理完", "已修复", "修复",
    "已落实", "已清理", "已更换", "立行立改", "即知即改", "当场", "现场整改", "√", "是", "100%",
];
/// Words for a problem that is not closed, whatever else is said.
const OPEN: &[&str] =
    &["未", "正在", "整改中", "处理中", "推进", "待", "拟", "计划", "部分", "尚", "没有", "不", "否", "长期", "继续"];
/// Words for handing the problem on, which does not close it.
const HANDED_ON: &[&str] = &["上报", "移交", "转交", "反馈", "报修", "联系", "协调", "通知", "报告", "安排"];

/// Texts at least so alike describe one problem.
const ALIKE: f64 = 0.6;
/// Likeness is asked among so many problems of a unit at most; among more only equal words are one problem.
const MOST_COMPARED: usize = 300;

/// A problem, as it was reported up to now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The unit.
    pub unit: UnitId,
    /// The task under which it was reported first.
    pub task: Option<TaskId>,
    /// What it is, in the words in which it was reported first.
    pub text: String,
    /// The day it was found: the day of its row, else the day on which that was received.
    pub opened: NaiveDate,
    /// The window that reported it first.
    pub since: Window,
    /// What is done about it, as last reported.
    pub remedy: String,
    /// How far that is, as last reported.
    pub state: String,
    /// By when it is to be remedied, as last written.
    pub due_text: String,
    /// The last day of that.
    pub due: Option<NaiveDate>,
    /// The evidence named when it was last reported.
    pub evidence: String,
    /// The day on which it was closed: the one that 整改情况 names, else that on which the report came.
    pub closed: Option<NaiveDate>,
    /// The day on which it was reported again after it had been closed.
    pub back: Option<NaiveDate>,
    /// The last window that reports it.
    pub told: Window,
    /// The cell of that report, while its file is in the inbox.
    pub record: Option<RecordRef>,
    /// The file and row of that report.
    pub source: String,
}

impl Problem {
    /// How many days it stood; none while it is open.
    pub fn days(&self) -> Option<u32> {
        let closed = self.closed?;
        u32::try_from((closed - self.back.unwrap_or(self.opened)).num_days()).ok()
    }

    /// Its cell; none when its file has left the inbox.
    pub fn place(&self, files: &[RunFile]) -> Option<Place> {
        Some(entry(files, self.record?)?.place(fields::PROBLEM))
    }
}

/// Whether a text means nothing: empty, 无, 没有, /, — and the like.
pub fn says_nothing(text: &str) -> bool {
    let bare = fold(text);
    let bare = bare.trim_matches(['。', '.', ',', ';', '(', ')']);
    matches!(bare, "无" | "没有" | "暂无" | "无。" | "未提供" | "n/a" | "na" | "none" | "nil" | "0" | "零" | "未发现")
        || bare.chars().all(|c| matches!(c, '/' | '\\' | '-' | '_' | '*' | '×' | '〇'))
}

/// Whether a text under 存在问题 means that there is no problem: 无, 未发现问题, 一切正常.
pub fn no_problem(text: &str) -> bool {
    const NONE: &[&str] = &["无", "没有", "没", "未", "未见", "不", "暂无", "暂未", "尚未"];
    const WELL: &[&str] = &["正常", "一切正常", "运行正常", "良好", "情况良好", "完好", "合格", "已全部整改"];
    let folded = fold(text);
    let bare = folded.trim_matches(['。', '.', ',', ';']);
    let of_none =
        ["问题", "异常", "隐患", "不足", "情况", "现象"].iter().find_map(|end| bare.strip_suffix(end)).map(|rest| {
            rest.trim_end_matches(['明', '显', '任', '何', '重', '大', '存', '在', '发', '现', '安', '全', '的'])
        });
    says_nothing(text) || WELL.contains(&bare) || of_none.is_some_and(|rest| NONE.contains(&rest))
}

/// Whether a text says that a problem is closed.
fn is_closed(state: &str) -> bool {
    let state = fold(state);
    let says = |words: &[&str]| words.iter().any(|word| state.contains(word));
    !says(OPEN) && (says(CLOSED) || state.contains('已') && !says(HANDED_ON))
}

/// Whether a row says that its problem is closed: under 整改情况, or under 整改措施 where that is empty.
pub fn says_closed(entry: Entry<'_>) -> bool {
    let (remedy, state) = (entry.text(fields::REMEDY), entry.text(fields::REMEDY_STATE));
    is_closed(state) || (says_nothing(state) && is_closed(remedy))
}

/// The day by which a problem is to be remedied: the last day of what 整改时限 names (9月底前 is over when September is).
pub fn remedy_due(entry: Entry<'_>, window: &Window) -> Option<NaiveDate> {
    let written = entry.text(fields::REMEDY_DUE);
    let named = || written::stretch(written, window.end).map(|(_, last)| last);
    entry.value(fields::REMEDY_DUE).day().or_else(named)
}

/// Follows what the files report, on from `past`: what the history knows, in the order in which it was found. Those of
/// earlier windows come first; within a file each row is a problem of its own.
pub(super) fn follow(cx: &Context<'_>, files: &[RunFile], past: Vec<Problem>) -> Vec<Problem> {
    let mut followed = Followed::default();
    for problem in past {
        followed.add(problem);
    }
    for (window, file) in earlier(files, cx.window) {
        file.entries().for_each(|(at, entry)| followed.hear(window, at, entry));
    }
    for file in files.iter().filter(|file| file.state == FileState::Merged) {
        file.counting().for_each(|(at, entry)| followed.hear(cx.window, at, entry));
    }
    followed.problems
}

/// The problems so far.
#[derive(Default)]
struct Followed {
    problems: Vec<Problem>,
    /// For each, its words without what does not matter.
    skeletons: Vec<String>,
    /// For each, the file that told of it last.
    told_by: Vec<Option<SourceId>>,
    of_unit: BTreeMap<UnitId, Vec<usize>>,
    alike: BTreeMap<(UnitId, String), Vec<usize>>,
}

impl Followed {
    fn add(&mut self, problem: Problem) {
        let (at, skeleton) = (self.problems.len(), skeleton(&problem.text));
        self.of_unit.entry(problem.unit).or_default().push(at);
        self.alike.entry((problem.unit, skeleton.clone())).or_default().push(at);
        self.skeletons.push(skeleton);
        self.told_by.push(None);
        self.problems.push(problem);
    }

    /// Takes in what a row says.
    fn hear(&mut self, window: Window, record: RecordRef, entry: Entry<'_>) {
        let text = entry.text(fields::PROBLEM);
        let Some(unit) = entry.unit().filter(|_| !no_problem(text)) else { return };
        let received = entry.source.received.date();
        let at = self.known(unit, text, entry).unwrap_or_else(|| {
            self.add(Problem {
                unit,
                task: entry.record.task,
                text: text.to_owned(),
                opened: entry.day().filter(|day| *day <= received).unwrap_or(received),
                since: window,
                remedy: String::new(),
                state: String::new(),
                due_text: String::new(),
                due: None,
                evidence: String::new(),
                closed: None,
                back: None,
                told: window,
                record: None,
                source: String::new(),
            });
            self.problems.len() - 1
        });
        self.told_by[at] = Some(entry.source.id);
        let problem = &mut self.problems[at];
        // The history has heard this report, and later ones.
        if window.start < problem.told.start {
            return;
        }
        let latest = |kept: &mut String, field| {
            let said = entry.text(field);
            if !says_nothing(said) {
                said.clone_into(kept);
            }
        };
        latest(&mut problem.remedy, fields::REMEDY);
        latest(&mut problem.state, fields::REMEDY_STATE);
        latest(&mut problem.due_text, fields::REMEDY_DUE);
        latest(&mut problem.evidence, fields::EVIDENCE);
        problem.due = remedy_due(entry, &window).or(problem.due);
        if says_closed(entry) || is_closed(text) {
            let named = written::at_begin(entry.text(fields::REMEDY_STATE), window.end);
            let day = named.filter(|day| (problem.opened..=received).contains(day)).unwrap_or(received);
            problem.closed.get_or_insert(day);
        } else if problem.closed.take().is_some() {
            problem.back = Some(entry.day().filter(|day| *day <= received).unwrap_or(received));
        }
        problem.told = window;
        problem.record = Some(record);
        problem.source = format!("{}!{}!{}", entry.source.name, entry.sheet(), entry.reference());
    }

    /// The problem that a row speaks of, if it was heard of before: equal words first; of those that are open the one with
    /// words that contain these, or are much like them.
    fn known(&self, unit: UnitId, text: &str, entry: Entry<'_>) -> Option<usize> {
        let skeleton = skeleton(text);
        let free = |at: &&usize| self.told_by[**at] != Some(entry.source.id);
        let equal = self.alike.get(&(unit, skeleton.clone())).into_iter().flatten().filter(free);
        let same_task = |at: &&usize| self.problems[**at].task == entry.record.task;
        if let Some(at) = equal.clone().find(same_task).or_else(|| equal.clone().next()) {
            return Some(*at);
        }
        let open = self.of_unit.get(&unit).filter(|all| all.len() <= MOST_COMPARED).into_iter().flatten();
        let open = open.filter(free).filter(|at| self.problems[**at].closed.is_none());
        let is_same = |a: &str, b: &str| a.contains(b) || b.contains(a) || likeness(a, b) >= ALIKE;
        open.copied().find(|at| is_same(&self.skeletons[*at], &skeleton))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_and_open_are_told_apart() {
        for closed in
            ["已整改", "整改完成", "√", "已办结销号", "当场整改", "８月20日已修复", "垃圾已清运", "已反馈，物业已更换"]
        {
            assert!(is_closed(closed), "{closed}");
        }
        for open in ["", "正在整改", "未整改", "已整改部分", "待更换", "整改中", "已移交社区", "已报修"]
        {
            assert!(!is_closed(open), "{open}");
        }
    }

    #[test]
    fn many_ways_to_say_nothing() {
        for text in ["", " 无 ", "无。", "/", "——", "－", "N/A", "暂无"] {
            assert!(says_nothing(text), "{text:?}");
        }
        for text in ["无锡街照片", "照片1张", "1/2"] {
            assert!(!says_nothing(text), "{text:?}");
        }
    }

    #[test]
    fn many_ways_to_say_that_all_is_well() {
        for text in ["无", "无问题", "未发现问题", "暂未发现明显问题。", "没有发现安全隐患", "不存在问题", "一切正常"]
        {
            assert!(no_problem(text), "{text:?}");
        }
        for text in ["无障碍通道被占", "路灯不亮", "存在问题", "发现问题", "卫生情况", "未按规定停放"]
        {
            assert!(!no_problem(text), "{text:?}");
        }
    }
}
