//! Refuses whoever does not come from this machine.

use axum::extract::Request;
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Lets a request through whose `Host`, and `Origin` where there is one, are this machine.
pub(crate) async fn only(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let host = one(headers, &HOST).or(request.uri().authority().map(|authority| authority.as_str()));
    let origin = headers
        .contains_key(ORIGIN)
        .then(|| one(headers, &ORIGIN).and_then(without_scheme));
    let is_local = host.is_some_and(is_loopback) && origin.is_none_or(|origin| origin.is_some_and(is_loopback));
    if is_local {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "this host serves its own machine alone\n").into_response()
    }
}

fn one<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut all = headers.get_all(name).iter();
    let first = all.next()?.to_str().ok()?;
    all.next().is_none().then_some(first)
}

/// An origin is `http://HOST:PORT`; a page without one says `null`.
fn without_scheme(origin: &str) -> Option<&str> {
    origin.strip_prefix("http://")
}

fn is_loopback(authority: &str) -> bool {
    let port = |port: &str| port.is_empty() || port.strip_prefix(':').is_some_and(is_number);
    ["127.0.0.1", "localhost", "[::1]"]
        .iter()
        .any(|name| authority.strip_prefix(name).is_some_and(port))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{is_loopback, without_scheme};

    #[test]
    fn only_this_machine_by_its_own_names_is_local() {
        for local in ["127.0.0.1:8787", "localhost:8787", "localhost", "[::1]:1"] {
            assert!(is_loopback(local), "{local}");
        }
        for foreign in [
            "",
            "example.org",
            "localhost.example.org",
            "127.0.0.1.example.org:80",
            "127.0.0.1:",
            "127.0.0.1:80@example.org",
            "192.168.1.7:8787",
            "0.0.0.0:8787",
        ] {
            assert!(!is_loopback(foreign), "{foreign}");
        }
        assert_eq!(without_scheme("http://localhost:5173"), Some("localhost:5173"));
        assert_eq!(without_scheme("null"), None);
        assert_eq!(without_scheme("file://"), None);
    }
}
