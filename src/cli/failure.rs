//! How a command can end other than well.

use crate::trial::{Problem, Problems};

/// Why a command stopped.
#[derive(Debug)]
pub enum Failure {
    /// The plan or the data stopped it; nothing was written. Exit 1.
    Stopped(Problems),
    /// Wrong usage, with a hint. Exit 2.
    Usage { what: String, hint: Option<String> },
    /// Something failed that should not. Exit 2.
    Unexpected(anyhow::Error),
    /// The reader of stdout went away: no error. Exit 0.
    BrokenPipe,
}

impl Failure {
    pub fn usage(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Failure::Usage { what: what.into(), hint: Some(hint.into()) }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        let broken_pipe = error
            .chain()
            .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
            .any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe);
        if broken_pipe { Failure::BrokenPipe } else { Failure::Unexpected(error) }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        anyhow::Error::from(error).into()
    }
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Self {
        Failure::Stopped(problems)
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Failure::Stopped(problem.into())
    }
}
