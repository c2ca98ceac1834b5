//! Where the points of people stand side by side: a beeswarm without chance.

/// Offsets that keep points of `radius` at the heights `ys` (ascending) from covering each other, nearest to the middle
/// first and within `half_width`. Where there is no room left, points overlap, spread evenly.
pub(super) fn swarm(ys: &[f64], radius: f64, half_width: f64) -> Vec<f64> {
    let step = radius / 2.0;
    let slots = (half_width / step).floor().clamp(0.0, 200.0) as usize;
    let mut offsets: Vec<f64> = Vec::with_capacity(ys.len());
    let mut first_near = 0;
    let mut crowded = 0_u32;
    for (i, &y) in ys.iter().enumerate() {
        while first_near < i && (y - ys[first_near]).abs() >= 2.0 * radius {
            first_near += 1;
        }
        let is_free = |x: f64| {
            (first_near..i).all(|j| {
                let (dx, dy) = (x - offsets[j], y - ys[j]);
                dx * dx + dy * dy >= 4.0 * radius * radius * 0.98
            })
        };
        let sides = (0..=slots).flat_map(|slot| [slot as f64 * step, -(slot as f64) * step]);
        let free = sides.into_iter().find(|&x| is_free(x));
        offsets.push(free.unwrap_or_else(|| {
            crowded += 1;
            half_width * (2.0 * halton(crowded) - 1.0)
        }));
    }
    offsets
}

/// Van der Corput's sequence: fills 0 … 1 evenly, however many are taken.
fn halton(mut index: u32) -> f64 {
    let (mut value, mut share) = (0.0, 0.5);
    while index > 0 {
        value += share * f64::from(index & 1);
        index >>= 1;
        share /= 2.0;
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_do_not_cover_each_other_while_there_is_room() {
        let ys = [1.0, 1.0, 1.0, 1.5, 9.0];
        let xs = swarm(&ys, 0.5, 5.0);
        for i in 0..ys.len() {
            for j in 0..i {
                assert!((xs[i] - xs[j]).hypot(ys[i] - ys[j]) > 0.98, "{xs:?}");
            }
        }
        assert_eq!(xs[4], 0.0);
        assert!(swarm(&[0.0; 500], 0.5, 3.0).iter().all(|x| x.abs() <= 3.0));
    }
}
