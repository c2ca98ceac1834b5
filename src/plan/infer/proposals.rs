//! What a plan may want and a header cannot prove: proposed in comments, and asked where the data would stop without it.

use super::draft::Draft;
use super::file::HeaderColumn;
use super::system::System;
use crate::plan::write::{key, text};
use crate::trial::fold;

/// Columns that describe groups of people.
const GROUP: [&str; 14] = [
    "site",
    "center",
    "centre",
    "siteabbreviation",
    "institution",
    "clinic",
    "hospital",
    "施設",
    "施設名",
    "病院",
    "機関",
    "기관",
    "병원",
    "센터",
];

/// Columns that say to which arm of a trial a person belongs.
const ARM: [&str; 14] = [
    "arm",
    "group",
    "treatment",
    "treatmentgroup",
    "treatmentarm",
    "studyarm",
    "allocation",
    "condition",
    "gruppe",
    "群",
    "介入群",
    "割付",
    "집단",
    "군",
];

/// Columns that a question names.
const SHOWN: usize = 6;

/// More arms than this are no arms.
const MOST_ARMS: usize = 6;

/// Groups, arms, filters by form status, and missing codes.
pub(super) fn add(draft: &mut Draft<'_>, columns: &[HeaderColumn], system: Option<System>) {
    missing(draft, columns, system);
    damaged(draft, columns);
    arms(draft, columns);
    if let Some(column) = columns.iter().find(|column| GROUP.contains(&fold(&column.name).as_str())) {
        draft.remarks.data.push(format!("# group = {}   # add it for descriptive results by group", text(&column.name)));
    }
    if system == Some(System::Redcap) {
        statuses(draft, columns);
    }
}

/// One arm is analysed: where a column tells several, all of them are in it unless the plan says otherwise.
fn arms(draft: &mut Draft<'_>, columns: &[HeaderColumn]) {
    let is_arm = |column: &&HeaderColumn| {
        let is_called = column.called().any(|name| ARM.contains(&fold(name).as_str()));
        is_called && (2..=MOST_ARMS).contains(&column.distinct.len()) && draft.outcome_of(&column.name).is_none()
    };
    let Some(column) = columns.iter().find(is_arm) else { return };
    let labels: Vec<String> = column.distinct.iter().map(|label| text(label)).collect();
    draft.assume(format!("all rows are taken as one arm, whatever `{}` says ({})", column.name, labels.join(", ")));
    draft.remarks.data.push(format!(
        "# where = {{ {} = {} }}   # add it to analyse one arm alone; what is dropped is counted",
        key(&column.name),
        labels[0]
    ));
}

/// Cells that are neither numbers nor codes are nobody's missing scores: they are named, for the file to be corrected.
fn damaged(draft: &mut Draft<'_>, columns: &[HeaderColumn]) {
    let found: Vec<String> = columns
        .iter()
        .filter(|column| !column.damaged.is_empty() && draft.outcome_of(&column.name).is_some())
        .map(|column| {
            let cells: Vec<String> = column.damaged.iter().map(|cell| format!("`{cell}`")).collect();
            format!("{} in `{}`", cells.join(", "), column.name)
        })
        .collect();
    if !found.is_empty() {
        draft.assume(format!("cells that are no numbers: {}; reading the data will name each: correct them in the file", found.join("; ")));
    }
}

/// REDCap marks each form 0 incomplete, 1 unverified, 2 complete, or in words; the mark follows the fields of its form.
fn statuses(draft: &mut Draft<'_>, columns: &[HeaderColumn]) {
    let is_status = |column: &HeaderColumn| column.name.ends_with("_complete") || fold(&column.name) == "complete";
    let mut statuses: Vec<&HeaderColumn> = Vec::new();
    let scores = columns.iter().enumerate().filter(|(_, column)| draft.outcome_of(&column.name).is_some());
    for status in scores.filter_map(|(at, _)| columns[at..].iter().find(|column| is_status(column))) {
        if !statuses.iter().any(|known| known.name == status.name) {
            statuses.push(status);
        }
    }
    // Label exports call every form's mark the same: there is no saying which is meant.
    if statuses.is_empty() || columns.iter().filter(|column| fold(&column.name) == "complete").count() > 1 {
        return;
    }
    let done = |column: &HeaderColumn| text(if column.distinct.iter().any(|value| value == "Complete") { "Complete" } else { "2" });
    let keys: Vec<String> = statuses.iter().map(|column| format!("{} = {}", key(&column.name), done(column))).collect();
    draft.remarks.data.push(format!(
        "# where = {{ {} }}   # add it to keep only rows whose form is marked complete; what is dropped is counted",
        keys.join(", ")
    ));
}

/// Words and far numbers in the columns of scores.
fn missing(draft: &mut Draft<'_>, columns: &[HeaderColumn], system: Option<System>) {
    let mut codes: Vec<String> = Vec::new();
    let mut shown: Vec<&str> = Vec::new();
    let mut stops = false;
    for column in columns {
        let Some(outside) = draft.codes_stop(column) else { continue };
        if column.words.is_empty() && column.codes.is_empty() {
            continue;
        }
        shown.push(&column.name);
        stops |= outside;
        for code in column.words.iter().chain(&column.codes) {
            if !codes.contains(code) {
                codes.push(code.clone());
            }
        }
    }
    if codes.is_empty() {
        return;
    }
    let is_castor = |code: &String| {
        let number = code.strip_prefix("##USER_MISSING_").and_then(|rest| rest.strip_suffix("##")).or(code.strip_prefix('-'));
        matches!(number, Some("95" | "96" | "97" | "98" | "99"))
    };
    if system == Some(System::Castor) && codes.iter().all(is_castor) {
        draft.assume(format!("{} are the missing codes of Castor", codes.join(", ")));
        draft.plan.data.missing = codes;
        return;
    }
    let list = codes.iter().map(|code| text(code)).collect::<Vec<_>>().join(", ");
    let line = format!("missing = [{list}]");
    let more = shown.len().saturating_sub(SHOWN);
    let names = shown.iter().take(SHOWN).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let where_found = if more > 0 { format!("{names} and {more} more") } else { names };
    if stops {
        draft.ask_data(
            &line,
            &format!("keep what means missing in {where_found}; correct in the file what does not"),
            &format!("{list} in {where_found}: does it mean that the score is missing?"),
            "add `missing` under [data], or correct the cells",
        );
    } else {
        draft.remarks.data.push(format!("# {line}   # far from the other values of {where_found}: add it if it means missing"));
    }
}
