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
