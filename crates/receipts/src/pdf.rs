//! A copy as a PDF: the same layout, the text as text that can be searched, selected and read aloud.
//!
//! Only a copy, by the function's type. A PDF goes through print queues, downloads and mail, where files stay;
//! an original's claim key must not. The document is tagged (PDF/UA-1) and checked as such when it is written,
//! and holds no time of writing: the same copy is the same bytes.

use std::num::NonZeroU16;

use krilla::color::luma;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag, Tag, TagGroup, TagKind, TagTree};
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
const POINTS_PER_DOT: f32 = 72.0 / 25.4 / 8.0;
/// White above and below, in dots: a printer of sheets doesn't reach the edge.
const EDGE_DOTS: f32 = 32.0;

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
    write(&page, &content::title(&receipt), copy.facts.language, paper)
}

/// Anything else that holds nothing personal, as such a document.
pub(crate) fn of_blocks(
    blocks: &[Block],
    title: &str,
    language: Language,
    paper: Paper,
) -> Result<Vec<u8>, PdfError> {
    let page = lay_out_blocks(blocks, paper, &mut Fonts::new()?)?;
    write(&page, title, language.into(), paper)
}

fn write(page: &Page, title: &str, language: CitizenLanguage, paper: Paper) -> Result<Vec<u8>, PdfError> {
    let mut document = Document::new_with(settings()?);
    let tags = write_page(&mut document, page, paper)?;
    let mut outline = Outline::new();
    let top = XyzDestination::new(0, Point::from_xy(0.0, 0.0));
    outline.push_child(OutlineNode::new(title.to_owned(), top));
    document.set_outline(outline);
    document.set_tag_tree(tags);
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

fn write_page(document: &mut Document, page: &Page, paper: Paper) -> Result<TagTree, PdfError> {
    let faces = Faces::new()?;
    let paper_mm = f32::from(u16::try_from(paper.mm()).unwrap_or(u16::MAX));
    let (width, height) = (paper_mm * 8.0, page.height + 2.0 * EDGE_DOTS);
    let (points, height) = (width * POINTS_PER_DOT, height * POINTS_PER_DOT);
    let settings = PageSettings::from_wh(points, height).ok_or(PdfError::Page { width: points, height })?;
    let mut sheet = document.start_page_with(settings);
    let mut surface = sheet.surface();
    let scale = krilla::geom::Transform::from_row(
        POINTS_PER_DOT,
        0.0,
        0.0,
        POINTS_PER_DOT,
        (width - page.width) / 2.0 * POINTS_PER_DOT,
        EDGE_DOTS * POINTS_PER_DOT,
    );
    surface.push_transform(&scale);
    let mut tags = TagTree::new();
    for group in &page.groups {
        write_group(&mut surface, group, &faces, &mut tags);
    }
    surface.pop();
    surface.finish();
    sheet.finish();
    Ok(tags)
}

fn write_group(surface: &mut Surface<'_>, group: &Group, faces: &Faces, tags: &mut TagTree) {
    let kind = match &group.role {
        Role::Heading(level) => {
            Some(Tag::Hn(NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN), Some(words(group))).into())
        }
        Role::Paragraph => Some(TagKind::from(Tag::P)),
        Role::Figure(alternative) => Some(Tag::Figure(Some(alternative.clone())).into()),
        Role::Ornament => None,
    };
    let content = match &group.role {
        Role::Ornament => ContentTag::Artifact(Artifact::new(ArtifactType::Other, None)),
        Role::Figure(_) => ContentTag::Other,
        Role::Heading(_) | Role::Paragraph => ContentTag::Span(SpanTag::empty()),
    };
    let identifier = surface.start_tagged(content);
    for item in &group.items {
        write_item(surface, item, faces);
    }
    surface.end_tagged();
    if let Some(kind) = kind {
        let mut tag = TagGroup::new(kind);
        tag.push(identifier);
        tags.push(tag);
    }
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
        Item::Rect { x, y, width, height } => {
            surface.set_fill(Some(fill(Ink::Black)));
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
    let color = match ink {
        Ink::Black => luma::Color::black(),
        Ink::White => luma::Color::white(),
    };
    Fill { paint: color.into(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
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
