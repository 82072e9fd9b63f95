//! From the layout to dots.
//!
//! A glyph is rasterised with grey edges and then cut at half: a thermal dot burns or doesn't. Pens stand on
//! whole dots, so that a letter looks the same wherever it stands.

use swash::scale::{Render, ScaleContext, Source};
use swash::zeno::Format;
use texts::Language;

use crate::RenderError;
use crate::bitmap::Bitmap;
use crate::content::Block;
use crate::font::Fonts;
use crate::layout::{Ink, Item, Page, lay_out, lay_out_blocks, lay_out_test};
use crate::model::Receipt;
use crate::paper::Paper;

/// Coverage from which a dot is black.
const BLACK_FROM: u8 = 128;

/// Draws a receipt.
pub(crate) fn render(receipt: &Receipt, paper: Paper) -> Result<Bitmap, RenderError> {
    let mut fonts = Fonts::new()?;
    let page = lay_out(receipt, paper, &mut fonts)?;
    Ok(draw(&page, &fonts))
}

/// Draws what shows that a printer prints.
pub(crate) fn render_test(language: Language, paper: Paper) -> Result<Bitmap, RenderError> {
    let mut fonts = Fonts::new()?;
    let page = lay_out_test(language, paper, &mut fonts)?;
    Ok(draw(&page, &fonts))
}

/// Draws anything else.
pub(crate) fn render_blocks(blocks: &[Block], paper: Paper) -> Result<Bitmap, RenderError> {
    let mut fonts = Fonts::new()?;
    let page = lay_out_blocks(blocks, paper, &mut fonts)?;
    Ok(draw(&page, &fonts))
}

fn draw(page: &Page, fonts: &Fonts) -> Bitmap {
    let mut bitmap = Bitmap::new(whole(page.width).unsigned_abs(), whole(page.height).unsigned_abs());
    let mut context = ScaleContext::new();
    for item in page.groups.iter().flat_map(|group| &group.items) {
        match item {
            Item::Rect { x, y, width, height, .. } => {
                bitmap.fill(whole(*x), whole(*y), whole(*width), whole(*height));
            }
            Item::Text { .. } => text(item, fonts, &mut context, &mut bitmap),
        }
    }
    bitmap
}

fn text(item: &Item, fonts: &Fonts, context: &mut ScaleContext, bitmap: &mut Bitmap) {
    let Item::Text { x, y, face, size, shaped, ink } = item else { return };
    let mut scaler = context.builder(fonts.face(*face)).size(*size).build();
    let mut render = Render::new(&[Source::Outline]);
    render.format(Format::Alpha);
    for glyph in &shaped.glyphs {
        let Some(image) = render.render(&mut scaler, glyph.id) else { continue };
        let left = whole(x + glyph.pen + glyph.offset.0).saturating_add(image.placement.left);
        let top = whole(y - glyph.offset.1).saturating_sub(image.placement.top);
        let stride = usize::try_from(image.placement.width).unwrap_or(usize::MAX).max(1);
        for (row, line) in (top..).zip(image.data.chunks(stride)) {
            for (column, _) in (left..).zip(line).filter(|(_, coverage)| **coverage >= BLACK_FROM) {
                bitmap.set(column, row, *ink != Ink::White);
            }
        }
    }
}

/// The nearest whole number of dots. Sizes here are some thousands.
#[expect(clippy::cast_possible_truncation, reason = "rounded, and saturating by the language's rule")]
fn whole(dots: f32) -> i32 {
    dots.round() as i32
}
