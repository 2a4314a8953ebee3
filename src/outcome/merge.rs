//! Records → the consolidated ledger, with every record on exactly one row, and the tally of rows and files.

use std::collections::{BTreeSet, HashMap};

use crate::basis::{TaskId, UnitId};
use crate::division::Division;
use crate::obligation::{FileState, Obligations, RecordRef, RunFile, entry};

/// A row of the consolidated ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// A merged record.
    Record {
        /// The task that it reports.
        task: TaskId,
        /// The unit for which it reports.
        unit: Option<UnitId>,
        /// Where it is found among the files.
        record: RecordRef,
    },
    /// A nil report for everything that its unit owes, as it answers for one obligation.
    Nil {
        /// The obligation by position.
        obligation: u32,
        /// Its record, if it is a row: the same for all that the unit owes.
        record: Option<RecordRef>,
    },
    /// A missing item: the obligation by position.
    Missing(u32),
    /// What was reported before, in a window of its longer period: the obligation by position. Its rows stand in the ledger
    /// of the window they were sent for.
    Before(u32),
}

impl Line {
    /// The record of the line; none of a sentence, of a missing item and of what was reported before.
    pub fn record(&self) -> Option<RecordRef> {
        match self {
            Line::Record { record, .. } => Some(*record),
            Line::Nil { record, .. } => *record,
            Line::Missing(_) | Line::Before(_) => None,
        }
    }
}

/// The consolidated ledger.
#[derive(Clone, Debug, Default)]
pub struct Consolidated {
    /// Its rows in the order of the division, then of units, then as submitted; what has no row of its own comes last.
    pub lines: Vec<Line>,
    /// Records without a task or unit: 未归类.
    pub unmatched: Vec<RecordRef>,
}

/// The sort key of a row: its task, the position of its unit among those that owe the task (others after them, by
/// number), records before items without a row of their own, then as submitted.
type Rank = (TaskId, (u32, UnitId), bool, u32, u32, u32);

impl Consolidated {
    /// Puts every record that counts and every missing item on a row, what was reported before and not again, and a nil
    /// report for everything on one for each item.
    pub fn of(division: &Division, files: &[RunFile], obligations: &Obligations) -> Consolidated {
        let mut owing: HashMap<(TaskId, UnitId), u32> = HashMap::new();
        for (task, line) in division.tasks.iter().enumerate() {
            for (at, &unit) in line.units.iter().enumerate() {
                owing.entry((TaskId(task as u32), unit)).or_insert(at as u32);
            }
        }
        let seat = |task, unit| (owing.get(&(task, unit)).copied().unwrap_or(u32::MAX), unit);
        let mut ranked: Vec<(Rank, Line)> = Vec::new();
        let mut unmatched = Vec::new();
        let said_nil: BTreeSet<RecordRef> =
            obligations.all.iter().filter(|owed| owed.nil.is_some()).flat_map(|owed| &owed.records).copied().collect();
        let merged = files.iter().filter(|file| file.state == FileState::Merged);
        for (at, entry) in merged.flat_map(RunFile::counting) {
            match entry.record.task.zip(entry.unit()) {
                Some((task, unit)) => ranked.push((
                    (task, seat(task, unit), false, at.file, at.ledger, at.record),
                    Line::Record { task, unit: Some(unit), record: at },
                )),
                None if said_nil.contains(&at) => {}
                None => unmatched.push(at),
            }
        }
        unmatched.extend(files.iter().filter(|file| file.state == FileState::Merged).flat_map(RunFile::left_aside));
        unmatched.sort_unstable();
        let is_of_no_task = |row| entry(files, row).is_some_and(|entry| entry.record.task.is_none());
        for (at, obligation) in (0u32..).zip(&obligations.all) {
            let gap = obligation.state.is_lacking();
            let row = || obligation.records.iter().copied().find(|row| is_of_no_task(*row));
            let line = match obligation.nil.map(|_| row()) {
                // a row of the task in which nothing is filled in stands for the sentence beside it
                Some(None) if !obligation.records.is_empty() => continue,
                Some(record) => Line::Nil { obligation: at, record },
                // unusable rows are records and have their own row
                None if gap && obligation.records.is_empty() => Line::Missing(at),
                None if !gap && obligation.is_reported_before() => Line::Before(at),
                None => continue,
            };
            ranked.push(((obligation.task, seat(obligation.task, obligation.unit), true, at, 0, 0), line));
        }
        ranked.sort_unstable_by_key(|(rank, _)| *rank);
        let mut lines = Vec::with_capacity(ranked.len());
        lines.extend(ranked.into_iter().map(|(_, line)| line));
        Consolidated { lines, unmatched }
    }
}

/// Counts of files and rows at input and at output, made independently of each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Tally {
    /// Files of the inbox.
    pub files: u32,
    /// Files that count.
    pub files_merged: u32,
    /// Files that could not be used.
    pub files_refused: u32,
    /// Files of which every row was superseded.
    pub files_superseded: u32,
    /// Duplicate files.
    pub files_duplicate: u32,
    /// Files left aside.
    pub files_ignored: u32,
    /// Rows below headings, counted when read.
    pub rows_seen: u32,
    /// Rows in the consolidated ledger.
    pub rows_merged: u32,
    /// Rows in 未归类.
    pub rows_unmatched: u32,
    /// Rows superseded by a later file.
    pub rows_superseded: u32,
    /// Blank rows.
    pub rows_blank: u32,
    /// Section, subtotal, instruction and footer rows.
    pub rows_furniture: u32,
}

impl Tally {
    /// Counts the files and rows of a run: the input from the files, the output from the consolidated ledger and the
    /// superseded rows.
    pub fn of(files: &[RunFile], consolidated: &Consolidated) -> Tally {
        let own = consolidated.lines.iter().filter(|line| matches!(line, Line::Record { .. })).count();
        // a row that stands for all that its unit owes is one row
        let nil = consolidated.lines.iter().filter(|line| matches!(line, Line::Nil { .. }));
        let nil: BTreeSet<RecordRef> = nil.filter_map(Line::record).collect();
        let mut tally = Tally {
            files: files.len() as u32,
            rows_merged: (own + nil.len()) as u32,
            rows_unmatched: consolidated.unmatched.len() as u32,
            ..Tally::default()
        };
        for file in files {
            let count = match file.state {
                FileState::Merged => &mut tally.files_merged,
                FileState::Refused => &mut tally.files_refused,
                FileState::Superseded => &mut tally.files_superseded,
                FileState::Duplicate => &mut tally.files_duplicate,
                FileState::Ignored => &mut tally.files_ignored,
            };
            *count += 1;
            if !matches!(file.state, FileState::Merged | FileState::Superseded) {
                continue;
            }
            tally.rows_superseded += file.live.iter().flatten().filter(|live| !**live).count() as u32;
            let aside = file.reading.aside.iter().map(|aside| &aside.ledger);
            if !file.aside_counts || file.state == FileState::Superseded {
                tally.rows_superseded += aside.clone().map(|ledger| ledger.records.len() as u32).sum::<u32>();
            }
            for ledger in file.reading.ledgers.iter().chain(aside) {
                tally.rows_seen += ledger.rows_seen;
                tally.rows_blank += ledger.rows_blank;
                tally.rows_furniture += ledger.furniture.len() as u32;
            }
        }
        tally
    }

    /// Whether input equals output.
    pub fn balances(&self) -> bool {
        let files =
            self.files_merged + self.files_refused + self.files_superseded + self.files_duplicate + self.files_ignored;
        let rows =
            self.rows_merged + self.rows_unmatched + self.rows_superseded + self.rows_blank + self.rows_furniture;
        self.files == files && self.rows_seen == rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basis::place::{Place, SourceId};
    use crate::ledger::NilSentence;
    use crate::obligation::State;
    use crate::obligation::fixture::drawn;

    #[test]
    fn lines_stand_in_the_order_of_the_division_and_gaps_in_their_place() {
        let campaign = drawn(
            "2014-08 as of 2014-09-06
             1 | 乙科、甲科
             2 | 甲科
             --- 甲科 2014-09-03T10:00 a.xlsx
             2 | 推进中
             1 | 推进中
             ? | 推进中
             --- 丙科 2014-09-03T10:00 c.xlsx
             1 | 推进中
             --- ? 2014-09-03T10:00 d.xlsx
             1 | 推进中",
        );
        let (files, obligations) = campaign.settle();
        let consolidated = Consolidated::of(&campaign.division, &files, &obligations);
        let unit = |unit| campaign.division.unit(unit).name.clone();
        let lines: Vec<String> = consolidated
            .lines
            .iter()
            .map(|line| match line {
                Line::Record { task, unit: of, record } => {
                    let name = of.map(unit).unwrap_or_default();
                    format!("{} {name} {}", campaign.division.task(*task).code, record.record)
                }
                Line::Nil { .. } => "nil".to_owned(),
                Line::Missing(at) => format!("missing {}", unit(obligations.all[*at as usize].unit)),
                Line::Before(at) => format!("before {}", unit(obligations.all[*at as usize].unit)),
            })
            .collect();
        assert_eq!(lines, ["missing 乙科", "1 甲科 1", "1 丙科 0", "2 甲科 0"]);
        let unmatched: Vec<_> = consolidated.unmatched.iter().map(|at| (at.file, at.record)).collect();
        assert_eq!(unmatched, [(0, 2), (2, 0)]);
    }

    #[test]
    fn what_was_reported_before_stands_on_a_line_without_a_record() {
        let lines = |september: &str| {
            let campaign = drawn(&format!(
                "2014-09 as of 2014-10-06
                 1 | 甲科、乙科 | 每季
                 2 | 甲科
                 --- 甲科 2014-08-03T10:00 July.xlsx window=2014-07
                 1 | 已完成
                 2 | 已完成
                 --- 甲科 2014-10-03T10:00 September.xlsx
                 {september}"
            ));
            let (files, obligations) = campaign.settle();
            let consolidated = Consolidated::of(&campaign.division, &files, &obligations);
            assert!(Tally::of(&files, &consolidated).balances());
            consolidated.lines
        };
        let of_second = lines("2 | 推进中");
        assert_eq!(of_second[..2], [Line::Before(0), Line::Missing(1)]);
        assert!(matches!(of_second[2], Line::Record { .. }));
        let of_both = lines("1 | 推进中\n2 | 推进中");
        assert!(matches!(of_both[0], Line::Record { .. }), "its own row says more");
        assert_eq!((of_both.len(), of_both[1]), (3, Line::Missing(1)));
    }

    #[test]
    fn what_goes_in_comes_out() {
        let campaign = drawn(
            "2014-08 as of 2014-09-06
             1 | 甲科
             --- 甲科 2014-09-01T10:00 a.xlsx hash=a
             1 | 推进中
             ? | 推进中
             --- 甲科 2014-09-02T10:00 b.xlsx
             1 | 推进中
             --- 甲科 2014-09-02T10:00 c.xlsx hash=a
             1 | 推进中
             --- 甲科 2014-09-02T10:00 d.docx docx
             --- 甲科 2014-09-09T10:00 e.xlsx
             1 | 推进中",
        );
        let (mut files, obligations) = campaign.settle();
        let consolidated = Consolidated::of(&campaign.division, &files, &obligations);
        let tally = Tally::of(&files, &consolidated);
        assert!(tally.balances(), "{tally:?}");
        let counts = [tally.files, tally.files_merged, tally.files_refused, tally.files_duplicate, tally.files_ignored];
        assert_eq!(counts, [5, 2, 1, 1, 1]);
        assert_eq!([tally.rows_seen, tally.rows_merged, tally.rows_unmatched, tally.rows_superseded], [3, 1, 1, 1]);
        // a lost row is noticed
        files[0].reading.ledgers[0].records.pop();
        files[0].live[0].pop();
        let consolidated = Consolidated::of(&campaign.division, &files, &obligations);
        assert!(!Tally::of(&files, &consolidated).balances());
    }

    #[test]
    fn what_stands_on_a_line_of_its_own_is_not_missing_once_more() {
        let campaign = drawn(
            "2014-08 as of 2014-09-06
             1 | 甲科
             2 | 甲科
             3 | 甲科
             4 | 乙科
             --- 甲科 2014-09-03T10:00 a.xlsx
             1 | #N/A
             2 | 推进中
             --- 乙科 2014-09-03T10:00 blank.xlsx",
        );
        let (files, obligations) = campaign.settle();
        let states: Vec<_> = obligations.all.iter().map(|one| (one.state, one.records.len())).collect();
        assert_eq!(states, [(State::Unusable, 1), (State::OnTime, 1), (State::Missing, 0), (State::Blank, 0)]);
        let consolidated = Consolidated::of(&campaign.division, &files, &obligations);
        let is_record = |line: &Line| matches!(line, Line::Record { .. });
        assert_eq!(consolidated.lines.iter().map(is_record).collect::<Vec<_>>(), [true, true, false, false]);
        assert_eq!(consolidated.lines[2..], [Line::Missing(2), Line::Missing(3)]);
        assert!(Tally::of(&files, &consolidated).balances());
    }

    #[test]
    fn a_nil_report_for_everything_is_a_line_of_each_task_and_one_row() {
        let lines = |nil: &str| {
            let campaign = drawn(&format!(
                "2014-08 as of 2014-09-06
                 1 | 甲科、乙科
                 2 | 甲科
                 --- 乙科 2014-09-03T10:00 b.xlsx
                 1 | 推进中
                 --- 甲科 2014-09-03T10:00 a.xlsx
                 {nil}"
            ));
            let (files, obligations) = campaign.settle();
            let consolidated = Consolidated::of(&campaign.division, &files, &obligations);
            let tally = Tally::of(&files, &consolidated);
            assert!(tally.balances(), "{tally:?}");
            let nil = consolidated.lines.iter().filter(|line| matches!(line, Line::Nil { .. }));
            let nil = nil.map(|line| line.record().map(|at| (at.file, at.record))).collect::<Vec<_>>();
            (nil, consolidated.unmatched.len(), [tally.rows_seen, tally.rows_merged, tally.rows_unmatched])
        };
        assert_eq!(lines("| 零报告"), (vec![Some((1, 0)); 2], 0, [2, 2, 0]));
        // what each task says for itself has its own row
        assert_eq!(lines("1 | 零报告\n2 | 零报告"), (vec![], 0, [3, 3, 0]));
        // beside a report it says nothing
        assert_eq!(lines("1 | 推进中\n2 | 推进中\n| 零报告"), (vec![], 1, [4, 3, 1]));
        // a form left empty came before it
        let after = lines("1 |\n--- 甲科 2014-09-04T10:00 c.xlsx\n| 零报告");
        assert_eq!(after, (vec![Some((2, 0)); 2], 0, [3, 2, 0]));
    }

    #[test]
    fn a_sentence_beside_a_row_without_answers_is_no_second_row() {
        let mut campaign = drawn(
            "2014-08 as of 2014-09-06
             1 | 甲科
             2 | 甲科
             --- 甲科 2014-09-03T10:00 a.xlsx
             1 |",
        );
        campaign.files[0].1.nil.push(NilSentence { place: Place::cell(SourceId(1), 0, 2, 2), unit: Some(UnitId(0)) });
        let (files, obligations) = campaign.settle();
        assert!(obligations.all.iter().all(|owed| owed.state == State::Nil), "{:?}", obligations.all);
        let consolidated = Consolidated::of(&campaign.division, &files, &obligations);
        assert!(matches!(consolidated.lines[..], [Line::Record { .. }, Line::Nil { record: None, .. }]));
        assert!(Tally::of(&files, &consolidated).balances());
    }

    #[test]
    fn every_count_of_the_tally_is_held_against_the_others() {
        let whole = Tally {
            files: 15,
            files_merged: 1,
            files_refused: 2,
            files_superseded: 3,
            files_duplicate: 4,
            files_ignored: 5,
            rows_seen: 150,
            rows_merged: 10,
            rows_unmatched: 20,
            rows_superseded: 30,
            rows_blank: 40,
            rows_furniture: 50,
        };
        assert!(whole.balances());
        let shifted: [fn(&mut Tally); 12] = [
            |tally| tally.files += 1,
            |tally| tally.files_merged += 1,
            |tally| tally.files_refused += 1,
            |tally| tally.files_superseded += 1,
            |tally| tally.files_duplicate += 1,
            |tally| tally.files_ignored += 1,
            |tally| tally.rows_seen += 1,
            |tally| tally.rows_merged += 1,
            |tally| tally.rows_unmatched += 1,
            |tally| tally.rows_superseded += 1,
            |tally| tally.rows_blank += 1,
            |tally| tally.rows_furniture += 1,
        ];
        for (at, shift) in shifted.iter().enumerate() {
            let mut tally = whole;
            shift(&mut tally);
            assert!(!tally.balances(), "count {at}");
        }
    }

    #[test]
    fn blank_and_furniture_rows_are_counted_where_they_stand() {
        let mut campaign = drawn(
            "2014-08 as of 2014-09-06
             1 | 甲科
             --- 甲科 2014-09-03T10:00 a.xlsx
             1 | 推进中
             --- 甲科 2014-09-04T10:00 b.xlsx
             1 | 推进中",
        );
        let count = |campaign: &crate::obligation::fixture::Drawn| {
            let (files, obligations) = campaign.settle();
            let tally = Tally::of(&files, &Consolidated::of(&campaign.division, &files, &obligations));
            assert!(tally.balances(), "{tally:?}");
            [tally.files_merged, tally.files_superseded, tally.rows_seen, tally.rows_blank, tally.rows_furniture]
        };
        assert_eq!(count(&campaign), [1, 1, 2, 0, 0]);
        let ledger = &mut campaign.files[1].1.ledgers[0];
        ledger.rows_seen += 3;
        ledger.rows_blank += 2;
        ledger.furniture.push((9, crate::table::Furniture::Subtotal));
        assert_eq!(count(&campaign), [1, 1, 5, 2, 1]);
    }
}
