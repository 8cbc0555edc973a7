//! Finds the square mark in a picture of a card and reads its text.

use std::io::Cursor;

use image::{DynamicImage, ImageReader, Limits};
use rxing::common::HybridBinarizer;
use rxing::qrcode::QRCodeReader;
use rxing::{BinaryBitmap, DecodeHints, Luma8LuminanceSource, Reader};

use crate::wire::Failure;

/// A photograph of a telephone has fewer.
const MOST_PIXELS: u32 = 9_000;
const MOST_BYTES: u64 = 256 * 1024 * 1024;
/// A large photograph is also tried smaller: noise is then gone, and it is quicker.
const WIDTHS: [u32; 3] = [1_600, 900, 2_800];

/// Returns the text of the mark in a PNG or JPEG file.
pub(crate) fn mark_in(bytes: &[u8]) -> Result<String, Failure> {
    let picture = open(bytes).ok_or_else(|| Failure::of("no_mark").with("what", "picture"))?;
    let mut sizes = vec![picture.width()];
    sizes.extend(WIDTHS.into_iter().filter(|width| *width < picture.width()));
    // The large one comes last.
    sizes.rotate_left(1);
    for width in sizes {
        let smaller;
        let picture = if width < picture.width() {
            smaller = picture.resize(width, u32::MAX, image::imageops::FilterType::Triangle);
            &smaller
        } else {
            &picture
        };
        if let Some(text) = mark(picture) {
            return Ok(text);
        }
    }
    Err(Failure::of("no_mark").with("what", "mark"))
}

fn open(bytes: &[u8]) -> Option<DynamicImage> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_PIXELS);
    limits.max_image_height = Some(MOST_PIXELS);
    limits.max_alloc = Some(MOST_BYTES);
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    reader.limits(limits);
    reader.decode().ok()
}

fn mark(picture: &DynamicImage) -> Option<String> {
    let grey = picture.to_luma8();
    let (width, height) = grey.dimensions();
    let source = Luma8LuminanceSource::new(grey.into_raw(), width, height).ok()?;
    let mut map = BinaryBitmap::new(HybridBinarizer::new(source));
    let hints = DecodeHints {
        TryHarder: Some(true),
        ..DecodeHints::default()
    };
    let found = QRCodeReader::new().decode_with_hints(&mut map, &hints).ok()?;
    Some(found.getText().to_owned())
}

#[cfg(test)]
mod tests;
