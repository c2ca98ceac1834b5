//! The grader against runs made by hand: a check that cannot fail proves nothing.

use std::fs;
use std::path::Path;

use super::case::{Case, Did};
use super::grade::{Grade, grade};
use super::run::Run;
use super::text::{is_broken_number, is_number, mentioned, python_lines, stands_alone};

/// A case with every rule and every limit.
const CASE: &str = r#"
id = "by-hand"
category = "security"
expect = "ok"
also_accept = []
[plan]
layout = "wide"
[[file]]
name = "data.csv"
bytes = 0
sha256 = ""
[expected]
n_pairs = 12
mean_pre = 30.5
mean_post = 20.5
mean_change = -10.0
sd_change = 4.0
t_change = -8.660254037844386
w_plus = 0.0
rel_tol = 1e-9
[message]
must_mention = [["data.csv"], ["5", "7"]]
[output]
html_forbid = ["<script>"]
any_forbid = ["Zzname"]
terminal_forbid = ["\u202E"]
terminal_line_forbid = ["prepost: 0 errors"]
terminal_max_line = 200
csv_no_cell_starts = ["=", "+", "@", "\t", "\r", "-2+3"]
csv_negative_numbers_stay = true
json_valid = true
number_forbid = ["NaN", "-inf"]
max_abs_t = 1e6
stay_inside = true
no_file_named = ["prepost_escaped_by_hand"]
distinct_results = 1
markdown_columns_stay = true
[limits]
max_seconds = 10
max_rss_mib = 512
max_message_lines = 60
"#;

fn case() -> Case {
    toml::from_str(CASE).expect("the case made by hand can be read")
}

fn case_where(expect: Did, also_accept: &[Did]) -> Case {
    Case { expect, also_accept: also_accept.to_vec(), ..case() }
}

/// A run that is right in everything.
fn right() -> Run {
    let numbers = [("n_pairs", 12.0), ("mean_pre", 30.5), ("mean_post", 20.5), ("mean_change", -10.0), ("sd_change", 4.0)];
    let tests = [("t_change", -8.660254037844386), ("w_plus", 0.0)];
    Run {
        numbers: numbers.into_iter().chain(tests).map(|(name, value)| (name.to_owned(), value)).collect(),
        seconds: 0.1,
        rss_mib: Some(20.0),
        ..Run::default()
    }
}

fn with(change: impl FnOnce(&mut Run)) -> Run {
    let mut run = right();
    change(&mut run);
    run
}

fn number(name: &str, value: f64) -> Run {
    with(|run| {
        run.numbers.insert(name.into(), value);
    })
}

fn without(name: &str) -> Run {
    with(|run| run.numbers.retain(|given, _| given != name))
}

#[track_caller]
fn is(case: &Case, run: &Run, expected: Grade) {
    let (found, why) = grade(case, run);
    assert_eq!(found, expected, "{why}");
}

#[test]
fn a_right_run_passes() {
    is(&case(), &right(), Grade::Pass);
    is(&case(), &number("mean_pre", 30.500000000001), Grade::Pass);
}

#[test]
fn wrong_numbers() {
    for (name, value) in [
        ("n_pairs", 11.0),
        ("mean_pre", 30.51),
        ("mean_post", 20.500001),
        ("mean_change", 10.0),
        ("sd_change", 4.0000001),
        ("t_change", 8.660254037844386),
        ("w_plus", 1.0),
        ("mean_pre", f64::NAN),
    ] {
        is(&case(), &number(name, value), Grade::SilentWrong);
        is(&case(), &Run { warned: true, ..number(name, value) }, Grade::WrongNumber);
    }
    for needed in ["n_pairs", "mean_pre", "mean_post"] {
        let absent = without(needed);
        is(&case(), &absent, Grade::SilentWrong);
    }
    let absent = without("t_change");
    is(&case(), &absent, Grade::Pass);
}

#[test]
fn going_on_where_the_input_must_stop() {
    is(&case_where(Did::Error, &[]), &right(), Grade::SilentWrong);
    is(&case_where(Did::Error, &[]), &with(|run| run.warned = true), Grade::WrongNumber);
    let warned = with(|run| (run.warned, run.output) = (true, "data.csv line 5".into()));
    is(&case_where(Did::Error, &[Did::Warn]), &right(), Grade::Unreported);
    is(&case_where(Did::Error, &[Did::Warn]), &warned, Grade::Tolerated);
    let without_numbers = Case { expected: None, ..case_where(Did::Error, &[Did::Ok]) };
    is(&without_numbers, &right(), Grade::SilentWrong);
}

#[test]
fn reports_too_many_and_too_few() {
    is(&case(), &with(|run| run.warned = true), Grade::FalseAlarm);
    is(&case(), &with(|run| run.exit = 1), Grade::FalseAlarm);
    is(&case_where(Did::Warn, &[]), &right(), Grade::Unreported);
    is(&case_where(Did::Ok, &[Did::Error]), &with(|run| run.exit = 1), Grade::Tolerated);
}

#[test]
fn messages_that_lack_a_word() {
    let said = |text: &str| with(|run| (run.exit, run.output) = (1, text.into()));
    let case = case_where(Did::Error, &[]);
    is(&case, &said("error: data.csv line 5: no"), Grade::Pass);
    is(&case, &said("error: data.csv line 15: no"), Grade::Vague);
    is(&case, &said("error: line 5: no"), Grade::Vague);
    is(&case, &said(&format!("data.csv 5{}", "\n".repeat(61))), Grade::Vague);
}

#[test]
fn crashes_and_limits() {
    for exit in [101, 134, 139, -9, -11] {
        is(&case_where(Did::Error, &[]), &with(|run| run.exit = exit), Grade::Crash);
    }
    is(&case(), &with(|run| run.output = "thread 'main' panicked at src".into()), Grade::Crash);
    is(&case(), &with(|run| run.timed_out = true), Grade::OverLimit);
    is(&case(), &with(|run| run.seconds = 10.5), Grade::OverLimit);
    is(&case(), &with(|run| run.rss_mib = Some(513.0)), Grade::OverLimit);
}

#[test]
fn terminals_that_are_not_safe() {
    for text in ["Zzname", "a\u{202e}b", "x\nprepost: 0 errors\ny", "x\u{85}prepost: 0 errors", &"x".repeat(201)] {
        is(&case(), &with(|run| run.output = text.into()), Grade::UnsafeOutput);
    }
    is(&case(), &with(|run| run.output = "not prepost: 0 errors".into()), Grade::Pass);
}

/// Grades a run that wrote these files.
#[track_caller]
fn wrote(files: &[(&str, &str)], expected: Grade) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    is(&case(), &with(|run| run.outdir = Some(folder.path().to_owned())), expected);
}

#[test]
fn files_that_are_not_safe() {
    for file in [
        ("report.html", "<p><script>x</script>"),
        ("figures/a.SVG", "<script>"),
        ("results.json", "{\"a\": \"Zzname\"}"),
        ("figures/a.png", "\u{89}PNG Zzname"),
        ("statistics.csv", "a,b\n=1+1,2\n"),
        ("statistics.csv", "a,b\n1,\"=HYPERLINK(1)\"\n"),
        ("individuals.csv", "a,b\n1,-2+3\n"),
        ("individuals.csv", "a,b\n1,x\u{2028}@cmd\n"),
        ("individuals.tsv", "a\tb\n1\t+cmd\n"),
        ("individuals.csv", "a,b\n1,'-3.2\n"),
        ("results.json", "{\"a\": NaN}"),
        ("results.json", "{\"a\": \"\n\"}"),
        ("problems.json", "{"),
        ("report.md", "mean NaN"),
        ("statistics.csv", "t,-inf"),
        ("prepost_escaped_by_hand", ""),
        ("figures/prepost_escaped_by_hand.svg", ""),
        ("report.md", "| a | b |\n| --- | --- |\n| x | y | z |\n"),
        ("report.md", "| a | b |\n| --- | --- |\n| `x|y` | z |\n"),
        ("individuals.csv", "subject,outcome,pre\nA,score,1\nA,score,2\n"),
    ] {
        wrote(&[file], Grade::UnsafeOutput);
    }
    wrote(&[("figures/a-paired.svg", ""), ("figures/A-paired.svg", "")], Grade::UnsafeOutput);
    is(&case(), &with(|run| run.escaped = vec!["elsewhere".into()]), Grade::UnsafeOutput);
    // An unsafe stop is no better than an unsafe success, and wrong numbers are worse than either.
    let stopped = with(|run| (run.exit, run.output) = (1, "data.csv 5 Zzname".into()));
    is(&case_where(Did::Error, &[]), &stopped, Grade::UnsafeOutput);
    is(&case(), &Run { escaped: vec!["elsewhere".into()], ..number("n_pairs", 3.0) }, Grade::SilentWrong);
    // No t can be expected where nothing varies, so only the rule catches a t of 1e14.
    let mut constant = case();
    constant.expected.iter_mut().for_each(|expected| expected.numbers.retain(|name, _| name != "t_change"));
    is(&constant, &number("t_change", -1e14), Grade::UnsafeOutput);
}

#[test]
fn files_that_are_safe() {
    wrote(
        &[
            ("report.md", "| a \\| b | c |\n| --- | --- |\n| Nancy | infinite |\n\n| one |\n| --- |\n"),
            ("report.html", "<p>&lt;script&gt;</p>"),
            ("results.json", "{\"a\": \"=1+1\"}"),
            ("statistics.csv", "outcome\nscore\n"),
            ("individuals.csv", "subject,outcome,change\n'=1+1,score,-3.2\n'@x,score,+7e-3\n"),
        ],
        Grade::Pass,
    );
}

#[test]
fn several_instruments_need_as_many_results() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("data.csv"), "id,test\n1,a/b\n1,a:b\n2,a/b\n").expect("a file");
    fs::create_dir(folder.path().join("out")).expect("a folder");
    let mut case = Case { folder: folder.path().to_owned(), ..case() };
    case.plan.insert("instrument_column".into(), "test".into());
    assert_eq!(case.instruments(), ["a/b", "a:b"]);
    case.output.distinct_results = Some(2);
    let run = with(|run| run.outdir = Some(folder.path().join("out")));
    for (rows, expected) in [("a/b\n", Grade::UnsafeOutput), ("a/b\na:b\n", Grade::Pass)] {
        fs::write(folder.path().join("out/statistics.csv"), format!("outcome\n{rows}")).expect("a file");
        is(&case, &run, expected);
    }
}

#[test]
fn a_rule_nobody_checks_is_an_error() {
    let read = |text: &str| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join("case.toml"), text).expect("a file");
        Case::read(folder.path()).map(|case| super::plan::plan(&case))
    };
    assert!(matches!(read(CASE), Ok(Ok(_))));
    assert!(read(&CASE.replace("html_forbid", "html_forbids")).is_err());
    assert!(read(&CASE.replace("max_seconds", "max_minutes")).is_err());
    assert!(read(&CASE.replace("[limits]", "[limit]")).is_err());
    assert!(matches!(read(&CASE.replace("layout = \"wide\"", "layout = \"wide\"\ncolour = 1")), Ok(Err(_))));
}

#[test]
fn words_and_lines() {
    assert!(mentioned("5", "line 5, 6") && mentioned("5", "5.2") && mentioned("5", "x5y"));
    assert!(!mentioned("5", "15") && !mentioned("5", "0.5") && !mentioned("5", "52") && !mentioned("5", "５５"));
    assert!(mentioned("1o", "got 21o"));
    assert!(mentioned("11", "111 11") && !mentioned("11", "111"));
    assert!(stands_alone("inf", "x inf,") && !stands_alone("inf", "info") && stands_alone("-inf", "1-inf"));
    assert_eq!(python_lines("a\r\nb\rc\n\nd\u{2028}e"), ["a", "b", "c", "", "d", "e"]);
    assert_eq!(python_lines("a\n"), ["a"]);
    assert!(["1", "-1.5", "+2e-3", "1.2.3"].iter().all(|cell| is_number(cell)));
    assert!(["", "-", "1e", "-2+3", "1 ", "+a"].iter().all(|cell| !is_number(cell)));
    assert!(is_broken_number("'-3.2") && !is_broken_number("'-a") && !is_broken_number("'-"));
}
