//! `taizhang draft`: a plan document becomes a draft of the division.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::screen::{self, BOLD, WARN, styled};
use super::{CommandContext, Exit};
use crate::basis::Lang;
use crate::campaign::drafting::{self, Drafted};

/// Its arguments.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// 方案、任务分工、责任清单等文件：docx、txt 或 html
    #[arg(value_name = "方案")]
    plan: PathBuf,
    /// 写到这个文件（默认：任务分工.xlsx；已有的文件不覆盖）
    #[arg(long, short = 'o', value_name = "文件")]
    out: Option<PathBuf>,
    /// 在此前起草、已经修改过的任务分工表上更新：保留修改，另写“（更新）”文件
    #[arg(long, value_name = "文件")]
    update: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, context: &CommandContext<'_>) -> anyhow::Result<Exit> {
    let drafted = drafting::draft(&args.plan, args.out.as_deref(), args.update.as_deref(), context.readers)?;
    if context.options.json() {
        screen::out(&format!("{:#}\n", json(&drafted)));
        return Ok(Exit::Done);
    }
    screen::out(&text(&drafted, context));
    Ok(Exit::Done)
}

fn json(drafted: &Drafted) -> serde_json::Value {
    let draft = &drafted.draft;
    let mut value = serde_json::json!({
        "file": drafted.file.to_string_lossy(),
        "paragraphs": draft.paragraphs,
        "tasks": draft.rows.len(),
        "headings": draft.headings,
        "unused": draft.left_out(),
        "doubts": draft.doubtful(),
        "fewer": draft.fewer.iter().map(|one| one.shown(Lang::Zh)).collect::<Vec<_>>(),
    });
    if let Some(changes) = &drafted.changes {
        value["changes"] = serde_json::json!({"new": changes.new, "gone": changes.gone, "changed": changes.changed});
    }
    value
}

fn text(drafted: &Drafted, context: &CommandContext<'_>) -> String {
    let (draft, lang) = (&drafted.draft, context.options.lang());
    let (tasks, unused) = (draft.rows.len(), draft.left_out());
    let doubtful = drafted.changes.as_ref().map_or_else(|| draft.doubtful(), |changes| changes.doubtful);
    let counts = lang.pick(
        format!(
            "全文 {} 段：{} 段成为任务 {tasks} 项，标题 {} 段，未采用 {unused} 段",
            draft.paragraphs, draft.in_tasks, draft.headings
        ),
        format!(
            "{} paragraphs: {} became {tasks} tasks, {} headings, {unused} nothing",
            draft.paragraphs, draft.in_tasks, draft.headings
        ),
    );
    let mut text = format!("{}\n", styled(BOLD, &counts));
    let shown = drafted.file.display();
    let _ = writeln!(text, "{}", lang.pick(format!("已写入 {shown}"), format!("written to {shown}")));
    if let Some(changes) = &drafted.changes {
        let (new, gone, changed) = (changes.new, changes.gone, changes.changed);
        let line = lang.pick(
            format!("与原表相比：新增 {new}，删除 {gone}，改动 {changed}；见“变更”表"),
            format!("against the older draft: {new} new, {gone} gone, {changed} changed; see the sheet 变更"),
        );
        let _ = writeln!(text, "{line}");
    }
    for one in &draft.fewer {
        let _ = writeln!(text, "{}", styled(WARN, &one.shown(lang)));
    }
    if tasks == 0 {
        let line = lang.pick(
            "没有认出任务：请看“未采用”表，在“采用”栏打√后用 --update 取用",
            "no task was recognised: see the sheet 未采用, mark paragraphs under 采用 and take them in with --update",
        );
        let _ = writeln!(text, "{}", styled(WARN, line));
    } else {
        let line = lang.pick(
            format!("存疑 {doubtful} 项，见“存疑”栏；未采用的段落见“未采用”表"),
            format!("{doubtful} tasks are doubtful (column 存疑); unused paragraphs are in the sheet 未采用"),
        );
        let _ = writeln!(text, "{line}");
        let next = lang.pick(
            format!("下一步：逐项核对，填写“单位名录”中各统称的成员，再用 taizhang template check {shown} 核对"),
            format!(
                "next: check each task, fill in the members of collective names, then `taizhang template check {shown}`"
            ),
        );
        let _ = writeln!(text, "{next}");
    }
    text
}
