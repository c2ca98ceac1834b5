//! A file that is no text (workbook, Parquet, SPSS, Stata): read or refused, within its bounds.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| prepost::ingest::fuzz::binary(bytes));
