//! `ansinh check --explain`: the page of a code, in both languages.

use ansinh_engine::codes;
use ansinh_engine::diagnostic::nearest;

use crate::failure::{Failure, GOOD};
use crate::page::Page;

pub(super) fn explain(code: &str) -> Result<u8, Failure> {
    let Some(known) = codes::explain(&code.to_uppercase()) else {
        let meant = nearest(code, codes::CODES.iter().map(|known| known.code));
        let hint = meant.map(|code| format!("; did you mean {code}?")).unwrap_or_default();
        return Err(Failure::wrong_use(format!("no code `{code}`{hint}")));
    };
    let mut page = Page::new();
    page.bold("", known.code);
    page.paragraph("  vi: ", "      ", known.vi);
    page.paragraph("  en: ", "      ", known.en);
    if let Some(written) = codes::page(known.code) {
        page.gap();
        page.paragraph("  ", "  ", written.vi);
        page.gap();
        page.paragraph("  ", "  ", written.en);
        for (heading, example) in [("Sai · Wrong", written.wrong), ("Đúng · Right", written.right)] {
            page.heading(heading);
            let lines = example.lines().map(|line| format!("    {line}\n"));
            page.raw(&lines.collect::<String>());
        }
    }
    page.show()?;
    Ok(GOOD)
}
