//! The columns of the register: by the words of its heading, else by what stands below it.

use super::files::Files;
use super::moment::Said;
use super::row::{ABOVE, Row};
use crate::basis::text::heading_key;

/// Where file, time and unit stand.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) file: usize,
    /// Where the time stands, or its day and its clock time; those that count first come first.
    pub(super) times: Vec<usize>,
    pub(super) unit: Option<usize>,
}

/// What a column of files is called.
const FILES: [&str; 17] = [
    "文件", "文件名", "文件名称", "材料", "材料名称", "附件", "附件名", "附件名称", "台账文件", "电子文件", "文档",
    "文档名称", "报送材料", "报送文件", "上报材料", "上报文件", "file",
];

/// What stands before 时间 or 日期 in the name of a column of times; when a file was received says more than when it was
/// sent.
const TIMES: [&[&str]; 3] = [
    &["收件", "收到", "收文", "接收", "签收", "到件", "收表", "收取", "收"],
    &[""],
    &["报送", "上报", "提交", "报", "送", "送件", "送达", "交", "递交", "实际报送", "实际上报"],
];
const TIME_ENDS: [&str; 5] = ["日期时间", "时间", "日期", "时刻", "日"];
/// In the heading of a column of other times: by when something had to be done, when it was made.
const OTHER: [&str; 9] = ["截止", "截至", "要求", "应", "限", "完成", "填", "制表", "修改"];

/// What stands before 单位 or 科室 in the name of a column of senders.
const UNITS: [&[&str]; 3] =
    [&["填报", "报送", "来文", "上报", "提交", "报", "送", "送件", "来件", "交件", "填表"], &[""], &["责任"]];
const UNIT_ENDS: [&str; 6] = ["单位名称", "单位", "科室名称", "科室", "部门名称", "部门"];

/// The place of a heading among words that stand before one of the ends.
fn rank(key: &str, before: &[&[&str]], ends: &[&str]) -> Option<usize> {
    let stem = ends.iter().find_map(|end| key.strip_suffix(end))?;
    before.iter().position(|words| words.contains(&stem))
}

fn rank_of_time(key: &str) -> Option<usize> {
    if key == "received" { Some(0) } else { rank(key, &TIMES, &TIME_ENDS) }
}

fn rank_of_unit(key: &str) -> Option<usize> {
    if key == "unit" { Some(0) } else { rank(key, &UNITS, &UNIT_ENDS) }
}

impl Columns {
    /// The order without a heading.
    pub(super) fn usual() -> Columns {
        Columns { file: 0, times: vec![1], unit: Some(2) }
    }

    /// The first row that is a heading, by its position, and the columns below it; none where there is no heading.
    pub(super) fn find(rows: &[Row], files: &Files<'_>) -> Option<(usize, Columns)> {
        let under = |at: usize| Some((at, Columns::under(&rows[at].cells, &rows[at + 1..], files)?));
        (0..rows.len().min(ABOVE)).find_map(under)
    }

    /// The columns that a heading gives; none where the row is no heading.
    fn under(heading: &[String], rows: &[Row], files: &Files<'_>) -> Option<Columns> {
        let is_file = |text: &str| files.resolve(text) != Err(0);
        if heading.iter().any(|text| is_file(text) || Said::of(text).is_some()) {
            return None;
        }
        let keys: Vec<String> = heading.iter().map(|text| heading_key(text)).collect();
        // by rank, then from left to right
        let named = |rank: &dyn Fn(&str) -> Option<usize>| {
            let mut named: Vec<(usize, usize)> =
                keys.iter().enumerate().filter_map(|(at, key)| Some((rank(key)?, at))).collect();
            named.sort_unstable();
            named.into_iter().map(|(_, at)| at).collect::<Vec<usize>>()
        };
        let called = named(&|key| FILES.contains(&key).then_some(0));
        let mut times = named(&rank_of_time);
        let unit = named(&rank_of_unit).first().copied();

        let with_files = |at: &usize| cells(rows, *at).filter(|text| is_file(text)).count();
        // of equals the first
        let fullest = |among: &mut dyn Iterator<Item = usize>| {
            among.map(|at| (with_files(&at), at)).max_by_key(|(count, at)| (*count, usize::MAX - at))
        };
        let file = match fullest(&mut called.iter().copied()) {
            Some((_, at)) => at,
            None if times.is_empty() && unit.is_none() => return None,
            None => {
                let mut others = (0..keys.len()).filter(|at| !times.contains(at) && unit != Some(*at));
                fullest(&mut others).filter(|(count, _)| *count > 0)?.1
            }
        };
        if times.is_empty() {
            let others =
                |at: &usize| *at != file && unit != Some(*at) && !OTHER.iter().any(|word| keys[*at].contains(word));
            let only = |says: &dyn Fn(&Said) -> bool| {
                let mut found = (0..keys.len()).filter(others).filter(|at| mostly(rows, *at, says));
                found.next().filter(|_| found.next().is_none())
            };
            times.extend(only(&|said| said.day.is_some()));
            times.extend(only(&|said| said.day.is_none()).filter(|_| !times.is_empty()));
        }
        Some(Columns { file, times, unit })
    }

    /// Whether the rows give times in a column that is not known to be the one of times.
    pub(super) fn is_time_lost(&self, rows: &[Row]) -> bool {
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        self.times.is_empty() && (0..width).any(|at| mostly(rows, at, &|said| said.day.is_some()))
    }
}

/// The filled cells of a column.
fn cells(rows: &[Row], at: usize) -> impl Iterator<Item = &str> {
    rows.iter().filter_map(move |row| row.cells.get(at).map(String::as_str).filter(|text| !text.is_empty()))
}

/// Whether most filled cells of a column say this of a time.
fn mostly(rows: &[Row], at: usize, says: &dyn Fn(&Said) -> bool) -> bool {
    let count = cells(rows, at).filter(|text| Said::of(text).is_some_and(|said| says(&said))).count();
    count * 2 > cells(rows, at).count()
}
