//! A large wide CSV for measuring: N people × 5 outcomes, whole scores from 0 to 60, 3 % of post scores missing.
//!
//! Run: `cargo run --release --example generate_wide -- 100000 DIR` (writes DIR/wide.csv and DIR/wide.toml)

use std::io::Write;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let people: usize = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let folder = arguments.next().unwrap_or_else(|| ".".into());
    let mut csv = std::io::BufWriter::new(std::fs::File::create(format!("{folder}/wide.csv"))?);
    write!(csv, "subject")?;
    for outcome in 1..=5 {
        write!(csv, ",o{outcome}_pre,o{outcome}_post")?;
    }
    writeln!(csv)?;
    let mut random = Random(7);
    for person in 0..people {
        write!(csv, "P{person:07}")?;
        for _ in 0..5 {
            let pre = (0..4).map(|_| random.below(16)).sum::<u64>();
            let post = (pre + random.below(13)).saturating_sub(8).min(60);
            if random.below(100) < 3 {
                write!(csv, ",{pre},")?;
            } else {
                write!(csv, ",{pre},{post}")?;
            }
        }
        writeln!(csv)?;
    }
    csv.flush()?;
    let mut plan = std::fs::File::create(format!("{folder}/wide.toml"))?;
    writeln!(plan, "[data]\nfiles = [\"wide.csv\"]\nsubject = \"subject\"")?;
    for outcome in 1..=5 {
        writeln!(
            plan,
            "[[outcome]]\nid = \"o{outcome}\"\ndirection = \"lower\"\nrange = [0, 60]\nstep = 1\nrole = \"secondary\"\npre = \"o{outcome}_pre\"\npost = \"o{outcome}_post\""
        )?;
    }
    Ok(())
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }
}
