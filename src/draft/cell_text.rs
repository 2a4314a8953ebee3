//! What a cell under a heading, or beside a label, adds to the attribution of its task.

use super::attribution::Attribution;
use super::labels::{self, Field};
use super::parts::{self, Part};
use super::units;

/// Adds what a cell of this field says.
pub(super) fn attribute(said: &mut Attribution, field: Field, text: &str) {
    let text = unwrapped(text, field);
    if !labels::find(&text).iter().any(|label| label.field.is_units()) {
        parts::value(said, field, &text);
        return;
    }
    for part in parts::parts(&text) {
        if let Part::Said(more) = part {
            said.merge(more);
        }
    }
}

/// A list of names broken by the width of its column: 市教育⏎局 is one name where each line alone is none.
fn unwrapped(text: &str, field: Field) -> String {
    if !field.is_units() || !text.contains('\n') {
        return text.to_owned();
    }
    let mut whole = String::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let separated = whole.is_empty()
            || whole.ends_with(['、', '，', ',', '；', ';', '：', ':'])
            || line.starts_with(['、', '，', ',']);
        let names = |text: &str| text.rsplit(['、', '，', ',', '；']).next().is_some_and(units::is_unit);
        if !separated && names(&whole) {
            whole.push('\n');
        }
        whole.push_str(line);
    }
    whole
}
