//! What a finding is about: who has to know it, and where it stands in 缺项清单.

/// What findings of a kind are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The office's own division.
    Division,
    /// What a unit sent: a file, its sheets, rows and cells.
    Submission,
    /// Something that a unit owes, and what is missing of it.
    Owed(GapKind),
    /// The run itself and how it reads, which no unit can mend.
    Run,
}

impl Scope {
    /// What is missing, for kinds about something owed.
    pub fn gap(self) -> Option<GapKind> {
        match self {
            Scope::Owed(gap) => Some(gap),
            Scope::Division | Scope::Submission | Scope::Run => None,
        }
    }

    /// Whether a unit can mend it, in what it sent or by sending something.
    pub fn is_of_unit(self) -> bool {
        matches!(self, Scope::Submission | Scope::Owed(_))
    }

    /// Whether it can be told only when everything that came is known, not of some files alone.
    pub fn needs_whole_run(self) -> bool {
        use GapKind::{DueSoon, Late, NotReported, NotSubmitted, Overdue, TooSeldom};
        self.gap().is_some_and(|gap| matches!(gap, NotSubmitted | NotReported | Late | TooSeldom | Overdue | DueSoon))
    }
}

/// What is missing of something owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GapKind {
    /// Nothing came from the unit.
    NotSubmitted,
    /// The unit submitted, but not this.
    NotReported,
    /// A form came in which nothing was filled in.
    Blank,
    /// What came cannot be used.
    Unusable,
    /// What came could not be read by this machine; the unit is not at fault.
    OutOfReach,
    /// It came, and lacks something: evidence, a signature, what an indicator asks.
    Incomplete,
    /// It came, but not in every sub-period of its cycle.
    TooSeldom,
    /// It came after its due time.
    Late,
    /// It is not reported done, and its deadline has passed.
    Overdue,
    /// Its deadline, or the report on it, is due in a few days.
    DueSoon,
}

impl GapKind {
    /// Whether the whole item is missing, not only something about it.
    pub fn is_missing(self) -> bool {
        matches!(self, GapKind::NotSubmitted | GapKind::NotReported | GapKind::Blank | GapKind::Unusable)
    }

    /// Whether 缺项清单 tells it obligation by obligation, so that the finding about all of them is not told again.
    pub fn is_told_by_item(self) -> bool {
        matches!(self, GapKind::NotSubmitted | GapKind::NotReported | GapKind::Blank)
    }

    /// Whether 完成时限 of the task is what it is about, not the due time of the report.
    pub fn concerns_deadline(self) -> bool {
        matches!(self, GapKind::Overdue | GapKind::DueSoon)
    }

    /// Whether a reminder is enough: nothing is missing yet, or any more.
    pub fn is_reminder(self) -> bool {
        matches!(self, GapKind::Late | GapKind::DueSoon)
    }
}
