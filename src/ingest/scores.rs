//! The scores of one outcome at one visit in one file: each row read by its rule, what was missing counted.

use std::collections::BTreeMap;

use super::cell::{CellFault, CellRule, Reading, normalised};
use super::columns::found;
use super::forms::Forms;
use super::header::Header;
use super::inert;
use super::items::{ItemReader, ItemSource};
use super::known_scores::{CellKey, KnownScores};
use super::many::RowFindings;
use super::missing::MissingTally;
use super::pairing::VISITS;
use super::rounded_digits::RoundedDigits;
use super::settings::FileSettings;
use super::suspected_code::SuspectedCodes;
use super::table::Row;
use super::text_marker::TextMarkers;
use super::thousands_mark::PointsInDoubt;
use crate::decimal::Score;
use crate::trial::{Outcome, Place, Problem, ProblemCode, Problems, Severity};

/// What a subject has of one outcome at one visit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Entry {
    /// No row.
    NoRow,
    /// A row whose score is missing.
    Missing,
    Score(Score),
}

/// Where the plan says that a score stands.
#[derive(Debug, Clone, PartialEq)]
pub enum ScoreSource<'a> {
    /// A column of scores.
    Column(&'a str),
    /// Columns of items that make a score.
    Items(Box<ItemSource<'a>>),
}

/// Reads the scores of one source in one file.
#[derive(Debug, Clone)]
pub enum ScoreReader<'a> {
    Column(Box<ScoreColumn<'a>>),
    Items(Box<ItemReader<'a>>),
}

/// A reader at the end of its file, and what messages about its scores say besides the place.
pub struct Read<'a, 'n> {
    pub reader: ScoreReader<'a>,
    /// The number of the outcome: its forms are counted together.
    pub outcome: usize,
    /// The number of the visit.
    pub side: usize,
    /// The visit as messages name it.
    pub visit: &'n str,
    /// What tells these scores apart where the place does not: `` at visit `baseline` ``.
    pub context: String,
}

impl<'a> ScoreSource<'a> {
    pub fn items(items: ItemSource<'a>) -> Self {
        ScoreSource::Items(Box::new(items))
    }

    /// The columns it needs.
    pub fn columns(&self) -> Vec<&str> {
        match self {
            ScoreSource::Column(name) => vec![name],
            ScoreSource::Items(items) => items.columns.iter().map(String::as_str).collect(),
        }
    }

    /// What messages about the scores as a whole call their place: the column, or the pattern of the items.
    pub fn name(&self) -> &'a str {
        match self {
            ScoreSource::Column(name) => name,
            ScoreSource::Items(items) => items.text,
        }
    }

    /// Finds its columns in a header; each that is missing is a problem, said once a file.
    pub fn open<'s>(
        &'s self,
        header: &Header,
        settings: &'s FileSettings<'s>,
        outcome: &'s Outcome,
        problems: &mut Problems,
    ) -> Option<ScoreReader<'s>> {
        match self {
            ScoreSource::Column(name) => {
                let index = match header.find(name) {
                    Err(problem) if problems.0.contains(&problem) => None,
                    result => found(result, problems),
                };
                let mut column = ScoreColumn::new(index?, name, settings.rule(name, outcome));
                column.points = column.points.filter(|_| !settings.declares_decimal(name));
                column.keeps_numbers = settings.keeps_numbers;
                Some(ScoreReader::Column(Box::new(column)))
            }
            ScoreSource::Items(items) => items.open(header, settings, outcome, problems).map(|reader| ScoreReader::Items(Box::new(reader))),
        }
    }
}

impl ScoreReader<'_> {
    /// Reads one row; a bad cell is a problem at `place`, that of the row.
    pub fn read(&mut self, row: &Row, place: impl Fn() -> Place, findings: &mut RowFindings) -> Entry {
        match self {
            ScoreReader::Column(column) => column.read(row, place, findings),
            ScoreReader::Items(items) => items.read(row, place, findings),
        }
    }
}

/// Reports what is said once a column: missing scores, and codes that could be scores; and once an outcome: incomplete and
/// prorated forms. `file` is the place.
pub fn finish<'a, 'n>(readers: impl Iterator<Item = Read<'a, 'n>>, file: &Place, problems: &mut Problems) {
    let mut forms: BTreeMap<usize, Forms> = BTreeMap::new();
    let mut points: BTreeMap<usize, (PointsInDoubt, bool)> = BTreeMap::new();
    let mut rounded: BTreeMap<usize, RoundedDigits> = BTreeMap::new();
    for Read { mut reader, outcome, side, visit, context } in readers {
        if let ScoreReader::Column(column) = &mut reader
            && let Some(of_column) = column.points.take()
        {
            let (of_outcome, keeps_numbers) = points.entry(outcome).or_default();
            of_outcome.join(of_column);
            *keeps_numbers = column.keeps_numbers;
        }
        if let ScoreReader::Column(column) = &mut reader {
            let place = file.clone().column(column.name.as_str());
            rounded.entry(outcome).or_default().join(std::mem::take(&mut column.rounded), &place);
        }
        if side >= VISITS.len() {
            // A score that is missing at a further visit costs no pair, and is no warning.
            let mut found = Problems::default();
            match reader {
                ScoreReader::Column(column) => column.finish(file.clone(), &context, &mut found),
                ScoreReader::Items(items) => Forms::new(&items).add(*items, visit, file, &context, &mut found),
            }
            problems.0.extend(found.0.into_iter().filter(|problem| problem.severity == Severity::Error));
            continue;
        }
        match reader {
            ScoreReader::Column(column) => column.finish(file.clone(), &context, problems),
            ScoreReader::Items(items) => {
                forms.entry(outcome).or_insert_with(|| Forms::new(&items)).add(*items, visit, file, &context, problems);
            }
        }
    }
    forms.values().for_each(|forms| forms.report(file, problems));
    problems.0.extend(rounded.into_values().filter_map(RoundedDigits::problem));
    problems.0.extend(points.into_values().filter_map(|(points, keeps_numbers)| points.problem(keeps_numbers)));
}

/// A column of scores while it is read.
#[derive(Debug, Clone)]
pub struct ScoreColumn<'a> {
    /// Where the column stands in the file.
    index: usize,
    name: String,
    rule: CellRule<'a>,
    known: KnownScores,
    missing: MissingTally,
    /// The first cell that holds a code which could be a score.
    code_in_range: Option<Box<Problem>>,
    markers: TextMarkers,
    rounded: RoundedDigits,
    /// Where no range is declared that would catch them.
    suspected: Option<SuspectedCodes>,
    /// Where the plan does not say what a point is.
    points: Option<PointsInDoubt>,
    keeps_numbers: bool,
    /// How many numbers were read, and how many of them lie outside the range.
    numbers: usize,
    outside: usize,
}

impl<'a> ScoreColumn<'a> {
    fn new(index: usize, name: &str, rule: CellRule<'a>) -> Self {
        let suspected = rule.outcome.range.is_none().then(SuspectedCodes::default);
        let points = PointsInDoubt::can_be(&rule).then(PointsInDoubt::default);
        let missing = MissingTally::default();
        Self {
            index,
            name: inert(name),
            rule,
            known: KnownScores::default(),
            missing,
            code_in_range: None,
            markers: TextMarkers::default(),
            rounded: RoundedDigits::default(),
            suspected,
            points,
            keeps_numbers: false,
            numbers: 0,
            outside: 0,
        }
    }

    fn read(&mut self, at: &Row, row: impl Fn() -> Place, findings: &mut RowFindings) -> Entry {
        let key = match at.piece(self.index) {
            Some(piece) => CellKey::of_piece(piece),
            None => CellKey::of_text(&at.cell(self.index)),
        };
        if let Some(score) = key.and_then(|key| self.known.get(key)) {
            self.numbers += 1;
            if self.points.is_some() || self.suspected.is_some() {
                self.look_at(score, &at.cell(self.index), row);
            }
            return Entry::Score(score);
        }
        let cell = at.cell(self.index);
        let cell = &*cell;
        let reading = self.rule.read(cell);
        if let (Ok(Reading::Score(score @ Score::Exact(_))), Some(key)) = (reading, key) {
            self.known.keep(key, score);
        }
        let reading = reading.or_else(|fault| {
            let behind = self.rule.read_behind_marker(cell).ok_or(fault)?;
            self.markers.add(cell, || row().column(self.name.as_str()));
            behind
        });
        self.numbers += usize::from(matches!(reading, Ok(Reading::Score(_)) | Err(CellFault::OutOfRange)));
        self.outside += usize::from(reading == Err(CellFault::OutOfRange));
        match reading {
            Ok(Reading::Score(score)) => {
                if let Score::Float(value) = score {
                    let number = normalised(cell, self.rule.mark, self.rule.thousands).unwrap_or_default();
                    self.rounded.add(&number, value, || row().column(self.name.as_str()));
                }
                self.look_at(score, cell, row);
                return Entry::Score(score);
            }
            Ok(Reading::Missing) => self.missing.add(cell),
            Err(CellFault::CodeInRange) => match &mut self.code_in_range {
                Some(problem) => problem.count += 1,
                first => *first = Some(Box::new(self.rule.problem(CellFault::CodeInRange, cell, row().column(self.name.as_str())))),
            },
            Err(fault) => findings.error(fault.code(), || self.rule.problem(fault, cell, row().column(self.name.as_str()))),
        }
        Entry::Missing
    }

    /// Notes a good score that only the whole column can show to be none.
    fn look_at(&mut self, score: Score, cell: &str, row: impl Fn() -> Place) {
        if let Some(points) = &mut self.points {
            points.add(cell, score.to_f64(), || row().column(self.name.as_str()));
        }
        if let Some(suspected) = &mut self.suspected {
            suspected.add(score, row);
        }
    }

    fn finish(self, file: Place, context: &str, problems: &mut Problems) {
        if self.outside > 2 && 2 * self.outside >= self.numbers {
            let problem = self.rule.many_outside(self.outside, self.numbers, file.clone().column(self.name.as_str()));
            problems.push(problem);
        }
        problems.0.extend(self.code_in_range.map(|problem| *problem));
        problems.0.extend(self.markers.problem());
        problems.0.extend(self.suspected.and_then(|suspected| suspected.problem(file.clone().column(self.name.as_str()), context)));
        if let Some(what) = self.missing.describe() {
            let total = self.missing.total();
            problems
                .push(Problem::warning(ProblemCode::MissingScores, file.column(self.name), format!("{what}{context}")).with_count(total));
        }
    }
}
