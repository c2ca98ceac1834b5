# Reference values for net change, Mee-Chua, practice, benchmarks, random effects, TOST and change correlation, 17 digits,
# written to one_arm.json. Run: Rscript one_arm.R   (base R, metafor, jsonlite)
suppressMessages({ library(jsonlite); library(metafor) })
set.seed(20261124)
pre12 <- c(21.3, 18.4, 25.0, 30.1, 22.2, 19.9, 27.4, 24.6, 20.3, 28.8, 23.5, 26.1)
x40 <- round(60 + rexp(40, 1 / 6), 1)
sets <- list(
  five = list(pre = c(2.3, 1.1, 4.7, 3.3, 2.9), post = c(2.0, 0.8, 4.4, 3.1, 2.2), mu = 2.5, r = 0.6),
  twelve = list(pre = pre12, post = pre12 - c(3.2, -0.4, 6.1, 2.2, 0, 4.5, 3.3, 1.1, -2.7, 5.6, 0.3, 2.9), mu = 12, r = 0.75),
  selected = list(pre = x40, post = round(50 + 0.7 * (x40 - 50) - 3 + rnorm(40, 0, 7), 1), mu = 50, r = 0.7),
  scale = list(pre = round(rnorm(25, 103.25, 14), 2), post = round(rnorm(25, 99.5, 12), 2), mu = 100, r = 0.9))
control <- c(0.8, 2.1, -1.4, 0.3, 1.9, 0, -0.6, 2.5, 1.1, 0.7)
num <- function(u) lapply(u, function(a) sprintf("%.17g", a))
put <- function(v, name, t) {
  v[[name]] <- unname(t$statistic); v[[paste0(name, "_p")]] <- t$p.value; v[[paste0(name, "_df")]] <- unname(t$parameter)
  v[[paste0(name, "_low")]] <- t$conf.int[1]; v[[paste0(name, "_high")]] <- t$conf.int[2]
  v
}
out <- list()
for (name in names(sets)) {
  s <- sets[[name]]; pre <- s$pre; post <- s$post; mu <- s$mu; r <- s$r; n <- length(pre)
  d <- round(post - pre, 6); v <- list()
  net <- (post - mu) - r * (pre - mu)
  t <- t.test(net); v$net_estimate <- mean(net); v <- put(v, "net", t)
  v$expected <- -(1 - r) * (mean(pre) - mu)
  v$r_at_zero <- uniroot(function(q) mean((post - mu) - q * (pre - mu)), c(-50, 50), tol = 1e-14)$root
  # Propagated: the definition, written out (Zou & Donner 2008)
  rl <- tanh(atanh(r) - 0.25); rh <- tanh(atanh(r) + 0.3); D <- mean(pre) - mu; mul <- mu - 1.1; muh <- mu + 1.4
  q <- qnorm(.975) / qnorm(.95)
  rl5 <- tanh(atanh(r) - 0.25 * q); rh5 <- tanh(atanh(r) + 0.3 * q)
  part <- sort(c(-D * rl5, -D * rh5)) + D * r
  lo <- mean(net) - sqrt((mean(net) - t$conf.int[1])^2 + part[1]^2 + ((1 - r) * (1.4 * q))^2)
  hi <- mean(net) + sqrt((t$conf.int[2] - mean(net))^2 + part[2]^2 + ((1 - r) * (1.1 * q))^2)
  v$r_low <- rl; v$r_high <- rh; v$mu_low <- mul; v$mu_high <- muh; v$prop_low <- lo; v$prop_high <- hi
  ser <- (1 - r^2) * 0.55 / (2 * qnorm(.95)); semu <- 2.5 / (2 * qnorm(.95))
  v$prop_se <- sqrt(var(net) / n + D^2 * ser^2 + (1 - r)^2 * semu^2)
  # Mee and Chua
  m <- summary(lm(I(post - mu) ~ I(pre - mu))); ci <- confint(lm(I(post - mu) ~ I(pre - mu)))
  v$mc <- m$coefficients[1, 1]; v$mc_se <- m$coefficients[1, 2]; v$mc_t <- m$coefficients[1, 3]; v$mc_p <- m$coefficients[1, 4]
  v$mc_low <- ci[1, 1]; v$mc_high <- ci[1, 2]; v$mc_slope <- m$coefficients[2, 1]; v$mc_slope_se <- m$coefficients[2, 2]
  # change against baseline and Oldham
  a <- cor.test(d, pre); v$base_r <- unname(a$estimate); v <- put(v, "base", a)
  a <- cor.test(d, (pre + post) / 2); v$oldham_r <- unname(a$estimate); v <- put(v, "oldham", a)
  # practice
  v <- put(v, "practice", t.test(d, mu = -0.4))
  v$practice_low <- v$practice_low + 0.4; v$practice_high <- v$practice_high + 0.4
  v <- put(v, "control", t.test(d, control))
  # benchmark -1.5 with standard error 0.8, 30 df
  se <- sd(d) / sqrt(n); b <- 0.8; diff <- mean(d) + 1.5; both <- sqrt(se^2 + b^2)
  df <- both^4 / (se^4 / (n - 1) + b^4 / 30)
  v$bench_z <- diff / both; v$bench_z_p <- 2 * pnorm(-abs(diff / both)); v$bench_z_low <- diff - qnorm(.975) * both; v$bench_z_high <- diff + qnorm(.975) * both
  v$bench_t_p <- 2 * pt(-abs(diff / both), df); v$bench_df <- df; v$bench_t_low <- diff - qt(.975, df) * both; v$bench_t_high <- diff + qt(.975, df) * both
  # equivalence within -2 .. 1.5, minimal effect beyond -0.5 .. 0.5
  g <- t.test(d, mu = -2, alternative = "greater"); l <- t.test(d, mu = 1.5, alternative = "less"); i90 <- t.test(d, conf.level = .9)$conf.int
  v$tost_lower_t <- unname(g$statistic); v$tost_upper_t <- unname(l$statistic); v$tost_p <- max(g$p.value, l$p.value); v$tost_low <- i90[1]; v$tost_high <- i90[2]
  v$met_p <- min(1, 2 * min(t.test(d, mu = -.5, alternative = "less")$p.value, t.test(d, mu = .5, alternative = "greater")$p.value))
  # correlation of the change with another column of changes
  other <- round(0.5 * d + sin(seq_len(n)) * 2, 1)
  a <- cor.test(d, other); v$cc_r <- unname(a$estimate); v <- put(v, "cc", a)
  out[[name]] <- c(s, list(other = other, values = num(v)))
}
# Random effects
studies <- list(
  three = list(yi = c(-5.2, -3.1, -8.4), vi = c(1.1, 0.6, 2.3)),
  alike = list(yi = c(-5.2, -5.0, -5.4, -5.1), vi = c(1.1, 0.6, 2.3, 1)),
  seven = list(yi = c(-11.5, -9.2, -14.8, -8.8, -12.1, -10.0, -13.7), vi = c(0.75, 1.9, 0.4, 2.6, 1.2, 0.9, 3.1)),
  # plain Fisher scoring runs in circles here
  circles = list(yi = c(1.84, 0.22, -0.68, 0.85, 0.45, 0.24, 0.84), vi = c(0.195, 4.26, 0.0324, 6.7, 1.7, 2.71, 1.1)),
  bcg = { e <- escalc(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg); list(yi = as.numeric(e$yi), vi = as.numeric(e$vi)) })
meta <- list()
for (name in names(studies)) {
  s <- studies[[name]]; v <- list()
  for (method in c("DL", "REML")) for (test in c("z", "knha")) {
    f <- rma(s$yi, s$vi, method = method, test = test, control = list(threshold = 1e-14, maxiter = 100000, stepadj = if (name == "circles") 0.3 else 1)); p <- predict(f)
    k <- paste0(method, "_", test, "_")
    v[[paste0(k, "mean")]] <- as.numeric(f$beta); v[[paste0(k, "se")]] <- f$se; v[[paste0(k, "low")]] <- f$ci.lb; v[[paste0(k, "high")]] <- f$ci.ub
    v[[paste0(k, "p")]] <- f$pval; v[[paste0(k, "tau2")]] <- f$tau2; v[[paste0(k, "i2")]] <- f$I2 / 100; v[[paste0(k, "q")]] <- f$QE
    v[[paste0(k, "pi_low")]] <- p$pi.lb; v[[paste0(k, "pi_high")]] <- p$pi.ub
  }
  meta[[name]] <- list(yi = sprintf("%.17g", s$yi), vi = sprintf("%.17g", s$vi), values = num(v))
}
cat(toJSON(list(source = paste(R.version.string, "metafor", packageVersion("metafor"), "jsonlite", packageVersion("jsonlite")), control = control, sets = out, meta = meta), digits = NA, auto_unbox = TRUE, pretty = TRUE), file = "one_arm.json")
