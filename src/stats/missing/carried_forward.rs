//! The baseline carried forward.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Followed;
use crate::stats::paired::{PairedT, paired_t};
use crate::stats::{Changes, Inference, NotEstimable};

/// The record of [`carried_forward`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CarriedForward {
    /// How many got their pre score as post score.
    pub carried: usize,
    /// The paired t over all with a pre score.
    pub test: PairedT,
}

/// The paired t with every missing post score replaced by the person's pre score.
///
/// With one follow-up visit the last observation carried forward (LOCF) and the baseline carried forward (BOCF) are the
/// same: the change of the missing is exactly 0. Biased under most reasons for leaving, and its interval is too narrow,
/// because the zeros count as observed. For comparison with older reports, on request, always labelled.
/// Source: National Research Council (2010), The Prevention and Treatment of Missing Data in Clinical Trials.
pub fn carried_forward(followed: &Followed, inference: Inference) -> Result<CarriedForward, NotEstimable> {
    let carried = followed.pattern().pre_only;
    let observed = followed.pairs().changes().scores();
    let filled = Changes::new(observed.with_zeros(carried));
    Ok(CarriedForward { carried, test: paired_t(&filled, 0.0, inference)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_missing_change_by_zero() {
        let people = [(Some(5.0), Some(2.5)), (Some(4.0), Some(3.0)), (Some(9.0), None), (None, Some(1.0))];
        let r = carried_forward(&Followed::from_f64(&people), Inference::two_sided(0.95)).unwrap();
        assert_eq!((r.carried, r.test.df), (1, 2.0));
        assert!((r.test.mean_change + 3.5 / 3.0).abs() < 1e-15);
    }
}
