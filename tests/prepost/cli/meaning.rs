//! What a change means, from plan to `statistics.csv` and `individuals.csv`.

use super::{folder, prepost, statistic, stderr};

/// Nine people, one without a post score. s_diff = √2 · 5 · √(1 − .5) = 5, so that more than 9.8 points are reliable;
/// c = (5 · 8 + 5 · 28)/10 = 18 = a = b.
const SCORES: &str = "id,pre,post\na,30,10\nb,28,24\nc,25,5\nd,20,20\ne,32,12\nf,22,30\ng,26,14\nh,18,8\ni,24,\n";

const PLAN: &str = r#"
[data]
files = ["scores.csv"]
subject = "id"
[[outcome]]
id = "bdi"
instrument = "bdi2"
direction = "lower"
range = [0, 63]
pre = "pre"
post = "post"
mcid = { value = 5, source = "a paper" }
remission = { at_most = 10, source = "a manual" }
response = { percent = 50, at_most = 10, source = "convention" }
reliability = { value = 0.5, kind = "test-retest", source = "a paper" }
norm = { mean = 8, sd = 5, source = "a survey" }
clinical_norm = { mean = 28, sd = 5, source = "a manual" }
[analysis]
bootstrap = 1000
permutations = 1000
"#;

const MEANING: [&str; 6] = ["responders", "response", "remission", "reliable_change", "multiverse", "band_shift"];

/// The text of an output file after a run that must succeed.
fn run(plan: &str, scores: &str, file: &str) -> String {
    let folder = folder(&[("trial.toml", plan), ("scores.csv", scores)]);
    let run = prepost(folder.path(), &["analyze", "--no-figures"]);
    assert!(run.status.success(), "{}", stderr(&run));
    std::fs::read_to_string(folder.path().join("prepost-out").join(file)).expect("an output file")
}

fn assert_values(csv: &str, outcome: &str, method: &str, expected: &[(&str, f64)]) {
    for (name, expected) in expected {
        let value = statistic(csv, outcome, method, name);
        assert!(
            value.is_some_and(|v| (v - expected).abs() <= 1e-9 * expected.abs().max(1e-3)),
            "{method} {name}: {value:?}, not {expected}"
        );
    }
}

#[test]
fn by_hand() {
    let csv = run(PLAN, SCORES, "statistics.csv");
    let value = |method: &str, expected: &[(&str, f64)]| assert_values(&csv, "bdi", method, expected);
    // Better by 5 or more: a, c, e, g, h. Worse by as much: f.
    value("responders", &[("threshold", 5.0), ("n", 8.0), ("n_responders", 5.0), ("share", 0.625), ("n_deteriorated", 1.0)]);
    value("responders", &[("n_all", 9.0), ("share_all", 5.0 / 9.0), ("share_worst", 5.0 / 9.0), ("share_best", 6.0 / 9.0)]);
    // Half better and at most 10: a, c, h; e ends at 12, g is 46 % better.
    value("response", &[("n", 8.0), ("n_responders", 3.0), ("share", 0.375)]);
    // Three gained it, nobody lost it: p = 2/8, mid-p = 2 (1/8 − 1/16).
    value("remission", &[("n_pre", 0.0), ("n_post", 3.0), ("difference", 0.375), ("p_exact", 0.25), ("p_mid", 0.125), ("n_gained", 3.0)]);
    value("remission", &[("share_post_worst", 3.0 / 9.0), ("share_post_best", 4.0 / 9.0)]);
    value(
        "reliable_change",
        &[("s_diff", 5.0), ("smallest_detectable_change", 9.8), ("cutoff_a", 18.0), ("cutoff_b", 18.0), ("cutoff_c", 18.0)],
    );
    // a, c, e, g from above 18 to below; h starts on the cut-off; f is 8 worse, which is not reliable.
    let classes = [("n_recovered", 4.0), ("n_improved", 1.0), ("n_unchanged", 3.0), ("n_deteriorated", 0.0), ("n_reliably_improved", 5.0)];
    value("reliable_change", &classes);
    // gln: −(post − pre + .5 (pre − 28)) over 5 √.75 = 4.33, beyond 1.96 from 8.49: 19, 4, 21.5, 4, 18, −5, 13, 15.
    value("reliable_change", &[("n_reliably_improved_gln", 5.0), ("n_recovered_gln", 4.0), ("n_deteriorated_gln", 0.0)]);
    assert_eq!(statistic(&csv, "bdi", "reliable_change", "n_improved_chelune"), None);
    assert!(csv.lines().any(|line| line.contains("n_improved_chelune,,") && line.contains("practice")), "{csv}");
    let says = |name: &str, what: &str| csv.lines().any(|line| line.contains(&format!(",{name},")) && line.contains(what));
    assert!(says("n_improved_hll", "one implementation only") && says("n_recovered_nk", "one implementation only"));
    assert!(says("n_improved_en", "disputed in print") && says("n_recovered_ha", "disputed in print"));
    assert!(!says("n_improved_gln", "disputed") && !says("n_improved", "implementation"));
    // Severe 29–63, moderate 20–28, mild 14–19, minimal 0–13: a, c, e, g, h better, b and d the same, f worse.
    value("band_shift", &[("n", 8.0), ("n_outside", 0.0), ("n_better", 5.0), ("n_same", 2.0), ("n_worse", 1.0)]);
    // 2²/2 for severe → minimal, 1 for each of four moves of one person.
    value("band_shift", &[("bowker", 6.0), ("df_bowker", 5.0)]);
    assert!(statistic(&csv, "bdi", "multiverse", "improved_max").is_some_and(|share| share >= 0.625));
}

#[test]
fn people_have_their_own_rows() {
    let csv = run(PLAN, SCORES, "individuals.csv");
    let row = |id: &str| csv.lines().find(|line| line.starts_with(&format!("{id},"))).expect("a row");
    // −change over 5; the rest as text.
    for (id, index, before, after) in [
        ("a", 4.0, "a,bdi,,30.0,10.0,-20.0,improved,", ",recovered,true,false,true,severe,minimal"),
        ("h", 2.0, "h,bdi,,18.0,8.0,-10.0,improved,", ",improved,true,false,true,mild,minimal"),
        ("f", -1.6, "f,bdi,,22.0,30.0,8.0,worsened,", ",unchanged,false,false,false,moderate,severe"),
    ] {
        let middle = row(id).strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
        let found = middle.and_then(|text| text.parse::<f64>().ok());
        assert!(found.is_some_and(|found| (found - index).abs() < 1e-12), "{}", row(id));
    }
    assert_eq!(row("i"), "i,bdi,,24.0,,,,,,,false,,moderate,");
    let read = prepost::results::Individuals::read(csv.as_bytes()).expect("it reads");
    let mut written = Vec::new();
    read.write(&mut written).expect("it writes");
    assert_eq!(String::from_utf8(written).as_deref(), Ok(csv.as_str()));
    let old = "subject,outcome,group,pre,post,change,class\n007,bdi,,30.0,10.0,-20.0,improved\n";
    let old = prepost::results::Individuals::read(old.as_bytes()).expect("older files read");
    assert_eq!((&*old.0[0].subject, &old.0[0].meaning), ("007", &Default::default()));
}

#[test]
fn without_facts_each_question_is_refused_by_name() {
    let facts = ["instrument", "mcid", "remission", "response", "reliability", "norm", "clinical_norm"];
    let bare: String = PLAN
        .lines()
        .filter(|line| !facts.iter().any(|fact| line.starts_with(&format!("{fact} ="))))
        .map(|line| format!("{line}\n"))
        .collect();
    let csv = run(&bare, SCORES, "statistics.csv");
    for (method, add) in [
        ("responders", "mcid = {"),
        ("response", "response = {"),
        ("remission", "remission = {"),
        ("reliable_change", "reliability = {"),
        ("multiverse", "reliability = {"),
        ("band_shift", "instrument = "),
    ] {
        let rows: Vec<&str> = csv.lines().filter(|line| line.contains(&format!(",{method},"))).collect();
        assert!(!rows.is_empty() && rows.iter().all(|row| row.contains("is known") && row.contains(add)), "{rows:?}");
    }
    let no_direction =
        run(&PLAN.replace("direction = \"lower\"", "direction = \"none\"\nsource = \"our decision\""), SCORES, "statistics.csv");
    assert!(no_direction.lines().filter(|line| line.contains(",reliable_change,")).all(|line| line.contains("no better direction")));
    assert_eq!(statistic(&no_direction, "bdi", "remission", "n_post"), Some(3.0));
}

#[test]
fn small_counts_are_withheld_with_what_they_follow_from() {
    let csv = run(&format!("{PLAN}[privacy]\nmin_cell = 2\n"), SCORES, "statistics.csv");
    // One deteriorated, one improved without recovering, cells of one in the table of bands.
    for method in ["responders", "reliable_change", "multiverse", "band_shift"] {
        let rows: Vec<&str> = csv.lines().filter(|line| line.contains(&format!(",{method},"))).collect();
        assert!(!rows.is_empty() && rows.iter().all(|row| row.contains("withheld")), "{rows:?}");
    }
    // Three and five are shown; one without a post score is not.
    assert_eq!((statistic(&csv, "bdi", "remission", "n_post"), statistic(&csv, "bdi", "remission", "n_all")), (Some(3.0), None));
    let none = run(&format!("{PLAN}[privacy]\nmin_cell = 4\n"), SCORES, "statistics.csv");
    assert!(MEANING.iter().all(|method| statistic(&none, "bdi", method, "n").is_none()));
}

/// The HAM-D17 of the catalogue has least important changes and two substantial ones: each is called what it is.
#[test]
fn a_substantial_threshold_is_never_called_the_mcid() {
    let plan: String = PLAN.replace("instrument = \"bdi2\"", "instrument = \"hamd17\"").replace("[0, 63]", "[0, 52]");
    let plan: String = plan.lines().filter(|line| !line.starts_with("mcid")).map(|line| format!("{line}\n")).collect();
    let csv = run(&plan, SCORES, "statistics.csv");
    let row = |name: &str| {
        let start = format!("bdi/post-pre/pairs/responders,bdi,post-pre,pairs,responders,{name},");
        csv.lines().find_map(|line| line.strip_prefix(&start)).unwrap_or_default().to_owned()
    };
    for name in ["threshold", "n_responders", "share_worst"] {
        assert!(row(name).contains("MCID: anchor: WSAS, linear regression; MDD outpatients, STAR*D step 1; Rush 2021"), "{}", row(name));
    }
    assert!(
        row("threshold").starts_with("3.9,") && row("threshold_3").starts_with("4.9,") && row("n_all_3").contains("MCID: anchor: Mini")
    );
    for (name, value) in [("threshold_4", "7.8,"), ("threshold_5", "11,")] {
        assert!(row(name).starts_with(value) && row(name).contains("substantial change, not the MCID: "), "{}", row(name));
    }
    let report = run(&plan, SCORES, "report.md");
    assert!(report.contains("| MCID: at least 3.9\u{a0}points |"), "{report}");
    assert!(
        report.contains("| Substantial change: at least 7.8\u{a0}points |")
            && report.contains("Anchor: WSAS, linear regression; MDD outpatients")
    );
}

/// Six improved by 3.9 points or more, five by 5.8: the one between would follow from the two counts.
#[test]
fn people_between_two_thresholds_are_withheld() {
    let scores = "id,pre,post\na,30,10\nb,28,15\nc,25,5\nd,20,20\ne,32,12\nf,22,21\ng,26,14\nh,18,13\ni,24,24\n";
    let plan = PLAN.replace("instrument = \"bdi2\"", "instrument = \"hamd17\"").replace("[0, 63]", "[0, 52]");
    let plan: String = plan.lines().filter(|line| !line.starts_with("mcid")).map(|line| format!("{line}\n")).collect();
    let shown = |csv: &str, name: &str| statistic(csv, "bdi", "responders", name);
    let open = run(&plan, scores, "statistics.csv");
    // 3.9, 5.8, 4.9, 7.8 and 11 points: h improved by 5, the others by more.
    let all = ["n_responders", "n_responders_2", "n_responders_3", "n_responders_4", "n_responders_5"].map(|name| shown(&open, name));
    assert_eq!(all, [Some(6.0), Some(5.0), Some(6.0), Some(5.0), Some(5.0)]);
    let closed = run(&format!("{plan}[privacy]\nmin_cell = 3\n"), scores, "statistics.csv");
    let some = ["n_responders", "n_responders_2", "n_responders_3", "n_responders_4"].map(|name| shown(&closed, name));
    assert_eq!(some, [Some(6.0), None, Some(6.0), None]);
}

/// The order of rows changes nothing; a constant added to pre and post changes no index of Jacobson and Truax.
#[test]
fn rows_and_origin() {
    let meaning = |csv: String| {
        csv.lines().filter(|line| MEANING.iter().any(|m| line.contains(&format!(",{m},")))).map(str::to_owned).collect::<Vec<_>>()
    };
    let mut lines: Vec<&str> = SCORES.lines().skip(1).collect();
    lines.reverse();
    let shuffled = format!("id,pre,post\n{}\n", lines.join("\n"));
    assert_eq!(meaning(run(PLAN, SCORES, "statistics.csv")), meaning(run(PLAN, &shuffled, "statistics.csv")));

    let moved: String = SCORES
        .lines()
        .skip(1)
        .map(|line| {
            let add = |cell: &str| cell.parse::<i32>().map(|score| (score + 7).to_string()).unwrap_or_default();
            let cells: Vec<&str> = line.split(',').collect();
            format!("{},{},{}\n", cells[0], add(cells[1]), add(cells[2]))
        })
        .collect();
    let column = |scores: &str| -> Vec<String> {
        let csv = run(PLAN, scores, "individuals.csv");
        csv.lines().skip(1).map(|line| line.split(',').nth(7).unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(column(SCORES), column(&format!("id,pre,post\n{moved}")));
}

/// The HAM-D of the sample against a program in Python that shares no code: see the comment at each number.
#[test]
fn the_sample_agrees_with_a_second_program() {
    let plan = r#"
[data]
files = ["scores.csv"]
subject = "subject"
missing = ["-99"]
[[outcome]]
id = "hamd17"
direction = "lower"
range = [0, 52]
pre = "hamd17_pre"
post = "hamd17_post"
mcid = { value = 3, source = "a paper" }
remission = { at_most = 4, source = "a manual" }
reliability = { value = 0.8, kind = "alpha", source = "a paper" }
norm = { mean = 2.1, sd = 1.5, source = "a survey" }
[analysis]
bootstrap = 1000
permutations = 1000
"#;
    let scores = include_str!("../../../data-samples/rework/scores.csv");
    let csv = run(plan, scores, "statistics.csv");
    for (method, expected) in SAMPLE {
        assert_values(&csv, "hamd17", method, expected);
    }
    let note = csv.lines().find(|line| line.contains(",reliable_change,s_diff,")).unwrap_or_default();
    assert!(note.contains("Cronbach") && note.contains("the sample itself"), "{note}");
}

/// From the scores by the formulas of the papers written out: SEM = SD √(1 − .8), c = (SD · 2.1 + 1.5 M)/(SD + 1.5), each index per
/// person against 1.96 (ha: 1.645); exact and mid-p of McNemar by rational binomial sums; Wilson by its closed form.
#[rustfmt::skip]
const SAMPLE: [(&str, &[(&str, f64)]); 4] = [
    ("responders", &[("n", 29.0), ("n_responders", 11.0), ("share", 0.3793103448275862), ("wilson_low", 0.2268802210080984), ("wilson_high", 0.5599745579401149), ("n_deteriorated", 1.0), ("n_all", 30.0)]),
    ("remission", &[("n_pre", 14.0), ("n_post", 20.0), ("n_gained", 7.0), ("n_lost", 1.0), ("difference", 0.20689655172413793), ("chi_squared", 4.5), ("p_exact", 0.0703125), ("p_mid", 0.0390625)]),
    ("reliable_change", &[("reliability", 0.8), ("clinical_mean", 4.655172413793103), ("clinical_sd", 3.82917244014352), ("sem", 1.7124579747459308), ("s_diff", 2.4217812928796585), ("smallest_detectable_change", 4.74669133404413), ("cutoff_a", -3.003172466493937), ("cutoff_b", 5.1), ("cutoff_c", 2.819203340432053), ("n", 29.0), ("n_recovered", 4.0), ("n_improved", 2.0), ("n_unchanged", 23.0), ("n_deteriorated", 0.0), ("n_recovered_jt", 4.0), ("n_improved_jt", 2.0), ("n_unchanged_jt", 23.0), ("n_deteriorated_jt", 0.0), ("n_recovered_gln", 4.0), ("n_improved_gln", 1.0), ("n_unchanged_gln", 24.0), ("n_deteriorated_gln", 0.0), ("n_recovered_hll", 0.0), ("n_improved_hll", 1.0), ("n_unchanged_hll", 28.0), ("n_deteriorated_hll", 0.0), ("n_recovered_en", 6.0), ("n_improved_en", 2.0), ("n_unchanged_en", 21.0), ("n_deteriorated_en", 0.0), ("n_recovered_nk", 4.0), ("n_improved_nk", 2.0), ("n_unchanged_nk", 23.0), ("n_deteriorated_nk", 0.0), ("n_recovered_ha", 6.0), ("n_improved_ha", 2.0), ("n_unchanged_ha", 21.0), ("n_deteriorated_ha", 0.0)]),
    ("multiverse", &[("improved_min", 0.1724137931034483), ("improved_max", 0.20689655172413793), ("n_choices", 6.0)]),
];
