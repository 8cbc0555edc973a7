//! Why a journey stopped, in words that name the place.

use std::io;

/// Why a journey stopped.
#[derive(Debug, thiserror::Error)]
pub enum JourneyError {
    /// The driver could not be started or reached.
    #[error("the driver cannot be reached: {0}")]
    Driver(#[from] io::Error),
    /// The driver refused a command.
    #[error("{command}: {error}: {message}")]
    Refused {
        /// Method and path.
        command: String,
        /// The protocol's error code.
        error: String,
        /// What the driver said.
        message: String,
    },
    /// What was waited for did not come.
    #[error("waited {seconds} s in vain for {what}; the page reads:\n{page}")]
    Awaited {
        /// What was waited for.
        what: String,
        /// How long.
        seconds: u64,
        /// The text of the page at that time.
        page: String,
    },
    /// An answer has not the shape the protocol promises.
    #[error("{command}: an answer without {expected}")]
    Shape {
        /// Method and path.
        command: String,
        /// What is missing.
        expected: &'static str,
    },
}

/// An answer without what the protocol promises.
pub fn shape(method: &str, path: &str, expected: &'static str) -> JourneyError {
    JourneyError::Shape {
        command: format!("{method} {path}"),
        expected,
    }
}
