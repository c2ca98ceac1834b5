//! The decimal and the thousands mark of the scores.

use super::draft::Draft;
use super::file::{DecimalMark, HeaderColumn, LookedFile};
use crate::decimal::Decimal;
use crate::plan::OutcomeSection;
use crate::plan::write::text;

/// The smallest score with a thousands mark.
const THOUSAND: i32 = 1000;

/// The columns of scores in one file that need each mark.
struct Marks<'h> {
    file: &'h str,
    commas: Vec<&'h str>,
    points: Vec<&'h str>,
    /// Commas, or points, of which it is not said whether they separate thousands.
    uncertain_commas: Vec<&'h str>,
    uncertain_points: Vec<&'h str>,
    thousands: Option<char>,
    /// Whether whole numbers above 99 stand beside uncertain commas.
    large: bool,
}

/// Writes the marks down, or asks for them.
pub(super) fn settle(draft: &mut Draft<'_>, files: &[LookedFile]) {
    let marks: Vec<Marks> = files.iter().map(|file| of(file, draft)).collect();
    thousands(draft, &marks);
    let all = |pick: fn(&Marks<'_>) -> bool| marks.iter().all(pick);
    if let Some(marks) = marks.iter().find(|marks| !marks.uncertain_points.is_empty()) {
        ask_points(draft, &marks.uncertain_points);
    }
    if let Some(marks) = marks.iter().find(|marks| !marks.uncertain_commas.is_empty() && marks.commas.is_empty()) {
        ask_commas(draft, marks);
        return;
    }
    if all(|marks| marks.commas.is_empty()) {
        return;
    }
    if all(|marks| marks.points.is_empty()) {
        draft.plan.data.decimal = Some(",".to_owned());
        draft.assume("the decimal mark of the scores is a comma".to_owned());
        return;
    }
    for Marks { file, commas, points, uncertain_commas, .. } in marks.iter().filter(|marks| !marks.commas.is_empty()) {
        if points.is_empty() {
            draft.plan.data.files_by_name.entry((*file).to_owned()).or_default().decimal = Some(",".to_owned());
            draft.assume(format!("the decimal mark of `{file}` is a comma"));
        } else {
            let by_column = commas.iter().chain(uncertain_commas).map(|name| ((*name).to_owned(), ",".to_owned()));
            draft.plan.data.decimal_by_column.extend(by_column);
            draft.assume(format!("the decimal mark is a comma in {}, and a point in {}", commas.join(", "), points.join(", ")));
        }
    }
}

/// Thousands marks without which some number could not be read.
fn thousands(draft: &mut Draft<'_>, marks: &[Marks<'_>]) {
    let found: Vec<(&str, char)> = marks.iter().filter_map(|marks| Some((marks.file, marks.thousands?))).collect();
    let Some((_, mark)) = found.first() else { return };
    if *mark == ' ' {
        draft.ask_data(
            "thousands = \" \"",
            "does the space in 1 234 separate thousands? If it does not, correct the cells",
            "some scores have a space between their digits: a mark of thousands, or two numbers in one cell",
            "add `thousands = \" \"` under [data], or correct the cells",
        );
        return;
    }
    let name = |mark: char| format!("`{mark}`");
    if found.len() == marks.len() && found.iter().all(|(_, other)| other == mark) {
        draft.plan.data.thousands = Some(mark.to_string());
        draft.assume(format!("thousands are separated by {}", name(*mark)));
        return;
    }
    for (file, mark) in found {
        draft.plan.data.files_by_name.entry(file.to_owned()).or_default().thousands = Some(mark.to_string());
        draft.assume(format!("thousands are separated by {} in `{file}`", name(mark)));
    }
}

/// A point before three digits everywhere, beside whole numbers as large as thousands are.
fn ask_points(draft: &mut Draft<'_>, columns: &[&str]) {
    let found = columns.join(", ");
    draft.ask_data(
        "thousands = \".\"",
        "is 1.234 a thousand and more? If its point is the decimal mark, write decimal = \".\" for this line and the next",
        &format!(
            "{found}: every point stands before three digits, and other scores are whole numbers: a decimal mark, or one of thousands"
        ),
        "add `thousands = \".\"` and `decimal = \",\"` under [data], or `decimal = \".\"` if the point is the decimal mark",
    );
    draft.remarks.data.push("# ANSWER: decimal = \",\"   # where the point separates thousands".to_owned());
}

/// A comma before three digits everywhere.
fn ask_commas(draft: &mut Draft<'_>, marks: &Marks<'_>) {
    let (likely, other) = if marks.large || !marks.points.is_empty() { ("thousands", "decimal") } else { ("decimal", "thousands") };
    draft.ask_data(
        &format!("{likely} = {}", text(",")),
        &format!("or {other} = \",\": what is the comma in 1,234?"),
        &format!("{}: every comma stands before three digits: a decimal mark, or one of thousands", marks.uncertain_commas.join(", ")),
        "add `decimal = \",\"` or `thousands = \",\"` under [data]",
    );
}

fn of<'h>(file: &'h LookedFile, draft: &Draft<'_>) -> Marks<'h> {
    let scores: Vec<(&HeaderColumn, &OutcomeSection)> =
        file.columns.iter().filter_map(|column| Some((column, draft.outcome_of(&column.name)?))).collect();
    let with = |mark: DecimalMark| {
        let marked = scores.iter().filter(|(column, _)| column.mark == Some(mark));
        marked.map(|(column, outcome)| (column.name.as_str(), *outcome)).collect::<Vec<_>>()
    };
    let names = |columns: &[(&'h str, &OutcomeSection)]| columns.iter().map(|(name, _)| *name).collect::<Vec<&str>>();
    let is_large = |outcome: &OutcomeSection| scores.iter().any(|(column, other)| other.id == outcome.id && column.large);
    let (points, commas) = (with(DecimalMark::Point), with(DecimalMark::Comma));
    let is_pointed = |outcome: &OutcomeSection| points.iter().any(|(_, other)| other.id == outcome.id);
    // What cannot reach a thousand has no mark of thousands.
    let (thousands, decimals): (Vec<_>, Vec<_>) =
        with(DecimalMark::CommaOrThousands).into_iter().partition(|(_, outcome)| can_be_thousands(draft, outcome));
    let uncertain_points: Vec<_> = with(DecimalMark::PointOrThousands)
        .into_iter()
        .filter(|(_, outcome)| can_be_thousands(draft, outcome) && is_large(outcome) && !is_pointed(outcome))
        .collect();
    Marks {
        file: &file.name,
        commas: names(&commas).into_iter().chain(names(&decimals)).collect(),
        points: names(&points),
        large: thousands.iter().any(|(_, outcome)| is_large(outcome)),
        uncertain_commas: names(&thousands),
        uncertain_points: names(&uncertain_points),
        thousands: scores.iter().find_map(|(column, _)| column.thousands),
    }
}

fn can_be_thousands(draft: &Draft<'_>, outcome: &OutcomeSection) -> bool {
    draft.range_of(outcome).is_none_or(|range| range.max >= Decimal::from_integer(THOUSAND))
}
