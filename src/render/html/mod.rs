//! 缺项报告.html: the missing-items report as one self-contained HTML file.

mod context;
mod overview;
mod paper;
mod rest;
mod rows;
mod tones;
mod words;

use anyhow::Result;
use minijinja::Environment;

use super::{Output, RenderInput, Shelf};

/// The output.
pub struct Page;

impl Output for Page {
    fn render(&self, from: RenderInput<'_>, to: &dyn Shelf) -> Result<()> {
        // templates named .html escape everything they print
        let mut templates = Environment::new();
        templates.add_template("report.html", include_str!("report.html"))?;
        templates.add_template("report.css", include_str!("report.css"))?;
        templates.add_template("report.js", include_str!("report.js"))?;
        let page = templates.get_template("report.html")?.render(minijinja::value::Serde(context::context(from)))?;
        to.put_bytes("缺项报告.html", page.as_bytes())
    }
}
