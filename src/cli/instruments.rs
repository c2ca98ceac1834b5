//! `prepost instruments`: the catalogue.

use comfy_table::{Table, TableStyle};

use super::Failure;
use super::args::{CatalogueFormat, InstrumentsArgs};
use super::terminal::Terminal;
use crate::trial::{Catalogue, Instrument};

pub fn run(args: InstrumentsArgs, terminal: &Terminal) -> Result<(), Failure> {
    let catalogue = Catalogue::embedded();
    let chosen: Vec<&Instrument> = match (&args.id, &args.domain) {
        (Some(id), _) => vec![one(&catalogue, id)?],
        (None, Some(domain)) => of_domain(&catalogue, domain)?,
        (None, None) => catalogue.instruments().iter().collect(),
    };
    let text = match args.format {
        CatalogueFormat::Json => serde_json::to_string_pretty(&chosen).map_err(anyhow::Error::from)? + "\n",
        CatalogueFormat::Toml => chosen.iter().filter_map(|instrument| catalogue.source(&instrument.id)).collect::<Vec<_>>().join("\n"),
        CatalogueFormat::Table if args.id.is_some() => chosen.iter().map(|instrument| card(instrument)).collect(),
        CatalogueFormat::Table => table(&chosen),
    };
    terminal.result(&text)
}

fn one<'a>(catalogue: &'a Catalogue, id: &str) -> Result<&'a Instrument, Failure> {
    catalogue.get(id).ok_or_else(|| {
        let hint = match catalogue.suggest(id) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "run `prepost instruments` for all".into(),
        };
        Failure::usage(format!("the catalogue has no instrument `{id}`"), hint)
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
    Err(Failure::usage(format!("the catalogue has no domain `{domain}`"), format!("domains: {}", domains.join(", "))))
}

fn table(instruments: &[&Instrument]) -> String {
    let mut table = Table::new();
    table.load_style(TableStyle::new());
    table.set_header(["id", "label", "domain", "better", "range", "step", "support"]);
    for instrument in instruments {
        table.add_row([
            instrument.id.clone(),
            instrument.abbreviation.clone(),
            instrument.domain.clone(),
            direction(instrument),
            range(instrument),
            instrument.step.map(|step| step.to_string()).unwrap_or_else(|| "–".into()),
            support(instrument.evidence),
        ]);
    }
    table.to_string().lines().map(str::trim_end).collect::<Vec<_>>().join("\n") + "\n"
}

/// One instrument in full.
fn card(instrument: &Instrument) -> String {
    let mut lines = vec![format!("{} ({})", instrument.name, instrument.abbreviation)];
    let mut fact = |name: &str, value: Option<String>| lines.extend(value.map(|value| format!("  {name:<10} {value}")));
    fact("id", Some(instrument.id.clone()));
    fact("Japanese", instrument.name_ja.clone());
    fact("domain", Some(instrument.domain.clone()));
    fact("better", Some(direction(instrument)));
    fact("range", instrument.range.map(|_| format!("{}{}", range(instrument), flag(instrument.range_evidence))));
    fact("step", instrument.step.map(|step| step.to_string()));
    let bands: Vec<String> = instrument.bands.iter().map(|band| format!("{} {}–{}", band.label, band.min, band.max)).collect();
    fact("bands", (!bands.is_empty()).then(|| format!("{}{}", bands.join(", "), flag(instrument.bands_evidence))));
    fact("from", instrument.bands_source.clone());
    fact("citation", instrument.citation.clone());
    fact("doi", instrument.doi.clone());
    fact("support", Some(support(instrument.evidence)));
    fact("notes", instrument.notes.clone());
    lines.join("\n") + "\n"
}

fn direction(instrument: &Instrument) -> String {
    match instrument.direction {
        crate::trial::Direction::Lower => "lower".into(),
        crate::trial::Direction::Higher => "higher".into(),
        crate::trial::Direction::None => "none".into(),
    }
}

fn range(instrument: &Instrument) -> String {
    instrument.range.map(|range| format!("{} to {}", range.min, range.max)).unwrap_or_else(|| "–".into())
}

fn flag(evidence: Option<crate::trial::Evidence>) -> String {
    evidence.map(|evidence| format!(" [{}]", support(evidence))).unwrap_or_default()
}

fn support(evidence: crate::trial::Evidence) -> String {
    match evidence {
        crate::trial::Evidence::Seen => "seen in a source".into(),
        crate::trial::Evidence::Derived => "derived".into(),
        crate::trial::Evidence::Recalled => "recalled, to be verified".into(),
    }
}
