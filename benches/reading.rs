//! How long a long ledger of each layout takes to be read: `cargo bench --bench reading`.
//!
//! Each figure is the median of five runs of `taizhang inspect`, beside inflating and streaming the same file with
//! calamine in the same round, so that the ratio holds when the machine's speed drifts.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use std::error::Error;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use calamine::{Reader, Xlsx};
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

const RUNS: usize = 5;
const ROWS: u32 = 20_000;

/// Fills a sheet.
type Fill = fn(&mut Worksheet) -> Result<(), XlsxError>;

fn main() -> Result<(), Box<dyn Error>> {
    let layouts: [(&str, Fill); 3] = [("list", list), ("cross-tab", cross_tab), ("blocks", blocks)];
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("reading");
    fs::create_dir_all(&dir)?;
    println!("| layout | inspect s | stream s | ÷ stream |\n|---|---|---|---|");
    for (name, fill) in layouts {
        let file = dir.join(name).with_extension("xlsx");
        let mut book = Workbook::new();
        fill(book.add_worksheet())?;
        book.save(&file)?;
        let (mut reads, mut streams, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..RUNS {
            let (read, stream) = (inspect(&file)?, stream(&file)?);
            reads.push(read);
            streams.push(stream);
            ratios.push(read / stream);
        }
        println!("| {name} | {:.2} | {:.2} | {:.2} |", median(reads), median(streams), median(ratios));
    }
    Ok(())
}

/// One line a task: a title, a heading, records in two sections.
fn list(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.write(0, 0, "工作台账")?;
    sheet.write_row(1, 0, ["序号", "工作任务", "责任单位", "完成日期", "完成情况", "数量", "存在问题", "备注"])?;
    for row in 2..ROWS {
        sheet.write(row, 0, row - 1)?;
        sheet.write_row(row, 1, ["清理小广告", "综合科", "2014-08-05", "已完成"])?;
        sheet.write(row, 5, row % 9)?;
        sheet.write(row, 6, "点位反复，已安排加密巡查")?;
    }
    Ok(())
}

/// A row for each task, months as columns.
fn cross_tab(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.write(0, 0, "工作任务")?;
    for month in 1..=12u16 {
        sheet.write(0, month, format!("{month}月"))?;
    }
    for row in 1..ROWS / 4 {
        sheet.write(row, 0, format!("任务{row}"))?;
        for month in (1..=12).filter(|month| (row + u32::from(*month)).is_multiple_of(2)) {
            sheet.write(row, month, "√")?;
        }
    }
    Ok(())
}

/// A block of ten records for each unit, with its own title and heading.
fn blocks(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    for block in 0..ROWS / 20 {
        let top = block * 13;
        sheet.write(top, 0, format!("填报单位：第{block}科"))?;
        sheet.write_row(top + 1, 0, ["序号", "工作任务", "完成情况", "备注"])?;
        for row in 1..=10 {
            sheet.write(top + 1 + row, 0, row)?;
            sheet.write_row(top + 1 + row, 1, ["清理小广告", "已完成", "三处"])?;
        }
    }
    Ok(())
}

/// Wall seconds of `inspect`.
fn inspect(file: &Path) -> Result<f64, Box<dyn Error>> {
    let start = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_taizhang"));
    command.args(["inspect", "--format", "json"]).arg(file);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    Ok(start.elapsed().as_secs_f64())
}

/// Wall seconds of reading every cell with calamine's streaming reader.
fn stream(file: &Path) -> Result<f64, Box<dyn Error>> {
    let start = Instant::now();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(fs::read(file)?))?;
    for name in book.sheet_names() {
        let mut cells = book.worksheet_cells_reader(&name)?;
        while cells.next_cell()?.is_some() {}
    }
    Ok(start.elapsed().as_secs_f64())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
