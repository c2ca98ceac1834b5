//! Typed cells → the text that the cell grammar reads.

/// A number of a spreadsheet, as digits without exponent.
///
/// Spreadsheets keep and show 15 significant digits: what a formula leaves beyond them (0.1 + 0.2) is dropped. Whole
/// numbers keep all their digits.
pub fn spreadsheet_number(value: f64) -> String {
    if !value.is_finite() || value == value.trunc() {
        return plain_number(value);
    }
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    plain_number(rounded)
}

/// A number as the shortest digits that give it back, without exponent; `NaN` and `inf` as these words.
pub fn plain_number(value: f64) -> String {
    // Not `-0`: zero has no sign in a score.
    format!("{}", if value == 0.0 { 0.0 } else { value })
}

/// `2024-03-01` of days since 1970-01-01.
pub fn date(days: i64) -> Option<String> {
    let date = chrono::DateTime::from_timestamp(days.checked_mul(86_400)?, 0)?;
    Some(date.format("%Y-%m-%d").to_string())
}

/// `2024-03-01 09:30:00` of seconds and nanoseconds since 1970-01-01 00:00; the date alone at midnight.
pub fn date_time(seconds: i64, nanos: u32) -> Option<String> {
    let time = chrono::DateTime::from_timestamp(seconds, nanos)?;
    let format = match (seconds.rem_euclid(86_400), nanos) {
        (0, 0) => "%Y-%m-%d",
        (_, 0) => "%Y-%m-%d %H:%M:%S",
        _ => "%Y-%m-%d %H:%M:%S%.f",
    };
    Some(time.format(format).to_string())
}

/// The same of year, month, day, hour, minute, second and millisecond.
pub fn date_time_of((year, month, day, hour, minute, second, milli): (u16, u8, u8, u8, u8, u8, u16)) -> String {
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second, milli) {
        (0, 0, 0, 0) => date,
        (_, _, _, 0) => format!("{date} {hour:02}:{minute:02}:{second:02}"),
        _ => format!("{date} {hour:02}:{minute:02}:{second:02}.{milli:03}"),
    }
}

/// `09:30:00` of seconds; hours may pass 24, as in a duration.
pub fn clock(seconds: f64) -> String {
    let sign = if seconds < 0.0 { "-" } else { "" };
    let whole = seconds.abs().round();
    format!("{sign}{:02}:{:02}:{:02}", (whole / 3600.0).floor(), (whole / 60.0).floor() % 60.0, whole % 60.0)
}

/// A decimal of `mantissa` × 10^−`scale`, all its digits written.
pub fn decimal(mantissa: i128, scale: usize) -> String {
    let digits = format!("{:0>width$}", mantissa.unsigned_abs(), width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    let sign = if mantissa < 0 { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_spreadsheets() {
        let cases = [
            (0.1 + 0.2, "0.3"),
            (31.0, "31"),
            (-0.0, "0"),
            (-2.5, "-2.5"),
            (1e21, "1000000000000000000000"),
            (1e-7, "0.0000001"),
            (123_456_789_012_345.0, "123456789012345"),
            (1.0 / 3.0, "0.333333333333333"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "inf"),
        ];
        for (value, expected) in cases {
            assert_eq!(spreadsheet_number(value), expected);
        }
        assert_eq!(plain_number(0.1 + 0.2), "0.30000000000000004");
    }

    #[test]
    fn dates_and_times() {
        assert_eq!(date(19_783).as_deref(), Some("2024-03-01"));
        assert_eq!(date(i64::MAX), None);
        assert_eq!(date_time(19_783 * 86_400, 0).as_deref(), Some("2024-03-01"));
        assert_eq!(date_time(19_783 * 86_400 + 5, 500_000_000).as_deref(), Some("2024-03-01 00:00:05.500"));
        assert_eq!((clock(34_200.0).as_str(), clock(90_061.0).as_str(), clock(-60.0).as_str()), ("09:30:00", "25:01:01", "-00:01:00"));
    }

    #[test]
    fn decimals_keep_their_digits() {
        assert_eq!(decimal(-1205, 2), "-12.05");
        assert_eq!(decimal(5, 3), "0.005");
        assert_eq!(decimal(7, 0), "7");
        assert_eq!(decimal(i128::MIN, 38), "-1.70141183460469231731687303715884105728");
    }
}
