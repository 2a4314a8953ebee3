//! The cells of a record of a cross-tab.

use super::builder::LedgerBuilder;
use super::crossing::{Crossing, Filled, OfAxis};
use super::record::{Cell, Ledger};
use super::value::Value;
use crate::division::{FieldType, fields};

impl LedgerBuilder<'_> {
    /// The cells of a record: those of its row, those below the axis, and the values from the headings of the axis.
    pub(super) fn crossed(
        &mut self,
        row: &[Cell],
        filled: &Filled,
        crossing: &Crossing,
        ledger: &Ledger,
        kinds: &[Option<FieldType>],
    ) -> Box<[Cell]> {
        let mut cells = row.to_vec();
        for &(at, raw, home) in &filled.cells {
            let unit =
                self.measure(raw, &crossing.axes[at].column).or_else(|| self.measure(raw, &ledger.columns[home]));
            cells[home] = self.cell(raw, crossing.axes[at].column.col as u16, kinds[home], unit);
        }
        if filled.unnamed
            && let Some(task) = ledger.column(fields::TASK)
        {
            cells[task] = Cell::default();
        }
        let axis = &crossing.axes[filled.axis];
        let OfAxis { unit, task, period } = crossing.of_axis;
        for (home, name) in [(unit, &axis.unit), (task, &axis.task), (period, &axis.period)] {
            let Some((home, name)) = home.zip(name.as_ref()) else { continue };
            if Some(home) == period && axis.days.is_none() {
                continue;
            }
            let value = if Some(home) == period { crossing.days(axis) } else { Value::Text };
            cells[home] = Cell { text: self.intern(name), value };
        }
        cells.into_boxed_slice()
    }
}
