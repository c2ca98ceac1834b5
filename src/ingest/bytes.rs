//! A file as bytes, with its hash.

use std::fs::{File, Metadata};
use std::io::Read;
use std::path::Path;

use super::foreign;
use super::limits::{LIMITS, Limits, size};
use crate::trial::{Place, Problem, ProblemCode};

/// Bytes read at a time.
const CHUNK: usize = 1 << 20;

/// Everything a file holds.
pub struct FileBytes {
    pub bytes: Vec<u8>,
    /// SHA-256 of the bytes, in hexadecimal.
    pub sha256: String,
}

/// Where the bytes of a file come from, by its path and what messages call it: [`read`], but for files that are on no disk.
pub type ByteSource<'a> = &'a dyn Fn(&Path, &str) -> Result<FileBytes, Problem>;

/// Reads a file; `name` is what messages call it. A file that is larger than a table can be, or has a line that is, is
/// not read to its end.
pub fn read(path: &Path, name: &str) -> Result<FileBytes, Problem> {
    read_within(path, name, &LIMITS)
}

fn read_within(path: &Path, name: &str, limits: &Limits) -> Result<FileBytes, Problem> {
    let failed = |error: std::io::Error| not_readable(path, name, &error);
    let about = std::fs::metadata(path).map_err(failed)?;
    // A device never ends, and opening a pipe waits for its writer: neither is opened.
    if !about.is_file() && !about.is_dir() {
        let hint = "save the data to a file and name that";
        let place = Place::file(super::inert(name));
        return Err(Problem::error(ProblemCode::FileNotFound, place, "this is a device or a pipe, not a file").with_hint(hint));
    }
    if about.len() > limits.file {
        return Err(too_large(name, None, "file", about.len(), limits.file));
    }
    let mut file = File::open(path).map_err(failed)?;
    let bytes = read_checked(&mut file, &about, name, limits).map_err(|stop| match stop {
        Stop::Io(error) => not_readable(path, name, &error),
        Stop::Found(problem) => problem,
    })?;
    let sha256 = super::sha256_hex(&bytes);
    Ok(FileBytes { bytes, sha256 })
}

/// Why reading ended early.
enum Stop {
    Io(std::io::Error),
    Found(Problem),
}

fn read_checked(file: &mut File, about: &Metadata, name: &str, limits: &Limits) -> Result<Vec<u8>, Stop> {
    let expected = usize::try_from(about.len()).unwrap_or(0);
    // Reserved piece by piece where one record could be the whole file, so that a hostile one costs no memory.
    let mut bytes = Vec::with_capacity(expected.min(limits.record) + 1);
    let mut watch = RecordWatch::default();
    // Files of less than a record need no watch, and those that are no text have no records.
    let mut watched = expected > limits.record;
    loop {
        let start = bytes.len();
        let read = file.take(CHUNK as u64).read_to_end(&mut bytes).map_err(Stop::Io)?;
        if read == 0 {
            return Ok(bytes);
        }
        watched &= start > 0 || foreign::binary_kind(&bytes).is_none();
        // A file may grow while it is read.
        if bytes.len() as u64 > limits.file {
            return Err(Stop::Found(too_large(name, None, "file", bytes.len() as u64, limits.file)));
        }
        if watched && let Some((line, length)) = watch.add(&bytes[start..], limits.record) {
            return Err(Stop::Found(too_large(name, Some(line), "row", length as u64, limits.record as u64)));
        }
    }
}

/// Measures records while a file is read: before its encoding and its separator are known, so every usual separator
/// counts. That can only make a record look shorter.
#[derive(Default)]
struct RecordWatch {
    /// Bytes since the last line end outside quotes.
    length: usize,
    quoted: bool,
    /// The last byte that was not NUL, as UTF-16 has between its letters; 0 at the start of the file.
    before: u8,
    /// The line now, and the one on which the record starts, both from 0.
    line: u64,
    start: u64,
}

impl RecordWatch {
    /// Line (from 1) and length so far of a record that is longer than `limit`.
    fn add(&mut self, bytes: &[u8], limit: usize) -> Option<(u64, usize)> {
        for &byte in bytes {
            self.length += 1;
            match byte {
                0 => continue,
                b'"' if self.quoted => self.quoted = false,
                // The second of a doubled quote opens again.
                b'"' if matches!(self.before, 0 | b',' | b';' | b'\t' | b'|' | b'\n' | b'\r' | b'"' | 0xBF | 0xFE | 0xFF) => {
                    self.quoted = true
                }
                b'\n' | b'\r' => {
                    if byte == b'\r' || self.before != b'\r' {
                        self.line += 1;
                    }
                    if !self.quoted {
                        (self.length, self.start) = (0, self.line);
                    }
                }
                _ => {}
            }
            self.before = byte;
        }
        (self.length > limit).then_some((self.start + 1, self.length))
    }
}

/// The error for what is larger than it may be.
pub fn too_large(name: &str, line: Option<u64>, what: &str, found: u64, limit: u64) -> Problem {
    let place = Place { line, ..Place::file(super::inert(name)) };
    let what = format!("expected a {what} of at most {}, got {} or more", size(limit), size(found));
    Problem::error(ProblemCode::TooLarge, place, what)
        .with_hint("is this the exported table? a quote that is never closed, or missing line ends, make one row of many")
}

fn not_readable(path: &Path, name: &str, error: &std::io::Error) -> Problem {
    let place = Place::file(super::inert(name));
    let (what, hint) = match error.kind() {
        std::io::ErrorKind::NotFound => ("no such file".to_owned(), "paths are relative to the folder of the plan"),
        _ if path.is_dir() => ("this is a folder, not a file".to_owned(), "name the data file itself"),
        _ => (format!("cannot be read: {error}"), "check that the file may be read by you"),
    };
    Problem::error(ProblemCode::FileNotFound, place, what).with_hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Limits = Limits { cell: 100, record: 200, columns: 10, file: 10_000 };

    fn read_text(text: &str) -> Result<usize, (ProblemCode, Option<u64>)> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, text).unwrap();
        read_within(&path, "a.csv", &SMALL).map(|file| file.bytes.len()).map_err(|problem| (problem.code, problem.place.line))
    }

    #[test]
    fn the_hash_is_that_of_the_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, "abc").unwrap();
        let file = read(&path, "a.csv").unwrap();
        assert_eq!(file.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let code = |path: &Path| read(path, "x").err().map(|p| (p.code, p.what));
        assert_eq!(code(&folder.path().join("absent.csv")), Some((ProblemCode::FileNotFound, "no such file".into())));
        assert_eq!(code(folder.path()), Some((ProblemCode::FileNotFound, "this is a folder, not a file".into())));
    }

    #[cfg(unix)]
    #[test]
    fn devices_are_not_opened() {
        let problem = read(Path::new("/dev/zero"), "zero").err().unwrap();
        assert_eq!((problem.code, problem.what.as_str()), (ProblemCode::FileNotFound, "this is a device or a pipe, not a file"));
    }

    #[test]
    fn a_row_that_is_too_long_stops_where_it_starts() {
        let long = "x".repeat(300);
        assert_eq!(read_text(&format!("id\r\na\r\n{long}")), Err((ProblemCode::TooLarge, Some(3))));
        let broken = "y\n".repeat(150);
        assert_eq!(read_text(&format!("id,note\na,b\n1,\"{broken}")), Err((ProblemCode::TooLarge, Some(3))));
        assert_eq!(read_text(&"id;\"5\"\" pipe\"\n".repeat(30)), Ok(420));
        assert_eq!(read_text(&"id,5\" pipe\n".repeat(30)), Ok(330));
        assert_eq!(read_text(&"x\n".repeat(6000)), Err((ProblemCode::TooLarge, None)));
    }
}
