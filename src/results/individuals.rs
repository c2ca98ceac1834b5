//! What belongs to one person: `individuals.csv`, beside the results and never inside them.

use std::borrow::Cow;
use std::io::{Read, Write};
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{PersonMeaning, formula};
use crate::stats::clinical::Class;

/// The rows of `individuals.csv`, by outcome in plan order and by subject.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Individuals(pub Vec<Individual>);

/// One subject and outcome. Scores are doubles at their shortest text, which is the decimal that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Individual {
    pub subject: Arc<str>,
    pub outcome: Arc<str>,
    pub group: Option<Arc<str>>,
    pub pre: Option<f64>,
    pub post: Option<f64>,
    /// post − pre on the decimal grid.
    pub change: Option<f64>,
    pub class: Option<ChangeClass>,
    /// What the change means, as far as that is known of the scale.
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

const HEADER: &[u8] = b"subject,outcome,group,pre,post,change,class,reliable_change_index,reliable_change,responder,\
    remission_pre,remission_post,band_pre,band_post\n";

impl Individuals {
    /// The complete pairs of one outcome.
    pub fn pairs<'a>(&'a self, outcome: &'a str) -> impl Iterator<Item = &'a Individual> {
        self.0.iter().filter(move |row| &*row.outcome == outcome && row.change.is_some())
    }

    /// Writes the rows in order; blocks are encoded in parallel, which a hundred thousand people notice.
    pub fn write(&self, mut to: impl Write) -> Result<(), csv::Error> {
        const BLOCK: usize = 8192;
        to.write_all(HEADER)?;
        for blocks in self.0.chunks(BLOCK * 64) {
            let encoded: Vec<Vec<u8>> = blocks.par_chunks(BLOCK).map(encode).collect::<Result<_, csv::Error>>()?;
            encoded.iter().try_for_each(|block| to.write_all(block))?;
        }
        Ok(to.flush()?)
    }

    /// Reads what [`Individuals::write`] wrote, and older files, which know nothing of the meaning of a change.
    pub fn read(from: impl Read) -> Result<Self, csv::Error> {
        let rows = csv::Reader::from_reader(from).into_deserialize::<Row>().map(|row| row.map(Individual::from));
        Ok(Self(rows.collect::<Result<_, _>>()?))
    }
}

fn encode(rows: &[Individual]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    for row in rows {
        writer.serialize(Row::new(row))?;
    }
    writer.into_inner().map_err(|error| std::io::Error::other(error.to_string()).into())
}

/// A row as it stands in the file: text that a spreadsheet would run as a formula is made inert.
#[derive(Serialize, Deserialize)]
struct Row<'a> {
    subject: Cow<'a, str>,
    outcome: Cow<'a, str>,
    #[serde(default)]
    group: Option<Cow<'a, str>>,
    pre: Option<f64>,
    post: Option<f64>,
    change: Option<f64>,
    class: Option<ChangeClass>,
    #[serde(default)]
    reliable_change_index: Option<f64>,
    #[serde(default)]
    reliable_change: Option<Class>,
    #[serde(default)]
    responder: Option<bool>,
    #[serde(default)]
    remission_pre: Option<bool>,
    #[serde(default)]
    remission_post: Option<bool>,
    #[serde(default)]
    band_pre: Option<Cow<'a, str>>,
    #[serde(default)]
    band_post: Option<Cow<'a, str>>,
}

impl<'a> Row<'a> {
    fn new(row: &'a Individual) -> Self {
        let PersonMeaning { reliable_change_index, reliable_change, responder, remission_pre, remission_post, .. } = row.meaning;
        Self {
            subject: formula::escape(&row.subject),
            outcome: formula::escape(&row.outcome),
            group: row.group.as_deref().map(formula::escape),
            pre: row.pre,
            post: row.post,
            change: row.change,
            class: row.class,
            reliable_change_index,
            reliable_change,
            responder,
            remission_pre,
            remission_post,
            band_pre: row.meaning.band_pre.as_deref().map(formula::escape),
            band_post: row.meaning.band_post.as_deref().map(formula::escape),
        }
    }
}

impl From<Row<'_>> for Individual {
    fn from(row: Row<'_>) -> Self {
        let band = |label: Option<Cow<'_, str>>| label.map(|label| formula::unescape(&label).to_string());
        Self {
            subject: formula::unescape(&row.subject).into(),
            outcome: formula::unescape(&row.outcome).into(),
            group: row.group.map(|group| formula::unescape(&group).into()),
            pre: row.pre,
            post: row.post,
            change: row.change,
            class: row.class,
            meaning: PersonMeaning {
                reliable_change_index: row.reliable_change_index,
                reliable_change: row.reliable_change,
                responder: row.responder,
                remission_pre: row.remission_pre,
                remission_post: row.remission_post,
                band_pre: band(row.band_pre),
                band_post: band(row.band_post),
            },
        }
    }
}
