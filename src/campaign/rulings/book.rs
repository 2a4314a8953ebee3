//! Writing 人工认定.xlsx after a run: new doubts below the lines that stand there, states and numbers in their columns.
//! What a person wrote, its looks and its order are never touched.

use std::path::{Path, PathBuf};

use hashbrown::{HashMap, HashSet};

use super::{LAST, last};
use crate::basis::calendar::Window;
use crate::basis::{Bilingual, Lang};
use crate::campaign::archive::digest;
use crate::campaign::disk::Disk;
use crate::campaign::folders::Folders;
use crate::campaign::stop::why;
use crate::outcome::rulings::{LineState, line_state};
use crate::outcome::{Doubt, DoubtKey, Outcome};
use crate::render::rulings::{NewLine, begin};
use crate::ruling::{BESIDE, Choice, FILE, Field, Line, Reach, Written};

/// A cell of the workbook that the program sets: row, column, text.
type Edit = (u32, Field, String);

/// What a run writes into the workbooks of rulings.
pub struct Plan {
    /// Lines that are new.
    new: Vec<NewLine>,
    /// Cells of [`FILE`] that change.
    edits: Vec<Edit>,
    /// The highest number that is given now.
    last: u32,
    /// The workbook, where there is none yet; the first of a window may ask for thousands of lines.
    first: Option<Result<Vec<u8>, Bilingual>>,
}

/// Writes what a run found doubtful. What could not be written is said, never an error: the outputs stand already.
pub fn put(folders: &Folders, outcome: &Outcome, mut plan: Plan, disk: &dyn Disk) -> Vec<Bilingual> {
    let mut said = Vec::new();
    match write(folders, outcome, &mut plan, disk) {
        Ok(None) => {}
        Ok(Some(note)) => said.push(note),
        Err(error) => {
            let why = why(&error);
            said.push(Bilingual::new(
                format!("{FILE} 未能写入：{}；请检查后再运行", why.zh),
                format!("{FILE} could not be written: {}", why.en),
            ));
            return said;
        }
    }
    if plan.last > last(folders) {
        // A number that is lost here is found again in the workbook.
        let _ = replace(&folders.state().join(LAST), plan.last.to_string().as_bytes(), disk);
    }
    said
}

/// Whether something waits beside the workbook that can be taken in now.
pub fn waits(folders: &Folders) -> bool {
    folders.root.join(BESIDE).exists() && !is_locked(folders, FILE) && !is_locked(folders, BESIDE)
}

/// Whether there is a workbook at all.
pub fn stands(folders: &Folders) -> bool {
    [FILE, BESIDE].iter().any(|name| folders.root.join(name).exists())
}

/// Whether an office program holds a file open.
fn is_locked(folders: &Folders, name: &str) -> bool {
    [format!("~${name}"), format!(".~lock.{name}#"), format!(".~{name}")]
        .iter()
        .any(|lock| folders.root.join(lock).exists())
}

/// What a run found doubtful, to be [`put`] once the outputs stand.
pub fn plan(folders: &Folders, outcome: &Outcome) -> Plan {
    let (cx, written) = (outcome.context(), &outcome.division.rulings.written);
    let lines: Vec<&Line> = written.iter().flat_map(|one| &one.lines).collect();
    let mut last = lines.iter().map(|line| line.id).max().unwrap_or(0).max(last(folders));
    let unit = |line: &Line| outcome.division.roster.find(line.get(Field::Unit));
    // A line of a later window stands for nothing in this one, nor one that was ruled for another window alone.
    let here = |line: &Line| match Window::parse(line.get(Field::Window), outcome.window.cycle) {
        Some(window) if line.is_ruled() => {
            window == outcome.window || Reach::parse(line.get(Field::Reach)) != Some(Reach::Here)
        }
        Some(window) => window <= outcome.window,
        None => true,
    };
    // Lines and doubts are many where a ledger names no task: each is looked up, not held against all others.
    let listed: HashSet<DoubtKey> = lines
        .iter()
        .filter(|line| {
            // A line that is still to be ruled, or to be ruled better, stands for the doubt.
            let state = line_state(&cx, &outcome.applied, line);
            matches!(state, Some(LineState::Open | LineState::Invalid)) && here(line)
        })
        .filter_map(|line| Doubt::key_of(line, unit(line)))
        .collect();
    let doubts: HashMap<DoubtKey, &Doubt> = outcome.doubts.iter().map(|doubt| (doubt.key(), doubt)).collect();
    let mut new = Vec::new();
    for doubt in outcome.doubts.iter().filter(|doubt| listed.is_empty() || !listed.contains(&doubt.key())) {
        last += 1;
        new.push(line_of(outcome, doubt, last));
    }
    let doubt_of = |line: &Line| doubts.get(&Doubt::key_of(line, unit(line))?).copied();
    let label = outcome.window.label();
    let mut edits = Vec::new();
    for line in written.iter().filter(|one| one.file == FILE).flat_map(|one| &one.lines) {
        let state = match line_state(&cx, &outcome.applied, line) {
            Some(LineState::Open) if line.id == 0 => None,
            Some(LineState::Open) => {
                let doubt = doubt_of(line).filter(|_| here(line));
                // What nobody ruled in an earlier window is asked for this one, so that 仅此处 means here.
                if let Some(doubt) = doubt.filter(|_| line.get(Field::Window) != label) {
                    let moved = [(Field::Window, &label), (Field::File, &doubt.file), (Field::Place, &doubt.place)];
                    let moved = moved.into_iter().filter(|(field, text)| line.get(*field) != text.as_str());
                    edits.extend(moved.map(|(field, text)| (line.row, field, text.clone())));
                }
                let gone = doubt.is_none() && line.get(Field::Window) == label;
                Some(if gone { LineState::Lapsed } else { LineState::Open })
            }
            state => state,
        };
        let word = state.map(|state| state.word(outcome.settings.lang));
        if let Some(word) = word.filter(|word| *word != line.standing.state) {
            edits.push((line.row, Field::State, word.to_owned()));
        }
        if line.id > 0 && line.id != line.standing.id {
            edits.push((line.row, Field::Id, line.id.to_string()));
        }
        if line.is_ruled() && !line.standing.window {
            edits.push((line.row, Field::Window, line.get(Field::Window).to_owned()));
        }
    }
    let none_yet = written.is_empty() && !new.is_empty();
    let first = none_yet.then(|| fresh(outcome, &new));
    Plan { new, edits, last, first }
}

/// A doubt as a line of the workbook.
fn line_of(outcome: &Outcome, doubt: &Doubt, id: u32) -> NewLine {
    let lang = outcome.settings.lang;
    let unit = doubt.unit.map_or(String::new(), |unit| outcome.division.unit(unit).name.clone());
    let candidates =
        Choice::CANDIDATES.iter().zip(&doubt.candidates).map(|(number, (text, likeness))| match likeness {
            Some(percent) => format!("{number}{text}（{percent}%）"),
            None => format!("{number}{text}"),
        });
    vec![
        (Field::Id, id.to_string()),
        (Field::Kind, doubt.kind.word(lang).to_owned()),
        (Field::Unit, unit),
        (Field::File, doubt.file.clone()),
        (Field::Place, doubt.place.clone()),
        (Field::Text, doubt.text.clone()),
        (Field::Candidates, candidates.collect::<Vec<_>>().join("\n")),
        (Field::State, LineState::Open.word(lang).to_owned()),
        (Field::Window, outcome.window.label()),
    ]
}

/// A line that waited beside the workbook, as it is taken in.
fn line_taken_in(line: &Line, lang: Lang) -> NewLine {
    let state = if line.is_ruled() { LineState::Valid } else { LineState::Open };
    let mut new: NewLine = vec![(Field::Id, line.id.to_string()), (Field::State, state.word(lang).to_owned())];
    new.extend(line.cells.iter().cloned());
    new
}

/// Writes the workbook, or what is new beside it where it cannot be touched now; then says so.
fn write(folders: &Folders, outcome: &Outcome, plan: &mut Plan, disk: &dyn Disk) -> std::io::Result<Option<Bilingual>> {
    let written = &outcome.division.rulings.written;
    let of = |name: &str| written.iter().find(|one| one.file == name);
    let beside = of(BESIDE);
    let waiting: Vec<NewLine> = beside
        .filter(|_| waits(folders))
        .into_iter()
        .flat_map(|one| one.lines.iter().filter(|line| line.id > 0))
        .map(|line| line_taken_in(line, outcome.settings.lang))
        .collect();
    let taken_in = !waiting.is_empty() || beside.is_some() && waits(folders);
    let new: Vec<NewLine> = waiting.iter().chain(&plan.new).cloned().collect();
    let path = folders.root.join(FILE);
    if new.is_empty() && plan.edits.is_empty() && !taken_in {
        return Ok(None);
    }
    let made = match of(FILE) {
        None if new.is_empty() => Ok(None),
        None => plan.first.take().unwrap_or_else(|| fresh(outcome, &new)).map(Some),
        Some(_) if is_locked(folders, FILE) => {
            Err(Bilingual::new("正在别处打开".to_owned(), "it is open elsewhere".to_owned()))
        }
        Some(standing) => carried(&path, standing, plan, &new).map(Some),
    };
    match made {
        Ok(None) => Ok(None),
        Ok(Some(bytes)) => {
            replace(&path, &bytes, disk)?;
            if taken_in {
                std::fs::remove_file(folders.root.join(BESIDE))?;
            }
            Ok(None)
        }
        Err(_) if plan.new.is_empty() => Ok(None),
        Err(reason) => put_beside(folders, outcome, plan, beside, &reason, disk),
    }
}

/// Writes new doubts beside a workbook that cannot be touched now.
fn put_beside(
    folders: &Folders,
    outcome: &Outcome,
    plan: &Plan,
    beside: Option<&Written>,
    reason: &Bilingual,
    disk: &dyn Disk,
) -> std::io::Result<Option<Bilingual>> {
    let path = folders.root.join(BESIDE);
    let said = |zh: &str, en: &str| {
        Some(Bilingual::new(
            format!("{FILE} {}，没有改动；{zh}", reason.zh),
            format!("{FILE} was left as it is ({}); {en}", reason.en),
        ))
    };
    let count = plan.new.len();
    let made = match beside {
        None => fresh(outcome, &plan.new),
        Some(_) if is_locked(folders, BESIDE) => Err(reason.clone()),
        Some(standing) => {
            let only_new = Plan { new: Vec::new(), edits: Vec::new(), last: 0, first: None };
            carried(&path, standing, &only_new, &plan.new)
        }
    };
    match made {
        Ok(bytes) => {
            replace(&path, &bytes, disk)?;
            Ok(said(
                &format!("新的 {count} 项待认定写在旁边的 {BESIDE} 中，下次运行时并入"),
                &format!("{count} new doubts stand in {BESIDE} beside it, and the next run takes them in"),
            ))
        }
        Err(_) => Ok(said(
            &format!("另有 {count} 项待认定没有写出，关闭文件后再运行"),
            &format!("{count} doubts were not written; close the files and run again"),
        )),
    }
}

fn fresh(outcome: &Outcome, lines: &[NewLine]) -> Result<Vec<u8>, Bilingual> {
    begin(&outcome.settings, outcome.as_of, lines)
        .map_err(|error| Bilingual::new(format!("{error:#}"), format!("{error:#}")))
}

/// The workbook as a person left it, with the cells that the program owns set and new lines below.
fn carried(path: &Path, standing: &Written, plan: &Plan, new: &[NewLine]) -> Result<Vec<u8>, Bilingual> {
    let bytes = std::fs::read(path).map_err(|error| why(&error))?;
    if digest(&bytes) != standing.hash {
        return Err(Bilingual::new("在运行期间被改动", "it was changed meanwhile"));
    }
    crate::render::rulings::carry(&bytes, standing, &plan.edits, new).map_err(|why| {
        Bilingual::new(format!("的样式不能原样保留（{why}）"), format!("it cannot be carried over: {why}"))
    })
}

/// Puts a file in place in one step.
fn replace(path: &Path, bytes: &[u8], disk: &dyn Disk) -> std::io::Result<()> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let new: PathBuf = path.with_file_name(format!(".{name}.new"));
    // Left behind by a run that was killed here.
    let _ = std::fs::remove_file(&new);
    let done = disk.write(&new, bytes).and_then(|()| {
        if std::fs::read(&new)? != bytes {
            return Err(std::io::Error::other(format!("{} read back differs", new.display())));
        }
        disk.rename(&new, path)?;
        path.parent().map_or(Ok(()), |folder| disk.sync_folder(folder))
    });
    if done.is_err() {
        // What is half written is of no use.
        let _ = std::fs::remove_file(&new);
    }
    done
}
