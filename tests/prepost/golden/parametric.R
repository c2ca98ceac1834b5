# Reference values of the parametric and distribution-free kernels, 17 digits, written to parametric.json.
# Run: Rscript parametric.R   (base R and jsonlite; formulae without a package are written out)
library(jsonlite)
set.seed(20261122)
grid <- function(x, d = 1) round(x, d)
pre12 <- c(21.3, 18.4, 25.0, 30.1, 22.2, 19.9, 27.4, 24.6, 20.3, 28.8, 23.5, 26.1)
z <- rnorm(200); e <- rnorm(200); x200 <- grid(50 + 10 * z, 2)
sets <- list(
  two = list(pre = c(10, 14), post = c(12, 19)),
  three = list(pre = c(2.0, 0.8, 5.1), post = c(2.3, 1.4, 4.9)),
  five = list(pre = c(2.3, 1.1, 4.7, 3.3, 2.9), post = c(2.0, 0.8, 4.4, 3.1, 2.2)),
  twelve = list(pre = pre12, post = pre12 - c(3.2, -0.4, 6.1, 2.2, 0, 4.5, 3.3, 1.1, -2.7, 5.6, 0.3, 2.9)),
  ties = list(pre = rep(c(3, 4, 5, 6, 7), 6), post = rep(c(3, 4, 5, 6, 7), 6) + rep(c(0, -1, -1, 2, 0, -3), 5)),
  skewed = { p <- grid(rexp(30, 0.1), 1); list(pre = p, post = grid(0.5 * p + rexp(30, 0.3), 1)) },
  offset = list(pre = 1e7 + seq(0.1, 2.9, by = 0.2), post = 1e7 + seq(0.3, 3.1, by = 0.2) + rep(c(0.1, -0.2, 0.4), 5)),
  tight = { p <- grid(rnorm(40, 100, 15), 2); list(pre = p, post = grid(p * 0.9 + rnorm(40, 2, 1), 2)) },
  large = list(pre = x200, post = grid(45 + 0.8 * (x200 - 50) + 6 * e, 2)))
out <- list()
for (name in names(sets)) {
  pre <- sets[[name]]$pre; post <- sets[[name]]$post; n <- length(pre)
  # the change on its decimal grid
  x <- round(post - pre, 6); s1 <- sd(pre); s2 <- sd(post)
  if (name == "offset") { s1 <- sd(round(pre - 1e7, 6)); s2 <- sd(round(post - 1e7, 6)) }
  lo <- if (name == "offset") round(pre - 1e7, 6) else pre
  hi <- if (name == "offset") round(post - 1e7, 6) else post
  v <- list()
  t <- t.test(x)
  v$mean_change <- mean(x); v$sd_change <- sd(x); v$std_error <- sd(x) / sqrt(n)
  v$t <- unname(t$statistic); v$t_p <- 2 * pt(-abs(v$t), n - 1)
  v$t_greater <- t.test(x, alternative = "greater")$p.value; v$t_less <- t.test(x, alternative = "less")$p.value
  v$t_low <- t$conf.int[1]; v$t_high <- t$conf.int[2]
  q <- quantile(x, c(.25, .5, .75)); v$q1 <- q[[1]]; v$median <- q[[2]]; v$q3 <- q[[3]]
  if (n >= 3) { d <- x - mean(x); v$skewness <- n * sqrt(n - 1) / (n - 2) * sum(d^3) / sum(d^2)^1.5 }
  np <- sum(x > 0); nn <- sum(x < 0); b <- binom.test(np, np + nn)
  v$sign_p <- b$p.value; v$cp_low <- b$conf.int[1]; v$cp_high <- b$conf.int[2]
  v$sign_greater <- binom.test(np, np + nn, alternative = "greater")$p.value
  k <- sum(pbinom(0:n, n, 0.5) <= 0.025); v$k <- k
  if (k > 0) { s <- sort(x); v$med_low <- s[k]; v$med_high <- s[n + 1 - k]; v$achieved <- 1 - 2 * pbinom(k - 1, n, 0.5) }
  # Yuen (1974), as in WRS2::yuend: 20 % trimming
  g <- floor(0.2 * n); h <- n - 2 * g
  win <- function(y) { s <- sort(y); pmin(pmax(y, s[g + 1]), s[n - g]) }
  wa <- win(lo); wb <- win(hi)
  ss <- (n - 1) * (var(wa) + var(wb) - 2 * cov(wa, wb))
  v$yuen <- mean(hi, trim = 0.2) - mean(lo, trim = 0.2)
  v$yuen_se <- sqrt(ss / (h * (h - 1))); v$yuen_t <- v$yuen / v$yuen_se; v$yuen_df <- h - 1
  v$yuen_p <- 2 * pt(-abs(v$yuen_t), h - 1)
  v$yuen_low <- v$yuen - qt(0.975, h - 1) * v$yuen_se; v$yuen_high <- v$yuen + qt(0.975, h - 1) * v$yuen_se
  # Algina, Keselman & Penfield (2005): winsorised normal SD at 20 %, by numerical integration
  c20 <- sqrt(integrate(function(u) u^2 * dnorm(u), qnorm(.2), qnorm(.8), rel.tol = 1e-13)$value + 2 * 0.2 * qnorm(.2)^2)
  if (n >= 5) v$robust_d <- c20 * v$yuen / sqrt((var(wa) + var(wb)) / 2)
  if (n >= 3) { w <- shapiro.test(x); v$w <- unname(w$statistic); v$w_p <- w$p.value }
  r <- cor(lo, hi); v$r <- r
  if (n >= 4) { f <- cor.test(lo, hi)$conf.int; v$r_low <- f[1]; v$r_high <- f[2] }
  if (n >= 3) { pm <- cor.test(hi - lo, hi + lo); v$pm <- unname(pm$statistic); v$pm_p <- 2 * pt(-abs(v$pm), n - 2) }
  # effect sizes
  J <- function(df) exp(lgamma(df / 2) - log(df / 2) / 2 - lgamma((df - 1) / 2))
  zq <- qnorm(0.975); m <- mean(x); sdx <- sd(x)
  v$d_z <- m / sdx; v$d_z_se <- sqrt(1 / n + v$d_z^2 / (2 * (n - 1)))
  vv <- (s1^2 + s2^2) / 2
  v$d_av <- m / sqrt(vv)
  v$d_av_se <- sqrt(sdx^2 / ((n - 1) * vv) + v$d_av^2 * (s1^4 + s2^4 + 2 * r^2 * s1^2 * s2^2) / (8 * (n - 1) * vv^2)) # Bonett eq. 10
  v$d_av_low <- v$d_av - zq * v$d_av_se; v$d_av_high <- v$d_av + zq * v$d_av_se
  v$d_pre <- m / s1
  v$d_pre_se <- sqrt(sdx^2 / ((n - 1) * s1^2) + v$d_pre^2 / (2 * (n - 1))) # Bonett eq. 13
  v$d_pre_low <- v$d_pre - zq * v$d_pre_se; v$d_pre_high <- v$d_pre + zq * v$d_pre_se
  if (n > 2) {
    v$d_rm <- v$d_z * sqrt(2 * (1 - r))
    v$d_z_g <- v$d_z * J(n - 1); v$d_av_g <- v$d_av * J(n - 1); v$d_pre_g <- v$d_pre * J(n - 1)
    v$d_av_ri <- v$d_av * J(2 * (n - 1) / (1 + r^2))
  }
  # exact interval of d_z by uniroot on pt(ncp)
  tt <- v$t; dfz <- n - 1
  solve <- function(target) uniroot(function(d) pt(tt, dfz, d) - target, c(tt - 12 - abs(tt), tt + 12 + abs(tt)), tol = 1e-13)$root / sqrt(n)
  if (abs(tt) < 15) { v$d_z_low <- solve(0.975); v$d_z_high <- solve(0.025) }
  # as text, because toJSON keeps 15 digits
  num <- function(u) lapply(u, function(a) sprintf("%.17g", a))
  out[[name]] <- list(pre = pre, post = post, values = num(v))
}
cat(toJSON(list(source = paste(R.version.string, "jsonlite", packageVersion("jsonlite")), sets = out), digits = NA, auto_unbox = TRUE, pretty = TRUE), file = "parametric.json")
