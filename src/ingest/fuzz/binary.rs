//! Files that are no text: each is read or refused, and a panic of a decoder stays inside.

use std::collections::BTreeMap;

use super::finding;
use crate::ingest::content::{Content, Records};
use crate::ingest::formats::{Needed, content};
use crate::ingest::records::Record;
use crate::ingest::settings::FileSettings;
use crate::plan::{DataSection, FileOverride};

/// Reads bytes as a file of every name that could decide what they are. What comes out is a grid whose rows ascend.
///
/// Time and memory are for the caller to watch.
pub fn binary(bytes: &[u8]) {
    let by_name: &[&str] = match bytes {
        [b'P', b'K', ..] => &["a.xlsx", "a.xlsb", "a.ods"],
        [102..=115, ..] => &["a.dta"],
        _ => &["a"],
    };
    for name in by_name {
        for sheet in [None, Some("Data".to_owned())] {
            let own = FileOverride { sheet: sheet.clone(), missing: Some(vec!["-99".into(), "98".into()]), ..FileOverride::default() };
            let data = DataSection { files_by_name: BTreeMap::from([((*name).to_owned(), own)]), ..DataSection::default() };
            let mut settings = FileSettings::new(&data, name, "".as_ref());
            match content(bytes.to_vec(), &mut settings, &Needed::all(), &[]) {
                Err(problem) => finding::check(&problem, None),
                Ok(Content::Text(_)) => return,
                Ok(found @ Content::Grid(_)) => rows(&found),
            }
            if !name.contains(".xlsx") && !name.contains(".ods") {
                break;
            }
        }
    }
}

fn rows(content: &Content) {
    let Content::Grid(grid) = content else { return };
    let (mut records, mut record) = (Records::of_grid(grid, 0), Record::default());
    let text = records.text();
    let mut last = None;
    while let Some(step) = records.read(&mut record) {
        assert_eq!(step, Ok(()));
        assert!(last.is_none_or(|last| record.line > last), "row {} after {last:?}", record.line);
        last = Some(record.line);
        (0..record.len()).for_each(|i| drop(record.cell(text, i)));
    }
}
