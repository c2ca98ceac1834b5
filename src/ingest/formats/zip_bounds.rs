//! Limits of a zip archive, checked before any of it is read as a workbook: small files can hold very much.

use std::io::{self, BufReader, Cursor, Read};

use quick_xml::events::Event;
use zip::{CompressionMethod, ZipArchive};

use super::faults::{Fault, damaged};

/// All parts together, unpacked. A sheet of a million rows and seven columns takes about 300 MB.
const MOST_BYTES: u64 = 1 << 29;
/// The texts that cells share; they stay in memory.
const MOST_SHARED_TEXT: u64 = 1 << 27;
/// Any part besides sheets and texts: styles, relations, names. They stay in memory as much more than their size.
const MOST_OTHER_PART: u64 = 1 << 24;
const MOST_PARTS: usize = 10_000;

/// Unpacks every part once, counting, and stops at the limits. Sizes that the archive declares are not relied on.
pub fn check(bytes: &[u8]) -> Result<(), Fault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    if archive.len() > MOST_PARTS {
        return Err(Fault::TooLarge(format!("expected a workbook of at most {MOST_PARTS} parts, got {}", archive.len())));
    }
    let mut left = MOST_BYTES;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(|_| damaged())?;
        let (name, declared) = (part.name().map_err(|_| damaged())?.to_lowercase(), part.size());
        if part.encrypted() {
            return Err(Fault::Locked);
        }
        if !matches!(part.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
            return Err(damaged());
        }
        drop(part);
        let most = limit(&name).min(left);
        if declared > most {
            return Err(too_large());
        }
        let part = archive.by_index(index).map_err(|_| damaged())?;
        let unpacked = io::copy(&mut part.take(most + 1), &mut io::sink()).map_err(|_| damaged())?;
        if unpacked > most {
            return Err(too_large());
        }
        left -= unpacked;
        if name.ends_with("sharedstrings.xml") {
            let part = archive.by_index(index).map_err(|_| damaged())?;
            check_count(part, unpacked)?;
        }
    }
    Ok(())
}

fn limit(name: &str) -> u64 {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let structural = [".xml", ".rels", ".bin"].iter().any(|end| file.ends_with(end));
    match file {
        _ if file.starts_with("sharedstrings.") => MOST_SHARED_TEXT,
        _ if file.starts_with("sheet") || file == "content.xml" || !structural => MOST_BYTES,
        _ => MOST_OTHER_PART,
    }
}

/// The declared number of shared texts is memory asked for in advance: it must fit the part, where each takes some bytes.
fn check_count(part: impl Read, size: u64) -> Result<(), Fault> {
    let mut xml = quick_xml::Reader::from_reader(BufReader::new(part));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(|_| damaged())? {
            Event::Start(start) | Event::Empty(start) if start.local_name().as_ref() == "sst" => {
                let mut attributes = start.attributes();
                let counts = attributes.with_checks(false).flatten().filter(|attribute| attribute.key.as_ref() == "uniqueCount");
                let declared = counts.filter_map(|attribute| attribute.value.trim().trim_start_matches('+').parse::<u128>().ok()).max();
                return if declared.is_some_and(|declared| declared > u128::from(size)) { Err(damaged()) } else { Ok(()) };
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn too_large() -> Fault {
    Fault::TooLarge(format!("expected a workbook of at most {} MiB when unpacked, got more", MOST_BYTES >> 20))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::*;

    fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            writer.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn parts_over_their_limit_stop() {
        assert_eq!(check(&archive(&[("xl/workbook.xml", b"<x/>")])), Ok(()));
        let zeros = vec![b' '; MOST_OTHER_PART as usize + 1];
        assert!(matches!(check(&archive(&[("xl/styles.xml", &zeros)])), Err(Fault::TooLarge(_))));
        assert_eq!(check(&archive(&[("xl/worksheets/sheet1.xml", &zeros)])), Ok(()));
        assert_eq!(check(b"PK\x03\x04 cut"), Err(Fault::Damaged));
    }

    #[test]
    fn a_size_that_lies_does_not_help() {
        let zeros = vec![b' '; MOST_OTHER_PART as usize + 1];
        let mut bytes = archive(&[("xl/styles.xml", &zeros)]);
        let size = (zeros.len() as u32).to_le_bytes();
        while let Some(at) = bytes.windows(4).position(|window| window == size) {
            bytes[at..at + 4].copy_from_slice(&4_u32.to_le_bytes());
        }
        assert!(check(&bytes).is_err());
    }

    #[test]
    fn a_count_of_texts_that_cannot_be_is_damage() {
        let texts = |count: &str| format!("<?xml version=\"1.0\"?><sst uniqueCount=\"{count}\"><si><t>a</t></si></sst>");
        assert_eq!(check(&archive(&[("xl/sharedStrings.xml", texts("1").as_bytes())])), Ok(()));
        assert_eq!(check(&archive(&[("xl/sharedStrings.xml", texts("99999999999").as_bytes())])), Err(Fault::Damaged));
    }
}
