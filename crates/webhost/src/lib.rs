//! The commands of the casework over HTTP on this machine alone, for development and for tests in a browser. Never shipped.
//!
//! It answers nobody who comes by another name than this machine's own: a page of a stranger that points its own name here,
//! or sends a form here, is refused.

mod local;

use std::path::Path;
use std::sync::Arc;

use ansinh_casework::Office;
use ansinh_casework::wire::Failure;
use axum::extract::rejection::JsonRejection;
use axum::extract::{DefaultBodyLimit, Path as UrlPath, State};
use axum::http::StatusCode;
use axum::middleware::from_fn;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use tower_http::services::{ServeDir, ServeFile};

/// A backup that is restored travels whole.
const MOST_BYTES: usize = 512 * 1024 * 1024;

/// Returns the host of an office: `POST /call/NAME`, and the built interface for every other address.
pub fn host(office: Office, ui: &Path) -> Router {
    let pages = ServeDir::new(ui).fallback(ServeFile::new(ui.join("index.html")));
    Router::new()
        .route("/call/{name}", post(call))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .with_state(Arc::new(office))
        .fallback_service(pages)
        .layer(from_fn(local::only))
}

async fn call(
    State(office): State<Arc<Office>>,
    UrlPath(name): UrlPath<String>,
    args: Result<Json<Value>, JsonRejection>,
) -> (StatusCode, Json<Value>) {
    let args = match args {
        Ok(Json(args)) => args,
        Err(rejection) => {
            let detail = rejection.body_text();
            let failure = json!({ "code": "bad_request", "values": { "detail": detail }, "problems": [] });
            return (StatusCode::BAD_REQUEST, Json(failure));
        }
    };
    match office.call(&name, args).await {
        Ok(answer) => (StatusCode::OK, Json(answer)),
        Err(failure) => (status_of(&failure), Json(json!(failure))),
    }
}

fn status_of(failure: &Failure) -> StatusCode {
    match failure.code.as_str() {
        "not_signed_in" | "wrong_password" | "wrong_recovery_key" => StatusCode::UNAUTHORIZED,
        "not_allowed" => StatusCode::FORBIDDEN,
        "not_found" => StatusCode::NOT_FOUND,
        "in_use" | "already_set_up" => StatusCode::CONFLICT,
        "bad_request" => StatusCode::BAD_REQUEST,
        "answer_not_understood" | "password_too_short" | "mistyped_recovery_key" => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
