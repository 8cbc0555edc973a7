//! `cargo xtask`: sets a machine up, runs An Sinh, tests it and packages it.
//!
//! It compiles before anything else is installed, so it depends on the standard library alone.
//! It installs what is missing and nothing else, and does nothing where nothing is to do.

mod command;
mod interface;
mod journeys;
mod machine;
mod package;
mod run;
mod steps;
mod test;
mod workspace;

use std::process::ExitCode;

use steps::{Steps, TaskError};
use workspace::Workspace;

const USAGE: &str = "\
cargo xtask <task>

  setup            install the system packages and node modules that are missing
  run              set up, build, and open the window with the sample commune;
                   without a display, screen the sample household in the terminal and write its PDF
  test             set up, build, and run every test
  test PART…       only these: format interface build rust rules browser desktop lint
  pictures         draw every screen into docs/pictures, for the guide
  package          build the release and its .deb";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let workspace = match Workspace::find() {
        Ok(workspace) => workspace,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let mut steps = Steps::start();
    let done = match words.as_slice() {
        ["setup"] => {
            machine::install_for_tests(&workspace, &mut steps).and_then(|()| interface::install(&workspace, &mut steps))
        }
        ["run"] => run::run(&workspace, &mut steps),
        ["test", parts @ ..] => test::test(&workspace, &mut steps, parts),
        ["pictures"] => test::pictures(&workspace, &mut steps),
        ["package"] => package::package(&workspace, &mut steps),
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => Err(TaskError::Usage),
    };
    match done {
        Ok(()) => {
            steps.print_summary();
            ExitCode::SUCCESS
        }
        Err(TaskError::Usage) => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
        Err(error) => {
            steps.print_summary();
            eprintln!("\n✗ {error}");
            ExitCode::FAILURE
        }
    }
}
