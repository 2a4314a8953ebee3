//! The register of received files, `收件登记.csv` or `.xlsx`: `文件,收件时间[,填报单位]`, in any order under its heading.
//! It overrides what the files themselves say.

use std::collections::BTreeMap;

use chrono::{NaiveDateTime, NaiveTime};
use hashbrown::{HashMap, HashSet};

use crate::basis::Bilingual;
use crate::basis::calendar::written;
use crate::basis::place::row_ranges;
use crate::basis::text::{fold, heading_key};
use crate::read::{Sheet, Workbook};
use crate::table::shown;

/// The name of the register in the inbox.
pub const NAME: &str = "收件登记.csv";
/// Its name where it is a workbook; where both stand, the csv counts line by line.
pub const BOOK: &str = "收件登记.xlsx";
/// So many files that are not there are told one by one.
const TOLD: usize = 5;
/// The heading of a workbook stands within so many rows.
const ABOVE: usize = 10;

/// A line of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// When the file was received.
    pub received: Option<NaiveDateTime>,
    /// The submitting unit, as written.
    pub unit: Option<String>,
}

/// The register, with names resolved to files of the inbox.
#[derive(Clone, Debug, Default)]
pub struct Register {
    lines: BTreeMap<String, Line>,
}

/// What the columns of the register are called.
const HEADINGS: [&[&str]; 3] = [
    &["文件", "文件名", "文件名称", "材料", "材料名称", "file"],
    &["收件时间", "收到时间", "收件日期", "收到日期", "收文时间", "接收时间", "时间", "日期", "received"],
    &["填报单位", "报送单位", "来文单位", "上报单位", "单位", "单位名称", "unit"],
];

/// Where file, time and unit stand: by the heading in any order, else in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Order([Option<usize>; 3]);

impl Order {
    /// The order without a heading.
    const USUAL: Order = Order([Some(0), Some(1), Some(2)]);

    /// The order that a heading gives; none where the row is no heading.
    fn of_heading(row: &[&str]) -> Option<Order> {
        let is = |text: &str, names: &[&str]| names.contains(&heading_key(text).as_str());
        let at = HEADINGS.map(|names| row.iter().position(|text| is(text, names)));
        at[0].is_some().then_some(Order(at))
    }
}

impl Register {
    /// Reads the register. `names` are the files of the inbox as printed in reports, all beginning with `prefix`. Lines that
    /// cannot be understood are added to `complaints` and left out.
    pub fn read(bytes: &[u8], names: &[&str], prefix: &str, complaints: &mut Vec<Bilingual>) -> Register {
        let text = decode(bytes);
        // Excel writes semicolons where the comma is the decimal mark.
        let first = text.lines().next().unwrap_or_default();
        let separator = [b'\t', b';'].into_iter().find(|mark| first.as_bytes().contains(mark)).unwrap_or(b',');
        let mut rows = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .from_reader(text.as_bytes());
        let mut register = Register::default();
        let mut row = csv::StringRecord::new();
        let mut taking = Taking::new(NAME, names, prefix);
        // reading text with rows of any length never fails
        while rows.read_record(&mut row).unwrap_or(false) {
            // the position before a row may still be at blank lines, so the line is counted from its end
            let breaks = row.iter().map(|text| text.matches('\n').count() as u64).sum::<u64>();
            let line = line_of(&text, rows.position().byte()).saturating_sub(breaks);
            let line = u32::try_from(line).unwrap_or(u32::MAX);
            taking.row(&row.iter().map(str::trim).collect::<Vec<_>>(), line, &mut register, complaints);
        }
        taking.end(complaints);
        register
    }

    /// Reads the register from a workbook: the first sheet whose heading names a file, else the first.
    pub fn of_book(book: &Workbook, names: &[&str], prefix: &str, complaints: &mut Vec<Bilingual>) -> Register {
        let mut register = Register::default();
        let cells = |row: &crate::read::Row| -> Vec<String> {
            let last = row.cells.last().map_or(0, |cell| cell.0 + 1);
            (0..last).map(|col| shown(row.get(col), &book.texts).trim().to_owned()).collect()
        };
        let headed = |sheet: &&Sheet| {
            sheet.grid.rows.iter().take(ABOVE).any(|row| {
                let cells = cells(row);
                Order::of_heading(&cells.iter().map(String::as_str).collect::<Vec<_>>()).is_some()
            })
        };
        let Some(sheet) = book.sheets.iter().find(headed).or(book.sheets.first()) else { return register };
        let mut taking = Taking::new(BOOK, names, prefix);
        // A title may stand above the heading.
        let above = sheet.grid.rows.iter().take(ABOVE).position(|row| {
            let cells = cells(row);
            Order::of_heading(&cells.iter().map(String::as_str).collect::<Vec<_>>()).is_some()
        });
        for row in &sheet.grid.rows[above.unwrap_or(0)..] {
            let cells = cells(row);
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            taking.row(&cells, row.index + 1, &mut register, complaints);
        }
        taking.end(complaints);
        register
    }

    /// This register with what another says of files that it does not name; where both name one, this one counts.
    pub fn over(mut self, other: Register, complaints: &mut Vec<Bilingual>) -> Register {
        for (name, line) in other.lines {
            if let Some(own) = self.lines.get(&name) {
                if *own != line {
                    complaints.push(Bilingual::new(
                        format!("{NAME} 和 {BOOK} 都登记了“{name}”且不一致，以 {NAME} 为准"),
                        format!("{NAME} and {BOOK} both name “{name}” and differ; {NAME} counts"),
                    ));
                }
                continue;
            }
            self.lines.insert(name, line);
        }
        self
    }

    /// The line of a file; the line of an archive applies to all its entries without a line of their own.
    pub fn line(&self, name: &str) -> Option<&Line> {
        self.lines.get(name).or_else(|| name.split_once('!').and_then(|(archive, _)| self.lines.get(archive)))
    }
}

/// A register that is being read.
struct Taking<'a> {
    file: &'static str,
    names: Names<'a>,
    /// None before the first row.
    order: Option<Order>,
    /// The lines that name a file that is not there, and its name.
    absent: Vec<(u32, String)>,
}

impl<'a> Taking<'a> {
    fn new(file: &'static str, names: &[&'a str], prefix: &'a str) -> Taking<'a> {
        Taking { file, names: Names::new(names, prefix), order: None, absent: Vec::new() }
    }

    fn row(&mut self, row: &[&str], line: u32, register: &mut Register, complaints: &mut Vec<Bilingual>) {
        let register_file = self.file;
        if row.iter().all(|text| text.is_empty()) {
            return;
        }
        if self.order.is_none() {
            let heading = Order::of_heading(row);
            self.order = Some(heading.unwrap_or(Order::USUAL));
            if heading.is_some() {
                return;
            }
        }
        let Order(columns) = self.order.unwrap_or(Order::USUAL);
        let field = |nth: usize| columns[nth].and_then(|at| row.get(at).copied()).filter(|text| !text.is_empty());
        let mut complain = |zh: String, en: String| {
            complaints.push(Bilingual::new(
                format!("{register_file} 第 {line} 行：{zh}"),
                format!("{register_file} line {line}: {en}"),
            ));
        };
        let Some(file) = field(0) else {
            complain("没有写文件名".into(), "the file is not named".into());
            return;
        };
        let name = match self.names.resolve(file) {
            Ok(name) => name,
            Err(0) => {
                self.absent.push((line, file.to_owned()));
                return;
            }
            Err(several) => {
                let zh = format!("收件中有 {several} 个“{file}”，请写明所在文件夹");
                complain(zh, format!("{several} files are called “{file}”; name the folder"));
                return;
            }
        };
        let received = field(1).and_then(|text| {
            let moment = moment(text);
            if moment.is_none() {
                complain(
                    format!("收件时间“{text}”应写明年月日，如 2014-09-03 10:00"),
                    format!("the time “{text}” should be like 2014-09-03 10:00, with its year"),
                );
            }
            moment
        });
        if register.lines.contains_key(&name) {
            complain(format!("“{file}”已有一行，以本行为准"), format!("“{file}” has a line already; this one counts"));
        }
        register.lines.insert(name, Line { received, unit: field(2).map(str::to_owned) });
    }

    /// Tells of the files that are not there, many of them in one sentence: a register of the whole roster is begun before
    /// the files come in.
    fn end(self, complaints: &mut Vec<Bilingual>) {
        let Taking { file, absent, .. } = self;
        if absent.len() <= TOLD {
            complaints.extend(absent.into_iter().map(|(line, name)| {
                Bilingual::new(
                    format!("{file} 第 {line} 行：收件中没有“{name}”"),
                    format!("{file} line {line}: there is no “{name}” in the inbox"),
                )
            }));
            return;
        }
        let (count, name) = (absent.len(), &absent[0].1);
        let lines = row_ranges(&absent.iter().map(|one| one.0).collect::<Vec<_>>());
        complaints.push(Bilingual::new(
            format!("{file} 登记了 {count} 个收件中没有的文件，如“{name}”；在第 {lines} 行"),
            format!("{file} names {count} files that are not in the inbox, such as “{name}”; lines {lines}"),
        ));
    }
}

/// The files of the inbox, to be found by path or name.
struct Names<'a> {
    prefix: &'a str,
    paths: HashSet<&'a str>,
    /// By the folded name without its folders.
    bare: HashMap<String, Vec<&'a str>>,
}

impl<'a> Names<'a> {
    fn new(names: &[&'a str], prefix: &'a str) -> Names<'a> {
        let mut bare: HashMap<String, Vec<&'a str>> = HashMap::new();
        for name in names {
            bare.entry(fold(name.rsplit('/').next().unwrap_or(name))).or_default().push(name);
        }
        Names { prefix, paths: names.iter().copied().collect(), bare }
    }

    /// The file with this path, else the only one with this file name. The error is the number of files with that name.
    fn resolve(&self, written: &str) -> Result<String, usize> {
        let path = written.replace('\\', "/");
        let path = path.trim_start_matches("./").trim_start_matches('/');
        let full = format!("{}/{path}", self.prefix);
        for exact in [full.as_str(), path] {
            // an archive entry is not among the names, but its archive is
            if self.paths.contains(exact.split_once('!').map_or(exact, |(archive, _)| archive)) {
                return Ok(exact.to_owned());
            }
        }
        match self.bare.get(&fold(path)).map_or(&[][..], Vec::as_slice) {
            [name] => Ok((*name).to_owned()),
            several => Err(several.len()),
        }
    }
}

/// Reads a time with its year; a day without a time means its beginning, in favour of the sender.
fn moment(text: &str) -> Option<NaiveDateTime> {
    let (day, clock) = written::full(text)?;
    Some(day.and_time(clock.unwrap_or(NaiveTime::MIN)))
}

/// The 1-based line at an offset.
fn line_of(text: &str, offset: u64) -> u64 {
    let before = &text.as_bytes()[..usize::try_from(offset).unwrap_or(usize::MAX).min(text.len())];
    memchr::memchr_iter(b'\n', before.trim_ascii_end()).count() as u64 + 1
}

/// Decodes UTF-8 with or without BOM, else UTF-16 with BOM, else GB18030.
fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::GB18030.decode(bytes).0.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 4] = ["收件/a/x.xlsx", "收件/b/x.xlsx", "收件/b/综合科.xls", "收件/包.zip"];

    fn read(bytes: &[u8]) -> (Register, Vec<String>) {
        let mut complaints = Vec::new();
        let register = Register::read(bytes, &NAMES, "收件", &mut complaints);
        (register, complaints.into_iter().map(|said| said.zh.into_owned()).collect())
    }

    #[test]
    fn paths_with_either_slash_and_bare_names_in_gb18030() {
        let text =
            "文件,收件时间,填报单位\nb\\x.xlsx,2014/9/3 9:05,后勤中心\n综合科.xls,2014-09-05 17:01\n包.zip,2014-09-01,";
        let (gb, _, _) = encoding_rs::GB18030.encode(text);
        for bytes in [text.as_bytes(), &gb] {
            let (register, complaints) = read(bytes);
            assert_eq!(complaints, Vec::<String>::new());
            let line = register.line("收件/b/x.xlsx").expect("registered");
            assert_eq!(line.received.expect("a time").to_string(), "2014-09-03 09:05:00");
            assert_eq!(line.unit.as_deref(), Some("后勤中心"));
            assert_eq!(register.line("收件/a/x.xlsx"), None);
            assert_eq!(register.line("收件/b/综合科.xls").and_then(|line| line.unit.clone()), None);
            let entry = register.line("收件/包.zip!dir/b.xlsx").expect("its archive is registered");
            assert_eq!(entry.received.expect("a day").to_string(), "2014-09-01 00:00:00");
        }
    }

    #[test]
    fn what_cannot_be_understood_is_said_with_its_line() {
        let (register, complaints) =
            read("文件,收件时间\nx.xlsx,2014-09-03 10:00\n没有.xlsx,2014-09-03 10:00\n综合科.xls,昨天\n".as_bytes());
        assert_eq!(complaints.len(), 3, "{complaints:?}");
        assert!(complaints[0].contains("第 2 行") && complaints[0].contains("2 个"), "{complaints:?}");
        assert!(complaints[1].contains("昨天"), "{complaints:?}");
        assert!(complaints[2].contains("第 3 行") && complaints[2].contains("没有.xlsx"), "{complaints:?}");
        assert_eq!(register.line("收件/b/综合科.xls").and_then(|line| line.received), None);
    }

    #[test]
    fn many_files_that_are_not_there_are_told_together() {
        let lines: String =
            (1..=20).map(|n| if n == 4 { "综合科.xls\n".into() } else { format!("{n}科.xls\n") }).collect();
        let (register, complaints) = read(format!("文件\n{lines}").as_bytes());
        let told = "收件登记.csv 登记了 19 个收件中没有的文件，如“1科.xls”；在第 2-4、6-21 行";
        assert_eq!(complaints, [told]);
        assert!(register.line("收件/b/综合科.xls").is_some());
    }

    #[test]
    fn the_heading_gives_the_order() {
        for text in [
            "填报单位,收件时间,文件\n综合科,2014年9月3日,a/x.xlsx\n",
            "\u{feff}收到日期;备注;文件名称;单位\r\n2014-09-03;;a/x.xlsx;综合科\r\n",
            "\"文件\"\t\"时间\"\t\"来文单位\"\na/x.xlsx\t2014.9.3\t综合科\n",
        ] {
            let (register, complaints) = read(text.as_bytes());
            let line = register.line("收件/a/x.xlsx").unwrap_or_else(|| panic!("{text}: {complaints:?}"));
            let day = line.received.map(|at| at.date().to_string());
            assert_eq!((day.as_deref(), line.unit.as_deref()), (Some("2014-09-03"), Some("综合科")), "{text}");
            assert!(complaints.is_empty(), "{complaints:?}");
        }
    }

    #[test]
    fn a_workbook_registers_what_the_csv_does_not() {
        let book = crate::division::fixture::workbook(
            "收件登记表 | |\n填报单位 | 收件时间 | 文件\n综合科 | @2014-09-03 | a/x.xlsx\n后勤 | 昨天 | b/x.xlsx\n",
        );
        let (csv, _) = read("文件,收件时间\na/x.xlsx,2014-09-04\n".as_bytes());
        let mut complaints = Vec::new();
        let own = Register::of_book(&book, &NAMES, "收件", &mut complaints);
        assert!(complaints.len() == 1 && complaints[0].zh.contains("收件登记.xlsx 第 4 行"), "{complaints:?}");
        let both = csv.over(own, &mut complaints);
        let unit = |name: &str| both.line(name).and_then(|line| line.unit.clone());
        assert_eq!((unit("收件/a/x.xlsx"), unit("收件/b/x.xlsx").as_deref()), (None, Some("后勤")));
        assert!(complaints.len() == 2 && complaints[1].zh.contains("a/x.xlsx"), "{complaints:?}");
    }

    #[test]
    fn times_as_people_write_them() {
        for (written, expected) in [
            ("2014年9月3日下午4:00", Some("2014-09-03 16:00:00")),
            ("2014年9月3日", Some("2014-09-03 00:00:00")),
            ("2014.9.3 9时30分", Some("2014-09-03 09:30:00")),
            ("2014-09-03T10:00:05", Some("2014-09-03 10:00:05")),
            ("20140903", Some("2014-09-03 00:00:00")),
            ("9月3日", None),
            ("2014年9月", None),
        ] {
            assert_eq!(moment(written).map(|at| at.to_string()).as_deref(), expected, "{written}");
        }
    }

    #[test]
    fn complaints_name_the_line_of_the_file() {
        let text =
            "文件,收件时间\n\n\nb/x.xlsx,昨天\n\"包\n.zip\",2014-09-01\n,2014-09-01\nb/x.xlsx,2014-09-01\n没有.xlsx,";
        let (_, complaints) = read(text.as_bytes());
        let lines: Vec<_> =
            complaints.iter().map(|said| &said[said.find('第').unwrap_or(0)..said.find('：').unwrap_or(0)]).collect();
        assert_eq!(lines, ["第 4 行", "第 7 行", "第 8 行", "第 9 行"], "{complaints:?}");
    }
}
