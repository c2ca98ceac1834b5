//! A cell → a score: what is accepted is in the grammar and has the same value, what is refused is not in it.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| prepost::ingest::fuzz::cell(text));
