//! An independent reading of the contract: campaigns drawn at random, and what a run of each must say.
//!
//! `draw` draws divisions, waivers and reports from a seed, `written` puts them into files, `expected` and its parts tell
//! from the drawing, not from the files, what is owed, how it stands and what is wrong. `TAIZHANG_SEEDS=FROM..TO` runs other seeds,
//! `TAIZHANG_KEEP=DIR` keeps their folders to look at.

mod asked;
mod campaign;
mod cells;
mod draw;
mod duties;
mod expected;
mod files;
mod owed;
mod states;
mod turn;
mod written;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use campaign::{Campaign, File};
use expected::{AtRow, Duty, Expected};
use taizhang::campaign::disk::RealDisk;
use taizhang::campaign::gather::Silent;
use taizhang::campaign::readers::InProcess;
use taizhang::campaign::{RunRequest, run};
use taizhang::outcome::{Issue, Outcome};

/// Findings of one row each, or of a run of cells in a column.
const AT_ROWS: &[&str] = &["C101", "C102", "C105", "R203", "R205"];
/// Findings about the whole division, or of no consequence here.
const ASIDE: &[&str] = &["P501", "P503", "P505", "P508", "P510", "P511", "P516", "X301"];

#[test]
fn a_run_of_a_random_campaign_says_what_the_contract_says() {
    agree("0..60", differences);
}

#[test]
fn a_marked_copy_sent_back_as_it_is_changes_no_state() {
    let sent = Cell::new(0);
    agree("0..10", |seed| changed_by_copies(seed, &sent));
    assert!(sent.get() > 0, "no copy was sent back");
}

/// Looks at the campaigns of `TAIZHANG_SEEDS`, else of these seeds, for what differs.
fn agree(seeds: &str, differences: impl Fn(u64) -> Vec<String>) {
    let seeds = std::env::var("TAIZHANG_SEEDS").unwrap_or_else(|_| seeds.to_owned());
    let (from, to) = seeds.split_once("..").expect("FROM..TO");
    let (from, to): (u64, u64) = (from.parse().expect("a number"), to.parse().expect("a number"));
    let mut differing = 0;
    let mut told = String::new();
    for seed in from..to {
        let differences = differences(seed);
        if !differences.is_empty() {
            differing += 1;
            told.extend(["seed ", &seed.to_string(), ":\n    ", &differences.join("\n    "), "\n"]);
        }
    }
    assert!(differing == 0, "{differing} of {} campaigns differ\n{told}", to - from);
}

/// What changes for the units of a campaign that sent one file when its marked copy comes back late and unchanged.
fn changed_by_copies(seed: u64, count: &Cell<usize>) -> Vec<String> {
    let campaign = Campaign::drawn(seed);
    let folder = tempfile::tempdir().expect("a folder");
    written::build(&campaign, folder.path());
    let settle = || {
        let request = RunRequest { root: folder.path().to_path_buf(), ..RunRequest::default() };
        let result =
            run(&request, &InProcess, &Silent, &RealDisk).unwrap_or_else(|stop| panic!("seed {seed}: {stop:?}"));
        let outcome = result.outcome.expect("a run");
        let unit = |id| outcome.division.unit(id).name.clone();
        let owed = outcome.obligations.all.iter().map(|one| {
            let task = outcome.division.task(one.task).code.clone();
            ((unit(one.unit), task, one.period.label()), one.state.name())
        });
        (owed.collect::<BTreeMap<_, _>>(), outcome.tally.rows_unmatched)
    };
    let (before, unmatched) = settle();
    let returned = folder.path().join("输出").join(campaign.turn.label(campaign.window)).join("退回");
    let mut register = fs::read_to_string(folder.path().join("收件/收件登记.csv")).expect("a register");
    let mut sent = BTreeSet::new();
    for file in &campaign.files {
        let concerns = |other: &&File| {
            let named = other.rows().iter().any(|(_, sender, _, row)| row.unit.unwrap_or(*sender) == file.unit);
            other.unit == file.unit || named || other.nil_sheets().any(|unit| unit == file.unit)
        };
        let alone = campaign.files.iter().filter(concerns).count() == 1;
        let (stem, _) = file.path.rsplit_once('.').expect("an extension");
        let copy = returned.join(format!("{}.xlsx", stem.replace('/', "_")));
        if alone && copy.exists() {
            let name = format!("回{}.xlsx", sent.len());
            fs::copy(copy, folder.path().join("收件").join(&name)).expect("copied");
            let _ = writeln!(register, "{name},{},", campaign.as_of.format("%Y-%m-%d 23:50"));
            sent.insert(campaign.units[file.unit].name.to_owned());
        }
    }
    if sent.is_empty() {
        return Vec::new();
    }
    count.set(count.get() + sent.len());
    fs::write(folder.path().join("收件/收件登记.csv"), register).expect("written");
    let (after, still_unmatched) = settle();
    let of_senders = |owed: BTreeMap<(String, String, String), &'static str>| -> BTreeMap<_, _> {
        owed.into_iter().filter(|(key, _)| sent.contains(&key.0)).collect()
    };
    let mut found = Vec::new();
    compare("owed", &of_senders(before), &of_senders(after), &mut found);
    if unmatched != still_unmatched {
        found.push(format!("rows unmatched: {unmatched}, then {still_unmatched}"));
    }
    found
}

/// Where a run says another thing than the contract.
fn differences(seed: u64) -> Vec<String> {
    let campaign = Campaign::drawn(seed);
    let folder = tempfile::tempdir().expect("a folder");
    if let Some(kept) = std::env::var_os("TAIZHANG_KEEP") {
        written::build(&campaign, &std::path::Path::new(&kept).join(seed.to_string()));
    }
    written::build(&campaign, folder.path());
    let request = RunRequest { root: folder.path().to_path_buf(), dry_run: true, ..RunRequest::default() };
    let result = run(&request, &InProcess, &Silent, &RealDisk).unwrap_or_else(|stop| panic!("seed {seed}: {stop:?}"));
    let outcome = result.outcome.as_ref().expect("a first run");
    let expected = expected::of(&campaign);
    let mut found = Vec::new();
    let unit = |id| outcome.division.unit(id).name.clone();
    let owed: BTreeMap<_, _> = outcome
        .obligations
        .all
        .iter()
        .map(|one| {
            let task = outcome.division.task(one.task).code.clone();
            let due = one.due.format("%Y-%m-%dT%H:%M").to_string();
            ((task, unit(one.unit), one.period.label()), (due, one.state.name()))
        })
        .collect();
    compare("owed", &expected.obligations, &owed, &mut found);
    let path = |name: &str| name.strip_prefix("收件/").unwrap_or(name).to_owned();
    let files = outcome.files.iter().map(|file| (path(&file.source.name), file.state.name())).collect();
    compare("file", &expected.files, &files, &mut found);
    let tally = outcome.tally;
    let rows = [tally.rows_merged, tally.rows_unmatched, tally.rows_superseded].map(|count| count as usize);
    if rows != expected.rows {
        found.push(format!("rows merged, unmatched, superseded: {:?}, found {rows:?}", expected.rows));
    }
    faults(outcome, &expected, &mut found);
    found
}

fn compare<K: Ord + std::fmt::Debug, V: PartialEq + std::fmt::Debug>(
    what: &str,
    expected: &BTreeMap<K, V>,
    found: &BTreeMap<K, V>,
    out: &mut Vec<String>,
) {
    let keys: BTreeSet<&K> = expected.keys().chain(found.keys()).collect();
    for key in keys {
        if expected.get(key) != found.get(key) {
            out.push(format!("{what} {key:?}: {:?}, found {:?}", expected.get(key), found.get(key)));
        }
    }
}

/// Compares the findings.
fn faults(outcome: &Outcome, expected: &Expected, out: &mut Vec<String>) {
    let mut duties: BTreeMap<Duty, usize> = BTreeMap::new();
    let mut open: BTreeSet<AtRow> = expected.at_rows.clone();
    for issue in &outcome.issues {
        let (finding, code) = (&issue.finding, issue.finding.kind.code);
        if ASIDE.contains(&code) {
            continue;
        }
        let by_row = AT_ROWS.contains(&code) || code == "D404" && is_error(issue);
        if by_row {
            let area = finding.place.area.expect("a cell");
            let name = outcome.name(finding.place);
            let path = name.file.trim_start_matches("收件/").to_owned();
            let path =
                if path.starts_with("汇总") { format!("{path}!{}", name.sheet.unwrap_or_default()) } else { path };
            let rows = (area.top + 1..=area.bottom + 1).map(|row| (code, path.clone(), row));
            let met: Vec<AtRow> = rows.filter(|row| expected.at_rows.contains(row)).collect();
            if met.is_empty() {
                out.push(format!("found, not expected: {code} {path} {area} {:?}", finding.seen));
            }
            for row in met {
                open.remove(&row);
            }
            continue;
        }
        let unit = finding.unit.map_or(String::new(), |unit| outcome.division.unit(unit).name.clone());
        let task = finding.task.map_or(String::new(), |task| outcome.division.task(task).code.clone());
        let period = if code.starts_with('D') && !matches!(code, "D404" | "D406" | "D411") {
            finding.period.clone()
        } else {
            None
        };
        *duties.entry((code, unit, task, period.unwrap_or_default())).or_default() += 1;
    }
    out.extend(open.iter().map(|row| format!("expected, not found: {row:?}")));
    compare("finding", &expected.duties, &duties, out);
}

fn is_error(issue: &Issue) -> bool {
    issue.severity == taizhang::basis::finding::Severity::Error
}
