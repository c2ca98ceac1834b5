//! The fonts of PNG and PDF: the embedded ones, files that were given, and a system font where both lack characters.
//!
//! A text is drawn in runs: Noto Sans wherever it has the characters, another font for those it lacks. The other fonts
//! stand in the database under names of this program's own, so that a run gets the font that was chosen for it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use resvg::usvg::fontdb::{Database, FaceInfo, Language, Source, Stretch, Style};

use super::{Figure, Mark, Weight, text};

/// Families that are taken from the system, in this order; after them any face that has the characters.
const PREFERRED: [&str; 21] = [
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
    "DejaVu Sans",
    "Noto Sans Symbols",
    "Noto Sans Symbols 2",
    "Segoe UI Symbol",
    "Arial Unicode MS",
];

/// Fonts for drawing; built once and shared between threads.
#[derive(Debug)]
pub struct Fonts {
    embedded: Arc<Database>,
    /// The families of the files that were given, in order of fallback.
    given: Vec<Family>,
    /// Looked for once, when a figure first needs it.
    system: OnceLock<Vec<FaceInfo>>,
}

/// The faces of one family.
#[derive(Debug, Clone)]
struct Family {
    name: String,
    faces: Vec<FaceInfo>,
    /// The file, where the family is the system's.
    system_file: Option<PathBuf>,
}

/// The fonts of one figure.
#[derive(Debug)]
pub(super) struct Faces {
    pub database: Arc<Database>,
    stand_ins: Vec<StandIn>,
    /// The stand-in of each character that Noto Sans lacks and another font has.
    drawn_by: BTreeMap<char, usize>,
    /// Characters that no font has.
    lacking: BTreeSet<char>,
}

/// A family that draws what Noto Sans lacks.
#[derive(Debug)]
struct StandIn {
    /// Its name in the database.
    alias: String,
    family: Family,
    /// Advance widths in ems of the figure's characters that it has: regular and bold.
    advances: BTreeMap<char, [f64; 2]>,
}

/// A stretch of text in one font.
#[derive(Debug, PartialEq)]
pub(super) struct Run<'a> {
    pub text: &'a str,
    /// `None`: Noto Sans.
    pub family: Option<&'a str>,
    /// Its width in ems, by advance widths.
    pub ems: f64,
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
        Self { embedded: Arc::new(embedded()), given: Vec::new(), system: OnceLock::new() }
    }

    /// The embedded fonts, then those of `files`, in order of fallback.
    pub fn with_files(files: &[PathBuf]) -> Result<Self, FontError> {
        let mut given: Vec<Family> = Vec::new();
        for path in files {
            let bytes = std::fs::read(path).map_err(|source| FontError::Unreadable { path: path.clone(), source })?;
            let mut database = Database::new();
            if database.load_font_source(Source::Binary(Arc::new(bytes))).is_empty() {
                return Err(FontError::NotAFont { path: path.clone() });
            }
            for face in database.faces() {
                let name = family_name(face);
                match given.iter_mut().find(|family| family.name == name) {
                    Some(family) => family.faces.push(face.clone()),
                    None => given.push(Family { name: name.into(), faces: vec![face.clone()], system_file: None }),
                }
            }
        }
        Ok(Self { given, ..Self::embedded() })
    }

    /// What the reader of PNG and PDF should know: characters that no font at hand can draw, and fonts of this system.
    pub fn warnings(&self, figure: &Figure) -> Vec<String> {
        let faces = self.faces(figure);
        let lacking = (!faces.lacking.is_empty()).then(|| {
            format!("{}: no font has {}; name a font file that does (--font FILE, or fonts in [figures])", figure.id, named(&faces.lacking))
        });
        let system = faces.stand_ins.iter().filter_map(|stand_in| {
            let file = stand_in.family.system_file.as_ref()?;
            Some(format!(
                "{} of this system ({}) draws what Noto Sans lacks: the bytes of PNG and PDF then depend on this machine; name a font \
                 file to be free of it (--font FILE, or fonts in [figures])",
                stand_in.family.name,
                file.display()
            ))
        });
        lacking.into_iter().chain(system).collect()
    }

    /// The fonts that draw this figure; the system's are looked through only where the own ones lack characters.
    pub(super) fn faces(&self, figure: &Figure) -> Faces {
        let characters = characters(figure);
        let mut lacking: BTreeSet<char> = characters.iter().copied().filter(|&c| !text::has_glyph(c)).collect();
        let mut faces =
            Faces { database: Arc::clone(&self.embedded), stand_ins: Vec::new(), drawn_by: BTreeMap::new(), lacking: BTreeSet::new() };
        let mut database = (*self.embedded).clone();
        for family in &self.given {
            faces.add(family.clone(), &mut database, &characters, &mut lacking);
        }
        if !lacking.is_empty() {
            let system = self.system.get_or_init(system);
            for face in system {
                if lacking.is_empty() {
                    break;
                }
                if covered(face, &lacking).next().is_none() {
                    continue;
                }
                // The bold of the same family, for titles.
                let is_bold = |other: &&FaceInfo| {
                    other.weight.0 == 700
                        && family_name(other) == family_name(face)
                        && (other.style, other.stretch) == (face.style, face.stretch)
                };
                let bold = system.iter().find(is_bold).filter(|bold| bold.id != face.id);
                let family = Family {
                    name: family_name(face).into(),
                    faces: [face].into_iter().chain(bold).cloned().collect(),
                    system_file: Some(file(&face.source).map(Path::to_path_buf).unwrap_or_default()),
                };
                faces.add(family, &mut database, &characters, &mut lacking);
            }
        }
        if !faces.stand_ins.is_empty() {
            faces.database = Arc::new(database);
        }
        faces.lacking = lacking;
        faces
    }
}

impl Faces {
    /// Takes `family` in where it draws something that is lacking.
    fn add(&mut self, family: Family, database: &mut Database, characters: &BTreeSet<char>, lacking: &mut BTreeSet<char>) {
        let nearest = |weight: u16| family.faces.iter().min_by_key(|face| (face.style != Style::Normal, face.weight.0.abs_diff(weight)));
        let (Some(regular), Some(bold)) = (nearest(400), nearest(700)) else { return };
        let drawn: Vec<char> = covered(regular, lacking).map(|(c, _)| c).collect();
        if drawn.is_empty() {
            return;
        }
        let mut advances: BTreeMap<char, [f64; 2]> = covered(regular, characters).map(|(c, ems)| (c, [ems, ems])).collect();
        for (c, ems) in covered(bold, characters) {
            if let Some(advances) = advances.get_mut(&c) {
                advances[1] = ems;
            }
        }
        let alias = format!("stand-in {}", self.stand_ins.len() + 1);
        let same = regular.id == bold.id;
        for face in [Some(regular), (!same).then_some(bold)].into_iter().flatten() {
            database.push_face_info(FaceInfo { families: vec![(alias.clone(), Language::English_UnitedStates)], ..face.clone() });
        }
        for c in drawn {
            lacking.remove(&c);
            self.drawn_by.insert(c, self.stand_ins.len());
        }
        self.stand_ins.push(StandIn { alias, family, advances });
    }

    /// `text` in stretches of one font. Marks stay with the letter they stand on, and so do spaces between two stretches of
    /// another font: a script that is written from right to left keeps its order.
    pub fn runs<'a>(&'a self, text: &'a str, weight: Weight) -> Vec<Run<'a>> {
        let characters: Vec<(usize, char)> = text.char_indices().collect();
        let mut owners: Vec<Option<usize>> = characters.iter().map(|(_, c)| self.drawn_by.get(c).copied()).collect();
        let has = |owner: Option<usize>, c: char| owner.is_some_and(|i| self.stand_ins[i].advances.contains_key(&c));
        for i in 1..owners.len() {
            let (before, c) = (characters[i - 1].1, characters[i].1);
            if text::combines(c) {
                if owners[i].is_some() && has(owners[i], before) {
                    owners[i - 1] = owners[i];
                } else if has(owners[i - 1], c) {
                    owners[i] = owners[i - 1];
                }
            } else if c.is_whitespace() && owners.get(i + 1) == Some(&owners[i - 1]) && has(owners[i - 1], c) {
                owners[i] = owners[i - 1];
            }
        }
        let mut runs = Vec::new();
        let mut start = 0;
        for run in owners.chunk_by(|a, b| a == b) {
            let end = start + run.len();
            let to = characters.get(end).map_or(text.len(), |(at, _)| *at);
            let part = &text[characters[start].0..to];
            runs.push(match run[0].map(|i| &self.stand_ins[i]) {
                Some(stand_in) => {
                    let column = usize::from(weight == Weight::Bold);
                    let ems = part.chars().filter_map(|c| stand_in.advances.get(&c)).map(|ems| ems[column]).sum();
                    Run { text: part, family: Some(&stand_in.alias), ems }
                }
                None => Run { text: part, family: None, ems: text::ems(part, weight) },
            });
            start = end;
        }
        runs
    }
}

fn embedded() -> Database {
    let mut database = Database::new();
    for bytes in [notosans::REGULAR_TTF, notosans::BOLD_TTF] {
        database.load_font_source(Source::Binary(Arc::new(without_glyph_classes(bytes))));
    }
    database.set_sans_serif_family("Noto Sans");
    database.set_serif_family("Noto Sans");
    database
}

/// The font without its table of glyph classes: it calls the spacing accents (the backtick, ´, ¨ …) marks, which takes
/// their width from them. Without the table, shapers go by the properties of the characters.
fn without_glyph_classes(font: &[u8]) -> Vec<u8> {
    let mut bytes = font.to_vec();
    let gdef = ttf_parser::RawFace::parse(font, 0).ok().and_then(|face| {
        let record = face.table_records.into_iter().find(|record| record.tag == ttf_parser::Tag::from_bytes(b"GDEF"))?;
        usize::try_from(record.offset).ok()
    });
    // The offset of the class definitions follows the version; 0 says that there are none.
    if let Some(offset) = gdef.and_then(|gdef| bytes.get_mut(gdef + 4..gdef + 6)) {
        offset.fill(0);
    }
    bytes
}

/// The visible characters of a figure.
fn characters(figure: &Figure) -> BTreeSet<char> {
    let texts = figure.marks.iter().filter_map(|mark| match mark {
        Mark::Text { text, .. } => Some(text::clean(text)),
        _ => None,
    });
    texts.flat_map(|text| text.chars().collect::<Vec<_>>()).collect()
}

/// `抑 (U+6291), う (U+3046) and 3 more`.
fn named(characters: &BTreeSet<char>) -> String {
    let some: Vec<String> = characters.iter().take(12).map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
    let more = if characters.len() > some.len() { format!(" and {} more", characters.len() - some.len()) } else { String::new() };
    format!("{}{more}", some.join(", "))
}

/// Those of `wanted` that the face has, with their advance widths in ems.
fn covered<'a>(face: &FaceInfo, wanted: &'a BTreeSet<char>) -> impl Iterator<Item = (char, f64)> + use<'a> {
    let mut alone = Database::new();
    let id = alone.push_face_info(face.clone());
    let found = alone.with_face_data(id, |data, index| {
        let Ok(face) = ttf_parser::Face::parse(data, index) else { return Vec::new() };
        let em = f64::from(face.units_per_em());
        let one = |&c: &char| {
            let glyph = face.glyph_index(c).filter(|glyph| glyph.0 != 0)?;
            Some((c, f64::from(face.glyph_hor_advance(glyph).unwrap_or(0)) / em))
        };
        wanted.iter().filter_map(one).collect()
    });
    found.unwrap_or_default().into_iter()
}

/// The faces of the system, the preferred families first and upright regular faces before others: the order in which a
/// system lists its files must not show.
fn system() -> Vec<FaceInfo> {
    let mut database = Database::new();
    database.load_system_fonts();
    let mut faces: Vec<FaceInfo> = database.faces().cloned().collect();
    let rank = |families: &[(String, _)]| {
        PREFERRED.iter().position(|name| families.iter().any(|(family, _)| family == name)).unwrap_or(PREFERRED.len())
    };
    faces.sort_by_cached_key(|face| {
        (
            (face.style != Style::Normal, rank(&face.families), face.stretch != Stretch::Normal),
            face.weight.0.abs_diff(400),
            file(&face.source).map(Path::to_path_buf),
            face.index,
        )
    });
    faces
}

fn family_name(face: &FaceInfo) -> &str {
    face.families.first().map_or(face.post_script_name.as_str(), |(name, _)| name)
}

fn file(source: &Source) -> Option<&Path> {
    match source {
        Source::File(path) | Source::SharedFile(path, _) => Some(path),
        Source::Binary(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stand-ins that have these characters, each 1 em wide.
    fn faces(families: &[&str]) -> Faces {
        let mut faces = Faces { database: Arc::default(), stand_ins: Vec::new(), drawn_by: BTreeMap::new(), lacking: BTreeSet::new() };
        for (i, characters) in families.iter().enumerate() {
            faces.drawn_by.extend(characters.chars().filter(|&c| !text::has_glyph(c)).map(|c| (c, i)));
            faces.stand_ins.push(StandIn {
                alias: format!("stand-in {}", i + 1),
                family: Family { name: String::new(), faces: Vec::new(), system_file: None },
                advances: characters.chars().map(|c| (c, [1.0, 1.0])).collect(),
            });
        }
        faces
    }

    #[test]
    fn another_font_draws_only_what_noto_sans_lacks() {
        let faces = faces(&["あい か\u{3099}", "😀"]);
        let runs = |text| {
            let runs = faces.runs(text, Weight::Regular);
            runs.into_iter()
                .map(|run| (run.text.to_owned(), run.family.map(|name| name.trim_start_matches("stand-in ").to_owned())))
                .collect::<Vec<_>>()
        };
        let run = |text: &str, family: Option<&str>| (text.to_owned(), family.map(str::to_owned));
        assert_eq!(runs("emoji 😀 ± é ß"), [run("emoji ", None), run("😀", Some("2")), run(" ± é ß", None)]);
        assert_eq!(runs("plain"), [run("plain", None)]);
        // A space between two stretches of one font is that font's; between two fonts it is not.
        assert_eq!(runs("あ い 😀"), [run("あ い", Some("1")), run(" ", None), run("😀", Some("2"))]);
        assert_eq!(runs("か\u{3099}x"), [run("か\u{3099}", Some("1")), run("x", None)]);
        assert_eq!(faces.runs("あい", Weight::Bold)[0].ems, 2.0);
        assert!(faces.runs("", Weight::Regular).is_empty());
    }
}
