//! Which task of a division is a task of an earlier one. A row that is struck or inserted gives other numbers to the rows
//! below it, so that a number alone does not tell; the text does.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Division;
use super::lookup::{AHEAD, ENOUGH, ENOUGH_BACKED, Index};
use crate::basis::Renumbered;
use crate::basis::text::{code_key, skeleton, unnumbered};

/// What the numbers of a division mean: the code of each task, and its text folded, in the order of the sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbering(Vec<(String, String)>);

impl Numbering {
    /// That of a division.
    pub fn of(division: &Division) -> Numbering {
        Numbering(division.tasks.iter().map(|task| (task.code.clone(), folded(&task.text.value))).collect())
    }

    /// What became of the codes up to now.
    ///
    /// A task is the same where code and text agree; else it is the one that has its text now; else, among the tasks that
    /// only one of the two numberings knows, the one that its text was reworded to. Where no number moved, the number tells.
    /// Else that a text is not taken for another matters more than that each is found: a report on the wrong task would
    /// settle it without a word.
    pub fn until(&self, now: &Numbering) -> Renumbered {
        let (then, now) = (&self.0, &now.0);
        let mut found: Vec<Option<usize>> = vec![None; then.len()];
        let mut left: BTreeSet<usize> = (0..now.len()).collect();
        let keys: Vec<String> = now.iter().map(|(code, _)| code_key(code)).collect();
        let by_code: BTreeMap<&str, usize> = keys.iter().enumerate().map(|(at, key)| (&**key, at)).collect();
        for (at, (code, text)) in then.iter().enumerate() {
            found[at] = by_code.get(&*code_key(code)).copied().filter(|&at| now[at].1 == *text && left.remove(&at));
        }
        for (text, of_then) in by_text(then, (0..then.len()).filter(|&at| found[at].is_none())) {
            let of_now: Vec<usize> = left.iter().copied().filter(|&at| now[at].1 == text).collect();
            // Where texts stand several times, as many of them in the same order are the same.
            if of_now.len() == of_then.len() {
                for (at, is) in of_then.into_iter().zip(of_now) {
                    left.remove(&is);
                    found[at] = Some(is);
                }
            }
        }
        for (at, is) in reworded(then, now, &keys, &found, &left) {
            found[at] = Some(is);
        }
        // Where no number moved, one whose text is wholly another is that of its task.
        let same = |at: usize| by_code.get(&*code_key(&then[at].0)).copied();
        if then.len() == now.len() && (0..then.len()).all(|at| found[at].is_none_or(|is| same(at) == Some(is))) {
            let taken: BTreeSet<usize> = found.iter().flatten().copied().collect();
            for at in (0..then.len()).filter(|&at| found[at].is_none()).collect::<Vec<_>>() {
                found[at] = same(at).filter(|is| !taken.contains(is));
            }
        }
        let moved = then.iter().zip(found).filter_map(|((code, _), is)| {
            let (was, is) = (code_key(code), is.map(|at| (&keys[at], now[at].0.clone())));
            is.as_ref().is_none_or(|(key, _)| **key != was).then(|| (was, is.map(|(_, code)| code)))
        });
        moved.collect()
    }
}

/// A task's text without its number; two that are equal so are one task.
fn folded(text: &str) -> String {
    let bare = skeleton(unnumbered(text));
    if bare.is_empty() { skeleton(text) } else { bare }
}

/// The positions of tasks by their text.
fn by_text(tasks: &[(String, String)], at: impl Iterator<Item = usize>) -> BTreeMap<&str, Vec<usize>> {
    let mut by_text: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    at.for_each(|at| by_text.entry(&tasks[at].1).or_default().push(at));
    by_text
}

/// Of the tasks that are not found yet and those that are `left`, the pairs that are one task with a text that was
/// reworded: under its old number a smaller likeness is enough.
fn reworded(
    then: &[(String, String)],
    now: &[(String, String)],
    keys: &[String],
    found: &[Option<usize>],
    left: &BTreeSet<usize>,
) -> Vec<(usize, usize)> {
    let left: Vec<usize> = left.iter().copied().collect();
    let index = Index::of(left.iter().map(|&at| (&*keys[at], "", &*now[at].1)));
    let mut pairs: Vec<(bool, f64, usize, usize)> = Vec::new();
    // Which of several equal texts is meant was not told by their number and order, and likeness tells it no better.
    let repeated = |text: &str| left.iter().any(|&at| now[at].1 == text);
    let open = then.iter().enumerate().filter(|(at, (_, text))| found[*at].is_none() && !repeated(text));
    for (at, (code, text)) in open {
        let alike = index.likest(text);
        let code = code_key(code);
        let kept = alike.iter().find(|one| keys[left[one.task.0 as usize]] == code && one.likeness >= ENOUGH_BACKED);
        let ahead = |best: f64| alike.get(1).is_none_or(|next| best - next.likeness >= AHEAD);
        let best = || alike.first().filter(|one| one.likeness >= ENOUGH && ahead(one.likeness));
        if let Some(one) = kept.or_else(best) {
            pairs.push((kept.is_some(), one.likeness, at, left[one.task.0 as usize]));
        }
    }
    pairs.sort_by(|a, b| (b.0, b.1).partial_cmp(&(a.0, a.1)).unwrap_or(std::cmp::Ordering::Equal));
    let mut taken = BTreeSet::new();
    pairs.into_iter().filter(|(.., is)| taken.insert(*is)).map(|(.., at, is)| (at, is)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbering(drawing: &str) -> Numbering {
        let tasks = drawing.split('；').filter_map(|task| task.trim().split_once(' '));
        Numbering(tasks.map(|(code, text)| (code.to_owned(), folded(text))).collect())
    }

    /// `2→1` for each task whose code is another, `3→` where it is gone.
    fn told(then: &str, now: &str) -> String {
        let then = numbering(then);
        let moved = then.until(&numbering(now));
        let codes = then.0.iter().map(|(code, _)| (code, moved.code(code)));
        let moved =
            codes.filter(|(was, is)| *is != Some(was)).map(|(was, is)| format!("{was}→{}", is.unwrap_or_default()));
        moved.collect::<Vec<_>>().join(" ")
    }

    const THEN: &str = "1 清扫主次干道；2 拆除违规广告；3 整治占道经营";

    #[test]
    fn a_row_that_is_struck_or_inserted_moves_those_below_it() {
        assert_eq!(told(THEN, THEN), "");
        assert_eq!(told(THEN, "1 拆除违规广告；2 整治占道经营"), "1→ 2→1 3→2");
        assert_eq!(told(THEN, "1 拆除违规广告；2 整治占道经营；3 清理卫生死角"), "1→ 2→1 3→2");
        assert_eq!(told(THEN, "1 清扫主次干道；2 清理卫生死角；3 拆除违规广告；4 整治占道经营"), "2→3 3→4");
        assert_eq!(told(THEN, "1 清扫主次干道；2 清理卫生死角；3 整治占道经营"), "", "nothing moved");
        assert_eq!(told("Ⅰ-1 广告整治", "1-1 1.广告整治。"), "", "written otherwise");
    }

    #[test]
    fn a_text_that_was_reworded_is_the_same_task() {
        assert_eq!(told(THEN, "1 清扫主次干道和背街小巷；2 拆除违规设置的广告；3 整治占道经营"), "");
        assert_eq!(told(THEN, "1 清理卫生死角；2 清扫主次干道；3 开展拆除违规广告行动；4 整治占道经营"), "1→2 2→3 3→4");
        assert_eq!(told("1 粉刷1号楼外墙", "1 粉刷2号楼外墙；2 粉刷1号楼的外墙"), "1→2");
        let feasts = "1 春节期间宣传活动；2 国庆期间宣传活动";
        assert_eq!(told(feasts, "1 国庆期间宣传活动"), "1→ 2→1", "what stood beside it is no rewording of it");
    }

    #[test]
    fn texts_that_stand_several_times_are_told_by_their_codes_and_order() {
        let then = "1-1 清扫道路；1-2 报送信息；2-1 拆除广告；2-2 报送信息";
        assert_eq!(told(then, "1-1 报送信息；2-1 拆除广告；2-2 报送信息"), "1-1→ 1-2→1-1");
        assert_eq!(told(then, "1-1 报送信息；2-1 报送信息"), "1-1→ 1-2→1-1 2-1→ 2-2→2-1");
        assert_eq!(told("1 报送信息；2 报送信息", "3 报送信息"), "1→ 2→", "which of them it is cannot be told");
    }
}
