//! What a case states → `trial.toml`, and nothing beyond it but what every plan needs: an id, a direction, a role.

use toml::{Table, Value};

use super::case::Case;

/// The id of the one outcome.
pub const OUTCOME: &str = "score";

/// The plan of a case as text. A key that has no place in a plan is an error: left out, the case would test something else.
pub fn plan(case: &Case) -> Result<String, String> {
    let text = |key: &str| case.plan.get(key).and_then(Value::as_str).ok_or_else(|| format!("{}: no `{key}` in [plan]", case.id));
    let layout = text("layout")?;
    let tidy = case.plan.contains_key("instrument_column");
    let mut plan = Sections::default();
    match layout {
        "wide" | "long" | "items" => plan.data("files", Value::Array(case.files.iter().map(|file| file.name.clone().into()).collect())),
        "two-files" => {}
        other => return Err(format!("{}: unknown layout `{other}`", case.id)),
    }
    for (key, value) in &case.plan {
        let value = value.clone();
        match key.as_str() {
            "layout" => {}
            "subject"
            | "visit"
            | "encoding"
            | "separator"
            | "decimal"
            | "decimal_by_column"
            | "thousands"
            | "missing"
            | "header_line"
            | "skip_records_after_header"
            | "group"
            | "pre_date"
            | "post_date"
            | "date_format" => plan.data(key, value),
            "pre_file" => plan.data("pre", value),
            "post_file" => plan.data("post", value),
            "require" => plan.data("where", value),
            "per_file" => plan.data("files_by_name", value),
            "instrument_column" => plan.data("outcome_column", value),
            "value" if tidy => plan.data("value", value),
            "pre_visit" => plan.visits("pre", value),
            "post_visit" => plan.visits("post", value),
            "pre" | "post" | "value" | "range" | "integer" | "step" | "pre_items" | "post_items" | "items" | "item_range" | "reverse"
            | "score" | "prorate" => plan.outcome(key, value),
            "instrument" => plan.outcome("key", value),
            "instruments" => {}
            "min_cell" => plan.privacy(key, value),
            other => return Err(format!("{}: no place in a plan for `{other}`", case.id)),
        }
    }
    if tidy && !case.plan.contains_key("instrument") {
        plan.outcome("key", "*".into());
    } else {
        plan.outcome("id", OUTCOME.into());
        plan.outcome("role", "primary".into());
    }
    plan.outcome("direction", "lower".into());
    toml::to_string(&plan.into_table()).map_err(|error| format!("{}: {error}", case.id))
}

#[derive(Default)]
struct Sections {
    data: Table,
    visits: Table,
    outcome: Table,
    privacy: Table,
}

impl Sections {
    fn data(&mut self, key: &str, value: Value) {
        self.data.insert(key.into(), value);
    }

    fn visits(&mut self, key: &str, value: Value) {
        self.visits.insert(key.into(), value);
    }

    fn outcome(&mut self, key: &str, value: Value) {
        self.outcome.insert(key.into(), value);
    }

    fn privacy(&mut self, key: &str, value: Value) {
        self.privacy.insert(key.into(), value);
    }

    fn into_table(self) -> Table {
        let sections = [
            ("data", Value::Table(self.data)),
            ("visits", Value::Table(self.visits)),
            ("outcome", Value::Array(vec![Value::Table(self.outcome)])),
            ("privacy", Value::Table(self.privacy)),
        ];
        let empty = |value: &Value| value.as_table().is_some_and(Table::is_empty);
        sections.into_iter().filter(|(_, value)| !empty(value)).map(|(name, value)| (name.to_owned(), value)).collect()
    }
}
