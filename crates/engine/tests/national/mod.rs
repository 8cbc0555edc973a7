//! The national rules, read from their folder for tests and benchmarks: the engine itself opens no file.

use std::path::{Path, PathBuf};

/// Returns every rule file by its path in the folder, in order.
pub fn rule_files() -> Vec<(String, Vec<u8>)> {
    fn collect(root: &Path, folder: PathBuf, files: &mut Vec<(String, Vec<u8>)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(root, path, files);
            } else if path.extension().is_some_and(|e| e == "toml") {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                files.push((name, std::fs::read(path).unwrap()));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/vn");
    let mut files = Vec::new();
    collect(&root, root.clone(), &mut files);
    files.sort();
    files
}
