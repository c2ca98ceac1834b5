//! Effect sizes of two columns of scores, from Rust.
//!
//! Run: `cargo run --example effect_sizes`

use prepost::stats::Pairs;
use prepost::stats::effect::{d_av, d_pre, d_z};

fn main() {
    // Extra hours of sleep under two drugs, Student (1908).
    let pre = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    let post = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    let pairs = Pairs::from_f64(&pre, &post);
    for (name, effect) in [("d_z", d_z(&pairs, 0.95)), ("d_av", d_av(&pairs, 0.95)), ("d_pre", d_pre(&pairs, 0.95))] {
        match effect {
            Ok(effect) => match effect.interval.as_result() {
                Ok(interval) => println!("{name:<6} {:.3} (95 % CI {:.3} to {:.3})", effect.estimate, interval.lower, interval.upper),
                Err(reason) => println!("{name:<6} {:.3} (no interval: {reason})", effect.estimate),
            },
            Err(reason) => println!("{name:<6} not estimable: {reason}"),
        }
    }
}
