//! What else could explain a change: regression to the mean, missing scores, other studies.

use prepost::stats::missing::{Followed, mar_change};
use prepost::stats::one_arm::{MetaTest, Tau2Method, mee_chua, random_effects};
use prepost::stats::paired::paired_t;
use prepost::stats::{Alternative, Inference, Pairs};

const TWO: Inference = Inference { conf_level: 0.95, alternative: Alternative::TwoSided };

/// Eight students who failed a language test took it again (McClave & Dietrich 1988, the example of Mee & Chua 1991, Am Stat 45:39;
/// R package `regtomean`: means 57.375 and 60.375). The paired t is 2.00. Ostermann, Willich & Lüdtke (2008), BMC Med Res Methodol
/// 8:52, vary the unknown μ: the one-sided p of Mee and Chua's test is never below .0504, so that no effect is shown.
#[test]
fn a_language_test_taken_again() {
    let pairs = Pairs::from_f64(&[45.0, 52.0, 63.0, 68.0, 57.0, 55.0, 60.0, 59.0], &[49.0, 50.0, 70.0, 71.0, 53.0, 61.0, 62.0, 67.0]);
    assert_eq!((pairs.pre().mean(), pairs.post().mean()), (57.375, 60.375));
    let t = *paired_t(pairs.changes(), 0.0, TWO).unwrap().t.ok().unwrap();
    assert_eq!(format!("{t:.2}"), "2.00");
    let better = Inference { alternative: Alternative::Greater, ..TWO };
    let p = |mu: u32| mee_chua(&pairs, f64::from(mu) / 100.0, better).unwrap().effect.ok().unwrap().p.get();
    let smallest = (4_000..=9_000).map(p).fold(1.0, f64::min);
    assert_eq!(format!("{smallest:.4}"), "0.0504");
}

/// Little & Rubin (2019), Statistical Analysis with Missing Data, example 7.1 (Snedecor & Cochran 1967): size of the crop of 18 apple
/// trees and percentage of wormy fruits, the latter missing for six. Maximum likelihood: means 14.72 and 49.33; observed 45.
#[test]
fn wormy_apples() {
    let both = [8, 6, 11, 22, 14, 17, 18, 24, 19, 23, 26, 40].into_iter().zip([59, 58, 56, 53, 50, 45, 43, 42, 39, 38, 30, 27]);
    let both = both.map(|(size, wormy)| (Some(f64::from(size)), Some(f64::from(wormy))));
    let alone = [4.0, 4.0, 5.0, 6.0, 8.0, 10.0].map(|size| (Some(size), None));
    let followed = Followed::from_f64(&both.chain(alone).collect::<Vec<_>>());
    let mar = mar_change(&followed, TWO).unwrap();
    assert_eq!((format!("{:.2}", mar.mean_pre), format!("{:.2}", mar.mean_post)), ("14.72".into(), "49.33".into()));
    assert_eq!(mar.complete_mean_change, 45.0 - 19.0);
}

/// Thirteen trials of BCG vaccine (Colditz et al. 1994, JAMA 271:698): vaccinated with and without tuberculosis, then controls.
#[rustfmt::skip]
const BCG: [[u32; 4]; 13] = [
    [4, 119, 11, 128], [6, 300, 29, 274], [3, 228, 11, 209], [62, 13536, 248, 12619], [33, 5036, 47, 5761],
    [180, 1361, 372, 1079], [8, 2537, 10, 619], [505, 87886, 499, 87892], [29, 7470, 45, 7232], [17, 1699, 65, 1600],
    [186, 50448, 141, 27197], [5, 2493, 3, 2338], [27, 16886, 29, 17825],
];

/// Viechtbauer (2010), J Stat Softw 36(3): log risk ratios by restricted likelihood, −0.7145 (SE 0.1798, −1.0669 to −0.3622),
/// τ² 0.3132, I² 92.22 %, Q 152.2330.
#[test]
fn bcg_vaccine() {
    let study = |counts: &[u32; 4]| {
        let [a, b, c, d] = counts.map(f64::from);
        ((a / (a + b) / (c / (c + d))).ln(), 1.0 / a - 1.0 / (a + b) + 1.0 / c - 1.0 / (c + d))
    };
    let studies: Vec<(f64, f64)> = BCG.iter().map(study).collect();
    let found = random_effects(&studies, Tau2Method::Reml, MetaTest::Normal, TWO).unwrap();
    let mean = found.mean;
    let four = [mean.estimate, mean.std_error, mean.interval.lower, mean.interval.upper, found.tau2, found.q].map(|x| format!("{x:.4}"));
    assert_eq!(four, ["-0.7145", "0.1798", "-1.0669", "-0.3622", "0.3132", "152.2330"]);
    assert_eq!(format!("{:.2}", 100.0 * found.i2), "92.22");
}
