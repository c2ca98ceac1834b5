//! The compound files of old Office programs, as far as limits need it: what is inside, and its streams.
//!
//! calamine follows the chains of sectors too, but without an end to chains that run in a circle.

use super::faults::{Fault, damaged};

const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
/// Sector numbers from here on are marks, no sectors.
const RESERVED: u32 = 0xFFFF_FFFA;
const MINI_SECTOR: usize = 64;
/// Streams shorter than this lie in the stream of mini sectors.
const MINI_LIMIT: u64 = 4096;

/// A compound file, its directory read.
#[derive(Debug)]
pub struct Compound<'b> {
    bytes: &'b [u8],
    sector_size: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini_stream: Vec<u8>,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    name: String,
    start: u32,
    size: u64,
}

impl<'b> Compound<'b> {
    pub fn open(bytes: &'b [u8]) -> Result<Self, Fault> {
        if bytes.len() < 512 {
            return Err(damaged());
        }
        let sector_size = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return Err(damaged()),
        };
        let mut file = Self { bytes, sector_size, fat: Vec::new(), mini_fat: Vec::new(), mini_stream: Vec::new(), entries: Vec::new() };
        file.fat = file.read_fat()?;
        let directory = file.chain(u32_at(bytes, 48)?)?;
        file.entries = directory.chunks_exact(128).filter_map(|entry| Entry::read(entry, sector_size)).collect();
        let root = file.entries.first().ok_or(Fault::Damaged)?.start;
        if u32_at(bytes, 64)? > 0 {
            file.mini_fat = numbers(&file.chain(u32_at(bytes, 60)?)?);
            file.mini_stream = file.chain(root)?;
        }
        Ok(file)
    }

    /// Whether it holds a stream of this name.
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of the first stream of this name.
    pub fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        let Some(entry) = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name)) else { return Ok(None) };
        let mut bytes = if entry.size < MINI_LIMIT {
            let mini = |id: u32| self.mini_stream.get(id as usize * MINI_SECTOR..).map(|rest| &rest[..rest.len().min(MINI_SECTOR)]);
            follow(entry.start, &self.mini_fat, mini)?
        } else {
            self.chain(entry.start)?
        };
        bytes.truncate(usize::try_from(entry.size).unwrap_or(usize::MAX));
        Ok(Some(bytes))
    }

    fn sector(&self, id: u32) -> Option<&'b [u8]> {
        let start = (id as usize).checked_add(1)?.checked_mul(self.sector_size)?;
        let rest = self.bytes.get(start..).filter(|rest| !rest.is_empty())?;
        Some(&rest[..rest.len().min(self.sector_size)])
    }

    fn chain(&self, start: u32) -> Result<Vec<u8>, Fault> {
        follow(start, &self.fat, |id| self.sector(id))
    }

    /// The table of which sector follows which; its own sectors are listed in the header and, for large files, in a chain.
    fn read_fat(&self) -> Result<Vec<u32>, Fault> {
        let sectors = self.bytes.len() / self.sector_size + 1;
        let mut listed = numbers(&self.bytes[76..512]);
        let mut next = u32_at(self.bytes, 68)?;
        let mut lists = 0;
        while next < RESERVED {
            lists += 1;
            if lists > sectors {
                return Err(damaged());
            }
            listed.extend(numbers(self.sector(next).ok_or(Fault::Damaged)?));
            next = listed.pop().ok_or(Fault::Damaged)?;
        }
        listed.retain(|id| *id < RESERVED);
        if listed.len() > sectors {
            return Err(damaged());
        }
        let mut fat = Vec::new();
        for id in listed {
            fat.extend(numbers(self.sector(id).ok_or(Fault::Damaged)?));
        }
        Ok(fat)
    }
}

impl Entry {
    fn read(bytes: &[u8], sector_size: usize) -> Option<Self> {
        let letters = (usize::from(u16_at(bytes, 64).ok()?) / 2).saturating_sub(1).min(31);
        let units: Vec<u16> = bytes[..letters * 2].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        let small = u64::from(u32_at(bytes, 120).ok()?);
        let large = u64::from(u32_at(bytes, 124).ok()?) << 32 | small;
        Some(Self {
            name: String::from_utf16_lossy(&units),
            start: u32_at(bytes, 116).ok()?,
            size: if sector_size == 512 { small } else { large },
        })
    }
}

/// What the sectors from `start` on hold; a chain longer than its table runs in a circle.
fn follow<'s>(start: u32, next: &[u32], sector: impl Fn(u32) -> Option<&'s [u8]>) -> Result<Vec<u8>, Fault> {
    let (mut held, mut at, mut steps) = (Vec::new(), start, 0);
    while at != END_OF_CHAIN {
        steps += 1;
        if steps > next.len() {
            return Err(damaged());
        }
        held.extend_from_slice(sector(at).ok_or(Fault::Damaged)?);
        at = *next.get(at as usize).ok_or(Fault::Damaged)?;
    }
    Ok(held)
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect()
}

/// The number at byte `at`, lowest byte first.
pub fn u16_at(bytes: &[u8], at: usize) -> Result<u16, Fault> {
    bytes.get(at..at + 2).map(|two| u16::from_le_bytes([two[0], two[1]])).ok_or(Fault::Damaged)
}

/// The same of four bytes.
pub fn u32_at(bytes: &[u8], at: usize) -> Result<u32, Fault> {
    bytes.get(at..at + 4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])).ok_or(Fault::Damaged)
}
