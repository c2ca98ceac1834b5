//! Which columns a plan can ask for: the others of a columnar file are not decoded.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::ingest::{canonical, planned, redcap};
use crate::plan::Plan;

/// The columns that a plan names.
#[derive(Debug, Default)]
pub struct Needed<'p> {
    names: HashSet<Cow<'p, str>>,
    /// What stands before and after the number in the columns of items.
    items: Vec<(&'p str, &'p str)>,
    /// Whether there is no plan, so that every column may be asked for.
    all: bool,
}

impl<'p> Needed<'p> {
    /// Every column.
    pub fn all() -> Self {
        Self { all: true, ..Self::default() }
    }

    /// The columns that `plan` names anywhere, in whatever layout.
    pub fn of(plan: &'p Plan) -> Self {
        let mut names: Vec<&'p str> = planned::columns(plan);
        // Rows of REDCap's repeats are told apart by columns that no plan names.
        names.extend(redcap::INSTRUMENT.into_iter().chain(redcap::INSTANCE));
        let mut items = Vec::new();
        for outcome in &plan.outcome {
            for pattern in [&outcome.pre_items, &outcome.post_items, &outcome.value_items].into_iter().flatten() {
                items.push((pattern.split('{').next().unwrap_or_default(), pattern.rsplit('}').next().unwrap_or_default()));
            }
        }
        Self { names: names.into_iter().map(|name| canonical(name.into())).collect(), items, all: false }
    }

    /// Whether the plan may ask for the column called `name`.
    pub fn has(&self, name: &str) -> bool {
        let name = canonical(name.into());
        self.all
            || self.names.contains(&name)
            || self.items.iter().any(|(before, after)| name.starts_with(before.trim_start()) && name.ends_with(after.trim_end()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_the_plan_and_of_items() {
        let plan: Plan = toml::from_str(
            "[data]\nfiles = [\"a.parquet\"]\nsubject = \"id\"\nwhere = { done = \"2\" }\n[[outcome]]\nid = \"x\"\npre = \" x_pre\"\npost_items = \"q{i}_post\"\nitems = 3\n",
        )
        .unwrap();
        let needed = Needed::of(&plan);
        let columns = ["id", "done", "x_pre ", "q1_post", "q1_pre", "note"];
        assert_eq!(columns.map(|name| needed.has(name)), [true, true, true, true, false, false]);
        assert!(Needed::all().has("note"));
    }
}
