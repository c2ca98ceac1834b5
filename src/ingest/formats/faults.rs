//! What is wrong with a file whose format is known.

use crate::ingest::content::Grid;
use crate::ingest::inert;
use crate::trial::{Place, Problem, ProblemCode};

/// A file that cannot be read as what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Cut short, altered, or not what it says.
    Damaged,
    /// Locked by a password.
    Locked,
    /// More than is read at all; says what.
    TooLarge(String),
    /// A cell that stops reading; says which and how to mend it.
    Cell { row: Option<u64>, what: String, hint: &'static str },
}

pub fn damaged() -> Fault {
    Fault::Damaged
}

/// Stops a grid that takes too much memory, before the text passes what its spans can say.
pub fn check_size(grid: &Grid) -> Result<(), Fault> {
    check_room(grid.size() as u64)
}

/// The same of the bytes that it would take.
pub fn check_room(bytes: u64) -> Result<(), Fault> {
    if bytes <= Grid::MOST_BYTES as u64 {
        return Ok(());
    }
    Err(Fault::TooLarge(format!("expected a table of at most {} MiB, got more", Grid::MOST_BYTES >> 20)))
}

impl Fault {
    /// The fault of `file`, which is `kind` (with its article).
    pub fn problem(self, file: &str, kind: &str) -> Problem {
        let place = Place::file(inert(file));
        match self {
            Self::Damaged => {
                Problem::error(ProblemCode::FileDamaged, place, format!("expected {kind}, got one that is damaged or cut short"))
                    .with_hint("copy or export the file again; or open it in its own program and save it as CSV")
            }
            Self::Locked => Problem::error(ProblemCode::FileDamaged, place, format!("{kind} that is locked by a password"))
                .with_hint("open it in its own program, save a copy without a password, and name that file"),
            Self::TooLarge(what) => Problem::error(ProblemCode::TooLarge, place, what)
                .with_hint("keep only the columns and rows of the trial, or export the table as CSV"),
            Self::Cell { row, what, hint } => {
                let place = row.map_or(place.clone(), |row| place.line(row));
                Problem::error(ProblemCode::FileDamaged, place, what).with_hint(hint)
            }
        }
    }
}
