//! Tests and location estimates of the change within people.

mod correlation;
mod hodges_lehmann;
mod median_change;
mod paired_t;
mod permutation;
mod shapiro_wilk;
mod sign_test;
mod signed_rank;
mod wilcoxon_r;
mod yuen;

pub use correlation::{Correlation, PitmanMorgan, correlation, pitman_morgan};
pub(crate) use correlation::{EDGE, gap_of_sds, pearson};
pub use hodges_lehmann::{HodgesLehmann, hodges_lehmann};
pub use median_change::{MedianChange, median_change};
pub use paired_t::{PairedT, paired_t};
pub use permutation::{Permutation, permutation};
pub use shapiro_wilk::{ShapiroWilk, shapiro_wilk};
pub use sign_test::{SignTest, sign_test};
pub use signed_rank::{SignedRank, Zeros, signed_rank};
pub use wilcoxon_r::{WilcoxonR, wilcoxon_r};
pub use yuen::{Yuen, yuen};
