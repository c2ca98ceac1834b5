//! How many of m fair coins show heads, drawn in one step.

use super::Stream;

/// Binomial(m, ½) by Walker's alias table: one random word a draw, however large m.
///
/// The table covers 12 standard deviations either side of m/2; what lies beyond has probability below 1e-31, less than the
/// rounding of the table. Built from ratios of neighbouring probabilities, so that no platform function is involved.
/// Source: Walker (1977), Vose (1991).
pub struct HalfBinomial {
    lowest: u64,
    /// For each column: the chance (of 2⁵³) to keep its own value, and the value to take otherwise.
    columns: Vec<(u64, u32)>,
}

impl HalfBinomial {
    pub fn new(m: u32) -> Self {
        let m = u64::from(m);
        let reach = 6 * (1 + m.isqrt()) + 1;
        let middle = m / 2;
        let lowest = middle.saturating_sub(reach);
        let highest = (middle + reach).min(m);
        let size = (highest - lowest + 1) as usize;
        // Relative to the middle: P(k + 1)/P(k) = (m − k)/(k + 1).
        let at = (middle - lowest) as usize;
        let mut weights = vec![1.0; size];
        for i in at + 1..size {
            let k = lowest + i as u64 - 1;
            weights[i] = weights[i - 1] * (m - k) as f64 / (k + 1) as f64;
        }
        for i in (0..at).rev() {
            let k = lowest + i as u64;
            weights[i] = weights[i + 1] * (k + 1) as f64 / (m - k) as f64;
        }
        Self { lowest, columns: alias(&weights) }
    }

    #[inline]
    pub fn draw(&self, stream: &mut Stream) -> u64 {
        let column = stream.below(self.columns.len() as u32);
        let chance = stream.next_u64() >> 11;
        let (keep, other) = self.columns[column as usize];
        self.lowest + u64::from(if chance < keep { column } else { other })
    }
}

/// Vose's construction of the alias table.
fn alias(weights: &[f64]) -> Vec<(u64, u32)> {
    const ONE: f64 = (1_u64 << 53) as f64;
    let size = weights.len();
    let total: f64 = weights.iter().sum();
    let mut scaled: Vec<f64> = weights.iter().map(|weight| weight * size as f64 / total).collect();
    let (mut small, mut large): (Vec<usize>, Vec<usize>) = (0..size).partition(|&i| scaled[i] < 1.0);
    let mut columns: Vec<(u64, u32)> = (0..size as u32).map(|i| (1 << 53, i)).collect();
    while let (Some(&from), Some(&to)) = (small.last(), large.last()) {
        small.pop();
        columns[from] = ((scaled[from] * ONE) as u64, to as u32);
        scaled[to] -= 1.0 - scaled[from];
        if scaled[to] < 1.0 {
            large.pop();
            small.push(to);
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the table gives each value, against the binomial probabilities by definition.
    #[test]
    fn the_table_is_the_binomial_law() {
        for m in [1_u32, 2, 3, 10, 65, 300, 1000] {
            let law = HalfBinomial::new(m);
            let size = law.columns.len() as f64;
            let mut table = vec![0.0; m as usize + 1];
            for (i, (keep, other)) in law.columns.iter().enumerate() {
                let keep = *keep as f64 / (1_u64 << 53) as f64;
                table[law.lowest as usize + i] += keep / size;
                table[law.lowest as usize + *other as usize] += (1.0 - keep) / size;
            }
            let mut expected = libm::ldexp(1.0, -(m as i32));
            for (k, found) in table.iter().enumerate() {
                assert!((found - expected).abs() < 1e-14, "m = {m}, k = {k}: {found:e} and {expected:e}");
                expected *= f64::from(m - k as u32) / f64::from(k as u32 + 1);
            }
        }
    }

    #[test]
    fn draws_have_the_mean_and_the_variance_of_the_law() {
        let law = HalfBinomial::new(1000);
        let mut stream = Stream::new(1, 2);
        let drawn: Vec<f64> = (0..40_000).map(|_| law.draw(&mut stream) as f64).collect();
        let mean = drawn.iter().sum::<f64>() / 40_000.0;
        let variance = drawn.iter().map(|d| (d - mean) * (d - mean)).sum::<f64>() / 39_999.0;
        // Four standard errors of each: √(250/40000) and 250·√(2/40000).
        assert!((mean - 500.0).abs() < 0.32 && (variance - 250.0).abs() < 7.1, "{mean} {variance}");
    }
}
