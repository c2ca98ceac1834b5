//! A report as data: blocks of inline spans. The writers decide how they look; nothing here is escaped.

/// A whole report.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    pub title: String,
    /// One line below the title.
    pub subtitle: String,
    pub blocks: Vec<Block>,
}

/// One block of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// `id` is stable, unique and safe as a fragment.
    Heading {
        level: u8,
        id: String,
        text: Inline,
    },
    Paragraph(Inline),
    /// Something the reader must not miss.
    Note(Inline),
    List(Vec<Inline>),
    /// A list that is cited by number: item `i` carries the id `<prefix>-<i>`.
    Numbered {
        prefix: &'static str,
        items: Vec<Inline>,
    },
    Table(Table),
    Figure(Figure),
}

/// A run of text with emphasis, in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Inline(pub Vec<Span>);

/// A piece of text.
#[derive(Debug, Clone, PartialEq)]
pub enum Span {
    Text(String),
    Strong(String),
    /// Hashes, file names, keys of the plan.
    Code(String),
    /// A statistic with its index, such as `d_av`: d with a lowered "av".
    Symbol {
        base: &'static str,
        index: &'static str,
    },
    Link {
        text: String,
        to: Target,
    },
    /// A reference by its number in the list.
    Cite(usize),
}

/// Where a link goes: to a heading of this document, or to a DOI. No other address can be written.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    Section(&'static str),
    Doi(&'static str),
}

/// A table. The first cell of each row is its header.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Safe as a fragment and unique.
    pub id: String,
    pub caption: Inline,
    pub kind: TableKind,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// What stands below: reasons, abbreviations.
    pub notes: Vec<Inline>,
}

/// What a table is, for its looks alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableKind {
    Plain,
    /// The robustness strip: few cells, side by side.
    Strip,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub header: Inline,
    pub align: Align,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Text,
    Number,
    /// Sentences, which need room.
    Prose,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Row {
    /// Names the rows that follow, across all columns.
    Group(Inline),
    Cells(Vec<Inline>),
}

/// A figure as the report receives it, or the reason why it was not drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Safe as a fragment and unique.
    pub id: String,
    /// What it is, in few words: the text of a link to it.
    pub title: String,
    pub alt: String,
    pub caption: Inline,
    pub svg: Option<String>,
    /// Path from the folder of the report, with `/`.
    pub file: Option<String>,
    pub not_drawn: Option<String>,
}

impl Inline {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.0.push(Span::Text(text.into()));
        self
    }

    pub fn strong(mut self, text: impl Into<String>) -> Self {
        self.0.push(Span::Strong(text.into()));
        self
    }

    pub fn code(mut self, text: impl Into<String>) -> Self {
        self.0.push(Span::Code(text.into()));
        self
    }

    pub fn link(mut self, text: impl Into<String>, to: Target) -> Self {
        self.0.push(Span::Link { text: text.into(), to });
        self
    }

    /// A citation, set off by a space.
    pub fn cite(mut self, number: usize) -> Self {
        self.0.push(Span::Text("\u{a0}".into()));
        self.0.push(Span::Cite(number));
        self
    }

    pub fn join(mut self, other: impl Into<Inline>) -> Self {
        self.0.extend(other.into().0);
        self
    }

    /// The words alone.
    pub fn plain(&self) -> String {
        self.0
            .iter()
            .map(|span| match span {
                Span::Text(text) | Span::Strong(text) | Span::Code(text) | Span::Link { text, .. } => text.clone(),
                Span::Symbol { base, index } => format!("{base}_{index}"),
                Span::Cite(number) => format!("[{number}]"),
            })
            .collect()
    }
}

impl From<&str> for Inline {
    fn from(text: &str) -> Self {
        Self::new().text(text)
    }
}

impl From<String> for Inline {
    fn from(text: String) -> Self {
        Self::new().text(text)
    }
}

impl Table {
    pub fn new(id: impl Into<String>, caption: impl Into<Inline>) -> Self {
        Self { id: id.into(), caption: caption.into(), kind: TableKind::Plain, columns: Vec::new(), rows: Vec::new(), notes: Vec::new() }
    }

    pub fn column(mut self, header: impl Into<Inline>, align: Align) -> Self {
        self.columns.push(Column { header: header.into(), align });
        self
    }

    /// Columns of plain text headers, all aligned alike.
    pub fn columns<const N: usize>(self, headers: [&str; N], align: Align) -> Self {
        headers.into_iter().fold(self, |table, header| table.column(header, align))
    }

    pub fn push<const N: usize>(&mut self, cells: [Inline; N]) {
        self.rows.push(Row::Cells(cells.into()));
    }
}
