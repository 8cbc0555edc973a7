//! Reads pictures of the window dot by dot.

use std::io::Cursor;
use std::ops::Range;

/// The colours of a part of a PNG picture, from side to side and from top to bottom.
pub fn cut_out(picture: &[u8], across: Range<usize>, down: Range<usize>) -> Option<Vec<u8>> {
    let mut reader = png::Decoder::new(Cursor::new(picture)).read_info().ok()?;
    let mut colours = vec![0; reader.output_buffer_size()?];
    let frame = reader.next_frame(&mut colours).ok()?;
    let n_bytes = frame.color_type.samples();
    let part: Option<Vec<&[u8]>> = colours
        .chunks_exact(frame.line_size)
        .take(down.end)
        .skip(down.start)
        .map(|line| line.get(across.start * n_bytes..across.end * n_bytes))
        .collect();
    Some(part?.concat())
}
