//! Divisions written as text, for tests: a sheet begins with `=== name`, followed by one line for each row as in
//! [`crate::table::fixture`].

use super::{Division, load};
use crate::basis::pool::Texts;
use crate::basis::settings::Settings;
use crate::read::{Format, Workbook};
use crate::table::fixture;

/// The workbook that the drawing describes; rows before the first `===` form a sheet named 任务分工.
pub(crate) fn workbook(drawing: &str) -> Workbook {
    let mut texts = Texts::default();
    let mut sheets = Vec::new();
    let mut parts: Vec<(String, String)> = Vec::new();
    for line in drawing.strip_prefix('\n').unwrap_or(drawing).lines() {
        if let Some(name) = line.trim().strip_prefix("===") {
            parts.push((name.trim().to_owned(), String::new()));
            continue;
        }
        if parts.is_empty() {
            parts.push(("任务分工".to_owned(), String::new()));
        }
        if let Some((_, rows)) = parts.last_mut() {
            rows.push_str(line);
            rows.push('\n');
        }
    }
    for (name, rows) in parts {
        let mut sheet = fixture::sheet(rows.trim_end(), &mut texts);
        sheet.name = name;
        sheets.push(sheet);
    }
    Workbook { format: Format::Xlsx, texts, sheets, notices: Vec::new(), properties: std::collections::BTreeMap::new() }
}

/// The division that the drawing describes, for a run in August 2014.
pub(crate) fn division(drawing: &str) -> Division {
    let settings = Settings { window: Some("2014-08".into()), full_marks: 0.0, ..Settings::default() };
    with(drawing, &settings)
}

/// The division that the drawing describes, with these settings.
pub(crate) fn with(drawing: &str, settings: &Settings) -> Division {
    load(&workbook(drawing), "blake3:00", settings)
}

/// Its tasks, one a line: `code 任务 | units, in braces those reached through a group`.
pub(crate) fn owed(division: &Division) -> String {
    let mut lines = Vec::new();
    for task in &division.tasks {
        let units: Vec<String> = task
            .units
            .iter()
            .map(|id| {
                let name = &division.unit(*id).name;
                if task.collective.contains(id) { format!("{{{name}}}") } else { name.clone() }
            })
            .collect();
        lines.push(format!("{} {} | {}", task.code, task.text.value, units.join(" ")));
    }
    lines.join("\n")
}

/// Its findings as `code cell`, in order.
pub(crate) fn findings(division: &Division) -> Vec<String> {
    let cell =
        |finding: &crate::basis::finding::Finding| finding.place.area.map_or("-".into(), |area| area.to_string());
    division.findings.0.iter().map(|finding| format!("{} {}", finding.kind.code, cell(finding))).collect()
}
