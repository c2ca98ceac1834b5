//! Adjusted p-values.

use super::PValue;

/// Procedures as R's `p.adjust` names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Procedure {
    None,
    Bonferroni,
    Holm,
    Hochberg,
    Hommel,
    Bh,
    By,
}

/// The p-values of one family, adjusted for their number, in the order they came.
///
/// Bonferroni, Holm (1979), Hochberg (1988) and Hommel (1988) bound the chance of any false rejection; BH (Benjamini &
/// Hochberg 1995) and BY (Benjamini & Yekutieli 2001) the share of false ones among the rejections. Hochberg, Hommel and
/// BH assume independent or positively dependent tests. Matches R: `p.adjust(p, method)`.
pub fn adjust(p: &[PValue], procedure: Procedure) -> Vec<PValue> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&i, &j| p[i].get().total_cmp(&p[j].get()));
    let ascending: Vec<f64> = order.iter().map(|&i| p[i].get()).collect();
    let n = p.len() as f64;
    // The i-th smallest of n times a factor, i from 1.
    let scaled = |factor: &dyn Fn(f64) -> f64| -> Vec<f64> { ascending.iter().zip(1..).map(|(p, i)| p * factor(f64::from(i))).collect() };
    let adjusted = match procedure {
        Procedure::None => ascending,
        Procedure::Bonferroni => scaled(&|_| n),
        Procedure::Holm => running_max(scaled(&|i| n + 1.0 - i)),
        Procedure::Hochberg => running_min(scaled(&|i| n + 1.0 - i)),
        Procedure::Bh => running_min(scaled(&|i| n / i)),
        Procedure::By => {
            let harmonic: f64 = (1..=p.len()).map(|i| 1.0 / i as f64).sum();
            running_min(scaled(&|i| harmonic * n / i))
        }
        Procedure::Hommel => hommel(&ascending),
    };
    let mut result = p.to_vec();
    for (&place, value) in order.iter().zip(adjusted) {
        result[place] = PValue::new(value.min(1.0)).unwrap_or(p[place]);
    }
    result
}

fn running_max(mut values: Vec<f64>) -> Vec<f64> {
    for i in 1..values.len() {
        values[i] = values[i].max(values[i - 1]);
    }
    values
}

fn running_min(mut values: Vec<f64>) -> Vec<f64> {
    for i in (1..values.len()).rev() {
        values[i - 1] = values[i - 1].min(values[i]);
    }
    values
}

/// Hommel's adjusted p-values of ascending `p`: the closed test with Simes' p of every intersection.
///
/// The hardest intersection of m hypotheses that holds a given one takes the m − 1 largest p beside it; if the given one
/// is among the m largest it is those. Source: Wright (1992) Biometrics 48:1005.
fn hommel(p: &[f64]) -> Vec<f64> {
    let n = p.len();
    let mut adjusted = p.to_vec();
    for m in 2..=n {
        let top = &p[n - m + 1..];
        let simes_of_rest = top.iter().zip(2..).map(|(p, rank)| m as f64 * p / f64::from(rank)).fold(f64::INFINITY, f64::min);
        for (i, value) in adjusted.iter_mut().enumerate() {
            let own = m as f64 * p[i.min(n - m)];
            *value = value.max(own.min(simes_of_rest));
        }
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn adjusted(p: &[f64], procedure: Procedure) -> Vec<f64> {
        let p: Vec<PValue> = p.iter().filter_map(|p| PValue::new(*p)).collect();
        adjust(&p, procedure).iter().map(|p| p.get()).collect()
    }

    #[test]
    fn holm_steps_down_and_hochberg_up() {
        assert_eq!(adjusted(&[0.04, 0.01, 0.03], Procedure::Holm), [0.06, 0.03, 0.06]);
        assert_eq!(adjusted(&[0.04, 0.01, 0.03], Procedure::Hochberg), [0.04, 0.03, 0.04]);
    }

    #[test]
    fn one_test_is_left_alone_and_one_stays_one() {
        for procedure in [Procedure::Bonferroni, Procedure::Holm, Procedure::Hochberg, Procedure::Hommel, Procedure::Bh, Procedure::By] {
            assert_eq!(adjusted(&[0.2], procedure), [0.2]);
            assert_eq!(adjusted(&[1.0, 1.0], procedure), [1.0, 1.0]);
            assert!(adjusted(&[], procedure).is_empty());
        }
    }
}
