//! `taizhang run`: the main command, and its summary on the screen.

use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};

use super::progress::Bar;
use super::screen::{self, Align, BAD, BOLD, DIM, GOOD, WARN, styled};
use super::{CommandContext, Exit, FailOn};
use crate::basis::Lang;
use crate::basis::finding::Severity;
use crate::campaign::disk::RealDisk;
use crate::campaign::summary::Summary;
use crate::campaign::{RunRequest, RunResult, failure, folders, run as run_campaign};
use crate::ruling::FILE;

/// Its arguments.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// 创建工作所在的文件夹（默认：当前文件夹，或其上级中有 taizhang.toml 的那个）
    #[arg(value_name = "文件夹")]
    dir: Option<PathBuf>,
    /// 只列出将要读取和写入的文件，不写任何文件
    #[arg(long)]
    dry_run: bool,
    /// 收件文件夹确已清空（上次运行时有文件、现在没有时，不加此项不会运行）
    #[arg(long)]
    empty_ok: bool,
}

pub(crate) fn run(args: &Args, context: &CommandContext<'_>) -> anyhow::Result<Exit> {
    let options = context.options;
    let dir = folders::campaign(args.dir.as_deref());
    let request = RunRequest {
        root: dir.clone(),
        switches: options.switches(),
        dry_run: args.dry_run,
        now: None,
        empty_ok: args.empty_ok,
    };
    let ended =
        catch_unwind(AssertUnwindSafe(|| run_campaign(&request, context.readers, &Bar::new(options), &RealDisk)));
    if !args.dry_run {
        failure::note(&dir, &ended);
    }
    let result = ended.unwrap_or_else(|fault| resume_unwind(fault))?;
    let lang = result.summary.lang;
    if !options.quiet {
        for said in &result.complaints {
            screen::note(&format!("{} {}", styled(WARN, lang.pick("注意", "note")), said.in_lang(lang)));
        }
    }
    if let Some(checked) = result.checked.filter(|_| !options.quiet) {
        screen::note(&lang.pick(
            format!("{checked} 核对：没有变化，输出保持不变"),
            format!("checked at {checked}: nothing has changed, the outputs stand"),
        ));
    }
    match (args.dry_run, options.json()) {
        (true, true) => screen::out(&format!("{:#}\n", plan_json(&result))),
        (true, false) => screen::out(&plan(&result, lang)),
        (false, true) => screen::raw(&std::fs::read(result.place.join("run.json"))?),
        (false, false) => screen::out(&summary(&result, &dir, lang)),
    }
    let fail_on = options.fail_on.unwrap_or(FailOn::Never);
    let exit = fail_on.exit(result.summary.severities());
    // The process ends here: what a run holds need not be given back piece by piece, which takes a tenth of a second or more.
    std::mem::forget(result);
    Ok(exit)
}

fn plan_json(result: &RunResult) -> serde_json::Value {
    serde_json::json!({
        "read": result.plan.read,
        "write": result.plan.write,
        "rulings": result.outcome.as_ref().map(super::rulings::needed_json).unwrap_or_default(),
    })
}

/// The output of a dry run.
fn plan(result: &RunResult, lang: Lang) -> String {
    let mut text = String::new();
    for (heading, files) in [
        (lang.pick("将读取", "would be read"), &result.plan.read),
        (lang.pick("将写入", "would be written"), &result.plan.write),
    ] {
        let _ = writeln!(text, "{}", styled(BOLD, &format!("{heading} ({})", files.len())));
        for file in files {
            let _ = writeln!(text, "  {file}");
        }
    }
    if let Some(outcome) = &result.outcome {
        text.push_str(&super::rulings::needed(outcome));
    }
    text
}

/// The summary of a run: counts, then units with missing items, then where to find the outputs.
fn summary(result: &RunResult, dir: &Path, lang: Lang) -> String {
    let summary = &result.summary;
    let (window, start, end) = &summary.window;
    let mut text = String::new();
    let span = format!("{start} – {end}");
    let as_of = screen::moment(summary.as_of);
    let _ = writeln!(text, "{}  {}", styled(BOLD, &summary.title), styled(BOLD, window));
    let about = lang.pick(
        format!("{span}，截止 {}，统计到 {as_of}", screen::moment(summary.due)),
        format!("{span}, due {}, as of {as_of}", screen::moment(summary.due)),
    );
    let _ = writeln!(text, "{}\n", styled(DIM, &about));
    text.push_str(&counts(result, lang));
    text.push_str(&units(summary, lang));
    text.push_str(&where_to_look(result, dir, lang));
    text
}

fn counts(result: &RunResult, lang: Lang) -> String {
    let summary = &result.summary;
    let (t, c) = (&summary.tally, &summary.coverage);
    let of = |severity| summary.count(severity);
    let (errors, warnings, infos) = (of(Severity::Error), of(Severity::Warning), of(Severity::Info));
    let part =
        |word: &str, count: u32, style| (count > 0).then(|| format!("{word} {}", styled(style, &count.to_string())));
    let plain = anstyle::Style::new();
    let lines = [
        (
            lang.pick("文件", "files"),
            t.files,
            vec![
                part(lang.pick("汇总", "merged"), t.files_merged, GOOD),
                part(lang.pick("不能使用", "refused"), t.files_refused, BAD),
                part(lang.pick("被替代", "superseded"), t.files_superseded, plain),
                part(lang.pick("重复", "duplicate"), t.files_duplicate, plain),
                part(lang.pick("未计入", "ignored"), t.files_ignored, DIM),
            ],
        ),
        (
            lang.pick("行", "rows"),
            t.rows_seen,
            vec![
                part(lang.pick("汇总", "merged"), t.rows_merged, GOOD),
                part(lang.pick("未归类", "unmatched"), t.rows_unmatched, WARN),
                part(lang.pick("被替代", "superseded"), t.rows_superseded, plain),
                part(lang.pick("空行", "blank"), t.rows_blank, DIM),
                part(lang.pick("标题、合计等", "section, subtotal …"), t.rows_furniture, DIM),
            ],
        ),
        (
            lang.pick("应报", "expected"),
            c.expected(),
            vec![
                part(lang.pick("按时", "on time"), c.on_time, GOOD),
                part(lang.pick("迟报", "late"), c.late, WARN),
                part(lang.pick("零报告", "nil"), c.nil, plain),
                part(lang.pick("缺报", "missing"), c.missing, BAD),
                part(lang.pick("空表", "blank"), c.blank, BAD),
                part(lang.pick("不可用", "unusable"), c.unusable, BAD),
                part(lang.pick("不涉及", "exempt"), c.exempt, plain),
                part(lang.pick("有异议", "disputed"), c.disputed, WARN),
                part(lang.pick("未到期", "not due"), c.not_due, DIM),
            ],
        ),
        (
            lang.pick("问题", "findings"),
            errors + warnings + infos,
            vec![
                part(lang.pick("强制", "errors"), errors, BAD),
                part(lang.pick("核实", "warnings"), warnings, WARN),
                part(lang.pick("提示", "infos"), infos, DIM),
            ],
        ),
    ];
    let rows: Vec<Vec<String>> = std::iter::once(vec![String::new(); 3])
        .chain(lines.into_iter().map(|(name, total, parts)| {
            let parts = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
            vec![name.to_owned(), styled(BOLD, &total.to_string()), parts]
        }))
        .collect();
    let table = screen::table(&[Align::Left, Align::Right, Align::Left], &rows);
    let mut text = table.split_once('\n').map_or(String::new(), |(_, rest)| rest.to_owned());
    if c.base() > 0 {
        let rates = lang.pick(
            format!("上报率 {}，及时率 {}", rate(c.actual(), c.base()), rate(c.timely(), c.base())),
            format!("reporting rate {}, on-time rate {}", rate(c.actual(), c.base()), rate(c.timely(), c.base())),
        );
        let _ = writeln!(text, "\n  {rates}");
    }
    if summary.doubts > 0 {
        let line = lang.pick(
            format!("待认定 {} 项，见 {FILE}", summary.doubts),
            format!("{} doubts to settle in {FILE}", summary.doubts),
        );
        let _ = writeln!(text, "  {line}");
    }
    if let Some(changes) = &summary.changes {
        let _ = writeln!(text, "  {}", changes.said(&summary.window.0, lang));
    }
    text
}

/// A rate with numerator and denominator.
pub(crate) fn rate(numerator: u32, denominator: u32) -> String {
    if denominator == 0 {
        return "—".into();
    }
    format!("{:.1}% ({numerator}/{denominator})", f64::from(numerator) * 100.0 / f64::from(denominator))
}

/// The most units listed in the summary.
const UNITS_SHOWN: usize = 20;

fn units(summary: &Summary, lang: Lang) -> String {
    let gaps = &summary.units;
    if gaps.is_empty() {
        return String::new();
    }
    let mut rows = screen::headed(lang.pick(
        ["单位", "应报", "缺报", "空表", "不可用", "迟报", "强制问题", "上报率"],
        ["unit", "expected", "missing", "blank", "unusable", "late", "errors", "reporting rate"],
    ));
    let shown = |count: u32, style| if count == 0 { styled(DIM, "0") } else { styled(style, &count.to_string()) };
    for unit in gaps.iter().take(UNITS_SHOWN) {
        let c = &unit.coverage;
        rows.push(vec![
            unit.name.clone(),
            c.expected().to_string(),
            shown(c.missing, BAD),
            shown(c.blank, BAD),
            shown(c.unusable, BAD),
            shown(c.late, WARN),
            shown(unit.errors, BAD),
            rate(c.actual(), c.base()),
        ]);
    }
    let mut aligns = [Align::Right; 8];
    aligns[0] = Align::Left;
    let heading = lang.pick("有缺项或问题的单位", "units with gaps or faults");
    let mut text = format!("\n{}\n{}", styled(BOLD, heading), screen::table(&aligns, &rows));
    if gaps.len() > UNITS_SHOWN {
        let more = gaps.len() - UNITS_SHOWN;
        let _ = writeln!(text, "  {}", lang.pick(format!("……另有 {more} 个单位"), format!("… and {more} more")));
    }
    text
}

fn where_to_look(result: &RunResult, dir: &Path, lang: Lang) -> String {
    let place = result.place.strip_prefix(dir).map_or(result.place.clone(), |below| dir.join(below));
    let mut text = format!("\n{} {}\n", styled(BOLD, lang.pick("输出在", "outputs in")), place.display());
    let mut folders: std::collections::BTreeMap<&str, u32> = std::collections::BTreeMap::new();
    for path in &result.written {
        match path.split_once('/') {
            Some((folder, _)) => *folders.entry(folder).or_default() += 1,
            None => {
                let _ = writeln!(text, "  {path}");
            }
        }
    }
    for (folder, count) in folders {
        let files = lang.pick(format!("{count} 份"), format!("{count} files"));
        let _ = writeln!(text, "  {folder}/  {}", styled(DIM, &files));
    }
    text
}
