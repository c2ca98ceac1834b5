# BCa intervals for given resampling indices. Rscript bca.R > bca.json
suppressPackageStartupMessages({library(boot); library(jsonlite)})
# 17 significant digits: numbers go through text.
json17 <- function(x) {
  text <- rapply(x, function(v) sprintf("%.17g", v), classes = c("numeric", "integer"), how = "replace")
  gsub('"(-?[0-9]+(\\.[0-9]+)?(e[+-]?[0-9]+)?)"', "\\1", toJSON(text, auto_unbox = TRUE))
}
set.seed(4)
one <- function(pre, post, R) {
  data <- cbind(pre, post); n <- nrow(data)
  stats <- list(
    mean_change = function(d, i) sum(d[i, 2] - d[i, 1]) / length(i),
    d_av = function(d, i) { x <- d[i, ]; mean(x[, 2] - x[, 1]) / sqrt((var(x[, 1]) + var(x[, 2])) / 2) },
    d_pre = function(d, i) { x <- d[i, ]; mean(x[, 2] - x[, 1]) / sd(x[, 1]) })
  seed <- .Random.seed
  out <- list(pre = pre, post = post)
  for (name in names(stats)) {
    .Random.seed <<- seed
    b <- boot(data, stats[[name]], R)
    indices <- boot.array(b, indices = TRUE)
    L <- empinf(b, type = "jack")
    jackknife <- b$t0 - L / (n - 1)
    ci <- function(conf) suppressWarnings(boot.ci(b, conf = conf, type = "bca", L = L)$bca[4:5])
    out[[name]] <- list(t0 = b$t0, level_90 = ci(0.90), level_95 = ci(0.95), level_99 = ci(0.99))
  }
  storage.mode(indices) <- "integer"
  out$indices <- lapply(seq_len(nrow(indices)), function(k) as.list(indices[k, ] - 1L))
  out
}
pre <- round(rnorm(12, 30, 7)); post <- pre - round(rnorm(12, 6, 5))
skewed_pre <- round(rexp(20, 0.1)) + 5; skewed_post <- skewed_pre + round(rexp(20, 0.2), 0)
cat(json17(list(made_with = list(R = R.version.string, boot = as.character(packageVersion("boot"))),
  samples = list(normal = one(pre, post, 999), skewed = one(skewed_pre, skewed_post, 500)))), "\n")
