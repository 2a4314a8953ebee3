//! 封面: title, window, counts, lines for preparer and reviewer, list of sheets.

use anyhow::Result;

use super::plan::{Plan, SHEETS};
use crate::basis::calendar::format::{in_brackets, moment_words};
use crate::basis::calendar::window::end_of;
use crate::outcome::figures::percent;
use crate::render::workbook::{Book, Cell, Page, Shape, Size, Tone};

pub(super) fn write(book: &mut Book, plan: &Plan<'_>) -> Result<()> {
    let outcome = plan.outcome;
    let mut sheet = book.sheet(SHEETS[0], Size::Small, Page::A4Upright)?;
    sheet.without_gridlines();
    sheet.widths(&[20.0, 22.0, 20.0, 22.0])?;
    sheet.height(0, 60.0)?;
    sheet.height(1, 84.0)?;
    sheet.across(1, 0, 4, &plan.title, Shape::Title, Tone::Plain)?;
    sheet.height(2, 30.0)?;
    let lang = outcome.settings.lang;
    let window = in_brackets(&outcome.window.full_words(lang), lang);
    sheet.across(2, 0, 4, window.trim(), Shape::Caption, Tone::Plain)?;
    sheet.height(3, 40.0)?;
    let c = &outcome.coverage;
    let count = |number: u32, measure: &str| lang.pick(format!("{number}{measure}"), number.to_string());
    let rate = |part, of| {
        let rate = percent(part, of);
        lang.pick(format!("{rate}（{part}÷{of}）"), format!("{rate} ({part}÷{of})"))
    };
    let counts: [(&str, String, &str, String); 6] = [
        (
            "任务",
            count(plan.figures.matrix.tasks.len() as u32, "项"),
            "责任单位",
            count(plan.figures.matrix.units.len() as u32, "个"),
        ),
        ("应报", count(c.expected(), "项"), "实报", count(c.actual(), "项")),
        ("上报率", rate(c.actual(), c.base()), "及时率", rate(c.timely(), c.base())),
        ("未按要求报送", count(c.lacking(), "项"), "迟报", count(c.late, "项")),
        ("汇总记录", count(outcome.tally.rows_merged, "条"), "未归类记录", count(outcome.tally.rows_unmatched, "条")),
        ("收到文件", count(outcome.received(), "个"), "报送截止", moment_words(outcome.due, lang)),
    ];
    let mut row = 4;
    for (left, one, right, two) in counts {
        sheet.height(row, 26.0)?;
        for (col, text, shape) in
            [(0, left, Shape::Head), (1, &one, Shape::Center), (2, right, Shape::Head), (3, &two, Shape::Center)]
        {
            sheet.put(row, col, &Cell::text(text), shape)?;
        }
        row += 1;
    }
    sheet.height(row, 30.0)?;
    row += 1;
    sheet.height(row, 26.0)?;
    sheet.across(row, 0, 4, "目  录", Shape::Section, Tone::Plain)?;
    row += 1;
    let contents = [
        ("统计", "各状态、各单位、各类别、各牵头领导的数量和比率"),
        ("汇总台账", "全部记录，按任务分工的顺序排列，缺项列在原位"),
        ("资料目录", "各项任务的佐证材料及其所在位置"),
        ("未归类", "没有对上任务或单位的记录"),
        ("来源", "收到的全部文件、工作表、行号和校验值"),
    ];
    for (name, what) in contents {
        sheet.height(row, 22.0)?;
        sheet.put(row, 0, &Cell::link(name, name, 0, 0), Shape::Center)?;
        sheet.across(row, 1, 3, what, Shape::Text, Tone::Plain)?;
        row += 1;
        if name == "汇总台账" && !plan.unit_sheets.is_empty() {
            let count = plan.unit_sheets.len();
            sheet.height(row, 22.0)?;
            sheet.put(row, 0, &Cell::link("各单位台账", plan.unit_sheets[0].1.as_str(), 0, 0), Shape::Center)?;
            sheet.across(
                row,
                1,
                3,
                &lang.pick(format!("{count}个单位，一个单位一张工作表"), format!("{count} units, a sheet for each")),
                Shape::Text,
                Tone::Plain,
            )?;
            row += 1;
        }
        if name == "汇总台账" && plan.unit_sheets.is_empty() && !plan.unit_lines.is_empty() {
            sheet.height(row, 22.0)?;
            sheet.put(row, 0, &Cell::text("各单位台账"), Shape::Center)?;
            sheet.across(row, 1, 3, "单位较多，一个单位一个文件，存于“分单位”文件夹", Shape::Text, Tone::Plain)?;
            row += 1;
        }
    }
    sheet.height(row, 60.0)?;
    row += 1;
    for (left, right) in [("编制人：", "审核人："), ("签发人：", "（盖章）")] {
        sheet.height(row, 34.0)?;
        sheet.across(row, 0, 2, left, Shape::Line, Tone::Plain)?;
        sheet.across(row, 2, 2, right, Shape::Line, Tone::Plain)?;
        row += 1;
    }
    sheet.height(row, 34.0)?;
    let day = moment_words(end_of(outcome.as_of.date()), lang);
    sheet.across(
        row,
        0,
        4,
        &lang.pick(format!("编制日期：{day}"), format!("Date: {day}")),
        Shape::Line,
        Tone::Plain,
    )?;
    Ok(())
}
