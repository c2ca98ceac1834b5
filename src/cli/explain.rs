//! `prepost explain`: what a number is, and why it is computed so.

use std::path::Path;

use super::Failure;
use super::args::{ExplainArgs, ExplainFormat};
use super::explain_pages::{page, sections};
use super::terminal::Terminal;
use crate::results::{self, Analysis, Method, Results, TidyRow};

/// Where `analyze` writes unless told otherwise.
const DEFAULT_RESULTS: &str = "prepost-out/results.json";

/// A page as JSON.
#[derive(serde::Serialize)]
struct Explanation {
    method: Method,
    title: &'static str,
    question: &'static str,
    formula: &'static str,
    inputs: &'static str,
    assumptions: &'static str,
    reference: &'static str,
    in_r: &'static str,
    why_this_method: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    analyses: Vec<Numbers>,
}

/// The numbers of one analysis.
#[derive(serde::Serialize)]
struct Numbers {
    id: String,
    n: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
    statistics: Vec<Number>,
}

/// A number, or why there is none.
#[derive(serde::Serialize)]
struct Number {
    statistic: String,
    value: Option<f64>,
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
}

pub fn run(args: &ExplainArgs, terminal: &Terminal) -> Result<(), Failure> {
    let Some(what) = &args.what else { return terminal.result(&all(args.format)?) };
    let (method, analyses) = if what.contains('/') {
        let path = args.results.as_deref().unwrap_or(Path::new(DEFAULT_RESULTS));
        let (results, _) = super::report::load(path)?;
        let analysis = analysis(&results, what)?;
        (analysis.key.method, vec![numbers(&results, analysis)])
    } else {
        let method = method(what)?;
        let loaded = args.results.as_deref().map(super::report::load).transpose()?;
        let of_method = loaded.iter().flat_map(|(results, _)| {
            results.analyses.iter().filter(move |analysis| analysis.key.method == method).map(move |analysis| numbers(results, analysis))
        });
        (method, of_method.collect())
    };
    terminal.result(&match args.format {
        ExplainFormat::Json => json(&explanation(method, analyses))?,
        ExplainFormat::Md => format!("{}{}", page(method), markdown(&analyses)),
        ExplainFormat::Text => format!("{}{}", plain(method), columns(&analyses)),
    })
}

fn method(name: &str) -> Result<Method, Failure> {
    let wanted = name.to_lowercase().replace(['-', ' '], "_");
    if let Some(method) = Method::ALL.into_iter().find(|method| method.name() == wanted) {
        return Ok(method);
    }
    let hint = match nearest(&wanted, Method::ALL.into_iter().map(Method::name)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "run `prepost explain` for all; an analysis is OUTCOME/CONTRAST/POPULATION/METHOD".to_owned(),
    };
    Err(Failure::usage(format!("there is no method `{}`", crate::ingest::inert(name)), hint))
}

fn analysis<'a>(results: &'a Results, id: &str) -> Result<&'a Analysis, Failure> {
    let known = || results.analyses.iter().map(|analysis| analysis.id.as_str());
    results.analyses.iter().find(|analysis| analysis.id == id).ok_or_else(|| {
        let hint = match nearest(id, known()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "the ids stand in the first column of statistics.csv".to_owned(),
        };
        Failure::usage(format!("the results have no analysis `{}`", crate::ingest::inert(id)), hint)
    })
}

fn nearest<'a>(wanted: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|known| (strsim::jaro_winkler(wanted, known), known))
        .filter(|(likeness, _)| *likeness >= 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, known)| known)
}

fn numbers(results: &Results, analysis: &Analysis) -> Numbers {
    let rows = results::tidy_rows(results).into_iter().filter(|row| row.analysis == analysis.id);
    let number = |row: TidyRow| Number { statistic: row.statistic, value: row.value, note: row.note };
    Numbers {
        id: analysis.id.clone(),
        n: analysis.n,
        notes: analysis.notes.iter().map(ToString::to_string).collect(),
        statistics: rows.map(number).collect(),
    }
}

fn explanation(method: Method, analyses: Vec<Numbers>) -> Explanation {
    let (title, sections) = sections(page(method));
    let section = |heading: &str| sections.iter().find(|(name, _)| *name == heading).map(|(_, text)| *text).unwrap_or_default();
    Explanation {
        method,
        title,
        question: section("Question"),
        formula: section("Formula"),
        inputs: section("Inputs"),
        assumptions: section("Assumptions"),
        reference: section("Reference"),
        in_r: section("In R"),
        why_this_method: section("Why this method"),
        analyses,
    }
}

/// All methods: a line each, or everything as JSON or Markdown.
fn all(format: ExplainFormat) -> Result<String, Failure> {
    Ok(match format {
        ExplainFormat::Json => json(&Method::ALL.into_iter().map(|method| explanation(method, Vec::new())).collect::<Vec<_>>())?,
        ExplainFormat::Md => Method::ALL.into_iter().map(page).collect::<Vec<_>>().join("\n"),
        ExplainFormat::Text => {
            let line = |method: Method| {
                let (title, _) = sections(page(method));
                format!("{:<20} {}\n", method.name(), title.split_once(": ").map_or(title, |(_, words)| words))
            };
            Method::ALL.into_iter().map(line).collect()
        }
    })
}

fn json(value: &impl serde::Serialize) -> Result<String, Failure> {
    Ok(serde_json::to_string_pretty(value).map_err(anyhow::Error::from)? + "\n")
}

/// The page for a terminal: headings without marks, text indented, code without fences.
fn plain(method: Method) -> String {
    let (title, sections) = sections(page(method));
    let mut text = format!("{title}\n");
    for (heading, body) in sections {
        text.push_str(&format!("\n{heading}\n"));
        for line in body.lines().filter(|line| !line.starts_with("```")) {
            text.push_str(format!("  {}", line.replace('`', "")).trim_end());
            text.push('\n');
        }
    }
    text
}

fn columns(analyses: &[Numbers]) -> String {
    let mut text = String::new();
    for analysis in analyses {
        text.push_str(&format!("\n{} (n = {})\n", crate::ingest::inert(&analysis.id), analysis.n));
        let widest = analysis.statistics.iter().map(|number| number.statistic.len()).max().unwrap_or_default();
        for number in &analysis.statistics {
            let line = match number.value {
                Some(value) => format!("  {:<widest$}  {value}", number.statistic),
                None => format!("  {:<widest$}  – {}", number.statistic, number.note),
            };
            text.push_str(&(line + "\n"));
        }
        analysis.notes.iter().for_each(|note| text.push_str(&format!("  note: {note}\n")));
    }
    text
}

fn markdown(analyses: &[Numbers]) -> String {
    let mut text = String::new();
    for analysis in analyses {
        let id = crate::ingest::inert(&analysis.id).to_string();
        text.push_str(&format!("\n## {}\n\nn = {}\n\n| statistic | value |\n|---|---:|\n", id.replace('|', "\\|"), analysis.n));
        for number in &analysis.statistics {
            let value = number.value.map_or_else(|| number.note.replace('|', "\\|"), |value| value.to_string());
            text.push_str(&format!("| {} | {value} |\n", number.statistic.replace('|', "\\|")));
        }
        if !analysis.notes.is_empty() {
            text.push('\n');
        }
        analysis.notes.iter().for_each(|note| text.push_str(&format!("- {note}\n")));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::explain_pages::{HEADINGS, PAGES};
    use super::*;

    #[test]
    fn every_method_has_its_page_and_every_page_its_method() {
        let methods: Vec<&str> = Method::ALL.into_iter().map(Method::name).collect();
        assert_eq!(PAGES.iter().map(|(name, _)| *name).collect::<Vec<_>>(), methods);
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/explain");
        let mut files: Vec<String> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().trim_end_matches(".md").to_owned())
            .filter(|name| name != "README")
            .collect();
        files.sort_unstable();
        let mut sorted = methods.clone();
        sorted.sort_unstable();
        assert_eq!(files, sorted);
    }

    #[test]
    fn every_page_says_all_of_it() {
        for (name, page) in PAGES {
            let (title, sections) = sections(page);
            assert!(title.starts_with(&format!("{name}: ")), "{title}");
            assert_eq!(sections.iter().map(|(heading, _)| *heading).collect::<Vec<_>>(), HEADINGS, "{name}");
            for (heading, text) in &sections {
                assert!(text.len() >= 25, "{name}: {heading} says nothing: {text}");
            }
            let of = |heading| sections.iter().find(|(name, _)| *name == heading).unwrap().1;
            assert!(of("Question").contains('?'), "{name} asks nothing");
            assert!(of("In R").contains("```r\n"), "{name} has no R call");
            assert!(of("Why this method").contains("Not "), "{name} does not say when not");
            assert!(page.lines().all(|line| line.chars().count() <= 160), "{name} has long lines");
        }
    }
}
