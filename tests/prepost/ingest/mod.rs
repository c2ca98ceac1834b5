//! Files in, dataset and problems out.

mod around;
mod bad_files;
mod bad_rows;
mod cells;
mod dates;
mod degenerate;
mod exports;
pub mod formats;
mod hostile;
mod identity;
mod items;
mod layouts_page;
mod ledger;
mod long;
mod look;
mod marked;
mod redcap;
mod two_file;
mod visits;
mod wide;

use prepost::decimal::Decimal;
use prepost::ingest::ingest;
use prepost::plan::Plan;
use prepost::trial::{Dataset, Direction, Loss, Outcome, Problem, ProblemCode, Problems, Role, RowFate, ScoreRange};
use tempfile::TempDir;

/// What reading gave, kept with its folder.
pub struct Read {
    pub dataset: Option<Dataset>,
    pub problems: Problems,
}

/// Reads `files` by the plan in `toml`, all in a folder of their own.
pub fn read(toml: &str, files: &[(&str, &[u8])]) -> Read {
    let folder = TempDir::new().expect("a temporary folder");
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).expect("a writable folder");
    }
    let plan: Plan = toml::from_str(toml).expect("a plan");
    let (dataset, problems) = ingest(&plan, &outcomes(&plan), folder.path());
    assert_eq!(dataset.is_none(), problems.has_errors(), "{problems:?}");
    if let Some(dataset) = &dataset {
        assert!(dataset.ledger.reconciles(), "{:?}", dataset.ledger);
        assert!(dataset.subjects.windows(2).all(|pair| pair[0].id.as_bytes() < pair[1].id.as_bytes()));
    }
    Read { dataset, problems }
}

/// The outcomes of a plan without the catalogue.
fn outcomes(plan: &Plan) -> Vec<Outcome> {
    let outcome = |section: &prepost::plan::OutcomeSection| Outcome {
        score_decimals: None,
        id: section.id.clone(),
        label: section.id.clone(),
        instrument: None,
        domain: None,
        direction: section.direction.unwrap_or(Direction::Lower),
        range: section.range.map(|[min, max]| ScoreRange { min, max }),
        step: section.step.or(section.integer.filter(|yes| *yes).map(|_| Decimal::from_integer(1))),
        role: section.role.unwrap_or(Role::Exploratory),
        unit: None,
        bands: Vec::new(),
        meaning: Default::default(),
    };
    plan.outcome.iter().map(outcome).collect()
}

impl Read {
    pub fn dataset(&self) -> &Dataset {
        self.dataset.as_ref().unwrap_or_else(|| panic!("no dataset: {:#?}", self.problems))
    }

    /// `id: pre post`, one a subject, `-` for no score.
    pub fn scores(&self, outcome: usize) -> Vec<String> {
        let dataset = self.dataset();
        let scores = &dataset.outcomes[outcome];
        let text = |score: &Option<prepost::decimal::Score>| score.map_or("-".to_owned(), |score| score.to_string());
        let row = |i: usize| format!("{}: {} {}", dataset.subjects[i].id, text(&scores.pre[i]), text(&scores.post[i]));
        (0..dataset.subjects.len()).map(row).collect()
    }

    pub fn losses(&self, outcome: usize) -> Vec<(Loss, usize)> {
        self.dataset().ledger.outcomes[outcome].losses.iter().map(|loss| (loss.loss, loss.count)).collect()
    }

    pub fn fates(&self) -> Vec<(RowFate, usize)> {
        self.dataset().ledger.files.iter().flat_map(|file| file.fates.clone()).collect()
    }

    /// The only error.
    pub fn error(&self) -> &Problem {
        let errors: Vec<&Problem> = self.problems.errors().collect();
        match errors.as_slice() {
            [one] => one,
            _ => panic!("expected one error, got {errors:#?}"),
        }
    }

    pub fn codes(&self) -> Vec<ProblemCode> {
        self.problems.0.iter().map(|problem| problem.code).collect()
    }
}

/// A wide plan of one outcome, with more lines for `[data]` and the outcome.
pub fn wide_plan(data: &str, outcome: &str) -> String {
    format!(
        "[data]\nfiles = [\"scores.csv\"]\nsubject = \"id\"\n{data}\n[[outcome]]\nid = \"bdi2\"\npre = \"pre\"\npost = \"post\"\n{outcome}\n"
    )
}

/// Reads one wide file.
pub fn read_wide(data: &str, outcome: &str, file: impl AsRef<[u8]>) -> Read {
    read(&wide_plan(data, outcome), &[("scores.csv", file.as_ref())])
}
