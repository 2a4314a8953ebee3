//! What a unit must do, first thing in its notice: from all its files and obligations, by deadline, no cause twice.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use crate::basis::UnitId;
use crate::basis::finding::Severity;
use crate::basis::place::SourceId;
use crate::basis::scope::GapKind;
use crate::check::support::refusal;
use crate::obligation::{FileState, Obligation};
use crate::outcome::gaps::day_time;
use crate::outcome::{Gap, Issue, Outcome};

/// So many codes of tasks are named one by one.
const MOST_CODES: usize = 8;

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ToDo {
    /// By when.
    pub(super) by: NaiveDateTime,
    /// What.
    pub(super) what: String,
}

/// Why something is to be done: equal causes are told once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Cause {
    /// A file that could not be used.
    File(SourceId),
    /// A kind of gap, by the code of its finding.
    Gap(&'static str, GapKind),
}

/// What a unit must do. `soon` are reports that fall due, `by` is until when the rest is to be done.
pub(super) fn of(outcome: &Outcome, unit: UnitId, gaps: &[&Gap], soon: &[&Obligation], by: NaiveDateTime) -> Vec<ToDo> {
    let mut causes: BTreeMap<Cause, Vec<&Gap>> = BTreeMap::new();
    for &gap in gaps {
        let cause = match gap.kind {
            // It cannot be made good any more.
            GapKind::Late => continue,
            GapKind::Unusable => file_of(outcome, gap).map_or(Cause::Gap(gap.code, gap.kind), Cause::File),
            kind => Cause::Gap(gap.code, kind),
        };
        causes.entry(cause).or_default().push(gap);
    }
    let mut all: Vec<ToDo> = causes.iter().map(|(cause, gaps)| of_cause(outcome, cause, gaps, by)).collect();
    all.extend(to_correct(outcome, unit, by));
    let mut due: BTreeMap<NaiveDateTime, Vec<String>> = BTreeMap::new();
    for obligation in soon {
        due.entry(obligation.due).or_default().push(outcome.division.task(obligation.task).code.clone());
    }
    all.extend(due.into_iter().map(|(by, codes)| ToDo { by, what: format!("报送工作台账（{}）", listed(codes)) }));
    all.sort_by_key(|one| one.by);
    all
}

fn of_cause(outcome: &Outcome, cause: &Cause, gaps: &[&Gap], by: NaiveDateTime) -> ToDo {
    let codes: Vec<String> =
        gaps.iter().filter_map(|gap| gap.task).map(|task| outcome.division.task(task).code.clone()).collect();
    let of = if codes.is_empty() { String::new() } else { format!("（{}）", listed(codes)) };
    let what = match cause {
        Cause::File(source) => {
            let (why, advice) = why_refused(outcome, *source);
            format!("重新报送“{}”{of}：{why}；{advice}", base(outcome, *source))
        }
        Cause::Gap(_, GapKind::NotSubmitted) => format!("补报工作台账和佐证材料{of}：本期没有收到报送的材料"),
        Cause::Gap(_, GapKind::NotReported) => format!("补报{of}：已报的材料里没有这些任务"),
        Cause::Gap(_, GapKind::Blank) => format!("填写后重新报送{of}：收到的是空白表"),
        Cause::Gap(..) => {
            let (title, advice) = gaps.first().map_or(("", ""), |gap| (gap.title.as_str(), gap.advice.as_str()));
            format!("{title}{of}：{}", advice.trim_end_matches('。'))
        }
    };
    ToDo { by, what }
}

/// Files of a unit that come back to it with faults to correct.
fn to_correct(outcome: &Outcome, unit: UnitId, by: NaiveDateTime) -> Vec<ToDo> {
    let mut files: BTreeMap<SourceId, (u32, u32)> = BTreeMap::new();
    let merged = |source: SourceId| {
        let file = source.0.checked_sub(1).and_then(|at| outcome.files.get(at as usize));
        file.is_some_and(|file| file.state == FileState::Merged && file.unit == Some(unit))
    };
    let open = |issue: &&Issue| {
        issue.counts() && issue.answer.is_none() && issue.finding.kind.scope == crate::basis::scope::Scope::Submission
    };
    for issue in outcome.issues.iter().filter(open).filter(|issue| merged(issue.finding.place.source)) {
        let (errors, warnings) = files.entry(issue.finding.place.source).or_default();
        *errors += u32::from(issue.severity == Severity::Error);
        *warnings += u32::from(issue.severity == Severity::Warning);
    }
    let counted = files.into_iter().filter(|(_, (errors, warnings))| errors + warnings > 0);
    counted
        .map(|(source, (errors, warnings))| {
            let parts = [(errors, "处必须改正"), (warnings, "处需改正或说明")];
            let parts: Vec<String> =
                parts.iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count}{words}")).collect();
            let what = format!("改正退回的“{}”后重新报送：{}", base(outcome, source), parts.join("，"));
            ToDo { by, what }
        })
        .collect()
}

/// The row of a notice's table for all items that one file left open: what, why, what to do. None for other items.
pub(super) fn of_file(outcome: &Outcome, gaps: &[&Gap], gap: &Gap) -> Option<[String; 3]> {
    let source = file_of(outcome, gap)?;
    let same: Vec<&&Gap> = gaps.iter().filter(|other| file_of(outcome, other) == Some(source)).collect();
    // The first of them speaks for all.
    if !std::ptr::eq(**same.first()?, gap) {
        return Some([String::new(), String::new(), String::new()]);
    }
    let codes = same.iter().filter_map(|gap| gap.task).map(|task| outcome.division.task(task).code.clone());
    let (why, advice) = why_refused(outcome, source);
    Some([listed(codes.collect()), format!("文件“{}”：{why}", base(outcome, source)), advice])
}

/// The file that left an item open because it could not be used.
fn file_of(outcome: &Outcome, gap: &Gap) -> Option<SourceId> {
    let issue = gap.issue.and_then(|at| outcome.issues.get(at)).filter(|_| gap.kind == GapKind::Unusable)?;
    Some(issue.finding.place.source).filter(|source| refused(outcome, *source))
}

/// Whether a file came to nothing.
fn refused(outcome: &Outcome, source: SourceId) -> bool {
    let file = source.0.checked_sub(1).and_then(|at| outcome.files.get(at as usize));
    file.is_some_and(|file| file.state == FileState::Refused)
}

/// Why a file could not be used, in one line, and what to do about it.
fn why_refused(outcome: &Outcome, source: SourceId) -> (String, String) {
    let about = outcome.issues.iter().find(|issue| {
        let kind = issue.finding.kind;
        issue.finding.place.source == source
            && kind.scope == crate::basis::scope::Scope::Submission
            && issue.severity == Severity::Error
    });
    let file = source.0.checked_sub(1).and_then(|at| outcome.files.get(at as usize));
    let lang = outcome.settings.lang;
    let refused = file.and_then(refusal::reason).map(|why| why.in_lang(lang).to_owned());
    let why = about.map(|issue| outcome.message(issue)).or(refused).unwrap_or_else(|| "里面没有找到台账".to_owned());
    let advice = about.map_or_else(|| "请检查后重新报送".to_owned(), |issue| outcome.advice(issue));
    (why.trim_end_matches('。').to_owned(), advice.trim_end_matches('。').to_owned())
}

fn base(outcome: &Outcome, source: SourceId) -> &str {
    let file = source.0.checked_sub(1).and_then(|at| outcome.files.get(at as usize));
    let name = file.map_or("", |file| file.source.name.as_str());
    name.rsplit(['/', '!']).next().unwrap_or(name)
}

/// Codes of tasks, each once; of many the first ones and how many there are.
fn listed(mut codes: Vec<String>) -> String {
    let mut known = std::collections::BTreeSet::new();
    codes.retain(|code| known.insert(code.clone()));
    let count = codes.len();
    codes.truncate(MOST_CODES);
    let shown = codes.join("、");
    if count > MOST_CODES { format!("{shown}等{count}项") } else { shown }
}

/// The lines of the notice, numbered, each with its deadline where it differs from the one before.
pub(super) fn lines(all: &[ToDo]) -> Vec<String> {
    let lines = all.iter().enumerate().map(|(at, one)| {
        let again = at > 0 && all[at - 1].by == one.by;
        let when = if again { String::new() } else { format!("{}前：", day_time(one.by)) };
        format!("{}. {when}{}。", at + 1, one.what)
    });
    lines.collect()
}
