//! The rules of `[output]`: what the files and the terminal of a run may not hold, and what they must keep.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::case::Case;
use super::run::{Run, files_below, statistics};
use super::text::{is_broken_number, is_number, python_lines, stands_alone};

/// A file that was written.
struct Written {
    name: String,
    text: String,
}

impl Written {
    fn ends(&self, extensions: &[&str]) -> bool {
        let name = self.name.to_lowercase();
        extensions.iter().any(|extension| name.ends_with(extension))
    }
}

/// Everything that breaks a rule.
pub fn unsafe_output(case: &Case, run: &Run) -> Vec<String> {
    let rules = &case.output;
    let written: Vec<Written> = run
        .outdir
        .iter()
        .flat_map(|folder| files_below(folder))
        .map(|path| Written {
            name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            text: String::from_utf8_lossy(&fs::read(&path).unwrap_or_default()).into_owned(),
        })
        .collect();
    let of = |extensions: &'static [&'static str]| written.iter().filter(move |file| file.ends(extensions));
    let mut bad = Vec::new();

    for word in &rules.html_forbid {
        bad.extend(of(&[".html", ".htm", ".svg", ".xhtml"]).filter(|file| file.text.contains(word)).map(|file| holds(&file.name, word)));
    }
    for word in &rules.any_forbid {
        bad.extend(written.iter().filter(|file| file.text.contains(word)).map(|file| holds(&file.name, word)));
        bad.extend(run.output.contains(word).then(|| holds("terminal", word)));
    }
    bad.extend(rules.terminal_forbid.iter().filter(|word| run.output.contains(*word)).map(|word| holds("terminal", word)));
    let lines = python_lines(&run.output);
    bad.extend(
        rules.terminal_line_forbid.iter().filter(|line| lines.contains(&line.as_str())).map(|line| format!("terminal line {line:?}")),
    );
    if rules.terminal_max_line.is_some_and(|limit| lines.iter().any(|line| line.chars().count() > limit)) {
        bad.push("terminal line too long".into());
    }
    if !rules.csv_no_cell_starts.is_empty() {
        of(&[".csv", ".tsv"]).for_each(|file| bad.extend(dangerous_cells(case, file)));
    }
    if rules.json_valid {
        bad.extend(of(&[".json"]).filter_map(|file| {
            let error = serde_json::from_str::<serde_json::Value>(&file.text).err()?;
            Some(format!("{}: {error}", file.name))
        }));
    }
    for word in &rules.number_forbid {
        let texts = of(&[".json", ".csv", ".tsv", ".md", ".txt"]);
        bad.extend(texts.filter(|file| stands_alone(word, &file.text)).map(|file| format!("{} holds {word}", file.name)));
    }
    if let (Some(limit), Some(t)) = (rules.max_abs_t, run.number("t_change"))
        && t.abs() > limit
    {
        bad.push(format!("t = {t}"));
    }
    // Asked of every run, with or without `stay_inside`: no program may write elsewhere.
    if !run.escaped.is_empty() {
        bad.push(format!("files outside the output folder: {}", run.escaped.join(", ")));
    }
    for name in &rules.no_file_named {
        bad.extend(written.iter().filter(|file| is_named(&file.name, name)).map(|file| format!("a file named {}", file.name)));
        bad.extend(std::env::temp_dir().join(name).exists().then(|| format!("a file named {name} in the temporary folder")));
    }
    if rules.markdown_columns_stay {
        of(&[".md"]).for_each(|file| bad.extend(broken_tables(file)));
    }
    if let (Some(wanted), Some(folder)) = (rules.distinct_results, &run.outdir) {
        bad.extend(merged_results(wanted, folder));
    }
    bad
}

fn holds(place: &str, word: &str) -> String {
    format!("{place} holds {word:?}")
}

/// Cells that a spreadsheet would run, and numbers that were spoilt in the attempt to stop it.
fn dangerous_cells(case: &Case, file: &Written) -> Vec<String> {
    let rules = &case.output;
    let delimiter = if file.ends(&[".tsv"]) { b'\t' } else { b',' };
    // Any character that some program takes for the end of a line begins a cell.
    let text = python_lines(&file.text).join("\n");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut bad = Vec::new();
    for record in reader.records() {
        let Ok(record) = record else {
            bad.push(format!("{} is no CSV", file.name));
            break;
        };
        for cell in &record {
            if !is_number(cell) && rules.csv_no_cell_starts.iter().any(|start| cell.starts_with(start)) {
                bad.push(format!("{} has a cell {:?}", file.name, cell.chars().take(20).collect::<String>()));
            }
            if rules.csv_negative_numbers_stay && is_broken_number(cell) {
                bad.push(format!("{} has a broken number {cell:?}", file.name));
            }
        }
    }
    bad
}

/// Whether a file is called so, with or without an extension.
fn is_named(file: &str, name: &str) -> bool {
    file == name || file.split('.').next() == Some(name)
}

/// Rows of a Markdown table whose number of cells is not the header's.
fn broken_tables(file: &Written) -> Vec<String> {
    let mut bad = Vec::new();
    let mut columns = None;
    for (index, line) in file.text.lines().enumerate() {
        let line = line.trim();
        if !line.starts_with('|') {
            columns = None;
            continue;
        }
        let cells = cell_borders(line);
        if *columns.get_or_insert(cells) != cells || !line.ends_with('|') {
            bad.push(format!("{} line {}: a table row with other columns", file.name, index + 1));
        }
    }
    bad
}

/// The bars of a row that part cells: those without a backslash before them, in code spans too.
fn cell_borders(line: &str) -> usize {
    let mut escaped = false;
    let mut borders = 0;
    for c in line.chars() {
        borders += usize::from(c == '|' && !escaped);
        escaped = c == '\\' && !escaped;
    }
    borders
}

/// Outcomes, people or figures of which one stands for two.
fn merged_results(wanted: usize, folder: &Path) -> Vec<String> {
    let mut bad = Vec::new();
    let outcomes: BTreeSet<String> = statistics(folder).into_iter().filter_map(|mut row| row.remove("outcome")).collect();
    if outcomes.len() != wanted {
        bad.push(format!("{} outcomes from {wanted} instruments", outcomes.len()));
    }
    // A disk that ignores case holds one file for two names that differ in it.
    let figures: Vec<String> = files_below(&folder.join("figures")).iter().map(|path| path.to_string_lossy().to_lowercase()).collect();
    if figures.iter().collect::<BTreeSet<_>>().len() < figures.len() {
        bad.push("two figures of one name".into());
    }
    let paired = figures.iter().filter(|name| name.ends_with("-paired.svg")).count();
    if !figures.is_empty() && paired != outcomes.len() {
        bad.push(format!("{paired} figures of pairs for {} outcomes", outcomes.len()));
    }
    let mut people = BTreeSet::new();
    if let Ok(mut reader) = csv::Reader::from_path(folder.join("individuals.csv")) {
        let header = reader.headers().cloned().unwrap_or_default();
        let key: Vec<usize> = (0..header.len()).filter(|&at| matches!(&header[at], "subject" | "outcome")).collect();
        for row in reader.records().filter_map(Result::ok) {
            let key: Vec<String> = key.iter().map(|&at| row[at].to_owned()).collect();
            if !people.insert(key.clone()) {
                bad.push(format!("individuals.csv has {key:?} twice"));
            }
        }
    }
    bad
}
