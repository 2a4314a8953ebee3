//! README tells the truth: its list of codes and the screen it shows are those of the program.
//! `TAIZHANG_BLESS=1 cargo test --test it readme` writes them anew.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use taizhang::basis::Lang;
use taizhang::check::KINDS;

use crate::campaign::campaign;
use crate::cli::program;

/// README with the lines between `<!-- start -->` and the next `<!-- end -->` replaced.
fn with_part(readme: &str, start: &str, part: &str) -> String {
    let open = format!("<!-- {start} -->\n");
    let from = readme.find(&open).expect("the part begins") + open.len();
    let to = from + readme[from..].find("<!-- end -->").expect("the part ends");
    format!("{}{part}{}", &readme[..from], &readme[to..])
}

fn codes() -> String {
    let mut table = String::from("| code | name | weight | in short |\n|---|---|---|---|\n");
    for kind in KINDS {
        let (weight, title) = (kind.severity.word(Lang::En), kind.wording(Lang::En).title);
        writeln!(table, "| {} | {} | {weight} | {title} |", kind.code, kind.name).expect("a string takes it");
    }
    table
}

fn screen() -> String {
    let dir = campaign("bureau");
    let run = program().arg("run").arg(dir.path()).output().expect("it starts");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let shown = String::from_utf8(run.stdout).expect("UTF-8");
    format!("```\n{}```\n", shown.replace(&dir.path().display().to_string(), "samples/bureau"))
}

#[test]
fn readme_shows_what_the_program_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).expect("README");
    let true_one = with_part(&with_part(&readme, "codes", &codes()), "run: samples/bureau", &screen());
    if std::env::var_os("TAIZHANG_BLESS").is_some() {
        fs::write(&path, &true_one).expect("README is written");
        return;
    }
    assert!(readme == true_one, "README is behind the program: TAIZHANG_BLESS=1 cargo test --test it readme");
}

#[test]
fn the_guide_in_chinese_names_every_command() {
    let guide = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.zh-CN.md")).expect("the guide");
    let help = program().arg("--help").output().expect("it starts");
    let help = String::from_utf8(help.stdout).expect("UTF-8");
    let commands =
        help.lines().skip_while(|line| !line.starts_with("命令")).skip(1).take_while(|line| !line.is_empty());
    let commands: Vec<&str> = commands.filter_map(|line| line.strip_prefix("  ")?.split(' ').next()).collect();
    let commands: Vec<&str> = commands.into_iter().filter(|name| !name.is_empty()).collect();
    assert!(commands.len() > 15, "{help}");
    for command in commands {
        assert!(guide.contains(&format!("taizhang {command}")), "{command}");
    }
}
