//! How each file of a plan is to be read: `[data]`, with what `files_by_name` changes for one file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::cell::CellRule;
use super::missing::MissingCodes;
use super::{canonical, inert};
use crate::plan::{DataSection, FileOverride, OneOrMore, file_and_sheet};
use crate::trial::{Outcome, Place};

/// The settings of one file.
#[derive(Debug)]
pub struct FileSettings<'p> {
    pub path: PathBuf,
    /// The name without folders, with the sheet where the plan names it behind a `#`.
    pub name: String,
    /// The name of the file alone, without folders.
    pub file: String,
    pub encoding: Option<&'p str>,
    pub separator: Option<&'p str>,
    /// The sheet of a workbook: as declared, once read the one that was read.
    pub sheet: Option<String>,
    pub header_line: Option<u64>,
    pub skip_records: u64,
    /// The column of the subject id.
    pub subject: &'p str,
    /// The score column of this file alone, where the plan names one.
    pub value: Option<&'p str>,
    pub codes: MissingCodes,
    pub keep_where: &'p BTreeMap<String, OneOrMore>,
    pub group: Option<&'p str>,
    /// Whether the file is no text, so that its numbers are numbers.
    pub keeps_numbers: bool,
    /// Whether the plan names other files, too.
    pub is_one_of_several: bool,
    decimal: Option<&'p str>,
    decimal_by_column: &'p BTreeMap<String, String>,
    thousands: Option<&'p str>,
}

impl<'p> FileSettings<'p> {
    /// The settings of what the plan names `named`; paths start from `base`.
    pub fn new(data: &'p DataSection, named: &str, base: &Path) -> Self {
        let (path, sheet) = file_and_sheet(named);
        let path = base.join(path);
        let file = file_name(&path);
        let name = sheet.map_or_else(|| file.clone(), |sheet| format!("{file}#{sheet}"));
        let own = data.override_of(named);
        let choose = |pick: fn(&FileOverride) -> &Option<String>, general: &'p Option<String>| {
            own.and_then(|own| pick(own).as_deref()).or(general.as_deref())
        };
        let missing = own.and_then(|own| own.missing.as_ref()).unwrap_or(&data.missing);
        Self {
            encoding: choose(|own| &own.encoding, &data.encoding),
            separator: choose(|own| &own.separator, &data.separator),
            sheet: sheet.or_else(|| choose(|own| &own.sheet, &data.sheet)).map(str::to_owned),
            header_line: own.and_then(|own| own.header_line).or(data.header_line),
            skip_records: own.and_then(|own| own.skip_records_after_header).or(data.skip_records_after_header).unwrap_or(0),
            subject: own.and_then(|own| own.subject.as_deref()).unwrap_or(&data.subject),
            value: own.and_then(|own| own.value.as_deref()),
            codes: MissingCodes::new(missing),
            keep_where: &data.keep_where,
            group: data.group.as_deref(),
            keeps_numbers: false,
            is_one_of_several: false,
            decimal: choose(|own| &own.decimal, &data.decimal),
            decimal_by_column: &data.decimal_by_column,
            thousands: choose(|own| &own.thousands, &data.thousands),
            path,
            name,
            file,
        }
    }

    /// How the cells of `column` are read as scores of `outcome`.
    pub fn rule<'a>(&'a self, column: &str, outcome: &'a Outcome) -> CellRule<'a> {
        let wanted = canonical(column.into());
        let own = self.decimal_by_column.iter().find(|(name, _)| canonical(name.as_str().into()) == wanted).map(|(_, mark)| mark.as_str());
        let mark = own.or(self.decimal).and_then(|mark| mark.chars().next()).unwrap_or('.');
        let thousands = self.thousands.and_then(|mark| mark.chars().next());
        CellRule { mark, thousands, codes: &self.codes, outcome }
    }

    /// Whether the plan says what the decimal mark of `column` is.
    pub fn declares_decimal(&self, column: &str) -> bool {
        let wanted = canonical(column.into());
        self.decimal.is_some() || self.decimal_by_column.keys().any(|name| canonical(name.as_str().into()) == wanted)
    }

    /// Where the plan says what is so in this file: `[data]`, or the section of the file where there are others.
    pub fn section(&self) -> String {
        if self.is_one_of_several { format!("[data.files_by_name.\"{}\"]", inert(&self.name)) } else { "[data]".to_owned() }
    }

    pub fn place(&self) -> Place {
        let place = Place::file(inert(&self.file));
        match &self.sheet {
            Some(sheet) => place.sheet(inert(sheet)),
            None => place,
        }
    }
}

/// The last part of a path, as messages and provenance show it.
pub fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_in_one_file_goes_before() {
        let mut data = DataSection { subject: "id".into(), decimal: Some(",".into()), ..DataSection::default() };
        data.missing = vec!["-9".into()];
        let own = FileOverride {
            subject: Some("被験者".into()),
            encoding: Some("cp932".into()),
            skip_records_after_header: Some(2),
            ..FileOverride::default()
        };
        data.files_by_name.insert("pre.csv".into(), own);
        let pre = FileSettings::new(&data, "data/pre.csv", Path::new("trial"));
        assert_eq!((pre.subject, pre.encoding, pre.decimal, pre.name.as_str()), ("被験者", Some("cp932"), Some(","), "pre.csv"));
        let post = FileSettings::new(&data, "post.csv", Path::new("trial"));
        assert_eq!((post.subject, post.encoding), ("id", None));
        assert_eq!((pre.skip_records, post.skip_records), (2, 0));
    }

    #[test]
    fn a_sheet_behind_a_workbook_is_read_of_it() {
        let mut data = DataSection::default();
        data.files_by_name.insert("book.xlsx".into(), FileOverride { header_line: Some(3), ..FileOverride::default() });
        data.files_by_name.insert("book.xlsx#Post".into(), FileOverride { header_line: Some(5), ..FileOverride::default() });
        let of = |named| FileSettings::new(&data, named, Path::new("trial"));
        let (pre, post) = (of("data/book.xlsx#Pre"), of("data/book.xlsx#Post"));
        assert_eq!((pre.path.as_path(), pre.sheet.as_deref()), (Path::new("trial/data/book.xlsx"), Some("Pre")));
        assert_eq!((pre.name.as_str(), pre.file.as_str(), pre.header_line), ("book.xlsx#Pre", "book.xlsx", Some(3)));
        assert_eq!((post.sheet.as_deref(), post.header_line), (Some("Post"), Some(5)));
    }
}
