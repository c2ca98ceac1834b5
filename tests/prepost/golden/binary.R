# Shares, paired yes/no outcomes, shift tables and reliable change, 17 digits, written to binary.json.
# Run: Rscript binary.R   (base R, coin for Stuart-Maxwell, jsonlite; formulae without a package are written out)
suppressMessages({library(jsonlite); library(coin)})
set.seed(20261124)
num <- function(u) lapply(u, function(a) sprintf("%.17g", a))
root <- function(f, lo, hi) uniroot(f, c(lo, hi), tol = 1e-15, maxiter = 5000)$root
out <- list()

# one share
one <- list()
for (xn in list(c(0, 1), c(1, 1), c(0, 9), c(1, 9), c(9, 9), c(3, 10), c(7, 20), c(15, 148), c(81, 263), c(500, 1000), c(2, 5000), c(4990, 5000))) {
  x <- xn[1]; n <- xn[2]; v <- list()
  w <- prop.test(x, n, correct = FALSE)$conf.int; v$wilson_low <- if (x == 0) 0 else w[1]; v$wilson_high <- if (x == n) 1 else w[2]
  b <- binom.test(x, n)$conf.int; v$exact_low <- b[1]; v$exact_high <- b[2]
  v$jeffreys_low <- if (x == 0) 0 else qbeta(.025, x + .5, n - x + .5); v$jeffreys_high <- if (x == n) 1 else qbeta(.975, x + .5, n - x + .5)
  v$mid_low <- if (x == 0) 0 else if (x == n) .05^(1 / n) else root(function(p) pbinom(x, n, p, FALSE) + dbinom(x, n, p) / 2 - .025, 1e-12, x / n)
  v$mid_high <- if (x == n) 1 else if (x == 0) 1 - .05^(1 / n) else root(function(p) pbinom(x - 1, n, p) + dbinom(x, n, p) / 2 - .025, x / n, 1 - 1e-12)
  for (p0 in c(.03, .2, .5, .75)) {
    k <- paste0("_", p0)
    v[[paste0("two", k)]] <- binom.test(x, n, p0)$p.value
    v[[paste0("less", k)]] <- binom.test(x, n, p0, "less")$p.value
    v[[paste0("greater", k)]] <- binom.test(x, n, p0, "greater")$p.value
    z <- (x / n - p0) / sqrt(p0 * (1 - p0) / n); v[[paste0("z", k)]] <- z; v[[paste0("score", k)]] <- 2 * pnorm(-abs(z))
  }
  one[[length(one) + 1]] <- list(x = x, n = n, values = num(v))
}
out$one <- one

# two independent shares
two <- list()
wilson <- function(x, n) { z <- qnorm(.975); m <- (x + z^2 / 2) / (n + z^2); h <- z / (n + z^2) * sqrt(x * (n - x) / n + z^2 / 4); c(m - h, m + h) }
for (t in list(c(56, 70, 48, 80), c(9, 10, 3, 10), c(6, 7, 2, 7), c(5, 56, 0, 29), c(0, 10, 0, 20), c(10, 10, 0, 10), c(10, 10, 0, 20), c(40, 60, 410, 900), c(2, 300, 30, 400))) {
  x1 <- t[1]; n1 <- t[2]; x2 <- t[3]; n2 <- t[4]; p1 <- x1 / n1; p2 <- x2 / n2; w1 <- wilson(x1, n1); w2 <- wilson(x2, n2); d <- p1 - p2
  v <- list(difference = d, low = d - sqrt((p1 - w1[1])^2 + (w2[2] - p2)^2), high = d + sqrt((w1[2] - p1)^2 + (p2 - w2[1])^2),
    fisher = fisher.test(matrix(c(x1, n1 - x1, x2, n2 - x2), 2))$p.value)
  two[[length(two) + 1]] <- list(x1 = x1, n1 = n1, x2 = x2, n2 = n2, values = num(v))
}
out$two <- two

# the same people before and after: both, pre only, post only, neither
paired <- list()
for (t in list(c(1, 1, 7, 12), c(1, 0, 0, 1), c(0, 5, 0, 0), c(0, 0, 3, 9), c(20, 4, 4, 2), c(53, 3, 16, 9), c(10, 0, 30, 0), c(0, 14, 9, 0), c(12, 9, 21, 40), c(300, 45, 60, 500), c(2, 1, 0, 7), c(36, 12, 2, 0), c(1, 700, 900, 2))) {
  a <- t[1]; b <- t[2]; c <- t[3]; d <- t[4]; n <- sum(t); m <- b + c; v <- list()
  if (m > 0) {
    tab <- matrix(c(a, b, c, d), 2, byrow = TRUE)
    r <- mcnemar.test(tab, correct = FALSE); v$chi <- unname(r$statistic); v$p <- r$p.value
    r <- mcnemar.test(tab, correct = TRUE); v$chi_c <- unname(r$statistic); v$p_c <- r$p.value
    v$p_exact <- binom.test(c, m)$p.value
    v$p_mid <- 2 * min(pbinom(c, m, .5), pbinom(b, m, .5)) - dbinom(c, m, .5)
    if (b == c) v$p_mid <- 1
    e <- binom.test(c, m)$conf.int; v$or_low <- e[1] / (1 - e[1]); if (b > 0) { v$or <- c / b; v$or_high <- e[2] / (1 - e[2]) }
  }
  pre <- (a + b) / n; post <- (a + c) / n; D <- (c - b) / n; v$difference <- D
  w1 <- wilson(a + c, n); w2 <- wilson(a + b, n)
  g <- as.numeric(a + b) * (c + d) * (a + c) * (b + d); A <- a * d - b * c
  phi <- if (g == 0) 0 else (if (A > n / 2) A - n / 2 else if (A >= 0) 0 else A) / sqrt(g)
  dl1 <- post - w1[1]; du1 <- w1[2] - post; dl2 <- pre - w2[1]; du2 <- w2[2] - pre
  v$newcombe_low <- D - sqrt(dl1^2 - 2 * phi * dl1 * du2 + du2^2); v$newcombe_high <- D + sqrt(du1^2 - 2 * phi * du1 * dl2 + dl2^2)
  # Tango: the likelihood under the difference delta maximised by the root of its derivative, the score inverted by uniroot
  q <- function(delta) {
    lo <- max(0, -delta); hi <- (1 - delta) / 2
    slope <- function(q) (if (c > 0) c / (q + delta) else 0) + (if (b > 0) b / q else 0) - (if (a + d > 0) 2 * (a + d) / (1 - 2 * q - delta) else 0)
    eps <- (hi - lo) * 1e-13
    if (slope(lo + eps) <= 0) return(lo); if (slope(hi - eps) >= 0) return(hi)
    root(slope, lo + eps, hi - eps)
  }
  score <- function(delta) if (abs(delta - D) < 1e-15) 0 else (c - b - n * delta) / sqrt(n * (2 * q(delta) + delta * (1 - delta)))
  z <- qnorm(.975); e <- 1e-9
  v$tango_low <- if (score(-1 + e) < z) -1 else root(function(s) score(s) - z, -1 + e, min(D, 1 - e))
  v$tango_high <- if (score(1 - e) > -z) 1 else root(function(s) score(s) + z, max(D, -1 + e), 1 - e)
  p12 <- (b + 1) / (n + 2); p21 <- (c + 1) / (n + 2); h <- z * sqrt((p12 + p21 - (p21 - p12)^2) / (n + 2))
  v$bp_low <- max(-1, p21 - p12 - h); v$bp_high <- min(1, p21 - p12 + h)
  paired[[length(paired) + 1]] <- list(counts = t, values = num(v))
}
out$paired <- paired

# shift tables
shift <- list()
tables <- list(
  vision = matrix(c(1520, 266, 124, 66, 234, 1512, 432, 78, 117, 362, 1772, 205, 36, 82, 179, 492), 4, byrow = TRUE),
  small = matrix(c(5, 9, 2, 1, 5, 3, 3, 2, 5), 3, byrow = TRUE),
  two = matrix(c(4, 7, 2, 5), 2, byrow = TRUE),
  zeros = matrix(c(3, 0, 0, 0, 8, 4, 1, 0, 3, 9, 5, 2, 0, 4, 7, 6), 4, byrow = TRUE),
  stayers = matrix(c(4, 6, 1, 0, 2, 5, 3, 0, 1, 8, 2, 0, 0, 0, 0, 7), 4, byrow = TRUE),
  strong = matrix(c(30, 2, 1, 190, 20, 3, 240, 160, 15), 3, byrow = TRUE),
  six = matrix(rpois(36, 4) + 1, 6))
for (name in names(tables)) {
  t <- tables[[name]]; k <- nrow(t); n <- sum(t); v <- list()
  o <- upper.tri(t) & (t + t(t)) > 0
  v$bowker <- sum(((t - t(t))^2 / (t + t(t)))[o]); v$bowker_df <- sum(o); v$bowker_p <- pchisq(v$bowker, v$bowker_df, lower.tail = FALSE)
  if (k > 2 && all((t + t(t))[upper.tri(t)] > 0)) stopifnot(abs(mcnemar.test(t)$statistic / v$bowker - 1) < 1e-12)
  moved <- sapply(1:k, function(i) sum(t[i, ] + t[, i]) - 2 * t[i, i] > 0); u <- t[moved, moved]; j <- nrow(u)
  d <- (rowSums(u) - colSums(u))[-1]; S <- (diag(rowSums(u) + colSums(u)) - u - t(u))[-1, -1, drop = FALSE]
  v$sm <- sum(d * solve(S, d)); v$sm_df <- j - 1; v$sm_p <- pchisq(v$sm, v$sm_df, lower.tail = FALSE)
  tab <- as.table(t); dimnames(tab) <- list(pre = letters[1:k], post = letters[1:k]); mh <- mh_test(tab)
  stopifnot(abs(as.numeric(statistic(mh)) / v$sm - 1) < 1e-8, abs(as.numeric(pvalue(mh)) - v$sm_p) < 1e-8)
  v$bh <- sum(d * solve(S - d %o% d / n, d)); v$bh_p <- pchisq(v$bh, v$sm_df, lower.tail = FALSE)
  shift[[name]] <- list(counts = t, values = num(v))
}
out$shift <- shift

# reliable change: lower is better unless said
clinical <- list()
base <- list(pre = c(31, 24, 28, 35, 19, 40, 22, 27, 33, 30, 26, 38), post = c(12, 22, 15, 30, 25, 14, 21, 10, 36, 11, 24, 19))
decimals <- list(pre = c(3.4, 2.7, 3.1, 2.2, 3.9, 2.5, 2.8), post = c(1.9, 2.9, 1.2, 2.1, 2.0, 3.6, 2.4))
sets <- list(
  norms = c(base, list(s = -1, M = 28.4, SD = 7.2, r = .84, r_post = .9, practice = -1.5, Mf = 9.3, SDf = 6.1)),
  sample = c(base, list(s = -1, M = mean(base$pre), SD = sd(base$pre), r = .76, r_post = .76, practice = 0, Mf = 12, SDf = 4)),
  higher = list(pre = 60 - base$pre, post = 60 - base$post, s = 1, M = 31, SD = 8, r = .9, r_post = .8, practice = 2.25, Mf = 49.5, SDf = 5.25),
  decimals = c(decimals, list(s = -1, M = 2.95, SD = .61, r = .7, r_post = .75, practice = .1, Mf = 1.4, SDf = .5)))
for (name in names(sets)) {
  q <- sets[[name]]; with(q, {
    sem <- SD * sqrt(1 - r); sdiff <- sqrt(2) * sem; v <- list(sem = sem, s_diff = sdiff)
    reg <- post - M - r * (pre - M); n <- length(pre)
    idx <- list(jt = (post - pre) / sdiff, gln = reg / (SD * sqrt(1 - r^2)), hll = (post - mean(post) - r * (pre - M)) / (SD * sqrt(1 - r^2)),
      en = reg / sem, nk = reg / sqrt(SD^2 * (r^2 * (1 - r) + 1 - r_post)), chelune = (post - pre - practice) / sdiff)
    s1 <- sd(pre); s2 <- sd(post); r12 <- cor(pre, post); r22 <- 1 - sem^2 / s2^2
    rdd <- (s1^2 * r + s2^2 * r22 - 2 * s1 * s2 * r12) / (s1^2 + s2^2 - 2 * s1 * s2 * r12)
    if (rdd > 0) idx$ha <- ((post - pre) * rdd + (mean(post) - mean(pre)) * (1 - rdd)) / (sqrt(rdd) * sdiff)
    v$a <- M + s * 2 * SD; v$b <- Mf - s * 2 * SDf; v$c <- (SD * Mf + SDf * M) / (SD + SDf)
    classes <- list(); o <- order(pre, post)
    for (m in names(idx)) {
      i <- s * idx[[m]]; for (k in seq_along(o)) v[[paste0(m, "_", k)]] <- i[o[k]]
      crit <- if (m == "ha") qnorm(.95) else 1.96
      up <- i > crit; down <- i < -crit; clin <- s * (pre - v$c) < 0; func <- s * (post - v$c) > 0
      classes[[m]] <- c(sum(up & clin & func), sum(up & !(clin & func)), sum(!up & !down), sum(down),
        sum(down & s * (pre - v$c) > 0 & s * (post - v$c) < 0))
    }
    clinical[[name]] <<- list(pre = pre, post = post, sign = s, M = num(list(M))[[1]], SD = num(list(SD))[[1]], r = r, r_post = r_post,
      practice = practice, Mf = Mf, SDf = SDf, classes = classes, values = num(v))
  })
}
out$clinical <- clinical
out$source <- paste(R.version.string, "coin", packageVersion("coin"), "jsonlite", packageVersion("jsonlite"))
cat(toJSON(out, digits = NA, auto_unbox = TRUE, pretty = TRUE), file = "binary.json")
