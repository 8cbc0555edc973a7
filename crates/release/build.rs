//! Compiles the crate again when a rule file comes or goes, since the national rules are part of it.

fn main() {
    println!("cargo::rerun-if-changed=../../rules");
}
