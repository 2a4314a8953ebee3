//! A case of the gallery: its text taken apart, and built into a campaign's folder.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use taizhang::basis::finding::Severity;
use taizhang::basis::settings::Settings;
use taizhang::division::{Division, load};

use super::made;
use crate::build::workbook_of;

/// What a person has settled stands beside the division, not in the inbox.
const RULINGS: &str = "人工认定.xlsx";

/// A case.
pub(super) struct Case {
    /// The folder's name: `d402-task-not-reported`.
    pub(super) name: String,
    pub(super) code: String,
    pub(super) marks: Vec<Mark>,
    as_of: String,
    window: String,
    settings: Vec<String>,
    division: Part,
    files: Vec<Part>,
    /// (file, sheet, row) → line of the case.
    lines: BTreeMap<Stand, usize>,
}

/// A place: file (none for the division), sheet, row.
type Stand = (Option<String>, Option<u16>, Option<u32>);

/// What must be found.
#[derive(Debug)]
pub(super) struct Mark {
    pub(super) line: usize,
    pub(super) code: String,
    pub(super) at: Option<String>,
    pub(super) severity: Option<Severity>,
    pub(super) names: Vec<String>,
}

/// The division or a file of the inbox.
#[derive(Debug, Default)]
struct Part {
    name: String,
    received: String,
    made: Option<String>,
    text: String,
}

impl Case {
    pub(super) fn load(folder: &Path) -> Case {
        let name = folder.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        let code = name.split('-').next().unwrap_or_default().to_uppercase();
        let text = std::fs::read_to_string(folder.join("case.txt")).expect("a text");
        let mut case = Case {
            name,
            code,
            marks: Vec::new(),
            as_of: "2014-09-06T18:00".into(),
            window: "2014-08".into(),
            settings: Vec::new(),
            division: Part::default(),
            files: Vec::new(),
            lines: BTreeMap::new(),
        };
        let mut row = Rows::default();
        for (number, line) in text.lines().enumerate() {
            let (line, marks) = line.split_once("<- ").unwrap_or((line, ""));
            case.marks.extend(
                marks.split(';').filter(|mark| !mark.trim().is_empty()).map(|mark| Mark::read(number + 1, mark)),
            );
            case.take(number + 1, line.trim_end(), &mut row);
        }
        case
    }

    fn take(&mut self, number: usize, line: &str, rows: &mut Rows) {
        if let Some(file) = line.strip_prefix("--- ") {
            let part = Part::read(file);
            *rows = Rows::default();
            // A line of an archive stands for the archive and for what is in it.
            self.lines.insert((Some(part.path()), None, None), number);
            for entry in made::entries(part.made.as_deref()) {
                self.lines.insert((Some(format!("{}!{entry}", part.path())), None, None), number);
            }
            self.lines.entry((Some(part.path()), Some(0), None)).or_insert(number);
            self.files.push(part);
            return;
        }
        if self.files.is_empty() {
            for (key, field) in [("as-of: ", &mut self.as_of), ("window: ", &mut self.window)] {
                if let Some(value) = line.strip_prefix(key) {
                    value.trim().clone_into(field);
                    return;
                }
            }
            if let Some(setting) = line.strip_prefix("set: ") {
                self.settings.push(setting.to_owned());
                return;
            }
        }
        let file = self.files.last().map(Part::path);
        let part = self.files.last_mut().unwrap_or(&mut self.division);
        if line.trim().is_empty() || line.starts_with('#') {
            return;
        }
        let names_sheet = line.starts_with("sheet:") || line.starts_with("hidden sheet:");
        if part.text.is_empty() && !names_sheet {
            part.text.push_str(if file.is_none() { "sheet: 任务分工\n" } else { "sheet: 台账\n" });
            rows.next_sheet();
        }
        part.text.push_str(line);
        part.text.push('\n');
        if names_sheet {
            rows.next_sheet();
            self.lines.insert((file, rows.sheet(), None), number);
        } else if !["list:", "note:", "widths:", "freeze:", "encoding:"].iter().any(|key| line.starts_with(key)) {
            self.lines.insert((file, rows.sheet(), Some(rows.row)), number);
            rows.row += 1;
        }
    }

    /// The line on which a place stands; `file` is none for the division.
    pub(super) fn line(&self, file: Option<&str>, sheet: Option<u16>, row: Option<u32>) -> Option<usize> {
        self.lines.get(&(file.map(str::to_owned), sheet, row)).copied()
    }

    /// Whether a person has settled something in it.
    pub(super) fn is_ruled(&self) -> bool {
        self.files.iter().any(Part::is_ruled)
    }

    /// The same before anybody settled anything.
    pub(super) fn unruled(mut self) -> Case {
        self.files.retain(|file| !file.is_ruled());
        self
    }

    /// The division alone, loaded.
    pub(super) fn division(&self) -> Division {
        let bytes = workbook_of(&self.division.text);
        let book = taizhang::read::read(&bytes, "任务分工.xlsx").expect("a workbook");
        let marks = self.settings.iter().find_map(|line| line.strip_prefix("full_marks = ")?.parse().ok());
        let settings =
            Settings { window: Some(self.window.clone()), full_marks: marks.unwrap_or(0.0), ..Settings::default() };
        load(&book, "blake3:00", &settings)
    }

    /// Writes the campaign into a folder.
    pub(super) fn build(&self, folder: &Path) {
        let write = |path: &str, bytes: &[u8]| {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder made");
            std::fs::write(path, bytes).expect("written");
        };
        let mut settings = format!("as_of = \"{}\"\nwindow = \"{}\"\n", self.as_of, self.window);
        if !self.settings.iter().any(|line| line.starts_with("full_marks")) {
            settings.push_str("full_marks = 0\n");
        }
        // Tables come last in such a file.
        let (tables, plain): (Vec<_>, Vec<_>) = self.settings.iter().partition(|line| line.starts_with('['));
        for line in plain.iter().chain(&tables) {
            settings.push_str(&line.replace("\\n", "\n"));
            settings.push('\n');
        }
        write("taizhang.toml", settings.as_bytes());
        write("任务分工.xlsx", &workbook_of(&self.division.text));
        let mut register = String::from("文件,收件时间\n");
        std::fs::create_dir_all(folder.join("收件")).expect("a folder made");
        for file in &self.files {
            let bytes = match &file.made {
                Some(made) => made::bytes(made, &file.text),
                None if Path::new(&file.name).extension().is_some_and(|e| e == "csv") => file.csv(),
                None => workbook_of(&file.text),
            };
            write(&file.path(), &bytes);
            if !file.is_ruled() {
                let _ = writeln!(register, "{},{}", file.name, file.received);
            }
        }
        write("收件/收件登记.csv", register.as_bytes());
    }
}

/// Where the next line stands.
#[derive(Default)]
struct Rows {
    /// Sheets begun.
    sheets: u16,
    row: u32,
}

impl Rows {
    fn next_sheet(&mut self) {
        self.sheets += 1;
        self.row = 0;
    }

    fn sheet(&self) -> Option<u16> {
        self.sheets.checked_sub(1)
    }
}

impl Part {
    /// `综合科.xlsx 2014-09-03 10:00 = builder`, the time and the builder left out at will.
    fn read(text: &str) -> Part {
        let (text, made) =
            text.split_once('=').map_or((text, None), |(text, made)| (text, Some(made.trim().to_owned())));
        let mut words = text.split_whitespace();
        let name = words.next().expect("a name").to_owned();
        let received = words.collect::<Vec<_>>().join(" ");
        let received = if received.is_empty() { "2014-09-03 10:00".to_owned() } else { received };
        Part { name, received, made, text: String::new() }
    }

    fn path(&self) -> String {
        match self.name.as_str() {
            "" => String::new(),
            RULINGS => RULINGS.to_owned(),
            name => format!("收件/{name}"),
        }
    }

    fn is_ruled(&self) -> bool {
        self.name == RULINGS
    }

    /// The lines as a csv, in UTF-8.
    fn csv(&self) -> Vec<u8> {
        let rows = self.text.lines().filter(|line| !line.starts_with("sheet:"));
        let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>().join(",");
        rows.map(|line| cells(line.trim_start_matches("head:")) + "\r\n").collect::<String>().into_bytes()
    }
}

impl Mark {
    fn read(line: usize, text: &str) -> Mark {
        let mut words = text.split_whitespace();
        let code = words.next().expect("a code").to_owned();
        let mut mark = Mark { line, code, at: None, severity: None, names: Vec::new() };
        for word in words {
            match word {
                "error" => mark.severity = Some(Severity::Error),
                "warning" => mark.severity = Some(Severity::Warning),
                "info" => mark.severity = Some(Severity::Info),
                word if word.starts_with('@') => mark.at = Some(word[1..].to_owned()),
                word => mark.names.push(word.to_owned()),
            }
        }
        mark
    }
}
