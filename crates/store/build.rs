//! Tells Cargo that a new migration file makes this crate stale: the macro that embeds them sees only the files it knew.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
