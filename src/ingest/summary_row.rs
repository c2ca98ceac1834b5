//! Rows among the data that are no subject's: statistics under a table, footnotes.

use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// What stands in the subject column of a row of statistics, in lower case. Whole cells only, but for what a bracket, a colon
/// or an equals sign adds: `Mean (n = 12)`.
const SUMMARY_WORDS: &str = "계|합|표준 편차|総合計|集計|mean value|mean values|total mean|row total|column total|gesamtergebnis|moy|promedio general|desv. est|desv est|\
mean change|mean difference|mean pre|mean post|column mean|m (sd)|m(sd)|stderr|total n|summary|σ|∑|x̄|ø|media aritmética|\
desviación|合計点|合計得点|平均変化|mean|means|average|averages|avg|arithmetic mean|sd|s.d.|std|stdev|st.dev|std dev|std. dev|standard deviation|se|sem|std error|std. error|\
standard error|var|variance|total|totals|grand total|subtotal|sub-total|sum|sums|median|min|max|minimum|maximum|count|n|iqr|mean±sd|mean ± sd|mean+sd|mean/sd|\
平均|平均値|平均点|標準偏差|標準誤差|分散|合計|総計|小計|計|総数|中央値|最大|最大値|最小|最小値|人数|件数|例数|度数|\
平均数|平均值|均值|标准差|標準差|标准误|合计|总计|總計|总和|總和|中位数|中位數|最大值|最小值|人數|例數|\
평균|평균값|평균점수|표준편차|표준오차|분산|합계|총계|소계|총합|중앙값|중위수|최대|최대값|최댓값|최소|최소값|최솟값|인원|인원수|명수|대상자수|\
mittelwert|mw|mittel|durchschnitt|standardabweichung|stabw|summe|gesamt|gesamtsumme|insgesamt|anzahl|moyenne|écart-type|écart type|ecart-type|ecart type|somme|\
médiane|mediane|effectif|media|promedio|desviación estándar|desviacion estandar|desviación típica|suma|mediana|mínimo|máximo|recuento|deviazione standard|somma|totale|\
média|desvio padrão|desvio-padrão|soma|gemiddelde|standaardafwijking|totaal|som|mediaan|medelvärde|standardavvikelse|summa|gjennomsnitt|gennemsnit|standardavvik|\
grand mean|group mean|overall mean|mean score|mean scores|mean of all|average score|overall|all|all subjects|all patients|all participants|\
std. deviation|std deviation|std.dev|std.dev.|std.deviation|stdev.s|stdev.p|std. error of mean|variance of all|valid|valid n|n valid|missing|n missing|cases|valid cases|\
range|lower quartile|upper quartile|first quartile|third quartile|quartile|quartiles|percentile|percentiles|interquartile range|ci|c.i.|confidence interval|\
lower ci|upper ci|ci lower|ci upper|lower limit|upper limit|p-value|p value|p|skewness|kurtosis|mode|mean±se|mean±sem|mean±std|mean ± se|mean ± sem|m±sd|m ± sd|\
全体|全体平均|全体平均値|全例|全員|平均±sd|平均 ± sd|平均±標準偏差|平均値±sd|平均値±標準偏差|平均±se|有効数|有効|欠損|欠損値|欠測|範囲|四分位範囲|最頻値|信頼区間|p値|\
全部|所有|平均±标准差|均值±标准差|有效|缺失|전체|전체 평균|전체평균|평균±표준편차|평균±sd|유효|결측|범위|신뢰구간|total général|total general|ensemble|\
moyenne générale|gesamtmittelwert|mittelwert gesamt|gültig|fehlend|spannweite|média geral|media general|media generale|średnia|odchylenie standardowe|razem|průměr|směrodatná odchylka|součet|átlag|szórás|összesen|среднее|среднее значение|стандартное отклонение|сумма|итого|всего|медиана";

static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| SUMMARY_WORDS.split('|').collect());

/// The longest cell looked at: longer than the longest word with its bracket.
const LONGEST: usize = 120;

/// Whether a subject cell is the name of a statistic.
pub fn is_summary(cell: &str) -> bool {
    let bytes = cell.as_bytes();
    let has_mark = || bytes.iter().any(|byte| matches!(byte, b'=' | b'(' | b':'));
    match bytes {
        [b'0'..=b'9', ..] if bytes.contains(&b'%') => return is_percentile(cell),
        // Most ids begin or end with a digit; they are left at once.
        [] | [b'0'..=b'9', ..] => return false,
        [.., b'0'..=b'9'] if cell.is_ascii() && !has_mark() && !bytes.contains(&b' ') => return false,
        _ if bytes.len() > LONGEST => return false,
        _ => {}
    }
    let narrow: String = cell.nfkc().collect::<String>().to_lowercase();
    let is_mark = |letter: char| letter.is_whitespace() || "*†‡\"'“”".contains(letter);
    // A plus sign before a word begins a formula.
    let plain = narrow.trim_start_matches(is_mark).trim_end_matches(|letter: char| is_mark(letter) || letter == '+');
    let head = plain.split(['(', '=', ':', '[']).next().unwrap_or(plain);
    let word = super::trim(head).replace('_', " ");
    // A name may be a letter with a comma behind it.
    let before_comma = word.split(',').next().filter(|word| word.chars().count() > 2).unwrap_or(&word);
    let of_something = ["mean of ", "average of ", "sum of ", "sd of ", "total of "].iter().any(|start| word.starts_with(start));
    let is_word = |word: &str| WORDS.contains(word) || WORDS.contains(word.trim_end_matches('.'));
    is_word(plain) || is_word(&word) || is_word(before_comma) || of_something
}

/// `25%` and `95% CI`: a share, alone or with the name of a statistic behind it.
fn is_percentile(cell: &str) -> bool {
    let Some((share, word)) = cell.split_once('%') else { return false };
    let word = super::trim(word).to_lowercase();
    let word = word.split('(').next().unwrap_or_default().trim();
    share.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && share.len() <= 5 && (word.is_empty() || WORDS.contains(word))
}

/// Words that begin the heading of a part of the table.
const SECTION_STARTS: [&str; 15] = [
    "site",
    "centre",
    "center",
    "cohort",
    "group",
    "arm",
    "clinic",
    "hospital",
    "ward",
    "withdrawn",
    "dropout",
    "dropouts",
    "drop-outs",
    "completers",
    "excluded",
];

/// Whether text that stands alone in its row is the heading of a part of the table: `Site A`, `Cohort 2`, `WITHDRAWN`. Only
/// whole words count: `Site01` may be an id.
pub fn is_section(text: &str) -> bool {
    let low = super::trim(text).to_lowercase();
    low.split([' ', ':']).next().is_some_and(|first| SECTION_STARTS.contains(&first))
}

/// Marks and words that begin a footnote.
const FOOTNOTE_STARTS: [&str; 16] =
    ["*", "†", "‡", "※", "＊", "#", "note", "注", "備考", "출처", "비고", "주)", "source", "anmerkung", "remarque", "nota"];

/// Whether text that stands alone in its row is a footnote and no id: it begins as one, or is a sentence.
pub fn is_footnote(text: &str) -> bool {
    let text = super::trim(text);
    let low = text.to_lowercase();
    FOOTNOTE_STARTS.iter().any(|start| low.starts_with(start)) || text.split_whitespace().count() > 2 || text.ends_with('。')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_statistics_are_known_in_any_case() {
        for cell in [
            "Mean",
            "MEAN:",
            "mean (n=12)",
            "N",
            "n=12",
            "n = 12",
            "S.D.",
            "SD",
            "Std. Dev.",
            "平均",
            "平均値（点）",
            "標準偏差",
            "합계",
            "平均值",
            "Summe",
            "Écart-type",
            "Total",
            "Std. Deviation",
            "Overall",
            "Valid N (listwise)",
            "STDEV.S",
            "25%",
            "95% CI",
            "p-value",
            "全体平均",
            "평균±SD",
            "Total général",
            "Mean change",
            "Mean_change",
            "M (SD)",
            "Total N",
            "Summary",
            "Σ",
            "合計点",
        ] {
            assert!(is_summary(cell), "{cell}");
        }
    }

    #[test]
    fn ids_are_no_statistics() {
        for cell in
            ["S01", "001", "N01", "Max1", "Meaney", "A", "", "平均子", "total-7", "M(1)", "被験者1", "P25", "Q1", "5%A", "Allen", "Modena"]
        {
            assert!(!is_summary(cell), "{cell}");
        }
    }

    #[test]
    fn headings_of_parts_are_whole_words() {
        for text in ["Site A", "Cohort 2", "WITHDRAWN", "Group: North"] {
            assert!(is_section(text), "{text}");
        }
        for text in ["Site01", "S07", "Armstrong", "GROUP-1", "Wardell"] {
            assert!(!is_section(text), "{text}");
        }
    }

    #[test]
    fn footnotes_are_told_from_ids() {
        for text in ["* S07 assessed by telephone", "Note: x", "注）電話", "S07 was assessed by telephone"] {
            assert!(is_footnote(text), "{text}");
        }
        for text in ["S07", "O'Brien", "Anna Maria", "被験者 01"] {
            assert!(!is_footnote(text), "{text}");
        }
    }
}
