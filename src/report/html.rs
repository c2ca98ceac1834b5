//! A document as one self-contained HTML page: no script, nothing loaded.

use std::collections::BTreeSet;

use super::document::{Align, Block, Document, Figure, Inline, Row, Span, Table, TableKind, Target};
use super::markdown::doi_path;
use super::{inert, svg};

/// The page around the blocks: head, style and the places of `{{title}}`, `{{subtitle}}`, `{{contents}}` and `{{body}}`.
const PAGE: &str = include_str!("page.html");

/// The document as HTML. Text from data is escaped; figures stand inside as SVG.
pub fn to_html(document: &Document) -> String {
    let title = inert::html(&document.title);
    let subtitle = inert::html(&document.subtitle);
    let contents = contents(&document.blocks);
    let body = Writer::default().blocks(&document.blocks);
    fill(PAGE, &[("title", &title), ("subtitle", &subtitle), ("contents", &contents), ("body", &body)])
}

/// Puts each value in its place in one pass, so that a value that looks like a place stays text.
fn fill(page: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(page.len() + values.iter().map(|(_, value)| value.len()).sum::<usize>());
    let mut rest = page;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        let (name, after) = after.split_once("}}").unwrap_or((after, ""));
        out.push_str(values.iter().find(|(place, _)| *place == name).map_or("", |(_, value)| value));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The table of contents: the sections, and below theirs the outcomes.
fn contents(blocks: &[Block]) -> String {
    let mut out = String::new();
    let mut depth = 1;
    for block in blocks {
        let Block::Heading { level: level @ 2..=3, id, text } = block else { continue };
        if *level == 3 && !id.starts_with("outcome-") {
            continue;
        }
        if depth >= *level {
            out.push_str("</li>\n");
        }
        while depth > *level {
            out.push_str("</ul>\n</li>\n");
            depth -= 1;
        }
        while depth < *level {
            out.push_str("\n<ul>\n");
            depth += 1;
        }
        out.push_str(&format!("<li><a href=\"#{id}\">{}</a>", inert::html(&text.plain())));
    }
    while depth > 1 {
        out.push_str("</li>\n</ul>\n");
        depth -= 1;
    }
    out
}

#[derive(Default)]
struct Writer {
    /// Ids inside the drawings: each must stay the only one on the page.
    drawing_ids: BTreeSet<String>,
}

impl Writer {
    fn blocks(mut self, blocks: &[Block]) -> String {
        let mut out = String::new();
        let mut figures_open = false;
        for block in blocks {
            let is_figure = matches!(block, Block::Figure(_));
            if is_figure != figures_open {
                out.push_str(if is_figure { "<div class=\"figures\">\n" } else { "</div>\n" });
                figures_open = is_figure;
            }
            self.block(block, &mut out);
        }
        if figures_open {
            out.push_str("</div>\n");
        }
        out
    }

    fn block(&mut self, block: &Block, out: &mut String) {
        match block {
            Block::Heading { level, id, text } => out.push_str(&format!("<h{level} id=\"{id}\">{}</h{level}>\n", inline(text))),
            Block::Paragraph(text) => out.push_str(&format!("<p>{}</p>\n", inline(text))),
            Block::Note(text) => out.push_str(&format!("<p class=\"note\" role=\"note\">{}</p>\n", inline(text))),
            Block::List(items) => {
                out.push_str("<ul>\n");
                items.iter().for_each(|item| out.push_str(&format!("<li>{}</li>\n", inline(item))));
                out.push_str("</ul>\n");
            }
            Block::Numbered { prefix, items } => {
                out.push_str("<ol class=\"numbered\">\n");
                for (i, item) in items.iter().enumerate() {
                    out.push_str(&format!("<li id=\"{prefix}-{}\">{}</li>\n", i + 1, inline(item)));
                }
                out.push_str("</ol>\n");
            }
            Block::Table(content) => table(content, out),
            Block::Figure(content) => self.figure(content, out),
        }
    }

    fn figure(&mut self, figure: &Figure, out: &mut String) {
        let id = &figure.id;
        let caption = inline(&figure.caption);
        let alt = inert::html(&figure.alt);
        out.push_str(&format!("<figure id=\"{id}\" role=\"group\" aria-labelledby=\"{id}-caption\">\n"));
        if let Some(reason) = &figure.not_drawn {
            out.push_str(&format!("<p class=\"not-drawn\">Figure not drawn: {}.</p>\n", inert::html(reason)));
        } else if let Some(drawing) = &figure.svg {
            let width = svg::width(drawing).map(|mm| format!(" style=\"max-width:{mm}mm\"")).unwrap_or_default();
            match svg::inline(drawing, &mut self.drawing_ids) {
                Some(element) => out.push_str(&format!("<div class=\"card\"{width} role=\"img\" aria-label=\"{alt}\">{element}</div>\n")),
                None => out.push_str(&format!("<div class=\"card\"{width}><img src=\"{}\" alt=\"{alt}\"></div>\n", svg::data_uri(drawing))),
            }
        } else {
            let place = figure.file.as_ref().map(|file| format!("Not embedded; see <code>{}</code>. ", inert::html(file)));
            out.push_str(&format!("<p class=\"not-drawn\">{}{alt}</p>\n", place.unwrap_or_default()));
        }
        out.push_str(&format!("<figcaption id=\"{id}-caption\">{caption}</figcaption>\n</figure>\n"));
    }
}

fn table(table: &Table, out: &mut String) {
    let id = &table.id;
    let class = match table.kind {
        TableKind::Plain => "",
        TableKind::Strip => " class=\"strip\"",
    };
    // A region that scrolls must be reachable by keyboard.
    out.push_str(&format!("<div class=\"scroll\" role=\"region\" aria-labelledby=\"{id}-caption\" tabindex=\"0\">\n"));
    out.push_str(&format!("<table id=\"{id}\"{class}>\n<caption id=\"{id}-caption\">{}</caption>\n<thead>\n<tr>", inline(&table.caption)));
    for column in &table.columns {
        out.push_str(&format!("<th scope=\"col\"{}>{}</th>", class_of(column.align), inline(&column.header)));
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    for (i, row) in table.rows.iter().enumerate() {
        match row {
            Row::Group(name) => {
                if i > 0 {
                    out.push_str("</tbody>\n<tbody>\n");
                }
                let width = table.columns.len();
                out.push_str(&format!("<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"{width}\">{}</th></tr>\n", inline(name)));
            }
            Row::Cells(cells) => {
                out.push_str("<tr>");
                for (j, (cell, column)) in cells.iter().zip(&table.columns).enumerate() {
                    let class = class_of(column.align);
                    if j == 0 {
                        out.push_str(&format!("<th scope=\"row\"{class}>{}</th>", inline(cell)));
                    } else {
                        out.push_str(&format!("<td{class}>{}</td>", inline(cell)));
                    }
                }
                out.push_str("</tr>\n");
            }
        }
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
    if !table.notes.is_empty() {
        let notes: Vec<String> = table.notes.iter().map(inline).collect();
        out.push_str(&format!("<p class=\"table-notes\">{}</p>\n", notes.join("<br>")));
    }
}

fn class_of(align: Align) -> &'static str {
    match align {
        Align::Text => "",
        Align::Number => " class=\"number\"",
        Align::Prose => " class=\"prose\"",
    }
}

fn inline(text: &Inline) -> String {
    text.0.iter().map(span).collect()
}

fn span(span: &Span) -> String {
    match span {
        Span::Text(text) => inert::html(text),
        Span::Strong(text) => format!("<strong>{}</strong>", inert::html(text)),
        Span::Code(text) => format!("<code>{}</code>", inert::html(text)),
        Span::Symbol { base, index } => format!("<i>{base}</i><sub>{index}</sub>"),
        Span::Link { text, to: Target::Section(id) } => format!("<a href=\"#{id}\">{}</a>", inert::html(text)),
        Span::Link { text, to: Target::Doi(doi) } => {
            format!("<a href=\"https://doi.org/{}\">{}</a>", inert::html(&doi_path(doi)), inert::html(text))
        }
        Span::Cite(number) => format!("<a class=\"cite\" href=\"#ref-{number}\">[{number}]</a>"),
    }
}
