# Normal-kernel density by definition with R's bandwidth. Rscript density.R > density.json
suppressPackageStartupMessages(library(jsonlite))
# 17 significant digits: numbers go through text.
json17 <- function(x) {
  text <- rapply(x, function(v) sprintf("%.17g", v), classes = c("numeric", "integer"), how = "replace")
  gsub('"(-?[0-9]+(\\.[0-9]+)?(e[+-]?[0-9]+)?)"', "\\1", toJSON(text, auto_unbox = TRUE))
}
one <- function(x) {
  h <- bw.nrd0(x); grid <- seq(min(x) - 3 * h, max(x) + 3 * h, length.out = 128)
  list(x = x, bandwidth = h, from = grid[1], to = grid[128], density = sapply(grid, function(g) mean(dnorm(g, x, h))))
}
cat(json17(list(made_with = list(R = R.version.string), samples = list(
  scores = one(c(12, 15, 15, 19, 22, 23, 23, 23, 28, 31, 40)), no_iqr = one(c(5, 5, 5, 5, 5, 5, 5, 9)),
  decimals = one(c(-1.25, 0.5, 0.75, 2, 2.5, 3.125))))), "\n")
