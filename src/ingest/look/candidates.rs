//! Encodings that a file without a declared one may be in, the likeliest first.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

/// Encodings tried, under the names by which programs that write them are known.
const TRIED: [(&str, &str); 6] =
    [("shift_jis", "cp932"), ("euc-kr", "cp949"), ("euc-jp", "euc-jp"), ("gbk", "gbk"), ("big5", "big5"), ("windows-1252", "windows-1252")];

/// The labels under which every byte decodes; the detector's choice goes first, because a strict decode alone cannot tell
/// Japanese from Korean.
pub fn ranked(bytes: &[u8]) -> Vec<&'static str> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let likeliest = detector.guess(None, Utf8Detection::Deny);
    let decodes = |encoding: &'static Encoding| encoding.decode_without_bom_handling_and_without_replacement(bytes).is_some();
    let label = |encoding: &'static Encoding| {
        let known = TRIED.iter().find(|(whatwg, _)| Encoding::for_label(whatwg.as_bytes()) == Some(encoding));
        known.map_or_else(|| encoding.name(), |(_, label)| *label)
    };
    let tried = TRIED.iter().filter_map(|(whatwg, _)| Encoding::for_label(whatwg.as_bytes()));
    let mut labels: Vec<&'static str> = Vec::new();
    for encoding in std::iter::once(likeliest).chain(tried).filter(|encoding| decodes(encoding)) {
        let label = label(encoding);
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn japanese_and_korean_are_told_apart() {
        let japanese = encoding_rs::SHIFT_JIS.encode("被験者番号,事前,事後,備考\nＡ０１,31,22,途中で中止した\n").0.into_owned();
        assert_eq!(ranked(&japanese).first(), Some(&"cp932"));
        let korean = encoding_rs::EUC_KR.encode("대상자번호,사전,사후,비고\n가01,31,22,중도에 그만두었다\n").0.into_owned();
        assert_eq!(ranked(&korean).first(), Some(&"cp949"));
    }
}
