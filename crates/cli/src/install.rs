//! `ansinh release install`: a release is received into a folder of data, by the command that the window gives for it.
//!
//! It adds nothing to what the window does and leaves nothing out: the user signs in, the casework verifies the file against the keys
//! trusted there, and schedules it for its day. A folder without data is not made into one.

use ansinh_casework::{Office, Options};
use ansinh_engine::Language;
use ansinh_release::LARGEST_FOLDER;
use data_encoding::BASE64;
use serde_json::{Value, json};
use tokio::runtime::Builder;

use crate::arguments::Install;
use crate::failure::{Failure, GOOD};
use crate::page::Page;
use crate::refusals::told;
use crate::signing::{password, read_file};

pub(crate) fn install(asked: &Install) -> Result<u8, Failure> {
    let language = asked.spoken.language();
    let bytes = BASE64.encode(&read_file(&asked.package, LARGEST_FOLDER)?);
    let runtime = Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::internal(error.to_string()))?;
    let found = runtime.block_on(async {
        let office =
            Office::start(asked.data.clone(), Options::default()).map_err(|refused| told(&refused, language))?;
        let done = receive(&office, asked, &bytes).await;
        office.close().await;
        done
    })?;
    page(&found, language).show()?;
    Ok(GOOD)
}

/// Returns the line of the release that was scheduled, as the window lists it.
async fn receive(office: &Office, asked: &Install, bytes: &str) -> Result<Value, Failure> {
    let language = asked.spoken.language();
    let call = async |name: &str, args: Value| {
        office
            .call(name, args)
            .await
            .map_err(|refused| told(&refused, language))
    };
    let status = call("status", json!({})).await?;
    if status.get("gate").and_then(Value::as_str) != Some("locked") {
        let name = asked.data.display();
        let (vi, en) = (
            format!("{name}: thư mục này chưa có dữ liệu của An Sinh. Chỉ thư mục của máy đã thiết lập"),
            format!("{name}: there is no data of An Sinh in this folder. Name the folder of an app that was set up"),
        );
        return Err(Failure::unreadable(language.pick(&vi, &en)));
    }
    let password = password(&asked.password(), language.pick("Mật khẩu: ", "Password: "))?;
    call("sign_in", json!({ "user": asked.user, "password": password })).await?;
    let file = json!({ "bytes": bytes, "language": language });
    let looked_at = call("read_release", file.clone()).await?;
    let list = call("schedule_release", file).await?;
    call("sign_out", json!({})).await?;
    let digest = looked_at.pointer("/release/digest");
    let lines = list.get("releases").and_then(Value::as_array);
    let line = lines.and_then(|lines| lines.iter().find(|line| line.get("digest") == digest));
    let lost = || Failure::internal("the release was received and is not in the list");
    line.cloned().ok_or_else(lost)
}

fn page(line: &Value, language: Language) -> Page {
    let text = |at: &str| line.pointer(at).and_then(Value::as_str).unwrap_or_default();
    let number = line.get("number").and_then(Value::as_u64).unwrap_or_default();
    let from = text("/effective_on")
        .parse()
        .map_or_else(|_| text("/effective_on").to_owned(), |day| language.day(day));
    let (id, title, signer, key) = (text("/id"), text("/title"), text("/signer/name"), text("/signer/key"));
    let (vi, en) = match text("/standing") {
        "in_force" => (format!("đang có hiệu lực, từ {from}"), format!("in force since {from}")),
        _ => (format!("chờ đến ngày {from}"), format!("waits for {from}")),
    };
    let mut page = Page::new();
    let number = language
        .pick(&format!("số {number}"), &format!("no. {number}"))
        .to_owned();
    page.paragraph("", "  ", &format!("{id} {number}: {title}"));
    page.paragraph("", "  ", language.pick(&vi, &en));
    let signed = language.pick("người ký", "signed by");
    page.paragraph("", "  ", &format!("{signed}: {signer} ({key})"));
    page.paragraph("", "", &format!("sha256:{}", text("/digest")));
    page
}
