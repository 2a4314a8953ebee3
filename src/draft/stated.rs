//! How many tasks a plan says it has: 重点任务分解表（共12项）, 十项重点工作. Where fewer were found, a person should look.

use serde::{Deserialize, Serialize};

use super::document::Spot;
use super::marker::marker;
use super::wording::is_annex;
use crate::basis::Lang;
use crate::basis::text::chinese_number;

/// Fewer tasks than the plan says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fewer {
    /// Where the plan says it.
    pub spot: Spot,
    /// Its words.
    pub words: String,
    /// The tasks found of those it speaks of.
    pub found: usize,
}

impl Fewer {
    /// What a person should look at.
    pub fn shown(&self, lang: Lang) -> String {
        let (spot, words, found) = (self.spot.shown(), &self.words, self.found);
        lang.pick(
            format!("方案{spot}写“{words}”，只认出{found}项，请核对有无遗漏"),
            format!("the plan says “{words}” ({spot}) and {found} were found: look for those missing"),
        )
    }
}

/// Characters of the longest paragraph that is a title or a note.
const LONGEST: usize = 40;

/// The statements that more tasks should have met: in a title or a note of all tasks of the plan, in a numbered heading of
/// those below it. `paragraphs` are those outside of tables with the blocks they are, `tasks` the blocks of the tasks.
pub(super) fn fewer(paragraphs: &[(Spot, &str, usize)], tasks: &[usize]) -> Vec<Fewer> {
    let first_task = tasks.iter().copied().min().unwrap_or_default();
    let styles: Vec<_> = paragraphs.iter().map(|(_, text, _)| marker(text).map(|found| found.style)).collect();
    let numbered = styles.iter().position(Option::is_some).unwrap_or(paragraphs.len());
    let one = |(at, (spot, text, block)): (usize, &(Spot, &str, usize))| {
        let is_title = at < numbered && *block < first_task;
        let (number, words) = total(text).or_else(|| titled(text).filter(|_| is_title))?;
        let below = styles[at].map(|own| {
            let ends =
                |other: &usize| is_annex(paragraphs[*other].1) || styles[*other].is_some_and(|style| style <= own);
            let end = (at + 1..paragraphs.len()).find(ends).map_or(usize::MAX, |end| paragraphs[end].2);
            *block..end
        });
        let found = tasks.iter().filter(|task| below.as_ref().is_none_or(|below| below.contains(task))).count();
        (found < number).then(|| Fewer { spot: *spot, words: words.to_owned(), found })
    };
    paragraphs.iter().enumerate().filter_map(one).collect()
}

/// What is counted, at the end of such words.
const WHAT: &[&str] = &["任务", "工作", "措施", "举措", "事项", "问题", "项目", "实事", "清单", "职责"];

/// 共12项, 共计23条整改措施: the number and the words, when they are a bracket, a clause or a line by themselves.
fn total(text: &str) -> Option<(usize, &str)> {
    let clauses = text.split(['（', '）', '(', ')', '，', ',', '。', '；', ';', '：', ':']).map(str::trim);
    let mut totals = clauses.filter(|_| text.chars().count() <= LONGEST).filter_map(|words| {
        let words = words.trim_start_matches("以上");
        let rest = ["共计", "总计", "合计", "共有", "共"].iter().find_map(|word| words.strip_prefix(word))?;
        let (number, rest) = counted(rest.trim())?;
        (rest.is_empty() || is_what(rest)).then_some((number, words))
    });
    totals.next()
}

/// 十项重点工作任务分解表: the number in a title, and its words.
fn titled(text: &str) -> Option<(usize, &str)> {
    if text.chars().count() > LONGEST || text.ends_with(['。', '：', ':', '；']) {
        return None;
    }
    let is_number = |c: char| c.is_ascii_digit() || HAN.contains(c);
    let starts =
        text.char_indices().filter(|(at, c)| is_number(*c) && !text[..*at].ends_with(|c| is_number(c) || c == '第'));
    let mut found = starts.filter_map(|(at, _)| {
        let (number, rest) = counted(&text[at..])?;
        let what = WHAT.iter().filter_map(|word| Some(rest.find(word)? + word.len())).min()?;
        is_what(&rest[..what]).then(|| (number, &text[at..text.len() - rest.len() + what]))
    });
    found.next()
}

const HAN: &str = "一二三四五六七八九十百";

/// 12项 or 十条 at the beginning of a text: the number, and what follows.
fn counted(text: &str) -> Option<(usize, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && !HAN.contains(c))?;
    let number = text[..end].parse().ok().or_else(|| chinese_number(&text[..end]))?;
    let rest = text[end..].trim_start();
    let rest = ["项", "条", "件", "个"].iter().find_map(|word| rest.strip_prefix(word))?;
    (number > 1).then_some((number as usize, rest))
}

/// Whether words are nothing but the kind of what is counted: 重点任务, 整改措施.
fn is_what(words: &str) -> bool {
    /// Characters of the longest.
    const KIND: usize = 8;
    let kind = words.chars().count() <= KIND && words.chars().all(char::is_alphabetic);
    kind && WHAT.iter().any(|word| words.ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_total_is_told_from_other_numbers() {
        for (text, found) in [
            ("重点任务分解表（共12项）", Some((12, "共12项"))),
            ("注：以上共计23条整改措施。", Some((23, "共计23条整改措施"))),
            ("（一）市容整治（共六项重点任务）", Some((6, "共六项重点任务"))),
            ("领导小组下设办公室，共5个工作组", None),
            ("共12项指标", None),
            ("本次共梳理任务12项", None),
        ] {
            assert_eq!(total(text), found, "{text}");
        }
        for (text, found) in [
            ("某市2024年十项重点工作任务分解表", Some((10, "十项重点工作"))),
            ("2024年12件民生实事责任清单", Some((12, "12件民生实事"))),
            ("第三项任务", None),
            ("“六项制度”建设任务清单", None),
            ("2024年重点工作任务分解表", None),
        ] {
            assert_eq!(titled(text), found, "{text}");
        }
    }
}
