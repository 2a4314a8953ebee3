//! The [`Lexicon`] of ledgers: the fields of the division, its tasks and units, and states.

use super::{axes, section};
use crate::basis::text::{fold, skeleton};
use crate::division::{Division, FieldSet};
use crate::ruling::{Asker, RulingKind, Target};
use crate::table::{Axis, Decided, FieldId, Lexicon};

/// The words of a campaign.
pub(super) struct Words<'a> {
    pub(super) division: &'a Division,
    /// The file with the headings, for rulings on them.
    pub(super) asker: Option<Asker<'a>>,
}

impl<'a> Words<'a> {
    /// The words of a campaign, without rulings.
    pub(super) fn of(division: &'a Division) -> Words<'a> {
        Words { division, asker: None }
    }

    /// The field of a heading by a ruling.
    pub(super) fn ruled(&self, heading: &str) -> Option<&'a Target> {
        let ruling = self.division.rulings.find(RulingKind::Heading, heading, self.asker.as_ref()?)?;
        Some(&ruling.target)
    }

    /// Whether a person has said that this heading is this field: the office in 台账字段, or a ruling. What stands below
    /// does not count then.
    pub(super) fn is_settled(&self, field: FieldId, heading: &str) -> bool {
        match self.ruled(heading) {
            Some(target) => *target == Target::Field(field),
            None => self.set().is_of_office(field, heading),
        }
    }

    fn set(&self) -> &FieldSet {
        &self.division.fields
    }
}

/// States that are never a heading.
const STATES: &[&str] = &[
    "已完成", "未完成", "正在推进", "推进中", "进行中", "正在进行", "已落实", "未落实", "已办结", "办结", "未开始",
    "未启动", "未开展", "长期坚持", "持续推进", "常态化推进", "零报告", "不涉及", "有异议", "已整改", "整改中",
    "已销号", "已解决", "未解决", "√", "✓", "×",
];

impl Lexicon for Words<'_> {
    fn field(&self, heading: &str) -> Option<FieldId> {
        match self.ruled(heading) {
            Some(Target::Field(field)) => Some(*field),
            Some(_) => None,
            None => self.set().field(heading),
        }
    }

    fn is_table(&self, fields: &[FieldId]) -> bool {
        self.set().is_table(fields)
    }

    fn rank(&self, field: FieldId, heading: &str) -> u8 {
        self.set().rank(field, heading)
    }

    fn is_serial(&self, field: FieldId) -> bool {
        self.set().is_serial(field)
    }

    fn is_amount(&self, field: FieldId) -> bool {
        self.set().is_amount(field)
    }

    fn is_value(&self, text: &str) -> bool {
        STATES.contains(&text) || self.is_task(text)
    }

    fn is_task(&self, text: &str) -> bool {
        let key = skeleton(text);
        key.chars().count() >= 4 && !self.division.index().by_text(&key).is_empty()
    }

    fn is_unit(&self, text: &str) -> bool {
        text.chars().count() >= 2 && self.division.roster.find(text).is_some()
    }

    fn names_rows(&self, text: &str) -> bool {
        !self.is_value(&fold(text)) && section::names_rows(text, self.division)
    }

    fn axis(&self, text: &str) -> Option<Axis> {
        axes::axis(text, self.division)
    }

    fn group_wins(&self, group: FieldId, field: FieldId, heading: &str) -> bool {
        self.set().group_wins(group, field, heading)
    }

    fn measured(&self, heading: &str, unit: &str) -> Option<Decided> {
        if self.ruled(heading).is_some() { None } else { self.set().measured(heading, unit) }
    }

    fn within(&self, group: &str, heading: &str) -> Option<Decided> {
        if self.ruled(heading).is_some() { None } else { self.set().within(group, heading) }
    }

    fn settle(&self, headings: &[&str], fields: &mut [Option<FieldId>]) {
        self.set().settle(headings, fields);
        // What a ruling says of a heading stays so whatever stands beside it.
        for (heading, field) in headings.iter().zip(fields) {
            match self.ruled(heading) {
                Some(Target::Field(ruled)) => *field = Some(*ruled),
                Some(_) => *field = None,
                None => {}
            }
        }
    }
}
