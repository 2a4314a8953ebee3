//! A finding: something that someone can mend by editing a submitted file or the division.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::place::Place;
use super::scope::Scope;
use super::{Bilingual, Lang, TaskId, UnitId};

/// How much a finding weighs. Ordered: a greater one is worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// 提示: nothing need be done.
    Info,
    /// 核实: to be looked at, and explained or mended.
    Warning,
    /// 强制: must be mended.
    Error,
}

impl Severity {
    /// The word for it in reports.
    pub fn word(self, lang: Lang) -> &'static str {
        match self {
            Severity::Info => lang.pick("提示", "info"),
            Severity::Warning => lang.pick("核实", "warning"),
            Severity::Error => lang.pick("强制", "error"),
        }
    }
}

/// What a kind of finding says in one language. Names in `{braces}` are facts of the finding, or one of
/// `{unit}` `{task}` `{period}` `{seen}` `{expected}`.
#[derive(Clone, Copy, Debug)]
pub struct Wording {
    /// A few words for headings: 未报任务.
    pub title: &'static str,
    /// One sentence that states the fault, with its facts.
    pub message: &'static str,
    /// Why it counts.
    pub why: &'static str,
    /// What to do today.
    pub mend: &'static str,
    /// A small example, bad and good.
    pub example: &'static str,
}

/// A kind of finding: its code is never reused, its wording stands here and nowhere else.
#[derive(Debug)]
pub struct Kind {
    /// Letter of who must act, and a number: `D402`.
    pub code: &'static str,
    /// The fault in a few English words: `task-not-reported`.
    pub name: &'static str,
    /// What it is about.
    pub scope: Scope,
    /// The usual severity; a finding may differ, and the settings override both.
    pub severity: Severity,
    /// In Chinese.
    pub zh: Wording,
    /// In English.
    pub en: Wording,
}

impl Kind {
    /// The wording in one language.
    pub fn wording(&self, lang: Lang) -> &Wording {
        lang.pick(&self.zh, &self.en)
    }
}

/// One finding. Built with [`Findings::note`] and the setters below.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What kind it is.
    pub kind: &'static Kind,
    /// Its severity before the settings' overrides.
    pub severity: Severity,
    /// Where it stands.
    pub place: Place,
    /// Whom it concerns.
    pub unit: Option<UnitId>,
    /// Which task it concerns.
    pub task: Option<TaskId>,
    /// The label of the period it concerns: `2014-08`.
    pub period: Option<String>,
    /// What stands there now.
    pub seen: Option<String>,
    /// What should stand there.
    pub expected: Option<Bilingual>,
    /// Values for the message, by the name it has between braces.
    pub facts: Vec<(Cow<'static, str>, Bilingual)>,
    /// Other places that belong to it: the line of the division that demands it, the twin of a duplicate.
    pub related: Vec<Place>,
}

impl Finding {
    /// Names the unit it concerns.
    pub fn unit(&mut self, unit: impl Into<Option<UnitId>>) -> &mut Self {
        self.unit = unit.into();
        self
    }
    /// Names the task it concerns.
    pub fn task(&mut self, task: impl Into<Option<TaskId>>) -> &mut Self {
        self.task = task.into();
        self
    }
    /// Names the period it concerns by its label.
    pub fn period(&mut self, label: impl Into<String>) -> &mut Self {
        self.period = Some(label.into());
        self
    }
    /// Says what stands there now.
    pub fn seen(&mut self, seen: impl Into<String>) -> &mut Self {
        self.seen = Some(seen.into());
        self
    }
    /// Says what should stand there.
    pub fn expected(&mut self, expected: impl Into<Bilingual>) -> &mut Self {
        self.expected = Some(expected.into());
        self
    }
    /// Gives a value to a name in the message.
    pub fn fact(&mut self, name: &'static str, value: impl Into<Bilingual>) -> &mut Self {
        self.facts.push((Cow::Borrowed(name), value.into()));
        self
    }
    /// Gives a value to a name in the message that differs between the languages.
    pub fn fact_in(&mut self, name: &'static str, zh: impl fmt::Display, en: impl fmt::Display) -> &mut Self {
        self.facts.push((Cow::Borrowed(name), Bilingual::new(zh.to_string(), en.to_string())));
        self
    }
    /// Adds a place that belongs to it.
    pub fn related(&mut self, place: Place) -> &mut Self {
        self.related.push(place);
        self
    }
    /// Departs from the kind's usual severity.
    pub fn severity(&mut self, severity: Severity) -> &mut Self {
        self.severity = severity;
        self
    }

    /// The value of a name in the messages, if the finding gives one.
    pub fn fact_named(&self, name: &str) -> Option<&Bilingual> {
        self.facts.iter().find(|(known, _)| known == name).map(|(_, fact)| fact)
    }
}

/// The findings of a stage, in the order they were noticed.
#[derive(Clone, Debug, Default)]
pub struct Findings(pub Vec<Finding>);

impl Findings {
    /// Notes a finding and hands it back for its details.
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
        });
        let last = self.0.len() - 1;
        &mut self.0[last]
    }
}
