//! Which row gave each subject's scores, so that a second one is found.

use super::roster::At;

/// The first row of each subject, of one visit (and one outcome, in the tidy long layout).
#[derive(Debug, Default)]
pub struct SeenRows(Vec<Option<At>>);

impl SeenRows {
    /// Notes the row at `at`; the earlier row of the subject where there is one.
    pub fn note(&mut self, subject: u32, at: At) -> Result<(), At> {
        let subject = subject as usize;
        if self.0.len() <= subject {
            self.0.resize(subject + 1, None);
        }
        match self.0[subject] {
            Some(first) => Err(first),
            None => {
                self.0[subject] = Some(at);
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_row_is_kept() {
        let at = |line| At { file: 0, line };
        let mut rows = SeenRows::default();
        assert_eq!((rows.note(3, at(5)), rows.note(0, at(6)), rows.note(3, at(9))), (Ok(()), Ok(()), Err(at(5))));
        assert_eq!(rows.note(3, at(10)), Err(at(5)));
    }
}
