//! The whole of ingest: a plan, and the bytes of its file. The ledger adds up, or there is an error.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Some((&which, bytes)) = input.split_first() else { return };
    prepost::ingest::fuzz::whole(which, bytes);
});
