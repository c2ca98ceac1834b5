//! The catalogue: all instruments that ship with the program, one file each in `instruments/`.

use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;

use super::Instrument;

/// All instruments that ship with the program, in order of id.
///
/// Entries are parsed when they are asked for: by id only that one, by a search all of them, each once.
#[derive(Debug, Clone)]
pub struct Catalogue {
    all: OnceLock<Vec<Instrument>>,
    single: Vec<OnceLock<Option<Instrument>>>,
}

impl Catalogue {
    /// The catalogue inside the program. Costs nothing until an entry is asked for.
    pub fn embedded() -> Self {
        Self { all: OnceLock::new(), single: vec![OnceLock::new(); EMBEDDED.len()] }
    }

    /// Every entry, in order of id.
    pub fn instruments(&self) -> &[Instrument] {
        self.all.get_or_init(|| EMBEDDED.iter().filter_map(|(_, text)| parse(text)).collect())
    }

    /// The ids of all entries, in order, without parsing one.
    pub fn ids(&self) -> impl Iterator<Item = &'static str> {
        EMBEDDED.iter().map(|(id, _)| *id)
    }

    /// The entry with exactly this id.
    pub fn get(&self, id: &str) -> Option<&Instrument> {
        let index = EMBEDDED.binary_search_by_key(&id, |(id, _)| id).ok()?;
        self.single[index].get_or_init(|| parse(EMBEDDED[index].1)).as_ref()
    }

    /// The TOML text of an entry, as it ships.
    pub fn source(&self, id: &str) -> Option<&'static str> {
        let index = EMBEDDED.binary_search_by_key(&id, |(id, _)| id).ok()?;
        Some(EMBEDDED[index].1)
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

    /// The id that was probably meant, for a "did you mean".
    pub fn suggest(&self, id: &str) -> Option<&str> {
        if let Some(instrument) = self.matching(id).first() {
            return Some(&instrument.id);
        }
        let wanted = id.to_lowercase();
        EMBEDDED
            .iter()
            .map(|(id, _)| (strsim::jaro_winkler(&wanted, id), *id))
            .filter(|(score, _)| *score >= 0.8)
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, id)| id)
    }
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
