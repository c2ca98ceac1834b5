//! Colours, type sizes and line widths of a preset, in millimetres.

use super::{Paint, Stroke};
use crate::plan::Preset;

/// One typographic point in millimetres.
pub const PT: f64 = 25.4 / 72.0;

const fn paint(r: u8, g: u8, b: u8) -> Paint {
    Paint { rgb: (r, g, b), opacity: 1.0 }
}

// Okabe & Ito (2008): distinguishable with every common colour vision deficiency.
pub const PRE: Paint = paint(0x56, 0xB4, 0xE9);
pub const POST: Paint = paint(0x00, 0x72, 0xB2);
pub const IMPROVED: Paint = paint(0x00, 0x9E, 0x73);
pub const WORSENED: Paint = paint(0xD5, 0x5E, 0x00);
pub const UNCHANGED: Paint = paint(0x99, 0x99, 0x99);
/// Intervals and text.
pub const INK: Paint = paint(0x22, 0x22, 0x22);
/// Text of second rank; 5.7 : 1 on white.
pub const MUTED: Paint = paint(0x66, 0x66, 0x66);
/// Lines that help reading a value.
pub const GUIDE: Paint = paint(0xCC, 0xCC, 0xCC);
pub const WHITE: Paint = paint(0xFF, 0xFF, 0xFF);

/// What a preset prescribes. Lengths are millimetres; type sizes are those of the em.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Theme {
    pub preset: Preset,
    pub width: f64,
    /// The height of a preset that has one (the slide).
    pub height: Option<f64>,
    /// What a figure with free height may take.
    pub max_height: f64,
    pub margin: f64,
    pub title: f64,
    /// Labels and the line under the title.
    pub label: f64,
    /// Tick labels and notes: the smallest type of the preset.
    pub tick: f64,
    pub axis_line: f64,
    pub data_line: f64,
    /// Lines of single people.
    pub thin_line: f64,
    /// Radius of the point of one person.
    pub point: f64,
    /// Radius of the point of a mean or an estimate.
    pub mean_point: f64,
}

impl Theme {
    pub fn of(preset: Preset) -> Self {
        let pt = |value: f64| value * PT;
        match preset {
            Preset::Journal | Preset::JournalWide => Self {
                preset,
                width: if preset == Preset::Journal { 89.0 } else { 183.0 },
                height: None,
                max_height: 170.0,
                margin: 2.0,
                title: pt(8.0),
                label: pt(7.0),
                tick: pt(6.0),
                axis_line: pt(0.5),
                data_line: pt(1.0),
                thin_line: pt(0.4),
                point: 0.5,
                mean_point: 1.0,
            },
            Preset::Slide => Self {
                preset,
                width: 338.7,
                height: Some(190.5),
                max_height: 190.5,
                margin: 9.0,
                title: pt(28.0),
                label: pt(20.0),
                tick: pt(16.0),
                axis_line: pt(2.0),
                data_line: pt(3.0),
                thin_line: pt(1.0),
                point: 1.3,
                mean_point: 2.6,
            },
            Preset::Poster => Self {
                preset,
                width: 300.0,
                height: None,
                max_height: 420.0,
                margin: 7.0,
                title: pt(32.0),
                label: pt(26.0),
                tick: pt(24.0),
                axis_line: pt(2.0),
                data_line: pt(3.0),
                thin_line: pt(1.4),
                point: 1.7,
                mean_point: 3.4,
            },
        }
    }

    /// From one baseline to the next.
    pub fn leading(&self, size: f64) -> f64 {
        size * 1.3
    }

    /// The stroke of axes and ticks.
    pub fn axis(&self) -> Stroke {
        Stroke { paint: INK, width: self.axis_line, dash: None }
    }

    /// The stroke of light lines that help reading.
    pub fn guide(&self) -> Stroke {
        Stroke { paint: GUIDE, width: self.axis_line, dash: None }
    }

    /// The stroke of intervals.
    pub fn interval(&self) -> Stroke {
        Stroke { paint: INK, width: self.data_line, dash: None }
    }
}

/// The resolution of a PNG: as asked, else 144 dpi for the slide (1920 × 1080 px) and 300 dpi for print.
pub fn resolution(preset: Preset, asked: Option<u32>) -> u32 {
    asked.unwrap_or(preset.default_dpi())
}

impl Paint {
    /// The same colour, more transparent.
    pub const fn with_opacity(self, opacity: f64) -> Paint {
        Paint { rgb: self.rgb, opacity }
    }
}
