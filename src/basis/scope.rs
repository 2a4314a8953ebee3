//! What a finding is about, which decides who is told and how 缺项清单 lists it.

/// The subject of a kind of finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The office's own division.
    Division,
    /// A submission: a file, its sheets, rows and cells.
    Submission,
    /// Something a unit owes, and what is missing.
    Owed(GapKind),
    /// The run itself and how it reads, which no unit can mend.
    Run,
}

impl Scope {
    /// What is missing, for kinds about something owed; else none.
    pub fn gap(self) -> Option<GapKind> {
        match self {
            Scope::Owed(gap) => Some(gap),
            Scope::Division | Scope::Submission | Scope::Run => None,
        }
    }

    /// Whether a unit can correct it, in its submission or by submitting something.
    pub fn is_of_unit(self) -> bool {
        matches!(self, Scope::Submission | Scope::Owed(_))
    }

    /// Whether it can be decided only when all submissions are known, not for single files.
    pub fn needs_whole_run(self) -> bool {
        use GapKind::{DueSoon, Late, NotReported, NotSubmitted, Overdue, TooSeldom};
        self.gap().is_some_and(|gap| matches!(gap, NotSubmitted | NotReported | Late | TooSeldom | Overdue | DueSoon))
    }
}

/// What is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GapKind {
    /// The unit submitted nothing.
    NotSubmitted,
    /// The unit submitted something, but not this task.
    NotReported,
    /// The unit returned a form with nothing filled in.
    Blank,
    /// The submission cannot be used.
    Unusable,
    /// This machine could not read the submission; the unit is not at fault.
    OutOfReach,
    /// The report lacks something: evidence, a signature, what an indicator asks.
    Incomplete,
    /// The report does not cover every sub-period of its cycle.
    TooSeldom,
    /// The report was received after its due time.
    Late,
    /// The task is not reported as done, and its deadline has passed.
    Overdue,
    /// The deadline of the task, or the report, is due in a few days.
    DueSoon,
}

impl GapKind {
    /// Whether the whole item is missing, not only part of it.
    pub fn is_missing(self) -> bool {
        matches!(self, GapKind::NotSubmitted | GapKind::NotReported | GapKind::Blank | GapKind::Unusable)
    }

    /// Whether 缺项清单 has a line for each obligation, so that the finding that sums them up gets none.
    pub fn is_told_by_item(self) -> bool {
        matches!(self, GapKind::NotSubmitted | GapKind::NotReported | GapKind::Blank)
    }

    /// Whether it is about the deadline of the task (完成时限), not the due time of the report.
    pub fn concerns_deadline(self) -> bool {
        matches!(self, GapKind::Overdue | GapKind::DueSoon)
    }

    /// Whether a reminder is enough, because nothing is missing yet or any more.
    pub fn is_reminder(self) -> bool {
        matches!(self, GapKind::Late | GapKind::DueSoon)
    }
}
