//! What a unit must do, first thing in its notice: from all its files and obligations, by deadline, no cause twice.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;

use super::numeral;
use super::owing::{Owing, Step, answer_by, close_by, overdue, tasks_of};
use super::prose::prose;
use super::unusable::{self, Unusable, base, file_of};
use crate::basis::Lang;
use crate::basis::calendar::format::moment_words;
use crate::basis::finding::Severity;
use crate::basis::place::SourceId;
use crate::basis::scope::GapKind;
use crate::basis::text::counting_key;
use crate::obligation::FileState;
use crate::outcome::{Gap, Issue, Outcome};

/// So many codes of tasks are named one by one.
const MOST_CODES: usize = 8;
/// So many times by which something is to be done are named in a sentence.
const MOST_TIMES: usize = 3;
/// So many rows that say nothing are named one by one.
const MOST_ROWS: usize = 5;
/// So many returned files have a line of their own.
const MOST_RETURNED: usize = 20;

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ToDo {
    /// By when.
    pub(super) by: NaiveDateTime,
    /// What it asks for.
    pub(super) asks: Asks,
    /// What.
    pub(super) what: String,
}

/// What a thing to do asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asks {
    /// To send or correct what should have come.
    Mend,
    /// To finish a task before its deadline.
    Finish,
    /// To report before it is due.
    Report,
}

/// Why something is to be done: equal causes are told once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Cause {
    /// A file that could not be used.
    File(SourceId),
    /// Rows that say nothing, in files that were read.
    Rows,
    /// A kind of gap, by the code of its finding.
    Gap(&'static str, GapKind),
}

/// What a unit must do.
pub(super) fn of(outcome: &Outcome, owing: &Owing<'_>) -> Vec<ToDo> {
    let mut causes: BTreeMap<(Cause, NaiveDateTime), Vec<&Gap>> = BTreeMap::new();
    for &gap in &owing.gaps {
        let cause = match gap.kind {
            // It cannot be made good any more.
            GapKind::Late => continue,
            GapKind::Unusable if gap.is_of_row => Cause::Rows,
            GapKind::Unusable => file_of(outcome, gap).map_or(Cause::Gap(gap.code, gap.kind), Cause::File),
            kind => Cause::Gap(gap.code, kind),
        };
        causes.entry((cause, close_by(outcome, gap))).or_default().push(gap);
    }
    let unusable = unusable::all(outcome, owing);
    let of_cause =
        |((cause, by), gaps): (&(Cause, NaiveDateTime), &Vec<&Gap>)| of_cause(outcome, &unusable, (cause, gaps), *by);
    let mut all: Vec<ToDo> = causes.iter().map(of_cause).collect();
    // files of which no item tells
    let lang = outcome.settings.lang;
    let is_told = |files: &&Unusable| {
        let left_open =
            |(cause, _): &(Cause, _)| matches!(cause, Cause::File(source) if files.sources.contains(source));
        causes.keys().any(left_open)
    };
    let by = answer_by(outcome);
    all.extend(unusable.iter().filter(|files| !is_told(files)).map(|files| ToDo {
        by,
        asks: Asks::Mend,
        what: in_letter(files.sent_again(outcome, ""), lang),
    }));
    let told: BTreeSet<SourceId> = unusable.iter().flat_map(|files| files.sources.iter().copied()).collect();
    all.extend(to_correct(outcome, owing, by, &told));
    let mut due: BTreeMap<NaiveDateTime, Vec<String>> = BTreeMap::new();
    for obligation in &owing.soon {
        due.entry(obligation.due).or_default().push(outcome.division.task(obligation.task).code.clone());
    }
    all.extend(due.into_iter().map(|(by, codes)| {
        let codes = listed(codes, lang);
        ToDo {
            by,
            asks: Asks::Report,
            what: lang.pick(format!("报送工作台账（{codes}）"), format!("send the ledger ({codes})")),
        }
    }));
    all.sort_by_key(|one| one.by);
    all
}

fn of_cause(outcome: &Outcome, unusable: &[Unusable], (cause, gaps): (&Cause, &[&Gap]), by: NaiveDateTime) -> ToDo {
    let lang = outcome.settings.lang;
    let codes: Vec<String> = gaps.iter().flat_map(|gap| tasks_of(outcome, gap)).map(|task| task.code.clone()).collect();
    let of = match (codes.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => format!("（{}）", listed(codes, lang)),
        (false, Lang::En) => format!(" ({})", listed(codes, lang)),
    };
    let what = match (cause, lang) {
        (Cause::File(source), _) => {
            let files = unusable.iter().find(|files| files.sources.contains(source));
            files.map_or(String::new(), |files| files.sent_again(outcome, &of))
        }
        (Cause::Rows, _) => {
            let mut known = BTreeSet::new();
            let told: Vec<&str> =
                gaps.iter().map(|gap| gap.message.as_str()).filter(|told| known.insert(*told)).collect();
            let told = super::listed(&told, MOST_ROWS, ("处", "places"), lang);
            lang.pick(
                format!("填写、改正后重新报送{of}：{told}"),
                format!("fill in or mend and send again{of}: {told}"),
            )
        }
        (Cause::Gap(_, GapKind::NotSubmitted), Lang::Zh) => {
            format!("补报工作台账和佐证材料{of}：本期没有收到报送的材料")
        }
        (Cause::Gap(_, GapKind::NotSubmitted), Lang::En) => {
            format!("send the ledger and its evidence{of}: nothing came for this period")
        }
        (Cause::Gap(_, GapKind::NotReported), Lang::Zh) => format!("补报{of}：已报的台账中没有"),
        (Cause::Gap(_, GapKind::NotReported), Lang::En) => {
            format!("report what is missing{of}: the ledger that came does not have it")
        }
        (Cause::Gap(_, GapKind::Blank), Lang::Zh) => format!("填写后重新报送{of}：收到的是空白表"),
        (Cause::Gap(_, GapKind::Blank), Lang::En) => {
            format!("fill in the form and send it again{of}: a blank one came")
        }
        (Cause::Gap(..), _) => {
            let title = gaps.first().map_or("", |gap| gap.title.as_str());
            // what differs in the advice of some gaps is said of each
            let mut known = BTreeSet::new();
            let mut advice: Vec<String> = gaps.iter().map(|gap| advice_of(outcome, gap)).collect();
            advice.retain(|told| known.insert(told.clone()));
            lang.pick(
                format!("{title}{of}：{}", advice.join("；")),
                format!("{}{of}: {}", lower_first(title), advice.join("; ")),
            )
        }
    };
    let asks = if matches!(cause, Cause::Gap(_, GapKind::DueSoon)) { Asks::Finish } else { Asks::Mend };
    ToDo { by, asks, what: in_letter(what, lang) }
}

/// A text as letters write it.
fn in_letter(what: String, lang: Lang) -> String {
    if lang == Lang::Zh { prose(&what) } else { what }
}

/// What a unit is advised to do about a gap.
fn advice_of(outcome: &Outcome, gap: &Gap) -> String {
    let issue = gap.issue.filter(|_| !gap.is_item).and_then(|at| outcome.issues.get(at));
    let told = issue.map_or_else(|| gap.advice.clone(), |issue| outcome.advice_to_unit(issue));
    told.trim_end_matches(['。', '.']).to_owned()
}

/// A text that stands inside a sentence.
fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_lowercase().chain(chars).collect())
}

/// Files of a unit that come back to it with faults to correct, but for those of which it is told already.
fn to_correct(outcome: &Outcome, owing: &Owing<'_>, by: NaiveDateTime, told: &BTreeSet<SourceId>) -> Vec<ToDo> {
    let mut files: BTreeMap<SourceId, (u32, u32)> = BTreeMap::new();
    let merged = |source: SourceId| {
        if told.contains(&source) {
            return false;
        }
        let file = source.0.checked_sub(1).and_then(|at| outcome.files.get(at as usize));
        file.is_some_and(|file| file.state == FileState::Merged)
    };
    let open = |issue: &&Issue| issue.counts() && issue.answer.is_none();
    for issue in owing.issues.iter().copied().filter(open).filter(|issue| merged(issue.finding.place.source)) {
        let (errors, warnings) = files.entry(issue.finding.place.source).or_default();
        *errors += u32::from(issue.severity == Severity::Error);
        *warnings += u32::from(issue.severity == Severity::Warning);
    }
    let lang = outcome.settings.lang;
    let what = |returned: &str, it: &str, (errors, warnings): (u32, u32)| {
        let parts = [(errors, "处必须改正", "to correct"), (warnings, "处需改正或说明", "to correct or explain")];
        let parts = parts.iter().filter(|(count, ..)| *count > 0);
        let parts = parts.map(|(count, zh, en)| lang.pick(format!("{count}{zh}"), format!("{count} {en}")));
        let parts = parts.collect::<Vec<_>>().join(lang.pick("，", ", "));
        lang.pick(
            format!("改正退回的{returned}后重新报送：{parts}"),
            format!("correct {returned} and send {it} again: {parts}"),
        )
    };
    let counted = files.into_iter().filter(|(_, (errors, warnings))| errors + warnings > 0);
    let mut counted: Vec<_> = counted.map(|(source, faults)| (base(outcome, source), faults)).collect();
    counted.sort_by_cached_key(|(name, _)| counting_key(name));
    let (shown, others) = counted.split_at(counted.len().min(MOST_RETURNED));
    let mut told: Vec<String> = shown
        .iter()
        .map(|(name, faults)| what(&lang.pick(format!("“{name}”"), format!("the returned “{name}”")), "it", *faults))
        .collect();
    if !others.is_empty() {
        let sum = others.iter().fold((0, 0), |(e, w), (_, (errors, warnings))| (e + errors, w + warnings));
        let count = others.len();
        told.push(what(
            &lang.pick(format!("其余{count}个文件"), format!("the {count} other returned files")),
            "them",
            sum,
        ));
    }
    told.into_iter().map(|what| ToDo { by, asks: Asks::Mend, what }).collect()
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
pub(super) fn rows<'a>(outcome: &Outcome, owing: &Owing<'a>) -> Vec<Row<'a>> {
    let unusable = unusable::all(outcome, owing);
    let mut rows: Vec<Row<'a>> = Vec::new();
    let mut known: BTreeMap<_, usize> = BTreeMap::new();
    for &gap in &owing.gaps {
        let source = file_of(outcome, gap);
        let leaders = gap.task.map(|task| &outcome.division.task(task).terms(gap.unit).leaders);
        // an item that is owed in several periods is one row, and so is what came late in several
        let periodic = gap.period.filter(|_| gap.is_item || gap.kind == GapKind::Late);
        let told = match gap.kind {
            GapKind::Late => received(outcome, gap),
            _ => Some(gap.message.as_str()).filter(|_| periodic.is_none()),
        };
        let since = overdue(outcome, gap).map(|chain| chain.since);
        let periodic = periodic.map(|period| (period.cycle, gap.task));
        let same = (gap.code, gap.kind, told, periodic, &gap.due, leaders, since);
        let key = (source, source.is_none().then_some(same));
        let at = *known.entry(key).or_insert(rows.len());
        match rows.get_mut(at) {
            Some(row) => row.gaps.push(gap),
            None => rows.push(Row { gaps: vec![gap], file: source.map(|_| told_of(outcome, &unusable)) }),
        }
    }
    rows
}

/// When a report came that came late.
pub(super) fn received<'o>(outcome: &'o Outcome, gap: &Gap) -> Option<&'o str> {
    let issue = gap.issue.and_then(|at| outcome.issues.get(at))?;
    Some(issue.finding.fact_named("received")?.in_lang(outcome.settings.lang))
}

fn told_of(outcome: &Outcome, unusable: &[Unusable]) -> String {
    let names = unusable::names(outcome, unusable);
    outcome.settings.lang.pick(
        format!("文件{names}不能使用，为什么、怎么改见前面“需要办理的事项”"),
        format!("the file {names} could not be used; why and what to do stands above"),
    )
}

/// Codes of tasks, each once; of many the first ones and how many there are.
fn listed(mut codes: Vec<String>, lang: Lang) -> String {
    let mut known = BTreeSet::new();
    codes.retain(|code| known.insert(code.clone()));
    super::listed(&codes, MOST_CODES, ("项", "tasks"), lang)
}

/// By when all that a notice demands is to be done, in a sentence: 于2014年9月8日17时, 分别于2014年9月8日17时、2014年9月20日.
/// A reminder is about reports, else about deadlines.
pub(super) fn limit(all: &[ToDo], step: Step, lang: Lang) -> String {
    let asks = match step {
        Step::Remind if all.iter().any(|one| one.asks == Asks::Report) => Asks::Report,
        Step::Remind => Asks::Finish,
        Step::Call | Step::Rectify => Asks::Mend,
    };
    let moments: BTreeSet<NaiveDateTime> = all.iter().filter(|one| one.asks == asks).map(|one| one.by).collect();
    let words: Vec<String> = moments.iter().map(|by| moment_words(*by, lang)).collect();
    let told = super::listed(&words, MOST_TIMES, ("个时限", "times"), lang);
    let each = if words.len() > 1 { "分别" } else { "" };
    lang.pick(format!("{each}于{told}"), told.clone())
}

/// The lines of the notice, numbered, each with its deadline where it differs from the one before.
pub(super) fn lines(all: &[ToDo], lang: Lang) -> Vec<String> {
    let lines = all.iter().enumerate().map(|(at, one)| {
        let again = at > 0 && all[at - 1].by == one.by;
        let (number, by) = (numeral(at + 1, lang), moment_words(one.by, lang));
        match (again, lang) {
            (true, Lang::Zh) => format!("（{number}）{}。", one.what),
            (false, Lang::Zh) => format!("（{number}）{by}前，{}。", one.what),
            (true, Lang::En) => format!("({number}) {}.", one.what),
            (false, Lang::En) => format!("({number}) By {by}: {}.", one.what),
        }
    });
    lines.collect()
}
