//! Which stretch of the effect scale a forest plot shows.

use super::headline::Headline;
use super::rows::{Marker, Row};

/// How many times the middle row's distance from the null an axis may reach before a row is cut instead.
const LONGEST: f64 = 3.0;

/// The lowest and highest value shown. One row far out does not squeeze all others: it is cut at the edge.
pub(super) fn shown<'a>(rows: impl Iterator<Item = &'a Row>, headline: Headline) -> (f64, f64) {
    let spans: Vec<(f64, f64)> = rows
        .filter_map(|row| match &row.marker {
            Marker::Effect { value, interval: Ok(interval) } => Some((interval.lower.min(*value), interval.upper.max(*value))),
            Marker::Effect { value, interval: Err(_) } => Some((*value, *value)),
            Marker::Reason(_) => None,
        })
        .filter(|(low, high)| low.is_finite() && high.is_finite())
        .collect();
    let null = headline.null;
    let reach = |(low, high): (f64, f64)| (low - null).abs().max((high - null).abs());
    // A lone marker, as of changes that are all equal, does not say how wide the others are.
    let mut reaches: Vec<f64> = spans.iter().copied().filter(|(low, high)| low < high).map(reach).collect();
    reaches.sort_by(f64::total_cmp);
    let farthest = spans.iter().copied().map(reach).fold(0.0, f64::max);
    let middle = reaches.get(reaches.len().saturating_sub(1) / 2).copied().unwrap_or(farthest);
    let longest = (LONGEST * middle).max(headline.least_reach);
    // A little beyond is no reason to cut.
    let reach = if farthest <= 1.5 * longest { farthest } else { longest };
    let low = spans.iter().map(|(low, _)| low - null).fold(0.0, f64::min).max(-reach);
    let high = spans.iter().map(|(_, high)| high - null).fold(0.0, f64::max).min(reach);
    // Both sides of the null can be seen, and trifles look like trifles.
    let side = (0.15 * (high - low)).max(headline.least_reach / 2.0);
    let (low, high) = (low.min(-side), high.max(side));
    // Limits do not touch the edge, where they would look cut.
    let air = 0.03 * (high - low);
    let (low, high) = (low - air, high + air);
    ((null + low).max(headline.bounds.0), (null + high).min(headline.bounds.1))
}
