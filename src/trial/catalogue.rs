//! The catalogue: all instruments that ship with the program, one file each in `instruments/`, and those of the user.

use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;

use super::{Instrument, Place, Problem, ProblemCode, Problems, read_entry};

/// Instruments, in order of id: those that ship with the program, and where the user has own ones, these added or in their
/// place.
///
/// Embedded entries are parsed when they are asked for: by id only that one, by a search all of them, each once.
#[derive(Debug, Clone)]
pub struct Catalogue {
    all: OnceLock<Vec<Instrument>>,
    single: Vec<OnceLock<Option<Instrument>>>,
    /// In order of id.
    own: Vec<Own>,
}

/// An entry of the user.
#[derive(Debug, Clone)]
struct Own {
    instrument: Instrument,
    source: String,
    file: String,
}

impl Catalogue {
    /// The catalogue inside the program. Costs nothing until an entry is asked for.
    pub fn embedded() -> Self {
        Self { all: OnceLock::new(), single: vec![OnceLock::new(); EMBEDDED.len()], own: Vec::new() }
    }

    /// The catalogue inside the program with entries of the user, each a file name and its text. An entry with the id of an
    /// embedded one takes its place ([`Catalogue::overridden`]). Everything wrong in any file is reported at once.
    pub fn with_own(files: &[(String, String)]) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let mut own: Vec<Own> = Vec::new();
        for (file, text) in files {
            match read_entry(text, file) {
                Ok(instrument) => match own.iter().find(|other| other.instrument.id == instrument.id) {
                    Some(other) => {
                        let what = format!("`id`: expected an id of its own, got \"{}\" as in {}", instrument.id, other.file);
                        let problem = Problem::error(ProblemCode::CatalogueEntry, Place::file(file), what);
                        problems.push(problem.with_hint("rename one of the two, or delete it"));
                    }
                    None => own.push(Own { instrument, source: text.clone(), file: file.clone() }),
                },
                Err(found) => problems.extend(found),
            }
        }
        own.sort_by(|a, b| a.instrument.id.cmp(&b.instrument.id));
        if problems.has_errors() { Err(problems) } else { Ok(Self { own, ..Self::embedded() }) }
    }

    /// The embedded entries that entries of the user stand in for: id and the user's file.
    pub fn overridden(&self) -> impl Iterator<Item = (&str, &str)> {
        self.own.iter().filter(|own| index(&own.instrument.id).is_some()).map(|own| (own.instrument.id.as_str(), own.file.as_str()))
    }

    /// The file of an entry that is the user's.
    pub fn own_file(&self, id: &str) -> Option<&str> {
        self.own(id).map(|own| own.file.as_str())
    }

    fn own(&self, id: &str) -> Option<&Own> {
        self.own.iter().find(|own| own.instrument.id == id)
    }

    /// Every entry, in order of id.
    pub fn instruments(&self) -> &[Instrument] {
        self.all.get_or_init(|| {
            let embedded = EMBEDDED.iter().filter(|(id, _)| self.own(id).is_none()).filter_map(|(_, text)| parse(text));
            let mut all: Vec<Instrument> = self.own.iter().map(|own| own.instrument.clone()).chain(embedded).collect();
            all.sort_by(|a, b| a.id.cmp(&b.id));
            all
        })
    }

    /// The ids of all entries, in order, without parsing one.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let own = self.own.iter().map(|own| own.instrument.id.as_str());
        let mut ids: Vec<&str> = EMBEDDED.iter().map(|(id, _)| *id).chain(own).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.into_iter()
    }

    /// The entry with exactly this id.
    pub fn get(&self, id: &str) -> Option<&Instrument> {
        if let Some(own) = self.own(id) {
            return Some(&own.instrument);
        }
        let index = index(id)?;
        self.single[index].get_or_init(|| parse(EMBEDDED[index].1)).as_ref()
    }

    /// The TOML text of an entry, as it stands in its file.
    pub fn source(&self, id: &str) -> Option<&str> {
        self.own(id).map(|own| own.source.as_str()).or_else(|| Some(EMBEDDED[index(id)?].1))
    }

    /// The entries of one domain.
    pub fn by_domain(&self, domain: &str) -> Vec<&Instrument> {
        self.instruments().iter().filter(|instrument| instrument.domain == domain).collect()
    }

    /// The entries that go by this name: id, abbreviation, name or alias, compared without case, width, spaces and
    /// punctuation. Several where the name is ambiguous (`SDS`: Zung or Sheehan).
    pub fn matching(&self, text: &str) -> Vec<&Instrument> {
        let wanted = fold(text);
        if wanted.is_empty() {
            return Vec::new();
        }
        self.instruments().iter().filter(|instrument| instrument.spellings().any(|spelling| fold(spelling) == wanted)).collect()
    }

    /// What was probably meant by an id that is none, as a hint.
    pub fn hint(&self, id: &str) -> Option<String> {
        match self.matching(id).as_slice() {
            [] => Some(format!("did you mean `{}`?", self.nearest(id)?)),
            [one] => Some(format!("did you mean `{}`?", one.id)),
            several => {
                let named: Vec<String> = several.iter().map(|entry| format!("`{}` ({})", entry.id, entry.name)).collect();
                Some(format!("several scales go by this name: write {}", named.join(" or ")))
            }
        }
    }

    /// The id that was probably meant, for a "did you mean".
    pub fn suggest(&self, id: &str) -> Option<&str> {
        self.matching(id).first().map(|instrument| instrument.id.as_str()).or_else(|| self.nearest(id))
    }

    fn nearest(&self, id: &str) -> Option<&str> {
        let wanted = id.to_lowercase();
        self.ids()
            .map(|id| (strsim::jaro_winkler(&wanted, id), id))
            .filter(|(score, _)| *score >= 0.8)
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, id)| id)
    }
}

/// Where an id stands among the embedded ones.
fn index(id: &str) -> Option<usize> {
    EMBEDDED.binary_search_by_key(&id, |(id, _)| id).ok()
}

/// A name as it is compared: NFKC, lower case, letters and digits only.
pub fn fold(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).filter(|letter| letter.is_alphanumeric()).collect()
}

/// Embedded entries parse: a test holds every one of them to that, so a failure here cannot ship.
fn parse(text: &str) -> Option<Instrument> {
    toml::from_str(text).ok()
}

/// Id and file of every entry, in order of id (a test compares the list with the folder).
const EMBEDDED: &[(&str, &str)] = &[
    ("ais", include_str!("instruments/ais.toml")),
    ("bacs_j_composite", include_str!("instruments/bacs_j_composite.toml")),
    ("bdi2", include_str!("instruments/bdi2.toml")),
    ("bjsq_stress", include_str!("instruments/bjsq_stress.toml")),
    ("brs", include_str!("instruments/brs.toml")),
    ("cdrisc10", include_str!("instruments/cdrisc10.toml")),
    ("cdrisc25", include_str!("instruments/cdrisc25.toml")),
    ("cesd", include_str!("instruments/cesd.toml")),
    ("cgi_s", include_str!("instruments/cgi_s.toml")),
    ("cobra", include_str!("instruments/cobra.toml")),
    ("dsst", include_str!("instruments/dsst.toml")),
    ("eq5d5l_index", include_str!("instruments/eq5d5l_index.toml")),
    ("eq_vas", include_str!("instruments/eq_vas.toml")),
    ("gad7", include_str!("instruments/gad7.toml")),
    ("gaf", include_str!("instruments/gaf.toml")),
    ("gatb", include_str!("instruments/gatb.toml")),
    ("hamd17", include_str!("instruments/hamd17.toml")),
    ("hpq_abs_presenteeism", include_str!("instruments/hpq_abs_presenteeism.toml")),
    ("isi", include_str!("instruments/isi.toml")),
    ("k6", include_str!("instruments/k6.toml")),
    ("kwcst_ca", include_str!("instruments/kwcst_ca.toml")),
    ("lasmi", include_str!("instruments/lasmi.toml")),
    ("leaps", include_str!("instruments/leaps.toml")),
    ("lsas", include_str!("instruments/lsas.toml")),
    ("lsns6", include_str!("instruments/lsns6.toml")),
    ("madrs", include_str!("instruments/madrs.toml")),
    ("nback_correct", include_str!("instruments/nback_correct.toml")),
    ("pdq5_d", include_str!("instruments/pdq5_d.toml")),
    ("pdq_d", include_str!("instruments/pdq_d.toml")),
    ("phq9", include_str!("instruments/phq9.toml")),
    ("poms2_tmd", include_str!("instruments/poms2_tmd.toml")),
    ("prrs", include_str!("instruments/prrs.toml")),
    ("psqi", include_str!("instruments/psqi.toml")),
    ("pss10", include_str!("instruments/pss10.toml")),
    ("qids_c16", include_str!("instruments/qids_c16.toml")),
    ("qids_sr16", include_str!("instruments/qids_sr16.toml")),
    ("rrtw", include_str!("instruments/rrtw.toml")),
    ("rs14", include_str!("instruments/rs14.toml")),
    ("rtw_se11", include_str!("instruments/rtw_se11.toml")),
    ("sass", include_str!("instruments/sass.toml")),
    ("sass_j", include_str!("instruments/sass_j.toml")),
    ("scsq", include_str!("instruments/scsq.toml")),
    ("sf36_mcs", include_str!("instruments/sf36_mcs.toml")),
    ("sf8_mcs", include_str!("instruments/sf8_mcs.toml")),
    ("sfs", include_str!("instruments/sfs.toml")),
    ("sheehan_ds", include_str!("instruments/sheehan_ds.toml")),
    ("soc13", include_str!("instruments/soc13.toml")),
    ("sofas", include_str!("instruments/sofas.toml")),
    ("sras", include_str!("instruments/sras.toml")),
    ("stai_state", include_str!("instruments/stai_state.toml")),
    ("stai_trait", include_str!("instruments/stai_trait.toml")),
    ("stroop", include_str!("instruments/stroop.toml")),
    ("tci", include_str!("instruments/tci.toml")),
    ("thincit_composite", include_str!("instruments/thincit_composite.toml")),
    ("tmt_a", include_str!("instruments/tmt_a.toml")),
    ("tmt_b", include_str!("instruments/tmt_b.toml")),
    ("trs", include_str!("instruments/trs.toml")),
    ("wai", include_str!("instruments/wai.toml")),
    ("wfun", include_str!("instruments/wfun.toml")),
    ("whodas12", include_str!("instruments/whodas12.toml")),
    ("whodas36", include_str!("instruments/whodas36.toml")),
    ("whoqol_bref", include_str!("instruments/whoqol_bref.toml")),
    ("wlq_index", include_str!("instruments/wlq_index.toml")),
    ("wpai_gh_overall", include_str!("instruments/wpai_gh_overall.toml")),
    ("wsas", include_str!("instruments/wsas.toml")),
    ("ymrs", include_str!("instruments/ymrs.toml")),
    ("zung_sds", include_str!("instruments/zung_sds.toml")),
];
