//! `taizhang draft` from outside: the way from the plan of `samples/plan` to its division, plans of every kind of
//! division drafted back, and what a person must still add. `TAIZHANG_BLESS=1` writes `expected-draft.txt` anew.

use std::fmt::Write as _;
use std::fs;

use taizhang::basis::settings::Settings;
use taizhang::basis::text::unnumbered;
use taizhang::division::{Division, Task, load};
use taizhang::draft::book::{self, Page};
use taizhang::draft::{Draft, draft, file};
use taizhang::read::read;

use crate::build::root;
use crate::campaign::campaign;
use crate::cli::program;

fn drafted(bytes: &[u8], name: &str) -> Draft {
    draft(file::read(bytes, name).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}")))
}

fn division(bytes: &[u8]) -> Division {
    load(&read(bytes, "任务分工.xlsx").expect("a workbook"), "blake3:0", &Settings::default())
}

/// A task as its division says it, cell by cell.
struct Cells {
    words: String,
    category: String,
    leaders: String,
    lead: String,
    units: String,
    support: String,
    deadline: String,
    cycle: String,
    indicator: String,
    evidence: String,
    marks: String,
}

fn cells(division: &Division, task: &Task) -> Cells {
    let names = |units: &[taizhang::basis::UnitId]| -> String {
        units.iter().map(|unit| division.unit(*unit).name.as_str()).collect::<Vec<_>>().join("、")
    };
    let own: Vec<_> = task.units.iter().copied().filter(|unit| !task.lead_units.contains(unit)).collect();
    Cells {
        words: format!("{}。{}", task.text.value, task.whole.standard),
        category: task.category.clone(),
        leaders: task.whole.leaders.join("、"),
        lead: names(&task.lead_units),
        units: names(&own),
        support: names(&task.supporting),
        deadline: task.whole.deadline_text.clone(),
        cycle: task.whole.cycle.map(|cycle| cycle.word(taizhang::basis::Lang::Zh).to_owned()).unwrap_or_default(),
        indicator: task.whole.indicator.as_ref().map(|indicator| indicator.value.clone()).unwrap_or_default(),
        evidence: task.whole.evidence.join("、"),
        marks: task.whole.marks.map(|marks| marks.to_string()).unwrap_or_default(),
    }
}

/// What a draft shows of a row, without the words of its doubts.
fn shown(page: &Page, row: usize) -> String {
    let cells: Vec<&str> = book::TASK_COLUMNS.iter().map(|heading| page.cell(row, heading)).collect();
    cells.join(" | ").replace('\n', "\\n")
}

#[test]
fn the_sample_shows_what_the_draft_gives_and_what_a_person_makes_of_it() {
    let folder = root().join("samples/plan");
    let draft = drafted(&fs::read(folder.join("方案.docx")).expect("the plan"), "方案.docx");
    let pages = book::pages(&draft);
    let mut seen = String::new();
    for page in pages.iter().filter(|page| page.name != book::BASE) {
        writeln!(seen, "{} | {}", page.name, page.title).expect("written");
        for row in 0..page.rows.len() {
            let line = match page.name.as_str() {
                book::TASKS => shown(page, row),
                _ => page.rows[row].join(" | "),
            };
            writeln!(seen, "  {}", line.trim_end_matches([' ', '|'])).expect("written");
        }
    }
    let edited = read(&fs::read(folder.join("任务分工.xlsx")).expect("the division"), "d").expect("a workbook");
    let edited = taizhang::draft::update::page(&edited, book::TASKS, "工作任务").expect("a sheet of tasks");
    writeln!(seen, "人工修改").expect("written");
    for row in 0..edited.rows.len() {
        let code = edited.cell(row, "任务编号");
        let own = (0..pages[0].rows.len()).find(|own| pages[0].cell(*own, "任务编号") == code).expect("a drafted task");
        for heading in book::TASK_COLUMNS.iter().filter(|heading| !["出处", "存疑"].contains(*heading)) {
            let (was, is) = (pages[0].cell(own, heading), edited.cell(row, heading));
            if was != is {
                writeln!(seen, "  {code} {heading}: {was} → {is}").expect("written");
            }
        }
    }
    let path = folder.join("expected-draft.txt");
    if std::env::var_os("TAIZHANG_BLESS").is_some() {
        fs::write(&path, &seen).expect("written");
    }
    assert_eq!(seen, fs::read_to_string(&path).unwrap_or_default());
}

#[test]
fn the_way_from_the_plan_to_the_run() {
    let dir = campaign("plan");
    let at = |name: &str| dir.path().join(name);
    let draft = program().arg("draft").arg(at("方案.docx")).arg("-o").arg(at("草稿.xlsx")).output().expect("started");
    let screen = String::from_utf8(draft.stdout).expect("UTF-8");
    assert!(screen.starts_with("全文 27 段：10 段成为任务 8 项，标题 6 段，未采用 11 段"), "{screen}");
    // The draft loads as it stands, and never over what is there.
    let check = program().args(["template", "check"]).arg(at("草稿.xlsx")).output().expect("started");
    assert_eq!(check.status.code(), Some(0), "{}", String::from_utf8_lossy(&check.stdout));
    let again = program().arg("draft").arg(at("方案.docx")).arg("-o").arg(at("草稿.xlsx")).output().expect("started");
    assert_eq!(again.status.code(), Some(2));
    // What a person made of it runs.
    let run = program().arg("run").arg(dir.path()).output().expect("started");
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
}

#[test]
fn the_same_plan_as_word_text_and_page_gives_the_same_draft() {
    let text = fs::read_to_string(root().join("samples/plan/source/方案.docx.txt")).expect("the plan");
    let word = drafted(&fs::read(root().join("samples/plan/方案.docx")).expect("built"), "方案.docx");
    assert_eq!(word, drafted(text.replace(" | ", "\t").as_bytes(), "方案.txt"));
    let mut page = String::from("<html><body>");
    let lines: Vec<&str> = text.lines().collect();
    for part in lines.chunk_by(|a, b| a.contains(" | ") == b.contains(" | ")) {
        let row = |line: &&str| format!("<tr><td>{}</td></tr>", line.replace(" | ", "</td><td>"));
        if part[0].contains(" | ") {
            write!(page, "<table>{}</table>", part.iter().map(row).collect::<String>()).expect("written");
        } else {
            for line in part {
                write!(page, "<p>{line}</p>").expect("written");
            }
        }
    }
    assert_eq!(word, drafted(page.as_bytes(), "方案.html"));
}

/// How a plan writes who has to do a task.
#[derive(Clone, Copy, Debug)]
enum Style {
    Lines,
    Bracket,
    Marks,
    Table,
}

/// A plan in plain words that lays down what a division does, in one of the usual ways.
fn plan(division: &Division, style: Style) -> String {
    let mut plan = String::from("某市创建工作方案\n一、总体要求\n坚持为民惠民。\n二、重点任务\n");
    if let Style::Table = style {
        plan.push_str("类别\t序号\t工作任务\t牵头领导\t牵头单位\t责任单位\t配合单位\t完成时限\n");
    }
    let (mut category, mut sections, mut number) = (None, 0, 0);
    for task in &division.tasks {
        let own = cells(division, task);
        number += 1;
        let labelled: Vec<(&str, &str)> = [
            ("牵头领导", own.leaders.as_str()),
            ("牵头单位", &own.lead),
            ("责任单位", &own.units),
            ("配合单位", &own.support),
            ("完成时限", &own.deadline),
        ]
        .into_iter()
        .filter(|(label, value)| !value.is_empty() || *label == "责任单位" && own.lead.is_empty())
        .collect();
        if let Style::Table = style {
            let words = own.words.replace(['\n', '\t'], " ");
            let row = [
                own.category.as_str(),
                &number.to_string(),
                words.trim_end_matches('。'),
                &own.leaders,
                &own.lead,
                &own.units,
                &own.support,
                &own.deadline,
            ];
            writeln!(plan, "{}", row.join("\t")).expect("written");
            continue;
        }
        if category.as_ref() != Some(&own.category) {
            sections += 1;
            writeln!(plan, "（{}）{}", "一二三四五六七八九十".chars().nth(sections - 1).unwrap_or('十'), own.category)
                .expect("written");
            category = Some(own.category.clone());
        }
        let words = own.words.trim_end_matches('。');
        let said = |open: &str, between: &str, close: &str| -> String {
            labelled
                .iter()
                .map(|(label, value)| format!("{open}{label}：{value}{close}"))
                .collect::<Vec<_>>()
                .join(between)
        };
        match style {
            Style::Bracket => writeln!(plan, "{number}.{words}。（{}）", said("", "；", "")),
            Style::Marks => writeln!(plan, "{number}.{words}。{}", said("【", "", "】")),
            _ => writeln!(plan, "{number}.{words}。\n{}", said("", "\n", "")),
        }
        .expect("written");
    }
    plan.push_str("三、工作要求\n加强领导，狠抓落实。\n");
    plan
}

#[test]
fn plans_of_every_kind_of_division_are_drafted_back() {
    // What the plan says comes back whole; what it does not say a person has to add, so many cells of each column.
    let expected = [
        ("bureau", "14 项；须补：佐证材料 14，报送周期 13，考核指标 1"),
        ("three-year", "17 项；须补：佐证材料 17，报送周期 15，考核指标 4"),
        ("three-lists", "31 项；须补：佐证材料 31，报送周期 29，考核指标 3"),
        ("index", "9 项；须补：佐证材料 9，分值 4，报送周期 9"),
        ("work-groups", "21 项；须补：报送周期 21，考核指标 2"),
        ("township", "20 项；须补：报送周期 20，考核指标 3"),
        ("street", "36 项；须补：考核指标 15"),
        ("tax", "10 项；须补：无"),
        ("district", "21 项；须补：报送周期 21"),
        ("sprint", "20 项；须补：报送周期 19"),
        ("construction", "19 项；须补：报送周期 19，考核指标 3"),
        ("market", "17 项；须补：报送周期 17"),
    ];
    let mut seen = Vec::new();
    for (name, _) in expected {
        let path = root().join("templates").join(name).with_extension("xlsx");
        let division = division(&fs::read(path).expect("a template"));
        let mut lines: Vec<String> = Vec::new();
        for style in [Style::Lines, Style::Bracket, Style::Marks, Style::Table] {
            let draft = drafted(plan(&division, style).as_bytes(), "方案.txt");
            lines.push(compared(&division, &draft));
        }
        lines.dedup();
        seen.push(format!("{name}: {}", lines.join(" / ")));
    }
    let expected: Vec<String> = expected.iter().map(|(name, line)| format!("{name}: {line}")).collect();
    assert_eq!(seen.join("\n"), expected.join("\n"));
}

/// How many tasks came back, what came back otherwise, and how many cells of which columns a person has to add.
fn compared(division: &Division, draft: &Draft) -> String {
    let page = &book::pages(draft)[0];
    let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (mut wrong, mut lacking) = (Vec::new(), std::collections::BTreeMap::<&str, usize>::new());
    if page.rows.len() != division.tasks.len() {
        wrong.push(format!("{} 行", page.rows.len()));
    }
    for (row, task) in division.tasks.iter().enumerate() {
        let own = cells(division, task);
        let words = format!("{}{}", page.cell(row, "工作任务"), page.cell(row, "工作标准"));
        for (heading, is, was) in [
            ("工作任务", words.as_str(), own.words.as_str()),
            // The number of a section is no part of its name.
            ("任务类别", unnumbered(page.cell(row, "任务类别")), unnumbered(&own.category)),
            ("牵头领导", page.cell(row, "牵头领导"), &own.leaders),
            ("牵头单位", page.cell(row, "牵头单位"), &own.lead),
            ("责任单位", page.cell(row, "责任单位"), &own.units),
            ("配合单位", page.cell(row, "配合单位"), &own.support),
        ] {
            if plain(is) != plain(was) {
                wrong.push(format!("{} {heading} {is} / {was}", task.code));
            }
        }
        if !own.deadline.is_empty() && plain(page.cell(row, "完成时限")) != plain(&own.deadline) {
            wrong.push(format!("{} 完成时限 {} / {}", task.code, page.cell(row, "完成时限"), own.deadline));
        }
        for (heading, was) in
            [("报送周期", &own.cycle), ("考核指标", &own.indicator), ("佐证材料", &own.evidence), ("分值", &own.marks)]
        {
            if !was.is_empty() && plain(page.cell(row, heading)) != plain(was) {
                *lacking.entry(heading).or_default() += 1;
            }
        }
    }
    let lacking: Vec<String> = lacking.iter().map(|(heading, count)| format!("{heading} {count}")).collect();
    let lacking = if lacking.is_empty() { "无".to_owned() } else { lacking.join("，") };
    wrong.insert(0, format!("{} 项；须补：{lacking}", page.rows.len()));
    wrong.join("；不符：")
}
