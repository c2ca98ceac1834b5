//! `prepost instruments`: the catalogue, every fact with its source and how well it is supported.

use std::path::Path;

use comfy_table::{ContentArrangement, Table, TableStyle};

use super::args::{CatalogueFormat, InstrumentsArgs};
use super::terminal::Terminal;
use super::{Failure, catalogue};
use crate::trial::{Catalogue, ChangeUnit, Direction, Evidence, Importance, Instrument};

pub fn run(args: InstrumentsArgs, terminal: &Terminal) -> Result<(), Failure> {
    if let Some(path) = &args.check {
        return check(path, terminal);
    }
    let catalogue = catalogue::load(args.own.instruments.as_deref(), terminal)?;
    let chosen: Vec<&Instrument> = match (&args.id, &args.domain) {
        (Some(id), _) => vec![one(&catalogue, id)?],
        (None, Some(domain)) => of_domain(&catalogue, domain)?,
        (None, None) => catalogue.instruments().iter().collect(),
    };
    let text = match args.format {
        CatalogueFormat::Json => serde_json::to_string_pretty(&chosen).map_err(anyhow::Error::from)? + "\n",
        CatalogueFormat::Toml => chosen.iter().filter_map(|instrument| catalogue.source(&instrument.id)).collect::<Vec<_>>().join("\n"),
        CatalogueFormat::Table if args.id.is_some() => {
            chosen.iter().map(|instrument| card(instrument, catalogue.own_file(&instrument.id))).collect()
        }
        CatalogueFormat::Table => table(&chosen),
    };
    terminal.result(&text)
}

/// Checks entries of the user: the same check that a run makes when it loads them.
fn check(path: &Path, terminal: &Terminal) -> Result<(), Failure> {
    let files = catalogue::read(path)?;
    let catalogue = Catalogue::with_own(&files)?;
    let entries = if files.len() == 1 { "1 entry holds".to_owned() } else { format!("{} entries hold", files.len()) };
    let mut text = format!("{entries} together\n");
    for (id, file) in catalogue.overridden() {
        text.push_str(&format!("{file} takes the place of `{id}`, which ships with the program\n"));
    }
    terminal.result(&text)
}

fn one<'a>(catalogue: &'a Catalogue, id: &str) -> Result<&'a Instrument, Failure> {
    catalogue.get(id).ok_or_else(|| {
        let hint = catalogue.hint(id).unwrap_or_else(|| "run `prepost instruments` for all".into());
        Failure::usage(format!("the catalogue has no instrument `{}`", crate::ingest::inert(id)), hint)
    })
}

fn of_domain<'a>(catalogue: &'a Catalogue, domain: &str) -> Result<Vec<&'a Instrument>, Failure> {
    let found = catalogue.by_domain(domain);
    if !found.is_empty() {
        return Ok(found);
    }
    let mut domains: Vec<&str> = catalogue.instruments().iter().map(|instrument| instrument.domain.as_str()).collect();
    domains.sort_unstable();
    domains.dedup();
    let what = format!("the catalogue has no domain `{}`", crate::ingest::inert(domain));
    Err(Failure::usage(what, format!("domains: {}", domains.join(", "))))
}

/// The facts of many at a glance; a fact to be verified has a question mark.
fn table(instruments: &[&Instrument]) -> String {
    let mut table = Table::new();
    table.load_style(TableStyle::new()).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header([
        "id",
        "label",
        "domain",
        "better",
        "range",
        "bands",
        "MCID",
        "remission",
        "response",
        "retest",
        "alpha",
        "norm",
        "support",
    ]);
    let none = || "–".to_owned();
    for instrument in instruments {
        let retest = instrument.reliability.iter().find(|fact| fact.kind.is_retest());
        let alpha = instrument.reliability.iter().find(|fact| fact.kind == crate::trial::ReliabilityKind::Alpha);
        // Least changes alone: a substantial one is no MCID.
        let mcid = instrument
            .mcid
            .iter()
            .find(|fact| fact.kind == Importance::Minimal)
            .map(|fact| doubted(change(fact.value, fact.unit), fact.evidence));
        let norm = instrument.norm.first().map(|fact| doubted(mean(fact.mean, fact.sd), fact.evidence));
        let coefficient = |fact: &crate::trial::ReliabilityFact| doubted(fact.value.to_string(), fact.evidence);
        table.add_row([
            instrument.id.clone(),
            instrument.abbreviation.clone(),
            instrument.domain.clone(),
            direction(instrument),
            instrument.range.map_or_else(none, |_| doubted(range(instrument), instrument.range_evidence.unwrap_or(Evidence::Seen))),
            if instrument.bands.is_empty() {
                none()
            } else {
                doubted(instrument.bands.len().to_string(), instrument.bands_evidence.unwrap_or(Evidence::Recalled))
            },
            mcid.unwrap_or_else(|| "none established".to_owned()),
            instrument.remission.as_ref().map_or_else(none, |fact| doubted(fact.cut.words(), fact.evidence)),
            instrument.response.as_ref().map_or_else(none, |fact| doubted(fact.rule.words(), fact.evidence)),
            retest.map_or_else(none, coefficient),
            alpha.map_or_else(none, coefficient),
            norm.unwrap_or_else(none),
            instrument.evidence.label().to_owned(),
        ]);
    }
    let lines = table.to_string().lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    format!(
        "{lines}\n\n? recalled: to be verified before a claim rests on it. `prepost instruments ID` shows every fact with its source.\n"
    )
}

fn doubted(text: String, evidence: Evidence) -> String {
    if evidence == Evidence::Recalled { format!("{text} ?") } else { text }
}

/// One instrument in full. What is not known is said where a judgement rests on it.
fn card(instrument: &Instrument, file: Option<&str>) -> String {
    let mut card = Card(vec![format!("{} ({})", instrument.name, instrument.abbreviation)]);
    card.fact("id", Some(instrument.id.clone()));
    card.fact("file", file.map(str::to_owned));
    card.fact("Japanese", instrument.name_ja.clone());
    card.fact("also called", (!instrument.aliases.is_empty()).then(|| instrument.aliases.join(", ")));
    card.fact("domain", Some(instrument.domain.clone()));
    card.fact("rater", instrument.rater.clone());
    card.fact("score", instrument.score_kind.clone());
    card.fact("items", instrument.items.map(|items| items.to_string()));
    card.fact("subscales", (!instrument.subscales.is_empty()).then(|| instrument.subscales.join(", ")));
    card.fact("better", Some(direction(instrument)));
    card.fact("range", instrument.range.map(|_| format!("{}{}", range(instrument), flag(instrument.range_evidence))));
    card.fact("step", instrument.step.map(|step| step.to_string()));
    card.fact("unit", instrument.unit.clone());
    let bands: Vec<String> = instrument.bands.iter().map(|band| format!("{} {}–{}", band.label, band.min, band.max)).collect();
    match &instrument.bands_source {
        _ if bands.is_empty() => card.fact("bands", Some("none known".to_owned())),
        source => card.sourced("bands", &bands.join(", "), instrument.bands_evidence, &[source.as_deref().unwrap_or("–")]),
    }
    match &instrument.remission {
        Some(fact) => card.sourced("remission", &fact.cut.words(), Some(fact.evidence), &[&fact.source]),
        None => card.fact("remission", Some("none known".to_owned())),
    }
    match &instrument.response {
        Some(fact) => card.sourced("response", &fact.rule.words(), Some(fact.evidence), &[&fact.source]),
        None => card.fact("response", Some("none known".to_owned())),
    }
    for fact in &instrument.mcid {
        let value = format!("{}{}", change(fact.value, fact.unit), limits(fact.interval));
        let name = match fact.kind {
            Importance::Minimal => "MCID",
            Importance::Substantial => "substantial",
            Importance::Other => "other change",
        };
        card.sourced(name, &value, Some(fact.evidence), &[&fact.anchor, &fact.population, &fact.source]);
    }
    if !instrument.mcid.iter().any(|fact| fact.kind == Importance::Minimal) {
        card.fact("MCID", Some("no established MCID".to_owned()));
    }
    for fact in &instrument.reliability {
        let value = format!("{} {}{}", fact.kind.label(), fact.value, limits(fact.interval));
        card.sourced("reliability", &value, Some(fact.evidence), &[&fact.population, &fact.source]);
    }
    if instrument.reliability.is_empty() {
        card.fact("reliability", Some("none known".to_owned()));
    }
    for fact in &instrument.norm {
        let n = fact.n.map(|n| format!(", n = {n}")).unwrap_or_default();
        let value = format!("{}{n}", mean(fact.mean, fact.sd));
        card.sourced("norm", &value, Some(fact.evidence), &[&fact.population, &fact.source]);
    }
    if instrument.norm.is_empty() {
        card.fact("norm", Some("none known".to_owned()));
    }
    card.fact("practice", instrument.practice_effect.clone());
    card.fact("citation", instrument.citation.clone());
    card.fact("doi", instrument.doi.clone());
    card.fact("licence", instrument.license_note.clone());
    card.fact("support", Some(instrument.evidence.label().to_owned()));
    card.fact("notes", instrument.notes.clone());
    card.0.join("\n") + "\n"
}

/// The lines of a card.
struct Card(Vec<String>);

impl Card {
    fn fact(&mut self, name: &str, value: Option<String>) {
        self.0.extend(value.map(|value| format!("  {name:<12} {value}")));
    }

    /// A fact with its flag, and on the line below where it comes from.
    fn sourced(&mut self, name: &str, value: &str, evidence: Option<Evidence>, from: &[&str]) {
        self.fact(name, Some(format!("{value}{}", flag(evidence))));
        self.fact("", Some(format!("  {}", from.join("; "))));
    }
}

fn change(value: crate::decimal::Decimal, unit: ChangeUnit) -> String {
    match unit {
        ChangeUnit::Points => format!("{value} points"),
        ChangeUnit::PercentOfBaseline => format!("{value} % of baseline"),
    }
}

fn mean(mean: f64, sd: Option<f64>) -> String {
    sd.map_or_else(|| format!("mean {mean}, SD not known"), |sd| format!("mean {mean}, SD {sd}"))
}

fn limits(interval: Option<[f64; 2]>) -> String {
    interval.map(|[low, high]| format!(" ({low} to {high})")).unwrap_or_default()
}

fn direction(instrument: &Instrument) -> String {
    match instrument.direction {
        Direction::Lower => "lower".into(),
        Direction::Higher => "higher".into(),
        Direction::None => "none".into(),
    }
}

fn range(instrument: &Instrument) -> String {
    instrument.range.map(|range| format!("{} to {}", range.min, range.max)).unwrap_or_else(|| "–".into())
}

fn flag(evidence: Option<Evidence>) -> String {
    evidence.map(|evidence| format!(" [{}]", evidence.label())).unwrap_or_default()
}
