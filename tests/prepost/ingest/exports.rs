//! Exports of survey and trial systems in the bytes they come in: byte-order marks, line ends, questions as headers.
//! docs/layouts.md shows each; here is what a page cannot show.

use prepost::trial::ProblemCode;

use super::{Read, read};

fn crlf(text: &str) -> String {
    format!("\u{FEFF}{}", text.replace('\n', "\r\n"))
}

fn wide(data: &str, pre: &str, post: &str, file: &str) -> Read {
    let toml = format!("[data]\nfiles = [\"a.csv\"]\n{data}\n[[outcome]]\nid = \"x\"\npre = '{pre}'\npost = '{post}'\nrange = [0, 63]\n");
    read(&toml, &[("a.csv", file.as_bytes())])
}

#[test]
fn castor_quotes_everything_and_declares_its_codes() {
    let file = crlf(
        "\"Participant Id\";\"Site\";\"x_base\";\"x_3m\"\n\"UMC-01\";\"UMC\";\"31\";\"22\"\n\"UMC-02\";\"UMC\";\"25\";\"-95\"\n\"UMC-03\";\"UMC\";\"-99\";\"20\"\n\"UMC-04\";\"UMC\";\"9\";\"8\"\n",
    );
    let data = "subject = \"Participant Id\"\nmissing = [\"-95\", \"-96\", \"-97\", \"-98\", \"-99\"]";
    let good = wide(data, "x_base", "x_3m", &file);
    assert_eq!(good.scores(0), ["UMC-01: 31 22", "UMC-02: 25 -", "UMC-03: - 20", "UMC-04: 9 8"]);
    let undeclared = wide("subject = \"Participant Id\"", "x_base", "x_3m", &file);
    let errors: Vec<(ProblemCode, Option<u64>)> = undeclared.problems.errors().map(|p| (p.code, p.place.line)).collect();
    assert_eq!(errors, [(ProblemCode::OutOfRange, Some(3)), (ProblemCode::OutOfRange, Some(4))]);
}

#[test]
fn openclinica_has_its_header_further_down_and_names_by_event() {
    let file = "Dataset Name:\tBDI \"extract\"\r\nSubjects:\t2\r\nStudy Event Definition 1\tBaseline\tE1\r\n\r\nStudy Subject ID\tBDI_E1_C1\tBDI_E2_C1\tBDI_E2_1_C1\r\nOC-1\t31\t22\t\r\nOC-2\t25\t12\t3\r\n";
    let read = wide("subject = \"Study Subject ID\"\nheader_line = 5", "BDI_E1_C1", "BDI_E2_C1", file);
    assert_eq!((read.scores(0), read.codes()), (vec!["OC-1: 31 22".to_owned(), "OC-2: 25 12".to_owned()], vec![]));
}

#[test]
fn qualtrics_questions_are_records_of_many_lines() {
    let question = "\"Start, \"\"local\"\"\ntime\",\"Number\",\"Total\n\n(before)\",\"Total\n(after)\"\n";
    let import = "\"{\"\"ImportId\"\":\"\"startDate\"\"}\",\"{\"\"ImportId\"\":\"\"QID1\"\"}\",\"{\"\"ImportId\"\":\"\"SC_0\"\"}\",\"{\"\"ImportId\"\":\"\"SC_1\"\"}\"\n";
    for (skip, records) in [(2, format!("{question}{import}")), (1, question.to_owned())] {
        for file in [
            format!("Start,no,pre,post\n{records}t,S1,31,22\nt,S2,25,12\n"),
            crlf(&format!("Start,no,pre,post\n{records}t,S1,31,22\nt,S2,25,12\n")),
        ] {
            let read = wide(&format!("subject = \"no\"\nskip_records_after_header = {skip}"), "pre", "post", &file);
            assert_eq!((read.scores(0), read.codes()), (vec!["S1: 31 22".to_owned(), "S2: 25 12".to_owned()], vec![]), "{skip}");
        }
    }
    // The line of what is wrong is that of an editor, below the questions.
    let file = format!("Start,no,pre,post\n{question}{import}t,S1,31,22\nt,S2,25,99\n");
    assert_eq!(wide("subject = \"no\"\nskip_records_after_header = 2", "pre", "post", &file).error().place.line, Some(9));
}

#[test]
fn limesurvey_keeps_not_shown_and_not_answered_apart() {
    let file = crlf(
        "\"id. Response ID\";\"tk. Code\";\"A1. Total; \"\"before\"\"\";\"A2. Total\"\n\"1\";\"01\";\"31\";\"22\"\n\"2\";\"02\";\"25\";\"12\"\n\"3\";\"03\";\"N/A\";\"\"\n\"4\";\"04\";\"9\";\"N/A\"\n\"5\";\"05\";\"9\";\"\"\n",
    );
    let read = wide("subject = \"tk. Code\"", "A1. Total; \"before\"", "A2. Total", &file);
    assert_eq!(read.scores(0), ["01: 31 22", "02: 25 12", "03: - -", "04: 9 -", "05: 9 -"]);
    let shown: Vec<String> = read.problems.0.iter().map(|problem| problem.what.clone()).collect();
    let total = "outcome `x`: 3 of 5 subjects without a pair for missing scores: 0 at pre alone, 2 at post alone, 1 at both";
    assert_eq!(shown, ["1 missing score: 1 `N/A`", "3 missing scores: 2 empty, 1 `N/A`", total]);
}

#[test]
fn forms_have_questions_for_headers_in_any_line_end() {
    let toml = "[data]\nfiles = [\"a.csv\"]\nsubject = \"研究番号\"\nvisit = \"時点\"\n[visits]\npre = \"治療前\"\npost = \"治療後\"\n\
        [[outcome]]\nid = \"x\"\nvalue = \"\"\"合計点, \"0-63\"\n(今週)\"\"\"\n";
    let file = crlf(
        "ID,開始時刻,メール,研究番号,時点,\"合計点, \"\"0-63\"\"\n(今週)\"\n1,2024/3/1 10:00,anonymous,S01,治療前,31\n2,2024/3/1 10:05,anonymous,S01,治療後,22\n3,2024/3/1 10:00,anonymous,S02,治療前,25\n4,2024/3/1 10:05,anonymous,S02,治療後,12\n",
    );
    let one = read(toml, &[("a.csv", file.as_bytes())]);
    assert_eq!((one.scores(0), one.codes()), (vec!["S01: 31 22".to_owned(), "S02: 25 12".to_owned()], vec![]));
    let again = format!("{file}5,2024/3/2 08:00,anonymous,S02,治療後,10\r\n");
    let error = read(toml, &[("a.csv", again.as_bytes())]);
    assert_eq!(
        error.error().to_string(),
        "a.csv line 7, column `研究番号`: expected each subject once at visit `治療後`, got `S02` again, first on line 6"
    );
}

#[test]
fn spss_writes_its_missing_value_as_text() {
    let file = "id;pre;post\r\n1;31,00;22,00\r\n2;25,00;12,00\r\n3;28,00;#NULL!\r\n4;999,00;20,00\r\n";
    let read = wide("subject = \"id\"\ndecimal = \",\"\nmissing = [\"#NULL!\", \"999\"]", "pre", "post", file);
    assert_eq!(read.scores(0), ["1: 31 22", "2: 25 12", "3: 28 -", "4: - 20"]);
    assert_eq!(
        wide("subject = \"id\"\ndecimal = \",\"\nmissing = [\"999\"]", "pre", "post", file).error().value.as_deref(),
        Some("#NULL!")
    );
}
