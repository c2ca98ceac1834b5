//! The fonts of PNG and PDF: the embedded ones, files that were given, and a system font where both lack characters.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use resvg::usvg::fontdb::{Database, ID, Source};

use super::{Figure, Mark, text};

/// Families that are taken from the system, in this order; after them any face that has the characters.
const PREFERRED: [&str; 16] = [
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "Source Han Sans",
    "Hiragino Sans",
    "Hiragino Kaku Gothic ProN",
    "Yu Gothic",
    "Meiryo",
    "MS Gothic",
    "Noto Sans CJK KR",
    "Noto Sans KR",
    "Apple SD Gothic Neo",
    "Malgun Gothic",
    "Noto Sans CJK SC",
    "PingFang SC",
    "Microsoft YaHei",
    "Droid Sans Fallback",
];

/// Fonts for drawing; built once and shared between threads.
#[derive(Debug)]
pub struct Fonts {
    own: Arc<Database>,
    /// Looked for once, when a figure first needs it.
    system: OnceLock<Arc<Database>>,
}

/// A font file that could not be used.
#[derive(Debug, thiserror::Error)]
pub enum FontError {
    #[error("{}: {source}", path.display())]
    Unreadable { path: PathBuf, source: std::io::Error },
    #[error("{}: not a font", path.display())]
    NotAFont { path: PathBuf },
}

impl Fonts {
    /// Noto Sans regular and bold.
    pub fn embedded() -> Self {
        Self { own: Arc::new(embedded()), system: OnceLock::new() }
    }

    /// The embedded fonts, then those of `files`, in order of fallback.
    pub fn with_files(files: &[PathBuf]) -> Result<Self, FontError> {
        let mut database = embedded();
        for path in files {
            let bytes = std::fs::read(path).map_err(|source| FontError::Unreadable { path: path.clone(), source })?;
            if database.load_font_source(Source::Binary(Arc::new(bytes))).is_empty() {
                return Err(FontError::NotAFont { path: path.clone() });
            }
        }
        Ok(Self { own: Arc::new(database), system: OnceLock::new() })
    }

    /// What the reader of PNG and PDF should know: characters that no font at hand can draw.
    pub fn warnings(&self, figure: &Figure) -> Vec<String> {
        let lacking = missing(&self.database(figure), &characters(figure));
        if lacking.is_empty() {
            return Vec::new();
        }
        let some: Vec<String> = lacking.iter().take(12).map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
        let more = if lacking.len() > some.len() { format!(" and {} more", lacking.len() - some.len()) } else { String::new() };
        vec![format!(
            "{}: no font has {}{more}; name a font file that does (--font FILE, or fonts in [figures])",
            figure.id,
            some.join(", ")
        )]
    }

    /// The fonts that draw this figure; the system's are looked through only where the own ones lack characters.
    pub(super) fn database(&self, figure: &Figure) -> Arc<Database> {
        let lacking = missing(&self.own, &characters(figure));
        if lacking.is_empty() {
            return Arc::clone(&self.own);
        }
        let system = self.system.get_or_init(|| {
            let mut database = Database::new();
            database.load_system_fonts();
            Arc::new(database)
        });
        Arc::new(completed(&self.own, system, lacking))
    }
}

fn embedded() -> Database {
    let mut database = Database::new();
    for bytes in [notosans::REGULAR_TTF, notosans::BOLD_TTF] {
        database.load_font_source(Source::Binary(Arc::new(bytes)));
    }
    database.set_sans_serif_family("Noto Sans");
    database.set_serif_family("Noto Sans");
    database
}

/// The visible characters of a figure.
fn characters(figure: &Figure) -> BTreeSet<char> {
    let texts = figure.marks.iter().filter_map(|mark| match mark {
        Mark::Text { text, .. } => Some(text::clean(text)),
        _ => None,
    });
    texts.flat_map(|text| text.chars().collect::<Vec<_>>()).collect()
}

/// Those of `wanted` that no face has.
fn missing(fonts: &Database, wanted: &BTreeSet<char>) -> BTreeSet<char> {
    let ids: Vec<ID> = fonts.faces().map(|face| face.id).collect();
    wanted.iter().copied().filter(|&c| !text::has_glyph(c) && !ids.iter().any(|&id| covers(fonts, id, c))).collect()
}

/// Whether the face has a glyph for `c`.
pub(super) fn covers(fonts: &Database, face: ID, c: char) -> bool {
    let has_glyph = |data: &[u8], index: u32| ttf_parser::Face::parse(data, index).is_ok_and(|face| face.glyph_index(c).is_some());
    fonts.with_face_data(face, has_glyph).unwrap_or(false)
}

/// `own`, and after it the files of the system that hold the missing characters: the preferred families first.
fn completed(own: &Database, system: &Database, mut lacking: BTreeSet<char>) -> Database {
    let mut database = own.clone();
    let mut faces: Vec<_> = system.faces().collect();
    let rank = |families: &[(String, _)]| {
        PREFERRED.iter().position(|name| families.iter().any(|(family, _)| family == name)).unwrap_or(PREFERRED.len())
    };
    // Names before paths, regular before bold: the order in which a system lists its files must not show.
    faces.sort_by_cached_key(|face| {
        (rank(&face.families), face.weight.0.abs_diff(400), file(&face.source).map(Path::to_path_buf), face.index)
    });
    for face in &faces {
        if lacking.is_empty() {
            break;
        }
        let covered: Vec<char> = lacking.iter().copied().filter(|&c| covers(system, face.id, c)).collect();
        if covered.is_empty() {
            continue;
        }
        lacking.retain(|c| !covered.contains(c));
        database.push_face_info((*face).clone());
        // The bold of the same family, for titles.
        let bold = faces.iter().find(|other| other.weight.0 == 700 && other.families == face.families && other.style == face.style);
        if let Some(bold) = bold.filter(|bold| bold.id != face.id) {
            database.push_face_info((*bold).clone());
        }
    }
    database
}

fn file(source: &Source) -> Option<&Path> {
    match source {
        Source::File(path) | Source::SharedFile(path, _) => Some(path),
        Source::Binary(_) => None,
    }
}
