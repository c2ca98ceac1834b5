//! Makes `data-samples/rework/scores.csv`: a synthetic trial of 30 people in five domains.
//!
//! Nobody's data. Means, spreads and correlations are of the size that return-to-work programmes report: moderate
//! gains in readiness and social adaptation, small ones in cognition and aptitude, a depression score that starts
//! near its floor (remitted patients), ties on coarse scales, and four people who did not come to every post visit.
//!
//! Run: `cargo run --example generate_rework > data-samples/rework/scores.csv`

/// One score: where people start, how far they move, on which grid.
struct Scale {
    column: &'static str,
    pre_mean: f64,
    pre_sd: f64,
    change_mean: f64,
    change_sd: f64,
    /// Digits after the point.
    decimals: u32,
    range: (f64, f64),
    /// Subjects (1-based) without a post score.
    missing_post: &'static [usize],
}

const SCALES: [Scale; 7] = [
    Scale {
        column: "prrs",
        pre_mean: 62.0,
        pre_sd: 9.0,
        change_mean: 9.0,
        change_sd: 8.0,
        decimals: 0,
        range: (23.0, 92.0),
        missing_post: &[7, 19],
    },
    Scale {
        column: "hamd17",
        pre_mean: 4.5,
        pre_sd: 4.0,
        change_mean: -1.6,
        change_sd: 3.0,
        decimals: 0,
        range: (0.0, 52.0),
        missing_post: &[19],
    },
    Scale {
        column: "bdi2",
        pre_mean: 15.0,
        pre_sd: 8.0,
        change_mean: -5.5,
        change_sd: 6.5,
        decimals: 0,
        range: (0.0, 63.0),
        missing_post: &[7, 19],
    },
    Scale {
        column: "bacs",
        pre_mean: -0.55,
        pre_sd: 0.85,
        change_mean: 0.28,
        change_sd: 0.45,
        decimals: 2,
        range: (-4.0, 4.0),
        missing_post: &[7, 12, 19, 26],
    },
    Scale {
        column: "gatb_q",
        pre_mean: 96.0,
        pre_sd: 18.0,
        change_mean: 6.5,
        change_sd: 12.0,
        decimals: 0,
        range: (30.0, 160.0),
        missing_post: &[7, 12, 19],
    },
    Scale {
        column: "sass_j",
        pre_mean: 31.5,
        pre_sd: 6.5,
        change_mean: 3.0,
        change_sd: 5.0,
        decimals: 0,
        range: (0.0, 60.0),
        missing_post: &[19],
    },
    Scale {
        column: "lsns6",
        pre_mean: 13.5,
        pre_sd: 5.5,
        change_mean: 0.6,
        change_sd: 3.2,
        decimals: 0,
        range: (0.0, 30.0),
        missing_post: &[],
    },
];

fn main() {
    let mut random = Random(20_230_401);
    let mut header = vec!["subject".to_owned(), "sex".to_owned(), "age".to_owned()];
    header.extend(SCALES.iter().flat_map(|scale| [format!("{}_pre", scale.column), format!("{}_post", scale.column)]));
    println!("{}", header.join(","));
    for person in 1..=30 {
        // One shared factor ties the domains of a person together.
        let (health, gain) = (random.normal(), random.normal());
        let mut row = vec![
            format!("R{person:02}"),
            if random.uniform() < 0.4 { "F" } else { "M" }.to_owned(),
            format!("{:.0}", 41.0 + 8.0 * random.normal()),
        ];
        for scale in &SCALES {
            let better = if scale.change_mean < 0.0 { -1.0 } else { 1.0 };
            let level = 0.5 * better * health + (1.0_f64 - 0.25).sqrt() * random.normal();
            let pre = scale.pre_mean + scale.pre_sd * level;
            let shift = 0.4 * better * gain + (1.0_f64 - 0.16).sqrt() * random.normal();
            let post = pre + scale.change_mean + scale.change_sd * shift - 0.12 * (pre - scale.pre_mean);
            row.push(scale.text(pre));
            row.push(if scale.missing_post.contains(&person) {
                if person == 19 { "-99".into() } else { String::new() }
            } else {
                scale.text(post)
            });
        }
        println!("{}", row.join(","));
    }
}

impl Scale {
    /// The score on its grid and within its range.
    fn text(&self, score: f64) -> String {
        let score = score.clamp(self.range.0, self.range.1);
        format!("{score:.*}", self.decimals as usize).replace("-0.00", "0.00")
    }
}

/// SplitMix64, so that the file is the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn uniform(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// The sum of twelve uniforms less six: normal enough for a sample, and free of platform logarithms.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }
}
