# Reference values of p.adjust. Rscript multiplicity.R > multiplicity.json
suppressPackageStartupMessages(library(jsonlite))
# 17 significant digits: numbers go through text.
json17 <- function(x) {
  text <- rapply(x, function(v) sprintf("%.17g", v), classes = c("numeric", "integer"), how = "replace")
  gsub('"(-?[0-9]+(\\.[0-9]+)?(e[+-]?[0-9]+)?)"', "\\1", toJSON(text, auto_unbox = TRUE))
}
set.seed(3)
families <- list(
  plain = c(0.01, 0.02, 0.03, 0.04, 0.05), ties = c(0.04, 0.01, 0.01, 1, 0.04, 0.2, 1), small = c(1e-12, 0.5, 3e-5, 0.049, 0.001, 0.3),
  uniform = runif(12), skewed = runif(25)^4, ones = c(1, 1, 1), single = 0.03)
methods <- c("bonferroni", "holm", "hochberg", "hommel", "BH", "BY", "none")
one <- function(p) c(list(p = as.list(p)), sapply(methods, function(m) as.list(p.adjust(p, m)), simplify = FALSE))
cat(json17(list(made_with = list(R = R.version.string), families = lapply(families, one))), "\n")
