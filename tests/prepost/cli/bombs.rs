//! Small files that stand for very much, given to the program with little memory: refused, and nothing written.

use std::io::{Read, Seek};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use bytes::Bytes;
use flate2::{Compress, Compression, Crc, FlushCompress};
use parquet::basic::{Compression as Packing, GzipLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType};
use parquet::file::metadata::ParquetMetaDataReader;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use crate::bad_inputs::run::{PATIENCE, watch};

const MIB: usize = 1 << 20;

/// Memory in MiB that the program may use, less than any of these files would take.
const ROOM: u32 = 250;
/// The same where a table is refused that was within the limits so far: what the largest one may take.
const ROOM_OF_TABLES: u32 = 1000;
/// What it may ask for and not use: stacks, room for growth.
const UNUSED: u32 = 400;

/// What the program says of the plan in `folder` and its exit status, with no more than `room`: to ask for more ends it by a signal.
#[track_caller]
fn prepost(folder: &Path, room: u32) -> (Option<i32>, String) {
    let limit = format!("ulimit -v {} && exec \"$0\" analyze", (room + UNUSED) << 10);
    let mut said = tempfile::tempfile().expect("a temporary file");
    let mut command = Command::new("sh");
    command.args(["-c", &limit, env!("CARGO_BIN_EXE_prepost")]).current_dir(folder);
    command.stdout(Stdio::null()).stderr(said.try_clone().expect("a file"));
    let watched = watch(&mut command, PATIENCE).expect("a shell");
    assert!(watched.rss_mib.is_some_and(|peak| peak < f64::from(room)), "{:?} MiB", watched.rss_mib);
    let mut text = String::new();
    said.rewind().and_then(|()| said.read_to_string(&mut text)).expect("text");
    (watched.status.code(), text)
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
    let (status, said) = prepost(folder.path(), room);
    assert_eq!(status, Some(1), "{said}");
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
    let mut bytes = parquet();
    let metadata = ParquetMetaDataReader::new().parse_and_finish(&Bytes::from(bytes.clone())).expect("metadata");
    let (start, length) = metadata.row_group(0).column(0).byte_range();
    // Behind the header of the only page of ids, which goes on saying what it said.
    let chunk = start as usize..(start + length) as usize;
    let page = chunk.start + bytes[chunk.clone()].windows(3).position(|window| window == [0x1F, 0x8B, 8]).expect("a gzip stream");
    let bomb = gzip_bomb(chunk.end - page);
    bytes[page..chunk.end].copy_from_slice(&bomb);
    refused("bomb.parquet", &bytes, &["damaged or cut short", "got a larger one"]);
}

#[test]
fn a_usual_file_is_read_in_that_room() {
    let folder = super::folder(&[("trial.toml", super::PLAN), ("scores.csv", super::SCORES)]);
    let (status, said) = prepost(folder.path(), ROOM);
    assert_eq!(status, Some(0), "{said}");
}
