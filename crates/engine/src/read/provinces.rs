//! The provinces and cities from a day on, and of which old ones each is made (LANGUAGE.md §9).

use jiff::civil::Date;

use super::files::{At, FormerProvinceFile, ProvinceFile, ProvincesFile};
use super::law::{digits, speaks_our_language};
use super::parts::readings;
use super::table::{Item, Table};

/// `provinces/DATE.toml`.
pub(super) fn provinces(root: &mut Table<'_>, from: Date) -> Option<ProvincesFile> {
    if !speaks_our_language(root) {
        return None;
    }
    let title = root.text("title");
    let cite = root.cite();
    let readings = readings(root);
    let tables = root.need("province").map(|item| item.tables()).unwrap_or_default();
    let provinces = tables.into_iter().filter_map(province).collect();
    root.finish();
    Some(ProvincesFile {
        from,
        title,
        cite,
        readings,
        provinces,
    })
}

fn province(mut table: Table<'_>) -> Option<ProvinceFile> {
    let code = table.need("code").and_then(|item| code(&item));
    let is = table.need("is").and_then(|item| item.one_of(&["province", "city"]));
    let name = table.text("name");
    let before = table.need("before").map(|item| item.tables()).unwrap_or_default();
    let before = before.into_iter().filter_map(former).collect();
    table.close();
    Some(ProvinceFile {
        code: code?,
        is_city: is?.value == "city",
        name,
        before,
    })
}

fn former(mut table: Table<'_>) -> Option<FormerProvinceFile> {
    let code = table.need("code").and_then(|item| code(&item));
    let name = table.need("name").and_then(|item| item.string());
    table.close();
    Some(FormerProvinceFile {
        code: code?,
        name: name?.value,
    })
}

fn code(item: &Item<'_>) -> Option<At<String>> {
    let code = item.string()?;
    if digits(&code.value, 2) {
        return Some(code);
    }
    let message = format!("`{}` is not the code of a province", code.value);
    let hint = "codes are those of the official list: `01`".to_owned();
    item.page.error("E0108", code.span, message, hint);
    None
}
