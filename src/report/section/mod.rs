//! The sections of a report, one file each; their order is here.

mod bands;
mod baseline;
mod benchmarks;
mod checklists;
mod data_notes;
mod effects;
mod estimand;
mod evidence;
mod explanation;
mod facts;
mod headline;
mod limits;
mod matters;
mod methods;
mod methods_meaning;
mod missing;
mod outcome_table;
mod outcomes;
mod participants;
mod provenance;
mod references;
mod reliable;
mod robustness;
mod scores;
mod subgroups;
mod summary;
mod tests;

use super::document::{Block, Inline};
use super::reference::Citations;
use super::source::{Section, Source};

/// What follows what.
const ORDER: [Section; 16] = [
    summary::section,
    participants::section,
    baseline::section,
    outcome_table::section,
    matters::section,
    explanation::section,
    missing::section,
    evidence::section,
    outcomes::section,
    estimand::section,
    methods::section,
    limits::section,
    checklists::section,
    data_notes::section,
    references::section,
    provenance::section,
];

/// All blocks of the report.
pub(super) fn blocks(source: &Source) -> Vec<Block> {
    let mut citations = Citations::default();
    ORDER.iter().flat_map(|section| section(source, &mut citations)).collect()
}

/// What kind of analysis this is, and of which trial.
pub(super) fn subtitle(source: &Source) -> String {
    let id = source.results.trial.id.as_deref().map(|id| format!(" \u{b7} {id}")).unwrap_or_default();
    format!("Pre/post analysis of a single arm{id} \u{b7} {}", source.results.provenance.version)
}

/// A section's heading. The id is what GitHub makes of the same words, so that links work in Markdown too.
fn heading(text: &str) -> Block {
    let id = text.to_lowercase().replace(' ', "-").replace('?', "");
    Block::Heading { level: 2, id, text: text.into() }
}

fn paragraph(text: impl Into<Inline>) -> Block {
    Block::Paragraph(text.into())
}

/// Letters for what stands below a table: equal reasons share one.
#[derive(Default)]
struct Footnotes(Vec<String>);

impl Footnotes {
    /// `(a)` for `text`.
    fn mark(&mut self, text: String) -> String {
        let at = self.0.iter().position(|known| *known == text).unwrap_or_else(|| {
            self.0.push(text);
            self.0.len() - 1
        });
        format!("({})", letters(at))
    }

    fn notes(self) -> Vec<Inline> {
        let line = |(i, text): (usize, String)| facts::with_code(&format!("({}) {}.", letters(i), super::words::sentence(&text)));
        self.0.into_iter().enumerate().map(line).collect()
    }
}

/// a … z, aa, ab …
fn letters(at: usize) -> String {
    let last = char::from(b'a' + (at % 26) as u8);
    if at < 26 { last.to_string() } else { format!("{}{last}", letters(at / 26 - 1)) }
}
