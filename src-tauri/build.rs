//! Prepares what the window carries inside. The interface must lie in `ui/dist` when the window is compiled; where it
//! has not been built yet, a page that says so stands in for it.

use std::error::Error;
use std::fs;
use std::path::Path;

const PLACEHOLDER: &str = "<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\"><title>An Sinh</title>\
<p>Giao diện chưa được tạo. The interface has not been built: <code>cargo xtask run</code>.</p></html>\n";

fn main() -> Result<(), Box<dyn Error>> {
    let page = Path::new("../ui/dist/index.html");
    if !page.exists() {
        fs::create_dir_all("../ui/dist")?;
        fs::write(page, PLACEHOLDER)?;
    }
    tauri_build::try_build(tauri_build::Attributes::new())?;
    Ok(())
}
