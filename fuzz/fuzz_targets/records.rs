//! Bytes → text → records: every line number is that of an editor, every cell a piece of the text.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| prepost::ingest::fuzz::records(bytes));
