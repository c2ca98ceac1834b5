//! The checker of layouts: all marks on the canvas, no two texts over each other.

use prepost::figure::{Bounds, Figure, Mark};

/// A tenth of a millimetre: less than a hairline.
const TOLERANCE: f64 = 0.1;

/// What is wrong with a layout; empty where all is well.
pub fn faults(figure: &Figure) -> Vec<String> {
    let mut faults = Vec::new();
    let mut texts: Vec<(Bounds, &str)> = Vec::new();
    for mark in &figure.marks {
        let b = mark.bounds();
        let inside = b.left >= -TOLERANCE
            && b.top >= -TOLERANCE
            && b.right <= figure.size.width + TOLERANCE
            && b.bottom <= figure.size.height + TOLERANCE;
        // Written so that NaN is outside.
        if !inside {
            faults.push(format!("off the canvas: {} {b:?} {}", mark.role(), text(mark)));
        }
        if let Mark::Text { text, .. } = mark {
            let shrunk =
                Bounds { left: b.left + TOLERANCE, top: b.top + TOLERANCE, right: b.right - TOLERANCE, bottom: b.bottom - TOLERANCE };
            faults.extend(
                texts.iter().filter(|(other, _)| other.overlaps(&shrunk)).map(|(_, other)| format!("`{text}` lies over `{other}`")),
            );
            texts.push((shrunk, text));
        }
    }
    faults
}

/// Fails with all faults of the layout.
pub fn check(figure: &Figure) {
    let faults = faults(figure);
    assert!(faults.is_empty(), "{}: {faults:#?}", figure.id);
}

fn text(mark: &Mark) -> &str {
    match mark {
        Mark::Text { text, .. } => text,
        _ => "",
    }
}
