//! The pre scores in one file, the post scores in another.

use prepost::trial::{Loss, ProblemCode};

use super::{Read, read};

const TWO: &str = "[data]\npre = \"pre.csv\"\npost = \"post.csv\"\nsubject = \"id\"\n[[outcome]]\nid = \"bdi\"\nvalue = \"bdi\"\n";

fn two(pre: &str, post: &str) -> Read {
    read(TWO, &[("pre.csv", pre.as_bytes()), ("post.csv", post.as_bytes())])
}

#[test]
fn files_are_joined_by_subject_and_losses_are_reported_by_file() {
    let read = two("id,bdi\nA,30\nB,25\nC,20\nD,\n", "bdi,id\n11,D\n12,B\n20,A\n9,E\n7,F\n");
    assert_eq!(read.scores(0), ["A: 30 20", "B: 25 12", "C: 20 -", "D: - 11", "E: - 9", "F: - 7"]);
    assert_eq!(read.losses(0), [(Loss::NoPreRow, 2), (Loss::NoPostRow, 1), (Loss::PreMissing, 1)]);
    let losses: Vec<(String, usize)> =
        read.problems.0.iter().filter(|p| p.code == ProblemCode::JoinLoss).map(|p| (p.to_string(), p.count)).collect();
    assert_eq!(
        losses,
        [
            ("pre.csv, column `bdi`: 4 subjects with a row in pre.csv, 3 of them also in post.csv: 1 without a pair".to_owned(), 1),
            ("post.csv, column `bdi`: 5 subjects with a row in post.csv, 3 of them also in pre.csv: 2 without a pair".to_owned(), 2),
        ]
    );
}

#[test]
fn each_file_may_be_read_in_its_own_way() {
    let (pre, _, _) = encoding_rs::SHIFT_JIS.encode("被験者;点\n甲;30,5\n乙;25\n");
    let toml = format!(
        "{}[data.files_by_name.\"pre.csv\"]\nsubject = \"被験者\"\nencoding = \"cp932\"\nseparator = \";\"\ndecimal = \",\"\nvalue = \"点\"\n",
        TWO
    );
    let read = read(&toml, &[("pre.csv", &pre), ("post.csv", "id,bdi\n乙,12.5\n甲,20\n".as_bytes())]);
    assert_eq!(read.scores(0), ["乙: 25 12.5", "甲: 30.5 20"]);
    assert_eq!(read.codes(), []);
}

#[test]
fn no_common_id_stops() {
    let read = two("id,bdi\nA,30\n", "id,bdi\nB,20\n");
    assert_eq!(read.error().code, ProblemCode::NoPairs);
    assert!(read.error().hint.as_deref().is_some_and(|hint| hint.contains("written alike")));
}

#[test]
fn an_id_twice_in_one_file_stops() {
    let read = two("id,bdi\nA,30\nA,31\n", "id,bdi\nA,20\n");
    assert_eq!(read.error().to_string(), "pre.csv line 3, column `id`: expected each subject once, got `A` again, first on line 2");
}

#[test]
fn one_file_may_be_both_visits_by_column_and_the_filter_may_stand_in_one() {
    let toml = "[data]\npre = \"pre.csv\"\npost = \"post.csv\"\nsubject = \"id\"\nwhere = { ok = \"y\" }\ngroup = \"site\"\n\
        [[outcome]]\nid = \"bdi\"\npre = \"bdi_0\"\npost = \"bdi_1\"\n";
    let read = read(toml, &[("pre.csv", b"id,bdi_0,site\nA,30,N\nB,25,S\n"), ("post.csv", b"id,bdi_1,ok\nA,20,y\nB,12,n\n")]);
    assert_eq!(read.scores(0), ["A: 30 20", "B: 25 -"]);
    assert_eq!(read.dataset().subjects[1].group.as_deref(), Some("S"));
}

#[test]
fn a_filter_column_of_neither_file_stops() {
    let toml = TWO.replace("subject = \"id\"", "subject = \"id\"\nwhere = { okay = \"y\" }");
    let read = read(&toml, &[("pre.csv", b"id,bdi,ok\nA,30,y\n"), ("post.csv", b"id,bdi\nA,20\n")]);
    assert_eq!((read.error().code, read.error().value.as_deref()), (ProblemCode::ColumnMissing, Some("okay")));
}

#[test]
fn several_outcomes_and_reading_settings_may_differ_by_file() {
    let toml = "[data]\npre = \"pre.csv\"\npost = \"post.txt\"\nsubject = \"id\"\nmissing = [\"-9\"]\n\
        [data.files_by_name.\"pre.csv\"]\nsubject = \"Nr\"\nseparator = \";\"\ndecimal = \",\"\nheader_line = 2\nskip_records_after_header = 1\n\
        [data.files_by_name.\"post.txt\"]\nmissing = [\"NI\"]\n\
        [[outcome]]\nid = \"x\"\npre = \"Summe\"\npost = \"x_total\"\n[[outcome]]\nid = \"y\"\npre = \"Angst\"\npost = \"y_total\"\n";
    let pre =
        "Bericht; erstellt am 1.3.\r\nNr;Summe;Angst\r\n\"Nummer\";\"Summe\r\n(vorher)\";\"Angst\"\r\nA;30,5;1\r\nB;25;-9\r\nC;9;3\r\n";
    let post: Vec<u8> =
        "\u{FEFF}id\ty_total\tx_total\r\nC\t4\t7\r\nB\tNI\t12\r\nA\t5\t20\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let read = read(toml, &[("pre.csv", pre.as_bytes()), ("post.txt", &post)]);
    assert_eq!(read.scores(0), ["A: 30.5 20", "B: 25 12", "C: 9 7"]);
    assert_eq!(read.scores(1), ["A: 1 5", "B: - -", "C: 3 4"]);
    assert_eq!(read.codes(), [ProblemCode::MissingScores, ProblemCode::MissingScores]);
}
