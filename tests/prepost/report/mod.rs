//! The report from results by hand: no fitting, no files.

mod fixture;
mod known;
mod meaning;
mod promises;
mod readings;
mod snapshots;
