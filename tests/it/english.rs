//! Outputs in English hold no Chinese but what people wrote, the names of files and the fields that units fill in.

use std::fmt::Write as _;
use std::fs;

use taizhang::campaign::disk::RealDisk;
use taizhang::campaign::gather::Silent;
use taizhang::campaign::readers::InProcess;
use taizhang::campaign::{RunRequest, run};

use crate::build::cells;
use crate::campaign::campaign;

/// Words of fields and answers that advice quotes, and names of files.
const QUOTED: &[&str] = &[
    "审核签字", "佐证材料", "完成情况", "完成日期", "备注", "日期", "填报单位", "任务编号", "工作任务", "未开始",
    "不涉及", "零报告", "责任单位", "牵头单位", "人工认定", "缺项报告", "汇总台账", "运行记录", "任务分工", "收件",
    "输出",
];

/// The runs of Chinese characters in a text, but for what it quotes.
fn chinese(text: &str) -> impl Iterator<Item = &str> {
    let unquoted = text.split('“').enumerate();
    let unquoted =
        unquoted.map(|(at, part)| if at == 0 { part } else { part.split_once('”').map_or("", |(_, rest)| rest) });
    unquoted.flat_map(runs)
}

fn runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !('\u{4e00}'..='\u{9fff}').contains(&c)).filter(|run| !run.is_empty())
}

#[test]
fn the_workbooks_speak_english_but_for_what_people_wrote() {
    for sample in ["three-year", "bureau"] {
        let folder = campaign(sample);
        let settings = folder.path().join("taizhang.toml");
        let text = format!("language = \"en\"\n{}", fs::read_to_string(&settings).expect("settings"));
        fs::write(&settings, &text).expect("written");
        let mut known = text;
        let mut inputs = vec![folder.path().join("任务分工.xlsx")];
        let sent = walkdir::WalkDir::new(folder.path().join("收件")).sort_by_file_name().into_iter();
        let sent = sent.map(|file| file.expect("an inbox")).filter(|file| file.file_type().is_file());
        inputs.extend(sent.map(walkdir::DirEntry::into_path));
        for path in inputs {
            let _ = writeln!(known, "{}", path.display());
            let Ok(cells) = cells(&fs::read(&path).expect("a file")) else { continue };
            for ((sheet, ..), text) in cells {
                let _ = writeln!(known, "{sheet}\n{text}");
            }
        }
        let request = RunRequest { root: folder.path().to_path_buf(), ..RunRequest::default() };
        let result = run(&request, &InProcess, &Silent, &RealDisk).expect("a run");
        // the names and headings of files in archives, and what stands in them
        let records = fs::read_to_string(result.place.join("records.csv")).expect("records.csv");
        known.push_str(records.split_once('\n').map_or("", |(_, rows)| rows));
        let text = fs::read_to_string(result.place.join("run.json")).expect("run.json");
        let told: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        known.push_str(&told["files"].to_string());
        for (book, first, last) in [("汇总台账.xlsx", "Cover", "Sources"), ("缺项报告.xlsx", "Overview", "Closure")]
        {
            let cells = cells(&fs::read(result.place.join(book)).expect("written")).expect("readable");
            for name in [first, last] {
                assert!(cells.keys().any(|(sheet, ..)| sheet == name), "{sample} {book}: no sheet {name}");
            }
            for ((sheet, row, col), text) in &cells {
                let foreign: Vec<&str> = chinese(text)
                    .filter(|run| !known.contains(run) && !QUOTED.iter().any(|quoted| quoted.contains(run)))
                    .collect();
                assert!(foreign.is_empty(), "{sample} {book} {sheet} {row} {col}: {foreign:?} in {text}");
            }
        }
    }
}

#[test]
fn the_workbooks_of_units_speak_it_too() {
    let folder = campaign("bureau");
    let settings = folder.path().join("taizhang.toml");
    let text = fs::read_to_string(&settings).expect("settings");
    fs::write(&settings, format!("language = \"en\"\nunit_sheets = 1\n{text}")).expect("written");
    let request = RunRequest { root: folder.path().to_path_buf(), ..RunRequest::default() };
    let result = run(&request, &InProcess, &Silent, &RealDisk).expect("a run");
    let books: Vec<_> = fs::read_dir(result.place.join("分单位")).expect("workbooks of units").collect();
    assert!(books.len() > 1);
    for book in books {
        let path = book.expect("a file").path();
        let cells = cells(&fs::read(&path).expect("written")).expect("readable");
        let stands = |text: &str| cells.values().any(|cell| cell == text);
        assert!(stands("Source file") && !stands("来源文件"), "{}", path.display());
    }
}
