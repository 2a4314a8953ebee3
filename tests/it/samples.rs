//! What is committed under `samples/` and `templates/` is what its readable source builds.

use crate::build;

#[test]
fn committed_files_are_what_their_sources_build() {
    let bless = std::env::var_os("TAIZHANG_BLESS").is_some();
    let samples: Vec<_> = ["samples", "templates"].into_iter().flat_map(build::samples).collect();
    assert!(!samples.is_empty());
    let mut differences = Vec::new();
    for sample in &samples {
        if bless && sample.difference().is_some() {
            sample.bless();
        }
        differences.extend(sample.difference());
    }
    assert!(differences.is_empty(), "build anew with TAIZHANG_BLESS=1:\n{}", differences.join("\n"));
}
