//! Applies rulings to a file, and tells which rulings decided something about a record.

use super::entry::{Entry, OneFile};
use super::file_reading::WindowFrom;
use super::lexicon::Words;
use super::record::{Attribution, UnitFrom};
use super::sender::strangers;
use super::status::status;
use super::value::Status;
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

/// Resolves the rulings of a campaign for the window of the run, and moves tasks to the units that took them over.
pub fn settle(division: &mut Division, written: Vec<Written>, window: Window) {
    if written.is_empty() {
        return;
    }
    division.rulings = crate::ruling::settle(written, &Words::of(division), window);
    let mut handed = Vec::new();
    for ruling in division.rulings.all.iter().filter(|ruling| ruling.kind == RulingKind::Responsibility) {
        let (Target::Unit(to, since), Some(from)) = (&ruling.target, ruling.unit) else { continue };
        // An explicit day takes precedence over the scope.
        let onward = since.is_some() || ruling.reach != Reach::Here;
        let began = since.unwrap_or(ruling.window.start);
        let in_time = ruling.until.is_none_or(|until| window.start <= until);
        if in_time && if onward { began <= window.end } else { window == ruling.window } {
            let tasks = ruling.keys.iter().flat_map(|key| division.index().by_code(key));
            handed.extend(tasks.map(|&task| Handed {
                task,
                from,
                to: *to,
                own: division.task(task).units.contains(to),
                since: began,
                ruling: ruling.id,
            }));
        }
    }
    for handed in handed {
        division.hand_over(handed, &window);
    }
}

/// The window of the doubts of a file, before its records are known: the one it states, else the one whose due time
/// comes next, but not after that of the run.
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
    /// The file and a unit, for finding rulings.
    pub fn asker(self, cx: &Context<'_>, unit: Option<UnitId>) -> Asker<'a> {
        Asker { unit, file: &self.source.name, window: window(cx, self.source, self.reading.window) }
    }

    /// The text that identifies the sender for rulings: the written name, else the file name.
    pub fn sender_words(self, written: Option<&str>) -> String {
        written.map_or_else(|| format!("{FILE_NAME}{}", file_name(&self.source.name)), str::to_owned)
    }
}

/// The names in a cell that are neither in the roster nor decided by a ruling.
pub fn unsettled<'t>(text: &'t str, cx: &Context<'_>, asker: &Asker<'_>) -> Vec<&'t str> {
    let mut names = strangers(text, &cx.division.roster);
    names.retain(|name| cx.division.rulings.find(RulingKind::Sender, name, asker).is_none());
    names
}

/// The state of a wording of 完成情况 by a ruling; none if there is no such ruling, or if it keeps the wording as it is.
pub(super) fn state(cx: &Context<'_>, text: &str, asker: &Asker<'_>) -> Option<Status> {
    match &cx.division.rulings.find(RulingKind::State, text, asker)?.target {
        Target::State(wording) => status(wording),
        _ => None,
    }
}

/// The text that identifies the task of a row for rulings: code and text.
pub(super) fn task_words(code: &str, text: &str) -> String {
    [code, text].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

impl<'a> Entry<'a> {
    /// The text that identifies its task for rulings.
    pub fn task_words(self) -> String {
        let by_serial = matches!(self.record.by, Attribution::CodeAgainstText(_));
        let code = if by_serial && self.ledger.column(fields::CODE).is_none() { fields::SERIAL } else { fields::CODE };
        task_words(self.text(code), self.text(fields::TASK))
    }

    /// The record, for finding rulings.
    pub fn asker(self, cx: &Context<'_>) -> Asker<'a> {
        self.file().asker(cx, self.ledger.sender())
    }

    /// The 编号 of the rulings that decided its task, unit or state.
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
            match kind {
                Some(FieldType::Status) if status(text).is_none() => {
                    bound.extend(rulings.find(RulingKind::State, text, &asker).map(|ruling| ruling.id));
                }
                Some(FieldType::Units) if rulings.any(RulingKind::Sender) => {
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

/// The 编号 of the rulings on headings of a file, each with its column.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basis::place::SourceId;
    use crate::basis::settings::Settings;
    use crate::ledger::FileReading;
    use crate::ledger::fixture::division;

    fn source(received: &str) -> Source {
        Source {
            id: SourceId(1),
            name: "收件/某夹/综合科.xlsx".into(),
            hash: String::new(),
            received: format!("{received}T10:00:00").parse().expect("a moment"),
            claim: None,
            size: 1,
        }
    }

    #[test]
    fn the_window_of_the_doubts_of_a_file() {
        let (division, settings) = (division(), Settings::default());
        let run = Window::parse("2014-08", Cycle::Month).expect("a window");
        let as_of = source("2014-08-31").received;
        let cx = Context { settings: &settings, division: &division, window: run, as_of };
        let said = |label: &str, cycle, from| Some((Window::parse(label, cycle).expect("a window"), from));
        for (received, said, seen) in [
            ("2014-08-20", None, "2014-08"),
            ("2014-07-20", None, "2014-07"),
            ("2014-12-20", None, "2014-08"),
            ("2014-12-20", said("2014-06", Cycle::Month, WindowFrom::Title), "2014-06"),
            ("2014-06-20", said("2014-12", Cycle::Month, WindowFrom::Title), "2014-12"),
            ("2014-07-20", said("2014-06-15", Cycle::Day, WindowFrom::Title), "2014-06"),
            // the day on which a form was filled in is no period
            ("2014-12-20", said("2014-06-15", Cycle::Day, WindowFrom::FilledOn), "2014-06"),
            ("2014-06-20", said("2014-12-15", Cycle::Day, WindowFrom::FilledOn), "2014-08"),
            ("2014-12-20", said("2014-06", Cycle::Month, WindowFrom::FilledOn), "2014-06"),
            // a longer period says nothing
            ("2014-07-20", said("2014-Q2", Cycle::Quarter, WindowFrom::Title), "2014-07"),
            ("2014-12-20", said("2014-Q2", Cycle::Quarter, WindowFrom::Title), "2014-08"),
        ] {
            assert_eq!(window(&cx, &source(received), said).label(), seen, "{received} {said:?}");
        }
    }

    #[test]
    fn words_by_which_rulings_find_a_sender_and_a_task() {
        let (source, reading) = (source("2014-08-20"), FileReading::default());
        let file = OneFile { source: &source, reading: &reading };
        assert_eq!(file.sender_words(Some("某科")), "某科");
        assert_eq!(file.sender_words(None), format!("{FILE_NAME}综合科"));
        for (code, text, seen) in [("1-1", "甲事", "1-1 甲事"), ("", "甲事", "甲事"), ("1-1", "", "1-1"), ("", "", "")]
        {
            assert_eq!(task_words(code, text), seen);
        }
    }

    #[test]
    fn names_of_the_division_in_rulings() {
        let division = division();
        let words = Words::of(&division);
        let task = |code| Names::task(&words, code).map(|(task, _)| division.task(task).code.clone());
        assert_eq!(task("1-2").as_deref(), Some("1-2"));
        assert_eq!(task("清理楼宇内外附着广告，墙面不贴告示").as_deref(), Some("1-2"));
        assert_eq!((task("组织志愿服务"), task("没有")), (None, None), "two tasks of one text");
        assert_eq!((words.unit("综合科"), words.unit("没有")), (Some(UnitId(0)), None));
        assert_eq!((Names::field(&words, "完成情况"), Names::field(&words, "没有")), (Some(fields::STATUS), None));
        assert!(words.is_state("已完成") && !words.is_state("某说"));
    }
}
