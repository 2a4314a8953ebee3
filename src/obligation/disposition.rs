//! Decides about each file by itself: whether it belongs to this window, can be used, or is evidence.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveTime};

use super::run_file::{FileState, RunFile};
use crate::basis::calendar::format::moment_words;
use crate::basis::calendar::{Cycle, Window};
use crate::basis::place::{Source, base};
use crate::basis::text::{fold, list};
use crate::basis::{Bilingual, Lang, UnitId};
use crate::division::{Context, fields};
use crate::ledger::file_reading::WindowFrom;
use crate::ledger::{Entry, FileReading, OneFile, WhyUnread};
use crate::read::{Format, Refusal};

/// A file with its state by itself; it may still turn out to be a duplicate or be superseded.
pub(super) fn alone(cx: &Context<'_>, source: Source, reading: FileReading, ignored: Option<Bilingual>) -> RunFile {
    let live = reading.ledgers.iter().map(|ledger| vec![true; ledger.records.len()]).collect();
    let mut file = RunFile {
        unit: OneFile { source: &source, reading: &reading }.sender(),
        window: None,
        state: FileState::Ignored,
        why: None,
        replaced_by: Vec::new(),
        live,
        aside_counts: true,
        made_good: false,
        overruled: Vec::new(),
        source,
        reading,
    };
    if ignored.is_some() {
        file.why = ignored;
        return file;
    }
    if file.source.received > cx.as_of {
        let when = |lang| moment_words(file.source.received, lang);
        file.why = Some(Bilingual::new(
            format!("{}收到，晚于统计时间", when(Lang::Zh)),
            format!("received {}, after the day of this run", when(Lang::En)),
        ));
        return file;
    }
    if file.reading.own_output {
        file.why = Some(Bilingual::fixed("本程序的输出，不是报送的台账", "an output of this program, not a report"));
        return file;
    }
    if let Some(id) = file.reading.left_out {
        file.why = Some(Bilingual::new(format!("人工认定 {id}：不计"), format!("not counted by ruling {id}")));
        return file;
    }
    let window = window_of(cx, &file.source, &file.reading);
    file.window = Some(window);
    if window != cx.window {
        file.why = Some(Bilingual::new(
            format!("属于{}，不计入本期", window.full_words(Lang::Zh)),
            format!("belongs to {}, not to this window", window.label()),
        ));
    } else if file.reading.returned.is_some() && file.reading.ledgers.is_empty() && file.reading.nil.is_empty() {
        // For a file too large to copy only the list is returned to the unit; it comes back with answers and no ledger.
        file.why = Some(Bilingual::fixed("只含退回说明", "answers only"));
    } else if file.reading.refusal.is_some() {
        file.state = FileState::Refused;
    } else if file.reading.is_useless() && file.reading.aside.is_empty() {
        file.state = FileState::Refused;
        file.why = Some(Bilingual::fixed("没有找到台账", "no ledger in it"));
    } else {
        file.state = FileState::Merged;
        file.why = left_aside(&file.reading);
    }
    file
}

/// Why a file brings nothing but rows that are no records.
fn left_aside(reading: &FileReading) -> Option<Bilingual> {
    let aside = reading.aside.first().filter(|_| reading.is_useless())?;
    let sheet = &reading.sheets.get(aside.ledger.sheet as usize)?.name;
    let area = aside.unread.area;
    Some(match aside.unread.why {
        WhyUnread::Lacking { .. } => Bilingual::new(
            format!("“{sheet}”{area} 的表头没有“工作任务”或“任务编号”，各行列入未归类"),
            format!("the heading {sheet}!{area} has neither 工作任务 nor 任务编号; its rows are unmatched"),
        ),
        _ => Bilingual::new(
            format!("“{sheet}”{area} 的数据没有表头，各行列入未归类"),
            format!("the rows {sheet}!{area} have no heading; they are unmatched"),
        ),
    })
}

/// The window of a file: that of its stamp, else the one stated in it, else the one whose due time comes next after it was
/// filled in or received.
pub fn window_of(cx: &Context<'_>, source: &Source, reading: &FileReading) -> Window {
    let run = cx.window;
    let at = match reading.window {
        Some((said, WindowFrom::FilledOn)) if said.cycle == Cycle::Day => said.start.and_time(NaiveTime::MIN),
        // A year in a title does not give the month; but another year excludes this window.
        Some((said, _)) if said.cycle > run.cycle => {
            if !(said.contains(run.start) || said.contains(run.end)) {
                return said;
            }
            source.received
        }
        // A week belongs to the month of its Thursday.
        Some((said, _)) if said.cycle == Cycle::Week => {
            return Window::containing(run.cycle, said.start.checked_add_days(Days::new(3)).unwrap_or(said.end));
        }
        Some((said, _)) => return Window::containing(run.cycle, said.end),
        None => source.received,
    };
    let next = cx.settings.due.next(run.cycle, at);
    // Until the due time of the next window has passed, files count for the window of the run.
    if next == run
        || next > run && cx.settings.due.due(&next) > cx.as_of
        || all_inside(OneFile { source, reading }, &run)
    {
        return run;
    }
    next
}

/// Whether the rows of a file have dates that all lie in a window; it then belongs to that window, whenever it was received.
fn all_inside(file: OneFile<'_>, window: &Window) -> bool {
    let mut days = file.entries().filter_map(Entry::day).peekable();
    days.peek().is_some() && days.all(|day| window.contains(day))
}

/// Sets evidence aside: files that are not tables and are named in a ledger, are in a folder 佐证…, or are next to a ledger
/// in an archive. Word documents without a ledger are treated in the same way, and also if they are next to a ledger of
/// their unit in a folder of the `inbox`.
pub(super) fn set_evidence_aside(files: &mut [RunFile], inbox: &str) {
    let is_candidate = |file: &RunFile| {
        let no_table = matches!(file.reading.refusal, Some(Refusal::NotATable(_) | Refusal::SpecialFile));
        file.is_useless() && (no_table || is_text(file))
    };
    if !files.iter().any(is_candidate) {
        return;
    }
    let named = named_files(files);
    let mut folders: BTreeSet<String> = BTreeSet::new();
    let mut senders: BTreeMap<String, BTreeSet<Option<UnitId>>> = BTreeMap::new();
    let mut beside_in: BTreeMap<String, BTreeSet<Option<UnitId>>> = BTreeMap::new();
    for file in files.iter().filter(|file| !file.reading.ledgers.is_empty()) {
        beside_in.entry(folder(&file.source.name).to_owned()).or_default().insert(file.unit);
        if let Some(archive) = archive(&file.source.name) {
            folders.insert(folder(&file.source.name).to_owned());
            senders.entry(archive.to_owned()).or_default().insert(file.unit);
        }
    }
    for file in files.iter_mut().filter(|file| is_candidate(file)) {
        let path = folder(&file.source.name);
        let in_evidence = path.split(['/', '!']).any(|part| part.starts_with("佐证"));
        // in the folder of the ledger or below; anywhere in an archive with ledgers of a single unit
        let mut above = std::iter::successors(archive(path).map(|_| path), |path| {
            let path = path.strip_suffix('!').unwrap_or(path);
            path.contains('!').then(|| folder(path))
        });
        let beside = above.any(|path| folders.contains(path));
        let packed = archive(path).and_then(|archive| senders.get(archive));
        let one_sender =
            |units: &BTreeSet<Option<UnitId>>| units.len() == 1 && (file.unit.is_none() || units.contains(&file.unit));
        let own = |units: &BTreeSet<Option<UnitId>>| file.unit.is_none() || units.contains(&file.unit);
        let folders_above = std::iter::successors(Some(path), |path| Some(folder(path)));
        let with_its_ledger = is_text(file)
            && folders_above
                .take_while(|path| path.len() > inbox.len())
                .any(|path| beside_in.get(path).is_some_and(own));
        if in_evidence
            || beside
            || with_its_ledger
            || packed.is_some_and(one_sender)
            || named.contains(&fold(base(&file.source.name)))
        {
            file.state = FileState::Ignored;
            file.why = Some(Bilingual::fixed("佐证材料", "evidence"));
        }
    }
}

/// Whether a file is a Word document without a ledger.
fn is_text(file: &RunFile) -> bool {
    file.reading.format == Some(Format::Docx) && file.reading.refusal.is_none() && file.reading.ledgers.is_empty()
}

/// The archive that contains a path: `收件/a.zip!`.
fn archive(path: &str) -> Option<&str> {
    path.rfind('!').map(|at| &path[..=at])
}

/// The path without its last part; of `a.zip!b.jpg` it is `a.zip!`.
fn folder(path: &str) -> &str {
    path.rfind(['/', '!']).map_or("", |at| if path[at..].starts_with('!') { &path[..=at] } else { &path[..at] })
}

/// The folded names of files given as evidence in ledgers.
fn named_files(files: &[RunFile]) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for file in files {
        for ledger in &file.reading.ledgers {
            let Some(column) = ledger.column(fields::EVIDENCE) else { continue };
            let texts: BTreeSet<_> = ledger.records.iter().map(|record| record.cells[column].text).collect();
            for text in texts {
                let text = file.reading.texts.get(text);
                let marks = ['《', '》', '“', '”', '"', '：', ':', '（', '(', '\\'];
                let items = list(text).into_iter().flat_map(|item| item.split(marks));
                named.extend(items.filter(|item| item.contains('.')).map(fold));
            }
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use crate::obligation::fixture::{check_files, drawn};

    #[test]
    fn a_file_belongs_to_the_window_it_names() {
        check_files(
            "2014-08 as of 2014-09-06
             1 | 甲科
             --- 甲科 2014-09-03T10:00 same.xlsx window=2014-08
             1 | 推进中
             --- 乙科 2014-09-03T10:00 earlier.xlsx window=2014-07
             1 | 推进中
             --- 丙科 2014-09-03T10:00 week.xlsx window=2014-W33
             1 | 推进中
             --- 丁科 2014-09-03T10:00 year.xlsx window=2014
             1 | 推进中
             --- 戊科 2014-09-03T10:00 other-year.xlsx window=2013
             1 | 推进中
             --- 己科 2014-09-03T10:00 quarter.xlsx window=2014-Q2
             1 | 推进中",
            &[
                "收件/same.xlsx merged 0",
                "收件/earlier.xlsx ignored 0",
                "收件/week.xlsx merged 0",
                "收件/year.xlsx merged 0",
                "收件/other-year.xlsx ignored 0",
                "收件/quarter.xlsx ignored 0",
            ],
        );
    }

    #[test]
    fn else_to_the_window_whose_due_time_comes_next() {
        let text = "2014-08 as of 2014-09-12
                    1 | 甲科
                    --- 甲科 2014-08-05T17:00 a.xlsx
                    1 | 推进中
                    --- 甲科 2014-08-05T17:01 b.xlsx
                    1 | 推进中
                    --- 乙科 2014-09-11T10:00 late.xlsx
                    1 | 推进中
                    --- 丙科 2014-08-04T10:00 dated.xlsx
                    1 | 推进中 | 2014-08-02
                    --- 丁科 2014-09-13T10:00 later.xlsx
                    1 | 推进中
                    --- 戊科 2014-09-11T10:00 filled.xlsx window=2014-09-03
                    1 | 推进中
                    --- 戊科 2014-09-11T10:00 filled-in-july.xlsx window=2014-07-20
                    1 | 推进中";
        let states = |text: &str| {
            let lines = drawn(text).file_states();
            lines.lines().map(|line| line.split(' ').nth(1).unwrap_or_default().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(states(text), ["ignored", "merged", "merged", "merged", "ignored", "merged", "ignored"]);
        // Once September's due time has come, what came before it was September's.
        assert_eq!(
            states(&text.replace("as of 2014-09-12", "as of 2014-10-06")),
            ["ignored", "merged", "ignored", "merged", "ignored", "merged", "ignored"]
        );
        let (files, _) = drawn(text).settle();
        assert_eq!(files[0].window.map(|window| window.label()), Some("2014-07".into()));
        assert_eq!(files[0].why.as_ref().map(|why| &*why.zh), Some("属于2014年7月，不计入本期"));
        assert_eq!(files[4].window, None);
    }

    #[test]
    fn windows_of_other_cycles_work_alike() {
        check_files(
            "2018-W17 as of 2018-05-05
             1 | 甲科
             --- 甲科 2018-04-27T10:00 before.xlsx
             1 | 推进中
             --- 甲科 2018-04-28T10:00 mine.xlsx
             1 | 推进中",
            &["收件/before.xlsx ignored 0", "收件/mine.xlsx merged 0"],
        );
    }

    #[test]
    fn a_word_document_without_a_ledger_is_evidence_beside_one() {
        check_files(
            "2014-08 as of 2014-09-06
             1 | 甲科
             --- 甲科 2014-09-03T10:00 a.xlsx
             1 | 已完成 | | | 通知.docx
             --- 甲科 2014-09-03T10:00 通知.docx prose
             --- 甲科 2014-09-03T10:00 总结.docx prose
             --- 甲科 2014-09-03T10:00 佐证材料/总结.docx prose
             --- 甲科 2014-09-03T10:00 8月/甲科.docx
             1 | 已完成
             --- 甲科 2014-09-03T10:00 8月/总结.docx prose
             --- ? 2014-09-03T10:00 8月/附件/方案.docx prose
             --- 乙科 2014-09-03T10:00 8月/乙科台账.docx prose
             --- 甲科 2014-09-03T10:00 8月/总结.pdf docx
             --- 乙科 2014-09-03T10:00 b.zip!b.xlsx
             1 | 已完成
             --- 乙科 2014-09-03T10:00 b.zip!总结.docx prose",
            &[
                "收件/a.xlsx merged 0",
                "收件/通知.docx ignored",
                "收件/总结.docx refused",
                "收件/佐证材料/总结.docx ignored",
                "收件/8月/甲科.docx superseded",
                "收件/8月/总结.docx ignored",
                "收件/8月/附件/方案.docx ignored",
                "收件/8月/乙科台账.docx refused",
                "收件/8月/总结.pdf refused",
                "收件/b.zip!b.xlsx merged 0",
                "收件/b.zip!总结.docx ignored",
            ],
        );
    }

    #[test]
    fn what_ledgers_name_is_evidence() {
        check_files(
            "2014-08 as of 2014-09-06
             1 | 甲科
             --- 甲科 2014-09-03T10:00 a.xlsx
             1 | 已完成 | | | 通知.docx、见“现场照片.JPG”
             --- 甲科 2014-09-03T10:00 甲科/通知.docx docx
             --- 甲科 2014-09-03T10:00 现场照片.jpg docx
             --- 甲科 2014-09-03T10:00 总结.docx docx
             --- 甲科 2014-09-03T10:00 佐证材料/总结.docx docx
             --- 甲科 2014-09-03T10:00 佐证材料/1.jpg docx hash=same
             --- 甲科 2014-09-03T10:00 佐证材料/2.jpg docx hash=same
             --- 乙科 2014-09-03T10:00 b.zip!台账/b.xlsx
             1 | 已完成
             --- 乙科 2014-09-03T10:00 b.zip!照片/1.jpg docx
             --- 丙科 2014-09-03T10:00 c.zip!1.jpg docx
             --- 甲科 2014-09-03T10:00 d.zip!x/a.xlsx
             1 | 已完成
             --- 乙科 2014-09-03T10:00 d.zip!y/b.xlsx
             1 | 已完成
             --- 甲科 2014-09-03T10:00 d.zip!x/图/a.jpg docx
             --- 丁科 2014-09-03T10:00 d.zip!z/b.docx docx",
            &[
                "收件/a.xlsx superseded",
                "收件/甲科/通知.docx ignored",
                "收件/现场照片.jpg ignored",
                "收件/总结.docx refused",
                "收件/佐证材料/总结.docx ignored",
                "收件/佐证材料/1.jpg ignored",
                "收件/佐证材料/2.jpg ignored",
                "收件/b.zip!台账/b.xlsx superseded",
                "收件/b.zip!照片/1.jpg ignored",
                "收件/c.zip!1.jpg refused",
                "收件/d.zip!x/a.xlsx merged 0",
                "收件/d.zip!y/b.xlsx merged 0",
                "收件/d.zip!x/图/a.jpg ignored",
                "收件/d.zip!z/b.docx refused",
            ],
        );
    }
}
