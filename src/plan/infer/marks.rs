//! The decimal mark of the scores.

use super::draft::Draft;
use super::file::{DecimalMark, HeaderColumn};

/// Writes the comma down: for all columns, or for those that have it where others have the point.
pub(super) fn settle(draft: &mut Draft<'_>, columns: &[HeaderColumn]) {
    let scores: Vec<&HeaderColumn> = columns.iter().filter(|column| draft.outcome_of(&column.name).is_some()).collect();
    let with = |mark: DecimalMark| scores.iter().filter(move |column| column.mark == Some(mark)).map(|column| column.name.as_str());
    let (commas, points): (Vec<&str>, Vec<&str>) = (with(DecimalMark::Comma).collect(), with(DecimalMark::Point).collect());
    let uncertain: Vec<&str> = with(DecimalMark::CommaOrThousands).collect();
    if !uncertain.is_empty() && commas.is_empty() {
        draft.ask_data(
            "decimal = \",\"",
            "or thousands = \",\": what is the comma in 1,234?",
            &format!("{}: every comma stands before three digits, and may be a decimal mark or a mark of thousands", uncertain.join(", ")),
            "add `decimal = \",\"` or `thousands = \",\"` under [data]",
        );
    } else if !commas.is_empty() && points.is_empty() {
        draft.plan.data.decimal = Some(",".to_owned());
        draft.assume(format!("the decimal mark is a comma, as in {}", commas.join(", ")));
    } else if !commas.is_empty() {
        draft.plan.data.decimal_by_column = commas.iter().chain(&uncertain).map(|name| ((*name).to_owned(), ",".to_owned())).collect();
        draft.assume(format!("the decimal mark is a comma in {}, and a point in {}", commas.join(", "), points.join(", ")));
    }
}
