//! `ansinh-webhost`: the interface in a browser of this machine, over the same commands as the window.

use std::error::Error;
use std::net::Ipv4Addr;
use std::path::PathBuf;

use ansinh_casework::{Office, Options};
use ansinh_webhost::host;
use clap::Parser;
use tempfile::TempDir;
use tokio::net::TcpListener;

/// Serves An Sinh to a browser on this machine, for development and tests.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Open an invented sample commune; without --data in a folder that is gone afterwards.
    #[arg(long)]
    sample: bool,
    /// Keep the data in this folder.
    #[arg(long, value_name = "DIR", required_unless_present = "sample")]
    data: Option<PathBuf>,
    /// Listen on this port; 0 takes a free one.
    #[arg(long, value_name = "N", default_value_t = 8787)]
    port: u16,
    /// The built interface.
    #[arg(long, value_name = "DIR", default_value = "ui/dist")]
    ui: PathBuf,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let (folder, _gone_afterwards) = match arguments.data {
        Some(folder) => (folder, None),
        None => {
            let fresh = TempDir::new()?;
            (fresh.path().to_path_buf(), Some(fresh))
        }
    };
    let office = Office::start(
        folder,
        Options {
            sample: arguments.sample,
        },
    )?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, arguments.port)).await?;
    println!("listening on http://{}", listener.local_addr()?);
    // What is written is written: an office needs no farewell, and a fresh folder goes with this function.
    tokio::select! {
        served = axum::serve(listener, host(office, &arguments.ui)) => served?,
        stopped = asked_to_stop() => stopped?,
    }
    Ok(())
}

#[cfg(unix)]
async fn asked_to_stop() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminated = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminated.recv() => Ok(()),
        pressed = tokio::signal::ctrl_c() => pressed,
    }
}

#[cfg(not(unix))]
async fn asked_to_stop() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
