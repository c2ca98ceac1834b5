//! Exports as they come: from the files to a plan, and where every question is answered as proposed, to the pairs.

use std::fmt::Write;

use prepost::ingest::{Hints, ingest, look};
use prepost::plan::{Inferred, Plan, infer, read, resolve_outcomes};
use prepost::trial::Catalogue;

/// What became of some files.
struct Tried {
    inferred: Inferred,
    /// The plan with every question answered as it proposes, where it can be read.
    plan: Option<Plan>,
    /// Pairs of each outcome by that plan; nothing where plan or data stop it.
    pairs: Vec<(String, usize)>,
}

fn tried(files: &[(&str, &str)]) -> Tried {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let catalogue = Catalogue::embedded();
    let mut looked = Vec::new();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("a writable folder");
        looked.extend(look(&path, Hints::default()).unwrap_or_else(|problems| panic!("{name}: {problems:?}")));
    }
    looked.iter_mut().for_each(|file| file.name = file.name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned());
    let inferred = infer(&looked, &catalogue);
    let answered = inferred.toml.replace("# ANSWER: ", "");
    let plan = read(&answered, "trial.toml").ok();
    let dataset = plan.as_ref().and_then(|plan| {
        let outcomes = resolve_outcomes(plan, &catalogue).ok()?;
        ingest(plan, &outcomes, folder.path()).0
    });
    let pairs = dataset
        .map_or_else(Vec::new, |dataset| dataset.ledger.outcomes.iter().map(|outcome| (outcome.outcome.clone(), outcome.pairs)).collect());
    Tried { inferred, plan, pairs }
}

impl Tried {
    /// The plan says all of these, and none of those.
    fn says(self, lines: &[&str], not: &[&str]) -> Self {
        for line in lines {
            assert!(self.inferred.toml.contains(line), "{line} is not in\n{}", self.inferred.toml);
        }
        for line in not {
            assert!(!self.inferred.toml.contains(line), "{line} is in\n{}", self.inferred.toml);
        }
        self
    }

    fn pairs(self, expected: &[(&str, usize)]) {
        let pairs: Vec<(&str, usize)> = self.pairs.iter().map(|(outcome, pairs)| (outcome.as_str(), *pairs)).collect();
        assert_eq!(pairs, expected, "{}", self.inferred.toml);
    }

    fn asks(self, questions: usize) -> Self {
        assert_eq!(self.inferred.questions.len(), questions, "{}", self.inferred.toml);
        self
    }
}

/// A table of one row a subject: `header`, then the rows that `row` gives for 1 to `count`.
fn table(header: &str, count: usize, row: impl Fn(usize) -> String) -> String {
    (1..=count).fold(format!("{header}\n"), |mut text, i| {
        let _ = writeln!(text, "{}", row(i));
        text
    })
}

/// A long table of eight subjects, who have a PHQ-9 for each label.
fn long(column: &str, labels: &[&str]) -> String {
    let rows = |i: usize| labels.iter().enumerate().map(move |(at, label)| format!("P{i:02},{label},{}", (i * 7 + at * 5) % 28));
    table(&format!("id,{column},phq9"), 8, |i| rows(i).collect::<Vec<_>>().join("\n"))
}

/// A wide table of ten subjects with these columns of numbers below `most`.
fn wide(columns: &[String], most: usize) -> String {
    let cells = |i: usize| (0..columns.len()).map(move |at| ((i * 5 + at * 3) % most).to_string());
    table(&format!("id,{}", columns.join(",")), 10, |i| format!("S{i},{}", cells(i).collect::<Vec<_>>().join(",")))
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn numbered(visits: &[&str], items: std::ops::RangeInclusive<usize>, name: impl Fn(&str, usize) -> String) -> Vec<String> {
    visits.iter().flat_map(|visit| items.clone().map(|item| name(visit, item)).collect::<Vec<_>>()).collect()
}

#[test]
fn damage_is_named_and_never_offered_as_missing() {
    let with = |cells: &[&str]| {
        let rest = (10..20).map(|score| score.to_string());
        let cells: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).chain(rest).collect();
        tried(&[("s.csv", &table("id,phq9_pre,phq9_post", cells.len(), |i| format!("S{i},{},{}", cells[i - 1], i % 9)))])
    };
    with(&["12.5 kg", "3-Mar", "2024-03-01", "<5"])
        .asks(0)
        .says(&["cells that are no numbers: `12.5 kg`, `3-Mar`, `2024-03-01`, `<5` in `phq9_pre`"], &["missing ="])
        .pairs(&[]);
    with(&["NI", "-99", "##USER_MISSING_96##", ".A"])
        .says(&["# ANSWER: missing = [\"NI\", \"##USER_MISSING_96##\", \".A\", \"-99\"]"], &["no numbers"])
        .pairs(&[("phq9", 10)]);
    with(&["NI", "<5", "not done", "see the note of 3 May"])
        .says(&["# ANSWER: missing = [\"NI\", \"not done\"]", "`<5`, `see the note of 3 May`"], &[])
        .pairs(&[]);
    // However many kinds of damage there are, the column holds scores still.
    with(&["1 kg", "2 kg", "3 kg", "4 kg", "5 kg", "6 kg", "7 kg"]).says(&["pre = \"phq9_pre\"", "no numbers"], &["missing ="]).pairs(&[]);
}

#[test]
fn marks_that_may_separate_thousands_are_asked_about() {
    let of = |cells: [&str; 4]| tried(&[("s.csv", &table("id;steps_pre;steps_post", 4, |i| format!("S{i};{};{}", cells[i - 1], 500 + i)))]);
    of(["1.200", "540", "1.080", "420"])
        .asks(2)
        .says(&["# ANSWER: thousands = \".\"", "# ANSWER: decimal = \",\"", "write decimal = \".\""], &[])
        .pairs(&[("steps", 4)]);
    of(["1,200", "540", "1,080", "420"]).says(&["# ANSWER: thousands = \",\"   # or decimal = \",\""], &[]).pairs(&[("steps", 4)]);
    of(["1 200", "540", "1 080", "420"]).says(&["# ANSWER: thousands = \" \""], &["missing ="]).pairs(&[("steps", 4)]);
    // These can be read in one way only.
    of(["1,200.5", "540", "1,080", "420"]).asks(1).says(&["\nthousands = \",\"\n"], &["decimal ="]).pairs(&[("steps", 4)]);
    of(["1.200,5", "540", "1.080", "420"]).asks(1).says(&["\ndecimal = \",\"\nthousands = \".\"\n"], &[]).pairs(&[("steps", 4)]);
    of(["1.234", "1.5", "2", "3"]).asks(1).says(&[], &["thousands", "decimal ="]).pairs(&[("steps", 4)]);
    // A score of 63 at most has no thousands.
    let text = table("id;phq9_pre;phq9_post", 4, |i| format!("S{i};1,{}00;2", i + 1));
    tried(&[("s.csv", &text)]).says(&["\ndecimal = \",\"\n"], &["thousands"]).pairs(&[]);
}

#[test]
fn visits_that_no_word_tells_are_found_by_the_rows_and_asked_about() {
    for (column, labels) in [
        ("Termin", ["Kick-off", "Closing"]),
        ("Zp", ["T-A", "T-B"]),
        ("nr", ["3", "7"]),
        ("visit", ["Kick-off", "Closing"]),
        ("weeks", ["0", "12"]),
        ("date", ["2024-01-05", "2024-04-05"]),
    ] {
        let [pre, post] = labels;
        tried(&[("l.csv", &long(column, &labels))])
            .asks(1)
            .says(
                &[&format!("visit = \"{column}\""), &format!("# ANSWER: pre = \"{pre}\""), &format!("# ANSWER: post = \"{post}\"")],
                &["repeat"],
            )
            .pairs(&[("phq9", 8)]);
    }
    // A few rows may be wanting, and a column that is the same in all rows of a subject is no visit.
    let some = long("Termin", &["Kick-off", "Closing"]).replace("P03,Closing,26\n", "");
    let some: String = some.lines().enumerate().map(|(at, line)| format!("{line},{}\n", if at == 0 { "sex" } else { "f" })).collect();
    tried(&[("l.csv", &some)]).says(&["visit = \"Termin\""], &[]).pairs(&[("phq9", 7)]);
    let unnamed = long("Termin", &["A", "B"]).replace("id,", "who is it,");
    tried(&[("l.csv", &unnamed)]).says(&["# ANSWER: subject = \"who is it\"", "visit = \"Termin\""], &[]).pairs(&[("phq9", 8)]);
    let tidy = table("id,zeit,scale,score", 8, |i| {
        let rows =
            ["Kick-off", "Closing"].iter().flat_map(|visit| ["PHQ-9", "GAD-7"].map(|scale| format!("P{i},{visit},{scale},{}", i + 3)));
        rows.collect::<Vec<_>>().join("\n")
    });
    tried(&[("l.csv", &tidy)]).asks(1).says(&["visit = \"zeit\"", "outcome_column = \"scale\""], &[]).pairs(&[("phq9", 8), ("gad7", 8)]);
}

#[test]
fn a_column_that_numbers_the_rows_is_no_subject() {
    let text = table("id,code,timepoint,phq9", 16, |i| format!("{i},P{},{},{i}", i.div_ceil(2), if i % 2 == 1 { "pre" } else { "post" }));
    tried(&[("l.csv", &text)]).asks(1).says(&["# ANSWER: subject = \"code\"", "pre = \"pre\""], &[]).pairs(&[("phq9", 8)]);
}

#[test]
fn rows_that_nothing_tells_apart_ask_for_a_visit_column() {
    let text = table("id,date,phq9", 8, |i| format!("P{i},2024-01-{i:02},12\nP{i},2024-04-{i:02},{i}"));
    let tried = tried(&[("l.csv", &text)]).asks(1).says(&["# ANSWER: visit = \"visit\"", "subject = \"id\""], &["once every id"]);
    assert!(tried.inferred.questions[0].what.contains("the dates in `date`"), "{:?}", tried.inferred.questions);
}

#[test]
fn a_wide_table_with_a_repeated_id_is_no_long_one() {
    let text = wide(&names(&["grp", "phq9_pre", "phq9_post"]), 2) + "S3,1,0,1\n";
    tried(&[("s.csv", &text)]).says(&["# ANSWER: subject = \"id\"", "pre = \"phq9_pre\""], &["[visits]"]).pairs(&[]);
}

#[test]
fn rows_of_raters_and_repeats_of_a_form_are_asked_about() {
    let raters = table("id,rater,visit,phq9", 8, |i| {
        let rows = ["A", "B"].iter().flat_map(|rater| ["pre", "post"].map(|visit| format!("P{i},{rater},{visit},{}", i + 3)));
        rows.collect::<Vec<_>>().join("\n")
    });
    tried(&[("l.csv", &raters)]).asks(1).says(&["# ANSWER: where = { rater = \"A\" }"], &[]).pairs(&[("phq9", 8)]);
    let repeats = "record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,bdi_total,site\n\
        1,baseline_arm_1,,,,North\n1,baseline_arm_1,bdi,1,31,\n1,month_3_arm_1,bdi,1,22,\n2,baseline_arm_1,,,,North\n\
        2,baseline_arm_1,bdi,1,25,\n2,month_3_arm_1,bdi,1,12,\n2,month_3_arm_1,bdi,2,14,\n";
    tried(&[("r.csv", repeats)])
        .says(&["# ANSWER: where = { redcap_repeat_instance = [\"\", \"1\"] }", "value = \"bdi_total\""], &["outcome_column"])
        .pairs(&[("bdi2", 2)]);
    let without_events = table("record_id,redcap_repeat_instrument,redcap_repeat_instance,age,phq9_total", 8, |i| {
        format!("{i},,,{},\n{i},phq9,1,,{}\n{i},phq9,2,,{i}", 30 + i, 10 + i)
    });
    tried(&[("r.csv", &without_events)]).says(&["visit = \"redcap_repeat_instance\"", "# ANSWER: pre = \"1\""], &[]).pairs(&[("phq9", 8)]);
    let outcomes = table("id,scale,pre,post", 8, |i| format!("P{i},PHQ-9,{},4\nP{i},GAD-7,3,5", i + 2));
    tried(&[("s.csv", &outcomes)]).says(&["# ANSWER: where = { scale = \"PHQ-9\" }"], &["[visits]"]).pairs(&[("score", 8)]);
}

#[test]
fn a_visit_in_two_spellings_is_one() {
    let text = table("id,visit,phq9", 8, |i| {
        let (pre, post) = if i % 2 == 0 { ("pre", "Post") } else { ("Pre", "post") };
        format!("P{i},{pre},12\nP{i},{post},{i}")
    });
    tried(&[("l.csv", &text)]).asks(0).says(&["pre = [\"Pre\", \"pre\"]", "post = [\"post\", \"Post\"]"], &[]).pairs(&[("phq9", 8)]);
    // A minus is no other spelling.
    tried(&[("l.csv", &long("visit", &["day -1", "day 1"]))]).asks(1).says(&["# ANSWER: pre = \"day -1\""], &[]).pairs(&[("phq9", 8)]);
}

#[test]
fn what_lies_before_the_start_is_no_post() {
    for labels in [["week -4", "week 0"], ["week 0", "week -4"]] {
        tried(&[("l.csv", &long("visit", &labels))]).asks(1).says(&["# ANSWER: pre = \"week -4\""], &[]).pairs(&[("phq9", 8)]);
    }
    let columns = names(&["phq9_week-4", "phq9_week0"]);
    tried(&[("s.csv", &wide(&columns, 28))]).asks(1).says(&["# ANSWER: post = \"phq9_week0\""], &[]).pairs(&[("phq9", 10)]);
    let screening = names(&["phq9_screening", "phq9_baseline", "phq9_post"]);
    tried(&[("s.csv", &wide(&screening, 28))])
        .asks(1)
        .says(&["# ANSWER: pre = \"phq9_baseline\"   # or \"phq9_screening\"", "\npost = \"phq9_post\""], &[])
        .pairs(&[("phq9", 10)]);
    tried(&[("s.csv", &wide(&names(&["phq9_screening", "phq9_baseline"]), 28))])
        .says(&["post column"], &["post = \"phq9_baseline\""])
        .pairs(&[]);
}

#[test]
fn single_items_are_never_taken_for_totals() {
    // The ninth item of `phq` is called like the scale.
    let items = numbered(&[""], 1..=9, |_, item| format!("phq{item}"));
    let files = [("pre.csv", &*wide(&items, 4)), ("post.csv", &*wide(&items, 4))];
    tried(&files).says(&["value_items = \"phq{i}\"", "items = 9", "item_range = [0, 3]"], &["value = \"phq9\""]).pairs(&[("phq9", 10)]);
    let named = |visit: &str| wide(&numbered(&[visit], 1..=9, |visit, item| format!("phq{item}_{visit}")), 4);
    tried(&[("pre.csv", &*named("pre")), ("post.csv", &*named("post"))])
        .says(&["pre_items = \"phq{i}_pre\"", "post_items = \"phq{i}_post\""], &[])
        .pairs(&[("phq9", 10)]);
    type Name = fn(&str, usize) -> String;
    let wide_items: [(&[&str], Name, &str, &str); 5] = [
        (
            &["1", "2"],
            |visit, item| format!("PHQ{item}_{visit}"),
            "# ANSWER: pre_items = \"PHQ{i}_1\"",
            "# ANSWER: post_items = \"PHQ{i}_2\"",
        ),
        (&["1", "2"], |visit, item| format!("phq9_{visit}_{item}"), "# ANSWER: pre_items = \"phq9_1_{i}\"", "# ANSWER: post_items"),
        (&["pre", "post"], |visit, item| format!("phq9_{item:02}_{visit}"), "\npre_items = \"phq9_{i:02}_pre\"", "\npost_items"),
        (
            &["t0", "t1", "t2"],
            |visit, item| format!("phq9_{item}_{visit}"),
            "\npre_items = \"phq9_{i}_t0\"",
            "# ANSWER: post_items = \"phq9_{i}_t1\"   # or",
        ),
        (&["T1_pre", "T2_post"], |visit, item| format!("phq9_{visit}_{item}"), "\npre_items = \"phq9_T1_pre_{i}\"", "\npost_items"),
    ];
    for (visits, name, pre, post) in wide_items {
        tried(&[("s.csv", &wide(&numbered(visits, 1..=9, name), 4))]).says(&[pre, post, "items = 9"], &["pre = \""]).pairs(&[("phq9", 10)]);
    }
    // Ten columns, of which the tenth asks how difficult it is.
    let ten = numbered(&["pre", "post"], 1..=10, |visit, item| format!("phq9_{visit}_{item}"));
    tried(&[("s.csv", &wide(&ten, 4))]).says(&["# ANSWER: items = 9"], &[]).pairs(&[("phq9", 10)]);
    // What no pattern names is left, and asked for.
    let from_0 = numbered(&["pre", "post"], 0..=8, |visit, item| format!("phq9_{item}_{visit}"));
    let letters = numbered(&["pre", "post"], 0..=8, |visit, item| format!("phq9{}_{visit}", char::from(b'a' + item as u8)));
    let brackets = numbered(&["pre", "post"], 0..=8, |visit, item| {
        format!("PHQ-9 {visit} [{}]", "Sleep Mood Tired Guilt Food Move Think Die Joy".split(' ').nth(item).unwrap_or_default())
    });
    for items in [from_0, letters, brackets] {
        let tried = tried(&[("s.csv", &wide(&items, 4))]).says(&["9 single items"], &["\ninstrument"]);
        assert!(!tried.inferred.questions.is_empty() && tried.inferred.plan.outcome.is_empty(), "{}", tried.inferred.toml);
    }
    let unnamed = numbered(&["pre", "post"], 1..=4, |visit, item| format!("{visit}_{item}"));
    tried(&[("s.csv", &wide(&unnamed, 4))])
        .says(&["pre_items = \"pre_{i}\"", "post_items = \"post_{i}\""], &["id = \"1\""])
        .pairs(&[("score", 10)]);
    // Visits are no items.
    let visits = names(&["PHQ-9 1回目", "PHQ-9 2回目", "PHQ-9 3回目"]);
    tried(&[("s.csv", &wide(&visits, 28))])
        .says(&["pre = \"PHQ-9 1回目\"", "# ANSWER: post = \"PHQ-9 2回目\""], &["items"])
        .pairs(&[("phq9", 10)]);
}

#[test]
fn missing_codes_of_items_and_of_columns_in_question_are_asked_about() {
    let items = numbered(&["pre", "post"], 1..=9, |visit, item| format!("phq9_{visit}_{item}"));
    let text = wide(&items, 4).replace("S4,", "S4x,").replacen("\nS2,", "\nS2,NI,", 1);
    let text: String = text.lines().map(|line| line.split(',').take(19).collect::<Vec<_>>().join(",") + "\n").collect();
    tried(&[("s.csv", &text)])
        .says(&["# ANSWER: missing = [\"NI\"]   # keep what means missing in `phq9_pre_1`"], &[])
        .pairs(&[("phq9", 9)]);
    let text = table("id,phq9_1,phq9_2", 10, |i| format!("S{i},{i},{}", if i == 3 { "NI" } else { "5" }));
    tried(&[("s.csv", &text)]).asks(2).says(&["# ANSWER: missing = [\"NI\"]", "# ANSWER: post = \"phq9_2\""], &[]).pairs(&[("phq9", 9)]);
}

#[test]
fn a_part_of_a_scale_is_not_the_scale() {
    let columns = names(&["PHQ-9 (Sleep) pre", "PHQ-9 (Sleep) post", "PHQ-9 (Total) pre", "PHQ-9 (Total) post"]);
    tried(&[("s.csv", &wide(&columns, 28))])
        .asks(1)
        .says(
            &[
                "label = \"PHQ-9 (Sleep)\"",
                "write instrument = \"phq9\" in its place",
                "id = \"phq9\"\ninstrument = \"phq9\"\npre = \"PHQ-9 (Total) pre\"",
            ],
            &[],
        )
        .pairs(&[("phq_9_sleep", 10), ("phq9", 10)]);
    for name in ["phq9_tscore", "phq9_cat", "phq9_mean"] {
        let columns = names(&[&format!("{name}_pre"), &format!("{name}_post")]);
        tried(&[("s.csv", &wide(&columns, 5))]).asks(1).says(&["# ANSWER: direction = \"lower\""], &["\ninstrument"]).pairs(&[(name, 10)]);
    }
    let columns = names(&["HAMD_pre", "HAMD_post"]);
    tried(&[("s.csv", &wide(&columns, 28))]).asks(0).says(&["its name does not say which version it is"], &[]).pairs(&[("hamd17", 10)]);
}

#[test]
fn names_that_say_the_visit_twice_or_speak_of_both_ends() {
    for (pre, post) in [("phq9_T1_pre", "phq9_T2_post"), ("T0 pre PHQ9", "T1 post PHQ9"), ("phq9 baseline week 0", "phq9 post week 12")] {
        let text = wide(&names(&[post, pre]), 28);
        tried(&[("s.csv", &text)]).asks(0).says(&[&format!("pre = \"{pre}\"\npost = \"{post}\"")], &[]).pairs(&[("phq9", 10)]);
    }
    let columns = names(&["phq9_pre", "phq9_post", "phq9_fu_3m", "phq9_pre_post"]);
    tried(&[("s.csv", &wide(&columns, 28))])
        .asks(0)
        .says(&["others = { fu_3m = \"phq9_fu_3m\" }", "not used: phq9_pre_post"], &[])
        .pairs(&[("phq9", 10)]);
    let columns = names(&["phq9_pre", "phq9_post1", "phq9_post2"]);
    tried(&[("s.csv", &wide(&columns, 28))])
        .asks(1)
        .says(&["# ANSWER: post = \"phq9_post1\"   # or \"phq9_post2\""], &[])
        .pairs(&[("phq9", 10)]);
    tried(&[("l.csv", &long("visit", &["after admission", "before discharge"]))])
        .asks(1)
        .says(&["# ANSWER: pre ="], &[])
        .pairs(&[("phq9", 8)]);
}

#[test]
fn limesurvey_by_code_and_by_text() {
    let response = |i: usize| format!("\"{i}\";\"2024-03-{i:02} 10:00:00\";\"tk{i:02}\"");
    let missing = |i: usize| match i {
        3 => "N/A".to_owned(),
        4 => String::new(),
        _ => (i + 2).to_string(),
    };
    for [pre, post] in [
        ["BDI1. BDI-II total, before", "BDI2. BDI-II total, after"],
        ["G1Q1. BDI-II total score at baseline", "G2Q1. BDI-II total score at follow-up"],
        ["BDIpre. How sad are you?", "BDIpost. How sad are you now?"],
    ] {
        let head = format!("\"id. Response ID\";\"submitdate. Date submitted\";\"token. Access code\";\"{pre}\";\"{post}\"");
        let text = table(&head, 10, |i| format!("{};\"{}\";\"{}\"", response(i), 20 + i, missing(i)));
        tried(&[("l.csv", &text)])
            .asks(0)
            .says(
                &[
                    "subject = \"token. Access code\"",
                    &format!("pre = \"{pre}\"\npost = \"{post}\""),
                    "`N/A` is a question that was not shown",
                ],
                &["missing ="],
            )
            .pairs(&[("bdi2", 8)]);
    }
    let code_only =
        table("\"id\";\"submitdate\";\"token\";\"PHQ9pre\";\"PHQ9post\"", 10, |i| format!("{};\"9\";\"{}\"", response(i), missing(i)));
    tried(&[("l.csv", &code_only)]).asks(0).says(&["subject = \"token\"", "pre = \"PHQ9pre\""], &[]).pairs(&[("phq9", 8)]);
    let items = |text: &str| {
        let columns =
            numbered(&["pre", "post"], 1..=9, |visit, item| format!("PHQ{visit}[SQ{item:03}]{}", text.replace('#', &item.to_string())));
        let head =
            format!("\"id\";\"submitdate\";\"token\";{}", columns.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(";"));
        tried(&[("l.csv", &table(&head, 10, |i| format!("{};{}", response(i), vec!["2"; 18].join(";"))))])
    };
    items("").says(&["pre_items = \"PHQpre[SQ{i:03}]\"", "post_items = \"PHQpost[SQ{i:03}]\""], &[]).pairs(&[("phq9", 10)]);
    items(". How often … [Item #]")
        .says(&["9 single items (PHQpre[SQ001]. How often … [Item 1]", "question codes"], &["\ninstrument"])
        .pairs(&[]);
    let long = table(
        "\"id. Response ID\";\"submitdate. Date submitted\";\"token. Access code\";\"time. Which measurement is it?\";\"PHQ9. Total\"",
        16,
        |i| format!("\"{i}\";\"2024-03-01\";\"tk{}\";\"T{}\";\"{i}\"", i.div_ceil(2), i % 2),
    );
    tried(&[("l.csv", &long)]).asks(0).says(&["visit = \"time. Which measurement is it?\"", "pre = \"T0\""], &[]).pairs(&[("phq9", 8)]);
}

#[test]
fn openclinica_by_the_events_above_its_header() {
    let export = |first: &str, second: &str| {
        format!(
            "Dataset Name:\tBDI\nStudy Event Definition 1\t{first}\tE1\nStudy Event Definition 2\t{second}\tE2\nCRF\tBDI-II\tC1\n\n\
             Study Subject ID\tProtocol ID\tBDI_TOTAL_E1_C1\tBDI_TOTAL_E2_C1\nOC-1\tP\t31\t22\nOC-2\tP\t25\t12\nOC-3\tP\t28\t9\n"
        )
    };
    let found = |first: &str, second: &str| tried(&[("oc.tsv", &export(first, second))]);
    found("Baseline", "Month 3")
        .asks(0)
        .says(&["pre = \"BDI_TOTAL_E1_C1\"", "header_line = 6", "subject = \"Study Subject ID\""], &[])
        .pairs(&[("bdi2", 3)]);
    found("Month 3", "Baseline").asks(0).says(&["pre = \"BDI_TOTAL_E2_C1\"\npost = \"BDI_TOTAL_E1_C1\""], &[]).pairs(&[("bdi2", 3)]);
    found("Alpha", "Omega").asks(1).says(&["# ANSWER: pre = \"BDI_TOTAL_E1_C1\""], &[]).pairs(&[("bdi2", 3)]);
}

#[test]
fn question_texts_under_the_header_are_skipped_and_read() {
    let import = "\"{\"\"ImportId\"\":\"\"a\"\"}\",\"{\"\"ImportId\"\":\"\"b\"\"}\",\"{\"\"ImportId\"\":\"\"c\"\"}\",\"{\"\"ImportId\"\":\"\"d\"\"}\"\n";
    let rows = "2024-03-01 10:00:00,R_0,S1,21,12\n2024-03-01 10:00:00,R_1,S2,15,11\n2024-03-01 10:00:00,R_2,S3,19,8\n";
    let head = "StartDate,ResponseId,study_no,Q5,Q6\nStart Date,Response ID,Your study number,PHQ-9 total (before),PHQ-9 total (after)\n";
    for (import, skipped) in [(import.replace("{\"\"ImportId\"\":\"\"a", "{\"\"ImportId\"\":\"\"startDate"), 2), (String::new(), 1)] {
        let import = if import.is_empty() { import } else { format!("\"{{\"\"ImportId\"\":\"\"z\"\"}}\",{import}") };
        tried(&[("q.csv", &format!("{head}{import}{rows}"))])
            .asks(0)
            .says(&[&format!("skip_records_after_header = {skipped}"), "pre = \"Q5\"\npost = \"Q6\""], &["missing ="])
            .pairs(&[("phq9", 3)]);
    }
    // A subject without scores is none.
    let text = table("id,phq9_pre,phq9_post", 6, |i| if i == 1 { "S1,not done,not done".to_owned() } else { format!("S{i},{i},4") });
    tried(&[("s.csv", &text)]).says(&["# ANSWER: missing = [\"not done\"]"], &["skip_records"]).pairs(&[("phq9", 5)]);
}

#[test]
fn codes_of_castor_in_words_are_declared() {
    let text = "\"Participant Id\";\"Participant Status\";\"bdi_total_baseline\";\"bdi_total_3m\"\n\"U-1\";\"x\";\"31\";\"22\"\n\
        \"U-2\";\"x\";\"25\";\"12\"\n\"U-3\";\"x\";\"40\";\"-97\"\n\"U-4\";\"x\";\"##USER_MISSING_95##\";\"20\"\n";
    tried(&[("c.csv", text)]).asks(0).says(&["missing = [\"##USER_MISSING_95##\", \"-97\"]"], &[]).pairs(&[("bdi2", 2)]);
}

#[test]
fn several_files_of_one_visit_each() {
    let one = |name: &str| wide(&names(&[name]), 28);
    let scores = ["phq9_t1", "phq9_t2"].map(|name| wide(&names(&[name, &name.replace("phq9", "gad7")]), 21));
    tried(&[("T2.csv", &*scores[1]), ("T1.csv", &*scores[0])])
        .asks(0)
        .says(&["pre = \"T1.csv\"", "pre = \"phq9_t1\"\npost = \"phq9_t2\"", "pre = \"gad7_t1\"\npost = \"gad7_t2\""], &[])
        .pairs(&[("phq9", 10), ("gad7", 10)]);
    tried(&[("T0.csv", &*one("phq9")), ("T1.csv", &*one("phq9")), ("T2.csv", &*one("phq9"))])
        .asks(1)
        .says(&["\npre = \"T0.csv\"", "# ANSWER: post = \"T1.csv\"   # or \"T2.csv\""], &[])
        .pairs(&[("phq9", 10)]);
    // Ids under another name are known by their values.
    tried(&[("pre.csv", &*one("phq9")), ("post.csv", &one("phq9").replace("id,", "Kennung,"))])
        .asks(0)
        .says(&["[data.files_by_name.\"post.csv\"]\nsubject = \"Kennung\""], &[])
        .pairs(&[("phq9", 10)]);
    tried(&[("pre.csv", &*one("Stimmung")), ("post.csv", &*one("mood"))])
        .says(&["# ANSWER: pre = \"Stimmung\"", "# ANSWER: post = \"mood\""], &[])
        .pairs(&[("score", 10)]);
}

#[test]
fn what_is_not_found_is_asked_with_the_columns_that_are_there() {
    let text = wide(&names(&["BDI1", "BDI2"]), 28);
    tried(&[("s.csv", &text)])
        .says(&["columns of numbers: BDI1, BDI2", "# ANSWER: pre = \"BDI1\"", "# ANSWER: post = \"BDI2\""], &[])
        .pairs(&[("score", 10)]);
    let two_rows = table(",PHQ-9,,GAD-7,\nid,pre,post,pre,post", 8, |i| format!("S{i},{i},4,5,6"));
    tried(&[("s.csv", &two_rows)]).says(&["the header takes two rows"], &["visit ="]).pairs(&[]);
    let words = table("id,time,How often? [Sleep]", 8, |i| format!("S{i},before,Never\nS{i},after,Often"));
    let found =
        tried(&[("s.csv", &words)]).says(&["# ANSWER: value = \"score column\"", "answers in words make no score"], &["# ANSWER: pre"]);
    assert!(found.plan.is_some());
}

#[test]
fn columns_without_a_name_hide_nothing() {
    let last = table("id,phq9_pre,phq9_post,", 8, |i| format!("S{i},{i},4,"));
    tried(&[("s.csv", &last)]).asks(0).says(&["subject = \"id\""], &[]).pairs(&[("phq9", 8)]);
    let index = table(",id,phq9_pre,phq9_post", 8, |i| format!("{},S{i},{i},4", i - 1));
    tried(&[("s.csv", &index)]).asks(0).says(&["subject = \"id\""], &["two rows"]).pairs(&[("phq9", 8)]);
}

#[test]
fn arms_are_told_of() {
    let text = table("id,arm,phq9_pre,phq9_post", 8, |i| format!("S{i},{},{i},4", if i % 2 == 0 { "A" } else { "B" }));
    tried(&[("s.csv", &text)]).asks(0).says(&["all rows are taken as one arm", "\n# where = { arm = \"B\" }"], &[]).pairs(&[("phq9", 8)]);
}
