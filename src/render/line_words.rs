//! What the lines of the consolidated ledger say: values as understood, what was written otherwise, and why something is
//! missing or unmatched.

use std::borrow::Cow;

use crate::basis::calendar::Window;
use crate::basis::calendar::format::{in_iso, moment_words};
use crate::basis::text::{code_key, fold, name_key, skeleton};
use crate::basis::{Lang, TaskId};
use crate::division::Task;
use crate::division::fields::{self, Role};
use crate::ledger::{Attribution, Entry, Value, content::is_nil_for_all};
use crate::obligation::{Obligation, RecordRef, State};
use crate::outcome::{Outcome, labels};
use crate::table::FieldId;

/// A field as it was understood: a day as 2014-08-15, an amount as a number, a rate as a percentage, a state in its
/// standard word; what was not understood as written.
pub fn understood(entry: Entry<'_>, field: FieldId, lang: Lang) -> Cow<'_, str> {
    match entry.value(field) {
        Value::Day(day) => in_iso(day).into(),
        Value::Moment(moment) => in_iso(moment.date()).into(),
        Value::Number(number) | Value::NumberAsText(number) => in_digits(number).into(),
        Value::Rate(rate) => format!("{}%", (rate * 1e10).round() / 1e8).into(),
        Value::Status(status) => labels::status(status, lang).into(),
        _ => entry.text(field).into(),
    }
}

/// A number in digits; a whole one without the work that a fraction takes.
fn in_digits(number: f64) -> String {
    let whole = number.fract() == 0.0 && number.is_sign_positive() && number < 1e15;
    if whole { (number as u64).to_string() } else { number.to_string() }
}

/// Whether a value is printed as it was written, whatever that is.
fn is_as_written(value: Value) -> bool {
    match value {
        Value::Blank
        | Value::Text
        | Value::Days { .. }
        | Value::Unfit
        | Value::Fault
        | Value::Uncalculated
        | Value::DigitsLost => true,
        Value::Day(_)
        | Value::Moment(_)
        | Value::Number(_)
        | Value::NumberAsText(_)
        | Value::Rate(_)
        | Value::Status(_) => false,
    }
}

/// What the unit wrote in fields that are printed otherwise, as 栏目：内容.
pub(super) fn as_written(outcome: &Outcome, differing: &[(FieldId, &str)]) -> String {
    let told =
        differing.iter().map(|(field, written)| format!("{}：{written}", outcome.division.fields.spec(*field).name));
    told.collect::<Vec<_>>().join("；")
}

/// The fields that are printed otherwise than the unit wrote them, with what it wrote: prefilled fields where it differs
/// from the division, others where it differs word for word.
pub(super) fn written_otherwise<'a>(
    outcome: &'a Outcome,
    entry: Entry<'a>,
) -> impl Iterator<Item = (FieldId, &'a str)> {
    let task = entry.record.task.map(|task| outcome.division.task(task));
    let is_given = move |field| task.is_some() && fields::role(field) == Role::Given;
    let answered = entry.ledger.answered().filter(move |field| !is_given(*field));
    let given = fields::with_role(Role::Given).filter(move |_| task.is_some());
    given.chain(answered).filter_map(move |field| {
        let written = entry.text(field);
        let same = match (fields::role(field), task) {
            _ if written.is_empty() => true,
            (Role::Given, Some(task)) => agrees(outcome, entry, task, field),
            (Role::Given | Role::Serial, _) => true,
            _ => is_as_written(entry.value(field)) || understood(entry, field, Lang::Zh) == written,
        };
        (!same).then_some((field, written))
    })
}

/// Whether what stands in a prefilled field agrees with the division.
fn agrees(outcome: &Outcome, entry: Entry<'_>, task: &Task, field: FieldId) -> bool {
    let (written, terms) = (entry.text(field), task.terms(entry.unit()));
    match field {
        // a number that restarts under each category equals the end of the task code
        fields::CODE => {
            let ends = |key: &str| task.code_key == key || task.code_key.ends_with(&format!("-{key}"));
            written == task.code || ends(&code_key(written))
        }
        // 公益广告宣传 equals 一、公益广告宣传, also in vertical text
        fields::CATEGORY if written == task.category => true,
        fields::CATEGORY => {
            let (theirs, ours) = (skeleton(written), skeleton(&task.category));
            ours.is_empty() || ours.contains(&theirs) || theirs.contains(&ours)
        }
        fields::TASK => written == task.text.value || skeleton(written) == skeleton(&task.text.value),
        fields::LEADERS => terms.leaders.is_empty() || fold(written) == fold(&terms.leaders.join("、")),
        fields::UNITS => entry.record.unit.is_some_and(|unit| {
            let name = &outcome.division.unit(unit).name;
            written == name || name_key(written) == name_key(name)
        }),
        _ => {
            let until = &terms.deadline_text;
            until.is_empty() || written == until || fold(written) == fold(until)
        }
    }
}

/// Why a record is in 未归类.
pub fn why_unmatched(outcome: &Outcome, at: RecordRef) -> String {
    let (file, lang) = (&outcome.files[at.file as usize].reading, outcome.settings.lang);
    if let Some(aside) = (at.ledger as usize).checked_sub(file.ledgers.len()).and_then(|nth| file.aside.get(nth)) {
        return labels::aside(&aside.unread, outcome.settings.lang).to_owned();
    }
    let record = outcome.entry(at).record;
    let task = |task: TaskId| {
        let task = outcome.division.task(task);
        format!("{} {}", task.code, crate::check::support::phrase::clip(&task.text.value, 20))
    };
    match (record.unit, record.by) {
        (_, Attribution::Ruling(id)) if record.task.is_none() => {
            lang.pick(format!("人工认定 {id}：不计入任何任务"), format!("ruling {id}: counts for no task"))
        }
        (Some(_), _) if is_nil_for_all(outcome.entry(at)) => lang
            .pick("零报告；本单位应报的事项另有报送", "a nil report; its unit reports what it owes otherwise")
            .to_owned(),
        (None, _) => lang.pick("报送单位不明，不能确定是谁的材料", "nobody knows which unit sent it").to_owned(),
        (_, Attribution::None { best: Some(best), likeness }) if likeness > 0 => {
            let task = task(best);
            lang.pick(
                format!("任务分工中没有对应的任务；最接近“{task}”（相似度{likeness}%）"),
                format!("no task of the division; the nearest is “{task}” ({likeness}% alike)"),
            )
        }
        (_, Attribution::None { .. }) => lang.pick("任务分工中没有对应的任务", "no task of the division").to_owned(),
        _ => lang.pick("所在文件的报送单位不明", "nobody knows which unit sent the file").to_owned(),
    }
}

/// Why an item has no row of its own.
pub fn why_missing(outcome: &Outcome, obligation: &Obligation, lang: Lang) -> String {
    let due = moment_words(obligation.due, lang);
    match obligation.state {
        State::Missing => lang.pick(format!("应于{due}前报送，未收到"), format!("due {due}, did not come")),
        State::Blank => lang.pick("收到的表格未填写内容", "the form that came is blank").to_owned(),
        State::Unusable if obligation.out_of_reach => labels::out_of_reach(lang).to_owned(),
        State::Unusable => lang.pick("收到的文件无法使用", "what came cannot be used").to_owned(),
        State::NotDue => lang.pick(format!("应于{due}前报送"), format!("due {due}")),
        State::Nil if obligation.nil.is_some() => {
            lang.pick("本期应报事项一并零报告", "a nil report for everything in one").to_owned()
        }
        _ => reported_before(outcome, obligation, lang),
    }
}

/// In which windows before this one an obligation was reported, and where: 已于2014年8月报送（收件/a.xlsx!台账!2）.
fn reported_before(outcome: &Outcome, obligation: &Obligation, lang: Lang) -> String {
    let told = obligation.last_of_windows().map(|report| {
        let window = Window::containing(outcome.window.cycle, report.window_end).full_words(lang);
        let place = match report.record {
            Some(at) => outcome.reference(at),
            None => lang.pick(format!("{}，已移出", report.file), format!("{}, moved away", report.file)),
        };
        lang.pick(format!("已于{window}报送（{place}）"), format!("reported in {window} ({place})"))
    });
    told.collect::<Vec<_>>().join(lang.pick("；", "; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_they_are() {
        for number in [0.0, -0.0, 7.0, -5.0, 12.5, 1e14, 1e15, 3e20, f64::MAX, 0.1] {
            assert_eq!(in_digits(number), number.to_string());
        }
    }
}
