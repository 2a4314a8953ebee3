//! Words findings: fills their facts into the wording of their kind.
//!
//! `{name}` stands for a fact of the finding or for one of `{unit}` `{task}` `{period}` `{seen}` `{expected}`.
//! `[…]` is left out when a name inside it has no value.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memchr3};

use crate::basis::Lang;
use crate::basis::calendar::format::label_words;
use crate::basis::finding::Finding;
use crate::division::Division;

/// The most characters of a cell quoted in a sentence; the rest becomes `…`.
const QUOTED: usize = 60;
/// The most characters of a task's text after its code.
const TASK_TEXT: usize = 30;

/// The message of a finding.
pub fn message(finding: &Finding, lang: Lang, division: &Division) -> String {
    fill(finding.kind.wording(lang).message, |name| value(finding, name, lang, division)).text
}

/// The names in its wording for which a finding has no value; there should be none.
#[cfg(test)]
pub(crate) fn missing(finding: &Finding, lang: Lang, division: &Division) -> Vec<String> {
    let wording = finding.kind.wording(lang);
    let missing = |text| fill(text, |name| value(finding, name, lang, division)).missing;
    [wording.message, wording.mend].into_iter().flat_map(missing).collect()
}

/// The advice of a finding.
pub fn advice(finding: &Finding, lang: Lang, division: &Division) -> String {
    fill(finding.kind.wording(lang).mend, |name| value(finding, name, lang, division)).text
}

/// The advice of a finding as the unit reads it: without what only the office can do.
pub fn advice_to_unit(finding: &Finding, lang: Lang, division: &Division) -> String {
    let of_unit = |name: &str| if FOR_OFFICE.contains(&name) { None } else { value(finding, name, lang, division) };
    fill(finding.kind.wording(lang).mend, of_unit).text
}

/// Facts by which a bracketed part of an advice is for the office.
const FOR_OFFICE: [&str; 2] = ["line", "likely"];

/// A task in a sentence: its code and the beginning of its text.
pub fn task_name(division: &Division, task: crate::basis::TaskId) -> String {
    let Some(task) = division.tasks.get(task.0 as usize) else { return String::new() };
    let text = clip(&task.text.value, TASK_TEXT);
    match (task.code.is_empty(), text.is_empty()) {
        (true, _) => text.into_owned(),
        (false, true) => task.code.clone(),
        (false, false) => format!("{} {text}", task.code),
    }
}

/// The value of a name in the wording of a finding.
fn value<'a>(finding: &'a Finding, name: &str, lang: Lang, division: &'a Division) -> Option<Cow<'a, str>> {
    if let Some(fact) = finding.fact_named(name) {
        return Some(Cow::Borrowed(fact.in_lang(lang)));
    }
    match name {
        "unit" => {
            finding.unit.and_then(|unit| division.roster.units.get(unit.0 as usize)).map(|u| Cow::Borrowed(&*u.name))
        }
        "task" => finding.task.map(|task| Cow::Owned(task_name(division, task))),
        "period" => finding.period.as_deref().map(|period| label_words(period, lang)),
        "seen" => finding.seen.as_deref().map(|seen| clip(seen, QUOTED)),
        "expected" => finding.expected.as_ref().map(|fact| Cow::Borrowed(fact.in_lang(lang))),
        _ => None,
    }
}

/// A text on one line, cut after `most` characters.
pub fn clip(text: &str, most: usize) -> Cow<'_, str> {
    let text = text.trim();
    let cut = if text.len() > most { cut_at(text, most) } else { None };
    if cut.is_none() && memchr3(b'\n', b'\r', b'\t', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let kept = &text[..cut.unwrap_or(text.len())];
    let spaced = kept.contains(char::is_whitespace);
    let mut line = if spaced { kept.split_whitespace().collect::<Vec<_>>().join(" ") } else { kept.to_owned() };
    if cut.is_some() {
        line.push('…');
    }
    Cow::Owned(line)
}

/// Where the characters after the first `most` begin; none where there are no more. Whole characters are counted, many at
/// a time.
fn cut_at(text: &str, most: usize) -> Option<usize> {
    let mut chars = text.chars();
    chars.nth(most.checked_sub(1)?)?;
    let rest = chars.as_str().len();
    (rest > 0).then(|| text.len() - rest)
}

/// A wording with its values filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// The text.
    pub text: String,
    /// The names outside `[…]` without a value.
    pub missing: Vec<String>,
}

/// Replaces the names in a wording by their values.
pub fn fill<'a>(wording: &str, mut value: impl FnMut(&str) -> Option<Cow<'a, str>>) -> Filled {
    let mut filled = Filled { text: String::with_capacity(wording.len() * 2), missing: Vec::new() };
    filled.add(wording, &mut value);
    filled
}

impl Filled {
    /// Adds a wording with its values.
    fn add<'a>(&mut self, wording: &str, value: &mut dyn FnMut(&str) -> Option<Cow<'a, str>>) {
        let mut rest = wording;
        while let Some(at) = memchr2(b'[', b'{', rest.as_bytes()) {
            let (before, from) = rest.split_at(at);
            self.text.push_str(before);
            let close = if from.starts_with('[') { b']' } else { b'}' };
            let Some(end) = memchr(close, from.as_bytes()) else {
                return self.text.push_str(from);
            };
            let inner = &from[1..end];
            if close == b']' {
                let (text, missing) = (self.text.len(), self.missing.len());
                self.add(inner, value);
                // a part that lacks a value goes whole
                if self.missing.len() > missing {
                    self.text.truncate(text);
                    self.missing.truncate(missing);
                }
            } else {
                match value(inner) {
                    Some(known) => self.text.push_str(&known),
                    None => self.missing.push(inner.to_owned()),
                }
            }
            rest = &from[end + 1..];
        }
        self.text.push_str(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basis::UnitId;
    use crate::basis::finding::{Findings, Kind, Severity, Wording};
    use crate::basis::place::{Place, SourceId};
    use crate::basis::scope::Scope;

    static KIND: Kind = Kind {
        code: "T000",
        name: "test",
        scope: Scope::Submission,
        severity: Severity::Info,
        zh: Wording {
            title: "",
            message: "{heading}不是日期[：{seen}][，应为{expected}]",
            why: "",
            mend: "改{heading}",
            example: "",
        },
        en: Wording { title: "", message: "{heading} by {unit} [saw {seen}]", why: "", mend: "", example: "" },
    };

    #[test]
    fn facts_stand_in_the_sentence_and_optional_parts_go_when_they_lack_one() {
        let mut findings = Findings::default();
        let finding =
            findings.note(&KIND, Place::file(SourceId(1))).seen("{heading}\n下旬").fact_in("heading", "日期", "date");
        let division = Division::default();
        assert_eq!(
            message(finding, Lang::Zh, &division),
            "日期不是日期：{heading} 下旬",
            "values are not filled again"
        );
        assert_eq!(advice(finding, Lang::Zh, &division), "改日期");
        finding.unit(UnitId(7));
        assert_eq!(message(finding, Lang::En, &division), "date by  [saw x]".replace("[saw x]", "saw {heading} 下旬"));
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!(clip(" 文明创建 ", 4), "文明创建");
        assert_eq!(clip("文明创建工作", 4), "文明创建…");
        assert_eq!([3, 4, 5].map(|most| clip("文明创建", most)), ["文明创…", "文明创建", "文明创建"]);
        assert_eq!(clip("文明\n创建", 9), "文明 创建");
    }

    #[test]
    fn names_without_value_are_told() {
        let filled = fill("{a}与{b}[及{c}", |name| (name == "a").then_some(Cow::Borrowed("甲")));
        assert_eq!((filled.text.as_str(), filled.missing), ("甲与[及{c}", vec!["b".to_owned()]));
        let filled = fill("{b}[{a}、{c}]{a}[{a}]", |name| (name == "a").then_some(Cow::Borrowed("甲")));
        assert_eq!((filled.text.as_str(), filled.missing), ("甲甲", vec!["b".to_owned()]), "a part goes whole");
    }
}
