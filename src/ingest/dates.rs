//! Dates of visits: read where the plan names their columns, and each post date compared with its pre date.
//!
//! Dates decide no number. One that cannot be read is therefore a warning, as is a post date before its pre date: the scores are
//! certain, what is lost is a check of them. No date leaves a message about its own row.

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::columns::{at_place, found};
use super::header::Header;
use super::roster::At;
use super::settings::FileSettings;
use super::table::Row;
use super::{LoadedFile, inert, shared_place, trim};
use crate::plan::DataSection;
use crate::trial::{Problem, ProblemCode, Problems};

const ISO: &str = "%Y-%m-%d";

/// Years in which a visit may have been. Castor writes missing dates with years from 2995 on, and a cell without a century
/// gives a year like 24.
const PLAUSIBLE_YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// Cells and subjects named one by one; the rest is counted.
const LISTED: usize = 20;

/// Formats that a cell which does not fit may be written in.
const USUAL: [&str; 12] = [
    ISO,
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y年%m月%d日",
    "%Y%m%d",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%d-%b-%Y",
    "%d %b %Y",
];

/// The dates of all subjects so far.
#[derive(Debug)]
pub struct VisitDates<'a> {
    data: &'a DataSection,
    /// By subject: the latest pre date and the earliest post date, and where they stand.
    by_subject: Vec<[Option<(NaiveDate, At)>; 2]>,
}

/// Where the dates stand in one file.
#[derive(Debug)]
pub struct DateColumns<'s> {
    settings: &'s FileSettings<'s>,
    columns: Vec<DateColumn>,
}

#[derive(Debug)]
struct DateColumn {
    index: usize,
    name: String,
    /// The visit that it belongs to; nothing where the row says.
    visit: Option<usize>,
    /// Cells that are no date of a visit: how many, and the first with their lines.
    faulty: usize,
    named: Vec<(u64, String)>,
}

impl<'a> VisitDates<'a> {
    pub fn new(data: &'a DataSection) -> Self {
        Self { data, by_subject: Vec::new() }
    }

    /// Finds the columns in one file, that of visit `of_file` in the two-file layout; each that is missing is a problem.
    pub fn find<'s>(
        &self,
        header: &Header,
        settings: &'s FileSettings<'s>,
        of_file: Option<usize>,
        problems: &mut Problems,
    ) -> DateColumns<'s> {
        let data = self.data;
        let named: Vec<(Option<usize>, Option<&String>)> = match of_file {
            _ if data.visit.is_some() => vec![(None, data.date.as_ref())],
            Some(visit) => vec![(Some(visit), [&data.pre_date, &data.post_date].into_iter().nth(visit).and_then(Option::as_ref))],
            None => vec![(Some(0), data.pre_date.as_ref()), (Some(1), data.post_date.as_ref())],
        };
        let column = |(visit, name): (Option<usize>, Option<&String>)| {
            let index = found(header.find(name?), problems)?;
            Some(DateColumn { index, name: inert(name?), visit, faulty: 0, named: Vec::new() })
        };
        DateColumns { settings, columns: named.into_iter().filter_map(column).collect() }
    }

    /// Notes the dates of a subject's row at `visit`.
    pub fn note(&mut self, found: &mut DateColumns, row: &Row, visit: usize, subject: u32, at: At) {
        let settings = found.settings;
        for column in &mut found.columns {
            let cell = row.cell(column.index);
            if trim(&cell).is_empty() || settings.codes.has_text(trim(&cell)) {
                continue;
            }
            let Some(date) = read(&cell, self.data.date_format.as_deref()) else {
                column.faulty += 1;
                if column.faulty <= LISTED {
                    column.named.push((at.line, cell.into_owned()));
                }
                continue;
            };
            let subject = subject as usize;
            if self.by_subject.len() <= subject {
                self.by_subject.resize(subject + 1, [None; 2]);
            }
            match (column.visit.unwrap_or(visit), &mut self.by_subject[subject]) {
                (0, [latest, _]) => *latest = (*latest).max(Some((date, at))),
                (1, [_, earliest]) => *earliest = earliest.map_or(Some((date, at)), |first| Some(first.min((date, at)))),
                _ => {}
            }
        }
    }

    /// Warns of post dates before their pre dates.
    pub fn finish(&self, files: &[LoadedFile], problems: &mut Problems) {
        let both = self.by_subject.iter().filter_map(|[pre, post]| Some(((*pre)?, (*post)?)));
        let compared = both.clone().count();
        let mut early: Vec<(At, At)> = both.filter(|(pre, post)| post.0 < pre.0).map(|(pre, post)| (post.1, pre.1)).collect();
        if early.is_empty() {
            return;
        }
        early.sort_unstable();
        let place = |at: At| {
            let place = at_place(at, files);
            if files.len() == 1 { place.row().unwrap_or_default() } else { place.to_string() }
        };
        let row = |(post, pre): &(At, At)| match post == pre {
            true => place(*post),
            false => format!("{} (pre date: {})", place(*post), place(*pre)),
        };
        let rows: Vec<String> = early.iter().take(LISTED).map(row).collect();
        let more = early.len().saturating_sub(LISTED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let count = early.len();
        let what = format!("{count} of {compared} subjects with both dates have a post date before the pre date");
        let advice = if count == compared && count > 1 {
            "every post date is before its pre date: are the pre and the post visit exchanged in trial.toml?"
        } else {
            "correct the dates, or the visits if they are exchanged; the scores are read as they stand"
        };
        let column = self.data.post_date.as_ref().or(self.data.date.as_ref());
        let shared = shared_place(files);
        let shared = column.map_or(shared.clone(), |column| shared.column(inert(column)));
        problems.push(
            Problem::warning(ProblemCode::DateOrder, shared, what)
                .with_count(count)
                .with_hint(format!("{}{more}; {advice}", rows.join(", "))),
        );
    }
}

impl DateColumns<'_> {
    /// Warns of cells that are no date of a visit. What stood in them is said in the hint alone, which no report repeats.
    pub fn finish(self, format: Option<&str>, problems: &mut Problems) {
        for column in self.columns {
            let Some((line, first)) = column.named.first() else { continue };
            let cells: Vec<String> = column.named.iter().map(|(line, cell)| format!("line {line} `{}`", inert(trim(cell)))).collect();
            let more = column.faulty - cells.len();
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let noun = if column.faulty == 1 { "1 cell is" } else { &format!("{} cells are", column.faulty) };
            let (from, to) = (PLAUSIBLE_YEARS.start(), PLAUSIBLE_YEARS.end());
            let what = format!(
                "{noun} no date as {} in {from} to {to}, so that the order of visits is not checked there",
                inert(format.unwrap_or(ISO))
            );
            let place = self.settings.place().line(*line).column(column.name.as_str());
            problems.push(
                Problem::warning(ProblemCode::DateUnreadable, place, what)
                    .with_value(inert(first))
                    .with_count(column.faulty)
                    .with_hint(format!("{}{more}; {}", cells.join(", "), advice(&column.named))),
            );
        }
    }
}

/// A cell as a date of the plan's format, of a plausible year; ISO, with or without a time, where the plan has none.
fn read(cell: &str, format: Option<&str>) -> Option<NaiveDate> {
    let cell = trim(cell);
    let date = match format {
        None | Some(ISO) => iso(cell),
        Some(format) => NaiveDate::parse_from_str(cell, format).ok(),
    };
    date.filter(|date| PLAUSIBLE_YEARS.contains(&date.year()))
}

/// `2024-03-01`, perhaps with `T10:30`, ` 10:30:00.000` and a zone: the date is taken as it is written.
fn iso(cell: &str) -> Option<NaiveDate> {
    let (date, time) = cell.split_at_checked(10)?;
    let has_shape = date.bytes().enumerate().all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
    (has_shape && is_time(time)).then(|| NaiveDate::parse_from_str(date, ISO).ok())?
}

fn is_time(text: &str) -> bool {
    let Some(time) = text.strip_prefix(['T', ' ']) else { return text.is_empty() };
    let time = time.trim_start().trim_end_matches('Z');
    let zone = time.rfind(['+', '-']).unwrap_or(time.len());
    ["%H:%M", "%H:%M:%S%.f"].iter().any(|format| NaiveTime::parse_from_str(&time[..zone], format).is_ok())
}

/// What could be declared to make dates of cells.
fn advice(cells: &[(u64, String)]) -> String {
    let fits = USUAL.iter().filter(|format| cells.iter().all(|(_, cell)| read(cell, Some(format)).is_some()));
    let formats: Vec<String> = fits.map(|format| format!("`date_format = \"{format}\"`")).collect();
    match formats.as_slice() {
        [] => "correct them; what means missing is left empty or added to `missing` under [data] in trial.toml".to_owned(),
        formats => format!("if dates are written so, declare {} under [data] in trial.toml", formats.join(" or ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(cell: &str, format: Option<&str>) -> String {
        read(cell, format).map_or("no date".to_owned(), |date| date.to_string())
    }

    #[test]
    fn iso_dates_may_have_a_time() {
        for cell in [
            "2024-03-01",
            " 2024-03-01 ",
            "2024-03-01 10:30",
            "2024-03-01T10:30:00",
            "2024-03-01 00:00:00.000",
            "2024-03-01T10:30:00Z",
            "2024-03-01T23:30:00+09:00",
        ] {
            assert_eq!(shown(cell, None), "2024-03-01", "{cell}");
        }
        for cell in [
            "2024-3-1",
            "24-03-01",
            "2024-13-01",
            "2023-02-29",
            "2024-03-01x",
            "2024-03-01 25:00",
            "+024-03-01",
            "45352",
            "1-Mar",
            "2024-03-0１",
        ] {
            assert_eq!(shown(cell, None), "no date", "{cell}");
        }
    }

    #[test]
    fn a_declared_format_is_the_only_one() {
        assert_eq!(shown("03/04/2024", Some("%d/%m/%Y")), "2024-04-03");
        assert_eq!(shown("03/04/2024", Some("%m/%d/%Y")), "2024-03-04");
        assert_eq!(shown("3/4/2024 10:30", Some("%d/%m/%Y %H:%M")), "2024-04-03");
        assert_eq!(shown("4-Mar-24", Some("%d-%b-%y")), "2024-03-04");
        assert_eq!(shown("2024年3月1日", Some("%Y年%m月%d日")), "2024-03-01");
        assert_eq!(shown("2024-04-03", Some("%d/%m/%Y")), "no date");
        assert_eq!(shown("13/13/2024", Some("%d/%m/%Y")), "no date");
    }

    #[test]
    fn years_must_be_plausible() {
        assert_eq!(shown("2996-01-01", None), "no date");
        assert_eq!(shown("0024-01-01", None), "no date");
        assert_eq!(shown("03/04/24", Some("%d/%m/%Y")), "no date");
    }

    #[test]
    fn the_advice_names_the_formats_that_fit_all() {
        let advice = |cells: &[&str]| advice(&cells.iter().map(|cell| (2, (*cell).to_owned())).collect::<Vec<_>>());
        assert!(advice(&["2024/03/01", "2024/12/31"]).contains("`date_format = \"%Y/%m/%d\"`"));
        assert!(advice(&["03/04/2024"]).contains("%d/%m/%Y\"` or `date_format = \"%m/%d/%Y"));
        assert!(!advice(&["03/04/2024", "13/04/2024"]).contains("%m/%d"));
        assert!(advice(&["2996-01-01"]).starts_with("correct them"));
    }
}
