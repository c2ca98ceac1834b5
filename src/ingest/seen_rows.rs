//! Which row gave each subject's scores, so that a second one is found.

use super::roster::At;

/// The first row of each subject, of one visit (and one outcome, in the tidy long layout).
///
/// A row is packed into eight bytes, because there is one for each subject, visit and outcome: the number of the file
/// above, the line and 1 below (grids may count rows from 0); 0 is no row.
#[derive(Debug, Default)]
pub struct SeenRows(Vec<u64>);

/// Lines beyond 2^40 do not occur: such a file would hold a terabyte.
const LINE_BITS: u32 = 40;

impl SeenRows {
    /// Notes the row at `at`; the earlier row of the subject where there is one.
    pub fn note(&mut self, subject: u32, at: At) -> Result<(), At> {
        let subject = subject as usize;
        if self.0.len() <= subject {
            self.0.resize(subject + 1, 0);
        }
        match self.0[subject] {
            0 => {
                self.0[subject] = u64::from(at.file) << LINE_BITS | (at.line + 1);
                Ok(())
            }
            first => Err(At { file: (first >> LINE_BITS) as u32, line: (first & ((1 << LINE_BITS) - 1)) - 1 }),
        }
    }

    /// Whether the subject has a row.
    pub fn has(&self, subject: u32) -> bool {
        self.0.get(subject as usize).is_some_and(|row| *row != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_row_is_kept() {
        let at = |line| At { file: 3, line };
        let mut rows = SeenRows::default();
        assert_eq!((rows.note(3, at(5)), rows.note(0, at(6)), rows.note(3, at(9))), (Ok(()), Ok(()), Err(at(5))));
        assert_eq!(rows.note(3, at(10)), Err(at(5)));
        assert_eq!([rows.has(0), rows.has(1), rows.has(3), rows.has(9)], [true, false, true, false]);
    }
}
