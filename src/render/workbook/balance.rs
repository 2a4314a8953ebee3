//! Columns balanced so that rows become low.

use super::fit;

/// The number of rows by which columns are balanced.
pub(super) const MEASURED: usize = 40;

/// Moves width to the column whose text makes rows high from columns that can spare it, as long as rows become lower. `rows`
/// are the widths of the lines of each cell.
pub(super) fn balance(widths: &mut [f64], least: &[f64], rows: &[Vec<Vec<usize>>]) {
    /// The most steps.
    const STEPS: usize = 40;
    /// To so many columns width is moved in a step.
    const RECEIVERS: usize = 3;
    let high = |widths: &[f64]| -> usize {
        let of = |row: &Vec<Vec<usize>>| {
            row.iter().zip(widths).map(|(cell, width)| fit::lines_of(cell, *width)).max().unwrap_or(1)
        };
        rows.iter().map(of).sum()
    };
    let mut now = high(widths);
    for _ in 0..STEPS {
        // by how many lines each column makes rows higher than the others do
        let mut excess = vec![0_usize; widths.len()];
        for row in rows {
            let mut lines: Vec<(usize, usize)> =
                row.iter().zip(widths.iter()).map(|(cell, width)| fit::lines_of(cell, *width)).zip(0..).collect();
            lines.sort_unstable_by(|a, b| b.cmp(a));
            if let [(most, at), (next, _), ..] = lines.as_slice() {
                excess[*at] += most - next;
            }
        }
        let mut wanting: Vec<usize> = (0..widths.len()).filter(|at| excess[*at] > 0).collect();
        wanting.sort_by_key(|at| std::cmp::Reverse(excess[*at]));
        let before = now;
        let mut best = widths.to_vec();
        for to in wanting.into_iter().take(RECEIVERS) {
            for (from, part) in (0..widths.len()).flat_map(|from| [(from, 1.0), (from, 3.0), (from, 6.0)]) {
                if from == to || widths[from] - part < least[from] {
                    continue;
                }
                let mut tried = widths.to_vec();
                tried[from] -= part;
                tried[to] += part;
                let lines = high(&tried);
                if lines < now {
                    (now, best) = (lines, tried);
                }
            }
        }
        if now == before {
            return;
        }
        widths.copy_from_slice(&best);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_goes_to_the_text_that_makes_rows_high() {
        let rows = vec![vec![vec![10], vec![100], vec![6]]; 5];
        let mut widths = [20.0, 22.0, 20.0];
        balance(&mut widths, &[12.0, 10.0, 8.0], &rows);
        assert!((widths.iter().sum::<f64>() - 62.0).abs() < 1e-9, "{widths:?}");
        assert!(fit::lines_of(&rows[0][1], widths[1]) < fit::lines_of(&rows[0][1], 22.0), "{widths:?}");
        assert!(widths[0] >= 12.0 && widths[2] >= 8.0, "{widths:?}");
        let mut even = [20.0; 3];
        balance(&mut even, &[8.0; 3], &[vec![vec![10]; 3]]);
        assert_eq!(even.map(|width| width as u32), [20; 3], "rows of one line");
    }
}
