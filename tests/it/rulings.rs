//! A campaign with doubts of every kind: what a person rules is obeyed, and nothing else changes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;
use taizhang::basis::settings::Settings;
use taizhang::render::rulings::{NewLine, begin};
use taizhang::ruling::{FILE, Field, Line, RulingKind, Written};
use tempfile::TempDir;

use crate::build::workbook_of;
use crate::render::workbooks::seen;
use crate::whole_run::{run_in_process, windows_outputs};

/// The units that owe something, and who supports them all.
const UNITS: [&str; 6] = ["甲科", "乙科", "丙科", "丁科", "戊科", "己科"];
const SUPPORTING: [&str; 2] = ["庚中心", "辛中心"];
/// What each unit reports under no task, and what of it is like one.
const STRANGE: [&str; 3] = ["搞卫生", "写材料", "跑腿"];
const STATES: [&str; 6] = ["差不多了", "尚可尚可", "马马虎虎", "还过得去", "七七八八", "八九不离十"];
const PLACES: [&str; 6] = ["东城", "西城", "南关", "北关", "河东", "河西"];

/// A campaign in a folder of its own, for one month after the other.
struct Campaign(TempDir);

impl Campaign {
    fn new() -> Campaign {
        let campaign = Campaign(tempfile::tempdir().expect("a folder"));
        let mut division =
            String::from("sheet: 任务分工\nhead: 任务编号 | 工作任务 | 责任单位 | 配合单位 | 佐证材料\n");
        for (nth, unit) in UNITS.iter().enumerate() {
            let place = PLACES[nth];
            for (number, task, evidence) in [
                (1, "公益广告投放整治提升行动", ""),
                (2, "道路交通秩序专项整治", "照片"),
                (3, "老旧小区环境综合治理", "照片"),
                (4, "农贸市场经营秩序规范", ""),
                (5, "校园周边食品安全检查", ""),
                (6, "志愿服务站点建设管理", ""),
            ] {
                let code = format!("{}-{number}", nth + 1);
                let _ = writeln!(division, "'{code} | {place}{task} | {unit} | {} | {evidence}", SUPPORTING.join("、"));
            }
        }
        division.push_str("sheet: 单位名录\nhead: 单位名称 | 别名\n");
        for unit in UNITS.iter().chain(&SUPPORTING) {
            let _ = writeln!(division, "{unit} |");
        }
        campaign.write("任务分工.xlsx", &workbook_of(&division));
        campaign
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("written");
    }

    /// Puts the files of a month into the inbox. `edited` changes one cell of 甲科's.
    fn submit(&self, month: u32, edited: bool) {
        let inbox = self.0.path().join("收件");
        if inbox.exists() {
            fs::remove_dir_all(&inbox).expect("removed");
        }
        let due = month + 1;
        let mut register = String::from("文件,收件时间\n");
        let mut put = |name: &str, day: &str, text: String| {
            self.write(&format!("收件/{name}"), &workbook_of(&format!("sheet: 台账\n{text}")));
            let _ = writeln!(register, "{name},2014-{due:02}-{day}");
        };
        for (nth, unit) in UNITS.iter().enumerate() {
            let (place, code) = (PLACES[nth], nth + 1);
            let state = STATES[nth];
            let extra = if nth < 3 { "联系电话备用" } else { "备注" };
            let mut text =
                format!("line: 填报单位：{unit}\nhead: 任务编号 | 工作任务 | 完成情况 | 日期 | 佐证材料 | {extra}\n");
            let day = format!("2014-{month:02}-15");
            let _ = writeln!(text, "'{code}-1 | {place}公益广告投放整治提升行动 | 正在推进 | | | 1");
            let _ = writeln!(text, "'{code}-2 | {place}道路交通秩序专项整治 | 已完成 | {day} | | 2");
            let _ = writeln!(text, "'{code}-3 | {place}老旧小区环境综合治理 | 已完成 | {day} | | 3");
            let _ = writeln!(text, "'{code}-4 | {place}农贸市场经营秩序规范 | {state} | | | 4");
            let _ = writeln!(text, "'{code}-5 | {place}校园周边食品安全检查 | {state}吧 | | | 5");
            let disputed = if nth < 4 { "有异议" } else { "正在推进" };
            let _ = writeln!(text, "'{code}-6 | {place}志愿服务站点建设管理 | {disputed} | | | 6");
            for (at, strange) in STRANGE.iter().enumerate() {
                let strange = if edited && nth == 0 && at == 0 { "搞绿化" } else { strange };
                let _ = writeln!(text, " | {place}{strange} | 正在推进 | | | {at}");
            }
            let _ = writeln!(text, " | {place}公益广告投放整治提升 | 正在推进 | | | 9");
            let received = if nth < 3 { "05 09:00" } else { "06 09:00" };
            put(&format!("{unit}{month}月台账.xlsx"), received, text);
        }
        let of_others = |rows: &str| format!("line: 填报单位：庚中心\nhead: 任务编号 | 责任单位 | 完成情况\n{rows}");
        put(
            "庚中心.xlsx",
            "04 09:00",
            of_others(
                "'1-1 | 甲科 | 未开始\n'2-1 | 乙科 | 未开始\n'3-1 | 丙科 | 未开始\n'4-1 | 综治处 | 正在推进\n'5-1 | 市容处 | 正在推进\n",
            ),
        );
        for (name, code) in [("情况汇总.xlsx", "1-6"), ("进度.xlsx", "2-6")] {
            put(name, "04 09:00", format!("head: 任务编号 | 完成情况 | 备注\n'{code} | 正在推进 |\n"));
        }
        put(
            "辛中心.xlsx",
            "04 09:00",
            "line: 填报单位：辛中心\nhead: 办理条目 | 完成情况 | 备注\n清洗外墙 | 正在推进 |\n补种草皮 | 正在推进 |\n"
                .into(),
        );
        self.write("收件/收件登记.csv", register.as_bytes());
        let day = format!("2014-{due:02}-10");
        self.write(
            "taizhang.toml",
            format!("title = \"创建工作台账\"\nas_of = \"{day}\"\nwindow = \"2014-{month:02}\"\nfull_marks = 0\n")
                .as_bytes(),
        );
    }

    fn run(&self, jobs: usize) {
        run_in_process(self.0.path(), jobs);
    }

    fn json(&self, month: u32) -> Value {
        let path = self.0.path().join(format!("输出/2014-{month:02}/run.json"));
        serde_json::from_slice(&fs::read(path).expect("run.json")).expect("JSON")
    }

    fn lines(&self) -> Vec<Line> {
        let bytes = fs::read(self.0.path().join(FILE)).expect("a workbook of rulings");
        let book = taizhang::read::read(&bytes, FILE).expect("a workbook");
        Written::read(&book, FILE).expect("the sheet").lines
    }

    /// Writes the lines as a person would have them after filling some in.
    fn save(&self, lines: &[Line]) {
        let new = |line: &Line| -> NewLine {
            let mut new = vec![(Field::Id, if line.id == 0 { String::new() } else { line.id.to_string() })];
            new.extend(line.cells.iter().cloned());
            new
        };
        let lines: Vec<NewLine> = lines.iter().map(new).collect();
        let bytes = begin(&Settings::default(), chrono::NaiveDateTime::default(), &lines).expect("written");
        self.write(FILE, &bytes);
    }
}

/// A finding by what does not change when others come or go.
type Key = (String, String, String, String, String);

fn findings(json: &Value) -> BTreeMap<String, (Key, bool)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let findings = json["findings"].as_array().expect("findings");
    findings
        .iter()
        .map(|one| {
            let place = &one["place"];
            let key = (
                text(&one["code"]),
                text(&place["file"]),
                text(&place["cell"]),
                text(&one["unit"]),
                text(&one["task"]),
            );
            (text(&one["id"]), (key, one.get("ruling").is_some()))
        })
        .collect()
}

fn rule(line: &mut Line, choice: &str, target: &str, reach: &str) {
    line.set(Field::Choice, choice);
    line.set(Field::By, "王某");
    line.set(Field::On, "2014年9月10日");
    line.set(Field::Reason, "已与该单位负责人当面核对");
    if !target.is_empty() {
        line.set(Field::Target, target);
    }
    if !reach.is_empty() {
        line.set(Field::Reach, reach);
    }
}

fn kind(line: &Line) -> RulingKind {
    RulingKind::parse(line.get(Field::Kind)).expect("a kind")
}

/// Rules so many of each kind, in the order of the lines; what they are ruled as changes nothing else.
fn rule_some(lines: &mut [Line], counts: &[(RulingKind, usize)], reach: &str) -> Vec<u32> {
    let mut left: BTreeMap<RulingKind, usize> = counts.iter().copied().collect();
    let mut ruled = Vec::new();
    for line in lines.iter_mut() {
        let Some(left) = left.get_mut(&kind(line)).filter(|left| **left > 0) else { continue };
        let text = line.get(Field::Text).to_owned();
        let own = UNITS.iter().position(|unit| *unit == line.get(Field::Unit)).map_or(0, |at| at + 1);
        match kind(line) {
            RulingKind::Task => rule(line, "其他", &format!("{own}-1"), reach),
            RulingKind::Heading if text == "联系电话备用" => rule(line, "①", "", reach),
            RulingKind::Heading => continue,
            RulingKind::Sender if text.starts_with("文件名") => rule(line, "不计", "", reach),
            RulingKind::Sender => rule(line, "其他", "庚中心", reach),
            RulingKind::State => rule(line, "其他", "正在推进", reach),
            _ => rule(line, "①", "", reach),
        }
        *left -= 1;
        ruled.push(line.id);
    }
    ruled
}

const FORTY: [(RulingKind, usize); 8] = [
    (RulingKind::Task, 14),
    (RulingKind::Sender, 3),
    (RulingKind::Heading, 3),
    (RulingKind::State, 6),
    (RulingKind::Conflict, 2),
    (RulingKind::OnTime, 2),
    (RulingKind::Evidence, 7),
    (RulingKind::Responsibility, 3),
];

#[test]
fn what_is_ruled_is_gone_and_nothing_else_changes() {
    let campaign = Campaign::new();
    campaign.submit(8, false);
    campaign.run(2);
    let (before, mut lines) = (campaign.json(8), campaign.lines());
    let mut kinds: BTreeMap<RulingKind, usize> = BTreeMap::new();
    for line in &lines {
        *kinds.entry(kind(line)).or_default() += 1;
    }
    assert!(lines.len() >= 60, "{} doubts: {kinds:?}", lines.len());
    assert_eq!(kinds.len(), 8, "of every kind: {kinds:?}");

    let ruled = rule_some(&mut lines, &FORTY, "");
    assert_eq!(ruled.len(), 40);
    campaign.save(&lines);
    campaign.run(1);
    let after = campaign.json(8);
    let open: BTreeSet<u32> = campaign.lines().iter().filter(|line| !line.is_ruled()).map(|line| line.id).collect();
    let expected: BTreeSet<u32> = lines.iter().map(|line| line.id).filter(|id| !ruled.contains(id)).collect();
    assert_eq!(open, expected, "the others are open as they were, and no new one came");

    let (was, is) = (findings(&before), findings(&after));
    let new: Vec<_> = is.iter().filter(|(id, _)| !was.contains_key(*id)).collect();
    assert!(new.is_empty(), "{new:#?}");
    let bound =
        |kind: RulingKind| lines.iter().filter(|line| ruled.contains(&line.id) && self::kind(line) == kind).count();
    let gone: Vec<&Key> = was.iter().filter(|(id, _)| !is.contains_key(*id)).map(|(_, (key, _))| key).collect();
    let of = |codes: &[&str]| gone.iter().filter(|key| codes.contains(&key.0.as_str())).count();
    assert_eq!(of(&["R201", "R207"]), bound(RulingKind::Task), "{gone:#?}");
    assert_eq!(of(&["C105"]), bound(RulingKind::State), "{gone:#?}");
    assert_eq!(of(&["S11"]), bound(RulingKind::Heading), "{gone:#?}");
    assert_eq!(of(&["F08", "R202"]), bound(RulingKind::Sender), "{gone:#?}");
    assert_eq!(gone.len(), 26, "nothing else is gone: {gone:#?}");
    let aside: Vec<&str> = is.values().filter(|(_, aside)| *aside).map(|(key, _)| key.0.as_str()).collect();
    let aside_of = |code: &str| aside.iter().filter(|one| **one == code).count();
    assert_eq!([aside_of("X301"), aside_of("D403"), aside_of("D404")], [2, 2, 7]);
    assert_eq!(aside.len(), 11);
    let states = |json: &Value, state: &str| {
        json["obligations"].as_array().expect("obligations").iter().filter(|one| one["state"] == state).count()
    };
    assert_eq!(states(&before, "disputed") - states(&after, "disputed"), 3);
    assert_eq!(states(&after, "exempt"), 3);
    let applied = after["rulings"].as_array().expect("rulings");
    let valid = applied.iter().filter(|one| one["state"] == "有效" && one["places"][0].is_object());
    assert_eq!(valid.count(), 40, "{applied:#?}");
    // Told where people look: beside the finding, beside the record, in a sheet of its own.
    let outputs = windows_outputs(campaign.0.path(), "2014-08");
    let missing = seen(&outputs["缺项报告.xlsx"]);
    let told = missing.table("问题清单", &["说明", "认定"]);
    assert_eq!(told.iter().filter(|row| row["认定"].starts_with("人工认定 ")).count(), 11);
    assert_eq!(missing.table("认定记录", &["编号", "状态"]).len(), 40);
    let ledger = seen(&outputs["汇总台账.xlsx"]).table("汇总台账", &["任务编号", "来源行", "认定"]);
    let marked: BTreeSet<u32> = ledger
        .iter()
        .flat_map(|row| row["认定"].split(|c: char| !c.is_ascii_digit()))
        .filter_map(|id| id.parse().ok())
        .collect();
    let of_files: Vec<u32> = lines
        .iter()
        .filter(|line| ruled.contains(&line.id) && line.get(Field::Choice) != "不计")
        .map(|line| line.id)
        .collect();
    let unmarked: Vec<&u32> = of_files.iter().filter(|id| !marked.contains(id)).collect();
    assert!(unmarked.is_empty(), "{unmarked:?}");
    // The same bytes whatever the number of threads.
    let first = windows_outputs(campaign.0.path(), "2014-08");
    for jobs in [2, 8] {
        fs::remove_dir_all(campaign.0.path().join("输出")).expect("removed");
        fs::remove_dir_all(campaign.0.path().join(".taizhang")).expect("removed");
        campaign.save(&lines);
        campaign.run(jobs);
        assert!(windows_outputs(campaign.0.path(), "2014-08") == first, "{jobs} threads");
    }
}

#[test]
fn an_edited_cell_brings_back_one_doubt_with_the_old_ruling_first() {
    let campaign = Campaign::new();
    campaign.submit(8, false);
    campaign.run(2);
    let mut lines = campaign.lines();
    let first = lines.iter().position(|line| line.get(Field::Text) == "东城搞卫生").expect("the line");
    let all: Vec<(RulingKind, usize)> = RulingKind::ALL.map(|kind| (kind, 99)).to_vec();
    rule_some(&mut lines, &all, "");
    rule(&mut lines[first], "其他", "1-4", "");
    campaign.save(&lines);
    campaign.run(2);
    assert_eq!(campaign.lines().iter().filter(|line| !line.is_ruled()).count(), 1, "what only S12 asks");

    campaign.submit(8, true);
    let kept = campaign.lines();
    campaign.run(2);
    let now = campaign.lines();
    let new: Vec<&Line> = now.iter().filter(|line| kept.iter().all(|old| old.id != line.id)).collect();
    assert_eq!(new.len(), 1, "{new:#?}");
    assert_eq!(new[0].get(Field::Text), "东城搞绿化");
    assert!(new[0].get(Field::Candidates).starts_with("①1-4"), "{}", new[0].get(Field::Candidates));
    let old = now.iter().find(|line| line.get(Field::Text) == "东城搞卫生").expect("it stays");
    assert_eq!(old.standing.state, "已失效");
}

#[test]
fn a_doubt_is_written_beside_a_workbook_that_is_open() {
    let campaign = Campaign::new();
    campaign.submit(8, false);
    campaign.run(1);
    let bytes = fs::read(campaign.0.path().join(FILE)).expect("a workbook");
    campaign.write("~$人工认定.xlsx", b"open");
    campaign.submit(8, true);
    campaign.run(1);
    let read = |name: &str| fs::read(campaign.0.path().join(name));
    assert_eq!(read(FILE).expect("there"), bytes, "what is open elsewhere is left alone");
    assert!(read("待认定.xlsx").is_ok());
    fs::remove_file(campaign.0.path().join("~$人工认定.xlsx")).expect("closed");
    campaign.run(1);
    assert!(read("待认定.xlsx").is_err(), "taken in");
    let lines = campaign.lines();
    assert_eq!(lines.iter().filter(|line| line.get(Field::Text) == "东城搞绿化").count(), 1);
    let ids: BTreeSet<u32> = lines.iter().map(|line| line.id).collect();
    assert_eq!(ids.len(), lines.len(), "every number once");
}

#[test]
fn next_month_with_the_same_habits_asks_nothing() {
    let campaign = Campaign::new();
    campaign.submit(8, false);
    campaign.run(2);
    let mut lines = campaign.lines();
    let habits = [
        (RulingKind::Task, 99),
        (RulingKind::Sender, 99),
        (RulingKind::Heading, 99),
        (RulingKind::State, 99),
        (RulingKind::Conflict, 99),
        (RulingKind::OnTime, 99),
        (RulingKind::Evidence, 99),
        (RulingKind::Responsibility, 99),
    ];
    rule_some(&mut lines, &habits, "本单位今后");
    campaign.save(&lines);
    campaign.run(2);
    let august = campaign.lines();
    campaign.submit(9, false);
    campaign.run(2);
    let september = campaign.lines();
    let new: Vec<&Line> = september.iter().filter(|line| august.iter().all(|old| old.id != line.id)).collect();
    assert!(new.is_empty(), "no new decision: {new:#?}");
    let json = campaign.json(9);
    assert!(findings(&json).values().all(|(key, aside)| *aside || !["R201", "C105", "F08", "R202"].contains(&&*key.0)));
}

#[test]
fn what_nobody_ruled_is_asked_for_the_month_at_hand() {
    let campaign = Campaign::new();
    campaign.submit(8, false);
    campaign.run(2);
    let august = campaign.lines();
    campaign.submit(9, false);
    campaign.run(2);
    let september = campaign.lines();
    let late = august.iter().filter(|line| kind(line) == RulingKind::OnTime).count();
    assert_eq!(september.len(), august.len() + late, "only what is late in September is new");
    let of = |line: &&Line| kind(line) != RulingKind::OnTime;
    assert!(september.iter().filter(of).all(|line| line.get(Field::Window) == "2014-09"));
    let mut lines = september;
    let first = lines.iter().position(|line| line.get(Field::Text) == STATES[0]).expect("the line");
    assert_eq!(lines[first].get(Field::File), "收件/甲科9月台账.xlsx");
    let id = lines[first].id;
    rule(&mut lines[first], "其他", "正在推进", "");
    campaign.save(&lines);
    campaign.run(1);
    let ruled = campaign.lines().into_iter().find(|line| line.id == id).expect("it stays");
    assert_eq!(ruled.standing.state, "有效", "here is September");
}

#[test]
fn what_cannot_be_read_stops_the_run() {
    let campaign = Campaign::new();
    campaign.submit(8, false);
    campaign.write(FILE, b"no workbook");
    let request = taizhang::campaign::RunRequest { root: Path::new(campaign.0.path()).into(), ..Default::default() };
    let reading = &taizhang::campaign::readers::InProcess;
    let stop = taizhang::campaign::run(
        &request,
        reading,
        &taizhang::campaign::gather::Silent,
        &taizhang::campaign::disk::RealDisk,
    );
    assert!(matches!(stop, Err(taizhang::campaign::Stop::Start(said)) if said[0].zh.contains(FILE)));
}
