#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::mark_in;
use image::{DynamicImage, GrayImage, ImageFormat, Luma};
use qrcode::{Color, QrCode};
use std::io::Cursor;

const CARD: &str = "001051000123|012345678|Nguyễn Văn Thuận|12031951|Nam|Thôn 3, Xã Mẫu, Huyện Thử, Hà Giang|01072021";

/// A page with the mark of a text on it, each of its squares `size` wide, at a place and in grey.
fn picture(text: &str, size: u32, at: (u32, u32), page: (u32, u32)) -> DynamicImage {
    let code = QrCode::new(text.as_bytes()).unwrap();
    let n = u32::try_from(code.width()).unwrap();
    let colors = code.to_colors();
    let grey = GrayImage::from_fn(page.0, page.1, |x, y| {
        let square = |pixel: u32, from: u32| pixel.checked_sub(from).map(|inside| inside / size).filter(|at| *at < n);
        let is_dark = match (square(x, at.0), square(y, at.1)) {
            (Some(column), Some(row)) => colors[(row * n + column) as usize] == Color::Dark,
            _ => false,
        };
        // Paper is never quite white, nor ink quite black.
        Luma([if is_dark {
            40
        } else {
            205 + ((x * 7 + y * 13) % 23) as u8
        }])
    });
    DynamicImage::ImageLuma8(grey)
}

fn file(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

#[test]
fn the_mark_of_a_card_is_read_from_png_and_jpeg() {
    let small = picture(CARD, 4, (60, 40), (420, 300));
    assert_eq!(mark_in(&file(&small, ImageFormat::Png)).unwrap(), CARD);
    assert_eq!(mark_in(&file(&small, ImageFormat::Jpeg)).unwrap(), CARD);
    let turned = small.rotate90();
    assert_eq!(mark_in(&file(&turned, ImageFormat::Png)).unwrap(), CARD);
    let photograph = picture(CARD, 9, (500, 300), (1700, 1100));
    assert_eq!(mark_in(&file(&photograph, ImageFormat::Jpeg)).unwrap(), CARD);
}

#[test]
fn a_picture_without_a_mark_and_a_file_that_is_none_say_so() {
    let what = |bytes: &[u8]| mark_in(bytes).map_err(|failure| (failure.code, failure.values["what"].clone()));
    let no_mark = Err(("no_mark".to_owned(), "mark".to_owned()));
    let no_picture = Err(("no_mark".to_owned(), "picture".to_owned()));
    let empty = DynamicImage::ImageLuma8(GrayImage::from_pixel(300, 200, Luma([220])));
    assert_eq!(what(&file(&empty, ImageFormat::Png)), no_mark);
    let whole = file(&picture(CARD, 4, (60, 40), (420, 300)), ImageFormat::Png);
    assert_eq!(what(&whole[..whole.len() / 3]), no_picture);
    assert_eq!(what(b""), no_picture);
    assert_eq!(what(b"%PDF-1.7 not a picture"), no_picture);
    // A file of a few bytes that claims to be enormous is refused before memory is asked for.
    let mut claims = whole;
    claims[16..24].copy_from_slice(&[0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff]);
    assert_eq!(what(&claims), no_picture);
}
