//! The host over real connections: who is answered, and with what.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::net::{Ipv4Addr, SocketAddr};

use ansinh_casework::{Office, Options};
use ansinh_webhost::host;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

async fn serve() -> (SocketAddr, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let ui = folder.path().join("ui");
    std::fs::create_dir(&ui).unwrap();
    std::fs::write(ui.join("index.html"), "<title>An Sinh</title>").unwrap();
    std::fs::write(ui.join("app.js"), "start()").unwrap();
    let office = Office::start(folder.path().join("data"), Options::default()).unwrap();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, host(office, &ui)).await.unwrap() });
    (address, folder)
}

/// Sends a request with these header lines and returns the status and the rest of the response.
async fn ask(to: SocketAddr, line: &str, headers: &[&str], body: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(to).await.unwrap();
    let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
    let length = body.len();
    let request = format!("{line} HTTP/1.1\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).await.unwrap();
    let status = response.split(' ').nth(1).unwrap().parse().unwrap();
    (status, response)
}

const JSON: &str = "Content-Type: application/json";

#[tokio::test(flavor = "multi_thread")]
async fn commands_are_answered_and_failures_have_a_status_and_a_code() {
    let (to, _folder) = serve().await;
    let here = format!("Host: {to}");
    let (status, response) = ask(to, "POST /call/status", &[&here, JSON], "{}").await;
    assert!(status == 200 && response.contains("\"gate\":\"set_up\""), "{response}");
    let (status, response) = ask(to, "POST /call/search", &[&here, JSON], "{\"text\":\"\"}").await;
    assert!(
        status == 401 && response.contains("\"code\":\"not_signed_in\""),
        "{response}"
    );
    let (status, response) = ask(to, "POST /call/status", &[&here, JSON], "{").await;
    assert!(
        status == 400 && response.contains("\"code\":\"bad_request\""),
        "{response}"
    );
    let (status, _) = ask(to, "GET /call/status", &[&here], "").await;
    assert_eq!(status, 405);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_strangers_are_refused() {
    let (to, _folder) = serve().await;
    let here = format!("Host: {to}");
    let strangers: [&[&str]; 6] = [
        &["Host: example.org", JSON],
        &["Host: localhost.example.org", JSON],
        &[&here, JSON, "Origin: http://example.org"],
        &[&here, JSON, "Origin: null"],
        &[&here, JSON, "Origin: https://127.0.0.1.example.org"],
        &[&here, JSON, "Host: example.org"],
    ];
    for headers in strangers {
        let (status, response) = ask(to, "POST /call/status", headers, "{}").await;
        assert!(status == 403 || status == 400, "{headers:?}: {status}");
        assert!(!response.contains("gate"), "{headers:?}");
        let (status, response) = ask(to, "GET /index.html", headers, "").await;
        assert!(
            (status == 403 || status == 400) && !response.contains("An Sinh"),
            "{headers:?}: {status}"
        );
    }
    let own = format!("Origin: http://{to}");
    let (status, _) = ask(to, "POST /call/status", &[&here, JSON, &own], "{}").await;
    assert_eq!(status, 200);
    let form = "Content-Type: text/plain";
    let (status, _) = ask(to, "POST /call/status", &[&here, form], "{}").await;
    assert_eq!(
        status, 400,
        "what a form of a stranger can send without asking is no command"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_other_address_is_the_interface() {
    let (to, _folder) = serve().await;
    let here = format!("Host: {to}");
    for (path, content) in [
        ("/", "An Sinh"),
        ("/app.js", "start()"),
        ("/household/7/results", "An Sinh"),
    ] {
        let (status, response) = ask(to, &format!("GET {path}"), &[&here], "").await;
        assert!(status == 200 && response.contains(content), "{path}: {response}");
    }
    let (_, response) = ask(to, "GET /../Cargo.toml", &[&here], "").await;
    assert!(
        !response.contains("[package]"),
        "nothing outside the interface is served"
    );
}
