//! A list of units that is asked over and over whether one is in it.

use std::ops::Deref;

use crate::basis::UnitId;

/// Units in the order written, each once. Of thousands of units and tasks nearly every record asks whether its unit is among
/// those of its task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Units {
    listed: Box<[UnitId]>,
    sorted: Box<[UnitId]>,
}

impl Units {
    /// Whether a unit is among them.
    pub fn contains(&self, unit: &UnitId) -> bool {
        self.sorted.binary_search(unit).is_ok()
    }

    /// Puts one unit in the place of another, if that is among them; where they share the duty, behind it.
    pub(super) fn hand_over(&mut self, from: UnitId, to: UnitId, shared: bool) {
        let Some(at) = self.iter().position(|unit| *unit == from) else { return };
        let mut units = self.to_vec();
        let place = at + usize::from(shared)..=at;
        units.splice(place, (!self.contains(&to)).then_some(to));
        *self = units.into();
    }
}

impl From<Vec<UnitId>> for Units {
    fn from(listed: Vec<UnitId>) -> Units {
        let mut sorted = listed.clone();
        sorted.sort_unstable();
        Units { listed: listed.into(), sorted: sorted.into() }
    }
}

impl Deref for Units {
    type Target = [UnitId];

    fn deref(&self) -> &[UnitId] {
        &self.listed
    }
}

impl<'a> IntoIterator for &'a Units {
    type Item = &'a UnitId;
    type IntoIter = std::slice::Iter<'a, UnitId>;

    fn into_iter(self) -> Self::IntoIter {
        self.listed.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duty_goes_to_another_unit_in_its_place() {
        let units = |ids: &[u32]| -> Units { ids.iter().map(|id| UnitId(*id)).collect::<Vec<_>>().into() };
        for (from, to, shared, after) in [
            (5, 2, false, &[7, 2, 3][..]),
            (5, 3, false, &[7, 3]),
            (4, 2, false, &[7, 5, 3]),
            (5, 2, true, &[7, 5, 2, 3]),
            (5, 3, true, &[7, 5, 3]),
        ] {
            let mut handed = units(&[7, 5, 3]);
            handed.hand_over(UnitId(from), UnitId(to), shared);
            assert_eq!(handed, units(after), "{from} to {to}");
            assert_eq!(handed.contains(&UnitId(to)), after.contains(&to), "{from} to {to}");
        }
    }
}
