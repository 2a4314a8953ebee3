//! Drafts a plan again beside the draft that a person has edited: their edits stay, the plan's changes are listed.

use std::collections::BTreeSet;

use super::book::{self, Page};
use super::document::Spot;
use super::rows::Row;
use super::{Draft, units};
use crate::basis::text::{fold, likeness, skeleton};
use crate::read::{Raw, Visibility, Workbook};

/// From this likeness on two texts are one reworded task.
const REWORDED: f64 = 0.6;

/// What an update changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// New tasks.
    pub new: usize,
    /// Tasks that the plan no longer contains.
    pub gone: usize,
    /// Cells whose wording in the plan changed.
    pub changed: usize,
    /// The tasks of the sheet with something doubtful.
    pub doubtful: usize,
}

/// The sheets of an update.
#[derive(Clone, Debug)]
pub struct Updated {
    /// The sheets, those of the older workbook first.
    pub pages: Vec<Page>,
    /// What it changed.
    pub counts: Counts,
}

/// Merges a new draft into an older workbook. None if that has no sheet of tasks.
pub fn update(older: &Workbook, draft: &Draft) -> Option<Updated> {
    let tasks = page(older, book::TASKS, "工作任务")?;
    let fresh = book::pages(draft);
    let [new_tasks, new_roster, new_parameters, new_unused, _] = &fresh[..] else { return None };
    let base = page(older, book::BASE, "工作任务");
    let mut merged = Merge { page: tasks, changes: Vec::new(), counts: Counts::default() };
    for column in book::TASK_COLUMNS {
        if merged.page.column(column).is_none() {
            merged.page.headings.push(column.to_owned());
        }
    }
    let adopted = adopted(page(older, book::UNUSED, "原文").as_ref());
    merged.tasks(base.as_ref().unwrap_or(&Page::default()), new_tasks);
    merged.adopt(&adopted);
    let Merge { page: mut tasks, changes, mut counts } = merged;
    counts.doubtful = tasks.doubtful();
    if tasks.title.starts_with(book::DRAFTED) {
        tasks.title = book::title(&tasks, draft);
    }

    let mut pages = vec![tasks];
    pages.push(extended(page(older, book::ROSTER, "单位名称"), new_roster, &["单位名称", "分组"]));
    pages.push(extended(page(older, book::PARAMETERS, "名称"), new_parameters, &["名称"]));
    let mut unused = new_unused.clone();
    // What became a task by a mark of this time or an earlier one is a row of the person's own.
    let drafted: BTreeSet<usize> = pair(new_tasks, &pages[0]).into_iter().flatten().collect();
    let own: BTreeSet<String> = (0..pages[0].rows.len())
        .filter(|row| !drafted.contains(row))
        .map(|row| skeleton(&task_text(&pages[0], row)))
        .collect();
    unused.rows.retain(|row| {
        let Some(text) = row.get(1) else { return true };
        !adopted.iter().any(|one| skeleton(text) == skeleton(&one.text))
            && !of_paragraph(text).iter().any(|text| own.contains(text))
    });
    unused.title = format!("未采用的段落（共{}段；要作任务的，在“采用”栏打√，再用 draft --update）", unused.rows.len());
    pages.push(unused);
    pages.push(Page {
        name: book::CHANGES.into(),
        title: format!("变更（新增{}，删除{}，改动{}）", counts.new, counts.gone, counts.changed),
        headings: ["种类", "位置", "原", "现", "出处"].map(ToOwned::to_owned).to_vec(),
        rows: changes,
        hidden: false,
    });
    let own = [book::TASKS, book::ROSTER, book::PARAMETERS, book::UNUSED, book::CHANGES, book::BASE];
    for (at, sheet) in older.sheets.iter().enumerate().filter(|(_, sheet)| !own.contains(&sheet.name.as_str())) {
        let hidden = sheet.visibility == Visibility::Hidden;
        pages.push(Page { name: sheet.name.clone(), rows: grid(older, at), hidden, ..Page::default() });
    }
    pages.extend(fresh.into_iter().filter(|page| page.name == book::BASE));
    Some(Updated { pages, counts })
}

/// A paragraph that a person wants as a task.
struct Adopted {
    place: String,
    text: String,
}

fn adopted(unused: Option<&Page>) -> Vec<Adopted> {
    let Some(unused) = unused else { return Vec::new() };
    let marked = |row: &usize| {
        matches!(
            fold(unused.cell(*row, "采用")).as_str(),
            "√" | "✓" | "✔" | "是" | "y" | "yes" | "1" | "v" | "采用" | "☑"
        )
    };
    let one =
        |row| Adopted { place: unused.cell(row, "位置").to_owned(), text: unused.cell(row, "原文").to_owned() };
    (0..unused.rows.len()).filter(marked).map(one).collect()
}

struct Merge {
    page: Page,
    changes: Vec<Vec<String>>,
    counts: Counts,
}

impl Merge {
    fn set(&mut self, row: usize, heading: &str, text: &str) {
        let Some(col) = self.page.column(heading) else { return };
        let cells = &mut self.page.rows[row];
        if cells.len() <= col {
            cells.resize(col + 1, String::new());
        }
        text.clone_into(&mut cells[col]);
    }

    fn note(&mut self, kind: &str, place: String, was: &str, is: &str, source: &str) {
        self.changes.push(vec![kind.to_owned(), place, was.to_owned(), is.to_owned(), source.to_owned()]);
    }

    /// A three-way merge: the old draft (`base`), the person's version of it, the new draft.
    fn tasks(&mut self, base: &Page, new: &Page) {
        let of_new = pair(base, new);
        let of_page = pair(base, &self.page);
        let older = self.page.clone();
        // Where each row of the person's sheet stands by now, and the row after which the next new task belongs.
        let mut places: Vec<usize> = (0..older.rows.len()).collect();
        let mut after: Option<usize> = None;
        for row in 0..new.rows.len() {
            let was = of_new.iter().position(|at| *at == Some(row));
            let own = match was {
                Some(was) => of_page[was],
                // Without what was drafted then, the texts themselves say which is which.
                None => same(&older, new, row),
            };
            match (was, own) {
                (Some(was), Some(own)) => {
                    self.cells(places[own], (base, was), (new, row));
                    after = Some(places[own]);
                }
                // A task that the person took out stays out.
                (Some(_), None) => {}
                (None, Some(own)) => after = Some(places[own]),
                (None, None) => {
                    let at = after.map_or(0, |after| after + 1);
                    self.insert(at, new, row);
                    places.iter_mut().filter(|place| **place >= at).for_each(|place| *place += 1);
                    after = Some(at);
                }
            }
        }
        self.gone(base, &of_new);
    }

    /// A task that stands in all three: what the plan has changed since is taken over where the person left the cell alone.
    fn cells(&mut self, own: usize, base: (&Page, usize), new: (&Page, usize)) {
        for heading in book::TASK_COLUMNS.into_iter().filter(|heading| !matches!(*heading, "任务编号" | "存疑")) {
            let (was, is) = (base.0.cell(base.1, heading), new.0.cell(new.1, heading));
            if same_text(was, is) {
                continue;
            }
            let stands = self.page.cell(own, heading).to_owned();
            if same_text(&stands, is) {
                continue;
            }
            // Where a task stands is no change of it.
            if heading == "出处" {
                if same_text(&stands, was) {
                    self.set(own, heading, is);
                }
                continue;
            }
            let place = format!("{}·{heading}", self.page.cell(own, "任务编号"));
            let source = new.0.cell(new.1, "出处").to_owned();
            self.counts.changed += 1;
            if same_text(&stands, was) {
                self.note("改动", place, was, is, &source);
                self.set(own, heading, is);
            } else {
                self.note("改动", place, &stands, &format!("{is}（表中已有人工修改，未替换）"), &source);
            }
        }
    }

    /// Inserts a new task with a free number.
    fn insert(&mut self, at: usize, new: &Page, row: usize) {
        self.page.rows.insert(at, vec![String::new(); self.page.headings.len()]);
        for heading in book::TASK_COLUMNS {
            let text = new.cell(row, heading).to_owned();
            self.set(at, heading, &text);
        }
        let code = self.free(new.cell(row, "任务编号"), at);
        self.set(at, "任务编号", &code);
        let (text, source) = (new.cell(row, "工作任务").to_owned(), new.cell(row, "出处").to_owned());
        self.counts.new += 1;
        self.note("新增", code, "", &text, &source);
    }

    /// A free task number.
    fn free(&self, wanted: &str, except: usize) -> String {
        let key = crate::basis::text::code_key;
        let taken: BTreeSet<String> = (0..self.page.rows.len())
            .filter(|row| *row != except)
            .map(|row| key(self.page.cell(row, "任务编号")))
            .collect();
        let wanted = if wanted.is_empty() { "新" } else { wanted };
        std::iter::once(wanted.to_owned())
            .chain((2..=taken.len() + 2).map(|turn| format!("{wanted}-{turn}")))
            .find(|code| !taken.contains(&key(code)))
            .unwrap_or_default()
    }

    /// Tasks that the plan no longer has stay, with a doubt: only a person takes a task out.
    fn gone(&mut self, base: &Page, of_new: &[Option<usize>]) {
        let own = pair(base, &self.page);
        for (was, _) in of_new.iter().enumerate().filter(|(_, now)| now.is_none()) {
            let Some(row) = own[was] else { continue };
            let doubt = "新方案中已没有这一项";
            let doubts = self.page.cell(row, "存疑").to_owned();
            if doubts.contains(doubt) {
                continue;
            }
            let (code, text, source) = (
                self.page.cell(row, "任务编号").to_owned(),
                base.cell(was, "工作任务").to_owned(),
                base.cell(was, "出处").to_owned(),
            );
            self.set(row, "存疑", &if doubts.is_empty() { doubt.to_owned() } else { format!("{doubts}；{doubt}") });
            self.counts.gone += 1;
            self.note("删除", code, &text, "", &source);
        }
    }

    /// Adds the paragraphs that a person marked as tasks.
    fn adopt(&mut self, adopted: &[Adopted]) {
        for one in adopted {
            let texts = of_paragraph(&one.text);
            if (0..self.page.rows.len()).any(|row| texts.contains(&skeleton(&task_text(&self.page, row)))) {
                continue;
            }
            let row = adopted_row(&one.text);
            let at = self.page.rows.len();
            self.page.rows.push(vec![String::new(); self.page.headings.len()]);
            let list = |names: &[String]| names.join("、");
            for (heading, text) in [
                ("工作任务", row.task.clone()),
                ("工作标准", row.standard.clone()),
                ("牵头领导", list(&row.leaders)),
                ("牵头单位", list(&row.lead)),
                ("责任单位", list(&row.units)),
                ("配合单位", list(&row.support)),
                ("完成时限", row.deadline.clone()),
                ("报送周期", row.cycle.clone()),
                ("考核指标", row.indicator.clone()),
                ("出处", one.place.clone()),
                ("存疑", std::iter::once("由“未采用”采用".to_owned()).chain(row.doubts).collect::<Vec<_>>().join("；")),
            ] {
                self.set(at, heading, &text);
            }
            let code = self.free(&format!("采用-{}", at + 1), at);
            self.set(at, "任务编号", &code);
            self.counts.new += 1;
            self.note("新增", code, "", &row.task, &one.place);
        }
    }
}

/// A paragraph read by itself.
fn adopted_row(text: &str) -> Row {
    use super::parts::{Part, parts};
    let (mut words, mut said) = (String::new(), super::attribution::Attribution::default());
    for part in parts(crate::basis::text::unnumbered(text)) {
        match part {
            Part::Text(text) => words.push_str(&text),
            Part::Said(more) => said.merge(more),
        }
    }
    let words = if words.is_empty() { text.to_owned() } else { words };
    if !said.owns()
        && let Some(more) = super::prose::attribution(&words)
            .filter(|more| more.lead.iter().chain(&more.units).all(|name| units::is_unit(name)))
    {
        said.merge(more);
    }
    Row::new(&words, said, Vec::<Spot>::new())
}

fn task_text(page: &Page, row: usize) -> String {
    format!("{}{}", page.cell(row, "工作任务"), page.cell(row, "工作标准"))
}

/// The texts, without spaces and signs, of the task that a paragraph would become: with its attribution and without.
fn of_paragraph(text: &str) -> [String; 2] {
    let read = adopted_row(text);
    [skeleton(text), skeleton(&format!("{}{}", read.task, read.standard))]
}

fn same_text(a: &str, b: &str) -> bool {
    fold(a) == fold(b)
}

/// The row of a page that says what a row of another says.
fn same(page: &Page, other: &Page, row: usize) -> Option<usize> {
    let wanted = skeleton(other.cell(row, "工作任务"));
    (0..page.rows.len()).find(|own| skeleton(page.cell(*own, "工作任务")) == wanted && !wanted.is_empty())
}

/// For each row of `base` the row of `other` that is the same task: of one text, else of one number and a like text, else
/// the likest. Each row is given once.
fn pair(base: &Page, other: &Page) -> Vec<Option<usize>> {
    let texts = |page: &Page| -> Vec<String> {
        (0..page.rows.len()).map(|row| skeleton(page.cell(row, "工作任务"))).collect()
    };
    let whole =
        |page: &Page| -> Vec<String> { (0..page.rows.len()).map(|row| skeleton(&task_text(page, row))).collect() };
    let (base_texts, other_texts) = (texts(base), texts(other));
    let (base_whole, other_whole) = (whole(base), whole(other));
    let mut paired: Vec<Option<usize>> = vec![None; base.rows.len()];
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let give = |paired: &mut Vec<Option<usize>>, taken: &mut BTreeSet<usize>, fits: &dyn Fn(usize, usize) -> bool| {
        for (was, found) in paired.iter_mut().enumerate().filter(|(_, found)| found.is_none()) {
            if let Some(at) = (0..other.rows.len()).find(|at| !taken.contains(at) && fits(was, *at)) {
                taken.insert(at);
                *found = Some(at);
            }
        }
    };
    let code = |page: &Page, row| crate::basis::text::code_key(page.cell(row, "任务编号"));
    give(&mut paired, &mut taken, &|was, at| base_whole[was] == other_whole[at] && code(base, was) == code(other, at));
    give(&mut paired, &mut taken, &|was, at| base_whole[was] == other_whole[at]);
    give(&mut paired, &mut taken, &|was, at| base_texts[was] == other_texts[at] && !base_texts[was].is_empty());
    give(&mut paired, &mut taken, &|was, at| {
        code(base, was) == code(other, at) && likeness(&base_texts[was], &other_texts[at]) >= REWORDED / 2.0
    });
    give(&mut paired, &mut taken, &|was, at| likeness(&base_texts[was], &other_texts[at]) >= REWORDED);
    paired
}

/// A sheet as the person left it, with what is new in it at its end; without the sheet, the new one.
fn extended(own: Option<Page>, new: &Page, keys: &[&str]) -> Page {
    let Some(mut own) = own else { return new.clone() };
    let key = |page: &Page, row: usize| {
        keys.iter().map(|heading| fold(page.cell(row, heading))).find(|key| !key.is_empty()).unwrap_or_default()
    };
    let mut known: BTreeSet<String> = (0..own.rows.len())
        .flat_map(|row| keys.iter().map(|heading| fold(own.cell(row, heading))).collect::<Vec<_>>())
        .collect();
    for row in 0..own.rows.len() {
        known.extend(crate::basis::text::list(own.cell(row, "别名")).into_iter().map(fold));
        known.extend(crate::basis::text::list(own.cell(row, "分组")).into_iter().map(fold));
    }
    for row in 0..new.rows.len() {
        if known.insert(key(new, row)) {
            let cells = own.headings.iter().map(|heading| new.cell(row, heading).to_owned()).collect();
            own.rows.push(cells);
        }
    }
    own
}

/// A sheet of the older workbook with its headings; none when it is not there.
pub fn page(book: &Workbook, name: &str, heading: &str) -> Option<Page> {
    let at = book.sheets.iter().position(|sheet| sheet.name == name)?;
    let rows = grid(book, at);
    let key = |text: &String| crate::basis::text::heading_key(text);
    let head = rows.iter().position(|row| row.iter().any(|cell| key(cell) == heading))?;
    let mut headings: Vec<String> = rows[head].clone();
    while headings.last().is_some_and(|heading| heading.trim().is_empty()) {
        headings.pop();
    }
    let title = rows[..head].iter().flatten().find(|cell| !cell.is_empty()).cloned().unwrap_or_default();
    let body = rows[head + 1..].iter().filter(|row| row.iter().any(|cell| !cell.is_empty())).cloned().collect();
    Some(Page { name: name.to_owned(), title, headings, rows: body, hidden: false })
}

/// The cells of a sheet as texts, from A1 on; merged cells say the same in all their rows.
fn grid(book: &Workbook, at: usize) -> Vec<Vec<String>> {
    let sheet = &book.sheets[at];
    let mut rows: Vec<Vec<String>> = Vec::new();
    for row in &sheet.grid.rows {
        if rows.len() <= row.index as usize {
            rows.resize(row.index as usize + 1, Vec::new());
        }
        let cells = &mut rows[row.index as usize];
        for &(col, raw) in &row.cells {
            if cells.len() <= col as usize {
                cells.resize(col as usize + 1, String::new());
            }
            cells[col as usize] = shown(book, raw);
        }
    }
    rows
}

fn shown(book: &Workbook, raw: Raw) -> String {
    match raw {
        Raw::Text(text) | Raw::DigitsLost(text) | Raw::Fault(text) => book.texts.get(text).to_owned(),
        Raw::Number { value, percent: true } => format!("{}%", value * 100.0),
        Raw::Number { value, .. } => value.to_string(),
        Raw::Date(moment) if moment.time() == chrono::NaiveTime::MIN => moment.format("%Y-%m-%d").to_string(),
        Raw::Date(moment) => moment.format("%Y-%m-%d %H:%M").to_string(),
        Raw::Truth(truth) => if truth { "是" } else { "否" }.to_owned(),
        Raw::Empty | Raw::Uncalculated | Raw::Duration(_) => String::new(),
    }
}
