//! run.json against its schema in `src/render/schema/`, and records.csv as a program reads it.

use serde_json::Value;

use super::fixture::{outcome, rendered};
use crate::build::root;

/// Where a run.json does not fit the schema, and how; empty when it fits.
pub(crate) fn misfits(run: &Value) -> Vec<String> {
    let text = std::fs::read_to_string(root().join("src/render/schema/run-v1.schema.json")).expect("the schema");
    let schema = serde_json::from_str(&text).expect("the schema is JSON");
    let validator = jsonschema::draft202012::new(&schema).expect("a schema");
    validator.iter_errors(run).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn run() -> Value {
    serde_json::from_slice(&rendered(&outcome())["run.json"]).expect("run.json is JSON")
}

#[test]
fn run_json_fits_its_schema() {
    let run = run();
    assert_eq!(misfits(&run), Vec::<String>::new());
    assert_eq!(run["coverage"]["expected"], 11);
    assert_eq!(run["obligations"][0]["records"][0], "收件/综合科台账（最终版）(1).xlsx!8月台账!4");
    assert_eq!(run["findings"][3]["place"]["cell"], "D6");
    assert_eq!(run["findings"][3]["place"]["sheet"], "8月台账");
}

#[test]
fn what_does_not_fit_is_found() {
    type Change = (&'static str, fn(&mut Value));
    let changes: [Change; 14] = [
        ("an unknown state of a file", |run| run["files"][0]["state"] = "lost".into()),
        ("an unknown format", |run| run["files"][0]["format"] = "pdf".into()),
        ("an unknown state of an obligation", |run| run["obligations"][0]["state"] = "on_time".into()),
        ("an unknown severity", |run| run["findings"][0]["severity"] = "fatal".into()),
        ("another schema", |run| run["schema"] = "taizhang/run/v2".into()),
        ("a day without its zeros", |run| run["window"]["start"] = "2014-8-1".into()),
        ("seconds in a moment", |run| run["window"]["due"] = "2014-09-05T17:00:00".into()),
        ("a short hash", |run| run["division"]["hash"] = "blake3:00".into()),
        ("a count below zero", |run| run["tally"]["files"] = (-1).into()),
        ("a count in words", |run| run["coverage"]["late"] = "2".into()),
        ("a key that nobody knows", |run| run["surprise"] = 1.into()),
        ("a missing key of a finding, which may be null", |run| {
            run["findings"][0].as_object_mut().expect("an object").remove("task");
        }),
        ("a null where a text must stand", |run| run["files"][0]["path"] = Value::Null),
        ("an answer that is there and null", |run| run["findings"][0]["answer"] = Value::Null),
    ];
    for (what, change) in changes {
        let mut run = run();
        change(&mut run);
        assert_eq!(misfits(&run).len(), 1, "{what}: {:?}", misfits(&run));
    }
    let mut run = run();
    for key in run.as_object().expect("an object").keys().cloned().collect::<Vec<_>>() {
        let kept = run.as_object_mut().expect("an object").remove(&key).expect("a value");
        assert_eq!(misfits(&run).len(), 1, "without {key}");
        run[key] = kept;
    }
}

#[test]
fn records_csv_has_every_record_and_runs_nothing() {
    let outcome = outcome();
    let bytes = rendered(&outcome).remove("records.csv").expect("the file");
    assert_eq!(bytes[..3], [0xEF, 0xBB, 0xBF]);
    let mut reader = csv::Reader::from_reader(&bytes[3..]);
    let headings = reader.headers().expect("headings").clone();
    assert!(["任务编号", "责任单位", "来源行"].iter().all(|wanted| headings.iter().any(|h| h == *wanted)));
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len() as u32, outcome.tally.rows_merged);
    for cell in rows.iter().flatten() {
        let begins = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        assert!(!begins || cell.parse::<f64>().is_ok(), "{cell}");
    }
}
