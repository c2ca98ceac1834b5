//! Small files that stand for very much, given to the program with little memory: refused, and nothing written.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use flate2::{Compress, Compression, Crc, FlushCompress};
use parquet::basic::{Compression as Packing, GzipLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use super::stderr;

/// Memory that the program may ask for, in KiB: less than any of these files would take.
const ROOM: u32 = 600 << 10;
/// The same where a table is refused that was within the limits so far: what the largest one may take.
const ROOM_OF_TABLES: u32 = 1300 << 10;
const MIB: usize = 1 << 20;

/// The program in `folder`, with no more than `room`: to ask for more ends it by a signal.
fn prepost(folder: &Path, room: u32) -> Output {
    let script = format!("ulimit -v {room} && exec \"$0\" analyze");
    let program = env!("CARGO_BIN_EXE_prepost");
    Command::new("sh").args(["-c", &script, program]).current_dir(folder).output().expect("a shell")
}

/// Runs a wide plan over `file`, which is refused for one of `reasons`.
#[track_caller]
fn refused(file: &str, bytes: &[u8], reasons: &[&str]) {
    refused_in(ROOM, file, bytes, reasons);
}

#[track_caller]
fn refused_in(room: u32, file: &str, bytes: &[u8], reasons: &[&str]) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let plan = format!(
        "[data]\nfiles = [\"{file}\"]\nsubject = \"id\"\n[[outcome]]\nid = \"x\"\ndirection = \"lower\"\npre = \"pre\"\npost = \"post\"\n"
    );
    std::fs::write(folder.path().join("trial.toml"), plan).expect("a plan is written");
    std::fs::write(folder.path().join(file), bytes).expect("a file is written");
    let run = prepost(folder.path(), room);
    let said = stderr(&run);
    assert_eq!(run.status.code(), Some(1), "{:?} {said}", run.status);
    assert!(said.starts_with(&format!("error: {file}")) && reasons.iter().any(|reason| said.contains(reason)), "{said}");
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 2, "something was written");
}

/// `mebibytes` of one letter as a raw deflate stream: one block again and again.
fn deflated(letter: u8, mebibytes: usize, before: &[u8]) -> Vec<u8> {
    let pack = |bytes: &[u8], flush| {
        let (mut packer, mut packed) = (Compress::new(Compression::best(), false), Vec::with_capacity(bytes.len() + 1024));
        packer.compress_vec(bytes, &mut packed, flush).expect("room");
        packed
    };
    let mut stream = pack(before, FlushCompress::Full);
    stream.extend(pack(&vec![letter; MIB], FlushCompress::Full).repeat(mebibytes));
    stream.extend(pack(b"", FlushCompress::Finish));
    stream
}

/// A part of an archive, deflated, with what its headers declare.
struct Part {
    name: &'static str,
    packed: Vec<u8>,
    checksum: u32,
    declared: u32,
}

impl Part {
    /// A part that is what it says.
    fn of(name: &'static str, text: &str) -> Self {
        let mut checksum = Crc::new();
        checksum.update(text.as_bytes());
        Self { name, packed: deflated(b' ', 0, text.as_bytes()), checksum: checksum.sum(), declared: text.len() as u32 }
    }
}

/// A zip archive.
fn archive(parts: &[Part]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for Part { name, packed, checksum, declared } in parts {
        let offset = bytes.len() as u32;
        let mut about = Vec::new();
        // Version, flags, deflate, time, date.
        for number in [20_u16, 0, 8, 0, 33] {
            about.extend(number.to_le_bytes());
        }
        about.extend(checksum.to_le_bytes());
        about.extend((packed.len() as u32).to_le_bytes());
        about.extend(declared.to_le_bytes());
        about.extend((name.len() as u16).to_le_bytes());
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&about);
        bytes.extend([0, 0]);
        bytes.extend(name.as_bytes());
        bytes.extend(packed);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&about);
        // No extra field, no remark, first disk, no attributes.
        directory.extend([0; 12]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let start = bytes.len() as u32;
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([parts.len() as u16; 2].iter().flat_map(|count| count.to_le_bytes()));
    bytes.extend((directory.len() as u32).to_le_bytes());
    bytes.extend(start.to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}

/// A workbook whose sheet unpacks to 700 MiB and says that it is `declared`.
fn workbook(declared: u32) -> Vec<u8> {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |kind: &str, target: &str| {
        format!("<Relationships xmlns=\"x\"><Relationship Id=\"rId1\" Type=\"{office}/{kind}\" Target=\"{target}\"/></Relationships>")
    };
    let book = format!("<workbook xmlns:r=\"{office}\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
    archive(&[
        Part::of("[Content_Types].xml", "<Types/>"),
        Part::of("_rels/.rels", &relation("officeDocument", "xl/workbook.xml")),
        Part::of("xl/_rels/workbook.xml.rels", &relation("worksheet", "worksheets/sheet1.xml")),
        Part::of("xl/workbook.xml", &book),
        // Nobody comes to the end of it, where the checksum counts.
        Part { name: "xl/worksheets/sheet1.xml", packed: deflated(b' ', 700, b"<worksheet><sheetData>"), checksum: 0, declared },
    ])
}

#[test]
fn a_sheet_that_unpacks_to_very_much() {
    let bytes = workbook(700 << 20 | 22);
    assert!(bytes.len() < MIB, "{}", bytes.len());
    refused("bomb.xlsx", &bytes, &["when unpacked, got more"]);
}

#[test]
fn a_sheet_that_lies_about_its_size() {
    for declared in [0, 1000, u32::MAX - 1] {
        refused("bomb.xlsx", &workbook(declared), &["when unpacked, got more", "damaged or cut short"]);
    }
}

/// An `.ods` of one sheet with these rows.
fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"A\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    archive(&[Part::of("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), Part::of("content.xml", &content)])
}

#[test]
fn cells_and_rows_that_are_repeated_without_end() {
    let cell = |repeated: u64| {
        format!(
            "<table:table-cell table:number-columns-repeated=\"{repeated}\" office:value-type=\"string\"><text:p>x</text:p></table:table-cell>"
        )
    };
    let row = |repeated: u64, cells: &str| format!("<table:table-row table:number-rows-repeated=\"{repeated}\">{cells}</table:table-row>");
    let reasons = ["expected a table of at most 512 MiB", "damaged or cut short"];
    for rows in [row(1, &cell(u64::MAX)), row(u64::MAX, &cell(1)), row(1 << 20, &cell(1 << 14))] {
        refused("bomb.ods", &ods(&rows), &reasons);
    }
    // Cells that stand far to the right, which take the room of those before them; and many rows that each are within the limits.
    let far = format!("<table:table-cell table:number-columns-repeated=\"16383\"/>{}", cell(1));
    for rows in [row(1 << 20, &far), row(20_000, &cell(1000)).repeat(50)] {
        refused_in(ROOM_OF_TABLES, "bomb.ods", &ods(&rows), &reasons);
    }
    // On a sheet that is not read they cost nothing, and the sheets are two.
    let other = format!("{}</table:table><table:table table:name=\"B\">{}", row(1, &cell(1)), row(1 << 20, &cell(1 << 14)));
    refused("bomb.ods", &ods(&other), &["more than one sheet holds data"]);
}

/// Scores in Parquet, packed by gzip, with an id of 1.5 MB of noise: a page that gzip cannot make smaller.
fn parquet() -> Vec<u8> {
    let schema =
        parse_message_type("message scores { required binary id (UTF8); required double pre; required double post; }").expect("a schema");
    let properties = WriterProperties::builder().set_compression(Packing::GZIP(GzipLevel::default())).set_dictionary_enabled(false).build();
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, Arc::new(schema), Arc::new(properties)).expect("a writer");
    let mut state = 1_u32;
    let noise = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        b' ' + (state >> 24) as u8 % 95
    });
    let ids = [ByteArray::from("S01"), ByteArray::from(noise.take(3 * MIB / 2).collect::<Vec<u8>>())];
    let mut group = writer.next_row_group().expect("a row group");
    let mut column = group.next_column().expect("a column").expect("the ids");
    column.typed::<ByteArrayType>().write_batch(&ids, None, None).expect("ids");
    column.close().expect("a column");
    for _ in 0..2 {
        let mut column = group.next_column().expect("a column").expect("the scores");
        column.typed::<DoubleType>().write_batch(&[1.0, 2.0], None, None).expect("scores");
        column.close().expect("a column");
    }
    group.close().expect("a row group");
    writer.close().expect("a file");
    bytes
}

/// `gzip`'s stream of 1200 MiB, `length` bytes long: a name in its header takes what is left.
fn gzip_bomb(length: usize) -> Vec<u8> {
    let body = deflated(b' ', 1200, b"");
    let mut stream = vec![0x1F, 0x8B, 8, 8, 0, 0, 0, 0, 0, 255];
    let name = length - stream.len() - body.len() - 9;
    stream.extend(vec![b'a'; name]);
    stream.push(0);
    stream.extend(body);
    stream.extend([0; 8]);
    stream
}

#[test]
fn a_packed_page_that_holds_more_than_it_says() {
    let whole = parquet();
    // The page of ids is the first gzip stream of the file; the footer and its own header go on saying what they said.
    let gzip = [0x1F, 0x8B, 8];
    let at = |from: usize| whole[from..].windows(3).position(|window| window == gzip).map(|at| from + at).expect("a stream");
    let page = at(0);
    // Behind it stands the header of the next page, which begins with its type.
    let next = at(page + MIB);
    let end = (page + MIB..next).rev().find(|&end| whole[end..].starts_with(&[0x15, 0x00, 0x15])).expect("the next page");
    let mut bytes = whole.clone();
    bytes[page..end].copy_from_slice(&gzip_bomb(end - page));
    refused("bomb.parquet", &bytes, &["damaged or cut short", "got a larger one"]);
}

#[test]
fn a_file_within_the_limits_is_read_in_that_room() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut scores = std::fs::File::create(folder.path().join("scores.csv")).expect("a file");
    scores.write_all(super::SCORES.as_bytes()).expect("scores");
    std::fs::write(folder.path().join("trial.toml"), super::PLAN).expect("a plan");
    let run = prepost(folder.path(), ROOM);
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
}
