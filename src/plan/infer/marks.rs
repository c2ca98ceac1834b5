//! The decimal mark of the scores.

use super::draft::Draft;
use super::file::{DecimalMark, LookedFile};

/// The columns of scores in one file that need each mark.
struct Marks<'h> {
    file: &'h str,
    commas: Vec<&'h str>,
    points: Vec<&'h str>,
    uncertain: Vec<&'h str>,
}

/// Writes the comma down: for all files, for the one that has it, or for single columns where others have the point.
pub(super) fn settle(draft: &mut Draft<'_>, files: &[LookedFile]) {
    let marks: Vec<Marks> = files.iter().map(|file| of(file, draft)).collect();
    let all = |pick: fn(&Marks<'_>) -> bool| marks.iter().all(pick);
    if let Some(marks) = marks.iter().find(|marks| !marks.uncertain.is_empty() && marks.commas.is_empty()) {
        draft.ask_data(
            "decimal = \",\"",
            "or thousands = \",\": what is the comma in 1,234?",
            &format!("{}: every comma stands before three digits: a decimal mark, or one of thousands", marks.uncertain.join(", ")),
            "add `decimal = \",\"` or `thousands = \",\"` under [data]",
        );
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
    for Marks { file, commas, points, uncertain } in marks.iter().filter(|marks| !marks.commas.is_empty()) {
        if points.is_empty() {
            draft.plan.data.files_by_name.entry((*file).to_owned()).or_default().decimal = Some(",".to_owned());
            draft.assume(format!("the decimal mark of `{file}` is a comma"));
        } else {
            let by_column = commas.iter().chain(uncertain).map(|name| ((*name).to_owned(), ",".to_owned()));
            draft.plan.data.decimal_by_column.extend(by_column);
            draft.assume(format!("the decimal mark is a comma in {}, and a point in {}", commas.join(", "), points.join(", ")));
        }
    }
}

fn of<'h>(file: &'h LookedFile, draft: &Draft<'_>) -> Marks<'h> {
    let with = |mark: DecimalMark| {
        let scores = file.columns.iter().filter(|column| column.mark == Some(mark) && draft.outcome_of(&column.name).is_some());
        scores.map(|column| column.name.as_str()).collect::<Vec<_>>()
    };
    Marks {
        file: &file.name,
        commas: with(DecimalMark::Comma),
        points: with(DecimalMark::Point),
        uncertain: with(DecimalMark::CommaOrThousands),
    }
}
