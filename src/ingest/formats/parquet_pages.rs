//! Limits of Parquet pages, checked before any is unpacked: the library makes room for whatever size a page declares.

use parquet::basic::Compression;
use parquet::file::metadata::ParquetMetaData;

use super::faults::{Fault, damaged};

/// One page, unpacked. Writers make pages of about 1 MiB; dictionaries may be larger.
const MOST_PAGE: u64 = 1 << 28;
/// All pages of the columns that are read, unpacked.
const MOST_BYTES: u64 = 1 << 31;
/// How much more than its packed size a page can hold, where the library does not stop at the declared size.
const DEFLATE_RATIO: u64 = 1032;
const LZ4_RATIO: u64 = 256;

/// Walks the page headers of the leaves that will be read.
pub fn check(bytes: &[u8], metadata: &ParquetMetaData, leaves: &[usize]) -> Result<(), Fault> {
    let mut total = 0_u64;
    for group in metadata.row_groups() {
        for &leaf in leaves {
            let chunk = group.columns().get(leaf).ok_or(Fault::Damaged)?;
            let ratio = match chunk.compression() {
                Compression::UNCOMPRESSED | Compression::SNAPPY | Compression::ZSTD(_) | Compression::LZ4_RAW => 0,
                Compression::GZIP(_) => DEFLATE_RATIO,
                Compression::LZ4 => LZ4_RATIO,
                _ => {
                    return Err(Fault::Cell {
                        row: None,
                        what: "a column is packed in a way that is not read".to_owned(),
                        hint: "write the file with compression snappy, zstd, gzip or none",
                    });
                }
            };
            let start =
                chunk.dictionary_page_offset().filter(|at| *at > 0).map_or(chunk.data_page_offset(), |at| at.min(chunk.data_page_offset()));
            let start = usize::try_from(start).map_err(|_| damaged())?;
            let length = usize::try_from(chunk.compressed_size()).map_err(|_| damaged())?;
            let mut rest = start.checked_add(length).and_then(|end| bytes.get(start..end)).ok_or(Fault::Damaged)?;
            while !rest.is_empty() {
                let mut thrift = Thrift { bytes: rest, at: 0 };
                let (unpacked, packed) = thrift.page_sizes().ok_or(Fault::Damaged)?;
                let most = unpacked.max(packed.saturating_mul(ratio));
                if most > MOST_PAGE.max(packed) && (unpacked > MOST_PAGE || most > MOST_BYTES) {
                    return Err(Fault::TooLarge(format!("expected pages of at most {} MiB, got a larger one", MOST_PAGE >> 20)));
                }
                total = total.saturating_add(unpacked);
                let end = thrift.at.checked_add(usize::try_from(packed).map_err(|_| damaged())?).ok_or(Fault::Damaged)?;
                rest = rest.get(end..).ok_or(Fault::Damaged)?;
            }
        }
    }
    if total > MOST_BYTES {
        return Err(Fault::TooLarge(format!("expected a table of at most {} MiB, got more", MOST_BYTES >> 20)));
    }
    Ok(())
}

/// Reads Thrift's compact protocol as far as a page header needs.
struct Thrift<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Thrift<'_> {
    /// The unpacked and packed size in the page header here, which is read to its end.
    fn page_sizes(&mut self) -> Option<(u64, u64)> {
        let (mut field, mut unpacked, mut packed) = (0, None, None);
        loop {
            let byte = self.byte()?;
            if byte == 0 {
                return Some((unpacked?, packed?));
            }
            field = if byte >> 4 == 0 { self.zigzag()? } else { field + i64::from(byte >> 4) };
            match (field, byte & 15) {
                (2, I32) => unpacked = Some(u64::try_from(self.zigzag()?).ok()?),
                (3, I32) => packed = Some(u64::try_from(self.zigzag()?).ok()?),
                (_, kind) => self.skip(kind, 0)?,
            }
        }
    }

    fn skip(&mut self, kind: u8, depth: u32) -> Option<()> {
        match kind {
            _ if depth > 16 => return None,
            // A boolean field holds its value in its kind.
            1 | 2 => {}
            3 => self.at += 1,
            4..=6 => {
                self.varint()?;
            }
            7 => self.at += 8,
            BINARY => {
                let length = usize::try_from(self.varint()?).ok()?;
                self.at = self.at.checked_add(length)?;
            }
            9 | 10 => {
                let head = self.byte()?;
                let length = if head >> 4 == 15 { self.varint()? } else { u64::from(head >> 4) };
                for _ in 0..length {
                    match head & 15 {
                        1 | 2 => self.at += 1,
                        element => self.skip(element, depth + 1)?,
                    }
                    self.bytes.get(self.at.checked_sub(1)?)?;
                }
            }
            STRUCT => loop {
                let byte = self.byte()?;
                if byte == 0 {
                    break;
                }
                if byte >> 4 == 0 {
                    self.zigzag()?;
                }
                self.skip(byte & 15, depth + 1)?;
            },
            _ => return None,
        }
        Some(())
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn varint(&mut self) -> Option<u64> {
        let (mut value, mut shift) = (0_u64, 0);
        loop {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7F).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(value);
            }
            shift += 7;
        }
    }

    fn zigzag(&mut self) -> Option<i64> {
        let value = self.varint()?;
        Some((value >> 1) as i64 ^ -((value & 1) as i64))
    }
}

const I32: u8 = 5;
const BINARY: u8 = 8;
const STRUCT: u8 = 12;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sizes_of_a_page_header() {
        // 1: type 0, 2: 300 bytes, 3: 20 bytes, 5: a structure with a boolean and a text; then the page.
        let header = [0x15, 0, 0x15, 0xD8, 0x04, 0x15, 40, 0x2C, 0x11, 0x18, 2, b'a', b'b', 0, 0, 0xFF];
        let mut thrift = Thrift { bytes: &header, at: 0 };
        assert_eq!((thrift.page_sizes(), thrift.at), (Some((300, 20)), 15));
        assert_eq!(Thrift { bytes: &header[..9], at: 0 }.page_sizes(), None);
    }
}
