//! Units as headings over their duties: a line that is nothing but units, or that begins with units and a colon.

use super::attribution::Attribution;
use super::document::Spot;
use super::marker::{Style, marker};
use super::parts::{self, Part};
use super::{labels, phrase, prose, units};

/// A line that names units before anything else.
#[derive(Clone, Debug, Default)]
pub(super) struct UnitLine<'a> {
    /// The units.
    pub(super) names: Vec<String>,
    /// The bracket after them: （配合单位：市容科）.
    pub(super) said: Attribution,
    /// The text after the colon.
    pub(super) rest: &'a str,
    /// Whether a word for duties follows the units: 市教育局工作职责.
    duties: bool,
}

/// A line that begins with units and a colon, or is nothing but units: the units, and what follows.
pub(super) fn unit_line(text: &str) -> Option<UnitLine<'_>> {
    /// Characters of the longest such heading, without its bracket.
    const LONGEST: usize = 40;
    const DUTIES: &[&str] = &[
        "工作职责", "主要职责", "职责分工", "责任清单", "任务清单", "职责任务", "工作任务", "主要任务", "职责", "任务",
        "负责",
    ];
    let text = text.trim().trim_start_matches(['【', '●', '◆', '■', '★', '—', '-', ' ']);
    let (head, rest) = match outside(text, &['：', ':', '】']) {
        Some(at) => (&text[..at], text[at..].trim_start_matches(['：', ':', '】', ' ', '\u{3000}'])),
        None if prose::parted(text).is_some() => prose::parted(text).unwrap_or_default(),
        None => match text.find('。').filter(|at| text[..*at].chars().count() <= 16) {
            Some(at) => (&text[..at], text[at + '。'.len_utf8()..].trim_start()),
            None => (text, ""),
        },
    };
    // 宣传部（文明办） and 各村（社区） are written so; （共6项） and （配合：市容科） say something else.
    let mut bare = head.trim();
    let without = units::without_bracket(bare);
    let inside = bare[without.len()..].trim().trim_matches(['（', '(', '）', ')']);
    let mut said = Attribution::default();
    if let Some(of_bracket) = parts::bracket_of_heading(inside) {
        (bare, said) = (without, of_bracket);
    } else if inside.chars().any(|c| c.is_ascii_digit())
        || ["共", "牵头", "配合", "责任", "以下"].iter().any(|word| inside.starts_with(word))
    {
        bare = without;
    }
    if bare.chars().count() > LONGEST {
        return None;
    }
    let word = DUTIES.iter().find(|word| bare.ends_with(**word));
    if let Some(word) = word {
        bare = bare[..bare.len() - word.len()].trim_end_matches(['的', ' ']);
    }
    let names = units::names(bare);
    let fits = units::is_list(bare) && names.len() <= 8 && labels::of_word(bare).is_none();
    fits.then_some(UnitLine { names, said, rest, duties: word.is_some() })
}

/// A line in the position of a unit's name that does not look like one: 公安机关.
pub(super) fn stranger(text: &str) -> UnitLine<'_> {
    let name = text.trim_end_matches(['：', ':']).trim().to_owned();
    let said = Attribution { doubts: vec![format!("“{name}”是否单位名称")], ..Attribution::default() };
    UnitLine { names: vec![name], said, ..UnitLine::default() }
}

/// The first of these signs that stands outside of brackets.
fn outside(text: &str, signs: &[char]) -> Option<usize> {
    let mut depth = 0usize;
    text.char_indices().find_map(|(at, c)| {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            c if depth == 0 && signs.contains(&c) => return Some(at),
            _ => {}
        }
        None
    })
}

/// Which unnumbered lines are units as headings: at least two of them, each before an item or a sentence of its own.
pub(super) fn unit_headings(paragraphs: &[(Spot, String)]) -> Vec<bool> {
    let mut after_label = false;
    let candidate = |at: usize, text: &str, among: usize| {
        let Some(line) = unit_line(text).filter(|_| marker(text).is_none()) else { return false };
        let collective = line.names.iter().all(|name| units::is_collective(name));
        if !line.rest.is_empty() {
            // 各单位：… before the text is whom it is written to; among other units it is one of them.
            return !collective || line.rest.starts_with("负责") || among > 1;
        }
        let next = paragraphs.get(at + 1).map_or("", |(_, text)| text.as_str());
        let first = marker(next).is_some_and(|found| found.number == 1) || next.starts_with("负责");
        let before = at.checked_sub(1).map(|at| paragraphs[at].1.as_str());
        (first || is_between(before, next)) && (!collective || among > 1)
    };
    let mut found: Vec<bool> = Vec::with_capacity(paragraphs.len());
    let mut among = 0;
    for (at, (_, text)) in paragraphs.iter().enumerate() {
        let heads = !after_label && candidate(at, text, among);
        among += usize::from(heads);
        found.push(heads);
        let labels = labels::find(text);
        after_label =
            labels.last().is_some_and(|label| text[label.value..].trim().is_empty()) || labels::of_word(text).is_some();
    }
    if let Some(title) = title(paragraphs, &found) {
        found[title] = false;
    }
    if found.iter().filter(|found| **found).count() < 2 {
        found.fill(false);
        return found;
    }
    // Among units a line before another first number heads it too, whatever it is called.
    let first = found.iter().position(|found| *found).unwrap_or(0);
    for at in first + 1..paragraphs.len() {
        let number = |at: usize| paragraphs.get(at).and_then(|(_, text)| marker(text));
        let text = paragraphs[at].1.as_str();
        let again = number(at).is_none()
            && number(at + 1).is_some_and(|next| {
                let before = (first + 1..at).rev().find(|at| found[*at] || number(*at).is_some());
                next.number == 1 && before.and_then(number).is_some_and(|before| before.style == next.style)
            });
        let short = text.chars().count() <= 16 && !text.ends_with(['。', '；', ';', '，', '、']);
        found[at] |= again && short && labels::find(text).is_empty() && labels::of_word(text).is_none();
    }
    found
}

/// Which of the lines found is the title of the plan, 某镇某站职责分工: the first, over numbered sections, when it alone says
/// that duties follow.
fn title(paragraphs: &[(Spot, String)], found: &[bool]) -> Option<usize> {
    let duties = |at: &usize| found[*at] && unit_line(&paragraphs[*at].1).is_some_and(|line| line.duties);
    let first = found.iter().position(|found| *found).filter(duties)?;
    let alone = !(first + 1..found.len()).any(|at| duties(&at));
    let sections = marker(&paragraphs.get(first + 1)?.1).is_some_and(|next| next.style <= Style::Han);
    let numbered = paragraphs[..first].iter().any(|(_, text)| marker(text).is_some());
    (alone && sections && !numbered).then_some(first)
}

/// A line that is nothing but labels for units, as a heading: 责任单位：市城管局　配合单位：各街道.
pub(super) fn label_line(text: &str) -> Option<UnitLine<'_>> {
    labels::find(text).first().filter(|label| label.start == 0)?;
    let mut said = Attribution::default();
    for part in parts::parts(text) {
        let Part::Said(more) = part else { return None };
        said.merge(more);
    }
    let names = if said.lead.is_empty() { std::mem::take(&mut said.units) } else { said.lead.clone() };
    (!names.is_empty()).then_some(UnitLine { names, said, ..UnitLine::default() })
}

/// Which lines of labels stand above the items they are about, as headings do: no item stands before the first of them, or
/// only its section, and items of the same kind as behind the first stand behind the last.
pub(super) fn label_lines(paragraphs: &[(Spot, String)]) -> Vec<bool> {
    let none = vec![false; paragraphs.len()];
    let says: Vec<bool> = paragraphs
        .iter()
        .map(|(_, text)| marker(text).is_none() && parts::parts(text).iter().all(|part| matches!(part, Part::Said(_))))
        .collect();
    let first_of = |at: usize| says[at] && (at == 0 || !says[at - 1]) && label_line(&paragraphs[at].1).is_some();
    let firsts: Vec<usize> = (0..paragraphs.len()).filter(|at| first_of(*at)).collect();
    let behind = |at: usize| {
        let after = (at..paragraphs.len()).find(|after| !says[*after])?;
        marker(&paragraphs[after].1).map(|found| found.style)
    };
    let (Some(first), true) = (firsts.first(), firsts.len() > 1) else { return none };
    let style = behind(*first);
    let above = paragraphs[..*first].iter().any(|(_, text)| marker(text).is_some());
    if above || style.is_none() || firsts.iter().any(|at| behind(*at) != style) {
        return none;
    }
    (0..paragraphs.len()).map(|at| firsts.contains(&at)).collect()
}

/// Whether a line that is nothing but units stands between a sentence that ended and one that begins: then it heads the
/// second. In a table that was copied one cell a line the cells around it end without a sign.
fn is_between(before: Option<&str>, next: &str) -> bool {
    let ended = |text: &str| text.ends_with(['。', '；', ';', '！', '：', ':']);
    let title = |text: &str| unit_line(text).is_none() && labels::heading(text).is_none();
    let follows = ended(next) && !next.ends_with(['：', ':']) && !phrase::is_moment(next) && marker(next).is_none();
    follows
        && before.is_none_or(|before| {
            ended(before) || marker(before).is_some() || title(before) && before.chars().count() > 6
        })
}
