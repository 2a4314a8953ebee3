//! Evaluates the indicators of a task for the records of one unit.

use chrono::{Datelike, NaiveDate};

use super::super::run_file::{RecordRef, RunFile, entry};
use super::super::terms::counts_for;
use super::columns::Columns;
use super::events::Event;
use super::measure::{Amounted, Measured, Total};
use super::span::{self, Span};
use super::{Evaluated, Graded, Scored, Tested, Verdict, words};
use crate::basis::calendar::window::{end_of, last_day};
use crate::basis::calendar::{Cycle, Deadline};
use crate::basis::text::fold;
use crate::basis::{Bilingual, TaskId, UnitId};
use crate::division::indicator::{Asks, Condition, FixedDays, Grade, Indicator, Measure, Relation, Test, Turn};
use crate::division::{Context, Terms, fields};

/// The records of a unit on a task.
pub(super) struct Subject<'a> {
    pub(super) cx: &'a Context<'a>,
    pub(super) files: &'a [RunFile],
    pub(super) columns: &'a Columns<'a>,
    pub(super) terms: &'a Terms,
    pub(super) id: TaskId,
    pub(super) unit: UnitId,
    pub(super) events: &'a [Event],
    /// The last days of windows whose reports are no longer in the inbox: what they counted is not known.
    pub(super) away: Vec<NaiveDate>,
}

/// The sentences of several comparisons as one, with `mark` between them.
fn joined(tests: &[&Tested], mark: &Bilingual) -> Bilingual {
    let join = |lang| {
        let sentences: Vec<&str> = tests.iter().map(|test| test.sentence.in_lang(lang)).collect();
        sentences.join(mark.in_lang(lang))
    };
    Bilingual::each(join)
}

impl Subject<'_> {
    /// Evaluates every indicator of the task.
    pub(super) fn judge(&self, reached: &mut Evaluated) {
        for (at, indicator) in self.terms.indicators.iter().enumerate() {
            match &indicator.asks {
                Asks::Condition(condition) => reached.tests.extend(self.condition(at, indicator, condition)),
                Asks::Days(days) => reached.tests.push(self.fixed_days(at, indicator, days)),
                Asks::Grades(grades) => reached.grades.extend(self.grade(at, indicator, grades)),
            }
        }
    }

    /// 得分 of the latest record of the period: of the last window the one with the latest day; where a record has no day, of
    /// the file received last the last row.
    pub(super) fn score(&self) -> Option<Scored> {
        let cx = self.cx;
        let period = counts_for(self.terms, cx.window);
        let counts = |event: &&Event| event.earlier.is_none_or(|end| period.contains(end));
        let scored: Vec<_> = self
            .events
            .iter()
            .filter(counts)
            .filter_map(|event| {
                let entry = entry(self.files, event.at)?;
                Some((event, entry.source, entry.value(fields::SCORE).number()?))
            })
            .collect();
        let dated = scored.iter().all(|(event, ..)| event.occasion.is_some());
        let in_order = scored.into_iter().map(|(event, source, score)| {
            let (window_end, day) = (event.earlier.unwrap_or(cx.window.end), event.day().filter(|_| dated));
            ((window_end, day, source.received, &source.name, event.at), score)
        });
        let ((.., record), score) = in_order.max_by(|(a, _), (b, _)| a.cmp(b))?;
        Some(Scored { task: self.id, unit: self.unit, score, by_grade: false, of: self.terms.marks, record })
    }

    /// The score for the grades given; of several the lowest. None when the task has no marks or a grade has no share.
    pub(super) fn score_of(&self, grades: &[Graded]) -> Option<Scored> {
        let marks = self.terms.marks?;
        let share = |graded: &Graded| {
            let mut known = self.cx.settings.grades.iter();
            known.find(|(name, _)| fold(name) == fold(&graded.grade)).map(|(_, share)| *share)
        };
        let shares: Option<Vec<f64>> = grades.iter().map(share).collect();
        let share = shares?.into_iter().min_by(f64::total_cmp)?;
        let record = grades.iter().flat_map(|graded| &graded.records).max().copied()?;
        // rounded, because 0.6 × 2 is not exactly 1.2
        let score = (marks * share * 1e6).round() / 1e6;
        Some(Scored { task: self.id, unit: self.unit, score, by_grade: true, of: Some(marks), record })
    }

    /// The comparisons of a condition. Of alternatives (或), those of the first that is met, or a single one that joins all
    /// of them if none is met.
    fn condition(&self, at: usize, indicator: &Indicator, condition: &Condition) -> Vec<Tested> {
        match condition {
            Condition::Test(test) => self.test(at, test),
            Condition::All(parts) => parts.iter().flat_map(|part| self.condition(at, indicator, part)).collect(),
            Condition::Any(parts) => {
                let each: Vec<Vec<Tested>> = parts.iter().map(|part| self.condition(at, indicator, part)).collect();
                let holds = |tests: &&Vec<Tested>| tests.iter().all(|test| test.verdict == Verdict::Evaluated);
                if let Some(reached) = each.iter().find(holds) {
                    return reached.clone();
                }
                let open: Vec<&Tested> =
                    each.iter().flatten().filter(|test| test.verdict != Verdict::Evaluated).collect();
                let Some(first) = open.first() else { return Vec::new() };
                let verdict = open.iter().map(|test| test.verdict).min().unwrap_or(Verdict::Unknown);
                let sentence = joined(&open, &Bilingual::fixed("；或者", "; or "));
                vec![Tested {
                    asked: indicator.text.clone(),
                    verdict,
                    sentence,
                    lacking: Bilingual::default(),
                    reached: None,
                    ..(*first).clone()
                }]
            }
        }
    }

    /// Evaluates a comparison over each relevant span.
    fn test(&self, at: usize, test: &Test) -> Vec<Tested> {
        // what is asked of each record applies to the records of this window, whatever the cycle
        let each = matches!(test.measure, Measure::Each(_));
        let spans = match test.per.turn.or_else(|| self.own_turn()) {
            Some(turn) if !each => span::of_turn(turn, self.cx, self.since()),
            _ => vec![span::window(self.cx)],
        };
        spans.into_iter().map(|span| self.over(at, test, span)).collect()
    }

    /// The cycle of a task that is longer than the window; its indicators are measured over that cycle.
    fn own_turn(&self) -> Option<Turn> {
        let cycle = self.terms.cycle.filter(|cycle| *cycle > self.cx.window.cycle && *cycle != Cycle::Once)?;
        Some(Turn { count: 1, cycle })
    }

    /// The year in which blocks of several years begin: the first year of the task's phase, else of the first record.
    fn since(&self) -> Option<i32> {
        match self.terms.deadline {
            Deadline::Phase(first, _) => Some(first.year()),
            _ => self.events.iter().filter_map(|event| event.day().or(event.earlier)).map(|day| day.year()).min(),
        }
    }

    /// The events in a span: those dated in it; without a date, those of this window and of earlier windows that end in it.
    fn within(&self, span: &Span) -> Vec<Event> {
        let run = &self.cx.window;
        let inside = |event: &&Event| match (event.day(), event.earlier) {
            (Some(day), _) => span.contains(day),
            (None, Some(end)) => span.contains(end),
            // without a date, a row cannot be assigned to one of several sub-periods of the window
            (None, None) => span.holds(run),
        };
        self.events.iter().filter(|event| event.counts).filter(inside).copied().collect()
    }

    /// The events that may lie in a span and are not known to: those without any date, and those of a longer part of the
    /// window.
    fn perhaps_within(&self, span: &Span) -> Vec<Event> {
        let open = |event: &&Event| match (event.occasion, event.earlier) {
            (Some(occasion), _) => {
                let overlaps = occasion.first <= span.last.end && span.first.start <= occasion.last;
                !occasion.exact && overlaps && !span.contains(occasion.last)
            }
            (None, None) => !span.holds(&self.cx.window),
            (None, Some(_)) => false,
        };
        self.events.iter().filter(|event| event.counts).filter(open).copied().collect()
    }

    /// Evaluates a comparison over a span. What falls short only without the records that may lie in it is left open.
    fn over(&self, at: usize, test: &Test, span: Span) -> Tested {
        let mut events = self.within(&span);
        let tested = self.judged(at, test, span, &events);
        if self.may_be_made_up_for(test, &tested) {
            return Tested {
                verdict: Verdict::Away,
                reached: None,
                sentence: Bilingual::each(words::away),
                lacking: Bilingual::default(),
                ..tested
            };
        }
        let perhaps = if tested.verdict == Verdict::Short { self.perhaps_within(&span) } else { Vec::new() };
        if perhaps.is_empty() {
            return tested;
        }
        events.extend(&perhaps);
        if self.judged(at, test, span, &events).verdict == Verdict::Short {
            return tested;
        }
        let records: Vec<RecordRef> = perhaps.iter().filter(|event| event.last).map(|event| event.at).collect();
        Tested {
            verdict: Verdict::Undated,
            reached: None,
            sentence: Bilingual::each(|lang| words::undated(records.len(), lang)),
            lacking: Bilingual::default(),
            records,
            ..tested
        }
    }

    /// Whether what falls short might be made up for by reports of the same span that are no longer here.
    fn may_be_made_up_for(&self, test: &Test, tested: &Tested) -> bool {
        let over = tested.reached.is_some_and(|reached| reached > tested.required);
        let open = match (&test.measure, test.relation) {
            (Measure::Each(_), _) => false,
            (Measure::Ratio(..), _) | (_, Relation::AtLeast | Relation::More) => true,
            (_, Relation::Equal) => !over,
            (_, Relation::AtMost | Relation::Less) => false,
        };
        open && tested.verdict == Verdict::Short && self.away.iter().any(|end| tested.span.contains(*end))
    }

    fn judged(&self, at: usize, test: &Test, span: Span, events: &[Event]) -> Tested {
        let cumulative = !matches!(test.measure, Measure::Each(_) | Measure::Ratio(..));
        let rising = matches!(test.relation, Relation::AtLeast | Relation::More);
        let share = if span.ended() || !cumulative || !rising { 1.0 } else { span.passed as f64 / span.days as f64 };
        let required = test.bound * share;
        let mut tested = Tested {
            task: self.id,
            unit: self.unit,
            indicator: at,
            asked: test.text.clone(),
            span,
            verdict: Verdict::Evaluated,
            required,
            reached: None,
            sentence: Bilingual::default(),
            lacking: Bilingual::default(),
            no_headcount: false,
            days: Vec::new(),
            records: events.iter().filter(|event| event.last).map(|event| event.at).collect(),
        };
        let measured = Measured { files: self.files, columns: self.columns, all: self.events };
        match measured.measure(test, events) {
            Amounted::Total(total) => self.total(test, total, &mut tested),
            Amounted::Parts { sure: false, .. } => tested.verdict = Verdict::Untold,
            Amounted::Parts { over, under, .. } if under > 0.0 => {
                tested.reached = Some(over / under);
                if !test.relation.holds(over / under, required) {
                    tested.verdict = Verdict::Short;
                    tested.sentence = Bilingual::each(|lang| words::ratio(test, over, under, lang));
                }
            }
            Amounted::Parts { .. } => {
                tested.verdict = Verdict::Unknown;
                tested.sentence = Bilingual::fixed("分母为0或未填，无法核对", "the divisor is 0 or blank");
            }
            Amounted::Each(each) => {
                let fails = |value: Option<f64>| value.is_none_or(|value| !test.relation.holds(value, required));
                let failing: Vec<_> = each.into_iter().filter(|(_, value)| fails(*value)).collect();
                if !failing.is_empty() {
                    let values: Vec<_> = failing.iter().map(|(_, value)| *value).collect();
                    tested.verdict = Verdict::Short;
                    tested.sentence = Bilingual::each(|lang| words::each(test, &values, lang));
                    tested.records = failing.into_iter().map(|(at, _)| at).collect();
                }
            }
            Amounted::NoColumn(name) => {
                tested.verdict = Verdict::Unknown;
                tested.sentence = Bilingual::new(
                    format!("台账没有“{name}”一列，无法核对"),
                    format!("the ledger has no column {name}"),
                );
            }
        }
        tested
    }

    fn total(&self, test: &Test, total: Total, tested: &mut Tested) {
        let Total { number: mut total, sure } = total;
        if test.per.person {
            let Some(heads) = self.cx.division.unit(self.unit).headcount.filter(|heads| *heads > 0.0) else {
                tested.verdict = Verdict::Unknown;
                tested.no_headcount = true;
                tested.sentence = Bilingual::fixed(
                    "单位名录没有本单位人数，无法按人均核对",
                    "the roster has no headcount of this unit",
                );
                return;
            };
            total /= heads;
        }
        tested.reached = Some(total);
        // while the cycle runs, an exact number may still be reached
        let open = test.relation == Relation::Equal && !tested.span.ended() && total <= test.bound;
        if !open && !test.relation.holds(total, tested.required) {
            // unreadable cells might make up for it; they have findings of their own
            if !sure && matches!(test.relation, Relation::AtLeast | Relation::More | Relation::Equal) {
                tested.verdict = Verdict::Untold;
                return;
            }
            let (span, required, today) = (tested.span, tested.required, self.today());
            tested.verdict = Verdict::Short;
            let lacking = |lang| words::lacking(test, &span, required, total, lang);
            tested.sentence = Bilingual::each(|lang| words::when(&span, today, lang) + &lacking(lang));
            if span.ended() {
                tested.lacking = Bilingual::each(lacking);
            }
        }
    }

    fn today(&self) -> NaiveDate {
        self.cx.as_of.date().min(self.cx.window.end)
    }

    /// Checks for a record on each fixed day that has passed; holidays are excused.
    fn fixed_days(&self, at: usize, indicator: &Indicator, asked: &FixedDays) -> Tested {
        let cx = self.cx;
        let is_asked = |day: &NaiveDate| match asked {
            FixedDays::Week(weekdays) => weekdays.contains(&day.weekday()),
            FixedDays::Month(days) => {
                let last = last_day(day.year(), day.month()).map_or(31, |last| last.day());
                days.iter().any(|asked| (*asked).min(last) == day.day())
            }
        };
        let over = |day: &NaiveDate| end_of(*day) <= cx.as_of && !cx.settings.due.holidays.contains(day);
        let asked_days: Vec<NaiveDate> =
            cx.window.start.iter_days().take_while(|day| *day <= cx.window.end).filter(is_asked).filter(over).collect();
        let events = || self.events.iter().filter(|event| event.counts);
        let there = |day: &NaiveDate| events().any(|event| event.occasion.is_some_and(|occasion| occasion.is_on(*day)));
        let missing: Vec<NaiveDate> = asked_days.iter().filter(|day| !there(day)).copied().collect();
        Tested {
            task: self.id,
            unit: self.unit,
            indicator: at,
            asked: indicator.text.clone(),
            span: span::window(cx),
            verdict: if missing.is_empty() { Verdict::Evaluated } else { Verdict::Short },
            required: asked_days.len() as f64,
            reached: Some((asked_days.len() - missing.len()) as f64),
            sentence: if missing.is_empty() {
                Bilingual::default()
            } else {
                Bilingual::each(|lang| words::days(&missing, lang))
            },
            records: events()
                .filter(|event| {
                    asked_days.iter().any(|day| event.occasion.is_some_and(|occasion| occasion.is_on(*day)))
                })
                .map(|event| event.at)
                .collect(),
            lacking: Bilingual::default(),
            no_headcount: false,
            days: missing,
        }
    }

    /// Gives the first grade whose condition holds.
    fn grade(&self, at: usize, indicator: &Indicator, grades: &[Grade]) -> Option<Graded> {
        let short = |grade: &Grade| -> Vec<Tested> {
            let tests = grade.when.as_ref().map(|when| self.condition(at, indicator, when)).unwrap_or_default();
            tests.into_iter().filter(|test| test.verdict != Verdict::Evaluated).collect()
        };
        let open = |test: &Tested| matches!(test.verdict, Verdict::Untold | Verdict::Undated | Verdict::Away);
        let is_untold = |grade: &Grade| short(grade).iter().any(open);
        let (rank, grade) = grades.iter().enumerate().find(|(_, grade)| short(grade).is_empty())?;
        if grades[..rank].iter().any(is_untold) {
            return None;
        }
        let lacking = if rank == 0 { Vec::new() } else { short(grades.first()?) };
        let lacking: Vec<&Tested> = lacking.iter().collect();
        let records: Vec<RecordRef> = self.events.iter().map(|event| event.at).collect();
        Some(Graded {
            task: self.id,
            unit: self.unit,
            grade: grade.name.clone(),
            rank,
            of: grades.len(),
            sentence: joined(&lacking, &Bilingual::fixed("；", "; ")),
            records,
        })
    }
}
