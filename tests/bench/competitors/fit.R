# One fit by R's survival, in a process of its own: Rscript fit.R TASK FOLDER.
# Reads rows.csv (lower, upper) and at.csv from the folder; prints seconds and the shares at those times as JSON.
suppressPackageStartupMessages(library(survival))
arguments <- commandArgs(trailingOnly = TRUE)
rows <- read.csv(file.path(arguments[2], "rows.csv"))
at <- read.csv(file.path(arguments[2], "at.csv"))$at
lower <- ifelse(rows$lower == 0 & rows$upper > 0, NA, rows$lower)
upper <- ifelse(is.finite(rows$upper), rows$upper, NA)
times <- Surv(lower, upper, type = "interval2")
# Without true intervals R's Turnbull curve counts a case too many where a time is both event and censored.
if (all(rows$lower == rows$upper | is.infinite(rows$upper))) times <- Surv(rows$lower, is.finite(rows$upper))

fit <- function() {
  if (arguments[1] == "weibull") survreg(times ~ 1, dist = "weibull") else survfit(times ~ 1, se.fit = FALSE)
}

if (nrow(rows) <= 1000) invisible(suppressWarnings(fit()))
began <- proc.time()[["elapsed"]]
model <- suppressWarnings(fit())
seconds <- proc.time()[["elapsed"]] - began
if (arguments[1] == "weibull") {
  share <- 1 / model$scale
} else {
  # R stands an interval at its middle; its curve just after a right end is what we compare.
  share <- 1 - approx(c(0, model$time), c(1, model$surv), at + 1e-9, method = "constant", rule = 2, ties = "ordered")$y
}
cat(sprintf('{"seconds": %.6f, "share": [%s]}\n', max(seconds, 1e-4), paste(sprintf("%.10f", share), collapse = ",")))
