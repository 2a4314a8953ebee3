//! `taizhang completions` and `taizhang man`, generated from the command-line arguments.

use clap::Command;
use clap_complete::Shell;

use super::{Exit, screen};

/// Arguments of `completions`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// bash、zsh、fish、powershell、elvish
    #[arg(value_enum, hide_possible_values = true)]
    shell: Shell,
}

pub(crate) fn completions(args: &Args, program: &mut Command) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, program, "taizhang", &mut script);
    screen::raw(&script);
    Exit::Done
}

pub(crate) fn man(program: Command) -> anyhow::Result<Exit> {
    let mut page = Vec::new();
    clap_mangen::Man::new(program).render(&mut page)?;
    screen::raw(&page);
    Ok(Exit::Done)
}
