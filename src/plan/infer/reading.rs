//! How the files are to be read, where a first look found it: encoding, header line, records to skip, sheet.

use super::draft::Draft;
use super::file::LookedFile;
use crate::plan::{DataSection, FileOverride};

/// Writes down what is the same in all files under `[data]`, and what differs under the file.
pub(super) fn settle(draft: &mut Draft<'_>, files: &[LookedFile]) {
    let Some(first) = files.first() else { return };
    let label = |file: &LookedFile| file.encoding.as_ref().map(|encoding| encoding.label.clone());
    let skip = |file: &LookedFile| (file.skip_records > 0).then_some(file.skip_records);
    let alike = files.iter().all(|file| {
        label(file) == label(first) && file.header_line == first.header_line && skip(file) == skip(first) && file.sheet == first.sheet
    });
    for file in files {
        explain(draft, file);
        if !alike {
            let own = FileOverride {
                encoding: label(file),
                header_line: file.header_line,
                skip_records_after_header: skip(file),
                sheet: file.sheet.clone(),
                ..FileOverride::default()
            };
            if own != FileOverride::default() {
                draft.plan.data.files_by_name.insert(file.name.clone(), own);
            }
        }
    }
    if alike {
        draft.plan.data = DataSection {
            encoding: label(first),
            header_line: first.header_line,
            skip_records_after_header: skip(first),
            sheet: first.sheet.clone(),
            ..std::mem::take(&mut draft.plan.data)
        };
    }
}

fn explain(draft: &mut Draft<'_>, file: &LookedFile) {
    let name = &file.name;
    if let Some(encoding) = file.encoding.as_ref().filter(|encoding| !encoding.declared) {
        let others = if encoding.others.is_empty() {
            "no other was found to fit".to_owned()
        } else {
            format!("it could also be {}", encoding.others.join(", "))
        };
        draft.assume(format!("`{name}` is no UTF-8 and was read as {}, the likeliest encoding; {others}: check the names", encoding.label));
    }
    if let Some(line) = file.header_line {
        draft.assume(format!("the header of `{name}` is on line {line}"));
    }
    match file.skip_records {
        0 => {}
        1 => draft.assume(format!("the record under the header of `{name}` holds question texts, and is skipped")),
        count => draft.assume(format!("the {count} records under the header of `{name}` are question texts and import ids")),
    }
}
