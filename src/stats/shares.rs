//! Shares of people: at the ends of a scale, and by the direction of their change.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Changes;
use crate::decimal::{Decimal, Score};

/// Percent of scores at the ends of the scale.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScaleEnds {
    pub pct_floor_pre: f64,
    pub pct_ceiling_pre: f64,
    pub pct_floor_post: f64,
    pub pct_ceiling_post: f64,
}

/// How many people improved, did not change and got worse, and their percent of the pairs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ClassShares {
    pub n_improved: usize,
    pub n_unchanged: usize,
    pub n_worsened: usize,
    pub pct_improved: f64,
    pub pct_unchanged: f64,
    pub pct_worsened: f64,
}

/// Percent of the paired scores at the lowest and the highest value a scale allows, judged on the decimals; `None` without
/// pairs. `pre[i]` and `post[i]` belong to one person.
pub fn scale_ends(pre: &[Score], post: &[Score], [min, max]: [Decimal; 2]) -> Option<ScaleEnds> {
    let share = |column: &[Score], end: Decimal| {
        let at_end = column.iter().filter(|score| **score == Score::Exact(end)).count();
        100.0 * at_end as f64 / column.len() as f64
    };
    (!pre.is_empty() && !post.is_empty()).then(|| ScaleEnds {
        pct_floor_pre: share(pre, min),
        pct_ceiling_pre: share(pre, max),
        pct_floor_post: share(post, min),
        pct_ceiling_post: share(post, max),
    })
}

/// Who improved, stayed and got worse by any amount; `benefit_sign` is +1 where a positive change is an improvement, −1
/// where it is a worsening. `None` without pairs.
pub fn class_shares(changes: &Changes, benefit_sign: f64) -> Option<ClassShares> {
    let keys = changes.keys();
    let n = keys.len();
    let count = |wanted: f64| keys.iter().filter(|&&key| key.signum() as f64 * benefit_sign == wanted).count();
    let percent = |count: usize| 100.0 * count as f64 / n as f64;
    let (n_improved, n_worsened) = (count(1.0), count(-1.0));
    let n_unchanged = n - n_improved - n_worsened;
    (n > 0).then(|| ClassShares {
        n_improved,
        n_unchanged,
        n_worsened,
        pct_improved: percent(n_improved),
        pct_unchanged: percent(n_unchanged),
        pct_worsened: percent(n_worsened),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_are_counted_by_what_is_better() {
        let changes = Changes::from_f64(&[-2.0, -0.5, 0.0, 1.0, -1.0]);
        let counts = |sign| class_shares(&changes, sign).map(|c| (c.n_improved, c.n_unchanged, c.n_worsened, c.pct_improved));
        assert_eq!(counts(-1.0), Some((3, 1, 1, 60.0)));
        assert_eq!(counts(1.0), Some((1, 1, 3, 20.0)));
        assert_eq!(class_shares(&Changes::from_f64(&[]), 1.0), None);
    }

    #[test]
    fn the_ends_are_those_of_the_scale() {
        let score = |value: i32| Score::Exact(Decimal::from_integer(value));
        let ends = [Decimal::from_integer(0), Decimal::from_integer(27)];
        let shares = scale_ends(&[score(0), score(27), score(5), score(0)], &[score(0), score(1), score(2), score(3)], ends);
        let expected = ScaleEnds { pct_floor_pre: 50.0, pct_ceiling_pre: 25.0, pct_floor_post: 25.0, pct_ceiling_post: 0.0 };
        assert_eq!(shares, Some(expected));
        assert_eq!(scale_ends(&[], &[], ends), None);
    }
}
