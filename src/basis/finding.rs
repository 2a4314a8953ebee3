//! Findings: faults that someone can correct by editing a submitted file or the division.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::place::Place;
use super::scope::Scope;
use super::{Bilingual, Lang, TaskId, UnitId};

/// The severity of a finding, in ascending order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// 提示: no action needed.
    Info,
    /// 核实: to be checked, then explained or corrected.
    Warning,
    /// 强制: must be corrected.
    Error,
}

impl Severity {
    /// The word used in reports.
    pub fn word(self, lang: Lang) -> &'static str {
        match self {
            Severity::Info => lang.pick("提示", "info"),
            Severity::Warning => lang.pick("核实", "warning"),
            Severity::Error => lang.pick("强制", "error"),
        }
    }
}

/// The texts of a kind of finding in one language. Names in `{braces}` are replaced by facts of the finding or by
/// `{unit}` `{task}` `{period}` `{seen}` `{expected}`.
#[derive(Clone, Copy, Debug)]
pub struct Wording {
    /// The title, a few words: 未报任务.
    pub title: &'static str,
    /// One sentence that states the fault, with its facts.
    pub message: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// What to do today.
    pub mend: &'static str,
    /// A small example, bad and good.
    pub example: &'static str,
}

/// A kind of finding. Its code is never reused, and its wording exists nowhere else.
#[derive(Debug)]
pub struct Kind {
    /// A letter for the stage that finds it, and a number: `D402`.
    pub code: &'static str,
    /// The fault in a few English words: `task-not-reported`.
    pub name: &'static str,
    /// What it is about.
    pub scope: Scope,
    /// The default severity. A finding may set its own, and the settings override both.
    pub severity: Severity,
    /// In Chinese.
    pub zh: Wording,
    /// In English.
    pub en: Wording,
}

impl Kind {
    /// The texts in one language.
    pub fn wording(&self, lang: Lang) -> &Wording {
        lang.pick(&self.zh, &self.en)
    }
}

#[cfg(test)]
impl Kind {
    /// A kind without texts, for tests.
    pub const fn wordless(code: &'static str, severity: Severity) -> Kind {
        const NONE: Wording = Wording { title: "", message: "", why: "", mend: "", example: "" };
        Kind { code, name: "wordless", scope: Scope::Submission, severity, zh: NONE, en: NONE }
    }
}

/// One finding. Built with [`Findings::note`] and the setters below.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The kind.
    pub kind: &'static Kind,
    /// Its severity before the settings' overrides.
    pub severity: Severity,
    /// Where the fault is.
    pub place: Place,
    /// The unit it concerns.
    pub unit: Option<UnitId>,
    /// The task it concerns.
    pub task: Option<TaskId>,
    /// The label of the period it concerns: `2014-08`.
    pub period: Option<String>,
    /// What the place contains.
    pub seen: Option<String>,
    /// What it should contain.
    pub expected: Option<Bilingual>,
    /// Values for the names in braces of the message.
    pub facts: Vec<(Cow<'static, str>, Bilingual)>,
    /// Related places: the line of the division that demands it, the other row of a duplicate.
    pub related: Vec<Place>,
    /// 编号 of the ruling that lets it stand and count no more.
    pub ruling: Option<u32>,
}

impl Finding {
    /// Its title in one language. An error of which nobody knows whether it is one is to be looked at.
    pub fn title(&self, lang: Lang) -> Cow<'static, str> {
        let title = self.kind.wording(lang).title;
        if self.kind.severity == Severity::Error && self.severity == Severity::Warning {
            return lang.pick(format!("待核对：{title}"), format!("To be checked: {title}")).into();
        }
        title.into()
    }

    /// Sets the unit it concerns.
    pub fn unit(&mut self, unit: impl Into<Option<UnitId>>) -> &mut Self {
        self.unit = unit.into();
        self
    }
    /// Sets the task it concerns.
    pub fn task(&mut self, task: impl Into<Option<TaskId>>) -> &mut Self {
        self.task = task.into();
        self
    }
    /// Sets the label of the period it concerns.
    pub fn period(&mut self, label: impl Into<String>) -> &mut Self {
        self.period = Some(label.into());
        self
    }
    /// Sets what the place contains.
    pub fn seen(&mut self, seen: impl Into<String>) -> &mut Self {
        self.seen = Some(seen.into());
        self
    }
    /// Sets what it should contain.
    pub fn expected(&mut self, expected: impl Into<Bilingual>) -> &mut Self {
        self.expected = Some(expected.into());
        self
    }
    /// Sets the value of a name in the message.
    pub fn fact(&mut self, name: &'static str, value: impl Into<Bilingual>) -> &mut Self {
        self.facts.push((Cow::Borrowed(name), value.into()));
        self
    }
    /// Sets the value of a name in the message, one for each language.
    pub fn fact_in(&mut self, name: &'static str, zh: impl fmt::Display, en: impl fmt::Display) -> &mut Self {
        self.facts.push((Cow::Borrowed(name), Bilingual::new(zh.to_string(), en.to_string())));
        self
    }
    /// Adds a related place.
    pub fn related(&mut self, place: Place) -> &mut Self {
        self.related.push(place);
        self
    }
    /// Names the ruling by which it counts no more.
    pub fn ruling(&mut self, ruling: Option<u32>) -> &mut Self {
        self.ruling = ruling;
        self
    }
    /// Sets a severity other than the kind's.
    pub fn severity(&mut self, severity: Severity) -> &mut Self {
        self.severity = severity;
        self
    }

    /// The value of a name in the message, if the finding has one.
    pub fn fact_named(&self, name: &str) -> Option<&Bilingual> {
        self.facts.iter().find(|(known, _)| known == name).map(|(_, fact)| fact)
    }
}

/// The findings of a stage, in the order they were noticed.
#[derive(Clone, Debug, Default)]
pub struct Findings(pub Vec<Finding>);

impl Findings {
    /// Adds a finding and returns it, for its details to be set.
    pub fn note(&mut self, kind: &'static Kind, place: Place) -> &mut Finding {
        self.0.push(Finding {
            kind,
            severity: kind.severity,
            place,
            unit: None,
            task: None,
            period: None,
            seen: None,
            expected: None,
            facts: Vec::new(),
            related: Vec::new(),
            ruling: None,
        });
        let last = self.0.len() - 1;
        &mut self.0[last]
    }
}
