//! The chain of boxes, one under the other, each loss a side box between two of them.

use super::boxes::{TextBox, arrow};
use super::counts::{Counts, OutcomeCounts, Reason};
use crate::figure::Canvas;
use crate::figure::text::counted;
use crate::figure::theme::Theme;
use crate::results::number;

/// Files named in a box of their own line; more are summed up.
const FILES_NAMED: usize = 4;

/// One box and what is lost after it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Step {
    main: TextBox,
    side: Option<TextBox>,
}

/// Widths of the chain: main boxes stand left, side boxes right of the line that joins them.
struct Widths {
    main: f64,
    most_side: f64,
    axis: f64,
}

impl Widths {
    fn of(theme: &Theme) -> Self {
        let room = theme.width - 2.0 * theme.margin;
        let main = 0.52 * room;
        let axis = theme.margin + main / 2.0;
        Self { main, most_side: theme.width - theme.margin - axis - branch(theme), axis }
    }
}

/// From the line to a side box.
fn branch(theme: &Theme) -> f64 {
    2.0 * theme.label
}

/// The steps that all outcomes share: rows and subjects; with one outcome its pairs too.
pub(super) fn steps(counts: &Counts, theme: &Theme) -> Vec<Step> {
    let widths = Widths::of(theme);
    let step = |head: String, lines: Vec<String>, side: Option<(String, Vec<String>)>| Step {
        main: TextBox::new(&head, &lines, theme, widths.main, widths.main),
        side: side.map(|(head, lines)| TextBox::new(&head, &lines, theme, 0.0, widths.most_side)),
    };
    let mut steps = vec![step(named("Rows read", counts.read), files(counts), lost("Rows not used", &counts.unused))];
    let subjects = named("Subjects", counts.subjects);
    let from = vec![format!("in {} used", counted(counts.used, "row", "rows"))];
    match &counts.outcomes[..] {
        [outcome] => match outcome.steps(counts.subjects) {
            Some((before, after)) => {
                steps.push(step(subjects, from, lost("Without a pre score", &before)));
                steps.push(step(named("With a pre score", outcome.with_pre), Vec::new(), lost("Without a post score", &after)));
                steps.push(step(named("Pairs analysed", outcome.pairs), analysed(outcome, false), None));
            }
            None => {
                steps.push(step(subjects, from, lost("Without a pair", &outcome.reasons())));
                steps.push(step(named("Pairs analysed", outcome.pairs), analysed(outcome, true), None));
            }
        },
        _ => steps.push(step(subjects, from, None)),
    }
    steps
}

fn named(what: &str, count: usize) -> String {
    format!("{what}: {}", number::count(count))
}

fn files(counts: &Counts) -> Vec<String> {
    if counts.files.len() < 2 {
        return counts.files.iter().map(|(file, _)| file.clone()).collect();
    }
    let named_files = if counts.files.len() > FILES_NAMED { FILES_NAMED - 1 } else { FILES_NAMED };
    let mut lines: Vec<String> = counts.files.iter().take(named_files).map(|(file, read)| named(file, *read)).collect();
    let others = counts.files.get(named_files..).unwrap_or_default();
    if !others.is_empty() {
        let rows = others.iter().map(|(_, read)| read).sum();
        lines.push(named(&format!("{} more files", number::count(others.len())), rows));
    }
    lines
}

fn lost(what: &str, reasons: &[Reason]) -> Option<(String, Vec<String>)> {
    let sum: usize = reasons.iter().map(|reason| reason.count).sum();
    (sum > 0).then(|| (named(what, sum), reasons.iter().map(|reason| named(reason.words, reason.count)).collect()))
}

fn analysed(outcome: &OutcomeCounts, with_pre: bool) -> Vec<String> {
    let pre = with_pre.then(|| named("with a pre score", outcome.with_pre));
    [outcome.label.clone()].into_iter().chain(pre).chain([named("with a post score", outcome.with_post)]).collect()
}

/// The height of the chain.
pub(super) fn height(steps: &[Step], theme: &Theme) -> f64 {
    let boxes: f64 = steps.iter().map(|step| step.main.height).sum();
    let gaps: f64 = steps.iter().take(steps.len().saturating_sub(1)).map(|step| gap(step, theme)).sum();
    boxes + gaps
}

/// Between a box and the next: room for the side box, where there is one.
fn gap(step: &Step, theme: &Theme) -> f64 {
    step.side.as_ref().map_or(1.3 * theme.label, |side| side.height + 1.1 * theme.label)
}

/// Draws the chain from `top`; returns where its last box ends. `stretch` is added to every gap.
pub(super) fn draw(canvas: &mut Canvas, steps: &[Step], top: f64, stretch: f64) -> f64 {
    let theme = canvas.theme;
    let widths = Widths::of(theme);
    let mut y = top;
    for (i, step) in steps.iter().enumerate() {
        step.main.draw(canvas, "box", theme.margin, y);
        y += step.main.height;
        if i + 1 == steps.len() {
            break;
        }
        let next = y + gap(step, theme) + stretch;
        arrow(canvas, (widths.axis, y), (widths.axis, next));
        if let Some(side) = &step.side {
            let middle = (y + next) / 2.0;
            let edge = widths.axis + branch(theme);
            arrow(canvas, (widths.axis, middle), (edge, middle));
            side.draw(canvas, "side-box", edge, middle - side.height / 2.0);
        }
        y = next;
    }
    y
}

/// Where the line of the chain stands.
pub(super) fn axis(theme: &Theme) -> f64 {
    Widths::of(theme).axis
}
