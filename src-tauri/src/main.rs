//! The window of An Sinh. It opens, hands every request of the page to the casework, and writes files where the user
//! says. No decision is made here.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod bridge;
mod saving;

use std::error::Error;
use std::path::PathBuf;

use ansinh_casework::{Office, Options};
use clap::Parser;
use saving::Destination;
use tauri::{App, Manager, Url, WebviewWindowBuilder};

/// An Sinh: screens households for social protection.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Open an invented sample commune, kept apart from real data.
    #[arg(long)]
    sample: bool,
    /// Keep the data in this folder.
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// Write files into this folder without asking.
    #[arg(long, value_name = "FOLDER")]
    save_to: Option<PathBuf>,
}

fn main() -> tauri::Result<()> {
    let arguments = Arguments::parse();
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(tauri::generate_handler![bridge::call])
        .setup(|app| open(app, arguments))
        .run(tauri::generate_context!())
}

fn open(app: &mut App, arguments: Arguments) -> Result<(), Box<dyn Error>> {
    let folder = match arguments.data {
        Some(folder) => folder,
        None => app
            .path()
            .app_local_data_dir()?
            .join(if arguments.sample { "sample" } else { "data" }),
    };
    let office = Office::start(
        folder,
        Options {
            sample: arguments.sample,
        },
    )
    .map_err(|failure| format!("the rules inside this program cannot be used: {failure:?}"))?;
    app.manage(office);
    app.manage(match arguments.save_to {
        Some(folder) => Destination::Folder(folder),
        None => Destination::Ask,
    });
    for window in app.config().app.windows.clone() {
        WebviewWindowBuilder::from_config(app.handle(), &window)?
            .on_navigation(stays_inside)
            .build()?;
    }
    Ok(())
}

/// Whether an address is a page this window carries; a link in a rule file must not lead out of it.
fn stays_inside(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => true,
        // Windows serves the pages inside under this name.
        "http" | "https" => url.host_str() == Some("tauri.localhost"),
        // What a web view shows before its first page.
        "about" => true,
        _ => false,
    }
}
