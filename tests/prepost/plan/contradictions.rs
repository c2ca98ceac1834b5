use prepost::trial::ProblemCode::{self, PlanContradiction, PlanInvalidValue, PlanMissingKey, PlanNotYetSupported};

use super::{WIDE, problems, shown};

const LONG: &str = r#"
[data]
files = ["scores.csv"]
subject = "subject"
visit = "visit"
[visits]
pre = "pre"
post = "post"
[[outcome]]
id = "bdi"
direction = "lower"
value = "bdi"
"#;

const TWO: &str = r#"
[data]
pre = "pre.csv"
post = "post.csv"
subject = "subject"
[[outcome]]
id = "bdi"
direction = "lower"
value = "bdi"
"#;

/// A change to a good plan, and what must be said of it.
fn refused(base: &str, from: &str, to: &str, code: ProblemCode, part: &str) {
    assert!(base.contains(from), "{from}");
    let all = problems(&base.replacen(from, to, 1));
    assert!(all.iter().any(|problem| problem.code == code && problem.what.contains(part)), "{from} → {to}: {part}\n{}", shown(&all));
    assert!(all.iter().all(|problem| problem.place.file.is_some() && problem.hint.is_some() | (problem.code == PlanInvalidValue)));
}

#[test]
fn wide_plans() {
    let with = |extra: &str| format!("post = \"bdi_post\"\n{extra}");
    let post = "post = \"bdi_post\"\n";
    let subject = "subject = \"subject\"\n";
    let data = |extra: &str| format!("{subject}{extra}");
    for (from, to, code, part) in [
        ("files = [\"scores.csv\"]\n", String::new(), PlanMissingKey, "`data.files`"),
        (subject, String::new(), PlanMissingKey, "`data.subject`"),
        ("pre = \"bdi_pre\"\n", String::new(), PlanMissingKey, "`pre`, a column of the wide layout"),
        (post, String::new(), PlanMissingKey, "`post`, a column of the wide layout"),
        (post, "post = \"bdi_pre\"\n".into(), PlanContradiction, "same column"),
        (post, "post = \"subject\"\n".into(), PlanContradiction, "the column of the subject id"),
        (post, with("value = \"x\"\n"), PlanContradiction, "`value` has no place in the wide layout"),
        (post, with("key = \"x\"\n"), PlanContradiction, "`key` has no place in the wide layout"),
        ("instrument = \"bdi2\"\n", String::new(), PlanMissingKey, "expected `direction`"),
        ("id = \"bdi2\"", "id = \" \"".into(), PlanInvalidValue, "not empty"),
        (post, with("range = [63, 0]\n"), PlanInvalidValue, "the lower first"),
        (post, with("step = 0\n"), PlanInvalidValue, "above 0"),
        (post, with("step = -1\n"), PlanInvalidValue, "above 0"),
        (post, with("step = 0.5\ninteger = true\n"), PlanContradiction, "steps of 1"),
        (post, with("range = [0, 10]\nstep = 3\n"), PlanContradiction, "cannot be reached"),
        (post, with("direction = \"none\"\n[analysis]\nalternative = \"improvement\"\n"), PlanContradiction, "better direction"),
        (
            post,
            with("[[outcome]]\nid = \"bdi2\"\ndirection = \"lower\"\npre = \"a\"\npost = \"b\"\n"),
            PlanContradiction,
            "two outcomes have the id",
        ),
        (
            post,
            with("[[outcome]]\nid = \"x\"\ndirection = \"lower\"\npre = \"bdi_pre\"\npost = \"bdi_post\"\n"),
            PlanContradiction,
            "read the same scores",
        ),
        (post, with("[figures]\ndpi = 20\n"), PlanInvalidValue, "from 72 to 1200"),
        (post, with("[figures]\nkinds = [\"flow\", \"flow\"]\n"), PlanContradiction, "twice"),
        (post, with("[figures]\npreset = \"huge\"\n"), PlanInvalidValue, "`journal`, `journal-wide`"),
        (post, with("[analysis]\nconf_level = 0.5\n"), PlanInvalidValue, "between 0.5 and 1"),
        (post, with("[analysis]\nconf_level = 1\n"), PlanInvalidValue, "between 0.5 and 1"),
        (post, with("[analysis]\nbootstrap = 999\n"), PlanInvalidValue, "1000 to 1000000"),
        (post, with("[analysis]\npermutations = 0\n"), PlanInvalidValue, "1000 to 10000000"),
        (post, with("[analysis]\nseed = -1\n"), PlanInvalidValue, "0 or more"),
        (post, with("[privacy]\nmin_cell = -1\n"), PlanInvalidValue, "from 0 to"),
        (subject, data("decimal = \";\"\n"), PlanInvalidValue, "\".\" or \",\""),
        (subject, data("separator = \",,\"\n"), PlanInvalidValue, "one character or \"tab\""),
        (subject, data("thousands = \".\"\n"), PlanContradiction, "both the decimal and the thousands mark"),
        (subject, data("decimal = \",\"\nthousands = \",\"\n"), PlanContradiction, "both the decimal and the thousands mark"),
        (subject, data("thousands = \"1\"\n"), PlanInvalidValue, "no digit"),
        (subject, data("header_line = 0\n"), PlanInvalidValue, "1 or more"),
        (subject, data("group = \"subject\"\n"), PlanContradiction, "same column"),
        (subject, data("pre = \"pre.csv\"\n"), PlanMissingKey, "`data.post`"),
        (subject, data("missing = [-99]\n"), PlanInvalidValue, "list of texts"),
        (subject, data("decimal_by_column = { a = \";\" }\n"), PlanInvalidValue, "\".\" or \",\""),
        (subject, data("[data.files_by_name.\"score.csv\"]\nencoding = \"cp932\"\n"), PlanInvalidValue, "a file that [data] names"),
        ("[\"scores.csv\"]", "[\"scores.csv\", \"scores.csv\"]".into(), PlanContradiction, "named twice"),
        (subject, data("[visits]\npre = \"a\"\npost = \"b\"\n"), PlanMissingKey, "`data.visit`"),
    ] {
        refused(WIDE, from, &to, code, part);
    }
}

#[test]
fn a_missing_code_inside_the_range_is_refused() {
    let plan = WIDE.replace("instrument = \"bdi2\"", "direction = \"higher\"\nrange = [0, 100]");
    let subject = "subject = \"subject\"\n";
    refused(&plan, subject, &format!("{subject}missing = [\"99\"]\n"), PlanContradiction, "the missing code 99 lies in the range 0 to 100");
    // Off the grid of the scores a code can be told from them.
    let halves = plan
        .replace("range = [0, 100]", "range = [0, 100]\nstep = 1")
        .replace(subject, &format!("{subject}missing = [\"99.5\", \"-9\"]\n"));
    assert!(prepost::plan::read(&halves, "trial.toml").is_ok());
}

#[test]
fn long_plans() {
    for (from, to, code, part) in [
        ("visit = \"visit\"\n", "", PlanMissingKey, "`data.visit`"),
        ("[visits]\npre = \"pre\"\npost = \"post\"\n", "", PlanMissingKey, "`visits`"),
        ("post = \"post\"\n", "", PlanMissingKey, "`visits.post`"),
        ("post = \"post\"", "post = \"pre\"", PlanContradiction, "the same visit"),
        ("value = \"bdi\"\n", "", PlanMissingKey, "`value`, a column of the long layout"),
        ("value = \"bdi\"\n", "value = \"bdi\"\npre = \"bdi_pre\"\n", PlanContradiction, "`pre` has no place in the long layout"),
        ("visit = \"visit\"\n", "visit = \"subject\"\n", PlanContradiction, "same column"),
        ("visit = \"visit\"\n", "visit = \"visit\"\noutcome_column = \"name\"\nvalue = \"score\"\n", PlanContradiction, "`value` differs"),
        (
            "value = \"bdi\"\n",
            "value = \"bdi\"\n[[outcome]]\nid = \"x\"\ndirection = \"lower\"\nvalue = \"bdi\"\n",
            PlanContradiction,
            "read the same scores",
        ),
    ] {
        refused(LONG, from, to, code, part);
    }
    let tidy = LONG
        .replace("value = \"bdi\"\n", "")
        .replace("visit = \"visit\"\n", "visit = \"visit\"\noutcome_column = \"name\"\nvalue = \"score\"\n");
    assert!(prepost::plan::read(&tidy, "trial.toml").is_ok());
    refused(&tidy, "value = \"score\"\n", "", PlanMissingKey, "`data.value`");
    let every = "direction = \"lower\"\nkey = \"*\"\n[[outcome]]\nid = \"x\"\ndirection = \"lower\"\n";
    refused(&tidy, "direction = \"lower\"\n", every, PlanContradiction, "stands for every outcome");
}

#[test]
fn two_file_plans() {
    for (from, to, code, part) in [
        ("post = \"post.csv\"\n", "", PlanMissingKey, "`data.post`"),
        ("post = \"post.csv\"", "post = \"pre.csv\"", PlanContradiction, "the same file"),
        ("subject = ", "files = [\"x.csv\"]\nsubject = ", PlanContradiction, "both `files` and"),
        ("subject = ", "visit = \"visit\"\nsubject = ", PlanNotYetSupported, "`data.visit`"),
        ("[[outcome]]", "[visits]\npre = \"a\"\npost = \"b\"\n[[outcome]]", PlanContradiction, "one file a visit"),
        ("value = \"bdi\"\n", "", PlanMissingKey, "`value`, a column of the two-file layout"),
        ("value = \"bdi\"\n", "pre = \"bdi_0\"\n", PlanMissingKey, "`post`, a column of the two-file layout"),
        (
            "value = \"bdi\"\n",
            "pre = \"a\"\npost = \"b\"\n[[outcome]]\nid = \"x\"\ndirection = \"lower\"\npre = \"c\"\npost = \"b\"\n",
            PlanContradiction,
            "read the same scores",
        ),
        (
            "[[outcome]]",
            "[data.files_by_name.\"pre.csv\"]\nvalue = \"v\"\n[[outcome]]\nid = \"x\"\ndirection = \"lower\"\nvalue = \"x\"\n[[outcome]]",
            PlanContradiction,
            "one score column for 2 outcomes",
        ),
        (
            "value = \"bdi\"\n",
            "value = \"bdi\"\nothers = { m6 = \"x\" }\n",
            PlanContradiction,
            "`others` has no place in the two-file layout",
        ),
    ] {
        refused(TWO, from, to, code, part);
    }
    // The column of each file, by the same or another name.
    for columns in ["pre = \"bdi_0\"\npost = \"bdi_1\"\n", "pre = \"bdi\"\npost = \"bdi\"\n"] {
        assert!(prepost::plan::read(&TWO.replace("value = \"bdi\"\n", columns), "trial.toml").is_ok(), "{columns}");
    }
}

const ITEMS: &str = r#"
[data]
files = ["scores.csv"]
subject = "subject"
[[outcome]]
id = "wb"
direction = "lower"
pre_items = "wb_pre_{i}"
post_items = "wb_post_{i}"
items = 5
item_range = [0, 3]
reverse = [2, 4]
"#;

#[test]
fn plans_with_items() {
    assert!(prepost::plan::read(ITEMS, "trial.toml").is_ok());
    let items = "items = 5\n";
    let reverse = "reverse = [2, 4]\n";
    let with = |extra: &str| format!("{reverse}{extra}");
    for (from, to, code, part) in [
        (items, "items = 0\n".to_owned(), PlanInvalidValue, "items"),
        (items, String::new(), PlanMissingKey, "expected `items`"),
        ("pre_items = \"wb_pre_{i}\"\n", String::new(), PlanMissingKey, "expected `pre_items`"),
        ("wb_pre_{i}", "wb_pre_".into(), PlanInvalidValue, "with `{i}`"),
        ("wb_pre_{i}", "wb_{i}_{i}".into(), PlanInvalidValue, "with `{i}`"),
        ("wb_pre_{i}", "wb_post_{i}".into(), PlanContradiction, "has another meaning"),
        ("items = 5\nitem_range = [0, 3]\n", "items = 5\n".into(), PlanMissingKey, "expected `item_range`"),
        ("[0, 3]", "[3, 0]".into(), PlanInvalidValue, "the lower first"),
        ("[2, 4]", "[2, 6]".into(), PlanInvalidValue, "numbers from 1 to 5"),
        ("[2, 4]", "[0]".into(), PlanInvalidValue, "numbers from 1"),
        ("[2, 4]", "[2, 2]".into(), PlanContradiction, "twice"),
        (reverse, with("prorate = 0\n"), PlanInvalidValue, "a share above 0"),
        (reverse, with("prorate = 80\n"), PlanInvalidValue, "a share above 0"),
        (reverse, with("score = \"median\"\n"), PlanInvalidValue, "`sum`"),
        (reverse, with("pre = \"wb\"\n"), PlanContradiction, "both items and `pre`"),
        (reverse, with("value_items = \"x{i}\"\n"), PlanContradiction, "`value_items` has no place"),
        (reverse, with("step = 2\n"), PlanContradiction, "cannot be reached from 0"),
        (reverse, with("range = [0, 16]\n"), PlanContradiction, "the items make scores of 0 to 15"),
        (reverse, with("range = [0, 15]\nscore = \"mean\"\n"), PlanContradiction, "the items make scores of 0 to 3"),
        (reverse, with("instrument = \"bdi2\"\n"), PlanContradiction, "the items make scores of 0 to 15, but BDI-II runs from 0 to 63"),
        (reverse, with("others = { m6 = \"wb_m6\" }\n"), PlanInvalidValue, "with `{i}`"),
        ("subject = \"subject\"\n", "subject = \"subject\"\nmissing = [\"3\"]\n".into(), PlanContradiction, "range 0 to 3 of an answer"),
    ] {
        refused(ITEMS, from, &to, code, part);
    }
    for key in ["items = 5", "item_range = [0, 3]", "reverse = [1]", "score = \"sum\"", "prorate = 0.8"] {
        refused(WIDE, "post = \"bdi_post\"\n", &format!("post = \"bdi_post\"\n{key}\n"), PlanContradiction, "is about items");
    }
    refused(LONG, "value = \"bdi\"\n", "pre_items = \"x{i}\"\nitems = 2\n", PlanContradiction, "`pre_items` has no place");
    refused(LONG, "value = \"bdi\"\n", "pre_items = \"x{i}\"\nitems = 2\n", PlanMissingKey, "expected `value_items`");
}

#[test]
fn a_plan_with_items_is_completed_from_them() {
    let plan = prepost::plan::read(&ITEMS.replace("id = \"wb\"\n", ""), "trial.toml").expect("a plan");
    assert_eq!(plan.outcome[0].id, "wb");
    let outcomes = prepost::plan::resolve_outcomes(&plan, &prepost::trial::Catalogue::embedded()).expect("outcomes");
    assert_eq!(outcomes[0].range.map(|range| (range.min.to_string(), range.max.to_string())), Some(("0".into(), "15".into())));
    // A code that a total could be, but no answer, is no contradiction.
    let coded = ITEMS.replace("subject = \"subject\"\n", "subject = \"subject\"\nmissing = [\"9\"]\n");
    let plan = prepost::plan::read(&coded, "trial.toml").expect("a plan");
    let used = prepost::plan::effective(&plan, &outcomes);
    assert_eq!(prepost::plan::read(&prepost::plan::to_toml(&used), "plan.toml").expect("the plan as used"), used);
    let bdi = ITEMS.replace("items = 5", "items = 21\ninstrument = \"bdi2\"\nprorate = 0.9");
    assert!(prepost::plan::read(&bdi, "trial.toml").is_ok());
}

#[test]
fn dates_of_visits() {
    let wide = WIDE
        .replace("subject = \"subject\"\n", "subject = \"subject\"\npre_date = \"d1\"\npost_date = \"d2\"\ndate_format = \"%d/%m/%Y\"\n");
    assert!(prepost::plan::read(&wide, "trial.toml").is_ok());
    for format in ["%Y-%m-%d", "%-d.%-m.%y", "%d-%b-%Y %H:%M:%S%.f", "%F", "%Y年%m月%d日"] {
        assert!(prepost::plan::read(&wide.replace("%d/%m/%Y", format), "trial.toml").is_ok(), "{format}");
    }
    for (from, to, code, part) in [
        ("post_date = \"d2\"", "post_date = \"d1\"", PlanContradiction, "same column"),
        ("post_date = \"d2\"", "date = \"d2\"", PlanContradiction, "`data.date` has no place in the wide layout"),
        ("pre_date = \"d1\"\npost_date = \"d2\"\n", "", PlanContradiction, "no column of dates"),
        ("%d/%m/%Y", "%d/%m", PlanInvalidValue, "year, month and day"),
        ("%d/%m/%Y", "%d/%m/%Y %d", PlanInvalidValue, "each once"),
        ("%d/%m/%Y", "%d/%m/%q", PlanInvalidValue, "letters of strftime"),
        ("%d/%m/%Y", "%d/%m/%Y%", PlanInvalidValue, "a letter after each %"),
        ("%d/%m/%Y", "DD/MM/YYYY", PlanInvalidValue, "year, month and day"),
    ] {
        refused(&wide, from, to, code, part);
    }
    refused(
        LONG,
        "visit = \"visit\"\n",
        "visit = \"visit\"\npre_date = \"d\"\n",
        PlanContradiction,
        "`data.pre_date` has no place in the long layout",
    );
}
