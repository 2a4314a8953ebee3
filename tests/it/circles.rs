//! No circles between files: what a file uses does not use it back.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::build::root;

/// A path of names: a module, or something in it.
type Names = Vec<String>;

/// A file of `src`: its code without comments and tests, as tokens.
struct File {
    tokens: Vec<String>,
    /// What its `use` declarations bring into scope, by name.
    uses: BTreeMap<String, Names>,
}

/// The files by module, without those that only tests have.
fn files() -> BTreeMap<Names, File> {
    let src = root().join("src");
    let mut texts: BTreeMap<Names, String> = BTreeMap::new();
    for entry in walkdir::WalkDir::new(&src).into_iter().map(|entry| entry.expect("readable")) {
        let path = entry.path().strip_prefix(&src).expect("below src").with_extension("");
        let mut module: Names = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        if entry.path().extension().is_none_or(|e| e != "rs") || module == ["main"] {
            continue;
        }
        module.pop_if(|last| last == "mod" || last == "lib");
        texts.insert(module, fs::read_to_string(entry.path()).expect("readable"));
    }
    let of_tests: Vec<Names> = texts.iter().flat_map(|(module, text)| test_modules(module, text)).collect();
    texts.retain(|module, _| !of_tests.iter().any(|tests| module.starts_with(tests)));
    let files = texts.into_iter().map(|(module, text)| (module, File { tokens: tokens(&text), uses: BTreeMap::new() }));
    let mut files: BTreeMap<Names, File> = files.collect();
    for (module, file) in &mut files {
        for (path, name, _) in uses(&file.tokens) {
            file.uses.insert(name, absolute(module, &path, &BTreeMap::new()).unwrap_or_default());
        }
    }
    files
}

/// The modules that a file declares for its tests alone.
fn test_modules(module: &Names, text: &str) -> Vec<Names> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let declared = lines.windows(2).filter(|two| two[0] == "#[cfg(test)]");
    let names = declared.filter_map(|two| two[1].split("mod ").nth(1)?.strip_suffix(';'));
    names.map(|name| [module.as_slice(), &[name.to_owned()]].concat()).collect()
}

/// The words and signs of a file's code; `::` is one sign.
fn tokens(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or(text);
    let code: Vec<&str> = code.lines().map(|line| line.split("//").next().unwrap_or(line)).collect();
    // `pub(in …)` says who may see something.
    let code = code.join("\n").replace("pub(in crate::", "pub(");
    let mut tokens: Vec<String> = Vec::new();
    let mut in_word = false;
    for c in code.chars() {
        let wordlike = c.is_alphanumeric() || c == '_';
        match tokens.last_mut() {
            Some(last) if wordlike && in_word => last.push(c),
            Some(last) if c == ':' && last == ":" => last.push(c),
            _ if !c.is_whitespace() => tokens.push(c.to_string()),
            _ => {}
        }
        in_word = wordlike;
    }
    tokens
}

/// What the `use` declarations name: the path, the name it has here, and whether it is exported again.
fn uses(tokens: &[String]) -> Vec<(Names, String, bool)> {
    let mut all = Vec::new();
    let begins = tokens.iter().enumerate().filter(|(_, token)| *token == "use").map(|(at, _)| at);
    for at in begins {
        let exported = at > 0 && (tokens[at - 1] == "pub" || tokens[at - 1] == ")");
        let tree = tokens[at + 1..].split(|token| token == ";").next().unwrap_or_default();
        let mut named = Vec::new();
        tree_of(tree, &mut Names::new(), &mut named);
        all.extend(named.into_iter().map(|(path, name)| (path, name, exported)));
    }
    all
}

/// The paths of a tree of `use`, `above` being what stands before it.
fn tree_of(tree: &[String], above: &mut Names, out: &mut Vec<(Names, String)>) {
    let Some(open) = tree.iter().position(|token| token == "{") else {
        let mut words = tree.iter().filter(|token| *token != "::").cloned();
        let path: Names = above.iter().cloned().chain(words.by_ref().take_while(|word| word != "as")).collect();
        let path: Names = path.into_iter().filter(|part| part != "self" || above.is_empty()).collect();
        let name = words.next().or_else(|| path.last().cloned()).unwrap_or_default();
        return out.push((path, name));
    };
    let before = above.len();
    above.extend(tree[..open].iter().filter(|token| *token != "::").cloned());
    let (mut depth, mut from) = (0, open + 1);
    for at in open..tree.len() {
        depth += i32::from(tree[at] == "{") - i32::from(tree[at] == "}");
        if depth == 1 && tree[at] == "," || depth == 0 {
            if from < at {
                tree_of(&tree[from..at], above, out);
            }
            from = at + 1;
        }
    }
    above.truncate(before);
}

/// A path as seen from the root of the crate; none for one that leads out of it.
fn absolute(module: &Names, path: &[String], uses: &BTreeMap<String, Names>) -> Option<Names> {
    let (first, rest) = path.split_first()?;
    let up = path.iter().take_while(|part| *part == "super").count();
    let of = |above: &[String], rest: &[String]| Some([above, rest].concat());
    match first.as_str() {
        "crate" => of(&[], rest),
        "self" => of(module, rest),
        "super" => of(&module[..module.len().checked_sub(up)?], &path[up..]),
        _ => match uses.get(first) {
            Some(known) if !known.is_empty() => of(known, rest),
            Some(_) => None,
            None => of(module, path),
        },
    }
}

/// The file in which something stands, through whatever exports it again.
fn home(path: &Names, files: &BTreeMap<Names, File>) -> Option<Names> {
    let mut path = path.clone();
    for _ in 0..8 {
        let module = (0..=path.len()).rev().map(|length| &path[..length]).find(|module| files.contains_key(*module))?;
        let (module, rest) = (module.to_vec(), &path[module.len()..]);
        match rest.first().and_then(|name| files[&module].uses.get(name)) {
            Some(known) if !known.is_empty() => path = [known.as_slice(), &rest[1..]].concat(),
            _ => return Some(module),
        }
    }
    None
}

/// The files that a file uses.
fn used(module: &Names, files: &BTreeMap<Names, File>) -> BTreeSet<Names> {
    let file = &files[module];
    let mut paths: Vec<Names> = Vec::new();
    for (path, _, exported) in uses(&file.tokens) {
        let Some(path) = absolute(module, &path, &BTreeMap::new()) else { continue };
        // A module brought into scope is used where one of its names is; what is only handed on is not used here.
        let handed_on = exported && path.starts_with(module);
        if !files.contains_key(&path) && !handed_on {
            paths.push(path);
        }
    }
    let statements = file.tokens.split(|token| token == "use");
    for (nth, statement) in statements.enumerate() {
        let skipped = if nth == 0 { 0 } else { statement.iter().position(|token| token == ";").unwrap_or(0) };
        let code: Vec<&String> = statement[skipped..].iter().collect();
        let mut at = 0;
        while at < code.len() {
            let mut path = vec![code[at].clone()];
            while code.get(at + 1).is_some_and(|token| *token == "::") && code.get(at + 2).is_some() {
                path.push(code[at + 2].clone());
                at += 2;
            }
            if path.len() > 1 {
                paths.extend(absolute(module, &path, &file.uses));
            }
            at += 1;
        }
    }
    paths.iter().filter_map(|path| home(path, files)).filter(|other| other != module).collect()
}

/// What is left when files that use nothing left, and files that nothing left uses, are taken away in turn.
fn circles(uses: &BTreeMap<Names, BTreeSet<Names>>) -> BTreeMap<Names, BTreeSet<Names>> {
    let mut left = uses.clone();
    loop {
        let named: BTreeSet<Names> = left.values().flatten().cloned().collect();
        let before = left.len();
        left.retain(|module, uses| !uses.is_empty() && named.contains(module));
        let modules: BTreeSet<Names> = left.keys().cloned().collect();
        for uses in left.values_mut() {
            uses.retain(|other| modules.contains(other));
        }
        if left.len() == before && left.values().all(|uses| !uses.is_empty()) {
            return left;
        }
    }
}

#[test]
fn no_files_use_each_other() {
    let files = files();
    let uses: BTreeMap<Names, BTreeSet<Names>> =
        files.keys().map(|module| (module.clone(), used(module, &files))).collect();
    assert!(uses.values().map(BTreeSet::len).sum::<usize>() > 1_000, "the files of src use each other");
    let shown: Vec<String> = circles(&uses)
        .iter()
        .map(|(module, others)| {
            let others: Vec<String> = others.iter().map(|other| other.join("::")).collect();
            format!("{} uses {}", module.join("::"), others.join(", "))
        })
        .collect();
    assert!(shown.is_empty(), "{}", shown.join("\n"));
}

#[test]
fn circles_are_found_through_other_files() {
    let uses = |all: &[(&str, &[&str])]| {
        let names = |name: &&str| vec![(*name).to_owned()];
        all.iter().map(|(module, others)| (names(module), others.iter().map(names).collect())).collect()
    };
    assert!(circles(&uses(&[("a", &["b", "c"]), ("b", &["c"]), ("c", &[])])).is_empty());
    let found = circles(&uses(&[("a", &["b"]), ("b", &["c"]), ("c", &["b", "d"]), ("d", &[])]));
    assert_eq!(found.into_keys().collect::<Vec<_>>(), [["b"], ["c"]]);
}

#[test]
fn what_is_used_is_found_in_every_way_of_writing_it() {
    let module = ["m", "n"].map(String::from).to_vec();
    let shown = |text: &str| -> Vec<String> {
        let all = uses(&tokens(text)).into_iter().filter_map(|(path, name, _)| {
            Some(format!("{name}={}", absolute(&module, &path, &BTreeMap::new())?.join("::")))
        });
        all.collect()
    };
    assert_eq!(
        shown("use crate::a::{self, b::{C, D as E}, F};\nuse super::g::H;\npub use self::i::J;"),
        ["a=a", "C=a::b::C", "E=a::b::D", "F=a::F", "H=m::g::H", "J=m::n::i::J"]
    );
}
