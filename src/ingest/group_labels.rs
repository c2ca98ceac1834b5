//! Group labels that nearly are alike: `South` and `south` make two groups of one.

use std::collections::BTreeMap;

use super::id_fold::fold;
use super::roster::Person;
use super::{LoadedFile, inert, shared_place};
use crate::plan::{DataSection, IdDifference};
use crate::trial::{Problem, ProblemCode, Problems};

const DIFFERENCES: [IdDifference; 6] =
    [IdDifference::Case, IdDifference::Width, IdDifference::Marks, IdDifference::Invisible, IdDifference::Hyphens, IdDifference::Alphabet];

/// Warns of labels of the group column that differ only in these.
pub fn check(data: &DataSection, people: &[Person], files: &[LoadedFile], problems: &mut Problems) {
    let Some(column) = data.group.as_deref() else { return };
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for label in people.iter().filter_map(|person| person.group.as_deref()) {
        *counts.entry(label).or_default() += 1;
    }
    let mut alike: BTreeMap<String, Vec<(&str, usize)>> = BTreeMap::new();
    for (label, count) in counts {
        alike.entry(fold(label, &DIFFERENCES).into_owned()).or_default().push((label, count));
    }
    for labels in alike.into_values().filter(|labels| labels.len() > 1) {
        let shown: Vec<String> = labels.iter().map(|(label, count)| format!("`{}` ({count})", inert(label))).collect();
        let what = format!("the groups {} nearly are alike, and are taken as different groups", shown.join(" and "));
        let place = shared_place(files).column(inert(column));
        problems.push(
            Problem::warning(ProblemCode::GroupConflict, place, what)
                .with_value(inert(labels[1].0))
                .with_count(labels.iter().map(|(_, count)| count).sum())
                .with_hint("if they are one group, write the label alike in every row"),
        );
    }
}
