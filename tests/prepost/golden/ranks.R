# Reference values for the signed-rank test, Hodges-Lehmann, rank-biserial correlation and the sign-flip permutation.
# Rscript ranks.R > ranks.json
suppressPackageStartupMessages({library(coin); library(exactRankTests); library(effectsize); library(jsonlite)})
# 17 significant digits: numbers go through text.
json17 <- function(x) {
  text <- rapply(x, function(v) sprintf("%.17g", v), classes = c("numeric", "integer"), how = "replace")
  gsub('"(-?[0-9]+(\\.[0-9]+)?(e[+-]?[0-9]+)?)"', "\\1", toJSON(text, auto_unbox = TRUE))
}
num <- function(x) as.list(unname(as.numeric(x)))
samples <- list(
  untied = c(1.2, -0.4, 2.7, 3.1, -1.9, 0.8, 4.4, 2.2, -0.1, 1.6, 3.7, 0.3),
  ties_zeros = c(0, 1, 1, -1, 2, 0, 3, -2, 2, 5, 0, 4, -3, 1, 2),
  negative = c(-3, -5, 0, -2, 1, -4, -4, -6, 2, -1, 0, -2, -3, -7, 3, -5, -2, -1, 0, -4),
  balanced = c(-2, 2, -1, 1, 3, -3, 0, 4, -4),
  many = {set.seed(1); round(rnorm(60, 2, 6))},
  strong = {set.seed(2); round(rnorm(45, 12, 5), 1)},
  all_positive = c(1, 2, 3, 4, 5, 6, 7, 8))
one <- function(d) {
  p <- function(zero, dist, alt) pvalue(wilcoxsign_test(d ~ rep(0, length(d)), zero.method = zero, distribution = dist, alternative = alt))
  alts <- c("two.sided", "greater", "less")
  base <- function(correct, alt) suppressWarnings(wilcox.test(d, exact = FALSE, correct = correct, alternative = alt)$p.value)
  walsh <- outer(d, d, "+") / 2; walsh <- sort(walsh[lower.tri(walsh, diag = TRUE)])
  n <- length(d); depth <- qsignrank(0.025, n); if (psignrank(depth, n) <= 0.025) depth <- depth + 1
  # depth C: the largest with P(T <= C - 1) <= .025
  ints <- round(d * 10)
  out <- list(changes = num(d),
    pratt_exact = num(sapply(alts, function(a) p("Pratt", "exact", a))),
    # coin's own two-sided p is one minus a cdf: right to 1e-16 absolutely, not relatively. From its z by the tail:
    pratt_asymptotic = num({z <- as.numeric(statistic(wilcoxsign_test(d ~ rep(0, n), zero.method = "Pratt")));
      c(2 * pnorm(-abs(z)), pnorm(z, lower.tail = FALSE), pnorm(z))}),
    pratt_asymptotic_of_coin = num(sapply(alts, function(a) p("Pratt", "asymptotic", a))),
    drop_exact = num(sapply(alts, function(a) p("Wilcoxon", "exact", a))),
    drop_exact_rank_tests = num(sapply(alts, function(a) suppressWarnings(wilcox.exact(d, exact = TRUE, alternative = a)$p.value))),
    drop_corrected = num(sapply(alts, function(a) base(TRUE, a))),
    drop_uncorrected = num(sapply(alts, function(a) base(FALSE, a))),
    pratt_z = num(statistic(wilcoxsign_test(d ~ rep(0, n), zero.method = "Pratt"))),
    drop_z = num(statistic(wilcoxsign_test(d ~ rep(0, n), zero.method = "Wilcoxon"))),
    rank_biserial = num(suppressWarnings(rank_biserial(d, ci = NULL)$r_rank_biserial)),
    hl_by_definition = num(c(median(walsh), if (n >= 6) c(walsh[depth], walsh[length(walsh) + 1 - depth], 1 - 2 * psignrank(depth - 1, n)))),
    permutation = num(sapply(alts, function(a) suppressWarnings(perm.test(ints, rep(0L, n), paired = TRUE, exact = TRUE, alternative = a)$p.value))))
  if (!any(d == 0) && !any(duplicated(abs(d)))) {
    w <- wilcox.test(d, conf.int = TRUE, exact = TRUE)
    out$wilcox_interval <- num(w$conf.int)
  }
  out
}
versions <- sapply(c("coin", "exactRankTests", "effectsize"), function(p) as.character(packageVersion(p)))
cat(json17(list(made_with = c(list(R = R.version.string), as.list(versions)), samples = lapply(samples, one))), "\n")
