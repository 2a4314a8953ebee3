//! An index to find tasks by code, text and likeness; built once for a division and used for every row.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use hashbrown::HashMap;

use super::Task;
use crate::basis::TaskId;
use crate::basis::text::{code_key, skeleton, unnumbered};

/// The least likeness at which a text is taken for a task's.
pub const ENOUGH: f64 = 0.66;
/// The least likeness when the number or the category also fits.
pub const ENOUGH_BACKED: f64 = 0.45;
/// The least lead over the second best task.
pub const AHEAD: f64 = 0.12;
/// Only the first so many characters of a text are compared.
const COMPARED: usize = 400;
/// With fewer pairs of characters in common, a text is not considered part of another.
const PART: u32 = 4;
/// So many tasks are offered for a text.
const MOST_CANDIDATES: usize = 4;

/// The index of a division, built on first use.
#[derive(Clone, Debug, Default)]
pub struct Lookup(OnceLock<Index>);

impl Lookup {
    /// The index of these tasks; every call must pass the same tasks.
    pub(super) fn index(&self, tasks: &[Task]) -> &Index {
        self.0.get_or_init(|| Index::new(tasks))
    }
}

/// Tasks by code, text and likeness.
#[derive(Clone, Debug)]
pub struct Index {
    codes: HashMap<String, Vec<TaskId>>,
    texts: HashMap<String, Vec<TaskId>>,
    /// Tasks by the folded name of their category.
    categories: BTreeMap<String, Vec<TaskId>>,
    /// The last part of each task's code: its number within the category.
    numbers: Vec<String>,
    skeletons: Vec<String>,
    /// The skeletons without words that occur in any task; see [`essence`].
    essences: Vec<String>,
    /// Pair of characters → the tasks that contain it, and how often.
    pairs: HashMap<(char, char), Vec<(u32, u16)>>,
    /// The number of pairs in each task.
    sizes: Vec<u32>,
}

/// A task similar to a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// The task of the division.
    pub task: TaskId,
    /// The likeness, 0 to 1.
    pub likeness: f64,
}

impl Index {
    fn new(tasks: &[Task]) -> Index {
        Index::of(tasks.iter().map(|task| (&*task.code_key, &*task.category, &*task.text.value)))
    }

    /// The index of tasks that are given by folded code, category and text.
    pub(super) fn of<'a>(tasks: impl ExactSizeIterator<Item = (&'a str, &'a str, &'a str)>) -> Index {
        let mut index = Index {
            codes: HashMap::new(),
            texts: HashMap::new(),
            categories: BTreeMap::new(),
            numbers: Vec::with_capacity(tasks.len()),
            skeletons: Vec::with_capacity(tasks.len()),
            essences: Vec::with_capacity(tasks.len()),
            pairs: HashMap::new(),
            sizes: Vec::with_capacity(tasks.len()),
        };
        for (at, (code, category, written)) in tasks.enumerate() {
            let id = TaskId(at as u32);
            let text = skeleton(written);
            let bare = skeleton(unnumbered(written));
            index.codes.entry(code.to_owned()).or_default().push(id);
            index.numbers.push(code.rsplit('-').next().unwrap_or_default().to_owned());
            index.categories.entry(skeleton(unnumbered(category))).or_default().push(id);
            if bare != text && !bare.is_empty() {
                index.texts.entry(bare.clone()).or_default().push(id);
            }
            let compared: String = if bare.is_empty() { text.clone() } else { bare };
            let compared: String = compared.chars().take(COMPARED).collect();
            let counts = pairs(&compared);
            index.sizes.push(counts.iter().map(|pair| u32::from(pair.1)).sum());
            for (pair, count) in counts {
                index.pairs.entry(pair).or_default().push((id.0, count));
            }
            index.essences.push(essence(&compared));
            index.skeletons.push(compared);
            if !text.is_empty() {
                index.texts.entry(text).or_default().push(id);
            }
        }
        index
    }

    /// The tasks with this code, folded by [`code_key`]; several if the division repeats a code (P504).
    pub fn by_code(&self, key: &str) -> &[TaskId] {
        self.codes.get(key).map_or(&[], Vec::as_slice)
    }

    /// The tasks whose text, with or without its number, has this skeleton.
    pub fn by_text(&self, skeleton: &str) -> &[TaskId] {
        self.texts.get(skeleton).map_or(&[], Vec::as_slice)
    }

    /// The tasks of a category, by its name as written in a ledger.
    pub fn in_category(&self, name: &str) -> &[TaskId] {
        let key = skeleton(unnumbered(name));
        if key.is_empty() { &[] } else { self.categories.get(&key).map_or(&[], Vec::as_slice) }
    }

    /// The only task among these whose code ends in this number.
    pub fn numbered(&self, tasks: &[TaskId], number: &str) -> Option<TaskId> {
        let number = code_key(number);
        let mut found = tasks.iter().filter(|task| self.numbers[task.0 as usize] == number);
        found.next().copied().filter(|_| found.next().is_none())
    }

    /// The skeleton of a task's text, cut to the length that is compared.
    pub fn skeleton(&self, task: TaskId) -> &str {
        &self.skeletons[task.0 as usize]
    }

    /// The tasks most similar to a text, given as a [`skeleton`]: best first, at most four.
    ///
    /// The likeness is the Dice coefficient of pairs of neighbouring characters. Where one text is almost part of the
    /// other, because ledgers shorten tasks or add to them, it is the share of the shorter text's pairs, at a discount.
    /// Texts that differ only in words that occur in any task (开展志愿服务活动, 志愿服务) are treated like such parts.
    pub fn likest(&self, text: &str) -> Vec<Candidate> {
        let text: String = text.chars().take(COMPARED).collect();
        let counts = pairs(&text);
        let size: u32 = counts.iter().map(|pair| u32::from(pair.1)).sum();
        let mut shared = vec![0_u32; self.sizes.len()];
        for (pair, count) in counts {
            for &(task, there) in self.pairs.get(&pair).map_or(&[][..], Vec::as_slice) {
                shared[task as usize] += u32::from(count.min(there));
            }
        }
        let (digits, essence) = (digits(&text), essence(&text));
        let mut best: Vec<Candidate> = Vec::with_capacity(MOST_CANDIDATES + 1);
        for (task, &shared) in shared.iter().enumerate().filter(|(_, shared)| **shared > 0) {
            let there = self.sizes[task];
            let whole = f64::from(2 * shared) / f64::from((size + there).max(1));
            let shorter = size.min(there);
            let part = if shorter >= PART { f64::from(shared) / f64::from(shorter) } else { 0.0 };
            // Nearly all pairs of the shorter text must match, else it is a different task.
            let part = if part >= 0.8 { part * 0.92 } else { 0.0 };
            let same = !essence.is_empty() && essence == self.essences[task];
            let mut likeness = whole.max(part).max(if same { 0.92 } else { 0.0 });
            // of thousands of tasks most share a word or two: they are not looked at further
            if best.len() == MOST_CANDIDATES && best.last().is_some_and(|last| likeness <= last.likeness) {
                continue;
            }
            let theirs = self::digits(&self.skeletons[task]);
            if !digits.is_empty() && !theirs.is_empty() && digits.iter().all(|run| !theirs.contains(run)) {
                likeness = (likeness - 0.3).max(0.0); // 1号楼 is not 2号楼
            }
            let at = best.partition_point(|before| before.likeness >= likeness);
            best.insert(at, Candidate { task: TaskId(task as u32), likeness });
            best.truncate(MOST_CANDIDATES);
        }
        best
    }
}

/// A skeleton without words that occur in any task; empty if too little is left to distinguish tasks.
fn essence(skeleton: &str) -> String {
    const WORDS: [&str; 22] = [
        "进一步", "积极", "深入", "认真", "切实", "持续", "大力", "扎实", "全面", "开展", "组织", "举办", "加强",
        "做好", "推进", "推动", "落实", "实施", "活动", "工作", "情况", "任务",
    ];
    let bare = WORDS.iter().fold(skeleton.to_owned(), |text, word| text.replace(word, ""));
    if bare.chars().count() < 3 { String::new() } else { bare }
}

/// The pairs of neighbouring characters of a text with their counts, sorted.
fn pairs(text: &str) -> Vec<((char, char), u16)> {
    let mut all: Vec<(char, char)> = text.chars().zip(text.chars().skip(1)).collect();
    all.sort_unstable();
    let mut counts: Vec<((char, char), u16)> = Vec::with_capacity(all.len());
    for pair in all {
        match counts.last_mut() {
            Some(last) if last.0 == pair => last.1 = last.1.saturating_add(1),
            _ => counts.push((pair, 1)),
        }
    }
    counts
}

/// The runs of digits in a text.
fn digits(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Terms, Units};
    use super::*;
    use crate::basis::place::{Place, SourceId, Traced};

    pub(super) fn task(code: &str, category: &str, text: &str) -> Task {
        let place = Place::file(SourceId::DIVISION);
        Task {
            code: code.into(),
            code_key: code_key(code),
            category: category.into(),
            text: Traced { value: text.into(), place },
            lead_units: Units::default(),
            units: Units::default(),
            collective: Units::default(),
            supporting: Units::default(),
            whole: Terms::none(place),
            own: BTreeMap::new(),
        }
    }

    fn index() -> Index {
        Index::new(&[
            task(
                "1-1",
                "一、宣传",
                "对楼宇和各类广场范围内的广告牌内容进行整治、规范，杜绝低俗内容，按标准投放公益广告。",
            ),
            task("1-2", "一、宣传", "对楼宇内外灯杆、立柱、花坛上附着的广告进行清理。"),
            task("2-1", "二、责任目标", "开展俭以养德全民节约行动，在公共机构开展节粮、节水、节电宣传教育。"),
            task("2-2", "二、责任目标", "2号楼外墙整治"),
        ])
    }

    fn best(text: &str) -> (u32, f64, f64) {
        let found = index().likest(&skeleton(text));
        let next = found.get(1).map_or(0.0, |c| c.likeness);
        found.first().map_or((99, 0.0, 0.0), |c| (c.task.0, c.likeness, c.likeness - next))
    }

    #[test]
    fn codes_texts_and_numbers_within_a_category() {
        let index = index();
        assert_eq!(index.by_code("1-2"), [TaskId(1)]);
        assert_eq!(index.by_text(&skeleton("2号楼外墙整治。")), [TaskId(3)]);
        let category = index.in_category("责任目标");
        assert_eq!(category, [TaskId(2), TaskId(3)]);
        assert_eq!(index.numbered(category, "１"), Some(TaskId(2)));
        assert_eq!(index.numbered(category, "3"), None);
    }

    #[test]
    fn short_forms_and_longer_forms_are_like_their_task() {
        let (task, likeness, ahead) = best("俭以养德全民节约行动");
        assert!(task == 2 && likeness > 0.85 && ahead > 0.5, "{task} {likeness} {ahead}");
        let (task, likeness, ahead) = best("广告牌内容整治、规范，杜绝低俗内容");
        assert!(task == 0 && likeness > 0.75 && ahead > 0.3, "{task} {likeness} {ahead}");
        let (task, likeness, _) = best("本月完成2号楼外墙整治工作，共三处");
        assert!(task == 3 && likeness > 0.85, "{task} {likeness}");
        let (task, likeness, ahead) = best("开展2号楼外墙整治活动");
        assert!(task == 3 && likeness > 0.85 && ahead > 0.5, "{task} {likeness} {ahead}");
    }

    #[test]
    fn other_things_are_not_like_it() {
        assert!(best("1号楼外墙整治").1 < 0.65, "another building");
        assert!(best("组织无偿献血").1 < 0.3);
        assert!(best("广告").1 < 0.3, "too short to tell");
        assert!(best("开展整治活动").1 < 0.65, "nothing left but what any task may bear");
    }
}
