//! A plan as TOML.

use std::fmt::Write;

use serde::Serialize;

use super::{OneOrMore, OutcomeSection, Plan, write_meaning};

/// The plan as `trial.toml`, every default of `[analysis]`, `[figures]` and `[privacy]` written out.
pub fn to_toml(plan: &Plan) -> String {
    to_toml_with(plan, &Remarks::default())
}

/// Whole lines (comments, and keys still to be answered) that stand among the keys of a plan.
#[derive(Debug, Clone, Default)]
pub(super) struct Remarks {
    /// Before everything.
    pub head: Vec<String>,
    /// At the end of the keys of `[data]`.
    pub data: Vec<String>,
    /// At the end of `[visits]`; with them the section is written even where the plan has none yet.
    pub visits: Vec<String>,
    /// Before the first outcome.
    pub before_outcomes: Vec<String>,
    /// At the end of each outcome.
    pub outcome: Vec<Vec<String>>,
}

/// The plan with remarks.
pub(super) fn to_toml_with(plan: &Plan, remarks: &Remarks) -> String {
    let mut out = Writer(String::new());
    out.lines(&remarks.head);
    if !plan.trial.is_empty() {
        out.section("[trial]");
        out.optional("title", plan.trial.title.as_deref());
        out.optional("id", plan.trial.id.as_deref());
    }
    data(&mut out, plan, remarks);
    if plan.visits.is_some() || !remarks.visits.is_empty() {
        out.section("[visits]");
        if let Some(visits) = &plan.visits {
            out.pair("pre", &one_or_more(&visits.pre));
            out.pair("post", &one_or_more(&visits.post));
            if !visits.others.is_empty() {
                out.pair("others", &list(&visits.others));
            }
        }
        out.lines(&remarks.visits);
    }
    if !remarks.before_outcomes.is_empty() {
        out.0.push('\n');
        out.lines(&remarks.before_outcomes);
    }
    for (index, section) in plan.outcome.iter().enumerate() {
        outcome(&mut out, section);
        out.lines(remarks.outcome.get(index).map_or(&[], Vec::as_slice));
        write_meaning::benchmarks(&mut out, section);
    }
    settings(&mut out, plan);
    write_meaning::estimand(&mut out, &plan.estimand);
    out.0
}

fn data(out: &mut Writer, plan: &Plan, remarks: &Remarks) {
    let data = &plan.data;
    out.section("[data]");
    if !data.files.is_empty() {
        out.pair("files", &list(&data.files));
    }
    out.optional("pre", data.pre.as_deref());
    out.optional("post", data.post.as_deref());
    if !data.subject.is_empty() {
        out.pair("subject", &text(&data.subject));
    }
    out.optional("encoding", data.encoding.as_deref());
    out.optional("separator", data.separator.as_deref());
    out.optional("decimal", data.decimal.as_deref());
    out.optional("thousands", data.thousands.as_deref());
    if !data.missing.is_empty() {
        out.pair("missing", &list(&data.missing));
    }
    out.shown("header_line", data.header_line);
    out.shown("skip_records_after_header", data.skip_records_after_header);
    if !data.keep_where.is_empty() {
        let entries: Vec<String> =
            data.keep_where.iter().map(|(column, values)| format!("{} = {}", key(column), one_or_more(values))).collect();
        out.pair("where", &format!("{{ {} }}", entries.join(", ")));
    }
    out.optional("visit", data.visit.as_deref());
    out.optional("outcome_column", data.outcome_column.as_deref());
    out.optional("value", data.value.as_deref());
    out.optional("group", data.group.as_deref());
    if !data.ids_equal_under.is_empty() {
        out.words("ids_equal_under", &data.ids_equal_under);
    }
    out.shown("ids_distinct", data.ids_distinct);
    out.optional("pre_date", data.pre_date.as_deref());
    out.optional("post_date", data.post_date.as_deref());
    out.optional("date", data.date.as_deref());
    out.optional("date_format", data.date_format.as_deref());
    out.optional("sheet", data.sheet.as_deref());
    if !data.control_files.is_empty() {
        out.pair("control_files", &list(&data.control_files));
    }
    out.lines(&remarks.data);
    for (name, own) in &data.files_by_name {
        out.section(&format!("[data.files_by_name.{}]", key(name)));
        out.optional("subject", own.subject.as_deref());
        out.optional("encoding", own.encoding.as_deref());
        out.optional("separator", own.separator.as_deref());
        out.optional("decimal", own.decimal.as_deref());
        out.optional("thousands", own.thousands.as_deref());
        if let Some(missing) = &own.missing {
            out.pair("missing", &list(missing));
        }
        out.shown("header_line", own.header_line);
        out.shown("skip_records_after_header", own.skip_records_after_header);
        out.optional("sheet", own.sheet.as_deref());
        out.optional("value", own.value.as_deref());
    }
    if !data.decimal_by_column.is_empty() {
        out.section("[data.decimal_by_column]");
        for (column, mark) in &data.decimal_by_column {
            out.pair(&key(column), &text(mark));
        }
    }
}

fn outcome(out: &mut Writer, outcome: &OutcomeSection) {
    out.section("[[outcome]]");
    out.pair("id", &text(&outcome.id));
    out.optional("label", outcome.label.as_deref());
    out.optional("instrument", outcome.instrument.as_deref());
    out.optional("domain", outcome.domain.as_deref());
    out.word("direction", outcome.direction.as_ref());
    if let Some([min, max]) = outcome.range {
        out.pair("range", &format!("[{min}, {max}]"));
    }
    out.shown("step", outcome.step);
    out.shown("integer", outcome.integer);
    out.word("role", outcome.role.as_ref());
    out.optional("unit", outcome.unit.as_deref());
    out.optional("source", outcome.source.as_deref());
    out.optional("pre", outcome.pre.as_deref());
    out.optional("post", outcome.post.as_deref());
    out.optional("value", outcome.value.as_deref());
    out.optional("key", outcome.key.as_deref());
    if !outcome.others.is_empty() {
        let entries: Vec<String> = outcome.others.iter().map(|(visit, column)| format!("{} = {}", key(visit), text(column))).collect();
        out.pair("others", &format!("{{ {} }}", entries.join(", ")));
    }
    out.optional("pre_items", outcome.pre_items.as_deref());
    out.optional("post_items", outcome.post_items.as_deref());
    out.optional("value_items", outcome.value_items.as_deref());
    out.shown("items", outcome.items);
    if let Some([min, max]) = outcome.item_range {
        out.pair("item_range", &format!("[{min}, {max}]"));
    }
    if !outcome.reverse.is_empty() {
        out.pair("reverse", &joined(outcome.reverse.iter().map(u32::to_string)));
    }
    out.word("score", outcome.score.as_ref());
    out.shown("prorate", outcome.prorate);
    write_meaning::outcome(out, outcome);
}

fn settings(out: &mut Writer, plan: &Plan) {
    let analysis = &plan.analysis;
    out.section("[analysis]");
    out.pair("conf_level", &format!("{:?}", analysis.conf_level));
    out.word("alternative", Some(&analysis.alternative));
    out.word("test", Some(&analysis.test));
    out.word("effect", Some(&analysis.effect));
    out.word("multiplicity", Some(&analysis.multiplicity));
    out.word("family", Some(&analysis.family));
    out.word("zeros", Some(&analysis.zeros));
    out.shown("seed", Some(analysis.seed));
    out.shown("bootstrap", Some(analysis.bootstrap));
    out.shown("permutations", Some(analysis.permutations));
    out.shown("accept_recalled", Some(analysis.accept_recalled));
    if !analysis.carried_forward.is_empty() {
        out.words("carried_forward", &analysis.carried_forward);
    }
    out.section("[figures]");
    out.pair("kinds", &joined(plan.figures.kinds.iter().map(|kind| text(kind.name()))));
    out.pair("formats", &joined(plan.figures.formats.iter().map(|format| text(format.name()))));
    out.word("preset", Some(&plan.figures.preset));
    out.shown("dpi", plan.figures.dpi);
    out.pair("fonts", &list(&plan.figures.fonts));
    out.section("[privacy]");
    out.shown("min_cell", Some(plan.privacy.min_cell));
    out.shown("individuals", Some(plan.privacy.individuals));
}

/// The text so far.
pub(super) struct Writer(String);

impl Writer {
    pub fn section(&mut self, header: &str) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0.push_str(header);
        self.0.push('\n');
    }

    fn lines(&mut self, lines: &[String]) {
        for line in lines {
            self.0.push_str(line);
            self.0.push('\n');
        }
    }

    pub fn pair(&mut self, key: &str, value: &str) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.0, "{key} = {value}");
    }

    pub fn optional(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.pair(key, &text(value));
        }
    }

    fn shown(&mut self, key: &str, value: Option<impl std::fmt::Display>) {
        if let Some(value) = value {
            self.pair(key, &value.to_string());
        }
    }

    fn words(&mut self, key: &str, values: &[impl Serialize]) {
        if let Ok(value) = toml::Value::try_from(values) {
            self.pair(key, &value.to_string());
        }
    }

    /// A word of an enumeration, spelled as serde spells it.
    fn word(&mut self, key: &str, value: Option<&impl Serialize>) {
        if let Some(value) = value.and_then(|value| toml::Value::try_from(value).ok()) {
            self.pair(key, &value.to_string());
        }
    }
}

/// A text as a TOML string on one line.
pub(super) fn text(value: &str) -> String {
    let mut quoted = String::with_capacity(value.len() + 2);
    quoted.push('"');
    for letter in value.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\t' => quoted.push_str("\\t"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            // A second line in the eyes of some editors, and invisible in all.
            letter if letter.is_control() || hides(letter) => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(letter));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// Letters that break a line, or turn or hide the text around them.
pub(super) fn hides(letter: char) -> bool {
    matches!(letter, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// A key, quoted where TOML wants it.
pub(super) fn key(name: &str) -> String {
    let bare = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if bare { name.to_owned() } else { text(name) }
}

fn joined(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

fn list(items: &[String]) -> String {
    joined(items.iter().map(|item| text(item)))
}

pub(super) fn one_or_more(values: &OneOrMore) -> String {
    match values {
        OneOrMore::One(value) => text(value),
        OneOrMore::More(values) => list(values),
    }
}
