//! An attribution: who is responsible for a task according to one place of a plan (officials, units by role), until
//! when, and with what evidence.

/// Who has to do a task, and by when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Attribution {
    /// Officials.
    pub(super) leaders: Vec<String>,
    /// Persons named as 责任人: officials where no others are named.
    pub(super) persons: Vec<String>,
    /// Units that lead.
    pub(super) lead: Vec<String>,
    /// Units that are responsible.
    pub(super) units: Vec<String>,
    /// Units that help.
    pub(super) support: Vec<String>,
    /// The deadline, in the plan's words.
    pub(super) deadline: String,
    /// The reporting frequency, in the plan's words.
    pub(super) cycle: String,
    /// The target, in the plan's words.
    pub(super) indicator: String,
    /// Kinds of evidence.
    pub(super) evidence: String,
    /// Marks.
    pub(super) marks: String,
    /// Whether a label for units is followed by nothing.
    pub(super) blank: bool,
    /// Names in a bracket that states no role.
    pub(super) bare: bool,
    /// What is doubtful in it.
    pub(super) doubts: Vec<String>,
}

impl Attribution {
    /// Whether it assigns a task to someone, or leaves a blank for that.
    pub(super) fn owns(&self) -> bool {
        self.names_units() || self.blank || !self.leaders.is_empty() || !self.persons.is_empty()
    }

    /// Whether it names a unit.
    pub(super) fn names_units(&self) -> bool {
        !(self.lead.is_empty() && self.units.is_empty() && self.support.is_empty())
    }

    /// Whether it is empty.
    pub(super) fn is_empty(&self) -> bool {
        *self == Attribution::default()
    }

    /// Fills what the task leaves open from its heading.
    pub(super) fn inherit(&mut self, heading: &Attribution) {
        if self.lead.is_empty() && self.units.is_empty() {
            self.lead.clone_from(&heading.lead);
            self.units.clone_from(&heading.units);
        }
        for (own, more) in [
            (&mut self.leaders, &heading.leaders),
            (&mut self.persons, &heading.persons),
            (&mut self.support, &heading.support),
        ] {
            if own.is_empty() {
                own.clone_from(more);
            }
        }
        for (own, more) in [(&mut self.deadline, &heading.deadline), (&mut self.cycle, &heading.cycle)] {
            if own.is_empty() {
                own.clone_from(more);
            }
        }
        add(&mut self.doubts, heading.doubts.clone());
    }

    /// Adds what another place says about the same task.
    pub(super) fn merge(&mut self, other: Attribution) {
        for (own, more) in [
            (&mut self.leaders, other.leaders),
            (&mut self.persons, other.persons),
            (&mut self.lead, other.lead),
            (&mut self.units, other.units),
            (&mut self.support, other.support),
            (&mut self.doubts, other.doubts),
        ] {
            add(own, more);
        }
        for (own, more) in [
            (&mut self.deadline, other.deadline),
            (&mut self.cycle, other.cycle),
            (&mut self.indicator, other.indicator),
            (&mut self.evidence, other.evidence),
            (&mut self.marks, other.marks),
        ] {
            join(own, &more);
        }
        self.blank |= other.blank;
        self.bare |= other.bare;
    }
}

/// Adds names that are not there yet.
pub(super) fn add(names: &mut Vec<String>, more: Vec<String>) {
    for name in more {
        if !names.contains(&name) {
            names.push(name);
        }
    }
}

/// Appends a text on a new line.
pub(super) fn join_lines(text: &mut String, more: &str) {
    if !more.is_empty() {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(more);
    }
}

/// Appends a text unless it is there already.
pub(super) fn join(text: &mut String, more: &str) {
    let more = more.trim();
    if more.is_empty() || text.split('；').any(|known| known == more) {
        return;
    }
    if !text.is_empty() {
        text.push('；');
    }
    text.push_str(more);
}
