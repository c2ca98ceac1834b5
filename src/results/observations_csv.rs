//! `observations.csv`: every score that was read, one row each; not for sharing.

use std::io::Write;

use crate::trial::Dataset;

/// Columns `subject,visit,outcome,value`, by subject, outcome in plan order, and visit: pre, post, then the further ones.
///
/// Values are the decimals that were read, no missing score has a row, and ids are inert against spreadsheets.
pub fn write_observations(dataset: &Dataset, to: impl Write) -> Result<(), csv::Error> {
    let mut writer = csv::Writer::from_writer(to);
    writer.write_record(["subject", "visit", "outcome", "value"])?;
    let visits: Vec<_> = dataset.visits.iter().map(|label| super::formula::escape(label)).collect();
    for (index, subject) in dataset.subjects.iter().enumerate() {
        let id = super::formula::escape(&subject.id);
        for scores in &dataset.outcomes {
            let outcome = super::formula::escape(&scores.outcome.id);
            let arms = [&scores.pre, &scores.post].into_iter().chain(&scores.others);
            for (visit, arm) in visits.iter().zip(arms) {
                if let Some(value) = arm[index] {
                    writer.write_record([&*id, visit, &outcome, &value.to_string()])?;
                }
            }
        }
    }
    writer.flush()?;
    Ok(())
}
