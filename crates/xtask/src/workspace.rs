//! Where things lie: the clone, the target folder, the interface.

use std::env;
use std::path::PathBuf;

use crate::steps::TaskError;

/// The clone this task works in.
pub struct Workspace {
    /// The folder of the workspace manifest.
    pub root: PathBuf,
    /// Where cargo writes.
    pub target: PathBuf,
    /// Whether this is an unattended build, as `CI=true` says.
    pub unattended: bool,
}

impl Workspace {
    /// Finds the clone from the folder cargo compiled this task in.
    pub fn find() -> Result<Workspace, TaskError> {
        // Asked at run time: a target folder shared by two clones must not send this task into the other one.
        let here = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
        let root = here
            .ancestors()
            .nth(2)
            .filter(|root| root.join("Cargo.toml").is_file())
            .ok_or(TaskError::Missing {
                what: "the workspace manifest: start this task as `cargo xtask`".into(),
            })?
            .to_path_buf();
        let unattended = env::var_os("CI").is_some_and(|value| value == "true");
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => root.join(folder),
            // Outside the clone, so that the next unattended run finds the dependencies built.
            None if unattended => match env::var_os("HOME") {
                Some(home) => PathBuf::from(home).join(".cache/ansinh-target"),
                None => root.join("target"),
            },
            None => root.join("target"),
        };
        Ok(Workspace {
            root,
            target,
            unattended,
        })
    }

    /// The web interface's folder.
    pub fn interface(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// A program the development build made.
    pub fn built(&self, program: &str) -> PathBuf {
        self.target
            .join("debug")
            .join(format!("{program}{}", env::consts::EXE_SUFFIX))
    }
}
