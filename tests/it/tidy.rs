//! The shape of the source tree: layers, one home for each outside crate, registries without gaps, nothing local committed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use taizhang::check::KINDS;

use crate::build::root;

/// The layers in the order of `src/lib.rs`: each uses only those above it.
fn layers() -> Vec<String> {
    let lib = fs::read_to_string(root().join("src/lib.rs")).expect("lib.rs");
    lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';').map(String::from)).collect()
}

/// The Rust files of `src` with their layer (folder or file below it) and text.
fn sources() -> Vec<(PathBuf, String, String)> {
    let src = root().join("src");
    let files = walkdir::WalkDir::new(&src).sort_by_file_name().into_iter().map(|entry| entry.expect("readable"));
    files
        .filter(|entry| entry.path().extension().is_some_and(|e| e == "rs"))
        .map(|entry| {
            let path = entry.path().strip_prefix(&src).expect("below src").to_path_buf();
            let layer = path.iter().next().and_then(|part| part.to_str()).expect("a name").trim_end_matches(".rs");
            let text = fs::read_to_string(entry.path()).expect("readable");
            (path.clone(), layer.to_string(), text)
        })
        .collect()
}

/// Modules that only tests have: what follows `#[cfg(test)]`.
fn of_tests() -> Vec<String> {
    let name = |line: &str| Some(line.split("mod ").nth(1)?.strip_suffix(';')?.to_string());
    let in_file = |text: &str| {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        lines.windows(2).filter(|two| two[0] == "#[cfg(test)]").filter_map(|two| name(two[1])).collect::<Vec<_>>()
    };
    sources().iter().flat_map(|(_, _, text)| in_file(text)).collect()
}

/// Whether a file is one of these modules, or in the folder of one.
fn is_of_tests(path: &Path, modules: &[String]) -> bool {
    path.with_extension("").iter().any(|part| modules.iter().any(|module| part == module.as_str()))
}

/// The code of a file without comments and without its tests, which stand at its end.
fn code(text: &str) -> String {
    let before = text.split("#[cfg(test)]\nmod tests").next().unwrap_or(text);
    before.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn each_layer_uses_only_those_above_it() {
    let layers = layers();
    let rank = |name: &str| layers.iter().position(|layer| layer == name);
    let (mut wrong, of_tests) = (Vec::new(), of_tests());
    for (path, layer, text) in sources() {
        let Some(own) = rank(&layer) else { continue };
        if is_of_tests(&path, &of_tests) {
            continue;
        }
        for name in code(&text).split("crate::").skip(1).flat_map(modules) {
            if rank(&name).is_some_and(|other| other > own) {
                wrong.push(format!("{}: uses {name}", path.display()));
            }
        }
    }
    assert!(layers.len() > 10, "lib.rs lists its layers");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The modules named after `crate::`: one, or those of a list in braces.
fn modules(used: &str) -> Vec<String> {
    let name = |text: &str| text.trim().chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
    let Some(list) = used.strip_prefix('{') else { return vec![name(used)] };
    let mut depth = 1;
    let end = list.find(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        depth == 0
    });
    let mut depth = 0;
    let top = |c: char| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    };
    list[..end.unwrap_or(list.len())].split(top).map(name).collect()
}

#[test]
fn modules_are_found_in_lists_too() {
    assert_eq!(modules("read::{Raw, read};"), ["read"]);
    assert_eq!(modules("{basis::{Lang, place::Area}, report::Report};"), ["basis", "report"]);
}

/// Outside crates that have one home: the crate, and where its name may stand.
const HOMES: &[(&str, &[&str])] = &[
    // What opens strangers' containers and pages; outputs are packed in render/, plans are told by draft/.
    ("zip", &["read/", "render/"]),
    ("cfb", &["read/"]),
    ("scraper", &["read/", "draft/"]),
    ("calamine", &["read/"]),
    ("rust_xlsxwriter", &["render/"]),
    ("rusqlite", &["campaign/"]),
    ("clap", &["cli/"]),
    ("minijinja", &["render/"]),
];

#[test]
fn outside_crates_have_one_home() {
    let mut wrong = Vec::new();
    for (path, _, text) in sources() {
        let text = code(&text);
        let place = path.to_string_lossy().replace('\\', "/");
        for (name, homes) in HOMES {
            let used = text.contains(&format!("use {name}")) || text.contains(&format!("{name}::"));
            if used && !homes.iter().any(|home| place.starts_with(home)) {
                wrong.push(format!("{place}: {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let parallel = sources().into_iter().filter(|(_, _, text)| code(text).contains("use rayon"));
    let parallel: Vec<_> = parallel.map(|(path, ..)| path).collect();
    assert!(parallel.len() <= 3, "files, texts and outputs are driven in one place each: {parallel:?}");
}

/// What takes strangers' bytes apart, and the files in which it may be called: the left half of the road and what a
/// worker answers. The parent's own hands only carry such bytes.
const PARSERS: [(&str, &[&str]); 8] = [
    // The marked copies are made by a worker, which the last lines of the test make sure of.
    ("read::read(", &["campaign/readers.rs", "pipeline.rs", "render/returned/mod.rs"]),
    ("read::appearance(", &["campaign/readers.rs"]),
    ("second::read_again(", &["pipeline.rs"]),
    // What the second opens beside the copy is a workbook of ours, what the third opens the copy itself; 人工认定.xlsx is the
    // office's own, which a worker has read before; blank forms have just been made here.
    (
        "Package::open(",
        &[
            "render/returned/patched.rs", "render/package/graft.rs", "render/package/proof.rs", "render/rulings.rs",
            "render/blank_forms.rs",
        ],
    ),
    ("zip_entries::", &["campaign/readers.rs"]),
    // Plans are taken apart by a worker too, as the last lines of the test make sure.
    ("sniff::", &["campaign/readers.rs", "draft/file.rs"]),
    ("pipeline::take_in(", &["campaign/readers.rs"]),
    ("InProcess", &["campaign/readers.rs", "campaign/worker/child.rs"]),
];

#[test]
fn no_strangers_bytes_are_parsed_outside_a_worker() {
    let (mut seen, of_tests) = (vec![0; PARSERS.len()], of_tests());
    let checked = |path: &Path, layer: &str| layer != "read" && !is_of_tests(path, &of_tests);
    for (path, layer, text) in sources().iter().filter(|(path, layer, _)| checked(path, layer)) {
        let (place, text) = (path.to_string_lossy().replace('\\', "/"), code(text));
        for ((parser, homes), seen) in PARSERS.iter().zip(&mut seen) {
            if text.contains(parser) {
                *seen += 1;
                assert!(homes.contains(&place.as_str()), "{layer}: {place} calls {parser}");
            }
        }
    }
    assert!(seen.iter().all(|seen| *seen > 0), "the names of {PARSERS:?} are those of the code");
    // Who asks for the work of a worker's hands by name could do it in this process.
    for call in ["returned::marked(", "file::read("] {
        let by_hand =
            sources().into_iter().filter(|(path, _, text)| !path.ends_with("tests.rs") && code(text).contains(call));
        assert_eq!(by_hand.map(|(path, ..)| path).collect::<Vec<_>>(), [Path::new("campaign/readers.rs")], "{call}");
    }
}

#[test]
fn every_check_is_registered() {
    let registry = fs::read_to_string(root().join("src/check/registry.rs")).expect("the registry");
    for (path, ..) in sources().iter().filter(|(path, ..)| path.starts_with("check")) {
        let stem = path.file_stem().and_then(|s| s.to_str()).expect("a name");
        let letter_and_digits = stem.split('_').next().unwrap_or(stem);
        let (letter, digits) = letter_and_digits.split_at(1);
        if digits.len() >= 2 && digits.bytes().all(|b| b.is_ascii_digit()) && "fscrxdpw".contains(letter) {
            assert!(registry.contains(&format!("{stem}::")), "{stem} is not in the registry");
        }
    }
    let mut codes: Vec<_> = KINDS.iter().map(|kind| kind.code).collect();
    codes.sort_unstable();
    assert!(codes.windows(2).all(|pair| pair[0] != pair[1]), "a code stands twice");
}

/// Whether a text between quotes is a code of a finding: `D402`.
fn is_code(text: &str) -> bool {
    let digits = text.strip_prefix(|c: char| "FSCRXDPW".contains(c)).unwrap_or_default();
    (2..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

#[test]
fn codes_stand_in_their_kinds_alone() {
    let (mut wrong, of_tests) = (Vec::new(), of_tests());
    for (path, layer, text) in sources() {
        let at_home = ["check", "basis"].contains(&layer.as_str()) || path.starts_with("division/lint");
        if at_home || is_of_tests(&path, &of_tests) {
            continue;
        }
        let code = code(&text);
        wrong.extend(code.split('"').filter(|text| is_code(text)).map(|text| format!("{}: {text}", path.display())));
    }
    // What a finding is about is asked of its kind (`scope`), not of its code.
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(is_code("D402") && is_code("S18") && !is_code("D4") && !is_code("A402"));
}

#[test]
fn every_code_is_explained_in_both_languages() {
    for kind in KINDS {
        for wording in [&kind.zh, &kind.en] {
            for text in [wording.title, wording.message, wording.why, wording.mend, wording.example] {
                assert!(!text.trim().is_empty(), "{} lacks a text", kind.code);
            }
        }
    }
}

#[test]
fn every_code_has_a_gallery_sample() {
    let gallery = root().join("samples/findings");
    let shown: Vec<String> = fs::read_dir(&gallery)
        .map(|entries| entries.filter_map(|e| e.ok()?.file_name().into_string().ok()).collect())
        .unwrap_or_default();
    let missing: Vec<_> = KINDS
        .iter()
        // W codes are faults of the run itself, not of a file
        .filter(|kind| !kind.code.starts_with('W'))
        .filter(|kind| !shown.iter().any(|name| name.to_ascii_uppercase().starts_with(kind.code)))
        .map(|kind| kind.code)
        .collect();
    assert!(missing.is_empty(), "no sample under samples/findings: {missing:?}");
}

#[test]
fn nothing_committed_names_a_machine() {
    let listed = Command::new("git").args(["ls-files", "-z"]).current_dir(root()).output();
    // outside a clone (a source archive) there is nothing to list
    let Ok(listed) = listed.map(|output| output.stdout) else { return };
    // put together here, so that this file does not hold what it looks for
    let bad = [["/wo", "rk/"], ["/ro", "ot/"], ["/ho", "me/"], ["C:\\Us", "ers\\"], ["/tm", "p/bash"]]
        .map(|parts| parts.concat());
    for name in String::from_utf8_lossy(&listed).split('\0').filter(|name| !name.is_empty()) {
        let Ok(text) = fs::read_to_string(root().join(Path::new(name))) else { continue };
        for path in &bad {
            assert!(!text.contains(path.as_str()), "{name} names {path}");
        }
    }
}
