//! Progress: the number of files read and their total.

use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::options::Options;
use crate::basis::Lang;
use crate::campaign::gather::Progress;

/// A progress bar on stderr; hidden if stderr is not a terminal.
#[derive(Debug)]
pub struct Bar {
    shown: Mutex<ProgressBar>,
    lang: Lang,
    quiet: bool,
}

impl Bar {
    /// The progress bar for these switches.
    pub fn new(options: &Options) -> Bar {
        Bar { shown: Mutex::new(ProgressBar::hidden()), lang: options.lang(), quiet: options.quiet }
    }

    fn with(&self, act: impl FnOnce(&mut ProgressBar)) {
        if let Ok(mut bar) = self.shown.lock() {
            act(&mut bar);
        }
    }
}

impl Progress for Bar {
    fn begin(&self, files: usize) {
        if self.quiet {
            return;
        }
        let words = self.lang.pick("读取", "reading");
        let new = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template(&format!("{words} {{pos}}/{{len}} {{wide_bar}} {{elapsed}}")) {
            new.set_style(style);
        }
        self.with(|bar| *bar = new);
    }

    fn one_done(&self) {
        self.with(|bar| bar.inc(1));
    }

    fn end(&self) {
        self.with(|bar| bar.finish_and_clear());
    }
}
