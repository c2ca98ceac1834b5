//! The plan as a type: the words of `trial.toml`, with the defaults of every key that may be left out.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::meaning::{CarriedForward, EstimandSection, Mcid, Norm, Practice, Reliability, StatedCut, StatedResponse};
use crate::decimal::Decimal;
use crate::trial::{Benchmark, Direction, Role};

/// `trial.toml`. Paths are relative to the folder of the plan.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    #[serde(default, skip_serializing_if = "TrialSection::is_empty")]
    pub trial: TrialSection,
    #[serde(default)]
    pub data: DataSection,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visits: Option<VisitsSection>,
    #[serde(default)]
    pub outcome: Vec<OutcomeSection>,
    #[serde(default)]
    pub analysis: AnalysisSection,
    #[serde(default)]
    pub figures: FiguresSection,
    #[serde(default)]
    pub privacy: PrivacySection,
    #[serde(default, skip_serializing_if = "EstimandSection::is_empty")]
    pub estimand: EstimandSection,
}

/// `[trial]`: what the study is called.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TrialSection {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Registry number, e.g. `jRCT0000000000`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

impl TrialSection {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// `[data]`: which files, and how they are to be read.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DataSection {
    /// One or more files with the same header; rows are appended.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
    /// Two-file layout: the file of the pre visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pre: Option<String>,
    /// Two-file layout: the file of the post visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<String>,
    /// The column of the subject id.
    #[serde(default)]
    pub subject: String,
    /// WHATWG label; UTF-8 (BOM honoured) where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// `,` `;` tab or `|`; found where certain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub separator: Option<String>,
    /// `.` or `,`; default `.`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimal: Option<String>,
    /// Thousands mark; none unless declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thousands: Option<String>,
    /// Missing codes besides the empty cell, NA, N/A, null and None.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// Line of the header as an editor shows it; default 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header_line: Option<u64>,
    /// Records to skip after the header (Qualtrics: 2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skip_records_after_header: Option<u64>,
    /// Keep only rows whose column has this value (or one of these).
    #[serde(default, rename = "where", skip_serializing_if = "BTreeMap::is_empty")]
    pub keep_where: BTreeMap<String, OneOrMore>,
    /// Long layout: the column of the visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<String>,
    /// Tidy long layout: the column that names the outcome.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome_column: Option<String>,
    /// Tidy long layout: the column of the score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Column of descriptive subgroups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Which ids are one subject besides those that are equal as text (trimmed, NFC): differences that do not count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ids_equal_under: Vec<IdDifference>,
    /// Ids that nearly are alike belong to different subjects: such ids are a warning, not an error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ids_distinct: Option<bool>,
    /// Wide and two-file layouts: the column of the date of the pre visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pre_date: Option<String>,
    /// Wide and two-file layouts: the column of the date of the post visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post_date: Option<String>,
    /// Long layouts: the column of the date of the row's visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// How dates are written, in the letters of `strftime`; ISO (`%Y-%m-%d`) where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_format: Option<String>,
    /// The sheet of a workbook; needed where it has several with data, and none is named behind the file (`book.xlsx#Sheet`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Files of people without the treatment, laid out like `files`: their change is the practice effect.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub control_files: Vec<String>,
    /// What differs in one file, by its name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub files_by_name: BTreeMap<String, FileOverride>,
    /// Decimal mark of single columns.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub decimal_by_column: BTreeMap<String, String>,
}

/// What may differ from `[data]` in one file.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FileOverride {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub separator: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimal: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thousands: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header_line: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skip_records_after_header: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The score column of this file (two-file layout with one outcome).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// A difference in writing that may be declared not to tell two subjects apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum IdDifference {
    /// Letter case: `S01` and `s01`.
    Case,
    /// Full-width and half-width forms: `Ｓ０１` and `S01`.
    Width,
    /// Quotes, and stops, commas, stars and footnote marks at the ends: `'S01'`, `S01.` and `S01`.
    Marks,
    /// Invisible characters: zero-width spaces and joiners, byte-order marks, directional marks.
    Invisible,
    /// Leading zeros of digit runs: `001` and `1`.
    LeadingZeros,
    /// Kinds of hyphens and dashes, underscores and spaces, or none: `A-01`, `A‑01`, `A01`.
    Hyphens,
    /// A whole number written as a decimal: `101.0` and `101`.
    DecimalPoint,
    /// Letters of other alphabets that look alike: Cyrillic `А01` and Latin `A01`.
    Alphabet,
}

/// A text or a list of texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl Default for OneOrMore {
    /// No text: what stands where a plan has none.
    fn default() -> Self {
        OneOrMore::More(Vec::new())
    }
}

impl From<&str> for OneOrMore {
    fn from(text: &str) -> Self {
        OneOrMore::One(text.to_owned())
    }
}

impl OneOrMore {
    pub fn as_slice(&self) -> &[String] {
        match self {
            OneOrMore::One(value) => std::slice::from_ref(value),
            OneOrMore::More(values) => values,
        }
    }
}

/// `[visits]`: the labels of the visits in the visit column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VisitsSection {
    /// The label of the pre visit; a list where it is spelled in several ways.
    pub pre: OneOrMore,
    /// The label of the post visit; a list where it is spelled in several ways.
    pub post: OneOrMore,
    /// Labels of further visits whose scores are read, checked and kept in `observations.csv`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<String>,
}

/// `[[outcome]]`: one score and where it stands.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutcomeSection {
    /// Short name in ids and file names; where absent, the instrument, the key or what the columns have in common.
    #[serde(default)]
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Catalogue entry that brings domain, direction, range, step and bands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// Which way is better; required where the catalogue does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<[Decimal; 2]>,
    /// Scores are the lowest one plus multiples of it; where scores come from items, answers are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<Decimal>,
    /// The same as `step = 1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub integer: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Unit for axes; points where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Where an overridden range, step or direction comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Wide layout: the column of the pre score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pre: Option<String>,
    /// Wide layout: the column of the post score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<String>,
    /// Long and two-file layouts: the one column of the score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Tidy long layout: this outcome's value in `outcome_column` (default: the id); `*`: every value found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Wide layout: columns of further visits (or of their items), by the label of the visit; kept in `observations.csv`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub others: BTreeMap<String, String>,
    /// Wide and two-file layouts, score from items: the columns of the pre items, `{i}` standing for the item's number
    /// (`{i:02}`: with zeros in front, to two digits).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pre_items: Option<String>,
    /// Wide and two-file layouts, score from items: the columns of the post items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post_items: Option<String>,
    /// Long and two-file layouts, score from items: the columns of the items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_items: Option<String>,
    /// How many items there are; they are numbered from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub items: Option<u32>,
    /// Lowest and highest answer to one item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item_range: Option<[Decimal; 2]>,
    /// Numbers of the reverse-keyed items: lowest + highest − answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reverse: Vec<u32>,
    /// What the score is of the items; their sum where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<ItemScore>,
    /// Least share of items answered for a score prorated from them; without it every item must be answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prorate: Option<Decimal>,
    /// The least change that matters to people; the catalogue's where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mcid: Option<Mcid>,
    /// Which scores are remission.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remission: Option<StatedCut>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<StatedResponse>,
    /// How well the score repeats itself: for reliable change and regression to the mean.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reliability: Option<Reliability>,
    /// The functional population: for cut-offs and regression to the mean.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub norm: Option<Norm>,
    /// The clinical population; the sample's own pre scores where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clinical_norm: Option<Norm>,
    /// Which scores let people enter the trial.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<StatedCut>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub practice: Option<Practice>,
    /// Mean changes between these two are no change that matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub equivalence: Option<[Decimal; 2]>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub benchmark: Vec<Benchmark>,
}

/// What a score is of its items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ItemScore {
    Sum,
    Mean,
}

/// `[analysis]`: how it is analysed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AnalysisSection {
    pub conf_level: f64,
    pub alternative: WantedChange,
    /// The test that decides; all are reported.
    pub test: TestName,
    /// The headline effect size.
    pub effect: Effect,
    pub multiplicity: Procedure,
    pub family: Family,
    pub zeros: ZeroRule,
    pub seed: u64,
    /// Bootstrap replicates.
    pub bootstrap: u32,
    /// Monte Carlo permutations, where full enumeration is out of reach.
    pub permutations: u32,
    /// Use thresholds that the catalogue holds from general knowledge alone.
    pub accept_recalled: bool,
    /// Single imputations to show beside the analyses that decide.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub carried_forward: Vec<CarriedForward>,
}

impl Default for AnalysisSection {
    fn default() -> Self {
        Self {
            conf_level: 0.95,
            alternative: WantedChange::TwoSided,
            test: TestName::PairedT,
            effect: Effect::DAv,
            multiplicity: Procedure::Holm,
            family: Family::Role,
            zeros: ZeroRule::Pratt,
            seed: 20_260_101,
            bootstrap: 10_000,
            permutations: 100_000,
            accept_recalled: false,
            carried_forward: Vec::new(),
        }
    }
}

/// The alternative, in benefit terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WantedChange {
    TwoSided,
    Improvement,
    Worsening,
}

/// Tests that may decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TestName {
    PairedT,
    SignedRank,
    Permutation,
    Sign,
}

/// Effect sizes that may be the headline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Effect {
    #[serde(rename = "d_z")]
    DZ,
    #[serde(rename = "d_av")]
    DAv,
    #[serde(rename = "d_pre")]
    DPre,
    #[serde(rename = "rank_biserial")]
    RankBiserial,
    #[serde(rename = "p_superiority")]
    PSuperiority,
}

/// Procedures against multiplicity, as R's `p.adjust` names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Procedure {
    None,
    Bonferroni,
    Holm,
    Hochberg,
    Hommel,
    Bh,
    By,
}

impl Procedure {
    /// The name in the plan and in `p_<procedure>`.
    pub fn name(self) -> &'static str {
        match self {
            Procedure::None => "none",
            Procedure::Bonferroni => "bonferroni",
            Procedure::Holm => "holm",
            Procedure::Hochberg => "hochberg",
            Procedure::Hommel => "hommel",
            Procedure::Bh => "bh",
            Procedure::By => "by",
        }
    }
}

/// Which outcomes share a multiplicity family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Family {
    Role,
    Domain,
    All,
}

/// What the signed-rank test does with changes of zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ZeroRule {
    Pratt,
    Drop,
}

/// `[figures]`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct FiguresSection {
    pub kinds: Vec<FigureKind>,
    pub formats: Vec<Format>,
    pub preset: Preset,
    /// Resolution of PNG; 144 for the slide (1920 × 1080 px) and 300 for print where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dpi: Option<u32>,
    /// Font files for PNG and PDF, in order of fallback.
    pub fonts: Vec<String>,
}

impl Default for FiguresSection {
    fn default() -> Self {
        Self {
            kinds: FigureKind::ALL.to_vec(),
            formats: vec![Format::Svg, Format::Png],
            preset: Preset::Journal,
            dpi: None,
            fonts: Vec::new(),
        }
    }
}

/// The kinds of figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FigureKind {
    Paired,
    Raincloud,
    Waterfall,
    Forest,
    Flow,
    Reliable,
    Bands,
    Responders,
    Regression,
}

impl FigureKind {
    pub const ALL: [FigureKind; 9] = [
        FigureKind::Paired,
        FigureKind::Raincloud,
        FigureKind::Waterfall,
        FigureKind::Forest,
        FigureKind::Flow,
        FigureKind::Reliable,
        FigureKind::Bands,
        FigureKind::Responders,
        FigureKind::Regression,
    ];

    pub fn name(self) -> &'static str {
        match self {
            FigureKind::Paired => "paired",
            FigureKind::Raincloud => "raincloud",
            FigureKind::Waterfall => "waterfall",
            FigureKind::Forest => "forest",
            FigureKind::Flow => "flow",
            FigureKind::Reliable => "reliable",
            FigureKind::Bands => "bands",
            FigureKind::Responders => "responders",
            FigureKind::Regression => "regression",
        }
    }

    /// Whether it is drawn once an outcome (else once a trial).
    pub fn is_per_outcome(self) -> bool {
        !matches!(self, FigureKind::Forest | FigureKind::Flow | FigureKind::Responders)
    }

    /// Whether single people stand in it.
    pub fn shows_people(self) -> bool {
        matches!(self, FigureKind::Paired | FigureKind::Raincloud | FigureKind::Waterfall | FigureKind::Reliable)
    }
}

/// File formats of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    Svg,
    Png,
    Pdf,
}

impl Format {
    pub fn name(self) -> &'static str {
        match self {
            Format::Svg => "svg",
            Format::Png => "png",
            Format::Pdf => "pdf",
        }
    }
}

/// Canvas and type sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Preset {
    /// 89 mm wide.
    Journal,
    /// 183 mm wide.
    JournalWide,
    /// 16:9, 338.7 × 190.5 mm.
    Slide,
    /// 300 mm wide.
    Poster,
}

impl Preset {
    /// Resolution of PNG where the plan states none: 144 dpi for the slide (1920 × 1080 px), 300 dpi for print.
    pub fn default_dpi(self) -> u32 {
        if self == Preset::Slide { 144 } else { 300 }
    }
}

/// `[privacy]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PrivacySection {
    /// Cells of fewer people are withheld.
    pub min_cell: u32,
    /// Write `individuals.csv` and figures that show single people.
    pub individuals: bool,
}

impl Default for PrivacySection {
    fn default() -> Self {
        Self { min_cell: 0, individuals: true }
    }
}
