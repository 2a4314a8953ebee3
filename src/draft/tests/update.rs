//! Drafts drafted again.

use crate::draft::book::{self, Page};
use crate::draft::update::{Counts, Updated, update};
use crate::draft::{draft, text};
use crate::read::Workbook;

const PLAN: &str = "方案\n一、任务\n1.清扫街巷。（责任单位：城管局）\n2.规范停车。（责任单位：公安局）\n二、保障措施\n1.市委宣传部要做好报道，每月一次。\n2.严格考核。";

/// The workbook of these sheets, as a person opens it.
fn opened(pages: &[Page]) -> Workbook {
    let bytes = crate::render::draft::render(pages).expect("a workbook");
    crate::read::read(&bytes, "任务分工.xlsx").expect("a workbook")
}

fn updated(pages: &[Page], plan: &str) -> Updated {
    update(&opened(pages), &draft(text::document(plan))).expect("a sheet of tasks")
}

fn marked(pages: &[Page], text: &str) -> Vec<Page> {
    let mut pages = pages.to_vec();
    let unused = pages.iter_mut().find(|page| page.name == book::UNUSED).expect("the sheet");
    let row = unused.rows.iter_mut().find(|row| row[1].contains(text)).expect("the paragraph");
    row[3] = "√".into();
    pages
}

fn column(pages: &[Page], sheet: &str, heading: &str) -> Vec<String> {
    let page = pages.iter().find(|page| page.name == sheet).expect("the sheet");
    (0..page.rows.len()).map(|row| page.cell(row, heading).to_owned()).collect()
}

#[test]
fn what_was_taken_in_is_unused_no_more() {
    let first = book::pages(&draft(text::document(PLAN)));
    let whole = column(&first, book::UNUSED, "原文");
    let once = updated(&marked(&first, "做好报道"), PLAN);
    let rest: Vec<String> = whole.iter().filter(|text| !text.contains("做好报道")).cloned().collect();
    assert!(rest.len() < whole.len());
    let tasks = column(&once.pages, book::TASKS, "工作任务");
    assert_eq!((tasks.len(), once.counts.new), (3, 1));
    assert_eq!(column(&once.pages, book::UNUSED, "原文"), rest);
    let twice = updated(&once.pages, PLAN);
    assert_eq!(column(&twice.pages, book::TASKS, "工作任务"), tasks);
    let same = Counts { doubtful: twice.counts.doubtful, ..Counts::default() };
    assert_eq!((column(&twice.pages, book::UNUSED, "原文"), twice.counts), (rest, same));
    // Marked again in a copy of the first draft it is not taken in twice.
    let mut again = marked(&first, "做好报道");
    again[0] = once.pages[0].clone();
    assert_eq!(column(&updated(&again, PLAN).pages, book::TASKS, "工作任务"), tasks);
}

#[test]
fn a_paragraph_that_moved_is_named_where_it_stands_now() {
    let mut pages = book::pages(&draft(text::document(PLAN)));
    let longer = PLAN.replace("一、任务", "某局党组：\n一、任务");
    let moved = updated(&pages, &longer);
    assert_eq!(column(&pages, book::TASKS, "出处"), ["第3段", "第4段"]);
    assert_eq!(column(&moved.pages, book::TASKS, "出处"), ["第4段", "第5段"]);
    assert_eq!(moved.counts, Counts::default());
    let source = pages[0].column("出处").expect("the column");
    pages[0].rows[0][source] = "见附件".into();
    assert_eq!(column(&updated(&pages, &longer).pages, book::TASKS, "出处"), ["见附件", "第5段"]);
}

#[test]
fn what_the_plan_changed_is_written_where_it_belongs_whatever_came_in_before() {
    let plan = |tasks: &str| format!("方案\n一、任务\n{tasks}\n");
    let before = "1.整治市容。（责任单位：城管局，完成时限：6月底）\n2.整治交通。（责任单位：公安局，完成时限：6月底）";
    let after = "1.整治工地。（责任单位：住建局，完成时限：6月底）\n2.整治市容。（责任单位：城管局，完成时限：9月底）\n\
                 3.整治交通。（责任单位：公安局，完成时限：6月底）\n4.整治市场。（责任单位：市场监管局）";
    let mut pages = book::pages(&draft(text::document(&plan(before))));
    let deadlines = |pages: &[Page]| -> Vec<(String, String)> {
        let [tasks, until] = ["工作任务", "完成时限"].map(|heading| column(pages, book::TASKS, heading));
        tasks.into_iter().zip(until).collect()
    };
    let expected = [("整治工地", "6月底"), ("整治市容", "9月底"), ("整治交通", "6月底"), ("整治市场", "")];
    let expected = expected.map(|(task, until)| (task.to_owned(), until.to_owned()));
    let once = updated(&pages, &plan(after));
    assert_eq!(deadlines(&once.pages), expected);
    assert_eq!((once.counts.new, once.counts.gone, once.counts.changed), (2, 0, 1));
    assert!(once.pages[0].title.contains("共4项"), "{}", once.pages[0].title);
    // a person has sorted the rows
    pages[0].rows.reverse();
    let mut sorted = deadlines(&updated(&pages, &plan(after)).pages);
    sorted.sort_by_key(|one| expected.iter().position(|other| other.0 == one.0));
    assert_eq!(sorted, expected);
}
