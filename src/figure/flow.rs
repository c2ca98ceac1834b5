//! The flow figure.

use super::theme::Theme;
use super::{Figure, NotDrawn};
use crate::results::Results;

pub fn flow(_results: &Results, _theme: &Theme) -> Result<Figure, NotDrawn> {
    Err(NotDrawn::new("not drawn yet"))
}
