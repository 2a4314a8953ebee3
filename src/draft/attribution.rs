//! Who a task is laid upon, as one place of a plan says it: officials, units by their role, until when, with what proof.

/// An attribution.
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
    /// Until when, in the plan's words.
    pub(super) deadline: String,
    /// How often it is reported, in the plan's words.
    pub(super) cycle: String,
    /// What must be reached, in the plan's words.
    pub(super) indicator: String,
    /// Kinds of evidence.
    pub(super) evidence: String,
    /// Marks.
    pub(super) marks: String,
    /// A label for units stands there with nothing behind it.
    pub(super) blank: bool,
    /// A bracket of names that says no role.
    pub(super) bare: bool,
    /// What is doubtful in it.
    pub(super) doubts: Vec<String>,
}

impl Attribution {
    /// Whether it lays a task upon someone, or says that this is still to be filled in.
    pub(super) fn owns(&self) -> bool {
        self.names_units() || self.blank || !self.leaders.is_empty() || !self.persons.is_empty()
    }

    /// Whether it names a unit.
    pub(super) fn names_units(&self) -> bool {
        !(self.lead.is_empty() && self.units.is_empty() && self.support.is_empty())
    }

    /// Whether nothing is said at all.
    pub(super) fn is_empty(&self) -> bool {
        *self == Attribution::default()
    }

    /// Takes over what a heading says where the task itself says nothing of it.
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

    /// Adds what another place says of the same task.
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

/// Adds a text below another.
pub(super) fn join_lines(text: &mut String, more: &str) {
    if !more.is_empty() {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(more);
    }
}

/// Adds a text behind another, once.
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
