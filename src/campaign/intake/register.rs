//! The register of received files, `收件登记.csv` or `.xlsx`: `文件,收件时间[,填报单位]`, in any order under its heading.
//! It overrides what the files themselves say.

mod columns;
mod files;
mod moment;
mod row;

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use self::columns::Columns;
use self::files::Files;
use self::moment::{Unclear, moment};
use self::row::{ABOVE, Row, filled};
use crate::basis::Bilingual;
use crate::basis::place::row_ranges;
use crate::read::{Sheet, Workbook};
use crate::table::shown;

/// The name of the register in the inbox.
pub const NAME: &str = "收件登记.csv";
/// Its name where it is a workbook; where both stand, the csv counts line by line.
pub const BOOK: &str = "收件登记.xlsx";
/// So many files that are not there are told one by one.
const TOLD: usize = 5;

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

impl Register {
    /// Reads the register. `names` are the files of the inbox as printed in reports, all beginning with `prefix`. Lines that
    /// cannot be understood are added to `complaints` and left out.
    pub fn read(bytes: &[u8], names: &[&str], prefix: &str, complaints: &mut Vec<Bilingual>) -> Register {
        let text = decode(bytes);
        let mut rows = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator(&text))
            .from_reader(text.as_bytes());
        let mut written = Vec::new();
        let mut row = csv::StringRecord::new();
        // reading text with rows of any length never fails
        while rows.read_record(&mut row).unwrap_or(false) {
            // the position before a row may still be at blank lines, so the line is counted from its end
            let breaks = row.iter().map(|text| text.matches('\n').count() as u64).sum::<u64>();
            let line = line_of(&text, rows.position().byte()).saturating_sub(breaks);
            let line = u32::try_from(line).unwrap_or(u32::MAX);
            written.push(Row { line, cells: row.iter().map(|text| text.trim().to_owned()).collect() });
        }
        Taking::new(NAME, &Files::new(names, prefix)).take(&filled(written), complaints)
    }

    /// Reads the register from a workbook: the first sheet whose heading names a file, else the first.
    pub fn of_book(book: &Workbook, names: &[&str], prefix: &str, complaints: &mut Vec<Bilingual>) -> Register {
        let files = Files::new(names, prefix);
        let rows = |sheet: &Sheet| {
            let rows = sheet.grid.rows.iter().map(|row| {
                let last = row.cells.last().map_or(0, |cell| cell.0 + 1);
                let cells = (0..last).map(|col| shown(row.get(col), &book.texts).trim().to_owned());
                Row { line: row.index + 1, cells: cells.collect() }
            });
            filled(rows.collect())
        };
        let headed = |rows: &Vec<Row>| Columns::find(rows, &files).is_some();
        let sheet = book.sheets.iter().map(rows).find(headed).or_else(|| book.sheets.first().map(rows));
        Taking::new(BOOK, &files).take(&sheet.unwrap_or_default(), complaints)
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
    files: &'a Files<'a>,
    register: Register,
    /// The lines that name a file that is not there, and its name.
    absent: Vec<(u32, String)>,
}

impl<'a> Taking<'a> {
    fn new(file: &'static str, files: &'a Files<'a>) -> Taking<'a> {
        Taking { file, files, register: Register::default(), absent: Vec::new() }
    }

    /// Takes what stands in the rows, below the heading if there is one.
    fn take(mut self, rows: &[Row], complaints: &mut Vec<Bilingual>) -> Register {
        let (columns, rows) = match Columns::find(rows, self.files) {
            Some((at, columns)) => (columns, &rows[at + 1..]),
            None => (Columns::usual(), rows),
        };
        if columns.is_time_lost(rows) {
            complaints.push(Bilingual::new(
                format!("{}：没有找到“收件时间”一栏，登记的时间没有采用", self.file),
                format!("{}: no column is called 收件时间, so that its times do not count", self.file),
            ));
        }
        for row in rows {
            self.row(row, &columns, complaints);
        }
        self.tell_absent(complaints);
        self.register
    }

    fn row(&mut self, row: &Row, columns: &Columns, complaints: &mut Vec<Bilingual>) {
        let (register_file, line) = (self.file, row.line);
        let field = |at: usize| row.cells.get(at).map(String::as_str).filter(|text| !text.is_empty());
        let mut complain = |zh: String, en: String| {
            complaints.push(Bilingual::new(
                format!("{register_file} 第 {line} 行：{zh}"),
                format!("{register_file} line {line}: {en}"),
            ));
        };
        let Some(file) = field(columns.file) else {
            complain("没有写文件名".into(), "the file is not named".into());
            return;
        };
        let name = match self.files.resolve(file) {
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
        let (received, unclear) = moment(columns.times.iter().filter_map(|at| field(*at)));
        match unclear {
            Some(Unclear::Day(text)) => complain(
                format!("收件时间“{text}”应写明年月日，如 2014-09-03 10:00"),
                format!("the time “{text}” should be like 2014-09-03 10:00, with its year"),
            ),
            Some(Unclear::Clock(text)) => complain(
                format!("收件时间“{text}”应写明几时几分，如 16:30；只按日期计"),
                format!("the time “{text}” should be like 16:30; the day alone counts"),
            ),
            None => {}
        }
        if self.register.lines.contains_key(&name) {
            complain(format!("“{file}”已有一行，以本行为准"), format!("“{file}” has a line already; this one counts"));
        }
        let unit = columns.unit.and_then(field).map(str::to_owned);
        self.register.lines.insert(name, Line { received, unit });
    }

    /// Tells of the files that are not there, many of them in one sentence: a register of the whole roster is begun before
    /// the files come in.
    fn tell_absent(&self, complaints: &mut Vec<Bilingual>) {
        let Taking { file, absent, .. } = self;
        if absent.len() <= TOLD {
            complaints.extend(absent.iter().map(|(line, name)| {
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

/// What parts the cells of a csv: Excel writes semicolons where the comma is the decimal mark, and text with tabs. The one
/// that most of the first lines have; a title has none.
fn separator(text: &str) -> u8 {
    let lines = |mark: &u8| text.lines().take(ABOVE).filter(|line| line.as_bytes().contains(mark)).count();
    [b',', b';', b'\t'].into_iter().max_by_key(lines).unwrap_or(b',')
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

    /// What the register says of 收件/a/x.xlsx and 收件/b/综合科.xls, and the complaints.
    fn said(text: &str) -> (Vec<String>, Vec<String>) {
        let (register, complaints) = read(text.as_bytes());
        (told(&register), complaints)
    }

    fn told(register: &Register) -> Vec<String> {
        let line = |name: &&str| {
            let line = register.line(name)?;
            let received = line.received.map_or("-".into(), |at| at.format("%m-%d %H:%M").to_string());
            Some(format!("{received} {}", line.unit.as_deref().unwrap_or("-")))
        };
        ["收件/a/x.xlsx", "收件/b/综合科.xls"].iter().filter_map(line).collect()
    }

    #[test]
    fn a_title_may_stand_above_the_heading_of_a_csv() {
        for (title, mark) in [("2014年8月台账收件登记表", ","), ("登记表", ";"), ("登记表\n制表：办公室", "\t")]
        {
            let rows = ["序号|填报单位|收到时间|文件名", "1|甲|2014.9.3 10:00|a/x.xlsx", "2||2014-9-4|综合科.xls"];
            let text = format!("{title}\n{}", rows.map(|row| row.replace('|', mark)).join("\n"));
            let expected = ["09-03 10:00 甲", "09-04 00:00 -"].map(str::to_owned).to_vec();
            assert_eq!(said(&text), (expected, vec![]), "{text}");
        }
        let (lines, complaints) = said("a/x.xlsx,2014-09-03,甲,材料\n综合科.xls,2014-09-04,,文件\n");
        assert_eq!((lines.len(), complaints), (2, vec![]), "a line is no heading");
        let (lines, _) = said("文件,收件时间,填报单位\na/x.xlsx,2014-09-03,甲;乙\n综合科.xls,2014-09-03,丙;丁\n");
        assert_eq!(lines, ["09-03 00:00 甲;乙", "09-03 00:00 丙;丁"]);
    }

    #[test]
    fn day_and_time_may_have_a_column_each() {
        let expected = ["09-05 16:30 -", "09-05 18:30 -"];
        for heading in ["收件日期,收件时间", "收到日期,时间", "日期,收文时间", "登记日期,登记时间", "报送日期,报送时间"]
        {
            for (first, second) in [("16:30", "18:30"), ("下午4:30", "下午6点半")] {
                let (lines, complaints) =
                    said(&format!("文件,{heading}\na/x.xlsx,2014-09-05,{first}\n综合科.xls,2014年9月5日,{second}\n"));
                assert_eq!((lines.as_slice(), complaints.len()), (&expected.map(str::to_owned)[..], 0), "{heading}");
            }
        }
        let (lines, complaints) = said("文件,收件日期,收件时间\na/x.xlsx,2014-09-05,下班前\n综合科.xls,2014-09-05,\n");
        assert_eq!(lines, ["09-05 00:00 -", "09-05 00:00 -"]);
        assert!(complaints.len() == 1 && complaints[0].contains("第 2 行") && complaints[0].contains("下班前"));
        let book = crate::division::fixture::workbook("文件 | 收件日期 | 收件时间\na/x.xlsx | @2014-09-05 | 16:30\n");
        let mut complaints = Vec::new();
        let register = Register::of_book(&book, &NAMES, "收件", &mut complaints);
        assert_eq!((told(&register), complaints), (vec!["09-05 16:30 -".to_owned()], vec![]));
    }

    #[test]
    fn columns_are_known_by_what_stands_below_them_too() {
        let rows = |heading: &str| format!("{heading}\n1,a/x.xlsx,2014-09-03 10:00,甲\n2,综合科.xls,2014-09-04,乙\n");
        let expected = ["09-03 10:00 甲", "09-04 00:00 乙"].map(str::to_owned).to_vec();
        for file in ["文件名称（含后缀）", "附件", "台账", "所报表册"] {
            for time in [
                "报送时间",
                "上报时间",
                "提交时间",
                "签收时间",
                "收件日",
                "收件时间（年月日时分）",
                "登记时间",
                "何时送来",
            ] {
                for unit in ["填报单位", "报送科室", "部门", "责任单位"] {
                    let heading = format!("序号,{file},{time},{unit}");
                    assert_eq!(said(&rows(&heading)), (expected.clone(), vec![]), "{heading}");
                }
            }
        }
        let two = said("文件,填报日期,截止时间,收件时间\na/x.xlsx,2014-09-01,2014-09-05,2014-09-03\n");
        assert_eq!(two.0, ["09-03 00:00 -"], "the time of receipt before all others");
        let names = said("材料名称,文件名,收件时间\n8月台账,a/x.xlsx,2014-09-03\n");
        assert_eq!(names, (vec!["09-03 00:00 -".to_owned()], vec![]), "of two columns of files the one with files");
    }

    #[test]
    fn times_that_do_not_count_are_told() {
        for heading in ["文件,填报日期", "文件,截止时间"] {
            let (lines, complaints) = said(&format!("{heading}\na/x.xlsx,2014-09-03\n"));
            assert_eq!(lines, ["- -"], "{heading}");
            assert_eq!(complaints, ["收件登记.csv：没有找到“收件时间”一栏，登记的时间没有采用"], "{heading}");
        }
        let (lines, complaints) = said("文件,填报单位,备注\na/x.xlsx,甲,8月\n");
        assert_eq!((lines, complaints), (vec!["- 甲".to_owned()], vec![]), "there is none");
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
