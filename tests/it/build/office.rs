//! Real xls and ods files, written by LibreOffice from the built workbook.

use std::path::Path;
use std::process::Command;

/// Converts a workbook to the format of `target`'s extension and puts it there.
pub(crate) fn convert(workbook: &[u8], target: &Path) {
    let extension = target.extension().and_then(|e| e.to_str()).expect("an extension");
    let work = tempfile::tempdir().expect("a folder to work in");
    let input = work.path().join("built.xlsx");
    std::fs::write(&input, workbook).expect("written");
    let profile = format!("-env:UserInstallation=file://{}/profile", work.path().display());
    let done = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", extension, "--outdir"])
        .arg(work.path())
        .arg(&input)
        .status();
    assert!(done.is_ok_and(|status| status.success()), "soffice is needed to build {}", target.display());
    std::fs::copy(work.path().join(format!("built.{extension}")), target).expect("copied");
}
