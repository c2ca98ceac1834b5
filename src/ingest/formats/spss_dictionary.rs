//! The dictionary of an SPSS file: its variables, and where the data start.
//!
//! The layout is that of the PSPP developers' description of system files.

use encoding_rs::{Encoding, UTF_8};

use super::faults::{Fault, damaged};
use super::spss_data::Packing;

/// What stands before the data.
#[derive(Debug)]
pub struct Dictionary {
    pub variables: Vec<Variable>,
    pub encoding: &'static Encoding,
    pub packing: Packing,
    pub bias: f64,
    pub big_endian: bool,
    /// Cases, where the file says how many.
    pub cases: Option<u64>,
    /// The byte at which the data start.
    pub data: usize,
}

/// A variable, or a further piece of a very long text.
#[derive(Debug, Clone)]
pub struct Variable {
    short: Vec<u8>,
    pub name: String,
    /// Bytes of text; 0 for a number.
    pub width: usize,
    /// The format that values are shown in.
    pub format: u8,
    pub missing: UserMissing,
    /// A text of more than 255 bytes, or a further piece of one (which has no name of its own).
    pub very_long: Option<Piece>,
}

/// Which piece of a very long text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    First,
    Further,
}

/// Values that the variable declares missing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UserMissing {
    pub range: Option<(f64, f64)>,
    pub values: Vec<[u8; 8]>,
}

impl Variable {
    /// Elements that a case has for it.
    pub fn elements(&self) -> usize {
        self.width.div_ceil(8).max(1)
    }
}

impl Dictionary {
    pub fn read(file: &[u8], declared: Option<&'static Encoding>) -> Result<Self, Fault> {
        let big_endian = match file.get(64..68).ok_or(Fault::Damaged)? {
            [2 | 3, 0, 0, 0] => false,
            [0, 0, 0, 2 | 3] => true,
            _ => return Err(damaged()),
        };
        let mut input = Input { file, at: 72, big_endian };
        let packing = match input.integer()? {
            0 => Packing::Plain,
            1 => Packing::Commands,
            2 => Packing::Blocks,
            _ => return Err(damaged()),
        };
        input.take(4)?;
        let cases = u64::try_from(input.integer()?).ok();
        let bias = input.double()?;
        input.at = 176;
        let mut dictionary = Self { variables: Vec::new(), encoding: UTF_8, packing, bias, big_endian, cases, data: 0 };
        let (mut code_page, mut named, mut long_names, mut long_texts) = (None, None, Vec::new(), Vec::new());
        loop {
            match input.integer()? {
                2 => dictionary.variables.extend(variable(&mut input)?),
                3 => {
                    for _ in 0..input.count()? {
                        input.take(8)?;
                        let length = usize::from(input.take(1)?[0]);
                        input.take((length + 1).next_multiple_of(8) - 1)?;
                    }
                }
                4 => {
                    let count = input.count()?;
                    input.take(count.saturating_mul(4))?;
                }
                6 => {
                    let lines = input.count()?;
                    input.take(lines.saturating_mul(80))?;
                }
                7 => {
                    let kind = input.integer()?;
                    let (size, count) = (input.count()?, input.count()?);
                    let data = input.take(size.saturating_mul(count))?;
                    match kind {
                        3 => code_page = data.get(28..32).map(|four| Input { file: four, at: 0, big_endian }.integer()).transpose()?,
                        13 => long_names = data.to_vec(),
                        14 => long_texts = data.to_vec(),
                        20 => named = Encoding::for_label(data),
                        _ => {}
                    }
                }
                999 => break,
                _ => return Err(damaged()),
            }
        }
        input.take(4)?;
        dictionary.data = input.at;
        dictionary.encoding = named.or(declared).or_else(|| code_page.and_then(of_code_page)).unwrap_or(UTF_8);
        dictionary.name(&long_names, &long_texts)?;
        Ok(dictionary)
    }

    /// Gives the variables their names of today; the records have them in at most eight capitals.
    fn name(&mut self, long_names: &[u8], long_texts: &[u8]) -> Result<(), Fault> {
        let pairs = |list: &[u8]| -> Vec<(Vec<u8>, Vec<u8>)> {
            let pairs = list.split(|byte| *byte == b'\t').filter_map(|pair| {
                let at = pair.iter().position(|byte| *byte == b'=')?;
                let value = pair[at + 1..].iter().copied().take_while(|byte| *byte != 0).collect();
                Some((pair[..at].to_vec(), value))
            });
            pairs.collect()
        };
        let (names, texts) = (pairs(long_names), pairs(long_texts));
        let mut further = 0;
        for variable in &mut self.variables {
            if further > 0 {
                further -= 1;
                variable.very_long = Some(Piece::Further);
                continue;
            }
            let named = names.iter().find(|(short, _)| short.eq_ignore_ascii_case(&variable.short));
            variable.name = decoded(named.map_or(&variable.short, |(_, name)| name), self.encoding)?;
            let width = texts.iter().find(|(short, _)| short.eq_ignore_ascii_case(&variable.short));
            if let Some((_, width)) = width {
                let width: usize = std::str::from_utf8(width).ok().and_then(|width| width.trim().parse().ok()).ok_or(Fault::Damaged)?;
                // Each piece but the last carries 252 bytes.
                further = width.div_ceil(252).saturating_sub(1);
                variable.very_long = Some(Piece::First);
            }
        }
        Ok(())
    }
}

/// Text in the encoding of the file, strictly.
pub fn decoded(bytes: &[u8], encoding: &'static Encoding) -> Result<String, Fault> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes).ok_or_else(|| Fault::Cell {
        row: None,
        what: format!("expected text in {}, as the file says, got other bytes", encoding.name()),
        hint: "declare its `encoding` under [data] in trial.toml, or save the file again in Unicode mode",
    })?;
    Ok(text.trim_end_matches([' ', '\0']).to_owned())
}

/// One variable record; the further elements of a text have records too, which say nothing.
fn variable(input: &mut Input) -> Result<Option<Variable>, Fault> {
    let width = input.integer()?;
    let labelled = input.integer()? != 0;
    let missing = input.integer()?;
    let format = (input.integer()? >> 16 & 0xFF) as u8;
    input.take(4)?;
    let short = input.take(8)?;
    if labelled {
        let length = input.count()?;
        input.take(length.next_multiple_of(4))?;
    }
    let mut values = Vec::new();
    for _ in 0..missing.unsigned_abs().min(4) {
        values.push(<[u8; 8]>::try_from(input.take(8)?).map_err(|_| damaged())?);
    }
    if missing.unsigned_abs() > 3 || !(-1..=255).contains(&width) {
        return Err(damaged());
    }
    if width < 0 {
        return Ok(None);
    }
    let range = (missing < -1).then(|| (input.number(values[0]), input.number(values[1])));
    values.drain(..if range.is_some() { 2 } else { 0 });
    let end = short.iter().rposition(|byte| !matches!(byte, b' ' | 0)).map_or(0, |last| last + 1);
    Ok(Some(Variable {
        short: short[..end].to_vec(),
        name: String::new(),
        width: width as usize,
        format,
        missing: UserMissing { range, values },
        very_long: None,
    }))
}

/// The encoding of a Windows code page.
fn of_code_page(page: i32) -> Option<&'static Encoding> {
    let label = match page {
        65001 => "utf-8".to_owned(),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        1250..=1258 => format!("windows-{page}"),
        28591..=28606 => format!("iso-8859-{}", page - 28590),
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

/// Reads the file from its start, never beyond its end.
struct Input<'b> {
    file: &'b [u8],
    at: usize,
    big_endian: bool,
}

impl<'b> Input<'b> {
    fn take(&mut self, length: usize) -> Result<&'b [u8], Fault> {
        let taken = self.at.checked_add(length).and_then(|end| self.file.get(self.at..end)).ok_or(Fault::Damaged)?;
        self.at += length;
        Ok(taken)
    }

    fn integer(&mut self) -> Result<i32, Fault> {
        let four: [u8; 4] = self.take(4)?.try_into().map_err(|_| damaged())?;
        Ok(if self.big_endian { i32::from_be_bytes(four) } else { i32::from_le_bytes(four) })
    }

    fn count(&mut self) -> Result<usize, Fault> {
        usize::try_from(self.integer()?).map_err(|_| damaged())
    }

    fn double(&mut self) -> Result<f64, Fault> {
        let eight = self.take(8)?.try_into().map_err(|_| damaged())?;
        Ok(self.number(eight))
    }

    fn number(&self, eight: [u8; 8]) -> f64 {
        if self.big_endian { f64::from_be_bytes(eight) } else { f64::from_le_bytes(eight) }
    }
}
