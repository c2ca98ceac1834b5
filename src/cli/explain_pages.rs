//! The pages of `docs/explain`, inside the program.

use crate::results::Method;

macro_rules! pages {
    ($($method:literal),* $(,)?) => {
        /// Every page by the name of its method, in the order of [`Method::ALL`].
        pub const PAGES: &[(&str, &str)] = &[$(($method, include_str!(concat!("../../docs/explain/", $method, ".md")))),*];
    };
}

pages! {
    "describe",
    "paired_t",
    "signed_rank",
    "signed_rank_drop",
    "signed_rank_pratt",
    "hodges_lehmann",
    "median_change",
    "yuen",
    "wilcoxon_r",
    "sign_test",
    "permutation",
    "shapiro_wilk",
    "d_z",
    "d_av",
    "d_pre",
    "d_rm",
    "correlation",
    "pitman_morgan",
    "rank_biserial",
    "rank_biserial_drop",
    "rank_biserial_pratt",
    "p_superiority",
    "bootstrap",
    "adjusted",
    "agreement",
    "density",
    "responders",
    "response",
    "remission",
    "reliable_change",
    "multiverse",
    "band_shift",
    "regression_to_mean",
    "practice",
    "benchmark",
    "missing_post",
    "equivalence",
    "bayes_factor",
    "change_correlation",
}

/// What every page says, in this order, under `## `.
#[cfg(test)]
pub const HEADINGS: [&str; 7] = ["Question", "Formula", "Inputs", "Assumptions", "Reference", "In R", "Why this method"];

/// The page of a method.
pub fn page(method: Method) -> &'static str {
    PAGES.iter().find(|(name, _)| *name == method.name()).map(|(_, page)| *page).unwrap_or_default()
}

/// A page apart: its title and the text under each heading.
pub fn sections(page: &'static str) -> (&'static str, Vec<(&'static str, &'static str)>) {
    let (head, rest) = page.split_once("\n## ").unwrap_or((page, ""));
    let parts = rest.split("\n## ").filter_map(|part| part.split_once('\n'));
    (head.trim_start_matches("# ").trim(), parts.map(|(heading, text)| (heading.trim(), text.trim())).collect())
}
