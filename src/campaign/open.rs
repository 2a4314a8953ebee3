//! Opens a campaign: its settings, its division, and the window and day of the run.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDateTime;

use super::archive::Archive;
use super::folders::{Folders, SETTINGS};
use super::history::History;
pub use super::now::now;
pub use super::opened::Opened;
use super::readers::Readers;
use super::rulings;
use super::settings::{Complaint, Layer};
use super::stop::Stop;
use crate::basis::Bilingual;
use crate::basis::calendar::{Cycle, Window};
use crate::basis::finding::Severity;
use crate::basis::place::{Place, SourceId};
use crate::basis::pool::Texts;
use crate::basis::settings::Settings;
use crate::check::support::{phrase, refusal};
use crate::division::lint::cell_not_understood;
use crate::division::{self, Division, FieldSet};
use crate::ledger;
use crate::read::{Format, Workbook};
use crate::ruling::Line;

/// The command-line switches that override settings.
#[derive(Clone, Debug, Default)]
pub struct Switches {
    /// `--as-of`.
    pub as_of: Option<String>,
    /// `--window`.
    pub window: Option<String>,
    /// `--output`.
    pub output: Option<String>,
    /// `--lang`.
    pub lang: Option<String>,
    /// `--division`, of `check`.
    pub division: Option<String>,
}

/// The settings of a folder without its division, which is enough to find the folders.
///
/// # Errors
/// [`Stop::Start`] with every complaint.
pub fn settings(folders: &Folders, switches: &Switches) -> Result<Settings, Stop> {
    let mut complaints = Vec::new();
    let (file, switches) = layers(folders, switches)?;
    let mut settings = Settings::default();
    file.apply(&mut settings, &mut complaints);
    switches.apply(&mut settings, &mut complaints);
    stopped(&complaints)?;
    Ok(settings)
}

/// Opens a campaign: reads settings and division and determines the window. `now` is the clock.
///
/// # Errors
/// [`Stop::Start`] with all errors of the settings or the division.
pub fn open(
    folders: &Folders,
    switches: &Switches,
    readers: &dyn Readers,
    archive: &Archive,
    now: NaiveDateTime,
) -> Result<Opened, Stop> {
    let opened = open_faulty(folders, switches, readers, archive, now)?;
    stop_at_errors(&opened.division, &opened.settings)?;
    Ok(opened)
}

/// Like [`open`], but errors of the division are only among its findings.
///
/// # Errors
/// [`Stop::Start`] when the settings have errors or the division cannot be read.
pub fn open_faulty(
    folders: &Folders,
    switches: &Switches,
    readers: &dyn Readers,
    archive: &Archive,
    now: NaiveDateTime,
) -> Result<Opened, Stop> {
    let (file, switches) = layers(folders, switches)?;
    // the settings file and the switches say which file is the division; their errors are reported with those of 参数
    let mut first = Settings::default();
    file.apply(&mut first, &mut Vec::new());
    switches.apply(&mut first, &mut Vec::new());

    let (book, hash) = division_book(&folders.division(&first), &first.division, readers, archive)?;
    let (mut settings, mut complaints) = (Settings::default(), Vec::new());
    // faults in 参数 are faults of the division (P513), noted by `load`
    Layer::parameters(&division::parameters(&book), &first.division).apply(&mut settings, &mut Vec::new());
    file.apply(&mut settings, &mut complaints);
    switches.apply(&mut settings, &mut complaints);
    settings.division = first.division;

    let as_of = settings.as_of.unwrap_or(now);
    let window = window(&settings, as_of).unwrap_or_else(|complaint| {
        complaints.push(*complaint);
        Window::containing(Cycle::Month, as_of.date())
    });
    complaints.extend(output_is_inbox(folders, &settings));
    stopped(&complaints)?;

    let division = load(&book, &hash, &settings, window);
    let mut opened = Opened { settings, book, division, rulings: None, window, as_of };
    let mut written = rulings::read(folders, readers, window)?;
    if written.iter().flat_map(|one| &one.lines).any(Line::is_ruled) {
        // A history that cannot be used stops the run that asks it for all else.
        let _ = History::read_only(&folders.database()).and_then(|it| it.renumber(&mut written, &opened.division));
    }
    ledger::settle(&mut opened.division, written, window);
    rulings::keep(&mut opened, archive)?;
    Ok(opened)
}

/// A campaign without folder and division, to inspect single files: built-in fields, no tasks, no units.
///
/// # Errors
/// [`Stop::Start`] when the switches have errors.
pub fn stand_alone(switches: &Switches, now: NaiveDateTime) -> Result<Opened, Stop> {
    let (mut settings, mut complaints) = (Settings::default(), Vec::new());
    of_switches(switches).apply(&mut settings, &mut complaints);
    let as_of = settings.as_of.unwrap_or(now);
    let window = window(&settings, as_of).unwrap_or_else(|complaint| {
        complaints.push(*complaint);
        Window::containing(Cycle::Month, as_of.date())
    });
    stopped(&complaints)?;
    let division = Division { fields: FieldSet::builtin(), ..Division::default() };
    let book = Workbook {
        format: Format::Xlsx,
        texts: Texts::default(),
        sheets: Vec::new(),
        notices: Vec::new(),
        properties: BTreeMap::new(),
    };
    Ok(Opened { settings, book, division, rulings: None, window, as_of })
}

/// Loads the division for a window, whose year is used for dates without a year.
pub(super) fn load(book: &Workbook, hash: &str, settings: &Settings, window: Window) -> Division {
    let mut division = division::load(book, hash, &Settings { window: Some(window.label()), ..settings.clone() });
    let mut complaints = Vec::new();
    Layer::parameters(&division::parameters(book), &settings.division).apply(&mut Settings::default(), &mut complaints);
    for Complaint { place, seen, what, .. } in complaints {
        let place = place.unwrap_or(Place::file(SourceId::DIVISION));
        cell_not_understood::note_setting(place, &seen, &what, &mut division.findings);
    }
    division.findings.0.sort_by_key(|finding| (finding.place, finding.kind.code));
    division
}

fn layers(folders: &Folders, given: &Switches) -> Result<(Layer, Layer), Stop> {
    let path = folders.settings();
    let file = match std::fs::read(&path) {
        Ok(bytes) => {
            let text = String::from_utf8(bytes).map_err(|_| {
                Stop::start(
                    format!("{SETTINGS} 不是 UTF-8 文本，请另存为 UTF-8"),
                    format!("{SETTINGS} is not UTF-8 text"),
                )
            })?;
            Layer::toml(text.trim_start_matches('\u{feff}'), SETTINGS).map_err(|complaint| stop(&[*complaint]))?
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Layer::default(),
        Err(error) => return Err(Stop::io("读不了设置文件", "cannot read the settings", &path, &error)),
    };
    Ok((file, of_switches(given)))
}

fn of_switches(given: &Switches) -> Layer {
    let mut switches = Layer::default();
    switches.switch("as_of", given.as_of.as_deref());
    switches.switch("window", given.window.as_deref());
    switches.switch("output", given.output.as_deref());
    switches.switch("language", given.lang.as_deref());
    switches.switch("division", given.division.as_deref());
    switches
}

fn division_book(
    path: &Path,
    name: &str,
    readers: &dyn Readers,
    archive: &Archive,
) -> Result<(Workbook, String), Stop> {
    is_there(path)?;
    let unread = |why: &Bilingual| Stop::failed("读不了任务分工表", "cannot read the division", name, why);
    let held = archive.take_whole(path, unread)?;
    let book = readers.workbook(&archive.path(&held.hash), name);
    let book = book.map_err(|refusal| unread(&refusal::words(&refusal)))?;
    Ok((book, held.hash))
}

/// Whether a division stands where it should.
///
/// # Errors
/// [`Stop::Start`] when it does not.
pub(super) fn is_there(division: &Path) -> Result<(), Stop> {
    if division.is_file() {
        return Ok(());
    }
    let shown = division.display();
    Err(Stop::start(
        format!("找不到任务分工表 {shown}；可用 taizhang init 建立，或在 {SETTINGS} 中写明 division"),
        format!("there is no division {shown}; make one with `taizhang init`, or set `division` in {SETTINGS}"),
    ))
}

/// The window asked for, else the latest that has ended.
fn window(settings: &Settings, as_of: NaiveDateTime) -> Result<Window, Box<Complaint>> {
    if let Some(label) = &settings.window {
        return Window::parse(label, settings.cycle).ok_or_else(|| {
            Box::new(Complaint {
                at: "window".into(),
                place: None,
                seen: label.clone(),
                what: Bilingual::new(
                    format!("“{label}”不是报告期，应如 2014-08、2019-Q3、2018-W17，或其中任一日期"),
                    format!("“{label}” is no window; write it like 2014-08, 2019-Q3, 2018-W17, or any date inside it"),
                ),
            })
        });
    }
    Ok(Window::last_ended(settings.cycle, as_of))
}

/// The complaint where the outputs would go into the inbox itself, which is then as good as empty.
fn output_is_inbox(folders: &Folders, settings: &Settings) -> Option<Complaint> {
    let place = |path: &Path| std::fs::canonicalize(path).ok();
    let (output, inbox) = (place(&folders.output(settings))?, place(&folders.inbox(settings))?);
    (output == inbox).then(|| Complaint {
        at: "output".into(),
        place: None,
        seen: settings.output.clone(),
        what: Bilingual::new(
            format!("“{}”就是收件文件夹，输出应放在另一个文件夹", settings.output),
            format!("“{}” is the inbox; the outputs need a folder of their own", settings.output),
        ),
    })
}

fn stop(complaints: &[Complaint]) -> Stop {
    let said = |c: &Complaint| Bilingual::new(format!("{}：{}", c.at, c.what.zh), format!("{}: {}", c.at, c.what.en));
    Stop::Start(complaints.iter().map(said).collect())
}

/// Stops at complaints about settings, if there are any.
pub(super) fn stopped(complaints: &[Complaint]) -> Result<(), Stop> {
    if complaints.is_empty() { Ok(()) } else { Err(stop(complaints)) }
}

/// Errors of the division stop a run; all are said, each with its cell.
pub(super) fn stop_at_errors(division: &Division, settings: &Settings) -> Result<(), Stop> {
    let said: Vec<Bilingual> = division
        .findings
        .0
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| {
            let sheet = finding.place.sheet.and_then(|at| division.sheets.get(at as usize));
            let cell = finding.place.area.map(|area| area.to_string());
            let place =
                [Some(settings.division.clone()), sheet.cloned(), cell].into_iter().flatten().collect::<Vec<_>>();
            let line = |lang| {
                format!("{} {} {}", place.join("!"), finding.kind.code, phrase::message(finding, lang, division))
            };
            Bilingual::each(line)
        })
        .collect();
    if said.is_empty() { Ok(()) } else { Err(Stop::Start(said)) }
}
