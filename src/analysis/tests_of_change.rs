//! Every test and location estimate of the change, whichever decides.

use super::notes;
use super::outcome::{List, zeros};
use super::request::inference;
use crate::plan::AnalysisSection;
use crate::results::{Finding, Method};
use crate::stats::paired::{
    Zeros, correlation, hodges_lehmann, median_change, paired_t, permutation, pitman_morgan, shapiro_wilk, sign_test, signed_rank,
    wilcoxon_r, yuen,
};
use crate::stats::{Note, Pairs};
use crate::trial::Direction;

/// Appends all tests of one outcome. `position` numbers the random stream of the permutation test.
pub fn push(list: &mut List, pairs: &Pairs, settings: &AnalysisSection, direction: Direction, position: u64, skewed: &Option<Note>) {
    let asked = inference(settings, direction);
    let changes = pairs.changes();

    push_paired_t(list, pairs, settings, direction, skewed.iter().cloned().collect());
    for (method, rule) in
        [(Method::SignedRank, zeros(settings.zeros)), (Method::SignedRankDrop, Zeros::Drop), (Method::SignedRankPratt, Zeros::Pratt)]
    {
        // The rank sums tell how many changes are zero, so a small number of those withholds the whole.
        let record = list.unless_small(signed_rank(changes, rule, asked), |record| vec![record.n_zero]);
        let p = record.as_ref().ok().and_then(|record| record.p.ok().copied());
        list.push(method, record.map(Finding::SignedRank), notes::of_test(asked, p, &None));
    }
    list.push(Method::HodgesLehmann, hodges_lehmann(changes, settings.conf_level).map(Finding::HodgesLehmann), Vec::new());
    list.push(Method::MedianChange, median_change(changes, settings.conf_level).map(Finding::MedianChange), Vec::new());

    let trimmed = yuen(pairs, asked);
    let p = trimmed.as_ref().ok().map(|record| record.p);
    list.push(Method::Yuen, trimmed.map(Finding::Yuen), notes::of_test(asked, p, &None));

    let n_zero = |_: &_| vec![changes.to_f64().iter().filter(|change| **change == 0.0).count()];
    let sizes = list.unless_small(wilcoxon_r(changes), n_zero);
    list.push(Method::WilcoxonR, sizes.map(Finding::WilcoxonR), Vec::new());

    let signs = list.unless_small(sign_test(changes, asked), |record| vec![record.n_positive, record.n_negative, record.n_zero]);
    let p = signs.as_ref().ok().and_then(|record| record.p.ok().copied());
    list.push(Method::SignTest, signs.map(Finding::SignTest), notes::of_test(asked, p, &None));

    let flipped = permutation(changes, asked, settings.permutations as usize, permutation_seed(settings.seed, position));
    let p = flipped.as_ref().ok().map(|record| record.p);
    list.push(Method::Permutation, flipped.map(Finding::Permutation), notes::of_test(asked, p, &None));

    list.push(Method::ShapiroWilk, shapiro_wilk(changes).map(Finding::ShapiroWilk), Vec::new());
    list.push(Method::Correlation, correlation(pairs, settings.conf_level).map(Finding::Correlation), Vec::new());
    list.push(Method::PitmanMorgan, pitman_morgan(pairs).map(Finding::PitmanMorgan), Vec::new());
}

/// Appends the paired t-test.
pub fn push_paired_t(list: &mut List, pairs: &Pairs, settings: &AnalysisSection, direction: Direction, skewed: Vec<Note>) {
    let asked = inference(settings, direction);
    let record = paired_t(pairs.changes(), 0.0, asked);
    let p = record.as_ref().ok().and_then(|record| record.p.ok().copied());
    list.push(Method::PairedT, record.map(Finding::PairedT), notes::of_test(asked, p, &skewed.into_iter().next()));
}

/// The seed of an outcome's permutations: another than that of its bootstrap, another for each outcome.
fn permutation_seed(seed: u64, position: u64) -> u64 {
    // SplitMix64's increment spreads neighbouring outcomes over the seed space.
    seed ^ (position + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
