//! Severity bands before and after.

use crate::analysis::outcome::List;
use crate::analysis::unknown::unknown;
use crate::decimal::Score;
use crate::results::{BandMoves, BandShift, Finding, Method};
use crate::stats::NotEstimable;
use crate::stats::shift::{ShiftTable, bhapkar, bowker, stuart_maxwell};
use crate::trial::{Band, Direction, Outcome, OutcomeScores};

pub fn push(list: &mut List, scores: &OutcomeScores) {
    let found = list.unless_small(shift(scores), |found| {
        let counts = found.counts.iter().flatten().map(|&count| count as usize);
        counts.chain([found.n_outside]).collect()
    });
    list.push(Method::BandShift, found.map(Finding::BandShift), Vec::new());
}

/// The bands of an outcome, from the lowest scores to the highest.
pub fn bands(outcome: &Outcome) -> Vec<&Band> {
    let mut bands: Vec<&Band> = outcome.bands.iter().collect();
    bands.sort_by_key(|band| (band.min, band.max));
    bands
}

/// The band of a score, both ends included; `None` between two bands and beyond them.
pub fn band_of(bands: &[&Band], score: Score) -> Option<usize> {
    bands.iter().position(|band| score.compare(band.min).is_ge() && score.compare(band.max).is_le())
}

const BANDS: &str = "`instrument = \"…\"`, an entry of the catalogue that has bands, in the [[outcome]]";

fn shift(scores: &OutcomeScores) -> Result<BandShift, NotEstimable> {
    let outcome = &scores.outcome;
    let bands = bands(outcome);
    if bands.is_empty() {
        return Err(unknown(&outcome.meaning, &["bands"], "table of severity bands", BANDS));
    }
    let complete = scores.pre.iter().zip(&scores.post).filter_map(|(pre, post)| pre.zip(*post));
    let placed: Vec<_> = complete.map(|(pre, post)| band_of(&bands, pre).zip(band_of(&bands, post))).collect();
    if placed.is_empty() {
        return Err(NotEstimable::TooFewPairs { needed: 1, found: 0 });
    }
    let table = ShiftTable::of(bands.len(), placed.iter().flatten().copied())?;
    let (lower, same, higher) = table.moves();
    let [lower, same, higher] = [lower, same, higher].map(|count| count as usize);
    let (n_better, n_worse) = match outcome.direction {
        Direction::Lower => (Some(lower), Some(higher)),
        Direction::Higher => (Some(higher), Some(lower)),
        Direction::None => (None, None),
    };
    Ok(BandShift {
        bands: bands.iter().map(|band| band.label.clone()).collect(),
        counts: table.counts().to_vec(),
        n_outside: placed.iter().filter(|pair| pair.is_none()).count(),
        moves: BandMoves { n_same: same, n_better, n_worse },
        stuart_maxwell: stuart_maxwell(&table).into(),
        bhapkar: bhapkar(&table).into(),
        bowker: bowker(&table).into(),
    })
}
