//! The divisions of `templates/`: each loads, and lints as its kind of plan must.

use taizhang::basis::settings::Settings;
use taizhang::division::{Division, load};
use taizhang::read::read;
use taizhang::render::package::Package;

use crate::build::root;

fn division(name: &str) -> Division {
    let path = root().join("templates").join(name).with_extension("xlsx");
    let book = read(&std::fs::read(&path).expect("a template"), name).expect("a workbook");
    load(&book, "blake3:0", &Settings::default())
}

/// Its findings by code: `P501×2 P510`.
fn lints(division: &Division) -> String {
    let mut codes: Vec<_> = division.findings.0.iter().map(|finding| finding.kind.code).collect();
    codes.sort_unstable();
    let counted = codes.chunk_by(|a, b| a == b).map(|same| match same.len() {
        1 => same[0].to_string(),
        n => format!("{}×{n}", same[0]),
    });
    counted.collect::<Vec<_>>().join(" ")
}

#[test]
fn each_template_has_the_tasks_units_and_faults_of_its_plan() {
    // name, tasks, units, task × unit, faults
    let expected = [
        ("bureau", 14, 13, 36 + 13, "P510 P511"),
        ("three-year", 17, 7, 39, "P501×3"),
        ("three-lists", 31, 5, 31, ""),
        ("index", 9, 4, 10, "P507"),
        ("work-groups", 21, 10, 66, ""),
        ("township", 20, 21, 135, "P511×2"),
        ("street", 36, 10, 87, ""),
        ("tax", 10, 9, 25, "P509"),
        ("district", 21, 8, 84, "P509×5"),
        ("sprint", 20, 10, 61, ""),
        ("construction", 19, 18, 86, "P501×2 P510"),
        ("market", 17, 6, 13, "P501×14 P509×26"),
        ("empty", 0, 0, 0, "P512"),
    ];
    for (name, tasks, units, owed, faults) in expected {
        let division = division(name);
        let pairs: usize = division.tasks.iter().map(|task| task.units.len()).sum();
        let seen = (division.tasks.len(), division.roster.units.len(), pairs, lints(&division));
        assert_eq!(seen, (tasks, units, owed, faults.to_string()), "{name}");
    }
}

#[test]
fn rows_grow_with_what_is_written_in_them() {
    for entry in std::fs::read_dir(root().join("templates")).expect("listed") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|ending| ending != "xlsx") {
            continue;
        }
        let bytes = std::fs::read(&path).expect("a template");
        let mut package = Package::open(&bytes).expect("a package");
        for sheet in package.book().expect("a workbook").sheets {
            let rows = String::from_utf8(package.document(&sheet.part).expect("a sheet")).expect("text");
            assert!(rows.contains(" ht=\"") && !rows.contains("customHeight"), "{} {}", path.display(), sheet.name);
        }
    }
}

#[test]
fn the_bureau_names_thirteen_units_thirty_six_times_and_one_task_is_collective() {
    let division = division("bureau");
    let (collective, explicit): (Vec<_>, Vec<_>) = division.tasks.iter().partition(|task| !task.collective.is_empty());
    assert_eq!(explicit.iter().map(|task| task.units.len()).sum::<usize>(), 36);
    assert_eq!(collective.iter().map(|task| task.code.as_str()).collect::<Vec<_>>(), ["2-10"]);
    assert_eq!(collective[0].units.len(), 13);
    let codes: Vec<_> = division.tasks.iter().map(|task| task.code.as_str()).collect();
    assert_eq!((codes[0], codes[4], codes[13]), ("1-1", "2-1", "2-10"));
    assert!(division.tasks.iter().all(|task| task.whole.sign_off && !task.whole.leaders.is_empty()));
    let evidence: std::collections::BTreeSet<_> = division.tasks.iter().flat_map(|task| &task.whole.evidence).collect();
    assert_eq!(evidence.len(), 5);
}
