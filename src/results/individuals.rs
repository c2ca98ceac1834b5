//! What belongs to one person: `individuals.csv`, beside the results and never inside them.

use std::io::{Read, Write};
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{PersonMeaning, formula};

/// The rows of `individuals.csv`, by outcome in plan order and by subject.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Individuals(pub Vec<Individual>);

/// One subject and outcome. Scores are doubles at their shortest text, which is the decimal that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Individual {
    pub subject: Arc<str>,
    pub outcome: Arc<str>,
    #[serde(default)]
    pub group: Option<Arc<str>>,
    pub pre: Option<f64>,
    pub post: Option<f64>,
    /// post − pre on the decimal grid.
    pub change: Option<f64>,
    pub class: Option<ChangeClass>,
    #[serde(skip)]
    pub meaning: PersonMeaning,
}

/// The direction of a person's change, in benefit terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeClass {
    Improved,
    Unchanged,
    Worsened,
}

impl Individuals {
    /// The complete pairs of one outcome.
    pub fn pairs<'a>(&'a self, outcome: &'a str) -> impl Iterator<Item = &'a Individual> {
        self.0.iter().filter(move |row| &*row.outcome == outcome && row.change.is_some())
    }

    /// Writes the rows in order; blocks are encoded in parallel, which a hundred thousand people notice.
    pub fn write(&self, mut to: impl Write) -> Result<(), csv::Error> {
        const BLOCK: usize = 8192;
        to.write_all(b"subject,outcome,group,pre,post,change,class\n")?;
        for blocks in self.0.chunks(BLOCK * 64) {
            let encoded: Vec<Vec<u8>> = blocks.par_chunks(BLOCK).map(encode).collect::<Result<_, csv::Error>>()?;
            encoded.iter().try_for_each(|block| to.write_all(block))?;
        }
        Ok(to.flush()?)
    }

    pub fn read(from: impl Read) -> Result<Self, csv::Error> {
        let mut rows: Vec<Individual> = csv::Reader::from_reader(from).deserialize().collect::<Result<_, _>>()?;
        for row in &mut rows {
            row.subject = formula::unescape(&row.subject).into();
            row.outcome = formula::unescape(&row.outcome).into();
            row.group = row.group.take().map(|group| formula::unescape(&group).into());
        }
        Ok(Self(rows))
    }
}

fn encode(rows: &[Individual]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    for row in rows {
        writer.serialize(SafeRow::new(row))?;
    }
    writer.into_inner().map_err(|error| std::io::Error::other(error.to_string()).into())
}

/// A row as written: text that a spreadsheet would run as a formula is made inert.
#[derive(Serialize)]
struct SafeRow<'a> {
    subject: std::borrow::Cow<'a, str>,
    outcome: std::borrow::Cow<'a, str>,
    group: Option<std::borrow::Cow<'a, str>>,
    pre: Option<f64>,
    post: Option<f64>,
    change: Option<f64>,
    class: Option<ChangeClass>,
}

impl<'a> SafeRow<'a> {
    fn new(row: &'a Individual) -> Self {
        Self {
            subject: formula::escape(&row.subject),
            outcome: formula::escape(&row.outcome),
            group: row.group.as_deref().map(formula::escape),
            pre: row.pre,
            post: row.post,
            change: row.change,
            class: row.class,
        }
    }
}
