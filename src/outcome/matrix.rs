//! The matrix of tasks and units with the states of all obligations.

use std::collections::{BTreeMap, BTreeSet};

use super::Outcome;
use super::labels;
use crate::basis::{Lang, TaskId, UnitId};
use crate::obligation::State;

/// The states of the obligations of each task and unit.
#[derive(Clone, Debug, Default)]
pub struct Matrix {
    /// The tasks that are owed, in the order of the division.
    pub tasks: Vec<TaskId>,
    /// The units that owe something, in the order of the roster.
    pub units: Vec<UnitId>,
    cells: BTreeMap<(TaskId, UnitId), Vec<State>>,
}

impl Matrix {
    /// Makes the matrix.
    pub fn of(outcome: &Outcome) -> Matrix {
        let mut cells: BTreeMap<(TaskId, UnitId), Vec<State>> = BTreeMap::new();
        let (mut tasks, mut units) = (BTreeSet::new(), BTreeSet::new());
        for obligation in &outcome.obligations.all {
            tasks.insert(obligation.task);
            units.insert(obligation.unit);
            cells.entry((obligation.task, obligation.unit)).or_default().push(obligation.state);
        }
        Matrix { tasks: tasks.into_iter().collect(), units: units.into_iter().collect(), cells }
    }

    /// The worst state of a task and unit, the number of periods in that state, and the number of all periods. None where
    /// nothing is owed.
    pub fn cell(&self, task: TaskId, unit: UnitId) -> Option<(State, usize, usize)> {
        let states = self.cells.get(&(task, unit))?;
        let worst = states.iter().copied().max_by_key(|state| gravity(*state))?;
        Some((worst, states.iter().filter(|state| **state == worst).count(), states.len()))
    }

    /// The same in words: 缺报, or 缺报2/4 if owed for several periods; empty where nothing is owed.
    pub fn words(&self, task: TaskId, unit: UnitId, lang: Lang) -> String {
        match self.cell(task, unit) {
            None => String::new(),
            Some((state, _, 1)) => labels::state(state, lang).to_owned(),
            Some((state, count, all)) => format!("{}{count}/{all}", labels::state(state, lang)),
        }
    }
}

/// How bad a state is; greater is worse.
fn gravity(state: State) -> u8 {
    match state {
        State::Missing => 8,
        State::Unusable => 7,
        State::Blank => 6,
        State::Disputed => 5,
        State::Late => 4,
        State::NotDue => 3,
        State::Exempt => 2,
        State::Nil => 1,
        State::OnTime => 0,
    }
}
