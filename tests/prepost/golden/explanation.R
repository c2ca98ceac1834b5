# Reference values for a whole run with every fact stated, over explanation_scores.csv and explanation_controls.csv, 17 digits,
# written to explanation.json. Run: Rscript explanation.R   (base R, metafor, nlme, BayesFactor, jsonlite)
suppressMessages({ library(jsonlite); library(metafor); library(nlme); library(BayesFactor) })
s <- read.csv("explanation_scores.csv"); k <- read.csv("explanation_controls.csv")
out <- list()
put <- function(outcome, method, values) for (name in names(values))
  out[[paste(outcome, method, name, sep = "/")]] <<- sprintf("%.17g", as.numeric(values[[name]]))
of_t <- function(t) list(t = t$statistic, df = t$parameter, p = t$p.value, ci_low = t$conf.int[1], ci_high = t$conf.int[2])
both <- function(a, b) !is.na(a) & !is.na(b)

ok <- both(s$bdi_pre, s$bdi_post); x <- s$bdi_pre[ok]; y <- s$bdi_post[ok]; d <- y - x; n <- length(d)
mu <- 9.1; sigma <- 7.6; r <- 0.85
net <- (y - mu) - r * (x - mu); t <- t.test(net)
put("bdi", "regression_to_mean", c(list(reliability = r, norm_mean = mu, norm_sd = sigma, net_change = mean(net), std_error = sd(net) / sqrt(n),
  expected_change = -(1 - r) * (mean(x) - mu), r_at_zero = 1 + mean(d) / (mean(x) - mu)), of_t(t)))
D <- mean(x) - mu; q <- qnorm(.975); mur <- q * sigma / sqrt(143)
put("bdi", "regression_to_mean", list(
  propagated_low = mean(net) - sqrt((mean(net) - t$conf.int[1])^2 + (D * (.92 - r))^2 + ((1 - r) * mur)^2),
  propagated_high = mean(net) + sqrt((t$conf.int[2] - mean(net))^2 + (D * (r - .75))^2 + ((1 - r) * mur)^2),
  propagated_std_error = sqrt(var(net) / n + (D * (1 - r^2) * (atanh(.92) - atanh(.75)) / (2 * q))^2 + ((1 - r) * sigma / sqrt(143))^2)))
# Entry of at least 20 by numerical integration, not by the closed form.
share <- integrate(dnorm, 20, Inf, mu, sigma, rel.tol = 1e-13)$value
above <- integrate(function(v) v * dnorm(v, mu, sigma), 20, Inf, rel.tol = 1e-13)$value / share
put("bdi", "regression_to_mean", list(selection_share = share, selection_expected_pre = above, selection_expected_change = -(1 - r) * (above - mu)))
m <- lm(I(y - mu) ~ I(x - mu)); co <- summary(m)$coefficients
put("bdi", "regression_to_mean", list(mee_chua_effect = co[1, 1], mee_chua_std_error = co[1, 2], mee_chua_t = co[1, 3], mee_chua_df = n - 2,
  p_mee_chua = co[1, 4], mee_chua_low = confint(m)[1, 1], mee_chua_high = confint(m)[1, 2], mee_chua_slope = co[2, 1]))
c1 <- cor.test(d, x); c2 <- cor.test(d, x + y)
put("bdi", "regression_to_mean", list(r_change_pre = c1$estimate, r_change_pre_low = c1$conf.int[1], r_change_pre_high = c1$conf.int[2],
  r_oldham = c2$estimate, r_oldham_low = c2$conf.int[1], r_oldham_high = c2$conf.int[2], p_oldham = c2$p.value))

kd <- with(k, (bdi_post - bdi_pre)[both(bdi_pre, bdi_post)]); w <- t.test(d, kd)
put("bdi", "practice", c(list(practice = mean(kd), control_n = length(kd), net_change = mean(d) - mean(kd), std_error = w$stderr), of_t(w)))

se <- sd(d) / sqrt(n)
bench <- function(label, b, seb, dfb) {
  diff <- mean(d) - b; e <- sqrt(se^2 + seb^2); df <- e^4 / (se^4 / (n - 1) + (if (is.finite(dfb)) seb^4 / dfb else 0)); tt <- diff / e
  v <- list(benchmark = b, mean_change = mean(d), difference = diff, std_error = e, t = tt, df = df, p = 2 * pt(-abs(tt), df),
    ci_low = diff - qt(.975, df) * e, ci_high = diff + qt(.975, df) * e, p_z = 2 * pnorm(-abs(tt)), mean_low = t.test(d)$conf.int[1], mean_high = t.test(d)$conf.int[2])
  names(v) <- paste0(names(v), "[", label, "]"); put("bdi", "benchmark", v)
}
bench("usual care 2016", -6.1, 1.2, 39); bench("registry", -4, 0.9, Inf); bench("ward", -2.5, 1.5, 24)
cr <- t.test(d, mu = -5); put("bdi", "benchmark", list("criterion[agreed]" = -5, "t[agreed]" = cr$statistic, "p[agreed]" = cr$p.value, "df[agreed]" = cr$parameter))
f <- rma(c(-6.1, -4, -2.5), c(1.2, .9, 1.5)^2, method = "REML", test = "knha", control = list(threshold = 1e-14, maxiter = 1e5)); pr <- predict(f)
put("bdi", "benchmark", list(pooled_k = 3, pooled_mean = f$beta, pooled_std_error = f$se, pooled_t = f$zval, pooled_df = 2, p_pooled = f$pval, pooled_low = f$ci.lb,
  pooled_high = f$ci.ub, prediction_low = pr$pi.lb, prediction_high = pr$pi.ub, tau2 = f$tau2, i2 = f$I2 / 100, q = f$QE))

# Missing post scores. The estimate and the mixed-model error also by gls, to its own precision, checked here.
pre <- s$bdi_pre; has <- !is.na(pre); N <- sum(has); xa <- mean(pre[has]); b <- unname(coef(lm(y ~ x))[2]); rss <- sum(resid(lm(y ~ x))^2)
G <- xa - mean(x); sxx <- sum((x - mean(x))^2); s1 <- sum((pre[has] - xa)^2); change <- mean(y) + b * G - xa
small <- sqrt(rss / (n - 2) * (1 / n + G^2 / sxx) + (b - 1)^2 * s1 / (N * (N - 1)))
mixed <- sqrt(rss / (n - 1) / n + (b - 1)^2 * s1 / (N * (N - 1))); ml <- sqrt(rss / n * (1 / n + G^2 / sxx) + (b - 1)^2 * s1 / N^2)
long <- with(s[has, ], data.frame(id = rep(id, 2), visit = factor(rep(0:1, each = N)), score = c(bdi_pre, bdi_post)))
g <- gls(score ~ visit, long, correlation = corSymm(form = ~ as.integer(visit) | id), weights = varIdent(form = ~ 1 | visit), na.action = na.omit,
  control = glsControl(tolerance = 1e-10, msTol = 1e-12))
stopifnot(abs(coef(g)[2] - change) < 1e-4, abs(sqrt(diag(vcov(g)))[2] - mixed) < 1e-3)
drop <- pre[has & is.na(s$bdi_post)]; wt <- t.test(x, drop)
small_low <- change - qt(.975, n - 2) * small; small_high <- change + qt(.975, n - 2) * small
put("bdi", "missing_post", list(n = nrow(s), n_both = n, n_pre_only = N - n, n_post_only = sum(!has & !is.na(s$bdi_post)), n_neither = 0,
  mean_pre_completers = mean(x), mean_pre_dropouts = mean(drop), baseline_difference = mean(x) - mean(drop), baseline_difference_low = wt$conf.int[1],
  baseline_difference_high = wt$conf.int[2], p_baseline_difference = wt$p.value,
  baseline_standardised_difference = (mean(x) - mean(drop)) / sqrt((var(x) + var(drop)) / 2),
  mar_change = change, complete_change = mean(d), se_small_sample = small, t = change / small, df = n - 2, p = 2 * pt(-abs(change / small), n - 2),
  ci_low = small_low, ci_high = small_high, se_mixed_model = mixed, mixed_model_low = change - qt(.975, n - 1) * mixed,
  mixed_model_high = change + qt(.975, n - 1) * mixed, p_mixed_model = 2 * pt(-abs(change / mixed), n - 1), se_ml = ml, ml_low = change - q * ml,
  ml_high = change + q * ml, p_ml = 2 * pnorm(-abs(change / ml)), tipping_change_zero = -change * N / (N - n),
  tipping_interval_zero = -small_high * N / (N - n), delta_1 = -2 * sd(d), delta_7 = sd(d), delta_9 = 2 * sd(d),
  delta_change_7 = change + sd(d) * (N - n) / N, delta_low_7 = small_low + sd(d) * (N - n) / N, delta_high_9 = small_high + 2 * sd(d) * (N - n) / N,
  change_bocf = mean(c(d, rep(0, N - n))), p_bocf = t.test(c(d, rep(0, N - n)))$p.value))

lo <- t.test(d, mu = -3, alternative = "greater"); hi <- t.test(d, mu = 3, alternative = "less"); ci <- t.test(d, conf.level = .9)$conf.int
put("bdi", "equivalence", list(bound_low = -3, bound_high = 3, mean_change = mean(d), std_error = se, df = n - 1, t_above_lower = lo$statistic,
  p_above_lower = lo$p.value, t_below_upper = hi$statistic, p_below_upper = hi$p.value, p = max(lo$p.value, hi$p.value), ci_low = ci[1], ci_high = ci[2],
  equivalent = 0, p_minimal_effect = 2 * min(t.test(d, mu = -3, alternative = "less")$p.value, t.test(d, mu = 3, alternative = "greater")$p.value),
  minimal_effect_low = t.test(d)$conf.int[1], minimal_effect_high = t.test(d)$conf.int[2]))
# One level of g integrated by R's own quadrature: the definition, to more digits than the package.
lbf <- function(t, n, scale) log(integrate(function(g) (1 + n * g)^(-.5) * (1 + t^2 / ((1 + n * g) * (n - 1)))^(-n / 2) /
  (1 + t^2 / (n - 1))^(-n / 2) * scale * (2 * pi)^(-.5) * g^(-1.5) * exp(-scale^2 / (2 * g)), 0, Inf, rel.tol = 1e-11)$value)
bf <- function(outcome, d) {
  t <- unname(t.test(d)$statistic); n <- length(d); l <- lbf(t, n, sqrt(2) / 2)
  stopifnot(abs(l - ttestBF(d)@bayesFactor$bf) < 1e-4)
  put(outcome, "bayes_factor", list(log_bf10 = l, bf10 = exp(l), scale = sqrt(2) / 2, t = t, log_bf10_narrowest = lbf(t, n, .2), log_bf10_widest = lbf(t, n, 2)))
}
bf("bdi", d)
dc <- with(s, (dsst_post - dsst_pre)[both(dsst_pre, dsst_post)]); bf("dsst", dc)
kc <- with(k, (dsst_post - dsst_pre)[both(dsst_pre, dsst_post)]); w <- t.test(dc, kc)
put("dsst", "practice", c(list(practice = mean(kc), control_n = length(kc), net_change = mean(dc) - mean(kc), std_error = w$stderr), of_t(w)))
pair <- with(s, both(bdi_pre, bdi_post) & both(dsst_pre, dsst_post)); cc <- with(s[pair, ], cor.test(bdi_post - bdi_pre, dsst_post - dsst_pre))
put("bdi", "change_correlation", list("n[dsst]" = sum(pair), "r[dsst]" = cc$estimate, "ci_low[dsst]" = cc$conf.int[1], "ci_high[dsst]" = cc$conf.int[2],
  "t[dsst]" = cc$statistic, "df[dsst]" = cc$parameter, "p[dsst]" = cc$p.value))
versions <- paste(R.version.string, "metafor", packageVersion("metafor"), "nlme", packageVersion("nlme"), "BayesFactor", packageVersion("BayesFactor"))
cat(toJSON(list(source = versions, values = out), auto_unbox = TRUE, pretty = TRUE), file = "explanation.json")
