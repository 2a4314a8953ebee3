//! Lines as written → valid rulings, and invalid ones with the reason.

use super::kind::{Choice, Reach, RulingKind};
use super::written::{Field, Line, Written};
use super::{Refused, Ruling, Rulings, Target, key};
use std::borrow::Cow;

use chrono::NaiveDate;

use crate::basis::calendar::{Deadline, Window, written as day};
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
    let text = &*text_today(kind, line)?;
    let keys = key::keys(kind, text);
    if keys.is_empty() {
        return Err(Invalid(Field::Text, ("没有写原文，不知道认定的是什么", "it does not say what it is about")));
    }
    let choice = choice(kind, line)
        .ok_or(Invalid(Field::Choice, ("认定应为①②③、其他或不计", "① ② ③, 其他 or 不计 belongs here")))?;
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
    let (target, says) = target((kind, text), choice, line, names, window)?;
    if kind == RulingKind::Responsibility && matches!(target, Target::Unit(to, _) if Some(to) == unit) {
        let why =
            ("接手的不能是原单位；维持原分工的请清空认定", "it is that unit's already; clear the cell to leave it so");
        return Err(Invalid(Field::Target, why));
    }
    let period = if reach == Reach::Here { key::period(kind, text) } else { String::new() };
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
        text: get(Field::Text).to_owned(),
        place,
    })
}

const CHANGED: (&str, &str) = ("任务分工中这项任务的文字已改", "the task's text has changed since");
const GONE: (&str, &str) = ("任务分工中已没有这项任务", "the division no longer has the task");

/// What a line is about, with the codes that its tasks have now; those that are gone are left out.
fn text_today(kind: RulingKind, line: &Line) -> Result<Cow<'_, str>, Why> {
    use RulingKind::{Conflict, Evidence, OnTime, Responsibility};
    let text = line.get(Field::Text);
    let codes = key::codes(text);
    if line.renumbered.is_empty() || codes.is_empty() || !matches!(kind, Conflict | OnTime | Evidence | Responsibility)
    {
        return Ok(text.into());
    }
    let today: Vec<&str> = codes.into_iter().filter_map(|code| line.renumbered.code(code)).collect();
    if today.is_empty() {
        return Err(Lapsed(Field::Text, GONE));
    }
    let rest = text.trim_start().split_once(char::is_whitespace).map_or("", |(_, rest)| rest);
    Ok(format!("{} {rest}", today.join("、")).trim_end().to_owned().into())
}

/// The decision of a line, and its wording.
fn target(
    (kind, text): (RulingKind, &str),
    choice: Choice,
    line: &Line,
    names: &dyn Names,
    window: Window,
) -> Result<(Target, String), Why> {
    const CANDIDATE: (&str, &str) = ("候选中没有这一个", "there is no such candidate");
    if matches!(kind, RulingKind::Evidence | RulingKind::Responsibility) {
        // A code may have passed to another task.
        let code = text.split_whitespace().next().unwrap_or_default();
        if names.task(code).is_some_and(|(_, of)| is_another(of, key::of_task(kind, text))) {
            return Err(Lapsed(Field::Text, CHANGED));
        }
    }
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
            let chosen = candidates(kind, line).into_iter().nth(number - 1);
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
            let given = words.trim_start().strip_prefix(code).unwrap_or_default();
            let code = line.renumbered.code(code).ok_or(Lapsed(field, GONE))?;
            let words = format!("{code}{given}");
            let (task, text) = names
                .task(&words)
                .or_else(|| names.task(code))
                .ok_or_else(|| unknown(("任务分工中没有这项任务", "the division has no such task")))?;
            if !of_other && is_another(text, given) {
                return Err(Lapsed(field, CHANGED));
            }
            return Ok((Target::Task(task), words));
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
        RulingKind::Conflict | RulingKind::OnTime | RulingKind::Evidence | RulingKind::Responsibility if !of_other => {
            Target::Agreed
        }
        RulingKind::Responsibility => taken_over(&words, names, window).ok_or(Invalid(
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

/// Whether a task's text is another than the one a line gives; never if it gives none.
fn is_another(text: &str, given: &str) -> bool {
    let given = skeleton(given);
    !given.is_empty() && skeleton(&key::task_text(text)) != given
}

/// What stands under 认定: a choice, or the words of a candidate, with or without its number.
fn choice(kind: RulingKind, line: &Line) -> Option<Choice> {
    let written = line.get(Field::Choice);
    Choice::parse(written).or_else(|| {
        let key = skeleton(written);
        let is = |(words, number): (&String, usize)| {
            let words = skeleton(words);
            (key == words || key == format!("{number}{words}")).then_some(Choice::Candidate(number))
        };
        candidates(kind, line).iter().zip(1..).find_map(is)
    })
}

/// The words that a line chose: a candidate's, or those of 认定为.
pub fn chosen(line: &Line) -> Option<String> {
    let kind = RulingKind::parse(line.get(Field::Kind))?;
    match choice(kind, line)? {
        Choice::Candidate(number) => candidates(kind, line).into_iter().nth(number - 1),
        Choice::Other => Some(line.get(Field::Target).to_owned()).filter(|words| !words.is_empty()),
        Choice::Without => None,
    }
}

/// `后勤中心，自2014年9月1日起`: the unit that takes over a task, and from which day.
fn taken_over(words: &str, names: &dyn Names, window: Window) -> Option<Target> {
    if let Some(unit) = names.unit(words) {
        return Some(Target::Unit(unit, None));
    }
    let begin = words.find(|c: char| matches!(c, '自' | '从') || c.is_ascii_digit())?;
    let (name, since) = words.split_at(begin);
    let between = |c: char| c.is_whitespace() || "，,；;（）()".contains(c);
    let unit = names.unit(name.trim_matches(between))?;
    let since = since.trim_matches(between).trim_start_matches(['自', '从']).trim_end_matches(['起', '开', '始']);
    let (first, _) = day::stretch(since, window.end)?;
    Some(Target::Unit(unit, Some(first)))
}

/// The last day of validity: a day, the end of a period, 年底; for 长期 the last day there is.
fn until(text: &str, window: Window) -> Option<NaiveDate> {
    let label = || Window::parse(text, window.cycle).map(|period| period.end);
    let words = || match Deadline::parse(text, window.end)? {
        Deadline::Standing => Some(NaiveDate::MAX),
        Deadline::By(at) => Some(at.date()),
        Deadline::Phase(_, last) => Some(last),
        Deadline::Each { .. } => None,
    };
    day::day(text, window.end).or_else(label).or_else(words)
}

/// The candidates of a line, without their numbers and likeness; the one there is where a person added the line.
fn candidates(kind: RulingKind, line: &Line) -> Vec<String> {
    let lines = line.get(Field::Candidates).lines().map(str::trim).filter_map(|line| {
        let bare = Choice::CANDIDATES.iter().find_map(|number| line.strip_prefix(number))?;
        let bare = match bare.rfind('（').filter(|_| bare.ends_with("%）")) {
            Some(at) => &bare[..at],
            None => bare,
        };
        Some(bare.trim().to_owned())
    });
    let offered: Vec<String> = lines.collect();
    if offered.is_empty() { kind.only_candidate().map(str::to_owned).into_iter().collect() } else { offered }
}

#[cfg(test)]
mod tests;
