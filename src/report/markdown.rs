//! A document as Markdown (CommonMark with pipe tables).

use super::document::{Align, Block, Document, Figure, Inline, Row, Span, Table, Target};
use super::inert;

/// The document as Markdown. Text from data is escaped; figures are links to their files.
pub fn to_markdown(document: &Document) -> String {
    let mut out = format!("# {}\n\n{}\n", inert::markdown(&document.title, true), inert::markdown(&document.subtitle, true));
    for block in &document.blocks {
        out.push('\n');
        self::block(block, &mut out);
    }
    out
}

fn block(block: &Block, out: &mut String) {
    match block {
        Block::Heading { level, text, .. } => {
            let marks = "#".repeat(usize::from(*level));
            out.push_str(&format!("{marks} {}\n", inline(text, true)));
        }
        Block::Paragraph(text) => out.push_str(&format!("{}\n", inline(text, true))),
        Block::Note(text) => out.push_str(&format!("> {}\n", inline(text, true))),
        Block::List(items) => items.iter().for_each(|item| out.push_str(&format!("- {}\n", inline(item, true)))),
        Block::Numbered { items, .. } => {
            for (i, item) in items.iter().enumerate() {
                out.push_str(&format!("{}. {}\n", i + 1, inline(item, true)));
            }
        }
        Block::Table(content) => table(content, out),
        Block::Figure(content) => figure(content, out),
    }
}

fn table(table: &Table, out: &mut String) {
    out.push_str(&format!("**{}**\n\n", inert::markdown(&table.caption.plain(), false)));
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    out.push_str(&line(table.columns.iter().map(|column| inline(&column.header, false)).collect()));
    let rule = |column: &super::document::Column| match column.align {
        Align::Text | Align::Prose => "---".to_owned(),
        Align::Number => "---:".to_owned(),
    };
    out.push_str(&line(table.columns.iter().map(rule).collect()));
    for row in &table.rows {
        let cells = match row {
            Row::Group(name) => {
                let mut cells = vec![String::new(); table.columns.len()];
                if let Some(first) = cells.first_mut() {
                    *first = format!("**{}**", inert::markdown(&name.plain(), false));
                }
                cells
            }
            Row::Cells(cells) => cells.iter().map(|cell| inline(cell, false)).collect(),
        };
        out.push_str(&line(cells));
    }
    for note in &table.notes {
        out.push_str(&format!("\n{}\n", inline(note, true)));
    }
}

fn figure(figure: &Figure, out: &mut String) {
    if let Some(reason) = &figure.not_drawn {
        out.push_str(&format!("> Figure not drawn: {}. {}\n", inert::markdown(reason, false), inline(&figure.caption, false)));
        return;
    }
    match &figure.file {
        // Viewers show no PDF in place: a link, and the words that would stand behind the picture.
        Some(file) if file.ends_with(".pdf") => {
            out.push_str(&format!(
                "[Figure: {}]({})\n\n{}\n\n{}\n",
                inert::markdown(&figure.title, false),
                inert::path(file),
                inert::markdown(&figure.alt, true),
                inline(&figure.caption, true)
            ));
        }
        Some(file) => {
            out.push_str(&format!(
                "![{}]({})\n\n{}\n",
                inert::markdown(&figure.alt, false),
                inert::path(file),
                inline(&figure.caption, true)
            ));
        }
        // Without a file the words of the figure still reach the reader.
        None => out.push_str(&format!("{}\n\n{}\n", inline(&figure.caption, true), inert::markdown(&figure.alt, true))),
    }
}

fn inline(text: &Inline, starts_block: bool) -> String {
    let mut out = String::new();
    for span in &text.0 {
        let at_start = starts_block && out.is_empty();
        match span {
            Span::Text(text) => out.push_str(&inert::markdown(text, at_start)),
            Span::Strong(text) => out.push_str(&strong(text)),
            Span::Code(text) => out.push_str(&code(text)),
            Span::Symbol { base, index } => out.push_str(&format!("{base}\\_{index}")),
            Span::Link { text, to } => {
                let text = inert::markdown(text, false);
                match to {
                    Target::Section(id) => out.push_str(&format!("[{text}](#{id})")),
                    Target::Doi(doi) => out.push_str(&format!("[{text}](https://doi.org/{})", doi_path(doi))),
                }
            }
            Span::Cite(number) => out.push_str(&format!("\\[{number}\\]")),
        }
    }
    out.trim_end().to_owned()
}

/// Emphasis must not open or close on a space.
fn strong(text: &str) -> String {
    let escaped = inert::markdown(text.trim(), false);
    if escaped.is_empty() { String::new() } else { format!("**{escaped}**") }
}

/// A code span has no escapes: text with its own signs is written as text.
fn code(text: &str) -> String {
    let text = inert::clean(text);
    if text.is_empty() || text.contains(['`', '|', '\\']) { inert::markdown(&text, false) } else { format!("`{text}`") }
}

/// Older DOIs hold brackets and angle brackets, which would end the link.
pub(super) fn doi_path(doi: &str) -> String {
    let mut out = String::with_capacity(doi.len());
    for letter in doi.chars() {
        match letter {
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            ';' => out.push_str("%3B"),
            _ => out.push(letter),
        }
    }
    out
}
