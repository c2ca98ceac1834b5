//! `prepost problems`: what the codes mean.

use comfy_table::{ContentArrangement, Table, TableStyle};

use super::Failure;
use super::args::{ProblemFormat, ProblemsArgs};
use super::problem_pages::PAGES;
use super::terminal::Terminal;

/// A page as a row of the list.
#[derive(serde::Serialize)]
struct Entry {
    code: &'static str,
    /// `error`, `warning`, or `error or warning`.
    severity: String,
    summary: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<&'static str>,
}

pub fn run(args: &ProblemsArgs, terminal: &Terminal) -> Result<(), Failure> {
    let chosen: Vec<(&str, &str)> = match &args.code {
        Some(code) => vec![one(code)?],
        None => PAGES.to_vec(),
    };
    let text = match args.format.unwrap_or(if args.code.is_some() { ProblemFormat::Md } else { ProblemFormat::Table }) {
        ProblemFormat::Md => chosen.iter().map(|(_, page)| *page).collect::<Vec<_>>().join("\n"),
        ProblemFormat::Table => table(chosen.iter().map(|page| entry(page, false))),
        ProblemFormat::Json => {
            let entries: Vec<Entry> = chosen.iter().map(|page| entry(page, true)).collect();
            serde_json::to_string_pretty(&entries).map_err(anyhow::Error::from)? + "\n"
        }
    };
    terminal.result(&text)
}

fn one(code: &str) -> Result<(&'static str, &'static str), Failure> {
    if let Some(page) = PAGES.iter().find(|(known, _)| *known == code) {
        return Ok(*page);
    }
    let nearest = PAGES
        .iter()
        .map(|(known, _)| (strsim::jaro_winkler(&code.to_lowercase(), known), *known))
        .filter(|(likeness, _)| *likeness >= 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let hint = match nearest {
        Some((_, near)) => format!("did you mean `{near}`?"),
        None => "run `prepost problems` for all".to_owned(),
    };
    Err(Failure::usage(format!("there is no problem code `{}`", crate::ingest::inert(code)), hint))
}

/// The third line of a page says it in one: `Error: …`.
fn entry((code, page): &(&'static str, &'static str), with_page: bool) -> Entry {
    let (severity, summary) = page.lines().nth(2).and_then(|line| line.split_once(": ")).unwrap_or_default();
    Entry { code, severity: severity.to_lowercase(), summary, page: with_page.then_some(page) }
}

fn table(entries: impl Iterator<Item = Entry>) -> String {
    let mut table = Table::new();
    table.load_style(TableStyle::new()).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(["code", "severity", "what"]);
    for entry in entries {
        table.add_row([entry.code, &entry.severity, entry.summary]);
    }
    table.to_string().lines().map(str::trim_end).collect::<Vec<_>>().join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::ProblemCode;

    #[test]
    fn every_code_has_its_page_and_every_page_its_code() {
        let codes: Vec<String> = ProblemCode::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(PAGES.iter().map(|(code, _)| *code).collect::<Vec<_>>(), codes);
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/problems");
        let mut files: Vec<String> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().trim_end_matches(".md").to_owned())
            .filter(|name| name != "README")
            .collect();
        files.sort_unstable();
        let mut sorted = codes.clone();
        sorted.sort_unstable();
        assert_eq!(files, sorted);
        let index = std::fs::read_to_string(folder.join("README.md")).unwrap();
        for (page, code) in PAGES.iter().zip(&codes) {
            let Entry { severity, summary, .. } = entry(page, false);
            assert!(
                index.contains(&format!("| [{code}]({code}.md) | {severity} | {summary} |")),
                "the index and the page of {code} differ"
            );
        }
    }

    #[test]
    fn every_page_says_what_why_and_what_to_do() {
        for page @ (code, text) in PAGES {
            let headings: Vec<&str> = text.lines().filter(|line| line.starts_with('#')).collect();
            assert_eq!(headings, [&format!("# {code}"), "## What it means", "## Why it is dangerous", "## What to do"], "{code}");
            assert!(text.contains("```text\nerror: ") || text.contains("```text\nwarning: "), "{code} has no example");
            let entry = entry(page, false);
            assert!(["error", "warning", "error or warning"].contains(&entry.severity.as_str()), "{code}: {}", entry.severity);
            assert!(entry.summary.ends_with('.') && text.lines().count() <= 30, "{code}");
        }
    }
}
