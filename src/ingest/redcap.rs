//! REDCap's repeats: rows of repeating forms and events, which share subject and visit with the row of the visit itself.
//!
//! An export has a row for each repeat of each form, and all cells of the other forms are empty in it. So a score stands
//! in one of several rows of a subject's visit, and an empty cell in the others is no missing score.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::columns::{SharedColumns, at_place};
use super::header::Header;
use super::roster::At;
use super::scores::ScoreSource;
use super::table::{Row, Table};
use super::{LoadedFile, inert, trim};
use crate::trial::{Place, Problem, ProblemCode, Problems, RowFate};

/// The repeat columns in raw exports and in exports with labels.
pub const INSTRUMENT: [&str; 2] = ["redcap_repeat_instrument", "Repeat Instrument"];
pub const INSTANCE: [&str; 2] = ["redcap_repeat_instance", "Repeat Instance"];

/// Other columns that tell an export of REDCap.
const RECORD: &str = "record_id";
const EVENT: &str = "redcap_event_name";
const STATUS: &str = "_complete";

/// The repeats of one file, while it is read.
#[derive(Debug)]
pub struct Repeats<'a> {
    instrument: Option<usize>,
    instance: Option<usize>,
    /// The columns that each score of the plan is read from.
    slots: Vec<Vec<usize>>,
    /// Which scores stand in some row of a subject's visit.
    filled: HashMap<(Cow<'a, str>, usize), HashSet<usize>>,
    /// By subject and visit: the row of the visit itself, where one was read besides repeats.
    visits: HashMap<(u32, usize), Option<At>>,
    /// By subject, visit and score: the row it was read in, and whether something stood there.
    read: HashMap<(u32, usize, usize), (At, bool)>,
}

/// What to do with one score of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slotted {
    Read,
    /// It stands, or is missing, in another row.
    Elsewhere,
    /// It stands in an earlier row, too.
    Again(At),
}

/// Which kind of row it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The row of a visit.
    Visit,
    /// A repeat of a whole event.
    Event,
    /// A repeat of a form.
    Form,
}

impl<'a> Repeats<'a> {
    /// The repeats of a file; `None` where no row is one. Looks through the file without noting problems.
    ///
    /// `slots` are the sources of the scores that a row may hold, `visit` says which visit a row belongs to.
    pub fn find<'s>(
        table: &Table<'a>,
        shared: &SharedColumns<'a>,
        slots: impl Iterator<Item = &'s ScoreSource<'a>>,
        visit: impl Fn(&Row<'_, 'a>) -> Option<usize>,
    ) -> Option<Self>
    where
        'a: 's,
    {
        let column = |names: [&str; 2]| names.into_iter().find_map(|name| table.header.find(name).ok());
        let (instrument, instance) = (column(INSTRUMENT), column(INSTANCE));
        if instrument.is_none() && instance.is_none() {
            return None;
        }
        let columns =
            |source: &ScoreSource<'a>| source.columns().iter().filter_map(|column| table.header.find(column.as_ref()).ok()).collect();
        let slots = slots.map(columns).collect();
        let mut repeats = Self { instrument, instance, slots, filled: HashMap::new(), visits: HashMap::new(), read: HashMap::new() };
        // Most exports hold no repeats, though they have the columns: those take one look, and no memory.
        let mut any = false;
        table.clone().rows(&mut Problems::default(), |row, _| {
            any = any || repeats.is_repeat(row);
            Some(RowFate::Used)
        });
        if !any {
            return None;
        }
        table.clone().rows(&mut Problems::default(), |row, _| {
            if let Some(visit) = visit(row).filter(|_| shared.keeps(row)) {
                let filled: Vec<usize> = (0..repeats.slots.len()).filter(|slot| repeats.is_filled(row, *slot)).collect();
                if !filled.is_empty() {
                    repeats.filled.entry((shared.id(row), visit)).or_default().extend(filled);
                }
            }
            Some(RowFate::Used)
        });
        Some(repeats)
    }

    fn kind(&self, row: &Row<'_, 'a>) -> Kind {
        let holds = |column: Option<usize>| column.is_some_and(|column| !trim(&row.cell(column)).is_empty());
        match (holds(self.instrument), holds(self.instance)) {
            (true, _) => Kind::Form,
            (false, true) => Kind::Event,
            (false, false) => Kind::Visit,
        }
    }

    fn is_filled(&self, row: &Row<'_, 'a>, slot: usize) -> bool {
        self.slots[slot].iter().any(|column| !trim(&row.cell(*column)).is_empty())
    }

    fn is_repeat(&self, row: &Row<'_, 'a>) -> bool {
        self.kind(row) != Kind::Visit
    }

    /// Whether the row repeats a form, or an event that stands in another row, and holds none of the plan's scores.
    pub fn is_other_form(&self, row: &Row<'_, 'a>, (id, subject): (Cow<'a, str>, Option<u32>), visit: usize) -> bool {
        if (0..self.slots.len()).any(|slot| self.is_filled(row, slot)) {
            return false;
        }
        match self.kind(row) {
            Kind::Visit => false,
            Kind::Form => true,
            Kind::Event => {
                subject.is_some_and(|subject| self.visits.contains_key(&(subject, visit))) || self.filled.contains_key(&(id, visit))
            }
        }
    }

    /// Takes up a row of a subject's visit: the row of that visit, if it came before and this is no repeat either; and what
    /// to do with each score.
    pub fn take(&mut self, row: &Row<'_, 'a>, id: Cow<'a, str>, subject: u32, visit: usize, at: At) -> (Option<At>, Vec<Slotted>) {
        let is_repeat = self.is_repeat(row);
        let of_visit = self.visits.entry((subject, visit)).or_default();
        let before = of_visit.filter(|_| !is_repeat);
        if !is_repeat && before.is_none() {
            *of_visit = Some(at);
        }
        let key = (id, visit);
        let mut taken = Vec::with_capacity(self.slots.len());
        for slot in 0..self.slots.len() {
            let is_filled = self.is_filled(row, slot);
            let stands_elsewhere = || self.filled.get(&key).is_some_and(|filled| filled.contains(&slot));
            let slotted = match self.read.get(&(subject, visit, slot)) {
                Some((first, true)) if is_filled => Slotted::Again(*first),
                _ if is_filled => Slotted::Read,
                Some(_) => Slotted::Elsewhere,
                None if stands_elsewhere() => Slotted::Elsewhere,
                None => Slotted::Read,
            };
            if slotted == Slotted::Read {
                self.read.insert((subject, visit, slot), (at, is_filled));
            }
            taken.push(slotted);
        }
        (before, taken)
    }

    /// A score that stands in two rows of a subject's visit.
    pub fn repeated(
        &self,
        (score, context): (&str, &str),
        id: &str,
        again: At,
        first: At,
        header: &Header,
        files: &[LoadedFile],
    ) -> Problem {
        let earlier = at_place(first, files);
        let earlier = if again.file == first.file { earlier.row().unwrap_or_default() } else { earlier.to_string() };
        let what =
            format!("expected one `{}` of each subject{context}, got a repeat for `{}`, first on {earlier}", inert(score), inert(id));
        let column = self.instance.or(self.instrument).and_then(|column| header.names().get(column));
        let column = inert(column.map_or(INSTANCE[0], String::as_str));
        let hint = format!(
            "say which repeat counts, e.g. `where = {{ \"{column}\" = [\"\", \"1\"] }}` under [data] in trial.toml, or keep one row"
        );
        let subject = inert(files[again.file as usize].settings.subject);
        Problem::error(ProblemCode::RepeatedScores, at_place(again, files).column(subject), what).with_value(inert(id)).with_hint(hint)
    }
}

/// A checkbox of REDCap (`race___1`, `race____99` for the choice −99) that the plan takes for a score. An unanswered one is
/// exported as 0, so that it cannot be told from one that was never asked.
pub fn checkbox(source: &ScoreSource, header: &Header, place: Place) -> Option<Problem> {
    let columns = source.columns();
    let [name] = columns.as_slice() else { return None };
    let name: &str = name;
    let (stem, choice) = name.split_once("___")?;
    let is_word = |text: &str| !text.is_empty() && text.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    let is_redcap =
        header.names().iter().any(|name| name == EVENT || name == RECORD || INSTRUMENT.contains(&name.as_str()) || name.ends_with(STATUS));
    if !is_redcap || !is_word(stem) || !is_word(choice) {
        return None;
    }
    let what = "expected a score, got a checkbox of REDCap: 1 where ticked, 0 where not, be it answered or never asked";
    Some(
        Problem::error(ProblemCode::PlanInvalidValue, place.column(inert(name)), what)
            .with_value(inert(name))
            .with_hint("name the column of the score in trial.toml"),
    )
}
