//! One row a subject.

use prepost::trial::{Loss, ProblemCode, RowFate};

use super::{read, read_wide};

#[test]
fn a_plain_table_is_read() {
    let read = read_wide("", "", "id,pre,post\nS02,31,22\nS01,29.5,30\n");
    assert_eq!(read.scores(0), ["S01: 29.5 30", "S02: 31 22"]);
    assert_eq!(read.codes(), []);
    let dataset = read.dataset();
    assert_eq!(dataset.sources[0].name, "scores.csv");
    assert_eq!(dataset.sources[0].sha256.len(), 64);
    assert_eq!(dataset.ledger.outcomes[0].pairs, 2);
}

#[test]
fn column_order_and_unused_columns_do_not_matter() {
    let read = read_wide("", "", "note,post,id,pre,note\n\"a, b\nc\",22,S01,31,x\n,20,S02,30,\n");
    assert_eq!(read.scores(0), ["S01: 31 22", "S02: 30 20"]);
}

#[test]
fn encodings_marks_and_separators() {
    let expected = ["S01: 31.5 22", "S02: 30 20"];
    let variants: [(&str, &[u8]); 7] = [
        ("decimal = \",\"", b"id;pre;post\r\nS01;31,5;22\r\nS02;30;20\r\n"),
        ("decimal = \",\"\nseparator = \",\"", b"id,pre,post\nS01,\"31,5\",22\nS02,30,20"),
        ("", b"\xEF\xBB\xBF\"id\"\tpre\tpost\nS01\t31.5\t22\nS02\t30\t20\n"),
        ("", b"\xEF\xBB\xBF\xEF\xBB\xBFid|pre|post\rS01|31.5|22\rS02|30|20\r"),
        ("[data.decimal_by_column]\npre = \",\"", b"id;pre;post\nS01;31,5;22.0\nS02;30,0;20\n"),
        ("", b"sep=;\nid;pre;post\nS01;31.5;22\nS02;30;20\n"),
        ("header_line = 3", b"a title, with \" a quote\n\nid,pre,post\nS01,31.5,22\nS02,30,20\n"),
    ];
    for (data, bytes) in variants {
        assert_eq!(read_wide(data, "", bytes).scores(0), expected, "{data}");
    }
    let utf16: Vec<u8> = "\u{FEFF}id\tpre\tpost\r\nS01\t31.5\t22\r\nS02\t30\t20\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read_wide("", "", utf16).scores(0), expected);
}

#[test]
fn a_declared_encoding_is_decoded() {
    let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode("id,pre,post,備考\n被験者1,31,22,表\n被験者2,30,21,\n");
    assert_eq!(read_wide("encoding = \"cp932\"", "", bytes).scores(0), ["被験者1: 31 22", "被験者2: 30 21"]);
}

#[test]
fn numbers_are_read_by_the_grammar() {
    let read = read_wide("thousands = \",\"", "", "id,pre,post\nS01,\"1,234.5\", 7 \nS02,−3,１２．５\nS03,\u{A0}4\u{3000},＋5\n");
    assert_eq!(read.scores(0), ["S01: 1234.5 7", "S02: -3 12.5", "S03: 4 5"]);
    assert_eq!(read.codes(), []);
}

#[test]
fn ids_are_text() {
    let read = read_wide("", "", "id,pre,post\n001,1,2\n01,2,4\n1,3,4\n Mu\u{308}ller ,4,6\n\"O\"\"N, J\",5,5\n");
    assert_eq!(read.scores(0), ["001: 1 2", "01: 2 4", "1: 3 4", "Müller: 4 6", "O\"N, J: 5 5"]);
}

#[test]
fn missing_scores_are_counted_by_column_and_kind() {
    let read = read_wide("missing = [\"-99\", \"NI\"]", "range = [0, 63]", "id,pre,post\nA,1,\nB,-99.0,2\nC,NI, \nD,4,5\nE,5,n/a\nF,3,1\n");
    assert_eq!(read.scores(0), ["A: 1 -", "B: - 2", "C: - -", "D: 4 5", "E: 5 -", "F: 3 1"]);
    assert_eq!(read.losses(0), [(Loss::PreMissing, 1), (Loss::PostMissing, 2), (Loss::BothMissing, 1)]);
    let shown: Vec<String> = read.problems.warnings().map(|w| format!("{} ×{}", w, w.count)).collect();
    assert_eq!(
        shown,
        [
            "scores.csv, column `pre`: 2 missing scores: 1 `-99.0`, 1 `NI` ×2",
            "scores.csv, column `post`: 3 missing scores: 2 empty, 1 `n/a` ×3",
            "scores.csv: outcome `bdi2`: 4 of 6 subjects without a pair for missing scores: 1 at pre alone, 2 at post alone, 1 at both ×4",
        ]
    );
}

#[test]
fn the_filter_keeps_matching_rows_and_counts_the_rest() {
    let toml = "[data]\nfiles = [\"a.csv\"]\nsubject = \"id\"\nwhere = { done = \"2\", arm = [\"A\", \"B\"] }\n\
        [[outcome]]\nid = \"x\"\npre = \"pre\"\npost = \"post\"\n";
    let read = read(toml, &[("a.csv", b"id,done,arm,pre,post\nS1,2,A,1,2\nS2,0,A,oops,2\nS3,2,C,1,1\nS4, 2 ,B,4,4\n,,,,\n\n")]);
    assert_eq!(read.scores(0), ["S1: 1 2", "S4: 4 4"]);
    assert_eq!(read.fates(), [(RowFate::Used, 2), (RowFate::Blank, 2), (RowFate::Filtered, 2)]);
    assert_eq!(read.dataset().ledger.rows_read(), 6);
}

#[test]
fn several_files_are_appended_whatever_their_column_order() {
    let toml = "[data]\nfiles = [\"a.csv\", \"b.csv\"]\nsubject = \"id\"\ngroup = \"site\"\n\
        [[outcome]]\nid = \"x\"\npre = \"pre\"\npost = \"post\"\n";
    let read = read(toml, &[("a.csv", b"id,site,pre,post\nS2,North,1,2\n"), ("b.csv", b"post,pre,site,id\n5,3,South,S1\n6,6,,S3\n")]);
    assert_eq!(read.scores(0), ["S1: 3 5", "S2: 1 2", "S3: 6 6"]);
    let groups: Vec<Option<&str>> = read.dataset().subjects.iter().map(|subject| subject.group.as_deref()).collect();
    assert_eq!(groups, [Some("South"), Some("North"), None]);
    assert_eq!(
        read.dataset().ledger.files.iter().map(|file| (file.file.as_str(), file.read)).collect::<Vec<_>>(),
        [("a.csv", 1), ("b.csv", 2)]
    );
}

#[test]
fn one_outcome_without_pairs_warns_while_another_has_some() {
    let toml = "[data]\nfiles = [\"a.csv\"]\nsubject = \"id\"\n\
        [[outcome]]\nid = \"x\"\npre = \"x0\"\npost = \"x1\"\n[[outcome]]\nid = \"y\"\npre = \"y0\"\npost = \"y1\"\n";
    let read = read(toml, &[("a.csv", b"id,x0,x1,y0,y1\nS1,1,2,,1\nS2,2,5,1,\n")]);
    assert_eq!(read.codes(), [ProblemCode::MissingScores, ProblemCode::MissingScores, ProblemCode::NoPairs]);
    assert_eq!(read.dataset().ledger.outcomes[1].pairs, 0);
}
