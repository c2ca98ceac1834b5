//! Cells of one column that were read as scores before: scores lie on a grid, so that few texts stand in many rows.

use crate::decimal::Score;

/// Texts remembered at once; a later one takes the place of an earlier one.
const PLACES: usize = 256;
/// The longest text that is remembered, in bytes.
const LONGEST: usize = 7;

/// Texts of good scores with what they were read as. Reading a text again gives the same, only slower.
#[derive(Debug, Clone, Default)]
pub struct KnownScores {
    /// Empty until the first score is kept.
    places: Vec<Option<(u64, Score)>>,
}

impl KnownScores {
    /// What `cell` was read as.
    pub fn get(&self, cell: &str) -> Option<Score> {
        let key = key(cell)?;
        self.places.get(place(key)).copied().flatten().filter(|(known, _)| *known == key).map(|(_, score)| score)
    }

    /// Remembers what `cell` was read as.
    pub fn keep(&mut self, cell: &str, score: Score) {
        let Some(key) = key(cell) else { return };
        if self.places.is_empty() {
            self.places = vec![None; PLACES];
        }
        self.places[place(key)] = Some((key, score));
    }
}

/// The bytes of a short text and their number.
fn key(cell: &str) -> Option<u64> {
    (cell.len() <= LONGEST).then(|| cell.bytes().fold(cell.len() as u64, |key, byte| key << 8 | u64::from(byte)))
}

/// Where a text is remembered: the upper bits of a product mix all bytes.
fn place(key: u64) -> usize {
    const { assert!(PLACES == 1 << 8) };
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_told_apart_whatever_was_remembered_in_between() {
        let mut known = KnownScores::default();
        assert_eq!(known.get("1"), None);
        let score = |i: i64| Score::parse(&i.to_string(), '.').unwrap();
        for i in 0..1000 {
            known.keep(&i.to_string(), score(i));
            assert_eq!(known.get(&i.to_string()), Some(score(i)));
        }
        let remembered = (0..1000).filter(|i| known.get(&i.to_string()).is_some_and(|found| found == score(*i))).count();
        assert_eq!(remembered, (0..1000).filter(|i| known.get(&i.to_string()).is_some()).count());
        assert!((100..=PLACES).contains(&remembered), "{remembered}");
        known.keep("12345678", score(1));
        assert_eq!(["01", "1 ", "12345678"].map(|cell| known.get(cell)), [None, None, None]);
    }
}
