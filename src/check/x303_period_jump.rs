//! A number many times that of the period before, or a cumulative number that falls.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::basis::calendar::Window;
use crate::basis::finding::{Findings, Kind, Severity, Wording};
use crate::basis::place::Place;
use crate::basis::scope::Scope;
use crate::basis::text::heading_key;
use crate::basis::{Bilingual, TaskId, UnitId};
use crate::check::support::{earlier, live};
use crate::check::{Batch, Entry, Rule};
use crate::division::{Aggregate, Context, FieldType};
use crate::table::Column;

/// The least factor, up or down, that counts as a jump.
const JUMP: f64 = 10.0;
/// Smaller differences are not a jump, whatever the factor.
const SLIGHT: f64 = 20.0;

/// The kind.
pub static KIND: Kind = Kind {
    code: "X303",
    name: "period-jump",
    scope: Scope::Submission,
    severity: Severity::Warning,
    zh: Wording {
        title: "数据突变",
        message: "“{heading}”[{rows}行合计]为 {value}，上次[{rows_before}行合计]为 {before}（{when}），{how}",
        why: "累计数只增不减；数量成十倍变化，多是单位、小数点写错或重复计算。",
        mend: "请核对两期数据：写错的改正；确实如此的，在备注栏说明原因。",
        example: "7 月“累计志愿者”520 人，8 月 52 人。",
    },
    en: Wording {
        title: "Figure jumps",
        message: "{heading} is {value}[ in {rows} rows], before it was {before}[ in {rows_before} rows] ({when}): {how}",
        why: "A cumulative figure does not fall; ten times as much is mostly a unit, a decimal point or counting twice.",
        mend: "Compare the two periods; correct the slip, or say in the remark why it is so.",
        example: "520 volunteers in all in July, 52 in August.",
    },
};

/// Finds numbers that jump, and cumulative numbers that fall.
#[derive(Debug)]
pub struct PeriodJump;

/// A number in a report.
#[derive(Clone, Copy)]
struct Figure<'a> {
    /// What its cell says.
    seen: f64,
    /// What counts: the same, or the sum of several.
    value: f64,
    day: Option<NaiveDate>,
    place: Place,
    heading: &'a str,
    /// Its window, if earlier than that of the run.
    earlier: Option<Window>,
}

/// The numbers of one unit and task under one heading.
#[derive(Default)]
struct Series<'a> {
    cumulative: bool,
    /// The numbers of the last earlier window.
    before: Vec<Figure<'a>>,
    now: Vec<Figure<'a>>,
}

type All<'a> = BTreeMap<(TaskId, UnitId, String), Series<'a>>;

impl Rule for PeriodJump {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn batch(&self, cx: &Context<'_>, batch: &Batch<'_>, out: &mut Findings) {
        let mut all = All::new();
        for (window, entry) in earlier(cx, batch) {
            figures(cx, &mut all, entry, Some(window));
        }
        for entry in live(batch) {
            figures(cx, &mut all, entry, None);
        }
        for ((task, unit, _), series) in all {
            let (rows_before, rows) = (places(&series.before), places(&series.now));
            let is_sum = !series.cumulative;
            for (before, after, sub_period) in series.sub_periods() {
                let finding = out.note(&KIND, after.place).unit(unit).task(task).period(cx.window.label());
                finding.seen(after.seen.to_string()).fact("value", after.value).fact("before", before.value);
                finding.related(before.place);
                // a sum is that of all rows, at the largest of them
                for (name, at, rows) in [("rows_before", before.place, &rows_before), ("rows", after.place, &rows)] {
                    if is_sum && rows.len() > 1 {
                        finding.fact(name, rows.len());
                        finding.related.extend(rows.iter().filter(|place| **place != at));
                    }
                }
                let cell = || Bilingual::from(before.place.area.map_or(String::new(), |area| area.to_string()));
                let when = before.earlier.map_or_else(cell, |window| Bilingual::each(|lang| window.full_words(lang)));
                finding.fact("heading", after.heading).fact("when", when);
                match sub_period {
                    Turn::Falls => finding.fact_in("how", "累计数减少了", "a cumulative figure that falls"),
                    Turn::Jumps => finding.fact_in("how", "相差十倍以上", "more than ten times"),
                };
            }
        }
    }
}

/// What is unusual about two numbers.
#[derive(Clone, Copy)]
enum Turn {
    Falls,
    Jumps,
}

/// Adds the numbers of a record; of this window only those that have something to be compared with.
fn figures<'a>(cx: &Context<'_>, all: &mut All<'a>, entry: Entry<'a>, earlier: Option<Window>) {
    let Some((task, unit)) = entry.record.task.zip(entry.unit()) else { return };
    for (column, cell) in entry.cells() {
        let Some(value) = cell.value.number().filter(|_| counts(cx, column)) else { continue };
        let (cumulative, key) = (is_cumulative(cx, column), (task, unit, heading_key(&column.heading)));
        if earlier.is_none() && !cumulative && !all.contains_key(&key) {
            continue;
        }
        let place = entry.place_in(column);
        let figure = Figure { seen: value, value, day: entry.day(), place, heading: &column.heading, earlier };
        let series = all.entry(key).or_default();
        series.cumulative |= cumulative;
        if earlier.is_none() {
            series.now.push(figure);
        } else {
            // oldest first: a later window replaces the one before
            if series.before.first().is_some_and(|first| first.earlier != earlier) {
                series.before.clear();
            }
            series.before.push(figure);
        }
    }
}

/// Whether a column has amounts: numbers other than rates, scores and running numbers.
fn counts(cx: &Context<'_>, column: &Column) -> bool {
    column.field.is_some_and(|field| {
        let kind = cx.division.fields.spec(field).kind;
        field != crate::division::fields::SCORE && matches!(kind, FieldType::Integer | FieldType::Decimal)
    })
}

fn is_cumulative(cx: &Context<'_>, column: &Column) -> bool {
    let latest = column.field.is_some_and(|field| cx.division.fields.spec(field).aggregate == Some(Aggregate::Latest));
    latest || ["累计", "累积", "总数", "总量"].iter().any(|word| column.heading.contains(word))
}

impl<'a> Series<'a> {
    /// The pairs of unusual numbers.
    fn sub_periods(mut self) -> Vec<(Figure<'a>, Figure<'a>, Turn)> {
        if !self.cumulative {
            let pair = total(&self.before).zip(total(&self.now));
            return pair.and_then(|(before, after)| odd(before, after, false)).into_iter().collect();
        }
        // rows by date; in the order of the ledger if one has no date
        if self.now.iter().all(|figure| figure.day.is_some()) {
            self.now.sort_by_key(|figure| figure.day);
        }
        let largest = self.before.into_iter().max_by(|a, b| a.value.total_cmp(&b.value));
        let row: Vec<Figure<'a>> = largest.into_iter().chain(self.now).collect();
        row.windows(2).filter_map(|pair| odd(pair[0], pair[1], true)).collect()
    }
}

/// Where numbers stand.
fn places(figures: &[Figure<'_>]) -> Vec<Place> {
    figures.iter().map(|figure| figure.place).collect()
}

/// The sum of the numbers, at the place of the largest.
fn total<'a>(figures: &[Figure<'a>]) -> Option<Figure<'a>> {
    let largest = figures.iter().max_by(|a, b| a.value.total_cmp(&b.value))?;
    Some(Figure { value: figures.iter().map(|figure| figure.value).sum(), ..*largest })
}

fn odd<'a>(before: Figure<'a>, after: Figure<'a>, cumulative: bool) -> Option<(Figure<'a>, Figure<'a>, Turn)> {
    let (a, b) = (before.value, after.value);
    if cumulative && b < a * (1.0 - 1e-9) {
        return Some((before, after, Turn::Falls));
    }
    let jumps = (a - b).abs() >= SLIGHT && a > 0.0 && b > 0.0 && (b >= a * JUMP || a >= b * JUMP);
    jumps.then_some((before, after, Turn::Jumps))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{check, outcome};

    #[test]
    fn a_cumulative_figure_that_falls_is_told() {
        check(
            &PeriodJump,
            "
            division | 1-1 志愿服务 | 综合科、后勤中心
            field | 累计志愿者 | 类型=整数
            --- 综合科7月台账.xlsx 2014-08-02 10:00
            任务编号 | 工作任务 | 完成情况 | 累计志愿者
            '1-1 | 志愿服务 | 正在推进 | 520
            --- 综合科8月台账.xlsx 2014-09-03 10:00
            任务编号 | 工作任务 | 完成情况 | 累计志愿者
            '1-1 | 志愿服务 | 正在推进 | 510                      <- X303 @D 综合科 1-1
            --- 后勤中心7月台账.xlsx 2014-08-02 10:00
            任务编号 | 工作任务 | 完成情况 | 累计志愿者
            '1-1 | 志愿服务 | 正在推进 | 52
            --- 后勤中心8月台账.xlsx 2014-09-03 10:00
            任务编号 | 工作任务 | 完成情况 | 累计志愿者
            '1-1 | 志愿服务 | 正在推进 | 60
            ",
        );
    }

    #[test]
    fn ten_times_as_many_as_the_month_before_is_told() {
        check(
            &PeriodJump,
            "
            division | 1-1 志愿服务 | 综合科、后勤中心
            --- 综合科7月台账.xlsx 2014-08-02 10:00
            任务编号 | 工作任务 | 完成情况 | 人数
            '1-1 | 志愿服务 | 正在推进 | 52
            --- 综合科8月台账.xlsx 2014-09-03 10:00
            任务编号 | 工作任务 | 完成情况 | 人数
            '1-1 | 志愿服务 | 正在推进 | 600                      <- X303 @D 综合科 1-1
            --- 后勤中心7月台账.xlsx 2014-08-02 10:00
            任务编号 | 工作任务 | 完成情况 | 人数
            '1-1 | 志愿服务 | 正在推进 | 2
            --- 后勤中心8月台账.xlsx 2014-09-03 10:00
            任务编号 | 工作任务 | 完成情况 | 人数
            '1-1 | 志愿服务 | 正在推进 | 21
            ",
        );
    }

    /// A column of 综合科 in July and August.
    fn two_months(heading: &str, before: &str, after: &str, told: bool) {
        let mark = if told { "<- X303 @D" } else { "" };
        let drawing = format!(
            "division | 1-1 志愿服务 | 综合科
             field | 累计志愿者 | 类型=整数
             --- 综合科7月台账.xlsx 2014-08-02 10:00
             任务编号 | 工作任务 | 完成情况 | {heading}
             '1-1 | 志愿服务 | 正在推进 | {before}
             --- 综合科8月台账.xlsx 2014-09-03 10:00
             任务编号 | 工作任务 | 完成情况 | {heading}
             '1-1 | 志愿服务 | 正在推进 | {after}   {mark}"
        );
        check(&PeriodJump, &drawing);
    }

    #[test]
    fn a_jump_begins_at_ten_times_either_way() {
        two_months("人数", "50", "499", false);
        two_months("人数", "50", "500", true);
        two_months("人数", "500", "50", true);
        two_months("人数", "499", "50", false);
        two_months("人数", "0", "500", false);
        two_months("人数", "500", "0", false);
    }

    #[test]
    fn a_slight_difference_is_no_jump() {
        two_months("人数", "2", "21", false);
        two_months("人数", "2", "22", true);
    }

    #[test]
    fn what_adds_up_may_stand_still_and_not_fall() {
        two_months("累计志愿者", "520", "520", false);
        two_months("累计志愿者", "520", "519", true);
        two_months("人数", "520", "519", false);
    }

    #[test]
    fn a_sum_is_told_as_one_with_the_rows_that_it_is_made_of() {
        let rows = |month: u32, values: &[u32]| {
            let row = |value: &u32| format!("'1-1 | 志愿服务 | 正在推进 | {value}\n");
            let rows: String = values.iter().map(row).collect();
            format!(
                "--- 综合科{month}月台账.xlsx 2014-0{}-02 10:00\n任务编号 | 工作任务 | 完成情况 | 人数\n{rows}",
                month + 1
            )
        };
        let told = |before: &[u32], now: &[u32]| {
            let drawing = format!("division | 1-1 志愿服务 | 综合科\n{}{}", rows(7, before), rows(8, now));
            let outcome = outcome(&drawing);
            let issue = outcome.issues.iter().find(|issue| issue.finding.kind.code == KIND.code).expect("a jump");
            let cell = |place: &Place| place.area.expect("a cell").to_string();
            let related: Vec<String> = issue.finding.related.iter().map(cell).collect();
            let at = (cell(&issue.finding.place), issue.finding.seen.clone().expect("seen"), related.join(" "));
            (outcome.message(issue), at)
        };
        let at = |cell: &str, seen: &str, related: &str| (cell.to_owned(), seen.to_owned(), related.to_owned());
        let (said, place) = told(&[80], &[2, 3, 2]);
        assert_eq!(
            (&*said, place),
            ("“人数”3行合计为 7，上次为 80（2014年7月），相差十倍以上", at("D3", "3", "D2 D2 D4"))
        );
        let (said, place) = told(&[40, 30], &[3]);
        assert_eq!(
            (&*said, place),
            ("“人数”为 3，上次2行合计为 70（2014年7月），相差十倍以上", at("D2", "3", "D2 D3"))
        );
    }

    #[test]
    fn scores_and_texts_are_no_amounts() {
        two_months("得分", "1", "20", false);
        two_months("人数", "1", "20", false);
        two_months("人数", "12", "240", true);
        two_months("地点", "12", "240", false);
    }
}
