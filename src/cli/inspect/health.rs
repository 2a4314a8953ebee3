//! `taizhang inspect --health`: what is amiss in a file whatever stands in it (体检); nothing for a clean file.

use std::fmt::Write as _;

use crate::basis::Lang;
use crate::campaign::examine::Examined;
use crate::check::support::refusal;
use crate::cli::screen::{self, BOLD, DIM, WARN, styled};
use crate::outcome::ailments;
use crate::read::Ailment;

/// Columns of the widest name of an ailment.
const WIDE: usize = 22;

/// Prints the files in which something is amiss.
pub(super) fn print(files: &[Examined], json: bool, lang: Lang) {
    if json {
        screen::out(&format!("{:#}\n", self::json(files, lang)));
        return;
    }
    let mut text = String::new();
    for file in files {
        report(&mut text, file, lang);
    }
    screen::out(&text);
}

fn report(text: &mut String, file: &Examined, lang: Lang) {
    let name = &file.taken.source.name;
    let health = match &file.health {
        Ok(health) => health,
        Err(why) => {
            let why = refusal::words(why);
            let _ = writeln!(text, "{}\n  {}", styled(BOLD, name), styled(WARN, why.in_lang(lang)));
            return;
        }
    };
    let lines = ailments::lines(health, lang);
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(text, "{}", styled(BOLD, name));
    let names = health.ailments.keys().map(|ailment| ailment.name()).chain(std::iter::repeat(""));
    for (name, line) in names.zip(lines) {
        let name = format!("{name:<WIDE$}");
        let _ = writeln!(text, "  {}{line}", styled(DIM, &name));
    }
}

fn json(files: &[Examined], lang: Lang) -> serde_json::Value {
    let ailment = |ailment: &Ailment, places: &Vec<String>| {
        serde_json::json!({
            "name": ailment.name(), "places": places, "message": ailments::line(*ailment, places, lang),
        })
    };
    let file = |file: &Examined| match &file.health {
        Ok(health) => serde_json::json!({
            "path": file.taken.source.name,
            "health": health.ailments.iter().map(|(one, places)| ailment(one, places)).collect::<Vec<_>>(),
            "saved": {"by": health.saved.by, "at": health.saved.at},
        }),
        Err(why) => serde_json::json!({
            "path": file.taken.source.name, "health": null, "why": refusal::words(why).in_lang(lang),
        }),
    };
    serde_json::json!({"files": files.iter().map(file).collect::<Vec<_>>()})
}
