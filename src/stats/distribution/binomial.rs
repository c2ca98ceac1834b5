//! The binomial distribution.
