//! UTF-16 and UTF-32 without a byte-order mark, told by where their NUL bytes stand.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// The UTF-16 that `bytes` certainly are: the NULs stand in the high halves of its units, all decodes strictly, and the text has
/// lines and no control characters.
///
/// Separators, digits and line ends of a table have such NULs in any language.
pub fn recognise(bytes: &[u8]) -> Option<&'static Encoding> {
    let encoding = by_nuls(bytes)?;
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    let is_odd = |letter: char| {
        letter.is_control() && !matches!(letter, '\t' | '\n' | '\r') || matches!(letter, '\u{E000}'..='\u{F8FF}' | '\u{FFFE}')
    };
    (text.contains(['\n', '\r']) && !text.contains(is_odd)).then_some(encoding)
}

/// UTF-16 by its NUL bytes alone, for a hint.
pub fn by_nuls(bytes: &[u8]) -> Option<&'static Encoding> {
    let nuls = |parity: usize| bytes.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    // Some letters of other scripts have a NUL in their low half (U+4E00).
    const FAR_MORE: usize = 4;
    match (nuls(0), nuls(1)) {
        (high, low) if low > FAR_MORE * high => Some(UTF_16LE),
        (high, low) if high > FAR_MORE * low => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether it is UTF-32, by its mark or by three NULs in every four bytes of its start.
pub fn is_utf32(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(400) / 4 * 4];
    let all =
        |nuls: [usize; 3]| head.len() >= 16 && head.chunks_exact(4).all(|unit| nuls.iter().all(|at| unit[*at] == 0) && unit != [0; 4]);
    bytes.starts_with(b"\xFF\xFE\0\0") || bytes.starts_with(b"\0\0\xFE\xFF") || all([1, 2, 3]) || all([0, 1, 2])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certain_utf16_is_recognised_in_either_order() {
        let little: Vec<u8> = "被験者,x\n一,1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "被験者,x\n一,1\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!((recognise(&little), recognise(&big)), (Some(UTF_16LE), Some(UTF_16BE)));
        assert_eq!(recognise(&little[..little.len() - 1]), None);
        assert_eq!(recognise(b"a\0b\0\x01\0\n\0"), None);
        assert_eq!(recognise(b"id,x\n1,2\n"), None);
        assert_eq!(recognise(b"i\0d\0\0\0\n\0"), None);
    }

    #[test]
    fn utf32_is_told() {
        let units: Vec<u8> = "id,x\n".chars().flat_map(|letter| u32::from(letter).to_le_bytes()).collect();
        assert!(is_utf32(&units) && is_utf32(b"\xFF\xFE\0\0i\0\0\0"));
        assert!(!is_utf32(b"i\0d\0,\0x\0\n\0a\0b\0c\0"));
    }
}
