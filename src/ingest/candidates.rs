//! Which legacy encodings a text could be in, the likeliest first.
//!
//! Every candidate decodes the whole file without an error. Among those each is weighed as a model of the language would: how
//! likely are these letters, in this encoding? Costs are log-probabilities of the letters that a run of bytes stands for, so
//! that one kanji and the two accented letters it would be elsewhere are compared on the same bytes.

use std::cmp::Ordering;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, CoderResult, DecoderResult, EUC_KR, Encoding, GBK, SHIFT_JIS};

/// Frequent characters of newspapers and web pages, the most frequent first.
const JAPANESE: &str = include_str!("letters/japanese.txt");
const SIMPLIFIED: &str = include_str!("letters/simplified.txt");
const TRADITIONAL: &str = include_str!("letters/traditional.txt");
const KOREAN: &str = include_str!("letters/korean.txt");
const WESTERN: &str = "äöüßéèêëàâçñãõóíáúåøæîïôœìòùû";
const CENTRAL: &str = "ąćęłńóśźżčřšžěůýáíéúťďňőűöüäăîâşţľĺŕß";
const TURKISH: &str = "çğıöşü";
const BALTIC: &str = "āčēģīķļņšūžąęėįųöäõü";

/// Bytes of the sample that candidates are weighed on, and lines it comes from.
const SAMPLE: usize = 16 << 10;
const SAMPLE_LINES: usize = 400;

/// What a wanted column name that only one candidate spells is worth, and the detector's word.
const NAME_FOUND: f64 = 60.0;
const DETECTED: f64 = 4.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Letters {
    Japanese,
    Simplified,
    Traditional,
    Korean,
    /// Latin letters besides ASCII: the frequent ones of the region.
    Latin(&'static str),
    /// One other alphabet, from its first letter to its last.
    Alphabet(char, char),
}

/// Label as people and Excel know it, whose letters it holds, and how rare it is (log-probability).
const ENCODINGS: [(&str, Letters, f64); 14] = [
    ("cp932", Letters::Japanese, 0.0),
    ("cp949", Letters::Korean, 0.0),
    ("gbk", Letters::Simplified, 0.0),
    ("big5", Letters::Traditional, 0.0),
    ("windows-1252", Letters::Latin(WESTERN), 0.0),
    ("windows-1250", Letters::Latin(CENTRAL), -1.0),
    ("windows-1251", Letters::Alphabet('\u{400}', '\u{45F}'), 0.0),
    ("euc-jp", Letters::Japanese, -1.0),
    ("windows-1253", Letters::Alphabet('\u{384}', '\u{3CE}'), -3.0),
    ("windows-1254", Letters::Latin(TURKISH), -4.0),
    ("windows-1257", Letters::Latin(BALTIC), -5.0),
    ("koi8-r", Letters::Alphabet('\u{400}', '\u{45F}'), -6.0),
    ("windows-1255", Letters::Alphabet('\u{5D0}', '\u{5EA}'), -6.0),
    ("windows-874", Letters::Alphabet('\u{E01}', '\u{E5B}'), -6.0),
];

/// Labels of the encodings that decode all of `bytes`, the likeliest first. `wanted` are column names that the header should
/// have; empty where none are known.
pub fn candidates(bytes: &[u8], wanted: &[&str]) -> Vec<&'static str> {
    let sample = sample(bytes);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&sample, true);
    let detected = detector.guess(None, Utf8Detection::Deny);
    let names: Vec<&str> = wanted.iter().copied().filter(|name| !name.is_ascii()).collect();
    let mut ranked: Vec<(f64, &'static str)> = Vec::new();
    for (label, letters, rarity) in ENCODINGS {
        let Some(encoding) = find(label).filter(|encoding| decodes(encoding, bytes)) else { continue };
        let (text, _) = encoding.decode_without_bom_handling(&sample);
        let found = names.iter().filter(|name| text.contains(super::trim(name))).count();
        let word = if encoding == detected { DETECTED } else { 0.0 };
        ranked.push((likelihood(&text, letters) + rarity + word + NAME_FOUND * found as f64, label));
    }
    ranked.sort_by(|a, b| b.0.partial_cmp(&a.0).unwrap_or(Ordering::Equal));
    ranked.into_iter().map(|(_, label)| label).collect()
}

/// The encoding of a label: WHATWG's, or one of the other names in use.
pub fn find(label: &str) -> Option<&'static Encoding> {
    let plain = label.trim().to_ascii_lowercase().replace('_', "-");
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == plain).map(|(_, label)| *label);
    Encoding::for_label(label.as_bytes())
        .or_else(|| Encoding::for_label(other?.as_bytes()))
        .or_else(|| Encoding::for_label(plain.as_bytes()))
}

/// The label most like one that nobody knows.
pub fn nearest(label: &str) -> Option<&'static str> {
    let plain = label.trim().to_ascii_lowercase();
    let labels = ENCODINGS.iter().map(|(label, _, _)| *label).chain(["shift_jis", "euc-kr", "utf-8", "utf-16le", "gb18030"]);
    labels.max_by(|a, b| strsim::jaro_winkler(a, &plain).total_cmp(&strsim::jaro_winkler(b, &plain)))
}

/// Names in wide use that are no WHATWG labels.
const OTHER_NAMES: [(&str, &str); 35] = [
    ("mac-roman", "macintosh"),
    ("mac-cyrillic", "x-mac-cyrillic"),
    ("iso2022-jp", "iso-2022-jp"),
    ("eucjp", "euc-jp"),
    ("cp51932", "euc-jp"),
    ("euckr", "euc-kr"),
    ("shiftjis", "shift_jis"),
    ("cp-932", "shift_jis"),
    ("cp-949", "euc-kr"),
    ("cp65001", "utf-8"),
    ("cp874", "windows-874"),
    ("cp932", "shift_jis"),
    ("ms-932", "shift_jis"),
    ("windows-932", "shift_jis"),
    ("932", "shift_jis"),
    ("cp949", "euc-kr"),
    ("ms949", "euc-kr"),
    ("949", "euc-kr"),
    ("uhc", "euc-kr"),
    ("cp936", "gbk"),
    ("ms936", "gbk"),
    ("936", "gbk"),
    ("cp950", "big5"),
    ("ms950", "big5"),
    ("950", "big5"),
    ("ansi", "windows-1252"),
    ("latin-1", "latin1"),
    ("latin-2", "latin2"),
    ("latin-9", "latin9"),
    ("utf-8-sig", "utf-8"),
    ("utf-8-bom", "utf-8"),
    ("utf16", "utf-16"),
    ("utf-16-le", "utf-16le"),
    ("utf-16-be", "utf-16be"),
    ("eucjp", "euc-jp"),
];

/// Whether all bytes decode, to text without control characters: a byte that an encoding does not define becomes one.
fn decodes(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut buffer = vec![0_u8; 64 << 10];
    let mut at = 0;
    loop {
        let (result, read, written) = decoder.decode_to_utf8_without_replacement(&bytes[at..], &mut buffer, true);
        at += read;
        // U+0080 to U+009F are C2 80 to C2 9F in UTF-8.
        if buffer[..written].windows(2).any(|pair| pair[0] == 0xC2 && pair[1] < 0xA0) {
            return false;
        }
        match result {
            DecoderResult::InputEmpty => return true,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => return false,
        }
    }
}

/// Lines that are not all ASCII, from the whole file: the first kanji may come in row 900.
fn sample(bytes: &[u8]) -> Vec<u8> {
    let mut sample = Vec::new();
    let lines = bytes.split(|byte| matches!(byte, b'\n' | b'\r')).filter(|line| !line.is_ascii());
    for line in lines.take(SAMPLE_LINES) {
        let room = SAMPLE.saturating_sub(sample.len());
        if room == 0 {
            break;
        }
        // Where a line is cut a letter may be, too: the decoder replaces it, at the same cost to all.
        sample.extend_from_slice(&line[..line.len().min(room)]);
        sample.push(b'\n');
    }
    sample
}

/// The log-probability of a text, if it is written in these letters.
fn likelihood(text: &str, letters: Letters) -> f64 {
    let all: Vec<char> = text.chars().collect();
    let at = |index: Option<usize>| index.and_then(|index| all.get(index)).copied().unwrap_or('\n');
    all.iter().enumerate().map(|(i, &letter)| cost(at(i.checked_sub(1)), letter, at(Some(i + 1)), letters)).sum()
}

fn cost(before: char, letter: char, after: char, letters: Letters) -> f64 {
    match letter {
        'a'..='z' | 'A'..='Z' => return -3.0,
        '\0'..='\x7F' => return -2.5,
        '\u{E000}'..='\u{F8FF}' | '\u{FFFD}' => return -25.0,
        _ => {}
    }
    match letters {
        Letters::Japanese => match letter {
            '\u{3041}'..='\u{3093}' | '\u{30A1}'..='\u{30F6}' | 'ー' | '・' => -4.5,
            '\u{FF61}'..='\u{FF9F}' if matches!(before, '\u{FF61}'..='\u{FF9F}') => -5.0,
            // In EUC text read as Shift_JIS these come at random: a word of them begins with a letter, and stands alone.
            '\u{FF66}' | '\u{FF71}'..='\u{FF9D}' if !before.is_alphabetic() || before.is_ascii() => -8.0,
            '\u{FF61}'..='\u{FF9F}' => -13.0,
            _ if JAPANESE.contains(letter) => -6.5,
            '一'..='\u{9FFF}' => by_lead(letter, SHIFT_JIS, &[(0x88..0x98, -9.0)], -14.0),
            _ => punctuation(letter),
        },
        Letters::Simplified => match letter {
            _ if SIMPLIFIED.contains(letter) => -6.5,
            '一'..='\u{9FFF}' => by_lead_and_trail(letter, GBK, 0xB0..0xD8, -9.0, 0xD8..0xF8, -13.0),
            '\u{3041}'..='\u{30FE}' => -11.0,
            _ => punctuation(letter),
        },
        Letters::Traditional => match letter {
            _ if TRADITIONAL.contains(letter) => -6.5,
            '一'..='\u{9FFF}' => by_lead(letter, BIG5, &[(0xA4..0xC7, -9.0)], -14.0),
            '\u{3041}'..='\u{30FE}' => -13.0,
            _ => punctuation(letter),
        },
        Letters::Korean => match letter {
            _ if KOREAN.contains(letter) => -5.5,
            '가'..='힣' => by_lead_and_trail(letter, EUC_KR, 0xB0..0xC9, -9.5, 0..0, -14.0),
            '一'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' => -13.5,
            '\u{3041}'..='\u{30FE}' => -13.0,
            _ => punctuation(letter),
        },
        Letters::Latin(frequent) => latin(before, letter, after, frequent),
        Letters::Alphabet(first, last) => match letter {
            _ if letter < first || letter > last => sign(letter),
            _ if before.is_ascii_alphabetic() || after.is_ascii_alphabetic() => -10.0,
            _ if letter.is_uppercase() && before.is_lowercase() => -9.0,
            _ if letter.is_uppercase() => -4.5,
            _ => -3.4,
        },
    }
}

/// Marks and signs of East Asian text.
fn punctuation(letter: char) -> f64 {
    match letter {
        '\u{3000}'..='\u{3011}' => -7.0,
        '\u{FF01}'..='\u{FF5E}' => -7.5,
        '①'..='⑳' | '㈱' | '℃' | '〜' | '→' | '※' => -9.0,
        _ => -13.0,
    }
}

/// Marks and signs of the code pages of one byte.
fn sign(letter: char) -> f64 {
    match letter {
        '°' | '²' | '³' | 'µ' | '§' | '±' | '–' | '—' | '’' | '“' | '”' | '€' | '£' | '№' | '\u{A0}' | 'º' | 'ª' | '½' | '¿' | '«'
        | '»' => -7.0,
        _ => -11.0,
    }
}

fn latin(before: char, letter: char, after: char, frequent: &str) -> f64 {
    if !letter.is_alphabetic() {
        return sign(letter);
    }
    let small = letter.to_lowercase().next().unwrap_or(letter);
    let known = match (frequent.contains(letter), frequent.contains(small)) {
        (true, _) => -4.2,
        (_, true) => -6.0,
        _ => -9.0,
    };
    let is_letter = |other: char| other.is_alphabetic();
    let case = if letter.is_uppercase() && before.is_lowercase() || letter.is_lowercase() && after.is_uppercase() { -6.0 } else { 0.0 };
    // Two accented letters in a row are rare, three hardly occur.
    let run = [before, after].into_iter().filter(|other| is_letter(*other) && !other.is_ascii()).count() as f64 * -2.5;
    let alone = if is_letter(before) || is_letter(after) { 0.0 } else { -3.0 };
    known + case + run + alone
}

/// A cost by the first byte of the letter in its encoding: frequent letters were given the first rows.
fn by_lead(letter: char, encoding: &'static Encoding, rows: &[(std::ops::Range<u8>, f64)], other: f64) -> f64 {
    let (lead, _) = encode(letter, encoding);
    rows.iter().find(|(row, _)| row.contains(&lead)).map_or(other, |(_, cost)| *cost)
}

/// As [`by_lead`], where the rows of the national standard have second bytes from A1 only.
fn by_lead_and_trail(
    letter: char,
    encoding: &'static Encoding,
    first: std::ops::Range<u8>,
    cost: f64,
    second: std::ops::Range<u8>,
    second_cost: f64,
) -> f64 {
    match encode(letter, encoding) {
        (lead, 0xA1..) if first.contains(&lead) => cost,
        (lead, 0xA1..) if second.contains(&lead) => second_cost,
        _ => -16.0,
    }
}

/// The first two bytes of a letter in an encoding.
fn encode(letter: char, encoding: &'static Encoding) -> (u8, u8) {
    let (mut text, mut bytes) = ([0; 4], [0; 16]);
    let (result, _, written, _) = encoding.new_encoder().encode_from_utf8(letter.encode_utf8(&mut text), &mut bytes, true);
    match (result, &bytes[..written]) {
        (CoderResult::InputEmpty, [lead, trail, ..]) => (*lead, *trail),
        _ => (0, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of headers and ids, in the encodings that programs of the country save.
    const WORDS: [(&str, &str); 8] = [
        (
            "cp932",
            "被験者番号 被験者ID 症例番号 氏名 前 後 介入前 介入後 事前 事後 得点 合計点 年齢 性別 男 女 施設 群 訪問日 測定日 ベースライン 3ヶ月後 ベック抑うつ尺度 うつ得点 不安 睡眠 備考 田中 佐藤花子 鈴木 実施日 総合得点_前 HADS前 BDI後 有害事象 脱落 同意日 ﾌﾟﾚ ﾎﾟｽﾄ 治療前スコア 患者No",
        ),
        (
            "euc-jp",
            "被験者番号 被験者ID 症例番号 氏名 前 後 介入前 介入後 事前 事後 得点 合計点 年齢 性別 男 女 施設 群 訪問日 測定日 ベースライン 3ヶ月後 ベック抑うつ尺度 うつ得点 不安 睡眠 備考 田中 佐藤花子 鈴木 実施日 総合得点_前 HADS前 BDI後 有害事象 脱落 同意日 治療前スコア 患者No",
        ),
        (
            "cp949",
            "대상자번호 피험자 사전점수 사후점수 사전 사후 이름 나이 성별 남 여 기관 방문일 측정일 기저치 3개월 우울 불안척도 총점 비고 김민수 이영희 박지훈 집단 동의일 치료전 치료후 BDI사전 벡우울척도 수면 증상 점수합계 탈락 이상반응 번호",
        ),
        (
            "gbk",
            "受试者编号 患者编号 姓名 年龄 性别 男 女 治疗前 治疗后 前测 后测 基线 随访 总分 得分 抑郁 焦虑量表 睡眠质量 医院 组别 日期 备注 王伟 李娜 张敏 入组日期 不良事件 脱落 基线得分 BDI前 第3月 汉密尔顿抑郁量表 知情同意",
        ),
        (
            "big5",
            "受試者編號 病患編號 姓名 年齡 性別 男 女 治療前 治療後 前測 後測 基線 追蹤 總分 得分 憂鬱 焦慮量表 睡眠品質 醫院 組別 日期 備註 王小明 陳美玲 林志豪 收案日期 不良事件 退出 貝克憂鬱量表 BDI前 第3月 知情同意",
        ),
        (
            "windows-1252",
            "Identifiant Prénom Âge prénom âge sévérité Größe Geschlecht männlich Müller Schröder Prüfung Gewicht_später Geburtsjahr_Jäger año niño puntuación_después evaluación sesión médico paciente_nº São João avaliação pontuação após über früher Nachuntersuchung_März dépression anxiété score_après Søren Åse år kjønn før etter spørgeskema Visite_été François Zürich",
        ),
        (
            "windows-1250",
            "pacjent płeć wiek_lat ośrodek wynik_końcowy później ból_głowy Łukasz Małgorzata źródło pohlaví věk příjmení výsledek_před čas_návštěvy měření Dvořák Šárka žena muž nemoc_číslo életkor női férfi később kezelés_előtt kezelés_után Gyöngyi Szőke první_týden łódź dzień wcześniej średnia",
        ),
        (
            "windows-1251",
            "пациент номер возраст пол мужской женский до после визит дата балл_до балл_после сумма Иванов Петрова депрессия тревога примечание группа исходно через_3_месяца больница ФИО идентификатор шкала_Бека оценка согласие выбыл Пол Возраст",
        ),
    ];

    /// A linear congruential generator: the same headers on every machine.
    struct Fixed(u64);

    impl Fixed {
        fn below(&mut self, n: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((self.0 >> 33) as usize) % n
        }
    }

    /// A header of about `length` bytes: words of one language joined by commas, with some ASCII between them.
    fn header(label: &str, words: &[&str], length: usize, random: &mut Fixed) -> Vec<u8> {
        const ASCII: [&str; 6] = ["id", "bdi_pre", "bdi_post", "S01", "age", "31"];
        let encoding = find(label).unwrap();
        let fits = |bytes: &[u8], room: usize| bytes.len() <= room;
        let mut bytes: Vec<u8> = Vec::new();
        for _ in 0..60 {
            let word = if random.below(5) == 0 && !bytes.is_empty() { ASCII[random.below(6)] } else { words[random.below(words.len())] };
            let (coded, _, failed) = encoding.encode(word);
            assert!(!failed, "{word} is not {label}");
            let comma = usize::from(!bytes.is_empty());
            if fits(&coded, length.saturating_sub(bytes.len() + comma)) {
                bytes.extend(std::iter::repeat_n(b',', comma));
                bytes.extend_from_slice(&coded);
            }
        }
        bytes
    }

    #[test]
    fn the_true_encoding_is_among_the_first_two() {
        let mut random = Fixed(20_240_301);
        let (mut n, mut first, mut second) = (0, 0, 0);
        let mut missed = Vec::new();
        while n < 500 {
            let (label, words) = WORDS[n % WORDS.len()];
            let words: Vec<&str> = words.split(' ').collect();
            let length = 2 + random.below(59);
            let bytes = header(label, &words, length, &mut random);
            if bytes.len() < 2 || bytes.is_ascii() {
                continue;
            }
            n += 1;
            let ranked = candidates(&bytes, &[]);
            match ranked.iter().position(|candidate| *candidate == label) {
                Some(0) => first += 1,
                Some(1) => second += 1,
                at => missed.push(format!("{label} {at:?} {:?} {}", &ranked[..ranked.len().min(2)], find(label).unwrap().decode(&bytes).0)),
            }
        }
        assert!(first + second >= n * 95 / 100, "{first} first, {second} second of {n}; missed: {missed:#?}");
    }

    #[test]
    fn a_wanted_name_decides() {
        let (bytes, ..) = find("big5").unwrap().encode("前,後,x\n");
        assert_eq!(candidates(&bytes, &["後"])[0], "big5");
        let (bytes, ..) = find("euc-jp").unwrap().encode("前,後,x\n");
        assert_eq!(candidates(&bytes, &["後"])[0], "euc-jp");
    }

    #[test]
    fn a_kanji_far_down_is_seen() {
        let mut bytes = b"id,note\n".repeat(900);
        bytes.extend_from_slice(b"S1,\x94\xed\x8c\xb1\x8e\xd2\n");
        assert_eq!(candidates(&bytes, &[])[0], "cp932");
    }

    #[test]
    fn only_what_decodes_is_named() {
        assert!(!candidates(b"\x81,a", &[]).contains(&"cp932"));
        assert!(!candidates(b"\x81,a", &[]).contains(&"windows-1252"), "81 is not defined there");
    }
}
