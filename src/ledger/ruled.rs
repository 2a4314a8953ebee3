//! What rulings say of a file: its names narrowed to the campaign, who asks, and which of them bound a record.

use super::entry::{Entry, OneFile};
use super::file_reading::WindowFrom;
use super::lexicon::Words;
use super::record::{Attribution, UnitFrom};
use super::sender::strangers;
use super::status::status;
use super::value::{Status, Value};
use crate::basis::calendar::{Cycle, Window};
use crate::basis::place::Source;
use crate::basis::text::{code_key, skeleton};
use crate::basis::{TaskId, UnitId};
use crate::division::{Context, Division, FieldType, Handed, fields};
use crate::ruling::{Asker, FILE_NAME, Names, Reach, RulingKind, Target, Written, file_name};
use crate::table::{FieldId, Lexicon as _};

impl Names for Words<'_> {
    fn task(&self, code: &str) -> Option<(TaskId, &str)> {
        let index = self.division.index();
        let by_text = || match index.by_text(&skeleton(code)) {
            [one] => Some(*one),
            _ => None,
        };
        let task = index.by_code(&code_key(code)).first().copied().or_else(by_text)?;
        Some((task, &self.division.task(task).text.value))
    }

    fn unit(&self, name: &str) -> Option<UnitId> {
        self.division.roster.find(name)
    }

    fn field(&self, name: &str) -> Option<FieldId> {
        self.division.fields.field(&crate::basis::text::heading_key(name))
    }

    fn is_state(&self, wording: &str) -> bool {
        status(wording).is_some()
    }
}

/// Settles what the workbooks of rulings say in a campaign, for the run's window: what is bound is found there by who
/// asks, and duties are with the units that took them over.
pub fn settle(division: &mut Division, written: Vec<Written>, window: Window) {
    if written.is_empty() {
        return;
    }
    division.rulings = crate::ruling::settle(written, &Words::of(division), window);
    let mut handed = Vec::new();
    for ruling in division.rulings.all.iter().filter(|ruling| ruling.kind == RulingKind::Duty) {
        let (Target::Unit(to, since), Some(from)) = (&ruling.target, ruling.unit) else { continue };
        // A day of its own says since when, whatever the reach.
        let onward = since.is_some() || ruling.reach != Reach::Here;
        let began = since.unwrap_or(ruling.window.start);
        let in_time = ruling.until.is_none_or(|until| window.start <= until);
        if in_time && if onward { began <= window.end } else { window == ruling.window } {
            let tasks = ruling.keys.iter().flat_map(|key| division.index().by_code(key));
            handed.extend(tasks.map(|&task| Handed { task, from, to: *to, ruling: ruling.id }));
        }
    }
    for handed in handed {
        division.hand_over(handed);
    }
}

/// The window that a file's doubts belong to, as far as it is known before its records are: what the file says, else
/// the one whose due time came next, never after the run's.
pub(super) fn window(cx: &Context<'_>, source: &Source, said: Option<(Window, WindowFrom)>) -> Window {
    let run = cx.window;
    let at = match said {
        Some((said, WindowFrom::FilledOn)) if said.cycle == Cycle::Day => said.start.and_hms_opt(0, 0, 0),
        Some((said, _)) if said.cycle > run.cycle => None,
        Some((said, _)) => return Window::containing(run.cycle, said.end),
        None => None,
    };
    let next = cx.settings.due.next(run.cycle, at.unwrap_or(source.received));
    if next < run { next } else { run }
}

impl<'a> OneFile<'a> {
    /// This file as it asks for rulings, with a unit of its own or of one of its ledgers.
    pub fn asker(self, cx: &Context<'_>, unit: Option<UnitId>) -> Asker<'a> {
        Asker { unit, file: &self.source.name, window: window(cx, self.source, self.reading.window) }
    }

    /// The words by which a ruling knows who sent it: a name that is written, else the file's own.
    pub fn sender_words(self, written: Option<&str>) -> String {
        written.map_or_else(|| format!("{FILE_NAME}{}", file_name(&self.source.name)), str::to_owned)
    }
}

/// The names in a cell that nobody bears and no ruling knows.
pub fn unsettled<'t>(text: &'t str, cx: &Context<'_>, asker: &Asker<'_>) -> Vec<&'t str> {
    let mut names = strangers(text, &cx.division.roster);
    names.retain(|name| cx.division.rulings.find(RulingKind::Sender, name, asker).is_none());
    names
}

/// What a ruling says that a wording of 完成情况 means: none where there is no such ruling, or it says that the wording
/// is to stay as it is.
pub(super) fn state(cx: &Context<'_>, text: &str, asker: &Asker<'_>) -> Option<Status> {
    match &cx.division.rulings.find(RulingKind::State, text, asker)?.target {
        Target::State(wording) => status(wording),
        _ => None,
    }
}

/// What a row says about its task, as a ruling knows it: its code and its text.
pub(super) fn task_words(code: &str, text: &str) -> String {
    [code, text].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

impl<'a> Entry<'a> {
    /// What it says about its task, as a ruling knows it.
    pub fn task_words(self) -> String {
        let by_serial = matches!(self.record.by, Attribution::CodeAgainstText(_));
        let code = if by_serial && self.ledger.column(fields::CODE).is_none() { fields::SERIAL } else { fields::CODE };
        task_words(self.text(code), self.text(fields::TASK))
    }

    /// This record as it asks for rulings.
    pub fn asker(self, cx: &Context<'_>) -> Asker<'a> {
        self.file().asker(cx, self.ledger.sender())
    }

    /// The numbers of the rulings that bound something of it: its task, its unit, its state.
    pub fn rulings(self, cx: &Context<'_>) -> Vec<u32> {
        let rulings = &cx.division.rulings;
        if rulings.is_empty() {
            return Vec::new();
        }
        let asker = self.asker(cx);
        let mut bound = Vec::new();
        if let Attribution::Ruling(id) = self.record.by {
            bound.push(id);
        }
        if let Some((_, UnitFrom::Ruling(id))) = self.ledger.unit {
            bound.push(id);
        }
        for (column, cell) in self.cells() {
            let kind = column.field.map(|field| cx.division.fields.spec(field).kind);
            let text = self.text_of(cell);
            match (kind, cell.value) {
                (Some(FieldType::Status), Value::Status(_)) if status(text).is_none() => {
                    bound.extend(rulings.find(RulingKind::State, text, &asker).map(|ruling| ruling.id));
                }
                (Some(FieldType::Units), _) if rulings.any(RulingKind::Sender) => {
                    let names = strangers(text, &cx.division.roster);
                    let found = names.iter().filter_map(|name| rulings.find(RulingKind::Sender, name, &asker));
                    bound.extend(found.map(|ruling| ruling.id));
                }
                _ => {}
            }
        }
        bound.sort_unstable();
        bound.dedup();
        bound
    }
}

/// The numbers of the rulings that say what headings of a file mean, or that they mean nothing, each with its column.
pub fn headings<'a>(
    file: OneFile<'a>,
    cx: &Context<'a>,
) -> impl Iterator<Item = (u32, &'a super::Ledger, &'a crate::table::Column)> {
    let asker = file.asker(cx, file.sender());
    let rulings = &cx.division.rulings;
    let columns = file.reading.ledgers.iter().filter(|_| rulings.any(RulingKind::Heading));
    let columns = columns.flat_map(|ledger| ledger.columns.iter().map(move |column| (ledger, column)));
    columns.filter_map(move |(ledger, column)| {
        rulings.find(RulingKind::Heading, &column.heading, &asker).map(|ruling| (ruling.id, ledger, column))
    })
}
