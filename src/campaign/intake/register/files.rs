//! Finds the file of the inbox that a line of the register means.

use hashbrown::{HashMap, HashSet};

use crate::basis::text::fold;

/// The files of the inbox, to be found by path or name.
pub(super) struct Files<'a> {
    prefix: &'a str,
    paths: HashSet<&'a str>,
    /// By the folded name without its folders.
    bare: HashMap<String, Vec<&'a str>>,
}

impl<'a> Files<'a> {
    /// `names` as printed in reports, all beginning with `prefix`.
    pub(super) fn new(names: &[&'a str], prefix: &'a str) -> Files<'a> {
        let mut bare: HashMap<String, Vec<&'a str>> = HashMap::new();
        for name in names {
            bare.entry(fold(name.rsplit('/').next().unwrap_or(name))).or_default().push(name);
        }
        Files { prefix, paths: names.iter().copied().collect(), bare }
    }

    /// The file with this path, else the only one with this file name. The error is the number of files with that name.
    pub(super) fn resolve(&self, written: &str) -> Result<String, usize> {
        let path = written.replace('\\', "/");
        let path = path.trim_start_matches("./").trim_start_matches('/');
        let full = format!("{}/{path}", self.prefix);
        for exact in [full.as_str(), path] {
            // an archive entry is not among the names, but its archive is
            if self.paths.contains(exact.split_once('!').map_or(exact, |(archive, _)| archive)) {
                return Ok(exact.to_owned());
            }
        }
        match self.bare.get(&fold(path)).map_or(&[][..], Vec::as_slice) {
            [name] => Ok((*name).to_owned()),
            several => Err(several.len()),
        }
    }
}
