//! 缺项报告.html: escaped, in one file, and in a browser: filters, search, sorting, print.

use std::path::PathBuf;
use std::process::Command;

use taizhang::outcome::Figures;
use taizhang::render::html::Page;
use taizhang::render::layout::Layout;
use taizhang::render::{InMemory, Output, RenderInput};

use super::fixture::{AsSent, outcome, rendered};

fn page() -> String {
    String::from_utf8(rendered(&outcome()).remove("缺项报告.html").expect("the page")).expect("UTF-8")
}

/// The browser, if this machine has one.
fn browser() -> Option<&'static str> {
    ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find(|name| Command::new(name).arg("--version").output().is_ok_and(|out| out.status.success()))
}

/// The page after its script has run, with what is asked for in its address.
fn shown(asked: &str) -> Option<String> {
    run(&page(), asked)
}

/// A page after its script has run.
fn run(page: &str, asked: &str) -> Option<String> {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("page.html");
    std::fs::write(&file, page).expect("writable");
    let out = Command::new(browser()?)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=2000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", dir.path().join("profile").display()))
        .arg(format!("file://{}#{asked}", file.display()))
        .output()
        .expect("the browser runs");
    Some(String::from_utf8_lossy(&out.stdout).into_owned())
}

/// The codes of the rows that are shown in the lists.
fn codes(dom: &str) -> Vec<&str> {
    let rows = dom.split("<tr data-unit=\"").skip(1).map(|row| row.split_once('>').map_or(row, |(tag, _)| tag));
    let shown = rows.filter(|tag| !tag.contains("hidden"));
    shown.filter_map(|tag| tag.split_once("data-kind=\"")?.1.split('"').next()).collect()
}

#[test]
fn what_strangers_wrote_is_escaped_and_nothing_is_fetched() {
    let page = page();
    assert!(!page.contains("<script>alert"), "hostile text ran through");
    assert!(page.contains("&lt;script&gt;alert(1)"), "the hostile text is shown");
    for outside in ["http://", "https://", "src=", "@import", "<link"] {
        let found = page.replace("http://evil.example", "").contains(outside);
        assert!(!found, "{outside} in the page");
    }
    for landmark in ["<header", "<nav aria-label", "<main", "<footer", "lang=\"zh-CN\"", "role=\"search\""] {
        assert!(page.contains(landmark), "{landmark}");
    }
}

#[test]
fn without_script_everything_can_be_read() {
    let page = page();
    assert_eq!(codes(&page).len(), 14);
    assert!(page.contains("<form id=\"filters\" role=\"search\" aria-label=\"筛选\" hidden>"));
}

#[test]
fn filters_and_search_show_what_is_asked_for() {
    let Some(all) = shown("") else { return };
    assert_eq!(codes(&all).len(), 14);
    for (asked, wanted) in [
        ("unit=综合科", vec!["D404", "D402", "D402", "C102", "D404", "R201"]),
        ("unit=综合科&severity=warning", vec!["R201"]),
        ("kind=C102", vec!["C102"]),
        ("leader=纪检组长", vec!["D402", "D412", "D402"]),
        ("task=1-2&q=日期", vec!["C102"]),
        ("q=没有这样的字", vec![]),
    ] {
        assert_eq!(codes(&shown(asked).expect("a browser")), wanted, "{asked}");
    }
}

#[test]
fn every_row_of_a_long_list_is_reached() {
    let outcome = outcome();
    let mut figures = Figures::of(&outcome);
    let few = std::mem::take(&mut figures.gaps);
    figures.gaps = (0..5_000).map(|at| few[at % few.len()].clone()).collect();
    for (at, gap) in figures.gaps.iter_mut().enumerate() {
        gap.message = format!("第{at}处</script>");
    }
    let layout = Layout::of(&outcome);
    let from =
        RenderInput { outcome: &outcome, figures: &figures, layout: &layout, form: None, copies: &AsSent(&outcome) };
    let outputs = InMemory::default();
    Page.render(from, &outputs).expect("a page");
    let page = String::from_utf8(outputs.files().remove(0).bytes).expect("UTF-8");
    // Without script the first part can be read, and the page says that there is more.
    assert_eq!(page.matches("第1999处&lt;").count() + page.matches("第2000处&lt;").count(), 2, "list and paper, cut");
    assert!(page.contains("note cut"));
    let issues = outcome.issues.len();
    let Some(all) = run(&page, "") else { return };
    let count = |dom: &str| {
        dom.split_once("<output id=\"shown\"")
            .and_then(|(_, rest)| Some(rest.split_once("</")?.0.rsplit_once('>')?.1.to_owned()))
    };
    assert_eq!(count(&all), Some(format!("{0} / {0}", 5_000 + issues)));
    let one = run(&page, "q=第4321处").expect("a browser");
    assert_eq!(count(&one), Some(format!("1 / {}", 5_000 + issues)));
    assert_eq!(codes(&one), [few[4_321 % few.len()].code]);
    assert!(one.contains("<td>第4321处&lt;/script&gt;</td>"), "drawn as text");
}

/// What a script gives for the page in a frame of so many pixels, after `done` has run in the page.
fn measured(width: u32, done: &str) -> Option<String> {
    let dir = tempfile::tempdir().expect("a folder");
    let quoted = page().replace('&', "&amp;").replace('"', "&quot;");
    // a browser window is not as narrow as a telephone, a frame is
    let frame = format!(
        "<!DOCTYPE html><body><pre id='said'></pre><iframe id='page' style='width:{width}px;height:800px;border:0' srcdoc=\"{quoted}\"></iframe>
        <script>page.onload = () => {{ const inner = page.contentDocument; said.textContent = (() => {{ {done} }})(); }};</script>"
    );
    let file = dir.path().join("frame.html");
    std::fs::write(&file, frame).expect("writable");
    let out = Command::new(browser()?)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=3000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", dir.path().join("profile").display()))
        .arg(format!("file://{}", file.display()))
        .output()
        .expect("the browser runs");
    let dom = String::from_utf8_lossy(&out.stdout).into_owned();
    let said = dom.split_once("<pre id=\"said\">").and_then(|(_, rest)| rest.split_once("</pre>"));
    Some(said.map_or_else(String::new, |(said, _)| said.to_owned()))
}

#[test]
fn nothing_overflows_on_a_telephone() {
    let script = "return inner.documentElement.scrollWidth + ' ' + inner.documentElement.clientWidth;";
    let Some(said) = measured(390, script) else { return };
    // A scroll bar beside the page may take some of it.
    let widths: Vec<u32> = said.split(' ').map(|width| width.parse().expect("a width")).collect();
    assert!(widths[0] <= widths[1] && widths[1] > 360, "{said}");
}

#[test]
fn a_heading_sorts_its_list_up_and_down() {
    let script = |column: u32, clicks: u32| {
        format!(
            "const list = inner.querySelector('#units table.list'); const button = list.querySelectorAll('thead th')[{column}].querySelector('button');
            for (let at = 0; at < {clicks}; at++) button.click();
            return [...list.tBodies[0].rows].map((row) => row.cells[{column}].textContent).join(' ');"
        )
    };
    let Some(up) = measured(1200, &script(2, 1)) else { return };
    // what is due of each unit, as a number
    assert_eq!(up, "2 3 3 3");
    assert_eq!(measured(1200, &script(2, 2)).as_deref(), Some("3 3 3 2"));
    let names = measured(1200, &script(1, 1)).expect("a browser");
    assert_eq!(names, "车辆管理所 管理一科 汇总台账 综合科");
}

#[test]
fn it_prints_on_paper() {
    let Some(browser) = browser() else { return };
    let dir = tempfile::tempdir().expect("a folder");
    let (file, pdf): (PathBuf, PathBuf) = (dir.path().join("page.html"), dir.path().join("page.pdf"));
    std::fs::write(&file, page()).expect("writable");
    let done = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"])
        .arg(format!("--user-data-dir={}", dir.path().join("profile").display()))
        .arg(format!("--print-to-pdf={}", pdf.display()))
        .arg(format!("file://{}", file.display()))
        .output()
        .expect("the browser runs");
    assert!(done.status.success());
    assert!(std::fs::read(pdf).expect("a pdf").starts_with(b"%PDF"));
    // on paper the tasks of a unit that lack the same stand in one row
    let page = page();
    let paper =
        page.split_once("<table class=\"paper\">").and_then(|(_, rest)| rest.split_once("</table>")).expect("it").0;
    assert!(paper.contains("<td>1-2、2-1、2-2</td>"), "{paper}");
}
