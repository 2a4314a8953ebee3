//! Names of output files: without characters that file systems forbid, short enough, and unique.

use std::collections::BTreeSet;

/// The most bytes of a name without its extension. File systems allow 255, some encrypted ones 143; `(2)` and `.docx` are
/// appended.
const LONGEST: usize = 120;

/// Names that Windows reserves for devices, with any extension.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The names given in one folder.
#[derive(Clone, Debug, Default)]
pub struct FileNames(BTreeSet<String>);

impl FileNames {
    /// A clean, short name; `(2)` is appended if it was given before.
    pub fn give(&mut self, wanted: &str) -> String {
        let base = clean(wanted);
        let mut name = base.clone();
        for count in 2u32.. {
            if self.0.insert(name.to_lowercase()) {
                break;
            }
            name = format!("{base}({count})");
        }
        name
    }
}

fn clean(wanted: &str) -> String {
    let allowed = |c: char| if c.is_control() || "/\\:*?\"<>|".contains(c) { '_' } else { c };
    let bare = |c: char| c == '.' || c.is_whitespace();
    let clean: String = wanted.chars().map(allowed).collect();
    let mut clean = clean.trim_matches(bare);
    if clean.len() > LONGEST {
        clean = clean[..clean.floor_char_boundary(LONGEST)].trim_end_matches(bare);
    }
    let stem = clean.split('.').next().unwrap_or(clean).to_ascii_lowercase();
    let port = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    let port = port.is_some_and(|number| number.len() == 1 && number.as_bytes()[0].is_ascii_digit());
    match clean {
        "" => "未命名".to_owned(),
        _ if port || DEVICES.contains(&stem.as_str()) => format!("_{clean}"),
        _ => clean.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_cleaned_and_given_once() {
        let mut names = FileNames::default();
        let given: Vec<String> = ["综合科", "综合科", "../机要/科", "a:b", "...", "", "Con.x", "com1", "common"]
            .iter()
            .map(|name| names.give(name))
            .collect();
        assert_eq!(
            given,
            ["综合科", "综合科(2)", "_机要_科", "a_b", "未命名", "未命名(2)", "_Con.x", "_com1", "common"]
        );
    }

    #[test]
    fn what_no_file_system_holds_is_cut_between_characters_and_stays_apart() {
        let mut names = FileNames::default();
        let given = [names.give(&"科".repeat(90)), names.give(&"科".repeat(91)), names.give(&"科".repeat(40))];
        assert_eq!(given, ["科".repeat(40), "科".repeat(40) + "(2)", "科".repeat(40) + "(3)"]);
        assert!(given.iter().all(|name| name.len() + ".docx".len() <= 143));
    }
}
