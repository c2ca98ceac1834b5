//! The exact signed-rank test with ties and zeros, both zero rules, next to the Hodges–Lehmann estimate.
//!
//! Run: `cargo run --example signed_rank_ties`

use prepost::stats::paired::{Zeros, hodges_lehmann, signed_rank};
use prepost::stats::{Changes, Inference};

fn main() {
    // 2.3 − 2.0 and 1.1 − 0.8 are the same change: on the decimal grid they tie, in binary they would not.
    let changes = Changes::from_f64(&[0.3, 0.3, -0.1, 0.0, 0.5, 0.4, 0.0, 0.7, -0.2, 0.6]);
    for (name, zeros) in [("pratt", Zeros::Pratt), ("drop", Zeros::Drop)] {
        match signed_rank(&changes, zeros, Inference::two_sided(0.95)) {
            Ok(test) => match test.p_exact.as_result() {
                Ok(p) => println!("{name:<6} W+ = {}, W- = {}, zeros {}, exact p = {:.6}", test.w_plus, test.w_minus, test.n_zero, p.get()),
                Err(reason) => println!("{name:<6} no exact p: {reason}"),
            },
            Err(reason) => println!("{name:<6} not estimable: {reason}"),
        }
    }
    match hodges_lehmann(&changes, 0.95) {
        Ok(location) => println!("Hodges–Lehmann change {}", location.estimate),
        Err(reason) => println!("no Hodges–Lehmann estimate: {reason}"),
    }
}
