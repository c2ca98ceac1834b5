//! A short run without a fuzzer: the files of the tests, damaged by a fixed stream, the same on every machine.

use std::fs;
use std::path::{Path, PathBuf};

use super::{binary, cell, records, whole};

/// Larger files say nothing more and take long.
const LARGEST: u64 = 40_000;

/// Draws from a fixed stream.
struct Fixed(u64);

impl Fixed {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }

    fn one<'a>(&mut self, of: &'a [Vec<u8>]) -> &'a [u8] {
        &of[self.below(of.len())]
    }

    /// A piece of `bytes`, where it starts and ends.
    fn piece(&mut self, bytes: &[u8]) -> (usize, usize) {
        let start = self.below(bytes.len() + 1);
        (start, start + self.below((bytes.len() - start).min(64) + 1))
    }

    /// One to four kinds of damage.
    fn damaged(&mut self, seed: &[u8], others: &[Vec<u8>]) -> Vec<u8> {
        const WRITTEN: [&[u8]; 16] = [
            b"\"",
            b"\n",
            b"\r\n",
            b"\r",
            b",",
            b";",
            b"\t",
            b"\0",
            b"\xEF\xBB\xBF",
            b"\xFF\xFF\xFF\xFF",
            b"\x7F\xFF\xFF\xFF",
            b"-99",
            b"=\"1\"",
            "\u{202e}".as_bytes(),
            b"\x1b[2J",
            b"\x1c",
        ];
        let mut bytes = seed.to_vec();
        for _ in 0..=self.below(4) {
            let (start, end) = self.piece(&bytes);
            match self.below(7) {
                0 if !bytes.is_empty() => {
                    let at = self.below(bytes.len());
                    bytes[at] ^= 1 << self.below(8);
                }
                1 => bytes.truncate(start),
                2 => drop(bytes.drain(start..end)),
                3 => {
                    let again = bytes[start..end].to_vec();
                    bytes.splice(start..start, again);
                }
                4 => {
                    let other = self.one(others);
                    let (from, to) = self.piece(other);
                    bytes.splice(start..end, other[from..to].iter().copied());
                }
                5 => {
                    let other = self.one(others);
                    let cut = self.below(other.len() + 1);
                    bytes.truncate(start);
                    bytes.extend_from_slice(&other[cut..]);
                }
                _ => {
                    let written = WRITTEN[self.below(WRITTEN.len())];
                    bytes.splice(start..start, written.iter().copied());
                }
            }
        }
        bytes
    }
}

/// The files below `folder` with one of the endings, in the order of their names.
fn files(folder: &str, endings: &[&str]) -> Vec<Vec<u8>> {
    let mut paths: Vec<PathBuf> = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/prepost").join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted))
                && entry.metadata().unwrap().len() <= LARGEST
            {
                paths.push(path);
            }
        }
    }
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

#[test]
fn damaged_text_is_read_or_refused() {
    let seeds = files("bad_inputs", &["csv"]);
    let mut random = Fixed(11);
    for seed in &seeds {
        records(&random.damaged(seed, &seeds));
        let mut bytes = random.damaged(seed, &seeds);
        if random.below(4) == 0 {
            bytes.push(0x1C);
            bytes.extend(random.damaged(seed, &seeds));
        }
        whole(random.below(15) as u8, &bytes);
    }
}

#[test]
fn damaged_cells_are_numbers_or_none() {
    let seeds = [
        "12.5",
        "-１２，５",
        "1,234,567.8",
        "1 234",
        "=\"12\"",
        "'7",
        "1e5",
        "−0.000000000000000000000001",
        "NI",
        "-99",
        "2024-03-01",
        "12:30",
    ];
    let seeds = seeds.map(|seed| seed.as_bytes().to_vec());
    let mut random = Fixed(5);
    for _ in 0..2_000 {
        let seed = random.one(&seeds).to_vec();
        cell(&String::from_utf8_lossy(&random.damaged(&seed, &seeds)));
    }
}

#[test]
fn damaged_workbooks_are_read_or_refused() {
    let seeds = files("ingest/fixtures", &["xlsx", "xls", "ods", "parquet", "dta", "sav", "zsav"]);
    let mut random = Fixed(3);
    for round in 0..200 {
        let bytes = random.damaged(&seeds[round % seeds.len()], &seeds);
        binary(&bytes);
        whole(15, &bytes);
    }
}
