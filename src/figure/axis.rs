//! Scales and ticks.

use crate::results::number;

/// A linear map from values to millimetres; `start` is the place of `from`, and may lie beyond `end` (upward axes).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    pub from: f64,
    pub to: f64,
    pub start: f64,
    pub end: f64,
}

impl Scale {
    /// A scale over `domain`; an empty domain is widened, so that one value stands in the middle.
    pub fn new(domain: (f64, f64), start: f64, end: f64) -> Self {
        let (from, to) = widened(domain);
        Self { from, to, start, end }
    }

    pub fn at(&self, value: f64) -> f64 {
        // Halved first, so that domains near the limits of a double do not overflow.
        let share = (value / 2.0 - self.from / 2.0) / (self.to / 2.0 - self.from / 2.0);
        self.start + share * (self.end - self.start)
    }

    /// Ticks within the domain: as many as fit with `spacing` millimetres between them, closer together where that
    /// leaves fewer than three.
    pub fn ticks(&self, spacing: f64) -> Ticks {
        let room = ((self.end - self.start).abs() / spacing).floor().clamp(1.0, 10.0) as usize;
        let ticks = |steps| Ticks::within(self.from, self.to, steps);
        let enough = (room..=room + room / 2 + 1).map(ticks).find(|ticks| ticks.values.len() >= LEAST);
        enough.unwrap_or_else(|| ticks(room))
    }

    /// Ticks along the data from `low` to `high`, out of those of the whole scale: those within, and their neighbours where
    /// the data are so close together that a reader could not tell the scale from them.
    pub fn ticks_along(&self, spacing: f64, (low, high): (f64, f64)) -> Ticks {
        let reach = (high - low) * 0.02 + (self.to - self.from) * 0.01;
        let within = |ticks: &Ticks| ticks.values.iter().filter(|&&v| v >= low - reach && v <= high + reach).count();
        let airy = self.ticks(spacing);
        let tight = self.ticks(spacing * 0.6);
        let ticks = if within(&airy) < LEAST && within(&tight) > within(&airy) { tight } else { airy };
        let outside = |v: f64| (low - reach - v).max(v - high - reach).max(0.0);
        let mut values = ticks.values;
        while values.len() > LEAST {
            // The ends are the farthest; the farther of both goes first.
            let (first, last) = (outside(values[0]), outside(values[values.len() - 1]));
            match (first, last) {
                (0.0, 0.0) => break,
                _ if first > last => drop(values.remove(0)),
                _ => drop(values.pop()),
            }
        }
        Ticks { values, decimals: ticks.decimals }
    }
}

/// The fewest ticks that say what the scale is.
const LEAST: usize = 3;

/// `domain`, widened by a half on either side where both ends are the same.
fn widened((from, to): (f64, f64)) -> (f64, f64) {
    if from < to {
        return (from, to);
    }
    let half = if from == 0.0 || from.abs() < 1e15 { 0.5 } else { from.abs() / 2.0 };
    (from - half, from + half)
}

/// The smallest interval around `values`; `None` where there are none.
pub fn extent(values: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
    values.into_iter().filter(|value| value.is_finite()).fold(None, |extent, value| {
        let (low, high) = extent.unwrap_or((value, value));
        Some((low.min(value), high.max(value)))
    })
}

/// `domain` with `share` of its length added on both sides.
pub fn padded((from, to): (f64, f64), share: f64) -> (f64, f64) {
    let (from, to) = widened((from, to));
    let pad = (to / 2.0 - from / 2.0) * 2.0 * share;
    (from - pad, to + pad)
}

/// Moves `centres` (ascending) as little as needed for `spacing` between neighbours within `low ..= high`; `None` where
/// they do not fit.
pub fn spread(centres: &[f64], spacing: f64, low: f64, high: f64) -> Option<Vec<f64>> {
    if spacing * (centres.len() as f64 - 1.0) > high - low {
        return None;
    }
    let mut places: Vec<f64> = centres.to_vec();
    let mut floor = low;
    for place in &mut places {
        *place = place.max(floor);
        floor = *place + spacing;
    }
    let mut ceiling = high;
    for place in places.iter_mut().rev() {
        *place = place.min(ceiling);
        ceiling = *place - spacing;
    }
    Some(places)
}

/// Round values, all with the same decimals.
#[derive(Debug, Clone, PartialEq)]
pub struct Ticks {
    pub values: Vec<f64>,
    pub decimals: usize,
}

impl Ticks {
    /// Multiples of 1, 2 or 5 times a power of ten within `from ..= to`: at most `at_most` steps between them.
    pub fn within(from: f64, to: f64, at_most: usize) -> Self {
        let rough = (to / 2.0 - from / 2.0) * 2.0 / at_most.max(1) as f64;
        if !(rough.is_finite() && rough > 0.0) {
            return Self { values: vec![from], decimals: 0 };
        }
        let mut exponent = libm::floor(libm::log10(rough)) as i32;
        let unit = libm::pow(10.0, f64::from(exponent));
        // The tolerance keeps a step that is round in decimals from being missed by the last bit.
        let mut multiple = [1.0, 2.0, 5.0, 10.0].into_iter().find(|m| m * unit >= rough * (1.0 - 1e-9)).unwrap_or(10.0);
        if multiple == 10.0 {
            multiple = 1.0;
            exponent += 1;
        }
        // Ticks are whole multiples divided by a power of ten, so that 0.3 is 0.3 and not 0.30000000000000004.
        let power = libm::pow(10.0, f64::from(exponent.abs()));
        let value = |k: f64| if exponent < 0 { k * multiple / power } else { k * multiple * power };
        let step = value(1.0);
        let (first, last) = (libm::ceil(from / step - 1e-9), libm::floor(to / step + 1e-9));
        let count = (last - first).clamp(0.0, 20.0) as usize;
        let values = (0..=count).map(|i| value(first + i as f64)).filter(|v| v.is_finite()).map(|v| if v == 0.0 { 0.0 } else { v });
        Self { values: values.collect(), decimals: (-exponent).clamp(0, 15) as usize }
    }

    pub fn labels(&self) -> Vec<String> {
        self.values.iter().map(|&value| label(value, self.decimals, number::fixed)).collect()
    }

    /// With a plus sign: for changes.
    pub fn signed_labels(&self) -> Vec<String> {
        self.values.iter().map(|&value| label(value, self.decimals, number::signed)).collect()
    }
}

fn label(value: f64, decimals: usize, write: fn(f64, usize) -> String) -> String {
    // Beyond this, digits no longer fit beside a plot.
    if value.abs() >= 1e9 { number::data(value).replace('-', "−") } else { write(value, decimals) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_share_their_decimals() {
        assert_eq!(Ticks::within(0.0, 63.0, 5).values, [0.0, 20.0, 40.0, 60.0]);
        let ticks = Ticks::within(-0.31, 0.3, 6);
        assert_eq!(ticks.signed_labels(), ["−0.2", "0.0", "+0.2"]);
        assert_eq!(Ticks::within(0.1, 0.3, 2).values, [0.1, 0.2, 0.3]);
        assert_eq!(Ticks::within(5.0, 5.0, 4).values, [5.0]);
    }

    #[test]
    fn an_axis_of_close_values_still_has_three_ticks() {
        let scale = Scale::new((0.2, 1.0), 60.0, 0.0);
        assert_eq!(scale.ticks_along(5.0, (0.48, 0.52)).labels(), ["0.4", "0.5", "0.6"]);
        assert_eq!(scale.ticks_along(5.0, (0.3, 0.5)).labels(), ["0.3", "0.4", "0.5"]);
        assert_eq!(scale.ticks_along(5.0, (0.2, 0.2)).labels(), ["0.2", "0.3", "0.4"]);
        assert_eq!(Scale::new((0.0, 0.0), 60.0, 0.0).ticks(20.0).signed_labels(), ["−0.5", "0.0", "+0.5"]);
    }

    #[test]
    fn one_value_stands_in_the_middle() {
        let scale = Scale::new((7.0, 7.0), 0.0, 10.0);
        assert_eq!(scale.at(7.0), 5.0);
        assert_eq!(Scale::new((0.0, 10.0), 100.0, 0.0).at(2.5), 75.0);
        assert!(Scale::new((-1e308, 1e308), 0.0, 10.0).at(1e308) <= 10.0);
    }
}
