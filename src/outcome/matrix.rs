//! Task × unit: what became of every obligation, at one look.

use std::collections::{BTreeMap, BTreeSet};

use super::Outcome;
use super::labels;
use crate::basis::{Lang, TaskId, UnitId};
use crate::obligation::State;

/// The states of the obligations of every task and unit.
#[derive(Clone, Debug, Default)]
pub struct Matrix {
    /// Tasks that are owed, in division order.
    pub tasks: Vec<TaskId>,
    /// Units that owe, in roster order.
    pub units: Vec<UnitId>,
    cells: BTreeMap<(TaskId, UnitId), Vec<State>>,
}

impl Matrix {
    /// Lays out the obligations.
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

    /// The state that stands for a task and unit (the worst of its periods) and how many periods of all are in it.
    /// None where nothing is owed.
    pub fn cell(&self, task: TaskId, unit: UnitId) -> Option<(State, usize, usize)> {
        let states = self.cells.get(&(task, unit))?;
        let worst = states.iter().copied().max_by_key(|state| gravity(*state))?;
        Some((worst, states.iter().filter(|state| **state == worst).count(), states.len()))
    }

    /// The same in words: 缺报, or 缺报2/4 when it is owed for several periods. Empty where nothing is owed.
    pub fn words(&self, task: TaskId, unit: UnitId, lang: Lang) -> String {
        match self.cell(task, unit) {
            None => String::new(),
            Some((state, _, 1)) => labels::state(state, lang).to_owned(),
            Some((state, count, all)) => format!("{}{count}/{all}", labels::state(state, lang)),
        }
    }
}

/// How much a state asks for attention.
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
