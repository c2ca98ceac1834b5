//! The raincloud figure.

use super::theme::Theme;
use super::{Drawing, Figure, NotDrawn};
use crate::trial::Outcome;

pub fn raincloud(_outcome: &Outcome, _drawing: &Drawing, _theme: &Theme) -> Result<Figure, NotDrawn> {
    Err(NotDrawn::new("not drawn yet"))
}
