//! The plan while it is inferred, with everything that must be said about it.

use super::Inferred;
use super::file::{HeaderColumn, LookedFile};
use crate::decimal::Decimal;
use crate::plan::write::{Remarks, hides, text, to_toml_with};
use crate::plan::{OutcomeSection, Plan};
use crate::trial::{Catalogue, Direction, Instrument, Place, Problem, ProblemCode, fold};

/// The plan so far.
pub(super) struct Draft<'c> {
    pub plan: Plan,
    pub remarks: Remarks,
    catalogue: &'c Catalogue,
    file: String,
    assumptions: Vec<String>,
    questions: Vec<Problem>,
}

impl<'c> Draft<'c> {
    pub fn new(files: &[LookedFile], catalogue: &'c Catalogue) -> Self {
        let file = files.first().map(|file| file.name.clone()).unwrap_or_default();
        Self { plan: Plan::default(), remarks: Remarks::default(), catalogue, file, assumptions: Vec::new(), questions: Vec::new() }
    }

    pub fn assume(&mut self, what: String) {
        self.assumptions.push(one_line(&what));
    }

    fn question(&mut self, column: Option<&str>, what: &str, hint: &str) {
        let mut place = Place::file(&self.file);
        place.column = column.map(one_line);
        self.questions.push(Problem::error(ProblemCode::PlanUnansweredQuestion, place, one_line(what)).with_hint(one_line(hint)));
    }

    /// A key of `[data]` that must be answered; `line` is the likeliest answer.
    pub fn ask_data(&mut self, line: &str, why: &str, what: &str, hint: &str) {
        self.remarks.data.push(answer(line, why));
        self.question(None, what, hint);
    }

    /// A key of `[visits]` that must be answered.
    pub fn ask_visits(&mut self, line: &str, why: &str, column: &str, what: &str, hint: &str) {
        self.remarks.visits.push(answer(line, why));
        self.question(Some(column), what, hint);
    }

    /// A key of the outcome added last that must be answered.
    pub fn ask_outcome(&mut self, line: &str, why: &str, column: &str, what: &str, hint: &str) {
        if let Some(remarks) = self.remarks.outcome.last_mut() {
            remarks.push(answer(line, why));
        }
        self.question(Some(column), what, hint);
    }

    /// A further line of the question asked last about an outcome.
    pub fn also_answer(&mut self, line: &str, why: &str) {
        if let Some(remarks) = self.remarks.outcome.last_mut() {
            remarks.push(answer(line, why));
        }
    }

    /// A question that no key answers.
    pub fn refuse(&mut self, what: &str, hint: &str) {
        self.question(None, what, hint);
    }

    /// The scales that a score of this name may be.
    pub fn candidates(&self, name: &str) -> Vec<&'c Instrument> {
        variants(name).iter().map(|variant| self.catalogue.matching(variant)).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// Adds the outcome that a header calls `name`, its score standing in `column`, and asks what the catalogue does not say.
    pub fn add_outcome(&mut self, name: &str, column: &str, fill: impl FnOnce(&mut OutcomeSection)) {
        let candidates = self.candidates(name);
        let name = if name.is_empty() { "score" } else { name };
        let wanted = match candidates.as_slice() {
            [only] => only.id.clone(),
            _ => slug(name),
        };
        let id = self.free_id(&wanted, &slug(name));
        let label = (candidates.len() != 1 && id != name).then(|| name.to_owned());
        let mut outcome = OutcomeSection { id, label, ..OutcomeSection::default() };
        if let [only] = candidates.as_slice() {
            outcome.instrument = Some(only.id.clone());
        }
        fill(&mut outcome);
        let id = outcome.id.clone();
        self.plan.outcome.push(outcome);
        self.remarks.outcome.push(Vec::new());
        match candidates.as_slice() {
            [only] => {
                let better = match only.direction {
                    Direction::Lower => "lower is better",
                    Direction::Higher => "higher is better",
                    Direction::None => "no better direction",
                };
                self.assume(format!("`{column}` is {} ({}): {better}", only.abbreviation, only.name));
            }
            [] => self.ask_outcome(
                "direction = \"lower\"",
                &format!("or \"higher\" (or \"none\"): which way is better for {}?", one_line(name)),
                column,
                &format!("outcome `{id}`: the catalogue does not say which way is better"),
                "add direction = \"lower\" or \"higher\" (or \"none\") to this outcome, or `instrument` where the catalogue has it under another name",
            ),
            [first, rest @ ..] => {
                let others: Vec<String> = rest.iter().map(|entry| format!("{} ({})", text(&entry.id), entry.name)).collect();
                let all: Vec<String> = candidates.iter().map(|entry| format!("instrument = \"{}\" ({})", entry.id, entry.name)).collect();
                self.ask_outcome(
                    &format!("instrument = {}", text(&first.id)),
                    &format!("{}; or {}: which scale is {}?", first.name, others.join(", "), one_line(name)),
                    column,
                    &format!("outcome `{id}`: `{name}` is the name of several scales"),
                    &format!("add {} to this outcome", all.join(" or ")),
                );
            }
        }
    }

    /// The outcome that reads its scores from a column; in the tidy long layout any of those that share it.
    pub fn outcome_of(&self, column: &str) -> Option<&OutcomeSection> {
        let is = |name: &Option<String>| name.as_deref() == Some(column);
        let by_file = self.plan.data.files_by_name.values().any(|own| is(&own.value));
        let shared = is(&self.plan.data.value) || by_file;
        self.plan.outcome.iter().find(|outcome| shared || is(&outcome.pre) || is(&outcome.post) || is(&outcome.value))
    }

    /// Whether what may be missing codes in a column of scores stops the run unless it is declared; `None` where the column
    /// holds no scores.
    pub fn codes_stop(&self, column: &HeaderColumn) -> Option<bool> {
        let outcome = self.outcome_of(&column.name)?;
        let range = outcome.instrument.as_ref().and_then(|id| self.catalogue.get(id)).and_then(|instrument| instrument.range.as_ref());
        let outside = |code: &String| {
            let value: Option<Decimal> = code.parse().ok();
            range.is_some_and(|range| value.is_some_and(|value| value < range.min || value > range.max))
        };
        Some(!column.words.is_empty() || column.codes.iter().any(outside))
    }

    /// Where some of the numbers are scales of the catalogue, those only: the others are more likely doses, counts and codes,
    /// and are named so that they can be added. `stem` is the name of the scale in the name of a column.
    pub fn known_scales<T: AsRef<str>>(&mut self, columns: Vec<T>, stem: impl Fn(&str) -> String) -> Vec<T> {
        let (known, unknown): (Vec<T>, Vec<T>) = columns.into_iter().partition(|name| !self.candidates(&stem(name.as_ref())).is_empty());
        if known.is_empty() {
            return unknown;
        }
        if !unknown.is_empty() {
            let names: Vec<&str> = unknown.iter().map(AsRef::as_ref).collect();
            self.assume(format!("numbers of no known scale are left out: {}", names.join(", ")));
        }
        known
    }

    /// The first of the wanted ids that no outcome has yet, numbered where both are taken.
    fn free_id(&self, wanted: &str, second: &str) -> String {
        let taken = |id: &str| self.plan.outcome.iter().any(|outcome| outcome.id == id);
        let mut number = 2;
        let mut id = if taken(wanted) { second.to_owned() } else { wanted.to_owned() };
        while taken(&id) {
            id = format!("{second}_{number}");
            number += 1;
        }
        id
    }

    /// Says which columns the plan leaves alone.
    pub fn not_used(&mut self, columns: &[HeaderColumn], used: &[&str]) {
        let rest: Vec<&str> = columns.iter().map(|column| column.name.as_str()).filter(|name| !used.contains(name)).collect();
        if !rest.is_empty() {
            self.assume(format!("not used: {}", rest.join(", ")));
        }
    }

    pub fn finish(mut self) -> Inferred {
        if self.plan.outcome.is_empty() && self.questions.is_empty() {
            let hint = "name the columns in trial.toml: `pre` and `post` of each [[outcome]], or `visit` under [data] and `value` of each";
            self.refuse("no score with a pre and a post could be found in the header", hint);
        }
        let mut head = vec!["# A plan inferred from the header. What was found and assumed:".to_owned()];
        head.extend(self.assumptions.iter().map(|line| format!("#   {line}")));
        if !self.questions.is_empty() {
            head.push("# Before it can run: complete every line marked ANSWER, and delete the words `# ANSWER: ` from it.".to_owned());
        }
        self.remarks.head = head;
        if self.plan.outcome.len() > 1 {
            self.remarks.before_outcomes.push(
                "# Every outcome is exploratory. If one was named as primary before the data were seen, add role = \"primary\" to it."
                    .to_owned(),
            );
        }
        if self.plan.outcome.is_empty() {
            let why = "what was measured, where it stands, which way is better";
            let lines = ["[[outcome]]", "id = \"score\"", "pre = \"pre column\"", "post = \"post column\"", "direction = \"lower\""];
            self.remarks.before_outcomes.extend(lines.iter().map(|line| answer(line, why)));
        }
        let toml = to_toml_with(&self.plan, &self.remarks);
        Inferred { plan: self.plan, toml, assumptions: self.assumptions, questions: self.questions }
    }
}

/// One set of columns for files with the same header.
pub(super) fn merged(files: &[LookedFile]) -> Vec<HeaderColumn> {
    let mut merged: Vec<HeaderColumn> = Vec::new();
    for column in files.iter().flat_map(|file| &file.columns) {
        match merged.iter_mut().find(|other| other.name == column.name) {
            None => merged.push(column.clone()),
            Some(other) => {
                other.numeric &= column.numeric;
                other.unique &= column.unique;
                add_new(&mut other.distinct, &column.distinct);
                add_new(&mut other.words, &column.words);
                add_new(&mut other.codes, &column.codes);
                other.date_format = other.date_format.filter(|format| column.date_format == Some(format));
            }
        }
    }
    merged
}

fn add_new(known: &mut Vec<String>, values: &[String]) {
    for value in values {
        if !known.contains(value) {
            known.push(value.clone());
        }
    }
}

fn answer(line: &str, why: &str) -> String {
    format!("# ANSWER: {line}   # {}", one_line(why))
}

/// A header may hold line breaks and letters that turn or hide others, a comment or message may not.
pub(super) fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() || hides(letter) { ' ' } else { letter }).collect()
}

/// A name as an id: lower case, words joined by `_`, letters of any script kept.
fn slug(name: &str) -> String {
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "score".to_owned() } else { words.join("_") }
}

/// Words about the score that are not part of the scale's name.
const FILLER: [&str; 12] = ["total", "score", "scores", "sum", "tot", "raw", "scale", "ttl", "total_score", "tscore", "points", "summe"];

const FILLER_CJK: [&str; 10] = ["合計得点", "合計点", "総得点", "合計", "得点", "総点", "点数", "총점", "점수", "점"];

/// The name, and the name with less and less around it.
fn variants(name: &str) -> Vec<String> {
    let plain = name.split(['(', '（', ',', '[']).next().unwrap_or(name);
    let words = |text: &str| {
        text.split(|letter: char| letter == '_' || letter.is_whitespace() || letter == '.')
            .filter(|word| !FILLER.contains(&fold(word).as_str()))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let mut short = words(plain);
    if let Some(rest) = FILLER_CJK.iter().find_map(|filler| short.trim_end().strip_suffix(filler)) {
        short = rest.to_owned();
    }
    vec![name.to_owned(), plain.to_owned(), short]
}
