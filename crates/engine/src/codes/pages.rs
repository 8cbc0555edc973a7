//! The page of each code: what it means and why, an example that gives it, and the same put right.
//!
//! An example shows only what differs from the sample folder `tests/ok/small.toml`: `# in PATH` names the file, a table takes the
//! place of the table of that name, a key above all tables that of the key, and whatever is new is added. Where it touches
//! `overlays/tinh-mau/`, the release and the resolution of `tests/ok/overlay.toml` are there too. The tests read every example, so
//! that no page can lie.

/// The page of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// What it means and why, in English.
    pub en: &'static str,
    /// The same in Vietnamese.
    pub vi: &'static str,
    /// Rule files that give the code.
    pub wrong: &'static str,
    /// The same put right.
    pub right: &'static str,
}

macro_rules! pages {
    ($($code:literal)*) => { &[$(($code, include_str!(concat!($code, ".md")))),*] };
}

const PAGES: &[(&str, &str)] = pages![
    "E0101" "E0102" "E0103" "E0104" "E0105" "E0106" "E0107" "E0108" "E0109" "E0110"
    "E0111" "E0112" "E0113" "E0114" "E0115" "E0116" "E0117" "E0118" "E0119" "E0120"
    "E0201" "E0202" "E0203" "E0204" "E0205" "E0206" "E0207" "E0208" "E0209" "E0210"
    "E0211" "E0212" "E0213" "E0214" "E0215" "E0216" "E0217" "E0301" "E0302" "E0303"
    "E0304" "E0305" "E0306" "E0307" "E0308" "E0309" "E0310" "E0311" "E0401" "E0402" "E0403"
    "E0404" "E0405" "E0406" "E0501" "E0502" "E0503" "E0504" "E0505" "E0506" "E0507" "E0701"
    "E0702" "E0703" "E0704" "E0705" "E0706" "E0707" "E0708" "E0709" "E0801" "E0802"
    "E0803" "N0901" "W0601" "W0602" "W0603" "W0604" "W0605" "W0606" "W0607"
];

/// Returns the page of a code.
#[must_use]
pub fn page(code: &str) -> Option<Page> {
    let (_, text) = PAGES.iter().find(|(known, _)| *known == code)?;
    Some(Page {
        en: section(text, "## en\n")?,
        vi: section(text, "## vi\n")?,
        wrong: example(text, "## wrong\n")?,
        right: example(text, "## right\n")?,
    })
}

fn section(text: &'static str, heading: &str) -> Option<&'static str> {
    let (_, rest) = text.split_once(heading)?;
    Some(rest.split("\n## ").next().unwrap_or(rest).trim())
}

fn example(text: &'static str, heading: &str) -> Option<&'static str> {
    let fenced = section(text, heading)?;
    fenced.strip_prefix("```toml\n")?.strip_suffix("```")
}
