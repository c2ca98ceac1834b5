//! The names in `statistics.csv` are a promise: docs/interface.md §3.

use std::collections::BTreeSet;

use super::{PLAN, SCORES, folder, prepost, stderr};

const PROMISED: [(&str, &[&str]); 25] = [
    (
        "describe",
        &[
            "n",
            "n_missing_pre",
            "n_missing_post",
            "mean_pre",
            "sd_pre",
            "median_pre",
            "q1_pre",
            "q3_pre",
            "min_pre",
            "max_pre",
            "mean_post",
            "sd_post",
            "median_post",
            "q1_post",
            "q3_post",
            "min_post",
            "max_post",
            "mean_change",
            "sd_change",
            "median_change",
            "q1_change",
            "q3_change",
            "min_change",
            "max_change",
            "r",
            "pct_floor_pre",
            "pct_ceiling_pre",
            "pct_floor_post",
            "pct_ceiling_post",
        ],
    ),
    ("paired_t", &["mean_change", "sd_change", "std_error", "t", "df", "p", "ci_low", "ci_high"]),
    ("signed_rank", &["w_plus", "w_minus", "n_zero", "z", "p", "p_exact", "p_asymptotic"]),
    ("signed_rank_drop", &["w_plus", "w_minus", "n_zero", "z", "p", "p_exact", "p_asymptotic", "p_asymptotic_uncorrected"]),
    ("signed_rank_pratt", &["w_plus", "w_minus", "n_zero", "z", "p", "p_exact", "p_asymptotic"]),
    ("hodges_lehmann", &["estimate", "ci_low", "ci_high", "achieved"]),
    ("median_change", &["estimate", "ci_low", "ci_high"]),
    ("yuen", &["estimate", "ci_low", "ci_high", "std_error", "t", "df", "p"]),
    ("wilcoxon_r", &["r_pairs", "r_nonzero"]),
    ("sign_test", &["n_positive", "n_negative", "n_zero", "p", "share_positive", "ci_low", "ci_high"]),
    ("permutation", &["p", "n_permutations", "mc_error"]),
    ("shapiro_wilk", &["w", "p"]),
    ("d_z", &["estimate", "std_error", "ci_low", "ci_high", "hedges", "benefit"]),
    ("d_av", &["estimate", "std_error", "ci_low", "ci_high", "hedges", "hedges_ri", "benefit"]),
    ("d_pre", &["estimate", "std_error", "ci_low", "ci_high", "hedges", "benefit"]),
    ("d_rm", &["estimate", "benefit"]),
    ("correlation", &["r", "ci_low", "ci_high"]),
    ("pitman_morgan", &["statistic", "df", "p"]),
    ("rank_biserial", &["estimate", "ci_low", "ci_high", "benefit"]),
    ("rank_biserial_drop", &["estimate", "ci_low", "ci_high", "benefit"]),
    ("rank_biserial_pratt", &["estimate", "ci_low", "ci_high", "benefit"]),
    ("p_superiority", &["estimate", "ci_low", "ci_high", "benefit"]),
    ("bootstrap", &["mean_change_low", "mean_change_high", "d_av_low", "d_av_high", "d_pre_low", "d_pre_high"]),
    ("adjusted", &["p_holm", "family_size"]),
    ("agreement", &["agree"]),
];

/// (method, statistic) → whether it has a value.
fn rows(scores: &str) -> BTreeSet<(String, String, bool)> {
    let dir = folder(&[("trial.toml", PLAN), ("scores.csv", scores)]);
    let run = prepost(dir.path(), &["analyze", "--no-figures"]);
    assert!(run.status.success(), "{}", stderr(&run));
    let text = std::fs::read_to_string(dir.path().join("prepost-out/statistics.csv")).expect("statistics");
    assert!(text.starts_with("analysis,outcome,contrast,population,method,statistic,value,note\n"));
    csv::Reader::from_reader(text.as_bytes())
        .records()
        .filter_map(Result::ok)
        .map(|row| (row[4].to_owned(), row[5].to_owned(), !row[6].is_empty()))
        .collect()
}

#[test]
fn every_promised_name_has_its_row_whether_estimated_or_refused() {
    let full = rows(SCORES);
    // One pair: nearly everything is refused, and every refusal still has its rows.
    let refused = rows("id,bdi_pre,bdi_post\na,20,12\nb,31,\n");
    for (method, statistics) in PROMISED {
        for statistic in statistics {
            let row = |has_value| (method.to_owned(), (*statistic).to_owned(), has_value);
            assert!(full.contains(&row(true)), "{method} {statistic} has no value");
            assert!(refused.contains(&row(true)) || refused.contains(&row(false)), "{method} {statistic} has no row where it is refused");
        }
    }
    assert!(full.contains(&("d_rm".into(), "std_error".into(), false)), "the interval of d_rm is refused by name");
}
