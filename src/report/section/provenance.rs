//! Provenance: what one needs to make the same numbers again.

use super::{heading, paragraph};
use crate::plan::{Family, WantedChange, ZeroRule};
use crate::report::document::{Align, Block, Inline, Row, Table};
use crate::report::reference::Citations;
use crate::report::source::Source;
use crate::report::words;
use crate::results::number;

pub(in crate::report) fn section(source: &Source, _: &mut Citations) -> Vec<Block> {
    let mut table = Table::new("table-provenance", "Software, data and settings").columns(["What", "Value"], Align::Text);
    table.rows = rows(source).into_iter().map(|(what, value)| Row::Cells(vec![what.into(), value])).collect();
    let text = "The same data, plan and version give the same numbers. Every setting used, defaults included, is in results.json.";
    vec![heading("Provenance"), paragraph(text), Block::Table(table)]
}

fn rows(source: &Source) -> Vec<(String, Inline)> {
    let provenance = &source.results.provenance;
    let settings = source.settings();
    let code = |text: &str| Inline::new().code(text);
    let mut rows: Vec<(String, Inline)> = vec![("Software".into(), provenance.version.as_str().into())];
    rows.extend(source.results.trial.id.as_deref().map(|id| ("Registration".to_owned(), id.into())));
    rows.push(match &provenance.plan_sha256 {
        Some(hash) => ("Plan, SHA-256".into(), code(hash)),
        None => ("Plan".into(), "inferred from the header of the data".into()),
    });
    rows.extend(provenance.data.iter().map(|file| (format!("{}, SHA-256", file.name), code(&file.sha256))));
    rows.push(("Observations, in any order, SHA-256".into(), code(&provenance.observations_sha256)));
    rows.push(("Seed".into(), provenance.seed.to_string().into()));
    rows.push(("Confidence level".into(), number::level_percent(settings.conf_level).into()));
    rows.push((
        "Alternative".into(),
        match settings.alternative {
            WantedChange::TwoSided => "two-sided",
            WantedChange::Improvement => "one-sided, improvement",
            WantedChange::Worsening => "one-sided, worsening",
        }
        .into(),
    ));
    rows.push(("Deciding test".into(), words::method(source.deciding())));
    rows.push(("Headline effect size".into(), words::method(source.headline())));
    rows.push((
        "Multiplicity".into(),
        match settings.family {
            Family::Role => format!("{}, within each role", settings.multiplicity.name()),
            Family::Domain => format!("{}, within each domain", settings.multiplicity.name()),
            Family::All => format!("{}, over all outcomes", settings.multiplicity.name()),
        }
        .into(),
    ));
    rows.push((
        "Changes of zero in the signed-rank test".into(),
        match settings.zeros {
            ZeroRule::Pratt => "Pratt",
            ZeroRule::Drop => "dropped",
        }
        .into(),
    ));
    rows.push(("Bootstrap replicates planned".into(), number::count(settings.bootstrap as usize).into()));
    rows.push(("Permutations planned where not enumerated".into(), number::count(settings.permutations as usize).into()));
    rows.push((
        "Smallest cell shown".into(),
        match source.plan().privacy.min_cell {
            0 => "no limit".into(),
            least => words::counted(least as usize, "person", "people").into(),
        },
    ));
    rows
}
