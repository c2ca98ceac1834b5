//! A yes/no outcome of the same people twice. In papers a pair is often first less second: the signs here are post less pre.

use prepost::stats::paired_binary::{PairedCounts, PairedDifference, mcnemar, paired_difference, paired_odds_ratio};
use prepost::stats::proportion::share_difference;
use prepost::stats::{Inference, Interval};

/// Of a table with the first visit in rows: both, first only, second only, neither.
fn table([both, pre_only, post_only, neither]: [u64; 4]) -> PairedCounts {
    PairedCounts { both, pre_only, post_only, neither }
}

fn at(counts: [u64; 4], level: f64) -> PairedDifference {
    paired_difference(&table(counts), level).unwrap()
}

fn rounded(interval: Interval, digits: i32) -> (f64, f64) {
    let unit = 10_f64.powi(digits);
    ((interval.lower * unit).round() / unit, (interval.upper * unit).round() / unit)
}

/// Agresti (2002), Categorical Data Analysis, §10.1: approval of the Prime Minister in two surveys of 1600 people, 794, 150, 86,
/// 570. McNemar's χ² = 17.36; `mcnemar.test` of R prints 17.356 (p = 3.099e-05) and with correction 16.818 (p = 4.115e-05).
#[test]
fn approval_ratings() {
    let test = mcnemar(&table([794, 150, 86, 570]), Inference::two_sided(0.95)).unwrap();
    assert_eq!((format!("{:.3}", test.chi_squared), format!("{:.3}", test.chi_squared_corrected)), ("17.356".into(), "16.818".into()));
    let p = [test.p_asymptotic, test.p_corrected].map(|p| format!("{:.3e}", p.get()));
    assert_eq!(p, ["3.099e-5", "4.115e-5"]);
    assert_eq!(at([794, 150, 86, 570], 0.95).difference, -0.04);
}

/// Newcombe (1998), Stat Med 17:2635, table III: counts 20, 12, 2, 16; method 10 gives .0562 to .3292.
#[test]
fn newcombe_method_10() {
    assert_eq!(rounded(at([20, 2, 12, 16], 0.95).newcombe, 4), (0.0562, 0.3292));
}

/// Tango (1998), Stat Med 17:891: a crossover trial of 32, counts 4, 9, 3, 16, 95 % interval −.027 to .390; contact lens
/// disinfection in 44, counts 43, 0, 1, 0, 90 % interval −.096 to .037 (first less second).
#[test]
fn tango_score_interval() {
    assert_eq!(rounded(at([4, 3, 9, 16], 0.95).tango, 3), (-0.027, 0.390));
    assert_eq!(rounded(at([43, 1, 0, 0], 0.9).tango, 3), (-0.096, 0.037));
}

/// Agresti & Min (2005), Stat Med 24:729: counts 53, 16, 8, 9, score interval −.020 to .207. Tang, Li & Tang (2010): counts 8, 3, 1, 2,
/// score interval −.1670 to .4327, Newcombe's −.1574 to .4136. Both as the tests of the R package `ratesci` quote them.
#[test]
fn other_tables_of_the_literature() {
    assert_eq!(rounded(at([53, 8, 16, 9], 0.95).tango, 3), (-0.020, 0.207));
    let small = at([8, 1, 3, 2], 0.95);
    assert_eq!((rounded(small.tango, 4), rounded(small.newcombe, 4)), ((-0.1670, 0.4327), (-0.1574, 0.4136)));
}

/// Fagerland, Lydersen & Laake (2017), Statistical Analysis of Contingency Tables, chapter 8, as their R package `contingencytables`
/// prints them. Complete response before and after consolidation therapy (Cavo et al. 2012): 65 before and 75 after of 161.
#[test]
fn complete_response_before_and_after_consolidation() {
    let counts = [59, 6, 16, 80];
    let test = mcnemar(&table(counts), Inference::two_sided(0.95)).unwrap();
    let p = [test.p_asymptotic, test.p_corrected, test.p_exact, test.p_mid].map(|p| format!("{:.6}", p.get()));
    assert_eq!(p, ["0.033006", "0.055009", "0.052479", "0.034690"]);
    assert_eq!(
        (format!("{:.3}", test.chi_squared.sqrt()), format!("{:.3}", test.chi_squared_corrected.sqrt())),
        ("2.132".into(), "1.919".into())
    );
    let difference = at(counts, 0.95);
    assert_eq!(format!("{:.4}", difference.difference), "0.0621");
    assert_eq!(rounded(difference.newcombe, 4), (0.0046, 0.1186));
    assert_eq!(rounded(difference.tango, 4), (0.0054, 0.1240));
    assert_eq!(rounded(difference.bonett_price, 4), (0.0032, 0.1195));
}

/// The same book: floppy eyelid and obstructive sleep apnoea (Ezra et al. 2010), 25 discordant pairs one way and 2 the other:
/// conditional odds ratio 12.5, Clopper–Pearson 3.1169 to 108.8892. The difference by Chang et al. (2024), as `ratesci` quotes them:
/// score interval .139 to .321, Newcombe's .133 to .318.
#[test]
#[expect(clippy::approx_constant, reason = "0.318 is a limit")]
fn conditional_odds_ratio() {
    let counts = [7, 2, 25, 68];
    assert_eq!((rounded(at(counts, 0.95).tango, 3), rounded(at(counts, 0.95).newcombe, 3)), ((0.139, 0.321), (0.133, 0.318)));
    let odds = paired_odds_ratio(&table(counts), 0.95).unwrap();
    assert_eq!(odds.estimate.ok(), Some(&12.5));
    assert_eq!((format!("{:.4}", odds.lower), format!("{:.4}", odds.upper.ok().unwrap())), ("3.1169".into(), "108.8892".into()));
}

/// Newcombe (1998), Stat Med 17:873, table II, method 10 for two groups: 56/70 − 48/80, .0524 to .3339; 5/56 − 0/29, −.0381 to .1926.
#[test]
fn two_independent_groups() {
    let interval = |count, n, other, other_n| rounded(share_difference(count, n, other, other_n, 0.95).unwrap().interval, 4);
    assert_eq!(interval(56, 70, 48, 80), (0.0524, 0.3339));
    assert_eq!(interval(5, 56, 0, 29), (-0.0381, 0.1926));
}
