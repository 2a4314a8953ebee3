//! Word documents on the whole road: evidence, what is told of them, and the copy that goes back.

use std::collections::BTreeMap;
use std::fs;

use taizhang::read::read;

use crate::build::docx::{docx, p, table, tc};
use crate::campaign::campaign;
use crate::hostile::cells;
use crate::whole_run::{list, outputs, run_in_process, run_json, text};

/// Runs a campaign in which nothing came but these files: what is said of each (state, codes of the file itself), and
/// the outputs.
fn run(files: &[(&str, Vec<u8>)]) -> (BTreeMap<String, String>, BTreeMap<String, Vec<u8>>) {
    let folder = campaign("bureau");
    let inbox = folder.path().join("收件");
    fs::remove_dir_all(&inbox).expect("removed");
    let mut register = String::from("文件,收件时间\n");
    for (name, bytes) in files {
        let path = inbox.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("written");
        register.extend([name, ",2014-09-03 10:00\n"]);
    }
    fs::write(inbox.join("收件登记.csv"), register).expect("written");
    run_in_process(folder.path(), 1);
    let outputs = outputs(folder.path());
    let run = run_json(&outputs);
    let said = list(&run, "files").iter().map(|file| {
        let path = text(file, "path");
        let own = list(&run, "findings").iter().filter(|finding| text(&finding["place"], "file") == path);
        let codes = own.map(|finding| match text(&finding["place"], "cell") {
            "-" => text(finding, "code").to_owned(),
            cell => format!("{}@{cell}", text(finding, "code")),
        });
        let codes: Vec<String> = codes.filter(|code| !code.starts_with(['D', 'X'])).collect();
        let line = [&[text(file, "format").to_owned(), text(file, "state").to_owned()][..], &codes].concat().join(" ");
        (path.trim_start_matches("收件/").to_owned(), line)
    });
    (said.collect(), outputs)
}

const LEDGER: &str = "任务编号 | 完成情况 | 完成日期 | 次数
1-1 | 正在推进 | | 3
1-2 | 正在推进 | 近日 | ";

#[test]
fn documents_are_ledgers_evidence_or_told() {
    let prose = docx(&p("8月份工作小结")).bytes();
    let chat = docx(&[p("通知"), table("甲 | 乙")].concat()).bytes();
    let ledger = docx(&[p("填报单位：综合管理科"), table(LEDGER)].concat()).bytes();
    let (said, _) = run(&[
        ("综合管理科/台账.doc", ledger),
        ("综合管理科/小结.docx", prose.clone()),
        ("佐证材料/管理一科小结.docx", prose.clone()),
        ("管理一科8月.docx", prose),
        ("管理二科8月.docx", chat),
        ("节能科8月.doc", b"{\\rtf1 }".to_vec()),
    ]);
    let wanted = [
        ("佐证材料/管理一科小结.docx", "docx ignored"),
        ("管理一科8月.docx", "docx refused S10"),
        ("管理二科8月.docx", "docx refused S10"),
        ("综合管理科/台账.doc", "docx merged C102@C3 F03"),
        ("综合管理科/小结.docx", "docx ignored"),
        ("节能科8月.doc", "- refused F04"),
    ];
    let seen: Vec<(&str, &str)> = said.iter().map(|(path, line)| (path.as_str(), line.as_str())).collect();
    assert_eq!(seen, wanted);
}

#[test]
fn the_copy_that_goes_back_has_the_tables_with_their_cells_where_they_were() {
    let hidden =
        "<w:tc><w:p><w:r><w:t>正在推进</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>未做</w:t></w:r></w:p></w:tc>";
    let row = ["<w:tr>", &tc("", "1-3"), hidden, &tc("<w:gridSpan w:val='2'/>", "近期"), "</w:tr></w:tbl>"].concat();
    let ledger = table(LEDGER).replace("</w:tbl>", &row);
    let body = [p("管理一科2014年8月台账"), table("说明"), ledger, p("填表人：甲")].concat();
    let (said, outputs) = run(&[("管理一科.docx", docx(&body).bytes())]);
    assert_eq!(said["管理一科.docx"], "docx merged C102@C3 C102@C4 S15@B4 S17");
    let copy = read(&outputs["退回/管理一科.xlsx"], "管理一科.xlsx").expect("read");
    let names: Vec<_> = copy.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["退回说明", "表1", "表2"]);
    assert_eq!(
        cells(&copy, &copy.sheets[2]).join(" "),
        "A1=任务编号 B1=完成情况 C1=完成日期 D1=次数 A2=1-1 B2=正在推进 D2=3 A3=1-2 B3=正在推进 C3=近日 A4=1-3 B4=正在推进 C4=近期"
    );
    assert_eq!(copy.sheets[2].merges[0].to_string(), "C4:D4");
    assert_eq!(copy.properties.get("taizhang-unit").map(String::as_str), Some("管理一科"));
}
