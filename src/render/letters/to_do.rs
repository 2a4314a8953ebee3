//! What a unit must do, first thing in its notice: from all its files and obligations, by deadline, no cause twice.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;

use super::numeral;
use crate::basis::calendar::format::moment_words;
use crate::basis::finding::Severity;
use crate::basis::place::SourceId;
use crate::basis::scope::{GapKind, Scope};
use crate::basis::{Lang, UnitId};
use crate::check::s10_no_ledger;
use crate::check::support::refusal;
use crate::obligation::{FileState, Obligation};
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
    let told: BTreeSet<SourceId> =
        causes.keys().filter_map(|cause| if let Cause::File(source) = cause { Some(*source) } else { None }).collect();
    all.extend(to_correct(outcome, unit, by, &told));
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

/// Files of a unit that come back to it with faults to correct, but for those of which it is told already.
fn to_correct(outcome: &Outcome, unit: UnitId, by: NaiveDateTime, told: &BTreeSet<SourceId>) -> Vec<ToDo> {
    let mut files: BTreeMap<SourceId, (u32, u32)> = BTreeMap::new();
    let merged = |source: SourceId| {
        if told.contains(&source) {
            return false;
        }
        let file = source.0.checked_sub(1).and_then(|at| outcome.files.get(at as usize));
        file.is_some_and(|file| file.state == FileState::Merged && file.unit == Some(unit))
    };
    let open =
        |issue: &&Issue| issue.counts() && issue.answer.is_none() && issue.finding.kind.scope == Scope::Submission;
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

/// Items of one cause, which the table of a notice tells in one row: those that one file left open, or those of which the
/// same is said.
#[derive(Debug)]
pub(super) struct Row<'a> {
    /// The items, never none.
    pub(super) gaps: Vec<&'a Gap>,
    /// What is said of the file that left them open; why stands in the list of what to do.
    pub(super) file: Option<String>,
}

/// The rows of the table, each where its first item stands.
pub(super) fn rows<'a>(outcome: &Outcome, gaps: &[&'a Gap]) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = Vec::new();
    let mut known: BTreeMap<_, usize> = BTreeMap::new();
    for &gap in gaps {
        let source = file_of(outcome, gap);
        let leaders = gap.task.map(|task| &outcome.division.task(task).leaders);
        let same = (gap.code, gap.kind, &gap.message, &gap.period, &gap.due, leaders);
        let key = (source, source.is_none().then_some(same));
        let at = *known.entry(key).or_insert(rows.len());
        match rows.get_mut(at) {
            Some(row) => row.gaps.push(gap),
            None => rows.push(Row { gaps: vec![gap], file: source.map(|source| told_of(outcome, source)) }),
        }
    }
    rows
}

fn told_of(outcome: &Outcome, source: SourceId) -> String {
    format!("文件“{}”不能使用，为什么、怎么改见前面“需要办理的事项”", base(outcome, source))
}

/// The file of the unit that left an item open because it could not be used.
fn file_of(outcome: &Outcome, gap: &Gap) -> Option<SourceId> {
    let issue = gap.issue.and_then(|at| outcome.issues.get(at)).filter(|_| gap.kind == GapKind::Unusable)?;
    let source = issue.finding.place.source;
    let file = source.0.checked_sub(1).and_then(|at| outcome.files.get(at as usize))?;
    // A table of somebody else in which the unit is named is not sent back to it.
    (file.unit == gap.unit).then_some(source)
}

/// Why a file could not be used, in one line, and what to do about it.
fn why_refused(outcome: &Outcome, source: SourceId) -> (String, String) {
    let of_file =
        |issue: &&Issue| issue.finding.place.source == source && issue.finding.kind.scope == Scope::Submission;
    // A hint on a part of the file (S17) says nothing of the whole.
    let about = outcome.issues.iter().filter(of_file).find(|issue| issue.severity >= Severity::Warning);
    let file = source.0.checked_sub(1).and_then(|at| outcome.files.get(at as usize));
    let lang = outcome.settings.lang;
    let refused = file.and_then(refusal::reason).map(|why| why.in_lang(lang).to_owned());
    let why = about.map(|issue| outcome.message(issue)).or(refused).unwrap_or_else(|| "里面没有找到台账".to_owned());
    let advice =
        about.map_or_else(|| s10_no_ledger::KIND.wording(lang).mend.to_owned(), |issue| outcome.advice_to_unit(issue));
    (why.trim_end_matches('。').to_owned(), advice.trim_end_matches('。').to_owned())
}

fn base(outcome: &Outcome, source: SourceId) -> &str {
    let file = source.0.checked_sub(1).and_then(|at| outcome.files.get(at as usize));
    let name = file.map_or("", |file| file.source.name.as_str());
    name.rsplit(['/', '!']).next().unwrap_or(name)
}

/// Codes of tasks, each once; of many the first ones and how many there are.
fn listed(mut codes: Vec<String>) -> String {
    let mut known = BTreeSet::new();
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
        let when = if again { String::new() } else { format!("{}前，", moment_words(one.by, Lang::Zh)) };
        format!("（{}）{when}{}。", numeral(at + 1, Lang::Zh), one.what)
    });
    lines.collect()
}
