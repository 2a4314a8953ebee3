//! What a form leaves open.

/// What is written after a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fills {
    /// The name of the office.
    Office,
    /// The day of the run.
    Day,
    /// The period.
    Period,
    /// The first day of the period.
    Begin,
    /// The last one, with its year where it is another than that of the first.
    End,
    /// Whom to ask.
    Contact,
    /// And where.
    Phone,
}
