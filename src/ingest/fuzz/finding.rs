//! What every finding must be, whatever the file.

use crate::ingest::inert;
use crate::trial::Problem;

/// Longest text of a finding that is still a message.
const LONGEST: usize = 4000;

/// Letters of a text that are shown without a cut.
const PIECE: usize = 80;

/// Panics unless `problem` lies inside its file, which has `lines` where they are known, and can be shown as it is.
pub fn check(problem: &Problem, lines: Option<u64>) {
    if let (Some(line), Some(lines)) = (problem.place.line, lines) {
        assert!((1..=lines).contains(&line), "line {line} of {lines}: {problem}");
    }
    assert!(problem.count > 0, "{problem:?}");
    for text in texts(problem) {
        assert!(text.len() <= LONGEST, "a message of {} bytes: {}", text.len(), inert(text));
        // Piece by piece, because what is long is cut.
        let letters: Vec<char> = text.chars().collect();
        for piece in letters.chunks(PIECE) {
            let piece: String = piece.iter().collect();
            assert_eq!(inert(&piece), piece);
        }
    }
}

/// Every text of a finding that is shown.
pub fn texts(problem: &Problem) -> impl Iterator<Item = &str> {
    let place = &problem.place;
    let optional = [&problem.value, &problem.hint, &place.file, &place.sheet, &place.column];
    optional.into_iter().flatten().chain([&problem.what]).map(String::as_str)
}

/// The most lines that an editor could show of these bytes, in whatever encoding.
pub fn most_lines(bytes: &[u8]) -> u64 {
    1 + match std::str::from_utf8(bytes) {
        Ok(text) => text.replace("\r\n", "\n").matches(['\n', '\r']).count() as u64,
        Err(_) => bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() as u64,
    }
}
