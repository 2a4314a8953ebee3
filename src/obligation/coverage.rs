//! Counts of obligations: 应报 实报 按时 迟报 零报告 缺报, and the rates 上报率 and 及时率.

use super::{Obligation, State};

/// Counts of obligations by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Coverage {
    /// 按时.
    pub on_time: u32,
    /// 迟报.
    pub late: u32,
    /// 零报告.
    pub nil: u32,
    /// 缺报.
    pub missing: u32,
    /// 空表.
    pub blank: u32,
    /// 不可用.
    pub unusable: u32,
    /// 不涉及.
    pub exempt: u32,
    /// 有异议.
    pub disputed: u32,
    /// 未到期.
    pub not_due: u32,
    /// Nil and disputed reports received in time.
    pub other_in_time: u32,
    /// Of the unusable those that this machine did not read; see [`Obligation::out_of_reach`].
    #[serde(default)]
    pub out_of_reach: u32,
}

impl Coverage {
    /// Counts obligations.
    pub fn of<'a>(obligations: impl IntoIterator<Item = &'a Obligation>) -> Coverage {
        let mut counts = Coverage::default();
        for one in obligations {
            counts.add(one.state, one.in_time);
            counts.out_of_reach += u32::from(one.out_of_reach);
        }
        counts
    }

    /// Counts one more obligation; `in_time`: whether its report came in time.
    pub fn add(&mut self, state: State, in_time: bool) {
        let count = match state {
            State::OnTime => &mut self.on_time,
            State::Late => &mut self.late,
            State::Nil => &mut self.nil,
            State::Missing => &mut self.missing,
            State::Blank => &mut self.blank,
            State::Unusable => &mut self.unusable,
            State::Exempt => &mut self.exempt,
            State::Disputed => &mut self.disputed,
            State::NotDue => &mut self.not_due,
        };
        *count += 1;
        if in_time && matches!(state, State::Nil | State::Disputed) {
            self.other_in_time += 1;
        }
    }

    /// The count of one state.
    pub fn count(&self, state: State) -> u32 {
        match state {
            State::OnTime => self.on_time,
            State::Late => self.late,
            State::Nil => self.nil,
            State::Missing => self.missing,
            State::Blank => self.blank,
            State::Unusable => self.unusable,
            State::Exempt => self.exempt,
            State::Disputed => self.disputed,
            State::NotDue => self.not_due,
        }
    }

    /// 应报: all except those not due.
    pub fn expected(&self) -> u32 {
        self.on_time + self.late + self.nil + self.missing + self.blank + self.unusable + self.exempt + self.disputed
    }

    /// 实报: on time, late, nil and disputed.
    pub fn actual(&self) -> u32 {
        self.on_time + self.late + self.nil + self.disputed
    }

    /// The denominator of the rates: 应报 without the exempt.
    pub fn base(&self) -> u32 {
        self.expected() - self.exempt
    }

    /// What units were expected to report and did not, or not so that it is of use: missing, blank, unusable. What this
    /// machine did not read no unit owes any more.
    pub fn lacking(&self) -> u32 {
        self.missing + self.blank + self.unusable - self.out_of_reach
    }

    /// Reports received in time.
    pub fn timely(&self) -> u32 {
        self.on_time + self.other_in_time
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::obligation::fixture::drawn;

    #[test]
    fn each_state_counts_where_the_contract_says() {
        let (_, obligations) = drawn("2014-08 as of 2014-09-06\n1 | 甲科").settle();
        let of = |state, in_time| {
            let one = Obligation { state, in_time, ..obligations.all[0].clone() };
            let counts = Coverage::of([&one]);
            let all = [State::OnTime, State::Late, State::Nil, State::Missing, State::Blank, State::Unusable];
            for other in all.into_iter().chain([State::Exempt, State::Disputed, State::NotDue]) {
                assert_eq!(counts.count(other), u32::from(other == state), "{state:?} {other:?}");
            }
            let lacking = state.is_lacking();
            assert_eq!(counts.lacking(), u32::from(lacking), "{state:?}");
            let out_of_reach = state == State::Unusable;
            let unread = Coverage::of([&Obligation { out_of_reach, ..one.clone() }]);
            assert_eq!(unread.lacking(), u32::from(lacking && !out_of_reach), "{state:?}");
            [counts.expected(), counts.actual(), counts.base(), counts.timely()]
        };
        for (state, in_time, expected) in [
            (State::OnTime, true, [1, 1, 1, 1]),
            (State::Late, false, [1, 1, 1, 0]),
            (State::Nil, true, [1, 1, 1, 1]),
            (State::Nil, false, [1, 1, 1, 0]),
            (State::Disputed, true, [1, 1, 1, 1]),
            (State::Disputed, false, [1, 1, 1, 0]),
            (State::Missing, false, [1, 0, 1, 0]),
            (State::Blank, false, [1, 0, 1, 0]),
            (State::Unusable, false, [1, 0, 1, 0]),
            (State::Exempt, true, [1, 0, 0, 0]),
            (State::NotDue, false, [0, 0, 0, 0]),
        ] {
            assert_eq!(of(state, in_time), expected, "{state:?} {in_time}");
        }
    }
}
