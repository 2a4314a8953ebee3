//! One file from its grids to its records.

use chrono::NaiveDate;

use super::about;
use super::period::period;
use super::record::UnitFrom;
use super::rows::{Maker, Site};
use super::seen::{FileSeen, SheetSeen, Skipped, Stamp, WindowFrom};
use super::sender;
use super::sheets::{self, Surveyed};
use super::stamp::stamp;
use crate::basis::UnitId;
use crate::basis::calendar::{Cycle, Window, written};
use crate::basis::place::{Place, Source};
use crate::division::{Context, Roster};
use crate::read::{Format, Refusal, Sheet, Workbook};

/// Understands a file that was read, or says what was refused: the ledgers in it with all their records.
pub fn understand(read: Result<Workbook, Refusal>, source: &Source, cx: &Context<'_>) -> FileSeen {
    let outside = Outside::of(source, cx);
    let mut book = match read {
        Ok(book) => book,
        Err(refusal) => {
            return FileSeen {
                refusal: Some(refusal),
                unit: outside.register.or(outside.path),
                window: file_window(source, &[], &[], None, cx),
                ..FileSeen::default()
            };
        }
    };
    let stamp = stamp(&book, cx.division);
    let sheets = std::mem::take(&mut book.sheets);
    let mut surveyed: Vec<Surveyed> =
        sheets.iter().map(|sheet| sheets::look(sheet, &book.texts, &cx.division.fields)).collect();
    choose(&mut surveyed, &sheets, cx);

    let window = file_window(source, &surveyed, &sheets, stamp.as_ref(), cx);
    let senders = Senders { outside, stamp: stamp.as_ref().and_then(|stamp| stamp.unit), roster: &cx.division.roster };
    let units: Vec<Vec<Option<(UnitId, UnitFrom)>>> = senders.all(&surveyed, &sheets, source);
    let stamped = stamp.as_ref().is_some_and(|stamp| stamp.division == cx.division.hash);

    let mut seen = FileSeen { format: Some(book.format), notices: book.notices, window, stamp, ..FileSeen::default() };
    let mut texts = book.texts;
    let mut maker = Maker::new(cx, &mut texts);
    for (at, ((sheet, surveyed), units)) in sheets.iter().zip(surveyed).zip(units).enumerate() {
        seen.sheets.push(SheetSeen {
            name: sheet.name.clone(),
            hidden: sheets::is_hidden(sheet),
            hidden_rows: sheet.hidden_rows.iter().copied().filter(|&row| sheet.grid.row(row).is_some()).collect(),
            notes: surveyed.notes.iter().flatten().cloned().collect(),
            skipped: surveyed.skipped,
        });
        for ((table, notes), unit) in surveyed.tables.into_iter().zip(&surveyed.notes).zip(units) {
            let unmerged = book.format == Format::Csv;
            let site = Site { source: source.id, sheet: at as u16, unit, stamped, unmerged };
            seen.ledgers.push(maker.ledger(table, sheet, site, notes));
        }
    }
    texts.freeze();
    seen.texts = texts;
    seen.unit = seen.ledgers.iter().find_map(|ledger| ledger.unit).or_else(|| senders.outside());
    seen
}

/// Decides which sheets with tables are read: hidden ones only when no visible one is a ledger, and of sheets that each
/// name another period (one a month) those of the run's window.
fn choose(surveyed: &mut [Surveyed], sheets: &[Sheet], cx: &Context<'_>) {
    let skip = |surveyed: &mut Surveyed, why| {
        surveyed.skipped = Some(why);
        surveyed.tables.clear();
        surveyed.notes.clear();
    };
    let visible = surveyed.iter().zip(sheets).any(|(s, sheet)| !s.tables.is_empty() && !sheets::is_hidden(sheet));
    for (surveyed, sheet) in surveyed.iter_mut().zip(sheets) {
        if visible && sheets::is_hidden(sheet) && !surveyed.tables.is_empty() {
            skip(surveyed, Skipped::Hidden);
        }
    }
    let any = surveyed.iter().any(|s| !s.tables.is_empty());
    for surveyed in surveyed.iter_mut() {
        // Beside a ledger a table that was never meant as one needs no complaint.
        if let Some(Skipped::HeadingMissing { found, .. }) = &surveyed.skipped
            && any
            && !sheets::meant_as_ledger(found, &cx.division.fields)
        {
            surveyed.skipped = Some(Skipped::NotLedger);
        }
    }
    let own: Vec<Option<Window>> = surveyed.iter().zip(sheets).map(|(s, sheet)| sheet_window(s, sheet, cx)).collect();
    let of_run =
        |window: &Option<Window>| window.is_some_and(|w| w.cycle <= cx.window.cycle && overlaps(&w, &cx.window));
    if own.iter().any(of_run) {
        for (surveyed, own) in surveyed.iter_mut().zip(own) {
            if let Some(window) = own
                && window.cycle <= cx.window.cycle
                && !overlaps(&window, &cx.window)
            {
                skip(surveyed, Skipped::OtherWindow(window.label()));
            }
        }
    }
}

fn overlaps(a: &Window, b: &Window) -> bool {
    a.start <= b.end && b.start <= a.end
}

/// The period that a sheet's name or its title names.
fn sheet_window(surveyed: &Surveyed, sheet: &Sheet, cx: &Context<'_>) -> Option<Window> {
    if surveyed.tables.is_empty() {
        return None;
    }
    let of_name = period(&sheet.name, cx.window.end);
    of_name.or_else(|| surveyed.titles.iter().find_map(|line| period(&line.2, cx.window.end)))
}

/// The window the file says it belongs to: its stamp, a period in a title, a sheet's name or the file's name, else the
/// day on which it was filled in. A period says more than that day, which is often one of the next month.
fn file_window(
    source: &Source,
    surveyed: &[Surveyed],
    sheets: &[Sheet],
    stamp: Option<&Stamp>,
    cx: &Context<'_>,
) -> Option<(Window, WindowFrom)> {
    let near = cx.window.end;
    if let Some(window) = stamp.and_then(|stamp| Window::parse(&stamp.window, cx.window.cycle)) {
        return Some((window, WindowFrom::Stamp));
    }
    let titles = || surveyed.iter().flat_map(|s| &s.titles).map(|line| line.2.as_str());
    let names = surveyed.iter().zip(sheets).filter(|(s, _)| !s.tables.is_empty()).map(|(_, sheet)| sheet.name.as_str());
    let title = shortest(titles().chain(names).filter_map(|text| period(text, near)));
    let name = shortest(file_names(source).filter_map(|name| period(name, near)));
    let title = title.map(|window| (window, WindowFrom::Title));
    let name = name.map(|window| (window, WindowFrom::FileName));
    // A year in the title and a month in the name: the month.
    let said = match (title, name) {
        (Some(title), Some(name)) if name.0.cycle < title.0.cycle => Some(name),
        (title, name) => title.or(name),
    };
    if let Some(said) = said.filter(|said| said.0.cycle <= cx.window.cycle) {
        return Some(said);
    }
    let day = |day: NaiveDate| (Window::containing(Cycle::Day, day), WindowFrom::FilledOn);
    let notes = surveyed.iter().flat_map(|s| &s.notes);
    let filled = notes.flat_map(|notes| about::filled_on(notes)).find_map(|note| written::day(&note.3, near));
    let dated = || titles().find_map(|text| written::day(text.trim().trim_matches(['(', ')', '（', '）']), near));
    filled.or_else(dated).map(day).or(said)
}

/// Of several periods the most exact, the first of equals.
fn shortest(periods: impl Iterator<Item = Window>) -> Option<Window> {
    periods.min_by_key(|window| window.cycle)
}

/// The file's name without its extension, that of its archive after it.
fn file_names(source: &Source) -> impl Iterator<Item = &str> {
    source.name.rsplit('!').map(|path| {
        let file = path.rsplit('/').next().unwrap_or(path);
        file.rsplit_once('.').map_or(file, |(stem, _)| stem)
    })
}

/// What is known of the sender from outside the file.
#[derive(Clone, Copy, Debug)]
struct Outside {
    register: Option<(UnitId, UnitFrom)>,
    path: Option<(UnitId, UnitFrom)>,
}

impl Outside {
    fn of(source: &Source, cx: &Context<'_>) -> Outside {
        let roster = &cx.division.roster;
        let claim =
            source.claim.as_deref().and_then(|claim| roster.find(claim).or_else(|| sender::in_words(claim, roster)));
        let path = sender::of_source(source, &cx.settings.inbox, roster);
        Outside {
            register: claim.map(|unit| (unit, UnitFrom::Register)),
            path: path.map(|(unit, by_name)| (unit, if by_name { UnitFrom::FileName } else { UnitFrom::Folder })),
        }
    }
}

/// Everything that tells who submits.
struct Senders<'a> {
    outside: Outside,
    stamp: Option<UnitId>,
    roster: &'a Roster,
}

impl Senders<'_> {
    /// Stamp, name, folder: for what the sheets do not tell.
    fn outside(&self) -> Option<(UnitId, UnitFrom)> {
        self.outside.register.or(self.stamp.map(|unit| (unit, UnitFrom::Stamp))).or(self.outside.path)
    }

    /// The unit of each table of each sheet: the register, else 填报单位 in the sheet (or in all those of the file that
    /// have it, when they agree), else the stamp, the file's name, its folder; last, a title or the sheet's name.
    fn all(&self, surveyed: &[Surveyed], sheets: &[Sheet], source: &Source) -> Vec<Vec<Option<(UnitId, UnitFrom)>>> {
        let stated: Vec<Vec<Option<(UnitId, UnitFrom)>>> = surveyed
            .iter()
            .enumerate()
            .map(|(at, surveyed)| {
                // In a sheet of several blocks a line above the first may speak for all, until another is said.
                let mut last = None;
                surveyed
                    .notes
                    .iter()
                    .map(|notes| {
                        last = self.stated(notes, source, at as u16).or(last);
                        last
                    })
                    .collect()
            })
            .collect();
        let mut agreed = stated.iter().flatten().flatten();
        let first = agreed.next().copied();
        let agreed = first.filter(|first| agreed.all(|other| other.0 == first.0));
        stated
            .into_iter()
            .zip(surveyed.iter().zip(sheets))
            .enumerate()
            .map(|(at, (tables, (surveyed, sheet)))| {
                let place = || Place::sheet(source.id, at as u16);
                let titled = || {
                    let titles = surveyed.titles.iter().map(|line| line.2.as_str());
                    let unit =
                        titles.chain([sheet.name.as_str()]).find_map(|words| sender::in_words(words, self.roster))?;
                    Some((unit, UnitFrom::Sheet(place())))
                };
                let otherwise = agreed.or_else(|| self.outside()).or_else(titled);
                tables.into_iter().map(|own| self.outside.register.or(own).or(otherwise)).collect()
            })
            .collect()
    }

    /// The unit that 填报单位 and the like name.
    fn stated(&self, notes: &[about::Note], source: &Source, sheet: u16) -> Option<(UnitId, UnitFrom)> {
        about::senders(notes).find_map(|note| {
            let unit = self.roster.find(&note.3).or_else(|| sender::in_words(&note.3, self.roster))?;
            Some((unit, UnitFrom::Sheet(Place::cell(source.id, sheet, note.0, note.1))))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::drawn::{empty, file, file_with, records, sender};
    use crate::ledger::{Status, Value, stamp as property};

    #[test]
    fn a_task_is_found_by_code_then_text_then_likeness() {
        let (division, seen) = file(
            "综合科.xlsx",
            "
任务编号 | 工作任务 | 完成情况
１－１ | 整治所辖楼宇和广场的广告牌，按比例投放公益广告。 | 已完成
1-1 | 清理楼宇内外附着广告，墙面不贴告示 | 已完成
 | 2、清理楼宇内外附着广告,墙面不贴告示 | 已完成
 | 俭以养德全民节约行动 | 已完成
 | 1-2 清理楼宇内外附着广告 | 已完成
 | 慰问老党员 | 已完成
9-9 | | 已完成
",
        );
        assert_eq!(
            records(&division, &seen),
            [
                "2 综合 1-1 code",
                "3 综合 1-1 code!1-2",
                "4 综合 1-2 text",
                "5 综合 2-1 like",
                "6 综合 1-2 code",
                "7 综合 - none",
                "8 综合 - none",
            ]
        );
    }

    #[test]
    fn bare_numbers_count_within_their_category_and_serial_numbers_do_not() {
        let (division, seen) = file(
            "综合科.xlsx",
            "
任务编号 | 任务类别 | 完成情况 | 备注
2 | 责任目标 | 已完成 |
1 | 三、驻村 | 已完成 |
5 | 驻村 | 已完成 |
",
        );
        assert_eq!(records(&division, &seen), ["2 综合 2-2 code", "3 综合 3-1 code", "4 综合 - none"]);
        let (division, seen) = file(
            "综合科.xlsx",
            "
序号 | 工作任务 | 完成情况
1 | 清理楼宇内外附着广告，墙面不贴告示 | 已完成
2 | 开展道德讲堂，学习宣传道德模范和身边好人 | 已完成
1-1 | | 已完成
",
        );
        assert_eq!(records(&division, &seen), ["2 综合 1-2 text", "3 综合 2-2 text", "4 综合 1-1 code"]);
    }

    #[test]
    fn section_rows_stand_for_the_category() {
        let (division, seen) = file(
            "综合科.xlsx",
            "
任务编号 | 工作任务 | 完成情况 | 备注
一、宣传教育 | < | < | <
2 | | 已完成 |
（三）驻村 | < | < | <
1 | | 已完成 |
",
        );
        assert_eq!(records(&division, &seen), ["3 综合 1-2 code", "5 综合 3-1 code"]);
    }

    #[test]
    fn of_equal_tasks_the_unit_owes_one() {
        let (division, seen) = file(
            "后勤中心.xlsx",
            "
工作任务 | 责任单位 | 完成情况
组织志愿服务 | | 已完成
组织志愿服务 | 综合科 | 已完成
组织志愿服务 | 管理一科 | 已完成
",
        );
        assert_eq!(records(&division, &seen), ["2 后勤 3-1 text", "3 综合 2-3 text", "4 管理 - none"]);
    }

    #[test]
    fn a_rows_own_units_win_unless_they_are_the_divisions_line_copied() {
        let (division, seen) = file(
            "综合科.xlsx",
            "
任务编号 | 责任单位 | 完成情况
1-1 | 综合科、后勤中心 | 已完成
1-1 | 后勤中心、管理一科 | 已完成
1-1 | 各科室 | 已完成
1-1 | 某某科 | 已完成
1-1 | | 已完成
2-1 | 综合科、管理一科 | 已完成
",
        );
        assert_eq!(
            records(&division, &seen),
            [
                "2 综合 1-1 code",
                "3 后勤+管理 1-1 code",
                "4 综合 1-1 code",
                "5 综合 1-1 code",
                "6 综合 1-1 code",
                "7 综合+管理 2-1 code",
            ]
        );
    }

    #[test]
    fn the_sender_in_the_contracts_order() {
        let table = "任务编号 | 完成情况\n1-1 | 已完成\n";
        let labelled = format!("填报单位：后勤服务中心（盖章） |\n{table}");
        let of = |name: &str, drawing: &str, claim: Option<&str>, stamped: bool| {
            let (division, seen) = file_with(name, drawing, |book, source| {
                source.claim = claim.map(str::to_owned);
                if stamped {
                    book.properties.insert(property::DIVISION.into(), "blake3:00".into());
                    book.properties.insert(property::UNIT.into(), "管理一科".into());
                }
            });
            sender(&division, &seen.ledgers[0])
        };
        assert_eq!(of("综合科.xlsx", &labelled, Some("管理一科"), true), "管理一科 register");
        assert_eq!(of("综合科.xlsx", &labelled, None, true), "后勤服务中心 sheet");
        assert_eq!(of("综合科.xlsx", table, None, true), "管理一科 stamp");
        assert_eq!(of("综合科/附件2：管理一科台账（最终版）(1).xlsx", table, None, false), "管理一科 name");
        assert_eq!(of("综合科/8月台账.xlsx", table, None, false), "综合管理科 folder");
        assert_eq!(of("台账.xlsx", &format!("综合科8月台账 |\n{table}"), None, false), "综合管理科 sheet");
        assert_eq!(of("台账.xlsx", table, None, false), "-");
    }

    #[test]
    fn a_column_of_senders_speaks_row_by_row() {
        let (division, seen) = file(
            "台账.xlsx",
            "
填报单位 | 任务编号 | 完成情况
综合科 | 1-1 | 已完成
管理一科 | 2-1 | 已完成
",
        );
        assert_eq!(records(&division, &seen), ["2 综合 1-1 code", "3 管理 2-1 code"]);
        assert_eq!(sender(&division, &seen.ledgers[0]), "综合管理科 sheet");
    }

    #[test]
    fn merged_cells_repeat_their_value_down_the_rows_they_span() {
        let (division, seen) = file(
            "综合科.xlsx",
            "
任务类别 | 工作任务 | 完成情况 | 佐证材料
宣传教育 | 整治所辖楼宇和广场的广告牌，按比例投放公益广告 | 已完成 | 照片
^ | ^ | 推进中 | 通知
^ | 清理楼宇内外附着广告，墙面不贴告示 | 已完成 |
",
        );
        assert_eq!(records(&division, &seen), ["2 综合 1-1 text", "3 综合 1-1 text", "4 综合 1-2 text"]);
        let ledger = &seen.ledgers[0];
        let text = |row: usize, col: usize| seen.texts.get(ledger.records[row].cells[col].text);
        assert_eq!((text(2, 0), text(2, 3)), ("宣传教育", ""));
    }

    #[test]
    fn a_csv_has_no_merged_cells() {
        let (division, seen) = file_with(
            "综合科.csv",
            "
工作任务 | 完成情况
整治所辖楼宇和广场的广告牌，按比例投放公益广告 | 已完成
 | 推进中
",
            |book, _| book.format = Format::Csv,
        );
        assert_eq!(records(&division, &seen), ["2 综合 1-1 text", "3 综合 1-1 text"]);
    }

    #[test]
    fn values_under_their_fields() {
        let (_, seen) = file(
            "综合科.xlsx",
            "
任务编号 | 完成情况 | 日期 | 人数（人） | 宣传投入
1-1 | √ | 8月15日 | 约50人 | 2.50
1-1 | 差不多 | 近期 | 若干 |
1-1 | #N/A | = | ３５ | @2014-08-01
",
        );
        let cells = |row: usize| {
            let cells = &seen.ledgers[0].records[row].cells;
            cells.iter().map(|c| (seen.texts.get(c.text).to_owned(), c.value)).collect::<Vec<_>>()
        };
        let day = NaiveDate::from_ymd_opt(2014, 8, 15).expect("a day");
        assert_eq!(
            cells(0)[1..],
            [
                ("√".into(), Value::Status(Status::Done)),
                ("8月15日".into(), Value::Day(day)),
                ("约50人".into(), Value::Number(50.0)),
                ("2.5".into(), Value::Number(2.5)),
            ]
        );
        assert_eq!(
            cells(1)[1..].iter().map(|c| c.1).collect::<Vec<_>>(),
            [Value::Unfit, Value::Unfit, Value::Unfit, Value::Blank,]
        );
        assert_eq!(cells(2)[1], ("#N/A".into(), Value::Fault));
        assert_eq!(cells(2)[2], (String::new(), Value::Uncalculated));
        assert_eq!(cells(2)[3], ("３５".into(), Value::NumberAsText(35.0)));
    }

    #[test]
    fn a_time_of_completion_is_a_deadline_when_its_cells_say_so() {
        let field = |cell: &str| {
            let (division, seen) =
                file("综合科.xlsx", &format!("任务编号 | 完成时间 | 完成情况\n1-1 | {cell} | 已完成\n"));
            division.fields.spec(seen.ledgers[0].columns[1].field.expect("bound")).name.clone()
        };
        assert_eq!(field("8月15日"), "完成日期");
        assert_eq!(field("12月底前"), "完成时限");
        assert_eq!(field("长期坚持"), "完成时限");
        assert_eq!(field("@2014-12-31"), "完成时限");
    }

    #[test]
    fn a_progress_that_names_states_is_the_state() {
        let field = |cells: &str| {
            let (division, seen) = file("综合科.xlsx", &format!("任务编号 | 进度\n{cells}"));
            division.fields.spec(seen.ledgers[0].columns[1].field.expect("bound")).name.clone()
        };
        assert_eq!(field("1-1 | 100%\n1-2 | 差不多了\n"), "完成情况");
        assert_eq!(field("1-1 | 已完成\n"), "完成情况");
        assert_eq!(field("1-1 | 组织人员清理楼宇内外广告，已完成三处\n"), "进展");
        assert_eq!(field("1-1 | \n"), "进展");
    }

    #[test]
    fn why_a_sheet_is_not_read() {
        let (_, seen) = file_with(
            "综合科.xlsx",
            "
=== 台账
任务编号 | 完成情况
1-1 | 已完成
=== 空
=== 填报说明
请每月28日前报送
=== 缺任务
序号 | 责任单位 | 完成情况 | 备注
1 | 综合科 | 已完成 |
=== 通讯录
姓名 | 责任单位 | 联系电话 | 备注
王某 | 综合科 | 1 |
=== 登记表
工作任务 | 广告整治
责任单位 | 综合科
完成情况 | 已完成
=== 隐藏
任务编号 | 完成情况
1-1 | 已完成
=== 图表
=== 坏
",
            |book, _| {
                book.sheets[6].visibility = crate::read::Visibility::Hidden;
                book.sheets[7].other = Some("chartsheet".into());
                book.sheets[8].unreadable = Some("its part is missing".into());
            },
        );
        let why: Vec<String> = seen
            .sheets
            .iter()
            .map(|sheet| match &sheet.skipped {
                Some(Skipped::HeadingMissing { heading, .. }) => format!("{}: HeadingMissing {heading}", sheet.name),
                Some(why) => format!("{}: {why:?}", sheet.name),
                None => format!("{}: ledger", sheet.name),
            })
            .collect();
        assert_eq!(
            why,
            [
                "台账: ledger",
                "空: Empty",
                "填报说明: NotLedger",
                "缺任务: HeadingMissing A1:D1",
                "通讯录: NotLedger",
                "登记表: NotLedger",
                "隐藏: Hidden",
                "图表: NotLedger",
                "坏: Unreadable(\"its part is missing\")",
            ]
        );
    }

    #[test]
    fn a_block_without_tasks_beside_a_ledger_is_kept() {
        let (division, seen) = file(
            "综合科.xlsx",
            "
任务编号 | 工作任务 | 完成情况
1-1 | | 已完成

序号 | 责任单位 | 完成情况 | 备注
1 | 综合科 | 已完成 | 另行开展
",
        );
        assert_eq!(records(&division, &seen), ["2 综合 1-1 code", "5 综合 - none"]);
    }

    #[test]
    fn hidden_sheets_are_read_when_nothing_else_is_a_ledger() {
        let (_, seen) = file_with("综合科.xlsx", "任务编号 | 完成情况\n1-1 | 已完成\n", |book, _| {
            book.sheets[0].visibility = crate::read::Visibility::Hidden;
        });
        assert_eq!((seen.ledgers.len(), seen.sheets[0].hidden), (1, true));
    }

    #[test]
    fn of_one_sheet_a_month_the_runs_own_is_read() {
        let (_, seen) = file(
            "综合科2014年台账.xlsx",
            "
=== 7月
任务编号 | 完成情况
1-1 | 已完成
=== 8月
任务编号 | 完成情况
1-2 | 已完成
",
        );
        assert_eq!(seen.sheets[0].skipped, Some(Skipped::OtherWindow("2014-07".into())));
        assert_eq!(seen.ledgers.len(), 1);
        assert_eq!(seen.window.map(|w| w.0.label()).as_deref(), Some("2014-08"));
    }

    #[test]
    fn which_window_a_file_says() {
        let of = |name: &str, above: &str| {
            let (_, seen) = file(name, &format!("{above}\n任务编号 | 完成情况 | 备注\n1-1 | 已完成 |\n"));
            seen.window.map(|(window, from)| format!("{} {from:?}", window.label()))
        };
        assert_eq!(of("a.xlsx", "2014年7月台账").as_deref(), Some("2014-07 Title"));
        assert_eq!(of("a7月.xlsx", "创建台账").as_deref(), Some("2014-07 FileName"));
        assert_eq!(of("a7月.xlsx", "2014年创建台账").as_deref(), Some("2014-07 FileName"));
        assert_eq!(of("a.xlsx", "填报日期：2014年9月3日").as_deref(), Some("2014-09-03 FilledOn"));
        assert_eq!(of("a.xlsx", "2014年8月台账 | | 填报日期：2014年9月3日").as_deref(), Some("2014-08 Title"));
        assert_eq!(of("a.xlsx", "2013年创建台账").as_deref(), Some("2013 Title"));
        assert_eq!(of("a.xlsx", "创建台账"), None);
    }

    #[test]
    fn a_form_of_ours_binds_without_guessing() {
        let (division, seen) = file_with(
            "新建表格.xlsx",
            "任务编号 | 工作任务 | 完成情况\n1-1 | 整治所辖楼宇和广场的广告牌，按比例投放公益广告 | 已完成\n",
            |book, _| {
                book.properties.insert(property::DIVISION.into(), "blake3:00".into());
                book.properties.insert(property::UNIT.into(), "综合管理科".into());
                book.properties.insert(property::WINDOW.into(), "2014-08".into());
            },
        );
        assert_eq!(records(&division, &seen), ["2 综合 1-1 stamp"]);
        assert_eq!(seen.window.map(|w| w.1), Some(WindowFrom::Stamp));
    }

    #[test]
    fn a_sign_off_is_a_name_below_the_table() {
        let signed = |line: &str| {
            let drawing = format!("任务编号 | 工作任务 | 完成情况 | 备注\n1-1 | | 已完成 |\n{line}\n");
            file("综合科.xlsx", &drawing).1.ledgers[0].signed
        };
        assert!(signed("填表人：王某 | | 牵头领导签字：张某 |"));
        assert!(!signed("填表人：王某 | | 牵头领导签字： |"));
        assert!(signed("带班领导审核签字：分管副主任"));
    }

    #[test]
    fn pictures_belong_to_their_row() {
        let (_, seen) = file_with(
            "综合科.xlsx",
            "任务编号 | 完成情况 | 佐证材料\n1-1 | 已完成 | DISPIMG(\"ID_1\",1)\n1-2 | 已完成 |\n",
            |book, _| {
                book.sheets[0].pictures = vec![(2, 2), (2, 2)];
            },
        );
        let records = &seen.ledgers[0].records;
        assert_eq!((records[0].pictures, records[1].pictures), (1, 2));
        assert_eq!(seen.texts.get(records[0].cells[2].text), "[图片]");
    }

    #[test]
    fn a_file_that_was_refused_still_has_a_sender() {
        let division = crate::ledger::drawn::division();
        let settings = crate::basis::settings::Settings::default();
        let day = NaiveDate::from_ymd_opt(2014, 8, 31).expect("a day");
        let cx = Context {
            settings: &settings,
            division: &division,
            window: Window::containing(Cycle::Month, day),
            as_of: day.and_hms_opt(23, 0, 0).expect("a time"),
        };
        let source = Source {
            id: crate::basis::place::SourceId(1),
            name: "收件/综合科8月.xlsx".into(),
            hash: String::new(),
            received: cx.as_of,
            claim: None,
            size: 0,
        };
        let seen = understand(Err(Refusal::Encrypted), &source, &cx);
        assert_eq!(seen.unit.map(|u| division.unit(u.0).name.as_str()), Some("综合管理科"));
        assert_eq!(seen.window.map(|w| w.0.label()).as_deref(), Some("2014-08"));
        assert_eq!(understand(Ok(empty()), &source, &cx).ledgers.len(), 0);
    }
}
