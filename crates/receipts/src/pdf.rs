//! A copy as a PDF: the same layout, the text as text that can be searched, selected and read aloud.
//!
//! Only a copy, by the function's type. A PDF goes through print queues, downloads and mail, where files stay;
//! an original's claim key must not. The document is tagged (PDF/UA-1) and checked as such when it is written,
//! and holds no time of writing: the same copy is the same bytes.
//!
//! A document is either a strip, one page as wide as the roll and as long as it needs, or sheets of carta, on which
//! the same strip is cut and laid in two columns: what is read on the roll is read on the sheet, at the same size.

use std::num::NonZeroU16;
use std::ops::Range;

use krilla::color::{luma, rgb};
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Transform};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, SpanTag, Tag, TagGroup, TagKind, TagTree,
};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};
use texts::{CitizenLanguage, Language};

use crate::content::Block;
use crate::font::{Face, Fonts};
use crate::layout::{Group, Ink, Item, Page, Role, lay_out, lay_out_blocks};
use crate::model::{Copy, Receipt};
use crate::paper::Paper;
use crate::{RenderError, content};

/// Points to a dot: 72 to the inch, 8 dots to the millimetre.
pub(crate) const POINTS_PER_DOT: f32 = 72.0 / 25.4 / 8.0;
/// White above and below, in dots: a printer of sheets doesn't reach the edge.
const EDGE_DOTS: f32 = 32.0;
/// Points across and down of carta (ANSI letter, 215.9 by 279.4 mm): what offices in Chile print on.
pub(crate) const SHEET_POINTS: (f32, f32) = (612.0, 792.0);
/// White around a sheet: half an inch, which every printer of sheets leaves.
const SHEET_EDGE_POINTS: f32 = 36.0;
/// White between its columns.
const SHEET_GAP_POINTS: f32 = 24.0;
/// Strips beside each other on a sheet.
const SHEET_COLUMNS: usize = 2;
/// A heading goes to the next column when less than this would stand below it there: about two lines, in dots.
const BELOW_HEADING_DOTS: f32 = 80.0;

/// Why a copy could not be written as a PDF.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The receipt could not be laid out.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// The page has an impossible size.
    #[error("the page would measure {width} by {height} points")]
    Page {
        /// Points across.
        width: f32,
        /// Points down.
        height: f32,
    },
    /// The document breaks its own rules.
    #[error("the document can't be written: {0}")]
    Document(String),
}

/// A copy as a PDF of one page, as wide as the paper and as long as the receipt.
pub fn to_pdf(copy: &Copy, paper: Paper) -> Result<Vec<u8>, PdfError> {
    let receipt = Receipt::Copy(copy.clone());
    let page = lay_out(&receipt, paper, &mut Fonts::new()?)?;
    write(&page, strip(&page, paper), &content::title(&receipt), copy.facts.language)
}

/// Anything else that holds nothing personal, as such a document.
pub(crate) fn of_blocks(
    blocks: &[Block],
    title: &str,
    language: Language,
    paper: Paper,
) -> Result<Vec<u8>, PdfError> {
    let page = lay_out_blocks(blocks, paper, &mut Fonts::new()?)?;
    write(&page, strip(&page, paper), title, language.into())
}

/// A copy on sheets of carta.
pub(crate) fn copy_on_sheets(copy: &Copy) -> Result<Vec<u8>, PdfError> {
    let receipt = Receipt::Copy(copy.clone());
    let page = lay_out(&receipt, Paper::Mm80, &mut Fonts::new()?)?;
    write(&page, sheets(&page), &content::title(&receipt), copy.facts.language)
}

/// Anything else on sheets of carta.
pub(crate) fn blocks_on_sheets(
    blocks: &[Block],
    title: &str,
    language: Language,
) -> Result<Vec<u8>, PdfError> {
    let page = lay_out_blocks(blocks, Paper::Mm80, &mut Fonts::new()?)?;
    write(&page, sheets(&page), title, language.into())
}

/// A page that was laid out as a sheet of carta.
pub(crate) fn whole_sheet(page: &Page, title: &str, language: CitizenLanguage) -> Result<Vec<u8>, PdfError> {
    let columns = vec![(0.0, 0.0, whole(page))];
    write(page, vec![Leaf { size: SHEET_POINTS, columns }], title, language)
}

/// Items of one group that stay together: a picture, or one line of a paragraph.
struct Piece {
    group: usize,
    items: Range<usize>,
    /// Dots from the strip's top.
    top: f32,
    bottom: f32,
}

/// A page of a document: where each of its stretches of the strip has its upper left corner, in points.
struct Leaf {
    size: (f32, f32),
    columns: Vec<(f32, f32, Vec<Piece>)>,
}

/// Every group as it stands, on one page.
fn whole(page: &Page) -> Vec<Piece> {
    let whole = |(group, found): (usize, &Group)| Piece {
        group,
        items: 0..found.items.len(),
        top: 0.0,
        bottom: page.height,
    };
    page.groups.iter().enumerate().map(whole).collect()
}

/// The whole strip on one page.
fn strip(page: &Page, paper: Paper) -> Vec<Leaf> {
    let paper_mm = f32::from(u16::try_from(paper.mm()).unwrap_or(u16::MAX));
    let (width, height) = (paper_mm * 8.0, page.height + 2.0 * EDGE_DOTS);
    let corner = ((width - page.width) / 2.0 * POINTS_PER_DOT, EDGE_DOTS * POINTS_PER_DOT);
    vec![Leaf {
        size: (width * POINTS_PER_DOT, height * POINTS_PER_DOT),
        columns: vec![(corner.0, corner.1, whole(page))],
    }]
}

/// The strip cut into columns of sheets. No line and no picture is cut; one that is higher than a sheet, which no block
/// makes, would hang over its edge.
fn sheets(page: &Page) -> Vec<Leaf> {
    let room = (SHEET_POINTS.1 - 2.0 * SHEET_EDGE_POINTS) / POINTS_PER_DOT;
    let mut columns: Vec<(f32, Vec<Piece>)> = Vec::new();
    for piece in pieces(page) {
        let heading = matches!(page.groups.get(piece.group), Some(Group { role: Role::Heading(_), .. }));
        let needs = piece.bottom + if heading { BELOW_HEADING_DOTS } else { 0.0 };
        match columns.last_mut().filter(|(start, _)| needs - start <= room) {
            Some((_, column)) => column.push(piece),
            None => columns.push((piece.top, vec![piece])),
        }
    }
    let across = page.width * POINTS_PER_DOT + SHEET_GAP_POINTS;
    let left = SHEET_POINTS.0 / 2.0 - across + SHEET_GAP_POINTS / 2.0;
    let mut leaves = Vec::new();
    let mut rest = columns.into_iter().peekable();
    while rest.peek().is_some() {
        let mut leaf = Leaf { size: SHEET_POINTS, columns: Vec::new() };
        let mut corner = left;
        for (start, column) in rest.by_ref().take(SHEET_COLUMNS) {
            leaf.columns.push((corner, SHEET_EDGE_POINTS - start * POINTS_PER_DOT, column));
            corner += across;
        }
        leaves.push(leaf);
    }
    leaves
}

/// What stays together, from the top of the strip down.
fn pieces(page: &Page) -> Vec<Piece> {
    let mut found = Vec::new();
    for (group, Group { role, items }) in page.groups.iter().enumerate() {
        let lines = *role == Role::Paragraph && items.iter().all(|item| matches!(item, Item::Text { .. }));
        let mut from = 0;
        for (to, pair) in (1_usize..).zip(items.windows(2)) {
            // Stretches of one line stand on one baseline; the next is a whole line below.
            if lines && matches!(pair, [Item::Text { y, .. }, Item::Text { y: next, .. }] if next - y > 1.0) {
                found.extend(piece(group, from..to, items));
                from = to;
            }
        }
        found.extend(piece(group, from..items.len(), items));
    }
    found
}

fn piece(group: usize, range: Range<usize>, items: &[Item]) -> Option<Piece> {
    let extent = |item: &Item| match item {
        Item::Rect { y, height, .. } => (*y, y + height),
        // From above an accent on a capital to below a tail.
        Item::Text { y, size, .. } => (y - size, y + size / 4.0),
    };
    let extents = items.get(range.clone())?.iter().map(extent);
    let (top, bottom) = extents.reduce(|(top, bottom), (y, end)| (top.min(y), bottom.max(end)))?;
    Some(Piece { group, items: range, top, bottom })
}

fn write(
    page: &Page,
    leaves: Vec<Leaf>,
    title: &str,
    language: CitizenLanguage,
) -> Result<Vec<u8>, PdfError> {
    let mut document = Document::new_with(settings()?);
    let faces = Faces::new()?;
    let mut tagged: Vec<Vec<Identifier>> = page.groups.iter().map(|_| Vec::new()).collect();
    for leaf in leaves {
        write_leaf(&mut document, page, &leaf, &faces, &mut tagged)?;
    }
    let mut outline = Outline::new();
    let top = XyzDestination::new(0, Point::from_xy(0.0, 0.0));
    outline.push_child(OutlineNode::new(title.to_owned(), top));
    document.set_outline(outline);
    document.set_tag_tree(tag_tree(page, tagged));
    document.set_metadata(
        Metadata::new()
            .title(title.to_owned())
            .language(language.tag().to_owned())
            .creator("OIRS en Terreno".to_owned()),
    );
    document.finish().map_err(|error| PdfError::Document(format!("{error:?}")))
}

fn settings() -> Result<SerializeSettings, PdfError> {
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| PdfError::Document(format!("{error:?}")))?;
    Ok(SerializeSettings { configuration, ..SerializeSettings::default() })
}

fn write_leaf(
    document: &mut Document,
    page: &Page,
    leaf: &Leaf,
    faces: &Faces,
    tagged: &mut [Vec<Identifier>],
) -> Result<(), PdfError> {
    let (width, height) = leaf.size;
    let settings = PageSettings::from_wh(width, height).ok_or(PdfError::Page { width, height })?;
    let mut sheet = document.start_page_with(settings);
    let mut surface = sheet.surface();
    for (x, y, pieces) in &leaf.columns {
        let scale = Transform::from_row(POINTS_PER_DOT, 0.0, 0.0, POINTS_PER_DOT, *x, *y);
        surface.push_transform(&scale);
        for piece in pieces {
            let Some(group) = page.groups.get(piece.group) else { continue };
            let identifier = write_piece(&mut surface, group, piece.items.clone(), faces);
            if let Some(tags) = tagged.get_mut(piece.group) {
                tags.push(identifier);
            }
        }
        surface.pop();
    }
    surface.finish();
    sheet.finish();
    Ok(())
}

fn write_piece(surface: &mut Surface<'_>, group: &Group, items: Range<usize>, faces: &Faces) -> Identifier {
    let content = match &group.role {
        Role::Ornament => ContentTag::Artifact(Artifact::new(ArtifactType::Other, None)),
        Role::Figure(_) => ContentTag::Other,
        Role::Heading(_) | Role::Paragraph => ContentTag::Span(SpanTag::empty()),
    };
    let identifier = surface.start_tagged(content);
    for item in group.items.get(items).unwrap_or_default() {
        write_item(surface, item, faces);
    }
    surface.end_tagged();
    identifier
}

/// What each group means, in reading order. A paragraph that goes on in the next column is one paragraph.
fn tag_tree(page: &Page, tagged: Vec<Vec<Identifier>>) -> TagTree {
    let mut tags = TagTree::new();
    for (group, identifiers) in page.groups.iter().zip(tagged) {
        let kind = match &group.role {
            Role::Heading(level) => {
                let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
                Tag::Hn(level, Some(words(group))).into()
            }
            Role::Paragraph => TagKind::from(Tag::P),
            Role::Figure(alternative) => Tag::Figure(Some(alternative.clone())).into(),
            Role::Ornament => continue,
        };
        let mut tag = TagGroup::new(kind);
        for identifier in identifiers {
            tag.push(identifier);
        }
        tags.push(tag);
    }
    tags
}

fn words(group: &Group) -> String {
    let texts = group.items.iter().filter_map(|item| match item {
        Item::Text { shaped, .. } => Some(shaped.text.as_str()),
        Item::Rect { .. } => None,
    });
    texts.collect::<Vec<_>>().join(" ")
}

fn write_item(surface: &mut Surface<'_>, item: &Item, faces: &Faces) {
    match item {
        Item::Rect { x, y, width, height, ink } => {
            surface.set_fill(Some(fill(*ink)));
            let mut path = PathBuilder::new();
            path.move_to(*x, *y);
            path.line_to(x + width, *y);
            path.line_to(x + width, y + height);
            path.line_to(*x, y + height);
            path.close();
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
        }
        Item::Text { x, y, face, size, shaped, ink } => {
            surface.set_fill(Some(fill(*ink)));
            let glyph = |glyph: &crate::font::Glyph| KrillaGlyph {
                glyph_id: GlyphId::new(glyph.id.into()),
                text_range: glyph.range.clone(),
                x_advance: glyph.advance / size,
                x_offset: glyph.offset.0 / size,
                y_offset: glyph.offset.1 / size,
                y_advance: 0.0,
                location: None,
            };
            let glyphs: Vec<KrillaGlyph> = shaped.glyphs.iter().map(glyph).collect();
            let start = Point::from_xy(*x, *y);
            surface.draw_glyphs(start, &glyphs, faces.face(*face).clone(), &shaped.text, *size, false);
        }
    }
}

fn fill(ink: Ink) -> Fill {
    let paint = match ink {
        Ink::Black => luma::Color::black().into(),
        Ink::White => luma::Color::white().into(),
        Ink::Brand => rgb::Color::new(0x0F, 0x5B, 0xA7).into(),
    };
    Fill { paint, opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}

/// The fonts, as the writer of the document wants them.
struct Faces([Font; 3]);

impl Faces {
    fn new() -> Result<Self, RenderError> {
        let parse = |face: Face| Font::new(face.bytes().into(), 0).ok_or(RenderError::Font(face.name()));
        let [regular, bold, slab] = Face::ALL.map(parse);
        Ok(Self([regular?, bold?, slab?]))
    }

    const fn face(&self, face: Face) -> &Font {
        let [regular, bold, slab] = &self.0;
        match face {
            Face::Regular => regular,
            Face::Bold => bold,
            Face::Slab => slab,
        }
    }
}
