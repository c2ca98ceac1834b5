//! Rows among the data that are no subject's: statistics under a table, footnotes.

use std::collections::HashSet;
use std::sync::LazyLock;

/// What stands in the subject column of a row of statistics, in lower case. Whole cells only, but for what a bracket, a colon
/// or an equals sign adds: `Mean (n = 12)`.
const SUMMARY_WORDS: &str = "mean|means|average|averages|avg|arithmetic mean|sd|s.d.|std|stdev|st.dev|std dev|std. dev|standard deviation|se|sem|std error|std. error|\
standard error|var|variance|total|totals|grand total|subtotal|sub-total|sum|sums|median|min|max|minimum|maximum|count|n|iqr|mean±sd|mean ± sd|mean+sd|mean/sd|\
平均|平均値|平均点|標準偏差|標準誤差|分散|合計|総計|小計|計|総数|中央値|最大|最大値|最小|最小値|人数|件数|例数|度数|\
平均数|平均值|均值|标准差|標準差|标准误|合计|总计|總計|总和|總和|中位数|中位數|最大值|最小值|人數|例數|\
평균|평균값|평균점수|표준편차|표준오차|분산|합계|총계|소계|총합|중앙값|중위수|최대|최대값|최댓값|최소|최소값|최솟값|인원|인원수|명수|대상자수|\
mittelwert|mw|mittel|durchschnitt|standardabweichung|stabw|summe|gesamt|gesamtsumme|insgesamt|anzahl|moyenne|écart-type|écart type|ecart-type|ecart type|somme|\
médiane|mediane|effectif|media|promedio|desviación estándar|desviacion estandar|desviación típica|suma|mediana|mínimo|máximo|recuento|deviazione standard|somma|totale|\
média|desvio padrão|desvio-padrão|soma|gemiddelde|standaardafwijking|totaal|som|mediaan|medelvärde|standardavvikelse|summa|gjennomsnitt|gennemsnit|standardavvik|\
średnia|odchylenie standardowe|razem|průměr|směrodatná odchylka|součet|átlag|szórás|összesen|среднее|среднее значение|стандартное отклонение|сумма|итого|всего|медиана";

static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| SUMMARY_WORDS.split('|').collect());

/// The longest cell looked at: longer than the longest word with its bracket.
const LONGEST: usize = 120;

/// Whether a subject cell is the name of a statistic.
pub fn is_summary(cell: &str) -> bool {
    let bytes = cell.as_bytes();
    let has_mark = || bytes.iter().any(|byte| matches!(byte, b'=' | b'(' | b':'));
    match bytes {
        // Most ids begin or end with a digit; they are left at once.
        [] | [b'0'..=b'9', ..] => return false,
        [.., b'0'..=b'9'] if cell.is_ascii() && !has_mark() => return false,
        _ if bytes.len() > LONGEST => return false,
        _ => {}
    }
    let head = cell.split(['(', '（', '=', '＝', ':', '：']).next().unwrap_or(cell);
    let word = super::trim(head).to_lowercase();
    WORDS.contains(word.as_str()) || WORDS.contains(word.trim_end_matches('.'))
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
        ] {
            assert!(is_summary(cell), "{cell}");
        }
    }

    #[test]
    fn ids_are_no_statistics() {
        for cell in ["S01", "001", "N01", "Max1", "Meaney", "A", "", "平均子", "total-7", "M(1)", "被験者1"] {
            assert!(!is_summary(cell), "{cell}");
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
