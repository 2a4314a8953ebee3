//! 体检: twelve ailments are twelve lines, and a clean file says nothing.

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use taizhang::render::package::Package;

use crate::build::workbook_of;
use crate::cli::program;

/// A workbook with a ledger of four rows and their total, a second table and an old sheet, whose first sheet and styles
/// are replaced: style 6 is struck through, style 7 is green.
fn planted(change: impl Fn(&str) -> String, tables: impl Fn(&str) -> String) -> Vec<u8> {
    let text = |cell: &str, words: &str| format!("<c r=\"{cell}\" t=\"inlineStr\"><is><t>{words}</t></is></c>");
    let mut rows = String::new();
    let heading = ["任务编号", "工作任务", "完成情况", "数量", "备注"];
    for (row, words) in [
        (1, heading),
        (2, ["1-1", "公益广告整治", "已完成", "5", "街面"]),
        (3, ["1-2", "环境卫生整治", "正在推进", "6", "小区"]),
        (4, ["1-3", "道路交通整治", "已完成", "7", "路口"]),
        (5, ["1-4", "市场秩序整治", "正在推进", "8", "市场"]),
        (6, ["合计", "", "", "26", ""]),
    ] {
        let _ = write!(rows, "<row r=\"{row}\">");
        for (col, words) in ["A", "B", "C", "D", "E"].iter().zip(words).filter(|(_, words)| !words.is_empty()) {
            let cell = format!("{col}{row}");
            match words.parse::<u32>() {
                Ok(number) => drop(write!(rows, "<c r=\"{cell}\"><v>{number}</v></c>")),
                Err(_) => rows.push_str(&text(&cell, words)),
            }
        }
        rows.push_str("</row>");
    }
    let sheet = format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"
    );
    let styles = "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">
        <fonts><font><sz val=\"11\"/></font><font><strike/><sz val=\"11\"/></font></fonts>
        <fills><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>
        <fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF00B050\"/></patternFill></fill></fills>
        <borders><border/></borders><cellXfs><xf/><xf/><xf/><xf/><xf/><xf/><xf fontId=\"1\"/><xf fillId=\"2\"/></cellXfs></styleSheet>";
    let base = workbook_of("sheet: 台账\n甲 | 乙\nsheet: 附表\n编号 | 数\n1 | 2\n2 | 3\nsheet: 旧数据\n甲 | 乙\n");
    let mut package = Package::open(&base).expect("a package");
    let book = package.book().expect("a workbook");
    let part = |package: &mut Package<'_>, name: &str| {
        String::from_utf8(package.document(name).expect("a part")).expect("text")
    };
    let (second, list) = (part(&mut package, &book.sheets[1].part), part(&mut package, &book.path));
    package.set(&book.sheets[0].part, change(&sheet).into_bytes());
    package.set(&book.sheets[1].part, tables(&second).into_bytes());
    package.set(&book.path, tables(&list).into_bytes());
    package.set("xl/styles.xml", styles.as_bytes().to_vec());
    package.finish().expect("written")
}

fn told(bytes: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("甲科8月台账.xlsx");
    fs::write(&path, bytes).expect("written");
    let mut command: Command = program();
    let output = command.args(["inspect", "--health"]).arg(&path).output().expect("started");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().skip(1).map(|line| line.split_whitespace().next().unwrap_or_default().to_owned()).collect()
}

fn replaced(sheet: &str, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(sheet.to_owned(), |sheet, (from, to)| {
        assert!(sheet.contains(from), "{from} is not in {sheet}");
        sheet.replacen(from, to, 1)
    })
}

#[test]
fn twelve_ailments_are_twelve_lines() {
    let sick = planted(
        |sheet| {
            replaced(
                sheet,
                &[
                    // Filtered away, struck through, twice in the file, coloured instead of written.
                    ("<row r=\"3\">", "<row r=\"3\" hidden=\"1\">"),
                    ("<c r=\"B2\"", "<c r=\"B2\" s=\"6\""),
                    ("<c r=\"D5\"><v>8</v></c>", "<c r=\"D5\"><v>8</v></c><c r=\"D5\"><v>9</v></c>"),
                    ("<c r=\"C5\" t=\"inlineStr\"><is><t>正在推进</t></is></c>", "<c r=\"C5\" s=\"7\"/>"),
                    ("<c r=\"E2\" t=\"inlineStr\"><is><t>街面</t></is></c>", "<c r=\"E2\"><f>D2*2</f></c>"),
                    (
                        "<c r=\"E3\" t=\"inlineStr\"><is><t>小区</t></is></c>",
                        "<c r=\"E3\"><v>110101199001011234</v></c>",
                    ),
                    (
                        "<c r=\"E4\" t=\"inlineStr\"><is><t>路口</t></is></c>",
                        "<c r=\"E4\" t=\"e\"><f>[1]旧表!A1</f><v>#REF!</v></c>",
                    ),
                    ("<v>26</v>", "<v>99</v>"),
                    (
                        "</sheetData>",
                        "</sheetData><autoFilter ref=\"A1:E5\"><filterColumn colId=\"2\"/></autoFilter><mergeCells><mergeCell ref=\"A5:B5\"/></mergeCells>",
                    ),
                ],
            )
        },
        |part| {
            let part = part.replace("<row r=\"3\"", "<row r=\"3\" hidden=\"1\"");
            part.replace("name=\"旧数据\"", "name=\"旧数据\" state=\"hidden\"")
        },
    );
    let names = [
        "hidden-rows", "filtered-rows", "hidden-sheet", "formula-without-value", "digits-lost", "error-value",
        "external-link", "struck-through", "merge-over-data", "colour-as-state", "sum-differs", "readers-differ",
    ];
    let told = told(&sick);
    assert_eq!(
        told.iter().filter(|name| names.contains(&name.as_str())).collect::<Vec<_>>(),
        names.iter().collect::<Vec<_>>(),
        "{told:?}"
    );
    assert!(told.len() <= 13, "and who saved it last: {told:?}");
}

#[test]
fn a_clean_file_says_nothing() {
    assert!(told(&planted(str::to_owned, str::to_owned)).is_empty());
    // A heading in colour, stripes and a filter that hides nothing are no ailments.
    let dressed = planted(
        |sheet| {
            let striped = ["A1", "B1", "A3", "B3", "C3", "D3", "E3"].map(|cell| format!("<c r=\"{cell}\""));
            let sheet = striped
                .iter()
                .fold(sheet.to_owned(), |sheet, cell| sheet.replacen(cell, &format!("{cell} s=\"7\""), 1));
            sheet.replace("</sheetData>", "</sheetData><autoFilter ref=\"A1:E5\"/>")
        },
        str::to_owned,
    );
    assert!(told(&dressed).is_empty());
}
