//! Decoders of others, kept from taking the run down with them.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static DECODING: Cell<bool> = const { Cell::new(false) };
}

/// What `decode` gives; `None` where it panics, which a decoder may on damaged bytes. Nothing is printed then.
///
/// Whatever `decode` had begun is dropped, so that no half-built state is seen.
pub fn guarded<T>(decode: impl FnOnce() -> T) -> Option<T> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let shown = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !DECODING.get() {
                shown(panic);
            }
        }));
    });
    let outer = DECODING.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(decode));
    DECODING.set(outer);
    result.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_no_value() {
        assert_eq!(guarded(|| 1), Some(1));
        assert_eq!(guarded(|| std::hint::black_box(&[0_u8][..])[std::hint::black_box(1)]), None);
        assert!(!DECODING.get());
    }
}
