//! 缺项报告.html: the missing-items report for anyone with a browser, in one file that needs nothing else.

mod context;
mod words;

use anyhow::Result;
use minijinja::Environment;

use super::{Output, RenderInput, Rendered};

/// The output.
pub struct Page;

impl Output for Page {
    fn render(&self, from: RenderInput<'_>) -> Result<Vec<Rendered>> {
        // A template whose name ends in .html escapes whatever it prints.
        let mut templates = Environment::new();
        templates.add_template("report.html", include_str!("report.html"))?;
        templates.add_template("report.css", include_str!("report.css"))?;
        templates.add_template("report.js", include_str!("report.js"))?;
        let page = templates.get_template("report.html")?.render(minijinja::value::Serde(context::context(from)))?;
        Ok(vec![Rendered::new("缺项报告.html", page.into_bytes())])
    }
}
