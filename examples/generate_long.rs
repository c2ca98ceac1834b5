//! Large long CSVs for measuring: N people × 2 visits × 5 outcomes, whole scores from 0 to 60, 3 % of them missing.
//!
//! Run: `cargo run --release --example generate_long -- 500000 DIR` (writes DIR/long.csv and DIR/long.toml, one row a
//! person and visit, and DIR/tidy.csv and DIR/tidy.toml, one row a person, visit and outcome)

use std::fs::File;
use std::io::{BufWriter, Write};

const OUTCOMES: usize = 5;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let people: usize = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(500_000);
    let folder = arguments.next().unwrap_or_else(|| ".".into());
    let mut long = BufWriter::new(File::create(format!("{folder}/long.csv"))?);
    let mut tidy = BufWriter::new(File::create(format!("{folder}/tidy.csv"))?);
    writeln!(long, "subject,visit,o1,o2,o3,o4,o5")?;
    writeln!(tidy, "subject,visit,outcome,score")?;
    let mut random = Random(7);
    for visit in ["baseline", "month_3"] {
        for person in 0..people {
            // Not in the order of ids, as exports by site are.
            let person = (person * 7919) % people;
            write!(long, "P{person:07},{visit}")?;
            for outcome in 1..=OUTCOMES {
                let score = (0..4).map(|_| random.below(16)).sum::<u64>();
                let score = if random.below(100) < 3 { String::new() } else { score.to_string() };
                write!(long, ",{score}")?;
                writeln!(tidy, "P{person:07},{visit},o{outcome},{score}")?;
            }
            writeln!(long)?;
        }
    }
    long.flush()?;
    tidy.flush()?;
    plan(&folder, "long", "", |outcome| format!("value = \"o{outcome}\""))?;
    plan(&folder, "tidy", "outcome_column = \"outcome\"\nvalue = \"score\"\n", |outcome| format!("key = \"o{outcome}\""))
}

fn plan(folder: &str, name: &str, data: &str, source: impl Fn(usize) -> String) -> std::io::Result<()> {
    let mut plan = File::create(format!("{folder}/{name}.toml"))?;
    writeln!(plan, "[data]\nfiles = [\"{name}.csv\"]\nsubject = \"subject\"\nvisit = \"visit\"\n{data}")?;
    writeln!(plan, "[visits]\npre = \"baseline\"\npost = \"month_3\"")?;
    for outcome in 1..=OUTCOMES {
        let source = source(outcome);
        writeln!(
            plan,
            "[[outcome]]\nid = \"o{outcome}\"\ndirection = \"lower\"\nrange = [0, 60]\nstep = 1\nrole = \"secondary\"\n{source}"
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
