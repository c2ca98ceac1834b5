//! The plan while it is inferred, with everything that must be said about it.

use std::collections::HashMap;

use super::Inferred;
use super::file::{HeaderColumn, LookedFile};
use super::scale::{Scales, says_version};
use crate::decimal::Decimal;
use crate::plan::write::{Remarks, hides, text, to_toml_with};
use crate::plan::{ItemPattern, OutcomeSection, Plan};
use crate::trial::{Catalogue, Direction, Instrument, Place, Problem, ProblemCode, ScoreRange};

/// Characters of an id that is made of a name.
const LONGEST_ID: usize = 40;

/// The plan so far.
pub(super) struct Draft<'c> {
    pub plan: Plan,
    pub remarks: Remarks,
    catalogue: &'c Catalogue,
    scales: Scales<'c>,
    file: String,
    assumptions: Vec<String>,
    questions: Vec<Problem>,
    /// Outcomes, by their id, and columns of which it is still asked whether they hold the scores.
    asked: Vec<(String, String)>,
    /// Questions that no single line answers.
    open: Vec<String>,
}

impl<'c> Draft<'c> {
    pub fn new(files: &[LookedFile], catalogue: &'c Catalogue) -> Self {
        let file = files.first().map(|file| file.name.clone()).unwrap_or_default();
        Self {
            plan: Plan::default(),
            remarks: Remarks::default(),
            catalogue,
            scales: Scales::new(catalogue),
            file,
            assumptions: Vec::new(),
            questions: Vec::new(),
            asked: Vec::new(),
            open: Vec::new(),
        }
    }

    pub fn assume(&mut self, what: String) {
        let line = one_line(&what);
        // Two files of one kind are told of once.
        if !self.assumptions.contains(&line) {
            self.assumptions.push(line);
        }
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

    /// A question that no single line answers.
    pub fn refuse(&mut self, what: &str, hint: &str) {
        self.open.push(one_line(&format!("{what}: {hint}")));
        self.question(None, what, hint);
    }

    /// The scales that a score of this name may be.
    pub fn candidates(&self, name: &str) -> Vec<&'c Instrument> {
        self.scales.named(name)
    }

    /// The one of several names of a score by which the catalogue knows it, else the first.
    pub fn best_name<'n>(&self, names: &[&'n str]) -> &'n str {
        let known = names.iter().find(|name| !self.candidates(name).is_empty());
        known.or(names.first()).copied().unwrap_or_default()
    }

    /// Whether the catalogue knows a column as the score of a scale.
    pub fn is_scale(&self, column: &HeaderColumn) -> bool {
        column.called().any(|name| !self.candidates(name).is_empty())
    }

    /// Adds the outcome that a header calls `name`, its score standing in `column`, and asks what the catalogue does not say.
    pub fn add_outcome(&mut self, name: &str, column: &str, fill: impl FnOnce(&mut OutcomeSection)) {
        let candidates = self.candidates(name);
        self.add_outcome_as(name, column, &candidates, fill);
    }

    /// The same, where it is known which scales it may be.
    pub fn add_outcome_as(&mut self, name: &str, column: &str, candidates: &[&'c Instrument], fill: impl FnOnce(&mut OutcomeSection)) {
        let name = if name.is_empty() { "score" } else { name };
        let wanted = match candidates {
            [only] => only.id.clone(),
            _ => slug(name),
        };
        let id = self.free_id(&wanted, &slug(name));
        let label = (candidates.len() != 1 && id != name).then(|| name.to_owned());
        let mut outcome = OutcomeSection { id, label, ..OutcomeSection::default() };
        if let [only] = candidates {
            outcome.instrument = Some(only.id.clone());
        }
        fill(&mut outcome);
        // A score that is made of items stands in no column.
        let shown = if outcome.score.is_some() { name } else { column };
        let id = outcome.id.clone();
        self.plan.outcome.push(outcome);
        self.remarks.outcome.push(Vec::new());
        match candidates {
            [only] => {
                let better = match only.direction {
                    Direction::Lower => "lower is better",
                    Direction::Higher => "higher is better",
                    Direction::None => "no better direction",
                };
                let doubt = if says_version(only, name) { "" } else { "; its name does not say which version it is: check" };
                self.assume(format!("`{shown}` is {} ({}): {better}{doubt}", only.abbreviation, only.name));
            }
            [] => self.ask_direction(name, column, &id),
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

    /// Asks which way is better on a scale that the catalogue does not know; or whether it is one that the header mentions.
    fn ask_direction(&mut self, name: &str, column: &str, id: &str) {
        if let [only] = self.scales.mentioned(column).as_slice() {
            let scale = format!("{} ({})", only.abbreviation, only.name);
            let instrument = format!("instrument = {}", text(&only.id));
            let direction = if only.direction == Direction::Higher { "higher" } else { "lower" };
            self.ask_outcome(
                &format!("direction = \"{direction}\""),
                &format!("which way is better? If this is the score of {scale} itself, write {instrument} in its place"),
                column,
                &format!("outcome `{id}`: its name mentions {scale}: is it the score of that scale, or another one?"),
                &format!("add {instrument} to this outcome, or `direction` where it is another score"),
            );
            return;
        }
        self.ask_outcome(
            "direction = \"lower\"",
            &format!("or \"higher\" (or \"none\"): which way is better for {}?", one_line(name)),
            column,
            &format!("outcome `{id}`: the catalogue does not say which way is better"),
            "add direction = \"lower\" or \"higher\" (or \"none\") to this outcome, or `instrument` where the catalogue has it under another name",
        );
    }

    /// The outcome that reads its scores, or the answers that make them, from a column; in the tidy long layout any of those
    /// that share it.
    pub fn outcome_of(&self, column: &str) -> Option<&OutcomeSection> {
        let is = |name: &Option<String>| name.as_deref() == Some(column);
        let by_file = self.plan.data.files_by_name.values().any(|own| is(&own.value));
        let shared = is(&self.plan.data.value) || by_file;
        let reads = |outcome: &&OutcomeSection| {
            shared
                || is(&outcome.pre)
                || is(&outcome.post)
                || is(&outcome.value)
                || self.asked.iter().any(|(id, asked)| *id == outcome.id && asked == column)
                || outcome.others.values().any(|other| other == column)
                || has_item(outcome, column)
        };
        self.plan.outcome.iter().find(reads)
    }

    /// Notes that the answer to a question will most likely make an outcome, by its id, read a column.
    pub fn will_read(&mut self, columns: &[&str]) {
        if let Some(outcome) = self.plan.outcome.last() {
            self.asked.extend(columns.iter().map(|column| (outcome.id.clone(), (*column).to_owned())));
        }
    }

    /// The range of the scores of an outcome, or of its answers where items make them.
    pub fn range_of(&self, outcome: &OutcomeSection) -> Option<ScoreRange> {
        if outcome.is_from_items() {
            return outcome.item_range.map(|[min, max]| ScoreRange { min, max });
        }
        outcome.instrument.as_ref().and_then(|id| self.catalogue.get(id)).and_then(|instrument| instrument.range)
    }

    /// Whether what may be missing codes in a column of scores stops the run unless it is declared; `None` where the column
    /// holds no scores.
    pub fn codes_stop(&self, column: &HeaderColumn) -> Option<bool> {
        let range = self.range_of(self.outcome_of(&column.name)?);
        let outside = |code: &String| {
            let value: Option<Decimal> = code.parse().ok();
            range.is_some_and(|range| value.is_some_and(|value| value < range.min || value > range.max))
        };
        Some(!column.words.is_empty() || column.codes.iter().any(outside))
    }

    /// Where some of the columns are scales of the catalogue, those only: the others are more likely doses, counts and codes,
    /// and are named so that they can be added. `is_known` says whether one is.
    pub fn known_scales<T>(&mut self, columns: Vec<T>, name: impl Fn(&T) -> &str, is_known: impl Fn(&Self, &T) -> bool) -> Vec<T> {
        let (known, unknown): (Vec<T>, Vec<T>) = columns.into_iter().partition(|column| is_known(self, column));
        if known.is_empty() {
            return unknown;
        }
        if !unknown.is_empty() {
            let names: Vec<&str> = unknown.iter().map(name).collect();
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
        let names = columns.iter().map(|column| column.name.as_str()).filter(|name| !name.is_empty());
        let rest: Vec<&str> = names.filter(|name| !used.contains(name)).collect();
        if !rest.is_empty() {
            self.assume(format!("not used: {}", rest.join(", ")));
        }
    }

    pub fn finish(mut self) -> Inferred {
        let mut head = vec!["# A plan inferred from the header. What was found and assumed:".to_owned()];
        head.extend(self.assumptions.iter().map(|line| format!("#   {line}")));
        if !self.open.is_empty() {
            head.push("# To be settled:".to_owned());
            head.extend(self.open.iter().map(|line| format!("#   {line}")));
        }
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
        let toml = to_toml_with(&self.plan, &self.remarks);
        Inferred { plan: self.plan, toml, assumptions: self.assumptions, questions: self.questions }
    }
}

/// One set of columns for files with the same header.
pub(super) fn merged(files: &[LookedFile]) -> Vec<HeaderColumn> {
    let mut merged: Vec<HeaderColumn> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    // Rows of files before, which a column that comes later did not have.
    let mut before = 0;
    for file in files {
        for column in &file.columns {
            let Some(other) = known.get(&column.name).and_then(|at| merged.get_mut(*at)) else {
                known.insert(column.name.clone(), merged.len());
                let rows = std::iter::repeat_n(0, before).chain(column.rows.iter().copied()).collect();
                merged.push(HeaderColumn { rows, ..column.clone() });
                continue;
            };
            if other.rows.len() <= before {
                other.rows.resize(before, 0);
                other.rows.extend(&column.rows);
            }
            other.numeric &= column.numeric;
            other.unique &= column.unique;
            other.mixed |= column.mixed;
            other.large |= column.large;
            other.thousands = other.thousands.or(column.thousands);
            add_new(&mut other.distinct, &column.distinct);
            add_new(&mut other.words, &column.words);
            add_new(&mut other.damaged, &column.damaged);
            add_new(&mut other.codes, &column.codes);
            other.date_format = other.date_format.filter(|format| column.date_format == Some(format));
        }
        before += file.columns.iter().map(|column| column.rows.len()).max().unwrap_or(0);
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

/// A name as an id: lower case, words joined by `_`, letters of any script kept, not too long.
fn slug(name: &str) -> String {
    let lower = name.to_lowercase();
    let mut id = String::new();
    for word in lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !id.is_empty() && id.chars().count() + word.chars().count() > LONGEST_ID {
            break;
        }
        if !id.is_empty() {
            id.push('_');
        }
        id.extend(word.chars().take(LONGEST_ID));
    }
    if id.is_empty() { "score".to_owned() } else { id }
}

/// Whether a column is one of the items of an outcome.
fn has_item(outcome: &OutcomeSection, column: &str) -> bool {
    let patterns = [&outcome.pre_items, &outcome.post_items, &outcome.value_items];
    let mut patterns = patterns.into_iter().flatten().chain(outcome.others.values()).filter_map(|pattern| ItemPattern::parse(pattern));
    let items = outcome.items.unwrap_or(0);
    patterns.any(|pattern| pattern.number(column).is_some_and(|number| (1..=items).contains(&number)))
}
