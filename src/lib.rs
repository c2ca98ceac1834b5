//! prepost: from the pre/post scores of a single-arm trial to statistics, figures and a report one can trust.
//!
//! Every number travels one line: files → [`ingest`] → dataset → [`analysis`] → [`results`] → [`figure`] and [`report`].
//! The modules stand on floors; each uses only the floors below it, and a test holds them to that:
//!
//! | floor | modules |
//! |---|---|
//! | 0 | [`decimal`], [`stats`] |
//! | 1 | [`trial`] |
//! | 2 | [`plan`], [`results`] |
//! | 3 | [`ingest`], [`analysis`], [`figure`] |
//! | 4 | [`report`] |
//! | 5 | [`cli`] |
#![deny(unsafe_code)]
#![warn(clippy::print_stdout, clippy::print_stderr)]

pub mod analysis;
pub mod cli;
pub mod decimal;
pub mod figure;
pub mod ingest;
pub mod plan;
pub mod report;
pub mod results;
pub mod stats;
pub mod trial;
