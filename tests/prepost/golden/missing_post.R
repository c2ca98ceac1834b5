# Reference values for missing post scores, 17 digits, written to missing_post.json.
# Run: Rscript missing_post.R   (base R, jsonlite, nlme). The maximum-likelihood form comes twice: from the formula, and from the
# numerical Hessian of the observed-data likelihood; the mixed-model form from nlme::gls by restricted likelihood.
suppressMessages({ library(jsonlite); library(nlme) })
set.seed(20261125)
make <- function(n, missing) {
  x <- round(rnorm(n, 25, 7), 1); y <- round(12 + 0.6 * x - 6 + rnorm(n, 0, 5), 1)
  y[missing(x)] <- NA
  list(pre = x, post = y)
}
sets <- list(
  seven = list(pre = c(20, 24, 31, 18, 27, 33, 30), post = c(14, 17.5, 22, 15, 20.5, NA, NA)),
  four = list(pre = c(10, 12, 17, 15, 11, 19), post = c(9, 8, 15.5, NA, NA, 12)),
  twenty = make(20, function(x) seq_along(x) %in% c(3, 8, 11, 19)),
  high = make(40, function(x) rank(x) > 30 & runif(40) < .8),
  hundred = make(100, function(x) x > 33 | runif(100) < .05))
num <- function(u) lapply(u, function(a) sprintf("%.17g", a))
out <- list()
for (name in names(sets)) {
  x <- sets[[name]]$pre; y <- sets[[name]]$post; o <- !is.na(y); n <- length(x); m <- sum(o); v <- list()
  f <- lm(y[o] ~ x[o]); b <- coef(f)[[2]]; rss <- sum(resid(f)^2); D <- mean(x) - mean(x[o]); sxx <- sum((x[o] - mean(x[o]))^2); s1 <- sum((x - mean(x))^2)
  post <- mean(y[o]) + b * D; ch <- post - mean(x)
  v$slope <- b; v$post <- post; v$change <- ch
  form <- function(k, se, df) { q <- if (is.na(df)) qnorm(.975) else qt(.975, df); p <- if (is.na(df)) 2 * pnorm(-abs(ch / se)) else 2 * pt(-abs(ch / se), df)
    v[[paste0(k, "_se")]] <<- se; v[[paste0(k, "_low")]] <<- ch - q * se; v[[paste0(k, "_high")]] <<- ch + q * se; v[[paste0(k, "_p")]] <<- p }
  small <- sqrt(rss / (m - 2) * (1 / m + D^2 / sxx) + (b - 1)^2 * s1 / (n * (n - 1))); form("small", small, m - 2)
  form("mixed", sqrt(rss / (m - 1) / m + (b - 1)^2 * s1 / (n * (n - 1))), m - 1)
  ml <- sqrt(rss / m * (1 / m + D^2 / sxx) + (b - 1)^2 * s1 / n^2); form("ml", ml, NA)
  # second opinion on the estimate and the ML error: minus log likelihood of (mu_x, mu_y, log s_x, b, log s_e), its Hessian at the closed-form maximum
  nll <- function(p) { sx <- exp(p[3]); se <- exp(p[5]); -sum(dnorm(x, p[1], sx, log = TRUE)) - sum(dnorm(y[o], p[2] + p[4] * (x[o] - p[1]), se, log = TRUE)) }
  at <- c(mean(x), post, log(sqrt(s1 / n)), b, log(sqrt(rss / m)))
  fit <- optim(at, nll, method = "BFGS", control = list(reltol = 1e-16, maxit = 1000))
  stopifnot(max(abs(fit$par - at)) < 1e-4)
  V <- solve(optimHess(at, nll, control = list(ndeps = rep(1e-4, 5)))); hessian <- sqrt(V[1, 1] + V[2, 2] - 2 * V[1, 2])
  stopifnot(abs(hessian / ml - 1) < 1e-5)
  # second opinion on the mixed-model form
  long <- data.frame(id = rep(seq_len(n), 2), visit = factor(rep(0:1, each = n)), score = c(x, y))
  g <- gls(score ~ visit, data = long, correlation = corSymm(form = ~ as.integer(visit) | id), weights = varIdent(form = ~ 1 | visit), na.action = na.omit,
           control = glsControl(tolerance = 1e-12, msTol = 1e-13, maxIter = 500, msMaxIter = 500))
  # to what its optimiser attains
  stopifnot(abs(coef(g)[[2]] / ch - 1) < 1e-5, abs(sqrt(vcov(g)[2, 2]) / v$mixed_se - 1) < 2e-5)
  # completers against dropouts
  w <- t.test(x[o], x[!o]); v$welch_t <- unname(w$statistic); v$welch_p <- w$p.value; v$welch_low <- w$conf.int[1]; v$welch_high <- w$conf.int[2]
  v$smd <- (mean(x[o]) - mean(x[!o])) / sqrt((var(x[o]) + var(x[!o])) / 2)
  # delta and tipping points
  v$delta_change <- mean(c(y[o], post_hat <- mean(y[o]) + b * (x[!o] - mean(x[o])) + 2.5)) - mean(x)
  v$tip <- uniroot(function(d) mean(c(y[o], mean(y[o]) + b * (x[!o] - mean(x[o])) + d)) - mean(x), c(-1000, 1000), tol = 1e-13)$root
  lim <- ch + c(-1, 1) * qt(.975, m - 2) * small
  v$tip_interval <- if (prod(lim) <= 0) 0 else -(lim[which.min(abs(lim))]) * n / (n - m)
  z <- round(ifelse(o, y - x, 0), 6); l <- t.test(z); v$locf <- mean(z); v$locf_p <- l$p.value
  out[[name]] <- list(pre = x, post = ifelse(o, y, NA), values = num(v))
}
cat(toJSON(list(source = paste(R.version.string, "nlme", packageVersion("nlme"), "jsonlite", packageVersion("jsonlite")), sets = out), digits = NA, auto_unbox = TRUE, pretty = TRUE, na = "null"), file = "missing_post.json")
