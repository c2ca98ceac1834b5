//! A bar on a terminal, nothing when piped.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::terminal::Terminal;

/// Progress over a known number of steps; may be ticked from any thread.
pub struct Progress(ProgressBar);

impl Progress {
    pub fn new(terminal: &Terminal, what: &'static str, steps: usize) -> Self {
        if !terminal.shows_progress() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::with_draw_target(Some(steps as u64), ProgressDrawTarget::stderr()).with_message(what);
        // The template is a constant of ours; a broken one would only cost its looks.
        if let Ok(style) = ProgressStyle::with_template("{msg:>10} {wide_bar} {pos}/{len} {eta}") {
            bar.set_style(style);
        }
        Self(bar)
    }

    pub fn step(&self) {
        self.0.inc(1);
    }

    /// Takes the bar away; it also goes when dropped.
    pub fn finish(&self) {
        self.0.finish_and_clear();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.finish();
    }
}
