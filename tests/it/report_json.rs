//! run.json against its schema in `src/render/schema/`, and records.csv as a program reads it.

use serde_json::Value;

use crate::build::root;
use crate::report_fixture::{rendered, report};

/// What is wrong with a value under a schema. Knows the words that the schema of run.json uses, and says so when it
/// meets another one.
pub(crate) fn faults(schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (word, rule) in schema.as_object().expect("a schema is an object") {
        match word.as_str() {
            "$schema" | "$id" | "title" | "description" | "properties" => {}
            "const" if rule == value => {}
            "enum" if rule.as_array().expect("a list").contains(value) => {}
            "const" | "enum" => found.push(format!("{at}: {value} is none of {rule}")),
            "type" => {
                let is = |name: &Value| match name.as_str().expect("a type") {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "integer" => value.is_u64() || value.is_i64(),
                    "number" => value.is_number(),
                    "null" => value.is_null(),
                    other => panic!("unknown type {other}"),
                };
                if !rule.as_array().map_or_else(|| is(rule), |names| names.iter().any(is)) {
                    found.push(format!("{at}: {value} is no {rule}"));
                }
            }
            "minimum" if value.as_f64() >= rule.as_f64() => {}
            "minimum" => found.push(format!("{at}: {value} is below {rule}")),
            "pattern" => {
                let pattern = rule.as_str().expect("a pattern");
                if value.as_str().is_some_and(|text| !fits(pattern, text)) {
                    found.push(format!("{at}: {value} does not fit {pattern}"));
                }
            }
            "required" => {
                let lacking = rule.as_array().expect("a list").iter().filter_map(Value::as_str);
                found
                    .extend(lacking.filter(|name| value.get(name).is_none()).map(|name| format!("{at}: lacks {name}")));
            }
            "additionalProperties" => {
                let known = schema["properties"].as_object().expect("properties");
                let extra = value.as_object().into_iter().flatten().filter(|(name, _)| !known.contains_key(*name));
                found.extend(extra.map(|(name, _)| format!("{at}: has {name}")));
            }
            "items" => {
                for (number, item) in value.as_array().into_iter().flatten().enumerate() {
                    found.extend(faults(rule, item, &format!("{at}[{number}]")));
                }
            }
            other => panic!("unknown word {other}"),
        }
    }
    for (name, rule) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        if let Some(inner) = value.get(name) {
            found.extend(faults(rule, inner, &format!("{at}.{name}")));
        }
    }
    found
}

/// The few patterns of the schema: literals, `\d`, `[0-9a-f]`-like sets, and `{n}` or `{n,m}` after them.
fn fits(pattern: &str, text: &str) -> bool {
    let mut pattern = pattern.trim_start_matches('^').trim_end_matches('$');
    let mut text: Vec<char> = text.chars().collect();
    while let Some(first) = pattern.chars().next() {
        let (set, rest) = match first {
            '\\' => ("0123456789".to_owned(), &pattern[2..]),
            '[' => {
                let end = pattern.find(']').expect("a set ends");
                let ranges: Vec<char> = pattern[1..end].chars().collect();
                let all = match ranges.as_slice() {
                    ['0', '-', '9', 'a', '-', 'f'] => "0123456789abcdef".to_owned(),
                    ['A', '-', 'Z'] => ('A'..='Z').collect(),
                    plain => plain.iter().collect(),
                };
                (all, &pattern[end + 1..])
            }
            c => (c.to_string(), &pattern[c.len_utf8()..]),
        };
        let (least, most, rest) = match rest.strip_prefix('{') {
            Some(counted) => {
                let (counts, rest) = counted.split_once('}').expect("a count ends");
                let number = |text: &str| text.parse::<usize>().expect("a count");
                let (least, most) = counts.split_once(',').unwrap_or((counts, counts));
                (number(least), number(most), rest)
            }
            None => (1, 1, rest),
        };
        let taken = text.iter().take(most).take_while(|c| set.contains(**c)).count();
        if taken < least {
            return false;
        }
        text.drain(..taken);
        pattern = rest;
    }
    text.is_empty()
}

/// The schema as committed.
pub(crate) fn schema() -> Value {
    let text = std::fs::read_to_string(root().join("src/render/schema/run-v1.schema.json")).expect("the schema");
    serde_json::from_str(&text).expect("json")
}

#[test]
fn run_json_fits_its_schema() {
    let run: Value = serde_json::from_slice(&rendered(&report())["run.json"]).expect("json");
    assert_eq!(faults(&schema(), &run, "run"), Vec::<String>::new());
    assert_eq!(run["coverage"]["expected"], 11);
    assert_eq!(run["obligations"][0]["records"][0], "收件/综合科台账（最终版）(1).xlsx!8月台账!4");
    assert_eq!(run["findings"][3]["place"]["cell"], "D6");
    assert_eq!(run["findings"][3]["place"]["sheet"], "8月台账");
}

#[test]
fn the_schema_finds_what_does_not_fit() {
    let mut run: Value = serde_json::from_slice(&rendered(&report())["run.json"]).expect("json");
    run["files"][0]["state"] = "lost".into();
    run["window"]["start"] = "2014-8-1".into();
    run["tally"].as_object_mut().expect("an object").remove("files");
    run["surprise"] = 1.into();
    assert_eq!(faults(&schema(), &run, "run").len(), 4);
}

#[test]
fn records_csv_has_every_record_and_runs_nothing() {
    let report = report();
    let bytes = rendered(&report).remove("records.csv").expect("the file");
    assert_eq!(bytes[..3], [0xEF, 0xBB, 0xBF]);
    let mut reader = csv::Reader::from_reader(&bytes[3..]);
    let headings = reader.headers().expect("headings").clone();
    assert!(["任务编号", "责任单位", "来源行"].iter().all(|wanted| headings.iter().any(|h| h == *wanted)));
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len() as u32, report.tally.rows_merged);
    for cell in rows.iter().flatten() {
        let begins = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        assert!(!begins || cell.parse::<f64>().is_ok(), "{cell}");
    }
}
