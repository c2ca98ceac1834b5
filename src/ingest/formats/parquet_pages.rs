//! Limits of Parquet pages, checked before any is unpacked: the library makes room for whatever size a page declares.

use std::io::{self, Read};

use flate2::read::MultiGzDecoder;
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
/// How a page begins that old programs packed as an LZ4 frame; of other LZ4 pages the library keeps to the declared size.
const LZ4_FRAME: [u8; 4] = [0x04, 0x22, 0x4D, 0x18];

/// Walks the page headers of the leaves that will be read.
pub fn check(bytes: &[u8], metadata: &ParquetMetaData, leaves: &[usize]) -> Result<(), Fault> {
    let mut total = 0_u64;
    // Writers put what they like into the columns of a group without rows, which are not read.
    for group in metadata.row_groups().iter().filter(|group| group.num_rows() != 0) {
        for &leaf in leaves {
            let chunk = group.columns().get(leaf).ok_or(Fault::Damaged)?;
            let packing = chunk.compression();
            if matches!(packing, Compression::BROTLI(_) | Compression::LZO) {
                return Err(Fault::Cell {
                    row: None,
                    what: "a column is packed in a way that is not read".to_owned(),
                    hint: "write the file with compression snappy, zstd, gzip or none",
                });
            }
            let start =
                chunk.dictionary_page_offset().filter(|at| *at > 0).map_or(chunk.data_page_offset(), |at| at.min(chunk.data_page_offset()));
            let start = usize::try_from(start).map_err(|_| damaged())?;
            let length = usize::try_from(chunk.compressed_size()).map_err(|_| damaged())?;
            let mut rest = start.checked_add(length).and_then(|end| bytes.get(start..end)).ok_or(Fault::Damaged)?;
            while !rest.is_empty() {
                let mut thrift = Thrift { bytes: rest, at: 0 };
                let page = thrift.page().ok_or(Fault::Damaged)?;
                let end = thrift.at.checked_add(usize::try_from(page.packed).map_err(|_| damaged())?).ok_or(Fault::Damaged)?;
                check_page(&page, rest.get(thrift.at..end).ok_or(Fault::Damaged)?, packing)?;
                total = total.saturating_add(page.unpacked);
                rest = &rest[end..];
            }
        }
    }
    if total > MOST_BYTES {
        return Err(Fault::TooLarge(format!("expected a table of at most {} MiB, got more", MOST_BYTES >> 20)));
    }
    Ok(())
}

/// What a page header says.
#[derive(Debug, Default, PartialEq, Eq)]
struct Page {
    /// Both sizes with the levels.
    unpacked: u64,
    packed: u64,
    /// Bytes of levels before the values (version 2), which are never packed.
    levels: u64,
    is_plain: bool,
}

/// Stops a page that is too large, or that could unpack to more than it declares: such a page is unpacked once, counting.
fn check_page(page: &Page, bytes: &[u8], packing: Compression) -> Result<(), Fault> {
    let too_large = || Fault::TooLarge(format!("expected pages of at most {} MiB, got a larger one", MOST_PAGE >> 20));
    if page.unpacked > MOST_PAGE.max(page.packed) {
        return Err(too_large());
    }
    let values = usize::try_from(page.levels).ok().and_then(|levels| bytes.get(levels..)).ok_or(Fault::Damaged)?;
    let could_be = |ratio: u64| if page.is_plain { 0 } else { page.packed.saturating_mul(ratio) };
    match packing {
        Compression::LZ4 if values.starts_with(&LZ4_FRAME) && could_be(LZ4_RATIO) > MOST_PAGE => Err(too_large()),
        Compression::GZIP(_) if could_be(DEFLATE_RATIO) > MOST_PAGE => {
            let declared = page.unpacked.saturating_sub(page.levels);
            // What is no gzip stream is left to the library.
            let unpacked = io::copy(&mut MultiGzDecoder::new(values).take(declared + 1), &mut io::sink());
            if unpacked.is_ok_and(|unpacked| unpacked > declared) { Err(damaged()) } else { Ok(()) }
        }
        _ => Ok(()),
    }
}

/// Reads Thrift's compact protocol as far as a page header needs.
struct Thrift<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Thrift<'_> {
    /// The page header here, which is read to its end.
    fn page(&mut self) -> Option<Page> {
        let (mut field, mut page, mut seen) = (0, Page::default(), [false; 2]);
        while let Some(kind) = self.next_field(&mut field)? {
            match (field, kind) {
                (2, I32) => (page.unpacked, seen[0]) = (self.size()?, true),
                (3, I32) => (page.packed, seen[1]) = (self.size()?, true),
                (8, STRUCT) => self.version_2(&mut page)?,
                _ => self.skip(kind, 0)?,
            }
        }
        (seen == [true; 2]).then_some(page)
    }

    /// The part of a header that pages of version 2 have.
    fn version_2(&mut self, page: &mut Page) -> Option<()> {
        let mut field = 0;
        while let Some(kind) = self.next_field(&mut field)? {
            match (field, kind) {
                (5 | 6, I32) => page.levels = page.levels.checked_add(self.size()?)?,
                (7, FALSE) => page.is_plain = true,
                _ => self.skip(kind, 0)?,
            }
        }
        Some(())
    }

    /// The kind of the next field, whose number is in `field` then; the inner `None` at the end of the structure.
    fn next_field(&mut self, field: &mut i64) -> Option<Option<u8>> {
        let byte = self.byte()?;
        if byte == 0 {
            return Some(None);
        }
        *field = if byte >> 4 == 0 { self.zigzag()? } else { field.checked_add(i64::from(byte >> 4))? };
        Some(Some(byte & 15))
    }

    fn size(&mut self) -> Option<u64> {
        u64::try_from(self.zigzag()?).ok()
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

const FALSE: u8 = 2;
const I32: u8 = 5;
const BINARY: u8 = 8;
const STRUCT: u8 = 12;

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::write::GzEncoder;

    use super::*;

    #[test]
    fn the_sizes_of_a_page_header() {
        // 1: type 0, 2: 300 bytes, 3: 20 bytes, 5: a structure with a boolean and a text; then the page.
        let header = [0x15, 0, 0x15, 0xD8, 0x04, 0x15, 40, 0x2C, 0x11, 0x18, 2, b'a', b'b', 0, 0, 0xFF];
        let mut thrift = Thrift { bytes: &header, at: 0 };
        assert_eq!((thrift.page(), thrift.at), (Some(Page { unpacked: 300, packed: 20, ..Page::default() }), 15));
        assert_eq!(Thrift { bytes: &header[..9], at: 0 }.page(), None);
    }

    #[test]
    fn levels_of_version_2_stand_before_what_is_packed() {
        // 1: type 3, 2: 300 bytes, 3: 20 bytes, 8: a structure with 5: 3 bytes, 6: 4 bytes, 7: not packed.
        let header = [0x15, 6, 0x15, 0xD8, 0x04, 0x15, 40, 0x5C, 0x55, 6, 0x15, 8, 0x12, 0, 0];
        let page = Thrift { bytes: &header, at: 0 }.page();
        assert_eq!(page, Some(Page { unpacked: 300, packed: 20, levels: 7, is_plain: true }));
    }

    #[test]
    fn a_page_that_unpacks_to_more_than_it_says_is_damage() {
        let mut packed = Vec::new();
        // Noise, so that the page is large enough to be looked into.
        let mut state = 1_u32;
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .take(300_000)
        .collect();
        GzEncoder::new(&mut packed, flate2::Compression::fast()).write_all(&noise).unwrap();
        let page = |unpacked: u64| Page { unpacked, packed: packed.len() as u64, ..Page::default() };
        let check = |page: &Page| check_page(page, &packed, Compression::GZIP(Default::default()));
        assert_eq!((check(&page(300_000)), check(&page(299_999))), (Ok(()), Err(Fault::Damaged)));
        assert!(matches!(check(&page(MOST_PAGE + 1)), Err(Fault::TooLarge(_))));
        let frame = [&LZ4_FRAME[..], &noise].concat();
        let of_frame = |packed: u64| check_page(&Page { unpacked: 9, packed, ..Page::default() }, &frame, Compression::LZ4);
        assert_eq!(of_frame(300_004), Ok(()));
        assert!(matches!(of_frame(2 << 20), Err(Fault::TooLarge(_))));
    }
}
