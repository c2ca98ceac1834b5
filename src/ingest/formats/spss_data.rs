//! The data part of an SPSS file: elements of eight bytes, plain, packed by commands, or those in zlib blocks.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::ZlibDecoder;

use super::faults::{Fault, damaged};

/// The elements of all blocks, unpacked.
const MOST_BYTES: usize = 1 << 29;

/// How the data part is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    Plain,
    Commands,
    Blocks,
}

/// One element of a case.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Element {
    /// Eight bytes as they stand: a number or a piece of text.
    Bytes([u8; 8]),
    /// A number written in its command.
    Small(f64),
    Missing,
}

/// Elements, one after another.
pub struct Elements<'b> {
    bytes: Cow<'b, [u8]>,
    at: usize,
    packing: Packing,
    bias: f64,
    commands: [u8; 8],
    next_command: usize,
}

impl<'b> Elements<'b> {
    /// The elements of the data part that starts at byte `start` of the file.
    pub fn new(file: &'b [u8], start: usize, packing: Packing, bias: f64, big_endian: bool) -> Result<Self, Fault> {
        let bytes = match packing {
            Packing::Blocks => Cow::Owned(unpacked(file, start, big_endian)?),
            _ => Cow::Borrowed(file.get(start..).ok_or(Fault::Damaged)?),
        };
        Ok(Self { bytes, at: 0, packing, bias, commands: [0; 8], next_command: 8 })
    }

    /// The next element; `None` at the end of the data. An element that is cut short is damage.
    pub fn next(&mut self) -> Result<Option<Element>, Fault> {
        if self.packing == Packing::Plain {
            return if self.at == self.bytes.len() { Ok(None) } else { Ok(Some(Element::Bytes(self.eight()?))) };
        }
        loop {
            if self.next_command == 8 {
                if self.at == self.bytes.len() {
                    return Ok(None);
                }
                self.commands = self.eight()?;
                self.next_command = 0;
            }
            let command = self.commands[self.next_command];
            self.next_command += 1;
            return Ok(Some(match command {
                0 => continue,
                252 => return Ok(None),
                253 => Element::Bytes(self.eight()?),
                254 => Element::Bytes([b' '; 8]),
                255 => Element::Missing,
                code => Element::Small(f64::from(code) - self.bias),
            }));
        }
    }

    fn eight(&mut self) -> Result<[u8; 8], Fault> {
        let eight = self.bytes.get(self.at..self.at + 8).and_then(|bytes| bytes.try_into().ok()).ok_or(Fault::Damaged)?;
        self.at += 8;
        Ok(eight)
    }
}

/// The blocks that the trailer lists, unpacked one after another.
fn unpacked(file: &[u8], start: usize, big_endian: bool) -> Result<Vec<u8>, Fault> {
    let number = |at: usize, size: usize| -> Result<usize, Fault> {
        let bytes = at.checked_add(size).and_then(|end| file.get(at..end)).ok_or(Fault::Damaged)?;
        let fold = |value: u64, byte: &u8| value << 8 | u64::from(*byte);
        let value = if big_endian { bytes.iter().fold(0, fold) } else { bytes.iter().rev().fold(0, fold) };
        usize::try_from(value).map_err(|_| damaged())
    };
    // Three offsets stand before the blocks; the trailer comes after them.
    let trailer = number(start.saturating_add(8), 8)?;
    if trailer < start.saturating_add(24) {
        return Err(damaged());
    }
    let blocks = number(trailer.saturating_add(20), 4)?;
    let mut out = Vec::new();
    for block in 0..blocks {
        let entry = block.checked_mul(24).and_then(|skip| trailer.checked_add(24)?.checked_add(skip)).ok_or(Fault::Damaged)?;
        let (at, size, packed) =
            (number(entry.saturating_add(8), 8)?, number(entry.saturating_add(16), 4)?, number(entry.saturating_add(20), 4)?);
        let bytes = at.checked_add(packed).and_then(|end| file.get(at..end)).ok_or(Fault::Damaged)?;
        if out.len().saturating_add(size) > MOST_BYTES {
            return Err(Fault::TooLarge(format!("expected data of at most {} MiB when unpacked, got more", MOST_BYTES >> 20)));
        }
        let before = out.len();
        ZlibDecoder::new(bytes).take(size as u64 + 1).read_to_end(&mut out).map_err(|_| damaged())?;
        if out.len() - before != size {
            return Err(damaged());
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_stand_for_elements() {
        let mut data = vec![0, 131, 254, 253, 255, 252, 0, 0];
        data.extend(1.5_f64.to_le_bytes());
        let mut elements = Elements::new(&data, 0, Packing::Commands, 100.0, false).unwrap();
        let expected = [Element::Small(31.0), Element::Bytes([b' '; 8]), Element::Bytes(1.5_f64.to_le_bytes()), Element::Missing];
        for element in expected {
            assert_eq!(elements.next(), Ok(Some(element)));
        }
        assert_eq!(elements.next(), Ok(None));
    }

    #[test]
    fn what_is_cut_short_is_damage() {
        let mut elements = Elements::new(&[0; 12], 0, Packing::Plain, 100.0, false).unwrap();
        assert_eq!(elements.next(), Ok(Some(Element::Bytes([0; 8]))));
        assert_eq!(elements.next(), Err(Fault::Damaged));
        assert_eq!(Elements::new(&[0; 24], 0, Packing::Blocks, 100.0, false).map(|_| ()), Err(Fault::Damaged));
    }
}
