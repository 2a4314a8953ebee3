//! The sheets of a drafted division as texts, as they are written and as `draft --update` reads them.

use super::Draft;
use crate::basis::Lang;

/// The sheet of tasks.
pub const TASKS: &str = "任务分工";
/// The sheet of units.
pub const ROSTER: &str = "单位名录";
/// The sheet of settings.
pub const PARAMETERS: &str = "参数";
/// The sheet of paragraphs that were not used.
pub const UNUSED: &str = "未采用";
/// The sheet that lists what an update changed.
pub const CHANGES: &str = "变更";
/// The hidden sheet with the tasks as drafted, so that an update can tell what a person has changed since.
pub const BASE: &str = "底稿";

/// The columns of the sheet of tasks.
pub const TASK_COLUMNS: [&str; 15] = [
    "任务编号", "任务类别", "工作任务", "工作标准", "牵头领导", "牵头单位", "责任单位", "配合单位", "完成时限",
    "报送周期", "考核指标", "佐证材料", "分值", "出处", "存疑",
];

/// A sheet as texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Its name.
    pub name: String,
    /// The line above its headings; none where it has no headings.
    pub title: String,
    /// Its headings; empty for a sheet that is only carried over.
    pub headings: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
    /// Whether it is hidden.
    pub hidden: bool,
}

impl Page {
    /// The position of a column.
    pub fn column(&self, heading: &str) -> Option<usize> {
        self.headings.iter().position(|own| own == heading)
    }

    /// The text of a row under a heading.
    pub fn cell(&self, row: usize, heading: &str) -> &str {
        let at = self.column(heading);
        at.and_then(|at| self.rows.get(row)?.get(at)).map_or("", String::as_str)
    }

    /// The rows of a sheet of tasks with something doubtful.
    pub fn doubtful(&self) -> usize {
        (0..self.rows.len()).filter(|row| !self.cell(*row, "存疑").is_empty()).count()
    }
}

/// What stands above the tasks: how many there are, and what is to be checked.
pub(super) fn title(tasks: &Page, draft: &Draft) -> String {
    let check = std::iter::once("逐项核对后使用".to_owned());
    let check: Vec<String> = check.chain(draft.fewer.iter().map(|one| one.shown(Lang::Zh))).collect();
    format!("{DRAFTED}共{}项，存疑{}项；{}）", tasks.rows.len(), tasks.doubtful(), check.join("；"))
}

/// How that title begins as long as no person has changed it.
pub(super) const DRAFTED: &str = "任务分工（草稿，";

/// The sheets of a draft, in the order they are written.
pub fn pages(draft: &Draft) -> Vec<Page> {
    let page = |name: &str, title: String, headings: &[&str], rows: Vec<Vec<String>>| Page {
        name: name.to_owned(),
        title,
        headings: headings.iter().map(ToString::to_string).collect(),
        rows,
        hidden: false,
    };
    let rows: Vec<Vec<String>> = draft.rows.iter().map(cells).collect();
    let mut tasks = page(TASKS, String::new(), &TASK_COLUMNS, rows.clone());
    tasks.title = title(&tasks, draft);
    let roster = draft.roster.iter().map(|named| {
        // A collective name is a group: its members are filled in above, one a line.
        let (name, group) =
            if named.collective { (String::new(), named.name.clone()) } else { (named.name.clone(), String::new()) };
        let note = if named.collective {
            "统称：请把所含单位逐个填在“单位名称”栏，一行一个，分组写此名".to_owned()
        } else {
            named.note.clone()
        };
        vec![name, String::new(), group, String::new(), String::new(), String::new(), String::new(), note]
    });
    let roster = page(
        ROSTER,
        "单位名录（按方案中出现的先后）".into(),
        &["单位名称", "别名", "分组", "上级单位", "人数", "联系人", "联系电话", "存疑"],
        roster.collect(),
    );
    let parameters = draft
        .parameters
        .iter()
        .map(|one| vec![one.name.clone(), one.value.clone(), format!("{}：{}", one.spot.shown(), one.text)]);
    let parameters = page(PARAMETERS, "参数（方案中的统一规定）".into(), &["名称", "值", "出处"], parameters.collect());
    let unused =
        draft.unused.iter().map(|one| vec![one.spot.shown(), one.text.clone(), one.reason.clone(), String::new()]);
    let unused = page(
        UNUSED,
        format!("未采用的段落（共{}段；要作任务的，在“采用”栏打√，再用 draft --update）", draft.unused.len()),
        &["位置", "原文", "原因", "采用"],
        unused.collect(),
    );
    let base = Page { hidden: true, ..page(BASE, String::new(), &TASK_COLUMNS, rows) };
    vec![tasks, roster, parameters, unused, base]
}

/// The cells of a task.
fn cells(row: &super::Row) -> Vec<String> {
    let list = |names: &[String]| names.join("、");
    vec![
        row.code.clone(),
        row.category.clone(),
        row.task.clone(),
        row.standard.clone(),
        list(&row.leaders),
        list(&row.lead),
        list(&row.units),
        list(&row.support),
        row.deadline.clone(),
        row.cycle.clone(),
        row.indicator.clone(),
        row.evidence.clone(),
        row.marks.clone(),
        row.source(),
        row.doubts.join("；"),
    ]
}
