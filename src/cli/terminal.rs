//! What the user reads: results on stdout, all else on stderr.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use super::Failure;
use crate::trial::{ProblemCode, Problems, Severity};

/// How many findings of one kind are shown before the rest is only counted.
const SHOWN_OF_A_KIND: usize = 20;

/// Of how many files and columns one finding is shown, beyond the first ones.
const PLACES_OF_A_KIND: usize = 12;

/// How many hints are given for one kind of finding.
const HINTS_OF_A_KIND: usize = 3;

/// What was said of one kind of finding.
struct Kind<'a> {
    code: ProblemCode,
    /// Findings in rows, and what was said of columns and files as a whole.
    in_rows: usize,
    of_all: usize,
    shown: usize,
    /// Files and columns of which a finding was shown.
    places: Vec<(Option<&'a str>, Option<&'a str>, bool)>,
    hints: Vec<&'a str>,
}

/// The terminal and how it wants to be spoken to.
pub struct Terminal {
    quiet: bool,
    colour: bool,
}

impl Terminal {
    pub fn new(quiet: bool) -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self { quiet, colour: io::stderr().is_terminal() && !set("NO_COLOR") && !dumb }
    }

    /// Whether a progress bar would be seen and is wanted.
    pub fn shows_progress(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    /// A result: to stdout, whatever `--quiet` says.
    pub fn result(&self, text: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        out.flush()?;
        Ok(())
    }

    /// What was done: to stderr, unless quiet.
    pub fn info(&self, text: &str) {
        if !self.quiet {
            self.line(text);
        }
    }

    /// What a reader of the output should know, and nothing is wrong with.
    pub fn note(&self, text: &str) {
        self.info(&format!("note: {text}"));
    }

    pub fn warning(&self, text: &str) {
        self.line(&format!("{} {text}", self.painted("warning:", "33")));
    }

    /// Every warning of a run; of each kind the first few, then a count.
    pub fn warnings(&self, problems: &Problems) {
        self.problems(problems, Severity::Warning, "warning:", "33");
    }

    /// Prints why a command ended and gives its exit status.
    pub fn failure(&self, failure: &Failure) -> ExitCode {
        match failure {
            Failure::BrokenPipe => ExitCode::SUCCESS,
            Failure::Stopped(problems) => {
                self.warnings(problems);
                self.problems(problems, Severity::Error, "error:", "31");
                self.explanation(problems);
                ExitCode::from(1)
            }
            Failure::Usage { what, hint } => {
                self.error(what, hint.as_deref());
                ExitCode::from(2)
            }
            Failure::Unexpected(error) => {
                self.error(&format!("{error:#}"), None);
                ExitCode::from(2)
            }
        }
    }

    fn problems(&self, problems: &Problems, severity: Severity, tag: &str, colour: &str) {
        let mut kinds: Vec<Kind> = Vec::new();
        for problem in problems.0.iter().filter(|problem| problem.severity == severity) {
            let at = kinds.iter().position(|kind| kind.code == problem.code).unwrap_or_else(|| {
                kinds.push(Kind { code: problem.code, in_rows: 0, of_all: 0, shown: 0, places: Vec::new(), hints: Vec::new() });
                kinds.len() - 1
            });
            let kind = &mut kinds[at];
            let is_in_row = problem.place.line.is_some();
            if is_in_row || problem.rest {
                kind.in_rows += problem.findings()
            } else {
                kind.of_all += 1
            }
            // One of every file and column, where there are not too many of them, so that none hides another.
            let place = (problem.place.file.as_deref(), problem.place.column.as_deref(), is_in_row);
            let is_new = !kind.places.contains(&place) && kind.places.len() < PLACES_OF_A_KIND;
            if !problem.rest && (kind.shown < SHOWN_OF_A_KIND || is_new) {
                kind.shown += 1;
                if is_new {
                    kind.places.push(place);
                }
                self.line(&format!("{} {problem}", self.painted(tag, colour)));
                // A hint that was given need not be given again, nor one a line.
                if let Some(hint) = problem.hint.as_deref().filter(|hint| kind.hints.len() < HINTS_OF_A_KIND && !kind.hints.contains(hint))
                {
                    self.hint(hint);
                    kind.hints.push(hint);
                }
            }
        }
        for kind in kinds.into_iter().filter(|kind| kind.in_rows + kind.of_all > kind.shown) {
            // A sentence about a column is no further finding beside those in its rows.
            let of_all = if kind.in_rows > 0 { 0 } else { kind.of_all };
            let (name, seen, rest) = (kind.code.name(), kind.in_rows + of_all, kind.in_rows + kind.of_all - kind.shown);
            self.line(&format!("{} {seen} of the kind `{name}` in all; {rest} more are not shown", self.painted(tag, colour)));
        }
    }

    /// Where the codes of the errors are explained.
    fn explanation(&self, problems: &Problems) {
        let mut codes: Vec<String> = problems.errors().map(|problem| problem.code.name()).collect();
        codes.sort_unstable();
        codes.dedup();
        let commands: Vec<String> = codes.iter().map(|code| format!("`prepost problems {code}`")).collect();
        if !commands.is_empty() {
            self.info(&format!("what this means and what to do: {}", commands.join(", ")));
        }
    }

    fn error(&self, what: &str, hint: Option<&str>) {
        self.line(&format!("{} {what}", self.painted("error:", "31")));
        if let Some(hint) = hint {
            self.hint(hint);
        }
    }

    fn hint(&self, hint: &str) {
        self.line(&format!("\n{} {hint}\n", self.painted("hint:", "36")));
    }

    fn painted(&self, text: &str, colour: &str) -> String {
        if self.colour { format!("\u{1b}[1;{colour}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// One line to stderr; that stderr is closed is no reason to fail.
    fn line(&self, text: &str) {
        let _ = writeln!(io::stderr().lock(), "{text}");
    }
}
