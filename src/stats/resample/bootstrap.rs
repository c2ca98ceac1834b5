//! The bootstrap over people.

use crate::stats::density::Density;
use crate::stats::{Estimable, Interval, Pairs};

/// BCa intervals of everything that is bootstrapped, all from the same resamples.
#[derive(Debug, Clone, PartialEq)]
pub struct BootstrapIntervals {
    pub planned: usize,
    pub replicates: usize,
    pub mean_change: Estimable<Interval>,
    pub d_av: Estimable<Interval>,
    pub d_pre: Estimable<Interval>,
    pub rank_biserial_drop: Estimable<Interval>,
    pub rank_biserial_pratt: Estimable<Interval>,
    /// Density of the bootstrap distribution of the mean change.
    pub mean_change_density: Estimable<Density>,
}

/// `replicates` resamples of people from `seed`; `analysis` numbers the stream, so that no two outcomes share one.
pub fn bootstrap(_pairs: &Pairs, _conf_level: f64, _replicates: usize, _seed: u64, _analysis: u64) -> BootstrapIntervals {
    unimplemented!()
}
