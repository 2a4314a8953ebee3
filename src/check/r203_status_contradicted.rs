//! A row that contradicts itself: done without a date, done in the future, not started but with a date of completion …

use crate::basis::Bilingual;
use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::scope::Scope;
use crate::basis::text::fold;
use crate::check::support::columns::note_cells;
use crate::check::{Entry, OneFile, Rule};
use crate::division::{Context, fields};
use crate::ledger::{Ledger, Status, Value};
use crate::table::{FieldId, Together};

/// The kind.
pub static KIND: Kind = Kind {
    code: "R203",
    name: "status-contradicted",
    scope: Scope::Submission,
    severity: Severity::Error,
    zh: Wording {
        title: "前后矛盾",
        message: "{what}[（共 {cells} 行）]",
        why: "同一行的内容互相矛盾，无法认定是否完成。",
        mend: "请按实际情况更正其中一项，重新报送：{expected}。",
        example: "不合格：“已完成”，日期空着。合格：“已完成”，2014-08-15。",
    },
    en: Wording {
        title: "Contradiction",
        message: "{what}[ ({cells} rows)]",
        why: "The row contradicts itself; nobody can tell whether the task is done.",
        mend: "Correct one of the two and submit the file again: {expected}.",
        example: "Bad: 已完成 without a date. Good: 已完成, 2014-08-15.",
    },
};

/// Finds rows that contradict themselves.
#[derive(Debug)]
pub struct StatusContradicted;

/// A contradiction: the field, what is wrong, what is expected.
type Contradiction = (FieldId, Bilingual, Bilingual);

impl Rule for StatusContradicted {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn ledger(&self, _: &Context<'_>, file: &OneFile<'_>, ledger: &Ledger, out: &mut Findings) {
        let Some(date) = date_columns(ledger).last() else { return };
        note_cells(
            out,
            &KIND,
            (file, ledger),
            |column| column.field == Some(date),
            |entry, _| is_undated(entry),
            |finding, _, entry| {
                finding.seen(entry.text(fields::STATUS));
                finding.fact_in("what", "已完成，但没有填日期", "Done, but without any date");
                finding.expected(Bilingual::new("补填完成日期", "add the date"));
            },
        );
    }

    fn record(&self, cx: &Context<'_>, entry: Entry<'_>, out: &mut Findings) {
        if is_undated(entry) {
            return;
        }
        let found = in_future(cx, entry)
            .or_else(|| not_started_but_done(cx, entry))
            .or_else(|| share_against_state(entry))
            .or_else(|| nil_with_figures(entry));
        let Some((field, what, expected)) = found else { return };
        let finding = out.note(&KIND, entry.place(field)).unit(entry.unit()).task(entry.record.task);
        finding.fact("what", what);
        finding.expected(expected);
        if !entry.text(field).is_empty() {
            finding.seen(entry.text(field));
        }
    }
}

/// The fields of the day on which a row was done that have a column, other than one of marks in which a day may stand too.
fn date_columns(ledger: &Ledger) -> impl Iterator<Item = FieldId> + Clone {
    let asks = |at: usize| !matches!(ledger.columns[at].together, Some(Together::DoneOn(_)));
    [fields::DATE, fields::DONE_ON].into_iter().filter(move |&field| ledger.column(field).is_some_and(asks))
}

/// Whether a row is done and every date column is blank. The cell of a cross-tab holds a state or a day, not both.
fn is_undated(entry: Entry<'_>) -> bool {
    let mut columns = date_columns(entry.ledger).peekable();
    entry.record.col.is_none()
        && entry.status() == Some(Status::Done)
        && entry.day().is_none()
        && columns.peek().is_some()
        && columns.all(|field| entry.value(field) == Value::Blank)
}

/// Done on a day in the future.
fn in_future(cx: &Context<'_>, entry: Entry<'_>) -> Option<Contradiction> {
    let happened = entry.is_done() || entry.ledger.column(fields::STATUS).is_none();
    let today = cx.as_of.date();
    let later = |&field: &FieldId| entry.value(field).day().is_some_and(|day| day > today);
    let field = [fields::DONE_ON, fields::DATE].into_iter().find(later).filter(|_| happened)?;
    let day = entry.value(field).day()?;
    let (done, done_en) = if entry.is_done() { ("已完成，但", "Done, but ") } else { ("", "") };
    Some((
        field,
        Bilingual::new(format!("{done}所填日期 {day} 还没有到"), format!("{done_en}{day} has not come yet")),
        Bilingual::new("已完成的，填实际完成的日期", "where it is done, the day on which it was"),
    ))
}

/// Not started, but with a past date of completion.
fn not_started_but_done(cx: &Context<'_>, entry: Entry<'_>) -> Option<Contradiction> {
    let day = entry.value(fields::DONE_ON).day()?;
    (entry.status() == Some(Status::NotStarted) && day <= cx.as_of.date()).then(|| {
        (
            fields::DONE_ON,
            Bilingual::new(format!("未开始，但填了完成日期 {day}"), format!("Not started, but done on {day}")),
            Bilingual::new("改正完成情况，或删去完成日期", "correct the state, or delete the date"),
        )
    })
}

/// Done at 50 %, or not started at 80 %.
fn share_against_state(entry: Entry<'_>) -> Option<Contradiction> {
    /// The most bytes of a text that is a share and nothing else.
    const LONGEST: usize = 64;
    let text = entry.text(fields::PROGRESS);
    let share = match entry.value(fields::PROGRESS) {
        Value::Rate(rate) => rate * 100.0,
        _ if text.len() <= LONGEST => fold(text).strip_suffix('%')?.trim_start_matches("完成").parse().ok()?,
        _ => return None,
    };
    let (zh, en) = match entry.status()? {
        Status::Done if share < 100.0 => ("已完成", "Done"),
        Status::NotStarted if share > 0.0 => ("未开始", "Not started"),
        _ => return None,
    };
    let share = (share * 100.0).round() / 100.0;
    Some((
        fields::PROGRESS,
        Bilingual::new(format!("{zh}，但进度为 {share}%"), format!("{en}, but the progress is {share}%")),
        Bilingual::new("完成情况与进度应一致", "state and progress that agree"),
    ))
}

/// A nil report with an amount.
fn nil_with_figures(entry: Entry<'_>) -> Option<Contradiction> {
    if entry.status() != Some(Status::Nil) {
        return None;
    }
    let counted = |&field: &FieldId| entry.value(field).number().is_some_and(|n| n > 0.0);
    let field = [fields::TIMES, fields::AMOUNT, fields::PEOPLE, fields::HOURS].into_iter().find(counted)?;
    let n = entry.value(field).number()?;
    Some((
        field,
        Bilingual::new(format!("零报告，但填了数量 {n}"), format!("A nil report that counts {n}")),
        Bilingual::new("有工作的不写零报告", "no nil report where something was done"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::check;

    #[test]
    fn done_needs_a_date_that_has_come() {
        check(
            &StatusContradicted,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期 | 完成日期
            '1-1 | 广告整治 | 已完成 | |                  <- R203 error 1-1
            '1-1 | 广告整治 | 已完成 | 8月15日 |
            '1-1 | 广告整治 | 已完成 | | 2014-08-15
            '1-1 | 广告整治 | 已完成 | | 2014-09-30       <- R203 @E
            '1-1 | 广告整治 | 正在推进 | | 2014-09-30
            '1-1 | 广告整治 | 未开始 | | 2014-08-20       <- R203 @E
            ",
        );
    }

    #[test]
    fn a_mark_needs_no_date_because_a_day_stands_below_another() {
        check(
            &StatusContradicted,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 未完成 | 已完成
            '1-1 | 广告整治 | | √
            '1-1 | 广告整治 | | 8月15日
            '1-1 | 广告整治 | | 2014-09-30              <- R203 @D
            '1-1 | 广告整治 | √ |
            ",
        );
    }

    #[test]
    fn a_share_must_agree_with_the_state() {
        check(
            &StatusContradicted,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 进展 | 次数
            '1-1 | 广告整治 | 已完成 | 50% |              <- R203 @D
            '1-1 | 广告整治 | 已完成 | 100% |
            '1-1 | 广告整治 | 未开始 | 80% |              <- R203 @D
            '1-1 | 广告整治 | 正在推进 | 80% | 3
            '1-1 | 广告整治 | 零报告 | | 3                <- R203 @E
            ",
        );
    }

    #[test]
    fn today_has_come_and_tomorrow_has_not() {
        check(
            &StatusContradicted,
            "
            as-of 2014-09-06 18:00
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期 | 完成日期
            '1-1 | 广告整治 | 已完成 | 2014-09-06 |
            '1-1 | 广告整治 | 已完成 | 2014-09-07 |        <- R203 @D
            '1-1 | 广告整治 | 已完成 | | 2014-09-06
            '1-1 | 广告整治 | 已完成 | | 2014-09-07        <- R203 @E
            '1-1 | 广告整治 | 未开始 | | 2014-09-06        <- R203 @E
            '1-1 | 广告整治 | 未开始 | | 2014-09-07
            '1-1 | 广告整治 | 未开始 | 2014-09-06 |
            ",
        );
    }

    #[test]
    fn what_has_no_state_happened_on_its_day() {
        check(
            &StatusContradicted,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 日期
            '1-1 | 广告整治 | 2014-09-06
            '1-1 | 广告整治 | 2014-09-07                  <- R203 @C ~所填日期2014-09-07还没有到
            ",
        );
    }

    #[test]
    fn done_is_all_of_it_and_not_started_none() {
        check(
            &StatusContradicted,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 进展 | 次数 | 人数
            '1-1 | 广告整治 | 已完成 | 99.9% | |          <- R203 @D ~进度为99.9%
            '1-1 | 广告整治 | 未开始 | 0% | |
            '1-1 | 广告整治 | 未开始 | 1% | |             <- R203 @D
            '1-1 | 广告整治 | 零报告 | | 0 | 0
            '1-1 | 广告整治 | 零报告 | | 0 | 1            <- R203 @F
            '1-1 | 广告整治 | 未开始 | | 3 |
            ",
        );
    }

    #[test]
    fn a_column_without_any_date_is_one_finding() {
        check(
            &StatusContradicted,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况 | 日期
            '1-1 | 广告整治 | 已完成 |                    <- R203 @D2:D6 ~共4行
            '1-1 | 广告整治 | 正在推进 |
            '1-1 | 广告整治 | 已完成 |
            '1-1 | 广告整治 | 已完成 |
            '1-1 | 广告整治 | 已完成 |
            ",
        );
    }

    #[test]
    fn without_a_column_for_dates_none_is_missing() {
        check(
            &StatusContradicted,
            "
            division | 1-1 广告整治 | 综合科
            --- 综合科.xlsx
            任务编号 | 工作任务 | 完成情况
            '1-1 | 广告整治 | 已完成
            ",
        );
    }
}
