//! The report from results by hand: no fitting, no files.

mod fixture;
mod promises;
mod readings;
mod snapshots;
