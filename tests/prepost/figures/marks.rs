//! Looking marks up by their role.

use prepost::figure::{Bounds, Figure, Mark};

pub fn with_role<'a>(figure: &'a Figure, role: &'a str) -> impl Iterator<Item = &'a Mark> {
    figure.marks.iter().filter(move |mark| mark.role() == role)
}

pub fn role_count(figure: &Figure, role: &str) -> usize {
    with_role(figure, role).count()
}

/// The corners of the first line of this role.
pub fn line(figure: &Figure, role: &str) -> Vec<(f64, f64)> {
    let lines = with_role(figure, role).find_map(|mark| match mark {
        Mark::Line { points, .. } => Some(points.clone()),
        _ => None,
    });
    lines.unwrap_or_else(|| panic!("no line {role}"))
}

pub fn points(figure: &Figure, role: &str) -> Vec<(f64, f64)> {
    let place = |mark: &Mark| match mark {
        Mark::Point { x, y, .. } => Some((*x, *y)),
        _ => None,
    };
    with_role(figure, role).filter_map(place).collect()
}

pub fn texts<'a>(figure: &'a Figure, role: &'a str) -> Vec<&'a str> {
    let text = |mark: &'a Mark| match mark {
        Mark::Text { text, .. } => Some(text.as_str()),
        _ => None,
    };
    with_role(figure, role).filter_map(text).collect()
}

pub fn bounds(figure: &Figure, role: &str) -> Vec<Bounds> {
    with_role(figure, role).map(Mark::bounds).collect()
}
