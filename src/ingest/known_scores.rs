//! Cells of one column that were read as scores before: scores lie on a grid, so that few texts stand in many rows.

use crate::decimal::Score;

/// Cells remembered at once; a later one takes the place of an earlier one.
const PLACES: usize = 256;
/// The longest text that is remembered, in bytes.
const LONGEST: usize = 7;

/// Cells of good scores with what they were read as. Reading one again gives the same, only slower.
#[derive(Debug, Clone, Default)]
pub struct KnownScores {
    /// Empty until the first score is kept.
    places: Vec<Option<(u64, Score)>>,
}

/// What tells cells of one column apart: the text of a short cell, or where it stands in a text that equal cells share. A file has
/// cells of one of the two kinds alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellKey(u64);

impl CellKey {
    pub fn of_piece((start, end): (usize, usize)) -> Option<Self> {
        Some(Self(u64::from(u32::try_from(start).ok()?) << 32 | u64::from(u32::try_from(end).ok()?)))
    }

    /// The bytes of a short text and their number.
    pub fn of_text(cell: &str) -> Option<Self> {
        (cell.len() <= LONGEST).then(|| Self(cell.bytes().fold(cell.len() as u64, |key, byte| key << 8 | u64::from(byte))))
    }
}

impl KnownScores {
    /// What the cell was read as.
    pub fn get(&self, key: CellKey) -> Option<Score> {
        self.places.get(place(key)).copied().flatten().filter(|(known, _)| *known == key.0).map(|(_, score)| score)
    }

    /// Remembers what the cell was read as.
    pub fn keep(&mut self, key: CellKey, score: Score) {
        if self.places.is_empty() {
            self.places = vec![None; PLACES];
        }
        self.places[place(key)] = Some((key.0, score));
    }
}

/// Where a cell is remembered: the upper bits of a product mix all bytes.
fn place(key: CellKey) -> usize {
    const { assert!(PLACES == 1 << 8) };
    (key.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_told_apart_whatever_was_remembered_in_between() {
        let mut known = KnownScores::default();
        let key = |i: i64| CellKey::of_text(&i.to_string()).unwrap();
        assert_eq!(known.get(key(1)), None);
        let score = |i: i64| Score::parse(&i.to_string(), '.').unwrap();
        for i in 0..1000 {
            known.keep(key(i), score(i));
            assert_eq!(known.get(key(i)), Some(score(i)));
        }
        let found: Vec<(i64, Score)> = (0..1000).filter_map(|i| Some((i, known.get(key(i))?))).collect();
        assert!(found.iter().all(|(i, found)| *found == score(*i)));
        assert!((100..=PLACES).contains(&found.len()), "{}", found.len());
        let keys = ["1", "01", "1 ", "1234567"].map(CellKey::of_text);
        assert!((0..4).all(|i| (0..i).all(|j| keys[i] != keys[j])) && keys.iter().all(Option::is_some));
        assert_eq!(CellKey::of_text("12345678"), None);
        assert_ne!(CellKey::of_piece((7, 9)), CellKey::of_piece((7, 7)));
    }
}
